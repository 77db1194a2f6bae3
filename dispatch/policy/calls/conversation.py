"""Policy for what is done within a call: hold, parties, transfer, take-over, supervision, keys, text, calls of ours.

The rule behind all of it: the caller is kept. Whoever leaves leaves the caller with somebody who is there; a transfer
that fails, and a party that hangs up, bring the caller back to the head of the queue. Pure.

    state         begins with                            ends with
    talking       CallBridged                            CallTransferred, PartyDialled (blind), CallEnded, CallParted
    transferred   CallTransferred, PartyDialled (blind)  CallTakenOver, CallParted (then it is queued), CallEnded
"""

from __future__ import annotations

import re

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.commands import Actor
from dispatch.exchange.handover import NOTHING, Carried, carried_for, reference_to
from dispatch.inputs import Decision, Refused
from dispatch.policy.calls.positions import own_seat
from dispatch.policy.places.location_link import by_link
from dispatch.policy.queues.distribution import wait_again
from dispatch.records import Call, Member, Position
from dispatch.states import OrderKind, OrderMode, Via
from dispatch.world import World
from routing.city.contacts import Contact
from routing.text import text

_PLACED_FOR = 90.0
"""Seconds an order to call somebody stands: the telephone rings for some of them."""
PSAP_CALLBACK = {"Priority": "psap-callback"}
"""RFC 7090: so that the networks let us through, also to a telephone that forwards or refuses calls."""


# -- what must be so
def _order(
    now: float, world: World, actor: Actor, do: OrderKind, call: str, *, position: str = "", party: str = "",
    mode: OrderMode = "", uri: str = "", carried: Carried = NOTHING, sounds: tuple[str, ...] = (), text: str = "",
) -> ev.OrderIssued:  # fmt: skip
    return ev.OrderIssued(
        at=now, expires=now + world.policy.order_for, by=actor.user, do=do, call=call, position=position, party=party,
        mode=mode, uri=uri, headers=carried.headers, body=carried.body, body_type=carried.body_type, sounds=sounds,
        text=text,
    )  # fmt: skip


def _talking(board: Board, name: str, actor: Actor) -> Call:
    """A call that this person is talking in."""
    call = board.calls.get(name)
    if call is None or call.state != "talking":
        raise Refused("refused.not-talking")
    own_seat(board, call.position, actor)
    return call


def _free_seat(board: Board, name: str, actor: Actor) -> Position:
    seat = own_seat(board, name, actor)
    if seat.call:
        raise Refused("refused.end-current-call")
    if not seat.leg:
        raise Refused("refused.no-audio")
    return seat


def _party(call: Call, name: str) -> Member:
    found = next((m for m in call.members if m.kind == "party" and m.id == name), None)
    if found is None:
        raise Refused("refused.party-gone")
    return found


def _target(text: str, world: World) -> tuple[str, str, Contact | None]:
    """(SIP URI, name for people, the contact) of a contact's id or address, or of a number that may be dialled."""
    asked = text.strip()
    digits = re.sub(r"[\s().-]", "", asked)
    known = (one for one in world.contacts.values() if one.number in (asked, digits))
    contact = world.contacts.get(asked) or next(known, None)
    if contact and contact.number.startswith(("sip:", "sips:")):
        return contact.number, contact.name, contact
    if contact is None and (refusal := world.dialling.why_not(asked)):
        raise Refused(refusal)
    if not world.outbound:
        raise Refused("refused.no-calls-out")
    number = re.sub(r"[\s().-]", "", contact.number) if contact else digits
    return world.outbound.replace("{number}", number), contact.name if contact else number, contact


# -- within a call
def _hold(board: Board, c: cmd.Hold, actor: Actor, now: float, world: World) -> Decision:
    call = _talking(board, c.call, actor)
    yield _order(now, world, actor, do="mode", call=call.id, mode="held" if c.held else "talk")


def _mute(board: Board, c: cmd.Mute, actor: Actor, now: float, world: World) -> Decision:
    seat = own_seat(board, c.position, actor)
    if not seat.call or seat.mode not in ("talk", "muted"):
        raise Refused("refused.you-do-not-talk")
    mode: OrderMode = "muted" if c.muted else "talk"
    yield _order(now, world, actor, do="mode", call=seat.call, position=seat.id, mode=mode)


