"""Callers who write: real-time text in a call (RFC 4103), messages in a call, and messages without one. Pure.

Somebody who sends a MESSAGE without a call (RFC 3428) opens a session, which is a call without sound: it is up at
once, waits in the same queues, is offered to the same positions and is ended the same way. Later messages of the same
sender belong to it, until nobody has written a line for `text_idle` seconds.
"""

from __future__ import annotations

from dispatch import events as ev
from routing.text import text
from telephony.messages.sip import TextMessage
from telephony.switch.actions import Actions, Leg, Tell, Write
from telephony.switch.announcements import FULL, TESTED
from telephony.switch.legs import Switch
from telephony.switch.t140 import Typed

MOST = 200
"""Sessions at once; lines of those who call stay free."""


def begins(switch: Switch, message: TextMessage) -> bool:
    """Whether this MESSAGE opens a session."""
    said = bool(message.text.strip() and message.sender)
    return said and switch.writer(message.sender) is None and switch.writers < MOST


def messaged(switch: Switch, fresh: str, source: str, via: str, message: TextMessage, raw: str, now: float) -> Actions:
    """A MESSAGE outside of calls. `fresh`: the id for a new session; `via`: host and port where an answer goes."""
    sender = message.sender
    if not message.text.strip() or not sender:
        return []  # "is typing", delivered: nothing that a person said
    leg = switch.writer(sender)
    do: Actions = []
    if leg is None:
        if switch.writers >= MOST:
            return [Write("", FULL, sender, via)]
        do += switch.came(fresh, message, source, raw, now, media="text")
        leg = switch.legs[fresh]
        leg.silent, leg.text, leg.answered = True, False, True
        switch.remember_writer(leg, sender)
        do += switch.up(fresh, now)
    leg.via = via
    leg.idle_at = now + switch.rules.text_idle
    do.append(Tell(ev.TextReceived(at=now, call=leg.id, text=message.text, via="message")))
    return [*do, Write(leg.id, TESTED, sender, via)] if leg.test else do


def said(switch: Switch, leg_id: str, text: str, now: float) -> Actions:
    """A MESSAGE within a call."""
    leg = switch.caller(leg_id)
    if leg is None or not text.strip():
        return []
    return [Tell(ev.TextReceived(at=now, call=leg.id, text=text, via="message"))]


def typed(switch: Switch, leg_id: str, characters: str, now: float) -> Actions:
    """Real-time text within a call."""
    leg = switch.caller(leg_id)
    if leg is None:
        return []
    if leg.typed is None:
        leg.typed = Typed()
    return lines(leg, leg.typed.add(characters, now), now)


def lines(leg: Leg, told: list[str], now: float) -> Actions:
    return [Tell(ev.TextReceived(at=now, call=leg.id, text=line, via="rtt")) for line in told]


def look(switch: Switch, now: float) -> Actions:
    """Called a few times a second: what was typed and is due, the announcement for those who only write, sessions in
    which nobody writes any more."""
    do: Actions = []
    for leg in list(switch.legs.values()):
        if leg.typed is not None:
            do += lines(leg, leg.typed.due(now), now)
        if leg.kind != "caller":
            continue
        if leg.silent and leg.up and not leg.announced and not leg.test and now >= leg.announce_at:
            do += switch.announced(leg, now)
        if now >= leg.idle_at:
            do += switch.hang_up(leg, text("why.no-line-written", seconds=round(switch.rules.text_idle)), now)
    return do


def write(switch: Switch, leg: Leg, text: str, now: float) -> Actions:
    """A line to the caller."""
    if leg.sender:
        leg.idle_at = now + switch.rules.text_idle
    return [Write(leg.id, text, leg.sender, leg.via)]
