"""Who should go: all units ranked by when they can be there, and the quickest set that fills the needs.

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

from routing.city.records import IncidentType
from routing.location import EARTH_RADIUS_M, Location
from routing.network.roads import Network
from routing.network.travel import Travel
from routing.recommendation import words
from routing.recommendation.arrivals import Arrival, arrivals, travels, unsure
from routing.recommendation.coverage import Coverage, Price, Ready, busy_fraction
from routing.recommendation.hindrances import conditions, hindrances, longer
from routing.recommendation.units import UnitNow, profile_of, turnout_of

SHORTLIST = 12
SUGGEST_WITHIN_S = 3600.0
AID_SOONER_S = 300.0
_OFF_ROAD_M = 50.0
_IMPOSSIBLE = 1e9
# Of an area's coverage: less is not told.
_TELLS = 0.01
# A unit that comes so much later is no alternative.
_COMPARABLE_S = 300.0


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One ranked unit: `seconds` is turn-out plus travel, `metres` the way; `suggested` when it is chosen to
    fill a need; `doubt`: see UnitNow; `uncertain` when the choice differs at the edge of where the caller may be.

    The coverage price of sending it, 0 to 1: `coverage_loss` of all demand, `uncovers_share` of the area `uncovers`,
    which loses most."""

    unit: str
    agency: str
    rank: int
    seconds: float
    metres: float
    mode: str
    turnout_s: float
    reason_id: str
    reason_en: str
    lat: float
    lon: float
    fix_at: float
    stale: bool
    suggested: bool
    uncertain: bool
    doubt: str = ""
    coverage_loss: float = 0.0
    uncovers: str = ""
    uncovers_share: float = 0.0


class Recommendation(msgspec.Struct, frozen=True, kw_only=True):
    """At most 12 candidates (more only where more are suggested), the quickest first. `shortfall` tells what
    no unit fills, such as "2 × fire", `missing_id` and `missing_en` why, in the same order; `asked` the needs as
    (capability, count)."""

    candidates: tuple[Candidate, ...]
    shortfall: tuple[str, ...]
    method: str
    asked: tuple[tuple[str, int], ...]
    missing_id: tuple[str, ...] = ()
    missing_en: tuple[str, ...] = ()


