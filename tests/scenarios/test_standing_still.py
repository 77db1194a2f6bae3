"""The room, the switch, or what they write to stands still for a while, and comes back; or the clock is set. Nobody who
speaks is cut off, nobody is late by it, and it is told while it lasts."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
import urllib.request

import pytest

from dispatch.journal.replay import fold
from tests.browser import at_a_seat, chromium
from tests.faults import Hold
from tests.scenarios.instance import CALLER_HZ, PHONE_HZ, Instance, seated_by_phone, talking, write_tone
from tests.servers import wait_until

LONG = 17.0
"""Seconds; a page that is not heard from for 15 is taken for one that is gone."""
PARTED = ("CallParted", "PositionLegDown", "CallEnded", "LegLost", "OrderExpired", "OrderFailed")


@pytest.fixture(scope="module")
def hold(tmp_path_factory):
    return Hold(tmp_path_factory.mktemp("hold"))


@pytest.fixture(scope="module")
def town(hold, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        for name, value in hold.env.items():
            patch.setenv(name, value)
        keys = {"OFFER_FOR": 60, "ANNOUNCE_AFTER": 60, "ROOM_SILENT_AFTER": 3, "ACKNOWLEDGE_WITHIN": 600}
        made = Instance(tmp_path_factory.mktemp("town"), DEMO="false", **keys)
    made.start(150)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def talk(town):
    """Two who talk the whole time, by a desk phone; the API and the call."""
    desk, phone = seated_by_phone(town, position="P2")  # a page proposes P1
    caller, call = talking(town, desk, position="P2")
    yield desk, call
    for one in (caller, phone):
        one.kill()
        one.wait()


@contextlib.contextmanager
def frozen(*processes):
    for one in processes:
        os.kill(one.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for one in processes:
            os.kill(one.pid, signal.SIGCONT)


def health(town: Instance) -> dict:
    with urllib.request.urlopen(town.url + "/healthz", timeout=2) as answer:
        return json.load(answer)


def parted(town: Instance, after: int, *more: str) -> list[str]:
    """What the journal tells of people who were parted since entry `after`, and of `more`."""
    return [kind for e in town.entries()[after:] if (kind := type(e.event).__name__) in (*PARTED, *more)]


def seconds_until(check, at_most: float) -> float | None:
    """None when it does not come in time."""
    began = time.monotonic()
    try:
        wait_until(check, at_most, "it")
    except AssertionError:
        return None
    return time.monotonic() - began


@pytest.mark.fault(11, 18)
def test_a_frozen_switch_is_told_within_five_seconds_and_nothing_is_lost_by_it(town, talk, record_property):
    desk, call = talk
    before = len(town.entries())
    switch = town.child("telephony")
    with frozen(switch):
        told = seconds_until(lambda: not health(town)["ok"], 8)
        alarm = seconds_until(lambda: "switch-stuck" in desk.board()["alarms"], 4)
    record_property("figure", f"switch frozen: health {f'says so after {told:.1f} s' if told else 'ok for 8 s'}")
    assert told is not None and told < 6 and alarm is not None
    wait_until(lambda: health(town)["ok"] and "switch-stuck" not in desk.board()["alarms"], 10, "all to be well again")
    assert not parted(town, before) and desk.board()["calls"][call]["state"] == "talking"


@pytest.mark.fault(11, 18)
def test_a_disk_that_does_not_come_back_is_told_and_commands_do_not_wait_for_it(town, hold, talk, record_property):
    desk, call = talk
    before, room = len(town.entries()), town.child("twistd")
    with hold.syncing(room.pid):
        began = time.monotonic()
        with contextlib.suppress(Exception):
            desk.command("SetReady", position="P2", ready=False)
        waited = time.monotonic() - began
        told = seconds_until(lambda: health(town)["journal"], 4)
        again = time.monotonic()
        with contextlib.suppress(Exception):
            desk.command("SetReady", position="P2", ready=True)
        second = time.monotonic() - again
    said = "says so" if told is not None else "ok"
    record_property("figure", f"fsync hangs: health {said}; commands wait {waited:.0f} s, then {second:.0f} s")
    assert told is not None and waited < 8 and second < 3
    wait_until(lambda: health(town)["ok"], 10, "the journal to be written again")
    assert not parted(town, before) and desk.board()["calls"][call]["state"] == "talking"
    assert town.events("PositionReady")[-1]["ready"] is False, "what was decided is written"


@pytest.mark.fault(11, 8)
def test_a_room_that_stood_still_cuts_no_talk_in_a_browser_or_by_phone(town, talk, record_property):
    desk, call = talk
    town.siaga("user", "add", "sari", "--role", "call-taker", "--password-stdin", given="benar-sekali\n")
    voice = write_tone(town.folder / "taker.wav", PHONE_HZ, 10.0, 48_000)
    with chromium(voice=voice) as browser:
        page = at_a_seat(browser, town.url, "sari", "benar-sekali")
        words = ["--sound", str(write_tone(town.folder / "other.wav", CALLER_HZ, 60.0)), "--seconds", "90"]
        caller = town.call(*words, "--number", "08133334444", "--no-location")
        page.wait_for_selector(".call.waiting.here")
        page.keyboard.press("F2")
        page.wait_for_selector(".call-card.talking")
        before = len(town.entries())
        with frozen(town.child("twistd")):
            time.sleep(LONG)
        cut = seconds_until(lambda: parted(town, before), 5)
        wrong = parted(town, before)
        record_property("figure", f"room stopped for {LONG:.0f} s: {', '.join(wrong) or 'nothing parted'}")
        assert cut is None, wrong
        states = [one["state"] for one in desk.board()["calls"].values() if one["position"]]
        assert states.count("talking") == 2
        assert [e["of"] for e in town.events("ProcessStalled") if e["seconds"] > 10] == ["room"]
        caller.kill()
        caller.wait()


@pytest.mark.fault(11, 16)
@pytest.mark.parametrize("step", [3600, -30])
def test_the_rooms_deadlines_are_due_when_they_would_have_been(town, hold, talk, record_property, step):
    desk, talked = talk
    dispatcher = town.api("dispatcher")
    place = {"lat": 0.92, "lon": 104.45, "radius": 30.0, "source": "test", "at": time.time()}
    dispatcher.command("OpenIncident", type="medical", location=place, address="uji")
    (name,) = [e["incident"] for e in town.events("IncidentOpened")][-1:]
    unit = next(iter(u for u in desk.board()["units"].values() if not u["assignment"]))["id"]
    dispatcher.command("AssignUnit", incident=name, unit=unit, reason="uji")
    before = len(town.entries())
    hold.set_clock(step)
    told = seconds_until(lambda: "clock" in desk.board()["alarms"], 4)
    noted = seconds_until(lambda: {e["of"] for e in town.events("ClockStepped")} == {"room", "switch"}, 4)
    due = parted(town, before, "AssignmentUnanswered")
    record_property("figure", f"clock {step:+d} s: {', '.join(due) or 'nothing'} due at once")
    hold.set_clock(0)
    assert not due
    assert told is not None and noted is not None, "it is told, in time, by both"
    assert desk.board()["calls"][talked]["state"] == "talking"
    desk.command("ClearAlarm", alarm="clock")
    entries = town.entries()
    assert fold(entries).seq == len(entries)
