"""Memory of switch and room over many thousand calls."""

from __future__ import annotations

from bench import table
from bench.callers import call_many
from bench.centre import centre, scratch

_RATE, _HOLD = 250, 0.2
_GROWTH = 0.05


def run(quick: bool) -> None:
    calls = 4_000 if quick else 20_000
    step = calls // 10
    table.title(f"Soak: memory over {calls} calls at {_RATE} a second")
    rows, failed = [], 0
    with scratch() as folder, centre() as ours:
        for done in range(step, calls + 1, step):
            called = call_many(ours.sip, _RATE, step / _RATE, folder, hold=_HOLD, capture=False)
            failed += called.failed
            rows.append([done, *(round(load.memory / 1e6) for load in ours.loads().values())])
    table.table(("calls", "switch, MB", "room, MB"), rows)
    print(f"  {failed} calls failed")
    for column, name in ((1, "switch"), (2, "room")):
        # by then every cache and pool is as large as it gets: the switch keeps transactions for 8 s
        first = rows[4 if quick else 1]
        growth = rows[-1][column] / first[column] - 1
        table.target(f"{name}: memory flat", growth <= _GROWTH, f"{growth:+.0%} from call {first[0]} on")
