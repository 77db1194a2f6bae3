"""What is known of an incident or a call as an Emergency Incident Data Object (NENA-STA-021.1a-2022, JSON). Pure.

    EIDO component               from the board
    incidentComponent            Incident: type, state, place, notes
    callComponent                its Calls: direction, state, received, answered, queue; calls without an incident too
    callbackComponent            the caller's number, as tel: URI
    personComponent              the caller, by the call (no names are known)
    locationComponent            every place known of caller and incident, as PIDF-LO by value; the addresses as text
    notesComponent               notes of the incident, and the lines written with the caller
    dispatchComponent,           Assignments and their Units, with our words for their state
    emergencyResourceComponent
    agencyComponent,             this centre, and the units' agencies; users by their account's name
    agentComponent

Members and their form follow the standard's schema. Not validated: words that NENA keeps in registries (types of
incidents, states, roles, kinds of units) are this centre's own. Photos, recordings and additional data of the call
(RFC 7852) are not carried.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec

from dispatch.board import Board
from dispatch.exchange.handover import call_uid, entity_of, incident_uid
from dispatch.records import Call, Incident
from dispatch.world import World
from routing.ali.pidflo_out import write_pidflo
from routing.location import Location

MEDIA_TYPE = "application/emergency.eido+json"
Part = dict[str, Any]
_CONTEXT = {"@vocab": "./JSON-LD_Contexts/EmergencyIncidentDataObjectType.jsonld"}


def eido(board: Board, about: str, now: float, world: World, centre: str) -> Part:
    """JSON-ready. `about`: id of an incident or of a call on the board; `centre`: what this centre is called. Raises
    KeyError."""
    incident = board.incidents.get(about)
    own = board.calls[about] if incident is None else None
    linked = [board.calls[name] for name in incident.calls if name in board.calls] if incident else []
    calls = [own] if own else linked
    made = _Components(board, world, centre, now)
    body = made.prologue(incident_uid(incident, world) if incident else call_uid(board.calls[about], world), now)
    body |= {"eidoVersion": "1.0", "issuingElementIdentification": made.domain}
    for call in calls:
        made.add_call(call)
    if incident:
        body["incidentComponent"] = made.incident(incident)
        made.add_dispatch(incident)
    made.add_agencies()
    return {**body, **{name: parts for name, parts in made.parts.items() if parts}, "@context": _CONTEXT}


def _stamp(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")


def _refer(name: str) -> Part:
    return {"$ref": name}


class _Components:
    """Collects components by their kind; each has an id that others refer to."""

    def __init__(self, board: Board, world: World, centre: str, now: float) -> None:
        self._board, self._world, self._centre, self._now = board, world, centre, now
        self.domain = urlsplit(world.public_url).hostname or "invalid"
        self.parts: dict[str, list[Part]] = {}
        self._agencies: set[str] = set()

    def prologue(self, name: str, at: float) -> Part:
        return {"$id": name, "lastUpdateTimeStamp": _stamp(at), "updatedByAgencyReference": _refer(self.domain)}

    def _add(self, kind: str, name: str, at: float, **members: Any) -> Part:
        """A reference to it; of the same name there is one."""
        parts = self.parts.setdefault(kind, [])
        if not any(part["$id"] == name for part in parts):
            said = {key: value for key, value in members.items() if value not in ("", None, [])}
            parts.append({**self.prologue(name, at), **said})
        return _refer(name)

    def _place(self, name: str, place: Location, kind: str, number: str) -> Part:
        words = ", ".join(part for part in (place.text, place.method or place.source) if part)
        return self._add(
            "locationComponent",
            name,
            place.at or self._now,
            locationTypeDescriptionRegistryText=kind,
            locationByValue=write_pidflo(place, entity_of(number)),
            locationDescriptionText=words,
        )

    def _note(self, name: str, at: float, text: str, by: str) -> Part:
        more = {"agentReference": self._agent(by)} if by else {}
        return self._add("notesComponent", name, at, notesActionComments=text, **more)

    def _agent(self, user: str) -> Part:
        return self._add(
            "agentComponent", f"{user}@{self.domain}", self._now, agencyReference=_refer(self.domain),
            agentRoleRegistryText=["Call Taking"],
        )  # fmt: skip

    def add_call(self, call: Call) -> None:
        name = call_uid(call, self._world)
        newest = sorted(call.locations, key=lambda place: place.at, reverse=True)
        best = call.place(call.best)
        placed = [best, *(one for one in newest if one is not best)] if best else newest
        more: Part = {}
        if call.caller:
            uri = f"tel:{call.caller}"
            more["callBackReference"] = self._add(
                "callbackComponent", f"{name}/callback", call.received, callBackInformationUri=[uri]
            )
        more["personReference"] = [
            self._add(
                "personComponent", f"{name}/caller", call.received, personIncidentRoleRegistryText=["Caller"],
                callIdentifier=[name],
            )
        ]  # fmt: skip
        self._add(
            "callComponent",
            name,
            call.ended or call.answered or call.received,
            queueIdentifier=call.queue,
            standardPrimaryCallType="test" if call.test else "emergency",
            direction="incoming" if call.direction == "in" else "outgoing",
            callStartTimestamp=_stamp(call.received),
            answerDate=_stamp(call.answered) if call.answered else "",
            callStateRegistryText=call.state,
            agentReference=[self._agent(call.user)] if call.user else [],
            locationReference=[
                self._place(f"{name}/place/{n}", place, "Caller", call.caller) for n, place in enumerate(placed[:10])
            ],
            notesReference=[
                self._note(f"{name}/line/{n}", line.at, line.text, line.by) for n, line in enumerate(call.lines)
            ],
            **more,
        )

    def incident(self, known: Incident) -> Part:
        name = incident_uid(known, self._world)
        places = [self._place(f"{name}/place", known.location, "Incident", "")] if known.location else []
        notes = [self._note(f"{name}/note/{n}", note.at, note.text, note.by) for n, note in enumerate(known.notes)]
        if known.address:
            notes.append(self._note(f"{name}/address", known.opened, known.address, ""))
        return {
            **self.prologue(name, known.closed or self._now),
            "incidentTypeCommonRegistryText": known.type,
            "incidentTypeInternalText": known.type,
            "incidentStatusCommonRegistryText": [known.state],
            "internalIncidentId": known.id,
            "locationReference": places,
            "notesReference": notes,
            "agentReference": [self._agent(known.by)],
        }

    def add_dispatch(self, known: Incident) -> None:
        name = incident_uid(known, self._world)
        for number, job in enumerate(self._board.assignments[one] for one in known.assignments):
            unit = self._board.units.get(job.unit)
            agency = unit.agency if unit else ""
            self._agencies |= {agency} - {""}
            resource = self._add(
                "emergencyResourceComponent",
                f"{name}/unit/{number}",
                max(job.assigned, job.acknowledged, job.en_route, job.on_scene, job.cleared),
                emergencyResourceName=unit.name if unit else job.unit,
                emergencyResourceTypeCommonRegistryText=unit.kind if unit else "unknown",
                resourceAttributeRegistryText=list(unit.capabilities) if unit and unit.capabilities else ["none"],
                primaryUnitStatusRegistryText=job.state,
                secondaryUnitStatusRegistryText=[job.state],
                agentReference=[self._agent(job.by or "system")],
            )
            refers = {"agencyReference": _refer(f"{agency}.{self.domain}")} if agency else {}
            self._add(
                "dispatchComponent", f"{name}/dispatch/{number}", job.assigned, emergencyResourceReference=[resource],
                agentReference=self._agent(job.by or "system"), **refers,
            )  # fmt: skip

    def add_agencies(self) -> None:
        self._agency(self.domain, ["CallReceiving"], ["psap"], self._centre)
        for agency in sorted(self._agencies):
            self._agency(f"{agency}.{self.domain}", ["Dispatch"], [agency], "")

    def _agency(self, name: str, roles: list[str], kinds: list[str], called: str) -> None:
        # RFC 7095: a jCard, here with nothing but the name
        lines = [["version", {}, "text", "4.0"], ["fn", {}, "text", called]]
        card = msgspec.json.encode(["vcard", lines]).decode() if called else ""
        more = {"agencyRoleDescriptionRegistryText": roles, "agencyType": kinds}
        self._add("agencyComponent", name, self._now, agencyJcard=card, **more)
