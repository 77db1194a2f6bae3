"""What a party of a call is handed."""

from __future__ import annotations

from dispatch.records.base import Record


class GivenReference(Record):
    """What a key opens, by the key's digest: fields as in ReferenceGiven; `answered`: the party took the call."""

    call: str
    party: str
    about: str
    to: str
    until: float
    answered: bool = False
