"""The API of places: all observations of a call with their trail, and the doors for phones' own messages (AML)."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated, Any

import msgspec
from twisted.internet import threads
from twisted.logger import Logger

from console.http.answers import Media, Raw, Worded
from console.http.asker import client_address
from console.http.limits import Tokens
from console.http.web import PUBLIC, Ask, Problem, Route
from console.parts import Parts
from dispatch import events as ev
from dispatch.calldata import Aml
from dispatch.commands import TRACKER, WATCHERS
from dispatch.inputs import Noted
from dispatch.journal.recordings import keep_message
from dispatch.journal.replay import StoryStep, story_of
from dispatch.policy.places.best_location import UNUSABLE, radius95, source_of
from dispatch.settings import Settings
from routing.location import Location
from routing.text import Text, text

log = Logger()


# -- what is known of a call's place
class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """`number`: counted from 0 as received; `received`: when, seconds since 1970; `kind`: of its source, and
    `radius95`, metres: see docs/locations.md; `by`: the person whose observation it is."""

    number: int
    received: float
    location: Location
    kind: str
    radius95: float
    by: str = ""


class Known(msgspec.Struct, kw_only=True):
    """`best`, `verified`, `contradicted`: numbers of observations, -1 for none. `trail`: source -> [lat, lon, time] in
    the order of time, of what can be drawn."""

    call: str
    best: int = -1
    why: Worded | None = None
    verified: int = -1
    verified_by: str = ""
    contradicted: int = -1
    observations: list[Observation] = []
    trail: dict[str, list[tuple[float, float, float]]] = {}
    civic: list[dict[str, str]] = []
    references: dict[str, Worded | None] = {}


def known_of(call: str, steps: list[StoryStep], ask: Ask) -> Known:
    """What the journal's entries about a call say of its place; `references`: address -> why the last try failed."""
    known = Known(call=call)
    for event in (step.event for step in steps if getattr(step.event, "call", "") == call):
        match event:
            case ev.LocationReceived():
                place = event.location
                number = len(known.observations)
                seen = Observation(
                    number=number, received=event.at, location=place, kind=source_of(place),
                    radius95=round(radius95(place), 1), by=event.by,
                )  # fmt: skip
                known.observations.append(seen)
            case ev.LocationChosen():
                known.best, known.why = event.observation, ask.worded(event.why)
            case ev.LocationVerified():
                known.verified, known.verified_by, known.contradicted = event.observation, event.by, -1
            case ev.LocationContradicted():
                known.contradicted = event.observation
            case ev.CivicReceived():
                known.civic.append(event.parts)
            case ev.LocationReferenced():
                known.references[event.uri] = None
            case ev.ReferenceTried():
                known.references[event.uri] = ask.worded(event.why) if event.why else None
    for one in sorted(known.observations, key=lambda one: one.location.at):
        place = one.location
        if UNUSABLE.isdisjoint(place.flags):
            known.trail.setdefault(place.source, []).append((place.lat, place.lon, place.at))
    return known


async def locations(parts: Parts, ask: Ask) -> Known:
    name = ask.path["id"]
    story = await threads.deferToThread(story_of, parts.room.journal, name)
    if not story.steps:
        raise Problem(404, "problem.no-such-call", call=name)
    return known_of(name, story.steps, ask)


# -- phones' own messages
_SIGNED = "Where the room has a key (`aml_key`), the last field is `hmac`: the HMAC of all before it, in hex or base64."
_FORM = {
    "v": "version", "device_number": "the phone's number", "device_imei": "its IMEI",
    "time": "of the call, milliseconds since 1970", "location_latitude": "degrees, WGS84",
    "location_longitude": "degrees, WGS84", "location_accuracy": "metres", "location_confidence": "percent",
    "location_time": "milliseconds since 1970", "location_source": "gps, wifi or cell", "device_languages": "BCP 47",
    "hmac": "by SHA-1 or SHA-256",
}  # fmt: skip
"""The fields that matter most of those that are read (telephony/messages/aml.py)."""


class ShortMessage(msgspec.Struct, frozen=True):
    """What a gateway hands on. `text`: the message as text, or its bytes in hexadecimal digits or base64."""

    sender: Annotated[str, msgspec.Meta(max_length=60)] = msgspec.field(name="from")
    text: Annotated[str, msgspec.Meta(max_length=4000)]


class MessageRead(msgspec.Struct, frozen=True):
    """Whether it was AML, and was taken."""

    read: bool


class Rate:
    """So many from one address, and from all of them: a whole city's phones may send by one gateway."""

    def __init__(self) -> None:
        self._one, self._all = Tokens(at_once=100.0, a_second=10.0), Tokens(at_once=1000.0, a_second=200.0)

    def allows(self, address: str, now: float) -> bool:
        return self._one.take(address, now) and self._all.take("", now)


