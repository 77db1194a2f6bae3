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

from routing.conditions import USUAL, Conditions
from routing.directions import Step, steps
from routing.engines import Engine, EngineFailed, ScipyEngine, SparedEngine
from routing.graph import PROFILES, Costs, Ends, Graph, Search, Shape, arcs_of, costs, drives
from routing.hierarchy import Hierarchy, HierarchyEngine
from routing.location import distance_m
from routing.streets import Edge, Plane, edges_of
from routing.turns import Turn, turns_of

OFF_LIMIT_M = 2000.0
STRAIGHT_SPEED = 30 / 3.6
STRAIGHT_DETOUR = 1.4
_FOOT_START_M = 150.0
_PREFERRED_M = 15.0
# From this many nodes on one search over all of them takes longer than a recommendation may.
_HIERARCHY_FROM = 10_000


class Travel(msgspec.Struct, frozen=True, kw_only=True):
    """`seconds`, `metres` from door to door; `off_m` of the metres lie off the network at either end.
    `mode` is "road", "boat" (by its own boat), "road+boat" (by ferry) or "straight-line" (an estimate)."""

    seconds: float
    metres: float
    mode: str
    off_m: float


class Snap(msgspec.Struct, frozen=True, kw_only=True):
    """The nearest street: its edge id and name, the point on it, and how many metres away it is."""

    edge: str
    name: str
    lat: float
    lon: float
    off_m: float


def straight_line(origin: tuple[float, float], destination: tuple[float, float]) -> Travel:
    """The estimate where the network knows no way: 30 km/h over 1.4 times the straight line."""
    metres = distance_m(*origin, *destination) * STRAIGHT_DETOUR
    return Travel(seconds=metres / STRAIGHT_SPEED, metres=metres, mode="straight-line", off_m=metres)


