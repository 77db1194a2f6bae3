"""A journal with damaged parts: the room starts, says which, folds what it can, and what follows is chained on."""

from __future__ import annotations

import json
import os
import queue
import random
import sqlite3
from pathlib import Path

import pytest

from dispatch import events as ev
from dispatch.inputs import Report
from dispatch.journal.callindex import CallIndex
from dispatch.journal.chain import entries_of
from dispatch.journal.master import Masters
from dispatch.journal.memory import MemoryJournal
from dispatch.journal.replay import board_at
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.room import ControlRoom
from migrations import migrate
from tests.dispatch.story import world_of
from tests.entries import leaf_of
from tests.texts import english

LONG = bool(os.environ.get("SIAGA_TEST_LONG"))
FLIPS = 3000 if LONG else 24


class Turns:
    """A reactor's thread that turns when the test says so."""

    def __init__(self) -> None:
        self._calls: queue.Queue = queue.Queue()

    def callFromThread(self, function, *given) -> None:
        self._calls.put((function, given))

    def callLater(self, seconds, function, *given) -> None:
        self._calls.put((function, given))

    def turn(self) -> None:
        function, given = self._calls.get(timeout=10)
        function(*given)


class Ear:
    def __init__(self) -> None:
        self.heard = []

    def committed(self, batch) -> None:
        self.heard += batch


def made_room(journal):
    world = world_of()
    turns, ear = Turns(), Ear()
    room = ControlRoom(journal, world, turns, clock=lambda: 1000.0)
    room.listen(ear)
    room.start()
    return room, turns, ear


def answer(turns: Turns, deferred) -> None:
    got: list = []
    deferred.addBoth(got.append)
    while not got:
        turns.turn()
    assert isinstance(got[0], int), got[0]


def received(number: int, call: str) -> Report:
    return Report(ev.CallReceived(at=999.0, call=call, src=("b", number)))


def journal_of(folder: Path) -> SqlJournal:
    engine = open_engine(f"sqlite:///{folder}/j.db")
    migrate(engine)
    return SqlJournal(engine, Masters(folder))


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> bytes:
    """The file of a journal with some dozens of calls, closed cleanly."""
    folder = tmp_path_factory.mktemp("kept")
    room, turns, _ = made_room(journal_of(folder))
    for n in range(1, 61):
        last = room.submit(received(n, f"c{n}"))
    answer(turns, last)
    room.stop()
    return (folder / "j.db").read_bytes()


def start(folder: Path) -> tuple[int, str]:
    """(calls on the board, "" or why the room did not start and record a call)."""
    journal = None
    try:
        journal = journal_of(folder)
        room, turns, _ = made_room(journal)
        try:
            answer(turns, room.submit(received(10_000, "fresh")))
            return sum(call.startswith("c") for call in room.board.calls), ""
        finally:
            room.stop()
    except Exception as wrong:
        if journal is not None:
            journal.close()
        return 0, repr(wrong)


