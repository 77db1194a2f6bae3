"""The shapes of RFC 5491 as places: a point inside them, a circle around that which encloses them, their outline. Pure.

Point, Polygon, Circle, Ellipse, ArcBand; in three dimensions Point, Polygon, Sphere, Ellipsoid, Prism; and several
polygons as one area (GML's MultiSurface). Coordinates are WGS84 (EPSG 4326, or 4979 with a height in metres), lengths
metres (uom 9001), angles degrees (9102) or radians (9101), clockwise from north. Raises ValueError and its kin on what
is none.

A place that is not written as it should be is better than none, but nobody may take it for a good one: it gets flags
(dispatch/policy/places/best_location.py). `garbled`: its numbers are none as XML knows them, or no area; `unsure`: its
size is not told in metres; `swapped`: longitude came first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import islice

import msgspec

from routing.areas import Ring, point_inside, reach
from routing.location import distance_m, offset
from telephony.messages.xmlbody import Element, name_of, text_of

MAX_POINTS = 500
"""Corners of an outline that are kept; of a finer one every second, every third …"""
_ARC_POINTS = 12
_ELLIPSE_POINTS = 24
# xsd:double without INF and NaN (XML Schema 2, 3.2.5), which GML's numbers are
_DOUBLE = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
_NUMBER = re.compile(_DOUBLE)
_SIZE = re.compile(rf"({_DOUBLE})\s*(m|met(?:re|er)s?)?", re.IGNORECASE)
# Units of length by their EPSG code, in metres; RFC 5491 knows the first alone.
_METRES = {"9001": 1.0, "9002": 0.3048, "9003": 12 / 39.37, "9030": 1852.0, "9036": 1000.0, "9093": 1609.344}


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """What a shape says of a Location, in fields of the same names."""

    lat: float
    lon: float
    radius: float = 0.0
    ring: Ring = ()
    altitude: float | None = None
    shape: str = "Point"
    flags: tuple[str, ...] = ()


def read_shape(node: Element) -> Shape:
    odd: list[str] = []
    found = SHAPES[name_of(node)](node, _is_high(node), odd)
    shape = "Polygon" if name_of(node) in _SEVERAL else name_of(node)
    return msgspec.structs.replace(found, shape=shape, flags=tuple(dict.fromkeys(odd)))


def _is_high(node: Element) -> bool | None:
    """Whether coordinates come in threes; None when no srsName says so."""
    for one in (node, *islice(node.iter(), MAX_POINTS)):
        crs = one.get("srsName") if isinstance(one.tag, str) else None
        if crs:
            if not crs.strip().endswith(("4326", "4979")):
                raise ValueError(f"coordinate system {crs[:60]} is not WGS84")
            return bool(crs.strip().endswith("4979"))
    return None


def _first(node: Element, name: str) -> Element | None:
    return next(node.iter(f"{{*}}{name}"), None)


def _said(node: Element, name: str) -> str:
    found = _first(node, name)
    return text_of(found) if found is not None else ""


def _number(word: str, odd: list[str]) -> float:
    """Digits of other scripts and 1_04 are no numbers in XML, though Python reads them: who wrote that?"""
    value = float(word)
    if not _NUMBER.fullmatch(word) and math.isfinite(value):
        odd.append("garbled")
    return value


def _position(node: Element, odd: list[str]) -> tuple[float, float, float | None]:
    """(lat, lon, height or None) of its `pos`, or of the `coordinates` of RFC 4119's own time."""
    words = _said(node, "pos").split()
    if not words and (said := _said(node, "coordinates")):
        words = re.split(r"[\s,]+", said[:100])
    if not words:
        raise ValueError("without pos")
    if len(words) > 3:
        odd.append("garbled")
    numbers = [_angle_word(word, odd) for word in words[:3]]
    if len(numbers) < 2:
        raise ValueError(f"pos is {words[0][:40]!r}, not latitude and longitude")
    lat, lon = numbers[:2]
    up = numbers[2] if len(numbers) > 2 else None
    if not words[0][-1:].isalpha():  # nobody writes N behind a longitude
        lat, lon = _upright(lat, lon, odd)
    return lat, lon, up


def _upright(lat: float, lon: float, odd: list[str]) -> tuple[float, float]:
    """All of Indonesia lies beyond 90° east, so that its longitude taken for a latitude is none on earth."""
    if abs(lat) <= 90 or not _on_earth(lon, lat):
        return lat, lon
    odd.append("swapped")
    return lon, lat


