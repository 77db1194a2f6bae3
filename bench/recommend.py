"""How long a recommendation with reasons and coverage takes, on ever larger networks with ever more units; how soon a
closure is in effect; and how often the nearest unit on the map would have been the wrong one.

Processor time stands beside the time of the clock: on a busy machine it is the one to compare.
"""

from __future__ import annotations

import time

from bench import table
from bench.fleet import NOW, Draw
from bench.towns import Town, demo_city, demo_town, extracts, grid, real_towns
from routing.city.records import City
from routing.location import Location, distance_m
from routing.recommendation.coverage import Coverage
from routing.recommendation.nearest import recommend

_COUNTS, _AT_TARGET = (20, 200, 2000), 200
_CLOSED_MS = 50.0
_WITHIN_S = 600.0
_CARS = ("car", "motorcycle", "engine")


def _needs(city: City, kind: str):
    return next(one for one in city.incident_types if one.id == kind)


Times = list[tuple[float, float]]


def milliseconds(town: Town, coverage: Coverage, city: City, count: int, radius: float, rounds: int) -> Times:
    """Of each recommendation the time by the clock and the processor's. A building fire has most needs."""
    draw, fire = Draw(town, 112), _needs(city, "fire-building")
    units = draw.fleet(city, count)
    recommend(draw.place(radius), fire, units, town.network, NOW, coverage=coverage)
    took = []
    for _ in range(rounds):
        place = draw.place(radius)
        began = time.perf_counter(), time.process_time()
        recommend(place, fire, units, town.network, NOW, coverage=coverage)
        took.append((1000 * (time.perf_counter() - began[0]), 1000 * (time.process_time() - began[1])))
    return took


def closure_ms(town: Town, coverage: Coverage, rounds: int) -> list[float]:
    """Processor time from the closure of a street until every kind of car has been asked for a way, and coverage is
    that of the streets which are left."""
    draw, took = Draw(town, 7), []
    for _ in range(rounds):
        here, there = draw.spot(), draw.spot()
        street = town.network.nearest_street(*there).edge
        began = time.process_time()
        closed = town.network.with_closures([street])
        for profile in _CARS:
            closed.travel_times([here], there, profile)
        coverage.on(closed)
        took.append(1000 * (time.process_time() - began))
    return took


def lost_seconds(town: Town, city: City, count: int, rounds: int) -> list[float]:
    """Of each incident how much later the nearest of `count` ambulances on the map arrives than the quickest."""
    draw, medical, lost = Draw(town, 113), _needs(city, "medical"), []
    for _ in range(rounds):
        units, place = draw.ambulances(count), draw.place()
        lost.append(_lost(recommend(place, medical, units, town.network, NOW).candidates, units, place, town, medical))
    return lost


def _lost(ranked, units, place: Location, town: Town, medical) -> float:
    nearest = min(units, key=lambda unit: (distance_m(unit.lat, unit.lon, place.lat, place.lon), unit.id))
    alone = recommend(place, medical, [nearest], town.network, NOW).candidates[0]
    return alone.seconds - ranked[0].seconds


def run(quick: bool) -> None:
    city = demo_city()
    towns = [demo_town(city), *real_towns()]
    if not quick:
        towns.append(grid())
    rows, starts, closures, wrong, reached = [], [], [], [], []
    for town in towns:
        began = time.process_time()
        town.network.prepare()
        prepared = time.process_time()
        coverage = Coverage(town.network, town.demand, _WITHIN_S, town.bases)
        coverage.prepare(_CARS)
        starts.append((town.name, f"{len(town.network.edges):,}", f"{prepared - began:.1f} s", f"{len(town.demand)}",
                       f"{time.process_time() - prepared:.1f} s"))  # fmt: skip
        rounds = 20 if quick else 200 if len(town.network.edges) < 50_000 else 30
        for count in _COUNTS:
            for radius, name in ((0.0, "point"), (300.0, "300 m")):
                took = milliseconds(town, coverage, city, count, radius, rounds)
                clock, cpu = zip(*took, strict=True)
                aim = town.target_ms if count == _AT_TARGET else 0.0
                p50 = table.median(cpu)
                shown = (f"{table.median(clock):.1f}", f"{table.percentile(clock, 0.95):.1f}", f"{p50:.1f}")
                rows.append((town.name, count, name, *shown, f"{aim:.0f}" if aim else ""))
                if aim:
                    reached.append((f"{town.name}, {count} units, caller at {name}: {aim:.0f} ms", p50, aim))
        took = closure_ms(town, coverage, rounds)
        closures.append((town.name, f"{table.median(took):.1f}", f"{table.percentile(took, 0.95):.1f}"))
        if town.target_ms and town is towns[0]:
            reached.append((f"{town.name}, a closure in effect: {_CLOSED_MS:.0f} ms", table.median(took), _CLOSED_MS))
        wrong += [_share(town, city, count, rounds * 2) for count in (20, 200) if len(town.network.edges) < 50_000]
    table.title("Recommendation with reasons and coverage: building fire, milliseconds")
    table.table(("", "units", "caller at", "p50", "p95", "p50 of processor", "target"), rows)
    for what, figure, aim in reached:
        table.target(what, figure < aim, f"{figure:.1f} ms (p50 of processor)")
    table.title("A closed street is in effect for all kinds of cars and in coverage: milliseconds of processor")
    table.table(("", "p50", "p95"), closures)
    table.title("The nearest ambulance on the map is not the quickest by road: share, and seconds lost then")
    table.table(("", "ambulances", "incidents", "wrong", "median lost", "p90 lost"), wrong)
    table.title("Made ready at the start: the network, and coverage of its demand points")
    table.table(("", "pieces of street", "network", "points", "coverage"), starts)
    if not extracts():
        print("  left out: real towns. Run deploy/setup.sh, or name a folder with *.osm.pbf in SIAGA_EXTRACTS")
    if quick:
        print("  left out in a quick run: the grid of 100,000 junctions")


def _share(town: Town, city: City, count: int, rounds: int) -> tuple:
    lost = lost_seconds(town, city, count, rounds)
    wrong = [seconds for seconds in lost if seconds > 1]
    figures = f"{table.median(wrong):.0f} s", f"{table.percentile(wrong, 0.9):.0f} s"
    return (town.name, count, rounds, f"{100 * len(wrong) / rounds:.0f} %", *figures)
