"""Whether the trunks are there: each is asked by OPTIONS, and what changes is told to the room. Pure.

A trunk that does not answer `TRIES` times in a row is down; one answer, whatever it says, and it is up again. 503 is an
answer that says "not now": it counts as none.
"""

from __future__ import annotations

import msgspec

from dispatch.events import Event, TrunkBack, TrunkLost
from routing.text import text

EVERY = 30.0
AGAIN = 5.0
"""Seconds to the next question after one without an answer."""
TRIES = 3


class _Trunk(msgspec.Struct):
    due: float = 0.0
    missed: int = 0
    down: bool = False
    asked: bool = False


class TrunkWatch:
    """`uris` from the setting `trunk_watch`. `now` is seconds of a monotonic clock, `at` since 1970."""

    def __init__(self, uris: tuple[str, ...]) -> None:
        self._trunks = {uri: _Trunk() for uri in uris}

    def due(self, now: float) -> list[str]:
        """Those to ask now."""
        due = [uri for uri, trunk in self._trunks.items() if not trunk.asked and trunk.due <= now]
        for uri in due:
            self._trunks[uri].asked = True
        return due

    def answered(self, uri: str, code: int, now: float, at: float) -> list[Event]:
        """`code` 408 when there was no answer in time."""
        trunk = self._trunks[uri]
        trunk.asked = False
        if code not in (408, 503):
            trunk.due, trunk.missed = now + EVERY, 0
            back, trunk.down = trunk.down, False
            return [TrunkBack(at=at, trunk=uri)] if back else []
        trunk.missed += 1
        trunk.due = now + (EVERY if trunk.down else AGAIN)
        if trunk.down or trunk.missed < TRIES:
            return []
        trunk.down = True
        why = text("why.trunk-silent" if code == 408 else "why.trunk-503")
        return [TrunkLost(at=at, trunk=uri, why=why)]
