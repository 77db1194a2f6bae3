"""What signs and water forbid: turns, weight and width, hours and tides, each told by a way that is taken instead."""

import pytest

from routing.network.conditions import Conditions
from routing.network.roads import Network
from tests.routing.town import STREETS, A, B, C, D, J, line, town

SIDE = 1111.95


def turn(*points, **said):
    drawn = line("", *points)
    return {**drawn, "properties": said}


def streets(*more):
    return {"type": "FeatureCollection", "features": [*STREETS, *more]}


def network(turns, *more, engine=""):
    return Network.from_geojson(streets(*more), {"type": "FeatureCollection", "features": list(turns)}, engine)


def metres(net, origin, destination, profile="car"):
    return net.travel_times([origin], destination, profile)[0].metres


@pytest.fixture(params=["scipy", "hierarchy"])
def engine(request):
    return request.param


def test_a_forbidden_turn_is_driven_round(engine):
    north_of_a, east_of_a = (1.005, 104.0), (1.0, 104.005)
    assert metres(network([], engine=engine), north_of_a, east_of_a) == pytest.approx(SIDE, rel=0.01)
    forbidden = network([turn(D, A, B)], engine=engine)
    # Not by West and South at A: round by North, East and South.
    assert metres(forbidden, north_of_a, east_of_a) == pytest.approx(3 * SIDE, rel=0.01)
    assert metres(forbidden, east_of_a, north_of_a) == pytest.approx(SIDE, rel=0.01)


def test_whoever_stands_at_the_junction_has_not_made_the_turn(engine):
    assert metres(network([turn(D, A, B)], engine=engine), A, B) == pytest.approx(SIDE, rel=0.01)


def test_a_turn_by_way_of_a_street_between_is_forbidden_only_to_who_came_that_way(engine):
    forbidden = network([turn(D, A, B, C)], engine=engine)
    from_west, at_a, end = (1.001, 104.0), (1.0, 104.0001), (1.002, 104.01)
    assert metres(forbidden, at_a, end) == pytest.approx(SIDE * 1.2 - 11, rel=0.01)
    assert metres(network([], engine=engine), from_west, end) == pytest.approx(SIDE * 1.3, rel=0.01)
    # By the Diagonal, which leaves the forbidden way at A.
    assert metres(forbidden, from_west, end) == pytest.approx(SIDE * (0.1 + 2**0.5 + 0.8), rel=0.01)


def test_a_turn_that_binds_fire_engines_does_not_bind_cars():
    forbidden = network([turn(D, A, B, bars=["engine"])])
    assert metres(forbidden, (1.005, 104.0), (1.0, 104.005)) == pytest.approx(SIDE, rel=0.01)
    assert metres(forbidden, (1.005, 104.0), (1.0, 104.005), "engine") == pytest.approx(3 * SIDE, rel=0.01)


def test_a_path_obeys_the_turns_that_its_time_obeys(engine):
    path = network([turn(D, A, B)], engine=engine).path((1.005, 104.0), (1.0, 104.005))
    assert [tuple(round(x, 3) for x in point) for point in path[1:-1]] == [(1.01, 104.0), (1.01, 104.01), (1.0, 104.01)]


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (turn(D, (1.5, 104.0), B), "no street runs straight"),
        (turn(D, A), "stays on one street"),
        (turn(D, A, B, bars=["bicycle"]), "field bars"),
        (turn(A, B, J), "no street runs straight"),
        ({"geometry": {"type": "Point", "coordinates": [104, 1]}}, "no LineString"),
    ],
)
def test_a_badly_drawn_turn_is_named_with_what_to_do(drawn, said):
    with pytest.raises(ValueError, match=rf"feature 1, .*{said}"):
        network([drawn])


def test_an_engine_goes_round_a_weak_bridge_a_low_one_and_a_narrow_street():
    for limit in ({"max_weight": 8}, {"max_height": 3}, {"max_width": 2.2}, {"bars": ["engine"]}):
        weak = town(line("Short cut", D, (1.006, 104.006), B, **limit))
        assert metres(weak, D, B) < 1.5 * SIDE
        assert metres(weak, D, B, "engine") == pytest.approx(2 * SIDE, rel=0.01)


def test_nobody_walks_where_walking_is_barred():
    alone = Network.from_geojson(
        {"type": "FeatureCollection", "features": [line("Toll", A, B, bars=["foot"], oneway=True)]}
    )
    assert alone.travel_times([B], A)[0].mode == "straight-line"
    assert alone.travel_times([A], B)[0].mode == "road"
    assert alone.nearest_street(*B).name == "Toll"


def test_a_causeway_is_driven_while_the_water_is_low_enough():
    flats = town(line("Causeway", D, (1.005, 104.005), B, tide_below=1.2))
    assert metres(flats.under(Conditions(tide_m=1.1)), D, B) < 1.5 * SIDE
    assert metres(flats.under(Conditions(tide_m=1.2)), D, B) == pytest.approx(2 * SIDE, rel=0.01)
    assert metres(flats, D, B) < 1.5 * SIDE


def test_a_boat_needs_water_and_a_public_boat_its_hours():
    ferry = {"class": "boat", "minutes": 10, "boarding": 5, "hours": [6, 18], "tide_above": 0.4}
    net = Network.from_geojson(streets(line("Other", A, J, **ferry), line("Far", J, (1.0, 104.05))))
    closed = net.with_closures(["Ferry"])

    def mode(profile, **now):
        return closed.under(Conditions(**now)).travel_times([A], J, profile)[0].mode

    assert (mode("car", hour=12), mode("car", hour=22)) == ("road+boat", "straight-line")
    assert (mode("car", hour=12, tide_m=0.3), mode("car", hour=12, tide_m=0.5)) == ("straight-line", "road+boat")
    assert (mode("boat", hour=22), mode("boat", tide_m=0.1)) == ("boat", "straight-line")


def test_rain_night_and_rush_change_times_and_nothing_known_changes_nothing():
    def seconds(profile="car", **now):
        return town().under(Conditions(**now)).travel_times([D], B, profile)[0].seconds

    assert seconds() == seconds(hour=12) == seconds(tide_m=1)
    assert seconds(hour=23) < seconds() < seconds(rain=True) < seconds(rain=True, hour=17)
    assert town().under(Conditions(hour=23)).with_closures(["West"]).conditions.hour == 23
    assert town().with_closures(["West"]).under(Conditions(hour=23)).closed


@pytest.mark.parametrize("field", ["bars", "max_weight", "tide_below", "hours"])
def test_a_bad_rule_of_a_street_is_named_with_its_field(field):
    with pytest.raises(ValueError, match=rf"feature 9 \(Bad\), field {field}"):
        town(line("Bad", A, C, **{field: "much"}))
