"""What becomes of each call of a number, for the ghost shield: folded into inner tables that are shown to nobody.

Only subscribers' numbers have a history. A call without a number has none, and a short code (110, a ward's line) or a
name stands for an institution whose callers are many people.

A call is forgotten when so many others have come since: that does not depend on anybody's number, so a board that is
folded anew after an erasure remembers as far back as the one that goes on. `past` has the calls, `callers` the ids of
each number's calls, oldest first, and `turns` which call was the how manyth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import CallerHistory, PastCall
from routing.numbers import is_subscriber

if TYPE_CHECKING:
    from dispatch.board import Board

KEEP_CALLS = 50_000
"""Calls that have a history, the newest; about 20 MB."""
KEEP_PAST = 12
"""Calls of a number that are looked at, the newest, and the last one that was an emergency."""
_FAR = 200
"""Calls of a number among which its last emergency is looked for."""
FOLDS, _of = fold_table()


def history_of(board: Board, number: str) -> CallerHistory | None:
    """None when nothing is known of it."""
    ids: tuple[str, ...] = board.tables["callers"].get(number, ())
    if not ids:
        return None
    calls: list[PastCall] = [board.tables["past"][name] for name in ids[-_FAR:]]
    newest, reported = calls[-KEEP_PAST:], [one for one in calls if one.outcome == "emergency"]
    if reported and (last := max(reported, key=_at)) not in newest:
        newest = [last, *newest[1:]]
    return CallerHistory(past=tuple(newest))


def _at(call: PastCall) -> float:
    return call.at


def forget(board: Board, call: str) -> None:
    """As if it had never been."""
    known: PastCall | None = board.tables["past"].get(call)
    if known is None:
        return
    board.write("past", call, None)
    board.write("turns", str(known.turn), None)
    kept = tuple(one for one in board.tables["callers"].get(known.number, ()) if one != call)
    board.write("callers", known.number, kept or None)


@_of(ev.CallReceived)
def _call_received(board: Board, seq: int, e: ev.CallReceived) -> None:
    if e.test:
        return
    board.count("calls_received")
    turn = board.counter("calls_received")
    if oldest := board.tables["turns"].get(str(turn - KEEP_CALLS)):
        forget(board, oldest)
    if not is_subscriber(e.caller) or e.call in board.tables["past"]:
        return
    board.write("turns", str(turn), e.call)
    board.write("past", e.call, PastCall(call=e.call, at=e.at, turn=turn, number=e.caller))
    board.write("callers", e.caller, (*board.tables["callers"].get(e.caller, ()), e.call))


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
    if call in board.tables["past"]:
        board.change("past", call, **known)
