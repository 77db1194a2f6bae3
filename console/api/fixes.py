"""Where units are: what trackers send, in; who is near a place, out."""

from __future__ import annotations

import msgspec
from twisted.internet import threads

from console.http.web import Ask, Problem, Reply, Route, Worded
from console.parts import Parts
from dispatch import events as ev
from dispatch.commands import ADMIN, CALL_TAKER, DISPATCHER, RESPONDER, SUPERVISOR, TRACKER
from dispatch.tracking.sightings import Sender
from dispatch.tracking.trackers import read_body, read_query
from routing.location import Malformed, check_point, distance_m

_QUERY = ("lat", "lon", "timestamp", "id", "speed", "mps", "bearing", "accuracy", "token")
_ALSO = ("deviceid", "heading", "hdop", "valid")
_FURTHEST_M, _MOST_NEAR = 100_000.0, 100


class Answer(msgspec.Struct, frozen=True):
    """How many positions are kept, and why each of the others is not used."""

    kept: int
    ignored: tuple[Worded, ...]


def take(parts: Parts, ask: Ask) -> Answer | list[None]:
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
            readings = [read_query({name: ask.text(name) for name in _QUERY + _ALSO}, now)]
        else:
            readings = read_body(body, now)
    except Malformed as wrong:
        parts.sightings.wrong(sender, wrong.text)
        if is_owntracks:
            return []
        raise Problem.of(400, wrong) from None
    taken = parts.sightings.take(sender, readings)
    return [] if is_owntracks else Answer(taken.kept, tuple(ask.worded(one) for one in taken.ignored))


class Near(msgspec.Struct, frozen=True):
    """A unit, how far it is from the place in a straight line, and by which fix."""

    unit: str
    metres: float
    fix: ev.Fix


async def near(parts: Parts, ask: Ask) -> Reply:
    """All that is there, whatever it does now: the ranking answers who should go."""
    lat, lon = ask.number("lat"), ask.number("lon")
    metres = min(max(0.0, ask.number("metres", 1000.0)), _FURTHEST_M)
    try:
        check_point(lat, lon)
        names = await threads.deferToThread(parts.bus.near, lat, lon, metres)
    except Malformed as wrong:
        raise Problem.of(400, wrong) from None
    fixes = parts.feed.fixes()
    found = [fixes[name] for name in names if name in fixes and name in parts.room.board.units]
    return [Near(fix.unit, round(distance_m(lat, lon, fix.lat, fix.lon), 1), fix) for fix in found[:_MOST_NEAR]]


def routes() -> list[Route]:
    may = frozenset({TRACKER, RESPONDER, DISPATCHER, SUPERVISOR, ADMIN})
    desk = frozenset({CALL_TAKER, DISPATCHER, SUPERVISOR, ADMIN})
    says = "Positions: OsmAnd query, OwnTracks or Traccar JSON, or a list of fixes."
    get, round_here = "The same, for trackers that only send GET; by token.", "Units round a place, nearest first."
    return [
        Route("POST", "/api/v1/fixes", may, take, says, list[ev.Fix], Answer, query=_QUERY),
        Route("GET", "/api/v1/fixes", may, take, get, None, Answer, query=_QUERY, changes=True),
        Route("GET", "/api/v1/units/near", desk, near, round_here, None, list[Near], query=("lat", "lon", "metres")),
    ]
