"""Every fact the control room can know, in the past tense. The one vocabulary of wire, journal, browser and auditor.

Theory of operation. An event is frozen, says when it happened (`at`, seconds since 1970, UTC) and which thing it is
about. The wire carries its JSON (`encode`), the journal keeps it in two parts (dispatch/journal/parting.py), the board
folds it. A field that equals its default is left out, so a new field with a default keeps old journals readable. A
field that tells of a person is marked PERSONAL. Nothing here decides anything.

Where a fact came in over the wire, `src` is (boot id of the switch, number of the report); it makes a repeated
report recognisable for ever. Where it comes of a request with a key, `asked` makes that request recognisable when it
is repeated: a page or a program that heard no answer can ask again, and nothing is done twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, Union, get_args

import msgspec

from dispatch.events.aliases import PlaceAliasAdded, PlaceAliasRemoved
from dispatch.events.base import Event as Event
from dispatch.events.calls import (
    AnnouncementStarted,
    CallAccepted,
    CallbackCleared,
    CallbackOwed,
    CallBridged,
    CallDisposed,
    CallEnded,
    CallOffered,
    CallParted,
    CallPlaced,
    CallPrioritised,
    CallQueued,
    CallReceived,
    CallScored,
    DiscrepancyNoted,
    LegLost,
    LocationReceived,
    Reason,
    RecordingIncomplete,
    RecordingSealed,
    SoundStrayed,
)
from dispatch.events.canary import (
    CanaryAnswered,
    CanaryCame,
    CanaryEnded,
    CanaryFailed,
    CanaryHeard,
    CanaryPassed,
    CanaryRang,
    CanaryScheduled,
    CanaryStarted,
)
from dispatch.events.centre import (
    AccountChanged,
    AlarmCleared,
    AlarmRaised,
    CallReplayed,
    CameraViewed,
    CatalogueInForce,
    ClockStepped,
    CommandRefused,
    DraftDiscarded,
    DraftRestored,
    Erased,
    JournalRead,
    JournalVerified,
    ProcessStalled,
    RecordingPlayed,
    RoomStarted,
    SignInRefused,
    SwitchConnected,
    SwitchLost,
    TrunkBack,
    TrunkLost,
    UserSignedIn,
    UserSignedOut,
)
from dispatch.events.conversation import (
    CallTakenOver,
    CallTransferred,
    DtmfReceived,
    DtmfSent,
    ModeChanged,
    PartyDialled,
    PartyJoined,
    PartyLeft,
    PositionJoined,
    PositionParted,
    TextReceived,
    TextSent,
)
from dispatch.events.handover import EidoRead, ReferenceGiven
from dispatch.events.incidents import (
    AlarmLevelRaised,
    AssignmentAcknowledged,
    AssignmentProgressed,
    AssignmentReleased,
    AssignmentUnanswered,
    CallLinked,
    Fix,
    IncidentChanged,
    IncidentClosed,
    IncidentOpened,
    NoteAdded,
    ProgressTold,
    RecommendationMade,
    UnitAssigned,
    UnitRegistered,
    UnitRetired,
    UnitsSighted,
    UnitStatusChanged,
)
from dispatch.events.location_link import (
    LinkAnswered,
    LinkAsked,
    LinkClosed,
    LinkConsented,
    LinkOpened,
    LinkSent,
    PhotoReceived,
    PhotoViewed,
)
from dispatch.events.locations import (
    AdditionalDataReceived,
    AmlClaimed,
    AmlLapsed,
    AmlReceived,
    CivicReceived,
    LocationChosen,
    LocationContradicted,
    LocationReferenced,
    LocationVerified,
    ReferenceTried,
)
from dispatch.events.neighbours import (
    AidUnit,
    AlertAnswered,
    AlertLinked,
    AlertReceived,
    AlertUnanswered,
    AlertWithdrawn,
    CentreAlerted,
    PlaceConfirmed,
    PlaceDoubted,
)
from dispatch.events.notices import NoticeFailed, NoticeOrdered, NoticeRepeated, NoticeSent
from dispatch.events.orders import OrderDone, OrderExpired, OrderFailed, OrderIssued
from dispatch.events.positions import (
    PositionAttended,
    PositionClosed,
    PositionLegDown,
    PositionLegUp,
    PositionOpened,
    PositionReady,
    PositionUnattended,
)
from dispatch.events.queues import CallOverflowed, PlacesTold, WrapUpBegan, WrapUpEnded
from dispatch.events.shifts import ShiftChange, ShiftsChanged
from dispatch.events.silence import CallerPrompted, PromptsUnanswered, SilenceNoted, SilentLetGo
from dispatch.events.streets import ConditionsSet, StreetClosed, StreetReopened, WaysReviewed
from dispatch.events.vehicle import MsdReceived

if TYPE_CHECKING:
    AnyEvent: TypeAlias = Event
else:
    AnyEvent = Union[tuple(Event.__subclasses__())]  # noqa: UP007  built from the classes above
EVENTS: dict[str, type[Event]] = {c.__name__: c for c in get_args(AnyEvent)}

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(AnyEvent)


def encode(event: Event) -> bytes:
    """The one JSON form of an event; field order is the class's, so equal events give equal bytes."""
    return _encoder.encode(event)


