"""Which calls are dead: answered and never acknowledged, or gone silent and not there when asked. Pure.

Nothing here ends a call on which there is sound.

missing           then
the ACK           after `ACK_WITHIN` seconds the call is cleared; RFC 3261, 13.3.1.4 waits 32: too long in a flood.
                  With sound on it, the sound says that our answer was heard, and it counts as acknowledged
RTP and RTCP      after `silent_after` seconds the other end is asked by OPTIONS within the call. An answer, unless
                  it says that there is no such call, is a sign of life: a caller may be silent or on hold.
                  481 and its kind, or `TRIES` questions without an answer, and the call is cleared
session refresh   a call whose refresh failed or did not come (RFC 4028), or that is said not to be there while there
                  is sound on it, is in doubt: it is asked after `DOUBTED_AFTER` seconds of silence already
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from routing.text import Text, text

ACK_WITHIN = 8.0
ACK_OVERDUE = 2.0
DOUBTED_AFTER = 10.0
TRIES = 2
NO_SUCH_CALL = frozenset({404, 410, 481, 604})
"""Answers that say: the call is not here. 408 means that nobody answered."""


class Sign(msgspec.Struct, frozen=True):
    """`heard` grows with what comes in, -1 without sound; `acked`: the other end has acknowledged our answer;
    `doubted`: something else than its sound says that it may be over."""

    heard: int
    acked: bool
    source: str = ""
    doubted: bool = False


class Probe(msgspec.Struct, frozen=True):
    leg: str


class TakeAsAcknowledged(msgspec.Struct, frozen=True):
    """Our answer counts as acknowledged: there is sound."""

    leg: str


class Clear(msgspec.Struct, frozen=True):
    leg: str
    why: Text


class _Watched(msgspec.Struct):
    since: float
    heard: int = -1
    lived: float = 0.0
    asked: int = 0
    waiting: bool = False


class DeadCalls:
    """`now` is seconds of a monotonic clock. `silent_after` 0: nobody is asked."""

    def __init__(self, silent_after: float) -> None:
        self._silent_after = silent_after
        self._watched: dict[str, _Watched] = {}
        self.overdue: Counter[str] = Counter()
        """Answers without ACK by source, at the last look."""

    def look(self, signs: Mapping[str, Sign], now: float) -> list[Probe | TakeAsAcknowledged | Clear]:
        """`signs`: every answered call by its leg. Call it every second or so."""
        do: list[Probe | TakeAsAcknowledged | Clear] = []
        watched, self._watched = self._watched, {}
        self.overdue = Counter()
        for leg, sign in signs.items():
            one = self._watched[leg] = watched.get(leg) or _Watched(since=now, lived=now)
            self.hear(leg, sign.heard, now)
            if not sign.acked:
                flows = sign.heard > 0 and now - one.lived < ACK_WITHIN
                self.overdue[sign.source] += not flows and now - one.since >= ACK_OVERDUE
                if now - one.since >= ACK_WITHIN:
                    why = text("why.no-ack", seconds=round(ACK_WITHIN))
                    do.append(TakeAsAcknowledged(leg) if flows else Clear(leg, why))
                continue
            patience = self._silent_after
            if sign.doubted:
                patience = min(patience or DOUBTED_AFTER, DOUBTED_AFTER)
            if patience and now - one.lived >= patience and not one.waiting:
                one.waiting = True
                one.asked += 1
                do.append(Probe(leg))
        return do

    def hear(self, leg: str, heard: int, now: float) -> None:
        """What has come in on `leg` until now."""
        one = self._watched.get(leg)
        if one is not None and heard != one.heard:
            one.heard, one.lived, one.asked = heard, now, 0

    def answered(self, leg: str, code: int, now: float) -> list[Clear]:
        """The answer to `Probe`; 408 when there was none in time. Sound that came meanwhile outweighs it."""
        one = self._watched.get(leg)
        if one is None:
            return []
        one.waiting = False
        if not one.asked:
            return []
        silent = now - one.lived
        if code in NO_SUCH_CALL:
            return [Clear(leg, text("why.silent-no-such-call", seconds=round(silent), code=code))]
        if code != 408:
            one.lived, one.asked = now, 0
        elif one.asked >= TRIES:
            return [Clear(leg, text("why.silent-no-answer", seconds=round(silent), times=TRIES))]
        return []
