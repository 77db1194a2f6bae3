"""Policy of distribution: who is offered which waiting call. Pure.

A call is offered to the position that has been idle longest; after `offer_for` seconds to the next. Any call-taker may
take any waiting call.
"""

from __future__ import annotations

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision, World
from dispatch.priority import queue_key
from dispatch.records import Call, Order, Position


def _free_positions(board: Board) -> list[Position]:
    free = [p for p in board.positions.values() if p.ready and p.leg and not p.call]
    if free and board.orders:  # who is about to take over or join somebody else's call is busy already
        going = {o.position for o in board.orders.values() if o.do == "connect" and _elsewhere(board, o)}
        free = [p for p in free if p.id not in going]
    if free:  # hundreds of calls are looked through only when somebody could take one
        offered = {call.offered_to for call in board.calls.values() if call.offered_to}
        free = [p for p in free if p.id not in offered]
    return sorted(free, key=lambda p: p.idle_since)


def _elsewhere(board: Board, order: Order) -> bool:
    call = board.calls.get(order.call)
    return bool(call) and call.state in ("talking", "transferred") and call.position != order.position


def offer(board: Board, call: Call, now: float, world: World) -> Decision:
    free = _free_positions(board)
    if not free:
        return
    fresh = [p for p in free if p.id not in call.offered_before]
    seat = (fresh or free)[0]
    yield ev.CallOffered(at=now, call=call.id, position=seat.id, until=now + world.policy.offer_for)
    if seat.media == "phone":  # a browser rings by itself, from the feed
        yield ev.OrderIssued(at=now, do="ring", position=seat.id, expires=now + world.policy.order_for)


def offer_waiting(board: Board, now: float, world: World) -> Decision:
    """Somebody became free: of the calls that ring nowhere the first in order (dispatch/priority.py) is offered."""
    if not _free_positions(board):
        return
    waiting = [c for c in board.calls.values() if c.state == "queued" and not c.offered_to and not c.test]
    for call in sorted(waiting, key=lambda c: queue_key(c, now, world.policy)):
        yield from offer(board, call, now, world)


def withdraw_offers(board: Board, seat: Position, now: float, world: World) -> Decision:
    """What rings at this seat rings elsewhere."""
    for waiting in [call for call in board.calls.values() if call.offered_to == seat.id]:
        yield ev.CallQueued(at=now, call=waiting.id, queue=waiting.queue)
    yield from offer_waiting(board, now, world)


def _offer_expired(board: Board, about: str, now: float, world: World) -> Decision:
    call = board.calls[about]
    yield ev.CallQueued(at=now, call=call.id, queue=call.queue)
    yield from offer(board, board.calls[about], now, world)


def queue_of(service: str) -> str:
    return "112" if service in ("", "sos") else service.removeprefix("sos.")


def wait_again(board: Board, call: Call, now: float, world: World, why: str) -> Decision:
    """A caller who was heard already waits again, and everybody is told."""
    yield ev.CallQueued(at=now, call=call.id, queue=queue_of(call.service))
    who_id, who_en = call.caller or "(tanpa nomor)", call.caller or "(no number)"
    yield ev.AlarmRaised(
        at=now,
        alarm=f"audio-{call.id}",
        level="critical",
        text_id=f"Suara {call.position} putus; penelepon {who_id} masih menunggu. Jawab lagi.",
        text_en=f"The audio of {call.position} broke; caller {who_en} still waits. Answer again.",
    )
    yield from offer(board, board.calls[call.id], now, world)


DEADLINES = {"offer": _offer_expired}