class Network:
    """An unchanging network; `with_closures` and `under` give another one. Points are (lat, lon) in degrees; `lines`
    are the edges on `plane`, in metres.

    `engine` is "scipy", "hierarchy" or "" for what suits the size; where the hierarchy is not to be had or fails, scipy
    answers.
    """

    def __init__(self, edges: Sequence[Edge] = (), turns: Sequence[Turn] = (), engine: str = "") -> None:
        self.edges = tuple(edges)
        self.turns = tuple(turns)
        self.closed: frozenset[int] = frozenset()
        self.conditions = USUAL
        self._engine = engine
        self._graphs: dict[str, Graph] = {}
        # These do not depend on closures and conditions: copies of this network share them.
        self._shared: dict[str, Shape | Hierarchy] = {}
        self._trees: dict[str, tuple[shapely.STRtree, np.ndarray] | None] = {}
        self.plane = Plane([point for edge in self.edges for point in edge.points])
        self.lines = self.plane.lines([edge.points for edge in self.edges])
        self._metres = np.maximum(shapely.length(self.lines), 0.01) if self.edges else np.zeros(0)
        number: dict[tuple[float, float], int] = {}
        self._tail = np.array(
            [number.setdefault(e.points[0], len(number)) for e in self.edges], dtype=np.int32
        )
        self._head = np.array(
            [number.setdefault(e.points[-1], len(number)) for e in self.edges], dtype=np.int32
        )

    @classmethod
    def from_geojson(cls, streets: dict, turns: dict | None = None, engine: str = "") -> Network:
        """From FeatureCollections of LineStrings (docs/city-files.md); ValueError names the bad feature."""
        edges = edges_of(streets)
        return cls(edges, turns_of(turns, edges) if turns else (), engine)

    def with_closures(self, closed: Iterable[str]) -> Network:
        """This network without the edges of these ids or street names, besides those closed already.

        Raises ValueError for a name that no street has. Who stands in a closed piece, 15 m from any open
        street, can leave it and be reached: what is closed is the way through, and the incident may be why.
        """
        wanted, found = set(closed), set()
        numbers = set(self.closed)
        for number, edge in enumerate(self.edges):
            if edge.id in wanted or edge.name in wanted:
                numbers.add(number)
                found |= {edge.id, edge.name}
        if wanted - found:
            raise ValueError(f"no street or edge is named {', '.join(sorted(wanted - found))}")
        other = copy.copy(self)
        other.closed, other._graphs = frozenset(numbers), {}
        return other

    def under(self, conditions: Conditions) -> Network:
        """This network at another hour, in other weather or at another height of the water."""
        other = copy.copy(self)
        other.conditions, other._graphs = conditions, {}
        return other

    def within(self, area: shapely.Geometry) -> np.ndarray:
        """The numbers of the edges that touch `area`, which lies on the plane of this network."""
        if (found := self._tree("any")) is None:
            return np.zeros(0, dtype=int)
        tree, numbers = found
        return np.sort(numbers[tree.query(area, predicate="intersects")])

    def prepare(self) -> None:
        """Makes at once what the first questions would have to wait for: a moment for a town, more for a province."""
        for profile in PROFILES if self.edges else ():
            if self._tree(profile) is not None:
                self._graph(profile)
        self._tree("street")

    def engine_of(self, profile: str) -> str:
        """The name of the engine that answers for `profile`."""
        engine = self._graph(profile).engine
        spared = isinstance(engine, SparedEngine) and isinstance(engine.engine, HierarchyEngine)
        return "hierarchy" if spared else "scipy"

    def nearest_street(self, lat: float, lon: float) -> Snap | None:
        """The nearest street (no boat route) to a point, or None on a network without streets."""
        if self._tree("ground") is None:
            return None
        number, along, off = (part[0] for part in self._snap([(lat, lon)], "ground"))
        at = self.plane.degrees(self.lines[number].interpolate(along))
        edge = self.edges[number]
        return Snap(edge=edge.id, name=edge.name, lat=at[0], lon=at[1], off_m=float(off))

    def travel_times(
        self, origins: Sequence[tuple[float, float]], destination: tuple[float, float], profile: str = "car"
    ) -> list[Travel]:
        """One Travel for each origin, in order. Raises ValueError for an unknown profile."""
        return self.travel_from(self.place(origins, profile), origins, destination, profile)

    def travel_from(
        self,
        placed: Ends | None,
        origins: Sequence[tuple[float, float]],
        destination: tuple[float, float],
        profile: str,
    ) -> list[Travel]:
        """As `travel_times`, for origins that `place` has placed already."""
        found = self._search(destination, profile)
        if found is None or placed is None:
            return [straight_line(origin, destination) for origin in origins]
        seconds, how = found.reach(placed)
        seconds = np.where(placed.off > OFF_LIMIT_M, np.inf, seconds)
        last, stop = int(found.end.edge[0]), float(found.end.along[0])
        begun = np.where(how == 1, found.first_nodes(placed, 1), found.first_nodes(placed, 2))
        through = np.flatnonzero(np.isfinite(seconds) & (how != 0))
        totals = found.graph.engine.totals(begun[through], found.goals, found.graph.values)
        sums = dict(zip(through.tolist(), zip(*totals.sums.tolist(), totals.last.tolist(), strict=True), strict=True))
        answers = []
        for i, origin in enumerate(origins):
            if not np.isfinite(seconds[i]):
                answers.append(straight_line(origin, destination))
                continue
            off = float(placed.off[i] + found.end.off[0])
            along, edge = float(placed.along[i]), int(placed.edge[i])
            if how[i] == 0:
                metres, ferry = abs(along - stop), profile != "boat" and self.edges[edge].kind == "boat"
            else:
                metres, ferry, node = sums[i]
                metres += along if how[i] == 1 else float(self._metres[edge]) - along
                metres += stop if found.arrives_by_tail(node) else float(self._metres[last]) - stop
            mode = "boat" if profile == "boat" else "road+boat" if ferry else "road"
            answers.append(Travel(seconds=float(seconds[i]), metres=metres + off, mode=mode, off_m=off))
        return answers

    def place(self, origins: Sequence[tuple[float, float]], profile: str = "car") -> Ends | None:
        """Origins placed on the network once, for several questions; None where `profile` has no edge."""
        if profile not in PROFILES:
            raise ValueError(f"no profile is named {profile!r}; use one of {', '.join(PROFILES)}")
        if self._tree(profile) is None or not len(origins):
            return None
        edge, along, off = self._snap(origins, profile)
        aboard = np.ones(len(edge), dtype=bool)
        if profile != "boat":
            # A crew close to a footway, and far from where its vehicle can go, has left the vehicle.
            foot_edge, foot_along, foot_off = self._snap(origins, "street")
            aboard = off <= foot_off + _FOOT_START_M
            edge, along = np.where(aboard, edge, foot_edge), np.where(aboard, along, foot_along)
            off = np.where(aboard, off, foot_off)
        return Ends(edge, along, off, aboard)

    def seconds_from(
        self,
        placed: Ends | None,
        origins: Sequence[tuple[float, float]],
        destination: tuple[float, float],
        profile: str,
    ) -> np.ndarray:
        """The seconds of `travel_from` alone, as an array: cheaper where many destinations are tried."""
        return self.times_from(placed, origins, destination, profile)[0]

    def times_from(
        self,
        placed: Ends | None,
        origins: Sequence[tuple[float, float]],
        destination: tuple[float, float],
        profile: str,
    ) -> tuple[np.ndarray, np.ndarray]:
        """The seconds of `travel_from`, and which of them are straight-line estimates."""
        found = self._search(destination, profile)
        if found is None or placed is None:
            seconds = np.full(len(origins), np.inf)
        else:
            seconds = np.where(placed.off > OFF_LIMIT_M, np.inf, found.reach(placed)[0])
        estimated = np.isinf(seconds)
        for i in np.flatnonzero(estimated):
            seconds[i] = straight_line(origins[i], destination).seconds
        return seconds, estimated

    def path(
        self, origin: tuple[float, float], destination: tuple[float, float], profile: str = "car"
    ) -> list[tuple[float, float]]:
        """The quickest way as (lat, lon) points, origin and destination included."""
        placed, found = self.place([origin], profile), self._search(destination, profile)
        if placed is None or found is None or placed.off[0] > OFF_LIMIT_M:
            return [origin, destination]
        seconds, how = found.reach(placed)
        if not np.isfinite(seconds[0]):
            return [origin, destination]
        begin, along = int(placed.edge[0]), float(placed.along[0])
        last, stop = int(found.end.edge[0]), float(found.end.along[0])
        if how[0] == 0:
            pieces = [(begin, along, stop)]
        else:
            pieces = [(begin, along, 0.0 if how[0] == 1 else self._metres[begin])]
            node, shape = int(found.first_nodes(placed, int(how[0]))[0]), found.graph.shape
            for arc in found.graph.engine.way(node, found.goals):
                number, node = int(shape.edge[arc]), int(shape.stop[arc])
                if number >= 0:
                    ends = (0.0, self._metres[number])
                    pieces.append((number, *(ends[::-1] if shape.against[arc] else ends)))
            pieces.append((last, 0.0 if found.arrives_by_tail(node) else self._metres[last], stop))
        points = [origin, *(point for piece in pieces for point in self._points(*piece)), destination]
        return [point for i, point in enumerate(points) if i == 0 or distance_m(*point, *points[i - 1]) > 0.5]

    def directions(self, path: Sequence[tuple[float, float]]) -> list[Step]:
        """The way in words, one Step for each street that `path` follows."""
        if len(path) < 2 or not self.edges:
            return []
        middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(path, path[1:], strict=False)]
        edge, _, off = self._snap(middles, "any")
        names = [self.edges[e].name if metres < 15 else "" for e, metres in zip(edge, off, strict=True)]
        return steps(path, names)

    def _points(self, number: int, start: float, stop: float) -> list[tuple[float, float]]:
        line = substring(self.lines[number], start, stop)
        return [self.plane.degrees(shapely.Point(pair)) for pair in line.coords]

    def _search(self, destination: tuple[float, float], profile: str) -> Search | None:
        """The search backwards from `destination`; None where it is too far from any edge of use."""
        if self._tree(profile) is None:
            return None
        edge, along, off = self._snap([destination], "any" if profile == "boat" else "street", better=profile)
        if off[0] > OFF_LIMIT_M:
            return None
        return Search(self._graph(profile), Ends(edge, along, off, np.array([True])))

    def _graph(self, profile: str) -> Graph:
        if profile not in self._graphs:
            if "shape" not in self._shared:
                self._shared["shape"] = Shape(self.edges, self._tail, self._head, self.turns)
            shape = self._shared["shape"]
            cost = costs(shape, self._metres, profile, self.closed, self.conditions)
            self._graphs[profile] = Graph(shape, self._metres, cost, self._make_engine(shape, cost))
        return self._graphs[profile]

    def _make_engine(self, shape: Shape, cost: Costs) -> Engine:
        arcs = arcs_of(shape, cost)
        if self._engine == "hierarchy" or (not self._engine and shape.count >= _HIERARCHY_FROM):
            try:
                if "hierarchy" not in self._shared:
                    at = dict(zip(self._tail.tolist(), (edge.points[0] for edge in self.edges), strict=True))
                    at.update(zip(self._head.tolist(), (edge.points[-1] for edge in self.edges), strict=True))
                    where = np.array([at[junction] for junction in shape.junction.tolist()])
                    self._shared["hierarchy"] = Hierarchy(arcs, where[:, 0], where[:, 1])
                return SparedEngine(HierarchyEngine(self._shared["hierarchy"], arcs), lambda: ScipyEngine(arcs))
            except EngineFailed:
                pass
        return ScipyEngine(arcs)

    def _tree(self, which: str) -> tuple[shapely.STRtree, np.ndarray] | None:
        """The spatial index of the edges that a profile may use, of every "street" that one may
        walk on, of all on the "ground", or of "any" edge."""
        if which not in self._trees:
            numbers = [n for n, edge in enumerate(self.edges) if _belongs(edge, which)]
            if which == "street" and not numbers:
                return self._tree("ground")
            tree = (shapely.STRtree(self.lines[numbers]), np.array(numbers)) if numbers else None
            self._trees[which] = tree
        return self._trees[which]

    def _snap(
        self, points: Sequence[tuple[float, float]], which: str, better: str = ""
    ) -> tuple[np.ndarray, ...]:
        """Of each point the nearest edge's number, the metres along it, and the metres to it.

        An edge of `better`, and an open one, is taken before one that is little nearer: at a junction all are
        as near, and who stands there is reached by the street, not by the alley.
        """
        lats, lons = np.array(points, dtype=float).T
        dots = shapely.points(np.stack(self.plane.metres(lats, lons), axis=1))
        edge, limit = None, None
        kinds = [which, better] if better else [which]
        for open_only in (False, True) if self.closed else (False,):
            for kind in kinds:
                if (found := self._tree(kind)) is None:
                    continue
                tree, numbers = found
                other = numbers[tree.nearest(dots)]
                away = shapely.distance(self.lines[other], dots)
                if edge is None:
                    edge, limit = other, away + _PREFERRED_M
                if open_only:
                    other, away = self._nearest_open(tree, numbers, dots, other, away, limit)
                edge = np.where(away <= limit, other, edge)
        lines = self.lines[edge]
        along = np.minimum(shapely.line_locate_point(lines, dots), self._metres[edge])
        return edge, along, shapely.distance(lines, dots)

    def _nearest_open(self, tree, numbers, dots, nearest, away, limit) -> tuple[np.ndarray, np.ndarray]:
        """As `nearest` and `away`, but of the edges that are open and not farther than `limit`."""
        nearest, away = nearest.copy(), away.copy()
        for i, number in enumerate(nearest.tolist()):
            if number not in self.closed:
                continue
            near = numbers[tree.query(dots[i], predicate="dwithin", distance=limit[i])]
            near = near[[one not in self.closed for one in near.tolist()]]
            metres = shapely.distance(self.lines[near], dots[i])
            away[i] = np.inf
            if len(near):
                nearest[i], away[i] = near[metres.argmin()], metres.min()
        return nearest, away


def _belongs(edge: Edge, which: str) -> bool:
    if which == "any":
        return True
    if which == "boat" or edge.kind == "boat":
        return which == edge.kind
    if which in ("street", "ground"):
        return which == "ground" or "foot" not in edge.bars
    return drives(which, edge)
