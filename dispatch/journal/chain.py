"""The journal: numbered, hash-chained, append-only entries. Pure; where they are kept is another module's matter.

Theory of operation. An entry's digest covers the digest before it, its number, the time it was recorded and the exact
bytes of its event. So any change, insertion, removal or reordering of a past entry breaks the digest after it, and
`siaga verify` names every entry that does not fit (dispatch/journal/verification.py). What is kept beside the journal
(recordings, raw messages) is named in it by SHA-256, so erasing a file lawfully leaves the chain whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from dispatch import events as ev
from dispatch.journal.mentions import key, mentioned
from routing.text import CodedError, text

GENESIS = bytes(32)


class Entry(msgspec.Struct, frozen=True):
    """`seq` from 1 without gaps; `recorded` microseconds since 1970; `body` the event's JSON; `digest` SHA-256."""

    seq: int
    recorded: int
    body: bytes
    digest: bytes

    @property
    def event(self) -> ev.Event:
        """One that cannot be read (damaged, or of a newer version of ours) tells of itself; nobody behind it waits."""
        try:
            return ev.decode(self.body)
        except (ValueError, RecursionError) as wrong:
            what = text("discrepancy.entry-unreadable", seq=self.seq, detail=str(wrong)[:300])
            said = self.body.decode("utf-8", "backslashreplace")
            return ev.DiscrepancyNoted(at=self.recorded / 1e6, about="journal", what=what, detail=said)

    def line(self) -> bytes:
        """The entry as one JSON line, its event unchanged to the byte where it is JSON."""
        return b'{"seq":%d,"recorded":%d,"digest":"%s","event":%s}' % (
            self.seq,
            self.recorded,
            self.digest.hex().encode(),
            self.body if _is_json(self.body) else ev.encode(self.event),
        )


def _is_json(body: bytes) -> bool:
    try:
        msgspec.json.decode(body)
    except (ValueError, RecursionError):
        return False
    return b"\n" not in body


def digest_of(before: bytes, seq: int, recorded: int, body: bytes) -> bytes:
    return hashlib.sha256(b"%b%d|%d|%b" % (before, seq, recorded, body)).digest()


def chained(before: Entry | None, recorded: int, body: bytes) -> Entry:
    """The entry that follows `before` (None: the first)."""
    seq, digest = (before.seq + 1, before.digest) if before else (1, GENESIS)
    return Entry(seq, recorded, body, digest_of(digest, seq, recorded, body))


_ONE_BY_ONE = 100
_FARTHEST = 2**31
"""Entries: what claims to lie farther behind the last one has a number that was changed."""


class JournalUnavailable(CodedError):
    """The journal cannot be reached or written now; nothing was written. Worth trying again."""


class Damaged(JournalUnavailable):
    """A part of it cannot be read. Other parts may be."""


class JournalTaken(JournalUnavailable):
    """Another control room writes this journal. Trying again does not help: begin anew, as its standby."""


class Journal(Protocol):
    """Where entries are kept. One writer; `append` is all or nothing and durable when it returns."""

    def append(self, entries: list[Entry]) -> None:
        """Raises JournalUnavailable when nothing was written, ValueError when they do not follow the last one."""

    def read(self, after: int = 0, limit: int = 1000) -> list[Entry]:
        """Up to `limit` entries with seq > after, in order."""

    def about(self, thing: str, after: int = 0, upto: int | None = None) -> list[Entry]:
        """The entries that name this call, incident, assignment, unit, alert, notice or file, with after < seq <= upto,
        in order (dispatch/journal/mentions.py)."""

    def mentions(self, upto: int) -> Iterable[tuple[str, int]]:
        """The index whole: each id and the entry that names it, in any order."""

    def last(self) -> Entry | None: ...

    def prove(self) -> None:
        """Returns when an append would be tried. Raises JournalUnavailable, also when there is no answer in time."""

    def close(self) -> None: ...


class MemoryJournal:
    """For tests and for trying a policy; forgets everything at exit."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._about: dict[str, list[Entry]] = {}

    def append(self, entries: list[Entry]) -> None:
        for entry in entries:
            if entry.seq != len(self._entries) + 1:
                raise ValueError(f"entry {entry.seq} does not follow entry {len(self._entries)}")
            self._entries.append(entry)
            for thing in mentioned(entry.body):
                self._about.setdefault(thing, []).append(entry)

    def read(self, after: int = 0, limit: int = 1000) -> list[Entry]:
        return self._entries[after : after + limit]

    def about(self, thing: str, after: int = 0, upto: int | None = None) -> list[Entry]:
        return [e for e in self._about.get(key(thing), ()) if after < e.seq and (upto is None or e.seq <= upto)]

    def mentions(self, upto: int) -> Iterable[tuple[str, int]]:
        return ((thing, e.seq) for thing, found in self._about.items() for e in found if e.seq <= upto)

    def last(self) -> Entry | None:
        return self._entries[-1] if self._entries else None

    def prove(self) -> None:
        pass

    def close(self) -> None:
        pass


def _past_damage(journal: Journal, after: int, limit: int) -> list[Entry]:
    """The next entries that can be read: one page of a damaged database holds a few dozen at most, and what is behind
    it counts. Raises JournalUnavailable."""
    tries = 0
    while after < 2**40:
        try:
            return journal.read(after, limit)
        except Damaged:
            if limit > 1:
                limit = max(1, limit // 8)
                continue
            tries += 1
            after += 1 if tries <= _ONE_BY_ONE else 2 ** (tries - _ONE_BY_ONE)
    return []


def entries_of(journal: Journal, after: int = 0, upto: int | None = None, page: int = 5000) -> Iterator[Entry]:
    """All entries with after < seq <= upto, page by page."""
    while page_of := _past_damage(journal, after, page):
        for entry in page_of:
            if (upto is not None and entry.seq > upto) or entry.seq > after + _FARTHEST:
                return
            yield entry
        after = page_of[-1].seq
