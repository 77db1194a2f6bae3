"""What a vehicle that calls sends of itself (eCall, RFC 8147), as facts, and what it is told in return. Pure.

The data comes with the INVITE, and in INFO when a call-taker asks for it anew. With the INVITE it is acknowledged in
the 200, else by INFO. Data that cannot be read is acknowledged as not received, and the call is a call all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dispatch import events as ev
from dispatch.calldata import Msd
from routing.location import Location, Malformed, make_location
from routing.text import text
from telephony.messages import ecall
from telephony.switch.actions import Actions, Inform, Leg, Tell

if TYPE_CHECKING:
    from telephony.switch.legs import Switch

PACKAGE = "EmergencyCallData.eCall.MSD"
_TRUSTED, _UNTRUSTED = 150.0, 1000.0
"""Metres: within the first with 95 % when the vehicle says that its position can be trusted (EN 15722); else we show
that we do not know."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an MSD: `msd`, or `why` it is none. `ref`: its Content-ID, which the answer names."""

    msd: Msd | None = None
    why: str = ""
    ref: str = ""


def read(data: bytes, ref: str) -> Found:
    """About a tenth of a millisecond when ecall.prepare has been called, and half a second when not."""
    try:
        return Found(msd=ecall.read_msd(data), ref=ref)
    except ecall.MalformedBody as wrong:
        return Found(why=str(wrong), ref=ref)


def facts(call: str, found: Found, raw: str, now: float) -> Actions:
    """`raw`: digest of the message it came in."""
    if found.msd is None:
        what = text("discrepancy.vehicle-data", detail=found.why[:250])
        return [Tell(ev.DiscrepancyNoted(at=now, about=call, what=what))]
    do: Actions = [Tell(ev.MsdReceived(at=now, call=call, msd=found.msd, raw=raw, test=found.msd.test))]
    place = place_of(found.msd)
    return do + ([Tell(ev.LocationReceived(at=now, call=call, location=place))] if place else [])


def place_of(msd: Msd) -> Location | None:
    if msd.lat is None or msd.lon is None:
        return None
    radius, flags = (_TRUSTED, ()) if msd.trusted else (_UNTRUSTED, ("untrusted",))
    known = {"lat": msd.lat, "lon": msd.lon, "radius": radius, "shape": "Circle", "at": msd.at, "flags": flags}
    try:
        return make_location(**known, source="ecall", method="GNSS")
    except Malformed:
        return None


def arrived(switch: Switch, leg_id: str, found: Found, raw: str, now: float) -> Actions:
    """By INFO; or read only after the call was told of."""
    leg = switch.caller(leg_id)
    if leg is None:
        return []
    do = facts(leg_id, found, raw, now)
    acknowledge(leg, found)
    if leg.answered:
        do.append(Inform(leg.id, leg.ack, ecall.CONTROL_TYPE, in_info(leg.id)))
    return do


def acknowledge(leg: Leg, found: Found) -> None:
    """With the answer to the call."""
    leg.ack = ecall.ack_body(found.ref, found.msd is not None)


def asked(leg: Leg) -> Inform:
    return Inform(leg.id, ecall.request_body(), ecall.CONTROL_TYPE, in_info(leg.id))


def in_answer(leg: str) -> dict[str, str]:
    """Headers of the 200: the control document, and that the vehicle may send INFO (RFC 6086, Recv-Info)."""
    return {"Recv-Info": PACKAGE, **_naming(leg)}


def in_info(leg: str) -> dict[str, str]:
    return {"Info-Package": PACKAGE, "Content-Disposition": "Info-Package", **_naming(leg)}


def _naming(leg: str) -> dict[str, str]:
    name = f"control-{leg}@siaga112"
    return {"Call-Info": f"<cid:{name}>;purpose=EmergencyCallData.Control", "Content-ID": f"<{name}>"}
