"""Every fact the control room can know, in the past tense. The one vocabulary of wire, journal, browser and auditor.

Theory of operation. An event is frozen, says when it happened (`at`, seconds since 1970, UTC) and which thing it is
about. The journal keeps its JSON (`encode`), the board folds it. A field that equals its default is left out, so a
new field with a default keeps old journals readable. Nothing here decides anything.

Where a fact came in over the wire, `src` is (boot id of the switch, number of the report); it makes a repeated
report recognisable for ever.
"""

from __future__ import annotations

from typing import Union, get_args

import msgspec

from routing.location import Location


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True, tag_field="event"):
    """`at`: when it happened, seconds since 1970 UTC. `src`: (boot, report number) when a switch reported it."""

    at: float
    src: tuple[str, int] | None = None


# -- calls
class CallReceived(Event):
    """An INVITE arrived. `caller` in E.164 or as sent, "" if withheld; `service` after `urn:service:`;
    `raw` is the digest of the message kept beside the journal."""

    call: str
    caller: str = ""
    called: str = ""
    service: str = "sos"
    access: str = ""
    source: str = ""
    sip_call_id: str = ""
    raw: str = ""
    test: bool = False


class LocationReceived(Event):
    call: str
    location: Location


class CallQueued(Event):
    """Also when it goes back to the queue because its call-taker's audio broke."""

    call: str
    queue: str


class CallOffered(Event):
    """The call rings at this position (longest idle first) until `until` (seconds since 1970), then elsewhere."""

    call: str
    position: str
    until: float = 0.0


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
    why: str = ""


class AnnouncementStarted(Event):
    """Nobody answered in time: the caller is connected and hears the announcement, and waits on."""

    call: str


class CallEnded(Event):
    """`by`: caller, centre or failure."""

    call: str
    by: str = "caller"
    reason: str = ""


class LegLost(Event):
    call: str  # the switch restarted and no longer has it


class CallbackOwed(Event):
    """One more try of its number. `urgency` 2: the line broke in a conversation or at our side; 1: the caller gave up
    waiting. `lapses`: when it is taken off the list by itself, seconds since 1970."""

    call: str
    caller: str
    why: str
    urgency: int = 1
    lapses: float = 0.0


class CallbackCleared(Event):
    call: str  # the entry's id: the first of its calls
    by: str
    why: str = ""
    calls: tuple[str, ...] = ()  # all that the entry named


class CallDisposed(Event):
    call: str
    disposition: str  # emergency, information, prank, ghost, test
    by: str


class RecordingSealed(Event):
    """One WAV of one leg; `digest` SHA-256 hex, `started` seconds since 1970, `seconds` its length."""

    call: str
    leg: str
    digest: str
    started: float
    seconds: float
    size: int


class DiscrepancyNoted(Event):
    """A surprise from outside, kept and not refused. `about`: call, unit, switch, settings …"""

    about: str
    what: str
    detail: str = ""


# -- positions
class PositionOpened(Event):
    """`media`: browser or phone."""

    position: str
    user: str
    media: str


class PositionReady(Event):
    position: str
    ready: bool
    reason: str = ""


class PositionClosed(Event):
    position: str
    why: str = ""


class PositionLegUp(Event):
    """The call-taker's audio is connected and stays so ("nailed up"). `user`: whose phone or page it is."""

    position: str
    leg: str
    user: str = ""


class PositionLegDown(Event):
    position: str
    leg: str
    why: str = ""


# -- incidents and units
class IncidentOpened(Event):
    incident: str
    type: str
    by: str
    call: str = ""
    location: Location | None = None
    address: str = ""


class IncidentChanged(Event):
    """Only the fields that changed."""

    incident: str
    by: str
    type: str = ""
    location: Location | None = None
    address: str | None = None


class IncidentClosed(Event):
    incident: str
    by: str
    outcome: str = ""


class NoteAdded(Event):
    incident: str
    text: str
    by: str


class CallLinked(Event):
    incident: str
    call: str
    by: str


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """One ranked unit with all that the ranking used: fix (degrees, seconds since 1970), travel (s, m), reasons."""

    unit: str
    agency: str
    rank: int
    seconds: float
    metres: float
    mode: str
    reason_id: str
    reason_en: str
    lat: float
    lon: float
    fix_at: float
    turnout_s: float = 0.0
    stale: bool = False
    suggested: bool = False
    uncertain: bool = False


