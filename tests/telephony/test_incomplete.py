"""No sound goes missing in silence: a full disk, a killed switch and a file that cannot be made are told of, call by
call, with the seconds that are lacking."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import wait_until
from tests.telephony.lines import LiveSwitch, Room
from tests.telephony.talkers import Talker
from tests.texts import english

HERTZ = 700


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A real file system of a few megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", place], check=True)
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def fill(disk: Path) -> Path:
    """To the last byte."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as out:
        for size in (65_536, 1):
            try:
                while True:
                    out.write(b"x" * size)
            except OSError:
                continue
    assert os.statvfs(disk).f_bavail == 0
    return filler


def told(room: Room, kind: str, **fields) -> list:
    """Events of that kind that the room has heard."""
    events = [getattr(message, "event", None) for message in room.heard]
    same = [e for e in events if type(e).__name__ == kind]
    return [e for e in same if all(getattr(e, name) == value for name, value in fields.items())]


def listen(room: Room, seconds: float = 0.3) -> None:
    """What comes within this time is in `room.heard`."""
    try:
        room.listens(lambda message: None, seconds)
    except TimeoutError:
        pass


def hears(room: Room, kind: str, count: int, seconds: float = 15.0, **fields) -> list:
    until = time.monotonic() + seconds
    while len(told(room, kind, **fields)) < count and time.monotonic() < until:
        listen(room)
    return told(room, kind, **fields)


def calls(live: LiveSwitch, room: Room, numbers: range) -> dict[str, Talker]:
    """By call, those who talk."""
    talkers = [Talker(live.address, HERTZ, f"+6281180{n:04d}").call() for n in numbers]
    for talker in talkers:
        hears(room, "CallReceived", 1, caller=talker.name)
    return {told(room, "CallReceived", caller=talker.name)[0].call: talker for talker in talkers}


@pytest.mark.fault(11, 21)
def test_calls_on_a_full_disk_are_told_of_and_recorded_on_when_there_is_room(small_disk, tmp_path, record_property):
    live = LiveSwitch(tmp_path / "switch", 50_000, DATA=small_disk).start(60)
    live.folder = small_disk
    room = Room(live)
    try:
        talking = calls(live, room, range(1))
        (first,) = talking
        running = lambda: [f for f in (small_disk / "live").glob("*.wav") if f.stat().st_size > 16_000]  # noqa: E731
        wait_until(running, what="a second of the first call on the disk")
        filler = fill(small_disk)
        talking |= calls(live, room, range(1, 4))
        noticed = {e.call for e in hears(room, "RecordingIncomplete", 4, running=True)}
        filler.unlink()
        wait_for(lambda: len(running()) >= 4, 11.0)
        for talker in talking.values():
            talker.end()
        hears(room, "CallEnded", 4)
        at_last = {e.call: e for e in hears(room, "RecordingIncomplete", 4, 8.0, running=False)}
        sealed = {call: sum(e.seconds for e in told(room, "RecordingSealed", call=call)) for call in talking}
        record_property("figure", f"told of {len(at_last)} of {len(talking)} calls, {len(noticed)} while they went on")
        assert noticed == set(at_last) == set(talking)
        for call, one in at_last.items():
            assert one.missing > 1.0 and "full" in english(one.why)
            assert abs(sealed[call] + one.missing - one.seconds) < 0.2, "what is sealed and what is missing is all"
            assert sealed[call] > 0.5, "it was recorded on"
        assert len(told(room, "RecordingSealed", call=first)) == 2
    finally:
        for talker in talking.values():
            talker.end()
        room.close()
        live.stop()


@pytest.mark.fault(11, 21)
def test_calls_cut_by_a_kill_are_told_of_one_by_one_with_what_is_missing(tmp_path, record_property):
    live = LiveSwitch(tmp_path / "switch", 51_000).start(60)
    room = Room(live)
    talking = calls(live, room, range(10, 13))
    live_files = lambda: list((live.folder / "live").glob("*.wav"))  # noqa: E731
    wait_until(lambda: sum(f.stat().st_size > 24_000 for f in live_files()) == 3, what="some sound")
    gone = live_files()[0]
    gone.unlink()
    fresh = calls(live, room, range(13, 15))  # nothing of these is on the disk yet
    room.close()
    live.kill()
    for talker in (*talking.values(), *fresh.values()):
        talker.end()
    live.start(60)
    try:
        cut = {*talking, *fresh}
        wait_for(lambda: {e["call"] for e in live.events("RecordingIncomplete")} >= cut, 8.0)
        lacks = {e["call"]: e for e in live.events("RecordingIncomplete")}
        sealed = {e["call"]: e["seconds"] for e in live.events("RecordingSealed")}
        record_property("figure", f"told of {len(set(lacks) & cut)} of {len(cut)} calls")
        assert set(lacks) == cut
        whole = gone.stem.split("~")[0]
        for call, one in lacks.items():
            missing = one.get("missing", 0.0)
            assert abs(sealed.get(call, 0.0) + missing - one["seconds"]) < 0.2
            assert "ended in the middle" in english(one["why"])
        assert lacks[whole]["missing"] > 1.4 and whole not in sealed, "no file of it, and it is known how long it was"
        wait_until(lambda: b"call" not in (live.folder / "takes").read_bytes(), what="all of them to be settled")
    finally:
        live.stop()


@pytest.mark.fault(11, 21)
def test_a_file_that_cannot_be_made_is_told_of_at_once_and_a_whole_recording_as_whole(tmp_path, record_property):
    live = LiveSwitch(tmp_path / "switch", 52_000).start(60)
    room, place = Room(live), live.folder / "live"
    try:
        place.rename(live.folder / "elsewhere")
        place.write_text("not a folder")
        talking = calls(live, room, range(20, 21))
        (call,) = talking
        noticed = hears(room, "RecordingIncomplete", 1, 5.0, call=call, running=True)
        place.unlink()
        (live.folder / "elsewhere").rename(place)
        again = wait_for(lambda: list(place.glob("*.wav")), 9.0)
        talking |= calls(live, room, range(21, 23))
        wait_until(lambda: sum(f.stat().st_size > 12_000 for f in place.glob("*.wav")) >= 2, what="sound")
        for talker in talking.values():
            talker.end()
        at_last = hears(room, "RecordingIncomplete", 1, 5.0, call=call, running=False)
        record_property("figure", f"{len(noticed)} told in the call, {len(at_last)} at its end")
        assert again and noticed and at_last and at_last[0].missing > 0.3
        assert len(hears(room, "RecordingSealed", 3)) == 3
        assert {e.by for e in hears(room, "CallEnded", 3)} == {"caller"}
        assert {e.call for e in told(room, "RecordingIncomplete")} == {call}, "of whole ones nothing is told"
        wait_until(lambda: not list(place.iterdir()), what="what is sealed and told to be cleared away")
    finally:
        room.close()
        live.stop()


def wait_for(check, seconds: float) -> object:
    """The same as wait_until, but false when it is in vain."""
    try:
        return wait_until(check, seconds)
    except AssertionError:
        return False
