"""The reference that a transferred call carries opens its incident, for a while, and leaves a trace."""

from __future__ import annotations

from urllib.parse import urlsplit

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.carried import eido_url, headers_for


def test_the_next_centre_reads_the_incident_by_its_reference(desk):
    desk.incoming("call-eido", "+628117701122")
    desk.asks("ana", cmd.OpenIncident(type="medical", call="call-eido", address="Tugu Pensil"))
    incident = desk.room.board.calls["call-eido"].incident
    now, world = desk.room.now(), desk.room.world
    carried = headers_for(desk.room.board, "call-eido", now, world)[0]["Call-Info"]
    parts = urlsplit(carried.split("<")[-1].split(">")[0])
    answer = desk.get(f"{parts.path}?{parts.query}")
    assert answer.status == 200 and answer.headers["content-type"] == "application/emergency.eido+json"
    assert answer.json["incidentComponent"]["internalIncidentId"] == incident
    assert [e.about for e in desk.events(ev.EidoRead)] == [incident]
    assert desk.get(parts.path).status == 403
    assert desk.get(f"{parts.path}?{parts.query[:-1]}").status == 403
    assert desk.get(f"/api/v1/eido/call-eido?{parts.query}").status == 403, "it opens this one thing"
    old = urlsplit(eido_url(incident, now - 1, world))
    assert desk.get(f"{old.path}?{old.query}").status == 403
    gone = urlsplit(eido_url("K-none", now + 60, world))
    assert desk.get(f"{gone.path}?{gone.query}").status == 404
    assert len(desk.events(ev.EidoRead)) == 1
