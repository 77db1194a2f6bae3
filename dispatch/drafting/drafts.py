"""Keeps drafts (draft.py) beside the journal: on the disk within a moment, and in memory for those who may see
them.

Theory of operation. What a page writes is taken at once and told to the other windows; a thread of its own writes it,
many in one commit, and only then is the page answered. While the database is away nothing is answered and nothing is
forgotten here. On the disk a draft is wrapped under the master key (dispatch/journal/master.py). It is seen by whoever
began it and by whoever has its call, so it goes along when a call is taken over. Words that come into the journal are
taken off the draft that they are from; a draft without words is gone. What is thrown away can be put back for a while,
and both are in the journal.
"""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Callable
from typing import Protocol

import msgspec
import sqlalchemy as sa
from twisted.internet import defer
from twisted.logger import Logger

from dispatch import events as ev
from dispatch.drafting.draft import Draft, DraftWords, DraftWritten, Taken, in_words, joined, left_of
from dispatch.inputs import Noted
from dispatch.room import Committed, ControlRoom
from dispatch.timing.reactor import IReactor
from dispatch.timing.rounds import Rounds

log = Logger()
metadata = sa.MetaData()
drafts_table = sa.Table(
    "drafts",
    metadata,
    sa.Column("id", sa.String(300), primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
UNDO = 600.0
"""Seconds for which what was thrown away can be put back."""
MOST = 60
"""Drafts of one person that are open at once."""
_AGAIN = 1.0
_NOBODY: frozenset[str] = frozenset()


class DraftListener(Protocol):
    def drafted(self, name: str, draft: Draft | None, sees: frozenset[str], saw: frozenset[str]) -> None:
        """The draft of that id changed; who sees it now and who saw it before. None: it is gone."""

    def drafts_read(self) -> None:
        """Those of before this room began are here."""


class TooMany(Exception):
    """This person has more drafts than anybody can mean to send."""


class NotRead(Exception):
    """The drafts of before this room began are not read yet."""


class Drafts:
    """A listener of the room. Everything but the writing runs on the reactor's thread."""

    def __init__(self, engine: sa.Engine, room: ControlRoom, reactor: IReactor) -> None:
        self._engine, self._room, self._reactor = engine, room, reactor
        self._drafts: dict[str, Draft] = {}
        self._seen: dict[str, frozenset[str]] = {}
        self._thrown: dict[str, float] = {}  # since when it is known, by a clock that nobody can set
        self._ended: deque[str] = deque(maxlen=1000)
        self._listeners: list[DraftListener] = []
        self._lock, self._work = threading.Lock(), threading.Event()
        self._dirty: dict[str, Draft | None] = {}
        self._waiting: list[defer.Deferred[None]] = []
        self._ending, self._failing, self.read = False, False, False
        self._writer = threading.Thread(target=self._write, name="draft-writer", daemon=True)
        self._purging = Rounds(reactor, 60.0, self._purge)
        room.listen(self)

    def start(self) -> None:
        self._writer.start()
        self._purging.start()

    def stop(self) -> None:
        """Waits (at most 2 s) until what was written is on the disk."""
        self._purging.stop()
        self._ending = True
        self._work.set()
        self._writer.join(2.0)

    def listen(self, listener: DraftListener) -> None:
        self._listeners.append(listener)

    # -- who sees what
    def seen_by(self, user: str) -> dict[str, Draft]:
        return {one.id: one for one in self._drafts.values() if user in self._seers(one)}

    def _seers(self, draft: Draft) -> frozenset[str]:
        call = self._room.board.calls.get(draft.about.call)
        return frozenset((draft.user, call.user)) - {""} if call else frozenset((draft.user,))

    def find(self, user: str, name: str) -> Draft | None:
        found = self._drafts.get(name)
        return found if found and user in self._seers(found) else None

    # -- what people do
    def write(self, user: str, given: DraftWritten) -> defer.Deferred[tuple[Draft | None, bool]]:
        """Fires with (the draft as it is now, whether it took these words) once they are on the disk. They are not
        taken when somebody wrote to it since `given.base`, or when its command was carried out already. The draft is
        None when there is none. `given.about` has an id. Raises TooMany, NotRead."""
        if not self.read:
            raise NotRead
        name = given.about.id_for(user) or ""
        now, before = self._room.now(), self._drafts.get(name)
        if before is None:
            if given.key in self._ended or f"{user}/{given.key}" in self._room.board.tables["asked"]:
                return defer.succeed((None, False))
            if sum(one.user == user for one in self._drafts.values()) >= MOST:
                raise TooMany
            call = self._room.board.calls.get(given.about.call)
            made = Draft(
                id=name, key=given.key, about=given.about, user=user, words=given.words, began=now, changed=now,
                caller=call.caller if call else "", incident=given.about.incident,
            )  # fmt: skip
        elif user not in self._seers(before):
            return defer.succeed((None, False))
        elif before.key != given.key or before.rev != given.base:
            return defer.succeed((before, before.words == given.words))
        else:
            made = msgspec.structs.replace(before, words=given.words, changed=now, rev=before.rev + 1)
        kept = self._keep(name, made)
        return kept.addCallback(lambda _: (self._drafts.get(name), True))

    async def discard(self, user: str, name: str) -> str | None:
        """Throws it away, to be put back under the id that is returned; None when this person sees no such draft."""
        draft = self.find(user, name)
        if draft is None or draft.discarded:
            return None
        about, now = draft.about, self._room.now()
        said = ev.DraftDiscarded(
            at=now, draft=name, by=user, kind=about.kind, call=about.call, incident=draft.incident,
            words=in_words(draft.words),
        )  # fmt: skip
        await self._room.submit(Noted(said))
        draft = self._drafts.get(name)  # somebody may have written to it meanwhile, or sent it
        if draft is None:
            return None
        gone = f"gone.{draft.key}"
        self._ended.append(draft.key)
        self._keep(gone, msgspec.structs.replace(draft, id=gone, discarded=now))
        await self._keep(name, None)
        return gone

    async def restore(self, user: str, name: str) -> Draft | None:
        """Puts back what was thrown away, beside words written since for the same thing. The draft, or None."""
        gone = self.find(user, name)
        if gone is None or not gone.discarded:
            return None
        about, now = gone.about, self._room.now()
        back = about.id_for(gone.user) or name
        said = ev.DraftRestored(at=now, draft=back, by=user, call=about.call, incident=gone.incident)
        await self._room.submit(Noted(said))
        there = self._drafts.get(back)
        words = joined(gone.words, there.words) if there else gone.words
        rev = max(gone.rev, there.rev if there else 0) + 1
        # The key that it had ended when it was thrown away: under that one nothing would be taken any more.
        made = msgspec.structs.replace(
            gone, id=back, key=there.key if there else secrets.token_urlsafe(12), rev=rev, discarded=0.0, words=words,
            changed=now,
        )  # fmt: skip
        self._keep(name, None)
        await self._keep(back, made)
        return made

    # -- what the room does
    def committed(self, batch: list[Committed]) -> None:
        calls: set[str] = set()
        for one in batch:
            if isinstance(one.event, Taken) and one.event.draft in self._drafts:
                self._took(one.event)
            if isinstance(one.event, ev.Erased):
                self._forget(frozenset(one.event.subjects))
            calls.update(key for table, key, _ in one.changes if table == "calls")
        if calls and self._drafts:
            for draft in list(self._drafts.values()):
                if draft.about.call in calls:
                    self._tell(draft.id)

    def _forget(self, gone: frozenset[str]) -> None:
        """What is begun about something that the law wants gone goes along, and cannot be put back."""
        for draft in list(self._drafts.values()):
            if not gone.isdisjoint((draft.about.call, draft.about.incident, draft.about.alert, draft.incident)):
                self._ended.append(draft.key)  # a page may still be sending it
                self._keep(draft.id, None)

    def _took(self, event: Taken) -> None:
        draft = self._drafts[event.draft]
        self._ended.append(draft.key)
        words = left_of(draft.words, event)
        made = None
        if words != DraftWords():
            # What was written after it was sent is another sending, so it has a key of its own.
            fresh = {"words": words, "incident": event.incident, "key": secrets.token_urlsafe(12)}
            made = msgspec.structs.replace(draft, changed=self._room.now(), rev=draft.rev + 1, **fresh)
        self._keep(draft.id, made)

    # -- keeping
    def _keep(self, name: str, draft: Draft | None) -> defer.Deferred[None]:
        """Fires when it is on the disk."""
        if draft is None or draft.words == DraftWords():
            draft = None
            self._drafts.pop(name, None)
        else:
            self._drafts[name] = draft
        self._tell(name)
        kept: defer.Deferred[None] = defer.Deferred()
        with self._lock:
            self._dirty[name] = draft
            self._waiting.append(kept)
        self._work.set()
        return kept

    def _tell(self, name: str) -> None:
        draft = self._drafts.get(name)
        saw, sees = self._seen.pop(name, _NOBODY), self._seers(draft) if draft else _NOBODY
        if sees:
            self._seen[name] = sees
        for listener in self._listeners:
            listener.drafted(name, draft, sees, saw)

    def _purge(self) -> None:
        now = self._reactor.seconds()
        self._thrown = {one.id: self._thrown.get(one.id, now) for one in self._drafts.values() if one.discarded}
        for name, since in self._thrown.items():
            if now - since > UNDO:
                self._keep(name, None)

    # -- the writer's thread
    def _write(self) -> None:
        while not self._try(self._load):
            if self._ending:
                return
        while not (self._ending and not self._dirty):
            self._work.wait()
            self._work.clear()
            while self._dirty and not self._try(self._save):
                if self._ending:
                    return

    def _try(self, what: Callable[[], None]) -> bool:
        try:
            what()
        except (sa.exc.SQLAlchemyError, OSError) as wrong:
            if not self._failing:
                log.error("drafts are not on the disk, tried again: {why}", why=type(wrong).__name__)
            self._failing = True
            threading.Event().wait(_AGAIN)
            return False
        self._failing = False
        return True

    def _load(self) -> None:
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(drafts_table.c.id, drafts_table.c.body)).all()
        read = []
        for name, body in rows:
            try:
                content = self._room.journal.keys.unwrap(bytes(body), _bound(name))
                read.append(msgspec.json.decode(content or b"", type=Draft))
            except (msgspec.MsgspecError, UnicodeDecodeError):
                log.error("a draft in the database cannot be read; it stays there and is passed over")
        self._reactor.callFromThread(self._loaded, read)

    def _loaded(self, read: list[Draft]) -> None:
        for draft in read:
            if draft.id not in self._drafts:
                self._drafts[draft.id] = draft
                self._seen[draft.id] = self._seers(draft)
        self.read = True
        for listener in self._listeners:
            listener.drafts_read()

    def _save(self) -> None:
        with self._lock:
            dirty, self._dirty = self._dirty, {}
            waiting, self._waiting = self._waiting, []
        rows = [{"id": name, "body": self._wrapped(name, one)} for name, one in dirty.items() if one is not None]
        try:
            with self._engine.connect().execution_options(writing=True) as connection, connection.begin():
                connection.execute(sa.delete(drafts_table).where(drafts_table.c.id.in_(list(dirty))))
                if rows:
                    connection.execute(sa.insert(drafts_table), rows)
        except BaseException:
            with self._lock:
                self._dirty = {**dirty, **self._dirty}
                self._waiting = waiting + self._waiting
            raise
        self._reactor.callFromThread(self._kept, waiting)

    def _wrapped(self, name: str, draft: Draft) -> bytes:
        return self._room.journal.keys.wrap(msgspec.json.encode(draft), _bound(name))

    def _kept(self, waiting: list[defer.Deferred[None]]) -> None:
        for one in waiting:
            if not one.called:
                one.callback(None)


def _bound(name: str) -> bytes:
    """What a wrapped draft is bound to: its own place."""
    return b"draft %b" % name.encode()
