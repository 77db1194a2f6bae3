"""The measurements of routing measure: the same units each time, and real streets against the oracle."""

from __future__ import annotations

import random

import pytest

from bench.fleet import Draw
from bench.oracle import altered, compare
from bench.recommend import closure_ms, lost_seconds, milliseconds
from bench.towns import demo_city, demo_town, extracts, grid, network_of
from routing.recommendation.coverage import Coverage


@pytest.fixture(scope="module")
def city():
    return demo_city()


def test_units_and_incidents_are_the_same_each_time(city):
    town = demo_town(city)
    one, other = (Draw(town, 5) for _ in range(2))
    units = one.fleet(city, 60)
    assert units == other.fleet(city, 60) and one.place(300) == other.place(300)
    assert {unit.profile for unit in units} == {"road", "boat"} and 0 < sum(unit.available for unit in units) < 60
    dry = Draw(grid(4), 5).fleet(city, 60)
    assert {unit.profile for unit in dry} == {"road"} and "boat" not in {unit.kind for unit in dry}


def test_every_town_is_measured_with_demand_and_a_closure(city):
    for town in (demo_town(city), grid(8)):
        assert sum(one.weight for one in town.demand) > 0 and town.bases and town.target_ms > 0
        coverage = Coverage(town.network, town.demand, 600.0, town.bases)
        for radius in (0.0, 300.0):
            took = milliseconds(town, coverage, city, 20, radius, rounds=2)
            assert len(took) == 2 and all(clock > 0 and cpu > 0 for clock, cpu in took)
        assert len(closure_ms(town, coverage, 3)) == 3


def test_the_nearest_on_the_map_never_arrives_before_the_quickest(city):
    lost = lost_seconds(demo_town(city), city, 20, rounds=30)
    assert min(lost) >= 0 and 0 < sum(seconds > 1 for seconds in lost) < 30


def test_on_real_streets_every_travel_time_is_that_of_plain_dijkstra():
    """Helsinki's, with random closures, one-ways and forbidden turns, for each profile and engine."""
    assert extracts(), "the streets of Helsinki are missing; run deploy/setup.sh with a network"
    network = network_of(extracts()[0])
    assert len(network.edges) > 4000 and len(network.turns) > 40
    seed = random.randrange(10**6)
    found = compare(network, random.Random(seed), rounds=8, sources=6, goals=25)
    assert sum(one.pairs for one in found.values()) == 2400
    assert {profile: one.wrong for profile, one in found.items()} == dict.fromkeys(found, 0), (seed, found)
    assert found["car"].unreachable < found["car"].pairs / 2


def test_the_streets_are_altered_at_random_but_never_the_original():
    network = demo_city().network
    one, other = (altered(network, random.Random(seed)) for seed in (1, 2))
    assert len(one.turns) > len(network.turns) and one.edges != other.edges
    assert sum(a.oneway != b.oneway for a, b in zip(network.edges, one.edges, strict=True)) > 0
