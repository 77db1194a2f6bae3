"""What the ghost shield knows of a number."""

from __future__ import annotations

from typing import Annotated

from dispatch.personal import PERSONAL
from dispatch.records.base import Record
from dispatch.states import PastOutcome


class PastCall(Record):
    """One call of a number. `outcome`: "" while it goes on, then unheard (ended before a person heard it), lost (broke
    at our side) or heard, and in their place what the call-taker said of it (CallDisposed). `seconds`: it waited
    unheard, or was talked to. `silent`: nothing was heard from the caller; `pressed`: they pressed 5. `turn`: it was
    the how manyth call."""

    call: str
    at: float
    turn: int = 0
    number: Annotated[str, PERSONAL] = ""
    outcome: PastOutcome = ""
    seconds: float = 0.0
    silent: bool = False
    pressed: bool = False


class CallerHistory(Record):
    """What the ghost shield knows of a number. `past`: its last calls, oldest first."""

    past: tuple[PastCall, ...] = ()