def decode(body: bytes | str) -> Event:
    """Raises msgspec.ValidationError / DecodeError (both ValueError) with a path when `body` is not an event."""
    return _decoder.decode(body)


__all__ = [
    "AccountChanged", "AdditionalDataReceived", "AidUnit", "AlarmCleared", "AlarmLevelRaised", "AlarmRaised",
    "AlertAnswered", "AlertLinked", "AlertReceived", "AlertUnanswered", "AlertWithdrawn", "AmlClaimed", "AmlLapsed",
    "AmlReceived", "AnnouncementStarted", "AnyEvent", "AssignmentAcknowledged", "AssignmentProgressed",
    "AssignmentReleased", "AssignmentUnanswered", "CallAccepted", "CallBridged", "CallDisposed", "CallEnded",
    "CallLinked", "CallOffered", "CallOverflowed", "CallParted", "CallPlaced", "CallPrioritised", "CallQueued",
    "CallReceived", "CallReplayed", "CallScored", "CallTakenOver", "CallTransferred", "CallbackCleared",
    "CallbackOwed", "CallerPrompted", "CameraViewed", "CanaryAnswered", "CanaryCame", "CanaryEnded", "CanaryFailed",
    "CanaryHeard", "CanaryPassed", "CanaryRang", "CanaryScheduled", "CanaryStarted", "CatalogueInForce",
    "CentreAlerted", "CivicReceived", "ClockStepped", "CommandRefused", "ConditionsSet", "DiscrepancyNoted",
    "DraftDiscarded", "DraftRestored", "DtmfReceived", "DtmfSent", "EVENTS", "EidoRead", "Erased", "Fix",
    "IncidentChanged", "IncidentClosed", "IncidentOpened", "JournalRead", "JournalVerified", "LegLost",
    "LinkAnswered", "LinkAsked", "LinkClosed", "LinkConsented", "LinkOpened", "LinkSent", "LocationChosen",
    "LocationContradicted", "LocationReceived", "LocationReferenced", "LocationVerified", "ModeChanged",
    "MsdReceived", "NoteAdded", "NoticeFailed", "NoticeOrdered", "NoticeRepeated", "NoticeSent", "OrderDone",
    "OrderExpired", "OrderFailed", "OrderIssued", "PartyDialled", "PartyJoined", "PartyLeft", "PhotoReceived",
    "PhotoViewed", "PlaceAliasAdded", "PlaceAliasRemoved", "PlaceConfirmed", "PlaceDoubted", "PlacesTold",
    "PositionAttended", "PositionClosed", "PositionJoined", "PositionLegDown", "PositionLegUp", "PositionOpened",
    "PositionParted", "PositionReady", "PositionUnattended", "ProcessStalled", "ProgressTold", "PromptsUnanswered",
    "Reason", "RecommendationMade", "RecordingIncomplete", "RecordingPlayed", "RecordingSealed", "ReferenceGiven",
    "ReferenceTried", "RoomStarted", "ShiftChange", "ShiftsChanged", "SignInRefused", "SilenceNoted", "SilentLetGo",
    "SoundStrayed", "StreetClosed", "StreetReopened", "SwitchConnected", "SwitchLost", "TextReceived", "TextSent",
    "TrunkBack", "TrunkLost", "UnitAssigned", "UnitRegistered", "UnitRetired", "UnitStatusChanged", "UnitsSighted",
    "UserSignedIn", "UserSignedOut", "WaysReviewed", "WrapUpBegan", "WrapUpEnded", "decode", "encode",
]  # fmt: skip
