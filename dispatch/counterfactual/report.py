"""The counterfactual in words and figures: tables for the terminal, one line an incident for a spreadsheet."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TextIO

import numpy as np

from dispatch.advice.clock import CityClock
from dispatch.counterfactual.compare import Difference, difference, figures
from dispatch.counterfactual.period import LEFT_OUT
from dispatch.counterfactual.rerun import RECORDED, RERUN, Rerun

_SHOWN = 10
_LEAST = 20
"""Incidents of a capability or a district, below which its figures say nothing."""


def report(rerun: Rerun, policies: Sequence[str], clock: CityClock) -> Iterator[str]:
    """Line by line. Differences are against the first of several policies, else against the choices of the record."""
    yield from _head(rerun, clock)
    base = policies[0] if len(policies) > 1 else RERUN
    yield ""
    yield f"Seconds from the call to the first unit on scene. Differences are against '{base}', ± 95 % confidence."
    yield from _table(
        ("policy", "incidents", "mean", "median", "p90", "late", "mean differs by", "late differs by"),
        [_row(rerun, name, base) for name in (RECORDED, RERUN, *policies)],
    )
    names = (RERUN, *policies)
    wanted = Counter(job.capability for jobs in rerun.rows[RERUN].values() for job in jobs)
    yield from _groups(
        "by capability: mean, and late", names,
        [(word, [rerun.arrivals(name, word) for name in names]) for word, _ in wanted.most_common()], rerun.late_s,
    )  # fmt: skip
    areas, each = np.array(rerun.areas), [rerun.arrivals(name) for name in names]
    yield from _groups(
        "by district: mean, and late", names,
        [(area, [times[areas == area] for times in each]) for area, _ in Counter(rerun.areas).most_common()],
        rerun.late_s,
    )  # fmt: skip
    last = policies[-1]
    if last != base:
        yield from _extremes(rerun, last, base, clock)


def _head(rerun: Rerun, clock: CityClock) -> Iterator[str]:
    period, first, last = rerun.period, rerun.incidents[0], rerun.incidents[-1]
    yield "Recomputed: what follows did not happen, but for the first line. The journal was read and not changed."
    jobs = sum(len(wave.jobs) for wave in period.waves)
    yield (
        f"{len(rerun.incidents):,} incidents from {_time(clock, first.opened)} to {_time(clock, last.opened)}, "
        f"{jobs:,} units sent, {len(period.crews)} units of our own. Late: over {rerun.late_s:.0f} s."
    )
    left = [f"{count:,} {LEFT_OUT[why]}" for why, count in sorted(period.left_out.items())]
    if rerun.unreached:
        left.append(f"{rerun.unreached:,} incidents that nobody would have reached under one of the policies")
    if left:
        yield f"Left out: {'; '.join(left)}."
    yield (
        f"Taken from the record: {period.handling_s:.0f} s from call to sending (median), driving times differ from"
        f" the expected by {period.spread:.0%} (standard deviation)."
    )


def _row(rerun: Rerun, name: str, base: str) -> tuple[str, ...]:
    times, of_base = rerun.arrivals(name), rerun.arrivals(base)
    told = figures(times, rerun.late_s)
    cells = [name, f"{told.n:,}", f"{told.mean:.0f}", f"{told.median:.0f}", f"{told.p90:.0f}", f"{told.late:.2%}"]
    if name in (base, RECORDED):
        return (*cells, "", "")
    late = difference(times > rerun.late_s, of_base > rerun.late_s, rerun.days)
    return (*cells, _signed(difference(times, of_base, rerun.days), 1.0, " s"), _signed(late, 100.0, " points", 2))


def _signed(found: Difference, scale: float, unit: str, digits: int = 1) -> str:
    margin = f" ± {found.margin * scale:.{digits}f}" if math.isfinite(found.margin) else ""
    return f"{found.mean * scale:+.{digits}f}{margin}{unit}"


def _groups(
    title: str, names: Sequence[str], groups: Sequence[tuple[str, list[np.ndarray]]], late_s: float
) -> Iterator[str]:
    rows = []
    for group, each in groups:
        both = ~np.isnan(np.array(each)).any(axis=0)
        if int(both.sum()) < _LEAST:
            continue
        told = [figures(times[both], late_s) for times in each]
        rows.append((group, f"{told[0].n:,}", *(f"{one.mean:.0f}  {one.late:6.2%}" for one in told)))
    if rows:
        yield ""
        yield from _table((title, "n", *names), rows)


def _extremes(rerun: Rerun, name: str, base: str, clock: CityClock) -> Iterator[str]:
    apart = rerun.arrivals(name) - rerun.arrivals(base)
    order = np.argsort(-np.abs(apart), kind="stable")[:_SHOWN]
    yield ""
    rows = []
    for number in order.tolist():
        one = rerun.incidents[number]
        units = [" ".join(job.unit for job in rerun.rows[row][one.id]) for row in (base, name)]
        if apart[number]:
            rows.append((one.id, one.type, _time(clock, one.called), f"{apart[number]:+.0f}", *units))
    yield from _table(("differs most", "type", "called", "s", base, name), rows)


def one_incident(rerun: Rerun, incident: str, clock: CityClock) -> Iterator[str]:
    """Who goes to one incident under each policy, and when they are there; nothing for one that is not in it."""
    about = rerun.period.incidents.get(incident)
    if about is None:
        return
    yield f"{about.id} {about.type}, called {_time(clock, about.called)}; seconds after the call"
    yield f"  {RECORDED}: the first of {' '.join(about.units)} after {about.arrived - about.called:.0f} s"
    for name, row in rerun.rows.items():
        yield f"  {name}:"
        for job in row.get(incident, ()):
            sent, there = job.sent - about.called, job.arrived - about.called
            yield f"    {job.unit} for {job.capability}: sent {sent:.0f} s, there {there:.0f} s"


def write_csv(rerun: Rerun, file: TextIO, clock: CityClock) -> None:
    """One line for each incident."""
    table = csv.writer(file)
    names = list(rerun.rows)
    heads = [f"{name.replace(', ', '_').replace(' ', '_')}_{what}" for name in names for what in ("s", "units")]
    table.writerow(["incident", "type", "called", "lat", "lon", "area", "recorded_s", *heads])
    arrivals = [rerun.arrivals(name) for name in names]
    for number, one in enumerate(rerun.incidents):
        cells = []
        for name, times in zip(names, arrivals, strict=True):
            cells += [f"{times[number]:.1f}", " ".join(job.unit for job in rerun.rows[name][one.id])]
        called = clock.local(one.called).isoformat(sep=" ", timespec="seconds")
        recorded = f"{one.arrived - one.called:.1f}"
        table.writerow([one.id, one.type, called, one.lat, one.lon, rerun.areas[number], recorded, *cells])


def _time(clock: CityClock, at: float) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    wide = [max(len(line[n]) for line in (heads, *rows)) for n in range(len(heads))]
    for line in (heads, *rows):
        cells = [line[0].ljust(wide[0]), *(cell.rjust(width) for cell, width in zip(line[1:], wide[1:], strict=True))]
        yield "  ".join(cells).rstrip()
