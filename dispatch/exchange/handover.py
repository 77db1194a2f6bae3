"""What an INVITE of ours takes along when a call is handed on: its identifiers, where the caller is, what is known.

Only a party that the city's contacts.csv marks (`receives`) gets any of it; a taxi that is called in hears the caller
and nothing else. The identifiers and the reference to the EIDO go in Call-Info, with the purposes of NENA-STA-010.3
(emergency-CallId, emergency-IncidentId, emergency-eido); the best location goes as a PIDF-LO body that Geolocation
names (RFC 6442). The reference is a capability: given to one party, it opens one incident or call once, within a
quarter of an hour (dispatch/policy/calls/handover.py).
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, urlsplit

import msgspec

from dispatch import events as ev
from dispatch.board import Board
from dispatch.records import Call, Incident
from dispatch.world import World
from routing.ali.pidflo_out import write_pidflo
from routing.city.contacts import Contact

PIDFLO = "application/pidf+xml"
CONTENT_ID = "lokasi@siaga112"
"""Of the body part with the location, in angle brackets there; `<cid:…>` in Geolocation. The header Content-ID is the
body part's: the switch puts it there."""
GIVEN_FOR = 900.0
"""Seconds: the next centre's program reads what it is given when the call comes in."""


class Carried(msgspec.Struct, frozen=True):
    """What an INVITE carries beside the call: the fields of OrderIssued of the same names."""

    headers: dict[str, str] = {}
    body: str = ""
    body_type: str = ""


NOTHING = Carried()
"""Fields of OrderIssued: headers, body, body_type."""


def receives(uri: str, world: World) -> Contact | None:
    """The contact with this address or number, if the city tells it of calls."""
    return next((one for one in world.contacts.values() if one.receives and uri in (one.number, one.id)), None)


def reference_to(board: Board, call: str, party: str, to: Contact, now: float, world: World) -> ev.ReferenceGiven:
    """What is said before the party is called. KeyError when there is no such call."""
    about, until = board.calls[call].incident or call, now + GIVEN_FOR
    key = reference_key(about, call, party, world)
    return ev.ReferenceGiven(at=now, call=call, party=party, about=about, to=to.id, digest=digest_of(key), until=until)


def carried_for(board: Board, given: ev.ReferenceGiven, world: World) -> Carried:
    """What the INVITE to that party carries; body and type are "" while nobody knows where the caller is."""
    known = board.calls[given.call]
    said = [f"<{call_uid(known, world)}>;purpose=emergency-CallId"]
    incident = board.incidents.get(known.incident)
    if incident is not None:
        said.append(f"<{incident_uid(incident, world)}>;purpose=emergency-IncidentId")
    said.append(f"<{reference_url(given, world)}>;purpose=emergency-eido")
    headers = {"Call-Info": ", ".join(said)}
    place = known.place(known.best) or (incident.location if incident else None)
    if place is None:
        return Carried(headers)
    headers |= {"Geolocation": f"<cid:{CONTENT_ID}>", "Geolocation-Routing": "yes", "Content-ID": f"<{CONTENT_ID}>"}
    return Carried(headers, write_pidflo(place, entity_of(known.caller)), PIDFLO)


def entity_of(number: str) -> str:
    return f"tel:{number}" if re.fullmatch(r"\+\d{5,18}", number) else "pres:unknown@invalid"


def call_uid(call: Call, world: World) -> str:
    return f"urn:emergency:uid:callid:{_local(call)}:{_domain(world)}"


def incident_uid(incident: Incident, world: World) -> str:
    return f"urn:emergency:uid:incidentid:{_local(incident)}:{_domain(world)}"


def reference_url(given: ev.ReferenceGiven, world: World) -> str:
    """Where the EIDO is read."""
    key = reference_key(given.about, given.call, given.party, world)
    return f"{world.public_url}/api/v1/eido/{quote(given.about, safe='')}?key={key}"


def reference_key(about: str, call: str, party: str, world: World) -> str:
    """Of what was given to this party of this call; parties are never numbered twice."""
    return world.key(f"eido/{call}/{party}/{about}")


def digest_of(key: str) -> str:
    """What the journal keeps of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def _local(known: Call | Incident) -> str:
    # A string of letters and digits that is unique at this centre (NENA-STA-010.3, 2.1.6 and 2.1.7). Where a backup is
    # put back, incidents are numbered again from there, so the journal's id is a part of it.
    return re.sub(r"[^A-Za-z0-9]", "", known.id + known.journal)[:60] or "0"


def _domain(world: World) -> str:
    return urlsplit(world.public_url).hostname or "invalid"
