"""Test calls of our own."""

from __future__ import annotations

from dispatch.records.base import Record
from routing.text import Text


class Canary(Record):
    """A test call by the trunk and back; times in seconds since 1970, 0 while it is not proved. `call`: as what it
    came in; `why`: what the line said, or what was missing."""

    id: str
    started: float
    rang: float = 0.0
    answered: float = 0.0
    call: str = ""
    heard_out: float = 0.0
    heard_back: float = 0.0
    ended: float = 0.0
    why: Text | None = None
