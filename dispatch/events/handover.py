"""What a party of a call is handed of it, and that it was read."""

from __future__ import annotations

from dispatch.events.base import Event


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
