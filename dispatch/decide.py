"""All policy begins here: `decide(board, input, now, world)` yields the events that must be recorded.

Pure. It is a generator, and the room applies each event before it asks for the next, so a decision always sees its
own consequences. It raises Refused for a command that is not allowed or not possible.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dispatch import calls, distribution, incidents, locating, positions, priority
from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision, Due, Gone, Hello, Input, Noted, Refused, Report, Request, Sighted, World

_COMMANDS: dict[type[cmd.Command], Callable[..., Decision]] = (
    calls.COMMANDS | positions.COMMANDS | incidents.COMMANDS | locating.COMMANDS
)
_REPORTS: dict[type[ev.Event], Callable[..., Decision]] = (
    priority.REPORTS | calls.REPORTS | positions.REPORTS | locating.FACTS
)
_DEADLINES: dict[str, Callable[..., Decision]] = (
    calls.DEADLINES | distribution.DEADLINES | incidents.DEADLINES | locating.DEADLINES
)


def decide(board: Board, given: Input, now: float, world: World) -> Decision:
    """The events that follow from `given` at `now` (seconds since 1970)."""
    return _DECIDE[type(given)](board, given, now, world)


def _request(board: Board, given: Request, now: float, world: World) -> Decision:
    kind = type(given.command)
    if given.actor.role not in cmd.ALLOWED[kind]:
        roles = ", ".join(sorted(cmd.ALLOWED[kind]))
        raise Refused(
            f"Peran {given.actor.role} tidak boleh melakukan ini; minta kepada: {roles}.",
            f"The role {given.actor.role} may not do this; ask one of: {roles}.",
        )
    return _COMMANDS[kind](board, given.command, given.actor, now, world)


def _report(board: Board, given: Report, now: float, world: World) -> Decision:
    follow = _REPORTS.get(type(given.event))
    yield from follow(board, given.event, now, world) if follow else (given.event,)
    if isinstance(given.event, ev.CallReceived):
        yield from locating.call_began(board, given.event, now, world)


def _noted(board: Board, given: Noted, now: float, world: World) -> Decision:
    follow = locating.FACTS.get(type(given.event))
    return follow(board, given.event, now, world) if follow else iter((given.event,))


def _due(board: Board, given: Due, now: float, world: World) -> Decision:
    deadline = board.deadlines.get(given.key)
    if deadline is None or deadline.due > now:
        return iter(())  # another decision settled it first
    return _DEADLINES[deadline.kind](board, deadline.about, now, world)


def _sighted(board: Board, given: Sighted, now: float, world: World) -> Decision:
    return iter((ev.UnitsSighted(at=now, fixes=given.fixes),))


_DECIDE: dict[type[Any], Callable[..., Decision]] = {
    Request: _request,
    Report: _report,
    Hello: calls.hello,
    Gone: calls.gone,
    Noted: _noted,
    Due: _due,
    Sighted: _sighted,
}
