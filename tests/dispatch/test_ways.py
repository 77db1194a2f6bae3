"""The demo city by day, by night and at low water, and what happens when its streets are closed."""

import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from dispatch import commands as cmd
from dispatch.advice import ways as ways_module
from dispatch.advice.ranking import UnitRanking
from dispatch.settings import ROOT
from dispatch.tracking.bus import MemoryBus
from dispatch.world import FAILED, Ranking
from routing.city.load import load_city
from routing.location import Location
from routing.network.drawn import Drawn
from routing.recommendation.coverage import Coverage
from routing.text import text
from tests.dispatch.story import kinds, world_of
from tests.dispatch.test_covering import city_story
from tests.texts import english, indonesian

WIB = ZoneInfo("Asia/Jakarta")
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=WIB).timestamp()
NIGHT = datetime(2026, 11, 25, 23, 0, tzinfo=WIB).timestamp()
PENYENGAT, SENGGARANG = (Location(lat=lat, lon=lon, radius=20.0) for lat, lon in ((0.9278, 104.4246), (0.9585, 104.44)))


def ranked(room, place: Location, kind: str = "medical"):
    room.ask("ana", "call-taker", cmd.OpenIncident(type=kind, location=place))
    return list(room.board.incidents.values())[-1]


def of(incident, unit: str):
    return next(one for one in incident.candidates if one.unit == unit)


def test_penyengat_by_day_by_night_and_without_boats_of_our_own():
    room = city_story()
    room.now = NOON
    by_day = of(ranked(room, PENYENGAT), "AMB-03")
    assert by_day.mode == "road+boat" and "By public boat and on foot." in english(by_day)
    room.now = NIGHT
    incident = ranked(room, PENYENGAT)
    by_night = of(incident, "AMB-03")
    assert english(incident.method, "; ").endswith("; night") and by_night.mode == "cut-off" and by_night.rank > 1
    assert "Pompong Tanjungpinang–Penyengat: no ferry between 18:00 and 06:00." in english(by_night)
    assert "Pompong Tanjungpinang–Penyengat: tidak ada perahu antara pukul 18.00 dan 06.00." in indonesian(by_night)
    assert [one.unit for one in incident.candidates if one.suggested] == ["AMB-91"], "by the ambulance boat"
    room.ask("dina", "dispatcher", cmd.SetUnitStatus(unit="AMB-91", status="off_duty"))
    alone = ranked(room, PENYENGAT)
    assert not [one for one in alone.candidates if one.suggested]
    assert alone.shortfall == (("ambulance", 1),) and "6 without a way there now" in english(alone.missing[0])


def test_senggarang_at_low_water_is_reached_by_road_only():
    room = city_story()
    room.now = NOON
    assert of(ranked(room, SENGGARANG), "AMB-91").mode == "boat"
    room.ask("dina", "dispatcher", cmd.SetConditions(tide_m=0.2, rain=True))
    incident = ranked(room, SENGGARANG)
    assert english(incident.method, "; ").endswith("; rain, low water")
    by_boat = of(incident, "AMB-91")
    assert of(incident, "AMB-05").suggested and by_boat.seconds > 3 * 3600, "its crew would walk round the bay"
    assert "Alur laut Penyengat–Senggarang: the water is too low. Too far to be suggested." in english(by_boat)
    room.wait(3 * 3600)
    assert of(ranked(room, SENGGARANG), "AMB-91").mode == "boat", "nobody keeps saying so for three hours"
    assert room.replayed() == room.board


def test_a_closure_counts_at_once_and_a_unit_whose_way_it_closes_raises_an_alarm():
    room = city_story()
    room.now = NOON
    here = Location(lat=0.9204, lon=104.4573, radius=20.0)
    incident = ranked(room, here)
    first = of(incident, "AMB-03")
    room.ask("dina", "dispatcher", cmd.AssignUnit(incident=incident.id, unit=first.unit, reason="test"))
    room.wait(1.0)
    junction = Drawn(shape="point", points=((0.9215, 104.454),), radius_m=40.0)
    room.ask("dina", "dispatcher", cmd.CloseStreet(drawn=junction))
    closure = room.board.closures["J-00001"]
    made = room.wait(0.3)
    assert kinds(made) == ["RecommendationMade", "AlarmRaised", "WaysReviewed"]
    alarm = room.board.alarms["way-T-00001"]
    assert alarm.incident == incident.id and f"{closure.streets[0]} is closed." in english(alarm)
    assert "minutes longer. Tell the crew by radio." in english(alarm)
    again = ranked(room, here)
    assert f"; {closure.pieces} pieces of street closed" in english(again.method, "; ")
    told = [one for one in again.candidates if "Its usual way is closed:" in english(one)]
    assert told and all(one.seconds > of(incident, one.unit).seconds + 20 for one in told)
    room.ask("dina", "dispatcher", cmd.ReopenStreet(closure="J-00001"))
    room.wait(1.0)
    assert "way-T-00001" not in room.board.alarms
    assert "closed" not in english(room.board.incidents[incident.id].method)
    assert room.replayed() == room.board


@pytest.fixture(scope="module")
def city():
    return load_city(ROOT / "deploy/city/tanjungpinang")


