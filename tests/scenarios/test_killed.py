"""Either process is killed for real while people talk. The talk goes on, or the caller is called back; nothing that
was acknowledged is missing or doubled."""

from __future__ import annotations

import pytest

from dispatch.journal.replay import fold
from dispatch.journal.verification import verify
from tests.browser import at_a_seat, chromium
from tests.scenarios.instance import (
    CALLER_HZ,
    PHONE_HZ,
    Instance,
    longest_gap,
    samples_of,
    seated_by_phone,
    talking,
    write_tone,
)
from tests.servers import wait_until


@pytest.fixture
def town(tmp_path):
    made = Instance(tmp_path, ANNOUNCE_AFTER=2, ROOM_SILENT_AFTER=2)
    made.start()
    yield made
    made.stop()


def test_the_room_is_killed_and_nobody_on_the_line_notices(town):
    hears = town.folder / "hears.wav"
    desk, phone = seated_by_phone(town)
    caller, call = talking(town, desk, hears)
    before = desk.board()
    town.kill("twistd")
    wait_until(lambda: not _answers(town), what="the room to be away")
    second = town.call("--seconds", "4", "--number", "08133334444", "--no-location")  # while nobody decides
    second.wait(30)
    wait_until(town.healthy, 30, "the room to be back")
    wait_until(lambda: len(desk.board()["calls"]) == 2, what="what happened meanwhile")
    after = desk.board()
    for table in ("positions", "incidents", "units"):
        assert after[table] == before[table], table
    assert after["calls"][call] == before["calls"][call], "the same call, still talking"
    caller.terminate()
    caller.wait(20)
    phone.terminate()
    phone.wait(20)
    wait_until(lambda: len(town.events("RecordingSealed")) == 3, what="the recordings")
    samples, rate = samples_of(hears)
    assert longest_gap(samples, rate, PHONE_HZ) < 0.5, "the caller heard the call-taker all the time"
    _nothing_missing_or_doubled(town, calls=2)


def test_the_switch_is_killed_and_its_caller_heads_the_callback_list(town):
    desk, phone = seated_by_phone(town)
    gave_up = town.call("--seconds", "1", "--number", "08155556666", "--no-location")
    gave_up.wait(20)
    wait_until(lambda: desk.board()["callbacks"], what="the first callback")
    caller, call = talking(town, desk)
    live = town.data / "live"
    spoken = lambda: [f.stat().st_size for f in live.glob(f"{call}~*")]  # noqa: E731
    wait_until(lambda: len(spoken()) == 2 and min(spoken()) > 32_000, what="two seconds of talk")
    town.kill("telephony")
    wait_until(lambda: desk.board()["calls"][call]["lost"], 30, "the new boot to say what was lost")
    owed = sorted(desk.board()["callbacks"].values(), key=lambda one: -one["urgency"])
    assert owed[0]["call"] == call and owed[0]["urgency"] == 2 and len(owed) == 2
    for process in (caller, phone):
        process.kill()
        process.wait()
    wait_until(lambda: len(town.events("RecordingSealed")) >= 2, 20, "the cut-off recordings to be sealed")
    again = town.call("--seconds", "4", "--number", "08177778888", "--no-location")
    assert again.wait(30) == 0, "the switch answers again"
    assert verify(town.entries()).intact


def _answers(town: Instance) -> bool:
    try:
        return town.healthy()
    except OSError:
        return False


def _nothing_missing_or_doubled(town: Instance, calls: int) -> None:
    entries = town.entries()
    assert verify(entries).intact
    reports: dict[str, list[int]] = {}
    for entry in entries:
        if entry.event.src:
            reports.setdefault(entry.event.src[0], []).append(entry.event.src[1])
    for boot, numbers in reports.items():
        assert numbers == list(range(1, len(numbers) + 1)), f"reports of {boot}"
    kinds = [type(entry.event).__name__ for entry in entries]
    assert kinds.count("CallReceived") == kinds.count("CallEnded") == calls
    assert fold(entries).seq == len(entries)


def test_a_call_taker_in_a_browser_talks_on_while_the_room_is_killed_and_a_closed_page_frees_the_seat(town):
    voice = write_tone(town.folder / "taker.wav", PHONE_HZ, 10.0, 48_000)
    desk = town.api("dispatcher")
    with chromium(voice=voice) as browser:
        page = at_a_seat(browser, town.url, "operator", "siaga112")
        hears = town.folder / "hears.wav"
        words = ["--sound", str(write_tone(town.folder / "caller.wav", CALLER_HZ, 60.0)), "--seconds", "60"]
        caller = town.call(*words, "--record", str(hears))
        page.wait_for_selector(".call.waiting.here")
        page.keyboard.press("F2")
        page.wait_for_selector(".call-card.talking")
        town.kill("twistd")
        wait_until(lambda: not _answers(town), what="the room to be away")
        wait_until(town.healthy, 30, "the room to be back")
        # Long enough for the page to say twice that it is there, and for a leg that nobody claims to be ended.
        page.wait_for_timeout(17_000)
        (call,) = desk.board()["calls"].values()
        assert call["state"] == "talking" and call["position"] == "P1"
        assert not town.events("PositionLegDown") and not town.events("CallParted")
    wait_until(lambda: not desk.board()["positions"]["P1"]["leg"], 40, "the closed page's leg to be ended")
    assert desk.board()["calls"][call["id"]]["state"] == "queued", "the caller waits for somebody else"
    caller.terminate()
    caller.wait(20)
    samples, rate = samples_of(hears)
    assert longest_gap(samples[: 15 * rate], rate, PHONE_HZ) < 0.5
