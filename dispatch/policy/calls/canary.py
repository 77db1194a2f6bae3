"""Policy of the canary: a test call out by the trunk and back in, which must prove that calls reach us. Pure.

The switch dials `canary` and plays a tone; the call comes back on a number of `test_numbers`, is answered as a test
call, and hears its own voice. So one call proves four things, and each is asked for:

    it rang            CanaryRang
    it came in         CanaryCame: a test call arrived while it was out
    recorded           CanaryHeard(out): our sealed recording of the test call has the tone
    both directions    CanaryHeard(back): the tone came back to the line that dialled

When one is missing at `until`, an alarm says which, and goes to the technicians like every critical one.
"""

from __future__ import annotations

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.commands import Actor
from dispatch.inputs import Decision, Refused
from dispatch.records import Canary
from dispatch.states import CanaryWay
from dispatch.world import World
from routing.text import Text, text

WITHIN = 60.0
"""Seconds a canary has to prove itself."""
_FIRST_AFTER = 60.0
ALARM = "canary"
_PROVED = ("rang", "answered", "call", "heard_out", "heard_back")


def current(board: Board) -> Canary | None:
    """The one that is out."""
    return board.tables["canary"].get("out")


def way_of(board: Board, out: Canary, call: str) -> CanaryWay | None:
    """Which way a sound recorded of this call went: back, out, or None when it is none of the canary's. Every test call
    since it went out may be its own: somebody else may make one just then, and only the tone tells them apart."""
    if call == out.id:
        return "back"
    came = board.calls.get(call)
    return "out" if came and came.test and came.received >= out.started else None


def missing(canary: Canary) -> tuple[Text, ...]:
    """What is not proved yet."""
    return tuple(text(f"canary.not-{one}") for one in _PROVED if not getattr(canary, one))


def _room_started(board: Board, e: ev.RoomStarted, now: float, world: World) -> Decision:
    wanted = bool(world.policy.canary and world.policy.canary_every)
    if wanted and "canary:next" not in board.deadlines:
        yield ev.CanaryScheduled(at=now, due=now + _FIRST_AFTER)
    elif not wanted and "canary:next" in board.deadlines:
        yield ev.CanaryScheduled(at=now, due=0.0)


def _begin(board: Board, now: float, world: World, by: str) -> Decision:
    name, uri = f"C-{board.counter('canaries') + 1:05d}", world.policy.canary
    yield ev.CanaryStarted(at=now, canary=name, uri=uri, until=now + WITHIN, by=by)
    yield ev.OrderIssued(at=now, do="canary", expires=now + world.policy.order_for, call=name, uri=uri)


def _due(board: Board, about: str, now: float, world: World) -> Decision:
    if about == "next":
        every = world.policy.canary_every if world.policy.canary else 0.0
        yield ev.CanaryScheduled(at=now, due=now + every if every else 0.0)
        if every and current(board) is None:
            yield from _begin(board, now, world, "system")
        return
    canary = current(board)
    if canary is not None:
        yield from _failed(canary, now)


def _run(board: Board, c: cmd.RunCanary, actor: Actor, now: float, world: World) -> Decision:
    if not world.policy.canary:
        raise Refused("refused.canary-not-set-up")
    if current(board) is not None:
        raise Refused("refused.canary-out")
    yield from _begin(board, now, world, actor.user)


def _came(board: Board, e: ev.CallReceived, now: float, world: World) -> Decision:
    canary = current(board)
    if canary and e.test and not canary.call:
        yield ev.CanaryCame(at=now, canary=canary.id, call=e.call)


def _looked(board: Board, e: ev.Event, now: float, world: World) -> Decision:
    """After each fact about it: is everything proved?"""
    canary = current(board)
    if canary is None:
        return
    if not missing(canary):
        yield ev.CanaryPassed(at=now, canary=canary.id)
        if ALARM in board.alarms:
            yield ev.AlarmCleared(at=now, alarm=ALARM, by="system")
    elif isinstance(e, ev.CanaryEnded) and not canary.answered:
        yield from _failed(canary, now)  # nothing more can come


def _failed(canary: Canary, now: float) -> Decision:
    said = text("alarm.canary-failed", missing=missing(canary))
    if canary.why:
        why = canary.why.params.get("answer", canary.why)  # the operator asks for the answer itself
        said = text("alarm.canary-failed-by", missing=missing(canary), why=why)
    yield ev.CanaryFailed(at=now, canary=canary.id, text=said)
    yield ev.AlarmRaised(at=now, alarm=ALARM, level="critical", text=said)


COMMANDS = {cmd.RunCanary: _run}
DEADLINES = {"canary": _due}
FOLLOWS = {
    ev.RoomStarted: _room_started,
    ev.CallReceived: _came,
    ev.CanaryRang: _looked,
    ev.CanaryAnswered: _looked,
    ev.CanaryEnded: _looked,
    ev.CanaryCame: _looked,
    ev.CanaryHeard: _looked,
}
