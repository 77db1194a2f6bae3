"""A vehicle moving along a path at a steady speed: the demo's units, and where a crew should be by now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from routing.location import distance_m


class Drive:
    """`path` holds (lat, lon) in degrees, `started_at` epoch seconds, `speed_ms` metres a second."""

    def __init__(self, path: Sequence[tuple[float, float]], started_at: float, speed_ms: float) -> None:
        if not path or not speed_ms > 0:
            raise ValueError("a drive needs at least one point and a speed above 0 m/s")
        self.path, self.started_at, self.speed_ms = tuple(path), started_at, speed_ms
        legs = (distance_m(*a, *b) for a, b in pairwise(self.path))
        self._reached = list(accumulate(legs, initial=0.0))

    @property
    def metres(self) -> float:
        return self._reached[-1]

    @property
    def ends_at(self) -> float:
        """Epoch seconds of the arrival."""
        return self.started_at + self.metres / self.speed_ms

    def position(self, now: float) -> tuple[float, float, bool]:
        """(lat, lon, done) at `now`: at the start before it began, at the end once it is over."""
        driven = (now - self.started_at) * self.speed_ms
        if driven >= self.metres:
            return *self.path[-1], True
        if driven <= 0:
            return *self.path[0], False
        leg = bisect_right(self._reached, driven) - 1
        share = (driven - self._reached[leg]) / (self._reached[leg + 1] - self._reached[leg])
        (lat1, lon1), (lat2, lon2) = self.path[leg], self.path[leg + 1]
        return lat1 + (lat2 - lat1) * share, lon1 + (lon2 - lon1) * share, False
