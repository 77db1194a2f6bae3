"""What every event has."""

from __future__ import annotations

from typing import dataclass_transform

import msgspec


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))  # a subclass of a frozen Struct is frozen
class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True, tag_field="event"):
    """`at`: when it happened, seconds since 1970 UTC. `src`: (boot, report number) when a switch reported it.
    `asked`: (who, key, digest of what was asked) when it comes of a request that had a key. `erased`: it was read from
    the journal without its personal fields, which are empty now; nobody writes that."""

    at: float
    src: tuple[str, int] | None = None
    asked: tuple[str, str, str] | None = None
    erased: bool = False
