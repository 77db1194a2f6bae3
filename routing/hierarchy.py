"""Shortest ways by a customizable contraction hierarchy: for provinces, where one search over all would take long.

The library is `routingkit_cch`, which need not be there. The hierarchy knows the shape of the network and is made once;
a closure or another profile gives it other seconds, which takes a tenth of a second for a province. It counts
whole milliseconds. Its faults are panics, which are no ordinary exceptions; here they become EngineFailed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from routing.engines import Arcs, EngineFailed, Goals, Totals

try:
    import routingkit_cch as library
except ImportError:
    library = None

_NEVER = 2**31 - 1


@contextmanager
def _panics_told() -> Iterator[None]:
    try:
        yield
    except BaseException as wrong:
        if type(wrong).__name__ != "PanicException":
            raise
        raise EngineFailed(f"the contraction hierarchy gave up: {wrong}") from wrong


class Hierarchy:
    """The order of contraction for arcs of one shape, whatever they cost; `lat` and `lon` are those of each node."""

    def __init__(self, arcs: Arcs, lat: np.ndarray, lon: np.ndarray) -> None:
        if library is None:
            raise EngineFailed("routingkit_cch is not installed; install it, or use the engine scipy")
        self.arcs = arcs
        start, stop = arcs.start.tolist(), arcs.stop.tolist()
        with _panics_told():
            order = library.compute_order_inertial(arcs.count, start, stop, lat.tolist(), lon.tolist())
            self.shape = library.CCH(order, start, stop, False)


class HierarchyEngine:
    """`arcs` have the shape of `hierarchy`, and seconds of their own."""

    def __init__(self, hierarchy: Hierarchy, arcs: Arcs) -> None:
        self._count = arcs.count
        self._stop = arcs.stop
        shut = ~np.isfinite(arcs.seconds)
        cost = np.where(shut, _NEVER, np.round(np.where(shut, 0, arcs.seconds) * 1000)).astype(np.int64)
        with _panics_told():
            self._metric = library.CCHMetric(hierarchy.shape, np.minimum(cost, _NEVER).tolist())

    def seconds(self, sources: np.ndarray, goals: Goals) -> np.ndarray:
        targets = self._targets(goals)
        if not len(sources) or not targets:
            return np.full(len(sources), np.inf)
        with _panics_told():
            found = library.CCHManyToOne(self._metric, self._checked(sources)).distances_to_multi(targets)
        return np.array([np.inf if one is None or one >= _NEVER else one / 1000 for one in found])

    def totals(self, sources: np.ndarray, goals: Goals, values: np.ndarray) -> Totals:
        sums, last = np.zeros((len(values), len(sources))), np.full(len(sources), -1)
        query, targets = None, self._targets(goals)
        known: dict[int, int] = {}
        for i, source in enumerate(self._checked(sources)):
            if source in known:
                sums[:, i], last[i] = sums[:, known[source]], last[known[source]]
                continue
            known[source] = i
            with _panics_told():
                query = query or library.CCHQuery(self._metric)
                found = query.run_multi([(source, 0)], targets) if targets else None
                arcs = None if found is None or found.distance is None else found.arc_path
                ends = found.node_path[-1:] if arcs is not None else []
                del found  # the library wants it gone before the next question
            if ends:
                sums[:, i], last[i] = values[:, arcs].sum(axis=1), ends[0]
        return Totals(sums, last)

    def way(self, source: int, goals: Goals) -> list[int]:
        source = self._checked(np.array([source]))[0]
        with _panics_told():
            found = library.CCHQuery(self._metric).run_multi([(source, 0)], self._targets(goals))
            if found.distance is None:
                raise EngineFailed(f"no way leads from node {source} to the goal")
            return list(found.arc_path)

    def _targets(self, goals: Goals) -> list[tuple[int, int]]:
        self._checked(np.array(sorted(goals), dtype=np.int64))
        return [(node, round(goals[node] * 1000)) for node in sorted(goals)]

    def _checked(self, nodes: np.ndarray) -> list[int]:
        """Node numbers as the library takes them; it must never see one that is not there."""
        if len(nodes) and not (0 <= nodes.min() and nodes.max() < self._count):
            raise IndexError(f"nodes go from 0 to {self._count - 1}")
        return nodes.tolist()
