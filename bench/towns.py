"""Where routing is measured: the demo city, real extracts where there are any, and a made grid of 100,000 junctions.

Nothing is downloaded here. `deploy/setup.sh` puts Helsinki's extract into `.venv/extracts`; the environment variable
SIAGA_EXTRACTS may name a folder with more (`*.osm.pbf`).
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from routing.city.demand import DemandPoint
from routing.city.files import read_geojson
from routing.city.load import load_city
from routing.city.records import City
from routing.network.roads import Network
from routing.osm.folder import import_osm

ROOT = Path(__file__).resolve().parents[1]
_SIDE = 317  # squared: 100,489 junctions
_STEP = 0.001  # degrees, 111 m
_MOST_POINTS = 400


class Town(msgspec.Struct, frozen=True, kw_only=True):
    """A network and its demand; `target_ms`: what a recommendation among 200 units may take in the median; 0: none."""

    name: str
    network: Network
    demand: tuple[DemandPoint, ...]
    bases: tuple[tuple[str, float, float], ...]
    target_ms: float = 0.0


def demo_city() -> City:
    """Its kinds of incident and of units stand for those of every other town."""
    return load_city(ROOT / "deploy" / "city" / "tanjungpinang")


def demo_town(city: City) -> Town:
    bases = tuple((one.name, one.lat, one.lon) for one in city.stations)
    return Town(name="demo town", network=city.network, demand=city.demand, bases=bases, target_ms=5.0)


def extracts() -> list[Path]:
    folders = [Path(sys.prefix) / "extracts", Path(os.environ.get("SIAGA_EXTRACTS") or os.devnull)]
    return [file for folder in folders for file in sorted(folder.glob("*.osm.pbf"))]


def real_towns() -> Iterator[Town]:
    """A town for each extract there is, read as `siaga import-osm` reads it."""
    for file in extracts():
        name = file.name.removesuffix(".osm.pbf").split("-")[0]
        yield _with_demand(name.capitalize(), network_of(file), 20.0 if name.lower() == "helsinki" else 0.0)


def network_of(extract: Path, engine: str = "") -> Network:
    with tempfile.TemporaryDirectory() as folder:
        import_osm(extract, Path(folder) / "town", addresses=False, told=lambda line: None)
        streets = read_geojson(Path(folder) / "town", "roads.geojson")
        return Network.from_geojson(streets, read_geojson(Path(folder) / "town", "turns.geojson"), engine)


def grid(side: int = _SIDE) -> Town:
    """`side` streets each way, every one with a speed of its own, some of them one-way: nowhere is it like anywhere."""
    draw = random.Random(5)
    features = []
    for number in range(side):
        for lengthwise in (True, False):
            along = [(number, n) if lengthwise else (n, number) for n in range(side)]
            features.append({
                "type": "Feature",
                "properties": {"name": f"Jl. {'AB'[lengthwise]}{number}", "class": "residential",
                               "speed": draw.choice([25, 30, 40, 50]), "oneway": draw.random() < 0.1},
                "geometry": {"type": "LineString", "coordinates": [[104 + x * _STEP, y * _STEP] for y, x in along]},
            })  # fmt: skip
    network = Network.from_geojson({"type": "FeatureCollection", "features": features})
    return _with_demand(f"grid of {side * side:,} junctions", network, 50.0)


def _with_demand(name: str, network: Network, target_ms: float) -> Town:
    """Demand where the junctions are: at most 400 points in nine districts; stations are some of them."""
    junctions = {point for edge in network.edges for point in (edge.points[0], edge.points[-1])}
    south, west = (min(values) for values in zip(*junctions, strict=True))
    north, east = (max(values) for values in zip(*junctions, strict=True))
    cell = 0.0025
    while len(found := Counter((int((lat - south) / cell), int((lon - west) / cell)) for lat, lon in junctions)) > (
        _MOST_POINTS
    ):
        cell *= 1.2
    demand = tuple(
        DemandPoint(
            name=f"{row}-{column}",
            area=f"district {int(3 * row * cell / (north - south)):d}{int(3 * column * cell / (east - west)):d}",
            lat=south + (row + 0.5) * cell,
            lon=west + (column + 0.5) * cell,
            weight=float(count),
        )
        for (row, column), count in sorted(found.items())
    )
    bases = tuple((one.name, one.lat, one.lon) for one in random.Random(6).sample(demand, min(16, len(demand))))
    return Town(name=name, network=network, demand=demand, bases=bases, target_ms=target_ms)
