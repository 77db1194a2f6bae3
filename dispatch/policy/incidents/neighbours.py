"""Policy for what concerns a neighbouring centre too: it is told, in time and once; its units are asked for, not sent.

    alert out   begins with                      ends with
    open        CentreAlerted                    AlertWithdrawn (withdrawn: the place moved away; closed: the incident)

News of the incident is gathered for three seconds and told as the next version of the same alert. One that is not taken
at the first try, or not answered in two minutes where it should be, is an alarm that says whom to call. A neighbour's
unit that is assigned is asked for: their answer acknowledges it, moves it on, or releases it.

What they tell us is kept by their id and version, so that what comes twice or too late changes nothing; an incident
opened from it is not told back.
"""

from __future__ import annotations

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.commands import Actor
from dispatch.inputs import Decision, Refused
from dispatch.policy.incidents.alerting import alarm_of_received, short_text
from dispatch.policy.incidents.incidents import FORWARD, acknowledged, open_incident, recommended, unlinked_alert
from dispatch.policy.incidents.notices import CENTRE, order
from dispatch.records import Alert, Assignment, Incident, Notice
from dispatch.states import AlertAnswer, AlertState, AlertWhy, AssignmentState, LinkChannel
from dispatch.world import World
from routing.city.centres import Near
from routing.text import Param, Text, in_a_row, text

MAX_UNANSWERED = 100
"""Alerts of one neighbour that wait for an answer; who sends more has to call."""
_TOLD_FOR = 3600.0
_NOT_HEARD = text("why.alert-not-arriving")


# -- the place
def doubted(board: Board, name: str, now: float, world: World) -> Decision:
    """Says so when the incident lies outside everything that is ours, and when it does no longer."""
    incident = board.incidents[name]
    beyond = world.neighbourhood.beyond(incident.location) if incident.location else None
    if incident.location is None or beyond is None:
        if incident.doubt:
            yield ev.PlaceDoubted(at=now, incident=name)
        return
    at_sea = "at_sea" in world.places.doubts(incident.location)
    centre = world.centres.get(beyond.centre)
    known: dict[str, Param] = {"border": beyond.border, "metres": round(beyond.metres)}
    known |= {"centre": centre.name} if centre else {}
    code = ("place-doubt.theirs" if centre else "place-doubt.outside") + ("-at-sea" if at_sea else "")
    yield ev.PlaceDoubted(
        at=now,
        incident=name,
        text=text(code, **known),
        border=beyond.border,
        metres=beyond.metres,
        centre=beyond.centre,
        at_sea=at_sea,
    )


def _confirm(board: Board, c: cmd.ConfirmPlace, actor: Actor, now: float, world: World) -> Decision:
    incident = open_incident(board, c.incident)
    if not incident.doubt or incident.confirmed_by:
        raise Refused("refused.place-not-doubted")
    yield ev.PlaceConfirmed(at=now, incident=incident.id, by=actor.user)
    yield from recommended(board, incident.id, now, world)


# -- telling
def _opened(board: Board, e: ev.IncidentOpened, now: float, world: World) -> Decision:
    yield from doubted(board, e.incident, now, world)
    yield from _weighed(board, board.incidents[e.incident], now, world)


def _changed(board: Board, e: ev.IncidentChanged, now: float, world: World) -> Decision:
    if e.location is not None:
        yield from doubted(board, e.incident, now, world)
        yield from _weighed(board, board.incidents[e.incident], now, world)


def _out(board: Board, incident: str) -> dict[str, Alert]:
    """centre → what it was told of this incident."""
    mine = (one for one in board.alerts.values() if one.direction == "out" and one.incident == incident)
    return {one.centre: one for one in mine}


def _near(incident: Incident, world: World) -> dict[str, Near]:
    return {one.centre: one for one in world.neighbourhood.neighbours(incident.location)} if incident.location else {}


def _weighed(board: Board, incident: Incident, now: float, world: World) -> Decision:
    """Whoever is concerned is told, whoever is not any more is told that. A test call tells nobody."""
    if any(board.calls[name].test for name in incident.calls if name in board.calls):
        return
    near, told = _near(incident, world), _out(board, incident.id)
    told_us = {one.centre for one in board.alerts.values() if one.direction == "in" and one.incident == incident.id}
    for centre, one in near.items():
        alert = told.get(centre)
        if alert is None and centre in told_us:
            continue
        if alert is None or alert.state != "open" or alert.why != one.why:
            asks = alert.asks if alert else ()
            yield from _tell(board, incident.id, centre, one.why, one.metres, asks, now, world)
    for centre, alert in told.items():
        if centre in near or alert.state != "open" or alert.why == "asked":
            continue
        if alert.asks:
            yield from _tell(board, incident.id, centre, "asked", 0.0, alert.asks, now, world)
        else:
            yield from _withdrawn(board, alert, "withdrawn", now, world)


