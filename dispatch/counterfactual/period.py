"""What a journal tells of a period, so that it can be dispatched again: the fleet, and whom each incident needed.

What was sent is what was needed. Each assignment that arrived is one job; the need of the run card that it filled best
says what for. A job's times come from the record: when it was asked for, how much later than expected the crew rolled,
how much slower it drove, how long it worked, and where it was when it became free. What cannot be used is counted with
the reason. Pure.
"""

from __future__ import annotations

import math
import statistics
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable

import msgspec
import numpy as np
from scipy.optimize import linear_sum_assignment

from dispatch import events as ev
from dispatch.board import Board
from dispatch.journal.chain import Entry
from routing.city.boundary import serving
from routing.city.records import City, IncidentType
from routing.city.turnout import usual_turnout
from routing.location import Location
from routing.recommendation.candidate import Candidate
from routing.recommendation.units import network_profile
from routing.what_if.fleet import Crew, Job, Wave

_TOGETHER_S = 120.0
"""Units assigned within so many seconds after the first were asked for at once."""
_SLOWNESS = (0.5, 2.0)
_SHORTEST_TRIP_S = 20.0
_FIX_S = 180.0
_USUAL_SPREAD, _ENOUGH = 0.15, 30
_USED = (
    ev.CallReceived, ev.IncidentOpened, ev.IncidentChanged, ev.RecommendationMade, ev.AlarmLevelRaised,
    ev.UnitRegistered, ev.UnitRetired, ev.UnitStatusChanged, ev.UnitAssigned, ev.AssignmentProgressed,
    ev.AssignmentReleased, ev.UnitsSighted, ev.ShiftsChanged, ev.StreetClosed, ev.StreetReopened, ev.ConditionsSet,
)  # fmt: skip
_KINDS = frozenset(kind.__name__ for kind in _USED)

