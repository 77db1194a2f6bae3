"""What the control room decides on: all that comes in from people, the switch, the page of a caller, and the clock."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dispatch.commands import Actor, Command
from dispatch.events import Event, Fix
from routing.text import CodedError, Text

AskedBy = tuple[str, str, str]
"""(who, the key that they gave it, digest of what was asked): one request, however often it is sent."""


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


class SwitchGone(msgspec.Struct, frozen=True):
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


Input = Request | Report | Hello | SwitchGone | Noted | Delivered | Posted | Due | Sighted
Decision = Iterator[Event]
"""Events that follow; each is applied to the board before the next one is asked for."""


class Refused(CodedError):
    """A command that is not carried out. `text`: why, and what to do instead."""


class KeyUsed(Refused):
    """The key of a request belongs to another one, which was answered with `seq`."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        super().__init__("refused.key-used", seq=seq)
