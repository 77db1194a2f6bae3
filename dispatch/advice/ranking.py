"""Joins the board and the live fixes to routing's ranking; its answer carries all that was used."""

from __future__ import annotations

import time

import msgspec
from twisted.logger import Logger

from dispatch.advice.clock import CityClock
from dispatch.advice.ways import Ways
from dispatch.board import Board
from dispatch.events import Fix
from dispatch.records import Unit
from dispatch.tracking.bus import Bus, BusUnavailable
from dispatch.world import FAILED, Advice, Delay, Ranking
from routing.city.boundary import serving
from routing.city.records import City, IncidentType
from routing.location import Location, distance_m
from routing.recommendation.arrivals import arrivals
from routing.recommendation.coverage import Coverage, IdleUnit, busy_fraction
from routing.recommendation.covered import Covered, places
from routing.recommendation.hindrances import hindrances
from routing.recommendation.nearest import AID_SOONER_S, recommend
from routing.recommendation.ranking import left_to_fill, ready
from routing.recommendation.reasons import advice
from routing.recommendation.units import SILENT, UnitNow, profile_of, turnout
from routing.text import Text, text

log = Logger()
_CUT_OFF_S = 3600.0
FORGOTTEN_S = 1800.0
"""A free unit of which nothing was heard for so long is taken to be at its station."""


