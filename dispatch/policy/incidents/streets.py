"""Policy for streets that are closed on the map, and for rain and tide.

A closure counts from the next ranking on. What it means for incidents that are open already is looked at incident by
incident, soon after (deadline `review`): a ranking that comes out otherwise is put down anew, and of a unit under way
that comes later for a street that was closed since it was sent, an alarm tells the dispatcher (`way-` and the
assignment). Where the streets of now take a moment to make, the review waits for them. What people say of rain and
water holds for three hours unless they say longer; then the clock takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.commands import Actor
from dispatch.inputs import Decision, Refused
from dispatch.policy.incidents.incidents import ranked
from dispatch.records import Assignment, Incident
from dispatch.states import AlarmLevel
from dispatch.world import FAILED, Delay, World
from routing.location import Malformed
from routing.network.drawn import MOST_PIECES, checked
from routing.recommendation.candidate import Candidate
from routing.text import Param, Text, in_a_row, text

MOST_CLOSURES = 200
HOLDS_S = 3 * 3600.0
LATER_S, CHANGED_S = 120.0, 60.0
WAITS_S, COVERAGE_WAITS_S = 10.0, 60.0
"""How long at most a review waits for streets, and the coverage of the city, that are still being made."""
UNDER_WAY = ("assigned", "acknowledged", "en_route")


def _still_to_come(until: float, now: float) -> None:
    if until and until <= now:
        raise Refused("refused.time-is-past")


def _close(board: Board, c: cmd.CloseStreet, actor: Actor, now: float, world: World) -> Decision:
    if len(board.closures) >= MOST_CLOSURES:
        raise Refused("refused.too-many-closures", most=MOST_CLOSURES)
    _still_to_come(c.until, now)
    try:
        drawn = checked(c.drawn)
    except Malformed as wrong:
        raise Refused("refused.shape-unusable", wrong=wrong.text) from None
    found = world.streets.under(drawn)
    if not found.pieces:
        raise Refused("refused.no-street-there")
    if len(found.pieces) > MOST_PIECES:
        raise Refused("refused.too-many-pieces", pieces=len(found.pieces), most=MOST_PIECES)
    yield ev.StreetClosed(
        at=now,
        closure=f"J-{board.counter('closures') + 1:05d}",
        drawn=drawn,
        by=actor.user,
        stops=c.stops,
        why=c.why.strip(),
        until=c.until,
        pieces=len(found.pieces),
        streets=found.streets,
    )


def _reopen(board: Board, c: cmd.ReopenStreet, actor: Actor, now: float, world: World) -> Decision:
    if c.closure not in board.closures:
        raise Refused("refused.closure-gone", closure=c.closure)
    yield ev.StreetReopened(at=now, closure=c.closure, by=actor.user)


def _set_conditions(board: Board, c: cmd.SetConditions, actor: Actor, now: float, world: World) -> Decision:
    _still_to_come(c.until, now)
    by_hand = c.rain or c.tide_m is not None
    until = (c.until or now + HOLDS_S) if by_hand else 0.0
    yield ev.ConditionsSet(at=now, by=actor.user, rain=c.rain, tide_m=c.tide_m, until=until)


def _over(board: Board, about: str, now: float, world: World) -> Decision:
    yield ev.StreetReopened(at=now, closure=about)


def _lapsed(board: Board, about: str, now: float, world: World) -> Decision:
    yield ev.ConditionsSet(at=now)


def _review(board: Board, about: str, now: float, world: World) -> Decision:
    waited = now - board.deadlines[f"review:{about}"].due
    if waited < (WAITS_S if about else COVERAGE_WAITS_S) and not world.recommender.ready(board, now, not about):
        return  # the deadline stays, and is looked at again with the next tick
    incident, changed = board.incidents.get(about), False
    place = incident.location if incident is not None and incident.state == "open" else None
    if incident is not None and place is not None:
        delayed = dict(_delayed(board, incident, now, world))
        worst = max(delayed, key=lambda job: (delayed[job].cut_off, delayed[job].seconds), default="")
        without = board.assignments[worst].unit if worst else ""
        made = ranked(board, about, place, now, world, without)
        # A ranking that failed takes nothing away from the one that is shown.
        changed = made.method != FAILED and (bool(without) or _differs(incident, made))
        if changed:
            yield made
        for job in incident.assignments:
            yield from _told(board, board.assignments[job], delayed.get(job), now, world)
    yield ev.WaysReviewed(at=now, incident=about, changed=changed)


def _delayed(board: Board, incident: Incident, now: float, world: World) -> Iterator[tuple[str, Delay]]:
    """Of the units under way those that come much later for closures made since they were sent."""
    for job in (board.assignments[name] for name in incident.assignments):
        if job.state in UNDER_WAY and job.unit in board.units:
            since = tuple(one.id for one in board.closures.values() if one.since >= job.assigned)
            if not since or incident.location is None:
                continue
            delay = world.recommender.delays(board, incident.location, (job.unit,), now, since).get(job.unit)
            if delay is not None and (delay.cut_off or delay.seconds >= LATER_S):
                yield job.id, delay


def _differs(incident: Incident, made: ev.RecommendationMade) -> bool:
    """Whether the ranking tells the dispatcher something else than the one that is shown."""
    if not incident.recommended:
        return False

    def gist(candidates: tuple[Candidate, ...]) -> list[tuple[str, bool]]:
        return [(one.unit, one.mode == "cut-off") for one in candidates if one.suggested or one.rank == 1]

    known = {one.unit: one.seconds for one in incident.candidates}
    suggested = [one for one in made.candidates if one.suggested]
    late = any(abs(one.seconds - known.get(one.unit, 0.0)) >= CHANGED_S for one in suggested)
    return late or gist(made.candidates) != gist(incident.candidates) or made.shortfall != incident.shortfall


def _told(board: Board, job: Assignment, delay: Delay | None, now: float, world: World) -> Decision:
    """The alarm for a unit whose way is closed, or that it goes."""
    name = f"way-{job.id}"
    known = board.alarms.get(name)
    if delay is None:
        if known is not None:
            yield ev.AlarmCleared(at=now, alarm=name)
        return
    said = _way_told(job, delay, _instead(board, job, now, world))
    if known is None or known.text != said:
        level: AlarmLevel = "critical" if delay.cut_off else "warning"
        yield ev.AlarmRaised(at=now, alarm=name, level=level, text=said, incident=job.incident)


def _way_told(job: Assignment, delay: Delay, other: str) -> Text:
    """What happened to the way of a unit, and what to do; `other`: a unit that could be there sooner, "" for none."""
    why = delay.why or (text("hindrance.elsewhere"),)
    known: dict[str, Param] = {"unit": job.unit, "incident": job.incident}
    if not delay.cut_off:
        known["minutes"] = round(delay.seconds / 60)
    code = "alarm.way-cut-off" if delay.cut_off else "alarm.way-longer"
    said = text(f"{code}-instead", other=other, **known) if other else text(code, **known)
    return in_a_row((said, *why[:2]))


def _instead(board: Board, job: Assignment, now: float, world: World) -> str:
    """A suggested unit that can do all that the delayed one can, and is there a minute before it or more."""
    able, incident = set(board.units[job.unit].capabilities), board.incidents[job.incident]
    if incident.location is None:
        return ""
    for name in [one.unit for one in incident.candidates if one.suggested and one.unit in board.units]:
        if able <= set(board.units[name].capabilities):
            arrivals = world.recommender.arrivals(board, incident.location, (job.unit, name), now)
            if arrivals.get(job.unit, 0.0) - arrivals.get(name, float("inf")) >= CHANGED_S:
                return name
    return ""


def _progressed(board: Board, e: ev.AssignmentProgressed, now: float, world: World) -> Decision:
    if e.progress in ("on_scene", "clear"):
        yield from _told(board, board.assignments[e.assignment], None, now, world)


def _released(board: Board, e: ev.AssignmentReleased, now: float, world: World) -> Decision:
    yield from _told(board, board.assignments[e.assignment], None, now, world)


COMMANDS = {cmd.CloseStreet: _close, cmd.ReopenStreet: _reopen, cmd.SetConditions: _set_conditions}
DEADLINES = {"reopen": _over, "conditions": _lapsed, "review": _review}
FOLLOWS = {ev.AssignmentProgressed: _progressed, ev.AssignmentReleased: _released}
