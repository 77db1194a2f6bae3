"""How each event changes the board: one small function an event, and nothing else.

A fold only writes down what the event says. It decides nothing, so a journal of ten years ago folds as it did then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folding import fold_table
from dispatch.records import (
    Alarm,
    Assignment,
    Call,
    Callback,
    Incident,
    Note,
    Order,
    Position,
    Recording,
    Unit,
)

if TYPE_CHECKING:
    from dispatch.board import Board

KEEP_ENDED = 500
"""Ended calls and closed incidents stay on the board until this many newer ones have ended."""

KEEP_TRIES = 100
"""An entry of the callback list names so many of its number's calls."""

FOLDS, _of = fold_table()


# -- calls
@_of(ev.CallReceived)
def _call_received(board: Board, seq: int, e: ev.CallReceived) -> None:
    known = {"caller": e.caller, "called": e.called, "service": e.service, "access": e.access, "test": e.test}
    known |= {"media": e.media, "priority": e.priority, "languages": e.languages}
    board.write("calls", e.call, Call(id=e.call, received=e.at, **known))


@_of(ev.CallQueued)
def _call_queued(board: Board, seq: int, e: ev.CallQueued) -> None:
    call = board.calls[e.call]
    _leave_seat(board, call, e.at)
    waits_in = call.queued_in if call.answered else e.queue
    known = {"queue": e.queue, "queued_in": waits_in, "position": "", "offered_to": "", "user": "", "held": False}
    board.change("calls", e.call, state="queued", **known)
    board.set_due("offer", e.call, None)


@_of(ev.CallScored)
def _call_scored(board: Board, seq: int, e: ev.CallScored) -> None:
    board.change("calls", e.call, score=e.value, suspected=e.suspected, score_reasons=e.reasons)


@_of(ev.CallPrioritised)
def _call_prioritised(board: Board, seq: int, e: ev.CallPrioritised) -> None:
    board.change("calls", e.call, urgent=e.why)


@_of(ev.CallOffered)
def _call_offered(board: Board, seq: int, e: ev.CallOffered) -> None:
    before = (*board.calls[e.call].offered_before, e.position)[-20:]
    board.change("calls", e.call, offered_to=e.position, offered_before=before)
    board.set_due("offer", e.call, e.until or None)


@_of(ev.CallAccepted)
def _call_accepted(board: Board, seq: int, e: ev.CallAccepted) -> None:
    board.change("calls", e.call, state="accepted", position=e.position, user=e.by, offered_to="")
    board.change("positions", e.position, call=e.call)
    board.set_due("offer", e.call, None)


@_of(ev.CallBridged)
def _call_bridged(board: Board, seq: int, e: ev.CallBridged) -> None:
    call = board.calls[e.call]
    seat = board.positions.get(e.position)
    user = seat.user if seat else call.user
    first = call.answered or e.at
    if call.position != e.position:
        _leave_seat(board, call, e.at)
    board.change(
        "calls", e.call, state="talking", position=e.position, user=user, answered=first, queue="", offered_to="",
        held=False,
    )  # fmt: skip
    if seat:
        board.change("positions", e.position, call=e.call, mode="talk")
    board.set_due("offer", e.call, None)


@_of(ev.AnnouncementStarted)
def _announcement_started(board: Board, seq: int, e: ev.AnnouncementStarted) -> None:
    board.change("calls", e.call, announced=board.calls[e.call].announced or e.at)


@_of(ev.CallEnded, ev.LegLost)
def _call_ended(board: Board, seq: int, e: ev.CallEnded | ev.LegLost) -> None:
    call, lost = board.calls[e.call], isinstance(e, ev.LegLost)
    by = "failure" if lost else e.by
    over = {"held": False, "members": (), "silent_since": 0.0}
    board.change("calls", e.call, state="ended", ended=e.at, ended_by=by, lost=lost, queue="", offered_to="", **over)
    board.set_due("offer", e.call, None)
    _leave_seat(board, call, e.at)
    for member in call.members:
        leave_seat(board, member.id, e.call, e.at)
    board.write("ended", e.call, seq)
    ended = board.tables["ended"]
    if len(ended) > KEEP_ENDED:
        # A caller whose page is still open can write: that call stays for as long as the page does.
        oldest = next((name for name in ended if name not in board.tables["pages"]), "")
        if oldest:
            board.write("ended", oldest, None)
            board.write("calls", oldest, None)
            board.write("links", oldest, None)


