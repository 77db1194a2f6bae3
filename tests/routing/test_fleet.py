"""A fleet dispatched again: who goes under which policy, when they are there, and what must hold whatever happens."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.city.demand import DemandPoint
from routing.network.roads import Network
from routing.recommendation.coverage import Coverage
from routing.what_if.fleet import Crew, Fleet, Job, Sent, Wave
from routing.what_if.policies import as_recorded, chance_late, closest, road, sparing
from routing.what_if.trips import Trips
from tests.routing.town import A, B, C, D, K, line, town

# One street of 2.2 km at 10 m/s, and a quay across 440 m of water with a boat every ten minutes.
WEST, MIDDLE, EAST = (1.0, 104.0), (1.0, 104.01), (1.0, 104.02)
ACROSS = (1.004, 104.0)
SHORES = Network.from_geojson({
    "type": "FeatureCollection",
    "features": [line("Street", WEST, MIDDLE, EAST), line("Ferry", WEST, ACROSS, **{"class": "boat", "minutes": 10}),
                 line("Quay", ACROSS, (1.004, 104.01))],
})  # fmt: skip
METRES = 1112.0  # between two of the three points


def crew(name: str, place: tuple[float, float], *able: str, **known) -> Crew:
    times = {"turnout_s": 60.0, "turnout_night_s": 90.0, "turnout_rolling_s": 10.0}
    where = {"lat": place[0], "lon": place[1], "profile": "car"}
    return Crew(id=name, capabilities=able or ("ambulance",), **(times | where | known))


def wave(name: str, at: float, place: tuple[float, float], *needs: str, works: float = 600.0, level=1, **known) -> Wave:
    jobs = tuple(
        Job(id=f"{name}-{n}", capability=need, recorded="", works_s=works, **known)
        for n, need in enumerate(needs or ("ambulance",))
    )
    return Wave(incident=name, called=at - 60, at=at, lat=place[0], lon=place[1], jobs=jobs, level=level)


def dispatched(network, crews, waves, policy=road, night=lambda at: False) -> dict[str, Sent]:
    trips = Trips(lambda at: network, [(one.profile, (one.lat, one.lon)) for one in crews])
    return Fleet(crews, trips, policy, 600.0, night).run(waves)


def test_three_incidents_of_which_the_last_has_to_wait():
    crews = [crew("west", WEST), crew("east", EAST)]
    waves = [wave("one", 1000, WEST), wave("two", 1100, MIDDLE, works=1000), wave("three", 1200, EAST)]
    sent = dispatched(SHORES, crews, waves)
    assert [sent[f"{name}-0"].unit for name in ("one", "two", "three")] == ["west", "east", "west"]
    assert sent["one-0"].arrived == pytest.approx(1060, abs=1)
    assert sent["two-0"].arrived == pytest.approx(1160 + METRES / 10, abs=2)
    # The first is clear at 1660, where it stands by, so it rolls a minute later.
    assert sent["three-0"].sent == sent["one-0"].cleared == pytest.approx(1660, abs=1)
    assert sent["three-0"].arrived == pytest.approx(1720 + 2 * METRES / 10, abs=3)


def test_a_unit_is_sent_from_where_it_is_on_its_way_home():
    alone = [crew("west", WEST)]
    waves = [wave("one", 1000, EAST), wave("two", 1932, MIDDLE)]
    sent = dispatched(SHORES, alone, waves)
    free = sent["one-0"].cleared
    driven = (1932 - free) * 10
    assert 0 < driven < METRES
    assert sent["two-0"].arrived == pytest.approx(1932 + 10 + (METRES - driven) / 10, abs=3)


def test_what_the_crews_met_is_met_by_whoever_goes():
    slow = wave("one", 1000, MIDDLE, turnout_late_s=30.0, slowness=2.0, ends_at=WEST)
    sent = dispatched(SHORES, [crew("east", EAST)], [slow], night=lambda at: True)["one-0"]
    assert sent.arrived == pytest.approx(1000 + 90 + 30 + 2 * METRES / 10, abs=3)
    both = [slow, wave("two", sent.cleared + 1, WEST)]
    after = dispatched(SHORES, [crew("east", EAST)], both, night=lambda at: True)["two-0"]
    assert after.arrived - after.sent == pytest.approx(10, abs=2), "it became free at the western end"


def test_the_closest_unit_is_across_the_water_and_the_road_knows():
    crews = [crew("island", ACROSS), crew("east", EAST)]
    assert [dispatched(SHORES, crews, [wave("one", 1000, WEST)], policy)["one-0"].unit for policy in (closest, road)] \
        == ["island", "east"]  # fmt: skip


def test_closest_takes_a_boat_only_where_nothing_on_wheels_is_free():
    boat = crew("boat", WEST, "ambulance", "boat", profile="boat")
    sent = dispatched(SHORES, [boat, crew("east", EAST)], [wave("one", 1000, WEST), wave("two", 1001, WEST)], closest)
    assert (sent["one-0"].unit, sent["two-0"].unit) == ("east", "boat")
    assert dispatched(SHORES, [boat, crew("east", EAST)], [wave("one", 1000, WEST, "boat")])["one-0"].unit == "boat"


def test_coverage_spares_the_only_unit_of_a_district_when_another_is_in_time():
    points = [DemandPoint(name=n, area=n, lat=p[0], lon=p[1], weight=w) for n, p, w in (("S", A, 3.0), ("N", C, 1.0))]
    crews = [crew("south-1", A), crew("south-2", A), crew("north", C)]
    spared = sparing(Coverage(town(), points, 200.0), spread=0.05)
    incident = wave("one", 1000, (1.01, 104.004))  # 670 m from C, 1.6 km from A by West and North
    assert dispatched(town(), crews, [incident], road)["one-0"].unit == "north"
    assert dispatched(town(), crews, [incident], spared)["one-0"].unit == "south-1"
    # With no time to spare the quickest goes, whatever it leaves behind.
    late = Wave(incident="one", called=580, at=1000, lat=1.01, lon=104.004, jobs=incident.jobs)
    assert dispatched(town(), crews, [late], spared)["one-0"].unit == "north"


def test_the_chance_of_being_late():
    early, on_the_minute, late = chance_late(np.array([300.0, 600.0, 900.0]), 600.0, 0.15)
    assert early < 1e-6 and on_the_minute == 0.5 and late > 0.97


def test_who_has_no_way_there_stays_unless_nobody_has_one():
    cut_off = Network.from_geojson({"type": "FeatureCollection", "features": [line("Street", WEST, EAST)]})
    far_away = crew("far", (1.1, 104.0))
    sent = dispatched(cut_off, [far_away, crew("east", EAST)], [wave("one", 1000, WEST), wave("two", 1001, WEST)])
    assert [sent[name].unit for name in ("one-0", "two-0")] == ["east", "east"]
    assert dispatched(cut_off, [far_away], [wave("one", 1000, WEST)])["one-0"].unit == "far"


def test_the_most_urgent_who_waits_goes_first():
    waves = [wave("one", 1000, WEST), wave("later", 1010, WEST, level=3), wave("urgent", 1020, WEST, level=1)]
    sent = dispatched(SHORES, [crew("west", WEST)], waves)
    assert sent["one-0"].cleared == sent["urgent-0"].sent < sent["later-0"].sent


def test_who_goes_off_duty_for_good_is_sent_nowhere():
    gone, back = crew("west", WEST, away=((900.0, math.inf),)), crew("west", WEST, away=((900.0, 1500.0),))
    assert dispatched(SHORES, [gone], [wave("one", 1000, WEST)])["one-0"].unit == ""
    assert dispatched(SHORES, [back], [wave("one", 1000, WEST)])["one-0"].sent == 1500.0


def test_the_choices_of_the_record_are_kept_where_they_can_be():
    job = Job(id="one-0", capability="ambulance", recorded="east", works_s=600.0)
    one = Wave(incident="one", called=940, at=1000, lat=WEST[0], lon=WEST[1], jobs=(job,))
    away = crew("east", EAST, away=((900.0, 2000.0),))
    for east, goes in ((crew("east", EAST), "east"), (away, "west")):
        assert dispatched(SHORES, [crew("west", WEST), east], [one], as_recorded)["one-0"].unit == goes


PLACES = st.sampled_from([A, B, C, D, K])
ABLE = st.sampled_from([("ambulance",), ("police",), ("ambulance", "police")])
COVERAGE = Coverage(town(), [DemandPoint(name="S", area="S", lat=A[0], lon=A[1], weight=1.0)], 300.0)
TOWN = town()
TRIPS = Trips(lambda at: TOWN)


@given(
    st.lists(st.tuples(PLACES, ABLE, st.booleans()), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 4000), PLACES, st.lists(st.sampled_from(["ambulance", "police"]), min_size=1,
                       max_size=3), st.integers(0, 2000), PLACES), max_size=8),
    st.sampled_from([closest, road, as_recorded, sparing(COVERAGE, 0.15)]),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_nobody_is_in_two_places_and_no_job_is_lost(units, incidents, policy):
    crews = [crew(f"u{n}", place, *able, away=((1000.0, 2000.0),) * off) for n, (place, able, off) in enumerate(units)]
    waves = [
        wave(f"i{n}", float(at), place, *needs, works=float(works), ends_at=end)
        for n, (at, place, needs, works, end) in enumerate(sorted(incidents))
    ]
    sent = Fleet(crews, TRIPS, policy, 600.0).run(waves)
    assert set(sent) == {job.id for one in waves for job in one.jobs}
    by_name = {one.id: one for one in crews}
    for one in sent.values():
        if one.unit:
            assert one.capability in by_name[one.unit].capabilities
            assert one.asked <= one.sent < one.arrived <= one.cleared
            assert not any(begin <= one.sent < end for begin, end in by_name[one.unit].away)
        else:
            assert not any(one.capability in each.capabilities for each in crews)
    for name in by_name:
        mine = sorted((one.sent, one.cleared) for one in sent.values() if one.unit == name)
        assert all(before[1] <= after[0] for before, after in zip(mine, mine[1:], strict=False))
