"""A fleet at work under a policy: the same incidents as in the record, other units sent to them.

Theory of operation. Time goes from event to event: units are asked for, one is free again, one comes on duty. Whoever
is chosen goes at once; where nobody able is free the job waits, and the first unit to become free that can do it goes,
the most urgent and then the oldest job first. A unit serves one job at a time: turn-out, way, work, and then home by
the quickest way; it may be sent from the road, from where it is by then.

What is the same under every policy, whoever goes: when units are asked for, what for, how much slower than expected the
crew rolls (`turnout_late_s`) and drives (`slowness`), how long the work takes and where it ends. So two policies differ
by their choices alone. Pure.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Sequence

import msgspec

from routing.what_if.drive import Drive
from routing.what_if.policies import Free, Policy, UnitsWanted
from routing.what_if.trips import Point, Trip, Trips

_FREED, _ON_DUTY, _ASKED = range(3)


class Crew(msgspec.Struct, frozen=True, kw_only=True):
    """A unit: `lat`, `lon` where it stands by, its turn-out from there by day and by night and when it is on the road,
    `away` the spans in which it takes no new job, and `bound_until` when it is done with what it had before the period
    (seconds since 1970)."""

    id: str
    capabilities: tuple[str, ...]
    profile: str
    lat: float
    lon: float
    turnout_s: float
    turnout_night_s: float
    turnout_rolling_s: float
    away: tuple[tuple[float, float], ...] = ()
    bound_until: float = 0.0


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One unit that is needed. `recorded`: who went in fact; `works_s`: from arrival until it is free again, at
    `ends_at` (lat, lon), None: at the scene."""

    id: str
    capability: str
    recorded: str
    works_s: float
    turnout_late_s: float = 0.0
    slowness: float = 1.0
    ends_at: Point | None = None


