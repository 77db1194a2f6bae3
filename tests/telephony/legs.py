"""What the stories about the pure switch share."""

from __future__ import annotations

from telephony.messages.sip import Invite
from telephony.room.wire import OrderMessage
from telephony.switch import actions as do
from telephony.switch.legs import Switch

NOW = 1000.0
CALL = Invite(method="INVITE", target="urn:service:sos", called="urn:service:sos", service="sos", caller="+62811")


def a_switch(**rules) -> Switch:
    return Switch("b1", do.Rules(**rules))


def with_seat(switch: Switch, leg: str = "s1", position: str = "P1", now: float = NOW) -> Switch:
    switch.position_in(leg, position, "sari", now)
    switch.up(leg, now)
    return switch


def told(actions: do.Actions, kind: type) -> list:
    return [a.event for a in actions if isinstance(a, do.Tell) and isinstance(a.event, kind)]


def heard(actions: do.Actions) -> set[tuple[str, str]]:
    """(listener, speaker) of what begins to be heard."""
    return {(a.listener, a.speaker) for a in actions if isinstance(a, do.Hear)}


def both(a: str, b: str) -> set[tuple[str, str]]:
    return {(a, b), (b, a)}


ANNOUNCED = do.Play("c1", ("announcement",), loop=True)


def connect(number: int = 1, call: str = "c1", position: str = "P1", **more) -> OrderMessage:
    return OrderMessage(number=number, do="connect", call=call, position=position, **more)
