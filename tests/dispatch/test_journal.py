"""One contract for every journal: memory, SQLite, PostgreSQL; and what verify finds."""

import itertools

import pytest
import sqlalchemy as sa

from dispatch import events as ev
from dispatch.journal.chain import JournalTaken, entries_of
from dispatch.journal.master import Masters
from dispatch.journal.memory import MemoryJournal
from dispatch.journal.sql import JournalUnavailable, SqlJournal, open_engine
from dispatch.journal.tables import journal_table
from dispatch.journal.verification import verify
from migrations import migrate
from tests.entries import KEYS, entry_after


def chain(count: int, before=None, keys=KEYS):
    made = []
    for n in range(count):
        note = ev.NoteAdded(at=float(n), incident="K-1", text=f"catatan {n} ≥", by="ana")
        before = entry_after(before, 1_000_000 + n, note, keys)
        made.append(before)
    return made


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def journal(request, tmp_path):
    if request.param == "memory":
        yield MemoryJournal()
        return
    url = f"sqlite:///{tmp_path}/j.db"
    engine = open_engine(url if request.param == "sqlite" else request.getfixturevalue("postgres").url)
    migrate(engine)
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(sa.delete(journal_table))
        connection.execute(sa.text("delete from mentions"))
        connection.execute(sa.text("delete from subject_keys"))
    kept = SqlJournal(engine, Masters())
    yield kept
    kept.close()


def test_what_is_appended_is_read_back_to_the_byte(journal):
    entries = chain(25, keys=journal.keys)
    journal.append(entries[:10])
    journal.append(entries[10:])
    assert journal.read(0, 100) == entries
    assert journal.read(7, 3) == entries[7:10]
    assert journal.last() == entries[-1]
    assert list(entries_of(journal, after=3, upto=20, page=4)) == entries[3:20]
    assert verify(entries_of(journal)).head == entries[-1].digest.hex()


def test_an_empty_journal_has_no_last_entry(journal):
    assert journal.last() is None and journal.read() == [] and verify(entries_of(journal)).intact


def test_entries_that_do_not_follow_are_refused_and_nothing_is_written(journal):
    entries = chain(3, keys=journal.keys)
    journal.append(entries)
    other = entry_after(entries[1], 7, ev.RoomStarted(at=1.0))
    with pytest.raises(ValueError):
        journal.append([other])
    assert journal.read() == entries


def test_a_second_room_on_the_same_postgresql_is_kept_out(postgres):
    engine = open_engine(postgres.url)
    migrate(engine)
    first, second = SqlJournal(engine, Masters()), SqlJournal(open_engine(postgres.url), Masters())
    first.take_lock()
    with pytest.raises(JournalUnavailable, match="another control room"):
        second.take_lock()
    first.close()
    second.take_lock(wait=5)
    second.close()


def test_a_head_written_elsewhere_proves_that_the_end_was_not_cut_off():
    entries = chain(5)
    heads = [verify(itertools.islice(entries, n)).head for n in range(1, 6)]
    assert len(set(heads)) == 5


def test_a_room_that_lost_its_lock_does_not_write_beside_the_one_that_has_it(postgres):
    engine = open_engine(postgres.url)
    migrate(engine)
    with engine.connect() as connection, connection.begin():
        connection.execute(sa.delete(journal_table))
    first, second = SqlJournal(engine, Masters()), SqlJournal(open_engine(postgres.url), Masters())
    entries = chain(4)
    first.take_lock()
    first.append(entries[:1])
    with engine.connect() as connection, connection.begin():
        connection.execute(sa.text("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"))
    second.take_lock(wait=5)
    for _ in range(4):
        with pytest.raises(JournalUnavailable):
            first.append(entries[1:2])
    second.append(entries[1:3])
    assert second.read() == entries[:3]
    first.close()
    second.close()


def test_two_rooms_on_one_sqlite_file_are_one_too_many(tmp_path):
    url = f"sqlite:///{tmp_path}/j.db"
    first, second = SqlJournal(open_engine(url), Masters()), SqlJournal(open_engine(url), Masters())
    first.take_lock()
    with pytest.raises(JournalTaken, match="another control room"):
        second.take_lock()
    first.close()
    second.take_lock()
    second.close()
