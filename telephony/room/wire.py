"""The lines between switch and room: JSON, one message a line. Sans-IO: bytes in, messages out, and back.

switch -> room   hello   boot, what it holds now; the first line of every connection
                 report  a fact, numbered from 1 within its boot; repeated until acknowledged
room -> switch   ack     all reports of that boot up to this number are durable
                 order   journal and number = its place in the room's journal; a repeated order is carried out once
                 expect  a browser will dial in with this one-time ticket and is this position
                 phones  who may dial in, and the digest of their phone password
                 seats   at which positions somebody is: while the room is silent calls go to these only
both ways        ping    this end is alive (every second), and what stands still in it

The two ends need not be of one version, and a line may be damaged. What cannot be read is `UnreadLine`, and the lines
behind it are read all the same. An event that is not known here is a fact nevertheless: its report becomes a
discrepancy with all that was said, to be kept and acknowledged.
"""

from __future__ import annotations

from typing import Annotated, Any, dataclass_transform

import msgspec

from dispatch.events import AnyEvent, DiscrepancyNoted
from dispatch.states import OrderKind, OrderMode
from routing.text import text

MAX_LINE = 1_000_000
_SHOWN = 300
Boot = Annotated[str, msgspec.Meta(pattern=r"^[\w.-]{0,64}\Z")]
Number = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
OrderId = tuple[str, int]
"""An order: the id of its journal and its number there. After a backup was put back another one has the same number."""


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))  # a subclass of a frozen Struct is frozen
class _Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="is"):
    pass


class HelloMessage(_Message, tag="hello"):
    """`legs`: calls it holds; `positions`: position -> leg."""

    boot: Boot
    legs: tuple[str, ...] = ()
    positions: dict[str, str] = {}


class ReportMessage(_Message, tag="report"):
    boot: Boot
    number: Number
    event: AnyEvent


class ReadyMessage(_Message, tag="ready"):
    pass


class Ack(_Message, tag="ack"):
    boot: str
    number: int


class OrderMessage(_Message, tag="order"):
    """The fields of OrderIssued (dispatch/events/orders.py says what each is for). `expires`: seconds since 1970."""

    number: int
    do: OrderKind
    journal: str = ""
    call: str = ""
    position: str = ""
    expires: float = 0.0
    party: str = ""
    mode: OrderMode = ""
    uri: str = ""
    headers: dict[str, str] = {}
    body: str = ""
    body_type: str = ""
    sounds: tuple[str, ...] = ()
    text: str = ""

    @property
    def id(self) -> OrderId:
        return self.journal, self.number


class Expect(_Message, tag="expect"):
    ticket: str
    position: str
    user: str


class Phones(_Message, tag="phones"):
    """user -> HA1 (RFC 2617)."""

    known: dict[str, str]


class Seats(_Message, tag="seats"):
    """`users`: position -> who is signed on there, may be there, and is there as far as the room knows; `ready`: those
    of them that take calls."""

    users: dict[str, str]
    ready: tuple[str, ...] = ()


class Ping(_Message, tag="ping"):
    """`stuck`: by part, seconds for which what should go on by itself has not. The room's: journal (the oldest decision
    that is not written). The switch's: sip (the last look for packets), queue (what was read last had waited in the
    kernel), sound (what the bridge was asked for and has not done)."""

    stuck: dict[str, float] = {}


Message = HelloMessage | ReportMessage | ReadyMessage | Ack | OrderMessage | Expect | Phones | Seats | Ping
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Message)


def line(message: Message) -> bytes:
    return _encoder.encode(message) + b"\n"


class UnreadLine(msgspec.Struct, frozen=True):
    """A line that is no message of this protocol: how it begins, and why. `order`: the number of the order that it
    would be; `report`: what can be kept of the report that it would be."""

    line: bytes
    why: str
    order: OrderId | None = None
    report: ReportMessage | None = None


_LATEST = 1e11
"""Seconds since 1970: the year 5138."""


class _Said(msgspec.Struct):
    """What of a report or an order can be read although the rest is not known."""

    kind: str = msgspec.field(name="is")
    number: Number
    journal: str = ""
    boot: Boot = ""
    event: dict[str, Any] = {}


_said = msgspec.json.Decoder(_Said)
_NOT_JSON = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


def read_line(text: bytes) -> Message | UnreadLine:
    try:
        message: Message = _decoder.decode(text)
        return message
    except _NOT_JSON as wrong:
        why = f"not a message of this protocol: {wrong}"[:_SHOWN]
    try:
        said = _said.decode(text)
    except _NOT_JSON:
        return UnreadLine(text[:_SHOWN], why)
    if said.kind == "report" and said.boot and said.event:
        kept = ReportMessage(boot=said.boot, number=said.number, event=_discrepancy(said.event, why))
        return UnreadLine(text[:_SHOWN], why, report=kept)
    return UnreadLine(text[:_SHOWN], why, (said.journal, said.number) if said.kind == "order" else None)


def _discrepancy(event: dict[str, Any], why: str) -> DiscrepancyNoted:
    at, about = event.get("at"), event.get("call")
    then = at if isinstance(at, int | float) and 0 <= at <= _LATEST else 0  # a number of any length may stand there
    what = text("discrepancy.report-unread", detail=why)
    return DiscrepancyNoted(
        at=float(then),
        about=about if isinstance(about, str) and about else "switch",
        what=what,
        detail=msgspec.json.encode(event).decode(),
    )


class WireReader:
    """Collects bytes into messages. Of a line without an end no more than `MAX_LINE` is held."""

    def __init__(self) -> None:
        self._rest, self._too_long = b"", False

    def feed(self, data: bytes) -> list[Message | UnreadLine]:
        """The messages that `data` completes."""
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        if self._too_long and lines:  # the end of one whose beginning was told already
            del lines[0]
            self._too_long = False
        found = [self._read(text) for text in lines if text]
        if len(self._rest) > MAX_LINE:
            if not self._too_long:
                found.append(_too_long(self._rest))
            self._rest, self._too_long = b"", True
        return found

    def _read(self, text: bytes) -> Message | UnreadLine:
        return _too_long(text) if len(text) > MAX_LINE else read_line(text)


def _too_long(text: bytes) -> UnreadLine:
    return UnreadLine(text[:_SHOWN], f"a line of more than {MAX_LINE} bytes")
