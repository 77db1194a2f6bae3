"""The EIDO of an incident: members of the standard, whose references all lead somewhere."""

from __future__ import annotations

import json

import msgspec
import pytest

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.exchange.eido import eido
from routing.location import Location
from telephony.messages.pidflo import read_pidflo
from tests.dispatch.story import PLACE, Story

# What NENA-STA-021.1a requires of each component beside its prologue.
REQUIRED = {
    "callComponent": {"callStateRegistryText", "standardPrimaryCallType", "direction", "callStartTimestamp"},
    "callbackComponent": set(),
    "personComponent": {"personIncidentRoleRegistryText"},
    "locationComponent": {"locationTypeDescriptionRegistryText"},
    "notesComponent": {"notesActionComments"},
    "dispatchComponent": set(),
    "agencyComponent": {"agencyRoleDescriptionRegistryText", "agencyType"},
    "agentComponent": {"agentRoleRegistryText", "agencyReference"},
    "emergencyResourceComponent": {
        "agentReference", "emergencyResourceTypeCommonRegistryText", "primaryUnitStatusRegistryText",
        "resourceAttributeRegistryText", "secondaryUnitStatusRegistryText",
    },
}  # fmt: skip
PROLOGUE = {"$id", "lastUpdateTimeStamp", "updatedByAgencyReference"}


def a_night() -> Story:
    story = Story()
    story.now = 1_764_000_000.0
    story.seated()
    story.incoming("c1", "+628117701122")
    for radius in (700.0, 20.0):
        place = Location(lat=0.92, lon=104.45, radius=radius, method="GPS", source="aml", at=story.now)
        story.reported(ev.LocationReceived(at=story.now, call="c1", location=place))
    story.reported(ev.TextReceived(at=story.now, call="c1", text='asap "tebal"', via="link"))
    story.ask("ana", "call-taker", cmd.OpenIncident(type="fire", call="c1", location=PLACE, address="Jl. Merdeka"))
    (incident,) = story.board.incidents
    story.ask("ana", "dispatcher", cmd.AddNote(incident=incident, text="dua korban"))
    story.ask("ana", "dispatcher", cmd.AssignUnit(incident=incident, unit="FIR-01", reason="dekat"))
    return story


def references(part) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if "$ref" in part else set()
        return own.union(*(references(one) for one in part.values()))
    return set().union(*(references(one) for one in part)) if isinstance(part, list) else set()


def test_an_incident_says_all_that_is_known_and_every_reference_leads_somewhere():
    story = a_night()
    (incident,) = story.board.incidents
    made = json.loads(msgspec.json.encode(eido(story.board, incident, story.now, story.world, "112 Tanjungpinang")))
    assert made["eidoVersion"] == "1.0" and made.keys() >= PROLOGUE
    named = set()
    for kind, needed in REQUIRED.items():
        assert made[kind], kind
        for part in made[kind]:
            assert part.keys() >= PROLOGUE | needed, kind
            named.add(part["$id"])
    assert references(made) <= named
    assert made["incidentComponent"]["incidentTypeInternalText"] == "fire"
    assert made["callbackComponent"][0]["callBackInformationUri"] == ["tel:+628117701122"]
    assert {"dua korban", 'asap "tebal"'} <= {note["notesActionComments"] for note in made["notesComponent"]}
    first = read_pidflo(made["locationComponent"][0]["locationByValue"].encode()).locations[0]
    assert first.radius == 20.0, "the best of the caller's comes first"


def test_a_call_without_an_incident_can_be_handed_on_too():
    story = Story()
    story.incoming("c1", "")
    made = eido(story.board, "c1", story.now, story.world, "112")
    assert "incidentComponent" not in made and "callbackComponent" not in made and len(made["callComponent"]) == 1
    with pytest.raises(KeyError):
        eido(story.board, "c2", story.now, story.world, "112")
