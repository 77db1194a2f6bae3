"""Travel times: by road rather than by map, across water, against closures, and never without an answer."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.location import distance_m
from routing.network.roads import Network
from routing.network.travel import straight_line
from tests.routing.town import STREETS, A, B, C, D, G, J, K, line, town
from tests.texts import english, indonesian

NETWORK = town()
SIDE = 1111.95  # metres; at 36 km/h a side takes 111 s
spots = st.tuples(st.floats(0.994, 1.011), st.floats(103.999, 104.041))
profiles = st.sampled_from(["car", "motorcycle", "engine", "boat"])


def one(origin, destination, profile="car", network=NETWORK):
    return network.travel_times([origin], destination, profile)[0]


def test_a_street_of_known_length_takes_its_time():
    there = one(A, B)
    assert there.seconds == pytest.approx(SIDE / 10, rel=0.002)
    assert there.metres == pytest.approx(SIDE, rel=0.002)
    assert (there.mode, round(there.off_m)) == ("road", 0)


def test_a_one_way_street_is_used_one_way_only():
    assert one(A, C).metres == pytest.approx(SIDE * 2**0.5, rel=0.002)
    assert one(C, A).metres == pytest.approx(SIDE * 2, rel=0.002)


def test_on_the_same_one_way_street_going_back_means_going_round():
    early, late = (1.003, 104.003), (1.004, 104.004)
    assert one(early, late).metres == pytest.approx(157, rel=0.01)
    # A crew leaves its vehicle rather than drive round when that is quicker; a long way round is driven.
    assert one((1.009, 104.009), (1.001, 104.001)).seconds > 200


def test_points_beside_a_street_are_snapped_to_the_street_not_to_its_corner():
    beside = (1.0001, 104.005)
    there = one(beside, B)
    assert there.off_m == pytest.approx(11.1, abs=0.2)
    assert there.metres == pytest.approx(SIDE / 2 + 11.1, rel=0.01)


def test_a_car_crew_walks_into_an_alley_and_a_motorcycle_drives():
    walked, driven = one(B, G, "car"), one(B, G, "motorcycle")
    assert walked.seconds > 400 > driven.seconds


def test_an_island_is_reached_by_ferry_and_on_foot():
    there = one(A, K)
    sailing = 15 * 60
    assert there.mode == "road+boat"
    assert there.seconds == pytest.approx(SIDE / 10 + 20 + sailing + SIDE / (5 / 3.6), rel=0.01)


def test_a_boat_sails_without_waiting_and_its_crew_walks_the_rest():
    there = one(J, B, "boat")
    assert there.mode == "boat"
    assert there.seconds == pytest.approx(2 * SIDE / (30 / 3.6), rel=0.01)


def test_a_crew_already_on_the_island_does_not_fetch_its_car():
    assert one(J, K).mode == "road"
    assert one(J, K).seconds == pytest.approx(SIDE / (5 / 3.6), rel=0.01)


def test_a_closed_street_is_driven_round_and_the_first_network_is_untouched():
    closed = NETWORK.with_closures(["Diagonal"])
    assert one(A, C, network=closed).metres == pytest.approx(2 * SIDE, rel=0.002)
    assert one(A, C).metres < 1600
    twice = closed.with_closures(["South"])
    assert [twice.edges[number].name for number in sorted(twice.closed)] == ["South", "Diagonal"]


def test_an_incident_on_a_closed_street_can_still_be_reached():
    closed = NETWORK.with_closures(["East"])
    assert one(A, (1.005, 104.01), network=closed).mode == "road"


def test_closing_a_street_that_does_not_exist_says_so():
    with pytest.raises(ValueError, match="Jl. Khayalan"):
        NETWORK.with_closures(["Jl. Khayalan"])


def test_of_two_parallel_streets_the_quicker_one_counts():
    detour = line("Loop", A, (0.999, 104.005), B, speed=5)
    assert one(A, B, network=town(detour)).seconds == pytest.approx(one(A, B).seconds)


def test_without_a_network_the_answer_is_an_estimate_that_says_so():
    there = Network().travel_times([A, D], B)
    assert [way.mode for way in there] == ["straight-line"] * 2
    assert there[0].seconds == pytest.approx(SIDE * 1.4 / (30 / 3.6), rel=0.01)
    assert Network().path(A, B) == [A, B]


def test_a_place_far_from_every_street_is_an_estimate():
    far = (1.2, 104.2)
    assert one(A, far) == straight_line(A, far)
    assert one(far, A) == straight_line(far, A)


def test_an_unknown_profile_is_refused():
    with pytest.raises(ValueError, match="hovercraft"):
        one(A, B, "hovercraft")


def test_the_path_runs_along_the_streets():
    path = NETWORK.path(D, B)
    assert [tuple(round(x, 4) for x in point) for point in path] in ([D, A, B], [D, C, B])


def test_directions_name_each_street_and_turn():
    steps = NETWORK.directions([D, A, B])
    assert [(step.name, round(step.metres, -1)) for step in steps] == [("West", 1110), ("South", 1110)]
    assert indonesian(steps[0].turn) == "Ke arah selatan di West"
    assert (indonesian(steps[1].turn), english(steps[1].turn)) == ("Belok kiri ke South", "Turn left into South")


def test_the_nearest_street_is_found_for_a_click_on_the_map():
    snap = NETWORK.nearest_street(1.005, 104.0099)
    assert (snap.name, round(snap.lat, 4), round(snap.lon, 4)) == ("East", 1.005, 104.01)
    assert Network().nearest_street(1, 104) is None


@given(st.lists(spots, min_size=1, max_size=6), spots, profiles)
def test_every_question_has_a_finite_answer_and_no_way_beats_the_straight_line(origins, destination, profile):
    for origin, way in zip(origins, NETWORK.travel_times(origins, destination, profile), strict=True):
        straight = distance_m(*origin, *destination)
        assert 0 <= way.seconds < 40_000
        assert way.metres >= straight * 0.995 - 1
        assert way.mode in ("road", "boat", "road+boat", "straight-line")


@given(spots, spots, profiles)
def test_the_path_is_as_long_as_the_travel_says(origin, destination, profile):
    way = one(origin, destination, profile)
    if way.mode != "straight-line":
        path = NETWORK.path(origin, destination, profile)
        drawn = sum(distance_m(*a, *b) for a, b in pairwise(path))
        assert drawn == pytest.approx(way.metres, rel=0.01, abs=3)


corners = st.sampled_from([A, B, C, D, G, J, K])


@given(corners, corners, st.sets(st.sampled_from([street["properties"]["name"] for street in STREETS])))
def test_a_closure_never_makes_a_way_quicker(origin, destination, streets):
    closed = one(origin, destination, network=NETWORK.with_closures(streets))
    assert closed.mode == "straight-line" or closed.seconds >= one(origin, destination).seconds - 0.1


@given(st.lists(spots, min_size=2, max_size=8), spots)
def test_asking_together_or_one_by_one_gives_the_same_times(origins, destination):
    together = NETWORK.travel_times(origins, destination)
    assert together == [one(origin, destination) for origin in origins]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"class": "motorway-ish"}, "class"),
        ({"speed": 0}, "speed"),
        ({"speed": "fast"}, "speed"),
        ({"class": "boat"}, "minutes"),
    ],
)
def test_a_bad_street_is_named_with_its_field(said, field):
    with pytest.raises(ValueError, match=rf"feature 9 \(Bad\), field {field}"):
        town(line("Bad", A, C, **said))


def test_a_street_of_one_point_is_refused():
    with pytest.raises(ValueError, match="two different points"):
        town(line("Dot", A, A))