def recommend(
    location: Location,
    incident_type: IncidentType | None,
    units: Iterable[UnitNow],
    network: Network,
    now: float,
    *,
    stale_after: float = 120.0,
    asked_capabilities: Iterable[str | tuple[str, int]] | None = None,
    coverage: Coverage | None = None,
    aid_sooner: float = AID_SOONER_S,
    fresh_coverage: bool = True,
) -> Recommendation:
    """Ranks `units` for an incident; `asked_capabilities` replaces the needs of the incident type; with `coverage` each
    candidate says what sending it leaves uncovered. A neighbour's unit is suggested where none of ours can go, or it is
    there `aid_sooner` seconds before ours. Not `fresh_coverage`: it is that before the latest closure, and said to be.
    Who is cut off comes last and is not suggested.

    Without any need every unit is ranked and none is suggested. Units off shift come last and are not suggested.
    """
    asked = _needs(incident_type, asked_capabilities)
    wanted = {capability for capability, _ in asked}
    able = [unit for unit in units if not asked or wanted.intersection(unit.capabilities)]
    known = arrivals([unit for unit in able if unit.available], location, network)
    ranked = [one for one in known if one.unit.off_shift is None]
    filled, shortfall = _match(ranked, asked, aid_sooner)
    doubts = unsure(ranked, asked, location, aid_sooner)
    away = _distances(able, location)
    busy = sorted((unit for unit in able if not unit.available), key=lambda unit: (away[unit.id], unit.id))
    shown = [(ranked[i], filled.get(i), doubts.get(i)) for i in _shortlist(ranked, asked, filled)]
    resting = [(one, None, None) for one in known if one.unit.off_shift is not None]
    shown += resting[: max(0, SHORTLIST - len(shown))]
    role_of = {one.unit.id: fills or _first_of(asked, one.unit) for one, fills, _ in shown}
    roles = set(role_of.values())
    prices = _prices(coverage, ranked, busy, roles)
    going = [one for one in ranked if not one.cut_off]
    rivals = {role: [one for one in going if not role or role in one.unit.capabilities] for role in roles}
    busy_at = {role: [unit for unit in busy if not role or role in unit.capabilities] for role in roles}
    ways = travels([one for one, _, _ in shown])
    late = longer(
        [one.unit for one, _, _ in shown if not one.cut_off],
        {one.unit.id: one.seconds - one.turnout.seconds for one, _, _ in shown}, location, network,
    )  # fmt: skip
    candidates = []
    for rank, (one, fills, edges) in enumerate(shown, 1):
        travel, role = ways[one.unit.id], role_of[one.unit.id]
        stale = now - one.unit.fix_at > stale_after
        reason = words.chosen_for(fills) if fills else words.Said("", "")
        if one.unit.centre:
            reason += words.must_be_asked(one.unit.centre)
        if one.unit.off_shift is not None:
            reason += one.unit.off_shift + words.could_come(one.seconds, travel.metres, one.turnout)
        elif one.cut_off:
            reason += words.CUT_OFF + hindrances(network, one.unit, location)
        else:
            reason += _comparison(one, travel.metres, rivals[role], busy_at[role], away)
            if one.seconds > SUGGEST_WITHIN_S:
                reason += hindrances(network, one.unit, location)
        price = prices.get(role, {}).get(one.unit.id)
        if price and not one.cut_off:
            reason += _priced(one, role, price, rivals[role], prices[role])
        if one.unit.id in late:
            reason += words.longer_way(late[one.unit.id])
        reason += _cautions(one, travel, now, stale)
        if edges is not None:
            reason += edges
        candidates.append(
            Candidate(
                unit=one.unit.id,
                agency=one.unit.agency,
                rank=rank,
                seconds=round(one.seconds, 1),
                metres=round(travel.metres, 1),
                mode=travel.mode,
                turnout_s=one.turnout.seconds,
                reason_id=reason.id,
                reason_en=reason.en,
                lat=one.unit.lat,
                lon=one.unit.lon,
                fix_at=one.unit.fix_at,
                stale=stale,
                doubt=one.unit.doubt,
                suggested=fills is not None,
                uncertain=edges is not None,
                coverage_loss=round(price.overall, 4) if price else 0.0,
                uncovers=price.area if price and price.of_area >= _TELLS else "",
                uncovers_share=round(price.of_area, 4) if price else 0.0,
            )
        )
    estimated = all(one.estimated and not one.cut_off for one in ranked)
    method = "straight line x 1.4 at 30 km/h" if ranked and estimated else "travel time, roads and boats"
    method += f"; {len(ranked)} units ranked"
    closed = len(network.closed | network.closed_to_cars)
    told = conditions(network)
    method += f"; {', '.join(told)}" if told else ""
    method += f"; {closed} pieces of street closed" if closed else ""
    method += "" if fresh_coverage else "; coverage before that"
    short = [_why_short(capability, able, ranked) for capability in shortfall]
    return Recommendation(
        candidates=tuple(candidates),
        shortfall=tuple(f"{count} × {capability}" for capability, count in shortfall.items()),
        method=method,
        asked=asked,
        missing_id=tuple(said.id for said in short),
        missing_en=tuple(said.en for said in short),
    )


