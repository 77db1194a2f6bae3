"""The shapes of RFC 5491 as places: a centre, a circle that encloses them, and their outline. Pure.

Point, Polygon, Circle, Ellipse, ArcBand; in three dimensions Point, Polygon, Sphere, Ellipsoid, Prism. Coordinates are
WGS84 (EPSG 4326, or 4979 with a height in metres), lengths metres (uom 9001), angles degrees (9102) or radians (9101),
clockwise from north. Raises ValueError and its kin on what is none.
"""

from __future__ import annotations

import math
import re
from itertools import islice

from routing.location import distance_m, offset
from telephony.xmlbody import name_of

MAX_POINTS = 500
_ARC_POINTS = 12
_ELLIPSE_POINTS = 24


def read_shape(node) -> dict:
    """The fields of a Location that the shape gives: lat, lon, radius, shape, ring, altitude."""
    high = _is_high(node)
    fields = SHAPES[name_of(node)](node, high)
    return {"shape": name_of(node), **fields}


def _is_high(node) -> bool | None:
    """Whether coordinates come in threes; None when no srsName says so."""
    for one in (node, *islice(node.iter(), MAX_POINTS)):
        crs = one.get("srsName") if isinstance(one.tag, str) else None
        if crs:
            if not crs.strip().endswith(("4326", "4979")):
                raise ValueError(f"coordinate system {crs[:60]} is not WGS84")
            return crs.strip().endswith("4979")
    return None


def _first(node, name: str):
    return next(node.iter(f"{{*}}{name}"), None)


def _text(node, name: str) -> str:
    found = _first(node, name)
    if found is None or not (found.text or "").strip():
        raise ValueError(f"without {name}")
    return found.text


def _position(node) -> tuple[float, float, float | None]:
    """(lat, lon, height or None) of its `pos`, or of the `coordinates` of RFC 4119's own time."""
    found = _first(node, "pos")
    if found is not None and (found.text or "").strip():
        words = found.text.split()
    elif (old := _first(node, "coordinates")) is not None and old.text:
        words = re.split(r"[\s,]+", old.text.strip()[:100])
    else:
        raise ValueError("without pos")
    numbers = [_angle_word(word) for word in words[:3]]
    return numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else None


def _angle_word(word: str) -> float:
    # 0.9184, and 0:55:06.2N of RFC 4119's example
    parts = re.fullmatch(r"(\d{1,3}):(\d{1,2}):(\d{1,2}(?:\.\d{1,9})?)([NSEWnsew])", word)
    if parts is None:
        return float(word)
    value = int(parts[1]) + int(parts[2]) / 60 + float(parts[3]) / 3600
    return -value if parts[4] in "SWsw" else value


def _length(node, name: str) -> float:
    """Metres (uom 9001, also assumed when it is missing)."""
    text = _text(node, name)
    uom = _first(node, name).get("uom", "urn:ogc:def:uom:EPSG::9001").strip()
    if not uom.endswith("9001"):
        raise ValueError(f"{name} in {uom[:60]}, not in metres")
    value = float(text)
    if not 0 <= value <= 1_000_000:
        raise ValueError(f"{name} of {value} m")
    return value


def _angle(node, name: str) -> float:
    """Degrees (uom 9102, also assumed when it is missing); radians (9101) are turned into them."""
    value = float(_text(node, name))
    uom = _first(node, name).get("uom", "urn:ogc:def:uom:EPSG::9102").strip()
    if not math.isfinite(value) or abs(value) > 10_000:
        raise ValueError(f"{name} of {value}")
    if uom.endswith("9101"):
        return math.degrees(value)
    if not uom.endswith("9102"):
        raise ValueError(f"{name} in {uom[:60]}, neither degrees nor radians")
    return value


def _point(node, high):
    lat, lon, up = _position(node)
    return {"lat": lat, "lon": lon, "altitude": up}


def _circle(node, high):
    return {**_point(node, high), "radius": _length(node, "radius")}