def test_coverage_after_a_closure_is_that_of_a_network_made_with_it(city):
    room = city_story()
    room.now = NOON
    ways = UnitRanking(city, MemoryBus(), 120.0).ways
    ways.coverage(room.board, NOON)
    for number, (lat, lon) in enumerate([(0.9204, 104.4573), (0.9284, 104.4432), (0.9142, 104.4618)], 1):
        drawn = Drawn(shape="point", points=((lat, lon),), radius_m=150.0)
        stops = "cars" if number == 2 else "all"
        room.ask("dina", "dispatcher", cmd.CloseStreet(drawn=drawn, stops=stops))
        coverage, fresh = ways.coverage(room.board, NOON)
        assert fresh
        bases = [(one.name, one.lat, one.lon) for one in city.stations if not city.centre_of(one.agency)]
        alone = Coverage(ways.network(room.board, NOON), city.demand, city.run_cards.within_s, bases)
        for profile in ("car", "motorcycle", "engine", "boat"):
            left, right = coverage.seconds(profile), alone.seconds(profile)
            near = (left <= city.run_cards.within_s) | (right <= city.run_cards.within_s)
            assert left[near] == pytest.approx(right[near], abs=0.01)


def test_what_takes_long_is_made_on_a_thread_and_answers_until_then_say_so(city, monkeypatch):
    monkeypatch.setattr(ways_module, "_WORK_AT_ONCE", 0)
    monkeypatch.setattr(ways_module, "_EDGES_AT_ONCE", 0)
    room = city_story()
    ranking = UnitRanking(city, MemoryBus(), 120.0)
    ways, busy = ranking.ways, threading.Event()
    try:
        ways.network(room.board, NOON)
        ways._thread.submit(busy.wait, 30.0)
        room.ask("dina", "dispatcher", cmd.SetConditions(rain=True))
        before = ways.network(room.board, NOON)
        assert not before.conditions.rain and not ways.now(room.board, NOON).ready
        made = ranking.recommend(room.board, SENGGARANG, "medical", NOON)
        assert "rain" not in english(made.method)
        busy.set()
        for _ in range(4):
            ways.look_ahead(room.board, NOON)
            for coming in list(ways._coming.values()):
                coming.result(10.0)
        made = ranking.recommend(room.board, SENGGARANG, "medical", NOON)
        assert english(made.method, "; ").endswith("; rain") and ways.now(room.board, NOON).ready
    finally:
        busy.set()
        ways.close()


def test_incidents_are_reviewed_on_the_streets_of_now_even_where_these_take_a_while(monkeypatch):
    room = city_story()
    room.now = NOON
    incident = ranked(room, SENGGARANG, "fire-building")
    monkeypatch.setattr(ways_module, "_WORK_AT_ONCE", 0)
    monkeypatch.setattr(ways_module, "_EDGES_AT_ONCE", 0)
    busy = threading.Event()
    room.ways._thread.submit(busy.wait, 30.0)
    try:
        room.ask("dina", "dispatcher", cmd.SetConditions(tide_m=0.2, rain=True))
        assert room.wait(2.0) == [], "there are no streets under rain yet"
        busy.set()
        for _ in range(2):
            room.ways.look_ahead(room.board, room.now)
            for coming in list(room.ways._coming.values()):
                coming.result(10.0)
        assert kinds(room.wait(0.25)) == ["RecommendationMade", "WaysReviewed", "WaysReviewed"]
        assert "rain, low water" in english(room.board.incidents[incident.id].method)
        assert room.replayed() == room.board
    finally:
        busy.set()
        room.ways.close()


def test_streets_that_are_never_ready_keep_no_review_waiting_for_ever():
    room = city_story()
    room.now = NOON
    ranked(room, SENGGARANG, "fire-building")
    room.world = world_of(room.world, ready=lambda board, now, coverage: False)
    room.ask("dina", "dispatcher", cmd.SetConditions(tide_m=0.2, rain=True))
    assert room.wait(9.0) == [] and kinds(room.wait(2.0)) == ["RecommendationMade", "WaysReviewed"]
    assert kinds(room.wait(60.0)) == ["WaysReviewed"]


def test_a_ranking_that_fails_in_a_review_takes_nothing_away():
    room = city_story()
    room.now = NOON
    incident = ranked(room, SENGGARANG, "fire-building")
    broken = Ranking(missing=(text("missing.ranking-failed"),), method=FAILED)
    room.world = world_of(room.world, recommend=lambda *asked: broken)
    room.ask("dina", "dispatcher", cmd.SetConditions(tide_m=0.2, rain=True))
    assert kinds(room.wait(0.1)) == ["WaysReviewed"]
    assert room.board.incidents[incident.id].candidates == incident.candidates


def test_of_many_closures_in_a_row_only_the_coverage_that_counts_is_made_and_none_is_kept_for_ever(city, monkeypatch):
    monkeypatch.setattr(ways_module, "_WORK_AT_ONCE", 0)
    room = city_story()
    room.now = NOON
    ways, busy = room.ways, threading.Event()
    ways._thread.submit(busy.wait, 30.0)
    try:
        for edge in city.network.edges[:20]:
            drawn = Drawn(shape="point", points=(edge.points[0],), radius_m=20.0)
            room.ask("dina", "dispatcher", cmd.CloseStreet(drawn=drawn))
            assert not ways.coverage(room.board, NOON)[1]
            assert len(ways._coming) == 1
        (coming,) = ways._coming.values()
        busy.set()
        coming.result(10.0)
        assert ways.coverage(room.board, NOON)[1] and not ways._coming
    finally:
        busy.set()
        ways.close()


def test_the_hour_is_the_citys_and_bands_of_hours_share_what_was_made(city):
    ways = UnitRanking(city, MemoryBus(), 120.0).ways
    board = city_story().board
    assert ways.hour(NOON) == 12.0 and ways.now(board, NIGHT).night
    assert ways.network(board, NOON) is ways.network(board, NOON + 3600.0)
    assert ways.network(board, NOON) is not ways.network(board, NIGHT)
    assert np.isfinite(ways.coverage(board, NIGHT)[0].seconds("car")).any()
