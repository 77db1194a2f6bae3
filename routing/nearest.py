"""Who should go: all units ranked by when they can be there, and the quickest set that fills the needs.

Every unit that can do something of what is needed is ranked by turn-out plus travel time before any shortlist
is made: a shortlist by straight line would lose the right unit behind water or a one-way street. Then units
are matched to needs so that as many needs as possible are filled and the sum of the times is least; a unit
fills one need. Where the caller's position is an area, the ranking is repeated at its edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from scipy.optimize import linear_sum_assignment

from routing import words
from routing.city import IncidentType
from routing.coverage import Coverage, Price, Ready, busy_fraction
from routing.graph import PROFILES
from routing.location import Location, distance_m, outline
from routing.roads import Network, Travel

SHORTLIST = 12
SUGGEST_WITHIN_S = 3600.0
# Seconds from the call to wheels rolling, by kind of unit; a city measures its own and passes `turnout_s`.
TURNOUT_S = {"motorcycle": 20.0, "car": 20.0, "van": 45.0, "ambulance": 60.0, "engine": 75.0, "boat": 180.0}
_OTHER_TURNOUT_S = 60.0
AID_SOONER_S = 300.0
_EDGE_POINTS = 4
_EDGE_FROM_M = 30.0
_OFF_ROAD_M = 50.0
_IMPOSSIBLE = 1e9
# Of an area's coverage: less is not told.
_TELLS = 0.01
# A unit that comes so much later is no alternative.
_COMPARABLE_S = 300.0


class UnitNow(msgspec.Struct, frozen=True, kw_only=True):
    """A unit at this moment; `lat`, `lon` in degrees, `fix_at` epoch seconds (0: its station).

    `profile` is one of PROFILES, or "road", from which the kind tells which. `why_not` says why it is not
    `available`. `turnout_s` replaces the seconds usual for its kind. `centre`: what the neighbouring centre is called
    whose unit it is, "" for ours.
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
    turnout_s: float | None = None
    centre: str = ""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One ranked unit: `seconds` is turn-out plus travel, `metres` the way; `suggested` when it is chosen to
    fill a need; `uncertain` when the choice differs at the edge of where the caller may be.

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


class _Ranked(msgspec.Struct, frozen=True):
    unit: UnitNow
    estimated: bool
    turnout: float
    seconds: float
    # Turn-out plus travel to each point at the edge of the caller's area.
    at_edge: np.ndarray


