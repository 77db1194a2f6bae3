"""Which queue a call waits in, in which order calls are answered, and when others are asked as well. Pure.

    step                of a queue            is due after
    wrap-up             every                 `wrap_up_yields_after` (setting)
    ids of queues       `overflow_to`         `overflow_after`, then each as long after the one before
    anybody             with `skills`         `skills_after`
    phones              with `phones`         `phones_after`
    alternate-centre    with the setting      `alternate_after`

Counted from the moment in which the call began to wait. A call that finds too many others waiting begins as if it had
waited for the first step of its queue's own already.
"""

from __future__ import annotations

import msgspec

from dispatch import events as ev
from dispatch.board import Board
from dispatch.policy.queues.priority import classes, queue_key
from dispatch.records import Call
from dispatch.settings import Policy
from dispatch.world import World
from routing.city.queues import ALTERNATE, ANYBODY, DEFAULT, PHONES, WRAP_UP, QueueSpec, queue_for

TEST = "test"
"""The queue of test calls: nobody is asked."""
_TOO_WIDE = 2000.0
"""Metres. A place that is known no better puts no call into the queue of a boundary."""
LOOK_EVERY = 30.0
"""Seconds between looks at a call that phones are asked for."""
_Step = tuple[float, str]


class Precedence(msgspec.Struct, frozen=True, array_like=True):
    """A waiting call's place in the order, from `after` seconds since it was received. The smallest (`place`, `rank`,
    time received, id) is answered first."""

    after: float
    place: int
    rank: int


def spec_of(world: World, queue: str) -> QueueSpec:
    """Also for a queue that the city's file no longer has."""
    return next((spec for spec in world.queues if spec.id == queue), DEFAULT)


def queue_of(call: Call, world: World) -> str:
    if call.test:
        return TEST
    place = call.place(call.best)
    near = place if place and place.radius <= _TOO_WIDE else None
    borders = world.places.borders(near.lat, near.lon) if near else ()
    return queue_for(world.queues, call.service, call.called, call.languages, borders)


def waiting(board: Board) -> list[Call]:
    """The calls that wait for a person, of the hundreds on the board."""
    return [board.calls[name] for name in board.tables["waiting"]]


def in_order(calls: list[Call], now: float, world: World) -> list[Call]:
    """The one to be answered first first: by class and age (priority.py), and of ordinary calls by their queue."""

    def key(call: Call) -> tuple[int, int, float, str]:
        place, received, name = queue_key(call, now, world.policy)
        # Among the first age alone counts, so that no queue keeps another waiting for ever.
        return place, -spec_of(world, call.queue).priority if place else 0, received, name

    return sorted(calls, key=key)


def precedence(call: Call, world: World) -> tuple[Precedence, ...]:
    """By which a page puts waiting calls in the same order, at whatever time: `in_order` follows from it."""
    first = -spec_of(world, call.queue).priority
    return tuple(Precedence(after, place, first if place else 0) for after, place in classes(call, world.policy))


# -- steps
def steps(spec: QueueSpec, policy: Policy) -> list[_Step]:
    """(seconds of waiting, step), the first one first."""
    found: list[_Step] = [(policy.wrap_up_yields_after, WRAP_UP)]
    found += [(spec.overflow_after * count, other) for count, other in enumerate(spec.overflow_to, 1)]
    found += [(spec.skills_after, ANYBODY)] if spec.skills else []
    found += [(spec.phones_after, PHONES)] if spec.phones else []
    found += [(spec.alternate_after, ALTERNATE)] if policy.alternate_centre else []
    return sorted((step for step in found if step[0] > 0), key=lambda step: step[0])


def left(call: Call, world: World) -> list[_Step]:
    """(seconds since 1970, step) of what this call has not come to yet."""
    began = call.waiting_since - call.ahead
    return [
        (began + after, step)
        for after, step in steps(spec_of(world, call.queue), world.policy)
        if step not in call.overflow
    ]


def is_abroad(call: Call) -> bool:
    """Whether phones elsewhere are asked for it."""
    return PHONES in call.overflow or ALTERNATE in call.overflow


def next_look(call: Call, now: float, world: World) -> float:
    """When its next step is due, or its phones are looked at again: seconds since 1970, 0 for never."""
    due = [at for at, _ in left(call, world)] + ([now + LOOK_EVERY] if is_abroad(call) else [])
    return max(now, min(due)) if due else 0.0


def queued(board: Board, call: Call, now: float, world: World, queue: str = "", moved: bool = False) -> ev.CallQueued:
    """The event that puts a call into its queue, or into `queue`."""
    name = queue or call.queue or queue_of(call, world)
    if name == TEST:
        return ev.CallQueued(at=now, call=call.id, queue=name)
    spec = spec_of(world, name)
    if call.state == "queued" and call.queue == name:  # only what rang is taken back
        deadline = board.deadlines.get(f"overflow:{call.id}")
        due, ahead = deadline.due if deadline else 0.0, call.ahead
    else:
        ahead = call.ahead if call.queue == name else _ahead(board, call, spec, world.policy)
        fresh = msgspec.structs.replace(
            call,
            queue=name,
            waiting_since=call.waiting_since or now,
            ahead=ahead,
            overflow=() if moved else call.overflow,
        )
        due = next_look(fresh, now, world)
    return ev.CallQueued(at=now, call=call.id, queue=name, overflow_at=due, ahead=ahead, moved=moved)


def _ahead(board: Board, call: Call, spec: QueueSpec, policy: Policy) -> float:
    if not spec.overflow_length or call.answered:
        return 0.0
    own = [after for after, step in steps(spec, policy) if step != WRAP_UP]
    if not own or len(board.tables["waiting"]) < spec.overflow_length:
        return 0.0
    others = sum(one.queue == spec.id and one.id != call.id for one in waiting(board))
    return own[0] if others >= spec.overflow_length else 0.0
