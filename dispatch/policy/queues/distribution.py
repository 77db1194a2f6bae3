"""Policy of distribution: at which positions a waiting call rings. Pure.

A call rings at the position that has been idle longest, after `offer_for` seconds at another one; a queue that rings
all rings at every free one. Whoever has the skills of its queue is asked first, skills-first and never skills-only:
after a while, and at once where no such person is on duty, everybody is. A position that still has to say what its
last call was is asked when nobody else is free and the call has waited. Any call-taker may take any waiting call.
"""

from __future__ import annotations

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision
from dispatch.policy.queues.queues import in_order, queue_of, queued, spec_of, waiting
from dispatch.records import Call, Order, Position
from dispatch.world import World
from routing.city.queues import ANYBODY, RING_ALL, WRAP_UP
from routing.text import text

_SETTLES = 0.5
"""Seconds. A place that comes so soon after the call came in with it, and nobody has reached for the key yet."""


# -- who is asked
def free_positions(board: Board) -> list[Position]:
    """Ready, with audio, in no call, and nothing rings there; those in wrap-up as well. The longest idle first."""
    free = [p for p in board.positions.values() if p.on_duty and not p.call]
    if free and board.orders:  # who is about to take over or join somebody else's call is busy already
        going = {o.position for o in board.orders.values() if o.do == "connect" and _elsewhere(board, o)}
        free = [p for p in free if p.id not in going]
    if free:
        offered = {name for call in waiting(board) for name in call.offered_all}
        free = [p for p in free if p.id not in offered]
    return sorted(free, key=lambda p: p.idle_since)


def _elsewhere(board: Board, order: Order) -> bool:
    call = board.calls.get(order.call)
    return call is not None and call.state in ("talking", "transferred") and call.position != order.position


def candidates(board: Board, call: Call, free: list[Position], world: World) -> list[Position]:
    """Those of `free` that this call may ring at now, the best first."""
    own = spec_of(world, call.queue).skills
    asked = [set(own), *(set(spec.skills) for spec in world.queues if spec.id in call.overflow)]

    def fits(seat: Position) -> bool:
        return any(skills.issubset(seat.skills) for skills in asked)

    on_duty = [p for p in board.positions.values() if p.on_duty]
    if ANYBODY not in call.overflow and any(fits(seat) for seat in on_duty):
        free = [seat for seat in free if fits(seat)]
    at_rest = [seat for seat in free if not seat.wrapping]
    if not at_rest and _yield_to(call, world):
        at_rest = free
    tried = {name: number for number, name in enumerate(call.offered_before)}
    return sorted(at_rest, key=lambda p: (tried.get(p.id, -1), not set(own).issubset(p.skills), p.idle_since))


def _yield_to(call: Call, world: World) -> bool:
    """Whether it may ring at a position in wrap-up."""
    return WRAP_UP in call.overflow or not world.policy.wrap_up_yields_after


# -- ringing
def _offer_to(board: Board, call: Call, free: list[Position], now: float, world: World) -> Decision:
    seats = candidates(board, call, free, world)
    if not seats:
        return
    if spec_of(world, call.queue).ring != RING_ALL:
        seats = seats[:1]
    yield _ringing(call, seats, now, now + world.policy.offer_for)
    yield from _ring(seats, now, world)


def _ringing(call: Call, seats: list[Position], now: float, until: float) -> ev.CallOffered:
    names = tuple(seat.id for seat in seats)
    everywhere = names if len(names) > 1 else ()
    return ev.CallOffered(at=now, call=call.id, position=names[0], until=until, positions=everywhere)


def _ring(seats: list[Position], now: float, world: World) -> Decision:
    for seat in seats:
        if seat.media == "phone":  # a browser rings by itself, from the feed
            yield ev.OrderIssued(at=now, do="ring", position=seat.id, expires=now + world.policy.order_for)