class AmlDoor:
    """A message by HTTPS is taken when it is signed with the key in `aml_key`; without such a key, when it
    comes from this machine or from a network in `aml_from`."""

    def __init__(self, settings: Settings) -> None:
        self._networks = [ipaddress.ip_network(one) for one in settings.locations.aml_from]
        self._key = _read_key(settings.aml_key_file)
        self._rate = Rate()
        self._noted: dict[str, float] = {}

    async def form(self, parts: Parts, ask: Ask) -> Raw:
        address = client_address(ask.request)
        if not self._may_send(address):
            self._note(parts, "network", text("discrepancy.aml-network", address=address))
            raise Problem(403, "problem.network-not-listed")
        self._slow_down(parts, address)
        body = ask.body()
        if self._key and not parts.reader.aml_is_genuine(body, self._key):
            self._note(parts, "signature", text("discrepancy.aml-signature", address=address))
            return Raw(b"", "text/plain; charset=utf-8")  # TS 103 625: a phone is never told why
        aml = parts.reader.aml_form(body)
        if not (aml.number or aml.imei or aml.location):
            raise Problem(400, "problem.aml-empty")
        await self._taken(parts, aml, body)
        return Raw(b"", "text/plain; charset=utf-8")

    async def short_message(self, parts: Parts, ask: Ask) -> MessageRead:
        if ask.actor.unit:
            raise Problem(403, "problem.token-of-a-unit")
        self._slow_down(parts, ask.actor.user)
        given = ask.json(ShortMessage)
        aml = parts.reader.aml_message(given.text, given.sender)
        if aml is not None:
            await self._taken(parts, aml, given.text.encode())
        return MessageRead(aml is not None)

    def _may_send(self, address: str) -> bool:
        try:
            ip = ipaddress.ip_address(address)
        except ValueError:
            return False
        ip = getattr(ip, "ipv4_mapped", None) or ip
        listed = any(ip in network for network in self._networks if network.version == ip.version)
        return listed or ip.is_loopback or bool(self._key and not self._networks)

    def _slow_down(self, parts: Parts, address: str) -> None:
        if not self._rate.allows(address, parts.reactor.seconds()):
            raise Problem(429, "problem.too-many-messages")

    async def _taken(self, parts: Parts, aml: Aml, raw: bytes) -> None:
        try:
            kept = await threads.deferToThread(keep_message, raw, parts.settings.data_folder, "aml")
        except OSError as wrong:
            log.warn("a phone's message is not kept: {wrong}", wrong=wrong)
            kept = ""
        now = parts.room.now()
        languages = aml.language.replace(";", ",").split(",")
        self._submit(
            parts,
            ev.AmlReceived(
                at=now, number=aml.number, imei=aml.imei, location=aml.location, raw=kept, via=aml.via,
                language=languages[0].strip()[:20],
            ),
        )  # fmt: skip
        if aml.discrepancies:
            what = text("discrepancy.aml", message=kept[:12], detail="; ".join(aml.discrepancies)[:300])
            self._submit(parts, ev.DiscrepancyNoted(at=now, about="aml", what=what))

    def _note(self, parts: Parts, kind: str, what: Text) -> None:
        """At most once a minute for each kind, whoever sends."""
        now = parts.reactor.seconds()
        if now - self._noted.get(kind, -60.0) >= 60.0:
            self._noted[kind] = now
            self._submit(parts, ev.DiscrepancyNoted(at=parts.room.now(), about="aml", what=what))

    @staticmethod
    def _submit(parts: Parts, event: ev.Event) -> None:
        """Not waited for: a phone sends once and asks nothing."""
        parts.room.submit(Noted(event)).addErrback(lambda failure: log.failure("a phone's message", failure))


def _read_key(file: Path) -> bytes:
    try:
        return file.read_bytes().strip()
    except FileNotFoundError:
        return b""


def routes(settings: Settings) -> list[Route]:
    door: Any = AmlDoor(settings)
    says = "Every observation of where a caller is, the trail, and which is the best."
    return [
        Route("GET", "/api/v1/calls/{id}/locations", WATCHERS, locations, says),
        Route(
            "POST", "/api/v1/aml", PUBLIC, door.form, "A phone's own message (AML, TS 103 625), as a form.",
            Media(("application/x-www-form-urlencoded",), _SIGNED, _FORM), gives=Media(("text/plain",), "Nothing."),
            refuses=(400, 403, 429), name="aml",
        ),
        Route(
            "POST", "/api/v1/aml/sms", frozenset({TRACKER}), door.short_message,
            "A short message with AML, from a gateway.", ShortMessage, refuses=(429,), name="aml_sms",
        ),
    ]  # fmt: skip
