"""The counterfactual in words and figures: tables for the terminal, one line an incident for a spreadsheet."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TextIO

import numpy as np

from dispatch.advice.clock import CityClock
from dispatch.catalogue import Words
from dispatch.counterfactual.compare import Difference, difference, figures
from dispatch.counterfactual.rerun import RECORDED, RERUN, Rerun
from routing.recommendation.reasons import capability
from routing.text import Param, text

_SHOWN = 10
_LEAST = 20
"""Incidents of a capability or a district, below which its figures say nothing."""
NAMED = {RECORDED: "as-recorded", RERUN: "same-units"}


class Reporter:
    """`words`: the language that the report is in."""

    def __init__(self, rerun: Rerun, clock: CityClock, words: Words) -> None:
        self._rerun, self._clock, self._words = rerun, clock, words

    def whole(self, policies: Sequence[str]) -> Iterator[str]:
        """Line by line. Differences are against the first of several policies, else against the choices of the
        record."""
        rerun = self._rerun
        yield from self._head()
        base = policies[0] if len(policies) > 1 else RERUN
        yield ""
        yield self._says("differences", base=self._named(base))
        heads = ("policy", "incidents", "mean", "median", "p90", "late", "mean-differs", "late-differs")
        rows = [self._row(name, base) for name in (RECORDED, RERUN, *policies)]
        yield from _table([self._says(f"head-{one}") for one in heads], rows)
        names = (RERUN, *policies)
        wanted = Counter(job.capability for jobs in rerun.rows[RERUN].values() for job in jobs)
        each = [(word, [rerun.arrivals(name, word) for name in names]) for word, _ in wanted.most_common()]
        yield from self._groups("head-by-capability", names, each)
        areas, times = np.array(rerun.areas), [rerun.arrivals(name) for name in names]
        each = [(area, [one[areas == area] for one in times]) for area, _ in Counter(rerun.areas).most_common()]
        yield from self._groups("head-by-district", names, each)
        if policies[-1] != base:
            yield from self._extremes(policies[-1], base)

    def one_incident(self, incident: str) -> Iterator[str]:
        """Who goes to one incident under each policy, and when they are there; nothing for one that is not in it."""
        about = self._rerun.period.incidents.get(incident)
        if about is None:
            return
        yield self._says("incident", incident=about.id, type=about.type, called=_time(self._clock, about.called))
        first = round(about.arrived - about.called)
        yield f"  {self._says('as-it-was', units=' '.join(about.units), seconds=first)}"
        for name, row in self._rerun.rows.items():
            yield f"  {self._named(name)}:"
            for job in row.get(incident, ()):
                sent, there = round(job.sent - about.called), round(job.arrived - about.called)
                what = capability(job.capability)
                yield f"    {self._says('job', unit=job.unit, capability=what, sent=sent, there=there)}"

    def _says(self, word: str, **params: Param) -> str:
        return self._words.fill(f"what-if.{word}", **params)

    def _named(self, name: str) -> str:
        """Rules go by the names that the command knows them by."""
        return self._says(NAMED[name]) if name in NAMED else name

    def _head(self) -> Iterator[str]:
        rerun, period = self._rerun, self._rerun.period
        yield self._says("recomputed")
        first, last = (_time(self._clock, rerun.incidents[n].opened) for n in (0, -1))
        jobs = sum(len(wave.jobs) for wave in period.waves)
        yield self._says(
            "period", incidents=len(rerun.incidents), first=first, last=last, jobs=jobs, crews=len(period.crews),
            late=round(rerun.late_s),
        )  # fmt: skip
        left = [text(f"what-if.left-{why}", count=count) for why, count in sorted(period.left_out.items())]
        if rerun.unreached:
            left.append(text("what-if.left-unreached", count=rerun.unreached))
        if left:
            yield self._says("left-out", what="; ".join(self._words.say(one) for one in left))
        yield self._says("taken", handling=round(period.handling_s), spread=round(period.spread * 100))

    def _row(self, name: str, base: str) -> tuple[str, ...]:
        rerun = self._rerun
        times, of_base = rerun.arrivals(name), rerun.arrivals(base)
        told = figures(times, rerun.late_s)
        cells = [f"{told.n:,}", f"{told.mean:.0f}", f"{told.median:.0f}", f"{told.p90:.0f}", f"{told.late:.2%}"]
        if name in (base, RECORDED):
            return (self._named(name), *cells, "", "")
        late = difference(times > rerun.late_s, of_base > rerun.late_s, rerun.days)
        points = f" {self._says('points')}"
        gaps = (_signed(difference(times, of_base, rerun.days), 1.0, " s"), _signed(late, 100.0, points, 2))
        return (self._named(name), *cells, *gaps)

    def _groups(
        self, title: str, names: Sequence[str], groups: Sequence[tuple[str, list[np.ndarray]]]
    ) -> Iterator[str]:
        rows = []
        for group, each in groups:
            both = ~np.isnan(np.array(each)).any(axis=0)
            if int(both.sum()) < _LEAST:
                continue
            told = [figures(times[both], self._rerun.late_s) for times in each]
            rows.append((group, f"{told[0].n:,}", *(f"{one.mean:.0f}  {one.late:6.2%}" for one in told)))
        if rows:
            yield ""
            yield from _table((self._says(title), "n", *(self._named(name) for name in names)), rows)

    def _extremes(self, name: str, base: str) -> Iterator[str]:
        rerun = self._rerun
        apart = rerun.arrivals(name) - rerun.arrivals(base)
        order = np.argsort(-np.abs(apart), kind="stable")[:_SHOWN]
        yield ""
        rows = []
        for number in order.tolist():
            one = rerun.incidents[number]
            units = [" ".join(job.unit for job in rerun.rows[row][one.id]) for row in (base, name)]
            if apart[number]:
                rows.append((one.id, one.type, _time(self._clock, one.called), f"{apart[number]:+.0f}", *units))
        heads = [self._says(f"head-{one}") for one in ("differs-most", "type", "called")]
        yield from _table((*heads, "s", self._named(base), self._named(name)), rows)


def _signed(found: Difference, scale: float, unit: str, digits: int = 1) -> str:
    margin = f" ± {found.margin * scale:.{digits}f}" if math.isfinite(found.margin) else ""
    return f"{found.mean * scale:+.{digits}f}{margin}{unit}"


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
