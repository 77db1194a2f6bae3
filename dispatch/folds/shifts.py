"""Who is on duty by the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folds.table import fold_table

if TYPE_CHECKING:
    from dispatch.board import Board

FOLDS, _of = fold_table()


@_of(ev.ShiftsChanged)
def _changed(board: Board, seq: int, e: ev.ShiftsChanged) -> None:
    for one in e.changes:
        if one.unit in board.units:
            board.change("units", one.unit, on_shift=one.on, shift_until=one.until)
    board.set_due("shift", "crews", e.again or None)


@_of(ev.UnitRegistered)
def _registered(board: Board, seq: int, e: ev.UnitRegistered) -> None:
    if e.shift != board.units[e.unit].shift:
        board.change("units", e.unit, shift=e.shift, on_shift=True, shift_until=0.0)


@_of(ev.UnitStatusChanged)
def _signed_on(board: Board, seq: int, e: ev.UnitStatusChanged) -> None:
    """A crew that says that it is there counts as on duty until its next shift begins or ends."""
    if e.status == "available":
        board.change("units", e.unit, on_shift=True)
