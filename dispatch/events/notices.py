"""Messages that leave the room for somebody's telephone, and what became of them."""

from __future__ import annotations

from typing import Annotated

from dispatch.events.base import Event
from dispatch.personal import PERSONAL
from dispatch.states import Channel
from routing.text import Text


class NoticeOrdered(Event):
    """`channel`: sms, whatsapp, technician or centre; `to`: a number in E.164, "" for the technicians, a centre's id:
    then what it is told is made of alert `about` when the notice leaves. `text` leaves in `language`, in the city's
    first where there are no words in that, to technicians in every one; its blank `link` is the address of the page of
    call `link`, which is a secret and is filled in when the notice leaves. An attempt of which nothing is heard until
    `until` has failed; after `expires` nothing is tried again (seconds since 1970). `about`: the alarm or the alert
    that it tells of; `incident`: whose words are in it."""

    notice: str
    channel: Channel
    to: Annotated[str, PERSONAL]
    text: Annotated[Text, PERSONAL]
    until: float
    expires: float
    language: str = ""
    by: str = ""
    call: str = ""
    link: str = ""
    about: str = ""
    incident: str = ""


class NoticeRepeated(Event):
    """The time has come to try again."""

    notice: str
    until: float


class NoticeSent(Event):
    """A gateway took it; whether the telephone rang, only the gateway knows. `demo`: it was written into a file."""

    notice: str
    demo: bool = False


class NoticeFailed(Event):
    """`again`: when it is tried again, seconds since 1970; 0 when it is given up."""

    notice: str
    why: Annotated[Text, PERSONAL]
    again: float = 0.0
