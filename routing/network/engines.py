"""Shortest ways over arcs, behind one port: what an engine has to answer, and the engine that scipy gives.

All questions run from many nodes to one goal. A goal is several nodes with the seconds that are left from each: an
incident lies somewhere along an edge, so it has the edge's ends for goals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

import msgspec
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

Goals = dict[int, float]
# Searches that scipy makes at once: each needs memory for all nodes.
_AT_ONCE = 32
Answer = TypeVar("Answer")


class Arcs(msgspec.Struct, frozen=True):
    """Directed arcs among nodes 0 to `count` - 1, as arrays; `seconds` may be infinite, then an arc is shut."""

    count: int
    start: np.ndarray
    stop: np.ndarray
    seconds: np.ndarray


class Totals(msgspec.Struct, frozen=True):
    """Of the quickest way from each source: the sums of the values asked for (one row each), and its last node. A
    source without a way has the sums 0 and the node -1."""

    sums: np.ndarray
    last: np.ndarray


class EngineFailed(RuntimeError):
    """The library behind an engine gave up; another engine can answer the same question."""


class NoWay(LookupError):
    """No way leads from the source to the goal."""


class Engine(Protocol):
    """An unchanging set of arcs to ask. Sources are node numbers; what cannot be reached takes infinitely long."""

    def seconds(self, sources: np.ndarray, goals: Goals) -> np.ndarray:
        """The seconds of the quickest way from each source."""

    def table(self, sources: np.ndarray, goals: Sequence[Goals]) -> np.ndarray:
        """The seconds of the quickest way to each of `goals` (row) from each source (column)."""

    def totals(self, sources: np.ndarray, goals: Goals, values: np.ndarray) -> Totals:
        """Sums along the quickest ways of `values`, which has a row for each sum and a column for each arc."""

    def way(self, source: int, goals: Goals) -> list[int]:
        """The numbers of the arcs of the quickest way, in order; NoWay where there is none."""


class SparedEngine:
    """Asks one engine until it fails, and from then on a spare one, which is made only then."""

    def __init__(self, engine: Engine, spare: Callable[[], Engine]) -> None:
        self.engine, self._spare = engine, spare

    def _ask(self, question: Callable[[Engine], Answer]) -> Answer:
        try:
            return question(self.engine)
        except EngineFailed:
            self.engine = self._spare()
            return question(self.engine)

    def seconds(self, sources: np.ndarray, goals: Goals) -> np.ndarray:
        return self._ask(lambda engine: engine.seconds(sources, goals))

    def table(self, sources: np.ndarray, goals: Sequence[Goals]) -> np.ndarray:
        return self._ask(lambda engine: engine.table(sources, goals))

    def totals(self, sources: np.ndarray, goals: Goals, values: np.ndarray) -> Totals:
        return self._ask(lambda engine: engine.totals(sources, goals, values))

    def way(self, source: int, goals: Goals) -> list[int]:
        return self._ask(lambda engine: engine.way(source, goals))


class ScipyEngine:
    """One Dijkstra search backwards from the goal over the whole network: best for towns."""

    def __init__(self, arcs: Arcs) -> None:
        keep = np.flatnonzero(np.isfinite(arcs.seconds))
        order = keep[np.lexsort((arcs.seconds[keep], arcs.start[keep], arcs.stop[keep]))]
        row, column = arcs.stop[order], arcs.start[order]
        # Of parallel arcs only the quickest may stay: a sparse matrix would add them up.
        first = np.ones(len(order), dtype=bool)
        first[1:] = (row[1:] != row[:-1]) | (column[1:] != column[:-1])
        self._arc, row, column = order[first], row[first], column[first]
        self._key = row.astype(np.int64) * arcs.count + column
        self._count = arcs.count
        self._column, self._seconds = column.astype(np.int32), arcs.seconds[self._arc].astype(float)
        self._pointers = np.searchsorted(row, np.arange(arcs.count + 1)).astype(np.int32)
        self._last: tuple[Goals, tuple[np.ndarray, np.ndarray]] | None = None

    def _search(self, goals: Goals) -> tuple[np.ndarray, np.ndarray]:
        """Seconds from each node, and the node after it (`count` after a goal, negative where there is no way).

        The last search is kept, for who asks for times asks for ways next.
        """
        last = self._last
        if last is not None and last[0] == goals:
            return last[1]
        found: tuple[np.ndarray, np.ndarray] = dijkstra(
            self._matrix([goals]), indices=np.array(self._count), return_predecessors=True
        )
        self._last = (dict(goals), found)
        return found

    def _matrix(self, goals: Sequence[Goals]) -> csr_array:
        """The arcs, backwards, with one more node for each of `goals` that leads to its nodes."""
        nodes = [sorted(one) for one in goals]
        ends = self._pointers[-1] + np.cumsum([len(few) for few in nodes])
        size = self._count + len(goals)
        return csr_array(
            (
                np.concatenate([self._seconds, *([one[n] for n in sorted(one)] for one in goals)]),
                np.concatenate([self._column, *(np.array(few, dtype=np.int32) for few in nodes)]),
                np.append(self._pointers, ends).astype(np.int32),
            ),
            shape=(size, size),
        )

    def seconds(self, sources: np.ndarray, goals: Goals) -> np.ndarray:
        found: np.ndarray = self._search(goals)[0][sources]
        return found

    def table(self, sources: np.ndarray, goals: Sequence[Goals]) -> np.ndarray:
        rows = [np.zeros((0, len(sources)))]
        for first in range(0, len(goals), _AT_ONCE):
            some = goals[first : first + _AT_ONCE]
            found = dijkstra(self._matrix(some), indices=range(self._count, self._count + len(some)))
            rows.append(found[:, sources])
        return np.concatenate(rows)

    def totals(self, sources: np.ndarray, goals: Goals, values: np.ndarray) -> Totals:
        after = self._search(goals)[1].tolist()
        # Every node on any of the ways, once; the ways are a tree that grows from the goal.
        place: dict[int, int] = {}
        for node in sources.tolist():
            while node not in place and 0 <= after[node] != self._count:
                place[node] = len(place)
                node = after[node]
        end = len(place)
        nodes = np.fromiter(place, dtype=np.int64, count=end)
        follow = [after[node] for node in place]
        parent = np.array([*(place.get(node, end) for node in follow), end], dtype=np.int64)
        sums = np.zeros((len(values), end + 1))
        sums[:, :end] = values[:, self._between(nodes, np.array(follow, dtype=np.int64))]
        # Each round doubles how far every node has looked ahead, so a few of them are enough for any way.
        own = np.arange(end + 1)
        root = np.where(parent == end, own, parent)
        while (parent != end).any():
            sums += np.where(parent == end, 0.0, sums[:, parent])
            parent = parent[parent]
        while (root[root] != root).any():
            root = root[root]
        at = np.array([place.get(source, end) for source in sources.tolist()], dtype=np.int64)
        last = np.append(np.array(follow, dtype=np.int64), -1)[root[at]]
        stands = [after[source] == self._count for source in sources.tolist()]
        return Totals(sums[:, at], np.where(stands, sources, last))

    def way(self, source: int, goals: Goals) -> list[int]:
        after = self._search(goals)[1]
        nodes = [source]
        while (node := int(after[nodes[-1]])) != self._count:
            if node < 0:
                raise NoWay(f"no way leads from node {source} to the goal")
            nodes.append(node)
        arcs: list[int] = self._between(np.array(nodes[:-1]), np.array(nodes[1:])).tolist()
        return arcs

    def _between(self, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """The numbers of the arcs from each `start` to the `stop` beside it."""
        if not len(start):
            return np.zeros(0, dtype=np.int64)
        found: np.ndarray = self._arc[np.searchsorted(self._key, stop.astype(np.int64) * self._count + start)]
        return found
