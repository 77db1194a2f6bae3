"""A pencil for small extracts: nodes, ways and relations, written to a real .osm.pbf by pyosmium."""

from __future__ import annotations

from pathlib import Path

import osmium

LAT, LON, STEP = 0.9, 104.4, 0.001


class Drawing:
    """Nodes lie on a grid of 111 m: `at(row, column)` makes one, and gives the same one for the same place."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[float, float], tuple[int, dict]] = {}
        self._ways: list[tuple[int, list[int], dict]] = []
        self._relations: list[tuple[int, list[tuple[str, int, str]], dict]] = []
        self.lost: set[int] = set()

    def at(self, row: float, column: float, **tags: str) -> int:
        number, known = self._nodes.setdefault((row, column), (len(self._nodes) + 1, {}))
        known.update(_plain(tags))
        return number

    def way(self, *places: tuple[float, float], **tags: str) -> int:
        self._ways.append((100 + len(self._ways), [self.at(*place) for place in places], _plain(tags)))
        return self._ways[-1][0]

    def relation(self, *members: tuple[str, int, str], **tags: str) -> int:
        self._relations.append((1000 + len(self._relations), list(members), _plain(tags)))
        return self._relations[-1][0]

    def save(self, file: Path) -> Path:
        new = osmium.osm.mutable
        with osmium.SimpleWriter(str(file), overwrite=True) as writer:
            for (row, column), (number, tags) in sorted(self._nodes.items(), key=lambda item: item[1][0]):
                if number not in self.lost:
                    where = (LON + column * STEP, LAT + row * STEP)
                    writer.add_node(new.Node(id=number, location=where, tags=tags))
            for number, nodes, tags in self._ways:
                writer.add_way(new.Way(id=number, nodes=nodes, tags=tags))
            for number, members, tags in self._relations:
                writer.add_relation(new.Relation(id=number, members=members, tags=tags))
        return file


def point(row: float, column: float) -> tuple[float, float]:
    return round(LAT + row * STEP, 7), round(LON + column * STEP, 7)


def _plain(tags: dict[str, str]) -> dict[str, str]:
    """`addr__street` is addr:street; Python's own words end in an underscore."""
    return {key.rstrip("_").replace("__", ":"): value for key, value in tags.items()}