def left_to_fill(
    needs: Sequence[tuple[str, int]], there: Sequence[tuple[str, ...]]
) -> tuple[tuple[str, int], ...]:
    """What units of these capabilities do not fill, when each fills the one need that leaves least open."""
    slots = [capability for capability, count in needs for _ in range(count)]
    filled = np.zeros((len(slots), len(there)))
    for row, capability in enumerate(slots):
        filled[row] = [capability in able for able in there]
    done = [slots[row] for row, column in zip(*linear_sum_assignment(-filled), strict=True) if filled[row, column]]
    left = {capability: count - done.count(capability) for capability, count in needs}
    return tuple((capability, count) for capability, count in left.items() if count > 0)


def _needs(incident_type: IncidentType | None, asked: Iterable[str | tuple[str, int]] | None):
    if asked is None:
        return tuple(incident_type.needs) if incident_type else ()
    return tuple((need, 1) if isinstance(need, str) else (need[0], int(need[1])) for need in asked)


def _first_of(asked: Sequence[tuple[str, int]], unit: UnitNow) -> str:
    """The first of the needs that a unit could fill, "" where nothing is needed."""
    return next((capability for capability, _ in asked if capability in unit.capabilities), "")


def _distances(units: Sequence[UnitNow], location: Location) -> dict[str, float]:
    """Metres on the map, by unit; good enough to say which is nearer."""
    at = np.array([(unit.lat, unit.lon) for unit in units]).reshape(-1, 2) - (location.lat, location.lon)
    at[:, 1] *= math.cos(math.radians(location.lat))
    metres = np.hypot(at[:, 0], at[:, 1]) * math.pi / 180 * EARTH_RADIUS_M
    return dict(zip((unit.id for unit in units), metres.tolist(), strict=True))


def _weight(one: Arrival, aid_sooner: float) -> float:
    """What choosing a unit costs, in seconds: a neighbour's is asked for only when it is so much sooner."""
    return one.seconds + (aid_sooner if one.unit.centre else 0.0)


def _match(
    ranked: Sequence[Arrival], asked: Sequence[tuple[str, int]], aid_sooner: float
) -> tuple[dict[int, str], dict[str, int]]:
    """Which ranked unit fills which need, and how many units of what are missing."""
    slots = [capability for capability, count in asked for _ in range(count)]
    missing = list(slots)
    filled: dict[int, str] = {}
    near = [i for i, one in enumerate(ranked) if one.seconds <= SUGGEST_WITHIN_S and not one.cut_off]
    if slots and near:
        cost = np.full((len(slots), len(near)), _IMPOSSIBLE)
        for column, i in enumerate(near):
            for row, capability in enumerate(slots):
                if capability in ranked[i].unit.capabilities:
                    cost[row, column] = _weight(ranked[i], aid_sooner)
        for row, column in zip(*linear_sum_assignment(cost), strict=True):
            if cost[row, column] < _IMPOSSIBLE:
                filled[near[column]] = slots[row]
                missing.remove(slots[row])
    return filled, {capability: missing.count(capability) for capability in dict.fromkeys(missing)}


def _shortlist(
    ranked: Sequence[Arrival], asked: Sequence[tuple[str, int]], filled: dict[int, str]
) -> list[int]:
    """The suggested units, and the next ones for each need in turn, so that each has a second choice."""
    shown = set(filled)
    able = [[i for i, one in enumerate(ranked) if word in one.unit.capabilities] for word, _ in asked]
    queues = [iter(queue) for queue in able or [list(range(len(ranked)))]]
    while queues and len(shown) < SHORTLIST:
        for queue in list(queues):
            following = next((i for i in queue if i not in shown), None)
            if following is None:
                queues.remove(queue)
            elif len(shown) < SHORTLIST:
                shown.add(following)
    return sorted(shown)


