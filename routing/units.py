"""A unit as the ranking sees it: what it can do, how it travels, and how long it takes until it rolls."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from routing.graph import PROFILES
from routing.words import Said

# Seconds from the call to wheels rolling, from the station by day, by kind of unit; turnout.csv replaces them.
_STATION_S = {"motorcycle": 20.0, "car": 20.0, "van": 45.0, "ambulance": 60.0, "engine": 75.0, "boat": 180.0}
_OTHER_STATION_S, _AWAY_S, _ROLLING_S = 60.0, 30.0, 10.0
_ROLLING_MPS = 2.5
_AWAY_M = 150.0


SILENT = "silent"
"""A doubt: nothing was heard of the unit for long, so it is ranked from its station."""


class TurnoutTimes(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds until a kind of unit rolls: from its `station` by day and by `night`, `away` from it and standing (on
    scene, at a hospital), and `rolling` already, when the crew has only to read the order and turn round."""

    station: float
    night: float
    away: float
    rolling: float


class Turnout(msgspec.Struct, frozen=True):
    """`how`: station, night, away or rolling; where none of them is known, station."""

    seconds: float
    how: str = "station"


class UnitNow(msgspec.Struct, frozen=True, kw_only=True):
    """A unit at this moment; `lat`, `lon` in degrees, `fix_at` epoch seconds (0: its station).

    `profile` is one of PROFILES, or "road", from which the kind tells which. `why_not` says why it is not `available`.
    `doubt`: why its position may be wrong, "" or a key of DOUBTFUL in routing/words.py. `off_shift` says until when an
    available unit is off shift; None: on duty. Without `turnout` it is taken to be at its station by day. `centre`:
    what the neighbouring centre is called whose unit it is, "" for ours.
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
    why_not: str = ""
    doubt: str = ""
    off_shift: Said | None = None
    turnout: Turnout | None = None
    centre: str = ""


def network_profile(kind: str, profile: str) -> str:
    """Which travel times fit such a unit: car, motorcycle, engine or boat."""
    if profile in PROFILES:
        return profile
    return kind if kind in ("motorcycle", "engine", "boat") else "car"


def profile_of(unit: UnitNow) -> str:
    return network_profile(unit.kind, unit.profile)


@cache
def usual_turnout(kind: str) -> TurnoutTimes:
    """Where the city says nothing; `away` and `rolling` are round figures, not measured."""
    station = _STATION_S.get(kind, _OTHER_STATION_S)
    return TurnoutTimes(station=station, night=station, away=min(station, _AWAY_S), rolling=min(station, _ROLLING_S))


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
