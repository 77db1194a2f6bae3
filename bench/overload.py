"""Goodput at, and far beyond, the highest rate that can be served, and how soon all is as before."""

from __future__ import annotations

import time
from pathlib import Path

from bench import table
from bench.callers import call_many
from bench.centre import Centre, centre, scratch
from bench.shedding import Shed, Shedding

SOURCE = "127.0.0.1"
_RATES = (300, 400, 500, 600, 700, 800, 900, 1000, 1200)
_GOODPUT_TARGET, _AGAIN_TARGET = 0.9, 5.0


def run(quick: bool) -> None:
    seconds = 4.0 if quick else 10.0
    table.title("Overload: calls of 0.3 s at multiples of the edge, which is the highest rate served without refusal")
    with scratch() as folder, centre() as ours:
        call_many(ours.sip, 20, 1.0, folder)
        edge, best, rows = 0, 0.0, []
        for rate in _RATES:
            goodput, row, shed = _measure(ours, rate, seconds, folder)
            best = max(best, goodput)
            rows.append([*row, ""])
            if shed.refused + shed.failed > 0.01 * shed.made:
                break
            edge = rate
        edge = edge or _RATES[0]
        shares = {}
        for times in (2, 3):
            goodput, row, shed = _measure(ours, times * edge, seconds, folder)
            shares[times] = goodput / max(best, 1e-9)
            rows.append([*row, f"{times} × edge: {shares[times]:.0%} of best"])
            again = _again(ours, edge // 2, folder)
        heads = ("calls/s", "answered", "refused", "failed", "goodput", "503 mean", "")
        table.table(heads, rows)
    print(f"  edge {edge} calls/s, best goodput {best:.0f}/s; itself again after {again:.1f} s")
    for times, share in shares.items():
        table.target(f"goodput at {times} × the edge >= {_GOODPUT_TARGET:.0%} of the best", share >= _GOODPUT_TARGET,
                     f"{share:.0%}")  # fmt: skip
    table.target(f"itself again within {_AGAIN_TARGET:.0f} s", again <= _AGAIN_TARGET, f"{again:.1f} s")


def _measure(ours: Centre, rate: int, seconds: float, folder: Path) -> tuple[float, list, Shed]:
    shed = Shedding(ours.sip, rate, seconds, folder, SOURCE).result()
    goodput = shed.answered / seconds
    row = [rate, shed.answered, shed.refused, shed.failed, f"{goodput:.0f}/s", table.ms(shed.refusal)]
    return goodput, row, shed


def _again(ours: Centre, rate: int, folder: Path) -> float:
    """Seconds after the flood until a whole second passes without a refusal or failure, at a moderate rate."""
    began = time.monotonic()
    for _ in range(10):
        at = time.monotonic()
        shed = Shedding(ours.sip, rate, 1.0, folder, SOURCE).result()
        if not shed.refused and not shed.failed:
            return at - began
    return float("inf")
