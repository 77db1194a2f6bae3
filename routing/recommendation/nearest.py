"""Who should go, and why: the ranking (numbers, ranking.py) with its reasons (codes, reasons.py). Pure."""

from __future__ import annotations

from collections.abc import Iterable

from routing.city.records import IncidentType
from routing.location import Location
from routing.network.roads import Network
from routing.recommendation.candidate import Candidate, Recommendation
from routing.recommendation.coverage import Coverage
from routing.recommendation.ranking import Needs, Ranked, Shown, rank
from routing.recommendation.reasons import TELLS, method, reasons, why_missing
from routing.recommendation.units import UnitNow

AID_SOONER_S = 300.0


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
    ranked = rank(units, location, _needs(incident_type, asked_capabilities), network, coverage, aid_sooner)
    return Recommendation(
        candidates=tuple(
            _candidate(number, one, ranked, now, stale_after) for number, one in enumerate(ranked.shown, 1)
        ),
        shortfall=tuple(ranked.short.items()),
        missing=tuple(why_missing(ranked, capability) for capability in ranked.short),
        method=method(ranked, fresh_coverage),
        asked=ranked.asked,
    )


def _needs(incident_type: IncidentType | None, asked: Iterable[str | tuple[str, int]] | None) -> Needs:
    if asked is None:
        return tuple(incident_type.needs) if incident_type else ()
    return tuple((need, 1) if isinstance(need, str) else (need[0], int(need[1])) for need in asked)


def _candidate(number: int, one: Shown, ranked: Ranked, now: float, stale_after: float) -> Candidate:
    unit, price = one.unit, one.price
    stale = now - unit.fix_at > stale_after
    return Candidate(
        unit=unit.id,
        agency=unit.agency,
        rank=number,
        seconds=round(one.arrival.seconds, 1),
        metres=round(one.travel.metres, 1),
        mode=one.travel.mode,
        turnout_s=one.arrival.turnout.seconds,
        reasons=reasons(one, ranked, now, stale),
        lat=unit.lat,
        lon=unit.lon,
        fix_at=unit.fix_at,
        stale=stale,
        doubt=unit.doubt,
        suggested=bool(one.fills),
        uncertain=bool(one.at_edge),
        coverage_loss=round(price.overall, 4) if price else 0.0,
        uncovers=price.area if price and price.of_area >= TELLS else "",
        uncovers_share=round(price.of_area, 4) if price else 0.0,
    )
