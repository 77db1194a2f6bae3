"""The journal: numbered, hash-chained, append-only entries. Pure; where they are kept is another module's matter.

Theory of operation. An entry's digest covers the digest before it, its number, the time it was recorded and the exact
bytes of its event. So any change, insertion, removal or reordering of a past entry breaks every later digest, and
`verify` names the first entry that does not fit. What is kept beside the journal (recordings, raw messages) is named
in it by SHA-256, so erasing a file lawfully leaves the chain whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import msgspec

from dispatch import events as ev
from dispatch.mentions import key, mentioned

GENESIS = bytes(32)


class Entry(msgspec.Struct, frozen=True):
    """`seq` from 1 without gaps; `recorded` microseconds since 1970; `body` the event's JSON; `digest` SHA-256."""

    seq: int
    recorded: int
    body: bytes
    digest: bytes

    @property
    def event(self) -> ev.Event:
        return ev.decode(self.body)

    def line(self) -> bytes:
        """The entry as one JSON line, its event unchanged to the byte."""
        return b'{"seq":%d,"recorded":%d,"digest":"%s","event":%s}' % (
            self.seq,
            self.recorded,
            self.digest.hex().encode(),
            self.body,
        )


def digest_of(before: bytes, seq: int, recorded: int, body: bytes) -> bytes:
    return hashlib.sha256(b"%b%d|%d|%b" % (before, seq, recorded, body)).digest()


def chained(before: Entry | None, recorded: int, body: bytes) -> Entry:
    """The entry that follows `before` (None: the first)."""
    seq, digest = (before.seq + 1, before.digest) if before else (1, GENESIS)
    return Entry(seq, recorded, body, digest_of(digest, seq, recorded, body))


class JournalUnavailable(Exception):
    """The journal cannot be reached or written now; nothing was written. Worth trying again."""


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
        in order (dispatch/mentions.py)."""

    def last(self) -> Entry | None: ...

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

    def last(self) -> Entry | None:
        return self._entries[-1] if self._entries else None

    def close(self) -> None:
        pass


def entries_of(journal: Journal, after: int = 0, upto: int | None = None, page: int = 5000) -> Iterator[Entry]:
    """All entries with after < seq <= upto, page by page."""
    while page_of := journal.read(after, page):
        for entry in page_of:
            if upto is not None and entry.seq > upto:
                return
            yield entry
        after = page_of[-1].seq


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """`intact`, else `first_broken` is the seq of the first entry that does not fit and `why` says how.
    `head` is the last digest, hex: written down elsewhere, it proves that the end was not cut off either."""

    intact: bool
    entries: int
    recordings: int = 0
    photos: int = 0
    first_broken: int = 0
    why: str = ""
    head: str = ""


_WITH_FILE = (b'{"event":"RecordingSealed"', b'{"event":"PhotoReceived"')
"""How the entries begin whose content lies in a file of its own."""


def verify(
    entries: Iterable[Entry],
    digest_of_file: Callable[[str], str | None] | None = None,
    progress: Callable[[int], None] = lambda seq: None,
) -> Verdict:
    """Checks the chain and, with `digest_of_file(digest) -> digest of the file now, or None if it is gone`, every
    sealed recording and every photo."""
    before: Entry | None = None
    recordings = photos = 0
    for entry in entries:
        expected = before.seq + 1 if before else 1
        why = ""
        if entry.seq != expected:
            why = f"entry {expected} is missing: after {expected - 1} comes {entry.seq}"
        elif digest_of(before.digest if before else GENESIS, entry.seq, entry.recorded, entry.body) != entry.digest:
            why = f"entry {entry.seq} was changed: its digest does not fit its content and the entry before it"
        elif digest_of_file and entry.body.startswith(_WITH_FILE):
            kept = entry.event
            photo = isinstance(kept, ev.PhotoReceived)
            what = f"{'photo' if photo else 'recording'} {kept.digest[:12]}… of call {kept.call}"
            found = digest_of_file(kept.digest)
            recordings, photos = recordings + (not photo), photos + photo
            if found is None:
                why = f"entry {entry.seq}: the {what} is missing"
            elif found != kept.digest:
                why = f"entry {entry.seq}: the {what} was changed"
        if why:
            seen = {"entries": expected - 1, "recordings": recordings, "photos": photos}
            return Verdict(intact=False, first_broken=expected, why=why, **seen)
        before = entry
        if entry.seq % 10_000 == 0:
            progress(entry.seq)
    head = before.digest.hex() if before else GENESIS.hex()
    return Verdict(intact=True, entries=before.seq if before else 0, recordings=recordings, photos=photos, head=head)
