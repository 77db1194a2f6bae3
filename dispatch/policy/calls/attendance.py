"""Policy for positions at which nobody can be: what rings there rings elsewhere, and no new call comes. Pure.

A conversation that is under way is never ended by it. When its call-taker's rights were taken back, the supervisors are
told at once and may take the call over; the position closes when it has no call any more.
"""

from __future__ import annotations

from typing import Final

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision
from dispatch.policy.queues.distribution import offer_waiting, withdraw_offers
from dispatch.records import Position
from dispatch.world import World
from routing.text import text

GONE: Final = "rights"
"""Its user may sit at no position."""
_TAKEN = ("ended", GONE)


def _alarm(position: str) -> str:
    return f"rights-{position}"


def _unattended(board: Board, e: ev.PositionUnattended, now: float, world: World) -> Decision:
    seat = board.positions.get(e.position)
    if seat is None or seat.away == e.why:
        return
    yield e
    yield from withdraw_offers(board, seat, now, world)
    if e.why in _TAKEN and seat.call:
        yield _told(board, seat, now)
    yield from _closed(board, e.position, now)


def _told(board: Board, seat: Position, now: float) -> ev.AlarmRaised:
    call = board.calls.get(seat.call)
    caller = (call.caller if call else "") or text("alarm.no-number")
    return ev.AlarmRaised(
        at=now,
        alarm=_alarm(seat.id),
        level="critical",
        text=text("alarm.rights-ended", user=seat.user, caller=caller, position=seat.id),
        call=call.id if call else "",
    )


def _closed(board: Board, position: str, now: float) -> Decision:
    """Takes the seat of somebody without rights away, as soon as nobody speaks there."""
    seat = board.positions.get(position)
    if seat is not None and seat.away == GONE and not seat.call:
        yield ev.PositionClosed(at=now, position=position, why=text("why.rights-ended"))
        seat = None
    if _alarm(position) in board.alarms and (seat is None or not seat.call or seat.away not in _TAKEN):
        yield ev.AlarmCleared(at=now, alarm=_alarm(position), by="system")


def _attended(board: Board, e: ev.PositionAttended, now: float, world: World) -> Decision:
    seat = board.positions.get(e.position)
    if seat is None or (seat.attended and not seat.away):
        return
    yield e
    yield from _closed(board, e.position, now)
    yield from offer_waiting(board, now, world)


def _freed(board: Board, e: ev.Event, now: float, world: World) -> Decision:
    for seat in [one for one in board.positions.values() if one.away in _TAKEN]:
        yield from _closed(board, seat.id, now)
    for alarm in [one for one in board.alarms if one.startswith("rights-")]:
        yield from _closed(board, alarm.removeprefix("rights-"), now)


REPORTS = {ev.PositionAttended: _attended, ev.PositionUnattended: _unattended}
FOLLOWS = {
    kind: _freed
    for kind in (ev.CallEnded, ev.LegLost, ev.CallQueued, ev.CallTakenOver, ev.PositionParted, ev.PositionClosed)
}
