"""How the switch carries out an order of the room. Pure; the orders are explained at OrderIssued.

Each order is carried out once; a repeated one is answered as it was the first time.
"""

from __future__ import annotations

from collections.abc import Callable

from dispatch import events as ev
from routing.text import text
from telephony.room.wire import OrderMessage
from telephony.switch import texting, vehicle
from telephony.switch.actions import Action, Actions, Dial, Digits, Hangup, Inform, Leg, Play, Tell
from telephony.switch.flows import attended
from telephony.switch.legs import Switch

_KEEP = 20_000
_HEARD = 4.0
"""Seconds since the last packet within which a line carries sound; they are looked at every second."""
_NO_CALL, _NO_SEAT = text("why.no-such-call"), text("why.no-audio")
_NO_PARTY, _ELSEWHERE = text("why.no-such-party"), text("why.elsewhere")
_NOT_CONNECTED = text("why.not-connected")
_Does = Callable[[Switch, OrderMessage, float], Actions]


def carry_out(switch: Switch, order: OrderMessage, now: float) -> Actions:
    """`now` in seconds since 1970."""
    if order.id in switch.done:
        return switch.outcome(order.id, now)
    if len(switch.done) > _KEEP:
        for old in list(switch.done)[: _KEEP // 2]:
            del switch.done[old]
    if order.expires and order.expires < now:
        return switch.finish(order.id, text("why.too-late"), now)
    does = _DOES.get(order.do)
    if does is None:
        return switch.finish(order.id, text("why.unknown-order", order=order.do[:40]), now)
    return does(switch, order, now)


def _connect(switch: Switch, order: OrderMessage, now: float) -> Actions:
    caller, seat = switch.caller(order.call), switch.seat(order.position)
    if caller is None or seat is None:
        return switch.finish(order.id, _NO_SEAT if caller else _NO_CALL, now)
    if switch.is_wanted(seat, caller) or not _may_leave(switch, seat, caller.id):
        return switch.finish(order.id, _ELSEWHERE, now)
    do: Actions = []
    if seat.call not in ("", caller.id):
        told = ev.PositionParted(at=now, call=seat.call, position=seat.position)
        do = [*switch.leave(seat, now), Tell(told)]
    if order.mode not in ("", "talk"):
        return do + _join(switch, order, caller, seat, now)
    others = [m for m in switch.members(caller.id) if m is not seat and (m.kind == "position" or m.standing)]
    do += switch.settle(caller, text("why.newer-order"), now)
    caller.order = order.id
    if not caller.up:
        caller.want = seat.id
        return do + switch.answer(caller)
    do += switch.bridge(caller, seat, now)
    for other in others:  # those who only listen stay
        if other.standing:
            do += [*switch.leave(other, now), Hangup(other.id)]
        elif other.mode == "talk":
            do += [*switch.leave(other, now), Tell(_parted(caller, other, now))]
    return do


def _may_leave(switch: Switch, seat: Leg, call: str) -> bool:
    """The room knows of no call of this position; one that it left there with others, it leaves for this one."""
    return seat.call in ("", call) or attended(m for m in switch.members(seat.call) if m is not seat)


def _join(switch: Switch, order: OrderMessage, caller: Leg, seat: Leg, now: float) -> Actions:
    if not caller.up:
        return switch.finish(order.id, text("why.not-connected-yet"), now)
    mode = "talk" if order.mode == "barge" else order.mode
    if mode not in ("talk", "listen", "whisper"):
        return switch.finish(order.id, text("why.no-such-mode", mode=order.mode[:40]), now)
    if seat.call:
        seat.mode = mode
    else:
        switch.join(seat, caller.id, mode)
    told = ev.PositionJoined(at=now, call=caller.id, position=seat.position, mode=mode)
    return [*switch.reconcile(caller.id, now), Tell(told), *switch.finish(order.id, None, now)]


def _parted(caller: Leg, seat: Leg, now: float) -> ev.PositionParted:
    return ev.PositionParted(at=now, call=caller.id, position=seat.position)


def _leave(switch: Switch, order: OrderMessage, now: float) -> Actions:
    seat = switch.seat(order.position)
    if seat is None or not seat.call:
        return switch.finish(order.id, _NO_SEAT if seat is None else None, now)
    told = ev.PositionParted(at=now, call=seat.call, position=seat.position)
    return [Tell(told), *switch.leave(seat, now), *switch.finish(order.id, None, now)]


def _mode(switch: Switch, order: OrderMessage, now: float) -> Actions:
    caller = switch.caller(order.call)
    if caller is None:
        return switch.finish(order.id, _NO_CALL, now)
    found: Leg | None = caller
    if order.party:
        found = switch.party(order.call, order.party)
    elif order.position:
        found = next((m for m in switch.members(order.call) if m.position == order.position), None)
    if found is None:
        return switch.finish(order.id, _NO_PARTY if order.party else _NO_SEAT, now)
    if order.mode not in ("talk", "muted", "held", "listen", "whisper"):
        return switch.finish(order.id, text("why.no-such-mode", mode=order.mode[:40]), now)
    if order.mode == "held" and not attended(switch.members(order.call)):
        return switch.finish(order.id, text("why.nobody-left"), now)
    found.mode = order.mode
    told = ev.ModeChanged(at=now, call=caller.id, member=order.party or order.position, mode=order.mode)
    return [*switch.reconcile(caller.id, now), Tell(told), *switch.finish(order.id, None, now)]


def _dial(switch: Switch, order: OrderMessage, now: float) -> Actions:
    caller = switch.caller(order.call)
    if caller is None:
        return switch.finish(order.id, _NO_CALL, now)
    leg = switch.dialled(f"{caller.id}-{order.party}", caller.id, now, party=order.party)
    dial = Dial(leg.id, order.uri, order.headers, order.body, order.body_type)
    do = [*switch.answer(caller), *switch.finish(order.id, None, now), dial]
    return do + switch.reconcile(caller.id, now)


def _place(switch: Switch, order: OrderMessage, now: float) -> Actions:
    seat = switch.seat(order.position)
    if seat is None or seat.call or switch.is_wanted(seat):
        why = _ELSEWHERE if seat else _NO_SEAT
        # The room believes in this call already; it must hear that it is over.
        told = ev.CallEnded(at=now, call=order.call, by="failure", why=why)
        return [*switch.finish(order.id, why, now), Tell(told)]
    do = switch.placed(order.call, seat, order.id, now)
    return [*do, Dial(order.call, order.uri, order.headers, order.body, order.body_type)]


def _canary(switch: Switch, order: OrderMessage, now: float) -> Actions:
    switch.canary(order.call, now)
    return [*switch.finish(order.id, None, now), Dial(order.call, order.uri)]


def _hangup(switch: Switch, order: OrderMessage, now: float) -> Actions:
    if order.party:
        leg, missing = switch.party(order.call, order.party), _NO_PARTY
    elif order.call:
        leg, missing = switch.caller(order.call), _NO_CALL
    else:
        leg, missing = switch.seat(order.position), _NO_SEAT
    if leg and order.mode == "unheard" and now - leg.came < _HEARD:
        return switch.finish(order.id, text("why.still-heard"), now)
    done = switch.finish(order.id, None if leg else missing, now)
    return [*(switch.hang_up(leg, text("why.by-centre"), now) if leg else []), *done]


def _ring(switch: Switch, order: OrderMessage, now: float) -> Actions:
    seat = switch.seat(order.position)
    rings: Actions = [Play(seat.id, ("ring",))] if seat and not seat.call else []
    return rings + switch.finish(order.id, None if seat else _NO_SEAT, now)


def _play(switch: Switch, order: OrderMessage, now: float) -> Actions:
    caller = switch.caller(order.call)
    if caller is None or not caller.up:
        return switch.finish(order.id, _NOT_CONNECTED if caller else _NO_CALL, now)
    return [*switch.prompt(caller, order.sounds, now), *switch.finish(order.id, None, now)]


def _msd(switch: Switch, order: OrderMessage, now: float) -> Actions:
    caller = switch.caller(order.call)
    if caller is None or not caller.up or caller.sender:
        return switch.finish(order.id, text("why.vehicle-not-connected") if caller else _NO_CALL, now)
    return [vehicle.asked(caller), *switch.finish(order.id, None, now)]


def _text(switch: Switch, order: OrderMessage, now: float) -> Actions:
    caller = switch.caller(order.call)
    if caller is None or not caller.up:
        return switch.finish(order.id, _NOT_CONNECTED if caller else _NO_CALL, now)
    return [*texting.write(switch, caller, order.text, now), *switch.finish(order.id, None, now)]


def _to_line(action: Callable[[str, OrderMessage], Action]) -> _Does:
    """An order that only passes something on to the caller's line, or a party's."""

    def does(switch: Switch, order: OrderMessage, now: float) -> Actions:
        leg = switch.party(order.call, order.party) if order.party else switch.caller(order.call)
        if leg is None or not leg.up:
            why = text("why.line-not-connected") if leg else _NO_PARTY if order.party else _NO_CALL
            return switch.finish(order.id, why, now)
        return [action(leg.id, order), *switch.finish(order.id, None, now)]

    return does


_DOES: dict[str, _Does] = {
    "connect": _connect,
    "mode": _mode,
    "leave": _leave,
    "dial": _dial,
    "place": _place,
    "canary": _canary,
    "hangup": _hangup,
    "ring": _ring,
    "play": _play,
    "dtmf": _to_line(lambda leg, order: Digits(leg, order.text)),
    "text": _text,
    "msd": _msd,
    "inform": _to_line(lambda leg, order: Inform(leg, order.body, order.body_type, order.headers)),
}
