"""Policy for incidents, recommendations and assignments.

    assignment     may become
    assigned       acknowledged, en_route, on_scene, clear, released
    acknowledged   en_route, on_scene, clear, released
    en_route       on_scene, clear, released
    on_scene       clear, released

The three reports a responder makes go forward only; progress without an acknowledgement is one. A crew in a dead spot
presses, and the network brings it later: what happened then is recorded as of then. What has been overtaken meanwhile,
because the unit was released or somebody else reported more, keeps its time, changes nothing else, and is told. A unit
that does not acknowledge in time raises an alarm and the ranking is made again without it.
"""

from __future__ import annotations

import msgspec

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.commands import Actor
from dispatch.inputs import Decision, Refused
from dispatch.records import Assignment, Incident
from dispatch.states import AssignmentState, ProgressTold
from dispatch.world import World
from routing.location import Location, Malformed, make_location
from routing.text import Param, text

FORWARD: tuple[AssignmentState, ...] = ("assigned", "acknowledged", "en_route", "on_scene", "clear")


def open_incident(board: Board, name: str) -> Incident:
    incident = board.incidents.get(name)
    if incident is None:
        raise Refused("refused.incident-unknown", incident=name)
    if incident.state == "closed":
        raise Refused("refused.incident-closed", incident=name)
    return incident


def _known_type(world: World, name: str) -> None:
    if name not in world.incident_types:
        raise Refused("refused.incident-type-unknown", type=name)


def checked_location(location: Location) -> Location:
    """Refuses what is no place on earth."""
    try:
        return make_location(**msgspec.structs.asdict(location))
    except Malformed as wrong:
        raise Refused("refused.place-unusable", wrong=wrong.text) from None


def recommended(board: Board, incident: str, now: float, world: World, without: str = "") -> Decision:
    """Ranks the units for an incident, with the fixes of this moment, and keeps all that was used."""
    if (place := board.incidents[incident].location) is not None:
        yield ranked(board, incident, place, now, world, without)


def ranked(
    board: Board, incident: str, place: Location, now: float, world: World, without: str = ""
) -> ev.RecommendationMade:
    """The ranking for an incident at `place`; `without` one unit."""
    about = board.incidents[incident]
    jobs = [board.assignments[a] for a in about.assignments]
    serving = tuple(job.unit for job in jobs if job.active and job.unit != without)
    made = world.recommender.recommend(board, place, about.type, now, without, serving, about.alarm_level)
    return ev.RecommendationMade(
        at=now,
        incident=incident,
        candidates=made.candidates,
        shortfall=made.shortfall,
        method=made.method,
        took_ms=made.took_ms,
        missing=made.missing,
        next_level=made.next_level,
        cautions=(about.doubt,) if about.doubt and not about.confirmed_by else (),
    )


def unlinked_alert(board: Board, name: str) -> None:
    """Refuses what no neighbour told us of, and what belongs to an incident already."""
    alert = board.alerts.get(name)
    if alert is None or alert.direction != "in":
        raise Refused("refused.alert-unknown", alert=name)
    if alert.incident:
        raise Refused("refused.alert-linked", incident=alert.incident)


def _open(board: Board, c: cmd.OpenIncident, actor: Actor, now: float, world: World) -> Decision:
    _known_type(world, c.type)
    location = checked_location(c.location) if c.location else None
    if c.call:
        call = board.calls.get(c.call)
        if call is None:
            raise Refused("refused.call-unknown", call=c.call)
        if call.incident:
            raise Refused("refused.call-linked", incident=call.incident)
        location = location or call.place(call.best)
    if c.alert:
        unlinked_alert(board, c.alert)
    name = f"K-{board.counter('incidents') + 1:05d}"
    yield ev.IncidentOpened(
        at=now, incident=name, type=c.type, by=actor.user, call=c.call, location=location, address=c.address,
        said=c.said, alert=c.alert, draft=c.draft,
    )  # fmt: skip
    if c.note:
        yield ev.NoteAdded(at=now, incident=name, text=c.note, by=actor.user, draft=c.draft)
    yield from recommended(board, name, now, world)


