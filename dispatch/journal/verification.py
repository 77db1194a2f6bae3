"""Whether the record is what was written: the chain, the files that it names, the accounts, the index. Pure.

Theory of operation. Everything is looked at, whatever was found before: each fault is told with its kind, so that a
recording that is gone does not hide an entry that was forged. After an entry that does not fit, the chain is followed
from the digest that stands beside it, and after a gap from the next entry that is there. What was erased lawfully is
named by an `Erased` entry with its rule and letter, and is no fault; that its file is still there would be one.

    kind       code          what
    chain      missing       entries `seq` to `upto` are not there
               order         entry `seq` stands where another one belongs
               changed       its digest does not fit its content, what is sealed beside it, or the entry before it
               foreign       it has the id of another journal, and no room began to write there
               unreadable    the database cannot read it, or its bytes are no event
    recording, gone          the file that entry `seq` names is not there
    photo,     changed       its content has another digest
    message,   unreadable    the disk cannot read it
    catalogue  kept          entry `seq` says that it was erased, and it is still there
    keys       gone          what entries `seq` to `upto` say of `what` (a call, an incident) cannot be opened, and no
                             entry erases it
               changed       entry `seq` opens, and what is in it is not what was sealed
               kept          entry `seq` erases `what`, and what was said of it before can be opened
    account    changed       role, unit or password are not as the last entry about it says; `seq` is that entry
               unknown       no entry made it
               gone          no entry removed it
    index      changed       it is not what the entries make (dispatch/journal/subjects.py): `siaga reindex` makes it
    anew
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any, Protocol

import msgspec

from dispatch import events as ev
from dispatch.journal.chain import GENESIS, Entry, Journal, JournalUnavailable, fits
from routing.text import Text, text

_PAGE = 5000
_COUNTED = ("entries", "recordings", "photos", "messages", "catalogues", "accounts", "sealed", "closed")
_MOST = 1000
"""Faults that are told one by one; the others are counted."""


class Fault(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`seq`: of the entry it is about, 0 when it is about none; `upto`: of the last one; `what`: a digest, a name."""

    kind: str
    code: str
    seq: int = 0
    upto: int = 0
    what: str = ""


class VerificationReport(msgspec.Struct, kw_only=True):
    """How many of each were looked at, the first thousand faults, and how many of each kind there are. `erased`: files;
    `sealed`: entries with personal fields, `closed`: those of them that were erased lawfully. `head` is the
    last digest, hex: written down elsewhere, it proves that the end was not cut off either."""

    entries: int = 0
    recordings: int = 0
    photos: int = 0
    messages: int = 0
    catalogues: int = 0
    accounts: int = 0
    erased: int = 0
    sealed: int = 0
    closed: int = 0
    faults: list[Fault] = []
    kinds: dict[str, int] = {}
    head: str = GENESIS.hex()
    intact: bool = True


class UnreadEntries(msgspec.Struct, frozen=True):
    """Entries that the database cannot read."""

    seq: int
    upto: int


class Files(Protocol):
    """What lies beside the journal."""

    def digest_now(self, kind: str, digest: str) -> str | None:
        """What the content digests to today; None when the file is gone. Raises OSError."""


class AccountsNow(Protocol):
    def sealed(self, after: int) -> tuple[dict[str, tuple[str, str, str]], list[Any]]:
        """Who may come in: name -> (role, unit, seal); and what was changed about them after change number `after`,
        each with name, role, unit, seal and removed."""


class KeptFile(msgspec.Struct, frozen=True):
    """An entry's file: kind and digest."""

    kind: str
    digest: str


def files_of(event: ev.Event) -> list[KeptFile]:
    """The files beside the journal that an event names."""
    kept = []
    if isinstance(event, ev.RecordingSealed):
        kept.append(KeptFile("recording", event.digest))
    elif isinstance(event, ev.PhotoReceived):
        kept.append(KeptFile("photo", event.digest))
    elif isinstance(event, ev.AdditionalDataReceived) and event.digest:
        kept.append(KeptFile("message", event.digest))
    elif isinstance(event, ev.CatalogueInForce) and event.digest:
        kept.append(KeptFile("catalogue", event.digest))
    if raw := getattr(event, "raw", ""):
        kept.append(KeptFile("message", raw))
    return kept


