"""The status board: what the control room knows now. A pure fold of the journal into tables of frozen records.

Theory of operation. The board is a dict of tables, each a dict from id to an immutable record. `apply(seq, event)`
returns the changes it made as [(table, key, new record or None)]. So the same changes serve four users: the room's
undo when a decision turns out illegal, the published board after the commit, the consoles' feed, and the replay.
Deadlines and pending orders are tables as well: a restart forgets neither.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from dispatch import events as ev
from dispatch.records import (
    Alarm,
    Assignment,
    Call,
    Callback,
    Deadline,
    Incident,
    Note,
    Order,
    Position,
    Recording,
    Unit,
)

Change = tuple[str, str, Any]
KEEP_ENDED = 500
"""Ended calls and closed incidents stay on the board until this many newer ones have ended."""

TABLES = ("calls", "positions", "incidents", "assignments", "units", "orders", "callbacks", "alarms")
_INNER = ("deadlines", "reports", "counters", "ended", "closed", "switch", "legs")


class Board:
    """Tables by name. Records are immutable; only `apply`, `put` and `undo` change the tables."""

    def __init__(self) -> None:
        self.seq = 0
        self.tables: dict[str, dict[str, Any]] = {name: {} for name in (*TABLES, *_INNER)}
        t = self.tables
        self.calls: dict[str, Call] = t["calls"]
        self.positions: dict[str, Position] = t["positions"]
        self.incidents: dict[str, Incident] = t["incidents"]
        self.assignments: dict[str, Assignment] = t["assignments"]
        self.units: dict[str, Unit] = t["units"]
        self.orders: dict[str, Order] = t["orders"]
        self.callbacks: dict[str, Callback] = t["callbacks"]
        self.alarms: dict[str, Alarm] = t["alarms"]
        self.deadlines: dict[str, Deadline] = t["deadlines"]
        self._changes: list[Change] = []
        self._undo: list[Change] = []

    # -- reading
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Board) and self.tables == other.tables

    __hash__ = None  # type: ignore[assignment]

    def counter(self, name: str) -> int:
        """How many of `name` were made so far."""
        return self.tables["counters"].get(name, 0)

    def last_report(self, boot: str) -> int:
        """Number of the last report of that switch that is in the journal."""
        return self.tables["reports"].get(boot, 0)

    def due(self, now: float) -> list[Deadline]:
        return [d for d in self.deadlines.values() if d.due <= now]

    def snapshot(self) -> dict[str, dict[str, Any]]:
        """The public tables, ready for JSON."""
        return {name: self.tables[name] for name in TABLES}

    # -- changing
    def apply(self, seq: int, event: ev.Event) -> tuple[list[Change], list[Change]]:
        """Folds one event. Returns (changes, the changes that undo them). Raises KeyError for an event about
        something that never was: such an event must not enter the journal."""
        self._changes, self._undo = [], [("", "", self.seq)]
        try:
            if event.src is not None:
                self._put("reports", event.src[0], event.src[1])
            fold = _FOLDS.get(type(event))
            if fold is not None:
                fold(self, seq, event)
        except BaseException:
            self.undo(self._undo)
            raise
        self.seq = seq
        return self._changes, self._undo

    def put(self, seq: int, changes: list[Change]) -> None:
        """Takes over changes that another board's `apply` returned."""
        for table, key, record in changes:
            if record is None:
                self.tables[table].pop(key, None)
            else:
                self.tables[table][key] = record
        self.seq = seq

    def undo(self, undo: list[Change]) -> None:
        for table, key, record in reversed(undo):
            if not table:
                self.seq = record
            elif record is None:
                self.tables[table].pop(key, None)
            else:
                self.tables[table][key] = record
        for name in ("ended", "closed"):  # their order is their meaning
            ordered = sorted(self.tables[name].items(), key=lambda item: item[1])
            self.tables[name].clear()
            self.tables[name].update(ordered)

    def _put(self, table: str, key: str, record: Any) -> None:
        rows = self.tables[table]
        self._undo.append((table, key, rows.get(key)))
        self._changes.append((table, key, record))
        if record is None:
            rows.pop(key, None)
        else:
            rows[key] = record

    def _change(self, table: str, key: str, **fields: Any) -> Any:
        record = msgspec.structs.replace(self.tables[table][key], **fields)
        self._put(table, key, record)
        return record

    def _due(self, kind: str, about: str, due: float | None) -> None:
        key = f"{kind}:{about}"
        if due is not None:
            self._put("deadlines", key, Deadline(kind=kind, about=about, due=due))
        elif key in self.deadlines:
            self._put("deadlines", key, None)

    def _count(self, name: str) -> None:
        self._put("counters", name, self.counter(name) + 1)


