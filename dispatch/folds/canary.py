"""How the canary's events change the board: one record while it is out, and when the next one goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import Canary
from routing.text import Text

if TYPE_CHECKING:
    from dispatch.board import Board

FOLDS, _of = fold_table()


@_of(ev.CanaryScheduled)
def _scheduled(board: Board, seq: int, e: ev.CanaryScheduled) -> None:
    board.set_due("canary", "next", e.due or None)


@_of(ev.CanaryStarted)
def _started(board: Board, seq: int, e: ev.CanaryStarted) -> None:
    board.count("canaries")
    board.write("canary", "out", Canary(id=e.canary, started=e.at))
    board.set_due("canary", "out", e.until)


def _change(board: Board, canary: str, **fields: float | str | Text | None) -> None:
    known = board.tables["canary"].get("out")
    if known and known.id == canary:
        board.change("canary", "out", **fields)


@_of(ev.CanaryRang)
def _rang(board: Board, seq: int, e: ev.CanaryRang) -> None:
    _change(board, e.canary, rang=e.at)


@_of(ev.CanaryAnswered)
def _answered(board: Board, seq: int, e: ev.CanaryAnswered) -> None:
    _change(board, e.canary, answered=e.at)


@_of(ev.CanaryEnded)
def _ended(board: Board, seq: int, e: ev.CanaryEnded) -> None:
    _change(board, e.canary, why=e.why)


@_of(ev.CanaryCame)
def _came(board: Board, seq: int, e: ev.CanaryCame) -> None:
    _change(board, e.canary, call=e.call)


@_of(ev.CanaryHeard)
def _heard(board: Board, seq: int, e: ev.CanaryHeard) -> None:
    if e.heard:
        _change(board, e.canary, **{"out": {"heard_out": e.at}, "back": {"heard_back": e.at}}[e.way])


@_of(ev.CanaryPassed, ev.CanaryFailed)
def _over(board: Board, seq: int, e: ev.CanaryPassed | ev.CanaryFailed) -> None:
    known = board.tables["canary"].get("out")
    board.write("canary", "out", None)
    board.set_due("canary", "out", None)
    if known:
        why = e.text if isinstance(e, ev.CanaryFailed) else None
        board.write("canary", "last", msgspec.structs.replace(known, ended=e.at, why=why))
