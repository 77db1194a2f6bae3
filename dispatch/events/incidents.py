"""Incidents, recommendations, units and their assignments."""

from __future__ import annotations

import msgspec

from dispatch.events.base import Event
from routing.location import Location


class IncidentOpened(Event):
    """`said`: what the caller called the place, when it was set on the map and not found by its name. `alert`: what a
    neighbouring centre told us of. `draft`: whose words these are (dispatch/drafting/drafts.py)."""

    incident: str
    type: str
    by: str
    call: str = ""
    location: Location | None = None
    address: str = ""
    said: str = ""
    alert: str = ""
    draft: str = ""


class IncidentChanged(Event):
    """Only the fields that changed; `said` and `draft` as in IncidentOpened."""

    incident: str
    by: str
    type: str = ""
    location: Location | None = None
    address: str | None = None
    said: str = ""
    draft: str = ""


class IncidentClosed(Event):
    incident: str
    by: str
    outcome: str = ""


class NoteAdded(Event):
    """`draft` as in IncidentOpened."""

    incident: str
    text: str
    by: str
    draft: str = ""


class CallLinked(Event):
    incident: str
    call: str
    by: str


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """One ranked unit with all that the ranking used: fix (degrees, seconds since 1970), travel (s, m), reasons.
    `doubt`: as in Fix. `coverage_loss`: share of all expected coverage that sending it takes, 0 to 1; `uncovers_share`:
    of the area `uncovers`, which loses most."""

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
    doubt: str = ""
    coverage_loss: float = 0.0
    uncovers: str = ""
    uncovers_share: float = 0.0


class RecommendationMade(Event):
    """`missing_id`, `missing_en`: why there is a shortfall, one sentence for each of it.
    `next_level`: the next alarm level that a run card has, 0 for none. `cautions_id`, `cautions_en`: what is odd about
    the place that it is for."""

    incident: str
    candidates: tuple[Proposal, ...]
    shortfall: tuple[str, ...] = ()
    method: str = ""
    took_ms: float = 0.0
    missing_id: tuple[str, ...] = ()
    missing_en: tuple[str, ...] = ()
    next_level: int = 0
    cautions_id: tuple[str, ...] = ()
    cautions_en: tuple[str, ...] = ()


class AlarmLevelRaised(Event):
    """More is sent from now on: `level` of the run cards, 1 being what the incident began with."""

    incident: str
    level: int
    by: str


class UnitRegistered(Event):
    """`centre`: the neighbouring centre that commands it, "" for ours. `shift`: when its crew is on duty, as units.csv
    has it, "" for always."""

    unit: str
    agency: str
    kind: str
    name: str
    lat: float
    lon: float
    capabilities: tuple[str, ...] = ()
    profile: str = "car"
    station: str = ""
    phone: str = ""  # of the crew, E.164
    centre: str = ""
    shift: str = ""


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


class ProgressTold(Event):
    """A crew's report (acknowledged, en_route, on_scene or clear) that came when the assignment was over, or further
    on: when it happened is kept, the state stays. `state`: of the assignment when it came."""

    assignment: str
    progress: str
    by: str
    state: str


class AssignmentUnanswered(Event):
    assignment: str
    waited: float


class AssignmentReleased(Event):
    assignment: str
    by: str
    why: str = ""


class Fix(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a unit was: degrees WGS84, `at` seconds since 1970, speed m/s, bearing degrees, accuracy metres. `device`
    sent it. `doubt`: why it may be wrong, "" or one of DOUBTS in dispatch/tracking/fixes.py."""

    unit: str
    lat: float
    lon: float
    at: float
    speed: float = 0.0
    bearing: float = 0.0
    accuracy: float = 0.0
    device: str = ""
    doubt: str = ""


class UnitsSighted(Event):
    """A sample of the fixes of assigned units, so that a replay can show the way they took."""

    fixes: tuple[Fix, ...]