def _comparison(
    one: Arrival, metres: float, rivals: list[Arrival], busy: list[UnitNow], away: dict[str, float]
) -> words.Said:
    """Why the unit stands where it stands among those that can do the same."""
    best = rivals[0]
    if one is not best:
        gap = max(0.0, one.seconds - best.seconds)
        return words.later(one.seconds, metres, gap, best.unit.id, one.turnout)
    said = words.quickest(one.seconds, metres, one.turnout)
    nearer = min(rivals, key=lambda other: (away[other.unit.id], other.unit.id))
    if away[nearer.unit.id] < away[one.unit.id] and nearer.seconds > one.seconds + 1:
        said += words.not_in_line(nearer.unit.id, nearer.seconds - one.seconds)
    if busy and away[busy[0].id] < away[one.unit.id]:
        said += words.not_free(busy[0].id, busy[0].why_not)
    return said


def ready(unit: UnitNow) -> Ready:
    """The unit as coverage sees it."""
    where = {"lat": unit.lat, "lon": unit.lon, "turnout_s": turnout_of(unit).seconds}
    return Ready(id=unit.id, capabilities=unit.capabilities, profile=profile_of(unit), **where)


def _prices(
    coverage: Coverage | None, ranked: Sequence[Arrival], busy: Sequence[UnitNow], roles: set[str]
) -> dict[str, dict[str, Price]]:
    """capability -> unit -> what sending it leaves uncovered of that capability."""
    if coverage is None or not roles - {""}:
        return {}
    idle = [ready(one.unit) for one in ranked if not one.unit.centre]
    busy = [unit for unit in busy if not unit.centre]
    reach = coverage.reach(idle)
    found = {}
    for role in roles - {""}:
        out = sum(unit.status != "off_duty" for unit in busy if role in unit.capabilities)
        free = sum(role in unit.capabilities for unit in idle)
        found[role] = coverage.prices(idle, reach, role, busy_fraction(out, out + free))
    return found


def _priced(
    one: Arrival, role: str, price: Price, rivals: list[Arrival], prices: dict[str, Price]
) -> words.Said:
    """What sending it leaves uncovered, and what a unit that leaves less so would take longer."""
    if price.of_area < _TELLS:
        return words.Said("", "")
    ours = [other for other in rivals if other.unit.id in prices]
    sooner = [other for other in ours if 0 < other.seconds - one.seconds <= _COMPARABLE_S]
    cheaper = next((other for other in sooner if prices[other.unit.id].overall < price.overall / 2), None)
    if one is rivals[0] and cheaper is not None:
        return words.sooner_but(cheaper.seconds - one.seconds, cheaper.unit.id, price.area, price.of_area, role)
    return words.uncovers(price.area, price.of_area, role)


def _why_short(capability: str, able: Sequence[UnitNow], ranked: Sequence[Arrival]) -> words.Said:
    """Where the units are that could fill what is missing."""
    all_of = [unit for unit in able if capability in unit.capabilities]
    mine = [one for one in ranked if capability in one.unit.capabilities]
    cut_off = sum(one.cut_off for one in mine)
    far = sum(one.seconds > SUGGEST_WITHIN_S and not one.cut_off for one in mine)
    away = sum(unit.off_shift is not None or (not unit.available and unit.status == "off_duty") for unit in all_of)
    busy = sum(not unit.available and unit.status != "off_duty" for unit in all_of)
    return words.shortage(capability, len(all_of), busy, away, far, cut_off)


def _cautions(one: Arrival, travel: Travel, now: float, stale: bool) -> words.Said:
    said = words.Said("", "")
    if one.seconds > SUGGEST_WITHIN_S and not one.cut_off:
        said += words.TOO_FAR
    if travel.off_m >= _OFF_ROAD_M and travel.mode != "straight-line":
        said += words.off_road(travel.off_m)
    if travel.mode == "road+boat":
        said += words.FERRY
    if travel.mode == "boat":
        said += words.OWN_BOAT
    if travel.mode == "straight-line":
        said += words.ESTIMATE
    if one.unit.doubt:
        said += words.DOUBTFUL[one.unit.doubt]
    if stale:
        said += words.stale_fix(now - one.unit.fix_at if one.unit.fix_at > 0 else None)
    return said
