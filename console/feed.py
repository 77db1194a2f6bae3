"""The live feed: committed entries to every open page (server-sent events), resumable from any entry.

Each entry is encoded once for all desks. A page that cannot keep up is not buffered for: it is told what it missed
when it reads again, from the ring of recent frames, or with a whole board when it is too far behind. A responder gets
only what concerns the own unit.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import msgspec
from twisted.internet import task
from twisted.web.server import Request

from dispatch.board import TABLES, Board
from dispatch.bus import Bus, BusUnavailable
from dispatch.commands import RESPONDER, Actor
from dispatch.events import Fix
from dispatch.room import Committed, ControlRoom

RING = 5000
_PUBLIC = frozenset(TABLES)
_encode = msgspec.json.Encoder().encode


class _Frame(msgspec.Struct, frozen=True):
    seq: int
    sent: bytes
    committed: Committed


def _frame(committed: Committed, put: dict[str, dict[str, Any]], told: bool = True) -> bytes:
    entry = committed.entry
    event = entry.body if told else b"null"
    head = b'id: %d\nevent: entry\ndata: {"seq":%d,"at":%.6f,"event":' % (entry.seq, entry.seq, entry.recorded / 1e6)
    return b"".join((head, event, b',"put":', _encode(put), b"}\n\n"))


def _put(committed: Committed) -> dict[str, dict[str, Any]]:
    put: dict[str, dict[str, Any]] = {}
    for table, key, record in committed.changes:
        if table in _PUBLIC:
            put.setdefault(table, {})[key] = record
    return put


def seen_by(actor: Actor, tables: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What of these tables a person may see: a responder the own unit, its assignments and their incidents."""
    if actor.role != RESPONDER:
        return tables
    jobs = {k: a for k, a in tables.get("assignments", {}).items() if a is None or a.unit == actor.unit}
    units = {k: u for k, u in tables.get("units", {}).items() if k == actor.unit}
    incidents = {k: i for k, i in tables.get("incidents", {}).items() if i is None or set(i.assignments) & set(jobs)}
    return {"units": units, "assignments": jobs, "incidents": incidents}


class Feed:
    """A listener of the room; `open` joins a request to it."""

    def __init__(self, reactor, room: ControlRoom, bus: Bus, switch_up) -> None:
        self._room, self._bus, self._switch_up = room, bus, switch_up
        self._ring: deque[_Frame] = deque(maxlen=RING)
        self._pages: set[_Page] = set()
        self._sent_fixes: dict[str, Fix] = {}
        self._state: tuple = ()
        self._beats = 0
        self._beat = task.LoopingCall(self._second)
        self._beat.clock = reactor
        room.listen(self)

    def start(self) -> None:
        self._beat.start(1.0, now=False)

    def stop(self) -> None:
        if self._beat.running:
            self._beat.stop()

    def fixes(self) -> dict[str, Fix]:
        try:
            return self._bus.fixes()
        except BusUnavailable:
            return {}

    def state(self) -> dict[str, Any]:
        return {"journal": self._room.trouble, "switch": self._switch_up(), "now": self._room.now()}

    def board(self, actor: Actor) -> dict[str, Any]:
        """The whole board as this person sees it."""
        board: Board = self._room.board
        fixes = self.fixes()
        if actor.role == RESPONDER:
            fixes = {k: f for k, f in fixes.items() if k == actor.unit}
        return {"seq": board.seq, **self.state(), "board": seen_by(actor, board.snapshot()), "fixes": fixes}

    # -- the room's news
    def committed(self, batch: list[Committed]) -> None:
        for one in batch:
            self._ring.append(_Frame(one.entry.seq, _frame(one, _put(one)), one))
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
        told = (state["journal"], state["switch"])
        tell_state = told != self._state or self._beats % 5 == 0
        self._state = told
        for page in list(self._pages):
            page.news(fresh, state if tell_state else None)

    # -- pages
    def open(self, request: Request, actor: Actor, after: int | None) -> None:
        """Sends from entry `after` on (None: begins with the whole board) until the page goes."""
        request.setHeader("Content-Type", "text/event-stream")
        request.setHeader("Cache-Control", "no-store")
        request.setHeader("X-Accel-Buffering", "no")
        page = _Page(self, request, actor, after)
        self._pages.add(page)
        request.notifyFinish().addBoth(lambda _: self._pages.discard(page))
        request.registerProducer(page, True)
        page.catch_up()


class _Page:
    """One open page, as a push producer: `_room` is false while its connection is full."""

    def __init__(self, feed: Feed, request: Request, actor: Actor, after: int | None) -> None:
        self._feed, self._request, self._actor, self._after = feed, request, actor, after
        self._open = True

    def resumeProducing(self) -> None:
        self._open = True
        self.catch_up()

    def pauseProducing(self) -> None:
        self._open = False

    def stopProducing(self) -> None:
        self._open = False

    def catch_up(self) -> None:
        while self._open:
            frames = None if self._after is None else self._feed.after(self._after)
            if frames is None:
                board = self._feed.board(self._actor)
                self._after = board["seq"]
                self._request.write(b"id: %d\nevent: board\ndata: %b\n\n" % (self._after, _encode(board)))
                continue
            if not frames:
                return
            self._after = frames[-1].seq
            if self._actor.role == RESPONDER:
                self._request.write(b"".join(self._filtered(frame) for frame in frames))
            else:
                self._request.write(b"".join(frame.sent for frame in frames))

    def _filtered(self, frame: _Frame) -> bytes:
        put = {table: rows for table, rows in seen_by(self._actor, _put(frame.committed)).items() if rows}
        return _frame(frame.committed, put, told=bool(put)) if put else b""

    def news(self, fixes: dict[str, Fix], state: dict[str, Any] | None) -> None:
        if not self._open:
            return
        if self._actor.role == RESPONDER:
            fixes = {k: f for k, f in fixes.items() if k == self._actor.unit}
        if fixes:
            self._request.write(b"event: fixes\ndata: %b\n\n" % _encode(fixes))
        if state is not None:
            self._request.write(b"event: state\ndata: %b\n\n" % _encode(state))
