"""An answer that waits until something is on the disk, and for how long it does."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

from twisted.internet import defer

from console.http.web import Problem
from console.parts import Parts
from dispatch.inputs import Input, Noted

WITHIN = 10.0
"""Seconds; a page that is not answered by then is told that it may ask again."""
T = TypeVar("T")


async def in_time(
    parts: Parts, coming: defer.Deferred[T] | Coroutine[Any, Any, T], late: str, within: float = WITHIN
) -> T:
    """What it gives. Raises what it raises, and Problem(503, `late`) after `within` seconds; then it is cancelled."""
    try:
        return await defer.ensureDeferred(coming).addTimeout(within, parts.reactor)
    except defer.TimeoutError:
        raise Problem(503, late) from None


async def written(parts: Parts, given: Input, late: str, within: float = WITHIN) -> int:
    """The number of the last entry that came of it, when that is in the journal. Raises Refused, and Problem(503,
    `late`) where it takes too long; a fact, which nobody would refuse while the journal is away, at once."""
    if parts.room.trouble and isinstance(given, Noted):
        raise Problem(503, late)
    return await in_time(parts, parts.room.submit(given), late, within)
