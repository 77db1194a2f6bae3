"""Every request a person or a program can make, with who may make it."""

from __future__ import annotations

from typing import Annotated, Union

import msgspec

from routing.location import Location

Id = Annotated[str, msgspec.Meta(max_length=80)]
Text = Annotated[str, msgspec.Meta(max_length=4000)]
CALL_TAKER, DISPATCHER, RESPONDER = "call-taker", "dispatcher", "responder"
AUDITOR, SUPERVISOR, ADMIN, TRACKER = "auditor", "supervisor", "admin", "tracker"
ROLES = (CALL_TAKER, DISPATCHER, RESPONDER, AUDITOR, SUPERVISOR, ADMIN, TRACKER)


class Command(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True, tag_field="command",
    forbid_unknown_fields=True,
):  # fmt: skip
    """Unknown fields are refused, so that a misspelt field is never silently ignored."""


class SignOn(Command):
    """Opens a position (an operator's seat). `media`: browser, or phone for a SIP phone that dials in."""

    position: Id
    media: Annotated[str, msgspec.Meta(pattern="^(browser|phone)$")] = "browser"


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


class OpenIncident(Command):
    type: Id
    call: Id = ""
    location: Location | None = None
    address: Text = ""
    note: Text = ""


class UpdateIncident(Command):
    incident: Id
    type: Id = ""
    location: Location | None = None
    address: Text | None = None


class AddNote(Command):
    incident: Id
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]


class LinkCall(Command):
    incident: Id
    call: Id


class Recommend(Command):
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
    progress: Annotated[str, msgspec.Meta(pattern="^(en_route|on_scene|clear)$")]


class SetUnitStatus(Command):
    unit: Id
    status: Annotated[str, msgspec.Meta(pattern="^(available|busy|off_duty)$")]


class CloseIncident(Command):
    incident: Id
    outcome: Text = ""


class DisposeCall(Command):
    call: Id
    disposition: Annotated[str, msgspec.Meta(pattern="^(emergency|information|prank|ghost|test)$")]


class ClearCallback(Command):
    """`call`: the id of the entry on the callback list."""

    call: Id
    why: Text = ""


class ViewCamera(Command):
    camera: Id
    incident: Id = ""


class ClearAlarm(Command):
    alarm: Id


AnyCommand = Union[tuple(Command.__subclasses__())]  # noqa: UP007  (built from the classes above)

_DESK = {CALL_TAKER, DISPATCHER, SUPERVISOR}
ALLOWED: dict[type[Command], set[str]] = {
    SignOn: _DESK,
    SignOff: _DESK,
    SetReady: _DESK,
    AnswerCall: _DESK,
    HangUp: _DESK,
    OpenIncident: _DESK,
    UpdateIncident: _DESK,
    AddNote: _DESK | {RESPONDER},
    LinkCall: _DESK,
    Recommend: _DESK,
    AssignUnit: _DESK,
    CancelAssignment: _DESK,
    Acknowledge: {RESPONDER, DISPATCHER, SUPERVISOR},
    ReportProgress: {RESPONDER, DISPATCHER, SUPERVISOR},
    SetUnitStatus: {RESPONDER, DISPATCHER, SUPERVISOR},
    CloseIncident: _DESK,
    DisposeCall: _DESK,
    ClearCallback: _DESK,
    ViewCamera: _DESK,
    ClearAlarm: _DESK,
}


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks. `unit` binds a responder to one unit; "" for the others."""

    user: str
    role: str
    unit: str = ""


_decoder = msgspec.json.Decoder(AnyCommand)


def decode(body: bytes) -> Command:
    """Raises msgspec.ValidationError / DecodeError (ValueError) naming the field that is wrong."""
    return _decoder.decode(body)
