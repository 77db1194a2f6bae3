"""What is said to people about an alert between centres: why it was sent, in short, and as an alarm. Pure."""

from __future__ import annotations

from dispatch import events as ev
from dispatch.board import Board
from dispatch.records import Alert
from dispatch.world import World
from routing.text import Param, Text, text


def why(alert: Alert, whose: str) -> Text | None:
    """Why a centre is told. `whose` area, border and units it is about, to the reader: yours or ours."""
    return text(f"alert-why.{alert.why}-{whose}", metres=round(alert.metres)) if alert.why else None


def short_text(board: Board, alert: Alert, world: World) -> Text:
    """For SMS and WhatsApp."""
    incident = board.incidents[alert.incident]
    if alert.state != "open":
        return text("notice.alert-over", centre=world.called, incident=alert.incident)
    place = incident.location
    at = f"{place.lat:.5f},{place.lon:.5f}" if place else ""
    asks = text("notice.alert-asks", units=alert.asks) if alert.asks else ""
    parts = (incident.type, incident.address, at, why(alert, "yours") or "", asks)
    about = tuple(part for part in parts if part)
    return text("notice.alert", centre=world.called, incident=alert.incident, about=about)


def alarm_of_received(alert: Alert, now: float, world: World) -> ev.AlarmRaised:
    centre = world.centres.get(alert.centre)
    name = centre.name if centre else alert.centre
    kind = ", ".join(part for part in (alert.type, alert.address) if part) or alert.theirs
    if alert.state != "open":
        return ev.AlarmRaised(
            at=now,
            alarm=f"alert-{alert.id}",
            level="warning",
            text=text("alarm.alert-over", centre=name, theirs=alert.theirs, kind=kind),
            incident=alert.incident,
            alert=alert.id,
        )
    known: dict[str, Param] = {"centre": name, "kind": kind, "why": why(alert, "ours") or text("alert-why.told")}
    known |= {"units": alert.asks} if alert.asks else {}
    return ev.AlarmRaised(
        at=now,
        alarm=f"alert-{alert.id}",
        level="critical",
        text=text("alarm.alert-received-asking" if alert.asks else "alarm.alert-received", **known),
        incident=alert.incident,
        alert=alert.id,
    )
