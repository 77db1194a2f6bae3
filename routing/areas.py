"""A point inside an area, whatever its form, and how far the area reaches from it. Pure.

An area is rings of (lat, lon) in degrees: what lies within an odd number of them is inside, so a ring within another is
its hole. Edges are straight in degrees; an area across the 180th meridian is one area.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from routing.location import distance_m

Ring = Sequence[tuple[float, float]]
_Edge = tuple[tuple[float, float], tuple[float, float]]
_STRIPS, _WITHIN = 8, (0.5, 0.3, 0.8)
"""The tallest strips between the corners' parallels are looked along for the widest piece, at these shares of their
height: where two edges cross, one line alone may find nothing."""
_NOTHING = 1e-7
"""Degrees, a centimetre: what is narrower is a line."""


def point_inside(rings: Sequence[Ring]) -> tuple[float, float] | None:
    """The mean of its corners where that lies inside, else the middle of its widest piece; None for what has no
    area."""
    corners = [corner for ring in rings for corner in ring]
    split = bool(corners) and max(lon for _, lon in corners) - min(lon for _, lon in corners) > 180
    edges = [edge for ring in rings for edge in _edges(ring, split)]
    lats = sorted({lat for (lat, _), _ in edges})
    strips = sorted(zip(lats, lats[1:], strict=False), key=lambda strip: strip[0] - strip[1])[:_STRIPS]
    lines = [low + (high - low) * share for low, high in strips for share in _WITHIN]
    pieces = [(right - left, lat, left, right) for lat in lines for left, right in _pieces(edges, lat)]
    width, lat, left, right = max(pieces, default=(0.0, 0.0, 0.0, 0.0))
    if width <= _NOTHING:
        return None
    lon = (left + right) / 2
    mean = [sum(start[n] for start, _ in edges) / len(edges) for n in (0, 1)]
    if any(left < mean[1] < right for left, right in _pieces(edges, mean[0])):
        lat, lon = mean
    return lat, lon - 360 if lon > 180 else lon


def reach(lat: float, lon: float, rings: Sequence[Ring]) -> float:
    """Metres from the point to the farthest corner."""
    return max(distance_m(lat, lon, *corner) for ring in rings for corner in ring)


def _edges(ring: Ring, split: bool) -> list[_Edge]:
    """Closed if it was not; `split`: by the 180th meridian, so that the west continues the east."""
    corners = [(lat, lon + 360 if split and lon < 0 else lon) for lat, lon in ring]
    if corners and corners[0] == corners[-1]:
        del corners[-1]
    return list(zip(corners, [*corners[1:], *corners[:1]], strict=True))


def _pieces(edges: list[_Edge], lat: float) -> Iterator[tuple[float, float]]:
    """(west, east) of each piece of the area along this parallel."""
    crossed = sorted(
        lon + (lat - at) * (other_lon - lon) / (other - at)
        for (at, lon), (other, other_lon) in edges
        if (at <= lat) != (other <= lat)
    )
    return zip(crossed[::2], crossed[1::2], strict=False)
