"""A process's sense of time: what waits goes by a clock that nobody can set, and the wall clock only says when.

Theory of operation. Two things look like time that passed and are none. Somebody sets the machine's clock: a person,
NTP, the host of a virtual machine. Or this process did not run for a while: it was stopped, the machine slept, or one
turn of its reactor took too long. Whoever measured silence or patience meanwhile would judge others by their own
absence.

    seconds()   is steady, whatever is done to the wall clock, and stands still while the process did not run. It
                becomes `reactor.seconds`, so every timer and every time-out measured by it gives everybody their time
                again
    now()       seconds since 1970, for stamps
    skips()     what was noticed since it was last asked; who keeps stamps that are still waited for moves them by it
    origin()    tells a process that comes later whether the clock was set in between

A gap between two calls of `seconds()` is an absence: the reactor calls it in every turn, and `keep_time` gives it a
timer that makes it turn several times a second.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from twisted.internet import task
from twisted.internet.interfaces import IReactorCore, IReactorTime

STEP = 1.0
"""Seconds. What the wall clock moves less at once, NTP does all the time."""
ABSENT = 2.0
"""Seconds between two turns from which on this process was away; less than every time-out that is about others."""
_TOGETHER = 0.02
_TURN_EVERY = 0.5


_KERNEL = Path("/proc/sys/kernel/random/boot_id")


def since_boot() -> float:
    """Seconds since this machine was started, those that it slept among them."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Stepped(msgspec.Struct, frozen=True):
    """The wall clock was set forward by so many seconds; backward: negative."""

    seconds: float


class Absent(msgspec.Struct, frozen=True):
    """This process did not run for so many seconds."""

    seconds: float


Skip = Stepped | Absent


class Timekeeper:
    """One for each process. `now` may be asked on any thread, `seconds` on the reactor's only."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = since_boot) -> None:
        self._wall, self._steady = wall, steady
        self._lock = threading.Lock()
        self._offset = self._read()[0]
        self._turned: float | None = None
        self._lost = 0.0
        self._skips: list[Skip] = []

    def _read(self) -> tuple[float, float]:
        """(wall clock minus steady clock, wall clock), read so close together that the difference means something."""
        while True:
            before, wall, after = self._steady(), self._wall(), self._steady()
            if after - before < _TOGETHER:
                return wall - after, wall

    def now(self) -> float:
        offset, wall = self._read()
        with self._lock:
            step, self._offset = offset - self._offset, offset
            if abs(step) >= STEP:
                self._skips.append(Stepped(step))
        return wall

    def seconds(self) -> float:
        steady = self._steady()
        if self._turned is not None and steady - self._turned >= ABSENT:
            self._lost += steady - self._turned
            with self._lock:
                self._skips.append(Absent(steady - self._turned))
        self._turned = steady
        return steady - self._lost

    def origin(self) -> tuple[str, float]:
        """(which start of the machine, its stamp): only setting the clock makes another stamp of the same start."""
        try:
            return _KERNEL.read_text().strip(), self._offset
        except OSError:
            return "", self._offset

    def begin(self) -> None:
        """The reactor turns from now on; what came before was no absence."""
        self._turned = None
        with self._lock:
            self._skips = [skip for skip in self._skips if not isinstance(skip, Absent)]

    def skips(self) -> list[Skip]:
        """Each is told once."""
        if not self._skips:
            return []
        with self._lock:
            found, self._skips = self._skips, []
        return found


def keep_time(reactor: IReactorCore) -> Timekeeper:
    """Gives the reactor a steady clock; call it before the first timer. Twisted's own is the wall clock, and a clock
    that is set back by half a minute stops every one of its timers for so long."""
    made = Timekeeper()
    IReactorTime(reactor).seconds = made.seconds  # type: ignore[method-assign]  # that is what it is for
    turning = task.LoopingCall(made.now)
    turning.clock = IReactorTime(reactor)

    def begin() -> None:
        made.begin()
        turning.start(_TURN_EVERY)

    reactor.callWhenRunning(begin)
    return made
