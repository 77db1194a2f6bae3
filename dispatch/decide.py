"""All policy begins here: `decide(board, input, now, world)` yields the events that must be recorded.

Pure. It is a generator, and the room applies each event before it asks for the next, so a decision always sees its
own consequences. It raises Refused for a command that is not allowed or not possible.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import (
    Decision,
    Delivered,
    Due,
    Hello,
    Input,
    Noted,
    Posted,
    Refused,
    Report,
    Request,
    Sighted,
    SwitchGone,
)
from dispatch.policy import POLICIES
from dispatch.policy.calls import calls
from dispatch.policy.calls.missing import missing_before
from dispatch.policy.incidents import notices
from dispatch.policy.places import location_link
from dispatch.world import World
from routing.text import text

FAULTS = frozenset({"discrepancy.our-fault", "discrepancy.step-not-drawn"})
"""The discrepancies that tell of a fault of our program."""


def _table(name: str) -> dict[Any, Callable[..., Decision]]:
    """What the policies say they decide. COMMANDS, REPORTS (their event itself is theirs to yield) and DEADLINES have
    one that decides each, LATE those commands that may come long after the key was pressed; FOLLOWS says what else
    comes of an event, once it is on the board."""
    found: dict[Any, Callable[..., Decision]] = {}
    for policy in POLICIES:
        for key, function in getattr(policy, name, {}).items():
            assert key not in found, f"{key} is decided twice"
            found[key] = function
    return found


_COMMANDS = _table("COMMANDS")
_LATE = _table("LATE")
_REPORTS = _table("REPORTS")
_DEADLINES = _table("DEADLINES")
_FOLLOWS: dict[type[ev.Event], list[Callable[..., Decision]]] = {}
for _policy in POLICIES:
    for _kind, _function in getattr(_policy, "FOLLOWS", {}).items():
        _FOLLOWS.setdefault(_kind, []).append(_function)


def decide(board: Board, given: Input, now: float, world: World) -> Decision:
    """The events that follow from `given` at `now` (seconds since 1970)."""
    return _followed(_DECIDE[type(given)](board, given, now, world), board, now, world)


def _followed(decision: Decision, board: Board, now: float, world: World) -> Decision:
    """The decision, and after each of its events what follows from it, whoever caused it."""
    for event in decision:
        yield event
        for step in board.undrawn:
            what = text("discrepancy.step-not-drawn", step=str(step), event=type(event).__name__)
            yield ev.DiscrepancyNoted(at=now, about=getattr(event, "call", "") or "room", what=what)
        for follow in _FOLLOWS.get(type(event), ()):
            yield from _kept_going(follow, event, board, now, world)


def _kept_going(follow: Callable[..., Decision], event: ev.Event, board: Board, now: float, world: World) -> Decision:
    """A fault of ours in what follows does not undo the fact: a call whose place cannot be weighed is a call."""
    try:
        yield from _followed(follow(board, event, now, world), board, now, world)
    except Refused:
        raise
    except Exception as wrong:
        what = text("discrepancy.our-fault", where=f"{follow.__module__}.{follow.__name__}", detail=repr(wrong)[:200])
        yield ev.DiscrepancyNoted(at=now, about=getattr(event, "call", "") or "room", what=what)


def _request(board: Board, given: Request, now: float, world: World) -> Decision:
    kind = type(given.command)
    if given.actor.role not in cmd.ALLOWED[kind]:
        roles = tuple(text(f"role.{role}") for role in sorted(cmd.ALLOWED[kind]))
        raise Refused("refused.role", role=text(f"role.{given.actor.role}"), roles=roles)
    if given.ago > 0 and kind in _LATE:
        return _LATE[kind](board, given.command, given.actor, now, world, given.ago)
    return _COMMANDS[kind](board, given.command, given.actor, now, world)


def _fact(board: Board, given: Report | Noted, now: float, world: World) -> Decision:
    """From the switch, or a part of the room; what follows is the same."""
    decides = _REPORTS.get(type(given.event))
    return decides(board, given.event, now, world) if decides else iter((given.event,))


def _report(board: Board, given: Report, now: float, world: World) -> Decision:
    yield from missing_before(board, given.event, now)
    event = given.event
    if isinstance(event, ev.OrderDone | ev.OrderFailed) and _is_of_another_journal(board, event):
        what = text("discrepancy.foreign-order", order=f"{event.journal}:{event.order}")
        yield ev.DiscrepancyNoted(at=now, src=event.src, about="switch", what=what)
        return
    yield from _fact(board, given, now, world)


def _is_of_another_journal(board: Board, event: ev.OrderDone | ev.OrderFailed) -> bool:
    """The switch outlives a room that is started on an older state of its journal, and answers what that one never
    asked."""
    return bool(event.journal) and board.journal_at(event.order) != event.journal


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
    SwitchGone: calls.gone,
    Noted: _fact,
    Delivered: notices.delivered,
    Posted: location_link.posted,
    Due: _due,
    Sighted: _sighted,
}
