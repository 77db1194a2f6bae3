"""What is true beside the board, and what the rules may ask about it. Pure: each answer is computed from what is given
and from files that were read at the start; only `Recommender` knows the fixes of this moment."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Protocol

import msgspec

from dispatch.board import Board
from dispatch.events import CallReceived
from dispatch.settings.tables import Policy
from routing.city.centres import Beyond, Centre, Near
from routing.city.contacts import Contact, Dialling
from routing.city.queues import DEFAULT, QueueSpec
from routing.location import Location
from routing.network.drawn import Drawn, Under
from routing.recommendation.candidate import Candidate
from routing.text import Text, text


class ShieldPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """Weights are shares of the score (0 … 1), times are seconds. `docs/ghost-shield.md` says how they were found."""

    suspect_from: float = 0.6
    """The score from which a call is suspected."""
    judged: int = 3
    """Judgements of call-takers without which nobody is suspected."""
    prank: float = 0.30
    """For each call that a call-taker called a prank."""
    ghost: float = 0.30
    """For each occasion on which a call-taker found nobody on the line."""
    occasion: float = 6 * 3600.0
    """Ghost calls within this time are one occasion."""
    judged_most: float = 0.8
    """For all the judgements of one kind together, on the day of the last one."""
    prank_half_life: float = 2 * 86_400.0
    ghost_half_life: float = 1 * 86_400.0
    """After this time a judgement weighs half."""
    brief: float = 0.05
    brief_most: float = 0.15
    """For each very short call of the last day, and for all of them together."""
    brief_unheard: float = 6.0
    brief_heard: float = 10.0
    """A call is very short when the caller gave up sooner, or when the talk was shorter and nobody judged it."""
    repeated: float = 0.05
    repeated_most: float = 0.15
    repeated_from: int = 3
    """For each call of the last hour from this number of calls on, and for all of them together."""
    silent: float = 0.05
    silent_most: float = 0.10
    """For each call of the last week in which nothing was heard, and for all of them together."""
    emergency_protects: float = 30 * 86_400.0
    """A number that reported an emergency is not suspected for this long."""
    pressed_protects: float = 30 * 86_400.0
    """A number that pressed 5 when asked, and was no prank, is not suspected for this long."""
    precise: float = 300.0
    """Metres: a location is precise when the caller is within this radius with 95 %."""
    fresh: float = 600.0
    """A location that is not older is a fresh one."""


FAILED = (text("method.failed"),)
"""The `method` of a ranking that a fault of our program has kept from being made."""


class Ranking(msgspec.Struct, frozen=True, kw_only=True):
    """Units in order of arrival, what could not be found and why, how it was computed, and how long that took (ms); see
    RecommendationMade."""

    candidates: tuple[Candidate, ...] = ()
    shortfall: tuple[tuple[str, int], ...] = ()
    method: tuple[Text, ...] = ()
    took_ms: float = 0.0
    missing: tuple[Text, ...] = ()
    next_level: int = 0


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """What to do about an area that is left bare of a capability."""

    capability: str
    text: Text


class Delay(msgspec.Struct, frozen=True, kw_only=True):
    """A unit comes `seconds` later because of closures, or not at all; `why`: what hinders it on its way."""

    seconds: float
    cut_off: bool
    why: tuple[Text, ...] = ()


class Recommender(Protocol):
    """Which units should go, and how long they take. `units` are ids, times are seconds since 1970."""

    def recommend(
        self,
        board: Board,
        location: Location,
        incident_type: str,
        now: float,
        without: str = "",
        sent: tuple[str, ...] = (),
        level: int = 1,
    ) -> Ranking:
        """`without`: a unit to leave out; `sent`: units that serve the incident already; `level`: its alarm level."""

    def arrivals(self, board: Board, location: Location, units: tuple[str, ...], now: float) -> dict[str, float]:
        """Seconds until each of them could be there, those under way without turn-out."""

    def delays(
        self, board: Board, location: Location, units: tuple[str, ...], now: float, closures: tuple[str, ...]
    ) -> dict[str, Delay]:
        """Of each unit what these closures do to its way."""

    def uncovered(self, board: Board, now: float) -> tuple[Advice, ...]:
        """One for each watched capability of which an area is left without cover."""

    def ready(self, board: Board, now: float, coverage: bool) -> bool:
        """Whether rankings, with `coverage` that too, know the streets as they are now."""


class PlaceTables(Protocol):
    """What the city's tables and its gazetteer say of places."""

    def places_of(self, call: CallReceived) -> tuple[Location, ...]:
        """Where its cell and its subscriber are."""

    def geocode(self, address: str) -> Location | None:
        """None: not found."""

    def doubts(self, place: Location) -> tuple[str, ...]:
        """Flags: outside the served area, far from it, at sea."""

    def borders(self, lat: float, lon: float) -> tuple[str, ...]:
        """The names of the boundaries that hold a point."""


class StreetMap(Protocol):
    def under(self, drawn: Drawn) -> Under:
        """The pieces of street that a closure would stop."""


class DutyRoster(Protocol):
    def duty(self, shifts: str, at: float) -> tuple[bool, float]:
        """Whether a crew with these shifts is on duty, and until when."""


class Neighbourhood(Protocol):
    def neighbours(self, place: Location) -> tuple[Near, ...]:
        """Those whom an incident there concerns."""

    def beyond(self, place: Location) -> Beyond | None:
        """How far it lies outside all that is ours; None for within."""


class NoTables:
    """A city without tables: nothing is known of places, everybody is on duty, and nobody lives beyond."""

    def places_of(self, call: CallReceived) -> tuple[Location, ...]:
        return ()

    def geocode(self, address: str) -> Location | None:
        return None

    def doubts(self, place: Location) -> tuple[str, ...]:
        return ()

    def borders(self, lat: float, lon: float) -> tuple[str, ...]:
        return ()

    def under(self, drawn: Drawn) -> Under:
        return Under()

    def duty(self, shifts: str, at: float) -> tuple[bool, float]:
        return True, 0.0

    def neighbours(self, place: Location) -> tuple[Near, ...]:
        return ()

    def beyond(self, place: Location) -> Beyond | None:
        return None


class World(msgspec.Struct, frozen=True, kw_only=True):
    """`key(what)`: the word that opens `what` to somebody without an account (22 letters, 128 bits, the same each
    time). `public_url`: where phones outside reach our pages; `outbound`: the SIP URI that calls `{number}`;
    `dialling`: which numbers may be called; `channels`: by which notices can leave; `contacts`: by id, whom a
    call-taker can call in. `called`: this centre's name; `centres`: its neighbours, by id. `queues` in the order in
    which they are looked through; `not_ready`: reasons for taking no calls, any when empty."""

    policy: Policy
    incident_types: Container[str]
    cameras: Container[str]
    recommender: Recommender
    key: Callable[[str], str]
    public_url: str
    shield: ShieldPolicy = ShieldPolicy()
    places: PlaceTables = NoTables()
    streets: StreetMap = NoTables()
    crews: DutyRoster = NoTables()
    neighbourhood: Neighbourhood = NoTables()
    channels: frozenset[str] = frozenset()
    contacts: dict[str, Contact] = {}
    outbound: str = ""
    dialling: Dialling = Dialling()
    queues: tuple[QueueSpec, ...] = (DEFAULT,)
    not_ready: frozenset[str] = frozenset()
    called: str = ""
    centres: dict[str, Centre] = {}
