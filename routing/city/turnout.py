"""How long each kind of unit takes until it rolls. Pure."""

from __future__ import annotations

from functools import cache

import msgspec

# Seconds from the call to wheels rolling, from the station by day, by kind of unit; turnout.csv replaces them.
_STATION_S = {"motorcycle": 20.0, "car": 20.0, "van": 45.0, "ambulance": 60.0, "engine": 75.0, "boat": 180.0}
_OTHER_STATION_S, _AWAY_S, _ROLLING_S = 60.0, 30.0, 10.0


class TurnoutTimes(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds until a kind of unit rolls: from its `station` by day and by `night`, `away` from it and standing (on
    scene, at a hospital), and `rolling` already, when the crew has only to read the order and turn round."""

    station: float
    night: float
    away: float
    rolling: float


@cache
def usual_turnout(kind: str) -> TurnoutTimes:
    """Where the city says nothing; `away` and `rolling` are round figures, not measured."""
    station = _STATION_S.get(kind, _OTHER_STATION_S)
    return TurnoutTimes(station=station, night=station, away=min(station, _AWAY_S), rolling=min(station, _ROLLING_S))
