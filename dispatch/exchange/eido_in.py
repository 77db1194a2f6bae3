"""An Emergency Incident Data Object that another centre sent (NENA-STA-021.1a-2022, JSON), read strictly. Pure.

Of the standard's members those are read that a dispatcher here needs; references are followed within the object only,
nothing is fetched. The member `siaga` (dispatch/exchange/alerts.py) may be missing: then the object's own id
and time say which alert it is, and which version.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Annotated

import msgspec

from dispatch.states import AlertState, AlertWhy
from routing.bad_field import bad_body
from routing.location import Location, Malformed

MAX_BYTES = 256_000
_MAX_PLACES, _MAX_NOTES, _MAX_UNITS = 5, 20, 40
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The fields are those of AlertReceived."""

    remote: str
    version: int
    state: str = "open"
    why: str = ""
    metres: float = 0.0
    asks: tuple[str, ...] = ()
    theirs: str = ""
    type: str = ""
    location: Location | None = None
    address: str = ""
    notes: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    caller: str = ""


class _Reference(msgspec.Struct, frozen=True):
    to: str = msgspec.field(default="", name="$ref")


class _Note(msgspec.Struct, frozen=True):
    id: str = msgspec.field(default="", name="$id")
    text: str = msgspec.field(default="", name="notesActionComments")


class _Place(msgspec.Struct, frozen=True):
    id: str = msgspec.field(default="", name="$id")
    value: str = msgspec.field(default="", name="locationByValue")
    text: str = msgspec.field(default="", name="locationDescriptionText")


class _Resource(msgspec.Struct, frozen=True):
    name: str = msgspec.field(default="", name="emergencyResourceName")


class _Callback(msgspec.Struct, frozen=True):
    uris: list[str] = msgspec.field(default_factory=list, name="callBackInformationUri")


class _EidoIncident(msgspec.Struct, frozen=True):
    id: str = msgspec.field(default="", name="$id")
    internal: str = msgspec.field(default="", name="internalIncidentId")
    common: str = msgspec.field(default="", name="incidentTypeCommonRegistryText")
    type: str = msgspec.field(default="", name="incidentTypeInternalText")
    status: list[str] = msgspec.field(default_factory=list, name="incidentStatusCommonRegistryText")
    places: list[_Reference] = msgspec.field(default_factory=list, name="locationReference")
    notes: list[_Reference] = msgspec.field(default_factory=list, name="notesReference")


class _Siaga(msgspec.Struct, frozen=True):
    alert: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    version: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    state: AlertState = "open"
    why: AlertWhy = ""
    metres: Annotated[float, msgspec.Meta(ge=0, le=1e8)] = 0.0
    address: str = ""
    asks: Annotated[list[str], msgspec.Meta(max_length=_MAX_UNITS)] = []


class _EidoObject(msgspec.Struct, frozen=True):
    id: str = msgspec.field(default="", name="$id")
    at: str = msgspec.field(default="", name="lastUpdateTimeStamp")
    incident: _EidoIncident = msgspec.field(default_factory=_EidoIncident, name="incidentComponent")
    places: list[_Place] = msgspec.field(default_factory=list, name="locationComponent")
    notes: list[_Note] = msgspec.field(default_factory=list, name="notesComponent")
    resources: list[_Resource] = msgspec.field(default_factory=list, name="emergencyResourceComponent")
    callbacks: list[_Callback] = msgspec.field(default_factory=list, name="callbackComponent")
    siaga: _Siaga | None = None


_decoder = msgspec.json.Decoder(_EidoObject)


def read_eido(body: bytes, place: Callable[[bytes], Location | None]) -> Told:
    """`place` reads a PIDF-LO document, and raises ValueError for one that it cannot. Raises Malformed, which names the
    member."""
    if len(body) > MAX_BYTES:
        raise Malformed("wrong.eido-too-long", most=MAX_BYTES)
    try:
        given = _decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise Malformed(bad_body(wrong)) from None
    siaga, incident = given.siaga, given.incident
    remote = siaga.alert if siaga else _clean(given.id or incident.id, 80)
    if not remote:
        raise Malformed("wrong.eido-without-id")
    named = [one.to for one in incident.places]
    placed = sorted(given.places, key=lambda one: named.index(one.id) if one.id in named else len(named))
    mine = {one.to for one in incident.notes}
    heard = (one for one in given.notes if not mine or one.id in mine)
    # Why an alert is sent stands in a note too, for those who know nothing of `siaga`.
    notes = [_clean(one.text, 500) for one in heard if not (siaga and one.id.endswith("/alert"))]
    return Told(
        remote=remote,
        version=siaga.version if siaga else _seconds(given.at),
        state=siaga.state if siaga else _state(incident.status),
        why=siaga.why if siaga else "",
        metres=siaga.metres if siaga else 0.0,
        asks=_several(siaga.asks if siaga else ()),
        theirs=_clean(incident.internal or incident.id, 120),
        type=_clean(incident.type or incident.common, 80),
        location=_first(placed, place),
        address=_clean(siaga.address if siaga else next((one.text for one in placed if one.text), ""), 200),
        notes=tuple(note for note in notes if note)[-_MAX_NOTES:],
        sent=_several(one.name for one in given.resources),
        caller=_number(given.callbacks),
    )


def _first(placed: Iterable[_Place], read: Callable[[bytes], Location | None]) -> Location | None:
    """The first that can be used."""
    for one in [one for one in placed if one.value][:_MAX_PLACES]:
        try:
            found = read(one.value.encode())
        except (ValueError, RecursionError):
            continue
        if found is not None:
            return msgspec.structs.replace(found, source="centre", flags=(), text=_clean(found.text, 200))
    return None


def _several(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for one in given if (word := _clean(one, 80))))[:_MAX_UNITS]


def _clean(text: str, most: int) -> str:
    return _CONTROL.sub("", text[: 2 * most]).strip()[:most]


def _seconds(stamp: str) -> int:
    try:
        return max(1, int(datetime.fromisoformat(stamp).timestamp()))
    except (ValueError, OverflowError):
        return 1


def _state(status: list[str]) -> str:
    return "closed" if any(word.lower() in ("closed", "cancelled", "canceled") for word in status[:10]) else "open"


def _number(callbacks: list[_Callback]) -> str:
    uris = (uri for one in callbacks[:5] for uri in one.uris[:5] if uri.startswith("tel:"))
    return next((found[0] for uri in uris if (found := re.match(r"\+?\d{3,18}", uri[4:24]))), "")
