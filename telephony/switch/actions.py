"""What the switch wants done, and the legs it thinks about. Pure data; the shell and the SIP stack carry it out."""

from __future__ import annotations

from typing import Literal, dataclass_transform

import msgspec

from dispatch import events as ev
from dispatch.states import Mode
from telephony.room.wire import OrderId
from telephony.switch.t140 import Typed


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))  # a subclass of a frozen Struct is frozen
class Action(msgspec.Struct, frozen=True):
    pass


class Ring(Action):
    """180 to this leg."""

    leg: str


class Answer(Action):
    """200 with sound, real-time text or both; headers and body go with it."""

    leg: str
    audio: bool = True
    text: bool = False
    headers: dict[str, str] = {}
    body: str = ""
    body_type: str = ""


class Reject(Action):
    leg: str
    code: int


class Hangup(Action):
    leg: str


class Hear(Action):
    """`listener` hears `speaker` from now on; with both the same an echo."""

    listener: str
    speaker: str


class Deafen(Action):
    """`listener` no longer hears `speaker`."""

    listener: str
    speaker: str


class RecordLeg(Action):
    """What comes in on `leg` is recorded as `name` of `call`."""

    leg: str
    call: str
    name: str


class StopRecording(Action):
    leg: str


class Play(Action):
    """The sounds one after the other, beside whatever else the leg hears; instead of what was played before."""

    leg: str
    sounds: tuple[str, ...]
    loop: bool = False


class Silence(Action):
    """Nothing is played any more."""

    leg: str


class Dial(Action):
    """`headers` and `body` go with the INVITE."""

    leg: str
    uri: str
    headers: dict[str, str] = {}
    body: str = ""
    body_type: str = ""


class Digits(Action):
    leg: str
    digits: str


class Write(Action):
    """A written line to this leg: real-time text where the call has it, else a MESSAGE. `to`: the SIP address of
    somebody who writes without a call, and `via` the host and port their messages come from."""

    leg: str
    text: str
    to: str = ""
    via: str = ""


class Inform(Action):
    """An INFO with this body; Content-ID among the headers names the body."""

    leg: str
    body: str
    body_type: str
    headers: dict[str, str] = {}


class Tell(Action):
    """A fact for the room."""

    event: ev.Event


Actions = list[Action]
NEVER = float("inf")


LegKind = Literal["caller", "position", "party", "canary"]


class Leg(msgspec.Struct):
    """One line. `kind`: caller (the person a call is about, also one whom we called: `out`), position (a call-taker's
    nailed-up audio), party (somebody called into a conversation) or canary (a test call of ours).

    `call`: the conversation it is in, a caller's own id; `mode` there: talk, muted and listen (nobody hears it; who
    listens is not there for the caller), whisper (only positions hear it), held (hears music, is not heard). `want`:
    the position's leg a caller is to be joined with as soon as its sound is up, and `order` who asked for that. Times
    are seconds since 1970.

    `language`: id, en or "" when it is not known. `text`: it has real-time text, and `typed` what is being written;
    `silent`: it has no sound. `sender`, `via`: the SIP address of somebody who writes messages without a call, and
    where they come from; `idle_at`: when that ends. `sounded`: the last time something was heard; `ever`: something
    was; `quiet`: the room was told that nothing is; `packets`, `came`: how many came in, and when that last grew.
    `tries`: of the alternate centre. `ack`: what the vehicle is told of its data. `key`: what the phone of a position
    proved; `barred`: that opens nothing any more, so it is hung up as soon as nobody speaks there.
    """

    id: str
    kind: LegKind
    source: str = ""
    position: str = ""
    user: str = ""
    party: str = ""
    call: str = ""
    mode: Mode = "talk"
    out: bool = False
    standing: bool = False
    silent: bool = False
    answered: bool = False
    up: bool = False
    want: str = ""
    order: OrderId | None = None
    announce_at: float = NEVER
    standing_at: float = NEVER
    alternate_at: float = 0.0
    tries: int = 0
    give_up_at: float = NEVER
    resume_at: float = NEVER
    announced: bool = False
    recorded: bool = False
    playing: str = ""
    since: float = 0.0
    test: bool = False
    language: str = ""
    text: bool = False
    typed: Typed | None = None
    sender: str = ""
    via: str = ""
    idle_at: float = NEVER
    packets: int = -1
    came: float = 0.0
    sounded: float = 0.0
    ever: bool = False
    quiet: bool = False
    ack: str = ""
    key: str = ""
    barred: bool = False


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of the same names; seconds. `sounds`: how long each sound is."""

    announce_after: float = 10.0
    room_silent_after: float = 5.0
    alternate_centre: str = ""
    silent_after: float = 8.0
    text_idle: float = 1800.0
    sounds: dict[str, float] = {}
    test_numbers: tuple[str, ...] = ()
