"""The door for neighbouring centres: who may use it, how often, and that what comes twice is kept once."""

from __future__ import annotations

import pytest

from console.api import neighbours
from dispatch import commands as cmd
from dispatch import events as ev
from tests.dispatch.test_eido_in import an_alert
from tests.texts import english

ALERTS = "/api/v1/alerts"


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """The tests' own requests are many; the limit has a test of its own."""
    monkeypatch.setattr(neighbours, "A_MINUTE", 1000)


def told(desk, **siaga):
    body = an_alert()
    body["siaga"] |= siaga
    return desk.post(ALERTS, "bintan", body)


def test_what_a_neighbour_tells_is_kept_once_and_stands_on_the_board(desk):
    first = told(desk, alert="A-1", asks=["AMB-01"])
    assert (first.status, first.json) == (200, {"alert": "A-1", "version": 1})
    assert told(desk, alert="A-1").status == 200
    assert told(desk, alert="A-1", version=3).status == told(desk, alert="A-1", version=2).status == 200
    kept = [e for e in desk.events(ev.AlertReceived) if e.remote == "A-1"]
    assert [e.version for e in kept] == [1, 3] and {e.alert for e in kept} == {"bintan/A-1"}
    shown = desk.get("/api/v1/board", "dina").json["board"]
    assert shown["alerts"]["bintan/A-1"]["caller"] == "+628117701122"
    assert shown["alarms"]["alert-bintan/A-1"]["level"] == "critical"
    assert not desk.get("/api/v1/board", "rudi").json["board"]["alerts"], "a crew sees nothing of it"


def test_only_a_centre_of_the_citys_list_may_and_may_nothing_else(desk):
    assert desk.post(ALERTS, "dina", an_alert()).status == 403
    for path in ("/api/v1/board", "/api/v1/events", "/api/v1/city", "/api/v1/journal", "/api/v1/session"):
        assert desk.get(path, "bintan").status == 403, path
    assert desk.post("/api/v1/commands", "bintan", {"command": "ClearAlarm", "alarm": "x"}).status == 403
    desk.tokens["karimun"] = desk.accounts.create_token("karimun", cmd.CENTRE)
    got = desk.post(ALERTS, "karimun", an_alert())
    assert got.status == 403 and "karimun" in english(got)


def test_what_cannot_be_read_is_refused_with_the_reason(desk):
    got = desk.post(ALERTS, "bintan", b'{"siaga": {"alert": "A-2", "version": -1}}')
    assert got.status == 400 and "siaga.version" in english(got)
    assert desk.post(ALERTS, "bintan", b" " * 300_000).status == 413


def test_an_answer_finds_its_alert_and_nobody_elses(desk):
    desk.asks("dina", cmd.OpenIncident(type="medical", location=an_incident_over_there()))
    alert = next(one for one in desk.room.board.alerts.values() if one.direction == "out")
    path = f"{ALERTS}/{alert.wire}/answer"
    units = [{"id": "BTN-AMB-1", "state": "en_route"}]
    assert desk.post(path, "bintan", {"answer": "send", "version": 1, "units": units, "by": "siti"}).status == 200
    assert desk.post(path, "bintan", {"answer": "not_ours", "version": 1}).status == 200, "the same one, repeated"
    known = desk.get("/api/v1/board", "dina").json["board"]["alerts"][alert.id]
    assert (known["answer"], known["answered_by"], known["units"]) == ("send", "siti", units)
    assert desk.post(f"{ALERTS}/A-00009.1/answer", "bintan", {"answer": "send", "version": 1}).status == 404
    assert desk.post(path, "bintan", {"answer": "send", "version": 0}).status == 400


def an_incident_over_there():
    from routing.location import Location

    return Location(lat=0.9, lon=104.63, radius=20.0, source="operator", method="map")


def test_a_neighbour_that_floods_is_told_to_wait(desk, monkeypatch):
    monkeypatch.setattr(neighbours, "A_MINUTE", 1)
    got = [told(desk, alert=f"A-9{n}").status for n in range(2)]
    assert got[-1] == 429
