"""Three ways of choosing units for an incident, to be compared with one another.

    closest    the least straight line; a boat only where nothing on wheels is free
    road       the quickest by the network, turn-out included, as the ranking suggests
    coverage   of the units that are in time as surely as the quickest, the one whose going takes least from expected
               coverage

`coverage` is DMEXCLP dispatching (Jagtenberg, Bhulai, van der Mei 2017) with two things added. There a unit is in time
or it is not; here driving times are uncertain, and no caller is given a unit whose chance of being late is more than 2
in 100 above the quickest's. And a unit that comes five minutes later than the quickest is no alternative to it: theirs
counts how many are late, not how late.

All of them fill as many needs as they can, each unit one of them, at the least sum of what the policy counts. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.special import ndtr

from routing.location import distance_m
from routing.recommendation.coverage import Coverage, IdleUnit, busy_fraction

_IMPOSSIBLE = 1e9
_BOAT_LAST_M = 1e6
# A unit that comes so much later, or is late so much more likely, than the quickest is no alternative to it.
_COMPARABLE_S, _RISK = 300.0, 0.02
_LEAST_SPREAD_S = 5.0
# Beside coverage, 0 to 1: no loss makes one that is no alternative better, and a second decides only between equals.
_WORSE, _SECOND = 10.0, 1e-7


class Free(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that could go: `turnout_s` until it rolls, `seconds` until it is there as far as anybody knows, infinite
    where it is not to go."""

    id: str
    capabilities: tuple[str, ...]
    profile: str
    lat: float
    lon: float
    turnout_s: float
    seconds: float


class UnitsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Where units are asked for, the capability of each, and how many seconds are left until they are late.
    `on_duty`: how many units there are for each capability, busy ones included; `recorded`: who went in fact."""

    lat: float
    lon: float
    needs: tuple[str, ...]
    recorded: tuple[str, ...]
    within_s: float
    on_duty: dict[str, int]


Policy = Callable[[UnitsWanted, Sequence[Free]], dict[int, str]]
"""Number of the need -> unit that goes; a need that is not in it has to wait."""


def closest(asked: UnitsWanted, free: Sequence[Free]) -> dict[int, str]:
    def metres(unit: Free) -> float:
        return distance_m(unit.lat, unit.lon, asked.lat, asked.lon) + _BOAT_LAST_M * (unit.profile == "boat")

    return _match(asked, free, [[metres(unit) for unit in free]] * len(asked.needs))


def road(asked: UnitsWanted, free: Sequence[Free]) -> dict[int, str]:
    return _match(asked, free, [[unit.seconds for unit in free]] * len(asked.needs))


def as_recorded(asked: UnitsWanted, free: Sequence[Free]) -> dict[int, str]:
    """Those who went in fact, where they are free; else the quickest. It shows how far the model is from the record."""
    costs = [[unit.seconds - 1e6 * (unit.id == went) for unit in free] for went in asked.recorded]
    return _match(asked, free, costs)


def sparing(coverage: Coverage, spread: float) -> Policy:
    """The policy `coverage`, by this coverage; `spread` as in `chance_late`."""

    def choose(asked: UnitsWanted, free: Sequence[Free]) -> dict[int, str]:
        idle = [IdleUnit(id=unit.id, capabilities=unit.capabilities, profile=unit.profile, lat=unit.lat, lon=unit.lon,
                      turnout_s=unit.turnout_s) for unit in free]  # fmt: skip
        reach, costs = coverage.reach(idle), []
        seconds = np.array([min(unit.seconds, _IMPOSSIBLE) for unit in free])
        late = chance_late(seconds, asked.within_s, spread)
        for need in asked.needs:
            able = _able(need, free)
            out = max(0, asked.on_duty.get(need, 0) - int(able.sum()))
            prices = coverage.prices(idle, reach, need, busy_fraction(out, out + int(able.sum())))
            loss = np.array([prices[unit.id].overall if unit.id in prices else 0.0 for unit in free])
            quickest = int(np.where(able, seconds, np.inf).argmin())
            spared = (seconds > seconds[quickest] + _COMPARABLE_S) | (late > late[quickest] + _RISK)
            costs.append(np.where(spared, _WORSE + seconds, loss) + _SECOND * seconds)
        return _match(asked, free, costs)

    return choose


def chance_late(seconds: np.ndarray, within_s: float, spread: float) -> np.ndarray:
    """How likely units expected in `seconds` take longer than `within_s`, when what they really take is about normal
    around it; `spread` is its standard deviation as a share of the time, such as 0.15."""
    return ndtr((seconds - within_s) / np.maximum(spread * seconds, _LEAST_SPREAD_S))


def _able(need: str, free: Sequence[Free]) -> np.ndarray:
    return np.array([need in unit.capabilities and unit.seconds < np.inf for unit in free])


def _match(asked: UnitsWanted, free: Sequence[Free], costs: Sequence[Sequence[float] | np.ndarray]) -> dict[int, str]:
    if not free or not asked.needs:
        return {}
    table = np.array(costs, dtype=float)
    able = np.array([_able(need, free) for need in asked.needs])
    table[~able] = _IMPOSSIBLE
    rows, columns = linear_sum_assignment(table)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return {row: free[column].id for row, column in pairs if able[row, column]}