def _angle_word(word: str, odd: list[str]) -> float:
    # 0.9184, and 0:55:06.2N of RFC 4119's example
    parts = re.fullmatch(r"(\d{1,3}):(\d{1,2}):(\d{1,2}(?:\.\d{1,9})?)([NSEWnsew])", word, re.ASCII)
    if parts is None:
        return _number(word, odd)
    value = int(parts[1]) + int(parts[2]) / 60 + float(parts[3]) / 3600
    return -value if parts[4] in "SWsw" else value


def _length(node: Element, name: str, odd: list[str]) -> float:
    """Metres, also where no unit is told; 0.0 where no size can be read."""
    found = _first(node, name)
    size = _SIZE.fullmatch(text_of(found)) if found is not None else None
    unit = found.get("uom", "9001").strip()[-4:] if found is not None else ""
    value = float(size[1]) * _METRES.get(unit, math.nan) if size else math.nan
    good = 0 <= value <= 1_000_000
    if not good or unit != "9001" or size is None or size[2]:
        odd.append("unsure")
    return value if good else 0.0


def _angle(node: Element, name: str, odd: list[str]) -> float:
    """Degrees (uom 9102, also assumed when it is missing); radians (9101) are turned into them."""
    found = _first(node, name)
    said = text_of(found) if found is not None else ""
    if found is None or not said:
        raise ValueError(f"without {name}")
    value = _number(said, odd)
    uom = found.get("uom", "urn:ogc:def:uom:EPSG::9102").strip()
    if not math.isfinite(value) or abs(value) > 10_000:
        raise ValueError(f"{name} of {value}")
    if uom.endswith("9101"):
        return math.degrees(value)
    if not uom.endswith("9102"):
        raise ValueError(f"{name} in {uom[:60]}, neither degrees nor radians")
    return value


def _point(node: Element, high: bool | None, odd: list[str]) -> Shape:
    lat, lon, up = _position(node, odd)
    return Shape(lat=lat, lon=lon, altitude=up)


def _circle(node: Element, high: bool | None, odd: list[str]) -> Shape:
    at = _point(node, high, odd)
    return msgspec.structs.replace(at, radius=_length(node, "radius", odd))


def _ellipse(node: Element, high: bool | None, odd: list[str]) -> Shape:
    lat, lon, up = _position(node, odd)
    long, short = _length(node, "semiMajorAxis", odd), _length(node, "semiMinorAxis", odd)
    turned = _angle(node, "orientation", odd) if _first(node, "orientation") is not None else None
    ring: Ring = ()
    if turned is not None and long > 0 and short > 0 and _on_earth(lat, lon):
        steps = [2 * math.pi * n / _ELLIPSE_POINTS for n in range(_ELLIPSE_POINTS)]
        along = [(long * math.cos(step), short * math.sin(step)) for step in steps]
        ring = tuple(_at(lat, lon, turned + math.degrees(math.atan2(y, x)), math.hypot(x, y)) for x, y in along)
    return Shape(lat=lat, lon=lon, altitude=up, radius=max(long, short), ring=ring)


def _arc_band(node: Element, high: bool | None, odd: list[str]) -> Shape:
    """The sector of a cell: the antenna is at `pos`, the caller between the radii and the angles."""
    lat, lon, up = _position(node, odd)
    inner, outer = sorted((_length(node, "innerRadius", odd), _length(node, "outerRadius", odd)))
    start, opening = _angle(node, "startAngle", odd), _angle(node, "openingAngle", odd)
    whole = not 0 < opening < 360
    if outer <= 0 or not _on_earth(lat, lon) or (whole and inner <= 0):
        return Shape(lat=lat, lon=lon, altitude=up, radius=outer)
    if whole:  # the caller is anywhere but at the antenna
        turn = 360.0 * (1 - 1 / _ELLIPSE_POINTS)
        rings: list[Ring] = [_arc(lat, lon, radius, 0.0, turn, _ELLIPSE_POINTS) for radius in (outer, inner)]
    else:
        ring = _arc(lat, lon, outer, start, opening, _ARC_POINTS)
        ring += _arc(lat, lon, inner, start, opening, _ARC_POINTS)[::-1] if inner > 0 else [(lat, lon)]
        rings = [ring]
    return _enclosed(rings, odd, up)


def _arc(lat: float, lon: float, radius: float, start: float, opening: float, count: int) -> list[tuple[float, float]]:
    return [_at(lat, lon, start + opening * n / (count - 1), radius) for n in range(count)]


