"""Incidents, recommendations, units and their assignments."""

from __future__ import annotations

from typing import Annotated

import msgspec

from dispatch import states
from dispatch.events.base import Event
from dispatch.personal import PERSONAL
from dispatch.states import AssignmentState, Progress, UnitStatus
from routing.location import Location
from routing.recommendation.candidate import Candidate
from routing.text import Text


class IncidentOpened(Event):
    """`said`: what the caller called the place, when it was set on the map and not found by its name. `alert`: what a
    neighbouring centre told us of. `draft`: whose words these are (dispatch/drafting/drafts.py)."""

    incident: str
    type: str
    by: str
    call: str = ""
    location: Annotated[Location | None, PERSONAL] = None
    address: Annotated[str, PERSONAL] = ""
    said: Annotated[str, PERSONAL] = ""
    alert: str = ""
    draft: str = ""


class IncidentChanged(Event):
    """Only the fields that changed; `said` and `draft` as in IncidentOpened."""

    incident: str
    by: str
    type: str = ""
    location: Annotated[Location | None, PERSONAL] = None
    address: Annotated[str | None, PERSONAL] = None
    said: Annotated[str, PERSONAL] = ""
    draft: str = ""


class IncidentClosed(Event):
    incident: str
    by: str
    outcome: Annotated[str, PERSONAL] = ""


class NoteAdded(Event):
    """`draft` as in IncidentOpened."""

    incident: str
    text: Annotated[str, PERSONAL]
    by: str
    draft: str = ""


class CallLinked(Event):
    incident: str
    call: str
    by: str


class RecommendationMade(Event):
    """`shortfall`: (capability, how many units) that no unit fills, and `missing` why, one sentence for each of it.
    `method`: how the ranking was made. `next_level`: the next alarm level that a run card has, 0 for none. `cautions`:
    what is odd about the place that it is for."""

    incident: str
    candidates: tuple[Candidate, ...]
    shortfall: tuple[tuple[str, int], ...] = ()
    method: tuple[Text, ...] = ()
    took_ms: float = 0.0
    missing: tuple[Text, ...] = ()
    next_level: int = 0
    cautions: Annotated[tuple[Text, ...], PERSONAL] = ()


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
    status: UnitStatus
    by: str = ""


class UnitAssigned(Event):
    """`rank` the unit had in the latest recommendation (0: not in it); `override` the reason for another choice;
    `ack_by`: without an acknowledgement by then (seconds since 1970) an alarm goes off."""

    assignment: str
    incident: str
    unit: str
    by: str
    rank: int = 0
    override: Annotated[str, PERSONAL] = ""
    seconds: float = 0.0
    ack_by: float = 0.0


class AssignmentAcknowledged(Event):
    assignment: str
    by: str


class AssignmentProgressed(Event):
    """`progress`: en_route, on_scene, clear."""

    assignment: str
    progress: Progress
    by: str


class ProgressTold(Event):
    """A crew's report (acknowledged, en_route, on_scene or clear) that came when the assignment was over, or further
    on: when it happened is kept, the state stays. `state`: of the assignment when it came."""

    assignment: str
    progress: states.ProgressTold
    by: str
    state: AssignmentState


class AssignmentUnanswered(Event):
    assignment: str
    waited: float


class AssignmentReleased(Event):
    """`reason` in the words of whoever released it; `why` where nobody here did."""

    assignment: str
    by: str
    reason: Annotated[str, PERSONAL] = ""
    why: Annotated[Text | None, PERSONAL] = None


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
