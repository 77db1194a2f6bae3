"""The room itself hangs, or is killed, in the middle of a call: the page says so and pretends nothing, what is typed is
there again, and what was asked is done once. A real caller, a real browser, real signals to the process."""

from __future__ import annotations

import re
import signal
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.scenarios.pages import kept, signed_in
from tests.servers import wait_until

DESK = {"viewport": {"width": 1366, "height": 768}, "permissions": ["microphone"]}


def ask(town, token: str, key: str) -> bytes:
    body = b'{"command": "OpenIncident", "type": "medical", "address": "Sekali saja"}'
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": key}
    with urllib.request.urlopen(
        urllib.request.Request(town.url + "/api/v1/commands", body, headers), timeout=20
    ) as got:
        return got.read()


@pytest.fixture(scope="module")
def talking(town, browser):
    """A call-taker who talks with a caller and has begun to write."""
    page = signed_in(browser, town, "operator", **DESK)
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#sign-on")
    page.wait_for_selector(".audio.up")
    caller = town.call("--number", "081177012345", "--seconds", "120")
    page.wait_for_selector(".call.waiting.here")
    page.keyboard.press("F2")
    page.wait_for_selector(".call-card.talking")
    yield page
    caller.kill()


@pytest.mark.fault(11, 7)
def test_a_room_that_hangs_is_told_within_eight_seconds_and_nothing_pretends(town, talking, record_property):
    page, room = talking, town.child("twistd")
    room.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    try:
        wait_until(lambda: page.locator(".banner").count() or time.monotonic() - began > 12, 15)
        told = time.monotonic() - began
        record_property("figure", f"told after {told:.1f} s" if page.locator(".banner").count() else "not told in 12 s")
        assert page.locator(".banner").count() and told <= 8
        assert "tadi" in page.locator(".call-card .chip").first.inner_text()
        assert page.locator("button.ready").count() == 0
        expect(page.locator(".banner")).to_contain_text("teruskan bicara")
        kept(page, "9-room-hangs")
    finally:
        room.send_signal(signal.SIGCONT)
    expect(page.locator(".banner")).to_have_count(0)
    expect(page.locator("button.ready")).to_have_count(1)
    expect(page.locator(".call-card.talking .chip.ok").first).to_be_visible()


@pytest.mark.fault(11, 9)
def test_what_was_typed_and_asked_survives_the_kill_of_the_room(town, talking, record_property):
    page, words = talking, "Dua orang terjepit di dalam mobil"
    token = town.siaga("token", "create", "--role", "dispatcher", "--name", "program").stdout.strip()
    first = ask(town, token, "program-0001")
    page.keyboard.press("F3")
    expect(page.locator("#type")).to_be_focused()
    page.locator("#note").click()
    page.keyboard.type(words)
    if page.locator(".kept").count():
        page.wait_for_selector(".kept[data-kept=true]")
    town.kill("twistd")
    wait_until(town.healthy, 60, "the room to be started again")
    page.reload()
    page.wait_for_selector(".call-card.talking")
    page.keyboard.press("F3")
    expect(page.locator("#note")).to_be_visible()
    found = page.locator("#note").input_value()
    again = ask(town, token, "program-0001")
    made = [one for one in town.events("IncidentOpened") if one.get("address") == "Sekali saja"]
    record_property("figure", f"{len(found)} of {len(words)} letters kept, {len(made)} incidents of one command")
    assert found == words
    assert again == first and len(made) == 1
    expect(page.locator(".draft .whom")).to_have_text(re.compile(r"\+62 811 7701 2345 +\S"))