class Wave(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for at one moment (`at`) for an incident, whose caller called at `called`; `level` 1 is the most
    urgent."""

    incident: str
    called: float
    at: float
    lat: float
    lon: float
    jobs: tuple[Job, ...]
    level: int = 1


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """How a job went; `unit` "" when nobody ever became free for it. Seconds since 1970."""

    job: str
    incident: str
    capability: str
    unit: str = ""
    asked: float = 0.0
    sent: float = 0.0
    arrived: float = 0.0
    cleared: float = 0.0


class _Where(msgspec.Struct):
    """From `free` on, and from `place`, it drives home."""

    free: float
    place: Point
    drive: Drive | None = None


class _Waiting(msgspec.Struct):
    wave: Wave
    jobs: list[Job]


class Fleet:
    """One run. `late_s`: an arrival so many seconds after the call is late; `night(at)`: whether crews sleep."""

    def __init__(
        self, crews: Sequence[Crew], trips: Trips, policy: Policy, late_s: float,
        night: Callable[[float], bool] = lambda at: False,
    ) -> None:  # fmt: skip
        self._crews = {crew.id: crew for crew in crews}
        self._trips, self._policy, self._late_s, self._night = trips, policy, late_s, night
        self._where = {crew.id: _Where(crew.bound_until, (crew.lat, crew.lon)) for crew in crews}
        self._queue: list[tuple[float, int, int, Wave | None]] = []
        self._waiting: list[_Waiting] = []
        self._sent: dict[str, Sent] = {}

    def run(self, waves: Sequence[Wave], progress: Callable[[int], None] = lambda done: None) -> dict[str, Sent]:
        """job -> how it went. `progress(waves so far)` is called now and then."""
        for number, wave in enumerate(waves):
            self._later(wave.at, _ASKED, number, wave)
        for number, crew in enumerate(self._crews.values()):
            for _, end in crew.away:
                if end < math.inf:
                    self._later(end, _ON_DUTY, number)
            if crew.bound_until:
                self._later(crew.bound_until, _FREED, number)
        done = 0
        while self._queue:
            now, what, _, called = heapq.heappop(self._queue)
            if called is None:
                self._serve(now)
                continue
            one = _Waiting(called, list(called.jobs))
            self._send(one, now)
            if one.jobs:
                self._waiting.append(one)
                self._waiting.sort(key=lambda waiting: (waiting.wave.level, waiting.wave.at, waiting.wave.incident))
            done += 1
            if done % 500 == 0:
                progress(done)
        for waiting in self._waiting:
            for job in waiting.jobs:
                self._sent[job.id] = Sent(
                    job=job.id, incident=waiting.wave.incident, capability=job.capability, asked=waiting.wave.at
                )
        return self._sent

    def _later(self, at: float, what: int, number: int, wave: Wave | None = None) -> None:
        heapq.heappush(self._queue, (at, what, number, wave))

    def _serve(self, now: float) -> None:
        """Somebody became free: whoever waits for that, the most urgent first."""
        for waiting in self._waiting:
            self._send(waiting, now)
        self._waiting = [waiting for waiting in self._waiting if waiting.jobs]

    def _send(self, waiting: _Waiting, now: float) -> None:
        wave, jobs = waiting.wave, waiting.jobs
        wanted = {job.capability for job in jobs}
        idle = [crew for crew in self._crews.values() if self._is_free(crew, now)]
        if not any(wanted.intersection(crew.capabilities) for crew in idle):
            return
        places = {crew.id: self._place(crew, now) for crew in idle}
        free = self._free(wave, wanted, idle, places, now)
        asked = UnitsWanted(
            lat=wave.lat, lon=wave.lon, needs=tuple(job.capability for job in jobs),
            recorded=tuple(job.recorded for job in jobs), within_s=self._late_s - (now - wave.called),
            on_duty={word: sum(word in crew.capabilities and not _away(crew, now) for crew in self._crews.values())
                     for word in wanted},
        )  # fmt: skip
        for number, unit in self._policy(asked, free).items():
            crew, job = self._crews[unit], jobs[number]
            self._go(crew, job, wave, places[unit], now)
        waiting.jobs = [job for job in jobs if job.id not in self._sent]

    def _free(
        self, wave: Wave, wanted: set[str], idle: Sequence[Crew], places: dict[str, tuple[Point, float]], now: float
    ) -> list[Free]:
        """All who are idle; infinitely far are those who can do nothing of it, and those who have no way there while
        anybody else in the fleet has one."""
        there = (wave.lat, wave.lon)
        found: dict[str, Trip] = {}
        able = [crew for crew in idle if wanted.intersection(crew.capabilities)]
        for profile in sorted({crew.profile for crew in able}):
            mine = [crew for crew in able if crew.profile == profile]
            trips = self._trips.to(there, profile, [places[crew.id][0] for crew in mine], now)
            found |= {crew.id: trip for crew, trip in zip(mine, trips, strict=True)}
        lost = [name for name, trip in found.items() if not trip.known]
        if lost and (len(lost) < len(found) or self._reachable(wave, wanted, now)):
            for name in lost:
                del found[name]
        free = []
        for crew in idle:
            (lat, lon), turnout = places[crew.id]
            seconds = turnout + found[crew.id].seconds if crew.id in found else math.inf
            free.append(
                Free(
                    id=crew.id, capabilities=crew.capabilities, profile=crew.profile, lat=lat, lon=lon,
                    turnout_s=turnout, seconds=seconds,
                )
            )  # fmt: skip
        return free

    def _reachable(self, wave: Wave, wanted: set[str], now: float) -> bool:
        """Whether any unit that can do some of it, busy or not, has a way there from where it stands by."""
        able = [crew for crew in self._crews.values() if wanted.intersection(crew.capabilities)]
        return any(
            self._trips.to((wave.lat, wave.lon), crew.profile, [(crew.lat, crew.lon)], now)[0].known for crew in able
        )

    def _go(self, crew: Crew, job: Job, wave: Wave, place: tuple[Point, float], now: float) -> None:
        origin, turnout = place
        trip = self._trips.to((wave.lat, wave.lon), crew.profile, [origin], now)[0]
        arrived = now + max(0.0, turnout + job.turnout_late_s) + trip.seconds * job.slowness
        cleared = arrived + job.works_s
        self._sent[job.id] = Sent(
            job=job.id, incident=wave.incident, capability=job.capability, unit=crew.id, asked=wave.at, sent=now,
            arrived=arrived, cleared=cleared,
        )  # fmt: skip
        self._where[crew.id] = _Where(cleared, job.ends_at or (wave.lat, wave.lon))
        self._later(cleared, _FREED, len(self._sent))

    def _is_free(self, crew: Crew, now: float) -> bool:
        return self._where[crew.id].free <= now and not _away(crew, now)

    def _place(self, crew: Crew, now: float) -> tuple[Point, float]:
        """Where an idle unit is, and its turn-out there."""
        where, home = self._where[crew.id], (crew.lat, crew.lon)
        ready = crew.turnout_night_s if self._night(now) else crew.turnout_s
        if where.place == home:
            return home, ready
        if where.drive is None:
            where.drive = self._trips.drive(where.place, home, crew.profile, where.free)
        lat, lon, done = where.drive.position(now)
        if done:
            where.place, where.drive = home, None
            return home, ready
        return (lat, lon), crew.turnout_rolling_s


def _away(crew: Crew, now: float) -> bool:
    return any(begin <= now < end for begin, end in crew.away)
