"""What people draw to close streets. Pure, and without the libraries that find what lies under it (closures.py): the
switch and the command line read events too, and start quickly.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from routing.location import Malformed, check_point
from routing.text import text

MOST_POINTS = 100
MOST_PIECES = 5000
_LEAST = {"point": 1, "line": 2, "area": 3}

_Radius = Annotated[float, msgspec.Meta(ge=1.0, le=2000.0)]
_Points = Annotated[tuple[tuple[float, float], ...], msgspec.Meta(min_length=1, max_length=MOST_POINTS)]


class Drawn(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`points` are (lat, lon) in degrees: one of a point, two or more along a line, three or more corners of an area.
    `radius_m` is how far a point, or a line, reaches to each side."""

    shape: Literal["point", "line", "area"]
    points: _Points
    radius_m: _Radius = 15.0


class Under(msgspec.Struct, frozen=True, kw_only=True):
    """The `pieces` of street under something drawn, by their numbers in the network, and the names of their streets,
    most pieces first; at most 12 names."""

    pieces: tuple[int, ...] = ()
    streets: tuple[str, ...] = ()


def checked(drawn: Drawn) -> Drawn:
    """`drawn` with its points looked at one by one; raises Malformed."""
    points = tuple(check_point(lat, lon) for lat, lon in drawn.points)
    if len(points) < _LEAST[drawn.shape] or (drawn.shape == "point" and len(points) > 1):
        raise Malformed("wrong.points-of-shape", shape=text(f"drawn.{drawn.shape}"), points=len(points))
    if drawn.shape == "line" and len(set(points)) < 2:
        raise Malformed("wrong.line-without-length")
    return msgspec.structs.replace(drawn, points=points)
