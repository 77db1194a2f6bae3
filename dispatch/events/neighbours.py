"""Neighbouring centres: what they are told, what they tell us, what is answered; and places beyond our border."""

from __future__ import annotations

from typing import Annotated

import msgspec

from dispatch.events.base import Event
from dispatch.personal import PERSONAL
from dispatch.states import AlertAnswer, AlertState, AlertWhy, AssignmentState
from routing.location import Location
from routing.text import Text


class PlaceDoubted(Event):
    """The incident lies outside everything that is ours, `metres` from `border`; `text` says so. Without it: it does
    not any more. `centre`: in whose area it lies, "" in nobody's."""

    incident: str
    text: Annotated[Text | None, PERSONAL] = None
    border: Annotated[str, PERSONAL] = ""
    metres: Annotated[float, PERSONAL] = 0.0
    centre: Annotated[str, PERSONAL] = ""
    at_sea: bool = False


class PlaceConfirmed(Event):
    """A person made sure that a doubted place is right."""

    incident: str
    by: str


class CentreAlerted(Event):
    """A neighbouring centre is told of an incident; with a `version` above 1, of its news. `why`: across (in their
    area), unsure (the place is vague), near (`metres` from their area), asked (only for units of theirs). `asks`: those
    units."""

    alert: str
    centre: str
    incident: str
    version: int
    why: AlertWhy
    metres: float = 0.0
    asks: tuple[str, ...] = ()


class AlertWithdrawn(Event):
    """It does not concern them any more. `state`: withdrawn, or closed with the incident."""

    alert: str
    version: int
    state: AlertState


class AlertReceived(Event):
    """A neighbour tells us of an incident of theirs, or news of it. `remote`: their id of the alert, `theirs` of the
    incident; `state`: open, withdrawn, closed; `why` and `asks` as in CentreAlerted; `type` in their words; `sent`: the
    units that they have sent."""

    alert: str
    centre: str
    remote: str
    version: int
    state: AlertState = "open"
    why: AlertWhy = ""
    metres: float = 0.0
    asks: tuple[str, ...] = ()
    theirs: str = ""
    type: Annotated[str, PERSONAL] = ""
    location: Annotated[Location | None, PERSONAL] = None
    address: Annotated[str, PERSONAL] = ""
    notes: Annotated[tuple[str, ...], PERSONAL] = ()
    sent: tuple[str, ...] = ()
    caller: Annotated[str, PERSONAL] = ""


class AlertLinked(Event):
    """What a neighbour told us of belongs to this incident of ours."""

    alert: str
    incident: str
    by: str


class AidUnit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A unit that a centre sends to another's incident; `state` as an assignment's."""

    id: str
    state: AssignmentState = "assigned"


class AlertAnswered(Event):
    """`answer`: send, take (they take the incident), keep (you keep it), not_ours. Ours to an alert that we received,
    the neighbour's to one of ours; then `by` is the person there, or ours who heard it by telephone (`told`)."""

    alert: str
    answer: AlertAnswer
    version: int
    units: tuple[AidUnit, ...] = ()
    text: Annotated[str, PERSONAL] = ""
    by: str = ""
    told: bool = False


class AlertUnanswered(Event):
    alert: str
    waited: float
