"""Positions, the call-takers' seats, and their audio."""

from __future__ import annotations

from dispatch.events.base import Event
from dispatch.states import Away, PositionMedia
from routing.text import Text


class PositionOpened(Event):
    """`media`: browser or phone. `skills`: of the user, such as en, zh, fire."""

    position: str
    user: str
    media: PositionMedia
    skills: tuple[str, ...] = ()


class PositionReady(Event):
    position: str
    ready: bool
    reason: str = ""


class PositionAttended(Event):
    """A page of its user shows the position, and answers."""

    position: str


class PositionUnattended(Event):
    """Nobody can be at this position now, whatever was said of its readiness. `why`: page (closed, or it answers no
    more), locked (its session is over and the password is asked for), ended (a session, password or role was taken
    back), rights (its user may sit at no position any more)."""

    position: str
    why: Away


class PositionClosed(Event):
    position: str
    why: Text


class PositionLegUp(Event):
    """The call-taker's audio is connected and stays so ("nailed up"). `user`: whose phone or page it is."""

    position: str
    leg: str
    user: str = ""


class PositionLegDown(Event):
    position: str
    leg: str
    why: Text | None = None
