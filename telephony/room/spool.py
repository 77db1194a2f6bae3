"""Keeps reports on disk until the room has them in its journal, so that killing either end loses none.

A report is written before it is sent. The file survives the process at once, and a power cut after at most
`SYNC_EVERY` seconds. Reports of an earlier boot that were never acknowledged are sent again with their own number.

Theory of operation. What is not acknowledged is in memory too, so the file can be written anew from there whenever it
is in doubt: when the disk was full or could not be written, when a sync failed (what is read back then proves nothing,
only a new file that was synced does), and when somebody deleted, cut or exchanged it. A file with lines that cannot be
read is kept beside the new one, and what can be read of it goes on.
"""

from __future__ import annotations

import bisect
import os
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dispatch.journal.claim import AlreadyTaken, Claim
from routing.text import Param, Text, text
from telephony.room import wire
from telephony.room.wire import ReportMessage

SYNC_EVERY = 0.1
_COMPACT_AT = 8_000_000
_READ_WITHIN = 5.0
"""Seconds that reading an old file may take before calls are answered; what is left is kept aside."""
_HANGS = 5.0
"""Seconds that a sync may take before the disk counts as one that hangs."""
_KEPT_ASIDE = 20
_MANY = 1000
"""Reports from which on a full disk is tried again once a second only."""


