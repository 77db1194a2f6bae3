"""Keeps the journal in a database by SQLAlchemy Core: SQLite on one machine, PostgreSQL where many share it."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.dialects import postgresql, sqlite

from dispatch.journal import Entry, JournalTaken, JournalUnavailable, entries_of
from dispatch.mentions import LONGEST, key, mentioned

metadata = sa.MetaData()
journal_table = sa.Table(
    "journal",
    metadata,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
    sa.Column("recorded", sa.BigInteger, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("digest", sa.LargeBinary(32), nullable=False),
)
mentions_table = sa.Table(
    "mentions",
    metadata,
    sa.Column("thing", sa.String(LONGEST), primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Which entries name a thing; written with them."""
_WRITER_LOCK = 112_112
"""PostgreSQL advisory lock that makes the one writer the only one; a standby waits for it."""


_ENTRY = (journal_table.c.seq, journal_table.c.recorded, journal_table.c.body, journal_table.c.digest)


def open_engine(url: str) -> sa.Engine:
    """An engine with the durability we promise. Raises JournalUnavailable when the URL is not usable."""
    try:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() == "sqlite":
            if parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            engine = sa.create_engine(
                url, connect_args={"timeout": 5, "check_same_thread": False}, hide_parameters=True
            )
            sa.event.listen(engine, "connect", _sqlite_pragmas)
            sa.event.listen(engine, "begin", _sqlite_begin)
            return engine
        return sa.create_engine(
            url, connect_args={"connect_timeout": 5}, pool_pre_ping=True, hide_parameters=True, pool_size=15
        )
    except (exc.SQLAlchemyError, OSError, ImportError) as wrong:
        raise JournalUnavailable(f"the database cannot be opened: {wrong}; correct the setting 'database'") from wrong


def _sqlite_pragmas(connection, record) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, so that BEGIN IMMEDIATE is really sent
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        connection.execute(f"pragma {pragma}")


def _sqlite_begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _reason(wrong: Exception) -> str:
    """The database's own words, one line, without the statement and its values: people will read it."""
    return str(getattr(wrong, "orig", None) or wrong).strip().split("\n")[0][:160]


class SqlJournal:
    """`append` runs on the writer's thread and nowhere else; `read` and `last` on any thread.

    Readers need no lock, so an auditor's tool works beside a running room.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine, self._connection, self._lock = engine, None, None
        self._postgres = engine.dialect.name == "postgresql"
        # Whatever the index holds, it never keeps an entry from being written.
        insert = postgresql.insert if self._postgres else sqlite.insert
        self._mention = insert(mentions_table).on_conflict_do_nothing()

    def take_lock(self, wait: float = 0.0) -> None:
        """Become the one writer. Raises JournalTaken after `wait` seconds when another is."""
        until = time.monotonic() + wait
        while not (self._lock_postgres() if self._postgres else self._lock_file()):
            if time.monotonic() >= until:
                raise JournalTaken("another control room writes this journal; stop it, or wait as its standby")
            time.sleep(0.2)

    def _lock_postgres(self) -> bool:
        connection = self._open()
        if connection.execute(sa.select(sa.func.pg_try_advisory_lock(_WRITER_LOCK))).scalar():
            connection.commit()
            return True
        self._drop()  # a connection without the lock must never write
        return False

    def _lock_file(self) -> bool:
        name = self._engine.url.database
        if self._lock is None and name:
            self._lock = open(f"{name}.lock", "a")  # noqa: SIM115  (held for the life of the journal)
        try:
            if self._lock is not None:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _open(self) -> sa.Connection:
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(writing=True)
        return self._connection

    def append(self, entries: list[Entry]) -> None:
        rows = [{"seq": e.seq, "recorded": e.recorded, "body": e.body, "digest": e.digest} for e in entries]
        named = [{"thing": thing, "seq": e.seq} for e in entries for thing in mentioned(e.body)]
        try:
            if self._connection is None:
                self.take_lock()  # the lock was lost with the connection that held it
            connection = self._open()
            with connection.begin():
                connection.execute(journal_table.insert(), rows)
                if named:
                    connection.execute(self._mention, named)
        except exc.IntegrityError as wrong:
            self._drop()
            kept = self.read(entries[0].seq - 1, len(entries))
            if kept == entries:
                return  # the commit was done although its answer was lost
            raise ValueError(f"entry {entries[0].seq} is already in the journal with other content") from wrong
        except (exc.SQLAlchemyError, OSError) as wrong:
            self._drop()
            raise JournalUnavailable(f"the journal cannot be written: {_reason(wrong)}") from wrong

    def read(self, after: int = 0, limit: int = 1000) -> list[Entry]:
        t = journal_table.c
        return self._entries(sa.select(*_ENTRY).where(t.seq > after).order_by(t.seq).limit(limit))

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
            raise JournalUnavailable(f"the index cannot be read: {_reason(wrong)}") from wrong

    def is_indexed(self) -> bool:
        """False for a journal from before there was an index. Raises JournalUnavailable."""
        return self.last() is None or next(iter(self.mentions(2**62)), None) is not None

    def reindex(self) -> None:
        """Makes the index anew of the entries. Raises JournalTaken while a room writes, JournalUnavailable."""
        self.take_lock()
        try:
            with self._open().begin():
                self._open().execute(sa.delete(mentions_table))
                for entry in entries_of(self):
                    named = [{"thing": thing, "seq": entry.seq} for thing in mentioned(entry.body)]
                    if named:
                        self._open().execute(self._mention, named)
        except (exc.SQLAlchemyError, OSError) as wrong:
            self._drop()
            raise JournalUnavailable(f"the index cannot be written: {_reason(wrong)}") from wrong

    def _entries(self, wanted: sa.Select) -> list[Entry]:
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(wanted).all()
        except (exc.SQLAlchemyError, OSError) as wrong:
            raise JournalUnavailable(f"the journal cannot be read: {_reason(wrong)}") from wrong
        return [Entry(seq, recorded, bytes(body), bytes(digest)) for seq, recorded, body, digest in rows]

    def last(self) -> Entry | None:
        t = journal_table.c
        try:
            with self._engine.connect() as connection:
                top = connection.execute(sa.select(sa.func.max(t.seq))).scalar()
        except (exc.SQLAlchemyError, OSError) as wrong:
            raise JournalUnavailable(f"the journal cannot be read: {_reason(wrong)}") from wrong
        return self.read(top - 1, 1)[0] if top else None

    def _drop(self) -> None:
        if self._connection is not None:
            try:
                self._connection.invalidate()
                self._connection.close()
            except (exc.SQLAlchemyError, OSError):
                pass  # it is the broken connection that we are throwing away
            self._connection = None

    def close(self) -> None:
        self._drop()
        self._engine.dispose()
        if self._lock is not None:
            self._lock.close()
            self._lock = None
