"""Keeps the journal in a database by SQLAlchemy Core: SQLite on one machine, PostgreSQL where many share it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.dialects import postgresql, sqlite
from twisted.logger import Logger

from dispatch.catalogue import say
from dispatch.journal import sqlite_file
from dispatch.journal.chain import (
    GENESIS,
    Damaged,
    Entry,
    JournalTaken,
    JournalUnavailable,
    digest_of,
    entries_of,
    erased_by,
    read_leaf,
)
from dispatch.journal.claim import AlreadyTaken, Claim
from dispatch.journal.key_rows import Row, is_about_keys, read_keys, wiped, write_keys
from dispatch.journal.keys import Keys
from dispatch.journal.master import Masters
from dispatch.journal.subjects import key, mentioned
from dispatch.journal.tables import journal_table, keys_table, mentions_table
from routing.text import Text, text

if TYPE_CHECKING:
    from dispatch.journal.patience import Impatient

log = Logger()
_WRITER_LOCK = 112_112
"""PostgreSQL advisory lock that makes the one writer the only one; a standby waits for it."""


_AS_IT_IS = sa.types.NullType()
_ENTRY = (
    journal_table.c.seq,
    sa.type_coerce(journal_table.c.leaf, _AS_IT_IS).label("leaf"),
    sa.type_coerce(journal_table.c.sealed, _AS_IT_IS).label("sealed"),
    sa.type_coerce(journal_table.c.digest, _AS_IT_IS).label("digest"),
)
"""What a damaged row has in the place of bytes is ours to judge."""


def open_engine(url: str) -> sa.Engine:
    """An engine with the durability we promise. Raises JournalUnavailable when the URL is not usable."""
    try:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() == "sqlite":
            if parsed.database:
                with contextlib.suppress(OSError):  # a disk that cannot be written may still be read
                    Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
                name = parsed.database
                engine = sa.create_engine(url, creator=lambda: sqlite_file.connect(name), hide_parameters=True)
            else:
                engine = sa.create_engine(url, hide_parameters=True)
            sa.event.listen(engine, "checkin", _not_kept)
            sa.event.listen(engine, "begin", _sqlite_begin)
            return engine
        engine = sa.create_engine(
            url, connect_args=_POSTGRES, pool_pre_ping=True, hide_parameters=True, pool_size=15, pool_timeout=_LIMIT
        )
        sa.event.listen(engine, "do_connect", _postgres_connect)
        return engine
    except (exc.SQLAlchemyError, OSError, ImportError) as wrong:
        raise JournalUnavailable("journal.no-database", detail=str(wrong)) from wrong


def _not_kept(connection: object, record: sa.pool.ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite_file.ReadOnlyConnection):
        record.invalidate()


_LIMIT = 5
"""Seconds that PostgreSQL has for any answer: a server that hangs is away."""
_POSTGRES = {
    "connect_timeout": _LIMIT,
    "keepalives_idle": _LIMIT,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 1000 * _LIMIT,
}
"""Of libpq (PostgreSQL manual, 34.1.2): for a network that swallows packets."""


def _postgres_connect(dialect: object, record: object, words: list[str], given: dict[str, Any]) -> Impatient:
    from dispatch.journal.patience import connect  # psycopg is only there where the setting asks for PostgreSQL

    return connect(_LIMIT, *words, **given)


def _sqlite_begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _reason(wrong: Exception) -> str:
    """The database's own words, one line, without the statement and its values: people will read it."""
    return str(getattr(wrong, "orig", None) or wrong).strip().split("\n")[0][:160]


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return b"" if value is None else str(value).encode("utf-8", "surrogateescape")


