"""Counts the calls of each queue by the hour, as they go. An inner table: the figures change with every call, so they
are asked for (GET /api/v1/queues) and not sent to every page.

A call is counted in the hour in which it was received, so that the figures of an hour add up. These folds run before
the others do: they look at the call as it was.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeGuard

import msgspec

from dispatch import events as ev
from dispatch.folds.table import fold_table
from dispatch.records import Call, QueueHour, queue_hour_id

if TYPE_CHECKING:
    from dispatch.board import Board

KEEP_HOURS = 48
LONGEST_WAIT = 60
"""Whole seconds up to which waits are told apart; longer ones are one group."""
AT_ONCE = 2.0
"""Seconds. Who is gone sooner can not have rung at a call-taker's position."""
_MOST_ROWS = 2000
_LAST_HOUR = 2**35 // 3600
FOLDS, _of = fold_table()


def _row(board: Board, call: Call, queue: str) -> QueueHour:
    """The row that counts this call; a new one when it is the first of its hour."""
    hour = 3600.0 * min(max(call.received // 3600, 0), _LAST_HOUR)
    return board.queue_hours.get(queue_hour_id(queue, hour)) or QueueHour(queue=queue, hour=hour)


def _write(board: Board, row: QueueHour, **counts: object) -> None:
    key = row.id
    if key not in board.queue_hours:
        _forget(board, row.hour)
    board.write("queue_hours", key, msgspec.structs.replace(row, **counts))


def _forget(board: Board, hour: float) -> None:
    rows = board.queue_hours
    for old in [key for key, row in rows.items() if row.hour <= hour - 3600.0 * KEEP_HOURS]:
        board.write("queue_hours", old, None)
    if len(rows) >= _MOST_ROWS:  # old journals have a queue for each service a caller invents
        board.write("queue_hours", min(rows, key=lambda key: (rows[key].hour, key)), None)


def _counted(call: Call | None) -> TypeGuard[Call]:
    return call is not None and call.direction == "in" and not call.test


@_of(ev.CallQueued)
def _call_queued(board: Board, seq: int, e: ev.CallQueued) -> None:
    call = board.calls.get(e.call)
    if not _counted(call) or call.answered or call.state == "ended" or call.queued_in == e.queue:
        return
    row = _row(board, call, e.queue)
    if not call.queued_in:
        _write(board, row, received=row.received + 1, suspected=row.suspected + call.suspected)
        return
    before = _row(board, call, call.queued_in)
    _write(board, before, overflowed_out=before.overflowed_out + 1, dispositions=_said(before, less=call.disposition))
    _write(board, row, overflowed_in=row.overflowed_in + 1, dispositions=_said(row, more=call.disposition))


@_of(ev.CallBridged, ev.CallTransferred)
def _call_answered(board: Board, seq: int, e: ev.CallBridged | ev.CallTransferred) -> None:
    """Also by a telephone outside, to which a call was put through because nobody else came."""
    call = board.calls.get(e.call)
    if not _counted(call) or call.answered or not call.queued_in:
        return
    row, wait = _row(board, call, call.queued_in), max(0.0, e.at - call.received)
    waits = list(row.waits or (0,) * (LONGEST_WAIT + 2))
    waits[min(math.ceil(wait), LONGEST_WAIT + 1)] += 1
    _write(board, row, answered=row.answered + 1, waits=tuple(waits), **_waited(row, wait))


@_of(ev.MsdReceived)
def _is_a_test(board: Board, seq: int, e: ev.MsdReceived) -> None:
    """A vehicle said so late: the call leaves the queue for that of test calls, which nobody counts."""
    call = board.calls.get(e.call)
    if not e.test or not _counted(call) or call.answered or call.state == "ended" or not call.queued_in:
        return
    row = _row(board, call, call.queued_in)
    _write(board, row, overflowed_out=row.overflowed_out + 1)


def _waited(row: QueueHour, wait: float) -> dict[str, float]:
    return {"longest": max(row.longest, wait), "waited": row.waited + wait}


@_of(ev.ClockStepped)
def _clock_stepped(board: Board, seq: int, e: ev.ClockStepped) -> None:
    """Who still waits is counted in the hour in which they came by the new clock: they leave the row of the old one."""
    if e.of != "room":
        return
    for call in list(board.calls.values()):
        if not _counted(call) or call.answered or call.state == "ended" or not call.queued_in:
            continue
        before = _row(board, call, call.queued_in)
        after = _row(board, msgspec.structs.replace(call, received=call.received + e.seconds), call.queued_in)
        if before.id != after.id:
            _write(board, before, overflowed_out=before.overflowed_out + 1)
            _write(board, after, overflowed_in=after.overflowed_in + 1)


@_of(ev.CallEnded, ev.LegLost)
def _call_ended(board: Board, seq: int, e: ev.CallEnded | ev.LegLost) -> None:
    call = board.calls.get(e.call)
    if not _counted(call) or call.answered or call.state == "ended" or not call.queued_in:
        return
    row, wait = _row(board, call, call.queued_in), max(0.0, e.at - call.received)
    if isinstance(e, ev.LegLost) or e.by == "failure":
        how = "lost_failed"
    elif wait < AT_ONCE:
        how = "lost_at_once"
    else:
        how = "lost_announced" if call.announced else "lost_waiting"
    _write(board, row, **{how: getattr(row, how) + 1}, **_waited(row, wait))


@_of(ev.CallDisposed)
def _call_disposed(board: Board, seq: int, e: ev.CallDisposed) -> None:
    call = board.calls.get(e.call)
    if not _counted(call) or not call.queued_in or call.disposition == e.disposition:
        return
    row = _row(board, call, call.queued_in)
    _write(board, row, dispositions=_said(row, more=e.disposition, less=call.disposition))


def _said(row: QueueHour, more: str = "", less: str = "") -> dict[str, int]:
    counts = dict(row.dispositions)
    for name, step in ((more, 1), (less, -1)):
        if name:
            counts[name] = counts.get(name, 0) + step
    return {name: count for name, count in counts.items() if count > 0}
