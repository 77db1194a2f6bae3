"""How long a way takes and how it is travelled, and the estimate where no way is known. Pure."""

from __future__ import annotations

import msgspec
import numpy as np

from routing.location import EARTH_RADIUS_M, distance_m

STRAIGHT_SPEED = 30 / 3.6
STRAIGHT_DETOUR = 1.4


class Travel(msgspec.Struct, frozen=True, kw_only=True):
    """`seconds`, `metres` from door to door; `off_m` of the metres lie off the network at either end.
    `mode` is "road", "boat" (by its own boat), "road+boat" (by ferry), "straight-line" (an estimate) or
    "cut-off" (a ranking's word for a way that is usually there, but not now)."""

    seconds: float
    metres: float
    mode: str
    off_m: float


def straight_line(origin: tuple[float, float], destination: tuple[float, float]) -> Travel:
    """The estimate where the network knows no way: 30 km/h over 1.4 times the straight line."""
    metres = distance_m(*origin, *destination) * STRAIGHT_DETOUR
    return Travel(seconds=metres / STRAIGHT_SPEED, metres=metres, mode="straight-line", off_m=metres)


def straight_seconds(origins: np.ndarray, destinations: np.ndarray) -> np.ndarray:
    """The seconds of `straight_line` for many pairs at once: arrays whose last axis is (lat, lon) degrees."""
    (lat, lon), (to_lat, to_lon) = (np.moveaxis(np.radians(points), -1, 0) for points in (origins, destinations))
    rise, run = np.sin((to_lat - lat) / 2), np.sin((to_lon - lon) / 2)
    part = rise * rise + np.cos(lat) * np.cos(to_lat) * run * run
    metres: np.ndarray = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, part)))
    return metres * STRAIGHT_DETOUR / STRAIGHT_SPEED