def _leave_seat(board: Board, call: Call, at: float) -> None:
    leave_seat(board, call.position, call.id, at)


def leave_seat(board: Board, position: str, call: str, at: float) -> None:
    """The position is free again, if it is this call that it was in."""
    seat = board.positions.get(position)
    if seat and seat.call == call:
        board.change("positions", seat.id, call="", mode="", idle_since=at)


@_of(ev.CallbackOwed)
def _callback_owed(board: Board, seq: int, e: ev.CallbackOwed) -> None:
    key = board.tables["owed"].get(e.caller, e.call)
    known = board.callbacks.get(key)
    if known is None:
        made = {"why": e.why, "urgency": e.urgency, "since": e.at, "last": e.at, "calls": (e.call,)}
        board.write("callbacks", key, Callback(call=e.call, caller=e.caller, **made))
        if e.caller:
            board.write("owed", e.caller, key)
    else:
        calls = (*known.calls, e.call)[-KEEP_TRIES:]
        board.change("callbacks", key, last=e.at, tries=known.tries + 1, calls=calls)
        if e.urgency > known.urgency:
            board.change("callbacks", key, why=e.why, urgency=e.urgency)
    board.set_due("callback", key, e.lapses or None)


@_of(ev.CallbackCleared)
def _callback_cleared(board: Board, seq: int, e: ev.CallbackCleared) -> None:
    known = board.callbacks.get(e.call)
    if known is not None:
        board.write("callbacks", e.call, None)
        if known.caller:
            board.write("owed", known.caller, None)
    board.set_due("callback", e.call, None)


@_of(ev.CallDisposed)
def _call_disposed(board: Board, seq: int, e: ev.CallDisposed) -> None:
    if e.call in board.calls:
        board.change("calls", e.call, disposition=e.disposition)


@_of(ev.RecordingSealed)
def _recording_sealed(board: Board, seq: int, e: ev.RecordingSealed) -> None:
    if e.call in board.calls:
        sealed = Recording(leg=e.leg, digest=e.digest, started=e.started, seconds=e.seconds, size=e.size)
        board.change("calls", e.call, recordings=(*board.calls[e.call].recordings, sealed))


@_of(ev.DiscrepancyNoted)
def _discrepancy_noted(board: Board, seq: int, e: ev.DiscrepancyNoted) -> None:
    if e.about in board.calls:
        noted = board.calls[e.about].discrepancies
        board.change("calls", e.about, discrepancies=(*noted, e.what)[-20:])


# -- positions
@_of(ev.PositionOpened)
def _position_opened(board: Board, seq: int, e: ev.PositionOpened) -> None:
    # A phone may have dialled in before its user signed on.
    leg, user = board.tables["legs"].get(e.position, ("", ""))
    leg = leg if user in ("", e.user) else ""
    board.write("positions", e.position, Position(id=e.position, user=e.user, media=e.media, leg=leg, idle_since=e.at))


@_of(ev.PositionReady)
def _position_ready(board: Board, seq: int, e: ev.PositionReady) -> None:
    board.change("positions", e.position, ready=e.ready, reason=e.reason, idle_since=e.at)


@_of(ev.PositionClosed)
def _position_closed(board: Board, seq: int, e: ev.PositionClosed) -> None:
    board.write("positions", e.position, None)


@_of(ev.PositionLegUp)
def _position_leg_up(board: Board, seq: int, e: ev.PositionLegUp) -> None:
    board.write("legs", e.position, (e.leg, e.user))
    seat = board.positions.get(e.position)
    if seat and e.user in ("", seat.user):
        board.change("positions", e.position, leg=e.leg, idle_since=e.at)


