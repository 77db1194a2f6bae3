"""How a vehicle's data changes the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folds.table import fold_table

if TYPE_CHECKING:
    from dispatch.board import Board

FOLDS, _of = fold_table()


@_of(ev.MsdReceived)
def _msd_received(board: Board, seq: int, e: ev.MsdReceived) -> None:
    if not e.erased:
        board.change("calls", e.call, msd=e.msd)
