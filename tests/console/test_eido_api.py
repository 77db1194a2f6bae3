"""What a party of a call is handed opens its incident to that party, once, and leaves a trace."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from dispatch import commands as cmd
from dispatch import events as ev
from routing.text import text


def talking(desk, call: str, position: str, user: str) -> None:
    desk.incoming(call, "+628117701122")
    desk.asks(user, cmd.SignOn(position=position))
    desk.reported(ev.PositionLegUp(at=desk.room.now(), position=position, leg=f"leg-{position}"))
    desk.asks(user, cmd.AnswerCall(call=call, position=position))
    desk.reported(ev.CallBridged(at=desk.room.now(), call=call, position=position))


def dialled(desk, call: str, to: str, user: str) -> tuple[ev.OrderIssued, str]:
    """(the order, the reference that its INVITE carries, "" for none)."""
    desk.asks(user, cmd.AddParty(call=call, to=to))
    order = [e for e in desk.events(ev.OrderIssued) if e.do == "dial" and e.call == call][-1]
    said = order.headers.get("Call-Info", "")
    return order, said.split("<")[-1].split(">")[0] if said else ""


@pytest.mark.fault(11, 12)
def test_the_next_centre_reads_the_incident_by_its_reference_once(desk):
    talking(desk, "call-eido", "P-eido", "dina")
    desk.asks("dina", cmd.OpenIncident(type="medical", call="call-eido", address="Tugu Pensil"))
    incident = desk.room.board.calls["call-eido"].incident
    order, reference = dialled(desk, "call-eido", "bintan-112", "dina")
    parts = urlsplit(reference)
    assert desk.get(parts.path).status == 403
    assert desk.get(f"{parts.path}?{parts.query[:-1]}").status == 403
    assert desk.get(f"/api/v1/eido/call-eido?{parts.query}").status == 403, "it opens this one thing"
    answer = desk.get(f"{parts.path}?{parts.query}")
    assert answer.status == 200 and answer.headers["content-type"] == "application/emergency.eido+json"
    assert answer.json["incidentComponent"]["internalIncidentId"] == incident
    assert [(e.about, e.to) for e in desk.events(ev.EidoRead)] == [(incident, "bintan-112")]
    assert desk.get(f"{parts.path}?{parts.query}").status == 403, "and once"
    assert len(desk.events(ev.EidoRead)) == 1
    order, second = dialled(desk, "call-eido", "batam-112", "dina")
    assert second != reference and desk.get(second.removeprefix(desk.room.world.public_url)).status == 200


@pytest.mark.fault(11, 12)
def test_what_was_handed_to_a_party_that_never_answered_opens_nothing(desk):
    talking(desk, "call-unheard", "P-unheard", "sari")
    order, reference = dialled(desk, "call-unheard", "polresta", "sari")
    why = text("sip.486", answer="486")
    desk.reported(ev.PartyLeft(at=desk.room.now(), call="call-unheard", party=order.party, why=why))
    assert desk.get(reference.removeprefix(desk.room.world.public_url)).status == 403