def _add_party(board: Board, c: cmd.AddParty, actor: Actor, now: float, world: World) -> Decision:
    call = _talking(board, c.call, actor)
    if call.media == "text":
        raise Refused("refused.text-call-has-no-voice")
    uri, label, contact = _target(c.to, world)
    seat, party = call.position, f"A{board.counter('parties') + 1}"
    yield ev.PartyDialled(at=now, call=call.id, party=party, uri=uri, label=label, by=actor.user, blind=c.blind)
    carried = NOTHING
    if contact and contact.receives:
        given = reference_to(board, call.id, party, contact, now, world)
        yield given
        carried = carried_for(board, given, world)
    yield _order(now, world, actor, do="dial", call=call.id, party=party, uri=uri, carried=carried)
    if c.blind:
        yield from _out_of_it(call, seat, actor, now, world)


def _out_of_it(call: Call, seat: str, actor: Actor, now: float, world: World) -> Decision:
    if call.held:
        yield _order(now, world, actor, do="mode", call=call.id, mode="talk")
    yield _order(now, world, actor, do="leave", call=call.id, position=seat)


def _drop_party(board: Board, c: cmd.DropParty, actor: Actor, now: float, world: World) -> Decision:
    call = _talking(board, c.call, actor)
    yield _order(now, world, actor, do="hangup", call=call.id, party=_party(call, c.party).id)


def _set_party_mode(board: Board, c: cmd.SetPartyMode, actor: Actor, now: float, world: World) -> Decision:
    call = _talking(board, c.call, actor)
    yield _order(now, world, actor, do="mode", call=call.id, party=_party(call, c.party).id, mode=c.mode)


def _transfer(board: Board, c: cmd.Transfer, actor: Actor, now: float, world: World) -> Decision:
    call = _talking(board, c.call, actor)
    party, seat = _party(call, c.party), call.position
    if party.mode == "dialling":
        raise Refused("refused.party-not-answered", party=party.label)
    if party.mode != "talk":
        yield _order(now, world, actor, do="mode", call=call.id, party=party.id, mode="talk")
    yield ev.CallTransferred(at=now, call=call.id, party=party.id, by=actor.user)
    yield from _out_of_it(call, seat, actor, now, world)


def _send_digits(board: Board, c: cmd.SendDigits, actor: Actor, now: float, world: World) -> Decision:
    call = _talking(board, c.call, actor)
    party = _party(call, c.party).id if c.party else ""
    yield _order(now, world, actor, do="dtmf", call=call.id, party=party, text=c.digits)


def _send_text(board: Board, c: cmd.SendText, actor: Actor, now: float, world: World) -> Decision:
    if by_link(board, c.call):  # also when the call has ended: the page is still open
        yield ev.TextSent(at=now, call=c.call, text=c.text, via="link", by=actor.user)
        return
    call = _talking(board, c.call, actor)
    yield _order(now, world, actor, do="text", call=call.id, text=c.text)


def _prompt(board: Board, c: cmd.Prompt, actor: Actor, now: float, world: World) -> Decision:
    call = _talking(board, c.call, actor)
    yield _order(now, world, actor, do="play", call=call.id, sounds=(c.sound,))


# -- from one person to another
def _take_over(board: Board, c: cmd.TakeOver, actor: Actor, now: float, world: World) -> Decision:
    call = board.calls.get(c.call)
    seat = own_seat(board, c.position, actor)
    if call is None or call.state not in ("talking", "transferred"):
        raise Refused("refused.call-not-in-progress")
    if call.position == seat.id:
        raise Refused("refused.call-is-yours")
    if seat.call != call.id:  # a supervisor who listens may take it over
        _free_seat(board, c.position, actor)
    yield _order(now, world, actor, do="connect", call=call.id, position=seat.id, mode="talk")


def _supervise(board: Board, c: cmd.Supervise, actor: Actor, now: float, world: World) -> Decision:
    call, seat = board.calls.get(c.call), own_seat(board, c.position, actor)
    if call is None or call.state not in ("talking", "transferred") or call.position == seat.id:
        raise Refused("refused.only-others-calls")
    if seat.call != call.id:
        _free_seat(board, c.position, actor)
    mode = "barge" if c.mode == "talk" else c.mode
    yield _order(now, world, actor, do="connect", call=call.id, position=seat.id, mode=mode)


def _leave_call(board: Board, c: cmd.LeaveCall, actor: Actor, now: float, world: World) -> Decision:
    seat = own_seat(board, c.position, actor)
    call = board.calls.get(seat.call)
    if call is None or call.position == seat.id:
        raise Refused("refused.joined-nothing")
    yield _order(now, world, actor, do="leave", call=call.id, position=seat.id)


