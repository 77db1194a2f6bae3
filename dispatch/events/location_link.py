"""The page on a caller's telephone: sent, opened, let in, agreed to, and what came from it. Places come as
LocationReceived, written lines as TextReceived."""

from __future__ import annotations

from typing import Annotated

from dispatch.events.base import Event
from dispatch.personal import PERSONAL
from dispatch.states import Consent, LinkChannel, PhotoType


class LinkSent(Event):
    """`digest`: of the key that this sending gave to this number, and which itself is nowhere written down. `expires`:
    seconds since 1970."""

    call: str
    to: Annotated[str, PERSONAL]
    channel: LinkChannel
    by: str
    notice: str
    digest: str
    expires: float


class LinkOpened(Event):
    """The first `browser` (digest of its cookie) to open a page is let in; `agent`: what it says it is."""

    call: str
    agent: Annotated[str, PERSONAL] = ""
    browser: str = ""


class LinkAsked(Event):
    """Another browser has the key too. It is shown nothing until somebody here lets it in."""

    call: str
    browser: str
    agent: Annotated[str, PERSONAL] = ""


class LinkAnswered(Event):
    """Somebody let that browser in (`allowed`), or not."""

    call: str
    browser: str
    allowed: bool
    by: str


class LinkConsented(Event):
    """The person at the telephone agreed to give `what` (location, photos or chat), or takes that back."""

    call: str
    what: Consent
    withdrawn: bool = False


class LinkClosed(Event):
    """`by`: who closed it, "" when its time was over."""

    call: str
    by: str = ""


class PhotoReceived(Event):
    """Kept beside the journal as it came, under its SHA-256. `size` in bytes, `width` and `height` in pixels; `type`:
    image/jpeg, image/png or image/webp."""

    call: str
    digest: str
    size: int
    type: PhotoType
    width: int
    height: int


class PhotoViewed(Event):
    call: str
    digest: str
    by: str