@_of(ev.PositionLegDown)
def _position_leg_down(board: Board, seq: int, e: ev.PositionLegDown) -> None:
    if board.tables["legs"].get(e.position, ("", ""))[0] == e.leg:
        board.write("legs", e.position, None)
    seat = board.positions.get(e.position)
    if seat and seat.leg == e.leg:
        board.change("positions", e.position, leg="")


# -- incidents
@_of(ev.IncidentOpened)
def _incident_opened(board: Board, seq: int, e: ev.IncidentOpened) -> None:
    board.count("incidents")
    known = {"type": e.type, "by": e.by, "location": e.location, "address": e.address}
    board.write("incidents", e.incident, Incident(id=e.incident, opened=e.at, **known))
    if e.call:
        _link(board, e.incident, e.call)


@_of(ev.CallLinked)
def _call_linked(board: Board, seq: int, e: ev.CallLinked) -> None:
    _link(board, e.incident, e.call)


def _link(board: Board, incident: str, call: str) -> None:
    board.change("incidents", incident, calls=(*board.incidents[incident].calls, call))
    board.change("calls", call, incident=incident)


@_of(ev.IncidentChanged)
def _incident_changed(board: Board, seq: int, e: ev.IncidentChanged) -> None:
    named = {"type": e.type or None, "location": e.location, "address": e.address}
    board.change("incidents", e.incident, **{k: v for k, v in named.items() if v is not None})


@_of(ev.NoteAdded)
def _note_added(board: Board, seq: int, e: ev.NoteAdded) -> None:
    note = Note(at=e.at, by=e.by, text=e.text)
    board.change("incidents", e.incident, notes=(*board.incidents[e.incident].notes, note))


@_of(ev.IncidentClosed)
def _incident_closed(board: Board, seq: int, e: ev.IncidentClosed) -> None:
    board.change("incidents", e.incident, state="closed", closed=e.at, outcome=e.outcome)
    board.write("closed", e.incident, seq)
    closed = board.tables["closed"]
    if len(closed) > KEEP_ENDED:
        oldest = next(iter(closed))
        for assignment in board.incidents[oldest].assignments:
            board.write("assignments", assignment, None)
        board.write("incidents", oldest, None)
        board.write("closed", oldest, None)


@_of(ev.RecommendationMade)
def _recommendation_made(board: Board, seq: int, e: ev.RecommendationMade) -> None:
    made = {"candidates": e.candidates, "shortfall": e.shortfall, "method": e.method, "recommended": e.at}
    made |= {"missing_id": e.missing_id, "missing_en": e.missing_en, "next_level": e.next_level}
    board.change("incidents", e.incident, **made)


@_of(ev.AlarmLevelRaised)
def _alarm_level_raised(board: Board, seq: int, e: ev.AlarmLevelRaised) -> None:
    board.change("incidents", e.incident, alarm_level=e.level)


# -- units and assignments
@_of(ev.UnitRegistered)
def _unit_registered(board: Board, seq: int, e: ev.UnitRegistered) -> None:
    spec = {"agency": e.agency, "kind": e.kind, "name": e.name, "capabilities": e.capabilities}
    spec |= {"profile": e.profile, "station": e.station, "phone": e.phone}
    if e.unit in board.units:
        board.change("units", e.unit, **spec)
    else:
        board.write("units", e.unit, Unit(id=e.unit, lat=e.lat, lon=e.lon, **spec))


@_of(ev.UnitRetired)
def _unit_retired(board: Board, seq: int, e: ev.UnitRetired) -> None:
    board.write("units", e.unit, None)


@_of(ev.UnitStatusChanged)
def _unit_status_changed(board: Board, seq: int, e: ev.UnitStatusChanged) -> None:
    board.change("units", e.unit, status=e.status)


