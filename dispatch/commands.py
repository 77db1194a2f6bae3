"""Every request a person or a program can make, with who may make it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias, Union, dataclass_transform

import msgspec

from dispatch.states import (
    AlertAnswer,
    Disposition,
    LinkChannel,
    PartyMode,
    PositionMedia,
    Progress,
    PromptSound,
    Stops,
    SupervisorMode,
    UnitStatus,
)
from routing.location import Location
from routing.network.drawn import Drawn

Id = Annotated[str, msgspec.Meta(max_length=80)]
Text = Annotated[str, msgspec.Meta(max_length=4000)]
DraftId = Annotated[str, msgspec.Meta(max_length=300)]
CALL_TAKER, DISPATCHER, RESPONDER = "call-taker", "dispatcher", "responder"
AUDITOR, SUPERVISOR, ADMIN, TRACKER, CENTRE = "auditor", "supervisor", "admin", "tracker", "centre"
ROLES = (CALL_TAKER, DISPATCHER, RESPONDER, AUDITOR, SUPERVISOR, ADMIN, TRACKER, CENTRE)
DESK = frozenset({CALL_TAKER, DISPATCHER, SUPERVISOR})
WATCHERS = DESK | {AUDITOR, ADMIN}
PROGRAMS = frozenset({TRACKER, CENTRE})
"""Roles of programs that send one thing and read nothing: positions of units, a neighbour's alerts."""


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))  # a subclass of a frozen Struct is frozen
class Command(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True, tag_field="command",
    forbid_unknown_fields=True,
):  # fmt: skip
    """Unknown fields are refused, so that a misspelt field is never silently ignored."""


class SignOn(Command):
    """Opens a position (an operator's seat). `media`: browser, or phone for a SIP phone that dials in. `ready`: calls
    may ring there at once; a supervisor who only listens says no."""

    position: Id
    media: PositionMedia = "browser"
    ready: bool = True


class SignOff(Command):
    position: Id


class SetReady(Command):
    position: Id
    ready: bool
    reason: Text = ""


class AnswerCall(Command):
    """Takes a waiting call to the position of the one who asks."""

    call: Id
    position: Id


class HangUp(Command):
    call: Id


class Hold(Command):
    """The caller hears music until `held` is false again; the line stays open."""

    call: Id
    held: bool


class Mute(Command):
    """The call hears nothing of this position; for phones that have no such key, and for everybody's certainty."""

    position: Id
    muted: bool


class AddParty(Command):
    """Calls somebody into the conversation. `to`: a contact of the city's list (its id or address), or a number that
    may be dialled (`dial_prefixes`). `blind`: leave at once; a party that does not answer brings the caller back."""

    call: Id
    to: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    blind: bool = False


class DropParty(Command):
    call: Id
    party: Id


class SetPartyMode(Command):
    """held: the party waits with music while you speak with the caller."""

    call: Id
    party: Id
    mode: PartyMode


class Transfer(Command):
    """Leaves the caller with a party that has answered."""

    call: Id
    party: Id


class TakeOver(Command):
    """Takes a call that another position has, or that a party was left with."""

    call: Id
    position: Id


class Supervise(Command):
    """Joins a call: listen (nobody hears it), whisper (only the call-taker hears it), talk (everybody does)."""

    call: Id
    position: Id
    mode: SupervisorMode


class LeaveCall(Command):
    """Ends what Supervise began."""

    position: Id


class SendDigits(Command):
    """Keys, to the caller or to a party."""

    call: Id
    digits: Annotated[str, msgspec.Meta(pattern="^[0-9A-D*#,]{1,32}$")]
    party: Id = ""


class SendText(Command):
    call: Id
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class Prompt(Command):
    """Plays one of the spoken questions to the caller: silent ("press 5 if you cannot speak")."""

    call: Id
    sound: PromptSound


class RequestMsd(Command):
    """Asks a vehicle that called for its data anew (RFC 8147)."""

    call: Id


