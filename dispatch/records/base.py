"""What all records have in common."""

from __future__ import annotations

from typing import dataclass_transform

import msgspec


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))  # a subclass of a frozen Struct is frozen
class Record(msgspec.Struct, frozen=True, kw_only=True):
    pass