LEFT_OUT = ("nowhere", "nobody", "called-off", "not-done", "neighbour", "unknown")
"""Why an incident or an assignment cannot be dispatched again; what each means stands in the catalogue (`what-if`)."""


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as it was: `called` and `opened`, where, and when the first unit arrived (seconds since 1970)."""

    id: str
    type: str
    called: float
    opened: float
    lat: float
    lon: float
    arrived: float
    units: tuple[str, ...]


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """`left_out`: reason (one of LEFT_OUT) -> how many; `streets`: the board's closures and conditions from each time
    on; `handling_s`: the usual time from the call to the first assignment; `spread`: the standard deviation of driving
    times as a share of what was expected."""

    incidents: dict[str, Happened]
    waves: tuple[Wave, ...]
    crews: tuple[Crew, ...]
    left_out: dict[str, int]
    streets: tuple[tuple[float, Board], ...]
    handling_s: float
    spread: float

    def streets_at(self, at: float) -> Board:
        """The board as far as it knows closures and conditions at that time."""
        return self.streets[max(0, bisect_right(self.streets, at, key=lambda step: step[0]) - 1)][1]


class _Assignment(msgspec.Struct):
    id: str
    incident: str
    unit: str
    at: float
    expected: Candidate | None = None
    short: bool = False
    en_route: float = 0.0
    on_scene: float = 0.0
    clear: float = 0.0
    off: bool = False
    ended: tuple[float, float] | None = None


class _PastIncident(msgspec.Struct):
    id: str
    type: str
    called: float
    opened: float
    location: Location | None
    level: int = 1
    candidates: tuple[Candidate, ...] = ()
    short: set[str] = msgspec.field(default_factory=set)
    assignments: list[_Assignment] = msgspec.field(default_factory=list)


_Spans = dict[str, list[tuple[float, float]]]
"""unit -> from when until when."""


class _Reader:
    """Takes the events in order."""

    def __init__(self) -> None:
        self.calls: dict[str, float] = {}
        self.incidents: dict[str, _PastIncident] = {}
        self.assignments: dict[str, _Assignment] = {}
        self.units: dict[str, ev.UnitRegistered] = {}
        self.retired: _Spans = {}
        self.signed_off: _Spans = {}
        self.off_shift: _Spans = {}
        self.fixes: dict[str, ev.Fix] = {}
        self.streets: list[tuple[float, Board]] = [(0.0, Board())]
        self.last = 0.0

    def take(self, seq: int, e: ev.Event) -> None:
        self.last = max(self.last, e.at)
        match e:
            case ev.CallReceived():
                self.calls[e.call] = e.at
            case ev.IncidentOpened():
                self.incidents[e.incident] = _PastIncident(
                    id=e.incident, type=e.type, called=self.calls.get(e.call, e.at), opened=e.at, location=e.location
                )
            case ev.IncidentChanged() if about := self.incidents.get(e.incident):
                about.type, about.location = e.type or about.type, e.location or about.location
            case ev.RecommendationMade() if about := self.incidents.get(e.incident):
                about.candidates = e.candidates
                about.short |= {capability for capability, _ in e.shortfall}
            case ev.AlarmLevelRaised() if about := self.incidents.get(e.incident):
                about.level = e.level
            case ev.UnitRegistered():
                self.units[e.unit] = e
                self._stays(self.retired, e.unit, True, e.at)
            case ev.UnitRetired():
                self._stays(self.retired, e.unit, False, e.at)
            case ev.UnitStatusChanged():
                self._stays(self.signed_off, e.unit, e.status == "available", e.at)
            case ev.ShiftsChanged():
                for change in e.changes:
                    self._stays(self.off_shift, change.unit, change.on, e.at)
            case ev.UnitAssigned() if about := self.incidents.get(e.incident):
                expected = next((one for one in about.candidates if one.unit == e.unit), None)
                made = _Assignment(e.assignment, e.incident, e.unit, e.at, expected, bool(about.short))
                self.assignments[e.assignment] = made
                about.assignments.append(made)
            case ev.AssignmentProgressed() if job := self.assignments.get(e.assignment):
                setattr(job, e.progress, e.at)
                if e.progress == "clear":
                    self._ends(job)
            case ev.AssignmentReleased() if job := self.assignments.get(e.assignment):
                job.clear, job.off = e.at, not job.on_scene
                self._ends(job)
            case ev.UnitsSighted():
                self.fixes.update((fix.unit, fix) for fix in e.fixes if not fix.doubt)
            case ev.StreetClosed() | ev.StreetReopened() | ev.ConditionsSet():
                board = Board()
                for name in ("closures", "conditions"):
                    board.tables[name].update(self.streets[-1][1].tables[name])
                board.apply(seq, e)
                self.streets.append((e.at, board))

    def _ends(self, job: _Assignment) -> None:
        fix = self.fixes.get(job.unit)
        if fix and job.clear - _FIX_S <= fix.at <= job.clear:
            job.ended = (fix.lat, fix.lon)

    def _stays(self, away: _Spans, unit: str, here: bool, at: float) -> None:
        spans = away.setdefault(unit, [])
        gone = bool(spans) and spans[-1][1] == np.inf
        if here and gone:
            spans[-1] = (spans[-1][0], at)
        elif not here and not gone:
            spans.append((at, np.inf))

    def away(self, unit: str) -> tuple[tuple[float, float], ...]:
        """When it took no new job, whatever for."""
        return tuple(span for why in (self.retired, self.signed_off, self.off_shift) for span in why.get(unit, ()))


def read_period(
    entries: Iterable[Entry],
    city: City,
    begin: float = 0.0,
    end: float = np.inf,
    progress: Callable[[int], None] = lambda seq: None,
) -> Period:
    """What happened with the incidents opened from `begin` until `end` (seconds since 1970)."""
    reader = _Reader()
    for entry in entries:
        if entry.kind in _KINDS:
            reader.take(entry.seq, entry.event)
        if entry.seq % 50_000 == 0:
            progress(entry.seq)
    left_out: Counter[str] = Counter()
    types = {kind.id: kind for kind in city.incident_types}
    able = {name: unit.capabilities for name, unit in reader.units.items()}
    usable = {}
    for about in reader.incidents.values():
        if not begin <= about.opened < end:
            continue
        done = [job for job in about.assignments if _counts(job, reader, left_out)]
        if about.location is None:
            left_out["nowhere"] += 1
        elif not done:
            left_out["nobody"] += 1
        else:
            usable[about.id] = done
    prompt = [reader.incidents[name].assignments[0] for name, done in usable.items() if not done[0].short]
    usual = statistics.median(job.at - reader.incidents[job.incident].opened for job in prompt) if prompt else 0.0
    incidents, waves, waited = {}, [], []
    for name, done in usable.items():
        about = reader.incidents[name]
        assert about.location is not None, "the others are left out"
        place = (about.location.lat, about.location.lon)
        needs = _needs(about, place, types, city)
        words = filled(needs, [able[job.unit] for job in done])
        arrived = min(job.on_scene for job in done)
        incidents[name] = Happened(
            id=name, type=about.type, called=about.called, opened=about.opened, lat=place[0], lon=place[1],
            arrived=arrived, units=tuple(job.unit for job in done),
        )  # fmt: skip
        first = done[0].at if not done[0].short else min(done[0].at, about.opened + usual)
        waited.append(first - about.called)
        level = types[about.type].level if about.type in types else 1
        groups: dict[float, list[Job]] = {}
        for job, word in zip(done, words, strict=True):
            at = first if job.short or job.at <= first + _TOGETHER_S else job.at
            groups.setdefault(at, []).append(_job(job, word, reader.units[job.unit]))
        for at, jobs in groups.items():
            waves.append(
                Wave(
                    at=at, jobs=tuple(jobs), incident=name, called=about.called, level=level, lat=place[0],
                    lon=place[1],
                )
            )  # fmt: skip
    return Period(
        incidents=incidents,
        waves=tuple(sorted(waves, key=lambda wave: (wave.at, wave.incident))),
        crews=_crews(reader, city, begin),
        left_out=dict(left_out),
        streets=tuple(reader.streets),
        handling_s=statistics.median(waited) if waited else 0.0,
        spread=_spread(waves),
    )


def _spread(waves: Iterable[Wave]) -> float:
    ratios = [math.log(job.slowness) for wave in waves for job in wave.jobs if job.slowness != 1.0]
    return statistics.pstdev(ratios) if len(ratios) >= _ENOUGH else _USUAL_SPREAD


def _counts(job: _Assignment, reader: _Reader, left_out: Counter[str]) -> bool:
    why = ""
    if job.unit not in reader.units:
        why = "unknown"
    elif reader.units[job.unit].centre:
        why = "neighbour"
    elif job.off:
        why = "called-off"
    elif not job.on_scene or not job.clear:
        why = "not-done"
    if why:
        left_out[why] += 1
    return not why


def _needs(about: _PastIncident, place: tuple[float, float], types: dict[str, IncidentType], city: City) -> list[str]:
    kind = types.get(about.type)
    if kind is None:
        return []
    places = {one.name for one in serving(city.boundaries, *place)}
    needs = city.run_cards.needs(kind.id, about.level, places, kind.needs)
    return [word for word, count in needs for _ in range(count)]


def filled(needs: list[str], units: list[tuple[str, ...]]) -> list[str]:
    """What each unit was there for; one that no need is left for, what it can do first of all."""
    words = [able[0] if able else "" for able in units]
    if needs:
        fits = np.array([[word in able for able in units] for word in needs], dtype=float)
        for row, column in zip(*linear_sum_assignment(-fits), strict=True):
            if fits[row, column]:
                words[column] = needs[row]
    return words


def _job(job: _Assignment, word: str, unit: ev.UnitRegistered) -> Job:
    """A crew without a report that it rolls has driven from when it was to roll."""
    ready = job.expected.turnout_s if job.expected else usual_turnout(unit.kind).station
    rolled = job.en_route or job.at + ready
    travel = job.expected.seconds - ready if job.expected else 0.0
    slowness = 1.0
    if travel >= _SHORTEST_TRIP_S:
        slowness = min(_SLOWNESS[1], max(_SLOWNESS[0], (job.on_scene - rolled) / travel))
    return Job(
        id=job.id, capability=word, recorded=job.unit, works_s=max(0.0, job.clear - job.on_scene),
        turnout_late_s=rolled - job.at - ready, slowness=slowness, ends_at=job.ended,
    )  # fmt: skip


def _crews(reader: _Reader, city: City, begin: float) -> tuple[Crew, ...]:
    """All units of our own, as they were registered last."""
    bound = {job.unit: job.clear for job in reader.assignments.values() if job.at < begin <= job.clear}
    found = []
    for name, unit in sorted(reader.units.items()):
        if unit.centre:
            continue
        times = city.turnout.get(unit.kind) or usual_turnout(unit.kind)
        found.append(Crew(
            id=name, capabilities=unit.capabilities, profile=network_profile(unit.kind, unit.profile), lat=unit.lat,
            lon=unit.lon, turnout_s=times.station, turnout_night_s=times.night, turnout_rolling_s=times.rolling,
            away=reader.away(name), bound_until=bound.get(name, 0.0),
        ))  # fmt: skip
    return tuple(found)
