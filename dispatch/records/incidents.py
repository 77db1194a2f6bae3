"""Incidents, units, and their assignments."""

from __future__ import annotations

from typing import Annotated

from dispatch.personal import PERSONAL
from dispatch.records.base import Record
from dispatch.states import AssignmentState, IncidentState, UnitStatus
from routing.location import Location
from routing.recommendation.candidate import Candidate
from routing.text import Text


class Note(Record):
    at: float
    by: str
    text: Annotated[str, PERSONAL]


class Incident(Record):
    """`state`: open, closed. `alarm_level`: see AlarmLevelRaised; `next_level`: 0 when no run card asks for more.
    `doubt`: what is odd about its place; `confirmed_by`: who made sure of it all the same. `shortfall`, `missing`,
    `method`, `cautions`: see RecommendationMade. `erased`, `journal`: see Call."""

    id: str
    type: str
    opened: float
    by: str
    state: IncidentState = "open"
    location: Annotated[Location | None, PERSONAL] = None
    address: Annotated[str, PERSONAL] = ""
    calls: tuple[str, ...] = ()
    notes: Annotated[tuple[Note, ...], PERSONAL] = ()
    candidates: tuple[Candidate, ...] = ()
    shortfall: tuple[tuple[str, int], ...] = ()
    missing: tuple[Text, ...] = ()
    method: tuple[Text, ...] = ()
    recommended: float = 0.0
    alarm_level: int = 1
    next_level: int = 0
    assignments: tuple[str, ...] = ()
    closed: float = 0.0
    outcome: Annotated[str, PERSONAL] = ""
    doubt: Annotated[Text | None, PERSONAL] = None
    confirmed_by: str = ""
    cautions: Annotated[tuple[Text, ...], PERSONAL] = ()
    erased: bool = False
    journal: str = ""


class Assignment(Record):
    """`state`: assigned, acknowledged, en_route, on_scene, clear, released. `unanswered`: the alarm went off."""

    id: str
    incident: str
    unit: str
    assigned: float
    state: AssignmentState = "assigned"
    by: str = ""
    acknowledged: float = 0.0
    en_route: float = 0.0
    on_scene: float = 0.0
    cleared: float = 0.0
    unanswered: bool = False
    rank: int = 0
    override: Annotated[str, PERSONAL] = ""
    seconds: float = 0.0

    @property
    def active(self) -> bool:
        return self.state not in ("clear", "released")


class Unit(Record):
    """Its status and its last journaled place (degrees); live fixes are not on the board. `centre`: the neighbouring
    centre that commands it, "" for ours. `on_shift` holds until `shift_until` (seconds since 1970; 0: always)."""

    id: str
    agency: str
    kind: str
    name: str
    lat: float
    lon: float
    capabilities: tuple[str, ...] = ()
    profile: str = "car"
    station: str = ""
    phone: str = ""
    centre: str = ""
    status: UnitStatus = "available"
    status_at: float = 0.0
    assignment: str = ""
    fix_at: float = 0.0
    shift: str = ""
    on_shift: bool = True
    shift_until: float = 0.0
