"""The lines between switch and room: JSON, one message a line. Sans-IO: bytes in, messages out, and back.

switch -> room   hello   boot, what it holds now; the first line of every connection
                 report  a fact, numbered from 1 within its boot; repeated until acknowledged
room -> switch   ack     all reports of that boot up to this number are durable
                 order   number = its place in the room's journal; a repeated order is carried out once
                 expect  a browser will dial in with this one-time ticket and is this position
                 phones  who may dial in, and the digest of their phone password
                 ping    the room is alive (every second)
"""

from __future__ import annotations

import msgspec

from dispatch.events import AnyEvent

MAX_LINE = 1_000_000


class Malformed(ValueError):
    """The other end does not speak this protocol; the connection is of no use any more."""


class _Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="is"):
    pass


class Hello(_Message, tag="hello"):
    """`legs`: calls it holds; `positions`: position -> leg."""

    boot: str
    legs: tuple[str, ...] = ()
    positions: dict[str, str] = {}


class Report(_Message, tag="report"):
    boot: str
    number: int
    event: AnyEvent


class Ready(_Message, tag="ready"):
    pass


class Ack(_Message, tag="ack"):
    boot: str
    number: int


class Order(_Message, tag="order"):
    """The fields of OrderIssued (dispatch/events/orders.py says what each is for). `expires`: seconds since 1970."""

    number: int
    do: str
    call: str = ""
    position: str = ""
    expires: float = 0.0
    party: str = ""
    mode: str = ""
    uri: str = ""
    headers: dict[str, str] = {}
    body: str = ""
    body_type: str = ""
    sounds: tuple[str, ...] = ()
    text: str = ""


class Expect(_Message, tag="expect"):
    ticket: str
    position: str
    user: str


class Phones(_Message, tag="phones"):
    """user -> HA1 (RFC 2617)."""

    known: dict[str, str]


class Ping(_Message, tag="ping"):
    pass


Message = Hello | Report | Ready | Ack | Order | Expect | Phones | Ping
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Message)


def line(message: Message) -> bytes:
    return _encoder.encode(message) + b"\n"


class Reader:
    """Collects bytes into messages."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Message]:
        """The messages that `data` completes. Raises Malformed."""
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > MAX_LINE:
            raise Malformed(f"a line of more than {MAX_LINE} bytes")
        try:
            return [_decoder.decode(text) for text in lines if text]
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
            raise Malformed(f"not a message of this protocol: {wrong}"[:300]) from None
