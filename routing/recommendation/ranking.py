"""Who could go, in numbers: all units by when they can be there, and the quickest set that fills the needs. Pure.

Every unit that can do something of what is needed is ranked by turn-out plus travel time before any shortlist
is made: a shortlist by straight line would lose the right unit behind water or a one-way street. Then units
are matched to needs so that as many needs as possible are filled and the sum of the times is least; a unit
fills one need. Where the caller's position is an area, the ranking is repeated at its edge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from scipy.optimize import linear_sum_assignment

from routing.location import DEGREE_M, Location
from routing.network.roads import Network
from routing.network.travel import Travel
from routing.recommendation.arrivals import Arrival, AtEdge, arrivals, travels, unsure
from routing.recommendation.coverage import Coverage, IdleUnit, Price, busy_fraction
from routing.recommendation.hindrances import longer
from routing.recommendation.units import UnitNow, profile_of, turnout_of

SHORTLIST = 12
SUGGEST_WITHIN_S = 3600.0
_IMPOSSIBLE = 1e9
"""Seconds: the cost of a unit for a need that it cannot fill; no way takes so long."""

Needs = tuple[tuple[str, int], ...]
"""(capability, how many units)."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that is listed. `fills`: the need that it is suggested for, "" when it is not suggested; `role`: that, or
    the first need that it could fill ("" where nothing is needed). `price` of sending it, None when nobody knows one;
    `later_s`: how much longer it travels because of closures; `at_edge`: who is first at the edge of the caller's area,
    where that is another choice."""

    arrival: Arrival
    fills: str
    role: str
    travel: Travel
    price: Price | None
    later_s: float
    at_edge: tuple[AtEdge, ...]

    @property
    def unit(self) -> UnitNow:
        return self.arrival.unit

    @property
    def off_shift(self) -> bool:
        return self.unit.off_shift is not None


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """`able`: all that can do something of what is `asked`, free or not; `arrived`: those who are free and on shift,
    the quickest first; `short`: how many units of what are missing. `rivals`, `busy`: by role, who else can do it, the
    quickest first, and who could if it were free, the nearest on the map first; `away`: metres on the map, by unit;
    `prices`: by role and unit."""

    location: Location
    network: Network
    asked: Needs
    able: list[UnitNow]
    arrived: list[Arrival]
    short: dict[str, int]
    shown: list[Shown]
    rivals: dict[str, list[Arrival]]
    busy: dict[str, list[UnitNow]]
    away: dict[str, float]
    prices: dict[str, dict[str, Price]]


def rank(
    units: Iterable[UnitNow],
    location: Location,
    asked: Needs,
    network: Network,
    coverage: Coverage | None,
    aid_sooner: float,
) -> Ranked:
    """`aid_sooner`: seconds by which a neighbour's unit must be sooner than ours to be suggested."""
    wanted = {capability for capability, _ in asked}
    able = [unit for unit in units if not asked or wanted.intersection(unit.capabilities)]
    away = _distances(able, location)
    free = arrivals([unit for unit in able if unit.available], location, network)
    arrived = [one for one in free if one.unit.off_shift is None]
    resting = [one for one in free if one.unit.off_shift is not None]
    busy = sorted((unit for unit in able if not unit.available), key=lambda unit: (away[unit.id], unit.id))
    filled, short = _match(arrived, asked, aid_sooner)
    at_edge = unsure(arrived, asked, location, aid_sooner)
    listed = [(arrived[i], filled.get(i, ""), at_edge.get(i, ())) for i in _shortlist(arrived, asked, filled)]
    listed += [(one, "", ()) for one in resting[: max(0, SHORTLIST - len(listed))]]
    roles = {one.unit.id: fills or _first_of(asked, one.unit) for one, fills, _ in listed}
    every = set(roles.values())
    prices = _prices(coverage, arrived, busy, every)
    ways, later = _ways([one for one, _, _ in listed], location, network)
    shown = [
        Shown(
            arrival=one,
            fills=fills,
            role=(role := roles[one.unit.id]),
            travel=ways[one.unit.id],
            price=prices.get(role, {}).get(one.unit.id),
            later_s=later.get(one.unit.id, 0.0),
            at_edge=edges,
        )
        for one, fills, edges in listed
    ]
    going = [one for one in arrived if not one.cut_off]
    return Ranked(
        location=location,
        network=network,
        asked=asked,
        able=able,
        arrived=arrived,
        short=short,
        shown=shown,
        rivals={role: [one for one in going if _can(one.unit, role)] for role in every},
        busy={role: [unit for unit in busy if _can(unit, role)] for role in every},
        away=away,
        prices=prices,
    )


