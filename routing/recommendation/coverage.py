"""What a city is left with: expected coverage, what sending a unit costs, and whom to move where it is bare.

Theory of operation. Demand is a list of weighted points. A unit covers a point when it could be there within the
target, turn-out included. Units may be busy when they are needed: with `q` the busy fraction, a point that `k` idle
units cover is served in time with probability 1 - q^k (MEXCLP: Daskin 1983), so taking away one of them loses
(1 - q) q^(k-1) of it. Moving a unit is worth what it adds where it goes, less what it takes from where it is (DMEXCLP:
Jagtenberg, Bhulai, van der Mei 2015).

Travel times to the points are worked out once, from anchors some 300 m apart; a unit counts as standing at the nearest
anchor, plus the way to it at 30 km/h. Pure.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from routing.city.demand import DemandPoint
from routing.location import DEGREE_M, distance_m
from routing.network.graph import Ends, Search
from routing.network.roads import Network
from routing.network.snapping import BESIDE_M
from routing.network.travel import straight_seconds

_GRID = 0.0027  # degrees, about 300 m
_MOST_ANCHORS = 2000
_MOST_KNOWN = 20_000
_TO_ANCHOR = 30 / 3.6  # m/s
# A city that has seen nothing yet: three in ten are busy, as if ten more units had told so.
_USUAL_BUSY, _AS_SURE_AS = 0.3, 10.0
_BARE_SHARE, _PLANNED_AT_LEAST = 0.5, 0.3
_WORTH_MOVING = 0.02
_THERE_M = 400.0
# With more new closures than that all is worked out anew.
_FEW_CLOSED = 500


class IdleUnit(msgspec.Struct, frozen=True, kw_only=True):
    """An idle unit; `profile` as the network knows it, `turnout_s` seconds."""

    id: str
    capabilities: tuple[str, ...]
    profile: str
    lat: float
    lon: float
    turnout_s: float


class Price(msgspec.Struct, frozen=True):
    """What sending a unit takes from expected coverage, 0 to 1: of all demand, and of the `area` that loses most."""

    overall: float
    area: str
    of_area: float


class MoveUp(msgspec.Struct, frozen=True, kw_only=True):
    """Standing by at `base` this unit brings `area` from `now` to `then` of expected coverage, 0 to 1; `gain` is
    that of all demand."""

    unit: str
    base: str
    area: str
    now: float
    then: float
    gain: float


def busy_fraction(busy: int, on_duty: int) -> float:
    """How likely a unit is busy, from how many are now; a small fleet does not make it none or all."""
    return (busy + _USUAL_BUSY * _AS_SURE_AS) / (on_duty + _AS_SURE_AS)


class _Times(msgspec.Struct, frozen=True):
    """Of one profile: the anchors on the network, a search for each demand point, and the seconds between them."""

    placed: Ends | None
    searches: list[Search | None]
    seconds: np.ndarray


class Coverage:
    """Who covers what of `demand` within `within_s` seconds, on one network.

    `bases`: places where units may stand by, as (name, lat, lon).
    """

    def __init__(
        self,
        network: Network,
        demand: Sequence[DemandPoint],
        within_s: float,
        bases: Sequence[tuple[str, float, float]] = (),
    ) -> None:
        self.demand, self.bases, self._within = tuple(demand), tuple(bases), within_s
        self._network = network
        self._weight = np.array([one.weight for one in demand])
        self.areas = tuple(dict.fromkeys(one.area for one in demand))
        self._in_area = np.array([[one.area == area for area in self.areas] for one in demand], float)
        self._area_weight = self._weight @ self._in_area if demand else np.zeros(0)
        fixed = [(lat, lon) for _, lat, lon in bases] + [(one.lat, one.lon) for one in demand]
        self._anchors = np.array(_anchors(fixed, network)).reshape(-1, 2)
        self._points = [(one.lat, one.lon) for one in demand]
        self._shape = (len(self._anchors), len(self._points))
        self._times: dict[str, _Times] = {}
        self._guessed: dict[str, np.ndarray] = {}
        self._known: dict[tuple[float, float, str, float], np.ndarray] = {}

    def reach(self, units: Sequence[IdleUnit]) -> np.ndarray:
        """Of each unit (row) whether it covers each demand point (column)."""
        if not self.demand or not units:
            return np.zeros((len(units), len(self.demand)), bool)
        # Most units stand where they stood when it was asked the last time.
        keys = [(unit.lat, unit.lon, unit.profile, unit.turnout_s) for unit in units]
        unknown = [number for number, key in enumerate(keys) if key not in self._known]
        if unknown:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
                unknown = list(range(len(keys)))
            rows = self._reached([units[number] for number in unknown])
            self._known.update(zip([keys[number] for number in unknown], rows, strict=True))
        return np.array([self._known[key] for key in keys])

    def _reached(self, units: Sequence[IdleUnit]) -> np.ndarray:
        found = np.zeros((len(units), len(self.demand)), bool)
        at = np.array([(unit.lat, unit.lon) for unit in units])
        scale = np.array([DEGREE_M, DEGREE_M * np.cos(np.radians(self._anchors[0, 0]))])
        north, east = ((at * scale)[:, None, axis] - (self._anchors * scale)[None, :, axis] for axis in (0, 1))
        square = north * north + east * east
        nearest = square.argmin(axis=1)
        start = np.sqrt(square[np.arange(len(units)), nearest]) / _TO_ANCHOR
        start += np.array([unit.turnout_s for unit in units])
        for profile in {unit.profile for unit in units}:
            rows = np.array([number for number, unit in enumerate(units) if unit.profile == profile])
            found[rows] = self.seconds(profile)[nearest[rows]] + start[rows, None] <= self._within
        return found

    def prepare(self, profiles: Iterable[str]) -> None:
        """Works out the travel times of these profiles now, so that no first incident waits for them."""
        if self.demand:
            for profile in profiles:
                self.seconds(profile)

    def covered(self, counts: np.ndarray, busy: float) -> np.ndarray:
        """Expected coverage of each area, 0 to 1, where `counts` units cover each point."""
        found: np.ndarray = ((1 - busy**counts) * self._weight) @ self._in_area / np.maximum(self._area_weight, 1e-9)
        return found

    def prices(self, units: Sequence[IdleUnit], reach: np.ndarray, capability: str, busy: float) -> dict[str, Price]:
        """unit -> what sending it takes from the coverage by `capability`; for those of `units` that can do it.

        `reach` is that of `units`.
        """
        rows = [number for number, unit in enumerate(units) if capability in unit.capabilities]
        if not rows or not self.demand:
            return {}
        reach = reach[rows].astype(float)
        lost = self._marginal(reach.sum(axis=0) - 1, busy) * self._weight
        overall = (reach @ lost / self._weight.sum()).tolist()
        by_area = reach @ (lost[:, None] * self._in_area) / np.maximum(self._area_weight, 1e-9)
        worst, most = by_area.argmax(axis=1).tolist(), by_area.max(axis=1).tolist()
        return {units[number].id: Price(overall[n], self.areas[worst[n]], most[n]) for n, number in enumerate(rows)}

    def move_up(
        self, idle: Sequence[IdleUnit], planned: Sequence[IdleUnit], capability: str, busy: float
    ) -> MoveUp | None:
        """The best move for an area that has lost half of what the plan gives it; None when none is so bare, or no move
        is worth it. `planned`: all units at their bases."""
        able = [unit for unit in idle if capability in unit.capabilities and unit.profile != "boat"]
        plan = [unit for unit in planned if capability in unit.capabilities]
        if not able or not self.demand or not self.bases:
            return None
        counts = self.reach([unit for unit in idle if capability in unit.capabilities]).sum(axis=0)
        now, intended = self.covered(counts, busy), self.covered(self.reach(plan).sum(axis=0), busy)
        bare = np.flatnonzero((intended >= _PLANNED_AT_LEAST) & (now < _BARE_SHARE * intended))
        if not len(bare):
            return None
        area = int(bare[np.argmax((intended - now)[bare] * self._area_weight[bare])])
        best: MoveUp | None = None
        here = self.reach(able)
        for number, unit in enumerate(able):
            left = counts - here[number]
            moved = [msgspec.structs.replace(unit, lat=lat, lon=lon) for _, lat, lon in self.bases]
            there = self.reach(moved)
            loss = float((here[number] * self._marginal(left, busy)) @ self._weight)
            gains = (there * self._marginal(left, busy)) @ self._weight - loss
            for base in np.argsort(-gains, kind="stable").tolist():
                gain = float(gains[base]) / float(self._weight.sum())
                if gain < _WORTH_MOVING or (best and gain <= best.gain):
                    break
                name, lat, lon = self.bases[base]
                then = float(self.covered(left + there[base], busy)[area])
                if then > now[area] and distance_m(unit.lat, unit.lon, lat, lon) > _THERE_M:
                    named = {"unit": unit.id, "base": name, "area": self.areas[area]}
                    best = MoveUp(**named, now=float(now[area]), then=then, gain=gain)
                    break
        return best

    def _marginal(self, others: np.ndarray, busy: float) -> np.ndarray:
        """What one more unit adds at each point that `others` cover already."""
        found: np.ndarray = (1 - busy) * busy ** np.maximum(others, 0)
        return found

    def seconds(self, profile: str) -> np.ndarray:
        """Seconds from each anchor (row) to each demand point (column), infinite where the way is cut off now."""
        if profile not in self._times:
            self._times[profile] = self._made(profile)
        return self._times[profile].seconds

    def _made(self, profile: str) -> _Times:
        placed = self._network.place([tuple(point) for point in self._anchors.tolist()], profile)
        searches = self._network.searches(self._points, profile)
        seconds = self._network.table(placed, searches) if placed else np.full(self._shape, np.inf)
        if profile not in self._guessed:
            # What the network never reaches is estimated; what is only cut off is not covered.
            if self._network is not self._network.usual:
                self.on(self._network.usual).seconds(profile)
            else:
                guesses = straight_seconds(self._anchors[:, None], np.array(self._points)[None])
                self._guessed[profile] = np.where(np.isinf(seconds), guesses, np.inf)
        return _Times(placed, searches, np.minimum(seconds, self._guessed[profile]))

    def on(self, network: Network) -> Coverage:
        """The same on `network`, which is this one's under other conditions or with other closures. Where it only has
        more closures, what they do not touch is taken over."""
        other = copy.copy(self)
        other._network, other._times, other._known = network, {}, {}
        for profile, times in self._times.items() if network.open is self._network.open else ():
            # A street that was closed to cars is new to those on foot when it is closed to all.
            shut, on_foot = network.shut(profile), network.closed
            before, on_foot_before = self._network.shut(profile), self._network.closed
            if shut >= before and on_foot >= on_foot_before:
                more = sorted((shut - before) | (on_foot - on_foot_before))
                if times.placed is None or not more:
                    other._times[profile] = times
                elif len(more) <= _FEW_CLOSED:
                    other._times[profile] = other._changed(self._network, profile, times, times.placed, more)
        other.prepare(self._times)
        return other

    def _changed(self, before: Network, profile: str, times: _Times, at: Ends, more: list[int]) -> _Times:
        """`times` on the network `before`, on which the anchors lie `at`; those made anew that `more` closed pieces may
        change."""
        network, anchors = self._network, self._anchors
        placed, seconds = copy.deepcopy(at), times.seconds.copy()
        searches = network.searches(self._points, profile)
        late = np.flatnonzero(before.over(more, times.searches, profile, self._within))
        moved = np.flatnonzero(network.snapping.beside(more, anchors, placed.off + BESIDE_M))
        if len(moved):
            again = network.place([tuple(point) for point in anchors[moved].tolist()], profile)
            for field in ("edge", "along", "off", "aboard"):
                getattr(placed, field)[moved] = getattr(again, field)
            seconds[moved] = network.table(again, searches)
        if len(late):
            seconds[:, late] = network.table(placed, [searches[number] for number in late.tolist()])
        return _Times(placed, searches, np.minimum(seconds, self._guessed[profile]))


def _anchors(fixed: Iterable[tuple[float, float]], network: Network) -> list[tuple[float, float]]:
    """The fixed places, and one junction of the network in each cell of a grid."""
    kept = {point: None for point in fixed}
    cells = {(round(lat / _GRID), round(lon / _GRID)) for lat, lon in kept}
    for edge in network.edges:
        for lat, lon in (edge.points[0], edge.points[-1]):
            cell = (round(lat / _GRID), round(lon / _GRID))
            if cell not in cells and len(kept) < _MOST_ANCHORS:
                cells.add(cell)
                kept[lat, lon] = None
    return list(kept)