def _tell(
    board: Board, incident: str, centre: str, why: AlertWhy, metres: float, asks: tuple[str, ...], now: float,
    world: World,
) -> Decision:  # fmt: skip
    before = _out(board, incident).get(centre)
    name = before.id if before else f"A-{board.counter('alerts') + 1:05d}"
    version = before.version + 1 if before else 1
    yield ev.CentreAlerted(
        at=now, alert=name, centre=centre, incident=incident, why=why, metres=metres, asks=asks, version=version
    )
    again = before is not None and before.state == "open" and before.why == why and before.asks == asks
    yield from _sent(board, board.alerts[name], now, world, short=not again)


def _sent(board: Board, alert: Alert, now: float, world: World, short: bool) -> Decision:
    """Orders the notices; `short`: also those by SMS and WhatsApp, which tell the little that fits."""
    centre, ways = world.centres.get(alert.centre), 0
    if centre and centre.url:
        ways += 1
        # One that is about to be tried again will tell what is true then.
        waits = any(one.state == "failed" for one in _posts(board, alert.id))
        if not waits:
            told = {"about": alert.id, "incident": alert.incident}
            yield order(board, now, CENTRE, centre.id, _version_text(alert), _TOLD_FOR, **told)
        elif short and alert.state == "open" and f"alert-{alert.id}" not in board.alarms:
            yield _call_them(board, alert, now, world, _NOT_HEARD)
    if alert.direction == "in":
        return
    phones: tuple[tuple[LinkChannel, str], ...] = (("sms", centre.sms), ("whatsapp", centre.whatsapp)) if centre else ()
    for channel, number in phones:
        if number and channel in world.channels:
            ways += 1
            if short:
                said = short_text(board, alert, world)
                told = {"about": alert.id, "incident": alert.incident}
                yield order(board, now, channel, number, said, _TOLD_FOR, **told)
    if not ways and short and alert.state == "open":
        yield _call_them(board, alert, now, world, text("why.alert-has-no-way"))


def _version_text(alert: Alert) -> Text:
    return text("notice.to-centre", alert=alert.wire, version=alert.version)


def _posts(board: Board, alert: str) -> list[Notice]:
    return [one for one in board.notices.values() if one.about == alert and one.channel == CENTRE]


def _withdrawn(board: Board, alert: Alert, state: AlertState, now: float, world: World) -> Decision:
    yield ev.AlertWithdrawn(at=now, alert=alert.id, version=alert.version + 1, state=state)
    yield from _sent(board, board.alerts[alert.id], now, world, short=state == "withdrawn")
    for kind in ("alert", "answer"):
        yield from _quiet(board, f"{kind}-{alert.id}", now)


def _news(board: Board, about: str, now: float, world: World) -> Decision:
    """What was gathered is told."""
    alert = board.alerts[about]
    if alert.direction == "in":
        sends = any(one.state != "released" for one in _units_of(board, alert.incident))
        answer = "send" if sends and alert.answer in ("keep", "not_ours") else alert.answer or "send"
        yield from _answered(board, alert, answer, alert.text, alert.answered_by or "system", now, world)
        return
    incident = board.incidents[alert.incident]
    one = _near(incident, world).get(alert.centre)
    metres = one.metres if one else 0.0
    yield from _tell(board, incident.id, alert.centre, alert.why, metres, alert.asks, now, world)


def _closed(board: Board, e: ev.IncidentClosed, now: float, world: World) -> Decision:
    for alert in _out(board, e.incident).values():
        if alert.state == "open":
            yield from _withdrawn(board, alert, "closed", now, world)


# -- asking for units
def _asked(board: Board, e: ev.UnitAssigned, now: float, world: World) -> Decision:
    centre = board.units[e.unit].centre
    if centre not in world.centres:
        return
    alert = _out(board, e.incident).get(centre)
    still = alert if alert and alert.state == "open" else None
    asks = tuple(dict.fromkeys((*(still.asks if still else ()), e.unit)))
    one = still or _near(board.incidents[e.incident], world).get(centre)
    why: AlertWhy = one.why if one else "asked"
    metres = one.metres if one else 0.0
    yield from _tell(board, e.incident, centre, why, metres, asks, now, world)


