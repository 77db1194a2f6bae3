"""Incidents and what was recommended for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import Incident, Note

if TYPE_CHECKING:
    from dispatch.board import Board

KEEP_CLOSED = 500
"""Closed incidents stay on the board until this many newer ones have been closed."""

FOLDS, _of = fold_table()


@_of(ev.IncidentOpened)
def _incident_opened(board: Board, seq: int, e: ev.IncidentOpened) -> None:
    board.count("incidents")
    made = Incident(
        id=e.incident, opened=e.at, type=e.type, by=e.by, location=e.location, address=e.address,
        journal=board.journal_at(seq),
    )  # fmt: skip
    board.write("incidents", e.incident, made)
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
    if e.erased:
        return
    note = Note(at=e.at, by=e.by, text=e.text)
    board.change("incidents", e.incident, notes=(*board.incidents[e.incident].notes, note))


@_of(ev.IncidentClosed)
def _incident_closed(board: Board, seq: int, e: ev.IncidentClosed) -> None:
    board.change("incidents", e.incident, state="closed", closed=e.at, outcome=e.outcome)
    board.write("closed", e.incident, seq)
    closed = board.tables["closed"]
    if len(closed) > KEEP_CLOSED:
        oldest = next(iter(closed))
        for assignment in board.incidents[oldest].assignments:
            board.write("assignments", assignment, None)
        board.write("incidents", oldest, None)
        board.write("closed", oldest, None)


@_of(ev.RecommendationMade)
def _recommendation_made(board: Board, seq: int, e: ev.RecommendationMade) -> None:
    made = {"candidates": e.candidates, "shortfall": e.shortfall, "method": e.method, "recommended": e.at}
    made |= {"missing": e.missing, "next_level": e.next_level, "cautions": e.cautions}
    board.change("incidents", e.incident, **made)


@_of(ev.AlarmLevelRaised)
def _alarm_level_raised(board: Board, seq: int, e: ev.AlarmLevelRaised) -> None:
    board.change("incidents", e.incident, alarm_level=e.level)
