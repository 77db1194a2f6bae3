"""Travel times on real streets against plain Dijkstra: random pairs, random closures, one-ways and forbidden turns.

The oracle (tests/routing/oracle.py) knows nothing of the states that the network keeps for forbidden turns; it
remembers the way. Where there is no extract (bench/towns.py) the demo city's streets are compared, and that is said.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import msgspec
import numpy as np

from bench import table
from bench.towns import demo_city, extracts, network_of
from routing.network.graph import PROFILES
from routing.network.roads import Network
from tests.routing.oracle import by_memory, random_turn

ENGINES = ("scipy", "hierarchy")
_SAME_S = 0.2  # the hierarchy counts whole milliseconds, on each of some hundred arcs


class Compared(msgspec.Struct, kw_only=True):
    """Of one profile: pairs compared by every engine, how many of them differ, and by how much at most (seconds)."""

    pairs: int = 0
    unreachable: int = 0
    wrong: int = 0
    worst: float = 0.0


def altered(network: Network, draw: random.Random) -> Network:
    """The same streets with one in twenty made one-way, and one forbidden turn more for every fifty."""
    edges = [
        msgspec.structs.replace(edge, oneway=True) if edge.kind != "boat" and draw.random() < 0.05 else edge
        for edge in network.edges
    ]
    made = (random_turn(draw, edges) for _ in range(len(edges) // 50))
    return Network(edges, [*network.turns, *(turn for turn in made if turn)])


def compare(network: Network, draw: random.Random, rounds: int, sources: int, goals: int) -> dict[str, Compared]:
    """By profile; each round has closures, one-ways and turns of its own, and `sources` x `goals` pairs."""
    found = {profile: Compared() for profile in PROFILES}
    for number in range(rounds):
        profile = list(PROFILES)[number % len(PROFILES)]
        one = altered(network, draw)
        closed = [edge.id for edge in draw.sample(one.edges, min(len(one.edges) // 4, draw.choice([0, 10, 100, 400])))]
        engines = [Network(one.edges, one.turns, engine).with_closures(closed) for engine in ENGINES]
        for seconds, right in _pairs(engines, profile, draw, sources, goals):
            kept = found[profile]
            kept.pairs += 1
            kept.unreachable += right == np.inf
            if seconds != right:
                away = abs(seconds - right)
                kept.worst = max(kept.worst, away)
                kept.wrong += not away <= _SAME_S
    return found


def _pairs(engines: list[Network], profile: str, draw: random.Random, sources: int, goals: int) -> Iterator[tuple]:
    """(seconds by an engine, seconds by the oracle) from junction to junction, for every engine."""
    graph = engines[0]._graph(profile)
    shape = graph.shape
    begin = draw.sample(range(shape.junctions), sources)
    right = [by_memory(shape, graph.cost, engines[0].turns, engines[0].closed, one) for one in begin]
    for goal in draw.sample(range(shape.junctions), goals):
        ends = dict.fromkeys([*shape.aboard_at(goal, None, profile), goal + shape.aboard], 0.0)
        for network in engines:
            seconds = network._graph(profile).engine.seconds(np.array(begin), ends)
            for one, known in zip(seconds.tolist(), right, strict=True):
                yield one, known.get(goal, np.inf)


def run(quick: bool) -> None:
    files = extracts()
    towns = [(file.name, network_of(file)) for file in files] or [("demo city", demo_city().network)]
    for name, network in towns:
        rounds = (4 if quick else 24) * len(PROFILES)
        found = compare(network, random.Random(112), rounds, sources=5, goals=30)
        pairs = sum(one.pairs for one in found.values())
        table.title(f"Travel times against plain Dijkstra: {name}, {pairs:,} comparisons, engines {', '.join(ENGINES)}")
        if not files:
            print("  no extract is there: run deploy/setup.sh, or name a folder with *.osm.pbf in SIAGA_EXTRACTS")
        rows = [
            (profile, one.pairs, one.unreachable, one.wrong, f"{one.worst * 1000:.0f} ms")
            for profile, one in found.items()
        ]
        table.table(("", "pairs", "without a way", "wrong", "largest difference"), rows)
        wrong = sum(one.wrong for one in found.values())
        table.target("no travel time is wrong", wrong == 0, f"{wrong} of {pairs:,}")
