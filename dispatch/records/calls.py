"""Calls, and what belongs to one: recordings, who is in it, what was written, what the network can be asked."""

from __future__ import annotations

from typing import Annotated, Literal

from dispatch.calldata import Msd
from dispatch.events import Reason
from dispatch.personal import PERSONAL
from dispatch.records.base import Record
from dispatch.states import CallState, Direction, Disposition, EndedBy, Media, MemberKind, Mode, Via
from routing.location import Location
from routing.text import Text


class Recording(Record):
    leg: str
    digest: str
    started: float
    seconds: float
    size: int


class Member(Record):
    """Somebody in the conversation beside the caller and the call-taker. `kind`: position or party; `mode`: dialling
    (not there yet), talk, muted, listen, whisper, held."""

    id: str
    kind: MemberKind
    mode: Mode
    label: Annotated[str, PERSONAL] = ""
    uri: Annotated[str, PERSONAL] = ""
    blind: bool = False
    phone: str = ""


class WrittenLine(Record):
    """One written line. `by` is "" for the caller's own; `via` rtt, message or link."""

    at: float
    text: Annotated[str, PERSONAL]
    via: Via
    by: str = ""


class Reference(Record):
    """An address at which the network tells more. `kind`: location, or a kind of additional data. `tries` that failed
    one after the other; `due`: when it is asked again, seconds since 1970, 0 never; `why` the last try failed."""

    uri: Annotated[str, PERSONAL]
    kind: str
    due: float
    tries: int = 0
    why: Annotated[Text | None, PERSONAL] = None


class AdditionalData(Record):
    """One block of RFC 7852."""

    kind: str
    data: Annotated[dict[str, str], PERSONAL]
    digest: str = ""


class Unclaimed(Record):
    """A phone's message that waits for its call. `id`: its place in the journal."""

    id: int
    received: float
    number: Annotated[str, PERSONAL] = ""
    imei: Annotated[str, PERSONAL] = ""
    location: Annotated[Location | None, PERSONAL] = None
    language: str = ""


class Call(Record):
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
    place in the queue, `told_place`. `overdue`: nobody has said yet what it was. `erased`: its personal fields were
    erased by law. `journal`: the id of the journal in which it began."""

    id: str
    received: float
    state: CallState = "queued"
    caller: Annotated[str, PERSONAL] = ""
    called: Annotated[str, PERSONAL] = ""
    service: str = "sos"
    access: Annotated[str, PERSONAL] = ""
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
    ended_by: EndedBy = ""
    lost: bool = False
    locations: Annotated[tuple[Location, ...], PERSONAL] = ()
    numbers: Annotated[tuple[int, ...], PERSONAL] = ()
    best: Annotated[int, PERSONAL] = -1
    best_why: Annotated[Text | None, PERSONAL] = None
    verified: Annotated[int, PERSONAL] = -1
    verified_by: Annotated[str, PERSONAL] = ""
    verified_at: Annotated[float, PERSONAL] = 0.0
    contradicted: Annotated[int, PERSONAL] = -1
    civic: Annotated[tuple[str, ...], PERSONAL] = ()
    references: Annotated[tuple[Reference, ...], PERSONAL] = ()
    additional: Annotated[tuple[AdditionalData, ...], PERSONAL] = ()
    imei: Annotated[str, PERSONAL] = ""
    incident: str = ""
    recordings: tuple[Recording, ...] = ()
    disposition: Literal[""] | Disposition = ""
    discrepancies: Annotated[tuple[Text, ...], PERSONAL] = ()
    direction: Direction = "in"
    media: Media = "audio"
    priority: str = ""
    languages: tuple[str, ...] = ()
    callback_of: str = ""
    held: bool = False
    members: Annotated[tuple[Member, ...], PERSONAL] = ()
    digits: Annotated[str, PERSONAL] = ""
    silent_since: float = 0.0
    never_heard: bool = False
    prompts: int = 0
    msd: Annotated[Msd | None, PERSONAL] = None
    lines: Annotated[tuple[WrittenLine, ...], PERSONAL] = ()
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
    erased: bool = False
    journal: str = ""

    def place(self, number: int) -> Location | None:
        """Observation `number`; None when there is none such on the board."""
        return self.locations[self.numbers.index(number)] if number in self.numbers else None


class Callback(Record):
    """One entry stands for a number; a call without a number stands for itself. `call`: the first of them, and the
    entry's id. `calls`: all of them, of a number that tried very often the last ones; `tries`: how many there were.
    `since`, `last`: when the first and the last one ended, seconds since 1970. `why`: of the most urgent one."""

    call: str
    caller: Annotated[str, PERSONAL]
    why: Text
    urgency: int
    since: float
    last: float
    tries: int = 1
    calls: tuple[str, ...] = ()
