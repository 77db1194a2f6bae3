"""What a city is left with when units go: expected coverage, its price, and whom to move."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.city.demand import DemandPoint
from routing.network.roads import Network
from routing.recommendation.coverage import Coverage, IdleUnit, busy_fraction
from routing.recommendation.nearest import recommend
from tests.routing.test_nearest import NOW, at, needing, unit
from tests.routing.town import A, B, C, D, K, town
from tests.texts import english, indonesian

SOUTH, NORTH, ISLAND = (
    DemandPoint(name=name, area=name, lat=point[0], lon=point[1], weight=weight)
    for name, point, weight in (("South", A, 3.0), ("North", C, 1.0), ("Island", K, 1.0))
)
BASES = [("South station", *A), ("North station", *C)]
TOWN = Coverage(town(), [SOUTH, NORTH, ISLAND], 200.0, BASES)


def ready(id, point, *capabilities, profile="car"):
    where = {"lat": point[0], "lon": point[1], "turnout_s": 60.0}
    return IdleUnit(id=id, capabilities=capabilities or ("ambulance",), profile=profile, **where)


def priced(units, busy=0.25, capability="ambulance"):
    return TOWN.prices(units, TOWN.reach(units), capability, busy)


def test_who_covers_what_is_told_by_the_roads():
    # A to C is 1.6 km along the diagonal at 36 km/h; back it is 2.2 km round the square; the ferry is slow.
    from_south, from_north = TOWN.reach([ready("S", A), ready("N", C)]).tolist()
    assert from_south == [True, False, False] and from_north == [False, True, False]
    wider = Coverage(town(), [SOUTH, NORTH, ISLAND], 250.0, BASES)
    assert wider.reach([ready("S", A), ready("N", C)]).tolist() == [[True, True, False], [False, True, False]]


def test_the_last_unit_of_an_area_is_dear_and_the_third_is_cheap():
    alone = priced([ready("S", A), ready("N", C)])
    assert (alone["N"].area, alone["N"].of_area) == ("North", pytest.approx(0.75))
    assert alone["S"].overall == pytest.approx(0.75 * 3 / 5) and alone["N"].overall == pytest.approx(0.75 / 5)
    three = priced([ready("S", A), ready("S2", A), ready("S3", A), ready("N", C)])
    assert three["S"].of_area == pytest.approx(0.75 * 0.25**2)


def test_only_units_that_can_do_the_same_replace_each_other():
    units = [ready("S", A), ready("E", A, "fire"), ready("N", C, "ambulance", "fire")]
    assert priced(units).keys() == {"S", "N"} and priced(units)["S"].of_area == pytest.approx(0.75)
    assert priced(units, capability="boat") == {} == priced([])


@given(
    st.lists(st.sampled_from([A, B, C, D, K]), min_size=1, max_size=8),
    st.floats(0.0, 0.95),
)
def test_the_price_is_the_coverage_before_less_the_coverage_after(points, busy):
    units = [ready(f"U{n}", point) for n, point in enumerate(points)]
    reach, weight = TOWN.reach(units), np.array([3.0, 1.0, 1.0])
    for gone, price in TOWN.prices(units, reach, "ambulance", busy).items():
        left = [unit for unit in units if unit.id != gone]
        before, after = (TOWN.covered(TOWN.reach(some).sum(axis=0), busy) for some in (units, left))
        assert price.overall == pytest.approx(float((before - after) @ weight) / 5, abs=1e-9)
        assert price.of_area == pytest.approx(float((before - after).max()), abs=1e-9)


def test_a_unit_between_anchors_counts_as_near_the_next_one():
    for share in (0.1, 0.5, 0.9):
        spot = (1.0, 104.0 + 0.01 * share)
        assert TOWN.reach([ready("X", spot)])[0, 0] == (share < 0.95)


def test_where_nothing_is_left_the_unit_that_is_missed_least_is_moved():
    plan = [ready("S", A), ready("S2", A), ready("N", C)]
    idle = [ready("S", A), ready("S2", A)]
    move = TOWN.move_up(idle, plan, "ambulance", 0.25)
    assert (move.unit, move.base, move.area) == ("S", "North station", "North")
    assert (move.now, move.then) == (0.0, pytest.approx(0.75))
    assert move.gain == pytest.approx((0.75 - 3 * 0.75 * 0.25) / 5)


def test_no_move_is_advised_that_costs_more_than_it_brings_or_that_nothing_calls_for():
    plan = [ready("S", A), ready("N", C)]
    assert TOWN.move_up([ready("S", A)], plan, "ambulance", 0.25) is None, "the south is three times as large"
    assert TOWN.move_up(plan, plan, "ambulance", 0.25) is None
    assert TOWN.move_up([], plan, "ambulance", 0.25) is None
    island = [*plan, ready("I", K, profile="boat")]
    assert TOWN.move_up(plan, island, "ambulance", 0.25) is None, "no car gets there in time"


def test_a_small_fleet_does_not_make_the_busy_fraction_none_or_all():
    assert busy_fraction(0, 0) == pytest.approx(0.3)
    assert 0.2 < busy_fraction(0, 2) < busy_fraction(2, 2) < 0.5
    assert busy_fraction(90, 100) == pytest.approx(0.845, abs=0.01)


def test_a_city_without_demand_or_streets_has_no_prices_and_no_fault():
    nothing = Coverage(Network(), [], 600.0)
    units = [ready("S", A)]
    assert nothing.prices(units, nothing.reach(units), "ambulance", 0.3) == {}
    assert nothing.move_up(units, units, "ambulance", 0.3) is None
    assert Coverage(Network(), [SOUTH], 600.0).reach(units).tolist() == [[True]]


def test_the_ranking_says_what_sending_a_unit_leaves_uncovered():
    # AMB-01 is the only one in the north; AMB-02 and AMB-03 stand in the south, where the incident is not.
    units = [unit("AMB-01", C), unit("AMB-02", B), unit("AMB-03", B)]
    wide = Coverage(town(), [SOUTH, NORTH], 150.0, BASES)
    made = recommend(at((1.01, 104.007)), needing(("ambulance", 1)), units, town(), NOW, coverage=wide)
    first = made.candidates[0]
    assert first.unit == "AMB-01" and first.uncovers == "North" and first.uncovers_share > 0.5
    assert "sooner than AMB-02, but leaves North" in english(first) and "% uncovered (ambulance)." in english(first)
    assert "lebih cepat daripada AMB-02, tetapi membuat" in indonesian(first)
    plain = recommend(at((1.01, 104.007)), needing(("ambulance", 1)), units, town(), NOW)
    assert [one.unit for one in plain.candidates] == [one.unit for one in made.candidates]
    assert plain.candidates[0].uncovers == "" and "uncovered" not in english(plain.candidates[0])


def test_a_shortfall_says_where_the_units_are():
    units = [unit("A1", A), unit("A2", A, available=False), unit("A3", A, available=False, status="off_duty")]
    made = recommend(at(B), needing(("ambulance", 3), ("boat", 1)), units, town(), NOW)
    assert made.shortfall == (("ambulance", 2), ("boat", 1))
    assert english(made.missing[0]) == "ambulance: of 3 units 1 busy, 1 off duty, 1 suggested already."
    assert indonesian(made.missing[1]) == "kapal: tidak ada unit yang lain."


def test_a_street_closed_to_cars_and_then_to_all_is_closed_to_crews_on_foot_too_and_open_again_after():
    streets = town()
    (ferry,) = (number for number, edge in enumerate(streets.edges) if edge.name == "Ferry")
    whole = Coverage(streets, [SOUTH, NORTH, ISLAND], 3000.0, BASES)
    crew = [ready("S", A)]
    assert whole.reach(crew)[0, 2]
    to_cars = whole.on(streets.without([], [ferry]))
    assert to_cars.reach(crew)[0, 2], "people still go by boat"
    to_all = to_cars.on(streets.without([ferry], [ferry]))
    assert not to_all.reach(crew)[0, 2]
    assert to_all.on(streets.without([], [ferry])).reach(crew)[0, 2]
