"""A database, a disk or a bus that hangs is worse than one that fails: nothing comes back. It is told all the same."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time

import pytest
import sqlalchemy as sa

from dispatch import events as ev
from dispatch.access.accounts import Accounts, AccountsUnavailable
from dispatch.inputs import Noted
from dispatch.journal.chain import JournalUnavailable
from dispatch.journal.master import Masters
from dispatch.journal.memory import MemoryJournal
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.room import ControlRoom
from migrations import migrate
from tests.dispatch.story import world_of
from tests.dispatch.turns import Turns
from tests.entries import entry_after
from tests.servers import wait_until
from tests.texts import english


@contextlib.contextmanager
def frozen(postgres):
    """Its processes do not run; the kernel goes on taking what is sent to them."""
    group = [postgres.process.pid, *_children(postgres.process.pid)]
    for pid in group:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in group:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def _children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children") as listed:
        return [int(word) for word in listed.read().split()]


def within(seconds: float, function, *given):
    """(the exception that it ended with or None, seconds); fails the test when it does not return."""
    ended: list = []

    def run() -> None:
        try:
            function(*given)
            ended.append(None)
        except Exception as wrong:
            ended.append(wrong)

    began = time.monotonic()
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    return (ended[0] if ended else "hangs"), time.monotonic() - began


@pytest.mark.fault(11, 18)
def test_a_postgresql_that_hangs_is_one_that_is_away_and_the_accounts_are_too(postgres, record_property):
    engine = open_engine(postgres.database("hangs"))
    migrate(engine)
    journal, accounts = SqlJournal(engine, Masters()), Accounts(engine)
    journal.take_lock()
    first = entry_after(None, 1, ev.UserSignedOut(at=1.0, user="ana"))
    journal.append([first])
    secret = accounts.create_token("t", "dispatcher")
    with frozen(postgres):
        second = entry_after(first, 2, ev.UserSignedOut(at=2.0, user="ana"))
        writes: list = []
        writing = threading.Thread(target=lambda: writes.append(within(14, journal.append, [second])))
        writing.start()
        wrong, took = within(14, accounts.actor, secret, "token")
        writing.join()
        ((failed, waited),) = writes
        record_property("figure", f"append: {failed if failed == 'hangs' else f'away after {waited:.0f} s'}")
        assert isinstance(failed, JournalUnavailable) and waited < 13
        assert isinstance(wrong, AccountsUnavailable) and took < 13
        again, took = within(3, accounts.actor, "another", "token")
        assert isinstance(again, AccountsUnavailable) and took < 1, "it does not hold one thread after the other"
    wait_until(lambda: within(12, journal.append, [second])[0] is None, 30, "what waited to be written")
    assert [entry.seq for entry in journal.read()] == [1, 2], "and once"
    journal.close()
    engine.dispose()


@pytest.mark.fault(11, 18)
def test_a_writer_that_does_not_come_back_is_trouble_after_three_seconds(record_property):
    held = threading.Event()

    class Hangs(MemoryJournal):
        def append(self, entries) -> None:
            if len(self._entries) >= 1:
                held.wait(20)
            super().append(entries)

    world, turns = world_of(), Turns()
    room = ControlRoom(Hangs(), world, turns)
    room.start()
    turns.until(lambda: room.board.seq == 1)
    room.submit(Noted(ev.UserSignedOut(at=1.0, user="ana")))
    began = time.monotonic()
    while not room.trouble and time.monotonic() - began < 6:
        room.tick()
        time.sleep(0.05)
    took = time.monotonic() - began
    record_property("figure", f"told after {took:.1f} s" if room.trouble else "told by nobody")
    held.set()
    assert "no answer" in english(room.trouble) and took < 5
    turns.until(lambda: room.board.seq == 2)
    assert not room.trouble and room.waits() == 0
    room.stop()


@pytest.mark.fault(11, 18)
def test_a_journal_that_hangs_is_noticed_before_anybody_needs_it(record_property):
    held = threading.Event()

    class Hangs(MemoryJournal):
        def prove(self) -> None:
            held.wait(20)

    world, turns = world_of(), Turns()
    room = ControlRoom(Hangs(), world, turns)
    room.start()
    turns.until(lambda: room.board.seq == 1)
    began = time.monotonic()
    while not room.trouble and time.monotonic() - began < 8:
        room.tick()
        time.sleep(0.05)
    record_property("figure", "told with nothing to write" if room.trouble else "told by nobody")
    held.set()
    assert room.trouble
    until = time.monotonic() + 5
    while room.trouble and time.monotonic() < until:
        room.tick()
        time.sleep(0.05)
    assert not room.trouble
    room.stop()


@pytest.mark.parametrize("url", ["sqlite", "postgres"])
def test_a_real_journal_answers_when_it_is_asked_and_says_so_when_it_cannot_be_written(url, request, tmp_path):
    place = f"sqlite:///{tmp_path}/j.db" if url == "sqlite" else request.getfixturevalue("postgres").database("asked")
    engine = open_engine(place)
    migrate(engine)
    journal = SqlJournal(engine, Masters())
    journal.take_lock()
    journal.prove()
    if url == "sqlite":
        with engine.connect().execution_options(writing=True) as other, other.begin():
            other.execute(sa.text("select 1"))
            with pytest.raises(JournalUnavailable, match="locked"):
                journal.prove()
    journal.prove()
    journal.close()
    engine.dispose()
