"""What trackers send, read into fixes: OsmAnd's query, Traccar Client's and OwnTracks' JSON, our own list. Pure.

    OsmAnd, Traccar Client to 8   ?lat=…&lon=…&timestamp=…&id=…      speed in knots, or `mps` in metres a second
    Traccar Client from 9         {"location": {"timestamp": "…", "coords": {"latitude": …, …}}, "device_id": "…"}
    OwnTracks                     {"_type": "location", "lat": …, "lon": …, "tst": …}
    programs                      [{"unit": "AMB-01", "lat": …, "lon": …, "at": …}], or one of them

(traccar.org/osmand, owntracks.org/booklet/tech/json.) A fix without a time is one of the moment in which it came. What
a device leaves out, or says is not known by a number below zero, is 0.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from dispatch.events import Fix
from routing.bad_field import bad_body
from routing.location import Malformed
from routing.text import in_a_row, text

MOST = 500
"""Fixes taken of one message; a phone that comes back sends the rest with the next one."""
_KNOT = 0.514444
_BAD_JSON = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class Reading(msgspec.Struct, frozen=True):
    """A fix whose unit may be told only by `names`, which its device gives itself, the likeliest first."""

    fix: Fix
    names: tuple[str, ...] = ()


class OwnTracks(msgspec.Struct, frozen=True):
    """OwnTracks' position: `vel` km/h, `tst` seconds since 1970."""

    lat: float
    lon: float
    tst: float = 0.0
    tid: str = ""
    topic: str = ""
    vel: float | None = None
    cog: float | None = None
    acc: float | None = None


class TraccarCoords(msgspec.Struct, frozen=True):
    """`speed` in metres a second."""

    latitude: float
    longitude: float
    accuracy: float | None = None
    speed: float | None = None
    heading: float | None = None


class TraccarWhere(msgspec.Struct, frozen=True):
    """`timestamp` as in a query."""

    coords: TraccarCoords
    timestamp: str | float = ""


class Traccar(msgspec.Struct, frozen=True):
    """Traccar Client's from version 9."""

    location: TraccarWhere | list[TraccarWhere]
    device_id: str = ""


FORMS = (list[Fix], Fix, OwnTracks, Traccar)
"""What a body may be."""


class _Kind(msgspec.Struct, frozen=True):
    """What tells one kind of message from another."""

    type: str = msgspec.field(name="_type", default="")
    location: msgspec.Raw = msgspec.Raw()


def read_query(said: Mapping[str, str], now: float) -> Reading:
    """OsmAnd's parameters. Raises Malformed."""
    if said.get("valid", "").lower() in ("0", "false"):
        raise Malformed("wrong.receiver-has-no-fix")
    speed = _number(said, "mps") if said.get("mps") else _number(said, "speed") * _KNOT
    fix = _fix(
        lat=_number(said, "lat", needed=True),
        lon=_number(said, "lon", needed=True),
        at=_time(said.get("timestamp", ""), now),
        speed=speed,
        bearing=_number(said, "bearing" if said.get("bearing") else "heading"),
        accuracy=_number(said, "accuracy" if said.get("accuracy") else "hdop"),
    )
    return Reading(fix, _names(said.get("id", ""), said.get("deviceid", "")))


def read_body(body: bytes, now: float) -> list[Reading]:
    """Of any of the forms in JSON; none for what OwnTracks sends beside positions. Raises Malformed."""
    try:
        if not body.strip():
            return []
        if body.lstrip()[:1] != b"{":
            return [Reading(_checked(fix)) for fix in msgspec.json.decode(body, type=list[Fix])[:MOST]]
        kind = msgspec.json.decode(body, type=_Kind)
        if kind.type:
            return _owntracks(kind.type, body, now)
        if kind.location:
            said = msgspec.json.decode(body, type=Traccar)
            many = said.location if isinstance(said.location, list) else [said.location]
            return [Reading(_background(one, now), _names(said.device_id)) for one in many[:MOST]]
        return [Reading(_checked(msgspec.json.decode(body, type=Fix)))]
    except _BAD_JSON as wrong:
        raise Malformed(in_a_row((text("wrong.no-position"), bad_body(wrong)))) from None


def _owntracks(kind: str, body: bytes, now: float) -> list[Reading]:
    if kind == "encrypted":
        raise Malformed("wrong.encrypted-by-owntracks")
    if kind != "location":
        return []
    said = msgspec.json.decode(body, type=OwnTracks)
    fix = _fix(
        lat=said.lat, lon=said.lon, at=said.tst or now,
        speed=(said.vel or 0.0) / 3.6, bearing=said.cog or 0.0, accuracy=said.acc or 0.0,
    )  # fmt: skip
    return [Reading(fix, _names(said.topic.rsplit("/", 1)[-1], said.tid))]


def _background(said: TraccarWhere, now: float) -> Fix:
    at = said.coords
    return _fix(
        lat=at.latitude, lon=at.longitude, at=_time(str(said.timestamp), now),
        speed=at.speed or 0.0, bearing=at.heading or 0.0, accuracy=at.accuracy or 0.0,
    )  # fmt: skip


def _checked(fix: Fix) -> Fix:
    """One of our own form: the unit's name stays, whatever is our own to say of a fix goes."""
    if len(fix.unit) > 80:
        raise Malformed("wrong.unit-name-too-long")
    made = _fix(
        lat=fix.lat, lon=fix.lon, at=fix.at, speed=fix.speed, bearing=fix.bearing, accuracy=fix.accuracy
    )  # fmt: skip
    return msgspec.structs.replace(made, unit=fix.unit)


def _fix(*, lat: float, lon: float, at: float, speed: float, bearing: float, accuracy: float) -> Fix:
    for name, value in (
        ("lat", lat), ("lon", lon), ("at", at), ("speed", speed), ("bearing", bearing), ("accuracy", accuracy)
    ):  # fmt: skip
        if not math.isfinite(value):
            raise Malformed("wrong.field-no-number", field=name)
    return Fix(
        unit="", lat=lat, lon=lon, at=at, speed=_within(speed), bearing=_within(bearing), accuracy=_within(accuracy)
    )


def _within(value: float) -> float:
    return min(max(0.0, value), 1e8)


def _names(*given: str) -> tuple[str, ...]:
    return tuple(name[:80] for name in given if name)


def _number(said: Mapping[str, str], name: str, needed: bool = False) -> float:
    text = said.get(name, "")
    if not text and not needed:
        return 0.0
    try:
        return float(text[:40])
    except ValueError:
        raise Malformed("wrong.field-no-number", field=name) from None


def _time(text: str, now: float) -> float:
    """From seconds or milliseconds since 1970, or ISO 8601, which is UTC where it does not say."""
    if not text:
        return now
    if re.fullmatch(r"\d{1,10}(\.\d{1,9})?", text):
        return float(text)
    if re.fullmatch(r"\d{11,14}(\.\d{1,9})?", text):
        return float(text) / 1000
    try:
        said = datetime.fromisoformat(text[:40])
        return (said if said.tzinfo else said.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise Malformed("wrong.time") from None
