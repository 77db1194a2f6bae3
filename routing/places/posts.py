"""Kilometre posts along a road: "batu 5", "km 8,5", "batu 5 atas", "KM 8+500", between the posts of the city's file.

"atas" is taken as the quarter kilometre beyond the post, away from the town, "bawah" as the one before it. A place
that people really call so has its own row in places.csv, which comes first.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable

from routing.city.records import Place
from routing.location import distance_m
from routing.places.names import DIGITS, plain, words_of

_SAID = re.compile(
    r"\b(?:batu|bt|km|kilometer|kilo)\s*\.?\s*(\d{1,3}|" + "|".join(DIGITS) + r")(\s+belas)?"
    r"(?:\s*[.,]\s*(\d{1,2})\b|\s*\+\s*(\d{3})\b|\s+(setengah|atas|bawah)\b)"
)
_BESIDE_KM = {"setengah": 0.5, "atas": 0.25, "bawah": -0.25}
Way = Callable[[tuple[float, float], tuple[float, float]], list[tuple[float, float]]]


class Posts:
    """The posts among `places` (kind km, by the number in the name). `way(a, b)`: the points of the road between."""

    def __init__(self, places: Iterable[Place], way: Way) -> None:
        self._at: dict[int, Place] = {}
        for place in places:
            numbers = [word for word in words_of(place.name) if word.isdigit()]
            if place.kind == "km" and len(numbers) == 1:
                self._at.setdefault(int(numbers[0]), place)
        self._way = functools.lru_cache(64)(way)

    def find(self, text: str) -> tuple[str, float, float, str] | None:
        """(name, lat, lon, the rest of the text) of a place between two posts; None when none is asked for."""
        said = plain(text)
        found = _SAID.search(said)
        if not found:
            return None
        km, ten, tenths, metres, beside = found.groups()
        begun = int(DIGITS.get(km, km)) + (10 if ten else 0)
        added = float(f"0.{tenths}") if tenths else int(metres) / 1000 if metres else _BESIDE_KM[beside]
        low = begun + (-1 if added < 0 else 0)
        place = self._between(low, added % 1)
        if place is None:
            return None
        name = self._at[begun].name if begun in self._at else f"Batu {begun}"
        name += f" {beside}" if beside else f",{tenths}" if tenths else f"+{metres}"
        return name, *place, f"{said[: found.start()]} {said[found.end() :]}".strip()

    def _between(self, low: int, share: float) -> tuple[float, float] | None:
        if low not in self._at or low + 1 not in self._at:
            return None
        first, second = self._at[low], self._at[low + 1]
        points = self._way((first.lat, first.lon), (second.lat, second.lon))
        steps = [distance_m(*a, *b) for a, b in zip(points, points[1:], strict=False)]
        left = sum(steps) * share
        for (lat, lon), (to_lat, to_lon), step in zip(points, points[1:], steps, strict=False):
            if left <= step and step > 0:
                return lat + (to_lat - lat) * left / step, lon + (to_lon - lon) * left / step
            left -= step
        return points[-1]
