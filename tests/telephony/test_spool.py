"""Reports outlive the process that wrote them, and a disk that is full."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path

import msgspec
import pytest

from dispatch import events as ev
from dispatch.settings import ROOT
from telephony.room import wire
from telephony.room.spool import Spool
from tests.servers import wait_until
from tests.texts import english

WRITER = """
import sys, time
from pathlib import Path
from dispatch import events as ev
from telephony.room import wire
from telephony.room.spool import Spool
spool = Spool(Path(sys.argv[1]))
for number in range(1, 10**6):
    event = ev.CallEnded(at=float(number), call="x" * (number % 90))
    report = wire.ReportMessage(boot="b1", number=number, event=event)
    spool.add(report, wire.line(report))
    print(number, flush=True)
    if number % 40 == 0:
        spool.acknowledged("b1", number - 10)
"""


def report(number: int, boot: str = "b1", size: int = 10) -> wire.ReportMessage:
    return wire.ReportMessage(boot=boot, number=number, event=ev.CallEnded(at=1.0, call="x" * size))


def add(spool: Spool, *reports: wire.ReportMessage) -> None:
    for one in reports:
        spool.add(one, wire.line(one))


def numbers(file: Path) -> list[int]:
    """What a switch that starts now would send to the room."""
    spool = Spool(file)
    kept = [msgspec.json.decode(line, type=wire.Message).number for line in spool.pending.values()]
    spool.close()
    return kept


@pytest.mark.parametrize("after", [1, 39, 40, 41, 200])
def test_a_writer_that_is_killed_loses_nothing_it_had_told_and_doubles_nothing(tmp_path, after):
    file = tmp_path / "spool.jsonl"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE, cwd=ROOT, text=True)
    told = 0
    for said in writer.stdout:
        told = int(said)
        if told >= after:
            break
    writer.kill()
    told = max([told, *map(int, writer.stdout.read().split())])  # what was said between our look and its end
    writer.wait()
    kept = numbers(file)
    assert kept == list(range(kept[0], kept[0] + len(kept)))
    assert kept[-1] in (told, told + 1)  # one more may be on the disk and not yet be said
    assert kept[0] == 1 or told - kept[0] < 60


def test_what_was_acknowledged_is_gone_and_older_boots_keep_their_own_numbers(tmp_path):
    file = tmp_path / "spool.jsonl"
    first = Spool(file)
    add(first, report(1, "a"), report(2, "a"))
    first.close()
    second = Spool(file)
    add(second, report(1, "b"), report(2, "b"), report(3, "b"))
    second.acknowledged("b", 2)
    assert list(second.pending) == [("a", 1), ("a", 2), ("b", 3)]
    second.acknowledged("a", 2)
    second.acknowledged("b", 3)
    second.close()
    assert file.stat().st_size == 0 and numbers(file) == []


def test_half_a_line_at_the_end_is_left_out(tmp_path):
    file = tmp_path / "spool.jsonl"
    file.write_bytes(wire.line(report(1)) + wire.line(report(2))[:-20])
    assert numbers(file) == [1]
    assert file.read_bytes() == wire.line(report(1))


def test_a_full_disk_is_said_what_came_meanwhile_is_kept_and_written_when_there_is_room(tmp_path):
    file = tmp_path / "spool.jsonl"
    spool = Spool(file)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    # The limit of a file's size stands in for a full disk: a write comes back short, the next one fails.
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
    try:
        add(spool, *(report(n, size=300) for n in range(1, 11)))
        assert "make room on the disk" in english(spool.trouble)
        assert [number for _, number in spool.pending] == list(range(1, 11))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    add(spool, report(11))
    assert spool.trouble is None
    assert numbers(file) == list(range(1, 12))
    spool.close()


def test_nobody_else_on_the_machine_reads_the_reports(tmp_path):
    spool = Spool(tmp_path / "spool.jsonl")
    add(spool, report(1))
    spool.close()
    numbers(tmp_path / "spool.jsonl")
    assert os.stat(tmp_path / "spool.jsonl").st_mode & 0o077 == 0


def test_a_disk_that_hangs_is_told_and_left_alone_until_it_answers(tmp_path, monkeypatch):
    answers, sync = threading.Event(), os.fdatasync
    monkeypatch.setattr("telephony.room.spool._HANGS", 0.2)
    spool = Spool(tmp_path / "spool")
    assert wait_until(lambda: spool._synced == spool._made)
    monkeypatch.setattr(os, "fdatasync", lambda fd: answers.wait(30) and sync(fd))
    add(spool, report(1))

    def trouble() -> str:
        spool.look()
        return english(spool.trouble) if spool.trouble else ""

    assert "does not answer" in wait_until(trouble)
    before = (tmp_path / "spool").stat()
    spool.acknowledged("b1", 1)
    add(spool, report(2))
    assert (tmp_path / "spool").stat().st_ino == before.st_ino and numbers(tmp_path / "spool") == [1, 2]
    answers.set()
    assert wait_until(lambda: trouble() == "")
    spool.acknowledged("b1", 2)
    assert wait_until(lambda: spool.look() or numbers(tmp_path / "spool") == [])
    spool.close()


def test_a_process_without_descriptors_goes_on_syncing_when_there_are_some(tmp_path, monkeypatch):
    spool, synced, dup, sync = Spool(tmp_path / "spool"), threading.Event(), os.dup, os.fdatasync
    refused = threading.Event()

    def none(fd):
        refused.set()
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(os, "dup", none)
    add(spool, report(1))
    assert refused.wait(10)
    assert wait_until(lambda: spool.look() or os.strerror(errno.EMFILE) in english(spool.trouble or ""))
    monkeypatch.setattr(os, "dup", dup)
    monkeypatch.setattr(os, "fdatasync", lambda fd: sync(fd) or synced.set())
    add(spool, report(2))
    assert synced.wait(10) and wait_until(lambda: spool.look() or not spool.trouble)
    spool.close()
