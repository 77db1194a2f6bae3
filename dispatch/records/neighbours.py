"""Alerts: between this centre and its neighbours."""

from __future__ import annotations

from typing import Annotated, Literal

from dispatch.events import AidUnit
from dispatch.personal import PERSONAL
from dispatch.records.base import Record
from dispatch.states import AlertAnswer, AlertState, AlertWhy, Direction
from routing.location import Location


class Alert(Record):
    """`direction`: out (we told them) or in (they told us). `state`: open, withdrawn, closed. `incident`: ours, "" for
    one that came in and belongs to none yet. `at`: first told or received, `changed`: last; `received`: when they took
    it, `texted`: when a gateway took the SMS or WhatsApp; seconds since 1970, 0 for not yet. `type`, `location`:
    what was told last. The other fields are explained in CentreAlerted, AlertReceived and AlertAnswered."""

    id: str
    direction: Direction
    centre: str
    version: int
    at: float
    changed: float
    state: AlertState = "open"
    why: AlertWhy = ""
    metres: float = 0.0
    asks: tuple[str, ...] = ()
    incident: str = ""
    type: Annotated[str, PERSONAL] = ""
    location: Annotated[Location | None, PERSONAL] = None
    received: float = 0.0
    texted: float = 0.0
    answer: Literal[""] | AlertAnswer = ""
    answered: float = 0.0
    answer_version: int = 0
    answered_by: str = ""
    told: bool = False
    text: Annotated[str, PERSONAL] = ""
    units: tuple[AidUnit, ...] = ()
    remote: str = ""
    theirs: str = ""
    address: Annotated[str, PERSONAL] = ""
    notes: Annotated[tuple[str, ...], PERSONAL] = ()
    sent: tuple[str, ...] = ()
    caller: Annotated[str, PERSONAL] = ""

    @property
    def wire(self) -> str:
        """What both centres call it between them. A journal that began anew counts from 1 again, so the time is a part
        of it."""
        return self.remote or f"{self.id}.{self.at:.0f}"
