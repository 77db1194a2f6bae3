"""Incidents, units, and their assignments."""

from __future__ import annotations

from dispatch.events import Proposal
from dispatch.records.base import Record
from routing.location import Location


class Note(Record):
    at: float
    by: str
    text: str


class Incident(Record):
    """`state`: open, closed. `alarm_level`: see AlarmLevelRaised; `next_level`: 0 when no run card asks for more.
    `doubt_id`, `doubt_en`: what is odd about its place, "" for nothing; `confirmed_by`: who made sure of it all the
    same. `cautions_id`, `cautions_en`: of the recommendation."""

    id: str
    type: str
    opened: float
    by: str
    state: str = "open"
    location: Location | None = None
    address: str = ""
    calls: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    candidates: tuple[Proposal, ...] = ()
    shortfall: tuple[str, ...] = ()
    missing_id: tuple[str, ...] = ()
    missing_en: tuple[str, ...] = ()
    method: str = ""
    recommended: float = 0.0
    alarm_level: int = 1
    next_level: int = 0
    assignments: tuple[str, ...] = ()
    closed: float = 0.0
    outcome: str = ""
    doubt_id: str = ""
    doubt_en: str = ""
    confirmed_by: str = ""
    cautions_id: tuple[str, ...] = ()
    cautions_en: tuple[str, ...] = ()


class Assignment(Record):
    """`state`: assigned, acknowledged, en_route, on_scene, clear, released. `unanswered`: the alarm went off."""

    id: str
    incident: str
    unit: str
    assigned: float
    state: str = "assigned"
    by: str = ""
    acknowledged: float = 0.0
    en_route: float = 0.0
    on_scene: float = 0.0
    cleared: float = 0.0
    unanswered: bool = False
    rank: int = 0
    override: str = ""
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
    status: str = "available"
    status_at: float = 0.0
    assignment: str = ""
    fix_at: float = 0.0
    shift: str = ""
    on_shift: bool = True
    shift_until: float = 0.0
