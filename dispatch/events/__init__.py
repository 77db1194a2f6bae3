"""Every fact the control room can know, in the past tense. The one vocabulary of wire, journal, browser and auditor.

Theory of operation. An event is frozen, says when it happened (`at`, seconds since 1970, UTC) and which thing it is
about. The wire carries its JSON (`encode`), the journal keeps it in two parts (dispatch/journal/parting.py), the board
folds it. A field that equals its default is left out, so a new field with a default keeps old journals readable. A
field that tells of a person is marked PERSONAL. Nothing here decides anything.

Where a fact came in over the wire, `src` is (boot id of the switch, number of the report); it makes a repeated
report recognisable for ever. Where it comes of a request with a key, `asked` makes that request recognisable when it
is repeated: a page or a program that heard no answer can ask again, and nothing is done twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, Union, get_args

import msgspec

from dispatch.events.aliases import *  # noqa: F403
from dispatch.events.base import Event as Event
from dispatch.events.calls import *  # noqa: F403  all events go by one name: `ev.CallReceived`
from dispatch.events.canary import *  # noqa: F403
from dispatch.events.centre import *  # noqa: F403
from dispatch.events.conversation import *  # noqa: F403
from dispatch.events.handover import *  # noqa: F403
from dispatch.events.incidents import *  # noqa: F403
from dispatch.events.location_link import *  # noqa: F403
from dispatch.events.locations import *  # noqa: F403
from dispatch.events.neighbours import *  # noqa: F403
from dispatch.events.notices import *  # noqa: F403
from dispatch.events.orders import *  # noqa: F403
from dispatch.events.positions import *  # noqa: F403
from dispatch.events.queues import *  # noqa: F403
from dispatch.events.shifts import *  # noqa: F403
from dispatch.events.silence import *  # noqa: F403
from dispatch.events.streets import *  # noqa: F403
from dispatch.events.vehicle import *  # noqa: F403

if TYPE_CHECKING:
    AnyEvent: TypeAlias = Event
else:
    AnyEvent = Union[tuple(Event.__subclasses__())]  # noqa: UP007  built from the classes above
EVENTS: dict[str, type[Event]] = {c.__name__: c for c in get_args(AnyEvent)}

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(AnyEvent)


def encode(event: Event) -> bytes:
    """The one JSON form of an event; field order is the class's, so equal events give equal bytes."""
    return _encoder.encode(event)


def decode(body: bytes | str) -> Event:
    """Raises msgspec.ValidationError / DecodeError (both ValueError) with a path when `body` is not an event."""
    return _decoder.decode(body)
