"""The switch says once a second that it goes on, and which of its parts does not; and it takes a room whose journal
hangs for one that is silent."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import threading
import time
from pathlib import Path

import pytest

from dispatch import events as ev
from telephony.room import wire
from tests.faults import thread_stopped
from tests.servers import wait_until
from tests.telephony.lines import LiveSwitch, Phone, Room


@pytest.fixture(scope="module")
def alternate():
    """The alternate centre: what comes in there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.bind(("127.0.0.1", 0))
        yield made


@pytest.fixture(scope="module")
def live(alternate, tmp_path_factory):
    there = f"sip:112@127.0.0.1:{alternate.getsockname()[1]}"
    keys = {"ROOM_SILENT_AFTER": 2, "ANNOUNCE_AFTER": 0, "ALTERNATE_CENTRE": there}
    made = LiveSwitch(tmp_path_factory.mktemp("switch"), 48_000, **keys)
    made.start(60)
    yield made
    made.stop()


class Listening:
    """A room that pings once a second, with what it says stands still, and hears what the switch says."""

    def __init__(self, live: LiveSwitch) -> None:
        self.room, self.stuck, self.over = Room(live), {}, threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._thread.start()

    def _beat(self) -> None:
        while not self.over.wait(0.5):
            self.room._socket.sendall(json.dumps({"is": "ping", "stuck": self.stuck}).encode() + b"\n")

    def close(self) -> None:
        self.over.set()
        self._thread.join()
        self.room.close()


@pytest.fixture
def room(live):
    made = Listening(live)
    yield made
    made.close()


def pinged(part: str = ""):
    """Whether a message is a ping that says so of this part."""
    return lambda one: one if isinstance(one, wire.Ping) and (not part or one.stuck.get(part, 0) >= 2) else None


def sound_threads(live: LiveSwitch) -> list[int]:
    """Those of its threads that run while nothing happens: the bridge's clock wakes for every frame."""

    def woken() -> dict[int, int]:
        found = {}
        for task in Path(f"/proc/{live.process.pid}/task").iterdir():
            words = (task / "status").read_text().split("voluntary_ctxt_switches:")[1].split()
            found[int(task.name)] = int(words[0])
        return found

    before = woken()
    time.sleep(1.0)
    after = woken()
    return [one for one in after if one != live.process.pid and after[one] - before.get(one, after[one]) >= 20]


@pytest.mark.fault(11, 18)
def test_the_sound_stands_still_and_the_room_is_told_within_five_seconds(live, room, record_property):
    with Phone(live) as phone:
        assert phone.call()[0] == 200
        threads = sound_threads(live)
        assert threads, "no thread wakes for the frames"
        room.room.heard.clear()
        with contextlib.ExitStack() as stopped:
            for one in threads:
                stopped.enter_context(thread_stopped(one))
            began, told = time.monotonic(), None
            with contextlib.suppress(TimeoutError):
                told = room.room.listens(pinged("sound"), 8)
            took = time.monotonic() - began
        record_property("figure", f"the sound stands still: told {f'after {took:.1f} s' if told else 'by nobody'}")
        assert told and took < 6
        room.room.heard.clear()
        wait_until(lambda: room.room.listens(lambda m: m if pinged()(m) and not m.stuck else None, 5), 10, "all well")


@pytest.mark.fault(11, 18)
def test_a_frozen_switch_says_nothing_and_goes_on_where_it_was(live, room, record_property):
    room.room.listens(pinged(), 5)
    os.kill(live.process.pid, signal.SIGSTOP)
    room.room.heard.clear()
    time.sleep(3.5)
    silent = not [one for one in room.room.heard if isinstance(one, wire.Ping)]
    os.kill(live.process.pid, signal.SIGCONT)
    told = room.room.event(ev.ProcessStalled, 10)
    record_property("figure", f"the switch itself tells that it did not run for {told.seconds:.0f} s")
    assert silent and 3 <= told.seconds < 10


@pytest.mark.fault(11, 18)
def test_a_room_whose_journal_hangs_is_silent_and_the_standing_orders_begin(live, room, alternate, record_property):
    room.stuck = {"journal": 30.0}
    alternate.settimeout(8)
    with Phone(live) as phone:
        assert phone.call()[0] == 200
        began, asked = time.monotonic(), b""
        with contextlib.suppress(TimeoutError):
            asked = alternate.recv(4000)
        took = time.monotonic() - began
        what = f"the alternate centre is asked after {took:.1f} s" if asked else "nobody is asked for the caller"
        record_property("figure", f"the journal hangs: {what}")
        assert asked.startswith(b"INVITE sip:112@127.0.0.1") and took < 6
