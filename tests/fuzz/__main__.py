"""Looks for inputs that hurt: with atheris when it is installed, else with a loop of our own that keeps what reaches
new lines. What is found is saved in the corpus, where the tests replay it for ever.

    python -m tests.fuzz sip --seconds 60
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
import traceback
from random import Random

from dispatch.settings import ROOT
from tests.fuzz.corpus import FOLDER, save, saved
from tests.fuzz.mutate import MAX, mutated

SLOW = 2.0
"""Seconds of the processor's time; an input that takes longer is a find too."""
NAMES = sorted(folder.name for folder in FOLDER.iterdir())
_OURS = tuple(f"{ROOT}/{name}/" for name in ("routing", "dispatch", "telephony"))


class Watch:
    """The steps from line to line that our own code has taken."""

    def __init__(self) -> None:
        self.steps: set[tuple[int, int, int]] = set()

    def run(self, function, data: bytes) -> bool:
        """Whether this input takes steps that none took before."""
        before, last = len(self.steps), {}

        def line(frame, event, _):
            code = id(frame.f_code)
            self.steps.add((code, last.get(code, 0), frame.f_lineno))
            last[code] = frame.f_lineno
            return line

        def call(frame, event, _):
            return line(frame, event, _) if frame.f_code.co_filename.startswith(_OURS) else None

        sys.settrace(call)
        try:
            function(data)
        finally:
            sys.settrace(None)
        return len(self.steps) > before


def search(target: str, seconds: float, seed: int) -> int:
    """How many finds; each is printed and saved."""
    from tests.fuzz.targets import TARGETS

    function, watch, random = TARGETS[target], Watch(), Random(seed)
    seeds, finds, tried = list(saved(target).values()), set(), 0
    for data in seeds:
        watch.run(function, data)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        data = mutated(target, seeds, random)
        tried += 1
        started = time.process_time()
        try:
            if watch.run(function, data) and len(seeds) < 5000:
                seeds.append(data)
        except Exception as wrong:
            where = traceback.extract_tb(wrong.__traceback__)[-1]
            if (where.filename, where.lineno) not in finds:
                finds.add((where.filename, where.lineno))
                print(f"{target}: {wrong!r} at {where.filename}:{where.lineno}; saved {save(target, data)}")
        if (took := time.process_time() - started) > SLOW and "slow" not in finds:
            finds.add("slow")
            print(f"{target}: {took:.1f} s for {len(data)} bytes; saved {save(target, data)}")
    print(f"{target}: {tried} inputs in {seconds:.0f} s, {len(watch.steps)} steps, {len(finds)} finds")
    return len(finds)


def search_with_atheris(target: str, seconds: float, seed: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["routing", "dispatch", "telephony"]):
        from tests.fuzz.targets import TARGETS

    limits = [f"-max_total_time={int(seconds)}", f"-max_len={MAX}", f"-seed={seed or 1}"]
    where = f"-artifact_prefix={FOLDER / target}/found-"
    reached = tempfile.mkdtemp(prefix="siaga-fuzz-")  # what reaches new places goes there, not among the seeds
    atheris.Setup([sys.argv[0], *limits, where, reached, str(FOLDER / target)], TARGETS[target])
    atheris.Fuzz()


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.split("\n\n")[0])
    words.add_argument("target", choices=[*NAMES, "all"])
    words.add_argument("--seconds", type=float, default=60.0, help="for each target")
    words.add_argument("--seed", type=int, default=int(time.time()))
    given = words.parse_args()
    if importlib.util.find_spec("atheris") and given.target != "all":
        search_with_atheris(given.target, given.seconds, given.seed)
        return 0
    names = NAMES if given.target == "all" else [given.target]
    return 1 if sum(search(name, given.seconds, given.seed) for name in names) else 0


if __name__ == "__main__":
    sys.exit(main())
