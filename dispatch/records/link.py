"""The page on a caller's telephone."""

from __future__ import annotations

from dispatch.records.base import Record


class Photo(Record):
    """Fields as in PhotoReceived."""

    digest: str
    at: float
    size: int
    type: str
    width: int
    height: int


class Given(Record):
    """What a key opens, by the key's digest: fields as in ReferenceGiven; `answered`: the party took the call."""

    call: str
    party: str
    about: str
    to: str
    until: float
    answered: bool = False


class Link(Record):
    """The page on a caller's telephone, by call. `consents`: location, photos, chat; `agreed`: how often any was given;
    `places`, `texts`: how many came; `closed`: 0 while it is open."""

    call: str
    to: str
    channel: str
    by: str
    notice: str
    digest: str
    sent: float
    expires: float
    opened: float = 0.0
    agent: str = ""
    opens: int = 0
    consents: tuple[str, ...] = ()
    agreed: int = 0
    places: int = 0
    last_place: float = 0.0
    texts: int = 0
    photos: tuple[Photo, ...] = ()
    closed: float = 0.0
