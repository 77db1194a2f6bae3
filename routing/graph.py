"""The graph behind the network: junctions aboard and on foot, and the search backwards from an incident.

Node i is junction i aboard the crew's own vehicle, node i + n the same junction on foot, node 2 n the
destination. Arcs are stored reversed (row = where an arc leads), for all questions end in one place.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from routing.streets import Edge

WALK = 5 / 3.6
SAIL = 30 / 3.6
LEAVE_VEHICLE_S = 20.0

# profile: factor on the speed of the street, and the classes of street that it cannot drive
PROFILES: dict[str, tuple[float, frozenset[str]]] = {
    "car": (1.0, frozenset({"lane", "path"})),
    "motorcycle": (1.1, frozenset({"path"})),
    "engine": (0.85, frozenset({"lane", "path"})),
    "boat": (0.0, frozenset()),
}


class Ends(msgspec.Struct, frozen=True):
    """Places on edges, as arrays: edge number, metres from its tail, metres off it, and whether aboard."""

    edge: np.ndarray
    along: np.ndarray
    off: np.ndarray
    aboard: np.ndarray


class Graph(msgspec.Struct, frozen=True):
    """One profile's arcs; `forward` and `backward` are the seconds to run an edge aboard (infinite where not
    allowed), `foot` on foot; `edge` tells of each arc which edge it runs (-1: leaving the vehicle)."""

    count: int
    arcs: csr_array
    edge: np.ndarray
    tail: np.ndarray
    head: np.ndarray
    metres: np.ndarray
    forward: np.ndarray
    backward: np.ndarray
    foot: np.ndarray
    off_speed: np.ndarray

    def arc(self, row: int, column: int) -> int:
        """The number of the arc that leads from node `column` to node `row`."""
        low, high = self.arcs.indptr[row], self.arcs.indptr[row + 1]
        return int(low + np.searchsorted(self.arcs.indices[low:high], column))

    def costs(self, ends: Ends, arriving: bool) -> tuple[np.ndarray, np.ndarray]:
        """Seconds between each place and the tail of its edge, and its head; `arriving` gives the way in."""
        share = np.divide(ends.along, self.metres[ends.edge])
        ahead = np.where(ends.aboard, self.forward[ends.edge], self.foot[ends.edge])
        back = np.where(ends.aboard, self.backward[ends.edge], self.foot[ends.edge])
        if arriving:
            ahead, back = back, ahead
        # Whoever stands on a junction is there already, whichever way the street may be driven.
        at_tail, at_head = ends.along < 1, self.metres[ends.edge] - ends.along < 1
        return np.where(at_tail, 0.0, _times(back, share)), np.where(at_head, 0.0, _times(ahead, 1 - share))


class Search(msgspec.Struct, frozen=True):
    """Seconds from each node to the destination `end`, and the next node on the way there."""

    seconds: np.ndarray
    following: np.ndarray
    graph: Graph
    end: Ends

    def reach(self, start: Ends) -> tuple[np.ndarray, np.ndarray]:
        """Seconds for each place, and how its way begins: 0 along its own edge, 1 by the tail, 2 the head."""
        graph, end = self.graph, self.end
        to_tail, to_head = graph.costs(start, arriving=False)
        layer = np.where(start.aboard, 0, graph.count)
        by_tail = to_tail + self.seconds[graph.tail[start.edge] + layer]
        by_head = to_head + self.seconds[graph.head[start.edge] + layer]
        gap = (end.along[0] - start.along) / graph.metres[start.edge]
        ahead = np.where(start.aboard, graph.forward[start.edge], graph.foot[start.edge])
        back = np.where(start.aboard, graph.backward[start.edge], graph.foot[start.edge])
        direct = np.where(gap >= 0, _times(ahead, gap), _times(back, -gap))
        direct = np.where(start.edge == end.edge[0], direct, np.inf)
        # Two edges that meet in a loop may tie; the first in this order wins, every time.
        ways = np.stack([direct, by_tail, by_head])
        off = start.off / graph.off_speed[start.edge] + end.off[0] / graph.off_speed[end.edge[0]]
        return ways.min(axis=0) + off, ways.argmin(axis=0)

    def first_node(self, start: Ends, i: int, how: int) -> int:
        """The node at which place `i` enters the network, when it begins `how` (1 or 2)."""
        junction = (self.graph.tail if how == 1 else self.graph.head)[start.edge[i]]
        return int(junction) + (0 if start.aboard[i] else self.graph.count)

    def arrives_by_tail(self, node: int) -> bool:
        """Whether the way from `node`, the last before the destination, enters the last edge at its tail."""
        layer = np.array([node < self.graph.count])
        here = Ends(self.end.edge, self.end.along, self.end.off, layer)
        by_tail, by_head = self.graph.costs(here, arriving=True)
        tail, head = self.graph.tail[self.end.edge[0]], self.graph.head[self.end.edge[0]]
        return node % self.graph.count == tail and (tail != head or by_tail[0] <= by_head[0])


def build(edges: Sequence[Edge], tail, head, metres, profile: str, closed: frozenset[int]) -> Graph:
    """The graph of one profile without the `closed` edges; `tail`, `head` number the junctions from 0."""
    factor, barred = PROFILES[profile]
    count = int(max(tail.max(), head.max())) + 1
    boat = np.array([edge.kind == "boat" for edge in edges])
    one_way = np.array([edge.oneway for edge in edges])
    if profile == "boat":
        forward = backward = np.where(boat, metres / SAIL, np.inf)
        foot = np.where(boat, np.inf, metres / WALK)
        landings = np.unique(np.concatenate([tail[boat], head[boat]]))
    else:
        drivable = np.array([edge.kind != "boat" and edge.kind not in barred for edge in edges])
        speed = np.array([max(edge.speed, 1.0) for edge in edges]) * factor / 3.6
        forward = np.where(drivable, metres / speed, np.inf)
        backward = np.where(one_way, np.inf, forward)
        crossing = np.array([60 * (edge.minutes + edge.boarding) for edge in edges])
        foot = np.where(boat, crossing, metres / WALK)
        landings = np.arange(count)
    open_edge = np.array([number not in closed for number in range(len(edges))])
    number = np.arange(len(edges))
    ones = np.full(len(landings), LEAVE_VEHICLE_S)
    # Reversed arcs: (row = where it leads, column = where it begins, seconds, edge)
    parts = [
        (head, tail, np.where(open_edge, forward, np.inf), number),
        (tail, head, np.where(open_edge, backward, np.inf), number),
        (head + count, tail + count, np.where(open_edge, foot, np.inf), number),
        (tail + count, head + count, np.where(open_edge, foot, np.inf), number),
        (landings + count, landings, ones, np.full(len(landings), -1)),
    ]
    row, column, seconds, edge = (np.concatenate(same) for same in zip(*parts, strict=True))
    keep = np.isfinite(seconds)
    row, column, seconds, edge = row[keep], column[keep], seconds[keep], edge[keep]
    order = np.lexsort((seconds, column, row))
    row, column, seconds, edge = row[order], column[order], seconds[order], edge[order]
    # Of parallel arcs only the quickest may stay: a sparse matrix would add them up.
    first = np.ones(len(row), dtype=bool)
    first[1:] = (row[1:] != row[:-1]) | (column[1:] != column[:-1])
    row, column, seconds, edge = row[first], column[first], seconds[first], edge[first]
    pointers = np.searchsorted(row, np.arange(2 * count + 1)).astype(np.int32)
    arcs = csr_array((seconds, column.astype(np.int32), pointers), shape=(2 * count, 2 * count))
    off_speed = np.where(boat, SAIL, WALK)
    return Graph(count, arcs, edge, tail, head, metres, forward, backward, foot, off_speed)


def search(graph: Graph, end: Ends) -> Search:
    """One Dijkstra search backwards from `end`, a single place that is reached aboard or on foot."""
    arcs, size = graph.arcs, 2 * graph.count
    quickest: dict[int, float] = {}
    for aboard, layer in ((True, 0), (False, graph.count)):
        here = Ends(end.edge, end.along, end.off, np.array([aboard]))
        by_tail, by_head = graph.costs(here, arriving=True)
        for junction, cost in ((graph.tail, by_tail[0]), (graph.head, by_head[0])):
            node = int(junction[end.edge[0]]) + layer
            if np.isfinite(cost):
                quickest[node] = min(float(cost), quickest.get(node, np.inf))
    nodes = sorted(quickest)
    matrix = csr_array(
        (
            np.concatenate([arcs.data, [quickest[node] for node in nodes]]),
            np.concatenate([arcs.indices, np.array(nodes, dtype=np.int32)]),
            np.append(arcs.indptr, arcs.indptr[-1] + len(nodes)).astype(np.int32),
        ),
        shape=(size + 1, size + 1),
    )
    seconds, following = dijkstra(matrix, indices=size, return_predecessors=True)
    return Search(seconds, following, graph, end)


def _times(seconds: np.ndarray, share: np.ndarray) -> np.ndarray:
    """seconds x share, where an impossible way stays impossible even for a share of nothing."""
    return np.where(np.isinf(seconds), np.inf, np.where(np.isinf(seconds), 0.0, seconds) * share)
