"""The streets as they are now: the city's network with what the board knows of closures, rain and tide, and the hour.

Theory of operation. Closures come at once: the next question is answered with them. What takes longer on a large
network is made on a thread of its own, and the answers until then are given with what there is, and say so: other
conditions (the times of every street change), and coverage after a closure. The hour changes nothing within a band of
hours, and the next band is made ready a minute ahead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import msgspec
from cachetools import LRUCache
from twisted.logger import Logger

from dispatch.advice.clock import CityClock
from dispatch.board import Board
from dispatch.records import Closure
from routing.city.records import City
from routing.network.closures import under
from routing.network.conditions import Bands, Conditions
from routing.network.drawn import Drawn, Under
from routing.network.roads import Network
from routing.recommendation.coverage import Coverage

log = Logger()
Key = TypeVar("Key")
Made = TypeVar("Made")
_KEPT = 12
_AHEAD_S = 60.0
# What is made at once: networks of so many edges, and coverage where edges times demand points are no more.
_EDGES_AT_ONCE, _WORK_AT_ONCE = 20_000, 20_000


class WaysNow(msgspec.Struct, frozen=True, kw_only=True):
    """`hour` of the day, 0 to 24, in the city's time; `tide_m` metres of the tide table, None when nobody knows, and
    `tide_from` hand, table or ""; `closures` how many there are, `pieces` of street that they stop. `ready` is false
    for the moment in which rankings are still made with the conditions before."""

    hour: float
    night: bool
    rain: bool = False
    tide_m: float | None = None
    tide_from: str = ""
    closures: int = 0
    pieces: int = 0
    ready: bool = True


class Ways:
    """Asked on one thread; `at` is in seconds since 1970, `coverage` that of the city on its usual network."""

    def __init__(self, city: City, clock: CityClock, coverage: Coverage) -> None:
        self._usual, self._tides, self._clock = city.network, city.tides, clock
        self._bands = Bands(city.network.edges)
        self._under: LRUCache[str, Under] = LRUCache(1000)
        self._open: dict[Conditions, Network] = {}
        self._closed: dict[tuple[Conditions, frozenset[str]], Network] = {}
        self._coverages: dict[Network, Coverage] = {city.network: coverage}
        self._used: Conditions | None = None
        self._used_coverage = coverage
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ways")
        self._coming: dict[Conditions | Network, Future[Network | Coverage]] = {}

    # -- what is said
    def now(self, board: Board, at: float) -> WaysNow:
        wanted, by_hand = self.conditions(board, at), board.conditions.get("now")
        tide_from = "hand" if by_hand and by_hand.tide_m is not None else "table"
        return WaysNow(
            hour=round(wanted.hour or 0.0, 2),
            night=wanted.night,
            rain=wanted.rain,
            tide_m=None if wanted.tide_m is None else round(wanted.tide_m, 2),
            tide_from="" if wanted.tide_m is None else tide_from,
            closures=len(board.closures),
            pieces=len({number for one in board.closures.values() for number in self.stopped(one).pieces}),
            ready=self._bands.steady(wanted) == self._used or self._used is None,
        )

    def conditions(self, board: Board, at: float) -> Conditions:
        """What somebody has said of rain and water, else the tide table's height, and the city's hour."""
        said = board.conditions.get("now")
        tide = said.tide_m if said and said.tide_m is not None else self._tides.height(at)
        return Conditions(hour=self.hour(at), rain=bool(said and said.rain), tide_m=tide)

    def hour(self, at: float) -> float:
        """The hour of the day in the city, 0 to 24."""
        local = self._clock.local(at)
        return local.hour + local.minute / 60 + local.second / 3600

    # -- closures
    def under(self, drawn: Drawn) -> Under:
        return under(self._usual, drawn)

    def stopped(self, closure: Closure) -> Under:
        """What a closure stops on today's streets; they may be others than those it was drawn on."""
        found = self._under.get(closure.id)
        if found is None:
            found = self._under[closure.id] = self.under(closure.drawn)
        return found

    def lines(self, found: Under) -> list[tuple[tuple[float, float], ...]]:
        """The pieces of street as lines of (lat, lon)."""
        return [self._usual.edges[number].points for number in found.pieces]

    # -- what rankings are made with
    def network(self, board: Board, at: float, without: Collection[str] = ()) -> Network:
        """The streets as they may be used at `at`; `without` closures of these ids."""
        conditions = self._usable(self._bands.steady(self.conditions(board, at)))
        everywhere = _kept(self._open, conditions, lambda: self._usual.under(conditions))
        closures = [one for one in board.closures.values() if one.id not in without]
        if not closures:
            return everywhere
        key = (conditions, frozenset(one.id for one in closures))
        return _kept(self._closed, key, lambda: self.closed_on(everywhere, closures))

    def coverage(self, board: Board, at: float) -> tuple[Coverage, bool]:
        """Coverage on the network of now, and whether it is that or still the one before."""
        network = self.network(board, at)
        if network not in self._coverages:
            begin = self._nearest_coverage(network)
            if len(self._usual.edges) * len(self._used_coverage.demand) <= _WORK_AT_ONCE:
                _kept(self._coverages, network, lambda: begin.on(network))
            else:
                self._later(network, lambda: begin.on(network))
        if network not in self._coverages:
            return self._used_coverage, False
        self._used_coverage = self._coverages[network] = self._coverages.pop(network)
        return self._used_coverage, True

    def ready(self, board: Board, at: float, coverage: bool = False) -> bool:
        """Whether rankings are made with the conditions of now; with `coverage`, whether that is of now as well."""
        self.network(board, at)
        steady = self._used == self._bands.steady(self.conditions(board, at))
        return steady and (not coverage or self.coverage(board, at)[1])

    def look_ahead(self, board: Board, at: float) -> None:
        """Makes ready on the thread what a minute from now needs."""
        self._take_in()
        steady = self._bands.steady(self.conditions(board, at + _AHEAD_S))
        if steady not in self._open:
            self._later(steady, lambda: self._prepared(steady))
        elif self._open[steady] not in self._coverages:
            network, begin = self._open[steady], self._used_coverage
            self._later(network, lambda: begin.on(network))

    def close(self) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _usable(self, wanted: Conditions) -> Conditions:
        """`wanted` as soon as there is a network for them, until then the conditions before."""
        used = self._used
        if wanted not in self._open:
            if used is None or len(self._usual.edges) <= _EDGES_AT_ONCE:
                _kept(self._open, wanted, lambda: self._usual.under(wanted))
            else:
                self._later(wanted, lambda: self._prepared(wanted))
        if used is None or wanted in self._open:
            self._used = used = wanted
        return used

    def _prepared(self, conditions: Conditions) -> Network:
        network = self._usual.under(conditions)
        network.prepare()
        return network

    def closed_on(self, network: Network, closures: Collection[Closure]) -> Network:
        """`network` with these closures."""
        stopped = {one.id: self.stopped(one).pieces for one in closures}
        shut = [n for one in closures if one.stops == "all" for n in stopped[one.id]]
        to_cars = [n for one in closures if one.stops == "cars" for n in stopped[one.id]]
        return network.without(shut, to_cars)

    def _nearest_coverage(self, network: Network) -> Coverage:
        """The one from which least has to be made anew: under the same conditions with most of the closures."""
        alike = [
            (len(other.closed) + len(other.closed_to_cars), coverage)
            for other, coverage in self._coverages.items()
            if other.open is network.open and other.closed <= network.closed
            and other.closed_to_cars <= network.closed_to_cars | network.closed
        ]  # fmt: skip
        return max(alike, key=lambda one: one[0], default=(0, self._used_coverage))[1]

    def _later(self, key: Conditions | Network, make: Callable[[], Network | Coverage]) -> None:
        """Makes on the thread, once, the network under `key` or the coverage of it."""
        self._take_in()
        if key in self._coming or key in self._table(key):
            return
        # Coverage that was to be made for closures of a moment ago is wanted by nobody now.
        for other in [one for one in self._coming if isinstance(one, Network) and one not in self._open.values()]:
            if self._coming[other].cancel():
                del self._coming[other]
        self._coming[key] = self._thread.submit(make)

    def _take_in(self) -> None:
        """What the thread has made, whether it is still asked for or not."""
        for key in [key for key, coming in self._coming.items() if coming.done()]:
            coming = self._coming.pop(key)
            if coming.exception() is None:
                _kept(self._table(key), key, coming.result)
            else:
                log.error("the ways of {key} could not be made: {why!r}", key=key, why=coming.exception())

    def _table(self, key: Conditions | Network) -> dict[Any, Any]:
        return self._coverages if isinstance(key, Network) else self._open


def _kept(table: dict[Key, Made], key: Key, make: Callable[[], Made]) -> Made:
    """Of `table`, made if it is not there; those not asked for longest are forgotten."""
    made = table.pop(key) if key in table else make()
    table[key] = made
    while len(table) > _KEPT:
        del table[next(iter(table))]
    return made