def _update(board: Board, c: cmd.UpdateIncident, actor: Actor, now: float, world: World) -> Decision:
    incident = open_incident(board, c.incident)
    if c.type:
        _known_type(world, c.type)
    yield ev.IncidentChanged(
        at=now, incident=incident.id, by=actor.user, draft=c.draft, type=c.type,
        location=checked_location(c.location) if c.location else None, address=c.address, said=c.said,
    )  # fmt: skip
    if c.type or c.location:
        yield from recommended(board, incident.id, now, world)


def _note(board: Board, c: cmd.AddNote, actor: Actor, now: float, world: World) -> Decision:
    incident = open_incident(board, c.incident)
    if actor.role == cmd.RESPONDER and all(board.assignments[a].unit != actor.unit for a in incident.assignments):
        raise Refused("refused.not-assigned-there", incident=incident.id)
    yield ev.NoteAdded(at=now, incident=incident.id, text=c.text, by=actor.user, draft=c.draft)


def _link(board: Board, c: cmd.LinkCall, actor: Actor, now: float, world: World) -> Decision:
    incident = open_incident(board, c.incident)
    if c.call not in board.calls or board.calls[c.call].incident:
        raise Refused("refused.call-not-free")
    yield ev.CallLinked(at=now, incident=incident.id, call=c.call, by=actor.user)


def _recommend(board: Board, c: cmd.Recommend, actor: Actor, now: float, world: World) -> Decision:
    if open_incident(board, c.incident).location is None:
        raise Refused("refused.place-first")
    yield from recommended(board, c.incident, now, world)


def _raise_level(board: Board, c: cmd.RaiseAlarmLevel, actor: Actor, now: float, world: World) -> Decision:
    incident = open_incident(board, c.incident)
    if not incident.next_level:
        raise Refused("refused.no-higher-level", level=incident.alarm_level)
    yield ev.AlarmLevelRaised(at=now, incident=incident.id, level=incident.next_level, by=actor.user)
    yield from recommended(board, incident.id, now, world)


def _assign(board: Board, c: cmd.AssignUnit, actor: Actor, now: float, world: World) -> Decision:
    incident, unit = open_incident(board, c.incident), board.units.get(c.unit)
    if unit is None:
        raise Refused("refused.unit-unknown", unit=c.unit)
    if unit.assignment:
        where = board.assignments[unit.assignment].incident
        raise Refused("refused.unit-assigned", unit=unit.id, incident=where)
    if unit.status != "available":
        raise Refused("refused.unit-not-available", unit=unit.id, status=text(f"status.{unit.status}"))
    choice = next((x for x in incident.candidates if x.unit == unit.id), None)
    if not (choice and choice.suggested) and not c.reason.strip():
        raise Refused("refused.reason-for-unit", unit=unit.id)
    yield ev.UnitAssigned(
        at=now,
        assignment=f"T-{board.counter('assignments') + 1:05d}",
        incident=incident.id,
        unit=unit.id,
        by=actor.user,
        rank=choice.rank if choice else 0,
        override="" if choice and choice.suggested else c.reason,
        seconds=choice.seconds if choice else 0.0,
        ack_by=now + world.policy.acknowledge_within,
    )


def _assignment(board: Board, name: str, actor: Actor) -> Assignment:
    found = board.assignments.get(name)
    if found is None:
        raise Refused("refused.assignment-unknown", assignment=name)
    if actor.role == cmd.RESPONDER and actor.unit != found.unit:
        raise Refused("refused.assignment-of-another", unit=found.unit)
    if not found.active:
        raise Refused("refused.assignment-over")
    return found


def _acknowledge(board: Board, c: cmd.Acknowledge, actor: Actor, now: float, world: World) -> Decision:
    found = _assignment(board, c.assignment, actor)
    if found.state != "assigned":
        raise Refused("refused.acknowledged-already")
    yield from acknowledged(board, found, actor.user, now)