@pytest.mark.fault(11, 17)
def test_after_a_random_flip_in_an_old_entry_the_room_starts_and_writes_on(tmp_path, kept, record_property):
    chance, failed, fewest = random.Random(112), [], 60
    for _ in range(FLIPS):
        (tmp_path / "j.db").write_bytes(kept)
        with sqlite3.connect(tmp_path / "j.db") as file:
            seq = chance.randrange(1, 100)
            column = chance.choice(("leaf", "leaf", "digest"))
            (raw,) = file.execute(f"select {column} from journal where seq = ?", (seq,)).fetchone()
            bit = chance.randrange(len(raw) * 8)
            flipped = bytearray(raw)
            flipped[bit // 8] ^= 1 << bit % 8
            file.execute(f"update journal set {column} = ? where seq = ?", (bytes(flipped), seq))
        file.close()
        calls, why = start(tmp_path)
        failed += [why] if why else []
        fewest = min(fewest, calls)
        for name in tmp_path.iterdir():
            name.unlink()
    record_property("figure", f"{100 * len(failed) / (FLIPS):.0f} % of rooms did not start")
    assert not failed and fewest >= 58, (failed[:3], fewest)


@pytest.mark.fault(11, 17)
def test_an_entry_that_cannot_be_used_is_named_and_everything_behind_it_counts(tmp_path, kept, record_property):
    (tmp_path / "j.db").write_bytes(kept)
    with sqlite3.connect(tmp_path / "j.db") as file:
        file.execute("update journal set leaf = ? where seq = 10", (leaf_of(10, "Teleported", "c3", call="c3"),))
        file.execute("update journal set leaf = x'00ff7b' where seq = 20")
        file.execute("update journal set leaf = 'words', digest = 7 where seq = 30")
        far = leaf_of(40, "UnitAssigned", "A", assignment="A", incident="none", unit="none", by="x")
        file.execute("update journal set leaf = ? where seq = 40", (far,))  # folds to nothing: there is no such unit
        file.execute("delete from journal where seq between 50 and 52")
        (top,) = file.execute("select leaf from journal order by seq desc limit 1").fetchone()
        late = top.replace(b'"recorded":1000.0', b'"recorded":99999999999.0')
        file.execute("update journal set leaf = ? where seq = (select max(seq) from journal)", (late,))
        assert late != top
    file.close()
    calls, why = start(tmp_path)
    record_property("figure", f"{calls} of 60 calls on the board; {why[:60]}")
    assert not why and calls >= 54
    journal = journal_of(tmp_path)
    entries = list(entries_of(journal))
    fresh = next(e for e in entries if "fresh" in e.said.subjects)
    assert fresh.recorded < 10**10, "a changed time does not become the time of all that follows"
    room, _, _ = made_room(journal)
    assert room.faults.count >= 7
    for named in ("entry 10 cannot be read", "entry 20 cannot be read", "entry 30 cannot be read", "cannot be folded"):
        assert named in english(room.faults.texts())
    # whoever reads the journal passes over it as well
    assert any(row.call == "fresh" for row in CallIndex(journal).calls())
    assert board_at(journal, fresh.seq).calls.keys() == room.board.calls.keys()
    assert english(json.loads(entries[19].line())["event"]["what"]).startswith("entry 20 cannot be read")
    room.stop()


@pytest.mark.fault(11, 17)
def test_random_flips_anywhere_in_the_file_keep_few_rooms_from_starting(tmp_path, kept, record_property):
    """A page that is damaged takes what it holds with it. Not to be helped here: the first page, by which SQLite knows
    the file, and pages of the accounts."""
    chance, failed = random.Random(113), []
    for _ in range(FLIPS):
        flipped = bytearray(kept)
        bit = chance.randrange(4096 * 8, len(flipped) * 8)
        flipped[bit // 8] ^= 1 << bit % 8
        (tmp_path / "j.db").write_bytes(flipped)
        _, why = start(tmp_path)
        failed += [why] if why else []
        for name in tmp_path.iterdir():
            name.unlink()
    share = 100 * len(failed) / FLIPS
    record_property("figure", f"{share:.0f} % of rooms did not start")
    assert share <= 3, failed[:5]


@pytest.mark.fault(11, 17)
@pytest.mark.parametrize("first", [1, 5])
def test_a_gap_in_the_numbers_of_reports_is_told_and_what_came_counts(record_property, first):
    room, turns, ear = made_room(MemoryJournal())
    answer(turns, room.submit(received(first, "c1")))
    answer(turns, room.submit(received(first + 8, "c2")))
    alarm = room.board.alarms.get("switch-reports")
    record_property("figure", f"7 reports missing: {'told' if alarm else 'silence'}")
    assert (
        alarm
        and alarm.level == "critical"
        and f"{first + 1}–{first + 7}" in english(alarm)
        and "7 reports" in english(alarm)
    )
    noted = [english(c.event.what) for c in ear.heard if isinstance(c.event, ev.DiscrepancyNoted)]
    assert len(noted) == (2 if first > 1 else 1) and {"c1", "c2"} <= room.board.calls.keys()
    room.stop()
