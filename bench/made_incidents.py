"""A made-up year of incidents of the demo city: when, what, where, how long. Every figure here is an assumption.

when      `a_day` on average (28, as in bench/made_year.py), more of them when people are awake (`BY_HOUR`), a fifth
          more on Fridays and Saturdays, independent of each other
what      by `SHARE`
where     a demand point by its weight (demand.csv), and from there a normal distance (150 m) in each direction
work      at the scene `WORK` minutes (median; lognormal, spread 0.5). Seven of ten ambulances then drive to the
          hospital that is nearer and hand over (median 20 minutes, spread 0.4)
crews     acknowledge after 5 to 20 s, roll later than planned by a normal spread of 15 s, and drive slower or
          quicker than the streets say by a lognormal spread of 0.15
centre    sends units 60 to 150 s after the call came in
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import msgspec

from bench.made_year import BEGIN, BY_HOUR, DAY, HOUR, MINUTE
from routing.city.demand import DemandPoint
from routing.location import offset

A_DAY, SPREAD = 28.0, 0.15
SHARE = {
    "medical": 34.0, "cardiac": 2.0, "childbirth": 2.0, "traffic-injury": 14.0, "traffic-damage": 6.0, "violence": 5.0,
    "burglary": 8.0, "disturbance": 12.0, "fire-building": 2.0, "fire-vehicle": 1.0, "fire-land": 2.0, "trapped": 0.5,
    "drowning": 0.3, "vessel": 0.4, "riot": 0.1, "missing": 1.0, "flood": 0.5, "landslide": 0.2, "fallen-tree": 2.5,
    "animal": 4.0, "gas-leak": 0.5, "welfare": 2.0,
}  # fmt: skip
WORK = {
    "ambulance": 18.0, "advanced": 18.0, "first-response": 15.0, "police": 30.0, "traffic": 40.0, "crowd": 90.0,
    "fire": 60.0, "water-tank": 60.0, "rescue": 45.0, "animal": 25.0, "water-rescue": 60.0, "boat": 60.0,
    "disaster": 90.0,
}  # fmt: skip
TRANSPORTED, HANDOVER = 0.7, 20.0
_WEEKEND = 1.2


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """`called` seconds since 1970, `handled` seconds until units are sent; place in degrees; `luck` seeds what its
    crews meet."""

    called: float
    handled: float
    type: str
    lat: float
    lon: float
    luck: int


def make_incidents(
    demand: Sequence[DemandPoint], *, seed: int = 112, days: int = 365, a_day: float = A_DAY
) -> list[Incident]:
    """In the order in which their callers call; the same for the same seed."""
    draw, found, at = random.Random(seed), [], BEGIN
    hours, week = sum(BY_HOUR) / 24, 1 + 2 * (_WEEKEND - 1) / 7
    weights = [point.weight for point in demand]
    most = a_day / DAY * max(BY_HOUR) / hours * _WEEKEND / week
    while True:
        # A Poisson process, thinned to the hour and the day of the week; 1 January 2027 is a Friday.
        at += draw.expovariate(most)
        day = int((at - BEGIN) // DAY)
        if day >= days:
            return found
        busy = BY_HOUR[int((at - BEGIN) % DAY // HOUR)] / max(BY_HOUR)
        if draw.random() > busy * (1.0 if day % 7 in (0, 1) else 1 / _WEEKEND):
            continue
        point = draw.choices(demand, weights)[0]
        lat, lon = offset(*offset(point.lat, point.lon, 0.0, draw.gauss(0, 150)), 90.0, draw.gauss(0, 150))
        kind = draw.choices(list(SHARE), list(SHARE.values()))[0]
        known = {"type": kind, "lat": round(lat, 6), "lon": round(lon, 6), "luck": draw.getrandbits(48)}
        found.append(Incident(called=round(at, 1), handled=round(draw.uniform(60, 150), 1), **known))


class Luck:
    """What the crew that takes the `number`-th job of an incident meets."""

    def __init__(self, incident: Incident, number: int, spread: float = SPREAD) -> None:
        draw = random.Random(incident.luck * 64 + number)
        self.acknowledges = draw.uniform(5, 20)
        self.rolls_late = draw.gauss(0, 15) if spread else 0.0
        self.slowness = draw.lognormvariate(0, spread) if spread else 1.0
        self._work, self._handover = draw.gauss(0, 1), draw.gauss(0, 1)
        self.transported = draw.random() < TRANSPORTED

    def works(self, capability: str) -> float:
        """Seconds at the scene."""
        return WORK[capability] * MINUTE * math.exp(0.5 * self._work)

    @property
    def hands_over(self) -> float:
        """Seconds at the hospital."""
        return HANDOVER * MINUTE * math.exp(0.4 * self._handover)