def acknowledged(board: Board, found: Assignment, by: str, at: float, now: float = 0.0) -> Decision:
    """`at`: when they did; `now`, where it is told later."""
    yield ev.AssignmentAcknowledged(at=at, assignment=found.id, by=by)
    now = now or at
    if f"ack-{found.id}" in board.alarms:
        yield ev.AlarmCleared(at=now, alarm=f"ack-{found.id}", by=by)


def _progress(board: Board, c: cmd.ReportProgress, actor: Actor, now: float, world: World) -> Decision:
    found = _assignment(board, c.assignment, actor)
    if FORWARD.index(c.progress) <= FORWARD.index(found.state):
        raise Refused("refused.reported-already", progress=text(f"state.{c.progress}"))
    if found.state == "assigned":
        yield from acknowledged(board, found, actor.user, now)
    yield ev.AssignmentProgressed(at=now, assignment=found.id, progress=c.progress, by=actor.user)


# -- what a crew pressed while the network was away
LATEST = 12 * 3600.0
"""Seconds: a shift. Nobody waits longer for the network; what claims to is told."""


def _happened(board: Board, found: Assignment, ago: float, now: float) -> Decision:
    """Says so when the report cannot be as old as it says."""
    if ago > LATEST or now - ago < found.assigned:
        what = text("discrepancy.report-too-old", unit=found.unit, seconds=round(ago))
        yield ev.DiscrepancyNoted(at=now, about=found.id, what=what)


def _at(found: Assignment, ago: float, now: float) -> float:
    """When it happened: within a shift, and not before the job."""
    return min(now, max(now - min(ago, LATEST), found.assigned))


def _told(board: Board, name: str, progress: ProgressTold, actor: Actor, now: float, ago: float) -> Decision:
    found = board.assignments.get(name)
    if found is None or actor.role != cmd.RESPONDER or actor.unit != found.unit:
        found = _assignment(board, name, actor)
    at = _at(found, ago, now)
    yield from _happened(board, found, ago, now)
    if found.active and FORWARD.index(progress) > FORWARD.index(found.state):
        if found.state == "assigned":
            yield from acknowledged(board, found, actor.user, at, now)
        if progress != "acknowledged":
            yield ev.AssignmentProgressed(at=at, assignment=found.id, progress=progress, by=actor.user)
        return
    if getattr(found, {"clear": "cleared"}.get(progress, progress)) and found.active:
        raise Refused("refused.reported-already", progress=text(f"state.{progress}"))
    yield ev.ProgressTold(at=at, assignment=found.id, progress=progress, by=actor.user, state=found.state)
    if not found.active:
        yield _overtaken(board, found, progress, at, now)


def _overtaken(board: Board, found: Assignment, progress: str, at: float, now: float) -> ev.AlarmRaised:
    said: dict[str, Param] = {"unit": found.unit, "progress": text(f"state.{progress}"), "incident": found.incident}
    said |= {"minutes": round((now - at) / 60), "state": text(f"state.{found.state}")}
    return ev.AlarmRaised(
        at=now,
        alarm=f"late-{found.id}",
        level="warning",
        text=text("alarm.told-too-late", **said),
        incident=found.incident,
    )


def _late_acknowledge(board: Board, c: cmd.Acknowledge, actor: Actor, now: float, world: World, ago: float) -> Decision:
    yield from _told(board, c.assignment, "acknowledged", actor, now, ago)


def _late_progress(board: Board, c: cmd.ReportProgress, actor: Actor, now: float, world: World, ago: float) -> Decision:
    yield from _told(board, c.assignment, c.progress, actor, now, ago)


def _late_note(board: Board, c: cmd.AddNote, actor: Actor, now: float, world: World, ago: float) -> Decision:
    """Kept also when the incident was closed meanwhile."""
    incident = board.incidents.get(c.incident)
    mine = incident and any(board.assignments[a].unit == actor.unit for a in incident.assignments)
    if incident is None or incident.state == "open" or not mine:
        yield from _note(board, c, actor, now - min(ago, LATEST), world)
    else:
        yield ev.NoteAdded(at=now - min(ago, LATEST), incident=incident.id, text=c.text, by=actor.user)


