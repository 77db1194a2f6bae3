"""Where something is: a point or an area, with how sure we are, who said so and when."""

from __future__ import annotations

import math
from typing import Any

import msgspec

from routing.bad_field import bad_body
from routing.text import CodedError

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the earth (IUGG): distances are those on a sphere of it."""
DEGREE_M = math.pi * EARTH_RADIUS_M / 180
"""Metres of a degree of latitude, and of one of longitude at the equator: 111,195."""
SHAPES = ("Point", "Circle", "Polygon", "Ellipse", "ArcBand", "Sphere", "Ellipsoid", "Prism")


class Malformed(CodedError, ValueError):
    """What was given cannot be used; the text says which field and what was expected."""


class Location(msgspec.Struct, frozen=True, kw_only=True):
    """`lat`, `lon` in degrees WGS84; `radius` in metres (0 = a point), within which the caller is with
    `confidence` percent (0: the sender says it is not known); `at` in epoch seconds; `ring` holds (lat, lon) pairs of
    the area's corners; `altitude` in metres above the ellipsoid; `flags` say what is wrong with it, in short words."""

    lat: float
    lon: float
    radius: float = 0.0
    confidence: float = 95.0
    method: str = ""
    source: str = ""
    at: float = 0.0
    text: str = ""
    shape: str = "Point"
    ring: tuple[tuple[float, float], ...] = ()
    civic: dict[str, str] = {}
    altitude: float | None = None
    flags: tuple[str, ...] = ()


def make_location(**fields: object) -> Location:
    """A checked Location from keyword arguments of the same names; raises Malformed.

    (0, 0) is refused: it is what a receiver without a fix sends, never where a caller of ours stands.
    """
    unknown = sorted(set(fields) - set(Location.__struct_fields__))
    if unknown:
        raise Malformed("wrong.no-such-field", fields=tuple(unknown))
    for name in ("lat", "lon"):
        if name not in fields:
            raise Malformed("wrong.missing", field=name)
    fields = dict(fields)
    fields["lat"], fields["lon"] = check_point(fields["lat"], fields["lon"])
    for name, low, high in (("radius", 0.0, 20_040_000.0), ("confidence", 0.0, 100.0), ("at", 0.0, 1e11)):
        if name in fields:
            fields[name] = _number(name, fields[name], low, high)
    if fields.get("altitude") is not None:
        fields["altitude"] = _number("altitude", fields["altitude"], -12_000.0, 50_000.0)
    try:
        drawn: Any = fields.get("ring") or ()
        ring = tuple(check_point(lat, lon) for lat, lon in drawn)
    except Malformed as wrong:
        raise Malformed("wrong.ring-corner", what=wrong.text) from wrong
    except (TypeError, ValueError) as wrong:
        raise Malformed("wrong.ring") from wrong
    if fields.get("shape", "Point") not in SHAPES:
        raise Malformed("wrong.shape", shape=str(fields["shape"]), known=SHAPES)
    if 0 < len(ring) < 3:
        raise Malformed("wrong.ring-corners")
    fields["ring"] = ring
    try:
        return msgspec.convert(fields, Location)
    except msgspec.ValidationError as wrong:
        raise Malformed(bad_body(wrong)) from wrong


def check_point(lat: object, lon: object) -> tuple[float, float]:
    """(lat, lon) as floats, or Malformed when out of range, not a number, or the null fix (0, 0)."""
    north, east = _number("lat", lat, -90.0, 90.0), _number("lon", lon, -180.0, 180.0)
    if north == 0.0 and east == 0.0:
        raise Malformed("wrong.null-fix")
    return north, east


def _number(name: str, value: object, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise Malformed("wrong.no-number", field=name, value=str(value)[:40])
    try:
        number = float(value)
    except (ValueError, OverflowError) as wrong:
        raise Malformed("wrong.no-number", field=name, value=str(value)[:40]) from wrong
    if not math.isfinite(number) or not low <= number <= high:
        raise Malformed("wrong.out-of-range", field=name, value=f"{number:g}", low=f"{low:g}", high=f"{high:g}")
    return number


def distance_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle metres between two points in degrees (haversine; within 0.5 % of the ellipsoid)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    rise = math.sin((phi2 - phi1) / 2)
    run = math.sin(math.radians(lon2 - lon1) / 2)
    part = rise * rise + math.cos(phi1) * math.cos(phi2) * run * run
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(part)))


def offset(lat: float, lon: float, bearing: float, metres: float) -> tuple[float, float]:
    """The (lat, lon) `metres` away in direction `bearing` (degrees from north); for distances in a city."""
    north = metres * math.cos(math.radians(bearing))
    east = metres * math.sin(math.radians(bearing))
    across = DEGREE_M * max(0.01, math.cos(math.radians(lat)))
    return (max(-90.0, min(90.0, lat + north / DEGREE_M)), (lon + east / across + 180) % 360 - 180)


def outline(location: Location, count: int = 8) -> list[tuple[float, float]]:
    """Up to `count` (lat, lon) points at the far edge of where the caller may be; empty for a point."""
    if location.ring:
        step = max(1, -(-len(location.ring) // count))
        return list(location.ring[::step])
    if location.radius <= 0:
        return []
    return [offset(location.lat, location.lon, 360 * i / count, location.radius) for i in range(count)]
