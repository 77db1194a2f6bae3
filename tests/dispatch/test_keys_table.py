"""The table of the journal's keys is gone, damaged or older than the journal: words are locked, nothing else is.
Entries are written all the same, and what the table did not take it is given again."""

from __future__ import annotations

import sqlite3

import pytest
import sqlalchemy as sa

from dispatch import events as ev
from dispatch.journal.chain import JournalUnavailable, entries_of
from dispatch.journal.master import FILE, Masters
from dispatch.journal.replay import fold
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.journal.tables import keys_table
from dispatch.journal.verification import verify
from migrations import migrate
from tests.entries import entry_after


class Town:
    """A journal in a database, and calls that it is told of."""

    def __init__(self, url: str, folder) -> None:
        self.url, self.folder = url, folder
        engine = open_engine(url)
        migrate(engine)
        engine.dispose()
        self.opened()

    def opened(self) -> None:
        """As a room that starts."""
        self.journal = SqlJournal(open_engine(self.url), Masters(self.folder))
        self.journal.begin()

    def again(self) -> None:
        self.journal.close()
        self.opened()

    def said(self, event: ev.Event) -> None:
        last = self.journal.last()
        self.journal.append([entry_after(last, event.at, event, self.journal.keys)])

    def call(self, name: str) -> None:
        seq = (last.seq if (last := self.journal.last()) else 0) + 1
        self.said(ev.CallReceived(at=float(seq), call=name, caller=f"+62811000{seq:04}"))

    def erased(self, *calls: str) -> None:
        said = {"rule": "UU 27/2022 pasal 43", "letter": "1", "by": "ade"}
        self.said(ev.Erased(at=99.0, call=calls[0], subjects=calls, **said))

    def sql(self, text: str, **given) -> None:
        with self.journal._engine.connect().execution_options(writing=True) as connection, connection.begin():
            connection.execute(sa.text(text), given)

    @property
    def callers(self) -> dict[str, str]:
        return {call.id: call.caller for call in fold(entries_of(self.journal)).calls.values()}

    @property
    def faults(self) -> set[tuple[str, str, str]]:
        return {(one.kind, one.code, one.what) for one in verify(self.journal.read(0, 1000)).faults}


@pytest.fixture(params=["sqlite", "postgresql"])
def town(request, tmp_path):
    url = f"sqlite:///{tmp_path}/j.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").database(f"keys_{abs(hash(request.node.name)) % 10**8}")
    made = Town(url, tmp_path)
    yield made
    made.journal.close()


def test_without_its_table_entries_are_written_and_their_keys_when_it_is_back(town):
    town.call("c1")
    town.sql("alter table subject_keys rename to elsewhere")
    town.call("c2")
    assert town.callers == {"c1": "+628110000001", "c2": "+628110000002"} and town.journal.keys_waiting == 1
    town.sql("alter table elsewhere rename to subject_keys")
    town.call("c3")
    assert town.journal.keys_waiting == 0
    town.again()
    assert town.callers == {f"c{n}": f"+62811000000{n}" for n in (1, 2, 3)} and not town.faults


def test_a_backup_without_the_table_is_read_as_far_as_it_goes_and_written_on(town):
    town.call("c1")
    town.sql("drop table subject_keys")
    town.again()
    town.call("c2")
    town.again()
    assert town.callers == {"c1": "", "c2": "+628110000002"}
    assert town.faults == {("keys", "gone", "c1")}, "the chain itself is whole"


def test_verify_beside_a_room_says_whose_keys_are_gone_with_their_table(town):
    town.call("c1")
    town.sql("drop table subject_keys")
    beside = SqlJournal(open_engine(town.url), Masters(town.folder))
    assert [one.code for one in verify(beside.read(0, 10)).faults] == ["gone"]
    beside.close()