def _ellipse(node, high):
    lat, lon, up = _position(node)
    long, short = _length(node, "semiMajorAxis"), _length(node, "semiMinorAxis")
    turned = _angle(node, "orientation") if _first(node, "orientation") is not None else None
    ring: tuple = ()
    if turned is not None and long > 0 and short > 0 and _on_earth(lat, lon):
        steps = [2 * math.pi * n / _ELLIPSE_POINTS for n in range(_ELLIPSE_POINTS)]
        along = [(long * math.cos(step), short * math.sin(step)) for step in steps]
        ring = tuple(_at(lat, lon, turned + math.degrees(math.atan2(y, x)), math.hypot(x, y)) for x, y in along)
    return {"lat": lat, "lon": lon, "altitude": up, "radius": max(long, short), "ring": ring}


def _arc_band(node, high):
    """The sector of a cell: the antenna is at `pos`, the caller between the radii and the angles."""
    lat, lon, up = _position(node)
    inner, outer = _length(node, "innerRadius"), _length(node, "outerRadius")
    start, opening = _angle(node, "startAngle"), _angle(node, "openingAngle")
    if opening <= 0 or opening >= 360 or outer <= 0 or not _on_earth(lat, lon):
        return {"lat": lat, "lon": lon, "altitude": up, "radius": outer}
    bearings = [start + opening * n / (_ARC_POINTS - 1) for n in range(_ARC_POINTS)]
    ring = [_at(lat, lon, bearing, outer) for bearing in bearings]
    ring += [_at(lat, lon, bearing, inner) for bearing in reversed(bearings)] if inner > 0 else [(lat, lon)]
    return {"altitude": up, **_enclosed(tuple(ring))}


def _polygon(node, high):
    ring_of = _first(node, "exterior")
    ring_of = node if ring_of is None else ring_of
    listed = _first(ring_of, "posList")
    ups: list[float] = []
    if listed is not None and (listed.text or "").strip():
        flat = [float(word) for word in listed.text.split()[: MAX_POINTS * 3]]
        step = _step(flat, high, listed.get("srsDimension", ""))
        ring = tuple((flat[i], flat[i + 1]) for i in range(0, len(flat) - step + 1, step))
        ups = flat[2::3] if step == 3 else []
    else:
        found = [one.text.split() for one in islice(ring_of.iter("{*}pos"), MAX_POINTS) if (one.text or "").strip()]
        ring = tuple((float(words[0]), float(words[1])) for words in found)
        ups = [float(words[2]) for words in found if len(words) > 2]
    corners = ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring
    if len(corners) < 3 or not all(math.isfinite(v) for corner in corners for v in corner):
        raise ValueError("a polygon needs three corners")
    up = sum(ups) / len(ups) if ups and all(math.isfinite(v) for v in ups) else None
    return {**_enclosed(ring), "altitude": up}


def _step(flat: list[float], high: bool | None, told: str) -> int:
    """How many numbers a corner has: as srsName or srsDimension say, else as the list closes."""
    if told.strip() in ("2", "3"):
        return int(told)
    if high is not None:
        return 3 if high and len(flat) % 3 == 0 else 2
    return 3 if len(flat) % 3 == 0 and len(flat) >= 9 and flat[:2] == flat[-3:-1] and flat[:2] != flat[-2:] else 2


def _prism(node, high):
    fields = _polygon(node, high)
    if fields["altitude"] is not None and _first(node, "height") is not None:
        fields["altitude"] += _length(node, "height") / 2
    return fields


def _enclosed(ring: tuple[tuple[float, float], ...]) -> dict:
    corners = ring[:-1] if ring[0] == ring[-1] else ring
    lat = sum(c[0] for c in corners) / len(corners)
    lon = sum(c[1] for c in corners) / len(corners)
    return {"lat": lat, "lon": lon, "radius": max(distance_m(lat, lon, *corner) for corner in corners), "ring": ring}


def _at(lat: float, lon: float, bearing: float, metres: float) -> tuple[float, float]:
    north, east = offset(lat, lon, bearing, metres)
    return round(north, 6), round(east, 6)


def _on_earth(lat: float, lon: float) -> bool:
    return abs(lat) <= 90 and abs(lon) <= 180


SHAPES = {
    "Point": _point,
    "Circle": _circle,
    "Sphere": _circle,
    "Ellipse": _ellipse,
    "Ellipsoid": _ellipse,
    "ArcBand": _arc_band,
    "Polygon": _polygon,
    "Prism": _prism,
}
