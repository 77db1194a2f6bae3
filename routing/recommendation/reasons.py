"""Why a unit stands where it stands in a ranking, why a need stays open, and how the ranking was made, as codes. Pure.

Each Text is a sentence of its own. Seconds and metres are whole, shares are whole percents: what is shown is what was
compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from routing.recommendation.arrivals import Arrival, AtEdge
from routing.recommendation.coverage import MoveUp
from routing.recommendation.hindrances import conditions, hindrances
from routing.recommendation.ranking import SUGGEST_WITHIN_S, Ranked, Shown
from routing.recommendation.units import Turnout, UnitNow
from routing.text import Param, Text, text

TELLS = 0.01
"""Of an area's coverage: less is not told."""
_COMPARABLE_S = 300.0
"""A unit that comes so much later is no alternative."""
_OFF_ROAD_M = 50.0
"""So much of a way off the road is told: more than the width of a large yard."""
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SIDES = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


def capability(word: str) -> Text:
    """What a capability of units.csv is called; a city's own word stands for itself."""
    return text(f"capability.{word}")


def off_shift(until: datetime, now: datetime) -> Text:
    """Until when a crew is not on duty; both in local time."""
    clock = f"{until:%H:%M}"
    if until - now < timedelta(days=1):
        return text("reason.off-shift", until=clock)
    return text("reason.off-shift-till-day", day=text(f"weekday.{_DAYS[until.weekday()]}"), until=clock)


def advice(move: MoveUp, word: str) -> Text:
    """Which area is bare of a capability, and who should stand by where."""
    return text(
        "advice.move-up", area=move.area, covered=_percent(move.now), capability=capability(word), unit=move.unit,
        base=move.base, then=_percent(move.then),
    )  # fmt: skip


def reasons(one: Shown, ranked: Ranked, now: float, stale: bool) -> tuple[Text, ...]:
    """`stale`: the unit's position is an old one."""
    return (
        *_role(one),
        *_place(one, ranked),
        *_price(one, ranked),
        *_way(one),
        *_position(one.unit, now, stale),
        *(_edge(edge) for edge in one.at_edge),
    )


def why_missing(ranked: Ranked, word: str) -> Text:
    """Where the units are that could fill what is missing."""
    all_of = [unit for unit in ranked.able if word in unit.capabilities]
    if not all_of:
        return text("missing.no-others", capability=capability(word))
    free = [one for one in ranked.arrived if word in one.unit.capabilities]
    counts = {
        "missing.busy": sum(not unit.available and unit.status != "off_duty" for unit in all_of),
        "missing.off-duty": sum(_off_duty(unit) for unit in all_of),
        "missing.too-far": sum(one.seconds > SUGGEST_WITHIN_S and not one.cut_off for one in free),
        "missing.cut-off": sum(one.cut_off for one in free),
    }
    counts["missing.suggested"] = len(all_of) - sum(counts.values())
    where = tuple(text(code, count=count) for code, count in counts.items() if count > 0)
    return text("missing.where", capability=capability(word), count=len(all_of), where=where)


def _off_duty(unit: UnitNow) -> bool:
    return unit.off_shift is not None if unit.available else unit.status == "off_duty"


def method(ranked: Ranked, fresh_coverage: bool) -> tuple[Text, ...]:
    """By what, among how many, under which conditions; not `fresh_coverage`: coverage is that before the closures."""
    arrived, network = ranked.arrived, ranked.network
    estimated = bool(arrived) and all(one.estimated and not one.cut_off for one in arrived)
    said = [text("method.straight-line" if estimated else "method.roads"), text("method.ranked", count=len(arrived))]
    if told := conditions(network):
        said.append(text("method.conditions", conditions=tuple(text(f"conditions.{word}") for word in told)))
    if closed := len(network.closed | network.closed_to_cars):
        said.append(text("method.closed", count=closed))
    if not fresh_coverage:
        said.append(text("method.old-coverage"))
    return tuple(said)


# -- a candidate, in the order in which it is said
def _role(one: Shown) -> Iterator[Text]:
    if one.fills:
        yield text("reason.suggested", capability=capability(one.fills))
    if one.unit.centre:
        yield text("reason.must-be-asked", centre=one.unit.centre)


def _place(one: Shown, ranked: Ranked) -> Iterator[Text]:
    if one.unit.off_shift is not None:
        yield one.unit.off_shift
        yield text("reason.could-come", travel=_travel(one))
    elif one.arrival.cut_off:
        yield text("reason.cut-off")
        yield from hindrances(ranked.network, one.unit, ranked.location)
    else:
        yield from _comparison(one, ranked)
        if one.arrival.seconds > SUGGEST_WITHIN_S:
            yield from hindrances(ranked.network, one.unit, ranked.location)


