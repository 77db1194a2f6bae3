"""Higher alarm levels, advice where an area is bare, and a unit under way that a freed one could relieve."""

import pytest

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.advice.ranking import UnitRanking
from dispatch.process.service import registrations
from dispatch.settings import ROOT
from dispatch.tracking.bus import MemoryBus
from dispatch.world import Advice
from routing.city.load import load_city
from routing.location import Location
from routing.recommendation.coverage import MoveUp
from routing.recommendation.reasons import advice
from tests.dispatch.story import PLACE, Story, kinds
from tests.texts import english, refuses

MOVE = MoveUp(unit="AMB-02", base="Pos Kota", area="Kota", now=0.2, then=0.7, gain=0.1)
BARE = Advice(capability="ambulance", text=advice(MOVE, "ambulance"))


def city_story() -> Story:
    """A room with the demo city's units, streets and run cards."""
    city = load_city(ROOT / "deploy/city/tanjungpinang")
    ranking = UnitRanking(city, MemoryBus(), 120.0)
    kinds = {kind.id for kind in city.incident_types}
    room = Story(incident_types=kinds, recommender=ranking, streets=ranking.ways)
    room.ways = ranking.ways
    room._take([ev.UnitRetired(at=0, unit=name) for name in list(room.board.units)])
    room._take(registrations(city, room.board, 0.0))
    return room


def test_the_next_alarm_level_asks_for_more_as_far_as_there_are_cards():
    room = Story()
    room.ask("ana", "call-taker", cmd.OpenIncident(type="fire", location=PLACE))
    assert room.board.incidents["K-00001"].next_level == 2
    assert kinds(room.ask("ana", "call-taker", cmd.RaiseAlarmLevel(incident="K-00001"))) == [
        "AlarmLevelRaised", "RecommendationMade",
    ]  # fmt: skip
    assert (room.board.incidents["K-00001"].alarm_level, room.board.incidents["K-00001"].next_level) == (2, 0)
    with refuses("beyond level 2"):
        room.ask("ana", "call-taker", cmd.RaiseAlarmLevel(incident="K-00001"))
    assert room.replayed() == room.board


def test_advice_stands_for_as_long_as_the_area_is_bare():
    told = [(BARE,), (BARE,), ()]
    room = Story(uncovered=lambda board, now: told.pop(0))
    room.ask("ana", "call-taker", cmd.OpenIncident(type="accident", location=PLACE))
    room.ask("ana", "call-taker", cmd.AssignUnit(incident="K-00001", unit="AMB-01"))
    assert english(room.board.alarms["bare-ambulance"]) == (
        "Kota is only 20 % covered (ambulance). Advice: AMB-02 stands by at Pos Kota, making it 70 %."
    )
    taken = room.ask("ana", "call-taker", cmd.AssignUnit(incident="K-00001", unit="AMB-02", reason="test"))
    assert "AlarmRaised" not in kinds(taken), "it has been said"
    room.ask("dina", "dispatcher", cmd.SetUnitStatus(unit="POL-01", status="busy"))
    assert not room.board.alarms


def test_in_the_demo_city_the_last_engines_of_a_part_of_town_are_missed():
    room = city_story()
    here = Location(lat=0.9240, lon=104.4520, radius=20.0)
    room.ask("ana", "call-taker", cmd.OpenIncident(type="fire-building", location=here))
    for unit in ("DK-01", "DK-02", "DK-03", "DK-04"):
        room.ask("ana", "call-taker", cmd.AssignUnit(incident="K-00001", unit=unit, reason="test"))
    said = english(room.board.alarms["bare-fire"])
    assert "covered (fire). Advice: DK-06 stands by at" in said
    room.ask("ana", "call-taker", cmd.RaiseAlarmLevel(incident="K-00001"))
    record = room.board.incidents["K-00001"]
    suggested = [one.unit for one in record.candidates if one.suggested]
    assert record.next_level == 3 and "DK-06" not in suggested, "four engines are there, which is what level 2 asks for"
    assert {"AMB-02", "AMB-03"} & set(suggested) and not record.shortfall
    for job in list(room.board.assignments):
        room.ask("ana", "call-taker", cmd.CancelAssignment(assignment=job))
    assert "bare-fire" not in room.board.alarms
    assert room.replayed() == room.board


def test_on_the_island_the_card_of_the_island_counts():
    room = city_story()
    room.ask("ana", "call-taker", cmd.OpenIncident(type="fire-building", location=Location(lat=0.928, lon=104.42)))
    roles = " ".join(english(one) for one in room.board.incidents["K-00001"].candidates if one.suggested)
    assert "Suggested for boat." in roles and "water tank" not in roles


def test_a_unit_under_way_is_proposed_anew_when_a_closer_one_is_free():
    arrivals = {"AMB-01": 600.0, "AMB-02": 180.0}
    room = Story(arrivals=lambda board, location, units, now: {name: arrivals[name] for name in units})
    room._take([
        ev.UnitRegistered(at=0, unit=name, agency="AMB", kind="car", name=name, lat=0.9, lon=104.4,
                          capabilities=("ambulance",)) for name in arrivals
    ])  # fmt: skip
    room.ask("dina", "dispatcher", cmd.SetUnitStatus(unit="AMB-02", status="busy"))
    room.ask("ana", "call-taker", cmd.OpenIncident(type="accident", location=PLACE))
    room.ask("ana", "call-taker", cmd.AssignUnit(incident="K-00001", unit="AMB-01"))
    (job,) = room.board.assignments
    made = room.ask("dina", "dispatcher", cmd.SetUnitStatus(unit="AMB-02", status="available"))
    assert kinds(made) == ["UnitStatusChanged", "RecommendationMade", "AlarmRaised"]
    assert "AMB-02 is free now and could be at K-00001 7 minutes sooner than AMB-01" in english(made[-1])
    room.ask("ana", "call-taker", cmd.AssignUnit(incident="K-00001", unit="AMB-02"))
    room.ask("ana", "call-taker", cmd.CancelAssignment(assignment=job))
    assert not room.board.alarms and room.replayed() == room.board


@pytest.mark.parametrize(("sooner", "progress"), [(60.0, ""), (300.0, "on_scene")])
def test_nobody_is_turned_round_for_a_minute_or_when_already_there(sooner, progress):
    room = Story(arrivals=lambda board, location, units, now: {units[0]: 200.0 + sooner, units[1]: 200.0})
    able = {"agency": "AMB", "kind": "car", "lat": 0.9, "lon": 104.4, "capabilities": ("ambulance",)}
    room._take([ev.UnitRegistered(at=0, unit=name, name=name, **able) for name in ("AMB-01", "AMB-02")])
    room.ask("dina", "dispatcher", cmd.SetUnitStatus(unit="AMB-02", status="busy"))
    room.ask("ana", "call-taker", cmd.OpenIncident(type="accident", location=PLACE))
    room.ask("ana", "call-taker", cmd.AssignUnit(incident="K-00001", unit="AMB-01"))
    if progress:
        room.ask("dina", "dispatcher", cmd.ReportProgress(assignment="T-00001", progress=progress))
    made = room.ask("dina", "dispatcher", cmd.SetUnitStatus(unit="AMB-02", status="available"))
    assert kinds(made) == ["UnitStatusChanged"]