class CallBack(Command):
    """Calls the number of an earlier call (RFC 7090: Priority: psap-callback)."""

    call: Id
    position: Id


class PlaceCall(Command):
    """Calls an agency, a responder or anybody. `to` as for AddParty."""

    to: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    position: Id
    incident: Id = ""


class ObserveLocation(Command):
    """Where the caller says to be. Without `location` the gazetteer looks for `text`."""

    call: Id
    location: Location | None = None
    text: Text = ""


class VerifyLocation(Command):
    """You made sure that the caller is at this observation of the call (its number, counted from 0 as received)."""

    call: Id
    observation: int


class SendLocationLink(Command):
    """Sends a page to the caller's telephone that gives places, photos and written lines. `to`: a number, "" for the
    one that called."""

    call: Id
    to: Annotated[str, msgspec.Meta(max_length=30)] = ""
    channel: LinkChannel = "sms"


class CloseLink(Command):
    call: Id


class AnswerBrowser(Command):
    """Another browser has the key of a caller's page: let it in when the caller says that it is theirs."""

    call: Id
    browser: Annotated[str, msgspec.Meta(max_length=64)]
    allowed: bool


class AddAlias(Command):
    """People call this place so. `name`: what is there in other words."""

    alias: Annotated[str, msgspec.Meta(min_length=2, max_length=80)]
    location: Location
    name: Annotated[str, msgspec.Meta(max_length=120)] = ""


class RemoveAlias(Command):
    alias: Annotated[str, msgspec.Meta(max_length=80)]


class OpenIncident(Command):
    """`said`: what the caller called the place, when it was set on the map and not found by its name. `alert`: what a
    neighbouring centre told us of. `draft`: the draft (dispatch/drafting/drafts.py) whose words these are."""

    type: Id
    call: Id = ""
    location: Location | None = None
    address: Text = ""
    note: Text = ""
    said: Annotated[str, msgspec.Meta(max_length=80)] = ""
    alert: Annotated[str, msgspec.Meta(max_length=200)] = ""
    draft: DraftId = ""


class UpdateIncident(Command):
    """`said` and `draft` as for OpenIncident."""

    incident: Id
    type: Id = ""
    location: Location | None = None
    address: Text | None = None
    said: Annotated[str, msgspec.Meta(max_length=80)] = ""
    draft: DraftId = ""


class AddNote(Command):
    """`draft` as for OpenIncident."""

    incident: Id
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
    draft: DraftId = ""


class LinkCall(Command):
    incident: Id
    call: Id


class ConfirmPlace(Command):
    """The place is right although it lies outside our boundaries."""

    incident: Id


class LinkAlert(Command):
    """What a neighbouring centre told us of is this incident of ours."""

    alert: Annotated[str, msgspec.Meta(max_length=200)]
    incident: Id


class AnswerAlert(Command):
    """Our answer to a neighbouring centre; of an alert of ours, what the centre said by telephone."""

    alert: Annotated[str, msgspec.Meta(max_length=200)]
    answer: AlertAnswer
    text: Annotated[str, msgspec.Meta(max_length=500)] = ""


class Recommend(Command):
    incident: Id


class RaiseAlarmLevel(Command):
    """More is sent, as the run card of the next level says."""

    incident: Id


class AssignUnit(Command):
    """`reason` is asked for when the unit is not among the suggested ones."""

    incident: Id
    unit: Id
    reason: Text = ""


class CancelAssignment(Command):
    assignment: Id
    reason: Text = ""


class Acknowledge(Command):
    assignment: Id


class ReportProgress(Command):
    assignment: Id
    progress: Progress


class SetUnitStatus(Command):
    unit: Id
    status: UnitStatus


