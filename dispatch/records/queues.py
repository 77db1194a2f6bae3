"""The figures of a queue, by the hour."""

from __future__ import annotations

import functools
from datetime import UTC, datetime

from dispatch.records.base import Record


class QueueHour(Record):
    """The calls that came to a queue within an hour (UTC), counted where they were received, whenever they were
    answered or lost. Id `112@2026-11-25T01`; `hour`: when it began, seconds since 1970.

    received + overflowed_in = answered + lost_* + overflowed_out + those still waiting. `waits`: how many were answered
    after at most 0, 1, 2 … seconds, not counting those before; the last one has all that waited longer. Lost unheard,
    before a person heard them: `lost_at_once` in under two seconds, before it can have rung anywhere; `lost_waiting`;
    `lost_announced` after the announcement; `lost_failed` when our side broke. `longest`, `waited`: the longest wait
    and the sum of all, seconds, until answered or lost."""

    queue: str
    hour: float
    received: int = 0
    answered: int = 0
    lost_at_once: int = 0
    lost_waiting: int = 0
    lost_announced: int = 0
    lost_failed: int = 0
    overflowed_in: int = 0
    overflowed_out: int = 0
    suspected: int = 0
    longest: float = 0.0
    waited: float = 0.0
    waits: tuple[int, ...] = ()
    dispositions: dict[str, int] = {}

    @property
    def id(self) -> str:
        return queue_hour_id(self.queue, self.hour)


@functools.lru_cache(maxsize=256)
def queue_hour_id(queue: str, hour: float) -> str:
    return f"{queue}@{datetime.fromtimestamp(hour, UTC):%Y-%m-%dT%H}"
