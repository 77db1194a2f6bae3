"""The figures of the queues: from the hours on the board for now, from the journal for any month. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import msgspec

from dispatch import events as ev
from dispatch.board import Board
from dispatch.folds.statistics import LONGEST_WAIT
from dispatch.journal.chain import Journal, entries_of
from dispatch.records import QueueHour

WIB = timezone(timedelta(hours=7), "WIB")
"""Western Indonesia Time: what a day is for the people who read the figures. There is no summer time."""
DISPOSITIONS = ("emergency", "information", "prank", "ghost", "test")
_SETTLED_WITHIN = 86_400.0
_COUNTED = (ev.CallReceived, ev.CallScored, ev.CallQueued, ev.CallBridged, ev.CallTransferred, ev.AnnouncementStarted,
            ev.MsdReceived, ev.CallEnded, ev.LegLost, ev.CallDisposed, ev.ClockStepped)  # fmt: skip
_KINDS = frozenset(kind.__name__ for kind in _COUNTED)


class QueueFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the calls of some hours. `within`: answered within each threshold. `lost` is the sum of the four
    below it, explained at QueueHour. `open`: neither answered nor lost yet. Waits in seconds; `mean_wait` of those
    answered or lost."""

    received: int = 0
    answered: int = 0
    within: tuple[int, ...] = ()
    lost: int = 0
    lost_at_once: int = 0
    lost_waiting: int = 0
    lost_announced: int = 0
    lost_failed: int = 0
    overflowed_in: int = 0
    overflowed_out: int = 0
    open: int = 0
    suspected: int = 0
    mean_wait: float = 0.0
    longest_wait: float = 0.0
    dispositions: dict[str, int] = {}


_ADDED = ("received", "answered", "lost_at_once", "lost_waiting", "lost_announced", "lost_failed", "overflowed_in",
          "overflowed_out", "suspected")  # fmt: skip


def figures(rows: Iterable[QueueHour], within: tuple[int, ...]) -> QueueFigures:
    """`within`: thresholds in whole seconds, at most LONGEST_WAIT."""
    rows = tuple(rows)
    sums = {name: sum(getattr(row, name) for row in rows) for name in _ADDED}
    waits = [sum(row.waits[n] for row in rows if row.waits) for n in range(LONGEST_WAIT + 2)]
    lost = sum(sums[name] for name in _ADDED if name.startswith("lost_"))
    settled = sums["answered"] + lost
    said: dict[str, int] = {}
    for row in rows:
        for name, count in row.dispositions.items():
            said[name] = said.get(name, 0) + count
    return QueueFigures(
        within=tuple(sum(waits[: limit + 1]) for limit in within),
        lost=lost,
        open=sums["received"] + sums["overflowed_in"] - sums["overflowed_out"] - settled,
        mean_wait=round(sum(row.waited for row in rows) / settled, 2) if settled else 0.0,
        longest_wait=round(max((row.longest for row in rows), default=0.0), 2),
        dispositions=said,
        **sums,
    )


def midnight(day: date) -> float:
    """When a day begins in WIB, seconds since 1970."""
    return datetime(day.year, day.month, day.day, tzinfo=WIB).timestamp()


def day_of(at: float) -> date:
    return datetime.fromtimestamp(at, UTC).astimezone(WIB).date()


def hours_between(journal: Journal, begin: float, end: float) -> list[QueueHour]:
    """The rows of begin <= hour < end (seconds since 1970), from the journal, by hour and queue; those of the board
    reach back two days only. Reads the entries of that time and a day more: five seconds for a million."""
    board = Board()
    kept: dict[str, QueueHour] = {}
    for entry in entries_of(journal, after=_last_before(journal, begin)):
        if entry.recorded >= end + _SETTLED_WITHIN:
            break
        if entry.kind not in _KINDS:
            continue
        event = entry.event
        if isinstance(event, ev.CallReceived | ev.ClockStepped) or getattr(event, "call", "") in board.calls:
            try:
                changes, _ = board.apply(entry.seq, event)
            except Exception:  # one that cannot be folded counts for nothing, as on the board
                continue
            kept |= {key: row for table, key, row in changes if table == "queue_hours" and row is not None}
    rows = [row for row in kept.values() if begin <= row.hour < end]
    return sorted(rows, key=lambda row: (row.hour, row.queue))


def _last_before(journal: Journal, at: float) -> int:
    """The seq of the last entry that was recorded before `at`, 0 when there is none."""
    last = journal.last()
    low, high = 0, last.seq if last else 0
    while low < high:
        middle = (low + high + 1) // 2
        found = journal.read(middle - 1, 1)
        before = found and found[0].recorded < at
        low, high = (middle, high) if before else (low, middle - 1)
    return low


def table(rows: Iterable[QueueHour], within: tuple[int, ...], by_day: bool) -> Iterator[tuple[object, ...]]:
    """Lines for a spreadsheet, in the order of the heads in console/api/queues.py; by hour (WIB) or by day."""
    groups: dict[tuple[date, int, str], list[QueueHour]] = {}
    for row in rows:
        hour = -1 if by_day else datetime.fromtimestamp(row.hour, UTC).astimezone(WIB).hour
        groups.setdefault((day_of(row.hour), hour, row.queue), []).append(row)
    for (day, hour, queue), group in sorted(groups.items()):
        made = figures(group, within)
        said = [made.dispositions.get(name, 0) for name in DISPOSITIONS]
        yield (
            day.isoformat(), "" if by_day else hour, queue, made.received, made.answered, *made.within,
            made.lost_at_once, made.lost_waiting, made.lost_announced, made.lost_failed, made.overflowed_in,
            made.overflowed_out, made.open, made.suspected, made.mean_wait, made.longest_wait, *said,
            max(0, made.answered - sum(said)),
        )  # fmt: skip