def _released(board: Board, e: ev.AssignmentReleased, now: float, world: World) -> Decision:
    job = board.assignments[e.assignment]
    for alert in _out(board, job.incident).values():
        if job.unit in alert.asks and alert.state == "open":
            asks = tuple(one for one in alert.asks if one != job.unit)
            if asks or alert.why != "asked":
                yield from _tell(board, job.incident, alert.centre, alert.why, alert.metres, asks, now, world)
            else:
                yield from _withdrawn(board, alert, "withdrawn", now, world)


# -- does it arrive
def _whom(alert: Alert, world: World) -> tuple[str, Text]:
    """(what the centre is called, what to do: call them, and whom there)."""
    centre = world.centres.get(alert.centre)
    contact = world.contacts.get(centre.contact) if centre else None
    name = centre.name if centre else alert.centre
    if contact is None:
        return name, text("alarm.call-them")
    return name, text("alarm.call-them-at", contact=contact.name, number=contact.number)


def _unheard(board: Board, alert: Alert, now: float, world: World) -> ev.AlarmRaised:
    name, whom = _whom(alert, world)
    return ev.AlarmRaised(
        at=now,
        alarm=f"alert-{alert.id}",
        level="warning",
        text=in_a_row((text("alarm.answer-does-not-arrive", theirs=alert.theirs, centre=name), whom)),
        incident=alert.incident,
    )


def _call_them(board: Board, alert: Alert, now: float, world: World, why: Text) -> ev.AlarmRaised:
    name, whom = _whom(alert, world)
    return ev.AlarmRaised(
        at=now,
        alarm=f"alert-{alert.id}",
        level="critical",
        text=in_a_row((text("alarm.alert-not-heard", centre=name, incident=alert.incident, why=why), whom)),
        incident=alert.incident,
    )


def _failed(board: Board, e: ev.NoticeFailed, now: float, world: World) -> Decision:
    notice = board.notices[e.notice]
    alert = board.alerts.get(notice.about)
    # Said once for each notice: an alarm that was seen to and cleared does not come back with each try.
    if alert is None or alert.state != "open" or notice.tries > 1 or f"alert-{alert.id}" in board.alarms:
        return
    if alert.direction == "in":
        yield _unheard(board, alert, now, world)
    elif notice.channel == CENTRE or not alert.received:
        yield _call_them(board, alert, now, world, _NOT_HEARD)


def _taken(board: Board, e: ev.NoticeSent, now: float, world: World) -> Decision:
    notice = board.notices[e.notice]
    if notice.about in board.alerts and (notice.channel == CENTRE or not _posts(board, notice.about)):
        yield from _quiet(board, f"alert-{notice.about}", now)


def _quiet(board: Board, alarm: str, now: float, by: str = "system") -> Decision:
    if alarm in board.alarms:
        yield ev.AlarmCleared(at=now, alarm=alarm, by=by)


def _unanswered(board: Board, about: str, now: float, world: World) -> Decision:
    alert = board.alerts[about]
    yield ev.AlertUnanswered(at=now, alert=about, waited=now - alert.received)
    name, whom = _whom(alert, world)
    yield ev.AlarmRaised(
        at=now,
        alarm=f"answer-{about}",
        level="warning",
        text=in_a_row((text("alarm.alert-unanswered", centre=name, incident=alert.incident), whom)),
        incident=alert.incident,
    )


# -- what they tell us
def _received(board: Board, e: ev.AlertReceived, now: float, world: World) -> Decision:
    known = board.alerts.get(e.alert)
    if (known and e.version <= known.version) or (known is None and e.state != "open"):
        return
    if known is None:
        mine = (one for one in board.alerts.values() if one.direction == "in" and one.centre == e.centre)
        if sum(one.state == "open" and not one.answered for one in mine) >= MAX_UNANSWERED:
            raise Refused("refused.too-many-alerts")
    yield e
    alert = board.alerts[e.alert]
    if e.state != "open":
        yield from _quiet(board, f"alert-{alert.id}", now)
        ours = board.incidents.get(alert.incident)
        if ours and ours.state == "open":
            yield alarm_of_received(alert, now, world)
    elif known is None or known.state != "open" or set(e.asks) - set(known.asks):
        yield alarm_of_received(alert, now, world)


def _link(board: Board, c: cmd.LinkAlert, actor: Actor, now: float, world: World) -> Decision:
    incident = open_incident(board, c.incident)
    unlinked_alert(board, c.alert)
    yield ev.AlertLinked(at=now, alert=c.alert, incident=incident.id, by=actor.user)
    if incident.assignments:
        yield from _answered(board, board.alerts[c.alert], "send", "", actor.user, now, world)