class CloseStreet(Command):
    """Nobody may pass where it is drawn (`stops`: all), or only motorcycles and people on foot (cars). `until`: seconds
    since 1970, 0 for until somebody opens it."""

    drawn: Drawn
    stops: Stops = "all"
    why: Annotated[str, msgspec.Meta(max_length=200)] = ""
    until: Annotated[float, msgspec.Meta(ge=0.0, le=1e11)] = 0.0


class ReopenStreet(Command):
    closure: Id


class SetConditions(Command):
    """`tide_m`: metres of the tide table as somebody reads them now; None for what the table says. It all holds until
    `until` (seconds since 1970; 0: for three hours). Without rain and tide it takes back what was said."""

    rain: bool = False
    tide_m: Annotated[float, msgspec.Meta(ge=-20.0, le=20.0)] | None = None
    until: Annotated[float, msgspec.Meta(ge=0.0, le=1e11)] = 0.0


class CloseIncident(Command):
    incident: Id
    outcome: Text = ""


class DisposeCall(Command):
    call: Id
    disposition: Disposition


class ClearCallback(Command):
    """`call`: the id of the entry on the callback list."""

    call: Id
    reason: Text = ""


class ViewCamera(Command):
    camera: Id
    incident: Id = ""


class RunCanary(Command):
    """A test call by the trunk and back, now."""


class ClearAlarm(Command):
    alarm: Id


if TYPE_CHECKING:
    AnyCommand: TypeAlias = Command
else:
    AnyCommand = Union[tuple(Command.__subclasses__())]  # noqa: UP007  built from the classes above

ALLOWED: dict[type[Command], set[str] | frozenset[str]] = {
    SignOn: DESK,
    SignOff: DESK,
    SetReady: DESK,
    AnswerCall: DESK,
    HangUp: DESK,
    Hold: DESK,
    Mute: DESK,
    AddParty: DESK,
    DropParty: DESK,
    SetPartyMode: DESK,
    Transfer: DESK,
    TakeOver: DESK,
    Supervise: {SUPERVISOR},
    LeaveCall: {SUPERVISOR},
    SendDigits: DESK,
    SendText: DESK,
    Prompt: DESK,
    RequestMsd: DESK,
    CallBack: DESK,
    PlaceCall: DESK,
    ObserveLocation: DESK,
    VerifyLocation: DESK,
    SendLocationLink: DESK,
    CloseLink: DESK,
    AnswerBrowser: DESK,
    AddAlias: DESK,
    RemoveAlias: DESK,
    OpenIncident: DESK,
    UpdateIncident: DESK,
    AddNote: DESK | {RESPONDER},
    LinkCall: DESK,
    ConfirmPlace: DESK,
    LinkAlert: DESK,
    AnswerAlert: DESK,
    Recommend: DESK,
    RaiseAlarmLevel: DESK,
    AssignUnit: DESK,
    CancelAssignment: DESK,
    Acknowledge: {RESPONDER, DISPATCHER, SUPERVISOR},
    ReportProgress: {RESPONDER, DISPATCHER, SUPERVISOR},
    SetUnitStatus: {RESPONDER, DISPATCHER, SUPERVISOR},
    CloseStreet: {DISPATCHER, SUPERVISOR},
    ReopenStreet: {DISPATCHER, SUPERVISOR},
    SetConditions: {DISPATCHER, SUPERVISOR},
    CloseIncident: DESK,
    DisposeCall: DESK,
    ClearCallback: DESK,
    ViewCamera: DESK,
    RunCanary: {SUPERVISOR, ADMIN},
    ClearAlarm: DESK,
}


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks. `unit` binds a responder to one unit; "" for the others. `skills`: words such as en, zh, fire."""

    user: str
    role: str
    unit: str = ""
    skills: tuple[str, ...] = ()


_decoder = msgspec.json.Decoder(AnyCommand)


def decode(body: bytes) -> Command:
    """Raises msgspec.ValidationError / DecodeError (ValueError) naming the field that is wrong."""
    command: Command = _decoder.decode(body)
    return command