def left_to_fill(needs: Sequence[tuple[str, int]], there: Sequence[tuple[str, ...]]) -> Needs:
    """What units of these capabilities do not fill, when each fills the one need that leaves least open."""
    slots = [capability for capability, count in needs for _ in range(count)]
    filled = np.zeros((len(slots), len(there)))
    for row, capability in enumerate(slots):
        filled[row] = [capability in able for able in there]
    done = [slots[row] for row, column in zip(*linear_sum_assignment(-filled), strict=True) if filled[row, column]]
    left = {capability: count - done.count(capability) for capability, count in needs}
    return tuple((capability, count) for capability, count in left.items() if count > 0)


def ready(unit: UnitNow) -> IdleUnit:
    """The unit as coverage sees it."""
    where = {"lat": unit.lat, "lon": unit.lon, "turnout_s": turnout_of(unit).seconds}
    return IdleUnit(id=unit.id, capabilities=unit.capabilities, profile=profile_of(unit), **where)


def _can(unit: UnitNow, role: str) -> bool:
    return not role or role in unit.capabilities


def _first_of(asked: Needs, unit: UnitNow) -> str:
    """The first of the needs that a unit could fill, "" where nothing is needed."""
    return next((capability for capability, _ in asked if capability in unit.capabilities), "")


def _distances(units: Sequence[UnitNow], location: Location) -> dict[str, float]:
    """Metres on the map, by unit; good enough to say which is nearer."""
    at = np.array([(unit.lat, unit.lon) for unit in units]).reshape(-1, 2) - (location.lat, location.lon)
    at[:, 1] *= math.cos(math.radians(location.lat))
    metres = np.hypot(at[:, 0], at[:, 1]) * DEGREE_M
    return dict(zip((unit.id for unit in units), metres.tolist(), strict=True))


def _ways(
    listed: Sequence[Arrival], location: Location, network: Network
) -> tuple[dict[str, Travel], dict[str, float]]:
    """By unit: the whole way, and the seconds that closures add to it."""
    seconds = {one.unit.id: one.seconds - one.turnout.seconds for one in listed}
    return travels(listed), longer([one.unit for one in listed if not one.cut_off], seconds, location, network)


def _weight(one: Arrival, aid_sooner: float) -> float:
    """What choosing a unit costs, in seconds: a neighbour's is asked for only when it is so much sooner."""
    return one.seconds + (aid_sooner if one.unit.centre else 0.0)


def _match(arrived: Sequence[Arrival], asked: Needs, aid_sooner: float) -> tuple[dict[int, str], dict[str, int]]:
    """Which unit, by its number, fills which need, and how many units of what are missing."""
    slots = [capability for capability, count in asked for _ in range(count)]
    missing = list(slots)
    filled: dict[int, str] = {}
    near = [i for i, one in enumerate(arrived) if one.seconds <= SUGGEST_WITHIN_S and not one.cut_off]
    if slots and near:
        cost = np.full((len(slots), len(near)), _IMPOSSIBLE)
        for column, i in enumerate(near):
            for row, capability in enumerate(slots):
                if capability in arrived[i].unit.capabilities:
                    cost[row, column] = _weight(arrived[i], aid_sooner)
        rows, columns = linear_sum_assignment(cost)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            if cost[row, column] < _IMPOSSIBLE:
                filled[near[column]] = slots[row]
                missing.remove(slots[row])
    return filled, {capability: missing.count(capability) for capability in dict.fromkeys(missing)}


def _shortlist(arrived: Sequence[Arrival], asked: Needs, filled: dict[int, str]) -> list[int]:
    """The suggested units, and the next ones for each need in turn, so that each has a second choice."""
    shown = set(filled)
    able = [[i for i, one in enumerate(arrived) if word in one.unit.capabilities] for word, _ in asked]
    queues = [iter(queue) for queue in able or [list(range(len(arrived)))]]
    while queues and len(shown) < SHORTLIST:
        for queue in list(queues):
            following = next((i for i in queue if i not in shown), None)
            if following is None:
                queues.remove(queue)
            elif len(shown) < SHORTLIST:
                shown.add(following)
    return sorted(shown)


def _prices(
    coverage: Coverage | None, arrived: Sequence[Arrival], busy: Sequence[UnitNow], roles: set[str]
) -> dict[str, dict[str, Price]]:
    """capability -> unit -> what sending it leaves uncovered of that capability. Neighbours' units cover nothing of
    ours."""
    if coverage is None or not roles - {""}:
        return {}
    idle = [ready(one.unit) for one in arrived if not one.unit.centre]
    busy = [unit for unit in busy if not unit.centre]
    reach = coverage.reach(idle)
    found = {}
    for role in roles - {""}:
        out = sum(unit.status != "off_duty" for unit in busy if role in unit.capabilities)
        free = sum(role in unit.capabilities for unit in idle)
        found[role] = coverage.prices(idle, reach, role, busy_fraction(out, out + free))
    return found
