"""The door for neighbouring centres: what they tell us of, and what they answer."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from console.http.answers import Done
from console.http.limits import Window
from console.http.web import Ask, Problem, Route
from console.http.written import written
from console.parts import Parts
from dispatch import events as ev
from dispatch.commands import CENTRE, Id
from dispatch.exchange.eido_in import read_eido
from dispatch.inputs import Noted, Refused
from dispatch.states import AlertAnswer, AssignmentState
from routing.location import Malformed

_WRITTEN_WITHIN = 8.0
A_MINUTE = 120
"""Requests of one centre; an incident has a few. More are told to wait."""


class UnitSent(msgspec.Struct, frozen=True):
    """A unit that the centre sends."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    state: AssignmentState = "assigned"


class CentreAnswer(msgspec.Struct, frozen=True):
    """`version` counts the answers to this alert, so that one that comes late changes nothing; `by`: who answers."""

    answer: AlertAnswer
    version: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    units: Annotated[list[UnitSent], msgspec.Meta(max_length=40)] = []
    text: Annotated[str, msgspec.Meta(max_length=500)] = ""
    by: Id = ""


class AlertTaken(msgspec.Struct, frozen=True):
    """The id and the `version` of their alert that the journal has now."""

    alert: str
    version: int


class Neighbours:
    """The routes' functions. A token's name is the centre that it speaks for."""

    def __init__(self) -> None:
        self._asked = Window(60.0)

    def _centre(self, parts: Parts, ask: Ask) -> str:
        name = ask.actor.user
        if name not in parts.room.world.centres:
            raise Problem(403, "problem.unknown-centre", centre=name)
        if not self._asked.take(name, A_MINUTE, parts.reactor.seconds()):
            raise Problem(429, "problem.centre-too-often")
        return name

    async def told(self, parts: Parts, ask: Ask) -> AlertTaken:
        centre = self._centre(parts, ask)
        try:
            told = read_eido(ask.body(), parts.reader.place)
        except Malformed as wrong:
            raise Problem.of(400, wrong) from None
        known = msgspec.structs.asdict(told)
        event = ev.AlertReceived(at=parts.room.now(), alert=f"{centre}/{told.remote}", centre=centre, **known)
        await _kept(parts, event)
        return AlertTaken(told.remote, told.version)

    async def answered(self, parts: Parts, ask: Ask) -> Done:
        centre, wire = self._centre(parts, ask), ask.path["id"]
        given = ask.json(CentreAnswer)
        alerts = parts.room.board.alerts.values()
        alert = next((one for one in alerts if one.wire == wire and one.centre == centre), None)
        if alert is None or alert.direction != "out":
            raise Problem(404, "problem.no-such-alert", alert=wire)
        units = tuple(ev.AidUnit(id=one.id, state=one.state) for one in given.units)
        said = {"answer": given.answer, "version": given.version, "text": given.text, "by": given.by}
        await _kept(parts, ev.AlertAnswered(at=parts.room.now(), alert=alert.id, units=units, **said))
        return Done()


async def _kept(parts: Parts, event: ev.Event) -> None:
    """Fires once it is in the journal: until then their side does not call it received."""
    try:
        await written(parts, Noted(event), "problem.journal-away", _WRITTEN_WITHIN)
    except Refused as refused:
        raise Problem.of(429, refused) from None


def routes() -> list[Route]:
    doors, may = Neighbours(), frozenset({CENTRE})
    told = "A neighbouring centre's incident: an EIDO, at most 256,000 bytes."
    answered = "A neighbouring centre's answer to what we told it."
    return [
        Route(
            "POST", "/api/v1/alerts", may, doors.told, told, dict[str, Any], refuses=(429, 503), name="alert",
        ),
        Route(
            "POST", "/api/v1/alerts/{id}/answer", may, doors.answered, answered, CentreAnswer, refuses=(429, 503),
            name="answer_alert",
        ),
    ]  # fmt: skip
