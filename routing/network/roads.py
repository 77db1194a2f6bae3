"""Travel times on the road and boat network: which unit is there first, not which is nearest on the map.

Theory of operation. A street is cut into edges where it meets another. The graph has every junction twice:
*aboard* the crew's own vehicle, and *on foot*. A crew may leave its vehicle at any junction and does not get
it back; ferries carry people on foot. So one search answers "drive to the jetty, take the boat, walk on", and
a car never drives on an island that no bridge reaches. A boat's crew is aboard on water, on foot on land.
Forbidden turns bind who is aboard (`turns`). Hour, rain and tide are given (`conditions`); nothing reads a clock.

All questions end in one place, the incident, so the search runs backwards from there, once for all units.
Both ends are snapped to the nearest point of an edge, not to a junction; what lies between is walked (or,
for a boat, sailed).
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
import shapely
from shapely.ops import substring

from routing.geojson import Collection
from routing.location import distance_m
from routing.network.approach import OFF_LIMIT_M, Approach, approaches
from routing.network.conditions import USUAL, Conditions
from routing.network.directions import DirectionStep, steps
from routing.network.engines import Engine, EngineFailed, ScipyEngine, SparedEngine
from routing.network.graph import CARS, PROFILES, Costs, Ends, Graph, NetworkShape, Search, arcs_of, costs, reach_all
from routing.network.hierarchy import Hierarchy, HierarchyEngine
from routing.network.snapping import Snapping
from routing.network.streets import Edge, Plane, edges_of
from routing.network.travel import Travel
from routing.network.turns import Turn, turns_of

_FOOT_START_M = 150.0
# Ways that differ by less are as quick: an engine may count whole milliseconds.
_SAME_S = 0.01
# From this many nodes on one search over all of them takes longer than a recommendation may.
_HIERARCHY_FROM = 4_000
# Places that are remembered for each profile.
_MOST_PLACED = 10_000


class Snap(msgspec.Struct, frozen=True, kw_only=True):
    """The nearest street: its edge id and name, the point on it, and how many metres away it is."""

    edge: str
    name: str
    lat: float
    lon: float
    off_m: float


class _Shared(msgspec.Struct):
    """What does not depend on closures and conditions."""

    shape: NetworkShape | None = None
    hierarchy: Hierarchy | None = None


class Network:
    """An unchanging network; `with_closures` and `under` give another one. Points are (lat, lon) in degrees; `lines`
    are the edges on `plane`, in metres, `tidal` those that the water can shut.

    `engine` is "scipy", "hierarchy" or "" for what suits the size; where the hierarchy is not to be had or fails, scipy
    answers.
    """

    def __init__(self, edges: Sequence[Edge] = (), turns: Sequence[Turn] = (), engine: str = "") -> None:
        self.edges = tuple(edges)
        self.turns = tuple(turns)
        self.tidal = tuple(e for e in self.edges if e.tide_above is not None or e.tide_below is not None)
        self.closed: frozenset[int] = frozenset()
        self.closed_to_cars: frozenset[int] = frozenset()
        self.conditions = USUAL
        self._open: Network | None = None
        self._usual: Network | None = None
        self._engine = engine
        self._graphs: dict[str, Graph] = {}
        self._placed: dict[str, dict[tuple[float, float], tuple[float, ...]]] = {}
        # These do not depend on closures and conditions: copies of this network share them.
        self._shared = _Shared()
        self.plane = Plane([point for edge in self.edges for point in edge.points])
        self.lines = self.plane.lines([edge.points for edge in self.edges])
        self._metres = np.maximum(shapely.length(self.lines), 0.01) if self.edges else np.zeros(0)
        self.snapping = Snapping(self.edges, self.plane, self.lines)
        number: dict[tuple[float, float], int] = {}
        self._tail = np.array([number.setdefault(e.points[0], len(number)) for e in self.edges], dtype=np.int32)
        self._head = np.array([number.setdefault(e.points[-1], len(number)) for e in self.edges], dtype=np.int32)

    @classmethod
    def from_geojson(cls, streets: Collection, turns: Collection | None = None, engine: str = "") -> Network:
        """From FeatureCollections of LineStrings (docs/city-files.md); ValueError names the bad feature."""
        edges = edges_of(streets)
        return cls(edges, turns_of(turns, edges) if turns else (), engine)

    def with_closures(self, closed: Iterable[str]) -> Network:
        """This network without the edges of these ids or street names, besides those closed already.

        Raises ValueError for a name that no street has. Who stands in a closed piece, 15 m from any open
        street, can leave it and be reached: what is closed is the way through, and the incident may be why.
        """
        wanted, found, numbers = set(closed), set(), set()
        for number, edge in enumerate(self.edges):
            if edge.id in wanted or edge.name in wanted:
                numbers.add(number)
                found |= {edge.id, edge.name}
        if wanted - found:
            raise ValueError(f"no street or edge is named {', '.join(sorted(wanted - found))}")
        return self.without(numbers)

    def without(self, pieces: Iterable[int], to_cars: Iterable[int] = ()) -> Network:
        """As `with_closures`, by the numbers of edges; where they are closed `to_cars`, motorcycles and people on foot
        still pass."""
        other = copy.copy(self)
        other.closed, other.closed_to_cars = self.closed.union(pieces), self.closed_to_cars.union(to_cars)
        other._graphs, other._placed, other._open, other._usual = {}, {}, self.open, self.usual
        return other

    @property
    def open(self) -> Network:
        """This network without its closures."""
        return self._open or self

    @property
    def usual(self) -> Network:
        """This network without closures, at no particular hour, in fair weather, at a height of water that hinders
        nobody."""
        return self._usual or self

    def shut(self, profile: str) -> frozenset[int]:
        """The edges that a vehicle of `profile` may not pass because somebody has closed them."""
        return self.closed | self.closed_to_cars if profile in CARS else self.closed

    def under(self, conditions: Conditions) -> Network:
        """This network at another hour, in other weather or at another height of the water."""
        other = copy.copy(self)
        other.conditions, other._graphs, other._usual = conditions, {}, self.usual
        other._open = self._open.under(conditions) if self._open else None
        return other

    def prepare(self) -> None:
        """Makes at once what the first questions would have to wait for: a moment for a town, more for a province."""
        for profile in PROFILES if self.edges else ():
            if self.snapping.tree(profile) is not None:
                self._graph(profile)
        self.snapping.tree("street")

    def engine_of(self, profile: str) -> str:
        """The name of the engine that answers for `profile`."""
        engine = self._graph(profile).engine
        spared = isinstance(engine, SparedEngine) and isinstance(engine.engine, HierarchyEngine)
        return "hierarchy" if spared else "scipy"

    def nearest_street(self, lat: float, lon: float) -> Snap | None:
        """The nearest street (no boat route) to a point, or None on a network without streets."""
        if self.snapping.tree("ground") is None:
            return None
        number, along, off = (part[0] for part in self.snapping.snap([(lat, lon)], "ground", self.closed))
        at = self.plane.degrees(self.lines[number].interpolate(along))
        edge = self.edges[number]
        return Snap(edge=edge.id, name=edge.name, lat=at[0], lon=at[1], off_m=float(off))

    def travel_times(
        self, origins: Sequence[tuple[float, float]], destination: tuple[float, float], profile: str = "car"
    ) -> list[Travel]:
        """One Travel for each origin, in order. Raises ValueError for an unknown profile."""
        return self.approaches(origins, [destination], profile)[0].travels(range(len(origins)))

    def approaches(
        self, origins: Sequence[tuple[float, float]], destinations: Sequence[tuple[float, float]], profile: str
    ) -> list[Approach]:
        """The ways from all origins to each destination, asked at once."""
        return approaches(origins, self.place(origins, profile), destinations, self.searches(destinations, profile))

    def place(self, origins: Sequence[tuple[float, float]], profile: str = "car") -> Ends | None:
        """Origins placed on the network once, for several questions; None where `profile` has no edge."""
        if profile not in PROFILES:
            raise ValueError(f"no profile is named {profile!r}; use one of {', '.join(PROFILES)}")
        if self.snapping.tree(profile) is None or not len(origins):
            return None
        # Most units stand where they stood at the last question. Threads share the table: it is replaced, not changed.
        known = self._placed.get(profile, {})
        missing = [origin for origin in dict.fromkeys(origins) if origin not in known]
        if missing:
            if len(known) > _MOST_PLACED:
                known, missing = {}, list(dict.fromkeys(origins))
            known = self._placed[profile] = known | dict(zip(missing, self._place(missing, profile), strict=True))
        edge, along, off, aboard = np.array([known[origin] for origin in origins]).T
        return Ends(edge.astype(int), along, off, aboard == 1)

    def _place(self, origins: Sequence[tuple[float, float]], profile: str) -> list[tuple[float, ...]]:
        """Of each origin the edge, the metres along it and off it, and 1 aboard, 0 on foot."""
        shut = self.shut(profile)
        edge, along, off = self.snapping.snap(origins, profile, shut)
        aboard = np.ones(len(edge), dtype=bool)
        if profile != "boat":
            # A crew close to a footway, and far from where its vehicle can go, has left the vehicle.
            foot_edge, foot_along, foot_off = self.snapping.snap(origins, "street", shut)
            aboard = off <= foot_off + _FOOT_START_M
            edge, along = np.where(aboard, edge, foot_edge), np.where(aboard, along, foot_along)
            off = np.where(aboard, off, foot_off)
        return list(zip(edge.tolist(), along.tolist(), off.tolist(), aboard.tolist(), strict=True))

    def searches(self, destinations: Sequence[tuple[float, float]], profile: str) -> list[Search | None]:
        """For `table`: a search backwards from each destination; None where it is too far from any edge of use."""
        if self.snapping.tree(profile) is None:
            return [None] * len(destinations)
        which = "any" if profile == "boat" else "street"
        ends = self.snapping.snap(destinations, which, self.shut(profile), better=profile)
        graph = self._graph(profile)
        return [
            None if off > OFF_LIMIT_M else Search(graph, Ends(*(np.array([part]) for part in (edge, along, off, True))))
            for edge, along, off in zip(*ends, strict=True)
        ]

    def table(self, placed: Ends | None, searches: Sequence[Search | None]) -> np.ndarray:
        """The seconds from each of the places that `place` has placed (row) to each end of `searches` (column), all at
        once; infinite where there is no way."""
        known = {column: one for column, one in enumerate(searches) if one is not None}
        found = np.full((len(placed.edge) if placed else 0, len(searches)), np.inf)
        if placed is not None and known:
            found[:, list(known)] = reach_all(list(known.values()), placed)[0].T
            found[placed.off > OFF_LIMIT_M] = np.inf
        return found

    def over(self, pieces: Sequence[int], searches: Sequence[Search | None], profile: str, most_s: float) -> np.ndarray:
        """Of each of `searches` whether some quickest way there of no more than `most_s` seconds runs over one of
        `pieces`, or ends on one."""
        known = {number: one for number, one in enumerate(searches) if one is not None}
        found = np.zeros(len(searches), dtype=bool)
        if known and len(pieces):
            graph = self._graph(profile)
            shape, cost = graph.shape, graph.cost.arcs
            arcs = np.flatnonzero(np.isin(shape.edge, pieces) & np.isfinite(cost))
            nodes, where = np.unique(np.concatenate([shape.start[arcs], shape.stop[arcs]]), return_inverse=True)
            seconds = graph.engine.table(nodes, [one.goals for one in known.values()])
            start, stop = np.split(seconds[:, where.ravel()], 2, axis=1)
            used = (start >= stop + cost[arcs] - _SAME_S) & (start <= most_s)
            ends = np.array([int(one.end.edge[0]) for one in known.values()])
            found[list(known)] = used.any(axis=1) | np.isin(ends, pieces)
        return found

    def path(
        self, origin: tuple[float, float], destination: tuple[float, float], profile: str = "car"
    ) -> list[tuple[float, float]]:
        """The quickest way as (lat, lon) points, origin and destination included."""
        pieces = self._pieces(origin, destination, profile)
        points = [origin, *(point for piece in pieces for point in self._points(*piece)), destination]
        return [point for i, point in enumerate(points) if i == 0 or distance_m(*point, *points[i - 1]) > 0.5]

    def edges_of(
        self, origin: tuple[float, float], destination: tuple[float, float], profile: str = "car"
    ) -> list[int]:
        """The numbers of the edges of the quickest way, in order; none where there is no way."""
        return [number for number, _, _ in self._pieces(origin, destination, profile)]

    def _pieces(
        self, origin: tuple[float, float], destination: tuple[float, float], profile: str
    ) -> list[tuple[int, float, float]]:
        """Of the quickest way each edge with the metres along it at which it is entered and left."""
        placed, way = self.place([origin], profile), self.approaches([origin], [destination], profile)[0]
        found, how = way.search, int(way.how[0])
        if way.estimated[0] or found is None or placed is None:
            return []
        begin, along = int(placed.edge[0]), float(placed.along[0])
        last, stop = int(found.end.edge[0]), float(found.end.along[0])
        if how == 0:
            pieces = [(begin, along, stop)]
        else:
            pieces = [(begin, along, 0.0 if how == 1 else self._metres[begin])]
            node, shape = int(found.graph.first_nodes(placed, how)[0]), found.graph.shape
            for arc in found.graph.engine.way(node, found.goals):
                number, node = int(shape.edge[arc]), int(shape.stop[arc])
                if number >= 0:
                    ends = (0.0, self._metres[number])
                    pieces.append((number, *(ends[::-1] if shape.against[arc] else ends)))
            pieces.append((last, 0.0 if found.arrives_by_tail(node) else self._metres[last], stop))
        return pieces

    def directions(self, path: Sequence[tuple[float, float]]) -> list[DirectionStep]:
        """The way in words, one Step for each street that `path` follows."""
        if len(path) < 2 or not self.edges:
            return []
        middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(path, path[1:], strict=False)]
        edge, _, off = self.snapping.snap(middles, "any", self.closed)
        names = [self.edges[e].name if metres < 15 else "" for e, metres in zip(edge, off, strict=True)]
        return steps(path, names)

    def _points(self, number: int, start: float, stop: float) -> list[tuple[float, float]]:
        line = substring(self.lines[number], start, stop)
        return [self.plane.degrees(shapely.Point(pair)) for pair in line.coords]

    def _graph(self, profile: str) -> Graph:
        if profile not in self._graphs:
            if self._shared.shape is None:
                self._shared.shape = NetworkShape(self.edges, self._tail, self._head, self.turns)
            shape = self._shared.shape
            cost = costs(shape, self._metres, profile, self.closed, self.shut(profile), self.conditions)
            self._graphs[profile] = Graph(shape, self._metres, cost, self._make_engine(shape, cost))
        return self._graphs[profile]

    def _make_engine(self, shape: NetworkShape, cost: Costs) -> Engine:
        arcs = arcs_of(shape, cost)
        if self._engine == "hierarchy" or (not self._engine and shape.count >= _HIERARCHY_FROM):
            try:
                if self._shared.hierarchy is None:
                    at = dict(zip(self._tail.tolist(), (edge.points[0] for edge in self.edges), strict=True))
                    at.update(zip(self._head.tolist(), (edge.points[-1] for edge in self.edges), strict=True))
                    where = np.array([at[junction] for junction in shape.junction.tolist()])
                    self._shared.hierarchy = Hierarchy(arcs, where[:, 0], where[:, 1])
                return SparedEngine(HierarchyEngine(self._shared.hierarchy, arcs), lambda: ScipyEngine(arcs))
            except EngineFailed:
                pass
        return ScipyEngine(arcs)
