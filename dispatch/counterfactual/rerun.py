"""What if others had been sent? `siaga replay --policy` dispatches a recorded period again. Reads the journal only.

The journal is folded nowhere here: all arrivals are worked out anew, by routing/what_if/fleet.py, and the output says
so. docs/counterfactual.md says what is assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import msgspec
import numpy as np

from dispatch.advice.clock import CityClock
from dispatch.advice.ways import Ways
from dispatch.counterfactual.period import Happened, Period, read_period
from dispatch.journal.chain import Journal, entries_of
from routing.city.records import City
from routing.location import distance_m
from routing.network.conditions import Bands, Conditions
from routing.network.roads import Network
from routing.recommendation.coverage import Coverage
from routing.text import CodedError, Text, text
from routing.what_if.fleet import Fleet, Sent
from routing.what_if.policies import Policy, as_recorded, closest, road, sparing
from routing.what_if.trips import Trips

RECORDED, RERUN = "as recorded", "same units, re-run"
_LEAST_WITHIN_S = 60.0

Told = Callable[[Text], None]


class CounterfactualError(CodedError, ValueError):
    """Nothing can be dispatched again; the text says why and what to do."""


class Rerun(msgspec.Struct, frozen=True, kw_only=True):
    """One period under several policies. `rows`: by name of the policy, for each incident what was sent; in `incidents`
    are those that somebody reached under each of them, `unreached` counts the others. `areas`: the district of each."""

    period: Period
    late_s: float
    incidents: tuple[Happened, ...]
    unreached: int
    areas: tuple[str, ...]
    days: tuple[int, ...]
    rows: dict[str, dict[str, list[Sent]]]

    def arrivals(self, row: str, capability: str = "") -> np.ndarray:
        """Seconds from the call to the first unit. With `capability`: to the first that has it, whatever it was sent
        for; NaN where it was not needed."""
        if row == RECORDED:
            return np.array([one.arrived - one.called for one in self.incidents])
        able = {crew.id for crew in self.period.crews if capability in crew.capabilities}
        found = []
        for one in self.incidents:
            jobs = self.rows[row][one.id]
            if not capability:
                times = [job.arrived for job in jobs]
            elif any(job.capability == capability for job in jobs):
                times = [job.arrived for job in jobs if job.unit in able]
            else:
                times = []
            found.append(min(times) - one.called if times else np.nan)
        return np.array(found)


def run_again(
    journal: Journal, city: City, policies: Sequence[str], begin: float, end: float, late_s: float, told: Told
) -> Rerun:
    """The incidents opened from `begin` until `end` under each of `policies`, and under the choices of the record.

    Raises CounterfactualError.
    """
    clock = CityClock(city.time_zone)
    period = read_period(entries_of(journal), city, begin, end, lambda seq: told(text("what-if.reading", count=seq)))
    if not period.waves:
        raise CounterfactualError("what-if.wrong-empty")
    network_at = PastStreets(city, clock, period).at
    trips = Trips(network_at, [(crew.profile, (crew.lat, crew.lon)) for crew in period.crews])
    runs: dict[str, dict[str, list[Sent]]] = {}
    for name in (RERUN, *policies):
        fleet = Fleet(period.crews, trips, _policy(name, city, period, late_s), late_s, clock.night)
        sent = fleet.run(period.waves, partial(_told, told, name, len(period.waves)))
        runs[name] = {}
        for job in sent.values():
            if job.unit:
                runs[name].setdefault(job.incident, []).append(job)
    reached = [one for one in period.incidents.values() if all(one.id in row for row in runs.values())]
    if not reached:
        raise CounterfactualError("what-if.wrong-nobody-free")
    return Rerun(
        period=period, late_s=late_s, incidents=tuple(reached), unreached=len(period.incidents) - len(reached),
        areas=tuple(_area(city, one) for one in reached),
        days=tuple(clock.local(one.called).toordinal() for one in reached), rows=runs,
    )  # fmt: skip


def _running(name: str, done: int, count: int) -> Text:
    if name == RERUN:
        return text("what-if.running", policy=text("what-if.same-units"), done=done, count=count)
    return text("what-if.running", policy=name, done=done, count=count)


def _policy(name: str, city: City, period: Period, late_s: float) -> Policy:
    if name == "coverage":
        # Late is counted from the call; what the centre takes of it is not the unit's.
        within = max(_LEAST_WITHIN_S, late_s - period.handling_s)
        return sparing(Coverage(city.network, city.demand, within), period.spread)
    return {RERUN: as_recorded, "closest": closest, "road": road}[name]


def _area(city: City, one: Happened) -> str:
    """The district of the nearest demand point."""
    points = sorted(city.demand, key=lambda point: distance_m(point.lat, point.lon, one.lat, one.lon))
    return points[0].area if points else ""


class PastStreets:
    """The network at any time of the period: the hour's, with the closures, rain and tide of the journal."""

    def __init__(self, city: City, clock: CityClock, period: Period) -> None:
        self._network, self._period = city.network, period
        self._ways = Ways(city, clock, Coverage(city.network, (), city.run_cards.within_s))
        self._bands = Bands(city.network.edges)
        self._made: dict[tuple[Conditions, frozenset[str]], Network] = {}

    def at(self, at: float) -> Network:
        board = self._period.streets_at(at)
        conditions = self._bands.steady(self._ways.conditions(board, at))
        key = (conditions, frozenset(board.closures))
        if key not in self._made:
            network = self._network.under(conditions)
            closures = list(board.closures.values())
            self._made[key] = self._ways.closed_on(network, closures) if closures else network
        return self._made[key]


def _told(told: Callable[[Text], None], name: str, count: int, done: int) -> None:
    told(_running(name, done, count))
