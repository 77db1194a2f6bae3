"""The way in words, for a crew without a map: one step for each street, in Indonesian and English."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from routing.location import distance_m

_SHORT_M = 25.0
_TURNS = (
    (25, "Lurus ke", "Straight on into"),
    (60, "Serong {} ke", "Bear {} into"),
    (135, "Belok {} ke", "Turn {} into"),
    (181, "Putar balik ke", "Turn back into"),
)
_COMPASS = (
    ("utara", "north"),
    ("timur laut", "north-east"),
    ("timur", "east"),
    ("tenggara", "south-east"),
    ("selatan", "south"),
    ("barat daya", "south-west"),
    ("barat", "west"),
    ("barat laut", "north-west"),
)


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Follow the street `name` for `metres`; `turn_id`, `turn_en` tell the way into it by name."""

    name: str
    metres: float
    turn_id: str
    turn_en: str


def steps(path: Sequence[tuple[float, float]], names: Sequence[str]) -> list[Step]:
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
    found = []
    for name, start, stop in merged:
        said_id, said_en = name or "jalan tanpa nama", name or "an unnamed way"
        if not found:
            compass_id, compass_en = _COMPASS[round(_bearing(path, start) / 45) % 8]
            turn_id, turn_en = f"Ke arah {compass_id} di {said_id}", f"Head {compass_en} on {said_en}"
        else:
            bend = (_bearing(path, start) - _bearing(path, start - 1) + 180) % 360 - 180
            turn_id, turn_en = next((i, e) for limit, i, e in _TURNS if abs(bend) < limit)
            turn_id = f"{turn_id.format('kanan' if bend > 0 else 'kiri')} {said_id}"
            turn_en = f"{turn_en.format('right' if bend > 0 else 'left')} {said_en}"
        found.append(Step(name=name, metres=_metres(path, start, stop), turn_id=turn_id, turn_en=turn_en))
    return found


def _metres(path: Sequence[tuple[float, float]], start: int, stop: int) -> float:
    return sum(distance_m(*path[i], *path[i + 1]) for i in range(start, stop))


def _bearing(path: Sequence[tuple[float, float]], leg: int) -> float:
    """Degrees from north in which leg number `leg` runs."""
    (lat1, lon1), (lat2, lon2) = path[leg], path[leg + 1]
    return math.degrees(math.atan2((lon2 - lon1) * math.cos(math.radians(lat1)), lat2 - lat1)) % 360
