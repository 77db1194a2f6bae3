"""What came to the ports of a call's sound and was not let in (deploy/pjproject/sound_guard.c), and when that is told.

Sound from a stranger is told; and a caller whose sound comes from nowhere that its signalling named, so that nobody
hears it, at first or any more, is told within seconds, with what to do: that is a trunk whose media gateway the
settings do not know.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping

import msgspec

from routing.text import Text, text
from telephony.lines.pjlib import quick_library

UNHEARD_FOR = 2.0
"""Seconds: until then a call may not have found its way yet."""
AGAIN_AFTER = 60.0
MOST_AT_ONCE = 5
"""Sentences in one look: a spray over all ports is one thing, not hundreds."""


class Stray(msgspec.Struct, frozen=True):
    """Packets since the call began, of sound that was let in and of what was not; the last one's address, and that
    which the session description names."""

    heard: int
    strays: int
    address: str
    named: str


class _StrayRow(ctypes.Structure):
    _fields_ = (
        ("heard", ctypes.c_long),
        ("strays", ctypes.c_long),
        ("address", ctypes.c_char * 48),
        ("named", ctypes.c_char * 48),
    )


def stray_of(number: int) -> Stray | None:
    """Of the call of this pjsua number; None when there is none."""
    row = _StrayRow()
    if not quick_library().siaga_strays_of(number, ctypes.byref(row)):
        return None
    return Stray(row.heard, row.strays, row.address.decode("ascii", "replace"), row.named.decode("ascii", "replace"))


class _Told(msgspec.Struct):
    """`since`: nothing was heard; `heard` and `before`: packets, and strays, until then."""

    strays: int = 0
    since: float = 0.0
    next: float = 0.0
    unheard: bool = False
    heard: int = 0
    before: int = 0


class Strays:
    """`now` is seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._legs: dict[str, _Told] = {}

    def look(self, legs: Mapping[str, Stray], now: float) -> list[tuple[str, Text]]:
        """(leg, text) of what is new. Call it every second or so with every answered leg."""
        known, self._legs = self._legs, {}
        said: list[tuple[str, Text]] = []
        for leg, stray in legs.items():
            if not stray.strays:
                continue
            told = self._legs[leg] = known.get(leg) or _Told(since=now)
            if stray.heard > told.heard:
                told.heard, told.before, told.since = stray.heard, stray.strays, now
                told.unheard &= now < told.next
            if len(said) >= MOST_AT_ONCE:
                continue
            if stray.strays > told.before and now - told.since >= UNHEARD_FOR and not told.unheard:
                told.unheard = True
                said.append((leg, _unheard(stray)))
            elif stray.heard and not told.unheard and stray.strays > told.strays and now >= told.next:
                said.append((leg, _strange(stray, stray.strays - told.strays)))
            else:
                continue
            told.strays, told.next = stray.strays, now + AGAIN_AFTER
        return said


def _unheard(stray: Stray) -> Text:
    return text("discrepancy.not-heard", address=stray.address, named=stray.named)


def _strange(stray: Stray, number: int) -> Text:
    return text("discrepancy.strange-sound", packets=number, address=stray.address, named=stray.named)
