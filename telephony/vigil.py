"""Which calls are dead: answered and never acknowledged, or gone silent and not there when asked. Pure.

missing           then
the ACK           after `ACK_WITHIN` seconds the call is cleared; RFC 3261, 13.3.1.4 waits 32: too long in a flood
RTP and RTCP      after `silent_after` seconds the other end is asked by OPTIONS within the call. An answer, unless
                  it says that there is no such call, is a sign of life: a caller may be silent or on hold.
                  481 and its kind, or `TRIES` questions without an answer, and the call is cleared
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

ACK_WITHIN = 8.0
ACK_OVERDUE = 2.0
TRIES = 2
NO_SUCH_CALL = frozenset({404, 410, 481, 604})
"""Answers that say: the call is not here. 408 means that nobody answered."""


class Sign(msgspec.Struct, frozen=True):
    """`heard` grows with what comes in, -1 without sound; `acked`: the other end has acknowledged our answer."""

    heard: int
    acked: bool
    source: str = ""


class Ask(msgspec.Struct, frozen=True):
    leg: str


class Clear(msgspec.Struct, frozen=True):
    leg: str
    why: str


class _Watched(msgspec.Struct):
    since: float
    heard: int = -1
    lived: float = 0.0
    asked: int = 0
    waiting: bool = False


class Vigil:
    """`now` is seconds of a monotonic clock. `silent_after` 0: nobody is asked."""

    def __init__(self, silent_after: float) -> None:
        self._silent_after = silent_after
        self._watched: dict[str, _Watched] = {}
        self.overdue: Counter[str] = Counter()
        """Answers without ACK by source, at the last look."""

    def look(self, signs: Mapping[str, Sign], now: float) -> list[Ask | Clear]:
        """`signs`: every answered call by its leg. Call it every second or so."""
        do: list[Ask | Clear] = []
        watched, self._watched = self._watched, {}
        self.overdue = Counter()
        for leg, sign in signs.items():
            one = self._watched[leg] = watched.get(leg) or _Watched(since=now, lived=now)
            if not sign.acked:
                self.overdue[sign.source] += now - one.since >= ACK_OVERDUE
                if now - one.since >= ACK_WITHIN:
                    do.append(Clear(leg, f"no ACK within {ACK_WITHIN:.0f} s of our answer"))
                continue
            if sign.heard != one.heard:
                one.heard, one.lived, one.asked = sign.heard, now, 0
            if self._silent_after and now - one.lived >= self._silent_after and not one.waiting:
                one.waiting = True
                one.asked += 1
                do.append(Ask(leg))
        return do

    def answered(self, leg: str, code: int, now: float) -> list[Clear]:
        """The answer to `Ask`; 408 when there was none in time."""
        one = self._watched.get(leg)
        if one is None:
            return []
        one.waiting = False
        silent = now - one.lived
        if code in NO_SUCH_CALL:
            return [Clear(leg, f"no sound for {silent:.0f} s, and asked, its network says {code}: no such call")]
        if code != 408:
            one.lived, one.asked = now, 0
        elif one.asked >= TRIES:
            return [Clear(leg, f"no sound for {silent:.0f} s, and no answer when asked {TRIES} times")]
        return []
