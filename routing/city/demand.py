"""Where a city's calls come from: points with a weight. Pure."""

from __future__ import annotations

import msgspec


class DemandPoint(msgspec.Struct, frozen=True, kw_only=True):
    """`weight`: calls a year, or anything in proportion; `area`: the district that it counts for."""

    name: str
    area: str
    lat: float
    lon: float
    weight: float
