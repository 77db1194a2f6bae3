"""Which lines are being recorded, and since when: kept in a file that a kill of the switch and a full disk leave whole.

The file `takes` has one line of fixed length for each, made beforehand, and in the first one the last moment the switch
was alive. They are written in place, which needs no room on the disk. So the next start knows of every recording that
was cut how long it should be, also where no sound of it was ever written.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TypeVar

import msgspec

from routing.text import Text, text

_CELL, _CELLS = 320, 2048
_SIZE = _CELL * _CELLS
_T = TypeVar("_T")


class Take(msgspec.Struct, omit_defaults=True):
    """The recording of one line of a call: from `since` to `until` (seconds of a monotonic clock; 0 while it runs), in
    one file or, where it broke off, several. `stamp`: of the newest file, as its name says it; `written`: seconds that
    are sealed; `cut`: the switch ended in the middle; `why` something is missing, once that was told."""

    call: str
    leg: str
    since: float = 0.0
    until: float = 0.0
    stamp: int = 0
    written: float = 0.0
    cut: bool = False
    why: Text | None = None

    def missing(self) -> float:
        """Seconds, when it is over."""
        return max(0.0, self.until - self.since - self.written)


class _Alive(msgspec.Struct):
    alive: float


class Register:
    """Never raises: without its file it remembers nothing beyond the process, and `trouble` says why."""

    def __init__(self, file: Path) -> None:
        self.trouble: Text | None = None
        self.left: list[Take] = []
        """What an earlier switch did not finish; to be settled with `done`."""
        self._cells: dict[int, tuple[int, Take]] = {}
        self._free = list(range(_CELLS - 1, 0, -1))
        self._fd = -1
        try:
            self._fd = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            kept = os.pread(self._fd, _SIZE, 0)
            if len(kept) < _SIZE and os.pwrite(self._fd, b"\n" * (_SIZE - len(kept)), len(kept)) < _SIZE - len(kept):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            self._take_over(kept)
        except OSError as wrong:
            self._failed(wrong)

    def _take_over(self, kept: bytes) -> None:
        alive = _read(kept[:_CELL], _Alive)
        for number in range(1, _CELLS):
            take = _read(kept[number * _CELL : (number + 1) * _CELL], Take)
            if take is None:
                continue
            self._free.remove(number)
            self._cells[id(take)] = number, take
            if not take.until:
                take.until, take.cut = max(take.since, alive.alive if alive else 0.0), True
                self.note(take)
            self.left.append(take)

    def add(self, take: Take) -> None:
        if self._free:
            self._cells[id(take)] = self._free.pop(), take
            self.note(take)

    def note(self, take: Take) -> None:
        """It has changed."""
        if id(take) in self._cells:
            self._write(self._cells[id(take)][0], msgspec.json.encode(take))

    def done(self, take: Take) -> None:
        if id(take) in self._cells:
            number, _ = self._cells.pop(id(take))
            self._free.append(number)
            self._write(number, b"")

    def alive(self, now: float) -> None:
        """`now` of the monotonic clock. Call it a few times a second."""
        self._write(0, msgspec.json.encode(_Alive(now)))

    def sync(self) -> None:
        """For a cut of the power. Blocking: call it on a thread."""
        if self._fd < 0:
            return
        try:
            os.fdatasync(self._fd)
        except OSError:
            pass  # the next one may succeed; writing tells of a disk that is gone

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _write(self, number: int, said: bytes) -> None:
        if self._fd < 0 or len(said) >= _CELL:
            return
        try:
            os.pwrite(self._fd, said.ljust(_CELL - 1) + b"\n", number * _CELL)
            self.trouble = None
        except OSError as wrong:
            self.trouble = text("storage.takes-look", detail=str(wrong.strerror))

    def _failed(self, wrong: OSError) -> None:
        self.close()
        self.trouble = text("storage.takes-restart", detail=str(wrong.strerror))


def _read(cell: bytes, kind: type[_T]) -> _T | None:
    try:
        return msgspec.json.decode(cell, type=kind)
    except (ValueError, RecursionError):
        return None  # an empty one, or one that was damaged
