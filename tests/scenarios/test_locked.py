"""Somebody talks in a browser when the session ends, and when the account's password is changed: the sound goes on, the
page locks, the form stays, and the talk can be taken on."""

from __future__ import annotations

import time

import pytest

from tests.browser import at_a_seat, chromium
from tests.scenarios.instance import Instance, longest_gap, samples_of, write_tone
from tests.servers import within

CALLER_HZ, TAKER_HZ = 440.0, 1000.0
HOURS = 20 / 3600
NOTE = "Perempuan, sesak napas, lantai dua"


@pytest.mark.fault(11, 24)
def test_a_talk_outlives_its_session_and_its_password(tmp_path, record_property):
    town = Instance(tmp_path, ANNOUNCE_AFTER=2, SESSION_HOURS=HOURS)
    town.start()
    try:
        _talk(town, record_property)
    finally:
        town.stop()


def _talk(town: Instance, record_property) -> None:
    voice = write_tone(town.folder / "taker.wav", TAKER_HZ, 10.0, 48_000)
    with chromium(voice=voice) as browser:
        page = at_a_seat(browser, town.url, "operator", "siaga112")
        signed_in = time.monotonic()
        hears = town.folder / "hears.wav"
        words = ["--sound", str(write_tone(town.folder / "caller.wav", CALLER_HZ, 120.0)), "--seconds", "300"]
        caller = town.call(*words, "--record", str(hears))
        page.wait_for_selector(".call.waiting.here")
        page.keyboard.press("F2")
        page.wait_for_selector(".call-card.talking")
        page.keyboard.press("F3")
        page.fill("#note", NOTE)
        page.wait_for_timeout(max(0, 1000 * (HOURS * 3600 + 8 - (time.monotonic() - signed_in))))
        stayed = "/console" in page.url
        made = town.siaga("user", "add", "operator", "--role", "call-taker", "--password-stdin", given="sandi-baru-7\n")
        assert made.returncode == 0, made.stderr
        locked = stayed and within(lambda: page.locator("dialog.lock").count() == 1, 60)
        page.wait_for_timeout(3000)  # behind the lock
        if locked:
            page.fill("#unlock", "sandi-baru-7")
            page.keyboard.press("Enter")
            page.wait_for_selector("dialog.lock", state="detached")
        kept = page.locator("#note").input_value() if page.locator("#note").count() else ""
        talking = page.locator(".call-card.talking").count() == 1
        page.wait_for_timeout(3000)
    caller.terminate()
    caller.wait(30)
    samples, rate = samples_of(hears)
    gap = longest_gap(samples, rate, TAKER_HZ)
    record_property("figure", f"longest silence {gap:.1f} s, {len(kept)} letters of the note are left")
    assert locked and talking and kept == NOTE
    assert gap < 0.5, "the caller heard the call-taker all the time"
    assert not town.events("CallParted")
    assert "ended" in [e["why"] for e in town.events("PositionUnattended")], "no call was offered behind the lock"
