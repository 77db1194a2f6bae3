"""From `siaga run` to a console that answers, and memory: idle, and after calls."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from bench import table
from bench.callers import call_many
from bench.centre import Centre, Load, centre, scratch
from tests.servers import end, free_port, wait_until

_MB = 1e6


def _started(folder: Path, demo: bool) -> float:
    """Seconds until it is healthy; it is stopped again. The first start makes the journal and the sounds."""
    ours = Centre(folder, DEMO=str(demo).lower(), DEMO_CAMERAS=f"127.0.0.1:{free_port()}",
                  DEMO_RTSP=f"127.0.0.1:{free_port()}")  # fmt: skip
    began = time.monotonic()
    with (folder / "run.log").open("ab") as out:
        line = [Path(sys.executable).parent / "siaga", "run"]
        process = subprocess.Popen(line, cwd=folder, env=ours.env, stdout=out, stderr=out)
    try:
        wait_until(ours.healthy, 60, "siaga run")
        return time.monotonic() - began
    finally:
        end(process)


def run(quick: bool) -> None:
    table.title("Start-up: `siaga run` until the health page says that switch and room are there")
    rows = []
    for demo, name in ((False, "service"), (True, "demo"))[: 1 if quick else 2]:
        with scratch() as folder:
            took = [_started(folder, demo) for _ in range(2)]
            rows.append((name, *(f"{seconds:.1f} s" for seconds in took)))
    table.table(("", "first start", "second start"), rows)
    calls = 400 if quick else 2000
    table.title(f"Memory (resident) and idle processor time: idle, after {calls} calls, after {2 * calls}")
    with scratch() as folder, centre() as ours:
        time.sleep(1.0)
        began, idle = time.monotonic(), ours.loads()
        time.sleep(2.0 if quick else 5.0)
        seconds, columns = time.monotonic() - began, [ours.loads()]
        spent = {name: (load.cpu - idle[name].cpu) / seconds for name, load in columns[0].items()}
        for _ in range(2):
            call_many(ours.sip, 200, calls / 200, folder)
            time.sleep(2.0)
            columns.append(ours.loads())
    rows = [(name, f"{100 * spent[name]:.1f} %", *_megabytes(name, columns)) for name in columns[0]]
    table.table(("", "idle, of a core", "idle", f"{calls} calls", f"{2 * calls} calls"), rows)


def _megabytes(name: str, columns: list[dict[str, Load]]) -> list[str]:
    return [f"{column[name].memory / _MB:.0f} MB" for column in columns]
