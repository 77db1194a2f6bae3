"""Coverage as the room looks at it, and streets that are closed by their names."""

from __future__ import annotations

import pytest

from console.api import coverage
from dispatch import commands as cmd
from dispatch import events as ev
from routing.network.drawn import Drawn
from tests.texts import english


@pytest.fixture
def at_once(monkeypatch):
    """Each question is worked out anew."""
    monkeypatch.setattr(coverage, "ANEW_AFTER_S", 0.0)


def test_coverage_falls_where_units_are_taken_and_the_figures_agree(desk, at_once):
    before = desk.get("/api/v1/coverage?capability=ambulance", "ana").json
    assert before["capability"] == "ambulance" and before["capabilities"][0] in ("ambulance", "fire")
    assert before["fresh"] and before["idle"] == before["on_duty"] > 1 and 0 < before["overall"]["covered"] <= 1
    weights = sum(one["weight"] for one in before["points"])
    share = sum(one["weight"] * one["covered"] for one in before["points"]) / weights
    assert share == pytest.approx(before["overall"]["covered"], abs=0.002)

    ambulances = [
        one.id for one in desk.room.board.units.values() if "ambulance" in one.capabilities and not one.centre
    ]
    desk.note(*(ev.UnitStatusChanged(at=2.0, unit=name, status="busy", by="x") for name in ambulances[1:]))
    after = desk.get("/api/v1/coverage?capability=ambulance", "audi").json
    assert after["idle"] == 1 and after["busy"] > before["busy"]
    assert after["overall"]["covered"] < before["overall"]["covered"]
    assert {one["name"] for one in after["areas"]} == {one["area"] for one in after["points"]}
    assert all(one["planned"] >= one["covered"] for one in after["areas"])
    desk.note(*(ev.UnitStatusChanged(at=3.0, unit=name, status="available", by="x") for name in ambulances[1:]))

    unknown = desk.get("/api/v1/coverage?capability=helicopter", "ana")
    assert unknown.status == 404 and "ambulance" in english(unknown)
    assert desk.get("/api/v1/coverage", "ana").json["capability"] == before["capabilities"][0]
    assert desk.get("/api/v1/coverage", "rudi").status == 403 and desk.get("/api/v1/coverage").status == 401


def test_a_street_is_closed_by_its_name(desk):
    hit = next(one for one in desk.get("/api/v1/places?q=jalan+merdeka", "dina").json if one["kind"] == "street")
    where = f"name={hit['name'].replace(' ', '+')}&lat={hit['lat']}&lon={hit['lon']}"
    whole = desk.get(f"/api/v1/streets?{where}", "dina").json
    part = desk.get(f"/api/v1/streets?{where}&within=150", "dina").json
    shown = [desk.post("/api/v1/closures/preview", "dina", one).json for one in (whole, part)]
    assert hit["name"] in shown[0]["streets"] and shown[0]["pieces"] >= shown[1]["pieces"] > 0
    drawn = Drawn(shape=whole["shape"], points=tuple(map(tuple, whole["points"])))
    desk.asks("dina", cmd.CloseStreet(drawn=drawn, why="pasar malam"))
    assert any(hit["name"] in one.streets for one in desk.room.board.closures.values())
    for name in list(desk.room.board.closures):
        desk.asks("dina", cmd.ReopenStreet(closure=name))
    assert desk.get("/api/v1/streets?name=Jl.+Tiada&lat=0.92&lon=104.45", "dina").status == 404
    assert desk.get("/api/v1/streets?name=Jl.+Tiada&lat=120&lon=104.45", "dina").status == 400
