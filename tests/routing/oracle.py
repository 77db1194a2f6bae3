"""Plain Dijkstra, written to be seen to be right, and towns made at random to try it on.

It knows nothing of the states that `routing.network.turns` makes: it remembers the streets that were driven last, and
looks at every step whether they end in a forbidden turn.
"""

from __future__ import annotations

import heapq
import math
import random
from collections import defaultdict

from routing.network.graph import LEAVE_VEHICLE_S, Costs, NetworkShape
from routing.network.roads import Network
from routing.network.streets import Edge
from routing.network.turns import Turn


def shortest(count: int, arcs: list[tuple[int, int, float]], source: int) -> list[float]:
    """Seconds from `source` to each of `count` nodes over arcs (start, stop, seconds)."""
    leaving = defaultdict(list)
    for start, stop, seconds in arcs:
        leaving[start].append((stop, seconds))
    found = [math.inf] * count
    queue = [(0.0, source)]
    while queue:
        so_far, node = heapq.heappop(queue)
        if so_far < found[node]:
            found[node] = so_far
            for stop, seconds in leaving[node]:
                if so_far + seconds < math.inf:
                    heapq.heappush(queue, (so_far + seconds, stop))
    return found


def by_memory(
    shape: NetworkShape, cost: Costs, turns, closed, source: int, closed_aboard=frozenset()
) -> dict[int, float]:
    """Seconds from junction `source` to every other, aboard or on foot; turns are obeyed by remembering the way."""
    forbidden = {turn.way for turn in turns if cost.profile in turn.barred}
    longest = max((len(way) for way in forbidden), default=1) - 1
    runs = defaultdict(list)
    for edge, (one, other) in enumerate(zip(shape.tail.tolist(), shape.head.tolist(), strict=True)):
        if edge in closed:
            continue
        runs[one].append((2 * edge, other, cost.forward[edge], cost.foot[edge]))
        runs[other].append((2 * edge + 1, one, cost.backward[edge], cost.foot[edge]))
    may_leave = cost.arcs[shape.edge < 0][: shape.junctions]
    best: dict[int, float] = {}
    seen = set()
    queue: list[tuple[float, int, bool, tuple[int, ...]]] = [(0.0, source, True, ())]
    while queue:
        so_far, here, aboard, driven = heapq.heappop(queue)
        if (here, aboard, driven) in seen:
            continue
        seen.add((here, aboard, driven))
        best.setdefault(here, so_far)
        if aboard and may_leave[here] < math.inf:
            heapq.heappush(queue, (so_far + LEAVE_VEHICLE_S, here, False, ()))
        for run, there, by_vehicle, on_foot in runs[here]:
            seconds = float(by_vehicle if aboard else on_foot)
            if aboard and run // 2 in closed_aboard:
                continue
            way = (*driven, run) if aboard else ()
            if seconds == math.inf or any(way[i:] in forbidden for i in range(len(way))):
                continue
            heapq.heappush(queue, (so_far + seconds, there, aboard, way[-longest:] if longest else ()))
    return best


def random_town(seed: int, side: int = 5, engine: str = "", turns: int = 12) -> Network:
    """A grid with gaps, one-way streets, lanes, bridges too weak for engines, a ferry and forbidden turns."""
    draw = random.Random(seed)
    edges: list[Edge] = []
    for row in range(side):
        for column in range(side):
            here = (0.9 + row * 0.002, 104.4 + column * 0.002)
            for there in ((here[0] + 0.002, here[1]), (here[0], here[1] + 0.002)):
                if draw.random() < 0.85:
                    edges.append(_street(draw, len(edges), here, there))
                if draw.random() < 0.1:  # parallel
                    edges.append(_street(draw, len(edges), here, there))
    points = sorted({point for edge in edges for point in edge.points})
    jetty = draw.choice(points)
    island = (jetty[0] - 0.02, jetty[1])
    edges.append(Edge(id="ferry", name="", kind="boat", points=(jetty, island), minutes=draw.randint(2, 9)))
    edges.append(Edge(id="isle", name="", kind="lane", points=(island, (island[0] - 0.002, island[1])), speed=15.0))
    return Network(edges, [turn for turn in (random_turn(draw, edges) for _ in range(turns)) if turn], engine)


def _street(draw: random.Random, number: int, here, there) -> Edge:
    ends = [tuple(round(value, 7) for value in point) for point in (here, there)]
    draw.shuffle(ends)
    return Edge(
        id=str(number), name=f"Jl. {number}", points=tuple(ends), oneway=draw.random() < 0.25,
        kind=draw.choice(["primary", "residential", "residential", "lane", "path"]),
        speed=draw.choice([15.0, 25.0, 40.0]),
        max_weight=draw.choice([0.0, 0.0, 0.0, 5.0]), bars=frozenset(draw.choice([(), (), (), ("car",), ("foot",)])),
    )  # fmt: skip


def random_turn(draw: random.Random, edges: list[Edge]) -> Turn | None:
    """Some streets that follow each other, in random directions; U-turns among them."""
    run = draw.randrange(2 * (len(edges) - 2))
    way = [run]
    for _ in range(draw.choice([1, 1, 1, 2, 3])):
        at = edges[way[-1] // 2].points[0 if way[-1] % 2 else -1]
        follow = [2 * n for n, e in enumerate(edges) if e.points[0] == at and e.kind != "boat"]
        follow += [2 * n + 1 for n, e in enumerate(edges) if e.points[-1] == at and e.kind != "boat"]
        way.append(draw.choice(follow))
    return Turn(tuple(way), frozenset(draw.choice([("car", "engine", "motorcycle"), ("car",), ("engine",)])))
