"""Units and incidents at random on a town's streets, always the same ones; as mixed as the demo city's own."""

from __future__ import annotations

import random

from bench.towns import Town
from routing.city.records import City
from routing.location import Location, make_location
from routing.recommendation.units import UnitNow

NOW = 1_000_000.0
_NO_CAR = ("boat", "path")


class Draw:
    """Places in one town."""

    def __init__(self, town: Town, seed: int) -> None:
        self._draw = random.Random(seed)
        self._roads = [edge for edge in town.network.edges if edge.kind not in _NO_CAR and "car" not in edge.bars]
        self._water = [edge for edge in town.network.edges if edge.kind == "boat"]

    def spot(self, afloat: bool = False) -> tuple[float, float]:
        """A junction or a bend, by the length of its streets as often as they have any."""
        edges = self._water if afloat and self._water else self._roads
        return self._draw.choice(self._draw.choice(edges).points)

    def place(self, radius: float = 0.0) -> Location:
        lat, lon = self.spot()
        return make_location(lat=lat, lon=lon, radius=radius)

    def fleet(self, city: City, count: int) -> list[UnitNow]:
        """`count` units; one in five is busy. Where there is no water a boat's crew has an ambulance."""
        units = []
        for number in range(count):
            like = city.units[number % len(city.units)]
            afloat = like.profile == "boat" and bool(self._water)
            lat, lon = self.spot(afloat)
            units.append(
                UnitNow(
                    id=f"{like.id}-{number}",
                    agency=like.agency,
                    kind=like.kind if afloat or like.profile != "boat" else "ambulance",
                    capabilities=like.capabilities,
                    profile="boat" if afloat else "road",
                    lat=lat,
                    lon=lon,
                    fix_at=NOW - self._draw.uniform(0, 300),
                    available=self._draw.random() < 0.8,
                )
            )
        return units

    def ambulances(self, count: int) -> list[UnitNow]:
        said = {"agency": "health", "kind": "ambulance", "capabilities": ("ambulance",)}
        spots = [self.spot() for _ in range(count)]
        return [UnitNow(id=f"A{number}", lat=lat, lon=lon, **said) for number, (lat, lon) in enumerate(spots)]
