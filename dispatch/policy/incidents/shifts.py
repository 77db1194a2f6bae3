"""Policy for shifts: whose begins and ends by the clock. One deadline wakes it at the next change of any crew.

A crew off shift is not suggested, but can be chosen by hand. One that signs on anyhow counts as on duty until its next
change; one that is out on a job when its shift ends finishes it.
"""

from __future__ import annotations

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision
from dispatch.world import World


def _changed(board: Board, now: float, world: World, anew: bool = False) -> Decision:
    """Everybody whose state by the clock has run out, or is not known yet; `anew`: or is another one now."""
    changes, again = [], []
    for unit in board.units.values():
        if not unit.shift:
            continue
        until = unit.shift_until
        if until <= now or anew:
            on, until = world.crews.duty(unit.shift, now)
            if until != unit.shift_until:  # within the same shift, who signed on by hand stays on duty
                changes.append(ev.ShiftChange(unit=unit.id, on=on, until=until))
        again.append(until)
    yield ev.ShiftsChanged(at=now, changes=tuple(changes), again=min(again, default=0.0))


def by_a_new_clock(board: Board, now: float, world: World) -> Decision:
    """What was read off the clock before it was set holds no longer."""
    if any(unit.shift for unit in board.units.values()):
        yield from _changed(board, now, world, anew=True)


def _due(board: Board, about: str, now: float, world: World) -> Decision:
    yield from _changed(board, now, world)


def _registered(board: Board, e: ev.UnitRegistered, now: float, world: World) -> Decision:
    unit = board.units[e.unit]
    if unit.shift and not unit.shift_until:
        yield from _changed(board, now, world)


DEADLINES = {"shift": _due}
FOLLOWS = {ev.UnitRegistered: _registered}
