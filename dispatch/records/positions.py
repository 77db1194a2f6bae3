"""Operators' seats."""

from __future__ import annotations

from dispatch.records.base import Record
from dispatch.states import Away, PositionMedia, PositionMode


class Position(Record):
    """`leg`: the audio that is connected, "" without. `mode`: what it does at `call`, see Member. `idle_since`: for
    longest-idle-first, seconds since 1970. `wrapping`: the call that is over and has no outcome yet. `attended`: a page
    shows it, or did; `away`: why nobody can be there now, see PositionUnattended."""

    id: str
    user: str
    media: PositionMedia
    ready: bool = False
    reason: str = ""
    leg: str = ""
    call: str = ""
    mode: PositionMode = ""
    idle_since: float = 0.0
    skills: tuple[str, ...] = ()
    wrapping: str = ""
    attended: bool = False
    away: Away = ""

    @property
    def on_duty(self) -> bool:
        """Whether calls may ring here, now or after the call that it is in."""
        return self.ready and bool(self.leg) and not self.away