_FOLDS: dict[type[ev.Event], Callable[[Board, int, Any], None]] = {}


def _folds(*kinds: type[ev.Event]):
    def register(function):
        for kind in kinds:
            _FOLDS[kind] = function
        return function

    return register


# -- calls
@_folds(ev.CallReceived)
def _call_received(board: Board, seq: int, e: ev.CallReceived) -> None:
    known = {"caller": e.caller, "called": e.called, "service": e.service, "access": e.access, "test": e.test}
    board._put("calls", e.call, Call(id=e.call, received=e.at, **known))


@_folds(ev.LocationReceived)
def _location_received(board: Board, seq: int, e: ev.LocationReceived) -> None:
    board._change("calls", e.call, locations=(*board.calls[e.call].locations, e.location))


@_folds(ev.CallQueued)
def _call_queued(board: Board, seq: int, e: ev.CallQueued) -> None:
    _leave_seat(board, board.calls[e.call], e.at)
    board._change("calls", e.call, state="queued", queue=e.queue, position="", offered_to="", user="")
    board._due("offer", e.call, None)


@_folds(ev.CallOffered)
def _call_offered(board: Board, seq: int, e: ev.CallOffered) -> None:
    before = (*board.calls[e.call].offered_before, e.position)[-20:]
    board._change("calls", e.call, offered_to=e.position, offered_before=before)
    board._due("offer", e.call, e.until or None)


@_folds(ev.CallAccepted)
def _call_accepted(board: Board, seq: int, e: ev.CallAccepted) -> None:
    board._change("calls", e.call, state="accepted", position=e.position, user=e.by, offered_to="")
    board._change("positions", e.position, call=e.call)
    board._due("offer", e.call, None)


@_folds(ev.CallBridged)
def _call_bridged(board: Board, seq: int, e: ev.CallBridged) -> None:
    call = board.calls[e.call]
    seat = board.positions.get(e.position)
    user = seat.user if seat else call.user
    first = call.answered or e.at
    board._change(
        "calls", e.call, state="talking", position=e.position, user=user, answered=first, queue="", offered_to=""
    )
    if seat:
        board._change("positions", e.position, call=e.call)
    board._due("offer", e.call, None)


@_folds(ev.AnnouncementStarted)
def _announcement_started(board: Board, seq: int, e: ev.AnnouncementStarted) -> None:
    board._change("calls", e.call, announced=board.calls[e.call].announced or e.at)


@_folds(ev.CallEnded, ev.LegLost)
def _call_ended(board: Board, seq: int, e: ev.CallEnded | ev.LegLost) -> None:
    call, lost = board.calls[e.call], isinstance(e, ev.LegLost)
    by = "failure" if lost else e.by
    board._change("calls", e.call, state="ended", ended=e.at, ended_by=by, lost=lost, queue="", offered_to="")
    board._due("offer", e.call, None)
    _leave_seat(board, call, e.at)
    board._put("ended", e.call, seq)
    ended = board.tables["ended"]
    if len(ended) > KEEP_ENDED:
        oldest = next(iter(ended))
        board._put("ended", oldest, None)
        board._put("calls", oldest, None)


def _leave_seat(board: Board, call: Call, at: float) -> None:
    seat = board.positions.get(call.position)
    if seat and seat.call == call.id:
        board._change("positions", seat.id, call="", idle_since=at)


@_folds(ev.CallbackOwed)
def _callback_owed(board: Board, seq: int, e: ev.CallbackOwed) -> None:
    owed = Callback(call=e.call, caller=e.caller, why=e.why, urgency=e.urgency, since=e.at)
    board._put("callbacks", e.call, owed)
    board._due("callback", e.call, e.lapses or None)


@_folds(ev.CallbackCleared)
def _callback_cleared(board: Board, seq: int, e: ev.CallbackCleared) -> None:
    board._put("callbacks", e.call, None)
    board._due("callback", e.call, None)


@_folds(ev.CallDisposed)
def _call_disposed(board: Board, seq: int, e: ev.CallDisposed) -> None:
    if e.call in board.calls:
        board._change("calls", e.call, disposition=e.disposition)


@_folds(ev.RecordingSealed)
def _recording_sealed(board: Board, seq: int, e: ev.RecordingSealed) -> None:
    if e.call in board.calls:
        sealed = Recording(leg=e.leg, digest=e.digest, started=e.started, seconds=e.seconds, size=e.size)
        board._change("calls", e.call, recordings=(*board.calls[e.call].recordings, sealed))


