"""All ways to one place: the times from many places at once, and whole ways of those that are asked for. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from routing.network.graph import Ends, Search, reach_all
from routing.network.travel import Travel, straight_line, straight_seconds

OFF_LIMIT_M = 2000.0


class Approach:
    """From `origins`, (lat, lon) degrees, as they are `placed` on the network, to `destination`.

    `seconds` of each; where no way is known, `estimated`, they are those of a straight line. `search`: None where the
    destination is too far from any edge of use.
    """

    def __init__(
        self,
        origins: Sequence[tuple[float, float]],
        placed: Ends | None,
        destination: tuple[float, float],
        search: Search | None,
        reached: tuple[np.ndarray, np.ndarray] | None,
    ) -> None:
        self._origins, self._placed, self._destination, self.search = origins, placed, destination, search
        if reached is None or placed is None:
            self.seconds, self.how = np.full(len(origins), np.inf), np.zeros(len(origins), dtype=int)
        else:
            self.seconds, self.how = np.where(placed.off > OFF_LIMIT_M, np.inf, reached[0]), reached[1]
        self.estimated = np.isinf(self.seconds)
        if self.estimated.any():
            far = np.array(origins)[self.estimated]
            self.seconds[self.estimated] = straight_seconds(far, np.array([destination]))

    def travels(self, which: Sequence[int]) -> list[Travel]:
        """The whole ways from the origins of these numbers."""
        rows = np.array([row for row in which if not self.estimated[row]], dtype=int)
        known = self._known(rows) if len(rows) else {}
        return [known.get(row) or straight_line(self._origins[row], self._destination) for row in which]

    def _known(self, rows: np.ndarray) -> dict[int, Travel]:
        search, every = self.search, self._placed
        if search is None or every is None:
            return {}
        graph, placed = search.graph, Ends(every.edge[rows], every.along[rows], every.off[rows], every.aboard[rows])
        how, last, stop = self.how[rows], int(search.end.edge[0]), float(search.end.along[0])
        begun = np.where(how == 1, graph.first_nodes(placed, 1), graph.first_nodes(placed, 2))
        through = np.flatnonzero(how != 0)
        totals = graph.engine.totals(begun[through], search.goals, graph.values)
        sums = dict(zip(through.tolist(), zip(*totals.sums.tolist(), totals.last.tolist(), strict=True), strict=True))
        found = {}
        for i, row in enumerate(rows.tolist()):
            off = float(placed.off[i] + search.end.off[0])
            along, edge = float(placed.along[i]), int(placed.edge[i])
            if how[i] == 0:
                metres, ferry = abs(along - stop), graph.shape.boat[edge]
            else:
                metres, ferry, node = sums[i]
                metres += along if how[i] == 1 else float(graph.metres[edge]) - along
                metres += stop if search.arrives_by_tail(node) else float(graph.metres[last]) - stop
            mode = "boat" if graph.cost.profile == "boat" else "road+boat" if ferry else "road"
            found[row] = Travel(seconds=float(self.seconds[row]), metres=metres + off, mode=mode, off_m=off)
        return found


def approaches(
    origins: Sequence[tuple[float, float]],
    placed: Ends | None,
    destinations: Sequence[tuple[float, float]],
    searches: Sequence[Search | None],
) -> list[Approach]:
    """To each of `destinations`, whose `searches` are all of one graph, all asked at once."""
    known = {number: search for number, search in enumerate(searches) if search is not None}
    reached: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    if placed is not None and known:
        rows = zip(*reach_all(list(known.values()), placed), strict=True)
        reached = dict(zip(known, rows, strict=True))
    return [
        Approach(origins, placed, destination, search, reached.get(number))
        for number, (destination, search) in enumerate(zip(destinations, searches, strict=True))
    ]