def profile_of(unit: UnitNow) -> str:
    """The network profile by which a unit travels."""
    if unit.profile in PROFILES:
        return unit.profile
    return unit.kind if unit.kind in ("motorcycle", "engine", "boat") else "car"


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
) -> Recommendation:
    """Ranks `units` for an incident; `asked_capabilities` replaces the needs of the incident type; with `coverage` each
    candidate says what sending it leaves uncovered. A neighbour's unit is suggested where none of ours can go, or it is
    there `aid_sooner` seconds before ours.

    Without any need every unit is ranked and none is suggested.
    """
    asked = _needs(incident_type, asked_capabilities)
    wanted = {capability for capability, _ in asked}
    able = [unit for unit in units if not asked or wanted.intersection(unit.capabilities)]
    ranked = _rank([unit for unit in able if unit.available], location, network)
    filled, shortfall = _match(ranked, asked, aid_sooner)
    unsure = _unsure(ranked, asked, aid_sooner)
    away = {unit.id: distance_m(unit.lat, unit.lon, location.lat, location.lon) for unit in able}
    busy = sorted((unit for unit in able if not unit.available), key=lambda unit: (away[unit.id], unit.id))
    shown = _shortlist(ranked, asked, filled)
    roles = {i: filled.get(i) or next((c for c, _ in asked if c in ranked[i].unit.capabilities), "") for i in shown}
    prices = _prices(coverage, ranked, busy, set(roles.values()))
    candidates = []
    travels = _travels([ranked[i].unit for i in shown], location, network)
    for rank, i in enumerate(shown, 1):
        one, travel, role = ranked[i], travels[ranked[i].unit.id], roles[i]
        stale = now - one.unit.fix_at > stale_after
        rivals = [other for other in ranked if not role or role in other.unit.capabilities]
        reason = words.chosen_for(role) if i in filled else words.Said("", "")
        if one.unit.centre:
            reason += words.must_be_asked(one.unit.centre)
        able_but_busy = [unit for unit in busy if not role or role in unit.capabilities]
        reason += _comparison(one, travel.metres, rivals, able_but_busy, away)
        price = prices.get(role, {}).get(one.unit.id)
        if price:
            reason += _priced(one, role, price, rivals, prices[role])
        reason += _cautions(one, travel, now, stale, i in unsure)
        candidates.append(
            Candidate(
                unit=one.unit.id,
                agency=one.unit.agency,
                rank=rank,
                seconds=round(one.seconds, 1),
                metres=round(travel.metres, 1),
                mode=travel.mode,
                turnout_s=one.turnout,
                reason_id=reason.id,
                reason_en=reason.en,
                lat=one.unit.lat,
                lon=one.unit.lon,
                fix_at=one.unit.fix_at,
                stale=stale,
                suggested=i in filled,
                uncertain=i in unsure,
                coverage_loss=round(price.overall, 4) if price else 0.0,
                uncovers=price.area if price and price.of_area >= _TELLS else "",
                uncovers_share=round(price.of_area, 4) if price else 0.0,
            )
        )
    estimated = all(one.estimated for one in ranked)
    method = "straight line x 1.4 at 30 km/h" if ranked and estimated else "travel time, roads and boats"
    method += f"; {len(ranked)} units ranked"
    if network.closed:
        method += f"; {len(network.closed)} pieces of street closed"
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


