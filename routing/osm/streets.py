"""Streets and forbidden turns from ways, barriers and restrictions, as the city's files have them.

A barrier is a metre of street that some may not use. A ferry that ends at no street is tied to the nearest one by a
footpath. Restrictions of the kind "only" become turns forbidden into all the other streets.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from routing.geojson import Feature
from routing.location import distance_m
from routing.osm import tags as osm_tags
from routing.osm.objects import Node, Notes, Point, Relation, Way
from routing.osm.tags import Properties

_BARRIER_M = 0.5
_LANDING_M = 400.0
_FERRY_MS = 15 / 3.6
_OF = {"restriction:motorcar": "car", "restriction:motorcycle": "motorcycle", "restriction:hgv": "engine"}
_EXCEPT = {"motorcar": "car", "motorcycle": "motorcycle", "hgv": "engine"}
_DRIVERS = frozenset({"car", "motorcycle", "engine"})


class Street:
    """One line of roads.geojson: properties, and the points, which meet others where they are equal."""

    def __init__(self, way: int, said: Properties, points: Sequence[Point]) -> None:
        self.way, self.said, self.points = way, said, tuple(points)

    def feature(self) -> Feature:
        coordinates = [[lon, lat] for lat, lon in self.points]
        return {
            "type": "Feature",
            "properties": self.said | {"osm": self.way} if self.way else self.said,
            "geometry": {"type": "LineString", "coordinates": coordinates},
        }


def streets_of(
    ways: Iterable[Way],
    barriers: Mapping[int, Node],
    speeds: dict[str, float],
    notes: Notes,
    area: BaseGeometry | None = None,
) -> list[Street]:
    """All that anybody can travel on; `area`, a prepared polygon in degrees, leaves out what lies outside of it."""
    usable: list[tuple[Way, Properties]] = []
    used: Counter[int] = Counter()
    for way in ways:
        said = osm_tags.street(way.tags, speeds, partial(notes.add, "way", way.id))
        if said is None:
            continue
        usable.append((way, said))
        used.update(way.nodes)
    found = []
    for way, said in usable:
        nodes, points = list(way.nodes), [(round(lat, 7), round(lon, 7)) for lat, lon in way.points]
        if said.pop("reversed", False):
            nodes.reverse()
            points.reverse()
        if said["class"] == "boat":
            _time_ferry(said, points)
        for numbers, part in _inside(nodes, points, area):
            if len(set(part)) < 2:
                notes.add("way", way.id, "has fewer than two different points; it is left out")
                continue
            for piece, stopped in _cut(numbers, part, barriers, used):
                bars = sorted({*said.get("bars", ()), *stopped})
                found.append(Street(way.id, {**said, "bars": bars} if bars else said, piece))
    return [*found, *_landings(found, notes)]


def _time_ferry(said: Properties, points: Sequence[Point]) -> None:
    if "minutes" not in said:
        metres = sum(distance_m(*a, *b) for a, b in pairwise(points))
        said["minutes"] = min(600.0, max(1.0, round(metres / _FERRY_MS / 60, 1)))


def _inside(nodes: list[int], points: list[Point], area: BaseGeometry | None) -> list[tuple[list[int], list[Point]]]:
    """The stretches of a line within `area`, each with one point beyond its border."""
    if area is None:
        return [(nodes, points)]
    within = shapely.contains_xy(area, [lon for _, lon in points], [lat for lat, _ in points])
    if within.all():
        return [(nodes, points)]
    near = within.copy()
    near[1:] |= within[:-1]
    near[:-1] |= within[1:]
    found, start = [], None
    for i, inside in enumerate([*near.tolist(), False]):
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            found.append((nodes[start:i], points[start:i]))
            start = None
    return found


def _cut(
    nodes: Sequence[int], points: Sequence[Point], barriers: Mapping[int, Node], used: Counter[int]
) -> list[tuple[list[Point], set[str]]]:
    """The line in pieces: with a metre around each barrier, which stops some. A barrier where streets meet stays
    out of account: which of them it bars is not known."""
    found: list[tuple[list[Point], set[str]]] = []
    piece: list[Point] = []
    for i, (node, point) in enumerate(zip(nodes, points, strict=True)):
        stopped = osm_tags.barrier(barriers[node].tags) if node in barriers and used[node] == 1 else set()
        if not stopped:
            piece.append(point)
            continue
        before = _towards(point, points[i - 1]) if i else None
        after = _towards(point, points[i + 1]) if i + 1 < len(points) else None
        if before:
            found.append(([*piece, before], set()))
        found.append(([at for at in (before, point, after) if at], stopped))
        piece = [after] if after else []
    found.append((piece, set()))
    return [(part, stopped) for part, stopped in found if len(set(part)) > 1]


def _towards(here: Point, there: Point) -> Point:
    """Half a metre from here to there, or half of the way where that is less."""
    share = min(0.5, _BARRIER_M / max(distance_m(*here, *there), 0.01))
    return round(here[0] + (there[0] - here[0]) * share, 7), round(here[1] + (there[1] - here[1]) * share, 7)


def _landings(streets: Sequence[Street], notes: Notes) -> list[Street]:
    """Footpaths from ends of ferries to the nearest corner of a street, where they do not meet one."""
    land = sorted({point for street in streets if street.said["class"] != "boat" for point in street.points})
    boats = [street for street in streets if street.said["class"] == "boat"]
    shared = Counter(point for street in boats for point in (street.points[0], street.points[-1]))
    if not boats or not land:
        return []
    known = set(land)
    squeeze = math.cos(math.radians(land[0][0]))
    tree = shapely.STRtree(shapely.points([(lon * squeeze, lat) for lat, lon in land]))
    found: dict[Point, Street] = {}
    for street in boats:
        for end in (street.points[0], street.points[-1]):
            if end in known or end in found:
                continue
            nearest = land[int(tree.nearest(shapely.Point(end[1] * squeeze, end[0])))]
            metres = distance_m(*end, *nearest)
            if metres <= _LANDING_M:
                said = {"name": "", "class": "path", "speed": 5.0}
                found[end] = Street(0, said, (end, nearest))
            elif shared[end] == 1:
                notes.add("way", street.way, f"this ferry ends {metres:.0f} m from any street; nobody can board there")
    return list(found.values())


class _Lines:
    """Where the streets of each way run, to walk along them from corner to corner."""

    def __init__(self, streets: Iterable[Street]) -> None:
        self.of: dict[int, list[Street]] = defaultdict(list)
        self.at: dict[Point, list[Street]] = defaultdict(list)
        for street in streets:
            if street.way and street.said["class"] not in ("boat", "path"):
                self.of[street.way].append(street)
                for point in set(street.points):
                    self.at[point].append(street)

    def beside(self, streets: Iterable[Street], point: Point, leaving: bool) -> list[Point]:
        """The corners next to `point` on these streets, to drive to (`leaving`) or to come from."""
        found: dict[Point, None] = {}
        for street in streets:
            one_way = street.said.get("oneway", False)
            for a, b in pairwise(street.points):
                if a == point and (leaving or not one_way):
                    found[b] = None
                if b == point and (not leaving or not one_way):
                    found[a] = None
        return list(found)


def turns_of(
    relations: Iterable[Relation], streets: Sequence[Street], node_at: Mapping[int, Point], ways: Mapping[int, Way],
    notes: Notes,
) -> list[Feature]:  # fmt: skip
    """Features of turns.geojson. `node_at` tells where a via node lies; `ways` holds those that are via ways."""
    lines = _Lines(streets)
    found = []
    for relation in relations:
        for kind, bars in _kinds(relation, notes):
            try:
                for points in _drawn(relation, kind, lines, node_at, ways):
                    found.append(_feature(relation.id, points, bars))
            except _Unclear as why:
                notes.add("relation", relation.id, f"{why}; the restriction is left out")
    return found


class _Unclear(ValueError):
    pass


def _kinds(relation: Relation, notes: Notes) -> list[tuple[str, frozenset[str]]]:
    """(no or only, whom it binds) of a restriction; an emergency vehicle is not bound by what excepts it."""
    tags = relation.tags
    excepted = {part.strip() for part in tags.get("except", "").split(";")}
    if "emergency" in excepted:
        return []
    if any(key.endswith(":conditional") for key in tags) or "day_on" in tags or "hour_on" in tags:
        notes.add("relation", relation.id, "a restriction for some hours only is left out")
        return []
    free = {_EXCEPT[one] for one in excepted if one in _EXCEPT}
    found = []
    for key, bound in (("restriction", _DRIVERS), *((key, {profile}) for key, profile in _OF.items())):
        kind = tags.get(key, "").split("_")[0]
        if kind in ("no", "only") and bound - free:
            found.append((kind, frozenset(bound - free)))
        elif tags.get(key):
            notes.add("relation", relation.id, f"{key} {tags[key]!r} is not understood; it is left out")
    return found


def _drawn(
    relation: Relation, kind: str, lines: _Lines, node_at: Mapping[int, Point], ways: Mapping[int, Way]
) -> list[list[Point]]:
    """The lines of forbidden turns that one restriction means."""
    members = relation.members
    roads = {role: [ref for type_, ref, own in members if own == role and type_ == "w"] for role in ("from", "to")}
    if not roads["from"] or not roads["to"]:
        raise _Unclear("it has no member 'from' or no member 'to'")
    starts = [lines.of[ref] for ref in roads["from"] if ref in lines.of]
    goals = [lines.of[ref] for ref in roads["to"] if ref in lines.of]
    if not starts or not goals:
        return []  # none of our vehicles drives there anyway, or it lies outside of the extract
    middle = _via(relation, node_at, ways)
    middles = [middle] if len(middle) == 1 else [middle, middle[::-1]]
    found = []
    for start in starts:
        for goal in goals:
            for way in middles:
                before = lines.beside(start, way[0], leaving=False)
                after = lines.beside(goal, way[-1], leaving=True)
                if before and after:
                    break
            else:
                raise _Unclear("'from', 'via' and 'to' do not meet")
            if len(before) > 1 or len(after) > 1:
                raise _Unclear("'from' or 'to' goes on past 'via', so that its direction is not clear")
            if kind == "no":
                found.append([before[0], *way, after[0]])
                continue
            back = way[-2] if len(way) > 1 else before[0]
            for other in lines.beside(lines.at[way[-1]], way[-1], leaving=True):
                if other not in (after[0], back):
                    found.append([before[0], *way, other])
    return found


def _via(relation: Relation, node_at: Mapping[int, Point], ways: Mapping[int, Way]) -> list[Point]:
    nodes = [ref for type_, ref, role in relation.members if role == "via" and type_ == "n"]
    along = [ref for type_, ref, role in relation.members if role == "via" and type_ == "w"]
    if len(nodes) == 1 and not along:
        if nodes[0] not in node_at:
            raise _Unclear(f"its via node {nodes[0]} is not in the extract")
        return [_rounded(node_at[nodes[0]])]
    if nodes or not along:
        raise _Unclear("it has neither one via node nor via ways")
    missing = [ref for ref in along if ref not in ways]
    if missing:
        raise _Unclear(f"its via way {missing[0]} is not in the extract")
    chain: list[Point] = []
    for ref in along:
        points = [_rounded(point) for point in ways[ref].points]
        if chain and chain[-1] not in (points[0], points[-1]) and chain[0] in (points[0], points[-1]):
            chain.reverse()
        if chain and chain[-1] == points[-1]:
            points.reverse()
        if chain and chain[-1] != points[0]:
            raise _Unclear("its via ways do not follow each other")
        chain += points[1:] if chain else points
    return [point for i, point in enumerate(chain) if i == 0 or point != chain[i - 1]]


def _rounded(point: Point) -> Point:
    return round(point[0], 7), round(point[1], 7)


def _feature(relation: int, points: Sequence[Point], bars: frozenset[str]) -> Feature:
    return {
        "type": "Feature",
        "properties": {"bars": sorted(bars), "osm": relation},
        "geometry": {"type": "LineString", "coordinates": [[lon, lat] for lat, lon in points]},
    }


def box_of(streets: Iterable[Street]) -> tuple[float, float, float, float]:
    """West, south, east, north of all streets in degrees."""
    points = np.array([point for street in streets for point in street.points])
    return (*points.min(axis=0)[::-1].tolist(), *points.max(axis=0)[::-1].tolist())
