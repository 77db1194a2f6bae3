"""Which districts a point lies in: who serves it, and what the place is called."""

from __future__ import annotations

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry


class Boundary(msgspec.Struct, frozen=True, kw_only=True):
    """`polygon` in degrees, x = lon, y = lat; `kind` such as "kecamatan" or "kelurahan"."""

    name: str
    kind: str
    polygon: BaseGeometry


def serving(boundaries: tuple[Boundary, ...], lat: float, lon: float) -> list[Boundary]:
    """The boundaries that hold (lat, lon), the smallest first: a village before its district.

    A point on a shared border belongs to both; the order is the same on every call.
    """
    here = shapely.Point(lon, lat)
    held = [one for one in boundaries if one.polygon.covers(here)]
    return sorted(held, key=lambda one: (one.polygon.area, one.name))
