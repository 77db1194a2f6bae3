"""The live feed: committed entries to every open page (server-sent events), resumable from any entry.

Each entry is encoded once for all desks. A page that cannot keep up is not buffered for: it is told what it missed
when it reads again, from the ring of recent frames, or with a whole board when it is too far behind. A responder gets
only what concerns the own unit.
"""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable, Iterable
from typing import cast

import msgspec
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger
from twisted.web.server import Request

from console.live.event_stream import EventStream, frame
from console.live.views import Put, Tables, board_for_unit, put_for_desk, put_for_unit
from dispatch.commands import DESK, RESPONDER, Actor
from dispatch.drafting.draft import Draft
from dispatch.drafting.drafts import Drafts
from dispatch.events import AnyEvent, ClockStepped, Erased, Fix
from dispatch.policy.queues.queues import Precedence, precedence, waiting
from dispatch.records import Call
from dispatch.room import Committed, ControlRoom
from dispatch.timing.rounds import Rounds
from dispatch.tracking.bus import Bus, BusUnavailable
from dispatch.world import World
from routing.text import Text

log = Logger()
RING = 5000
STATE_EVERY = 2
"""Seconds between two words of the room: a page that hears none for six says so (static/shared/feed.mjs)."""
_encode = msgspec.json.Encoder().encode


class RoomNow(msgspec.Struct, frozen=True, kw_only=True):
    """`journal`: why it cannot be written, null when it can; `switch`: whether it is there; `now`: the room's clock,
    seconds since 1970."""

    journal: Text | None
    switch: bool
    now: float


Precedences = dict[str, tuple[Precedence, ...]]
"""By waiting call: the last one whose time has come counts."""


class BoardNow(RoomNow, frozen=True, kw_only=True):
    """The board after entry `seq` (`mark`: with the id of its journal), and the newest fix of each unit, as far as the
    asker may see them. `precedence`: in which order waiting calls are answered."""

    seq: int
    mark: str
    board: Tables
    fixes: dict[str, Fix]
    precedence: Precedences


