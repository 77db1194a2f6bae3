"""Crews whose shift begins or ends."""

from __future__ import annotations

import msgspec

from dispatch.events.base import Event


class ShiftChange(msgspec.Struct, frozen=True, kw_only=True):
    """A crew is `on` duty, or off, `until` then (seconds since 1970)."""

    unit: str
    on: bool
    until: float


class ShiftsChanged(Event):
    """By the clock. `again`: when the next ones change."""

    changes: tuple[ShiftChange, ...]
    again: float
