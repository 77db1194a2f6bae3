"""All measurements, one table after the other; writes nothing into the project.

    python bench/run.py [--quick] [--only calls,flood]

Other work on the machine shows in the figures: compare with the bare loop of the same run.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

# Called as a file, the first place to look in would be this folder, where `routing` is a measurement.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from bench import table  # noqa: E402
from bench.callers import check_tools  # noqa: E402

SECTIONS = (
    "calls", "flood", "overload", "concurrent", "soak", "feed", "recommend", "oracle", "places", "journal", "startup",
    "shield",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="shorter runs, in a minute and a half")
    parser.add_argument("--only", default=",".join(SECTIONS), help=f"some of {','.join(SECTIONS)}")
    arguments = parser.parse_args()
    wanted = arguments.only.split(",")
    if unknown := [name for name in wanted if name not in SECTIONS]:
        parser.error(f"'{unknown[0]}' is not measured; use some of {', '.join(SECTIONS)}")
    began = time.monotonic()
    try:
        check_tools()
        for name in wanted:
            # What others do at the same time can halve a figure, so every section says how busy the machine was.
            print(f"\n[{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before {name}]", flush=True)
            measure: Callable[[bool], None] = import_module(f"bench.{name}").run
            measure(arguments.quick)
    except RuntimeError as wrong:
        print(f"bench: {wrong}", file=sys.stderr)
        return 1
    print(f"\n{time.monotonic() - began:.0f} s in all; below target: {'; '.join(table.missed) or 'nothing'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
