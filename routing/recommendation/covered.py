"""How well a city is covered at this moment, place by place, for people to look at. Pure.

The figures are those of routing/recommendation/coverage.py: the share of calls from a place that a unit with the
capability would reach within the target, when units are busy as often as they are now.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from routing.recommendation.coverage import Coverage, IdleUnit


class CoveredPoint(msgspec.Struct, frozen=True, kw_only=True):
    """A demand point; `covered` is 0 to 1, `units` how many idle ones would be there in time."""

    name: str
    area: str
    lat: float
    lon: float
    weight: float
    covered: float
    units: int


class CoveredArea(msgspec.Struct, frozen=True, kw_only=True):
    """An area, or all of them together; `covered` now and `planned` with every unit idle at its base, 0 to 1."""

    name: str
    covered: float
    planned: float


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """By `capability`, within `within_s` seconds of the call; `idle` of `on_duty` units are free, and each is taken to
    be busy for the share `busy` of the time. `capabilities`: those that may be asked for, the watched ones first. Not
    `fresh`: on the streets as they were before the latest closure or change of weather."""

    capability: str
    capabilities: tuple[str, ...]
    within_s: float
    idle: int
    on_duty: int
    busy: float
    overall: CoveredArea
    areas: tuple[CoveredArea, ...]
    points: tuple[CoveredPoint, ...]
    fresh: bool = True


def places(
    coverage: Coverage, idle: Sequence[IdleUnit], planned: Sequence[IdleUnit], busy: float
) -> tuple[CoveredArea, tuple[CoveredArea, ...], tuple[CoveredPoint, ...]]:
    """All together, area by area, and point by point. `idle` and `planned` (all units, at their bases) can do it."""
    now, plan = (coverage.reach(units).sum(axis=0) for units in (idle, planned))
    share, intended = 1 - busy**now, 1 - busy**plan
    weight = np.array([one.weight for one in coverage.demand])
    whole = max(float(weight.sum()), 1e-9)
    overall = _area("", float(share @ weight) / whole, float(intended @ weight) / whole)
    both = zip(coverage.areas, coverage.covered(now, busy).tolist(), coverage.covered(plan, busy).tolist(), strict=True)
    points = tuple(
        CoveredPoint(
            name=one.name, area=one.area, lat=one.lat, lon=one.lon, weight=one.weight,
            covered=round(float(share[number]), 3), units=int(now[number]),
        )
        for number, one in enumerate(coverage.demand)
    )  # fmt: skip
    return overall, tuple(_area(*one) for one in both), points


def _area(name: str, covered: float, planned: float) -> CoveredArea:
    return CoveredArea(name=name, covered=round(covered, 3), planned=round(planned, 3))
