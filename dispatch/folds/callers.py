"""What becomes of each call of a number, for the ghost shield: folded into an inner table that is shown to nobody.

Only subscribers' numbers have a history. A call without a number has none, and a short code (110, a ward's line) or a
name stands for an institution whose callers are many people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import CallerHistory, PastCall
from routing.numbers import is_subscriber

if TYPE_CHECKING:
    from dispatch.board import Board

KEEP_NUMBERS = 20_000
"""Beyond these the number that was heard of least recently is forgotten."""
KEEP_PAST = 12
"""Calls of a number; beyond these the oldest is forgotten, but never the last one that was an emergency."""
FOLDS, _of = fold_table()


@_of(ev.CallReceived)
def _call_received(board: Board, seq: int, e: ev.CallReceived) -> None:
    if e.test or not is_subscriber(e.caller):
        return
    known = board.callers.get(e.caller) or CallerHistory(seq=seq, first=e.at)
    past = _bounded((*known.past, PastCall(call=e.call, at=e.at)))
    made = msgspec.structs.replace(known, seq=seq, calls=known.calls + 1, past=past)
    board.write("callers", e.caller, made)
    if len(board.callers) > KEEP_NUMBERS:
        board.write("callers", next(iter(board.callers)), None)


def _bounded(past: tuple[PastCall, ...]) -> tuple[PastCall, ...]:
    if len(past) <= KEEP_PAST:
        return past
    kept = max((p.at for p in past if p.outcome == "emergency"), default=None)
    drop = next((n for n, p in enumerate(past) if p.outcome != "emergency" or p.at != kept), 0)
    return (*past[:drop], *past[drop + 1 :])


@_of(ev.CallEnded, ev.LegLost)
def _call_ended(board: Board, seq: int, e: ev.CallEnded | ev.LegLost) -> None:
    call = board.calls[e.call]
    lost = isinstance(e, ev.LegLost) or e.by == "failure"
    outcome = "lost" if lost else "heard" if call.answered else "unheard"
    seconds = max(0.0, e.at - (call.answered or call.received))
    _note(board, seq, e.call, seconds=seconds, outcome=call.disposition or outcome)


@_of(ev.CallDisposed)
def _call_disposed(board: Board, seq: int, e: ev.CallDisposed) -> None:
    _note(board, seq, e.call, outcome=e.disposition)


@_of(ev.SilenceNoted)
def _silence_noted(board: Board, seq: int, e: ev.SilenceNoted) -> None:
    _note(board, seq, e.call, silent=not e.heard)


@_of(ev.DtmfReceived)
def _dtmf_received(board: Board, seq: int, e: ev.DtmfReceived) -> None:
    if not e.party and "5" in e.digits:
        _note(board, seq, e.call, pressed=True)


def _note(board: Board, seq: int, call: str, **known: object) -> None:
    record = board.calls.get(call)
    history = board.callers.get(record.caller) if record else None
    if record is None or history is None or not any(p.call == call for p in history.past):
        return
    past = tuple(msgspec.structs.replace(p, **known) if p.call == call else p for p in history.past)
    board.write("callers", record.caller, msgspec.structs.replace(history, seq=seq, past=past))
