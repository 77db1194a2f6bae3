"""The journal: numbered, hash-chained, append-only entries. Pure; where they are kept is another module's matter.

Theory of operation. An entry is its leaf, a line of JSON: number, the journal that it belongs to, when it was recorded
and when it came to pass, what kind of event it is, its subjects, and its body, the fields that are nobody's personal
data. The personal ones are sealed beside it; the leaf has the digest of the sealed bytes and a salted digest of what
was sealed. An entry's digest covers the digest before it and its leaf, to the byte. So any change, insertion, removal
or reordering of a past entry breaks the digest after it, and `siaga verify` names every entry that does not fit
(dispatch/journal/verification.py). An erasure takes a key away and touches no entry: the chain is as whole as before.
What is kept beside the journal (recordings, raw messages) is named in it by SHA-256, so erasing a file lawfully leaves
it whole too. The form to the byte: docs/journal.md.

`journal` is the id of whoever wrote on: each room that takes the journal over chooses a new one with its first entry.
A number alone says nothing once a backup was put back and written on; together with the journal's id it names an entry
for ever (dispatch/board.py).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

import msgspec

from dispatch import events as ev
from dispatch.journal.parting import joined, open_part, personal_part
from dispatch.journal.subjects import subject_of, subjects_of
from routing.text import CodedError, text

GENESIS = bytes(32)
SALT_BYTES = 16


class Leaf(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """`seq` from 1 without gaps; `journal` as above; `recorded` by the room's clock, `happened` as the event has it,
    seconds since 1970 UTC; `event` its kind; `body` its open fields. Where fields are sealed: `subject` and `key` say
    under which key (its subject, and the first entry that it was made for), `sealed` is the SHA-256 of the sealed
    bytes, `words` that of the salt and what was sealed; hex."""

    seq: int
    journal: str
    recorded: float
    happened: float
    event: str
    subjects: tuple[str, ...]
    subject: str = ""
    key: int = 0
    sealed: str = ""
    words: str = ""
    body: msgspec.Raw = msgspec.Raw(b"{}")


NO_LEAF = Leaf(0, "", 0.0, 0.0, "", ())
_encode = msgspec.json.Encoder().encode
_leaf = msgspec.json.Decoder(Leaf)


class Sealed(msgspec.Struct, frozen=True):
    """`key`: the number of the key that was used; `blob`: what is kept; `words`: the salted digest of what is in it,
    hex; `salted`: salt and words as they were before."""

    key: int
    blob: bytes
    words: str
    salted: bytes


class Sealer(Protocol):
    """The keys, for those who write (dispatch/journal/keys.py)."""

    def seal(self, journal: str, seq: int, subject: str, words: bytes) -> Sealed: ...

    @property
    def erasures(self) -> int:
        """How many times keys were deleted since this process began."""

    def blind(self, what: bytes) -> str:
        """A digest of which nobody without the master key can guess what it is of."""

    def wrap(self, content: bytes, bound: bytes) -> bytes:
        """What is kept beside the journal: only the master key opens it, and only with the same `bound`."""

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes | None: ...

    def renew(self, subjects: Iterable[str]) -> None:
        """What comes from here on about these lies under new keys."""


class Entry(msgspec.Struct, frozen=True, eq=False, gc=False):
    """`seq`: its place; `leaf` and `sealed` as they are kept (b"": nothing is sealed); `digest` SHA-256. `said` is the
    leaf as it was read, NO_LEAF where it cannot be. `salted`: the salt and the personal fields, opened; None where they
    cannot be. An entry is the same whether it was opened or not."""

    seq: int
    leaf: bytes
    sealed: bytes
    digest: bytes
    said: Leaf
    salted: bytes | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and self._kept == other._kept

    def __hash__(self) -> int:
        return hash(self._kept)

    @property
    def _kept(self) -> tuple[int, bytes, bytes, bytes]:
        return self.seq, self.leaf, self.sealed, self.digest

    @property
    def kind(self) -> str:
        """The name of its event."""
        return self.said.event

    @property
    def recorded(self) -> float:
        return self.said.recorded

    @property
    def journal(self) -> str:
        return self.said.journal

    @property
    def words(self) -> bytes | None:
        """Its personal fields as JSON; b"" when it has none, None when they cannot be read."""
        if self.salted is not None:
            return self.salted[SALT_BYTES:]
        return None if self.said.sealed else b""

    @property
    def event(self) -> ev.Event:
        """One that cannot be read (damaged, or of a newer version of ours) tells of itself; nobody behind it waits.
        One whose personal fields cannot be read has them empty, and `erased`."""
        found = self.read()
        if isinstance(found, ev.Event):
            return found
        what = text("discrepancy.entry-unreadable", seq=self.seq, detail=str(found)[:300])
        said = self.leaf.decode("utf-8", "backslashreplace")
        return ev.DiscrepancyNoted(at=self.recorded, about="journal", what=what, detail=said)

    def read(self) -> ev.Event | Exception:
        """Its event, or why it cannot be read."""
        if self.said is NO_LEAF:
            return ValueError("it is no entry")
        try:
            return joined(self.said.event, self.said.happened, bytes(self.said.body), self.words)
        except (ValueError, RecursionError) as wrong:
            return wrong

    @property
    def tail(self) -> Tail:
        return Tail(self.seq, self.digest, self.recorded)

    def closed(self) -> Entry:
        """As it is kept: without what was opened."""
        return Entry(self.seq, self.leaf, self.sealed, self.digest, self.said)

    def line(self) -> bytes:
        """For export, as one line of JSON: what proves it, and last the leaf, to the byte."""
        told = [b'"seq":%d,"digest":"%b"' % (self.seq, self.digest.hex().encode())]
        for name, content in ((b"sealed", self.sealed), (b"opened", self.salted)):
            if content:
                told.append(b'"%b":"%b"' % (name, base64.b64encode(content)))
        if self.said is NO_LEAF:
            told.append(b'"unread":"%b","event":%b' % (base64.b64encode(self.leaf), ev.encode(self.event)))
        else:
            told.append(b'"leaf":%b' % self.leaf)
        return b"{%b}" % b",".join(told)


class Tail(msgspec.Struct, frozen=True):
    """What the next entry is chained to: number and digest of the last one, and when that was recorded."""

    seq: int = 0
    digest: bytes = GENESIS
    recorded: float = 0.0


def read_leaf(leaf: bytes) -> Leaf:
    """NO_LEAF when the bytes are no leaf."""
    try:
        return _leaf.decode(leaf) if b"\n" not in leaf else NO_LEAF
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return NO_LEAF


def digest_of(before: bytes, leaf: bytes) -> bytes:
    return hashlib.sha256(before + leaf).digest()


def fits(entry: Entry, before: bytes) -> bool:
    """Whether an entry is what follows the digest `before`, in its own place, with what was sealed beside it."""
    sealed = hashlib.sha256(entry.sealed).hexdigest() if entry.sealed else ""
    own = entry.said.seq == entry.seq and entry.said.sealed == sealed
    return own and digest_of(before, entry.leaf) == entry.digest


def chained(tail: Tail, journal: str, recorded: float, event: ev.Event, keys: Sealer) -> Entry:
    """The entry that follows `tail`."""
    seq = tail.seq + 1
    if isinstance(event, ev.Erased):
        keys.renew(event.subjects)
    words, under = personal_part(event), ""
    sealed = None
    if words:
        under = subject_of(event, seq)
        sealed = keys.seal(journal, seq, under, words)
    said = Leaf(
        seq, journal, recorded, event.at, type(event).__name__, subjects_of(event, seq), under,
        sealed.key if sealed else 0, hashlib.sha256(sealed.blob).hexdigest() if sealed else "",
        sealed.words if sealed else "", msgspec.Raw(_encode(open_part(event))),
    )  # fmt: skip
    leaf = _encode(said)
    digest = digest_of(tail.digest, leaf)
    return Entry(seq, leaf, sealed.blob if sealed else b"", digest, said, sealed.salted if sealed else None)


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
    """Where entries are kept, with the keys under which they are sealed. One writer; `append` is all or nothing and
    durable when it returns. What is read is opened as far as its keys are there."""

    @property
    def keys(self) -> Sealer: ...

    def append(self, entries: list[Entry]) -> None:
        """With the keys that they are the first to need; an `Erased` entry takes the keys of its subjects away. Raises
        JournalUnavailable when nothing was written, ValueError when they do not follow the last one."""

    def read(self, after: int = 0, limit: int = 1000) -> list[Entry]:
        """Up to `limit` entries with seq > after, in order."""

    def at(self, seqs: Collection[int]) -> list[Entry]:
        """The entries with these numbers, in order."""

    def about(self, thing: str, after: int = 0, upto: int | None = None) -> list[Entry]:
        """The entries of which this call, incident, assignment, unit, alert, notice or file is a subject, with after <
        seq <= upto, in order (dispatch/journal/subjects.py)."""

    def mentions(self, upto: int) -> Iterable[tuple[str, int]]:
        """The index whole: each subject and its entry, in any order."""

    def last(self) -> Entry | None: ...

    def prove(self) -> None:
        """Returns when an append would be tried. Raises JournalUnavailable, also when there is no answer in time."""

    def close(self) -> None: ...


def erased_by(entries: Iterable[Entry]) -> dict[str, int]:
    """Of each subject that one of these entries erases, the number of the last that does."""
    found: dict[str, int] = {}
    for entry in entries:
        if entry.kind == ev.Erased.__name__ and isinstance(event := entry.event, ev.Erased):
            found |= dict.fromkeys(event.subjects, entry.seq)
    return found


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
