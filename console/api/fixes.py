"""Where units are: what trackers send, in; who is near a place, out."""

from __future__ import annotations

from typing import Annotated

import msgspec
from twisted.internet import threads

from console.http.answers import Worded
from console.http.parameters import Point
from console.http.web import Ask, Problem, Route
from console.parts import Parts
from dispatch import events as ev
from dispatch.commands import ADMIN, CALL_TAKER, DISPATCHER, RESPONDER, SUPERVISOR, TRACKER
from dispatch.tracking.sightings import Sender
from dispatch.tracking.trackers import FORMS, read_body, read_query
from routing.location import Malformed, check_point, distance_m

_MOST_NEAR = 100


class OsmAnd(msgspec.Struct, frozen=True):
    """A position as OsmAnd and Traccar send it in an address. `lat`, `lon`, `bearing` or `heading` in degrees;
    `timestamp` in seconds or milliseconds since 1970, or ISO 8601; `speed` in knots, or `mps` in metres a second;
    `accuracy` or `hdop` in metres; `token`, `id` or `deviceid` name the device. `valid` 0: the receiver has no fix."""

    lat: str = ""
    lon: str = ""
    timestamp: str = ""
    id: str = ""
    speed: str = ""
    mps: str = ""
    bearing: str = ""
    accuracy: str = ""
    token: str = ""
    deviceid: str = ""
    heading: str = ""
    hdop: str = ""
    valid: str = ""


class FixesTaken(msgspec.Struct, frozen=True):
    """How many positions are kept, and why each of the others is not used."""

    kept: int
    ignored: tuple[Worded, ...]


def take(parts: Parts, ask: Ask) -> FixesTaken | list[None]:
    """OwnTracks is always answered by an empty list: it sends what was answered by anything else again and again, and
    nothing newer before it (owntracks.org/booklet/tech/http, owntracks/android issue 2242)."""
    bound = ask.actor.role in (RESPONDER, TRACKER)
    sender = Sender(ask.actor.user, ask.actor.unit if bound else "")
    if ask.actor.role == RESPONDER and not sender.unit:
        raise Problem(403, "problem.account-without-unit")
    now, body = parts.room.now(), ask.body()
    is_owntracks = b'"_type"' in body[:4000]
    try:
        if ask.request.args.get(b"lat"):
            readings = [read_query(msgspec.structs.asdict(ask.query(OsmAnd)), now)]
        else:
            readings = read_body(body, now)
    except Malformed as wrong:
        parts.sightings.wrong(sender, wrong.text)
        if is_owntracks:
            return []
        raise Problem.of(400, wrong) from None
    taken = parts.sightings.take(sender, readings)
    return [] if is_owntracks else FixesTaken(taken.kept, tuple(ask.worded(one) for one in taken.ignored))


class Round(Point, frozen=True):
    metres: Annotated[float, msgspec.Meta(ge=0.0, le=100_000.0, description="how far, in a straight line")] = 1000.0


class UnitNear(msgspec.Struct, frozen=True):
    """A unit, how far it is from the place in a straight line, and by which fix."""

    unit: str
    metres: float
    fix: ev.Fix


async def near(parts: Parts, ask: Ask) -> list[UnitNear]:
    """All that is there, whatever it does now: the ranking answers who should go."""
    asked = ask.query(Round)
    lat, lon = asked.lat, asked.lon
    try:
        check_point(lat, lon)
        names = await threads.deferToThread(parts.bus.near, lat, lon, asked.metres)
    except Malformed as wrong:
        raise Problem.of(400, wrong) from None
    fixes = parts.feed.fixes()
    found = [fixes[name] for name in names if name in fixes and name in parts.room.board.units]
    return [UnitNear(fix.unit, round(distance_m(lat, lon, fix.lat, fix.lon), 1), fix) for fix in found[:_MOST_NEAR]]


def routes() -> list[Route]:
    may = frozenset({TRACKER, RESPONDER, DISPATCHER, SUPERVISOR, ADMIN})
    desk = frozenset({CALL_TAKER, DISPATCHER, SUPERVISOR, ADMIN})
    says = "Positions: OsmAnd query, OwnTracks or Traccar JSON, or a list of fixes."
    get, round_here = "The same, for trackers that only send GET; by token.", "Units round a place, nearest first."
    return [
        Route("POST", "/api/v1/fixes", may, take, says, FORMS, query=OsmAnd, name="fixes"),
        Route("GET", "/api/v1/fixes", may, take, get, query=OsmAnd, refuses=(400,), changes=True, name="fixes_by_get"),
        Route("GET", "/api/v1/units/near", desk, near, round_here, query=Round, name="units_near"),
    ]
