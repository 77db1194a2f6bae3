"""The outbox."""

from __future__ import annotations

from typing import Annotated

from dispatch.personal import PERSONAL
from dispatch.records.base import Record
from dispatch.states import Channel, NoticeState
from routing.text import Text


class Notice(Record):
    """`state`: waiting (on its way), failed (tried again at `again`), sent, given_up. Times in seconds since 1970.
    `demo`: it was not sent, but written into a file."""

    id: str
    channel: Channel
    to: Annotated[str, PERSONAL]
    text: Annotated[Text, PERSONAL]
    ordered: float
    expires: float
    state: NoticeState = "waiting"
    language: str = ""
    by: str = ""
    call: str = ""
    link: str = ""
    about: str = ""
    tries: int = 1
    again: float = 0.0
    settled: float = 0.0
    why: Annotated[Text | None, PERSONAL] = None
    demo: bool = False
    incident: str = ""
