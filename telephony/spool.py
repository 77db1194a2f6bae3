"""Keeps reports on disk until the room has them in its journal, so that killing either end loses none.

A report is written before it is sent. The file survives the process at once, and a power cut after at most
`SYNC_EVERY` seconds. Reports of an earlier boot that were never acknowledged are sent again with their own number.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

import msgspec

from telephony.wire import Report

SYNC_EVERY = 0.1
_COMPACT_AT = 8_000_000


class Spool:
    """`pending` in order: older boots first. A full disk is said in `trouble`, and the report is kept in memory."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.pending: dict[tuple[str, int], bytes] = {}
        self.trouble = ""
        self._size = 0
        self._dirty = threading.Event()
        file.parent.mkdir(parents=True, exist_ok=True)
        self._load()
        self._fd = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._rewrite()
        self._stop = threading.Event()
        self._syncer = threading.Thread(target=self._sync, name="spool-sync", daemon=True)
        self._syncer.start()

    def _load(self) -> None:
        if not self._file.exists():
            return
        for line in self._file.read_bytes().split(b"\n"):
            try:
                kept = msgspec.json.decode(line, type=_Key) if line else None
            except msgspec.MsgspecError:
                continue  # the last line of a process that was killed while writing it; it was never sent
            if kept is not None:
                self.pending[kept.boot, kept.number] = line + b"\n"

    def add(self, report: Report, line: bytes) -> None:
        """Writes `line`, the wire form of `report`."""
        self.pending[report.boot, report.number] = line
        if self.trouble:  # the file may end in half a line, and lacks what came since: write it anew
            self._rewrite()
            return
        try:
            written = os.write(self._fd, line)
        except OSError as wrong:
            self._failed(wrong.strerror)
            return
        if written < len(line):
            self._failed("the disk is full")
            return
        self._size += len(line)
        self._dirty.set()

    def _failed(self, why: str | None) -> None:
        self.trouble = f"the spool cannot be written ({why}); make room on the disk"

    def acknowledged(self, boot: str, number: int) -> None:
        """Forgets all reports of `boot` up to `number`. Older boots were sent before, and are done as well when
        they are acknowledged under their own name."""
        for key in list(self.pending):
            if key[0] == boot:
                if key[1] > number:  # numbers grow, so the rest is newer
                    break
                del self.pending[key]
        if self._size > _COMPACT_AT or (not self.pending and self._size):
            self._rewrite()

    def _rewrite(self) -> None:
        """Only what is pending stays in the file."""
        if not self.pending:
            os.ftruncate(self._fd, 0)
            self._size, self.trouble = 0, ""
            return
        fresh = self._file.with_suffix(".new")
        try:
            fresh.touch(mode=0o600)
            fresh.write_bytes(b"".join(self.pending.values()))
            os.replace(fresh, self._file)
            fd = os.open(self._file, os.O_WRONLY | os.O_APPEND)
        except OSError as wrong:
            self._failed(wrong.strerror)
            return
        os.close(self._fd)
        self._fd, self.trouble = fd, ""
        self._size = self._file.stat().st_size
        self._dirty.set()

    def _sync(self) -> None:
        while not self._stop.is_set():
            self._dirty.wait()
            self._dirty.clear()
            try:
                os.fdatasync(self._fd)
            except OSError:
                pass  # the descriptor was just exchanged by _rewrite; the next round syncs the new one
            self._stop.wait(SYNC_EVERY)

    def close(self) -> None:
        self._stop.set()
        self._dirty.set()
        self._syncer.join(2)
        os.close(self._fd)


class _Key(msgspec.Struct):
    boot: str
    number: int
