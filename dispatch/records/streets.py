"""Closed streets, and what was said of rain and water."""

from __future__ import annotations

from dispatch.records.base import Record
from dispatch.states import Stops
from routing.network.drawn import Drawn


class Closure(Record):
    """A StreetClosed that still holds; the fields are explained there."""

    id: str
    drawn: Drawn
    by: str
    since: float
    stops: Stops = "all"
    why: str = ""
    until: float = 0.0
    pieces: int = 0
    streets: tuple[str, ...] = ()


class ConditionsNow(Record):
    """A ConditionsSet that still holds; the board has one, `now`, or none."""

    by: str
    since: float
    rain: bool = False
    tide_m: float | None = None
    until: float = 0.0
