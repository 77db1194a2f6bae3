"""The switch starts and answers whatever its folder is like, tells what is wrong with it, and goes on by itself."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dispatch import events as ev
from dispatch.settings import ROOT
from telephony.room import wire
from tests.disks import disk
from tests.servers import wait_until
from tests.syncs import Syncs
from tests.telephony.lines import LiveSwitch, Phone, Room
from tests.texts import english

CALLS = 3


BROKEN = {
    # name: (what is done to an empty disk, how it is taken back)
    "read-only": (lambda d: d.read_only(), lambda d: d.read_only(False)),
    "full": (lambda d: d.fill(), lambda d: d.empty()),
    "a file in its place": (
        lambda d: (d.folder / "data").write_bytes(b"no folder"),
        lambda d: (d.folder / "data").unlink(),
    ),
}


class Tried:
    """A switch on `data` that may not come up; `answered` of CALLS."""

    def __init__(self, folder: Path, data: Path, rtp: int) -> None:
        self.live = LiveSwitch(folder, rtp, DATA=data, SWITCH_SOCKET=data / "switch.sock")
        self.answered = 0
        with contextlib.suppress(AssertionError):
            self.live.start(0.01)
        wait_until(lambda: "answers on" in self.live.log() or self.live.process.poll() is not None, 60, "its start")
        if self.live.process.poll() is None:
            for _ in range(CALLS):
                with Phone(self.live) as phone:
                    self.answered += phone.call()[0] == 200


def room_of(live: LiveSwitch, path: Path) -> Room:
    """Connected as the room does it: at the path, or without a file where there can be none."""
    from telephony.room.meeting import without_file

    made = Room.__new__(Room)
    made._reader, made.heard = wire.WireReader(), []
    for name in (str(path), without_file(path)):
        made._socket = socket.socket(socket.AF_UNIX)
        with contextlib.suppress(OSError):
            made._socket.connect(name)
            return made
    raise AssertionError("the switch cannot be reached")


@pytest.mark.fault(11, 17)
@pytest.mark.parametrize("how", BROKEN)
def test_whatever_its_folder_is_like_the_switch_answers_says_so_and_writes_when_it_can(tmp_path, record_property, how):
    broken, mended = BROKEN[how]
    with disk(tmp_path / "disk") as place:
        broken(place)
        data = place.folder / "data" if how != "read-only" else place.folder
        tried = Tried(tmp_path, data, 30_000)
        record_property("figure", f"{tried.answered} of {CALLS} calls answered")
        try:
            assert tried.answered == CALLS, tried.live.log()[-1000:]
            room = room_of(tried.live, data / "switch.sock")
            room.say(wire.Ping())
            said = room.event(ev.AlarmRaised, alarm="switch-disk")
            assert said.level == "critical" and "memory only" in english(said)
            room.event(ev.CallEnded)
            mended(place)
            room.event(ev.AlarmCleared, alarm="switch-disk")
            kept = wait_until(lambda: (data / "spool.jsonl").read_bytes(), what="the spool on the disk")
            assert kept.count(b'"CallReceived"') == CALLS, "what came while it could not be written is on the disk now"
            wait_until(lambda: (data / "switch.sock").is_socket(), what="the socket at its path")
            room.close()
        finally:
            tried.live.kill()


def report(number: int, boot: str = "6749ab01beef") -> bytes:
    return wire.line(wire.ReportMessage(boot=boot, number=number, event=ev.CallEnded(at=1.0, call=f"{boot}-{number}")))


@pytest.mark.fault(11, 17)
def test_what_cannot_be_read_of_the_spool_is_kept_aside_told_and_passed_over(tmp_path, record_property):
    lines = [report(n) for n in range(1, 10)]
    lines[1] = lines[1].replace(b"6749ab", b"67\xe9ab")  # a flipped bit in the boot id: no UTF-8 any more
    lines[3] = lines[3].replace(b'"number":4', b'"number":"x"')
    lines[5] = lines[5].replace(b'"number":6', b'"number":66')  # fits no neighbour
    lines[7] = bytes(200) + b"\n"
    spool = tmp_path / "spool.jsonl"
    with spool.open("wb") as out:
        out.write(b"".join(lines))
        out.truncate(out.tell() + 100_000_000)  # nothing but zeros, as a file system leaves it after a power cut
        out.seek(0, 2)
        out.write(b"\n" + report(10))
    tried = Tried(tmp_path, tmp_path, 31_000)
    record_property("figure", f"{tried.answered} of {CALLS} calls answered")
    try:
        assert tried.answered == CALLS
        room = room_of(tried.live, tmp_path / "switch.sock")
        room.listens(lambda message: isinstance(message, wire.ReadyMessage))
        came = [m.number for m in room.heard if isinstance(m, wire.ReportMessage) and m.boot == "6749ab01beef"]
        assert came == [1, 3, 5, 7, 9, 10]
        said = room.event(ev.AlarmRaised, alarm="switch-spool")
        assert said.level == "critical"
        noted = [
            english(m.event.what) for m in room.heard if isinstance(getattr(m, "event", None), ev.DiscrepancyNoted)
        ]
        assert any("line 2" in what and "the other 6 reports" in what for what in noted), noted
        kept = tmp_path / "spool.unread-1"
        assert kept.stat().st_size > 100_000_000 and kept.open("rb").read(800) == b"".join(lines)[:800]
        assert spool.stat().st_size < 10_000
        room.close()
    finally:
        tried.live.kill()
        (tmp_path / "spool.unread-1").unlink(missing_ok=True)


@pytest.mark.fault(11, 17)
def test_a_room_of_another_version_is_answered_and_what_it_says_behind_is_heard(tmp_path, record_property):
    live = LiveSwitch(tmp_path, 32_000).start(60)
    try:
        room = Room(live)
        room._socket.sendall(
            b'{"is":"order","number":7,"do":"hologram","call":{"id":1}}\n'
            b'{"is":"weather","of":"tomorrow"}\n\xff\xfe\n' + b"x" * 1_100_000 + b"\n"
        )
        room.say(wire.OrderMessage(number=8, do="hangup", call="nobody"))
        answers = {}
        with contextlib.suppress(TimeoutError, OSError):
            for number in (7, 8):
                failed = room.event(ev.OrderFailed, 3.0, order=number)
                answers[number] = english(failed.why)
        record_property("figure", f"{len(answers)} of 2 orders answered")
        assert "same version" in answers[7] and "no such call" in answers[8]
        room.close()
    finally:
        live.stop()


@pytest.mark.fault(11, 22)
def test_a_second_switch_on_the_same_folder_ends_before_it_touches_anything(tmp_path, record_property):
    live = LiveSwitch(tmp_path, 33_000).start(60)
    calls, said = 3, []
    try:
        for _ in range(calls):
            live.answers()
        live.waits_for("CallEnded", count=calls)
        for port in (live.port, LiveSwitch(tmp_path).port):  # the same SIP port, and a free one
            second = subprocess.Popen(
                [sys.executable, "-m", "telephony"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                text=True, env={**live._env, "SIAGA_SIP": f"127.0.0.1:{port}"},
            )  # fmt: skip
            with contextlib.suppress(subprocess.TimeoutExpired):
                second.wait(20)
            said.append(second.poll())
            second.kill()
            said.append(second.communicate()[0])
        for _ in range(calls):
            live.answers()
        wait_until(lambda: live.log() is not None and live.process.poll() is None, what="the first switch")
        live.kill()
        kept = (tmp_path / "spool.jsonl").read_bytes().count(b'"CallReceived"')
        record_property("figure", f"{2 * calls - kept} of {2 * calls} answered calls gone after a kill")
        assert kept == 2 * calls
        assert said[0] == said[2] == 1
        assert f"process {live.process.pid}" in said[1] and "SIAGA_DATA" in said[3]
        live.start(60)  # nothing of the killed one is in the way
        live.answers()
    finally:
        live.stop()


@pytest.mark.fault(11, 22)
def test_a_spool_that_is_taken_away_is_written_anew_and_told(tmp_path, record_property):
    live = LiveSwitch(tmp_path, 35_000).start(60)
    spool, calls = tmp_path / "spool.jsonl", 0

    def deleted() -> None:
        spool.unlink()

    def cut() -> None:
        with spool.open("r+b") as file:
            file.truncate(100)

    def exchanged() -> None:
        (tmp_path / "other").write_bytes(b"somebody else's\n")
        (tmp_path / "other").replace(spool)

    try:
        for take_away in (deleted, cut, exchanged):
            live.answers()
            calls += 1
            live.waits_for("CallEnded", count=calls)
            take_away()
            said = f"alarm.spool-{take_away.__name__}".encode()
            with contextlib.suppress(AssertionError):
                wait_until(lambda: said in spool.read_bytes(), 4, "the switch to notice")  # noqa: B023
            kept = spool.read_bytes().count(b'"CallReceived"') if spool.exists() else 0
            record_property("figure", f"{calls - kept} of {calls} calls gone when it was {take_away.__name__}")
            assert kept == calls and said in spool.read_bytes() and b'"switch-spool"' in spool.read_bytes()
        assert (tmp_path / "spool.unread-2").read_bytes() == b"somebody else's\n"
    finally:
        live.kill()


@pytest.mark.fault(11, 19)
def test_a_spool_whose_sync_fails_is_told_and_written_anew_until_a_sync_succeeds(tmp_path, record_property):
    syncs, after = Syncs(tmp_path), tmp_path / "after"
    after.mkdir()
    live = LiveSwitch(tmp_path / "data", 36_000)
    live._env.update(syncs.environment)
    live.start(60)
    spool = tmp_path / "data" / "spool.jsonl"
    try:
        live.answers()
        live.waits_for("CallEnded")
        syncs.fail()
        live.answers()
        live.waits_for("CallEnded", count=2)
        with contextlib.suppress(AssertionError):
            wait_until(lambda: b"switch-disk" in spool.read_bytes(), 4, "the failed sync to be told")
        told = b"switch-disk" in spool.read_bytes()
        syncs.heal()
        with contextlib.suppress(AssertionError):
            wait_until(lambda: b"AlarmCleared" in spool.read_bytes(), 6, "the disk to be well")
            wait_until(lambda: b"AlarmCleared" in _durable(syncs, after), 4, "that to be synced")
        kept = _durable(syncs, after).count(b'"CallReceived"')
        record_property("figure", f"{2 - kept} of 2 calls gone after a power cut, {'told' if told else 'silence'}")
        assert told and kept == 2
    finally:
        live.kill()


def _durable(syncs: Syncs, to: Path) -> bytes:
    syncs.durable(to)
    file = to / "spool.jsonl"
    return file.read_bytes() if file.exists() else b""
