"""Closures and conditions, and the incidents whose ways have to be looked at again because of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import Closure, ConditionsNow

if TYPE_CHECKING:
    from dispatch.board import Board

FOLDS, _of = fold_table()

COVERAGE_AFTER_S = 1.0
REVIEW_APART_S = 0.05
"""Incidents are reviewed one after the other, so that calls and people are heard in between."""


@_of(ev.StreetClosed)
def _closed(board: Board, seq: int, e: ev.StreetClosed) -> None:
    board.count("closures")
    said = {name: getattr(e, name) for name in ("drawn", "by", "stops", "why", "until", "pieces", "streets")}
    board.write("closures", e.closure, Closure(id=e.closure, since=e.at, **said))
    board.set_due("reopen", e.closure, e.until or None)
    _review(board, e.at)


@_of(ev.StreetReopened)
def _reopened(board: Board, seq: int, e: ev.StreetReopened) -> None:
    board.write("closures", e.closure, None)
    board.set_due("reopen", e.closure, None)
    _review(board, e.at)


@_of(ev.ConditionsSet)
def _conditions(board: Board, seq: int, e: ev.ConditionsSet) -> None:
    said = None
    if e.rain or e.tide_m is not None:
        said = ConditionsNow(by=e.by, since=e.at, rain=e.rain, tide_m=e.tide_m, until=e.until)
    board.write("conditions", "now", said)
    board.set_due("conditions", "now", e.until if said and e.until else None)
    _review(board, e.at)


@_of(ev.WaysReviewed)
def _reviewed(board: Board, seq: int, e: ev.WaysReviewed) -> None:
    board.set_due("review", e.incident, None)


def _review(board: Board, at: float) -> None:
    """The newest incidents first: they are most likely to have nobody on the scene yet. Also those without a place, for
    which there is nothing to look at: whether there was one may be erased later."""
    waiting = [one.id for one in board.incidents.values() if one.state == "open"]
    for number, incident in enumerate(reversed(waiting)):
        board.set_due("review", incident, at + number * REVIEW_APART_S)
    board.set_due("review", "", at + COVERAGE_AFTER_S)
