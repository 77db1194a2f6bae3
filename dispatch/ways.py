"""The streets as they are now: the city's network with what the board knows of closures, rain and tide, and the hour.

`Ways` is asked by the ranking and by the map. It keeps what it made as long as nothing has changed.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from dispatch.board import Board
from dispatch.records import Closure
from routing.city import City
from routing.closures import Drawn, Under, under
from routing.conditions import Conditions
from routing.roads import Network


class WaysNow(msgspec.Struct, frozen=True, kw_only=True):
    """`hour` of the day, 0 to 24, in the city's time; `tide_m` metres of the tide table, None when nobody knows, and
    `tide_from` hand, table or ""; `closures` how many there are, `pieces` of street that they stop."""

    hour: float
    night: bool
    rain: bool = False
    tide_m: float | None = None
    tide_from: str = ""
    closures: int = 0
    pieces: int = 0


class Ways:
    """Asked on one thread; `at` is in seconds since 1970."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._zone = ZoneInfo("Asia/Jakarta")
        self._under: dict[str, Under] = {}

    def under(self, drawn: Drawn) -> Under:
        return under(self._city.network, drawn)

    def network(self, board: Board, at: float) -> Network:
        """The streets as they may be used at `at`."""
        return self._city.network

    def now(self, board: Board, at: float) -> WaysNow:
        said, hour = board.conditions.get("now"), self.hour(at)
        tide = said.tide_m if said else None
        return WaysNow(
            hour=round(hour, 2),
            night=Conditions(hour=hour).night,
            rain=bool(said and said.rain),
            tide_m=tide,
            tide_from="hand" if tide is not None else "",
            closures=len(board.closures),
            pieces=len({number for one in board.closures.values() for number in self.stopped(one).pieces}),
        )

    def hour(self, at: float) -> float:
        """The hour of the day in the city, 0 to 24."""
        local = datetime.fromtimestamp(at, self._zone)
        return local.hour + local.minute / 60 + local.second / 3600

    def stopped(self, closure: Closure) -> Under:
        """What a closure stops on today's streets; they may be others than those it was drawn on."""
        found = self._under.get(closure.id)
        if found is None:
            if len(self._under) > 1000:
                self._under.clear()
            found = self._under[closure.id] = self.under(closure.drawn)
        return found

    def lines(self, found: Under) -> list[tuple[tuple[float, float], ...]]:
        """The pieces of street as lines of (lat, lon)."""
        return [self._city.network.edges[number].points for number in found.pieces]