class Spool:
    """`pending` in order: older boots first. While `trouble` says why nothing reaches the disk, reports are kept in
    memory only; call `look` every second or so. `noted`: what was found wrong with the file, for whoever tells it.
    `claim` is taken before the folder is touched."""

    def __init__(self, file: Path, claim: Claim | None = None) -> None:
        self._file, self._claim = file, claim
        self.pending: dict[tuple[str, int], bytes] = {}
        self.noted: list[Text] = []
        self.trouble: Text | None = None
        self._fd, self._size, self._again = -1, 0, 0.0
        self._loaded = self._aside = False
        self._behind, self._doubted, self._unsynced = True, False, ""
        self._made = self._synced = 0
        self._syncing = 0.0
        self._lock = threading.Lock()
        self._dirty, self._stop = threading.Event(), threading.Event()
        self._renew()
        self._syncer = threading.Thread(target=self._sync, name="spool-sync", daemon=True)
        self._syncer.start()

    # -- the file of before
    def _take(self) -> None:
        """Makes the file ours and reads it, once. A disk that cannot be written may still be read. Raises OSError,
        AlreadyTaken."""
        wrong = None
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            if self._claim is not None:
                self._claim.take()
        except OSError as said:
            wrong = said
        if not self._loaded and (wrong is None or os.path.lexists(self._file)):
            self._load()
            self._loaded = True
        if wrong is not None:
            raise wrong

    def _load(self) -> None:
        try:
            kind = os.lstat(self._file).st_mode
        except FileNotFoundError:
            if self._claim is not None and self._claim.known:
                self.noted.append(text("alarm.spool-gone", file=self._file.name))
            return
        found: dict[tuple[str, int], bytes] = {}
        unread = [text("storage.no-file")]
        if stat.S_ISREG(kind):
            try:
                found, unread = read_reports(self._file)
            except OSError as wrong:
                unread = [text("storage.file-unreadable", detail=wrong.strerror or str(wrong))]
        self.pending = {**found, **self.pending}
        if unread:
            self._aside = True
            what: tuple[Text | str, ...] = (*unread[:3], f"+{len(unread) - 3}") if unread[3:] else tuple(unread)
            self.noted.append(text("alarm.spool-unread", file=self._file.name, reports=len(found), what=what))

    # -- writing
    def add(self, report: ReportMessage, line: bytes) -> None:
        """Writes `line`, the wire form of `report`."""
        self.pending[report.boot, report.number] = line
        if self._behind:  # the file may end in half a line, and lacks what came since: write it anew
            if len(self.pending) < _MANY or time.monotonic() >= self._again:
                self._renew()
            return
        try:
            written = os.write(self._fd, line)
        except OSError as wrong:
            self._failed(wrong)
            return
        self._size += written
        if written < len(line):
            self._failed(text("storage.full"))
            return
        self._dirty.set()

    def _failed(self, why: Exception | Text | str) -> None:
        said: Param = why if isinstance(why, Text) else getattr(why, "strerror", None) or str(why)
        self.trouble = text("storage.spool-not-written", why=said)
        self._behind = True

    def acknowledged(self, boot: str, number: int) -> None:
        """Forgets all reports of `boot` up to `number`. Older boots were sent before, and are done as well when
        they are acknowledged under their own name."""
        for key in list(self.pending):
            if key[0] == boot:
                if key[1] > number:  # numbers grow, so the rest is newer
                    break
                del self.pending[key]
        self._shorten()

    def _shorten(self) -> None:
        """Not while a sync is out: on a disk that hangs it would wait for that one, and every call with it."""
        if self._behind or self._syncing:
            return
        if self._size > _COMPACT_AT or (not self.pending and self._size):
            self._renew()

    def look(self) -> None:
        """Sees whether file and claim are still there and whole, and tries again what failed. A disk that hangs is left
        alone until it answers."""
        began = self._syncing
        if began and time.monotonic() - began > _HANGS:
            self.trouble, self._doubted = text("storage.no-answer"), True
            return
        if self._claim is not None and not self._behind:
            try:
                self._claim.take()
            except (OSError, AlreadyTaken) as wrong:
                self._failed(wrong)
        if self._unsynced:
            self._failed(self._unsynced)
            self._unsynced, self._doubted = "", True
        if not self._behind and (how := self._changed()):
            self._aside = os.path.lexists(self._file)
            count = len(self.pending)
            self.noted.append(text(f"alarm.spool-{how}", file=self._file.name, reports=count))
            self._behind = True
        if self._behind:
            self._renew()
        elif self._doubted and self._synced == self._made:
            self._doubted, self.trouble = False, None
        self._shorten()

    def _changed(self) -> str:
        """How, "" when it is as it was."""
        try:
            found = os.stat(self._file)
        except OSError:
            return "deleted"
        ours = os.fstat(self._fd)
        if (found.st_dev, found.st_ino) != (ours.st_dev, ours.st_ino):
            return "exchanged"
        if found.st_size < self._size:
            return "cut"
        return "written" if found.st_size > self._size else ""

    def _renew(self) -> None:
        """Only what is pending stays in the file. One that cannot be read, or is not ours, is kept beside it."""
        self._again = time.monotonic() + 1.0
        try:
            if not self.pending and not self._behind and not self._changed():
                os.ftruncate(self._fd, 0)
                self._size = 0
                return
            self._take()
            fd, size = self._written_anew()
        except (OSError, AlreadyTaken) as wrong:
            self._failed(wrong)
            return
        with self._lock:
            old, self._fd, self._size = self._fd, fd, size
            self._made += 1
        if old >= 0:
            os.close(old)
        self._behind = False
        if not self._doubted:
            self.trouble = None
        self._dirty.set()

    def _written_anew(self) -> tuple[int, int]:
        """(descriptor, bytes) of the new file in its place. Raises OSError."""
        fresh = self._file.with_suffix(".new")
        fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            content = memoryview(b"".join(self.pending.values()))
            size = len(content)
            while content:
                content = content[os.write(fd, content) :]
            if self._aside:
                self._set_aside()
                self._aside = False
            os.replace(fresh, self._file)
        except OSError:
            os.close(fd)
            fresh.unlink(missing_ok=True)  # half a file takes room that others need
            raise
        return fd, size

    def _set_aside(self) -> None:
        """At no moment is there no file. When there are too many the last is overwritten: the first tell how it
        began."""
        for number in range(1, _KEPT_ASIDE + 1):
            kept = self._file.with_name(f"{self._file.stem}.unread-{number}")
            if not os.path.lexists(kept):
                break
        try:
            os.link(self._file, kept)
        except OSError:  # a folder, or a file system without links
            os.rename(self._file, kept)
        self.noted.append(text("alarm.spool-kept", file=self._file.name, kept=kept.name))

    def _sync(self) -> None:
        while not self._stop.is_set():
            self._dirty.wait()
            self._dirty.clear()
            self._syncing = time.monotonic()
            try:
                self._sync_once()
            except OSError as wrong:
                self._unsynced = wrong.strerror or str(wrong)
            self._syncing = 0.0
            self._stop.wait(SYNC_EVERY)

    def _sync_once(self) -> None:
        """Raises OSError."""
        with self._lock:
            if self._fd < 0:
                return
            fd, made = os.dup(self._fd), self._made
        try:
            os.fdatasync(fd)
            if made != self._synced:
                self._sync_folder()
                self._synced = made
        finally:
            os.close(fd)

    def _sync_folder(self) -> None:
        folder = os.open(self._file.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def close(self) -> None:
        self._stop.set()
        self._dirty.set()
        self._syncer.join(2)
        self._shorten()
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def read_reports(file: Path) -> tuple[dict[tuple[str, int], bytes], list[Text]]:
    """(the reports as they go to the room, by boot and number; which lines cannot be read and why). Raises OSError when
    it cannot be opened."""
    read: list[tuple[int, ReportMessage, bytes]] = []
    unread: list[Text] = []
    until = time.monotonic() + _READ_WITHIN
    with file.open("rb", buffering=1 << 20) as kept:
        for number, (line, why) in enumerate(_lines(kept), 1):
            if number % 1000 == 0 and time.monotonic() > until:
                unread.append(text("storage.lines-too-many", line=number))
                break
            said = wire.UnreadLine(line, "") if why is not None else wire.read_line(line)
            if isinstance(said, wire.UnreadLine) and said.report:
                said = said.report  # of another version of ours; what it says is the room's to keep
            if isinstance(said, ReportMessage):
                read.append((number, said, line))
            else:
                unread.append(text("storage.line", line=number, what=why or _no_report(said)))
    found, misplaced = _in_order(read)
    return found, unread + misplaced


def _no_report(said: wire.Message | wire.UnreadLine) -> Text:
    if isinstance(said, wire.UnreadLine):
        return text("storage.line-unread", detail=said.why[:90])
    return text("storage.line-no-report")


def _in_order(read: list[tuple[int, ReportMessage, bytes]]) -> tuple[dict[tuple[str, int], bytes], list[Text]]:
    """Numbers of a boot grow. One that does not fit between its neighbours was changed; the others count: of all ways
    to leave out lines until the rest grows, that which leaves out the fewest (patience sorting)."""
    boots: dict[str, list[int]] = {}
    for place, (_, report, _) in enumerate(read):
        boots.setdefault(report.boot, []).append(place)
    good: set[int] = set()
    for places in boots.values():
        tops: list[int] = []
        at: list[int] = []
        before: dict[int, int] = {}
        for place in places:
            number = read[place][1].number
            pile = bisect.bisect_left(tops, number)
            before[place] = at[pile - 1] if pile else -1
            tops[pile : pile + 1], at[pile : pile + 1] = [number], [place]
        place = at[-1]
        while place >= 0:
            good.add(place)
            place = before[place]
    found = {(r.boot, r.number): line for place, (_, r, line) in enumerate(read) if place in good}
    rest = (one for place, one in enumerate(read) if place not in good)
    return found, [text("storage.out-of-order", line=number, report=report.number) for number, report, _ in rest]


def _lines(kept: BinaryIO) -> Iterator[tuple[bytes, Text | None]]:
    """(line, None or why it is none). Of one that is too long only the beginning is held."""
    try:
        while line := kept.readline(wire.MAX_LINE + 1):
            why = None if line.endswith(b"\n") else text("storage.half-a-line")
            rest = line
            while rest and not rest.endswith(b"\n") and len(rest) > wire.MAX_LINE:
                why, rest = text("storage.line-too-long"), kept.readline(wire.MAX_LINE + 1)
            if line != b"\n":
                yield line, why
    except OSError as wrong:
        yield b"", text("storage.rest-unreadable", detail=str(wrong.strerror))