def _by_profile(units: Sequence[UnitNow]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for i, unit in enumerate(units):
        groups.setdefault(profile_of(unit), []).append(i)
    return groups


def _rank(units: list[UnitNow], location: Location, network: Network) -> list[_Ranked]:
    """All `units`, the quickest first; estimates come after what the network knows, equals by their id."""
    edge = outline(location, _EDGE_POINTS) if location.ring or location.radius >= _EDGE_FROM_M else []
    found = []
    for profile, members in _by_profile(units).items():
        origins = [(units[i].lat, units[i].lon) for i in members]
        placed = network.place(origins, profile)
        there, estimated = network.times_from(placed, origins, (location.lat, location.lon), profile)
        times = np.array([network.seconds_from(placed, origins, point, profile) for point in edge])
        times = times.reshape(len(edge), len(members))
        for column, (i, seconds) in enumerate(zip(members, there.tolist(), strict=True)):
            ready = _turnout(units[i])
            at_edge = times[:, column] + ready
            found.append(_Ranked(units[i], bool(estimated[column]), ready, seconds + ready, at_edge))
    return sorted(found, key=lambda one: (one.estimated, one.seconds, one.unit.id))


def _travels(units: list[UnitNow], location: Location, network: Network) -> dict[str, Travel]:
    """The whole ways of the few units that are shown, by unit."""
    found = {}
    for profile, members in _by_profile(units).items():
        origins = [(units[i].lat, units[i].lon) for i in members]
        travels = network.travel_times(origins, (location.lat, location.lon), profile)
        found |= {units[i].id: travel for i, travel in zip(members, travels, strict=True)}
    return found


def _turnout(unit: UnitNow) -> float:
    return TURNOUT_S.get(unit.kind, _OTHER_TURNOUT_S) if unit.turnout_s is None else unit.turnout_s


def _weight(one: _Ranked, aid_sooner: float) -> float:
    """What choosing a unit costs, in seconds: a neighbour's is asked for only when it is so much sooner."""
    return one.seconds + (aid_sooner if one.unit.centre else 0.0)


def _match(
    ranked: Sequence[_Ranked], asked: Sequence[tuple[str, int]], aid_sooner: float
) -> tuple[dict[int, str], dict[str, int]]:
    """Which ranked unit fills which need, and how many units of what are missing."""
    slots = [capability for capability, count in asked for _ in range(count)]
    missing = list(slots)
    filled: dict[int, str] = {}
    near = [i for i, one in enumerate(ranked) if one.seconds <= SUGGEST_WITHIN_S]
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
    ranked: Sequence[_Ranked], asked: Sequence[tuple[str, int]], filled: dict[int, str]
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


def _unsure(ranked: Sequence[_Ranked], asked: Sequence[tuple[str, int]], aid_sooner: float) -> set[int]:
    """Units that belong to the quickest for a need at some edge of the caller's area, but not everywhere."""
    unsure: set[int] = set()
    for capability, count in asked:
        able = np.array([i for i, one in enumerate(ranked) if capability in one.unit.capabilities], dtype=int)
        if len(able) <= count:
            continue
        times = np.array([[ranked[i].seconds, *ranked[i].at_edge] for i in able])
        times += np.array([[aid_sooner if ranked[i].unit.centre else 0.0] for i in able])
        chosen = [set(able[np.argsort(place, kind="stable")[:count]].tolist()) for place in times.T]
        unsure |= set.union(*chosen) - set.intersection(*chosen)
    return unsure


def _comparison(
    one: _Ranked, metres: float, rivals: list[_Ranked], busy: list[UnitNow], away: dict[str, float]
) -> words.Said:
    """Why the unit stands where it stands among those that can do the same."""
    best = rivals[0]
    if one is not best:
        return words.later(one.seconds, metres, max(0.0, one.seconds - best.seconds), best.unit.id)
    said = words.quickest(one.seconds, metres, one.turnout)
    nearer = min(rivals, key=lambda other: (away[other.unit.id], other.unit.id))
    if away[nearer.unit.id] < away[one.unit.id] and nearer.seconds > one.seconds + 1:
        said += words.not_in_line(nearer.unit.id, nearer.seconds - one.seconds)
    if busy and away[busy[0].id] < away[one.unit.id]:
        said += words.not_free(busy[0].id, busy[0].why_not)
    return said


def ready(unit: UnitNow) -> Ready:
    """The unit as coverage sees it."""
    where = {"lat": unit.lat, "lon": unit.lon, "turnout_s": _turnout(unit)}
    return Ready(id=unit.id, capabilities=unit.capabilities, profile=profile_of(unit), **where)


def _prices(
    coverage: Coverage | None, ranked: Sequence[_Ranked], busy: Sequence[UnitNow], roles: set[str]
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
    one: _Ranked, role: str, price: Price, rivals: list[_Ranked], prices: dict[str, Price]
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


def _why_short(capability: str, able: Sequence[UnitNow], ranked: Sequence[_Ranked]) -> words.Said:
    """Where the units are that could fill what is missing."""
    all_of = [unit for unit in able if capability in unit.capabilities]
    far = sum(one.seconds > SUGGEST_WITHIN_S for one in ranked if capability in one.unit.capabilities)
    away = sum(not unit.available and unit.status == "off_duty" for unit in all_of)
    busy = sum(not unit.available for unit in all_of) - away
    return words.shortage(capability, len(all_of), busy, away, far)


def _cautions(one: _Ranked, travel: Travel, now: float, stale: bool, unsure: bool) -> words.Said:
    said = words.Said("", "")
    if one.seconds > SUGGEST_WITHIN_S:
        said += words.TOO_FAR
    if travel.off_m >= _OFF_ROAD_M and travel.mode != "straight-line":
        said += words.off_road(travel.off_m)
    if travel.mode == "road+boat":
        said += words.FERRY
    if travel.mode == "boat":
        said += words.OWN_BOAT
    if travel.mode == "straight-line":
        said += words.ESTIMATE
    if stale:
        said += words.stale_fix(now - one.unit.fix_at if one.unit.fix_at > 0 else None)
    if unsure:
        said += words.UNCERTAIN
    return said
