"""Joins the board and the live fixes to routing's ranking; its answer carries all that was used."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec
from twisted.logger import Logger

from dispatch.board import Board
from dispatch.bus import Bus, BusUnavailable
from dispatch.events import Proposal
from dispatch.inputs import Ranking
from dispatch.records import Unit
from routing.city import City, IncidentType
from routing.location import Location
from routing.nearest import UnitNow, profile_of, recommend

log = Logger()


def _now(unit: Unit, fix, board: Board, without: str) -> UnitNow:
    why = ""
    if unit.assignment and unit.assignment in board.assignments:
        why = f"assigned to {board.assignments[unit.assignment].incident}"
    elif unit.status != "available":
        why = unit.status
    elif unit.id == without:
        why = "did not acknowledge"
    return UnitNow(
        id=unit.id,
        agency=unit.agency,
        kind=unit.kind,
        capabilities=unit.capabilities,
        status=unit.status,
        lat=fix.lat if fix else unit.lat,
        lon=fix.lon if fix else unit.lon,
        fix_at=fix.at if fix else unit.fix_at,
        profile=unit.profile,
        available=not why,
        why_not=why,
    )


def network_profile(unit: Unit) -> str:
    """Which travel times fit this unit: car, motorcycle, engine or boat."""
    return profile_of(_now(unit, None, Board(), ""))


def _left_to_fill(kind: IncidentType | None, serving: list[Unit]) -> tuple[tuple[str, int], ...] | None:
    """What the units that serve already do not fill; a unit fills one need. None: as the type says."""
    if kind is None or not serving:
        return None
    needs = dict(kind.needs)
    for unit in serving:
        filled = next((need for need, count in needs.items() if count and need in unit.capabilities), None)
        if filled:
            needs[filled] -= 1
    return tuple((need, count) for need, count in needs.items() if count)


def make_ranking(city: City, bus: Bus, stale_after: float) -> Callable[..., Ranking]:
    """`recommend` for the World; `stale_after` in seconds."""
    types = {kind.id: kind for kind in city.incident_types}

    def rank(
        board: Board,
        location: Location,
        incident_type: str,
        now: float,
        without: str = "",
        serving: tuple[str, ...] = (),
    ) -> Ranking:
        began = time.perf_counter()
        try:
            fixes = bus.fixes()
        except BusUnavailable:
            fixes = {}
        units = [_now(unit, fixes.get(unit.id), board, without) for unit in board.units.values()]
        kind = types.get(incident_type)
        try:
            asked = _left_to_fill(kind, [board.units[name] for name in serving if name in board.units])
            made = recommend(
                location, kind, units, city.network, now, stale_after=stale_after, asked_capabilities=asked
            )
        except Exception:  # a fault in the ranking must not keep an incident from being opened
            log.failure("ranking failed for {kind} at {where}", kind=incident_type, where=location)
            return Ranking(shortfall=("ranking failed, choose by hand",), method="none")
        return Ranking(
            candidates=tuple(Proposal(**msgspec.structs.asdict(one)) for one in made.candidates),
            shortfall=made.shortfall,
            method=made.method,
            took_ms=round((time.perf_counter() - began) * 1e3, 3),
        )

    return rank
