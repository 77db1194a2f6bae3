"""Which pieces of street lie under what people draw to close them. Pure.

A point or an area stops every piece that it touches for more than a metre. A line is drawn along a street or across it,
and by hand: a piece counts when it runs along the line, or crosses it away from its own ends. The side streets that
only meet the line at a junction stay open.
"""

from __future__ import annotations

import numpy as np
import shapely

from routing.network.drawn import MOST_POINTS, Drawn, Under
from routing.network.roads import Network

_MOST_NAMES = 12
_TOUCHES_M = 1.0
# Of the radius that a piece has to run beside a line, and of the piece's own length.
_ALONG, _SHARE = 2.5, 0.75


def under(network: Network, drawn: Drawn) -> Under:
    """The pieces of street that `drawn`, a checked one, covers or crosses."""
    spots = shapely.points([network.plane.metres(*point) for point in drawn.points])
    if drawn.shape == "point":
        numbers = _touched(network, spots[0].buffer(drawn.radius_m))
    elif drawn.shape == "area":
        area = shapely.make_valid(shapely.Polygon([spot.coords[0] for spot in spots]))
        numbers = _touched(network, area)
    else:
        numbers = _along(network, shapely.LineString(spots), drawn.radius_m)
    return Under(pieces=tuple(numbers.tolist()), streets=_names(network, numbers))


def of_street(network: Network, name: str, near: tuple[float, float], within_m: float = 0.0) -> Drawn | None:
    """The line along the street of this name that is nearest to `near` (lat, lon): all of it, or so much as lies
    `within_m` of there. None where there is no such street. Where its branches have the same name, along one."""
    here = shapely.Point(network.plane.metres(*near))
    same = [number for number, edge in enumerate(network.edges) if edge.name == name and edge.kind != "boat"]
    pieces = shapely.union_all(network.lines[same])
    if within_m:
        pieces = shapely.intersection(pieces, here.buffer(within_m))
    lines = [one for one in shapely.get_parts(shapely.line_merge(pieces)) if one.length > _TOUCHES_M]
    if not lines:
        return None
    line = min(lines, key=lambda one: (round(one.distance(here)), -one.length))
    allowed = 2.0
    while len(line.coords) > MOST_POINTS:
        line, allowed = line.simplify(allowed), allowed * 2
    return Drawn(shape="line", points=tuple(network.plane.degrees(shapely.Point(spot)) for spot in line.coords))


def _touched(network: Network, area: shapely.Geometry) -> np.ndarray:
    found = network.snapping.within(area)
    return found[_inside_m(network, found, area) > _TOUCHES_M]


def _along(network: Network, line: shapely.LineString, radius: float) -> np.ndarray:
    strip = line.buffer(radius)
    found = network.snapping.within(strip)
    lines = network.lines[found]
    inside, length = _inside_m(network, found, strip), shapely.length(lines)
    meet, owner = shapely.get_parts(shapely.intersection(lines, line), return_index=True)
    meet, owner = meet[~shapely.is_empty(meet)], owner[~shapely.is_empty(meet)]
    at = shapely.line_locate_point(lines[owner], shapely.centroid(meet))
    from_end = np.zeros(len(found))
    np.maximum.at(from_end, owner, np.minimum(at, length[owner] - at))
    kept: np.ndarray = found[(from_end > radius / 2) | (inside >= np.minimum(_ALONG * radius, _SHARE * length))]
    return kept


def _inside_m(network: Network, numbers: np.ndarray, area: shapely.Geometry) -> np.ndarray:
    """The metres of each piece's longest stretch in `area`."""
    shapely.prepare(area)
    parts, owner = shapely.get_parts(shapely.intersection(network.lines[numbers], area), return_index=True)
    longest = np.zeros(len(numbers))
    np.maximum.at(longest, owner, shapely.length(parts))
    return longest


def _names(network: Network, numbers: np.ndarray) -> tuple[str, ...]:
    count: dict[str, int] = {}
    for number in numbers.tolist():
        name = network.edges[number].name
        if name:
            count[name] = count.get(name, 0) + 1
    return tuple(sorted(count, key=lambda name: (-count[name], name))[:_MOST_NAMES])
