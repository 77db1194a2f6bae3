"""What every event has."""

from __future__ import annotations

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True, tag_field="event"):
    """`at`: when it happened, seconds since 1970 UTC. `src`: (boot, report number) when a switch reported it."""

    at: float
    src: tuple[str, int] | None = None
