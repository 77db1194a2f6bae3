"""Where a caller is: which observation is the best, who verified it, what has to be fetched, what phones send."""

from __future__ import annotations

from typing import Annotated

from dispatch.events.base import Event
from dispatch.personal import PERSONAL
from routing.location import Location
from routing.text import Text


class LocationChosen(Event):
    """From here on this `observation` of the call (its number, counted from 0 as received) is the best one."""

    call: str
    observation: int
    why: Text


class LocationVerified(Event):
    """A person made sure that the caller is at this observation."""

    call: str
    observation: int
    by: str


class LocationContradicted(Event):
    """This observation is newer than the verified one and `metres` away beyond what both leave open. The verified
    one stays the best until a person decides."""

    call: str
    observation: int
    verified: int
    metres: float


class CivicReceived(Event):
    """An address without coordinates (RFC 5139): `parts` by element name, `text` as people say it."""

    call: str
    parts: Annotated[dict[str, str], PERSONAL]
    text: Annotated[str, PERSONAL] = ""
    method: str = ""


class LocationReferenced(Event):
    """The network says at which address (http, https) it tells where the caller is, again and again while the call
    lasts. `kind`: location, or the kind of additional data that is there."""

    call: str
    uri: Annotated[str, PERSONAL]
    kind: str = "location"


class ReferenceTried(Event):
    """An address was asked. `why` it gave nothing, None when it did; `again`: when it will be next (0 never)."""

    call: str
    uri: Annotated[str, PERSONAL]
    why: Annotated[Text | None, PERSONAL] = None
    again: float = 0.0


class AdditionalDataReceived(Event):
    """One block of RFC 7852: name of the field -> text. `digest` of the body it was read from, if it was fetched."""

    call: str
    kind: str
    data: Annotated[dict[str, str], PERSONAL]
    digest: str = ""


class AmlReceived(Event):
    """A phone's own message about an emergency call (ETSI TS 103 625). `via`: https or sms; `raw`: digest of the
    message kept beside the journal; `location` is missing when the phone had none. `lapses`: until when it waits for
    its call, seconds since 1970."""

    number: Annotated[str, PERSONAL] = ""
    imei: Annotated[str, PERSONAL] = ""
    location: Annotated[Location | None, PERSONAL] = None
    raw: str = ""
    via: str = "https"
    language: str = ""
    lapses: float = 0.0


class AmlClaimed(Event):
    """Message `aml` (the place of its AmlReceived in the journal) belongs to this call. `waits`: this call has ended,
    and a new one of the same phone may claim it as well. `imei`: as the message has it, said of this call."""

    call: str
    aml: int
    waits: bool = False
    imei: Annotated[str, PERSONAL] = ""


class AmlLapsed(Event):
    """Message `aml` waits for no call any more."""

    aml: int
