"""Which recordings ran is known after a kill, whatever became of the file."""

from __future__ import annotations

import errno
import os
import time

import pytest
from twisted.internet.task import Clock

from telephony.lines.recordings import Recordings
from telephony.lines.takes import Register, Take
from tests.texts import english


def test_what_ran_is_known_after_a_kill_and_what_was_done_is_not(tmp_path):
    before = Register(tmp_path / "takes")
    cut, over, done = (Take(f"c{n}", "caller", since=100.0, stamp=n) for n in range(3))
    for take in (cut, over, done):
        before.add(take)
    over.until, over.written = 104.0, 3.0
    before.note(over)
    before.done(done)
    before.alive(107.5)
    after = Register(tmp_path / "takes")
    assert {(t.call, t.cut, t.missing()) for t in after.left} == {("c0", True, 7.5), ("c1", False, 1.0)}
    after.alive(9_999.0)  # another machine's clock, after a restart
    assert {(t.call, t.missing()) for t in Register(tmp_path / "takes").left} == {("c0", 7.5), ("c1", 1.0)}


HARM = {"empty": b"", "zeros": b"\0" * 5000, "json": b"{}" * 9999, "noise": os.urandom(700_000)}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_a_register_that_was_damaged_keeps_nobody_from_starting(tmp_path, harm):
    (tmp_path / "takes").write_bytes(harm)
    register = Register(tmp_path / "takes")
    take = Take("c1", "caller", since=1.0)
    register.add(take)
    register.alive(3.0)
    assert [t.missing() for t in Register(tmp_path / "takes").left if t.call == "c1"] == [2.0]


def test_without_its_file_the_register_says_so_and_harms_nobody(tmp_path):
    register = Register(tmp_path / "nowhere" / "takes")
    take = Take("c1", "caller")
    register.add(take)
    register.alive(1.0)
    register.done(take)
    assert "look" in english(register.trouble) or "make room" in english(register.trouble)


@pytest.mark.fault(11, 17)
def test_a_flipped_bit_in_one_line_costs_that_line_alone(tmp_path):
    before = Register(tmp_path / "takes")
    for name in ("c1", "c2"):
        before.add(Take(name, "caller", since=1.0))
    kept = (tmp_path / "takes").read_bytes()
    (tmp_path / "takes").write_bytes(kept.replace(b'"c1"', b'"\xe31"'))  # no UTF-8 any more
    assert [take.call for take in Register(tmp_path / "takes").left] == ["c2"]
    Register(tmp_path / "nowhere" / "takes").sync()


def test_a_line_whose_file_cannot_be_made_leaves_the_others_recorded_and_a_disk_that_hangs_is_not_asked(tmp_path):
    told, tried = [], []
    recordings = Recordings(Clock(), tmp_path, told.append, told.append, lambda: 1000.0)

    def record_on(line: str) -> None:
        tried.append(line)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    recordings._record_on = record_on
    for line in ("a", "b"):
        recordings.begin(line, "call", line)
    recordings._compare(({}, time.monotonic() + 9))
    assert tried == ["a", "b"] and [one.leg for one in told] == ["a", "b"]
    recordings._looking = time.monotonic() - 9  # the look at the disk has not come back
    with pytest.raises(OSError, match="does not answer"):
        recordings.file_for("a")
    recordings.begin("c", "call", "c")
    recordings._look()
    recordings._look()
    assert [one.leg for one in told] == ["a", "b", "c"] and "does not answer" in english(told[-1].why)
