"""Shortest ways by a customizable contraction hierarchy: for provinces, where one search over all would take long.

The library is `routingkit_cch`, which need not be there. The hierarchy knows the shape of the network and is made once.
Another profile gives it other seconds, which takes a moment for a province; a closure changes a few of the seconds
that are there, which takes none. It counts whole milliseconds. Its faults are panics, which are no ordinary
exceptions; here they become EngineFailed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

import numpy as np

from routing.network.engines import Arcs, EngineFailed, Goals, NoWay, Totals

try:
    import routingkit_cch as library
except ImportError:
    library = None  # type: ignore[assignment]  # nothing of it is called then

_NEVER = 2**31 - 1
# A metric that differs in no more arcs than this is changed; this many are kept.
_FEW, _KEPT = 2000, 8
_AT_ONCE = 16


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
        start, stop = arcs.start.tolist(), arcs.stop.tolist()
        with _panics_told():
            order = library.compute_order_inertial(arcs.count, start, stop, lat.tolist(), lon.tolist())
            self._shape = library.CCH(order, start, stop, False)
        self._metrics: list[_Metric] = []

    def metric(self, cost: np.ndarray) -> _Metric:
        """One with seconds that are nearly these, or a new one."""
        for known in self._metrics:
            if np.count_nonzero(known.cost != cost) <= _FEW:
                return known
        made = _Metric(self._shape, cost)
        self._metrics = [*self._metrics[1 - _KEPT :], made]
        return made


class _Metric:
    """The hierarchy with some seconds. Networks that differ by a few closures share it; whoever asks, asks under the
    lock, and first puts in order what differs."""

    def __init__(self, shape: library.CCH, cost: np.ndarray) -> None:
        self.cost = cost
        self._lock, self._shape = Lock(), shape
        with _panics_told():
            self._metric = library.CCHMetric(shape, cost.tolist())

    @contextmanager
    def having(self, cost: np.ndarray) -> Iterator[library.CCHMetric]:
        """The library's metric with these seconds, to be asked within the block."""
        with self._lock, _panics_told():
            if self.cost is not cost:
                changed = np.flatnonzero(self.cost != cost)
                if len(changed):
                    # Made each time, in a fifth of a millisecond: the library lets no other thread use one.
                    updater = library.CCHMetricPartialUpdater(self._shape)
                    updater.apply(self._metric, dict(zip(changed.tolist(), cost[changed].tolist(), strict=True)))
                self.cost = cost
            yield self._metric


class HierarchyEngine:
    """`arcs` have the shape of `hierarchy`, and seconds of their own."""

    def __init__(self, hierarchy: Hierarchy, arcs: Arcs) -> None:
        self._count = arcs.count
        shut = ~np.isfinite(arcs.seconds)
        cost = np.where(shut, _NEVER, np.round(np.where(shut, 0, arcs.seconds) * 1000)).astype(np.int64)
        self._cost = np.minimum(cost, _NEVER)
        self._metric = hierarchy.metric(self._cost)

    def seconds(self, sources: np.ndarray, goals: Goals) -> np.ndarray:
        row: np.ndarray = self.table(sources, [goals])[0]
        return row

    def table(self, sources: np.ndarray, goals: Sequence[Goals]) -> np.ndarray:
        targets, nodes = [self._targets(one) for one in goals], self._checked(sources)
        found = np.full((len(goals), len(sources)), np.nan)
        for first in range(0, len(goals) if nodes else 0, _AT_ONCE):
            # The lock is given back in between, so that a question of a moment need not wait for a long one.
            with self._metric.having(self._cost) as metric:
                asked = library.CCHManyToOne(metric, nodes)
                for row in range(first, min(first + _AT_ONCE, len(goals))):
                    if targets[row]:
                        found[row] = np.array(asked.distances_to_multi(targets[row]), dtype=float)
                del asked  # the library wants it gone before its metric changes
        return np.where(found < _NEVER, found / 1000, np.inf)

    def totals(self, sources: np.ndarray, goals: Goals, values: np.ndarray) -> Totals:
        sums, last = np.zeros((len(values), len(sources))), np.full(len(sources), -1)
        targets, nodes = self._targets(goals), self._checked(sources)
        if not targets:
            return Totals(sums, last)
        known: dict[int, int] = {}
        with self._metric.having(self._cost) as metric:
            query = library.CCHQuery(metric)
            for i, source in enumerate(nodes):
                if (same := known.setdefault(source, i)) != i:
                    sums[:, i], last[i] = sums[:, same], last[same]
                    continue
                found = query.run_multi([(source, 0)], targets)
                if found.distance is not None:
                    sums[:, i], last[i] = values[:, found.arc_path].sum(axis=1), found.node_path[-1]
                del found  # the library wants it gone before the next question
            del query
        return Totals(sums, last)

    def way(self, source: int, goals: Goals) -> list[int]:
        source, targets = self._checked(np.array([source]))[0], self._targets(goals)
        with self._metric.having(self._cost) as metric:
            found = library.CCHQuery(metric).run_multi([(source, 0)], targets)
            if found.distance is None:
                raise NoWay(f"no way leads from node {source} to the goal")
            return list(found.arc_path)

    def _targets(self, goals: Goals) -> list[tuple[int, int]]:
        self._checked(np.array(sorted(goals), dtype=np.int64))
        return [(node, round(goals[node] * 1000)) for node in sorted(goals)]

    def _checked(self, nodes: np.ndarray) -> list[int]:
        """Node numbers as the library takes them; it must never see one that is not there."""
        if len(nodes) and not (0 <= nodes.min() and nodes.max() < self._count):
            raise IndexError(f"nodes go from 0 to {self._count - 1}")
        numbers: list[int] = nodes.tolist()
        return numbers
