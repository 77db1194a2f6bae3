"""Policy for what the city is left with: advice where an area is bare, and a unit under way that another could relieve.

Both are alarms, for a person to decide. Advice stands for as long as the area is bare (alarm `bare-ambulance`). A
closer unit is looked for whenever one becomes free, and told only when it is two minutes sooner (`closer-` and the
assignment); the incident's ranking is then made anew, with the unit under way left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision
from dispatch.policy.incidents.incidents import recommended
from dispatch.records import Assignment, Incident, Unit
from dispatch.world import World
from routing.text import Param, text

SOONER_S = 120.0
_UNDER_WAY = ("assigned", "acknowledged", "en_route")


def _weighed(board: Board, now: float, world: World) -> Decision:
    """Whenever a unit is taken or becomes free."""
    told = {f"bare-{one.capability}": one for one in world.recommender.uncovered(board, now)}
    for name in [name for name in board.alarms if name.startswith("bare-") and name not in told]:
        yield ev.AlarmCleared(at=now, alarm=name)
    for name, one in told.items():
        known = board.alarms.get(name)
        if known is None or known.text != one.text:
            yield ev.AlarmRaised(at=now, alarm=name, level="warning", text=one.text)


def _assigned(board: Board, e: ev.UnitAssigned, now: float, world: World) -> Decision:
    yield from _weighed(board, now, world)


def _progressed(board: Board, e: ev.AssignmentProgressed, now: float, world: World) -> Decision:
    if e.progress in ("on_scene", "clear"):
        yield from _settled(board, e.assignment, now)
    if e.progress == "clear":
        yield from _freed(board, board.assignments[e.assignment].unit, now, world)


def _released(board: Board, e: ev.AssignmentReleased, now: float, world: World) -> Decision:
    yield from _settled(board, e.assignment, now)
    yield from _freed(board, board.assignments[e.assignment].unit, now, world)


def _changed(board: Board, e: ev.UnitStatusChanged, now: float, world: World) -> Decision:
    if e.status == "available":
        yield from _freed(board, e.unit, now, world)
    else:
        yield from _weighed(board, now, world)


def _shifts(board: Board, e: ev.ShiftsChanged, now: float, world: World) -> Decision:
    yield from _weighed(board, now, world)


def _ways(board: Board, e: ev.WaysReviewed, now: float, world: World) -> Decision:
    if not e.incident:
        yield from _weighed(board, now, world)


def _settled(board: Board, assignment: str, now: float) -> Decision:
    if f"closer-{assignment}" in board.alarms:
        yield ev.AlarmCleared(at=now, alarm=f"closer-{assignment}")


def _freed(board: Board, name: str, now: float, world: World) -> Decision:
    unit = board.units.get(name)
    if unit and not unit.centre and not unit.assignment and unit.status == "available" and unit.on_shift:
        for incident, job in list(_relievable(board, unit)):
            yield from _compared(board, incident, job, unit, now, world)
    yield from _weighed(board, now, world)


def _relievable(board: Board, unit: Unit) -> Iterator[tuple[Incident, Assignment]]:
    """Units under way that can do nothing that this one cannot."""
    for incident in board.incidents.values():
        if incident.state != "open" or incident.location is None:
            continue
        for job in (board.assignments[name] for name in incident.assignments):
            sent = board.units.get(job.unit)
            if job.state in _UNDER_WAY and sent and sent.id != unit.id:
                if sent.capabilities and set(sent.capabilities) <= set(unit.capabilities):
                    yield incident, job


def _compared(board: Board, incident: Incident, job: Assignment, unit: Unit, now: float, world: World) -> Decision:
    if incident.location is None:
        return
    arrivals = world.recommender.arrivals(board, incident.location, (job.unit, unit.id), now)
    gap = arrivals.get(job.unit, 0.0) - arrivals.get(unit.id, float("inf"))
    if gap < SOONER_S or f"closer-{job.id}" in board.alarms:
        return
    yield from recommended(board, incident.id, now, world, without=job.unit)
    said: dict[str, Param] = {"unit": unit.id, "incident": incident.id, "minutes": round(gap / 60), "other": job.unit}
    yield ev.AlarmRaised(
        at=now,
        alarm=f"closer-{job.id}",
        level="warning",
        text=text("alarm.closer-unit", **said),
        incident=incident.id,
    )


FOLLOWS = {
    ev.UnitAssigned: _assigned,
    ev.AssignmentProgressed: _progressed,
    ev.AssignmentReleased: _released,
    ev.UnitStatusChanged: _changed,
    ev.ShiftsChanged: _shifts,
    ev.WaysReviewed: _ways,
}
