"""What the base map shows, from the city's files: layers of shapes on the plane of web mercator.

| layer | shapes | properties |
|---|---|---|
| `sea` | the box within which the land is known, where `land.geojson` has a `bbox` | |
| `land` | polygons | |
| `coast` | lines: where land meets water, not where the files end | |
| `ground` | polygons | `kind`: green, built, building |
| `borders` | lines, each once | `kind` as in boundaries.geojson; `centre`: of a neighbouring centre |
| `roads` | lines; pieces of one street are joined | `name`, `class`, `oneway`, `minor` (slow ones) |
| `areas` | a point for each border, where its name goes | `name`, `kind` |
| `places` | points | `name`, `kind` |
| `addresses` | points | `number` |
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from routing.city.files import CityError

DETAIL = 15
"""The deepest zoom that is made; a pixel of it is 2.4 m at the equator, a unit of its tiles 0.3 m."""
_POINTS, _LINES, _AREAS = ("Point",), ("LineString", "MultiLineString"), ("Polygon", "MultiPolygon")
# The first zoom that has them. A map at zoom 12 is drawn from tiles of 11.
_ROADS = {"primary": 5, "boat": 8, "secondary": 9, "residential": 12, "lane": 13, "path": 14}
_MINOR = 13
_BORDERS = {"kecamatan": 7, "centre": 7}
_OTHER_BORDERS = 10
_GROUND = {"green": 10, "built": 10, "building": 14}
_PLACES = {
    **dict.fromkeys(("quarter", "island", "airport", "harbour", "hospital", "km"), 10),
    **dict.fromkeys(("water", "park", "beach", "government", "market", "landmark"), 12),
}
_OTHER_PLACES = 13
Shown = Mapping[str, Any]
"""A FeatureCollection that is only read."""
NOTHING: Shown = {"type": "FeatureCollection", "features": []}
_SLOW_KMH = 15.0
_EDGE = 1e-7
_MAX_LAT = 85.051128


Properties = Mapping[str, Any]
Rows = list[tuple[BaseGeometry, int, dict[str, Any]]]


class Layer(msgspec.Struct, frozen=True):
    """`shapes`: array of Shapely geometries, x to the east and y to the south in parts of the world's width, so that
    (0, 0) to (1, 1) is tile 0/0/0. `first`: for each the first zoom that shows it."""

    name: str
    shapes: np.ndarray
    first: np.ndarray
    said: list[dict[str, Any]]


def layers_of(
    roads: Shown, land: Shown, boundaries: Shown, places: Iterable[Mapping[str, str]],
    ground: Shown = NOTHING, centres: Shown = NOTHING,
) -> list[Layer]:  # fmt: skip
    """`places` are rows of places.csv, the others the FeatureCollections of the files of those names. Raises CityError
    that names file and feature."""
    polygons = [polygon for polygon, _ in _drawn(land, "land.geojson", _AREAS)]
    box = _box(land)
    found = [
        _layer("sea", [(box, 0, {})] if box is not None else []),
        _layer("land", [(polygon, 0, {}) for polygon in polygons]),
        _layer("ground", _ground(ground)),
        _layer("coast", [(line, 0, {}) for line in _coast(polygons, box)]),
    ]
    areas = list(_drawn(boundaries, "boundaries.geojson", _AREAS))
    areas += [(area, {**said, "kind": "centre"}) for area, said in _drawn(centres, "centres.geojson", _AREAS)]
    found += [_layer("borders", _borders(areas)), _layer("roads", _roads(roads))]
    named, numbers = _places(places)
    middles, taken = _named_areas(areas, named)
    rest = [row for row in named if id(row) not in taken]
    return [*found, _layer("areas", middles), _layer("places", rest), _layer("addresses", numbers)]


def projected(points: np.ndarray) -> np.ndarray:
    """(lon, lat) in degrees → web mercator as in `Layer`."""
    lat = np.radians(np.clip(points[:, 1], -_MAX_LAT, _MAX_LAT))
    return np.column_stack([points[:, 0] / 360 + 0.5, 0.5 - np.arcsinh(np.tan(lat)) / (2 * math.pi)])


def _layer(name: str, rows: Rows) -> Layer:
    shapes = np.array([row[0] for row in rows], dtype=object)
    first = np.array([row[1] for row in rows], dtype=np.int64)
    return Layer(name, shapely.transform(shapes, projected), first, [row[2] for row in rows])


def _drawn(collection: Shown, file: str, kinds: tuple[str, ...]) -> Iterable[tuple[BaseGeometry, Properties]]:
    for number, feature in enumerate(collection["features"], 1):
        try:
            said = feature.get("properties") or {}
            drawn = shapely.force_2d(shape(feature["geometry"]))
            if not np.isfinite(drawn.bounds).all():
                raise CityError("city.without-coordinates", file=file, number=number)
        except CityError:
            raise
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, shapely.errors.ShapelyError) as wrong:
            raise CityError("city.geometry", file=file, number=number, detail=str(wrong)) from wrong
        if drawn.geom_type not in kinds:
            kind, wanted = drawn.geom_type, kinds[0]
            raise CityError("city.geometry-kind", file=file, number=number, kind=kind, wanted=wanted)
        yield drawn if drawn.is_valid else _mended(drawn, kinds), said


def _mended(drawn: BaseGeometry, kinds: tuple[str, ...]) -> BaseGeometry:
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(drawn)))
    return shapely.union_all([part for part in parts if part.geom_type in kinds])


def _box(land: Shown) -> BaseGeometry | None:
    if "bbox" not in land:
        return None
    try:
        west, south, east, north = (float(value) for value in land["bbox"])
        return shapely.box(west, south, east, north) if west < east and south < north else None
    except (TypeError, ValueError) as wrong:
        raise CityError("city.bbox", detail=str(wrong)) from wrong


def _coast(polygons: list[BaseGeometry], box: BaseGeometry | None) -> list[BaseGeometry]:
    """The rings of the land without what lies on the edge of all that is known."""
    if not polygons:
        return []
    edge = (box if box is not None else shapely.box(*shapely.total_bounds(polygons))).boundary.buffer(_EDGE)
    rings = shapely.boundary(shapely.union_all(polygons))
    return list(shapely.get_parts(shapely.line_merge(rings.difference(edge))))


def _borders(areas: list[tuple[BaseGeometry, Properties]]) -> Rows:
    """Each stretch once, as the border of the larger kind of area."""
    rings: dict[str, list[BaseGeometry]] = defaultdict(list)
    for area, said in areas:
        rings[str(said.get("kind", ""))].append(area.boundary)
    found: Rows = []
    drawn: BaseGeometry = shapely.LineString()
    for kind in sorted(rings, key=lambda kind: (_BORDERS.get(kind, _OTHER_BORDERS), kind)):
        lines = shapely.union_all(rings[kind])
        rest = shapely.line_merge(lines.difference(drawn))
        drawn = shapely.union(drawn, lines)
        found += [(line, _first_of({"kind": kind}), {"kind": kind}) for line in shapely.get_parts(rest)]
    return found


def _first_of(said: Properties) -> int:
    return _BORDERS.get(said.get("kind", ""), _OTHER_BORDERS)


def _named_areas(areas: list[tuple[BaseGeometry, Properties]], places: Rows) -> tuple[Rows, set[int]]:
    """Where the names of areas go: to the village of the same name, which then needs none of its own, else to the
    middle; and the ids of the rows of `places` that are used."""
    villages = defaultdict(list)
    for row in places:
        if row[2]["kind"] == "quarter":
            villages[row[2]["name"]].append(row)
    found, taken = [], set()
    for area, said in areas:
        if not said.get("name"):
            continue
        name = str(said["name"])
        own = next((row for row in villages[name] if id(row) not in taken and area.contains(row[0])), None)
        if own is not None:
            taken.add(id(own))
        at = _middle(area) if own is None else own[0]
        found.append((at, _first_of(said), {"name": name, "kind": str(said.get("kind", ""))}))
    return found, taken


def _middle(area: BaseGeometry) -> BaseGeometry:
    """A point deep inside the largest part."""
    largest = max(shapely.get_parts(area), key=shapely.area)
    west, south, east, north = largest.bounds
    circle = shapely.maximum_inscribed_circle(largest, tolerance=max(east - west, north - south, _EDGE) / 50)
    return shapely.Point(circle.coords[0])


def _roads(roads: Shown) -> Rows:
    """Pieces of a street that follow each other become one line, so that its name finds room; one-way streets only in
    their direction."""
    alike: dict[tuple[str, str, bool, bool], list[BaseGeometry]] = defaultdict(list)
    for line, said in _drawn(roads, "roads.geojson", _LINES):
        kind = str(said.get("class", ""))
        speed = said.get("speed")
        minor = kind == "residential" and isinstance(speed, int | float) and speed <= _SLOW_KMH
        alike[kind, str(said.get("name") or ""), bool(said.get("oneway")), minor].append(line)
    found = []
    for (kind, name, oneway, minor), lines in alike.items():
        told: dict[str, Any] = {"class": kind} | ({"name": name} if name else {})
        told |= ({"oneway": True} if oneway else {}) | ({"minor": True} if minor else {})
        first = _MINOR if minor else _ROADS.get(kind, DETAIL)
        whole = shapely.multilinestrings([part for line in lines for part in shapely.get_parts(line)])
        found += [(line, first, told) for line in shapely.get_parts(shapely.line_merge(whole, directed=oneway))]
    return found


def _ground(ground: Shown) -> Rows:
    found = []
    for area, said in _drawn(ground, "ground.geojson", _AREAS):
        kind = str(said.get("kind", ""))
        found.append((area, _GROUND.get(kind, DETAIL), {"kind": kind}))
    return found


def _places(rows: Iterable[Mapping[str, str]]) -> tuple[Rows, Rows]:
    """Names, and house numbers."""
    named: Rows = []
    numbers: Rows = []
    for number, row in enumerate(rows, 2):
        try:
            at = shapely.Point(float(row["lon"]), float(row["lat"]))
        except CityError:
            raise
        except (KeyError, TypeError, ValueError) as wrong:
            raise CityError("city.place-degrees", row=number, detail=str(wrong)) from wrong
        name, kind = _as_people_say(row), row.get("kind") or ""
        if kind == "address":
            numbers.append((at, DETAIL, {"number": name.rpartition("No. ")[2]}))
        elif name:
            named.append((at, _PLACES.get(kind, _OTHER_PLACES), {"name": name, "kind": kind}))
    return named, numbers


def _as_people_say(row: Mapping[str, str]) -> str:
    """The name without what tells it apart from others of the same name: "Vaduz (2)", which "Vaduz" is short for."""
    name, first = row.get("name") or "", (row.get("aliases") or "").split(";")[0].strip()
    return first if first and name.startswith(f"{first} (") and name.endswith(")") else name
