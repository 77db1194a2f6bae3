"""A number of a lost future is never taken for one of this: a backup that was put back and written on has entries of
its own, whether anybody noticed that it was put back or not."""

from __future__ import annotations

import shutil
import sqlite3

import pytest
import sqlalchemy as sa

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Noted
from dispatch.journal.chain import entries_of
from dispatch.journal.master import Masters
from dispatch.journal.replay import fold
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.journal.verification import verify
from migrations import migrate
from routing.text import text
from tests.dispatch.story import PLACE, Story
from tests.dispatch.test_room import answer, asked, made_room, received
from tests.entries import entry_after
from tests.texts import english


def journal_in(folder) -> SqlJournal:
    engine = open_engine(f"sqlite:///{folder}/j.db")
    migrate(engine)
    return SqlJournal(engine, Masters(folder))


def open_incidents(folder, *calls: str) -> tuple[Board, list[str]]:
    """A room that takes these calls and opens an incident for each; its board, and the marks that it told."""
    room, turns, _ = made_room(journal_in(folder))
    marks = []
    for n, call in enumerate(calls, room.board.last_report("b") + 1):
        answer(turns, room.submit(received(n, call)))
        seq = answer(turns, room.submit(asked(cmd.OpenIncident(type="fire", call=call, location=PLACE))))
        marks.append(room.board.mark(seq))
    room.stop()
    return room.board, marks


def test_what_was_told_before_a_backup_was_put_back_names_no_entry_of_after(tmp_path):
    before, kept = open_incidents(tmp_path, "c1")
    with sqlite3.connect(tmp_path / "j.db") as db:
        db.execute("vacuum into ?", (str(tmp_path / "backup"),))
    db.close()
    lost, gone = open_incidents(tmp_path, "c2", "c3")
    shutil.copy(tmp_path / "backup", tmp_path / "j.db")
    for name in ("j.db-wal", "j.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    now, fresh = open_incidents(tmp_path, "c4", "c5")

    assert [now.marked(mark) for mark in kept + fresh] == [int(mark.rpartition(":")[2]) for mark in kept + fresh]
    assert [now.marked(mark) for mark in gone] == [None, None] and lost.marked(gone[0])
    assert {mark.rpartition(":")[2] for mark in gone} & {mark.rpartition(":")[2] for mark in fresh}, "the same numbers"
    second, other = lost.incidents["K-00002"], now.incidents["K-00002"]
    assert second.journal != other.journal, "and the same id of another incident"
    journal = journal_in(tmp_path)
    entries = list(entries_of(journal))
    assert verify(entries).intact and fold(entries) == now and len({entry.journal for entry in entries}) == 2
    journal.close()


def test_each_room_writes_under_an_id_of_its_own_and_knows_those_before():
    board = Board()
    for seq, name in ((1, "first"), (4, "second"), (9, "third")):
        board.seq = seq - 1
        board.apply(seq, ev.RoomStarted(at=1.0, journal=name))
    board.seq = 12
    assert [board.mark(seq) for seq in (1, 3, 4, 12)] == ["first:1", "first:3", "second:4", "third:12"]
    for good in ("first:1", "first:3", "second:8", "third:12", "third:2"):
        assert board.marked(good) == int(good.rpartition(":")[2]), good
    for bad in ("first:4", "second:9", "third:13", "lost:2", "third:0", "2", "", ":2", "third:", "third:x", "third:²"):
        assert board.marked(bad) is None, bad


def test_the_answer_to_an_order_of_a_lost_future_settles_no_other_order():
    room = Story()
    room.input(Noted(ev.RoomStarted(at=room.now, journal="ours")))
    room.seated()
    room.incoming("c1")
    room.ask("ana", "call-taker", cmd.AnswerCall(call="c1", position="P1"))
    (order,) = [one.id for one in room.board.orders.values() if one.do == "connect"]
    for lost in (ev.OrderDone(at=room.now, order=order, journal="lost"),
                 ev.OrderFailed(at=room.now, order=order, journal="lost", why=text("why.too-late"))):  # fmt: skip
        (noted,) = room.reported(lost)
        assert isinstance(noted, ev.DiscrepancyNoted) and "lost" in english(noted.what)
        assert str(order) in room.board.orders
    assert room.board.last_report(room.boot) == room.report, "it is known as reported all the same"
    room.reported(ev.OrderDone(at=room.now, order=order, journal="ours"))
    assert str(order) not in room.board.orders


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    url = f"sqlite:///{tmp_path}/j.db"
    made = open_engine(url if request.param == "sqlite" else request.getfixturevalue("postgres").database("put_back"))
    migrate(made)
    yield made
    made.dispose()


def test_nobody_writes_on_over_what_a_restore_under_the_running_room_took_away(engine):
    """The database is put back to an older state while its connections are cut; entry 6 does not follow entry 3."""
    journal, entries = SqlJournal(engine, Masters()), []
    for n in range(7):
        entries.append(entry_after(entries[-1] if entries else None, n, ev.UserSignedOut(at=1.0, user="ana")))
    journal.append(entries[:5])
    with engine.connect().execution_options(writing=True) as other, other.begin():
        other.execute(sa.text("delete from journal where seq > 3"))
    journal._drop()
    with pytest.raises(ValueError, match="ends with entry 3"):
        journal.append(entries[5:6])
    assert [entry.seq for entry in journal.read()] == [1, 2, 3]
    journal.close()