# -- answers
def _answer(board: Board, c: cmd.AnswerAlert, actor: Actor, now: float, world: World) -> Decision:
    alert = board.alerts.get(c.alert)
    if alert is None or alert.state != "open":
        raise Refused("refused.alert-withdrawn")
    if alert.direction == "in":
        yield from _answered(board, alert, c.answer, c.text, actor.user, now, world)
        return
    yield ev.AlertAnswered(
        at=now, alert=alert.id, answer=c.answer, version=alert.answer_version, text=c.text, by=actor.user, told=True
    )
    yield from _taken_up(board, alert.id, now, world)


def _answered(
    board: Board, alert: Alert, answer: AlertAnswer, text: str, by: str, now: float, world: World
) -> Decision:
    """Ours, and the notice that takes it there."""
    yield ev.AlertAnswered(
        at=now, alert=alert.id, answer=answer, version=alert.answer_version + 1, units=_units_of(board, alert.incident),
        text=text, by=by,
    )  # fmt: skip
    yield from _sent(board, board.alerts[alert.id], now, world, short=False)
    yield from _quiet(board, f"alert-{alert.id}", now, by)


def _units_of(board: Board, incident: str) -> tuple[ev.AidUnit, ...]:
    known = board.incidents.get(incident)
    jobs = [board.assignments[name] for name in known.assignments] if known else []
    return tuple(ev.AidUnit(id=job.unit, state=job.state) for job in jobs)


def _came(board: Board, e: ev.AlertAnswered, now: float, world: World) -> Decision:
    """An answer from the other side; one that was overtaken by a newer one changes nothing."""
    alert = board.alerts.get(e.alert)
    if alert is None or alert.direction != "out" or e.version <= alert.answer_version:
        return
    yield e
    yield from _taken_up(board, alert.id, now, world)


def _taken_up(board: Board, name: str, now: float, world: World) -> Decision:
    """What an answer does to the units that we asked for."""
    alert = board.alerts[name]
    for kind in ("alert", "answer"):
        yield from _quiet(board, f"{kind}-{name}", now)
    incident = board.incidents.get(alert.incident)
    states: dict[str, AssignmentState] = {one.id: one.state for one in alert.units}
    jobs = [board.assignments[one] for one in incident.assignments] if incident else []
    for job in [job for job in jobs if job.unit in alert.asks and job.active]:
        state = states.get(job.unit, None if alert.units else "acknowledged")
        if alert.answer in ("keep", "not_ours") or state == "released":
            yield from _not_sent(board, alert, job, now, world)
        elif state:
            yield from _moved_on(board, job, state, alert.answered_by or alert.centre, now)


def _moved_on(board: Board, job: Assignment, state: AssignmentState, by: str, now: float) -> Decision:
    # That they name the unit is their word that it goes.
    state = "acknowledged" if state not in FORWARD[1:] else state
    if FORWARD.index(state) <= FORWARD.index(job.state):
        return
    if job.state == "assigned":
        yield from acknowledged(board, job, by, now)
    if state in ("en_route", "on_scene", "clear"):
        yield ev.AssignmentProgressed(at=now, assignment=job.id, progress=state, by=by)


def _not_sent(board: Board, alert: Alert, job: Assignment, now: float, world: World) -> Decision:
    name, _ = _whom(alert, world)
    why = text(f"alert_answer.{alert.answer}", c=name) if alert.answer else None
    yield ev.AssignmentReleased(at=now, assignment=job.id, by=alert.answered_by or alert.centre, why=why)
    if f"ack-{job.id}" in board.alarms:
        yield ev.AlarmCleared(at=now, alarm=f"ack-{job.id}")
    yield from recommended(board, job.incident, now, world, without=job.unit)
    yield ev.AlarmRaised(
        at=now,
        alarm=f"aid-{job.id}",
        level="critical",
        text=text("alarm.aid-refused", centre=name, unit=job.unit, incident=job.incident),
        incident=job.incident,
    )


COMMANDS = {cmd.ConfirmPlace: _confirm, cmd.LinkAlert: _link, cmd.AnswerAlert: _answer}
REPORTS = {ev.AlertReceived: _received, ev.AlertAnswered: _came}
DEADLINES = {"alert": _news, "answer": _unanswered}
FOLLOWS = {
    ev.IncidentOpened: _opened,
    ev.IncidentChanged: _changed,
    ev.IncidentClosed: _closed,
    ev.UnitAssigned: _asked,
    ev.AssignmentReleased: _released,
    ev.NoticeFailed: _failed,
    ev.NoticeSent: _taken,
}
