"""How long a recommendation takes, and how often the nearest unit on the map is not the quickest one.

    python bench/routing.py [--rounds 300]

Units and incidents lie at random on the demo city's streets, with a fixed seed. An incident is a building
fire, which has most needs; "area" means that the caller's position is a circle of 300 m, so that the ranking
is also tried at its edge.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# This file is called as the package is: without its own folder on the path, `routing` means the package.
sys.path[0] = str(ROOT)

from routing.city import City, load_city  # noqa: E402
from routing.coverage import Coverage  # noqa: E402
from routing.location import distance_m, make_location  # noqa: E402
from routing.nearest import recommend  # noqa: E402
from routing.units import UnitNow  # noqa: E402

NOW = 1_000_000.0


def on_a_street(city: City, draw: random.Random, boat: bool = False) -> tuple[float, float]:
    edges = [edge for edge in city.network.edges if (edge.kind == "boat") == boat]
    return draw.choice(draw.choice(edges).points)


def fleet(city: City, count: int, draw: random.Random) -> list[UnitNow]:
    """`count` units as mixed as the demo city's own, spread over streets, boats over the water."""
    units = []
    for number in range(count):
        like = city.units[number % len(city.units)]
        lat, lon = on_a_street(city, draw, like.profile == "boat")
        units.append(
            UnitNow(
                id=f"{like.id}-{number}",
                agency=like.agency,
                kind=like.kind,
                capabilities=like.capabilities,
                profile=like.profile,
                lat=lat,
                lon=lon,
                fix_at=NOW - draw.uniform(0, 300),
                available=draw.random() < 0.8,
            )
        )
    return units


def milliseconds(city: City, count: int, rounds: int, radius: float) -> tuple[float, float]:
    """Median and 99th percentile of one recommendation with coverage among `count` units."""
    bases = [(one.name, one.lat, one.lon) for one in city.stations]
    coverage = Coverage(city.network, city.demand, city.run_cards.within_s, bases)
    draw = random.Random(112)
    units = fleet(city, count, draw)
    fire = next(one for one in city.incident_types if one.id == "fire-building")
    recommend(make_location(lat=units[0].lat, lon=units[0].lon), fire, units, city.network, NOW, coverage=coverage)
    took = []
    for _ in range(rounds):
        lat, lon = on_a_street(city, draw)
        place = make_location(lat=lat, lon=lon, radius=radius)
        started = time.perf_counter()
        recommend(place, fire, units, city.network, NOW, coverage=coverage)
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=100)[98]


def wrong_by_map(city: City, count: int, rounds: int) -> tuple[int, float, float]:
    """How often the nearest of `count` units on the map is slower, and by how many seconds: median, most."""
    draw = random.Random(113)
    medical = next(one for one in city.incident_types if one.id == "medical")
    losses = []
    for _ in range(rounds):
        units = [
            UnitNow(
                id=f"A{i}", agency="health", kind="ambulance", capabilities=("ambulance",), lat=lat, lon=lon
            )
            for i, (lat, lon) in enumerate(on_a_street(city, draw) for _ in range(count))
        ]
        lat, lon = on_a_street(city, draw)
        made = recommend(make_location(lat=lat, lon=lon), medical, units, city.network, NOW)
        nearest = min(made.candidates, key=lambda one: distance_m(one.lat, one.lon, lat, lon))
        losses.append(nearest.seconds - made.candidates[0].seconds)
    wrong = [loss for loss in losses if loss > 1]
    return len(wrong), statistics.median(wrong or [0.0]), max(wrong or [0.0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=300, help="incidents for each figure (at least 2)")
    rounds = max(2, parser.parse_args().rounds)
    started = time.perf_counter()
    city = load_city(ROOT / "deploy" / "city" / "tanjungpinang")
    loaded = (time.perf_counter() - started) * 1000
    print(f"routing: city loaded in {loaded:.0f} ms, {len(city.network.edges)} pieces of street")
    for count in (20, 200, 2000):
        for radius, name in ((0.0, "point"), (300.0, "area ")):
            median, most = milliseconds(city, count, rounds, radius)
            figures = f"median {median:5.2f} ms  p99 {most:5.2f} ms"
            print(f"routing: recommendation, {count:4} units, {name}  {figures}")
    wrong, median, most = wrong_by_map(city, 10, rounds)
    share = 100 * wrong / rounds
    print(
        f"routing: nearest on the map is slower in {wrong} of {rounds} incidents ({share:.0f} %), "
        f"by {median:.0f} s in the median, {most:.0f} s at most (10 ambulances)"
    )


if __name__ == "__main__":
    main()
