"""A night at the desk, in a real browser against the real site: keys only, both languages, both themes, axe."""

from __future__ import annotations

import urllib.request

import pytest
from playwright.sync_api import expect

from dispatch import commands as cmd
from dispatch import events as ev
from routing.location import make_location
from tests.console.desk import PASSWORD, SCENE
from tests.console.pages import (
    axe,
    bridged,
    incoming,
    picture,
    sealed,
    signed_on,
    theme,
)


def test_the_way_in_is_refused_with_a_sentence_and_open_to_those_who_know(site, visit):
    page = visit()
    page.fill("#user", "wati")
    page.fill("#password", "salah")
    page.press("#password", "Enter")
    expect(page.locator("#problem")).not_to_be_empty()
    assert axe(page) == []
    picture(page, "sign-in-id")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(site.url + "/console")
    page.goto(site.url + "/sign-in?lang=en")
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_second_window_leaves_the_audio_to_the_first(site, visit):
    page = visit("wati")
    signed_on(site, page, "P9")
    second = page.context.new_page()
    second.goto(site.url + "/console")
    expect(second.locator(".audio.elsewhere")).to_be_visible()
    expect(page.locator(".audio.elsewhere")).to_have_count(0)
    page.close()
    expect(second.locator(".audio.elsewhere")).to_have_count(0)
    second.get_by_role("button", name="Keluar").click()
    second.wait_for_url("**/sign-in")


def test_a_call_is_taken_placed_and_dispatched_without_touching_the_mouse(site, visit):
    page = visit("wati")
    signed_on(site, page, "P7")
    incoming(site, "call-keys")
    page.wait_for_selector(".call.here")
    picture(page, "console-ringing")
    page.keyboard.press("F2")
    expect(page.locator(".call-card.accepted, .call-card.talking")).to_be_visible()
    bridged(site, "call-keys", "P7")
    expect(page.locator(".call-card.talking")).to_be_visible()
    page.keyboard.press("F3")
    expect(page.locator("#type")).to_be_focused()
    page.keyboard.type("lintas dengan")
    expect(page.locator("#type-list li")).to_have_count(1)
    picture(page, "console-form")
    page.keyboard.press("Enter")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.type("Dua motor, satu orang tidak sadar")
    page.keyboard.press("Enter")
    page.wait_for_selector("#units .candidate.suggested")
    suggested = page.locator("#units .candidate.suggested").count()
    assert suggested >= 2
    page.keyboard.press("F4")
    page.keyboard.press("Enter")
    expect(page.locator(".jobs li")).to_have_count(suggested)
    picture(page, "console-dispatched")
    assert axe(page) == []
    page.keyboard.press("F9")
    site.reported(ev.CallEnded(at=site.room.now(), call="call-keys", by="centre"))
    page.wait_for_selector(".classify")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(page.locator(".classify")).to_have_count(0)
    assert site.events(ev.CallDisposed)[-1].disposition == "emergency"
    assert page.complaints == []


@pytest.mark.parametrize("size", ["desk", "wall"])
@pytest.mark.parametrize(("shade", "lang"), [("night", "id"), ("day", "en")])
def test_the_console_is_readable_in_both_themes_and_languages(visit, size, shade, lang):
    page = visit("wati", size, lang)
    theme(page, shade)
    page.wait_for_selector(".leaflet-container")
    page.locator("aside.queue .plain").first.click()
    page.wait_for_selector("#units .candidate")
    assert axe(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "nothing sticks out sideways"
    picture(page, f"console-{size}-{shade}-{lang}")
    assert page.complaints == []


def test_a_crew_takes_its_job_through_with_one_button_and_a_dead_spot_loses_no_press(site, visit):
    page = visit("awak", "phone", permissions=["geolocation"], geolocation={"latitude": 0.915, "longitude": 104.46})
    job = next((a for a in site.room.board.assignments.values() if a.unit == "AMB-01" and a.active), None)
    if job is None:
        site.asks("ana", cmd.OpenIncident(type="medical", location=make_location(**SCENE), address="Tugu Pensil"))
        name = list(site.room.board.incidents)[-1]
        site.asks("ana", cmd.AssignUnit(incident=name, unit="AMB-01", reason="uji"))
        job = next(a for a in site.room.board.assignments.values() if a.unit == "AMB-01" and a.active)
    page.wait_for_selector(".job.assigned")
    page.wait_for_selector(".way li")
    assert axe(page) == []
    picture(page, "unit-new")
    page.click("#next")
    page.wait_for_selector(".job.acknowledged")
    site.thread.until(lambda: site.room.board.assignments[job.id].state == "acknowledged")
    page.context.set_offline(True)
    page.click("#next")
    page.wait_for_selector(".job.en_route")  # shown at once, and that it is not sent yet
    page.wait_for_selector(".banner")
    picture(page, "unit-offline")
    assert site.room.board.assignments[job.id].state == "acknowledged"
    page.context.set_offline(False)
    site.thread.until(lambda: site.room.board.assignments[job.id].state == "en_route")
    for state in ("on_scene", "clear"):
        page.wait_for_function("() => !document.querySelector('.banner')")
        page.click("#next")
        site.thread.until(lambda state=state: site.room.board.assignments[job.id].state == state)
    page.wait_for_selector(".standby")
    site.thread.until(lambda: site.bus.fixes().get("AMB-01"))
    picture(page, "unit-standby")
    assert page.complaints == []


def test_an_auditor_walks_through_a_call_and_is_told_that_it_is_recorded(site, visit):
    incoming(site, "call-audit", "+628125550000")
    for leg, hertz in (("caller", 440.0), ("call-taker", 300.0)):
        sealed(site, "call-audit", leg, site.room.now(), hertz)
    site.reported(ev.CallEnded(at=site.room.now(), call="call-audit", by="caller"))
    page = visit("periksa")
    page.fill("input[type=search]", "+628125550000")
    page.wait_for_function("() => document.querySelectorAll('.row-call').length === 1")
    page.click(".row-call")
    page.wait_for_selector(".timeline .step")
    steps = page.locator(".timeline .step").count()
    assert steps >= 3
    page.wait_for_function("() => document.querySelectorAll('.wave path[d^=M]').length === 2")
    assert not [e for e in site.events(ev.RecordingPlayed) if e.by == "periksa"], "looking is not listening"
    page.locator("#slider").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".timeline .step").nth(1)).to_have_class("step chosen")
    page.wait_for_selector(".leaflet-container .unit-icon")  # drawn from the replay, which is journaled first
    assert [e for e in site.events(ev.CallReplayed) if e.by == "periksa"]
    page.get_by_role("button", name="Verifikasi").click()
    page.wait_for_selector(".verdict.good")
    for shade in ("night", "day"):
        page.wait_for_selector(f"html[data-theme={shade}]")
        assert axe(page) == []
        picture(page, f"audit-{shade}")
        page.get_by_role("button", name="Siang / malam").click()
    page.locator("main button.big").click()
    page.wait_for_function("() => document.querySelector('main button.big').getAttribute('aria-pressed') === 'false'")
    played = {e.digest for e in site.events(ev.RecordingPlayed) if e.by == "periksa"}
    assert len(played) == 2, "both legs were heard, and it is in the journal"
    assert page.complaints == []


def test_every_page_carries_the_strict_policy_and_no_inline_code(site):
    with urllib.request.urlopen(site.url + "/sign-in") as answer:
        body, policy = answer.read().decode(), answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy and "style=" not in body and "onclick" not in body
