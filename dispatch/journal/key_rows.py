"""The rows of the table `subject_keys`: read as far as they can be, written in one transaction with the entries that
need them. What is wrong with the table locks words, and keeps no entry from being read or written."""

from __future__ import annotations

import functools
import sqlite3
import threading
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.dialects import postgresql, sqlite
from twisted.logger import Logger

from dispatch.journal import sqlite_file
from dispatch.journal.tables import keys_table

log = Logger()
Row = tuple[str, int, bytes]
"""(subject, number, wrapped key)."""
_NAMES = ("subject", "number", "wrapped")
_AT_ONCE = 500
"""Subjects whose keys are asked for in one question."""
_AS_IT_IS = sa.types.NullType()
_READ = sa.select(
    keys_table.c.subject, keys_table.c.number, sa.type_coerce(keys_table.c.wrapped, _AS_IT_IS).label("wrapped")
)
_DELETE = sa.delete(keys_table).where(
    keys_table.c.subject == sa.bindparam("of"), keys_table.c.number < sa.bindparam("before")
)


def write_keys(connection: sa.Connection, keys: Sequence[Row], gone: dict[str, int]) -> None:
    """Deletes the keys of each subject of `gone` that are older than its entry there. A key of the same name was left
    by a future that was lost: nothing that it opens is in this journal."""
    if gone:
        connection.execute(_DELETE, [{"of": of, "before": before} for of, before in gone.items()])
    if keys:
        connection.execute(_put(connection.dialect.name), [dict(zip(_NAMES, one, strict=True)) for one in keys])


@functools.cache
def _put(dialect: str) -> Any:
    insert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(keys_table)
    return insert.on_conflict_do_update(
        index_elements=["subject", "number"], set_={"wrapped": insert.excluded.wrapped}
    )  # fmt: skip


def read_keys(engine: sa.Engine, subjects: list[str]) -> list[Row]:
    """Those of a damaged table that can be read. Raises SQLAlchemyError, sqlite3.Error, OSError when it is the database
    that cannot be asked."""
    if len(subjects) > _AT_ONCE:
        return [*read_keys(engine, subjects[:_AT_ONCE]), *read_keys(engine, subjects[_AT_ONCE:])]
    try:
        with engine.connect() as connection:
            found = connection.execute(_READ.where(keys_table.c.subject.in_(subjects))).all()
    except exc.DatabaseError as wrong:
        if not is_about_keys(wrong):
            raise
        if len(subjects) < 2 or not sqlite_file.is_damage(wrong.orig):
            return []
        half = len(subjects) // 2
        return [*read_keys(engine, subjects[:half]), *read_keys(engine, subjects[half:])]
    rows = [(subject, number, _bytes(wrapped)) for subject, number, wrapped in map(tuple, found)]
    return [one for one in rows if isinstance(one[0], str) and isinstance(one[1], int)]


def wiped(engine: sa.Engine, name: str) -> bool:
    """Overwrites what was deleted from the table, as far as nobody has to wait for it: in a SQLite file (`name`) where
    nobody else reads just now, in PostgreSQL on a thread of its own."""
    try:
        if name:
            sqlite_file.settle(name, 0.0)
        elif engine.dialect.name == "postgresql":
            threading.Thread(target=_vacuum, args=(engine,), daemon=True).start()
    except (sqlite3.Error, OSError) as wrong:
        log.info("deleted keys are overwritten later: {wrong}", wrong=str(wrong))
        return False
    return True


def _vacuum(engine: sa.Engine) -> None:
    """It takes as long as the table is large."""
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("set statement_timeout = 0")
            connection.exec_driver_sql(f"vacuum {keys_table.name}")
            connection.invalidate()  # its limit is not that of the others
    except (exc.SQLAlchemyError, OSError) as wrong:
        log.warn("deleted keys stay until PostgreSQL vacuums by itself: {wrong}", wrong=str(wrong)[:200])


def is_about_keys(wrong: exc.DatabaseError) -> bool:
    """Whether it may be this table that is damaged, or not there."""
    return sqlite_file.is_damage(wrong.orig) or keys_table.name in str(wrong.orig)


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else b""
