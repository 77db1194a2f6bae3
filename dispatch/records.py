"""The frozen records that the board's tables hold; their JSON is what consoles and programs see."""

from __future__ import annotations

import functools
from datetime import UTC, datetime

import msgspec

from dispatch.calldata import Msd
from dispatch.events import Proposal, Reason
from routing.location import Location


class _Record(msgspec.Struct, frozen=True, kw_only=True):
    pass


class Recording(_Record):
    leg: str
    digest: str
    started: float
    seconds: float
    size: int


class Member(_Record):
    """Somebody in the conversation beside the caller and the call-taker. `kind`: position or party; `mode`: dialling
    (not there yet), talk, muted, listen, whisper, held."""

    id: str
    kind: str
    mode: str
    label: str = ""
    uri: str = ""
    blind: bool = False


class Line(_Record):
    """One written line. `by` is "" for the caller's own; `via` rtt, message or link."""

    at: float
    text: str
    via: str
    by: str = ""


class Reference(_Record):
    """An address at which the network tells more. `kind`: location, or a kind of additional data. `tries` that failed
    one after the other; `due`: when it is asked again, seconds since 1970, 0 never; `why` the last try failed."""

    uri: str
    kind: str
    due: float
    tries: int = 0
    why: str = ""


class AdditionalData(_Record):
    """One block of RFC 7852."""

    kind: str
    data: dict[str, str]
    digest: str = ""


class Unclaimed(_Record):
    """A phone's message that waits for its call. `id`: its place in the journal."""

    id: int
    received: float
    number: str = ""
    imei: str = ""
    location: Location | None = None
    language: str = ""


class Call(_Record):
    """`state`: queued, accepted, talking, transferred (with a party, no call-taker), ended. Times in seconds since
    1970. `held`: the caller hears music; `members`: who else is in the conversation; `digits`: the last keys the
    caller pressed; `silent_since`: nothing has been heard from the caller since then, `never_heard`: nor
    before; `prompts`: how often they were asked to press 5. `msd`: the vehicle's data. `queued_in`: where it waited
    before it was answered; `urgent`, `score`, `suspected`: see CallPrioritised and CallScored.

    `locations`: the observations of where the caller is, in the order received, of very many the last ones and those
    that matter; `numbers`: which ones they are, counted from 0. `best`, `verified` and `contradicted` are such numbers,
    -1 for none. `civic`: addresses without coordinates.

    `offered_to`: the first of `offered_all`, the positions where it rings. `waiting_since`: in a queue since then, 0
    when somebody has it. `overflow`: who is asked besides its own queue's people, see CallOverflowed; `ahead`, `moved`:
    see CallQueued. `tried`: the phones dialled for it, the last one last. `told`: when the caller was last told their
    place in the queue, `told_place`. `overdue`: nobody has said yet what it was."""

    id: str
    received: float
    state: str = "queued"
    caller: str = ""
    called: str = ""
    service: str = "sos"
    access: str = ""
    test: bool = False
    queue: str = ""
    offered_to: str = ""
    offered_all: tuple[str, ...] = ()
    offered_before: tuple[str, ...] = ()
    position: str = ""
    user: str = ""
    announced: float = 0.0
    answered: float = 0.0
    ended: float = 0.0
    ended_by: str = ""
    lost: bool = False
    locations: tuple[Location, ...] = ()
    numbers: tuple[int, ...] = ()
    best: int = -1
    best_why_id: str = ""
    best_why_en: str = ""
    verified: int = -1
    verified_by: str = ""
    verified_at: float = 0.0
    contradicted: int = -1
    civic: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    additional: tuple[AdditionalData, ...] = ()
    imei: str = ""
    incident: str = ""
    recordings: tuple[Recording, ...] = ()
    disposition: str = ""
    discrepancies: tuple[str, ...] = ()
    direction: str = "in"
    media: str = "audio"
    priority: str = ""
    languages: tuple[str, ...] = ()
    callback_of: str = ""
    held: bool = False
    members: tuple[Member, ...] = ()
    digits: str = ""
    silent_since: float = 0.0
    never_heard: bool = False
    prompts: int = 0
    msd: Msd | None = None
    lines: tuple[Line, ...] = ()
    waiting_since: float = 0.0
    overflow: tuple[str, ...] = ()
    ahead: float = 0.0
    moved: bool = False
    tried: tuple[str, ...] = ()
    told_place: int = 0
    told: float = 0.0
    overdue: bool = False
    queued_in: str = ""
    urgent: str = ""
    score: float = 0.0
    suspected: bool = False
    score_reasons: tuple[Reason, ...] = ()

    def place(self, number: int) -> Location | None:
        """Observation `number`; None when there is none such on the board."""
        return self.locations[self.numbers.index(number)] if number in self.numbers else None


