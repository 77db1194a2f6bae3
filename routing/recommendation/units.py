"""A unit as the ranking sees it: what it can do, how it travels, and how long it takes until it rolls."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from routing.city.turnout import TurnoutTimes, usual_turnout
from routing.network.graph import PROFILES
from routing.text import Text

_ROLLING_MPS = 2.5
_AWAY_M = 150.0

SILENT = "silent"
"""A doubt: nothing was heard of the unit for long, so it is ranked from its station."""


class Turnout(msgspec.Struct, frozen=True):
    """`how`: station, night, away or rolling; where none of them is known, station."""

    seconds: float
    how: str = "station"


class UnitNow(msgspec.Struct, frozen=True, kw_only=True):
    """A unit at this moment; `lat`, `lon` in degrees, `fix_at` epoch seconds (0: its station).

    `profile` is one of PROFILES, or "road", from which the kind tells which. `why_not` says why it is not `available`.
    `doubt`: why its position may be wrong, "" or one of DOUBTS (dispatch/tracking/fixes.py) or SILENT. `off_shift` says
    until when an available unit is off shift; None: on duty. Without `turnout` it is taken to be at its station by day.
    `centre`: what the neighbouring centre is called whose unit it is, "" for ours.
    """

    id: str
    agency: str
    kind: str
    capabilities: tuple[str, ...]
    lat: float
    lon: float
    status: str = "available"
    fix_at: float = 0.0
    profile: str = "road"
    available: bool = True
    why_not: Text | None = None
    doubt: str = ""
    off_shift: Text | None = None
    turnout: Turnout | None = None
    centre: str = ""


def network_profile(kind: str, profile: str) -> str:
    """Which travel times fit such a unit: car, motorcycle, engine or boat."""
    if profile in PROFILES:
        return profile
    return kind if kind in ("motorcycle", "engine", "boat") else "car"


def profile_of(unit: UnitNow) -> str:
    return network_profile(unit.kind, unit.profile)


def turnout(
    kind: str, city: Mapping[str, TurnoutTimes], *, away_m: float = 0.0, speed: float = 0.0, night: bool = False
) -> Turnout:
    """`away_m`: metres from its station; `speed` in m/s of a fresh fix; 0 where they are not known."""
    times = city.get(kind) or usual_turnout(kind)
    if speed >= _ROLLING_MPS:
        return Turnout(times.rolling, "rolling")
    if away_m > _AWAY_M:
        return Turnout(times.away, "away")
    if night and times.night != times.station:
        return Turnout(times.night, "night")
    return Turnout(times.station)


def turnout_of(unit: UnitNow) -> Turnout:
    return unit.turnout or turnout(unit.kind, {})
