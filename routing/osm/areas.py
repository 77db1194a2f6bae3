"""Areas: borders of districts, and land and water.

Ways that belong to one border are joined to rings. Coastlines have the land on their left; within a box they cut it
into pieces, and each piece is land or sea by the side on which it lies of the coast around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import shapely
from shapely.geometry import box, mapping
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union

from routing.geojson import Feature
from routing.location import DEGREE_M
from routing.osm.objects import Notes, Point, Relation, Way

# Of Indonesia's levels of administration: kecamatan 6, desa and kelurahan 7; other countries' municipalities are 8.
LEVELS = {"6": "kecamatan", "7": "kelurahan", "8": "kelurahan", "9": "lingkungan"}
_WATER_M2 = 20_000.0
_JOINED_DEGREES = 0.01


def area_of(relation: Relation, ways: Mapping[int, Way]) -> tuple[BaseGeometry | None, str]:
    """The area that a relation's ways enclose, in degrees, x = lon; or None and why there is none."""
    rings: dict[str, list[Way]] = {"outer": [], "inner": []}
    missing = 0
    for type_, ref, role in relation.members:
        if type_ != "w":
            continue
        if ref in ways:
            rings["inner" if role == "inner" else "outer"].append(ways[ref])
        else:
            missing += 1
    outer = _enclosed(rings["outer"])
    if outer is None:
        lost = f"{missing} of its ways are not in the extract" if missing else "its ways form no closed ring"
        return None, lost
    inner = _enclosed(rings["inner"])
    area = outer.difference(inner) if inner is not None else outer
    if missing:
        return None, f"{missing} of its ways are not in the extract"
    return (area, "") if not area.is_empty and area.is_valid else (None, "its ways cross each other")


def _enclosed(ways: Sequence[Way]) -> BaseGeometry | None:
    lines = [shapely.LineString([(lon, lat) for lat, lon in way.points]) for way in ways if len(way.points) > 1]
    if not lines:
        return None
    faces = list(polygonize(unary_union(lines)))
    return unary_union(faces) if faces else None


def boundaries_of(
    relations: Iterable[Relation], ways: Mapping[int, Way], notes: Notes, area: BaseGeometry | None = None
) -> list[Feature]:
    """Features of boundaries.geojson: districts that touch `area`, whole."""
    found = []
    for relation in relations:
        tags = relation.tags
        kind, name = LEVELS.get(tags.get("admin_level", "")), tags.get("name")
        if tags.get("boundary") != "administrative" or kind is None:
            continue
        if not name:
            notes.add("relation", relation.id, "a boundary without a name is left out")
            continue
        polygon, why = area_of(relation, ways)
        if polygon is None:
            notes.add("relation", relation.id, f"{name}: {why}; the boundary is left out")
        elif area is None or area.intersects(polygon):
            found.append(_feature({"name": name, "kind": kind, "osm": relation.id}, polygon))
    return sorted(found, key=lambda feature: (feature["properties"]["kind"], feature["properties"]["name"]))


def water_of(relations: Iterable[Relation], ways: Mapping[int, Way], notes: Notes) -> list[BaseGeometry]:
    """Lakes, rivers and reservoirs of two hectares and more."""
    found: list[BaseGeometry] = []
    for way in ways.values():
        if way.closed and _is_water(way.tags):
            drawn = shapely.Polygon([(lon, lat) for lat, lon in way.points]) if len(way.points) > 3 else None
            if drawn is not None and drawn.is_valid:
                found.append(drawn)
    for relation in relations:
        if relation.tags.get("type") == "multipolygon" and _is_water(relation.tags):
            polygon, why = area_of(relation, ways)
            if polygon is None:
                notes.add("relation", relation.id, f"water: {why}; it is drawn as land")
            else:
                found.append(polygon)
    return [one for one in found if one.area * DEGREE_M**2 >= _WATER_M2]


def _is_water(tags: Mapping[str, str]) -> bool:
    return tags.get("natural") == "water" or tags.get("waterway") == "riverbank"


def land_of(
    coast: Iterable[Way], bounds: tuple[float, float, float, float], water: Sequence[BaseGeometry], notes: Notes
) -> list[Feature]:
    """Features of land.geojson within `bounds` (west, south, east, north)."""
    frame = box(*bounds)
    segments: set[tuple[Point, Point]] = set()
    lines = []
    ends: dict[int, tuple[int, Way]] = {}
    for way in coast:
        points = [(lon, lat) for lat, lon in way.points]
        if len(points) < 2:
            notes.add("way", way.id, "a coastline with fewer than two points in the extract is left out")
            continue
        segments.update(pairwise(points))
        lines.append(shapely.LineString(points))
        if not way.closed:
            for node in (way.nodes[0], way.nodes[-1]):
                ends[node] = (ends.get(node, (0, way))[0] + 1, way)
    loose = [(node, way) for node, (count, way) in ends.items() if count == 1]
    for node, way in loose:
        at = way.points[way.nodes.index(node)]
        dot = shapely.Point(at[1], at[0])
        if not frame.contains(dot):
            continue
        edge = frame.boundary.interpolate(frame.boundary.project(dot))
        if dot.distance(edge) > _JOINED_DEGREES:
            notes.add("way", way.id, f"the coastline ends at node {node}, within the area; land near it may be wrong")
        else:
            # The extract lacks what lies just outside of it.
            lines.append(shapely.LineString([dot, edge]))
    if not any(line.intersects(frame) for line in lines):
        pieces = [frame]
    else:
        cuts = unary_union([*lines, frame.boundary])
        pieces = [face for face in polygonize(cuts) if frame.covers(face.representative_point())]
        pieces = [face for face in pieces if _is_land(face, segments, lines)]
    land = unary_union(pieces)
    if water:
        land = land.difference(unary_union(water))
    polygons = [part for part in getattr(land, "geoms", [land]) if part.geom_type == "Polygon" and not part.is_empty]
    # Nothing is left of what is thinner than the coordinates' last digit.
    return [one for polygon in polygons if (one := _feature({}, polygon))["geometry"]["coordinates"]]


def _is_land(face: shapely.Polygon, segments: set[tuple[Point, Point]], lines: Sequence[BaseGeometry]) -> bool:
    """Whether `face` lies on the left of the coast around it, by most of the pieces of coast that it touches."""
    votes = 0
    rings = [face.exterior if face.exterior.is_ccw else face.exterior.reverse()]
    rings += [ring.reverse() if ring.is_ccw else ring for ring in face.interiors]
    for ring in rings:
        for pair in pairwise(ring.coords):
            votes += ((pair in segments) - (pair[::-1] in segments)) if votes < 50 else 0
    if votes:
        return votes > 0
    # Only cut-off pieces of coast: the nearest one decides.
    inside = face.representative_point()
    nearest = min(lines, key=inside.distance)
    here = nearest.project(inside)
    step = nearest.length * 1e-6
    a, b = nearest.interpolate(max(0, here - step)), nearest.interpolate(min(nearest.length, here + step))
    return (b.x - a.x) * (inside.y - a.y) - (b.y - a.y) * (inside.x - a.x) > 0


def _feature(said: Feature, polygon: BaseGeometry) -> Feature:
    return {"type": "Feature", "properties": said, "geometry": mapping(shapely.set_precision(polygon, 1e-7))}
