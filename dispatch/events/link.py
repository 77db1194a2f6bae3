"""The page on a caller's telephone: sent, opened, agreed to, and what came from it. Places come as LocationReceived,
written lines as TextReceived."""

from __future__ import annotations

from dispatch.events.base import Event


class LinkSent(Event):
    """`digest`: of the page's key, which itself is nowhere written down. `expires`: seconds since 1970."""

    call: str
    to: str
    channel: str
    by: str
    notice: str
    digest: str
    expires: float


class LinkOpened(Event):
    """`agent`: what the browser says it is."""

    call: str
    agent: str = ""


class LinkConsented(Event):
    """The person at the telephone agreed to give `what` (location, photos or chat), or takes that back."""

    call: str
    what: str
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
    type: str
    width: int
    height: int


class PhotoViewed(Event):
    call: str
    digest: str
    by: str


class ReferenceGiven(Event):
    """A party of a call is handed what is known of an incident or a call (`about`): its INVITE carries a key that opens
    it once, until `until` (seconds since 1970). `to`: the contact; `digest`: of the key."""

    call: str
    party: str
    about: str
    to: str
    digest: str
    until: float


class EidoRead(Event):
    """Whoever holds the key that was given to contact `to` fetched what is known, from `address`; `digest` of the
    key, which opens nothing from now on."""

    about: str
    address: str = ""
    to: str = ""
    digest: str = ""
