"""Layers → vector tiles: each tile is cut out of the one above it, so that no shape is looked at where it is not.

MVT 2.1 (github.com/mapbox/vector-tile-spec): whole-numbered coordinates, 4096 to a tile, y to the south. A tile is
shown 512 pixels wide, so that 8 units are a pixel; what is smaller than half of one is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import mapbox_vector_tile
import numpy as np
import shapely
from shapely import GeometryType

from routing.tiles.layers import DETAIL, Layer

TOP = 5
"""The zoom of the first tiles, which have a whole province in view."""
EXTENT = 4096
BEYOND = 64
"""Units by which lines and areas reach into the neighbouring tiles, so that no seam shows."""
_HALF_PIXEL = 4.0
_POINTS = (GeometryType.POINT,)
_AREAS = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)
_OPTIONS = {"y_coord_down": True, "check_winding_order": False, "extents": EXTENT}


def tiles_of(layers: Sequence[Layer]) -> Iterator[tuple[int, int, int, bytes]]:
    """(zoom, x, y, MVT) of every tile that has something in it, from TOP to DETAIL."""
    filled = [layer for layer in layers if len(layer.shapes)]
    if not filled:
        return
    west, north, east, south = shapely.total_bounds(np.concatenate([layer.shapes for layer in filled]))
    across = 2**TOP
    for x in range(max(0, int(west * across)), min(across - 1, int(east * across)) + 1):
        for y in range(max(0, int(north * across)), min(across - 1, int(south * across)) + 1):
            yield from _cut(TOP, x, y, filled)


def _cut(zoom: int, x: int, y: int, above: Sequence[Layer]) -> Iterator[tuple[int, int, int, bytes]]:
    inside = [part for layer in above if (part := _within(layer, zoom, x, y)) is not None]
    if not inside:
        return
    drawn = [layer for part in inside if (layer := _drawn(part, zoom, x, y))["features"]]
    if drawn:
        yield zoom, x, y, mapbox_vector_tile.encode(drawn, default_options=_OPTIONS)
    if zoom < DETAIL:
        for right in (0, 1):
            for down in (0, 1):
                yield from _cut(zoom + 1, 2 * x + right, 2 * y + down, inside)


def _within(layer: Layer, zoom: int, x: int, y: int) -> Layer | None:
    """What of a layer lies in the tile and beside it; points belong to one tile only."""
    size = 2.0**-zoom
    points = shapely.get_type_id(layer.shapes[0]) in _POINTS
    beside = 0.0 if points else BEYOND / EXTENT
    west, north = (x - beside) * size, (y - beside) * size
    east, south = (x + 1 + beside) * size, (y + 1 + beside) * size
    left, top, right, bottom = shapely.bounds(layer.shapes).T
    if points:
        at = np.flatnonzero((left >= west) & (left < east) & (top >= north) & (top < south))
        shapes = layer.shapes[at]
    else:
        at = np.flatnonzero((left <= east) & (right >= west) & (top <= south) & (bottom >= north))
        shapes = layer.shapes[at]
        cut = (left < west) | (right > east) | (top < north) | (bottom > south)
        cut = np.flatnonzero(cut[at])
        shapes[cut] = shapely.clip_by_rect(shapes[cut], west, north, east, south)
        whole = ~shapely.is_empty(shapes)
        at, shapes = at[whole], shapes[whole]
    if not len(at):
        return None
    return Layer(layer.name, shapes, layer.first[at], [layer.said[i] for i in at])


def _drawn(layer: Layer, zoom: int, x: int, y: int) -> dict[str, Any]:
    """The layer as the encoder takes it, in the tile's units."""
    at = np.flatnonzero(layer.first <= zoom)
    offset = np.array([x, y])
    shapes = shapely.transform(layer.shapes[at], lambda points: (points * 2.0**zoom - offset) * EXTENT)
    kind = shapely.get_type_id(shapes[0]) if len(at) else GeometryType.POINT
    if kind not in _POINTS:
        # The deepest tiles are enlarged, so they keep what is smaller than a pixel.
        fine = _HALF_PIXEL if zoom < DETAIL else 1.0
        shapes = shapely.simplify(shapes, fine, preserve_topology=True)
        left, top, right, bottom = shapely.bounds(shapes).T
        seen = np.maximum(right - left, bottom - top) >= fine
        at, shapes = at[seen], shapes[seen]
    shapes = shapely.transform(shapes, np.rint)
    if len(at) and max(shapely.get_type_id(shapes)) >= GeometryType.POLYGON:
        shapes = shapely.orient_polygons(_areas(shapes))
    features = [
        {"geometry": drawn, "properties": layer.said[i]}
        for i, drawn in zip(at.tolist(), shapes, strict=True)
        if not drawn.is_empty
    ]
    return {"name": layer.name, "features": features}


def _areas(shapes: np.ndarray) -> np.ndarray:
    """Without the lines that are left of areas which touch the edge of a tile."""
    mixed = np.flatnonzero(shapely.get_type_id(shapes) == GeometryType.GEOMETRYCOLLECTION)
    for i in mixed:
        shapes[i] = shapely.multipolygons(
            [part for part in shapely.get_parts(shapes[i]) if part.geom_type == "Polygon"]
        )
    return shapes
