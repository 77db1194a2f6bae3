"""Policy for the time after a call: its call-taker says what it was, and is asked for no other call meanwhile. Pure.

The time ends with the disposition, or after `wrap_up_at_most` seconds; what has no outcome then is an alarm until
somebody gives it one. Test calls and calls of ours need none.
"""

from __future__ import annotations

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision
from dispatch.policy.queues.distribution import offer_waiting
from dispatch.records import Call
from dispatch.world import World
from routing.text import text

_ALARM = "outcomes"


def asked(call: Call) -> bool:
    """Whether somebody of ours has to say what this call was."""
    heard = bool(call.answered and call.user)
    return heard and call.direction == "in" and not call.test and not call.disposition


def _ended(board: Board, e: ev.CallEnded | ev.LegLost, now: float, world: World) -> Decision:
    call = board.calls[e.call]
    if not world.policy.wrap_up_at_most or not asked(call):
        return
    until = now + world.policy.wrap_up_at_most
    yield ev.WrapUpBegan(at=now, call=call.id, position=call.position, until=until)


def _disposed(board: Board, e: ev.CallDisposed, now: float, world: World) -> Decision:
    if _ALARM in board.alarms:
        yield from _told(board, now)
    yield from offer_waiting(board, now, world)


def _over(board: Board, about: str, now: float, world: World) -> Decision:
    yield ev.WrapUpEnded(at=now, call=about)
    yield from _told(board, now)
    yield from offer_waiting(board, now, world)


def _told(board: Board, now: float) -> Decision:
    missing = sum(call.overdue for call in board.calls.values())
    if missing:
        yield ev.AlarmRaised(
            at=now,
            alarm=_ALARM,
            level="warning",
            text=text("alarm.outcomes-missing", count=missing),
        )
    elif _ALARM in board.alarms:
        yield ev.AlarmCleared(at=now, alarm=_ALARM, by="system")


DEADLINES = {"wrap": _over}
FOLLOWS = {ev.CallEnded: _ended, ev.LegLost: _ended, ev.CallDisposed: _disposed}
