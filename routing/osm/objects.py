"""What an extract is made of, as plain records, and the sentences about what is wrong with some of them."""

from __future__ import annotations

import msgspec

from routing.text import CodedError

Point = tuple[float, float]


class ExtractError(CodedError, ValueError):
    """The file, or what was asked of it, cannot be used at all; the text says why, and what to do."""


class Node(msgspec.Struct, frozen=True):
    id: int
    tags: dict[str, str]
    at: Point


class Way(msgspec.Struct, frozen=True):
    """`points` are (lat, lon) in degrees, as many as `nodes`, without a gap: where the extract lacks nodes, a way
    is several pieces of the same id."""

    id: int
    tags: dict[str, str]
    nodes: tuple[int, ...]
    points: tuple[Point, ...]

    @property
    def closed(self) -> bool:
        return len(self.nodes) > 3 and self.nodes[0] == self.nodes[-1]


class Relation(msgspec.Struct, frozen=True):
    """`members` are (type n, w or r; id; role)."""

    id: int
    tags: dict[str, str]
    members: tuple[tuple[str, int, str], ...]


class Notes:
    """Sentences about objects that could not be used as they are: which, why, and what was done instead."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def add(self, kind: str, number: int, what: str) -> None:
        self.said.append(f"{kind} {number}: {what}")
