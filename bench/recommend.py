"""How long a recommendation takes with ever more units; the figures are those of bench/routing.py."""

from __future__ import annotations

from bench import table
from bench.routing import ROOT, milliseconds
from routing.city import load_city

_UNITS, _TARGET_MS = 200, 10.0


def run(quick: bool) -> None:
    rounds = 30 if quick else 300
    table.title(f"Recommendation: building fire, {rounds} incidents on the demo city's streets")
    city = load_city(ROOT / "deploy" / "city" / "tanjungpinang")
    rows, at_target = [], 0.0
    for count in (20, 200, 2000):
        for radius, name in ((0.0, "point"), (300.0, "area of 300 m")):
            p50, p99 = milliseconds(city, count, rounds, radius)
            rows.append((f"{count} units", name, f"{p50:.2f} ms", f"{p99:.2f} ms"))
            if count == _UNITS:
                at_target = max(at_target, p50)
    table.table(("", "caller at", "p50", "p99"), rows)
    table.target(f"recommendation < {_TARGET_MS:.0f} ms for {_UNITS} units", at_target < _TARGET_MS,
                 f"{at_target:.2f} ms (p50, the slower of both)")  # fmt: skip
