"""Who is in the conversation of a call and what is said without a voice: modes, parties, keys, text."""

from __future__ import annotations

from typing import Annotated

from dispatch.events.base import Event
from dispatch.personal import PERSONAL
from dispatch.states import Mode, SupervisorMode, Via
from routing.text import Text


class PositionJoined(Event):
    """A further position is in the conversation. `mode`: talk (barge in), listen, or whisper (only call-takers hear
    it)."""

    call: str
    position: str
    mode: SupervisorMode


class PositionParted(Event):
    """This position left the conversation; the caller still has somebody, or is told of by CallParted."""

    call: str
    position: str


class ModeChanged(Event):
    """What `member` ("" is the caller, else a position or a party) does now: talk, muted, listen, whisper or held."""

    call: str
    member: str
    mode: Mode


class PartyDialled(Event):
    """Somebody else is called into the conversation: an agency, an interpreter, another centre. `label` for people.
    `blind`: the call-taker has left already; when the party does not answer, the caller comes back. `phone`: which of
    the queue's telephones it is, as the city's files name it, where nobody here chose it."""

    call: str
    party: str
    uri: Annotated[str, PERSONAL]
    label: Annotated[str, PERSONAL]
    by: str
    blind: bool = False
    phone: str = ""


class PartyJoined(Event):
    call: str
    party: str


class PartyLeft(Event):
    """Hung up, or never answered (`why` tells the SIP answer)."""

    call: str
    party: str
    why: Text | None = None


class CallTransferred(Event):
    """The call-taker left the caller with `party`; the call goes on and is recorded."""

    call: str
    party: str
    by: str


class CallTakenOver(Event):
    """`position` asked for the call that another position had, or was left with it."""

    call: str
    position: str
    by: str
    before: str = ""


class DtmfReceived(Event):
    """Keys that the caller, or a party, pressed."""

    call: str
    digits: Annotated[str, PERSONAL]
    party: str = ""


class DtmfSent(Event):
    call: str
    digits: Annotated[str, PERSONAL]
    by: str
    party: str = ""


class TextReceived(Event):
    """`via`: rtt (RFC 4103), message (SIP MESSAGE), or link (the page sent to the caller's phone)."""

    call: str
    text: Annotated[str, PERSONAL]
    via: Via


class TextSent(Event):
    call: str
    text: Annotated[str, PERSONAL]
    via: Via
    by: str
