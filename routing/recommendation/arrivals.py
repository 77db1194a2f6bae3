"""When each unit can be there, turn-out and travel: at the caller's place and the edge of where the caller may be."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec
import numpy as np

from routing.location import Location, outline
from routing.network.approach import Approach
from routing.network.roads import Network
from routing.network.travel import Travel
from routing.recommendation.units import Turnout, UnitNow, profile_of, turnout_of

_EDGE_POINTS = 4
_EDGE_FROM_M = 30.0


class Arrival(msgspec.Struct, frozen=True):
    """`seconds` from now, turn-out and travel together; `at_edge` the same for each point of `edge_of`; `estimated`
    where no way is known, `cut_off` where there is none now but usually is one, whose seconds it then has. `row`: which
    of the origins of its `approach` it is."""

    unit: UnitNow
    turnout: Turnout
    seconds: float
    at_edge: np.ndarray
    approach: Approach
    row: int
    estimated: bool = False
    cut_off: bool = False


class AtEdge(msgspec.Struct, frozen=True):
    """At the edge of the caller's area on these sides (degrees from north; none: on all) another choice is the
    quickest: `rival`, or the unit itself where `rival` is ""."""

    rival: str
    bearings: tuple[float, ...] = ()


def edge_of(location: Location) -> list[tuple[float, float]]:
    """Some points at the edge of where the caller may be; none where the place is sure enough."""
    if location.ring or location.radius >= _EDGE_FROM_M:
        return outline(location, _EDGE_POINTS)
    return []


def arrivals(units: Sequence[UnitNow], location: Location, network: Network) -> list[Arrival]:
    """Of all `units`, the quickest first; estimates come after what the network knows, who is cut off last, equals by
    their id."""
    points = [(location.lat, location.lon), *edge_of(location)]
    found = []
    for profile, members in _by_profile(units).items():
        origins = [(units[i].lat, units[i].lon) for i in members]
        here, *at_edge = network.approaches(origins, points, profile)
        ready = [turnout_of(units[i]) for i in members]
        times = np.array([one.seconds for one in at_edge]).reshape(len(at_edge), len(members))
        times += np.array([one.seconds for one in ready])
        usual, cut_off = here, np.zeros(len(members), dtype=bool)
        if network is not network.usual and here.estimated.any():
            usual = network.usual.approaches(origins, points[:1], profile)[0]
            cut_off = here.estimated & ~usual.estimated
        seconds = np.where(cut_off, usual.seconds, here.seconds).tolist()
        for row, (i, turn, travel) in enumerate(zip(members, ready, seconds, strict=True)):
            cut = bool(cut_off[row])
            by = usual if cut else here
            found.append(
                Arrival(
                    units[i], turn, turn.seconds + travel, times[:, row], approach=by, row=row, cut_off=cut,
                    estimated=bool(here.estimated[row]),
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: (one.cut_off, one.estimated, one.seconds, one.unit.id))


def travels(arrived: Sequence[Arrival]) -> dict[str, Travel]:
    """The whole ways of a few units, by unit; `mode` "cut-off" where the way is only the usual one, not open now."""
    found = {}
    for approach in {id(one.approach): one.approach for one in arrived}.values():
        few = [one for one in arrived if one.approach is approach]
        for one, way in zip(few, approach.travels([one.row for one in few]), strict=True):
            found[one.unit.id] = msgspec.structs.replace(way, mode="cut-off") if one.cut_off else way
    return found


def _by_profile(units: Sequence[UnitNow]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for i, unit in enumerate(units):
        groups.setdefault(profile_of(unit), []).append(i)
    return groups


def unsure(
    ranked: Sequence[Arrival], asked: Sequence[tuple[str, int]], location: Location, aid_sooner: float
) -> dict[int, tuple[AtEdge, ...]]:
    """Of the ranked units that belong to the quickest for a need at some edge of the caller's area, but not everywhere:
    who comes first where. `aid_sooner`: what a neighbour's unit must be sooner by, in seconds."""
    sides = [_bearing(location, point) for point in edge_of(location)]
    first: dict[int, dict[int | None, set[float]]] = {}
    for capability, count in asked if sides else ():
        able = np.array([i for i, one in enumerate(ranked) if capability in one.unit.capabilities and not one.cut_off])
        if len(able) <= count:
            continue
        times = np.array([[ranked[i].seconds, *ranked[i].at_edge] for i in able])
        times += np.array([[aid_sooner if ranked[i].unit.centre else 0.0] for i in able])
        here, *there = (able[np.argsort(place, kind="stable")[:count]].tolist() for place in times.T)
        for side, chosen in zip(sides, there, strict=True):
            instead = [i for i in chosen if i not in here]
            for i in instead:
                first.setdefault(i, {}).setdefault(None, set()).add(side)
            for i in here:
                if i not in chosen:
                    first.setdefault(i, {}).setdefault(instead[0], set()).add(side)
    every = len(set(sides))
    return {
        i: tuple(
            AtEdge("" if rival is None else ranked[rival].unit.id, () if len(where) == every else tuple(sorted(where)))
            for rival, where in rivals.items()
        )
        for i, rivals in first.items()
    }


def _bearing(location: Location, point: tuple[float, float]) -> float:
    """Degrees from north in which an edge point lies, to the next eighth."""
    east = (point[1] - location.lon) * math.cos(math.radians(location.lat))
    return round(math.degrees(math.atan2(east, point[0] - location.lat)) / 45) % 8 * 45.0
