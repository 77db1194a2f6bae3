"""The SQLite file: opened with the durability that we promise, read where it cannot be written, and believed after a
failed sync only when a checkpoint has proved it.

Theory of operation. After an fsync that failed the frames are in the log beside the file (WAL) and read well, but the
kernel may have dropped their pages: a power cut then takes back what was acknowledged. Writing them to the main file is
new work, whose sync tells the truth. The log must be empty afterwards, and known to be so on the disk, for half a log
would be played back over newer pages.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "secure_delete=on")
_DISK = (
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
)
_BEFORE_THE_SYNC = (
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
)  # fmt: skip
_BUSY_S = 5.0


class ReadOnlyConnection(sqlite3.Connection):
    """A connection to a file that cannot be written now; not kept for later, when it may be otherwise."""


def connect(path: str) -> sqlite3.Connection:
    """Raises sqlite3.Error."""
    kind = ReadOnlyConnection if os.path.exists(path) and not os.access(path, os.W_OK) else sqlite3.Connection
    try:
        return _opened(path, _PRAGMAS, kind)
    except sqlite3.Error as wrong:
        if _code(wrong) not in _DISK or not os.path.exists(path):
            raise
        return _only_reading(Path(path))


def _opened(name: str, pragmas: tuple[str, ...], kind: type[sqlite3.Connection]) -> sqlite3.Connection:
    # We begin transactions ourselves, so that BEGIN IMMEDIATE is really sent.
    made = sqlite3.connect(
        name, timeout=_BUSY_S, isolation_level=None, check_same_thread=False, uri=name.startswith("file:"), factory=kind
    )
    made.text_factory = _text
    try:
        for pragma in pragmas:
            made.execute(f"pragma {pragma}")
        made.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.Error:
        made.close()
        raise
    return made


def _text(raw: bytes) -> str:
    """A damaged word is read as it is, for others' sake."""
    return raw.decode("utf-8", "surrogateescape")


def _only_reading(path: Path) -> sqlite3.Connection:
    """Its index of the log needs a file of its own, which a full or read-only disk does not give: it is kept in memory
    instead. Nobody can write meanwhile, so no lock is missed."""
    name = path.absolute().as_uri()
    try:
        return _opened(f"{name}?mode=ro&vfs=unix-none", ("locking_mode=exclusive",), ReadOnlyConnection)
    except sqlite3.Error:
        if _size(Path(f"{path}-wal")):
            raise
        return _opened(f"{name}?immutable=1", (), ReadOnlyConnection)  # there is no log, and none can be made


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _code(wrong: BaseException | None) -> int:
    return getattr(wrong, "sqlite_errorcode", 0) & 0xFF


def may_have_lost(wrong: BaseException | None) -> bool:
    """Whether after this error what reads well may not be on the disk."""
    return _code(wrong) not in _BEFORE_THE_SYNC


def is_damage(wrong: BaseException | None) -> bool:
    """Whether it is the file's content that cannot be read."""
    return _code(wrong) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def settle(path: str, patience: float = _BUSY_S) -> None:
    """Returns when all that the file shows survives a power cut. Blocking; `patience`: seconds that it waits for others
    who read. Raises sqlite3.Error, OSError."""
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        busy, pages, done = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
        if busy or pages != done:
            raise OSError("another program keeps reading the journal; end it, so that what was written is made sure of")
        # The checkpoint has synced the main file. That one must not be opened here: closing it again would drop the
        # locks that SQLite holds on it in this process (fcntl).
        with open(f"{path}-wal", "rb+") as log:
            os.fsync(log.fileno())
    finally:
        connection.close()  # the last one takes the log away: only after its emptiness is on the disk


def inode(name: str) -> tuple[int, int] | None:
    """Which file it is; None for none."""
    if not name:
        return None
    try:
        found = os.stat(name)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def copy_out(connection: sqlite3.Connection, to: Path) -> None:
    """Writes all that `connection` sees into the new file `to`, durably: also where its own file was deleted. Raises
    sqlite3.Error, OSError."""
    made = sqlite3.connect(to)
    try:
        connection.backup(made)
    finally:
        made.close()
    with open(to, "rb+") as file:
        os.fsync(file.fileno())