class PastCall(_Record):
    """One call of a number. `outcome`: "" while it goes on, then unheard (ended before a person heard it), lost (broke
    at our side) or heard, and in their place what the call-taker said of it (CallDisposed). `seconds`: it waited
    unheard, or was talked to. `silent`: nothing was heard from the caller; `pressed`: they pressed 5."""

    call: str
    at: float
    outcome: str = ""
    seconds: float = 0.0
    silent: bool = False
    pressed: bool = False


class CallerHistory(_Record):
    """What the ghost shield knows of a number. `past`: its last calls, oldest first; no more is kept of anybody.
    `seq`: of the entry that changed it last."""

    seq: int
    first: float
    calls: int = 0
    past: tuple[PastCall, ...] = ()


class QueueHour(_Record):
    """The calls that came to a queue within an hour (UTC), counted where they were received, whenever they were
    answered or lost. Id `112@2026-11-25T01`; `hour`: when it began, seconds since 1970.

    received + overflowed_in = answered + lost_* + overflowed_out + those still waiting. `waits`: how many were answered
    after at most 0, 1, 2 … seconds, not counting those before; the last one has all that waited longer. Lost unheard,
    before a person heard them: `lost_at_once` in under two seconds, before it can have rung anywhere; `lost_waiting`;
    `lost_announced` after the announcement; `lost_failed` when our side broke. `longest`, `waited`: the longest wait
    and the sum of all, seconds, until answered or lost."""

    queue: str
    hour: float
    received: int = 0
    answered: int = 0
    lost_at_once: int = 0
    lost_waiting: int = 0
    lost_announced: int = 0
    lost_failed: int = 0
    overflowed_in: int = 0
    overflowed_out: int = 0
    suspected: int = 0
    longest: float = 0.0
    waited: float = 0.0
    waits: tuple[int, ...] = ()
    dispositions: dict[str, int] = {}

    @property
    def id(self) -> str:
        return queue_hour_id(self.queue, self.hour)


@functools.lru_cache(maxsize=256)
def queue_hour_id(queue: str, hour: float) -> str:
    return f"{queue}@{datetime.fromtimestamp(hour, UTC):%Y-%m-%dT%H}"


class Position(_Record):
    """`leg`: the audio that is connected, "" without. `mode`: what it does at `call`, see Member. `idle_since`: for
    longest-idle-first, seconds since 1970. `wrapping`: the call that is over and has no outcome yet."""

    id: str
    user: str
    media: str
    ready: bool = False
    reason: str = ""
    leg: str = ""
    call: str = ""
    mode: str = ""
    idle_since: float = 0.0
    skills: tuple[str, ...] = ()
    wrapping: str = ""


class Note(_Record):
    at: float
    by: str
    text: str


class Incident(_Record):
    """`state`: open, closed. `alarm_level`: see AlarmLevelRaised; `next_level`: 0 when no run card asks for more."""

    id: str
    type: str
    opened: float
    by: str
    state: str = "open"
    location: Location | None = None
    address: str = ""
    calls: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    candidates: tuple[Proposal, ...] = ()
    shortfall: tuple[str, ...] = ()
    missing_id: tuple[str, ...] = ()
    missing_en: tuple[str, ...] = ()
    method: str = ""
    recommended: float = 0.0
    alarm_level: int = 1
    next_level: int = 0
    assignments: tuple[str, ...] = ()
    closed: float = 0.0
    outcome: str = ""


