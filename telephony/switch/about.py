"""What an INVITE says beyond the call itself, as facts for the room. Pure."""

from __future__ import annotations

from dispatch import events as ev
from routing.text import text
from telephony.messages.sip import Invite

MAX_REFERENCES = 10


def facts_about(call: str, invite: Invite, now: float) -> list[ev.Event]:
    """Its places, addresses and additional data, where more of them can be asked for, and what could not be used."""
    made: list[ev.Event] = [ev.LocationReceived(at=now, call=call, location=place) for place in invite.locations]
    made += [ev.CivicReceived(at=now, call=call, parts=c.parts, text=c.text, method=c.method) for c in invite.civic]
    made += [ev.LocationReferenced(at=now, call=call, uri=uri) for uri in invite.references[:MAX_REFERENCES]]
    for block in invite.additional:
        if block.fields:
            made.append(ev.AdditionalDataReceived(at=now, call=call, kind=block.kind, data=block.fields))
        if block.reference:
            made.append(ev.LocationReferenced(at=now, call=call, uri=block.reference, kind=block.kind))
    return made + [
        ev.DiscrepancyNoted(at=now, about=call, what=text("discrepancy.in-message", detail=detail))
        for detail in invite.discrepancies
    ]
