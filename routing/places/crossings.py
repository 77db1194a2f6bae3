"""Named streets as callers know them: one for each stretch, and the places where two of them meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from routing.location import distance_m
from routing.network.streets import Edge
from routing.places.names import COMMON, alike, covered, likeness

# Two stretches of one name nearer than this are one street: the other carriageway, the part behind the roundabout.
_ONE_STREET_M = 1000.0
_JOINING = frozenset(
    "simpang simpangan persimpangan perempatan prapatan pertigaan bundaran sudut pojok ketemu dan dengan crossing "
    "corner junction and of x".split()
)
# Of a street's own words: "simpang pramuka ahmad" is half typed.
_KNOWN = 0.5


def streets_of(edges: Iterable[Edge]) -> Iterator[tuple[str, float, float]]:
    """(name, lat, lon of its middle): one for each street, far apart ones of the same name apart."""
    named: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.name and edge.kind != "boat":
            named[edge.name].append(edge)
    for name, pieces in named.items():
        kept: list[tuple[float, float]] = []
        for stretch in _joined(pieces):
            longest = max(stretch, key=lambda edge: len(edge.points))
            lat, lon = longest.points[len(longest.points) // 2]
            if all(distance_m(lat, lon, *other) > _ONE_STREET_M for other in kept):
                kept.append((lat, lon))
                yield name, lat, lon


def _joined(edges: list[Edge]) -> list[list[Edge]]:
    """The edges in groups that hang together, the largest first."""
    parent = list(range(len(edges)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    at: dict[tuple[float, float], int] = {}
    for number, edge in enumerate(edges):
        for end in (edge.points[0], edge.points[-1]):
            parent[root(number)] = root(at.setdefault(end, number))
    groups: dict[int, list[Edge]] = defaultdict(list)
    for number, edge in enumerate(edges):
        groups[root(number)].append(edge)
    return sorted(groups.values(), key=len, reverse=True)


class Crossings:
    """Where two named streets share a junction."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        ends: dict[tuple[float, float], set[str]] = defaultdict(set)
        for edge in edges:
            if edge.name and edge.kind != "boat":
                ends[edge.points[0]].add(edge.name)
                ends[edge.points[-1]].add(edge.name)
        self._meet: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
        for point, names in ends.items():
            for first in names:
                for second in names:
                    if first < second:
                        self._meet[first, second].append(point)

    def find(
        self, asked: list[str], streets: dict[str, list[str]], near: tuple[float, float] | None
    ) -> Iterator[tuple[str, str, float, float, float]]:
        """(one street, the other, lat, lon, likeness) for the `streets` (name -> words) that `asked` names in pairs.

        Each of the two must say something that the other does not, or "kamboja" would be a crossing of two Kamboja.
        """
        said = [word for word in asked if word not in _JOINING]
        able = {name: words for name, words in streets.items() if covered(_own(words), said) >= _KNOWN}
        found = {name: _found(said, words) for name, words in able.items()}
        names = sorted(able)
        for i, first in enumerate(names):
            for second in names[i + 1 :]:
                places = self._meet.get((first, second))
                if places and found[first] - found[second] and found[second] - found[first]:
                    if near:
                        place = min(places, key=lambda at: distance_m(at[0], at[1], near[0], near[1]))
                    else:
                        place = places[0]
                    # The order in which the caller said them.
                    one, other = sorted((first, second), key=lambda name: min(found[name]))
                    yield one, other, *place, likeness(said, [*able[first], *able[second]])


def _own(words: list[str]) -> list[str]:
    return [word for word in words if word not in COMMON] or words


def _found(said: list[str], words: list[str]) -> set[int]:
    """Which of the said words this street explains, apart from those that any street has."""
    return {
        number
        for number, word in enumerate(said)
        if word not in COMMON and any(alike(word, other) for other in words if other not in COMMON)
    }