class Assignment(_Record):
    """`state`: assigned, acknowledged, en_route, on_scene, clear, released. `unanswered`: the alarm went off."""

    id: str
    incident: str
    unit: str
    assigned: float
    state: str = "assigned"
    by: str = ""
    acknowledged: float = 0.0
    en_route: float = 0.0
    on_scene: float = 0.0
    cleared: float = 0.0
    unanswered: bool = False
    rank: int = 0
    override: str = ""
    seconds: float = 0.0

    @property
    def active(self) -> bool:
        return self.state not in ("clear", "released")


class Unit(_Record):
    """Its status and its last journaled place (degrees); live fixes are not on the board."""

    id: str
    agency: str
    kind: str
    name: str
    lat: float
    lon: float
    capabilities: tuple[str, ...] = ()
    profile: str = "car"
    station: str = ""
    phone: str = ""
    status: str = "available"
    assignment: str = ""
    fix_at: float = 0.0


class Order(_Record):
    """A pending OrderIssued; the fields are explained there."""

    id: int
    do: str
    issued: float
    expires: float
    call: str = ""
    position: str = ""
    party: str = ""
    mode: str = ""
    uri: str = ""
    headers: dict[str, str] = {}
    body: str = ""
    body_type: str = ""
    sounds: tuple[str, ...] = ()
    text: str = ""
    by: str = ""


class Callback(_Record):
    """One entry stands for a number; a call without a number stands for itself. `call`: the first of them, and the
    entry's id. `calls`: all of them, of a number that tried very often the last ones; `tries`: how many there were.
    `since`, `last`: when the first and the last one ended, seconds since 1970. `why`: of the most urgent one."""

    call: str
    caller: str
    why: str
    urgency: int
    since: float
    last: float
    tries: int = 1
    calls: tuple[str, ...] = ()


class Notice(_Record):
    """`state`: waiting (on its way), failed (tried again at `again`), sent, given_up. Times in seconds since 1970.
    `demo`: it was not sent, but written into a file."""

    id: str
    channel: str
    to: str
    text: str
    ordered: float
    expires: float
    state: str = "waiting"
    by: str = ""
    call: str = ""
    link: str = ""
    about: str = ""
    tries: int = 1
    again: float = 0.0
    settled: float = 0.0
    why: str = ""
    demo: bool = False


class Photo(_Record):
    """Fields as in PhotoReceived."""

    digest: str
    at: float
    size: int
    type: str
    width: int
    height: int


class Link(_Record):
    """The page on a caller's telephone, by call. `consents`: location, photos, chat; `agreed`: how often any was given;
    `places`, `texts`: how many came; `closed`: 0 while it is open."""

    call: str
    to: str
    channel: str
    by: str
    notice: str
    digest: str
    sent: float
    expires: float
    opened: float = 0.0
    agent: str = ""
    opens: int = 0
    consents: tuple[str, ...] = ()
    agreed: int = 0
    places: int = 0
    last_place: float = 0.0
    texts: int = 0
    photos: tuple[Photo, ...] = ()
    closed: float = 0.0


class Canary(_Record):
    """A test call by the trunk and back; times in seconds since 1970, 0 while it is not proved. `call`: as what it
    came in; `why`: what the line said, or what was missing."""

    id: str
    started: float
    rang: float = 0.0
    answered: float = 0.0
    call: str = ""
    heard_out: float = 0.0
    heard_back: float = 0.0
    ended: float = 0.0
    why: str = ""


class Alarm(_Record):
    id: str
    level: str
    text_id: str
    text_en: str
    since: float
    incident: str = ""


class Deadline(_Record):
    """At `due` (seconds since 1970) the room looks at `kind` of `about`."""

    kind: str
    about: str
    due: float