def offer_waiting(board: Board, now: float, world: World) -> Decision:
    """Somebody became free: the calls that ring nowhere are offered in order, and what rings everywhere rings there
    too."""
    free = free_positions(board)
    if not free:
        return
    silent = [call for call in waiting(board) if not call.offered_to]
    if all(seat.wrapping for seat in free):  # of a thousand that wait, only those that they yield to are put in order
        silent = [call for call in silent if _yield_to(call, world)]
    for call in in_order(silent, now, world):
        if not free:
            return
        yield from _offer_to(board, call, free, now, world)
        taken = board.calls[call.id].offered_all
        free = [seat for seat in free if seat.id not in taken]
    for call in waiting(board):
        if free and call.offered_to and spec_of(world, call.queue).ring == RING_ALL:
            joining = candidates(board, call, free, world)
            if joining:
                there = [board.positions[name] for name in call.offered_all]
                yield _ringing(call, there + joining, now, _until(board, call))
                yield from _ring(joining, now, world)
                free = [seat for seat in free if seat not in joining]


def _until(board: Board, call: Call) -> float:
    deadline = board.deadlines.get(f"offer:{call.id}")
    return deadline.due if deadline else 0.0


def withdraw_offers(board: Board, seat: Position, now: float, world: World) -> Decision:
    """Nothing rings at this seat any more; what rang only there rings elsewhere."""
    for call in [one for one in waiting(board) if seat.id in one.offered_all]:
        others = [board.positions[name] for name in call.offered_all if name != seat.id and name in board.positions]
        if others:
            yield _ringing(call, others, now, _until(board, call))
        else:
            yield queued(board, call, now, world)
    yield from offer_waiting(board, now, world)


def _offer_expired(board: Board, about: str, now: float, world: World) -> Decision:
    yield queued(board, board.calls[about], now, world)
    yield from offer_waiting(board, now, world)


# -- back to the queue, and from one to another
def wait_again(board: Board, call: Call, now: float, world: World) -> Decision:
    """A caller who was heard already waits again, and everybody is told: the call-taker's audio broke, or nobody is
    with a transferred caller any more."""
    yield queued(board, call, now, world)
    caller = call.caller or text("alarm.no-number")
    said = text("alarm.audio-broke", position=call.position, caller=caller)
    if call.state == "transferred":
        said = text("alarm.transfer-broke", caller=caller)
    yield ev.AlarmRaised(at=now, alarm=f"audio-{call.id}", level="critical", text=said, call=call.id)
    yield from offer_waiting(board, now, world)


def _taken(board: Board, e: ev.CallAccepted | ev.CallBridged, now: float, world: World) -> Decision:
    """A position has a call: what rang there rings elsewhere, and where that call rang others may."""
    seat = board.positions.get(e.position)
    yield from withdraw_offers(board, seat, now, world) if seat else offer_waiting(board, now, world)


def _freed(board: Board, e: ev.Event, now: float, world: World) -> Decision:
    yield from offer_waiting(board, now, world)


def _relocated(board: Board, e: ev.LocationChosen, now: float, world: World) -> Decision:
    """A waiting call whose place turned out to be another queue's goes there; once, and not while it rings."""
    call = board.calls[e.call]
    if call.state != "queued" or not call.queue or call.answered or call.moved or call.test:
        return
    if call.offered_to and now - call.received > _SETTLES:
        return
    queue = queue_of(call, world)
    if queue != call.queue:
        yield queued(board, call, now, world, queue, moved=True)
        yield from offer_waiting(board, now, world)


DEADLINES = {"offer": _offer_expired}
FOLLOWS = {
    ev.CallAccepted: _taken,
    ev.CallBridged: _taken,
    ev.CallTakenOver: _taken,
    ev.CallPlaced: _taken,
    ev.PositionJoined: _taken,
    ev.CallTransferred: _freed,
    ev.PositionParted: _freed,
    ev.MsdReceived: _freed,  # it may say that the call is a test
    ev.LocationChosen: _relocated,
}
