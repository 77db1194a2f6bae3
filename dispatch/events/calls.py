"""Calls: received, placed, queued, answered, ended, located, recorded."""

from __future__ import annotations

from typing import Annotated

import msgspec

from dispatch.events.base import Event
from dispatch.personal import PERSONAL
from dispatch.states import Disposition, EndedBy, Media, Priority
from routing.location import Location
from routing.text import Text


class CallReceived(Event):
    """An INVITE arrived. `caller` in E.164 or as sent, "" if withheld; `service` after `urn:service:`;
    `raw` is the digest of the message kept beside the journal."""

    call: str
    caller: Annotated[str, PERSONAL] = ""
    called: str = ""
    service: str = "sos"
    access: Annotated[str, PERSONAL] = ""
    source: Annotated[str, PERSONAL] = ""
    sip_call_id: Annotated[str, PERSONAL] = ""
    raw: str = ""
    test: bool = False
    media: Media = "audio"  # audio, text, or both as "audio text"
    priority: str = ""  # of the Priority header, such as psap-callback (RFC 7090)
    languages: tuple[str, ...] = ()  # the caller's, the best first (RFC 8373, Accept-Language)


class CallPlaced(Event):
    """We call somebody: `to` as dialled (a SIP URI), `number` for people. `callback_of`: the call that is returned.
    The call rings `position` as soon as it is answered over there."""

    call: str
    to: Annotated[str, PERSONAL]
    number: Annotated[str, PERSONAL]
    position: str
    by: str
    callback_of: str = ""
    incident: str = ""


class LocationReceived(Event):
    """One observation of where the caller is. `by`: the person whose observation it is, "" for a machine's."""

    call: str
    location: Annotated[Location, PERSONAL]
    by: str = ""


class CallQueued(Event):
    """Also when it goes back to the queue because its call-taker's audio broke, when what rang rings no longer, and
    when its place belongs to another queue (`moved`). `overflow_at`: when others are asked as well, seconds since 1970
    (see CallOverflowed); `ahead`: seconds it is treated as having waited already, because it found many others."""

    call: str
    queue: str
    overflow_at: float = 0.0
    ahead: float = 0.0
    moved: bool = False


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One ground of a score. `weight`: what it adds to the score, 0 or less when it speaks for the caller."""

    text: Text
    weight: float


class CallScored(Event):
    """How much speaks for a prank or ghost call, `value` 0 … 1, and why. `suspected`: it waits behind the others for a
    while (dispatch/policy/queues/shield.py)."""

    call: str
    value: float
    suspected: bool
    reasons: tuple[Reason, ...] = ()


class CallPrioritised(Event):
    """It is answered before ordinary calls. `why`: ecall, pressed (5, after the prompt) or called_back."""

    call: str
    why: Priority


class CallOffered(Event):
    """The call rings at this position (longest idle first) until `until` (seconds since 1970), then elsewhere.
    `positions`: all of them, where it rings at several."""

    call: str
    position: str
    until: float = 0.0
    positions: tuple[str, ...] = ()


class CallAccepted(Event):
    """A call-taker pressed answer; the bridge is ordered but not yet confirmed."""

    call: str
    position: str
    by: str


class CallBridged(Event):
    call: str  # caller and call-taker hear each other
    position: str


class CallParted(Event):
    """The bridge ended although the caller is still there: our end broke, or the alternate centre hung up."""

    call: str
    why: Text | None = None


class AnnouncementStarted(Event):
    """Nobody answered in time: the caller is connected and hears the announcement, and waits on."""

    call: str


class CallEnded(Event):
    """`by`: caller, centre or failure. `why`: what the line said, or what we ended it for."""

    call: str
    by: EndedBy = "caller"
    why: Text | None = None


class LegLost(Event):
    call: str  # the switch restarted and no longer has it


class CallbackOwed(Event):
    """One more try of its number. `urgency` 2: the line broke in a conversation or at our side; 1: the caller gave up
    waiting. `lapses`: when it is taken off the list by itself, seconds since 1970. `entry`: the call whose entry of the
    list it joins, "" for one of its own."""

    call: str
    caller: Annotated[str, PERSONAL]
    why: Text
    urgency: int = 1
    lapses: float = 0.0
    entry: str = ""


class CallbackCleared(Event):
    """`reason` in the words of whoever cleared it; `why` where nobody did."""

    call: str  # the entry's id: the first of its calls
    by: str
    reason: Annotated[str, PERSONAL] = ""
    why: Text | None = None
    calls: tuple[str, ...] = ()  # all that the entry named


class CallDisposed(Event):
    call: str
    disposition: Disposition  # emergency, information, prank, ghost, test
    by: str


class RecordingSealed(Event):
    """One WAV of one leg; `digest` SHA-256 hex, `started` seconds since 1970, `seconds` its length."""

    call: str
    leg: str
    digest: str
    started: float
    seconds: float
    size: int


class RecordingIncomplete(Event):
    """Of what was spoken on a leg, `missing` of `seconds` are in no recording, and `why`. `running`: it was noticed
    while the leg goes on; how much it was in the end is told then."""

    call: str
    leg: str
    missing: float
    seconds: float
    why: Text
    running: bool = False


class SoundStrayed(Event):
    """The switch's bridge was not what the modes say, and was mended: `listener` heard `speaker` and should not have
    (`heard`), or should have and did not. Each is a `sound-end` of the catalogue: caller, position, party, sound (what
    is played), recorder, canary or unknown. `calls`: theirs."""

    calls: tuple[str, ...]
    listener: Text
    speaker: Text
    heard: bool = False


class DiscrepancyNoted(Event):
    """A surprise from outside, kept and not refused. `about`: call, unit, switch, settings … `detail`: as it came."""

    about: str
    what: Annotated[Text, PERSONAL]
    detail: Annotated[str, PERSONAL] = ""
