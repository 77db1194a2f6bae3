"""Policy of overflow: who is asked when a call waits too long, up to telephones elsewhere and another centre. Pure.

A phone has one call of ours at a time, the alternate centre some. Of the calls that have come so far the first in order
is dialled first; one that nobody answers goes to the next phone. Meanwhile the call rings here as before, and whoever
answers first has it. No call is ever ended by this.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from dispatch import events as ev
from dispatch.board import Board
from dispatch.exchange.handover import NOTHING, carried_for, receives, reference_to
from dispatch.inputs import Decision
from dispatch.policy.queues.distribution import offer_waiting
from dispatch.policy.queues.queues import in_order, is_abroad, left, next_look, spec_of, waiting
from dispatch.records import Call, Member
from dispatch.world import World
from routing.city.queues import ALTERNATE, PHONES

_RESTS = 10.0
"""Seconds in which a phone that did not answer is left alone: one that refuses at once is not dialled without end."""
_AT_ALTERNATE = 30
"""Calls of ours at the alternate centre: it must not be flooded, and lines stay free for callers."""


def _due(board: Board, about: str, now: float, world: World) -> Decision:
    call = board.calls[about]
    to = tuple(step for due, step in left(call, world) if due <= now)
    following = next_look(msgspec.structs.replace(call, overflow=(*call.overflow, *to)), now, world)
    yield ev.CallOverflowed(at=now, call=call.id, to=to, next=following)
    if not call.offered_to:
        yield from offer_waiting(board, now, world)
    yield from dial_phones(board, now, world)


# -- phones and the alternate centre
def dial_phones(board: Board, now: float, world: World) -> Decision:
    """Dials the phones that are free for the calls that have come so far."""
    come = [call for call in waiting(board) if call.overflow]
    able = [call for call in come if is_abroad(call) and not _parties(call) and "audio" in call.media]
    if not able:
        return
    busy = Counter(member.uri for call in board.calls.values() for member in _parties(call))
    for call in in_order(able, now, world):
        tried = {phone: number for number, phone in enumerate(call.tried)}
        open_now = [(uri, name) for uri, name, most in _targets(call, world) if busy[uri] < most and
                    board.tables["unanswering"].get(name, 0.0) + _RESTS <= now]  # fmt: skip
        if open_now:
            uri, name = min(open_now, key=lambda target: tried.get(target[1], -1))
            busy[uri] += 1
            yield from _dial(board, call, uri, name, now, world)


def _targets(call: Call, world: World) -> list[tuple[str, str, int]]:
    """(SIP URI, label, calls at once) of whom this call has come to."""
    phones = spec_of(world, call.queue).phones if PHONES in call.overflow else ()
    found = [(_uri(phone, world), phone, 1) for phone in phones]
    if ALTERNATE in call.overflow and world.policy.alternate_centre:
        found.append((world.policy.alternate_centre, "alternate centre", _AT_ALTERNATE))
    return [target for target in found if target[0]]


def _uri(phone: str, world: World) -> str:
    """ "" while calls to numbers are not set up."""
    return phone if phone.startswith(("sip:", "sips:")) else world.outbound.replace("{number}", phone)


def _dial(board: Board, call: Call, uri: str, label: str, now: float, world: World) -> Decision:
    party = f"A{board.counter('parties') + 1}"
    yield ev.PartyDialled(at=now, call=call.id, party=party, uri=uri, label=label, by="system", phone=label)
    carried = NOTHING
    contact = receives(uri, world) or receives(label, world)
    if contact:
        given = reference_to(board, call.id, party, contact, now, world)
        yield given
        carried = carried_for(board, given, world)
    until = now + world.policy.order_for
    yield ev.OrderIssued(
        at=now, do="dial", call=call.id, party=party, uri=uri, expires=until, headers=carried.headers,
        body=carried.body, body_type=carried.body_type,
    )  # fmt: skip


def _parties(call: Call) -> list[Member]:
    return [member for member in call.members if member.kind == "party"] if call.state != "ended" else []


def _taken(board: Board, e: ev.CallAccepted | ev.CallBridged, now: float, world: World) -> Decision:
    """Somebody here has the call: the phones that ring for it need not."""
    call = board.calls[e.call]
    told = {order.party for order in board.orders.values() if order.call == call.id and order.do == "hangup"}
    for member in _parties(call):
        if member.mode != "dialling" or not member.phone or member.id in told:
            continue
        until = now + world.policy.order_for
        yield ev.OrderIssued(at=now, do="hangup", call=e.call, party=member.id, expires=until)


# -- what the switch reports
def _joined(board: Board, e: ev.PartyJoined, now: float, world: World) -> Decision:
    if board.calls[e.call].state == "queued":
        yield ev.CallTransferred(at=now, call=e.call, party=e.party, by="system")
        yield from offer_waiting(board, now, world)


def _left(board: Board, e: ev.PartyLeft | ev.CallEnded | ev.LegLost, now: float, world: World) -> Decision:
    """A phone is free again."""
    yield from dial_phones(board, now, world)


DEADLINES = {"overflow": _due}
FOLLOWS = {
    ev.CallAccepted: _taken,
    ev.CallBridged: _taken,
    ev.PartyJoined: _joined,
    ev.PartyLeft: _left,
    ev.CallEnded: _left,
    ev.LegLost: _left,
}
