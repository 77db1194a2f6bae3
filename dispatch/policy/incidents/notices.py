"""Policy for notices: what is tried again and when, when it is given up, and which alarms go to the technicians.

    state      begins with                       ends with
    waiting    NoticeOrdered, NoticeRepeated     NoticeSent, NoticeFailed
    failed     NoticeFailed with `again`         NoticeRepeated
    sent       NoticeSent
    given_up   NoticeFailed without `again`

The outbox is the board's table of notices. One that was on its way when the room stopped is sent again by the next:
each arrives at least once, seldom twice.
"""

from __future__ import annotations

from typing import Final

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision, Delivered
from dispatch.records import Alarm
from dispatch.states import Channel
from dispatch.world import World
from routing.text import Text, text

TECHNICIAN: Final = "technician"
CENTRE: Final = "centre"
FOR_TECHNICIANS = frozenset({"switch", "journal", "files", "canary", "trunk", "mqtt", "recording"})
"""Alarms that the desk cannot mend: those whose id begins so, up to the first hyphen, and are critical."""
_PAUSES = (5.0, 15.0, 45.0, 120.0, 300.0)
_PAUSES_TO_CENTRE = (3.0, 5.0, 10.0, 20.0)
_ATTEMPT = 60.0
_TECHNICIAN_FOR = 3600.0
_CREW_FOR = 300.0
_NOT_AGAIN_FOR = 600.0


def order(
    board: Board, now: float, channel: Channel, to: str, said: Text, lasts: float, *, by: str = "", call: str = "",
    link: str = "", about: str = "", language: str = "", incident: str = "",
) -> ev.NoticeOrdered:  # fmt: skip
    """The event that puts a notice into the outbox; it is tried for `lasts` seconds. The others: see NoticeOrdered."""
    return ev.NoticeOrdered(
        at=now, notice=f"N-{board.counter('notices') + 1:05d}", channel=channel, to=to, text=said,
        until=now + _ATTEMPT, expires=now + lasts, by=by, call=call, link=link, about=about,
        language=language, incident=incident,
    )  # fmt: skip


def is_for_technicians(alarm: Alarm) -> bool:
    return alarm.level == "critical" and alarm.id.partition("-")[0] in FOR_TECHNICIANS


def for_technicians(board: Board, alarm: ev.AlarmRaised, now: float, world: World) -> Decision:
    """An alarm goes to the technicians by their own channel; one that flaps only every ten minutes."""
    if TECHNICIAN not in world.channels or not is_for_technicians(board.alarms[alarm.alarm]):
        return
    told = [one.ordered for one in board.notices.values() if one.about == alarm.alarm]
    if told and now - max(told) < _NOT_AGAIN_FOR:
        return
    yield order(board, now, TECHNICIAN, "", alarm.text, _TECHNICIAN_FOR, about=alarm.alarm)


def for_crew(board: Board, e: ev.UnitAssigned, now: float, world: World) -> Decision:
    """A crew of ours with a telephone gets its job by SMS as well: their page may be closed."""
    unit, incident = board.units[e.unit], board.incidents[e.incident]
    if unit.centre or not unit.phone or "sms" not in world.channels:
        return
    place = incident.location
    at = f"{place.lat:.5f},{place.lon:.5f}" if place else ""
    about = tuple(part for part in (incident.type, incident.address, at) if part)
    said = text("notice.job", incident=e.incident, unit=e.unit, about=about)
    yield order(board, now, "sms", unit.phone, said, _CREW_FOR, by=e.by, incident=e.incident)


def delivered(board: Board, given: Delivered, now: float, world: World) -> Decision:
    notice = board.notices.get(given.notice)
    if notice is None or notice.settled:
        return  # a late answer to an attempt that was repeated since
    if given.why:
        yield from _failed(board, notice.id, given.why, now)
        return
    yield ev.NoticeSent(at=now, notice=notice.id, demo=given.demo)
    if _alarm(notice.id) in board.alarms:
        yield ev.AlarmCleared(at=now, alarm=_alarm(notice.id), by="system")


def _failed(board: Board, name: str, why: Text, now: float) -> Decision:
    notice = board.notices[name]
    pauses = _PAUSES_TO_CENTRE if notice.channel == CENTRE else _PAUSES
    again = now + pauses[min(notice.tries, len(pauses)) - 1]
    if again < notice.expires:
        yield ev.NoticeFailed(at=now, notice=name, why=why, again=again)
        return
    yield ev.NoticeFailed(at=now, notice=name, why=why)
    if notice.channel == CENTRE:
        return  # its alert has said so since the first try (dispatch/policy/incidents/neighbours.py)
    yield ev.AlarmRaised(
        at=now,
        alarm=_alarm(name),
        level="critical" if notice.channel == TECHNICIAN else "warning",
        text=text("alarm.notice-failed", to=notice.to or text("alarm.technicians"), why=why),
        incident=notice.incident,
        call=notice.call,
    )


def _due(board: Board, about: str, now: float, world: World) -> Decision:
    notice = board.notices[about]
    if notice.state == "failed":
        yield ev.NoticeRepeated(at=now, notice=about, until=now + _ATTEMPT)
    else:
        yield from _failed(board, about, text("why.gateway-silent"), now)


def _alarm(notice: str) -> str:
    return f"notice-{notice}"


DEADLINES = {"notice": _due}
FOLLOWS = {ev.AlarmRaised: for_technicians, ev.UnitAssigned: for_crew}
