"""The page on a caller's telephone."""

from __future__ import annotations

from typing import Annotated

from dispatch.personal import PERSONAL
from dispatch.records.base import Record
from dispatch.states import Consent, LinkChannel, PhotoType


class Photo(Record):
    """Fields as in PhotoReceived."""

    digest: str
    at: float
    size: int
    type: PhotoType
    width: int
    height: int


class Asking(Record):
    """A browser that waits to be let in: fields as in LinkAsked."""

    browser: str
    at: float
    agent: Annotated[str, PERSONAL] = ""


class Link(Record):
    """The page on a caller's telephone, by call. `since`: of the first sending to this number, from when on its lines
    are shown; `browsers`: those that are let in, the first one by itself; `denied`: those that are not. `consents`:
    location, photos, chat; `agreed`: how often any was given; `places`, `texts`: how many came; `closed`: 0 while it is
    open."""

    call: str
    to: Annotated[str, PERSONAL]
    channel: LinkChannel
    by: str
    notice: str
    digest: str
    sent: float
    expires: float
    since: float = 0.0
    browsers: tuple[str, ...] = ()
    asking: tuple[Asking, ...] = ()
    denied: tuple[str, ...] = ()
    opened: float = 0.0
    agent: Annotated[str, PERSONAL] = ""
    opens: int = 0
    consents: tuple[Consent, ...] = ()
    agreed: int = 0
    places: int = 0
    last_place: float = 0.0
    texts: int = 0
    photos: tuple[Photo, ...] = ()
    closed: float = 0.0