@_of(ev.UnitsSighted)
def _units_sighted(board: Board, seq: int, e: ev.UnitsSighted) -> None:
    for fix in e.fixes:
        if fix.unit in board.units:
            board.change("units", fix.unit, lat=fix.lat, lon=fix.lon, fix_at=fix.at)


@_of(ev.UnitAssigned)
def _unit_assigned(board: Board, seq: int, e: ev.UnitAssigned) -> None:
    board.count("assignments")
    known = {"by": e.by, "rank": e.rank, "override": e.override, "seconds": e.seconds}
    made = Assignment(id=e.assignment, incident=e.incident, unit=e.unit, assigned=e.at, **known)
    board.write("assignments", e.assignment, made)
    held = board.incidents[e.incident].assignments
    board.change("incidents", e.incident, assignments=(*held, e.assignment))
    board.change("units", e.unit, assignment=e.assignment)
    board.set_due("ack", e.assignment, e.ack_by or None)


@_of(ev.AssignmentAcknowledged)
def _assignment_acknowledged(board: Board, seq: int, e: ev.AssignmentAcknowledged) -> None:
    board.change("assignments", e.assignment, state="acknowledged", acknowledged=e.at)
    board.set_due("ack", e.assignment, None)


@_of(ev.AssignmentProgressed)
def _assignment_progressed(board: Board, seq: int, e: ev.AssignmentProgressed) -> None:
    stamp = {"en_route": "en_route", "on_scene": "on_scene", "clear": "cleared"}[e.progress]
    made = board.change("assignments", e.assignment, state=e.progress, **{stamp: e.at})
    board.set_due("ack", e.assignment, None)
    if e.progress == "clear":
        _free(board, made.unit, e.assignment)


@_of(ev.AssignmentReleased)
def _assignment_released(board: Board, seq: int, e: ev.AssignmentReleased) -> None:
    made = board.change("assignments", e.assignment, state="released", cleared=e.at)
    board.set_due("ack", e.assignment, None)
    _free(board, made.unit, e.assignment)


def _free(board: Board, unit: str, assignment: str) -> None:
    if unit in board.units and board.units[unit].assignment == assignment:
        board.change("units", unit, assignment="")


@_of(ev.AssignmentUnanswered)
def _assignment_unanswered(board: Board, seq: int, e: ev.AssignmentUnanswered) -> None:
    board.change("assignments", e.assignment, unanswered=True)
    board.set_due("ack", e.assignment, None)


# -- orders and alarms
_ORDER_FIELDS = tuple(name for name in Order.__struct_fields__ if name not in ("id", "issued"))


@_of(ev.OrderIssued)
def _order_issued(board: Board, seq: int, e: ev.OrderIssued) -> None:
    made = Order(id=seq, issued=e.at, **{name: getattr(e, name) for name in _ORDER_FIELDS})
    board.write("orders", str(seq), made)
    board.set_due("order", str(seq), e.expires)


@_of(ev.OrderDone, ev.OrderFailed, ev.OrderExpired)
def _order_settled(board: Board, seq: int, e: ev.OrderDone) -> None:
    if str(e.order) in board.orders:
        board.write("orders", str(e.order), None)
        board.set_due("order", str(e.order), None)


@_of(ev.AlarmRaised)
def _alarm_raised(board: Board, seq: int, e: ev.AlarmRaised) -> None:
    text = {"text_id": e.text_id, "text_en": e.text_en, "incident": e.incident}
    board.write("alarms", e.alarm, Alarm(id=e.alarm, level=e.level, since=e.at, **text))


@_of(ev.AlarmCleared)
def _alarm_cleared(board: Board, seq: int, e: ev.AlarmCleared) -> None:
    board.write("alarms", e.alarm, None)


@_of(ev.SwitchConnected)
def _switch_connected(board: Board, seq: int, e: ev.SwitchConnected) -> None:
    board.write("switch", "boot", e.boot)


@_of(ev.SwitchLost)
def _switch_lost(board: Board, seq: int, e: ev.SwitchLost) -> None:
    board.write("switch", "boot", None)