class SqlJournal:
    """`append` runs on the writer's thread and nowhere else; `read` and `last` on any thread.

    Readers need no lock, so an auditor's tool works beside a running room. `masters`: what opens the keys.
    """

    def __init__(self, engine: sa.Engine, masters: Masters) -> None:
        self._engine = engine
        self._connection: sa.Connection | None = None
        self.keys = Keys(masters)
        self._postgres = engine.dialect.name == "postgresql"
        self._name = "" if self._postgres else engine.url.database or ""
        self._claim = Claim(Path(f"{self._name}.lock")) if self._name else None
        self._waits_for: Text | None = None
        self._exchanged = False
        self._inode: tuple[int, int] | None = None
        self._doubted = True
        """Whether what reads well may not be durable: until a checkpoint, what an earlier process left is not believed
        either."""
        self._at_the_end = False
        """Whether what is appended follows what is there: looked at once for each connection."""
        self.noted: list[Text] = []
        self._undeleted: dict[str, int] = {}
        """Erasures whose keys could not be deleted so far, as `erased_by` gives them."""
        self._unwiped = False  # whether deleted keys may still be read in the files
        # Whatever the index holds, it never keeps an entry from being written.
        insert = postgresql.insert if self._postgres else sqlite.insert
        self._mention = insert(mentions_table).on_conflict_do_nothing()

    def take_lock(self, wait: float = 0.0) -> None:
        """Become the one writer. Raises JournalTaken after `wait` seconds when another is, JournalUnavailable when
        nobody can write now."""
        until = time.monotonic() + wait
        while holder := self._held_by():
            if time.monotonic() >= until:
                raise JournalTaken("journal.taken", holder=holder)
            if holder != self._waits_for:
                self._waits_for = holder
                who = say(holder, "en")
                log.warn("another control room ({who}) writes this journal; waiting as its standby", who=who)
            time.sleep(0.2)

    def _held_by(self) -> Text | None:
        """Tries to take the lock. Who has it; None when it is ours."""
        try:
            if self._postgres:
                return None if self._lock_postgres() else text("claim.same-postgresql")
            if self._claim is not None:
                self._claim.take()
        except AlreadyTaken as taken:
            return taken.who
        except (exc.SQLAlchemyError, OSError) as wrong:
            self._drop()
            raise JournalUnavailable("journal.not-written", detail=_reason(wrong)) from wrong
        return None

    def _lock_postgres(self) -> bool:
        connection = self._open()
        if connection.execute(sa.select(sa.func.pg_try_advisory_lock(_WRITER_LOCK))).scalar():
            connection.commit()
            return True
        self._drop()  # a connection without the lock must never write
        return False

    def _open(self) -> sa.Connection:
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(writing=True)
            self._inode = sqlite_file.inode(self._name)
        return self._connection

    def append(self, entries: list[Entry]) -> None:
        rows = [{"seq": e.seq, "leaf": e.leaf, "sealed": e.sealed or None, "digest": e.digest} for e in entries]
        named = [{"thing": thing, "seq": e.seq} for e in entries for thing in e.said.subjects]
        erased = erased_by(entries)
        keys = [one for one in self.keys.to_write(entries) if one[1] >= erased.get(one[0], 0)]
        gone, taken = self._undeleted | erased, False
        self.keys.masters.settle()
        try:
            self._look_at_the_file()
            if self._connection is None or not self._postgres:
                self.take_lock()  # the lock was lost with the connection that held it, or its file deleted
            if self._doubted and self._is_kept(entries):
                rows, named = [], []
            else:
                self._check_the_end(entries[0])
            taken = self._commit(rows, named, keys, gone)
        except exc.IntegrityError as wrong:
            self._drop()
            self._doubted = True
            if not self._is_kept(entries):
                raise ValueError(f"entry {entries[0].seq} is already in the journal with other content") from wrong
        except (exc.SQLAlchemyError, sqlite3.Error, OSError) as wrong:
            self._drop()
            self._doubted = self._doubted or sqlite_file.may_have_lost(getattr(wrong, "orig", wrong))
            raise JournalUnavailable("journal.not-written", detail=_reason(wrong)) from wrong
        self.keys.written(keys if taken else [])
        self.keys.not_written([] if taken else keys)
        self._undeleted = {} if taken else gone
        if erased:
            self.keys.erase(erased)
        self._unwiped = self._unwiped or bool(gone and taken)
        if self._unwiped:
            self._wipe()

    def _check_the_end(self, first: Entry) -> None:
        """Somebody may have put an older state of the database in its place while we were not connected: nothing is
        written on over what is lost. Raises ValueError, JournalUnavailable."""
        if self._at_the_end:
            return
        try:
            last = self.last()
        except Damaged:
            return  # what is there stays there, and nothing is written in its place
        if last is not None and last.seq >= first.seq:
            return  # the database refuses it, or has it already
        if digest_of(last.digest if last else GENESIS, first.leaf) != first.digest:
            there = last.seq if last else 0
            raise ValueError(f"the journal ends with entry {there}, and {first.seq} does not follow; it was put back")
        self._at_the_end = True

    def _wipe(self) -> None:
        """Of keys that were deleted nothing is left in the files; while others read, it is tried again (`prove`)."""
        if self._name:
            self._drop()
        self._unwiped = not wiped(self._engine, self._name)

    @property
    def keys_waiting(self) -> int:
        """How many keys, and erasures of keys, the table has not taken although their entries are written."""
        return self.keys.late + len(self._undeleted)

    def _commit(
        self, rows: list[dict[str, Any]], named: list[dict[str, Any]], keys: list[Row], gone: dict[str, int]
    ) -> bool:
        """All in one transaction. False when the keys' table is damaged or not there: that keeps no entry from being
        written, and what it does not take is tried again with the next ones."""
        connection = self._open()
        try:
            with connection.begin():
                self._write(connection, rows, named)
                write_keys(connection, keys, gone)
            return True
        except exc.DatabaseError as wrong:
            if not (gone or keys) or not is_about_keys(wrong):
                raise
            log.error("the table of the journal's keys cannot be written: {wrong}", wrong=_reason(wrong))
        with connection.begin():
            self._write(connection, rows, named)
        return False

    def _write(self, connection: sa.Connection, rows: list[dict[str, Any]], named: list[dict[str, Any]]) -> None:
        if rows:
            connection.execute(journal_table.insert(), rows)
        if named:
            self._index(connection, named)

    def _index(self, connection: sa.Connection, named: list[dict[str, Any]]) -> None:
        """An index that is damaged keeps no entry from being written."""
        try:
            with connection.begin_nested():
                connection.execute(self._mention, named)
        except exc.DatabaseError as wrong:
            if not sqlite_file.is_damage(wrong.orig):
                raise
            log.error("the index of the journal is damaged: {wrong}", wrong=_reason(wrong))

    def _is_kept(self, entries: list[Entry]) -> bool:
        """Whether they are in the journal already and stay there: the commit was done although its answer was lost.
        PostgreSQL vouches for what it shows; a SQLite file only after a checkpoint. Raises ValueError when something
        else is in their place, sqlite3.Error and OSError while nothing can be proved."""
        if self._name:
            self._drop()
            sqlite_file.settle(self._name)
        self._doubted = False
        kept = self.read(entries[0].seq - 1, len(entries))
        if kept and kept != entries:
            raise ValueError(f"entry {entries[0].seq} is already in the journal with other content")
        return bool(kept)

    def _look_at_the_file(self) -> None:
        if self._exchanged or (self._connection is not None and sqlite_file.inode(self._name) != self._inode):
            self._taken_away()

    def _taken_away(self) -> None:
        """Somebody deleted or exchanged the file: what was written since is in ours, which has no name any more. It is
        written out, to the old place when that is free. Raises OSError while the place is another file's."""
        place = Path(self._name)
        fresh = place.with_name(f"{place.name}.rescued")
        if not self._exchanged:
            fresh.unlink(missing_ok=True)
            assert self._connection is not None, "only then is it known that the file is another one"
            written = cast(sqlite3.Connection, self._connection.connection.driver_connection)
            sqlite_file.copy_out(written, fresh)
        if place.exists():
            self._exchanged = True
            raise OSError(
                f"somebody put another file in the place of {place.name}; what was recorded is in {fresh.name}: stop "
                "the room, put the right one in its place, start it again"
            )
        for stale in (f"{place}-wal", f"{place}-shm"):
            Path(stale).unlink(missing_ok=True)
        os.link(fresh, place)
        fresh.unlink()
        self._exchanged, self._doubted = False, True
        self._drop()
        self._engine.dispose()
        self.noted.append(text("alarm.journal-file-deleted", file=place.name))

    def prove(self) -> None:
        self.keys.masters.settle()
        if self._unwiped:
            self._wipe()
        try:
            self._look_at_the_file()
            if self._connection is None:
                self.take_lock()
            connection = self._open()
            with connection.begin():
                connection.execute(sa.select(1))
        except (exc.SQLAlchemyError, sqlite3.Error, OSError) as wrong:
            self._drop()
            raise JournalUnavailable("journal.not-written", detail=_reason(wrong)) from wrong

    def read(self, after: int = 0, limit: int = 1000) -> list[Entry]:
        wanted = sa.select(*_ENTRY).where(journal_table.c.seq > after).order_by(journal_table.c.seq)
        return self._entries(wanted.limit(limit))

    def at(self, seqs: Collection[int]) -> list[Entry]:
        return self._entries(sa.select(*_ENTRY).where(journal_table.c.seq.in_(seqs)).order_by(journal_table.c.seq))

    def about(self, thing: str, after: int = 0, upto: int | None = None) -> list[Entry]:
        t, m = journal_table.c, mentions_table.c
        wanted = sa.select(*_ENTRY).join(mentions_table, m.seq == t.seq).where(m.thing == key(thing), m.seq > after)
        if upto is not None:
            wanted = wanted.where(m.seq <= upto)
        return self._entries(wanted.order_by(m.seq))

    def mentions(self, upto: int) -> Iterator[tuple[str, int]]:
        """The whole index: which thing which entry names. Raises JournalUnavailable."""
        m = mentions_table.c
        wanted = sa.select(m.thing, m.seq).where(m.seq <= upto)
        try:
            with self._engine.connect() as connection:
                yield from map(tuple, connection.execution_options(yield_per=5000).execute(wanted))
        except (exc.SQLAlchemyError, OSError) as wrong:
            raise JournalUnavailable("journal.index-not-read", detail=_reason(wrong)) from wrong

    def is_indexed(self) -> bool:
        """False for a journal from before there was an index, and where making it failed: the oldest entries that name
        something are looked up. Raises JournalUnavailable."""
        for entry in self.read(0, 500):
            for thing in mentioned(entry.leaf):
                return any(one.seq == entry.seq for one in self.about(thing, entry.seq - 1, entry.seq))
        return True

    def reindex(self) -> None:
        """Makes the index anew of the entries. Raises JournalTaken while a room writes, JournalUnavailable."""
        self.take_lock()
        try:
            with self._open().begin():
                self._open().execute(sa.delete(mentions_table))
                named: list[dict[str, object]] = []
                for entry in entries_of(self):
                    named += [{"thing": thing, "seq": entry.seq} for thing in mentioned(entry.leaf)]
                    if len(named) >= 5000:
                        self._open().execute(self._mention, named)
                        named = []
                if named:
                    self._open().execute(self._mention, named)
        except (exc.SQLAlchemyError, OSError) as wrong:
            self._drop()
            raise JournalUnavailable("journal.index-not-written", detail=_reason(wrong)) from wrong

    def begin(self) -> None:
        """Makes the master key where there is none: one that is put back later finds its place free where there are
        keys of it, or may be. A backup without the keys' table is given an empty one. Raises JournalUnavailable."""
        begun = True
        try:
            keys_table.create(self._engine, checkfirst=True)
            begun = bool(self._rows(sa.select(journal_table.c.seq).limit(1)))
        except (exc.SQLAlchemyError, sqlite3.Error, OSError) as wrong:
            raise JournalUnavailable("journal.not-read", detail=_reason(wrong)) from wrong
        finally:
            self.keys.masters.current(begun)

    def _entries(self, wanted: sa.Select[Any]) -> list[Entry]:
        rows = [
            (seq, _bytes(leaf), _bytes(sealed), _bytes(digest))
            for seq, leaf, sealed, digest in map(tuple, self._rows(wanted))
            if isinstance(seq, int)
        ]
        said = [read_leaf(leaf) for _, leaf, _, _ in rows]
        keys = self.keys.known(said)
        if missing := sorted({one.subject for one in said if one.sealed and (one.subject, one.key) not in keys}):
            keys |= self.keys.learn(self._keys_of(missing))
        return [
            Entry(*row, one, self.keys.open(one, row[2], keys) if one.sealed else None)
            for row, one in zip(rows, said, strict=True)
        ]

    def _keys_of(self, subjects: list[str]) -> list[Row]:
        try:
            return read_keys(self._engine, subjects)
        except (exc.SQLAlchemyError, sqlite3.Error, OSError) as wrong:
            raise JournalUnavailable("journal.not-read", detail=_reason(wrong)) from wrong

    def _rows(self, wanted: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        try:
            with self._engine.connect() as connection:
                return connection.execute(wanted).all()
        except (exc.SQLAlchemyError, sqlite3.Error, OSError) as wrong:
            kind = Damaged if sqlite_file.is_damage(getattr(wrong, "orig", wrong)) else JournalUnavailable
            raise kind("journal.not-read", detail=_reason(wrong)) from wrong

    def last(self) -> Entry | None:
        found = self._entries(sa.select(*_ENTRY).order_by(journal_table.c.seq.desc()).limit(1))
        return found[0] if found else None

    def _drop(self) -> None:
        self._at_the_end = False
        if self._connection is not None:
            with contextlib.suppress(exc.SQLAlchemyError, OSError):  # it is broken, and thrown away for that
                self._connection.invalidate()
                self._connection.close()
            self._connection = None

    def close(self) -> None:
        self._drop()
        self._engine.dispose()
        if self._claim is not None:
            self._claim.drop()
