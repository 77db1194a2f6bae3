"""Looks after something again and again, and goes on doing so whatever one look came to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twisted.internet import task
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger

log = Logger()


class Rounds:
    """Every `every` seconds each of `looks` is called. One that fails is logged: it neither ends the rounds, as it
    would a LoopingCall, nor keeps the others from being called. `reactor` gives the time."""

    def __init__(self, reactor: IReactorTime, every: float, *looks: Callable[[], Any]) -> None:
        self._every, self._looks = every, looks
        self._loop = task.LoopingCall(self._round)
        self._loop.clock = reactor

    def start(self, now: bool = False) -> None:
        """`now`: the first round at once."""
        self._loop.start(self._every, now=now)

    def stop(self) -> None:
        if self._loop.running:
            self._loop.stop()

    def _round(self) -> None:
        for look in self._looks:
            try:
                look()
            except Exception:
                log.failure("looking after {what}; it is looked after again", what=getattr(look, "__qualname__", look))