class UnitRanking:
    """The `Recommender` of the room. `stale_after` and `aid_sooner` in seconds.
    Coverage is by our own units that are on shift."""

    def __init__(
        self, city: City, bus: Bus, stale_after: float, aid_sooner: float = AID_SOONER_S, clock: CityClock | None = None
    ) -> None:
        self._city, self._bus, self._stale_after, self._aid_sooner = city, bus, stale_after, aid_sooner
        self.clock = clock or CityClock(city.time_zone)
        self._centres = {one.id: one.name for one in city.centres}
        self._types = {kind.id: kind for kind in city.incident_types}
        self._homes = {spec.id: (spec.lat, spec.lon) for spec in city.units}
        bases = [(one.name, one.lat, one.lon) for one in city.stations if not city.centre_of(one.agency)]
        coverage = Coverage(city.network, city.demand, city.run_cards.within_s, bases)
        units = (UnitNow(id=s.id, agency=s.agency, kind=s.kind, capabilities=s.capabilities, lat=s.lat, lon=s.lon,
                         profile=s.profile) for s in city.units)  # fmt: skip
        coverage.prepare({profile_of(unit) for unit in units})
        self.ways = Ways(city, self.clock, coverage)

    def recommend(
        self,
        board: Board,
        location: Location,
        incident_type: str,
        now: float,
        without: str = "",
        sent: tuple[str, ...] = (),
        level: int = 1,
    ) -> Ranking:
        began = time.perf_counter()
        fixes = self._fixes()
        try:
            units = [self._now(unit, fixes.get(unit.id), board, now, without) for unit in board.units.values()]
            kind, following = self._asked(incident_type, location, level)
            there = [board.units[name].capabilities for name in sent if name in board.units]
            asked = left_to_fill(kind.needs, there) if kind else None
            coverage, fresh = self.ways.coverage(board, now)
            made = recommend(
                location, kind, units, self.ways.network(board, now), now, stale_after=self._stale_after,
                asked_capabilities=asked, coverage=coverage, aid_sooner=self._aid_sooner, fresh_coverage=fresh,
            )  # fmt: skip
        except Exception:  # a fault in the ranking must not keep an incident from being opened
            log.failure("ranking failed for {kind}", kind=incident_type)  # where it is tells of a person
            return Ranking(missing=(text("missing.ranking-failed"),), method=FAILED)
        return Ranking(
            candidates=made.candidates,
            shortfall=made.shortfall,
            missing=made.missing,
            next_level=following,
            method=made.method,
            took_ms=round((time.perf_counter() - began) * 1e3, 3),
        )

    def arrivals(self, board: Board, location: Location, names: tuple[str, ...], now: float) -> dict[str, float]:
        """Seconds until each of these units could be there; without turn-out for one that is on the road. Who is cut
        off counts as an hour later than usual."""
        fixes, found = self._fixes(), {}
        here = [self._now(board.units[name], fixes.get(name), board, now) for name in names]
        # Of the place itself only: nothing is asked about the edge of where the caller may be.
        place = Location(lat=location.lat, lon=location.lon)
        for there in arrivals(here, place, self.ways.network(board, now)):
            job = board.assignments.get(board.units[there.unit.id].assignment)
            rolling = there.turnout.seconds if job and job.state == "en_route" else 0.0
            found[there.unit.id] = there.seconds - rolling + (_CUT_OFF_S if there.cut_off else 0.0)
        return found

    def delays(
        self, board: Board, location: Location, names: tuple[str, ...], now: float, closures: tuple[str, ...]
    ) -> dict[str, Delay]:
        """Of each of these units what these closures do to its way."""
        network, before = self.ways.network(board, now), self.ways.network(board, now, closures)
        fixes, found, place = self._fixes(), {}, [(location.lat, location.lon)]
        for name in names:
            here = self._now(board.units[name], fixes.get(name), board, now)
            origin, profile = [(here.lat, here.lon)], profile_of(here)
            then, after = (one.approaches(origin, place, profile)[0] for one in (before, network))
            gap, lost = float(after.seconds[0] - then.seconds[0]), bool(after.estimated[0] and not then.estimated[0])
            found[name] = Delay(seconds=gap, cut_off=lost, why=hindrances(network, here, location))
        return found

    def uncovered(self, board: Board, now: float) -> tuple[Advice, ...]:
        """Advice for each watched capability of which an area has lost half of what the plan gives it."""
        if not self._city.run_cards.watched or not self._city.demand:
            return ()
        on_duty, idle, planned = self._crews(board, now)
        found = []
        coverage, _ = self.ways.coverage(board, now)
        for word in self._city.run_cards.watched:
            able = [one for one in on_duty if word in one.capabilities]
            busy = busy_fraction(sum(not one.available for one in able), len(able))
            move = coverage.move_up(idle, planned, word, busy)
            if move:
                found.append(Advice(capability=word, text=advice(move, word)))
        return tuple(found)

    def ready(self, board: Board, now: float, coverage: bool) -> bool:
        return self.ways.ready(board, now, coverage)

    def covered(self, board: Board, now: float, capability: str = "") -> Covered:
        """How well the city is covered by `capability` now, "" for the first of those that may be asked for."""
        on_duty, idle, planned = self._crews(board, now)
        watched = self._city.run_cards.watched
        ours = {word for one in board.units.values() if not one.centre for word in one.capabilities}
        asked = (*watched, *sorted(ours.difference(watched)))
        word = capability or next(iter(asked), "")
        able = [one for one in on_duty if word in one.capabilities]
        free = [one for one in idle if word in one.capabilities]
        busy = busy_fraction(len(able) - len(free), len(able))
        coverage, fresh = self.ways.coverage(board, now)
        overall, areas, points = places(coverage, free, [one for one in planned if word in one.capabilities], busy)
        return Covered(
            capability=word, capabilities=asked, within_s=self._city.run_cards.within_s, idle=len(free),
            on_duty=len(able), busy=round(busy, 3), overall=overall, areas=areas, points=points, fresh=fresh,
        )  # fmt: skip

    def _crews(self, board: Board, now: float) -> tuple[list[UnitNow], list[IdleUnit], list[IdleUnit]]:
        """Our own units: those on duty, of them the idle ones, and all of them at their bases as planned."""
        fixes = self._fixes()
        ours = [
            unit for unit in board.units.values()
            if not unit.centre and unit.status != "off_duty" and (unit.on_shift or unit.assignment)
        ]  # fmt: skip
        on_duty = [self._now(unit, fixes.get(unit.id), board, now) for unit in ours]
        planned = []
        for one in on_duty:
            lat, lon = self._homes.get(one.id, (one.lat, one.lon))
            at_base = {"lat": lat, "lon": lon, "turnout": turnout(one.kind, self._city.turnout)}
            planned.append(ready(msgspec.structs.replace(one, **at_base)))
        return on_duty, [ready(one) for one in on_duty if one.available], planned

    def _now(self, unit: Unit, fix: Fix | None, board: Board, now: float, without: str = "") -> UnitNow:
        why = _why_not(unit, board, without)
        lat, lon, at = (fix.lat, fix.lon, fix.at) if fix else (unit.lat, unit.lon, unit.fix_at)
        doubt = fix.doubt if fix else ""
        if why is None and 0 < at < now - FORGOTTEN_S and unit.id in self._homes:
            lat, lon = self._homes[unit.id]
            doubt = SILENT
        speed = fix.speed if fix and not doubt and now - fix.at <= self._stale_after else 0.0
        away = distance_m(lat, lon, *self._homes.get(unit.id, (lat, lon)))
        return UnitNow(
            id=unit.id,
            agency=unit.agency,
            kind=unit.kind,
            capabilities=unit.capabilities,
            status=unit.status,
            lat=lat,
            lon=lon,
            fix_at=at,
            profile=unit.profile,
            available=why is None,
            why_not=why,
            doubt=doubt,
            off_shift=None if unit.on_shift else self.clock.off_shift(unit.shift_until, now),
            turnout=turnout(unit.kind, self._city.turnout, away_m=away, speed=speed, night=self.clock.night(now)),
            centre=self._centres.get(unit.centre, unit.centre),
        )

    def _fixes(self) -> dict[str, Fix]:
        try:
            return self._bus.fixes()
        except BusUnavailable:
            return {}

    def _asked(self, incident_type: str, location: Location, level: int) -> tuple[IncidentType | None, int]:
        """The type with the needs of this alarm level here, and the next level that has a card."""
        kind, cards = self._types.get(incident_type), self._city.run_cards
        if kind is None:
            return None, 0
        places = {one.name for one in serving(self._city.boundaries, location.lat, location.lon)}
        needs = cards.needs(kind.id, level, places, kind.needs)
        return msgspec.structs.replace(kind, needs=needs), cards.next_level(kind.id, level, places)


def _why_not(unit: Unit, board: Board, without: str) -> Text | None:
    """Why it cannot be sent now, None when it can; `without`: the unit that is left out."""
    if unit.assignment and unit.assignment in board.assignments:
        return text("unready.assigned", incident=board.assignments[unit.assignment].incident)
    if unit.status != "available":
        return text(f"unready.{unit.status}")
    return text("unready.unacknowledged") if unit.id == without else None
