"""A page is connected as long as it hears the room, whatever its connections look like: a real browser, the real site,
and a proxy between them that hangs without cutting anything."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from dispatch import commands as cmd
from dispatch import events as ev
from tests.console.pages import axe, incoming, picture, signed_on
from tests.console.test_site import cookie

pytestmark = pytest.mark.fault(11, 7)
WITHIN = 8.0
BANNER = ".banner, #silent:visible"


def seconds_until_told(pages: dict, since: float) -> dict[str, float]:
    """Page → seconds from `since` until it says that it hears nothing; of those that say so within twice the time."""
    told: dict[str, float] = {}
    while len(told) < len(pages) and time.monotonic() - since < 1.5 * WITHIN:
        for name, page in pages.items():
            if name not in told and page.locator(BANNER).count():
                told[name] = time.monotonic() - since
        time.sleep(0.05)
    return told


@pytest.fixture
def opened(site, hung, chromium):
    """opened(user, path) → a page of somebody who is signed in already, through the proxy."""
    contexts = []

    def go(user: str, path: str, size: tuple[int, int] = (1366, 768)):
        contexts.append(context := chromium.new_context(viewport={"width": size[0], "height": size[1]}))
        if user:
            name, _, value = cookie(site, user).partition("=")
            context.add_cookies([{"name": name, "value": value, "url": site.url}])
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(site.url + path)
        return page

    yield go
    for context in contexts:
        context.close()


READY = {"supervisor": ".queues tbody", "unit": ".standby, .job", "audit": ".row-call", "link": "#start"}


def link_of(site, call: str) -> str:
    """The path of the caller's page, out of the message as it leaves."""
    notice = site.room.board.links[call].notice
    site.thread.until(lambda: site.room.board.notices[notice].state == "sent")
    return re.search(r"/l/[\w-]+", site.get(f"/api/v1/notices/{notice}/demo", "dina").json["text"])[0]


def test_every_page_says_within_eight_seconds_that_it_hears_nothing_and_comes_back(site, hung, opened, record_property):
    incoming(site, "waits", "+628117701122")
    site.asks("ana", cmd.SendLocationLink(call="waits"))
    taker = opened("ana", "/console")
    signed_on(site, taker, "P41")
    pages = {"console": taker, "supervisor": opened("sari", "/supervisor"), "audit": opened("audi", "/audit")}
    pages |= {"unit": opened("rudi", "/unit", (390, 844)), "link": opened("", link_of(site, "waits"))}
    for name, page in pages.items():
        page.wait_for_selector(READY.get(name, "button.ready"))
        expect(page.locator(BANNER), name).to_have_count(0)
    tries = hung.opened
    hung.freeze()
    began = time.monotonic()
    told = seconds_until_told(pages, began)
    late = {name for name in pages if told.get(name, 99.0) > WITHIN}
    longest = f"{max(told.values()):.1f} s at most" if told else "never"
    record_property("figure", f"told by {len(told)} of {len(pages)} pages, {longest}")
    assert not late, f"{sorted(late)} of {told}"
    assert taker.locator("button.ready").count() == 0, "nobody knows whether she is ready"
    assert taker.locator(".call.waiting button").first.is_disabled()
    taker.keyboard.press("F8")
    expect(taker.locator(".problem").first).to_contain_text("tidak dikirim")
    words = taker.locator(".banner .num")
    first = words.inner_text()
    waited = taker.locator(".call.waiting .age").first.inner_text()
    for page in (taker, pages["unit"]):
        assert axe(page) == []
    picture(taker, "silent-console")
    expect(words).not_to_have_text(first)  # the age goes on …
    assert taker.locator(".call.waiting .age").first.inner_text() == waited  # … and nothing else pretends to
    assert "dtk" in words.inner_text()
    site.asks("ana", cmd.OpenIncident(type="medical", address="Selama diam"))
    tries = hung.opened - tries

    hung.thaw()
    for name, page in pages.items():
        expect(page.locator(BANNER), name).to_have_count(0, timeout=6_000)
    expect(taker.locator(".queue")).to_contain_text("Selama diam")
    expect(taker.locator(".call.waiting button").first).to_be_enabled()
    assert tries < 60, f"{tries} connections of five pages in {time.monotonic() - began:.0f} s"
    site.reported(ev.CallEnded(at=site.room.now(), call="waits", by="caller"))
    assert [one for page in pages.values() for one in page.complaints] == []


def lid(page, down: bool) -> None:
    """The laptop is shut, or opened: the page's clocks, timers and messages stand still meanwhile."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setWebLifecycleState", {"state": "frozen" if down else "active"})


def test_a_page_that_slept_is_neither_alarmed_for_ever_nor_calm_about_what_is_gone(site, hung, opened, record_property):
    page = opened("ana", "/console")
    page.wait_for_selector("#sign-on, .seat-button")
    lid(page, True)
    time.sleep(9.0)
    site.asks("ana", cmd.OpenIncident(type="medical", address="Saat tidur"))
    lid(page, False)
    expect(page.locator(".queue")).to_contain_text("Saat tidur", timeout=5_000)
    expect(page.locator(".banner")).to_have_count(0, timeout=5_000)
    lid(page, True)
    hung.freeze()
    time.sleep(2.0)
    lid(page, False)
    began = time.monotonic()
    told = seconds_until_told({"console": page}, began)
    record_property(
        "figure", f"a page that woke up beside a room that hangs says so after {told.get('console', 99):.1f} s"
    )
    assert told["console"] <= WITHIN
    hung.thaw()
    expect(page.locator(".banner")).to_have_count(0, timeout=6_000)