def _late_status(board: Board, c: cmd.SetUnitStatus, actor: Actor, now: float, world: World, ago: float) -> Decision:
    at, unit = now - min(ago, LATEST), board.units.get(c.unit)
    if unit and unit.status_at > at:
        said, stays = text(f"status.{c.status}"), text(f"status.{unit.status}")
        what = text("discrepancy.status-overtaken", unit=c.unit, status=said, seconds=round(ago), stays=stays)
        yield ev.DiscrepancyNoted(at=now, about=c.unit, what=what)
    else:
        yield from _status(board, c, actor, at, world)


def _cancel(board: Board, c: cmd.CancelAssignment, actor: Actor, now: float, world: World) -> Decision:
    found = _assignment(board, c.assignment, actor)
    yield ev.AssignmentReleased(at=now, assignment=found.id, by=actor.user, reason=c.reason)
    if f"ack-{found.id}" in board.alarms:
        yield ev.AlarmCleared(at=now, alarm=f"ack-{found.id}", by=actor.user)


def _unanswered(board: Board, about: str, now: float, world: World) -> Decision:
    found = board.assignments[about]
    waited = now - found.assigned
    yield ev.AssignmentUnanswered(at=now, assignment=found.id, waited=waited)
    yield from recommended(board, found.incident, now, world, without=found.unit)
    agency = board.units[found.unit].agency if found.unit in board.units else ""
    proposed = [x for x in board.incidents[found.incident].candidates if x.suggested]
    following = next((x for x in proposed if x.agency == agency), None)
    said: dict[str, Param] = {"unit": found.unit, "incident": found.incident, "seconds": round(waited)}
    if following:
        unanswered = text("alarm.not-acknowledged-next", next=following.unit, **said)
    else:
        unanswered = text("alarm.not-acknowledged", **said)
    yield ev.AlarmRaised(
        at=now,
        alarm=f"ack-{found.id}",
        level="critical",
        text=unanswered,
        incident=found.incident,
    )


def _status(board: Board, c: cmd.SetUnitStatus, actor: Actor, now: float, world: World) -> Decision:
    if c.unit not in board.units or (actor.role == cmd.RESPONDER and actor.unit != c.unit):
        raise Refused("refused.unit-not-yours", unit=c.unit)
    yield ev.UnitStatusChanged(at=now, unit=c.unit, status=c.status, by=actor.user)


def _close(board: Board, c: cmd.CloseIncident, actor: Actor, now: float, world: World) -> Decision:
    incident = open_incident(board, c.incident)
    out = [board.assignments[a].unit for a in incident.assignments if board.assignments[a].active]
    if out:
        raise Refused("refused.units-still-assigned", units=tuple(out))
    yield ev.IncidentClosed(at=now, incident=incident.id, by=actor.user, outcome=c.outcome)


def _view_camera(board: Board, c: cmd.ViewCamera, actor: Actor, now: float, world: World) -> Decision:
    if c.camera not in world.cameras:
        raise Refused("refused.camera-unknown", camera=c.camera)
    yield ev.CameraViewed(at=now, camera=c.camera, by=actor.user, incident=c.incident)


COMMANDS = {
    cmd.OpenIncident: _open,
    cmd.UpdateIncident: _update,
    cmd.AddNote: _note,
    cmd.LinkCall: _link,
    cmd.Recommend: _recommend,
    cmd.RaiseAlarmLevel: _raise_level,
    cmd.AssignUnit: _assign,
    cmd.Acknowledge: _acknowledge,
    cmd.ReportProgress: _progress,
    cmd.CancelAssignment: _cancel,
    cmd.SetUnitStatus: _status,
    cmd.CloseIncident: _close,
    cmd.ViewCamera: _view_camera,
}
LATE = {
    cmd.Acknowledge: _late_acknowledge,
    cmd.ReportProgress: _late_progress,
    cmd.AddNote: _late_note,
    cmd.SetUnitStatus: _late_status,
}
DEADLINES = {"ack": _unanswered}