def test_a_row_that_is_no_key_locks_the_words_of_its_subject_only(town):
    for name in ("c1", "c2", "c3"):
        town.call(name)
    town.sql("update subject_keys set wrapped = :wrong where subject = 'c1'", wrong=b"no key")
    other = b"x" * 80 if not town.url.startswith("sqlite") else "words where bytes belong"
    town.sql("update subject_keys set wrapped = :wrong where subject = 'c2'", wrong=other)
    town.again()
    assert town.callers == {"c1": "", "c2": "", "c3": "+628110000003"}
    assert town.faults == {("keys", "gone", "c1"), ("keys", "gone", "c2")}
    town.call("c4")
    assert town.callers["c4"]


def test_a_key_that_a_lost_future_left_gives_way(town):
    """The journal was put back and its keys were not: the next entry has a number that a key is named by."""
    town.call("c1")
    town.sql("insert into subject_keys select 'c2', 2, wrapped from subject_keys")
    town.call("c2")
    town.again()
    assert town.callers == {"c1": "+628110000001", "c2": "+628110000002"} and not town.faults


def test_an_erasure_that_the_table_does_not_take_is_done_when_it_can_be(town):
    town.call("c1")
    town.call("c2")
    town.sql("alter table subject_keys rename to elsewhere")
    town.erased("c1")
    assert town.callers == {"c1": "", "c2": "+628110000002"} and town.journal.keys_waiting
    town.sql("alter table elsewhere rename to subject_keys")
    town.said(ev.LocationReferenced(at=100.0, call="c1", uri="https://lokasi.example/1"))
    assert not town.journal.keys_waiting
    with town.journal._engine.connect() as connection:
        kept = connection.execute(sa.select(keys_table.c.subject, keys_table.c.number)).all()
    assert sorted(map(tuple, kept)) == [("c1", 4), ("c2", 2)], "what came afterwards has a key of its own"
    town.again()
    assert town.callers == {"c1": "", "c2": "+628110000002"} and not town.faults


def test_pages_of_the_table_that_are_damaged_lock_words_and_keep_no_entry(tmp_path):
    town = Town(f"sqlite:///{tmp_path}/j.db", tmp_path)
    for n in range(200):
        town.call(f"c{n}")
    town.journal.close()
    with sqlite3.connect(tmp_path / "j.db") as file:
        file.execute("pragma wal_checkpoint(truncate)")
        (size,) = file.execute("pragma page_size").fetchone()
        (root,) = file.execute("select rootpage from sqlite_master where name = 'subject_keys'").fetchone()
    file.close()
    with open(tmp_path / "j.db", "rb+") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    town.opened()
    assert len(town.callers) == 200 and set(town.callers.values()) == {""}
    town.call("fresh")
    assert town.callers["fresh"] and town.journal.keys_waiting
    assert {kind for kind, _, _ in town.faults} == {"keys"}
    town.journal.close()


# -- the master key
def test_while_nobody_knows_whether_there_is_a_journal_the_place_of_the_master_key_stays_free(tmp_path):
    """The database is away when the room starts, and the key with it: the one that is put back finds its place."""
    town = Town(f"sqlite:///{tmp_path}/j.db", tmp_path)
    town.call("c1")
    town.journal.close()
    (tmp_path / FILE).rename(tmp_path / "copy")
    (tmp_path / "j.db").rename(tmp_path / "away.db")
    (tmp_path / "j.db").mkdir()
    blind = SqlJournal(open_engine(town.url), Masters(tmp_path))
    with pytest.raises(JournalUnavailable):
        blind.begin()
    assert not (tmp_path / FILE).exists() and len(list(tmp_path.glob("master-*.key"))) == 1
    blind.close()


def test_whatever_stands_in_the_place_of_the_master_key_a_room_seals_and_says_so(tmp_path):
    for wrong in ("folder", "words", "too long"):
        folder = tmp_path / wrong
        folder.mkdir()
        if wrong == "folder":
            (folder / FILE).mkdir()
        else:
            (folder / FILE).write_text("rahasia\n" if wrong == "words" else "A" * 10_000_000)
        masters = Masters(folder)
        masters.current(begun=True)
        assert masters.unread == [FILE] and not masters.trouble
        again = Masters(folder)
        assert again.current().id == masters.current().id
