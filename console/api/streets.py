"""The API of closed streets and of what hour, rain and tide do to travel times."""

from __future__ import annotations

from typing import Annotated

import msgspec

from console.http.parameters import Point
from console.http.web import Ask, Problem, Route
from console.parts import Parts
from dispatch.advice.ways import WaysNow
from dispatch.commands import DESK
from routing.location import Malformed, check_point
from routing.network.closures import of_street
from routing.network.drawn import Drawn, checked

Lines = list[tuple[tuple[float, float], ...]]


class ByName(Point, frozen=True):
    """A street by its `name`, near a point."""

    name: str = ""
    within: Annotated[float, msgspec.Meta(ge=0.0, le=20_000.0, description="metres of the point; 0: all of it")] = 0.0


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a closure would stop: how many pieces, of which streets (at most 12 names), and each piece as (lat, lon)."""

    pieces: int
    streets: tuple[str, ...]
    lines: Lines


def closures(parts: Parts, ask: Ask) -> dict[str, Lines]:
    """id → the pieces of street that it stops, as lines of (lat, lon); the rest is on the board."""
    ways = parts.ways
    return {one.id: ways.lines(ways.stopped(one)) for one in parts.room.board.closures.values()}


def preview(parts: Parts, ask: Ask) -> Preview:
    try:
        drawn = checked(ask.json(Drawn))
    except Malformed as wrong:
        raise Problem.of(400, wrong) from None
    found = parts.ways.under(drawn)
    return Preview(pieces=len(found.pieces), streets=found.streets, lines=parts.ways.lines(found))


def street(parts: Parts, ask: Ask) -> Drawn:
    """What to give CloseStreet for a street by its name: `within` metres of a point, or the whole street."""
    asked = ask.query(ByName)
    try:
        near = check_point(asked.lat, asked.lon)
    except Malformed as wrong:
        raise Problem.of(400, wrong) from None
    drawn = of_street(parts.city.network, asked.name, near, asked.within)
    if drawn is None:
        raise Problem(404, "problem.no-such-street")
    return drawn


def conditions(parts: Parts, ask: Ask) -> WaysNow:
    return parts.ways.now(parts.room.board, parts.room.now())


def routes() -> list[Route]:
    anybody: frozenset[str] = frozenset()
    return [
        Route("GET", "/api/v1/closures", anybody, closures, "The pieces of street that each closure stops."),
        Route("POST", "/api/v1/closures/preview", DESK, preview, "What a closure would stop.", Drawn),
        Route(
            "GET", "/api/v1/streets", DESK, street, "A street as CloseStreet takes it.", query=ByName, refuses=(404,)
        ),
        Route("GET", "/api/v1/conditions", anybody, conditions, "Hour, rain and tide of rankings."),
    ]