def _comparison(one: Shown, ranked: Ranked) -> Iterator[Text]:
    """Why the unit stands where it stands among those that can do the same."""
    here, away, rivals, busy = one.arrival, ranked.away, ranked.rivals[one.role], ranked.busy[one.role]
    best = rivals[0]
    if here is not best:
        yield _later(one, best)
        return
    yield text("reason.quickest", travel=_travel(one, always=True))
    nearer = min(rivals, key=lambda other: (away[other.unit.id], other.unit.id))
    if away[nearer.unit.id] < away[one.unit.id] and nearer.seconds > here.seconds + 1:
        yield text("reason.slower-by-road", unit=nearer.unit.id, gap=round(nearer.seconds - here.seconds))
    if busy and away[busy[0].id] < away[one.unit.id]:
        yield _not_free(busy[0])


def _later(one: Shown, best: Arrival) -> Text:
    gap = round(max(0.0, one.arrival.seconds - best.seconds))
    if not gap:
        return text("reason.as-quick", unit=best.unit.id, travel=_travel(one))
    return text("reason.later", gap=gap, unit=best.unit.id, travel=_travel(one))


def _not_free(other: UnitNow) -> Text:
    if other.why_not is None:
        return text("reason.not-free", unit=other.id)
    return text("reason.not-free-why", unit=other.id, why=other.why_not)


def _travel(one: Shown, always: bool = False) -> Text:
    """The time and the way; the turn-out where it is not the usual one, or `always`."""
    turnout: Turnout = one.arrival.turnout
    known = {"seconds": round(one.arrival.seconds), "metres": round(one.travel.metres)}
    if turnout.how == "station" and not always:
        return text("travel.plain", **known)
    return text(f"travel.{turnout.how}", **known, turnout=round(turnout.seconds))


def _price(one: Shown, ranked: Ranked) -> Iterator[Text]:
    """What sending it leaves uncovered, and what a unit that leaves less so would take longer."""
    price, here = one.price, one.arrival
    if price is None or here.cut_off or price.of_area < TELLS:
        return
    rivals, prices = ranked.rivals[one.role], ranked.prices[one.role]
    lost: dict[str, Param] = {"area": price.area, "share": _percent(price.of_area), "capability": capability(one.role)}
    ours = [other for other in rivals if other.unit.id in prices]
    sooner = [other for other in ours if 0 < other.seconds - here.seconds <= _COMPARABLE_S]
    cheaper = next((other for other in sooner if prices[other.unit.id].overall < price.overall / 2), None)
    if here is rivals[0] and cheaper is not None:
        gap = round(cheaper.seconds - here.seconds)
        yield text("reason.sooner-but-uncovers", gap=gap, unit=cheaper.unit.id, **lost)
    else:
        yield text("reason.uncovers", **lost)


def _way(one: Shown) -> Iterator[Text]:
    if one.later_s:
        yield text("reason.longer-way", gap=round(one.later_s))
    if one.arrival.seconds > SUGGEST_WITHIN_S and not one.arrival.cut_off:
        yield text("reason.too-far")
    mode, off = one.travel.mode, one.travel.off_m
    if off >= _OFF_ROAD_M and mode != "straight-line":
        yield text("reason.off-road", metres=round(off))
    if mode in ("road+boat", "boat", "straight-line"):
        yield text({"road+boat": "reason.ferry", "boat": "reason.own-boat"}.get(mode, "reason.estimate"))


def _position(unit: UnitNow, now: float, stale: bool) -> Iterator[Text]:
    if unit.doubt:
        yield text(f"reason.doubt-{unit.doubt}")
    if stale and unit.fix_at > 0:
        yield text("reason.last-seen", age=round(now - unit.fix_at))
    elif stale:
        yield text("reason.no-gps")


def _edge(edge: AtEdge) -> Text:
    """Where at the edge of the caller's area another unit would be first, or this one."""
    who = {"unit": edge.rival} if edge.rival else {}
    if not edge.bearings:
        return text("reason.every-edge-other" if who else "reason.every-edge", **who)
    sides = [text(f"side.{_SIDES[round(bearing / 45) % 8]}") for bearing in edge.bearings]
    return text("reason.edge-other" if who else "reason.edge", sides=_together(sides), **who)


def _together(parts: Sequence[Text]) -> Text:
    """A list with "and" before its last one."""
    return text("series.and", most=tuple(parts[:-1]), last=parts[-1]) if len(parts) > 1 else parts[0]


def _percent(share: float) -> int:
    return round(share * 100)