@_folds(ev.DiscrepancyNoted)
def _discrepancy_noted(board: Board, seq: int, e: ev.DiscrepancyNoted) -> None:
    if e.about in board.calls:
        noted = board.calls[e.about].discrepancies
        board._change("calls", e.about, discrepancies=(*noted, e.what)[-20:])


# -- positions
@_folds(ev.PositionOpened)
def _position_opened(board: Board, seq: int, e: ev.PositionOpened) -> None:
    # A phone may have dialled in before its user signed on.
    leg, user = board.tables["legs"].get(e.position, ("", ""))
    leg = leg if user in ("", e.user) else ""
    board._put("positions", e.position, Position(id=e.position, user=e.user, media=e.media, leg=leg, idle_since=e.at))


@_folds(ev.PositionReady)
def _position_ready(board: Board, seq: int, e: ev.PositionReady) -> None:
    board._change("positions", e.position, ready=e.ready, reason=e.reason, idle_since=e.at)


@_folds(ev.PositionClosed)
def _position_closed(board: Board, seq: int, e: ev.PositionClosed) -> None:
    board._put("positions", e.position, None)


@_folds(ev.PositionLegUp)
def _position_leg_up(board: Board, seq: int, e: ev.PositionLegUp) -> None:
    board._put("legs", e.position, (e.leg, e.user))
    seat = board.positions.get(e.position)
    if seat and e.user in ("", seat.user):
        board._change("positions", e.position, leg=e.leg, idle_since=e.at)


@_folds(ev.PositionLegDown)
def _position_leg_down(board: Board, seq: int, e: ev.PositionLegDown) -> None:
    if board.tables["legs"].get(e.position, ("", ""))[0] == e.leg:
        board._put("legs", e.position, None)
    seat = board.positions.get(e.position)
    if seat and seat.leg == e.leg:
        board._change("positions", e.position, leg="")


# -- incidents
@_folds(ev.IncidentOpened)
def _incident_opened(board: Board, seq: int, e: ev.IncidentOpened) -> None:
    board._count("incidents")
    known = {"type": e.type, "by": e.by, "location": e.location, "address": e.address}
    board._put("incidents", e.incident, Incident(id=e.incident, opened=e.at, **known))
    if e.call:
        _link(board, e.incident, e.call)


@_folds(ev.CallLinked)
def _call_linked(board: Board, seq: int, e: ev.CallLinked) -> None:
    _link(board, e.incident, e.call)


def _link(board: Board, incident: str, call: str) -> None:
    board._change("incidents", incident, calls=(*board.incidents[incident].calls, call))
    board._change("calls", call, incident=incident)


@_folds(ev.IncidentChanged)
def _incident_changed(board: Board, seq: int, e: ev.IncidentChanged) -> None:
    named = {"type": e.type or None, "location": e.location, "address": e.address}
    board._change("incidents", e.incident, **{k: v for k, v in named.items() if v is not None})


@_folds(ev.NoteAdded)
def _note_added(board: Board, seq: int, e: ev.NoteAdded) -> None:
    note = Note(at=e.at, by=e.by, text=e.text)
    board._change("incidents", e.incident, notes=(*board.incidents[e.incident].notes, note))


@_folds(ev.IncidentClosed)
def _incident_closed(board: Board, seq: int, e: ev.IncidentClosed) -> None:
    board._change("incidents", e.incident, state="closed", closed=e.at, outcome=e.outcome)
    board._put("closed", e.incident, seq)
    closed = board.tables["closed"]
    if len(closed) > KEEP_ENDED:
        oldest = next(iter(closed))
        for assignment in board.incidents[oldest].assignments:
            board._put("assignments", assignment, None)
        board._put("incidents", oldest, None)
        board._put("closed", oldest, None)


@_folds(ev.RecommendationMade)
def _recommendation_made(board: Board, seq: int, e: ev.RecommendationMade) -> None:
    made = {"candidates": e.candidates, "shortfall": e.shortfall, "method": e.method, "recommended": e.at}
    board._change("incidents", e.incident, **made)


# -- units and assignments
@_folds(ev.UnitRegistered)
def _unit_registered(board: Board, seq: int, e: ev.UnitRegistered) -> None:
    spec = {"agency": e.agency, "kind": e.kind, "name": e.name, "capabilities": e.capabilities}
    spec |= {"profile": e.profile, "station": e.station}
    if e.unit in board.units:
        board._change("units", e.unit, **spec)
    else:
        board._put("units", e.unit, Unit(id=e.unit, lat=e.lat, lon=e.lon, **spec))


