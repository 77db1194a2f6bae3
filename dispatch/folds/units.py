"""Units and their assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import Assignment, Unit

if TYPE_CHECKING:
    from dispatch.board import Board

FOLDS, _of = fold_table()


@_of(ev.UnitRegistered)
def _unit_registered(board: Board, seq: int, e: ev.UnitRegistered) -> None:
    known = board.units.get(e.unit)
    if known is None:
        known = Unit(id=e.unit, agency=e.agency, kind=e.kind, name=e.name, lat=e.lat, lon=e.lon)
    made = msgspec.structs.replace(
        known, agency=e.agency, kind=e.kind, name=e.name, capabilities=e.capabilities, profile=e.profile,
        station=e.station, phone=e.phone, centre=e.centre,
    )  # fmt: skip
    board.write("units", e.unit, made)


@_of(ev.UnitRetired)
def _unit_retired(board: Board, seq: int, e: ev.UnitRetired) -> None:
    board.write("units", e.unit, None)


@_of(ev.UnitStatusChanged)
def _unit_status_changed(board: Board, seq: int, e: ev.UnitStatusChanged) -> None:
    board.change("units", e.unit, status=e.status, status_at=e.at)


@_of(ev.UnitsSighted)
def _units_sighted(board: Board, seq: int, e: ev.UnitsSighted) -> None:
    for fix in e.fixes:
        if fix.unit in board.units:
            board.change("units", fix.unit, lat=fix.lat, lon=fix.lon, fix_at=fix.at)


@_of(ev.UnitAssigned)
def _unit_assigned(board: Board, seq: int, e: ev.UnitAssigned) -> None:
    board.count("assignments")
    made = Assignment(
        id=e.assignment, incident=e.incident, unit=e.unit, assigned=e.at, by=e.by, rank=e.rank, override=e.override,
        seconds=e.seconds,
    )  # fmt: skip
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


@_of(ev.ProgressTold)
def _progress_told(board: Board, seq: int, e: ev.ProgressTold) -> None:
    stamp = {"clear": "cleared"}.get(e.progress, e.progress)
    if not getattr(board.assignments[e.assignment], stamp):
        board.change("assignments", e.assignment, **{stamp: e.at})


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
