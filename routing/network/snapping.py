"""Where points lie on the network: the nearest edge that is of use, and the edges in an area. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from routing.network.graph import drives
from routing.network.streets import Edge, Plane

BESIDE_M = 15.0
"""An edge that suits better is taken for the nearest when it is no more than this farther away."""


class Snapping:
    """Of edges that never change; `lines` are those on `plane`, in metres."""

    def __init__(self, edges: Sequence[Edge], plane: Plane, lines: np.ndarray) -> None:
        self._edges, self._plane, self._lines = edges, plane, lines
        self._metres = np.maximum(shapely.length(lines), 0.01) if edges else np.zeros(0)
        self._trees: dict[str, tuple[shapely.STRtree, np.ndarray] | None] = {}

    def tree(self, which: str) -> tuple[shapely.STRtree, np.ndarray] | None:
        """The spatial index of the edges that a profile may use, of every "street" that one may
        walk on, of all on the "ground", or of "any" edge."""
        if which not in self._trees:
            numbers = [n for n, edge in enumerate(self._edges) if _belongs(edge, which)]
            if which == "street" and not numbers:
                return self.tree("ground")
            tree = (shapely.STRtree(self._lines[numbers]), np.array(numbers)) if numbers else None
            self._trees[which] = tree
        return self._trees[which]

    def snap(
        self,
        points: Sequence[tuple[float, float]],
        which: str,
        shut: frozenset[int] = frozenset(),
        better: str = "",
    ) -> tuple[np.ndarray, ...]:
        """Of each point the nearest edge's number, the metres along it, and the metres to it.

        An edge of `better`, and one that is not `shut`, is taken before one that is little nearer: at a junction all
        are as near, and who stands there is reached by the street, not by the alley.
        """
        lats, lons = np.array(points, dtype=float).T
        dots = np.asarray(shapely.points(np.stack(self._plane.metres(lats, lons), axis=1)), dtype=object)
        edge: np.ndarray | None = None
        limit = np.zeros(len(points))
        kinds = [which, better] if better else [which]
        for open_only in (False, True) if shut else (False,):
            for kind in kinds:
                if (found := self.tree(kind)) is None:
                    continue
                tree, numbers = found
                other = numbers[tree.nearest(dots)]
                away = shapely.distance(self._lines[other], dots)
                if edge is None:
                    edge, limit = other, away + BESIDE_M
                if open_only:
                    other, away = self._nearest_open(tree, numbers, dots, other, away, limit, shut)
                edge = np.where(away <= limit, other, edge)
        assert edge is not None, "who asks has looked whether there is an edge"
        lines = self._lines[edge]
        along = np.minimum(shapely.line_locate_point(lines, dots), self._metres[edge])
        return edge, along, shapely.distance(lines, dots)

    def _nearest_open(
        self,
        tree: shapely.STRtree,
        numbers: np.ndarray,
        dots: np.ndarray,
        nearest: np.ndarray,
        away: np.ndarray,
        limit: np.ndarray,
        shut: frozenset[int],
    ) -> tuple[np.ndarray, np.ndarray]:
        """As `nearest` and `away`, but of the edges that are open and not farther than `limit`."""
        nearest, away = nearest.copy(), away.copy()
        for i, number in enumerate(nearest.tolist()):
            if number not in shut:
                continue
            near = numbers[tree.query(dots[i], predicate="dwithin", distance=limit[i])]
            near = near[[one not in shut for one in near.tolist()]]
            metres = shapely.distance(self._lines[near], dots[i])
            away[i] = np.inf
            if len(near):
                nearest[i], away[i] = near[metres.argmin()], metres.min()
        return nearest, away

    def within(self, area: shapely.Geometry) -> np.ndarray:
        """The numbers of the edges that touch `area`, which lies on the plane of this network."""
        if (found := self.tree("any")) is None:
            return np.zeros(0, dtype=int)
        tree, numbers = found
        return np.sort(numbers[tree.query(area, predicate="intersects")])

    def beside(self, pieces: Sequence[int], points: np.ndarray, metres: np.ndarray) -> np.ndarray:
        """Of each point whether one of `pieces` is no farther from it than its `metres`."""
        dots = shapely.points(np.stack(self._plane.metres(points[:, 0], points[:, 1]), axis=1))
        near = shapely.STRtree(self._lines[np.array(pieces, dtype=int)]).query(dots, "dwithin", metres)[0]
        found = np.zeros(len(points), dtype=bool)
        found[near] = True
        return found


def _belongs(edge: Edge, which: str) -> bool:
    if which == "any":
        return True
    if which == "boat" or edge.kind == "boat":
        return which == edge.kind
    if which in ("street", "ground"):
        return which == "ground" or "foot" not in edge.bars
    return drives(which, edge)
