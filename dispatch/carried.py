"""What an INVITE of ours takes along when a call is handed on: its identifiers, where the caller is, what is known.

The identifiers and the reference to the EIDO go in Call-Info, with the purposes of NENA-STA-010.3 (emergency-CallId,
emergency-IncidentId, emergency-eido); the best location goes as a PIDF-LO body that Geolocation names (RFC 6442).
The reference is a capability: it opens this one incident or call to whoever holds it, until it expires.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from dispatch.board import Board
from dispatch.inputs import World
from routing.pidflo_out import write_pidflo

PIDFLO = "application/pidf+xml"
CONTENT_ID = "lokasi@siaga112"
"""Of the body part with the location, in angle brackets there; `<cid:…>` in Geolocation. The header Content-ID is the
body part's: the switch puts it there."""
_EIDO_FOR = 6 * 3600.0


def headers_for(board: Board, call: str, now: float, world: World) -> tuple[dict[str, str], str, str]:
    """(headers, body, its type) that the INVITE to the next party carries; body and type are "" while nobody knows
    where the caller is. KeyError when there is no such call."""
    known = board.calls[call]
    about = known.incident or call
    said = [f"<{call_uid(call, world)}>;purpose=emergency-CallId"]
    if known.incident:
        said.append(f"<{incident_uid(known.incident, world)}>;purpose=emergency-IncidentId")
    said.append(f"<{eido_url(about, now + _EIDO_FOR, world)}>;purpose=emergency-eido")
    headers = {"Call-Info": ", ".join(said)}
    incident = board.incidents.get(known.incident)
    place = known.place(known.best) or (incident.location if incident else None)
    if place is None:
        return headers, "", ""
    headers |= {"Geolocation": f"<cid:{CONTENT_ID}>", "Geolocation-Routing": "yes", "Content-ID": f"<{CONTENT_ID}>"}
    return headers, write_pidflo(place, entity_of(known.caller)), PIDFLO


def entity_of(number: str) -> str:
    return f"tel:{number}" if re.fullmatch(r"\+\d{5,18}", number) else "pres:unknown@invalid"


def call_uid(call: str, world: World) -> str:
    return f"urn:emergency:uid:callid:{_local(call)}:{_domain(world)}"


def incident_uid(incident: str, world: World) -> str:
    return f"urn:emergency:uid:incidentid:{_local(incident)}:{_domain(world)}"


def eido_url(about: str, until: float, world: World) -> str:
    """Where the EIDO of an incident or a call is read until then (seconds since 1970)."""
    upto = int(until)
    return f"{world.public_url}/api/v1/eido/{quote(about, safe='')}?until={upto}&key={eido_key(about, upto, world)}"


def eido_key(about: str, until: int, world: World) -> str:
    return world.key(f"eido/{until}/{about}")


def _local(name: str) -> str:
    # A string of letters and digits that is unique at this centre (NENA-STA-010.3, 2.1.6 and 2.1.7).
    return re.sub(r"[^A-Za-z0-9]", "", name)[:60] or "0"


def _domain(world: World) -> str:
    return urlsplit(world.public_url).hostname or "invalid"
