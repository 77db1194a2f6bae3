"""What centres send each other about an incident: the bodies of alerts and answers.

An alert is the incident's EIDO, so that any receiver of EIDOs can show it; the member `siaga` has what that standard
has no word for: which alert it is, its version, why it is sent, and which units are asked for.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from dispatch.board import Board
from dispatch.catalogue import say
from dispatch.exchange.eido import eido
from dispatch.policy.incidents.alerting import why
from dispatch.records import Alert
from dispatch.world import World


def alert_body(board: Board, alert: Alert, now: float, world: World) -> dict[str, Any]:
    """JSON-ready, as things are now. Raises KeyError when the incident is no longer on the board."""
    made = eido(board, alert.incident, now, world, world.called)
    asks = f" Diminta / asked for: {', '.join(alert.asks)}." if alert.asks else ""
    name = f"{made['$id']}/alert"
    note = {"$id": name, "lastUpdateTimeStamp": made["lastUpdateTimeStamp"]}
    note["updatedByAgencyReference"] = made["updatedByAgencyReference"]
    about = why(alert, "yours")
    said = " / ".join(say(about, language) for language in ("id", "en")) if about else ""
    note["notesActionComments"] = f"{world.called}: {said}.{asks}"
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
