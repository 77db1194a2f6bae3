"""One suite for every engine, with plain Dijkstra to say what is right; and forbidden turns against a slow memory."""

import math
import random
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.network.conditions import Conditions
from routing.network.engines import Arcs, EngineFailed, NoWay, ScipyEngine, SparedEngine
from routing.network.graph import PROFILES
from routing.network.hierarchy import Hierarchy, HierarchyEngine
from routing.network.roads import Network
from tests.routing.oracle import by_memory, random_town, shortest


class Failing:
    """An engine whose library has given up."""

    def seconds(self, *asked):
        raise EngineFailed("gave up")

    totals = way = seconds


MADE = {
    "spared": lambda arcs: SparedEngine(Failing(), lambda: ScipyEngine(arcs)),
    "scipy": ScipyEngine,
    "hierarchy": lambda arcs: HierarchyEngine(Hierarchy(arcs, np.arange(arcs.count), np.arange(arcs.count) % 3), arcs),
}
NODES = 9
arc = st.tuples(
    st.integers(0, NODES - 1),
    st.integers(0, NODES - 1),
    st.one_of(st.integers(1, 900).map(lambda ms: ms / 8), st.just(math.inf)),
)
graphs = st.lists(arc, min_size=1, max_size=40)
goals = st.dictionaries(st.integers(0, NODES - 1), st.integers(0, 400).map(lambda ms: ms / 8), min_size=1, max_size=3)


def arcs_of(drawn) -> Arcs:
    start, stop, seconds = zip(*drawn, strict=True)
    return Arcs(NODES, np.array(start), np.array(stop), np.array(seconds, dtype=float))


def expected(drawn, goals) -> list[float]:
    return [
        min((found[goal] + left for goal, left in goals.items()), default=math.inf)
        for found in (shortest(NODES, drawn, source) for source in range(NODES))
    ]


@pytest.fixture(params=sorted(MADE))
def make(request):
    return MADE[request.param]


@given(graphs, goals)
@settings(max_examples=200)
def test_every_engine_agrees_with_plain_dijkstra(drawn, goals):
    for make in MADE.values():
        found = make(arcs_of(drawn)).seconds(np.arange(NODES), goals)
        assert found == pytest.approx(expected(drawn, goals), abs=1e-6)


@given(graphs, goals)
@settings(max_examples=200)
def test_ways_and_sums_are_those_of_the_quickest_way(drawn, goals):
    arcs, right = arcs_of(drawn), expected(drawn, goals)
    cost = np.where(np.isinf(arcs.seconds), 0, arcs.seconds)
    for make in MADE.values():
        engine = make(arcs)
        totals = engine.totals(np.arange(NODES), goals, np.stack([cost, np.ones(len(drawn))]))
        for source in range(NODES):
            if right[source] == math.inf:
                assert totals.last[source] == -1
                with pytest.raises(NoWay):
                    engine.way(source, goals)
                continue
            at = source
            way = engine.way(source, goals)
            for number in way:
                assert drawn[number][0] == at
                at = drawn[number][1]
            assert at in goals
            assert sum(drawn[number][2] for number in way) + goals[at] == pytest.approx(right[source], abs=1e-6)
            assert totals.sums[0, source] + goals[int(totals.last[source])] == pytest.approx(right[source], abs=1e-6)


def test_of_parallel_arcs_the_quickest_counts_and_they_are_never_added(make):
    engine = make(arcs_of([(0, 1, 50.0), (0, 1, 7.0), (0, 1, 30.0)]))
    assert engine.seconds(np.array([0]), {1: 0.0}) == pytest.approx([7.0])
    assert engine.way(0, {1: 0.0}) == [1]


def test_no_sources_and_no_goals_are_no_fault(make):
    engine = make(arcs_of([(0, 1, 5.0)]))
    assert len(engine.seconds(np.zeros(0, dtype=int), {1: 0.0})) == 0
    assert engine.totals(np.zeros(0, dtype=int), {1: 0.0}, np.ones((1, 1))).sums.shape == (1, 0)
    assert np.isinf(engine.seconds(np.array([0]), {})).all()


