"""The neighbouring 112 centres: which areas are theirs, and how near a place is to them and to ours. Pure."""

from __future__ import annotations

import math
from typing import Literal

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from routing.city.boundary import Boundary
from routing.location import DEGREE_M, Location

WHY = ("across", "unsure", "near")


class Centre(msgspec.Struct, frozen=True, kw_only=True):
    """`contact`: id in contacts.csv, whom a call-taker calls there. `url` takes an EIDO by POST, `sms` and `whatsapp`
    are numbers in E.164; "" where there is none. `area` in degrees, x = lon, y = lat."""

    id: str
    name: str
    contact: str
    area: BaseGeometry
    url: str = ""
    sms: str = ""
    whatsapp: str = ""


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """How a place lies to a neighbour's area. `why`: across (in it), unsure (the place is vague, and may be), near
    (`metres` from it)."""

    centre: str
    why: Literal["across", "unsure", "near"]
    metres: float = 0.0


class Beyond(msgspec.Struct, frozen=True, kw_only=True):
    """A place outside everything that is ours: `metres` from `border`, our nearest one; `centre`: in whose area it
    lies, "" in nobody's."""

    border: str
    metres: float
    centre: str = ""


class _Flat:
    """An area on a plane in metres, good for the size of a regency: a degree of longitude is as long as in its
    middle."""

    def __init__(self, area: BaseGeometry) -> None:
        _, south, _, north = area.bounds
        self._across = DEGREE_M * max(0.01, math.cos(math.radians((south + north) / 2)))
        self._area = shapely.transform(area, lambda points: points * (self._across, DEGREE_M))
        shapely.prepare(self._area)

    def metres(self, lat: float, lon: float) -> float:
        """0 within the area and on its border."""
        return float(shapely.distance(self._area, shapely.Point(lon * self._across, lat * DEGREE_M)))

    def meets(self, ring: tuple[tuple[float, float], ...]) -> bool:
        shape = shapely.Polygon([(lon * self._across, lat * DEGREE_M) for lat, lon in ring])
        return bool(shapely.intersects(self._area, shape if shape.is_valid else shape.convex_hull))


class Borders:
    """`neighbours` and `beyond`, as `World` asks them."""

    def __init__(self, centres: tuple[Centre, ...], ours: tuple[Boundary, ...], within: float) -> None:
        """`within`: metres from a border within which its other side is told."""
        self._theirs = {one.id: _Flat(one.area) for one in centres}
        self._ours = {one.name: _Flat(one.polygon) for one in sorted(ours, key=lambda one: -one.polygon.area)}
        self._whole = _Flat(shapely.union_all([one.polygon for one in ours])) if ours else None
        self._within = within

    def neighbours(self, place: Location, radius: float) -> tuple[Near, ...]:
        """Those whom an incident at `place` concerns; `radius`: metres within which it is, for what has no ring."""
        found = (self._near(name, flat, place, radius) for name, flat in self._theirs.items())
        return tuple(one for one in found if one is not None)

    def _near(self, name: str, flat: _Flat, place: Location, radius: float) -> Near | None:
        metres = flat.metres(place.lat, place.lon)
        if metres == 0:
            return Near(centre=name, why="across")
        if flat.meets(place.ring) if place.ring else metres <= radius:
            return Near(centre=name, why="unsure", metres=round(metres))
        if metres <= self._within + (0 if place.ring else radius):
            return Near(centre=name, why="near", metres=round(metres))
        return None

    def beyond(self, place: Location) -> Beyond | None:
        """None for a place that is ours, and in a city without boundaries."""
        if self._whole is None or self._whole.metres(place.lat, place.lon) == 0:
            return None
        away = {name: flat.metres(place.lat, place.lon) for name, flat in self._ours.items()}
        # Of a village and its district the smaller one is the nearer to what people say.
        border = min(reversed(away), key=lambda name: round(away[name]))
        theirs = (name for name, flat in self._theirs.items() if flat.metres(place.lat, place.lon) == 0)
        return Beyond(border=border, metres=round(away[border]), centre=next(theirs, ""))
