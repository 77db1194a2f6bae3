"""Streets from GeoJSON, cut into edges where they meet, and the flat plane on which they are measured."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
import numpy as np
import shapely

from routing.geojson import Collection, Feature
from routing.location import DEGREE_M, Malformed, check_point
from routing.text import Text, said_by, text

SPEEDS = {
    "primary": 50.0,
    "secondary": 40.0,
    "residential": 25.0,
    "lane": 15.0,
    "path": 5.0,
}
TRAVELLERS = frozenset({"car", "motorcycle", "engine", "foot"})
_LIMITS = ("max_weight", "max_width", "max_height")
_TIDES = ("tide_above", "tide_below")


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of street between two junctions. `points` are (lat, lon); `speed` in km/h; a piece of kind
    "boat" has the `minutes` of the crossing and of `boarding` instead; a one-way street runs as drawn.

    `bars` names who may not use it at all (of TRAVELLERS). `max_weight` in tonnes, `max_width` and `max_height` in
    metres; 0: no limit. It is open while the water stands above `tide_above` and below `tide_below` (metres of
    the tide table), and, a boat route, from hour to hour of the day (`hours`)."""

    id: str
    name: str
    kind: str
    points: tuple[tuple[float, float], ...]
    oneway: bool = False
    speed: float = 0.0
    minutes: float = 0.0
    boarding: float = 0.0
    bars: frozenset[str] = frozenset()
    max_weight: float = 0.0
    max_width: float = 0.0
    max_height: float = 0.0
    tide_above: float | None = None
    tide_below: float | None = None
    hours: tuple[float, float] | None = None


def edges_of(collection: Collection) -> list[Edge]:
    """The edges of a FeatureCollection of LineStrings; they meet where they share a coordinate.

    Properties: name, class (one of SPEEDS, or boat), oneway, speed; for boats minutes and boarding; and those of
    Edge from `bars` on.
    Raises ValueError naming the feature, the field and what to do.
    """
    lines = [_checked(number, feature) for number, feature in enumerate(collection["features"], 1)]
    used = Counter(point for _, points, _ in lines for point in points)
    found = []
    for number, points, said in lines:
        start, piece = 0, 1
        for i in range(1, len(points)):
            if used[points[i]] > 1 or i == len(points) - 1:
                part = points[start : i + 1]
                # A crossing takes its share of the timetable; one boards once, so at the first piece only.
                if said["kind"] == "boat":
                    share = _length(part) / (_length(points) or 1.0)
                    boards = said["boarding"] if piece == 1 else 0.0
                    fields = {**said, "minutes": said["minutes"] * share, "boarding": boards}
                else:
                    fields = said
                found.append(Edge(id=f"{number}-{piece}", points=tuple(part), **fields))
                start, piece = i, piece + 1
    return found


def _checked(number: int, feature: Feature) -> tuple[int, list[tuple[float, float]], dict[str, Any]]:
    said = feature.get("properties") or {}
    where = _feature(number, str(said.get("name") or ""))
    kind = said.get("class", "residential")
    if kind != "boat" and kind not in SPEEDS:
        raise Malformed("street-file.class", where=where, value=str(kind), known=(*SPEEDS, "boat"))
    geometry = feature.get("geometry") or {}
    if geometry.get("type") != "LineString":
        raise Malformed("street-file.no-line", where=where)
    try:
        points = [check_point(pair[1], pair[0]) for pair in geometry["coordinates"]]
    except (KeyError, TypeError, IndexError, ValueError) as wrong:
        raise Malformed("street-file.coordinates", where=where, detail=said_by(wrong)) from wrong
    points = [(round(lat, 7), round(lon, 7)) for lat, lon in points]
    points = [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
    if len(points) < 2:
        raise Malformed("street-file.no-length", where=where)
    fields = {"name": str(said.get("name") or ""), "kind": kind, "oneway": said.get("oneway") is True}
    defaults = {"speed": SPEEDS.get(kind, 0.0), "minutes": 0.0, "boarding": 0.0}
    needed = "minutes" if kind == "boat" else "speed"
    for field, default in defaults.items():
        value = said.get(field, default)
        good = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 600
        if not good or (field == needed and value == 0):
            raise Malformed("street-file.no-number-above-0", where=where, field=field, value=str(value))
        fields[field] = float(value)
    return number, points, fields | _rules(said, where)


def _feature(number: int, name: str) -> Text:
    """Which feature is meant, the first being 1."""
    if name:
        return text("street-file.feature", number=number, name=name)
    return text("street-file.feature-unnamed", number=number)


def _rules(said: dict[str, Any], where: Text) -> dict[str, Any]:
    """Who may not use the street, and when it can be used; only the fields that are there."""
    rules: dict[str, Any] = {}
    if bars := said.get("bars"):
        if not isinstance(bars, list) or not TRAVELLERS.issuperset(one for one in bars if isinstance(one, str)):
            raise Malformed("street-file.bars", where=where, value=str(bars), known=tuple(sorted(TRAVELLERS)))
        rules["bars"] = frozenset(bars)
    for field in (*_LIMITS, *_TIDES):
        if (value := said.get(field)) is None:
            continue
        low = 0 if field in _LIMITS else -20
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= 500:
            raise Malformed("street-file.no-measure", where=where, field=field, value=str(value))
        rules[field] = float(value)
    if (hours := said.get("hours")) is not None:
        good = isinstance(hours, list) and len(hours) == 2
        if not good or not all(isinstance(one, (int, float)) and 0 <= one <= 24 for one in hours):
            raise Malformed("street-file.hours", where=where, value=str(hours))
        rules["hours"] = (float(hours[0]), float(hours[1]))
    return rules


def _length(points: Sequence[tuple[float, float]]) -> float:
    squeeze = math.cos(math.radians(points[0][0]))
    return sum(math.hypot(b[0] - a[0], (b[1] - a[1]) * squeeze) for a, b in zip(points, points[1:], strict=False))


Number = TypeVar("Number", float, np.ndarray)


class Plane:
    """Metres east and north of the middle of some points: exact to 0.1 % across a city."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        lats, lons = [point[0] for point in points] or [0.0], [point[1] for point in points] or [0.0]
        self._lat, self._lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        self._north = DEGREE_M
        self._east = self._north * math.cos(math.radians(self._lat))

    def metres(self, lat: Number, lon: Number) -> tuple[Number, Number]:
        return (lon - self._lon) * self._east, (lat - self._lat) * self._north

    def degrees(self, point: shapely.Point) -> tuple[float, float]:
        return point.y / self._north + self._lat, point.x / self._east + self._lon

    def line(self, points: Sequence[tuple[float, float]]) -> shapely.LineString:
        return shapely.LineString([self.metres(*point) for point in points])

    def lines(self, each: Sequence[Sequence[tuple[float, float]]]) -> np.ndarray:
        """Many lines at once, as an array of LineStrings."""
        if not each:
            return np.zeros(0, dtype=object)
        flat = np.array([point for points in each for point in points])
        metres = np.stack(self.metres(flat[:, 0], flat[:, 1]), axis=1)
        owner = np.repeat(np.arange(len(each)), [len(points) for points in each])
        return np.asarray(shapely.linestrings(metres, indices=owner), dtype=object)
