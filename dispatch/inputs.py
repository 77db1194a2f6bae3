"""What the control room decides on, and what a decision may look at."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

import msgspec

from dispatch.commands import Actor, Command
from dispatch.events import CallReceived, Event, Fix
from dispatch.settings.tables import Policy
from routing.city.centres import Beyond, Centre, Near
from routing.city.contacts import Contact, Dialling
from routing.city.queues import DEFAULT, QueueSpec
from routing.location import Location
from routing.network.drawn import Drawn, Under
from routing.recommendation.candidate import Candidate
from routing.text import CodedError, Text, text

AskedBy = tuple[str, str, str]
"""(who, the key that they gave it, digest of what was asked): one request, however often it is sent."""


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


class Request(msgspec.Struct, frozen=True):
    """A person or a program asks for something. `ago`: seconds since somebody pressed the key, where the network was
    away meanwhile; with `asked` it is done once, however often it comes."""

    command: Command
    actor: Actor
    ago: float = 0.0
    asked: AskedBy | None = None


class Report(msgspec.Struct, frozen=True):
    """A fact from the switch; `event.src` is set. Never refused."""

    event: Event


class Hello(msgspec.Struct, frozen=True):
    """The switch introduces itself: what it holds now. `legs`: call ids; `positions`: position -> leg."""

    boot: str
    at: float
    legs: tuple[str, ...] = ()
    positions: dict[str, str] = {}


class Gone(msgspec.Struct, frozen=True):
    """The connection to the switch was lost."""

    boot: str


class Noted(msgspec.Struct, frozen=True):
    """A fact of our own (somebody signed in, played a recording …), recorded as it is."""

    event: Event


class Delivered(msgspec.Struct, frozen=True):
    """How an attempt to send a notice went; `why` it did not, None when a gateway took it. `demo`: see NoticeSent."""

    notice: str
    why: Text | None = None
    demo: bool = False


class Posted(msgspec.Struct, frozen=True):
    """What the page on a caller's telephone tells; refused when it may not tell that. `page`: digest of the key that it
    was opened with; `browser`: digest of the browser's cookie, "" without one. `asked` as for Request."""

    event: Event
    page: str
    browser: str = ""
    asked: AskedBy | None = None


class Due(msgspec.Struct, frozen=True):
    """One deadline of the board has passed (its key there)."""

    key: str


class Sighted(msgspec.Struct, frozen=True):
    """Where assigned units are now, to be kept for the replay."""

    fixes: tuple[Fix, ...]


Input = Request | Report | Hello | Gone | Noted | Delivered | Posted | Due | Sighted
Decision = Iterator[Event]
"""Events that follow; each is applied to the board before the next one is asked for."""


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


class World(msgspec.Struct, frozen=True, kw_only=True):
    """What is true beside the board. `recommend(board, location, incident type, now, unit to leave out, units that
    serve already, alarm level)` ranks with the fixes of this moment. `arrivals(board, location, units, now)`: seconds
    until each of them could be there, those under way without turn-out; `bare(board, now)`: one Advice for each watched
    capability of which an area is left bare; `delays(board, location, units, now, closures)` of each unit what those
    closures do to its way; `ways_ready(board, now, coverage)`: whether rankings, with `coverage` that too, know the
    streets as they are now. `contacts`: by id, whom a call-taker can call in.
    `key(what)`: the word that opens `what` to somebody without an account (22 letters, 128 bits, the same each time);
    `public_url`: where phones outside reach our pages; `outbound`: the SIP URI that calls `{number}`; `dialling`: which
    numbers may be called; `channels`: by which notices can leave.

    Pure look-ups of places: `places_of(CallReceived)` in the tables of cells and subscribers, `geocode(address)` in the
    gazetteer (None: not found), `doubts(place)` gives flags: outside the served area, at sea; `borders(lat, lon)` the
    names of the boundaries that hold a point; `streets_under(drawn)` the pieces of street that a closure would stop.

    `duty(shifts, now)`: whether a crew with these shifts is on duty, and until when.
    `called`: this centre's name; `centres`: its neighbours, by id. `neighbours(place)`: those whom an incident there
    concerns; `beyond(place)`: how far it lies outside all that is ours, None for within.

    `queues` in the order in which they are looked through; `not_ready`: reasons for taking no calls, any when empty."""

    policy: Policy
    shield: ShieldPolicy = ShieldPolicy()
    incident_types: Container[str]
    cameras: Container[str]
    recommend: Callable[..., Ranking]
    key: Callable[[str], str]
    public_url: str
    channels: frozenset[str] = frozenset()
    contacts: dict[str, Contact] = {}
    outbound: str = ""
    dialling: Dialling = Dialling()
    places_of: Callable[[CallReceived], tuple[Location, ...]] = lambda call: ()
    geocode: Callable[[str], Location | None] = lambda address: None
    doubts: Callable[[Location], tuple[str, ...]] = lambda place: ()
    borders: Callable[[float, float], tuple[str, ...]] = lambda lat, lon: ()
    queues: tuple[QueueSpec, ...] = (DEFAULT,)
    not_ready: frozenset[str] = frozenset()
    streets_under: Callable[[Drawn], Under] = lambda drawn: Under()
    arrivals: Callable[..., dict[str, float]] = lambda board, location, units, now: {}
    bare: Callable[..., tuple[Advice, ...]] = lambda board, now: ()
    delays: Callable[..., dict[str, Delay]] = lambda board, location, units, now, closures: {}
    ways_ready: Callable[..., bool] = lambda board, now, coverage: True
    duty: Callable[[str, float], tuple[bool, float]] = lambda shifts, now: (True, 0.0)
    called: str = ""
    centres: dict[str, Centre] = {}
    neighbours: Callable[[Location], tuple[Near, ...]] = lambda place: ()
    beyond: Callable[[Location], Beyond | None] = lambda place: None


class Refused(CodedError):
    """A command that is not carried out. `text`: why, and what to do instead."""


class KeyUsed(Refused):
    """The key of a request belongs to another one, which was answered with `seq`."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        super().__init__("refused.key-used", seq=seq)
