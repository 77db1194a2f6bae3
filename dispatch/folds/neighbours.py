"""How alerts between centres, and doubts about a place, change the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import Alert

if TYPE_CHECKING:
    from dispatch.board import Board

KEEP = 1000
"""Alerts that are over stay on the board until there are so many."""
NEWS_AFTER = 3.0
"""Seconds in which what happens to an incident is gathered before its alerts tell of it."""
ANSWER_WITHIN = 120.0

FOLDS, _of = fold_table()


# -- the place
@_of(ev.PlaceDoubted)
def _place_doubted(board: Board, seq: int, e: ev.PlaceDoubted) -> None:
    board.change("incidents", e.incident, doubt=e.text, confirmed_by="")


@_of(ev.PlaceConfirmed)
def _place_confirmed(board: Board, seq: int, e: ev.PlaceConfirmed) -> None:
    board.change("incidents", e.incident, confirmed_by=e.by)


# -- ours
@_of(ev.CentreAlerted)
def _centre_alerted(board: Board, seq: int, e: ev.CentreAlerted) -> None:
    incident = board.incidents[e.incident]
    known = board.alerts.get(e.alert)
    made = msgspec.structs.replace(
        _anew(known) if known else Alert(
            id=e.alert, direction="out", centre=e.centre, version=e.version, at=e.at, changed=e.at, incident=e.incident
        ),
        version=e.version, changed=e.at, why=e.why, metres=e.metres, asks=e.asks, state="open", type=incident.type,
        location=incident.location,
    )  # fmt: skip
    if known:
        board.write("alerts", e.alert, made)
    else:
        board.count("alerts")
        _keep(board, made)
    board.set_due("alert", e.alert, None)


def _anew(before: Alert) -> Alert:
    """What was answered to an alert that was withdrawn is no answer to it when it comes back."""
    if before.state == "open":
        return before
    return msgspec.structs.replace(before, answer="", answered=0.0, units=(), received=0.0)


@_of(ev.AlertWithdrawn)
def _alert_withdrawn(board: Board, seq: int, e: ev.AlertWithdrawn) -> None:
    board.change("alerts", e.alert, version=e.version, changed=e.at, state=e.state, asks=())
    board.set_due("alert", e.alert, None)
    board.set_due("answer", e.alert, None)


@_of(ev.NoticeSent)
def _taken(board: Board, seq: int, e: ev.NoticeSent) -> None:
    """Folded after the notice itself."""
    notice = board.notices.get(e.notice)
    alert = board.alerts.get(notice.about) if notice else None
    if notice is None or alert is None or alert.direction == "in":
        return
    told = "received" if notice.channel == "centre" else "texted"
    if getattr(alert, told):
        return
    board.change("alerts", alert.id, **{told: e.at})
    if alert.state == "open" and not alert.answered and alert.why != "near":
        board.set_due("answer", alert.id, e.at + ANSWER_WITHIN)


@_of(ev.AlertUnanswered)
def _alert_unanswered(board: Board, seq: int, e: ev.AlertUnanswered) -> None:
    board.set_due("answer", e.alert, None)


# -- theirs
@_of(ev.AlertReceived)
def _alert_received(board: Board, seq: int, e: ev.AlertReceived) -> None:
    known = board.alerts.get(e.alert)
    before = _anew(known) if known and e.state == "open" else known
    if before is None:
        before = Alert(
            id=e.alert, direction="in", centre=e.centre, version=e.version, at=e.at, changed=e.at, remote=e.remote
        )  # fmt: skip
    made = msgspec.structs.replace(
        before, version=e.version, changed=e.at, state=e.state, why=e.why, metres=e.metres, asks=e.asks,
        theirs=e.theirs, type=e.type, location=e.location, address=e.address, notes=e.notes, sent=e.sent,
        caller=e.caller,
    )  # fmt: skip
    if known:
        board.write("alerts", e.alert, made)
    else:
        _keep(board, made)


@_of(ev.IncidentOpened)
def _opened_from(board: Board, seq: int, e: ev.IncidentOpened) -> None:
    if e.alert in board.alerts:
        board.change("alerts", e.alert, incident=e.incident)


@_of(ev.AlertLinked)
def _alert_linked(board: Board, seq: int, e: ev.AlertLinked) -> None:
    board.change("alerts", e.alert, incident=e.incident)


# -- both ways
@_of(ev.AlertAnswered)
def _alert_answered(board: Board, seq: int, e: ev.AlertAnswered) -> None:
    said = {"answer": e.answer, "units": e.units, "text": e.text, "answered_by": e.by, "told": e.told}
    board.change("alerts", e.alert, answered=e.at, answer_version=e.version, **said)
    board.set_due("answer", e.alert, None)
    if board.alerts[e.alert].direction == "in":
        board.set_due("alert", e.alert, None)


@_of(ev.NoteAdded, ev.IncidentChanged)
def _incident_news(board: Board, seq: int, e: ev.NoteAdded | ev.IncidentChanged) -> None:
    _gather(board, e.incident, e.at, ("out",))


@_of(ev.UnitAssigned)
def _unit_assigned(board: Board, seq: int, e: ev.UnitAssigned) -> None:
    _gather(board, e.incident, e.at, ("out", "in"), assigned=True)


@_of(ev.AssignmentAcknowledged, ev.AssignmentProgressed, ev.AssignmentReleased)
def _job_news(board: Board, seq: int, e: ev.AssignmentReleased) -> None:
    _gather(board, board.assignments[e.assignment].incident, e.at, ("out", "in"))


def _gather(board: Board, incident: str, at: float, directions: tuple[str, ...], assigned: bool = False) -> None:
    for alert in board.alerts.values():
        concerned = alert.incident == incident and alert.direction in directions and alert.state == "open"
        if alert.direction == "in" and not alert.answered and not assigned:
            continue  # there is nothing to tell yet
        if concerned and f"alert:{alert.id}" not in board.deadlines:
            board.set_due("alert", alert.id, at + NEWS_AFTER)


def _keep(board: Board, made: Alert) -> None:
    board.write("alerts", made.id, made)
    if len(board.alerts) > KEEP:
        over = [one for one in board.alerts.values() if one.state != "open" or (one.remote and one.answered)]
        oldest = min(over, key=lambda one: (one.changed, one.id), default=None)
        if oldest:
            board.write("alerts", oldest.id, None)
            board.set_due("alert", oldest.id, None)
