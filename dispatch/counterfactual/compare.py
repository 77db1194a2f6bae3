"""Figures of arrivals under several policies, and how far they differ, incident by incident. Pure.

The incidents are the same under each policy, so what differs is compared in pairs. Incidents of one day depend on each
other (who is out on one is not there for the next), days hardly do: the intervals count each day as one observation.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from scipy.stats import t


class ArrivalFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds from the call to the first unit on scene; `late`: share of those over the limit, 0 to 1."""

    n: int
    mean: float
    median: float
    p90: float
    late: float


class Difference(msgspec.Struct, frozen=True):
    """A mean difference, and how far its 95 % confidence interval reaches to either side (infinite for one day)."""

    mean: float
    margin: float


def figures(arrivals: np.ndarray, late_s: float) -> ArrivalFigures:
    if not len(arrivals):
        return ArrivalFigures(n=0, mean=0.0, median=0.0, p90=0.0, late=0.0)
    return ArrivalFigures(
        n=len(arrivals),
        mean=float(arrivals.mean()),
        median=float(np.median(arrivals)),
        p90=float(np.quantile(arrivals, 0.9)),
        late=float((arrivals > late_s).mean()),
    )


def difference(values: np.ndarray, base: np.ndarray, days: Sequence[int]) -> Difference:
    """Of `values` from `base`, incident by incident; `days`: on which day each was."""
    apart = np.asarray(values, dtype=float) - np.asarray(base, dtype=float)
    if not len(apart):
        return Difference(0.0, np.inf)
    mean = float(apart.mean())
    _, number = np.unique(np.asarray(days), return_inverse=True)
    count = int(number.max()) + 1
    if count < 2:
        return Difference(mean, np.inf)
    sums = np.bincount(number, weights=apart - mean)
    error = np.sqrt(count / (count - 1) * float(sums @ sums)) / len(apart)
    return Difference(mean, float(t.ppf(0.975, count - 1) * error))
