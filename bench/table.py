"""Figures as plain tables on the terminal, each with its target where the project has set one."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

missed: list[str] = []
"""What was below its target, for the last line of the run."""


def title(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns as wide as they need; the first to the left, the others to the right."""
    lines = [[str(cell) for cell in row] for row in (heads, *rows)]
    wide = [max(len(line[n]) for line in lines) for n in range(len(heads))]
    for line in lines:
        cells = [line[0].ljust(wide[0]), *(cell.rjust(width) for cell, width in zip(line[1:], wide[1:], strict=True))]
        print("  " + "  ".join(cells).rstrip(), flush=True)


def target(what: str, reached: bool, figure: str) -> None:
    """One line: what was wanted, what came out, OK or below."""
    if not reached:
        missed.append(f"{what}: {figure}")
    print(f"  [{'OK' if reached else 'below'}] {what}: {figure}", flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` (0 … 1) of them do not exceed; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 0.0


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
