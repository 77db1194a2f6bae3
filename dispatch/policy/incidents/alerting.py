"""What centres say to each other about an incident: bodies of alerts and answers, sentences for people. Pure.

An alert is the incident's EIDO, so that any receiver of EIDOs can show it; the member `siaga` has what that standard
has no word for: which alert it is, its version, why it is sent, and which units are asked for.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from dispatch import events as ev
from dispatch.board import Board
from dispatch.exchange.eido import eido
from dispatch.inputs import World
from dispatch.records import Alert
from routing.recommendation import words
from routing.recommendation.words import Said

YOURS, OURS = Said("Anda", "your"), Said("kita", "our")
ANSWERS = {
    "send": Said("mereka mengirim unit", "they send units"),
    "take": Said("mereka mengambil alih", "they take it"),
    "keep": Said("tetap ditangani kita", "we keep it"),
    "not_ours": Said("bukan wilayah mereka", "it is not theirs"),
}


def alert_body(board: Board, alert: Alert, now: float, world: World) -> dict[str, Any]:
    """JSON-ready, as things are now. Raises KeyError when the incident is no longer on the board."""
    made = eido(board, alert.incident, now, world, world.called)
    asks = f" Diminta / asked for: {', '.join(alert.asks)}." if alert.asks else ""
    name = f"{made['$id']}/alert"
    note = {"$id": name, "lastUpdateTimeStamp": made["lastUpdateTimeStamp"]}
    note["updatedByAgencyReference"] = made["updatedByAgencyReference"]
    said = why(alert, YOURS)
    note["notesActionComments"] = f"{world.called}: {said.id} / {said.en}.{asks}"
    made.setdefault("notesComponent", []).append(note)
    made["incidentComponent"]["notesReference"].append({"$ref": name})
    told = {"alert": alert.wire, "version": alert.version, "state": alert.state, "why": alert.why}
    told["address"] = board.incidents[alert.incident].address
    return {**made, "siaga": {**told, "metres": alert.metres, "asks": list(alert.asks)}}


def answer_body(alert: Alert) -> dict[str, Any]:
    """JSON-ready: our answer to an alert that we received."""
    units = [{"id": one.id, "state": one.state} for one in alert.units]
    said = {"answer": alert.answer, "version": alert.answer_version, "units": units}
    return {**said, "text": alert.text, "by": alert.answered_by}


def body_of(board: Board, name: str, now: float, world: World) -> tuple[str, dict[str, Any]]:
    """(path below the centre's address, body) of what alert `name` has to tell. Raises KeyError."""
    alert = board.alerts[name]
    if alert.direction == "in":
        return f"/{quote(alert.wire, safe='')}/answer", answer_body(alert)
    return "", alert_body(board, alert, now, world)


def why(alert: Alert, whose: Said) -> Said:
    """Why a centre is told: `whose` area it is about, theirs or ours."""
    way = words.distance(alert.metres)
    return {
        "across": Said(f"di wilayah {whose.id}", f"in {whose.en} area"),
        "unsure": Said("penelepon dapat berada di kedua sisi batas", "the caller may be on either side of the border"),
        "near": Said(f"{way.id} dari batas wilayah {whose.id}", f"{way.en} from {whose.en} border"),
        "asked": Said(f"unit {whose.id} diminta", f"{whose.en} units are asked for"),
    }.get(alert.why, Said("", ""))


def sentence(alert: Alert, world: World) -> Said:
    """What a neighbour answered, to people here."""
    said = ANSWERS.get(alert.answer, Said("", ""))
    centre = world.centres.get(alert.centre)
    name = centre.name if centre else alert.centre
    return Said(f"{name}: {said.id}", f"{name}: {said.en}")


def short_text(board: Board, alert: Alert, world: World) -> str:
    """For SMS and WhatsApp, in Bahasa Indonesia."""
    incident = board.incidents[alert.incident]
    if alert.state != "open":
        return f"112 {world.called}: {alert.incident} tidak lagi menyangkut Anda."
    place = incident.location
    at = f"{place.lat:.5f},{place.lon:.5f}" if place else ""
    asks = f"minta {', '.join(alert.asks)}" if alert.asks else ""
    parts = (incident.type, incident.address, at, why(alert, YOURS).id, asks)
    return f"112 {world.called} {alert.incident}: {', '.join(part for part in parts if part)}"[:300]


def alarm_of_received(alert: Alert, now: float, world: World) -> ev.AlarmRaised:
    centre = world.centres.get(alert.centre)
    name = centre.name if centre else alert.centre
    kind = ", ".join(part for part in (alert.type, alert.address) if part) or alert.theirs
    if alert.state != "open":
        return ev.AlarmRaised(
            at=now,
            alarm=f"alert-{alert.id}",
            level="warning",
            text_id=f"{name}: kejadian mereka {alert.theirs} ({kind}) sudah selesai atau dicabut. Periksa unit kita.",
            text_en=f"{name}: their incident {alert.theirs} ({kind}) is over or withdrawn. Look after our units.",
            incident=alert.incident,
        )
    asks = f" Diminta: {', '.join(alert.asks)}." if alert.asks else ""
    asked = f" Asked for: {', '.join(alert.asks)}." if alert.asks else ""
    said = why(alert, OURS)
    return ev.AlarmRaised(
        at=now,
        alarm=f"alert-{alert.id}",
        level="critical",
        text_id=f"{name} memberi tahu: {kind} ({said.id}).{asks} Jawab, atau buka kejadian.",
        text_en=f"{name} tells us: {kind} ({said.en}).{asked} Answer, or open an incident.",
        incident=alert.incident,
    )