class EntryTold(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Entry `seq`, which happened `at` (seconds since 1970), and what it changed on the board; `precedence` of those of
    its calls that wait."""

    seq: int
    at: float
    event: AnyEvent
    put: Put
    precedence: Precedences = {}


class EventKind(msgspec.Struct, frozen=True):
    """The kind of an event."""

    event: str


class EntryForCrew(msgspec.Struct, frozen=True, kw_only=True):
    """As EntryTold, of what concerns the crew's unit; of the event its kind alone, since it may name other units."""

    seq: int
    at: float
    event: EventKind
    put: Put


class DraftsTold(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Drafts by their ids, null for one that is gone; `all`: there are no others."""

    drafts: dict[str, Draft | None]
    all: bool = False


MESSAGES = {
    "board": BoardNow, "entry": (EntryTold, EntryForCrew), "fixes": dict[str, Fix], "state": RoomNow,
    "drafts": DraftsTold,
}  # fmt: skip
"""What the feed sends."""


class _Frame:
    """Encoded when the first page asks for it, once for all desks."""

    def __init__(self, committed: Committed, world: World) -> None:
        self.seq, self.committed, self._world = committed.entry.seq, committed, world

    @functools.cached_property
    def sent(self) -> bytes:
        one, put = self.committed, put_for_desk(self.committed.changes)
        order = _precedences(put.get("calls", {}).values(), self._world)
        return _entry_frame(one, EntryTold(seq=self.seq, at=one.event.at, event=one.event, put=put, precedence=order))

    def for_crew(self, put: Put) -> bytes:
        """An event may name other units, so a crew is told the kind of event only."""
        one = self.committed
        kind = EventKind(type(one.event).__name__)
        return _entry_frame(one, EntryForCrew(seq=self.seq, at=one.event.at, event=kind, put=put))


def _precedences(calls: Iterable[Call | None], world: World) -> Precedences:
    """Of those of the calls that wait."""
    waits = [call for call in calls if call is not None and call.state == "queued" and not call.test]
    return {call.id: precedence(call, world) for call in waits}


def _entry_frame(committed: Committed, told: EntryTold | EntryForCrew) -> bytes:
    entry = committed.entry
    return frame("entry", told, f"{entry.journal}:{entry.seq}")


class Feed:
    """A listener of the room; `open` joins a request to it."""

    def __init__(self, reactor: IReactorTime, room: ControlRoom, bus: Bus, switch_up: Callable[[], bool]) -> None:
        self._room, self._bus, self._switch_up = room, bus, switch_up
        self._ring: deque[_Frame] = deque(maxlen=RING)
        self._pages: set[_FeedPage] = set()
        self._sent_fixes: dict[str, Fix] = {}
        self._state: tuple[object, ...] = ()
        self._beats = 0
        self._encoded = (-1, (msgspec.Raw(b""), msgspec.Raw(b"")))
        self._drafts: Drafts | None = None
        self._beat = Rounds(reactor, 1.0, self._second)
        room.listen(self)

    def start(self) -> None:
        self._beat.start()

    def stop(self) -> None:
        self._beat.stop()

    def fixes(self) -> dict[str, Fix]:
        try:
            return self._bus.fixes()
        except BusUnavailable:
            return {}

    def state(self) -> RoomNow:
        return RoomNow(journal=self._room.trouble, switch=self._switch_up(), now=self._room.now())

    def board(self, actor: Actor) -> BoardNow:
        """The whole board as this person sees it."""
        board = self._room.board
        order: Precedences = {}
        if actor.role == RESPONDER:
            tables = board_for_unit(board, actor.unit)
        else:
            tables, order = cast(tuple[Tables, Precedences], self._whole())
        now = self.state()
        return BoardNow(
            seq=board.seq, mark=board.mark(board.seq), journal=now.journal, switch=now.switch, now=now.now,
            board=tables, fixes=self.fixes_for(actor), precedence=order,
        )  # fmt: skip

    def _whole(self) -> tuple[msgspec.Raw, msgspec.Raw]:
        """The public tables, and the precedence of who waits; encoded once for each entry, however many desks come back
        at the same moment."""
        board = self._room.board
        if self._encoded[0] != board.seq:
            order = _precedences(waiting(board), self._room.world)
            self._encoded = (board.seq, (msgspec.Raw(_encode(board.snapshot())), msgspec.Raw(_encode(order))))
        return self._encoded[1]

    def fixes_for(self, actor: Actor, fixes: dict[str, Fix] | None = None) -> dict[str, Fix]:
        """Of these fixes (all there are), those that this person may see."""
        fixes = self.fixes() if fixes is None else fixes
        return {k: f for k, f in fixes.items() if k == actor.unit} if actor.role == RESPONDER else fixes

    def put_for(self, actor: Actor, committed: Committed) -> Put:
        return put_for_unit(self._room.board, committed.changes, actor.unit)

    # -- the room's news
    def committed(self, batch: list[Committed]) -> None:
        for one in batch:
            if isinstance(one.event, Erased):
                self._ring.clear()  # who is behind it gets the board as it is since then
            self._ring.append(_Frame(one, self._room.world))
            if isinstance(one.event, ClockStepped):
                self._state = ()  # told with the next second: the pages carry our clock on by themselves
        for page in list(self._pages):
            page.catch_up()

    def after(self, seq: int) -> list[_Frame] | None:
        """Frames with a greater seq, at most 500; None when the ring does not reach back that far."""
        if seq == self._room.board.seq:
            return []
        if not self._ring or seq < self._ring[0].seq - 1 or seq > self._ring[-1].seq:
            return None
        start = seq + 1 - self._ring[0].seq
        return [self._ring[n] for n in range(start, min(len(self._ring), start + 500))]

    def _second(self) -> None:
        self._beats += 1
        fixes = self.fixes()
        fresh = {k: f for k, f in fixes.items() if self._sent_fixes.get(k) != f}
        self._sent_fixes = fixes
        state = self.state()
        told = (state.journal, state.switch)
        tell_state = told != self._state or self._beats % STATE_EVERY == 0
        self._state = told
        for page in list(self._pages):
            page.news(fresh, state if tell_state else None)

    # -- drafts
    def show(self, drafts: Drafts) -> None:
        """Tells those who may see a draft what it is now."""
        self._drafts = drafts
        drafts.listen(self)

    def drafts_of(self, actor: Actor) -> dict[str, Draft] | None:
        """None for who has none, and while those of before are not read: a page believes that there are no others."""
        known = self._drafts is not None and self._drafts.read and actor.role in DESK
        return self._drafts.seen_by(actor.user) if self._drafts and known else None

    def drafts_read(self) -> None:
        for page in list(self._pages):
            page.all_drafts()

    def drafted(self, name: str, draft: Draft | None, sees: frozenset[str], saw: frozenset[str]) -> None:
        for page in list(self._pages):
            page.drafted(name, draft, sees, saw)

    # -- pages
    def open(self, request: Request, actor: Actor, after: int | None) -> None:
        """Sends from entry `after` on (None: begins with the whole board) until the page goes."""
        page = _FeedPage(self, request, actor, after)
        self._pages.add(page)
        request.notifyFinish().addBoth(lambda _: self._pages.discard(page))
        page.begin()
        page.catch_up()
        page.all_drafts()
        # A page that comes back has missed the frames of units that stand still by now.
        page.news(self.fixes(), self.state())


class _FeedPage(EventStream):
    """One open page, from the entry behind `after` on."""

    def __init__(self, feed: Feed, request: Request, actor: Actor, after: int | None) -> None:
        super().__init__(request)
        self._feed, self._actor, self._after, self._behind = feed, actor, after, False

    def resumed(self) -> None:
        self.catch_up()
        if self._behind:
            self.all_drafts()

    def catch_up(self) -> None:
        while self.is_open:
            frames = None if self._after is None else self._feed.after(self._after)
            if frames is None:
                board = self._feed.board(self._actor)
                self._after = board.seq
                self._request.write(frame("board", board, board.mark))
                continue
            if not frames:
                return
            self._after = frames[-1].seq
            if self._actor.role == RESPONDER:
                self._request.write(b"".join(self._filtered(frame) for frame in frames))
            else:
                self._request.write(b"".join(frame.sent for frame in frames))

    def _filtered(self, frame: _Frame) -> bytes:
        put = self._feed.put_for(self._actor, frame.committed)
        return frame.for_crew(put) if put else b""

    def all_drafts(self) -> None:
        self._behind = not self.is_open
        drafts = self._feed.drafts_of(self._actor)
        if self.is_open and drafts is not None:
            told = DraftsTold(all=True, drafts={**drafts})
            self._request.write(frame("drafts", told))

    def drafted(self, name: str, draft: Draft | None, sees: frozenset[str], saw: frozenset[str]) -> None:
        user = self._actor.user
        if self._actor.role not in DESK or user not in sees | saw:
            return
        if not self.is_open:
            self._behind = True
            return
        told = DraftsTold(drafts={name: draft if user in sees else None})
        self._request.write(frame("drafts", told))

    def news(self, fixes: dict[str, Fix], state: RoomNow | None) -> None:
        if not self.is_open:
            return
        fixes = self._feed.fixes_for(self._actor, fixes)
        if fixes:
            self._request.write(frame("fixes", fixes))
        if state is not None:
            self._request.write(frame("state", state))
