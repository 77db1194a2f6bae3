"""What the room itself has pending: orders, alarms, deadlines."""

from __future__ import annotations

from typing import Annotated

from dispatch.personal import PERSONAL
from dispatch.records.base import Record
from dispatch.states import AlarmLevel, OrderKind, OrderMode
from routing.text import Text


class Order(Record):
    """A pending OrderIssued; the fields are explained there."""

    id: int
    do: OrderKind
    issued: float
    expires: float
    call: str = ""
    position: str = ""
    party: str = ""
    mode: OrderMode = ""
    uri: Annotated[str, PERSONAL] = ""
    headers: Annotated[dict[str, str], PERSONAL] = {}
    body: Annotated[str, PERSONAL] = ""
    body_type: str = ""
    sounds: tuple[str, ...] = ()
    text: Annotated[str, PERSONAL] = ""
    by: str = ""


class Alarm(Record):
    id: str
    level: AlarmLevel
    since: float
    text: Annotated[Text, PERSONAL]
    incident: str = ""
    call: str = ""
    alert: str = ""
    boot: str = ""  # of the switch that raised it


class Asked(Record):
    """A request that had a key and was carried out. `seq`: its last entry, which is the answer; `digest` of what was
    asked."""

    seq: int
    digest: str


class Deadline(Record):
    """At `due` (seconds since 1970) the room looks at `kind` of `about`."""

    kind: str
    about: str
    due: float
