"""Policy for the clock and for absences: what the room does when its clock was set or it did not run. Pure.

What waits is moved by the folds (dispatch/folds/timekeeping.py); here it is said, and what goes by the calendar is
looked at again.
"""

from __future__ import annotations

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision
from dispatch.policy.incidents import shifts
from dispatch.world import World
from routing.text import Text, text

STEP = 1.0
_TOLD_FROM = 5.0
"""Seconds of absence that people are told of; shorter ones are in the journal."""


def _started(board: Board, e: ev.RoomStarted, now: float, world: World) -> Decision:
    """The clock may have been set while there was no room: the same start of the machine has another stamp then."""
    known = board.tables["clock"]
    step = e.origin - known["origin"] if e.kernel and known.get("kernel") == e.kernel else 0.0
    if abs(step) >= STEP:
        yield ev.ClockStepped(at=now, of="room", seconds=round(step, 3))
    yield e


def _stepped(board: Board, e: ev.ClockStepped, now: float, world: World) -> Decision:
    yield ev.AlarmRaised(
        at=now,
        alarm="clock",
        level="warning",
        text=text("alarm.clock-forward" if e.seconds > 0 else "alarm.clock-back", span=_span(abs(e.seconds))),
    )
    if e.of == "room":
        yield from shifts.by_a_new_clock(board, now, world)


def _stalled(board: Board, e: ev.ProcessStalled, now: float, world: World) -> Decision:
    if e.seconds < _TOLD_FROM:
        return
    yield ev.AlarmRaised(
        at=now,
        alarm=f"stalled-{e.of}",
        level="warning",
        text=text(f"alarm.stalled-{e.of}", seconds=round(e.seconds)),
    )


def _span(seconds: float) -> Text:
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:
        return text("span.hours", hours=minutes // 60, minutes=minutes % 60)
    return (
        text("span.minutes", minutes=minutes, seconds=rest)
        if seconds >= 90
        else text("span.seconds", seconds=round(seconds))
    )


REPORTS = {ev.RoomStarted: _started}
FOLLOWS = {ev.ClockStepped: _stepped, ev.ProcessStalled: _stalled}
