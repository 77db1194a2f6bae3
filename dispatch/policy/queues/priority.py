"""Who is answered first: the order of waiting calls, and what changes a call's place in it.

    first      eCall; a caller who pressed 5; one whom we lost, or who waited in vain and calls again
    then       ordinary calls
    last       suspected ghost and prank calls

Within a class the oldest is first, and time lifts every call to the class above: a suspected call is an ordinary one
of its age after `ghost_patience` seconds, and an ordinary call is among the first after `FIRST_AFTER`. So whoever
waits longer than both has only calls before it that came before it: nobody waits for ever, however many come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch import events as ev
from dispatch.folds.callers import history_of
from dispatch.inputs import Decision
from dispatch.policy.queues.shield import NOTHING, new_call, score
from dispatch.records import Call
from dispatch.settings import Policy
from dispatch.states import Priority
from dispatch.world import World

if TYPE_CHECKING:
    from dispatch.board import Board

FIRST_AFTER = 120.0
"""Seconds after which an ordinary call is among the first."""
_URGENT, _ORDINARY = ((0.0, 0),), ((0.0, 1), (FIRST_AFTER, 0))
_WAITED = 10.0
_AGAIN_WITHIN = 1800.0


def classes(call: Call, policy: Policy) -> tuple[tuple[float, int], ...]:
    """The classes that a waiting call comes to, as (seconds since it was received, class), the last one last; 0 is
    answered first."""
    if call.suspected:
        if policy.ghost_patience < FIRST_AFTER:
            return (0.0, 2), (policy.ghost_patience, 1), (FIRST_AFTER, 0)
        return (0.0, 2), (policy.ghost_patience, 0)
    return _URGENT if call.urgent else _ORDINARY


def queue_key(call: Call, now: float, policy: Policy) -> tuple[int, float, str]:
    """For sorting waiting calls; the smallest is answered first. `now` seconds since 1970."""
    place, waited = 0, max(0.0, now - call.received)
    for after, come in classes(call, policy):
        if after > waited:
            break
        place = come
    return place, call.received, call.id


def received(board: Board, e: ev.CallReceived, now: float, world: World) -> Decision:
    """What its number's history and its kind make of a call that was just received: follows CallReceived."""
    if e.test:
        return
    call = board.calls[e.call]
    given = NOTHING
    if world.policy.ghost_shield:
        given = score(history_of(board, call.caller), new_call(call, _owed(board, call)), now, world.shield)
    if given.value:
        yield ev.CallScored(at=now, call=e.call, value=given.value, suspected=given.suspected, reasons=given.reasons)
    why = None if given.suspected else _urgent(board, call, now)
    if why:
        yield ev.CallPrioritised(at=now, call=e.call, why=why)


def reconsidered(board: Board, e: ev.LocationReceived | ev.DtmfReceived, now: float, world: World) -> Decision:
    """After a location came or the caller pressed a key: what is known now may spare it, and never accuses it."""
    call = board.calls.get(e.call)
    if call is None or call.state != "queued" or call.answered or call.test:
        return
    if "5" in call.digits and not call.urgent:
        yield ev.CallPrioritised(at=now, call=call.id, why="pressed")
    if call.suspected:
        given = score(history_of(board, call.caller), new_call(call, _owed(board, call)), now, world.shield)
        if not given.suspected:
            yield ev.CallScored(at=now, call=call.id, value=given.value, suspected=False, reasons=given.reasons)


def prompt(call: Call) -> tuple[str, ...]:
    """The sounds that a caller should hear now: a suspected one is asked to press 5, once."""
    return ("ghost",) if call.suspected and call.state == "queued" and not call.answered else ()


def _owed(board: Board, call: Call) -> int:
    owed = board.callbacks.get(board.tables["owed"].get(call.caller, ""))
    return owed.urgency if owed else 0


def _urgent(board: Board, call: Call, now: float) -> Priority | None:
    if call.service.startswith("sos.ecall"):
        return "ecall"
    if _owed(board, call) >= 2:
        return "called_back"
    history = history_of(board, call.caller)
    for past in reversed(history.past if history else ()):
        if past.call == call.id or not past.outcome:
            continue
        waited = past.outcome == "unheard" and past.seconds >= _WAITED
        return "called_back" if waited and now - past.at - past.seconds < _AGAIN_WITHIN else None
    return None


FOLLOWS = {ev.CallReceived: received, ev.LocationReceived: reconsidered, ev.DtmfReceived: reconsidered}
