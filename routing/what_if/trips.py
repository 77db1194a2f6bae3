"""Travel times that are asked for again and again: remembered, so that a year can be driven three times over. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from routing.network.roads import Network
from routing.what_if.drive import Drive

Point = tuple[float, float]


class Trip(msgspec.Struct, frozen=True):
    """Seconds on the way; `known` is False where the network knows none and they are a straight line's."""

    seconds: float
    known: bool


class Trips:
    """`network_at(seconds since 1970)` gives the streets as they could be used then. `homes`: (profile, place) from
    which most trips begin; their times to a place are worked out together. Points are (lat, lon) in degrees."""

    def __init__(self, network_at: Callable[[float], Network], homes: Iterable[tuple[str, Point]] = ()) -> None:
        self._network_at = network_at
        self._homes: dict[str, list[Point]] = {}
        for profile, place in dict.fromkeys(homes):
            self._homes.setdefault(profile, []).append(place)
        self._networks: dict[int, Network] = {}  # kept alive, so that an id stands for one network
        self._known: dict[tuple[int, str, Point], dict[Point, Trip]] = {}
        self._ways: dict[tuple[int, str, Point, Point], tuple[tuple[Point, ...], float]] = {}

    def to(self, destination: Point, profile: str, origins: list[Point], at: float) -> list[Trip]:
        """One Trip for each origin, on the streets of `at`."""
        network = self._network_at(at)
        self._networks[id(network)] = network
        key = (id(network), profile, destination)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = {}
            origins_now = [*self._homes.get(profile, ()), *origins]
        else:
            origins_now = origins
        unknown = [origin for origin in dict.fromkeys(origins_now) if origin not in known]
        if unknown:
            found = network.approaches(unknown, [destination], profile)[0]
            for origin, seconds, guess in zip(unknown, found.seconds.tolist(), found.estimated.tolist(), strict=True):
                known[origin] = Trip(seconds, not guess)
        return [known[origin] for origin in origins]

    def drive(self, origin: Point, destination: Point, profile: str, at: float) -> Drive:
        """The quickest way, begun at `at` and driven at a steady speed."""
        network = self._network_at(at)
        self._networks[id(network)] = network
        key = (id(network), profile, origin, destination)
        if key not in self._ways:
            path = tuple(network.path(origin, destination, profile))
            self._ways[key] = (path, self.to(destination, profile, [origin], at)[0].seconds)
        path, seconds = self._ways[key]
        metres = Drive(path, at, 1.0).metres
        return Drive(path, at, metres / seconds if metres and seconds > 0 else 1.0)
