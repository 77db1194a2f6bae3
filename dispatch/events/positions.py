"""Positions, the call-takers' seats, and their audio."""

from __future__ import annotations

from dispatch.events.base import Event


class PositionOpened(Event):
    """`media`: browser or phone. `skills`: of the user, such as en, zh, fire."""

    position: str
    user: str
    media: str
    skills: tuple[str, ...] = ()


class PositionReady(Event):
    position: str
    ready: bool
    reason: str = ""


class PositionClosed(Event):
    position: str
    why: str = ""


class PositionLegUp(Event):
    """The call-taker's audio is connected and stays so ("nailed up"). `user`: whose phone or page it is."""

    position: str
    leg: str
    user: str = ""


class PositionLegDown(Event):
    position: str
    leg: str
    why: str = ""