# -- calls of ours
def _call_back(board: Board, c: cmd.CallBack, actor: Actor, now: float, world: World) -> Decision:
    known = board.callbacks.get(c.call) or board.calls.get(c.call)
    if known is None or not known.caller:
        raise Refused("refused.number-unknown")
    for other in board.calls.values():
        if other.callback_of and other.caller == known.caller and other.state != "ended":
            raise Refused("refused.called-back-already", user=other.user)
    seat = _free_seat(board, c.position, actor)
    if refusal := world.dialling.why_not(known.caller):  # also where a contact is called so: it is what a caller said
        raise Refused(refusal)
    uri, _, _ = _target(known.caller, world)
    about = board.calls.get(c.call)
    incident = about.incident if about else ""
    incident = incident if incident in board.incidents else ""
    yield from _placed(
        board, uri, seat, actor, now, PSAP_CALLBACK, number=known.caller, callback_of=c.call, incident=incident
    )


def _place_call(board: Board, c: cmd.PlaceCall, actor: Actor, now: float, world: World) -> Decision:
    if c.incident and c.incident not in board.incidents:
        raise Refused("refused.incident-gone", incident=c.incident)
    seat = _free_seat(board, c.position, actor)
    uri, label, _ = _target(c.to, world)
    yield from _placed(board, uri, seat, actor, now, {}, number=label, incident=c.incident)


def _placed(
    board: Board, uri: str, seat: Position, actor: Actor, now: float, headers: dict[str, str], *, number: str,
    incident: str, callback_of: str = "",
) -> Decision:  # fmt: skip
    name = f"P-{board.counter('placed') + 1:05d}"
    yield ev.CallPlaced(
        at=now, call=name, to=uri, position=seat.id, by=actor.user, number=number, incident=incident,
        callback_of=callback_of,
    )  # fmt: skip
    yield ev.OrderIssued(
        at=now, do="place", expires=now + _PLACED_FOR, call=name, position=seat.id, uri=uri, headers=headers,
        by=actor.user,
    )  # fmt: skip


# -- what the switch reports
def taken_over(board: Board, e: ev.CallBridged) -> Decision:
    """Another position has the call now; says so before it is so."""
    call, seat = board.calls[e.call], board.positions.get(e.position)
    if seat and call.state in ("talking", "transferred") and call.position != seat.id:
        yield ev.CallTakenOver(at=e.at, call=call.id, position=seat.id, by=seat.user, before=call.position)


def not_dialled(board: Board, call: Call, party: str, now: float, world: World) -> Decision:
    """The switch never called this party; a caller who was to be left with it has nobody."""
    if not any(m.id == party and m.mode == "dialling" for m in call.members):
        return
    yield ev.PartyLeft(at=now, call=call.id, party=party, why=text("why.not-dialled"))
    call = board.calls[call.id]
    if call.state == "transferred" and not any(m.kind == "party" or m.mode in ("talk", "muted") for m in call.members):
        yield from wait_again(board, call, now, world)


def order_done(board: Board, e: ev.OrderDone, now: float, world: World) -> Decision:
    order = board.orders.get(str(e.order))
    yield e
    if order is None or order.call not in board.calls:
        return
    if order.do == "dtmf":
        yield ev.DtmfSent(at=now, call=order.call, digits=order.text, by=order.by, party=order.party)
    elif order.do == "text":
        call = board.calls[order.call]
        usual: Via = "rtt" if "text" in call.media else "message"
        via = next((line.via for line in reversed(call.lines) if not line.by), usual)
        yield ev.TextSent(at=now, call=order.call, text=order.text, via=via, by=order.by)


COMMANDS = {
    cmd.Hold: _hold,
    cmd.Mute: _mute,
    cmd.AddParty: _add_party,
    cmd.DropParty: _drop_party,
    cmd.SetPartyMode: _set_party_mode,
    cmd.Transfer: _transfer,
    cmd.SendDigits: _send_digits,
    cmd.SendText: _send_text,
    cmd.Prompt: _prompt,
    cmd.TakeOver: _take_over,
    cmd.Supervise: _supervise,
    cmd.LeaveCall: _leave_call,
    cmd.CallBack: _call_back,
    cmd.PlaceCall: _place_call,
}
REPORTS = {ev.OrderDone: order_done}
