"""The way for a crew without a map: one step for each street, as a code. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from routing.location import distance_m
from routing.text import Text, text

_SHORT_M = 25.0
_TURNS = ((25, "straight"), (60, "bear"), (135, "turn"), (181, "back"))
"""Up to how many degrees a bend is called so."""
_COMPASS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


class DirectionStep(msgspec.Struct, frozen=True, kw_only=True):
    """Follow the street `name` for `metres`; `turn` tells the way into it."""

    name: str
    metres: float
    turn: Text


def steps(path: Sequence[tuple[float, float]], names: Sequence[str]) -> list[DirectionStep]:
    """Steps along `path`, (lat, lon) points; `names` tells the street of each leg between two points.

    A leg without a name, or a scrap of another street shorter than 25 m, belongs to the street before it.
    """
    runs: list[tuple[str, int, int]] = []
    for i, name in enumerate(names):
        if runs and (runs[-1][0] == name or not name):
            runs[-1] = (runs[-1][0], runs[-1][1], i + 1)
        else:
            runs.append((name, i, i + 1))
    merged: list[tuple[str, int, int]] = []
    for name, start, stop in runs:
        if merged and (merged[-1][0] == name or _metres(path, start, stop) < _SHORT_M):
            merged[-1] = (merged[-1][0], merged[-1][1], stop)
        elif merged and _metres(path, merged[-1][1], merged[-1][2]) < _SHORT_M:
            merged[-1] = (name, merged[-1][1], stop)
        else:
            merged.append((name, start, stop))
    return [
        DirectionStep(name=name, metres=_metres(path, start, stop), turn=_turn(path, name, start, first=number == 0))
        for number, (name, start, stop) in enumerate(merged)
    ]


def _turn(path: Sequence[tuple[float, float]], name: str, leg: int, first: bool) -> Text:
    """Into the street `name`, which begins with leg number `leg`."""
    street = name or text("street.unnamed")
    if first:
        return text("turn.head", way=text(f"wind.{_COMPASS[round(_bearing(path, leg) / 45) % 8]}"), street=street)
    bend = (_bearing(path, leg) - _bearing(path, leg - 1) + 180) % 360 - 180
    word = next(word for limit, word in _TURNS if abs(bend) < limit)
    side = ("-right" if bend > 0 else "-left") if word in ("bear", "turn") else ""
    return text(f"turn.{word}{side}", street=street)


def _metres(path: Sequence[tuple[float, float]], start: int, stop: int) -> float:
    return sum(distance_m(*path[i], *path[i + 1]) for i in range(start, stop))


def _bearing(path: Sequence[tuple[float, float]], leg: int) -> float:
    """Degrees from north in which leg number `leg` runs."""
    (lat1, lon1), (lat2, lon2) = path[leg], path[leg + 1]
    return math.degrees(math.atan2((lon2 - lon1) * math.cos(math.radians(lat1)), lat2 - lat1)) % 360