class RecommendationMade(Event):
    incident: str
    candidates: tuple[Proposal, ...]
    shortfall: tuple[str, ...] = ()
    method: str = ""
    took_ms: float = 0.0


class UnitRegistered(Event):
    unit: str
    agency: str
    kind: str
    name: str
    lat: float
    lon: float
    capabilities: tuple[str, ...] = ()
    profile: str = "car"
    station: str = ""


class UnitRetired(Event):
    unit: str


class UnitStatusChanged(Event):
    """`status`: available, busy, off_duty."""

    unit: str
    status: str
    by: str = ""


class UnitAssigned(Event):
    """`rank` the unit had in the latest recommendation (0: not in it); `override` the reason for another choice;
    `ack_by`: without an acknowledgement by then (seconds since 1970) an alarm goes off."""

    assignment: str
    incident: str
    unit: str
    by: str
    rank: int = 0
    override: str = ""
    seconds: float = 0.0
    ack_by: float = 0.0


class AssignmentAcknowledged(Event):
    assignment: str
    by: str


class AssignmentProgressed(Event):
    """`progress`: en_route, on_scene, clear."""

    assignment: str
    progress: str
    by: str


class AssignmentUnanswered(Event):
    assignment: str
    waited: float


class AssignmentReleased(Event):
    assignment: str
    by: str
    why: str = ""


class Fix(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a unit was: degrees WGS84, `at` seconds since 1970, speed m/s, bearing degrees, accuracy metres."""

    unit: str
    lat: float
    lon: float
    at: float
    speed: float = 0.0
    bearing: float = 0.0
    accuracy: float = 0.0


class UnitsSighted(Event):
    """A sample of the fixes of assigned units, so that a replay can show the way they took."""

    fixes: tuple[Fix, ...]


# -- orders
class OrderIssued(Event):
    """An instruction to the outside world; its number is its place in the journal. Pending until a fact
    confirms it or `expires` (seconds since 1970). `do`: connect (call to position), ring (position), hangup."""

    do: str
    expires: float
    call: str = ""
    position: str = ""


class OrderDone(Event):
    order: int


class OrderFailed(Event):
    order: int
    why: str


class OrderExpired(Event):
    order: int


# -- the centre itself
class AlarmRaised(Event):
    """`level`: warning or critical; the texts say what to do."""

    alarm: str
    level: str
    text_id: str
    text_en: str
    incident: str = ""


class AlarmCleared(Event):
    alarm: str
    by: str = ""


class CameraViewed(Event):
    camera: str
    by: str
    incident: str = ""


class RecordingPlayed(Event):
    digest: str
    call: str
    by: str


class CallReplayed(Event):
    call: str
    by: str


class JournalRead(Event):
    by: str
    after: int


class JournalVerified(Event):
    by: str
    intact: bool
    first_broken: int = 0
    detail: str = ""


class UserSignedIn(Event):
    user: str
    role: str
    address: str = ""


class UserSignedOut(Event):
    user: str


class SignInRefused(Event):
    user: str
    address: str = ""


class AccountChanged(Event):
    user: str
    role: str
    by: str
    removed: bool = False


class SwitchConnected(Event):
    boot: str


class SwitchLost(Event):
    boot: str


class RoomStarted(Event):
    version: str = ""


class CommandRefused(Event):
    """`why` in English, `why_id` in Bahasa Indonesia, both with what to do."""

    command: str
    by: str
    why: str
    why_id: str = ""


AnyEvent = Union[tuple(c for c in Event.__subclasses__())]  # noqa: UP007  (built from the classes above)
EVENTS: dict[str, type[Event]] = {c.__name__: c for c in get_args(AnyEvent)}

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(AnyEvent)


def encode(event: Event) -> bytes:
    """The one JSON form of an event; field order is the class's, so equal events give equal bytes."""
    return _encoder.encode(event)


def decode(body: bytes | str) -> Event:
    """Raises msgspec.ValidationError / DecodeError (both ValueError) with a path when `body` is not an event."""
    return _decoder.decode(body)
