"""The height of the water from a table of high and low waters. Pure.

Between two of them the water goes up or down like half a cosine, as tide tables say to reckon. Where the table has a
gap, or has ended, nobody knows the height.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

# Between high and low water lie some six hours, or twelve where there is one tide a day.
_MOST_APART_S = 14 * 3600.0


class Tides:
    """`waters`: (seconds since 1970, metres above the table's zero) of each high and low water, in order of time."""

    def __init__(self, waters: Sequence[tuple[float, float]] = ()) -> None:
        self._at, self._metres = [at for at, _ in waters], [metres for _, metres in waters]

    def __bool__(self) -> bool:
        return bool(self._at)

    @property
    def until(self) -> float:
        """The time of the last water of the table, 0 when there is none."""
        return self._at[-1] if self._at else 0.0

    def height(self, at: float) -> float | None:
        """Metres at `at`, None where the table does not say."""
        after = bisect_right(self._at, at)
        if not 0 < after < len(self._at) or self._at[after] - self._at[after - 1] > _MOST_APART_S:
            return None
        (begin, end), (first, last) = self._at[after - 1 : after + 1], self._metres[after - 1 : after + 1]
        share = (1 - math.cos(math.pi * (at - begin) / (end - begin))) / 2
        return first + (last - first) * share
