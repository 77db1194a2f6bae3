"""How long the search for a place takes at each key that is pressed, among 20,000 made-up names."""

from __future__ import annotations

import random
import statistics
import time

from bench import table
from routing.city.records import Place
from routing.network.roads import Network
from routing.places.gazetteer import Gazetteer

_NAMES, _TARGET_MS = 20_000, 5.0
_SYLLABLES = "ka ra mu ba si to pe la nu ja ri an ma su te wi do ha li ke ga sa bu ni".split()
_KINDS = ("Jl.", "Gg.", "Masjid", "SD Negeri", "Toko", "Perumahan", "Warung", "Kp.")


def names(draw: random.Random) -> list[str]:
    words = ["".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))).title() for _ in range(_NAMES // 3)]
    return [f"{draw.choice(_KINDS)} {draw.choice(words)} {draw.choice(words)}" for _ in range(_NAMES)]


def run(quick: bool) -> None:
    draw = random.Random(112)
    called = names(draw)
    made = [
        Place(name=name, aliases=(), kind="x", lat=0.9 + draw.random() / 10, lon=104.4 + draw.random() / 10)
        for name in called
    ]
    gazetteer = Gazetteer(made, Network())
    took, first = [], 0
    wanted = draw.sample(called, 10 if quick else 60)
    for name in wanted:
        at = draw.randrange(5, len(name) - 1)
        typed = name[:at] + name[at + 1 :]
        for end in range(2, len(typed) + 1):
            began = time.perf_counter()
            found = gazetteer.search(typed[:end], near=(0.92, 104.45))
            took.append((time.perf_counter() - began) * 1000)
        first += found[0].name == name
    table.title(f"Search for a place: {_NAMES} names, {len(took)} keys, one letter of each name left out")
    p50, p99 = statistics.median(took), statistics.quantiles(took, n=100)[98]
    table.table(("", "p50", "p99", "the right one first"), [
        ("each key", f"{p50:.2f} ms", f"{p99:.2f} ms", f"{first} of {len(wanted)}")])  # fmt: skip
    table.target(f"a key < {_TARGET_MS:.0f} ms", p50 < _TARGET_MS, f"{p50:.2f} ms (p50)")
