"""Turns that are forbidden, drawn as lines, and the states that make a search obey them.

Theory of operation. A forbidden turn is a sequence of directed edges: who has driven all but the last may not
drive the last. The sequences make a tree of beginnings. A driver's state is the longest beginning that the
last edges driven form; only drivers in such a state are a node of their own in the graph, beside the plain
junction. So a town with a thousand forbidden turns has a thousand nodes more, not five times as many as a graph
of edges would, and a turn by way of several streets costs no more thought than one at a junction.

A directed edge is the number 2 x edge, driven as drawn, or 2 x edge + 1, driven against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from routing.geojson import Collection, Feature
from routing.location import Malformed, check_point
from routing.network.streets import TRAVELLERS, Edge
from routing.text import said_by

_NOBODY: frozenset[str] = frozenset()
_DRIVERS = TRAVELLERS - {"foot"}


class Turn(msgspec.Struct, frozen=True):
    """Who of `barred` has driven all of `way`, directed edges, but the last one may not drive that one."""

    way: tuple[int, ...]
    barred: frozenset[str] = _DRIVERS


class Move(msgspec.Struct, frozen=True):
    """Driving the directed edge `run` from a state of its own (`start`) leads to node `stop`."""

    start: int
    run: int
    stop: int
    barred: frozenset[str]


class States(msgspec.Struct, frozen=True):
    """`junction` of each further state, which are nodes from `first` on; the moves out of them; and `entered`: the
    state that whoever drives a directed edge gets into, where that is not the plain junction."""

    first: int
    junction: tuple[int, ...]
    moves: tuple[Move, ...]
    entered: dict[int, int]


def states_of(turns: Sequence[Turn], tail: Sequence[int], head: Sequence[int], count: int) -> States:
    """The states for `turns` on a graph of `count` junctions; `tail` and `head` are those of each edge."""
    forbidden: dict[tuple[int, ...], frozenset[str]] = {}
    for turn in turns:
        forbidden[turn.way] = forbidden.get(turn.way, _NOBODY) | turn.barred
    number: dict[tuple[int, ...], int] = {}
    for way in sorted(forbidden):
        for length in range(1, len(way)):
            number.setdefault(way[:length], count + len(number))
    ends = {begun: (tail if begun[-1] % 2 else head)[begun[-1] // 2] for begun in number}
    wanted = set(ends.values())
    leaving: dict[int, list[int]] = defaultdict(list)
    for edge, (one, other) in enumerate(zip(tail, head, strict=True)):
        if one in wanted:
            leaving[one].append(2 * edge)
        if other in wanted:
            leaving[other].append(2 * edge + 1)
    moves = []
    for begun, state in number.items():
        for run in leaving[ends[begun]]:
            driven = (*begun, run)
            suffixes = [driven[i:] for i in range(len(driven))]
            barred = frozenset().union(*(forbidden.get(suffix, _NOBODY) for suffix in suffixes))
            plain = (tail if run % 2 else head)[run // 2]
            stop = next((number[suffix] for suffix in suffixes if suffix in number), plain)
            moves.append(Move(state, run, int(stop), barred))
    entered = {begun[0]: state for begun, state in number.items() if len(begun) == 1}
    return States(count, tuple(int(ends[begun]) for begun in number), tuple(moves), entered)


def turns_of(collection: Collection, edges: Sequence[Edge]) -> list[Turn]:
    """Forbidden turns from a FeatureCollection of LineStrings, each drawn along corners of streets.

    A line goes from corner to corner of the streets' own lines; its last stretch is what may not be driven by whoever
    came along the rest. Raises ValueError naming the feature, and what to do.
    """
    drawn = [(number, *_checked(number, feature)) for number, feature in enumerate(collection["features"], 1)]
    used = {point for _, points, _ in drawn for point in points}
    stretch: dict[tuple[tuple[float, float], tuple[float, float]], int] = {}
    for number, edge in enumerate(edges):
        if edge.kind == "boat" or not any(point in used for point in edge.points):
            continue
        for a, b in pairwise(edge.points):
            stretch.setdefault((a, b), 2 * number)
            stretch.setdefault((b, a), 2 * number + 1)
    found = []
    for number, points, barred in drawn:
        way: list[int] = []
        for pair in pairwise(points):
            if pair not in stretch:
                ends = {"start": str(pair[0]), "end": str(pair[1])}
                raise Malformed("turn-file.off-the-streets", number=number, **ends)
            if not way or way[-1] != stretch[pair]:
                way.append(stretch[pair])
        if len(way) < 2:
            raise Malformed("turn-file.one-street", number=number)
        found.append(Turn(tuple(way), barred))
    return found


def _checked(number: int, feature: Feature) -> tuple[list[tuple[float, float]], frozenset[str]]:
    geometry = feature.get("geometry") or {}
    if geometry.get("type") != "LineString":
        raise Malformed("turn-file.no-line", number=number)
    try:
        points = [check_point(pair[1], pair[0]) for pair in geometry["coordinates"]]
    except (KeyError, TypeError, IndexError, ValueError) as wrong:
        raise Malformed("turn-file.coordinates", number=number, detail=said_by(wrong)) from wrong
    barred = (feature.get("properties") or {}).get("bars", sorted(_DRIVERS))
    if not isinstance(barred, list) or not barred or not all(one in _DRIVERS for one in barred):
        raise Malformed("turn-file.bars", number=number, value=str(barred), known=tuple(sorted(_DRIVERS)))
    return [(round(lat, 7), round(lon, 7)) for lat, lon in points], frozenset(barred)
