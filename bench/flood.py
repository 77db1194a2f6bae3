"""A flood of calls from one address, and callers from another: all of these must be answered."""

from __future__ import annotations

import time

from bench import table
from bench.callers import call_many
from bench.centre import centre, scratch
from bench.shedding import Shedding

FLOOD, CALLERS = "127.0.0.2", "127.0.0.3"
_FLOOD_RATE, _CALL_RATE = 1000, 50


def run(quick: bool) -> None:
    seconds = 5.0 if quick else 20.0
    table.title(f"Flood: {_FLOOD_RATE} calls/s from {FLOOD} while {_CALL_RATE} calls/s come from {CALLERS}, 1 s each")
    with scratch() as folder, scratch() as beside, centre(MAX_CALLS_PER_SOURCE="500") as ours:
        call_many(ours.sip, 20, 1.0, folder)
        flood = Shedding(ours.sip, _FLOOD_RATE, seconds, beside, FLOOD, hold=1.0)
        time.sleep(0.5)
        called = call_many(ours.sip, _CALL_RATE, seconds - 1.5, folder, source=CALLERS)
        shed = flood.result()
    p50, p99 = table.median(called.times), table.percentile(called.times, 0.99)
    table.table(
        ("from", "calls", "answered", "refused", "failed", "repeats", "200 p50", "200 p99", "503 mean"),
        [
            [FLOOD, shed.made, shed.answered, shed.refused, shed.failed, shed.repeats, "", "", table.ms(shed.refusal)],
            [CALLERS, called.made, called.made - called.failed, 0, called.failed, called.repeats, table.ms(p50),
             table.ms(p99), ""],
        ],
    )  # fmt: skip
    table.target("every caller beside the flood answered", called.failed == 0, f"{called.failed} failed")
    table.target("every call of the flood answered or told so", shed.failed == 0, f"{shed.failed} failed")