@_folds(ev.UnitRetired)
def _unit_retired(board: Board, seq: int, e: ev.UnitRetired) -> None:
    board._put("units", e.unit, None)


@_folds(ev.UnitStatusChanged)
def _unit_status_changed(board: Board, seq: int, e: ev.UnitStatusChanged) -> None:
    board._change("units", e.unit, status=e.status)


@_folds(ev.UnitsSighted)
def _units_sighted(board: Board, seq: int, e: ev.UnitsSighted) -> None:
    for fix in e.fixes:
        if fix.unit in board.units:
            board._change("units", fix.unit, lat=fix.lat, lon=fix.lon, fix_at=fix.at)


@_folds(ev.UnitAssigned)
def _unit_assigned(board: Board, seq: int, e: ev.UnitAssigned) -> None:
    board._count("assignments")
    known = {"by": e.by, "rank": e.rank, "override": e.override, "seconds": e.seconds}
    made = Assignment(id=e.assignment, incident=e.incident, unit=e.unit, assigned=e.at, **known)
    board._put("assignments", e.assignment, made)
    held = board.incidents[e.incident].assignments
    board._change("incidents", e.incident, assignments=(*held, e.assignment))
    board._change("units", e.unit, assignment=e.assignment)
    board._due("ack", e.assignment, e.ack_by or None)


@_folds(ev.AssignmentAcknowledged)
def _assignment_acknowledged(board: Board, seq: int, e: ev.AssignmentAcknowledged) -> None:
    board._change("assignments", e.assignment, state="acknowledged", acknowledged=e.at)
    board._due("ack", e.assignment, None)


@_folds(ev.AssignmentProgressed)
def _assignment_progressed(board: Board, seq: int, e: ev.AssignmentProgressed) -> None:
    stamp = {"en_route": "en_route", "on_scene": "on_scene", "clear": "cleared"}[e.progress]
    made = board._change("assignments", e.assignment, state=e.progress, **{stamp: e.at})
    board._due("ack", e.assignment, None)
    if e.progress == "clear":
        _free(board, made.unit, e.assignment)


@_folds(ev.AssignmentReleased)
def _assignment_released(board: Board, seq: int, e: ev.AssignmentReleased) -> None:
    made = board._change("assignments", e.assignment, state="released", cleared=e.at)
    board._due("ack", e.assignment, None)
    _free(board, made.unit, e.assignment)


def _free(board: Board, unit: str, assignment: str) -> None:
    if unit in board.units and board.units[unit].assignment == assignment:
        board._change("units", unit, assignment="")


@_folds(ev.AssignmentUnanswered)
def _assignment_unanswered(board: Board, seq: int, e: ev.AssignmentUnanswered) -> None:
    board._change("assignments", e.assignment, unanswered=True)
    board._due("ack", e.assignment, None)


# -- orders and alarms
@_folds(ev.OrderIssued)
def _order_issued(board: Board, seq: int, e: ev.OrderIssued) -> None:
    made = Order(id=seq, do=e.do, call=e.call, position=e.position, issued=e.at, expires=e.expires)
    board._put("orders", str(seq), made)
    board._due("order", str(seq), e.expires)


@_folds(ev.OrderDone, ev.OrderFailed, ev.OrderExpired)
def _order_settled(board: Board, seq: int, e: ev.OrderDone) -> None:
    if str(e.order) in board.orders:
        board._put("orders", str(e.order), None)
        board._due("order", str(e.order), None)


@_folds(ev.AlarmRaised)
def _alarm_raised(board: Board, seq: int, e: ev.AlarmRaised) -> None:
    text = {"text_id": e.text_id, "text_en": e.text_en, "incident": e.incident}
    board._put("alarms", e.alarm, Alarm(id=e.alarm, level=e.level, since=e.at, **text))


@_folds(ev.AlarmCleared)
def _alarm_cleared(board: Board, seq: int, e: ev.AlarmCleared) -> None:
    board._put("alarms", e.alarm, None)


@_folds(ev.SwitchConnected)
def _switch_connected(board: Board, seq: int, e: ev.SwitchConnected) -> None:
    board._put("switch", "boot", e.boot)


@_folds(ev.SwitchLost)
def _switch_lost(board: Board, seq: int, e: ev.SwitchLost) -> None:
    board._put("switch", "boot", None)
