"""How silence, and the questions that follow it, change the board."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from dispatch import events as ev
from dispatch.folds.table import fold_table

if TYPE_CHECKING:
    from dispatch.board import Board

FOLDS, _of = fold_table()


@_of(ev.SilenceNoted)
def _silence_noted(board: Board, seq: int, e: ev.SilenceNoted) -> None:
    if e.heard:
        board.change("calls", e.call, silent_since=0.0, never_heard=False)
        _asked_no_more(board, e.call)
    else:
        board.change("calls", e.call, silent_since=e.at - e.seconds, never_heard=e.never)


@_of(ev.CallerPrompted)
def _caller_prompted(board: Board, seq: int, e: ev.CallerPrompted) -> None:
    board.change("calls", e.call, prompts=e.times)
    board.set_due("silent", e.call, e.again or None)


@_of(ev.PromptsUnanswered)
def _prompts_unanswered(board: Board, seq: int, e: ev.PromptsUnanswered) -> None:
    board.set_due("silent", e.call, None)
    board.set_due("let_go", e.call, e.let_go or None)


@_of(ev.DtmfReceived)
def _dtmf_received(board: Board, seq: int, e: ev.DtmfReceived) -> None:
    if not e.party:
        _asked_no_more(board, e.call)


_Settling = ev.CallAccepted | ev.CallBridged | ev.CallEnded | ev.LegLost | ev.TextReceived | ev.SilentLetGo


@_of(*get_args(_Settling))
def _settled(board: Board, seq: int, e: _Settling) -> None:
    _asked_no_more(board, e.call)


def _asked_no_more(board: Board, call: str) -> None:
    board.set_due("silent", call, None)
    board.set_due("let_go", call, None)
