"""Streets that people close and open again, and what the weather and the water do to all of them."""

from __future__ import annotations

from dispatch.events.base import Event
from dispatch.states import Stops
from routing.network.drawn import Drawn


class StreetClosed(Event):
    """`stops`: all, or cars (motorcycles and people on foot still pass). `pieces` of street lay under what was drawn,
    of the named `streets`. `until`: seconds since 1970, 0 for until somebody opens it."""

    closure: str
    drawn: Drawn
    by: str
    stops: Stops = "all"
    why: str = ""
    until: float = 0.0
    pieces: int = 0
    streets: tuple[str, ...] = ()


class StreetReopened(Event):
    """`by` "": its time was over."""

    closure: str
    by: str = ""


class ConditionsSet(Event):
    """What somebody said of the weather and the water, until `until` (seconds since 1970). `tide_m`: the water in
    metres of the tide table, None: as the table says, if there is one. `by` "": the time of what was
    said before is over."""

    by: str = ""
    rain: bool = False
    tide_m: float | None = None
    until: float = 0.0


class WaysReviewed(Event):
    """After streets or conditions had changed, the ranking of an incident and the ways of its units were looked at
    again; without an incident, the coverage of the city. `changed`: the ranking was made anew just before this."""

    incident: str = ""
    changed: bool = False