def test_a_node_that_is_not_there_is_a_plain_error_in_either_engine(make):
    engine = make(arcs_of([(0, 1, 5.0)]))
    with pytest.raises(IndexError):
        engine.seconds(np.array([10**6]), {1: 0.0})


@given(st.integers(0, 10**6), st.sampled_from(sorted(PROFILES)), st.sampled_from(["scipy", "hierarchy"]))
@settings(max_examples=60)
def test_forbidden_turns_limits_and_closures_are_obeyed_as_a_slow_memory_obeys_them(seed, profile, engine):
    draw = random.Random(seed)
    town = random_town(seed, side=4, engine=engine)
    numbers = range(len(town.edges))
    town = town.without(draw.sample(numbers, draw.randint(0, 5)), draw.sample(numbers, draw.randint(0, 5)))
    town = town.under(Conditions(hour=draw.choice([None, 3.0, 12.0, 17.0]), rain=draw.random() < 0.5))
    graph = town._graph(profile)
    assert town.engine_of(profile) == engine
    shape = graph.shape
    for goal in draw.sample(range(shape.junctions), 3):
        ends = dict.fromkeys([*shape.aboard_at(goal, None, profile), goal + shape.aboard], 0.0)
        sources = draw.sample(range(shape.junctions), 5)
        found = graph.engine.seconds(np.array(sources), ends)
        for source, seconds in zip(sources, found.tolist(), strict=True):
            ways = by_memory(shape, graph.cost, town.turns, town.closed, source, town.shut(profile))
            right = ways.get(goal, math.inf)
            assert seconds == pytest.approx(right, abs=0.05), (source, goal)


def test_whole_travels_are_the_same_by_either_engine():
    draw = random.Random(8)
    for seed in range(4):
        one, other = (random_town(seed, side=6, engine=engine) for engine in ("scipy", "hierarchy"))
        spots = [(0.9 + draw.random() * 0.012, 104.4 + draw.random() * 0.012) for _ in range(30)]
        for profile in ("car", "engine"):
            left, right = (town.travel_times(spots[:-1], spots[-1], profile) for town in (one, other))
            assert [way.mode for way in left] == [way.mode for way in right]
            assert [way.seconds for way in left] == pytest.approx([way.seconds for way in right], abs=0.1)


def test_a_prepared_network_answers_as_one_that_is_not_and_an_empty_one_needs_nothing():
    spots = [(0.901, 104.401), (0.903, 104.403)]
    town = random_town(3)
    town.prepare()
    assert town.travel_times(spots, spots[0]) == random_town(3).travel_times(spots, spots[0])
    Network().prepare()


def test_closures_that_come_and_go_leave_no_trace_in_a_hierarchy():
    town = random_town(5, side=6, engine="hierarchy")
    draw = random.Random(5)
    spots = [(0.9 + draw.random() * 0.012, 104.4 + draw.random() * 0.012) for _ in range(9)]
    before = town.travel_times(spots[1:], spots[0])
    for _ in range(5):
        closed = town.with_closures([edge.id for edge in draw.sample(town.edges, 6)])
        alone = random_town(5, side=6, engine="scipy").with_closures([town.edges[n].id for n in closed.closed])
        got, right = (net.travel_times(spots[1:], spots[0]) for net in (closed, alone))
        assert [way.seconds for way in got] == pytest.approx([way.seconds for way in right], abs=0.1)
        assert town.travel_times(spots[1:], spots[0]) == before


def test_a_closed_street_is_answered_by_the_hierarchy_on_any_thread():
    town = random_town(5, side=6, engine="hierarchy")
    spots = [edge.points[0] for edge in town.edges[:6]]
    town.prepare()
    for number in range(3):
        closed = town.with_closures([town.edges[number].id])
        with ThreadPoolExecutor(1) as thread:
            there = thread.submit(closed.travel_times, spots[1:], spots[0]).result(10.0)
        assert closed.engine_of("car") == "hierarchy", "it gave up and the slow one took its place"
        assert there == closed.travel_times(spots[1:], spots[0])
        town.travel_times(spots[1:], spots[0])