class IndexSum:
    """Of all (thing, entry) pairs, in whatever order."""

    def __init__(self) -> None:
        self.sum = 0

    def take(self, thing: str, seq: int) -> None:
        self.sum ^= int.from_bytes(blake2b(b"%d %b" % (seq, thing.encode("utf-8", "replace")), digest_size=16).digest())


class Verifier:
    """Takes every entry in order, then `report`."""

    def __init__(self, files: Files | None = None) -> None:
        self._files, self._indexed = files, IndexSum()
        self._found: list[Fault] = []
        self._more: Counter[str] = Counter()
        self._before: tuple[int, bytes | None] = (0, GENESIS)
        self._lost: dict[str, Fault] = {}
        self._looked: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._erased: dict[str, int] = {}
        self._accounts: dict[str, tuple[int, ev.AccountChanged]] = {}
        self._journal = ""
        self._closed: dict[str, list[int]] = {}
        self._opened: dict[str, int] = {}

    @property
    def top(self) -> int:
        """The last entry that was taken."""
        return self._before[0]

    # -- entries
    def take(self, entry: Entry | UnreadEntries) -> None:
        if isinstance(entry, UnreadEntries):
            self._fault(Fault(kind="chain", code="unreadable", seq=entry.seq, upto=entry.upto))
            self._before = (entry.upto, None)
            return
        self._counts["entries"] += 1
        self._chain(entry)
        self._open(entry)
        self._look_into(entry)
        for thing in entry.said.subjects:
            self._indexed.take(thing, entry.seq)

    def _chain(self, entry: Entry) -> None:
        last, digest = self._before
        self._before = (max(last, entry.seq), entry.digest)
        if entry.seq <= last:
            self._fault(Fault(kind="chain", code="order", seq=entry.seq))
            return
        if entry.seq > last + 1:
            self._fault(Fault(kind="chain", code="missing", seq=last + 1, upto=entry.seq - 1))
            digest = None
        # After a gap nothing says what the digest before was.
        if digest is not None and not fits(entry, digest):
            self._fault(Fault(kind="chain", code="changed", seq=entry.seq))
        if entry.journal and entry.journal != self._journal:
            if self._journal and entry.kind != ev.RoomStarted.__name__:
                self._fault(Fault(kind="chain", code="foreign", seq=entry.seq, what=entry.journal))
            self._journal = entry.journal

    def _open(self, entry: Entry) -> None:
        if not entry.said.sealed:
            return
        self._counts["sealed"] += 1
        subject = entry.said.subject
        if entry.salted is None:
            self._closed.setdefault(subject, []).append(entry.seq)
            return
        if hashlib.sha256(entry.salted).hexdigest() != entry.said.words:
            self._fault(Fault(kind="keys", code="changed", seq=entry.seq, what=subject))
        self._opened.setdefault(subject, entry.seq)

    def _look_into(self, entry: Entry) -> None:
        event = entry.read()
        match event:
            case Exception():
                self._fault(Fault(kind="chain", code="unreadable", seq=entry.seq, upto=entry.seq))
                return
            case ev.Erased():
                self._erased |= dict.fromkeys(event.digests, entry.seq)
                self._close(event.subjects, entry.seq)
            case ev.AccountChanged():
                self._accounts[event.user] = (entry.seq, event)
        for kept in files_of(event) if self._files is not None else ():
            self._look_at(entry.seq, kept)

    def _close(self, subjects: Iterable[str], seq: int) -> None:
        """What was said of these until now cannot be opened, and need not be."""
        for subject in subjects:
            self._counts["closed"] += len(self._closed.pop(subject, ()))
            if subject in self._opened:
                del self._opened[subject]
                self._fault(Fault(kind="keys", code="kept", seq=seq, what=subject))

    # -- files
    def _look_at(self, seq: int, kept: KeptFile) -> None:
        if kept.digest in self._looked:
            return  # of a message that an earlier entry named
        self._looked[kept.digest] = kept.kind
        self._counts[f"{kept.kind}s"] += 1
        code = self._state(kept)
        if code:
            self._lost[kept.digest] = Fault(kind=kept.kind, code=code, seq=seq, what=kept.digest)

    def _state(self, kept: KeptFile) -> str:
        assert self._files is not None
        try:
            now = self._files.digest_now(kept.kind, kept.digest)
        except OSError:
            return "unreadable"
        return "gone" if now is None else "" if now == kept.digest else "changed"

    # -- the end
    def report(self, accounts: AccountsNow | None = None, index: IndexSum | None = None) -> VerificationReport:
        """`accounts` and `index` as they are now; None when nobody asked."""
        for subject, found in self._closed.items():
            self._fault(Fault(kind="keys", code="gone", seq=found[0], upto=found[-1], what=subject))
        self._settle_erased()
        if index is not None and index.sum != self._indexed.sum:
            self._fault(Fault(kind="index", code="changed"))
        if accounts is not None:
            self._compare(accounts)
        for fault in self._lost.values():
            self._fault(fault)
        _, head = self._before
        counted = {name: self._counts[name] for name in _COUNTED}
        return VerificationReport(
            **counted, erased=len(self._erased), faults=self._found, kinds=dict(self._more),
            head=(head or GENESIS).hex(), intact=not self._more,
        )  # fmt: skip

    def _settle_erased(self) -> None:
        """A file that was erased lawfully is no fault when it is gone, and one when it is not."""
        for digest, seq in self._erased.items():
            lost = self._lost.pop(digest, None)
            if kind := self._looked.get(digest) if lost is None or lost.code != "gone" else "":
                self._lost[digest] = Fault(kind=kind, code="kept", seq=seq, what=digest)

    def _compare(self, accounts: AccountsNow) -> None:
        """What no room has journaled yet is taken as told: it will be an entry at the room's next look."""
        now, later = accounts.sealed(max((said.number for _, said in self._accounts.values()), default=0))
        self._counts["accounts"] = len(now)
        last = self._accounts | {change.name: (0, change) for change in later}
        told = {user: (seq, (x.role, x.unit, x.seal)) for user, (seq, x) in last.items() if not x.removed}
        for user, account in sorted(now.items()):
            if user not in told:
                self._fault(Fault(kind="account", code="unknown", what=user))
            elif account != told[user][1]:
                self._fault(Fault(kind="account", code="changed", seq=told[user][0], what=user))
        for user in sorted(told.keys() - now.keys()):
            self._fault(Fault(kind="account", code="gone", seq=told[user][0], what=user))

    def _fault(self, fault: Fault) -> None:
        self._more[fault.kind] += 1
        if len(self._found) < _MOST:
            self._found.append(fault)