def _polygon(node: Element, high: bool | None, odd: list[str]) -> Shape:
    rings: list[Ring] = []
    ups: list[float] = []
    for name in ("exterior", "interior"):
        for one in node.iter(f"{{*}}{name}"):
            _add_ring(one, high, odd, rings, ups)
    if not rings:
        _add_ring(node, high, odd, rings, ups)
    up = sum(ups) / len(ups) if ups and all(math.isfinite(v) for v in ups) else None
    return _enclosed(rings, odd, up)


def _add_ring(node: Element, high: bool | None, odd: list[str], rings: list[Ring], ups: list[float]) -> None:
    """Its corners; and its heights, those of the first ring alone."""
    listed = _first(node, "posList")
    if listed is not None and (said := text_of(listed)):
        flat = [_number(word, odd) for word in said.split()]
        step = _step(flat, high, listed.get("srsDimension", ""))
        if len(flat) % step:
            odd.append("garbled")
        corners = [flat[i : i + step] for i in range(0, len(flat) - step + 1, step)]
    else:
        found = (text_of(one).split() for one in node.iter("{*}pos"))
        corners = [[_number(word, odd) for word in words[:3]] for words in found if len(words) > 1]
    if not all(math.isfinite(v) for corner in corners for v in corner[:2]):
        raise ValueError("a corner that is no place")
    if corners:
        ups += [corner[2] for corner in corners if len(corner) > 2] if not rings else []
        rings.append([_upright(corner[0], corner[1], odd) for corner in corners])


def _step(flat: list[float], high: bool | None, told: str) -> int:
    """How many numbers a corner has: as srsName or srsDimension say, else as the list closes."""
    if told.strip() in ("2", "3"):
        return int(told)
    if high is not None:
        return 3 if high and len(flat) % 3 == 0 else 2
    return 3 if len(flat) % 3 == 0 and len(flat) >= 9 and flat[:2] == flat[-3:-1] and flat[:2] != flat[-2:] else 2


def _prism(node: Element, high: bool | None, odd: list[str]) -> Shape:
    base = _polygon(node, high, odd)
    if base.altitude is None or _first(node, "height") is None:
        return base
    return msgspec.structs.replace(base, altitude=base.altitude + _length(node, "height", []) / 2)


def _several(node: Element, high: bool | None, odd: list[str]) -> Shape:
    """The caller is in one of them: a point of the largest, and a circle around them all."""
    each = [_polygon(one, high, odd) for one in islice(node.iter("{*}Polygon"), MAX_POINTS)]
    if not each:
        raise ValueError("without a Polygon")
    if len(each) == 1:
        return each[0]
    largest = max(each, key=lambda one: (one.radius, one.lat, one.lon))
    lat, lon = largest.lat, largest.lon
    radius = max(distance_m(lat, lon, one.lat, one.lon) + one.radius for one in each)
    return Shape(lat=lat, lon=lon, radius=radius, altitude=each[0].altitude)


def _enclosed(rings: Sequence[Ring], odd: list[str], up: float | None) -> Shape:
    """`rings`: the outline, and its holes."""
    corners = list(dict.fromkeys(corner for ring in rings[:1] for corner in ring))
    if not corners:
        raise ValueError("a polygon needs three corners")
    inside = point_inside(rings)
    if inside is None:  # a line, or a single spot: the caller is somewhere along it
        odd.append("garbled")
        inside = min(corners, key=lambda corner: reach(corner[0], corner[1], [corners]))
    outline = rings[0][:: -(-len(rings[0]) // MAX_POINTS)] if len(corners) > 2 else ()
    lat, lon = inside
    return Shape(lat=lat, lon=lon, radius=reach(lat, lon, rings[:1]), ring=tuple(outline), altitude=up)


def _at(lat: float, lon: float, bearing: float, metres: float) -> tuple[float, float]:
    north, east = offset(lat, lon, bearing, metres)
    return round(north, 6), round(east, 6)


def _on_earth(lat: float, lon: float) -> bool:
    return abs(lat) <= 90 and abs(lon) <= 180


_SEVERAL = ("MultiSurface", "MultiPolygon")
SHAPES: dict[str, Callable[[Element, bool | None, list[str]], Shape]] = {
    "Point": _point,
    "Circle": _circle,
    "Sphere": _circle,
    "Ellipse": _ellipse,
    "Ellipsoid": _ellipse,
    "ArcBand": _arc_band,
    "Polygon": _polygon,
    "Prism": _prism,
    "MultiSurface": _several,
    "MultiPolygon": _several,
}
