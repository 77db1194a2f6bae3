"""The API of closed streets and of what hour, rain and tide do to travel times."""

from __future__ import annotations

import msgspec

from console.http.web import Ask, Problem, Reply, Route
from console.parts import Parts
from dispatch.advice.ways import WaysNow
from dispatch.commands import DESK
from routing.location import Malformed, check_point
from routing.network.closures import of_street
from routing.network.drawn import Drawn, checked

Lines = list[tuple[tuple[float, float], ...]]


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a closure would stop: how many pieces, of which streets (at most 12 names), and each piece as (lat, lon)."""

    pieces: int
    streets: tuple[str, ...]
    lines: Lines


def closures(parts: Parts, ask: Ask) -> Reply:
    """id → the pieces of street that it stops, as lines of (lat, lon); the rest is on the board."""
    ways = parts.ways
    return {one.id: ways.lines(ways.stopped(one)) for one in parts.room.board.closures.values()}


def preview(parts: Parts, ask: Ask) -> Reply:
    try:
        drawn = checked(ask.json(Drawn))
    except Malformed as wrong:
        raise Problem.of(400, wrong) from None
    found = parts.ways.under(drawn)
    return Preview(pieces=len(found.pieces), streets=found.streets, lines=parts.ways.lines(found))


def street(parts: Parts, ask: Ask) -> Reply:
    """What to give CloseStreet for a street by its name: `within` metres of a point, or the whole street."""
    lat, lon, within = ask.number("lat"), ask.number("lon"), ask.number("within", 0.0)
    try:
        near = check_point(lat, lon)
    except Malformed as wrong:
        raise Problem.of(400, wrong) from None
    drawn = of_street(parts.city.network, ask.text("name"), near, max(0.0, min(within, 20_000.0)))
    if drawn is None:
        raise Problem(404, "problem.no-such-street")
    return drawn


def conditions(parts: Parts, ask: Ask) -> Reply:
    return parts.ways.now(parts.room.board, parts.room.now())


def routes() -> list[Route]:
    anybody: frozenset[str] = frozenset()
    by_name = ("name", "lat", "lon", "within")
    return [
        Route("GET", "/api/v1/closures", anybody, closures, "The pieces of street that each closure stops."),
        Route("POST", "/api/v1/closures/preview", DESK, preview, "What a closure would stop.", Drawn, Preview),
        Route("GET", "/api/v1/streets", DESK, street, "A street as CloseStreet takes it.", None, Drawn, by_name),
        Route("GET", "/api/v1/conditions", anybody, conditions, "Hour, rain and tide of rankings.", None, WaysNow),
    ]
