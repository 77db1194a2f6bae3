"""What the hour, the weather and the water do to travel times. They are given, never read from a clock.

The factors are round figures to begin with, not measurements; a city measures its own from its units' fixes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

import msgspec

from routing.network.streets import Edge

_RUSH = ((7.0, 8.5, 0.8), (16.0, 18.0, 0.8), (22.0, 24.0, 1.1), (0.0, 5.0, 1.1))
_RAIN_ROAD, _RAIN_BOAT, _DARK_BOAT = 0.85, 0.8, 0.7
_DAYLIGHT = (6.0, 18.0)


class Conditions(msgspec.Struct, frozen=True, kw_only=True):
    """`hour` of the day from 0 to 24, local time; `tide_m` the height of the water in metres of the tide table.
    What is None is not known and changes nothing."""

    hour: float | None = None
    rain: bool = False
    tide_m: float | None = None

    @property
    def road_factor(self) -> float:
        """By how much vehicles are quicker (above 1) or slower than usual."""
        factor = _RAIN_ROAD if self.rain else 1.0
        if self.hour is not None:
            factor *= next((share for start, stop, share in _RUSH if start <= self.hour < stop), 1.0)
        return factor

    @property
    def boat_factor(self) -> float:
        return (_RAIN_BOAT if self.rain else 1.0) * (_DARK_BOAT if self.night else 1.0)

    @property
    def night(self) -> bool:
        return self.hour is not None and not _DAYLIGHT[0] <= self.hour < _DAYLIGHT[1]

    @property
    def rush(self) -> bool:
        return self.hour is not None and any(start <= self.hour < stop and share < 1 for start, stop, share in _RUSH)

    def shut(self, edge: Edge) -> bool:
        """Whether the water keeps everybody from `edge`."""
        if self.tide_m is None:
            return False
        low, high = edge.tide_above, edge.tide_below
        return (low is not None and self.tide_m < low) or (high is not None and self.tide_m >= high)

    def sails(self, edge: Edge) -> bool:
        """Whether a public boat of `edge` runs at this hour; a span such as (18, 2) goes past midnight. On a route that
        bars people on foot there is none, only boats of our own."""
        if "foot" in edge.bars:
            return False
        if self.hour is None or edge.hours is None:
            return True
        start, stop = edge.hours
        within = (start <= self.hour < stop) if start <= stop else (self.hour >= start or self.hour < stop)
        return within or start == stop


USUAL = Conditions()


class Bands:
    """Between which hours and heights of the water nothing changes on these edges: within a band all times stay."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        hours = {0.0, *_DAYLIGHT, *(hour for start, stop, _ in _RUSH for hour in (start, stop))}
        tides: set[float] = set()
        for edge in edges:
            hours.update(edge.hours or ())
            tides.update(one for one in (edge.tide_above, edge.tide_below) if one is not None)
        self._hours, self._tides = sorted(hours - {24.0}), sorted(tides)

    def steady(self, now: Conditions) -> Conditions:
        """The first conditions of the band in which `now` lies."""
        hour, tide = now.hour, now.tide_m
        if hour is not None:
            hour = self._hours[bisect_right(self._hours, hour) - 1]
        if tide is not None:
            above = bisect_right(self._tides, tide)
            tide = self._tides[above - 1] if above else self._tides[0] - 1 if self._tides else None
        return msgspec.structs.replace(now, hour=hour, tide_m=tide)