def verify(entries: Iterable[Entry | UnreadEntries], files: Files | None = None) -> VerificationReport:
    """Of entries alone, or with what lies beside them."""
    verifier = Verifier(files)
    for entry in entries:
        verifier.take(entry)
    return verifier.report()


def readable(journal: Journal, upto: int | None = None) -> Iterator[Entry | UnreadEntries]:
    """All entries up to `upto`, and in their place those that the database cannot read. Raises JournalUnavailable where
    it can read nothing at all."""
    last = journal.last()
    top = last.seq if last else 0
    top = top if upto is None else min(top, upto)
    after, size = 0, _PAGE
    while after < top:
        try:
            page = [entry for entry in journal.read(after, size) if entry.seq <= top]
        except JournalUnavailable:
            if size > 1:
                size = max(1, size // 8)
                continue
            journal.last()  # a database that is away altogether is no damage
            after += 1
            yield UnreadEntries(after, after)
            continue
        yield from page
        if not page:
            return
        after, size = page[-1].seq, min(_PAGE, size * 8)


def index_of(journal: Journal, upto: int) -> IndexSum:
    """Raises JournalUnavailable."""
    made = IndexSum()
    for thing, seq in journal.mentions(upto):
        made.take(thing, seq)
    return made


_FILES = ("recording", "photo", "message", "catalogue")


def text_of(fault: Fault) -> Text:
    """What is wrong and what to do; console/static/audit.mjs says it in the same words."""
    if fault.kind in _FILES:
        kind = text(f"kept.{fault.kind}")
        return text(f"fault.{fault.code}", kind=kind, what=fault.what, seq=fault.seq)
    return text(f"fault.{fault.kind}-{fault.code}", what=fault.what, seq=fault.seq, upto=fault.upto)
