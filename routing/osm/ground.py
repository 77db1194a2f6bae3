"""What covers the ground, for the map's eye only: green, built-up areas and buildings, as ground.geojson has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from routing.geojson import Feature
from routing.osm.areas import area_of
from routing.osm.objects import Point, Relation, Way

_KINDS = {
    "landuse": {
        **dict.fromkeys(("forest", "grass", "meadow", "cemetery", "recreation_ground", "village_green"), "green"),
        **dict.fromkeys(("orchard", "vineyard", "allotments", "plant_nursery"), "green"),
        **dict.fromkeys(("residential", "commercial", "retail", "industrial", "port", "railway"), "built"),
    },
    "leisure": dict.fromkeys(("park", "garden", "golf_course", "pitch", "playground"), "green"),
    "natural": dict.fromkeys(("wood", "scrub", "heath", "grassland", "wetland"), "green"),
}
_DIGITS = 6
Outline = tuple[str, Sequence[Point]]


def ground_kind(tags: Mapping[str, str]) -> str:
    """green, built or building; "" for what is none of them."""
    if tags.get("building", "no") != "no":
        return "building"
    return next((kind for key, kinds in _KINDS.items() if (kind := kinds.get(tags.get(key, "")))), "")


def ground_of(
    outlines: Iterable[Outline], relations: Iterable[Relation], ways: Mapping[int, Way],
    water: Sequence[BaseGeometry], frame: BaseGeometry,
) -> list[Feature]:  # fmt: skip
    """Features of ground.geojson that touch `frame`, in the order in which they are painted: large ones first,
    buildings last; green and built-up areas without the `water` (x = lon) in them. What is drawn wrongly is left
    out: nothing depends on it."""
    found: list[tuple[str, BaseGeometry]] = [
        (kind, shapely.Polygon([(lon, lat) for lat, lon in points])) for kind, points in outlines
    ]
    for relation in relations:
        kind = ground_kind(relation.tags) if relation.tags.get("type") == "multipolygon" else ""
        area = area_of(relation, ways)[0] if kind else None
        if area is not None:
            found.append((kind, area))
    if not found:
        return []
    kinds = np.array([kind for kind, _ in found])
    shapes = np.array([shape for _, shape in found], dtype=object)
    right = shapely.is_valid(shapes) & shapely.intersects(frame, shapes)
    kinds, shapes = kinds[right], shapes[right]
    if len(water):
        open_ground = np.flatnonzero(kinds != "building")
        wet = np.unique(shapely.STRtree(shapes[open_ground]).query(water, predicate="intersects")[1])
        shapes[open_ground[wet]] = shapely.difference(shapes[open_ground[wet]], shapely.union_all(water))
    order = np.lexsort((-shapely.area(shapes), kinds == "building"))
    rounded = shapely.transform(shapes, lambda points: np.round(points, _DIGITS))
    return [_feature(str(kinds[i]), rounded[i]) for i in order if rounded[i].geom_type in ("Polygon", "MultiPolygon")]


def _feature(kind: str, area: BaseGeometry) -> Feature:
    return {"type": "Feature", "properties": {"kind": kind}, "geometry": mapping(area)}
