"""The API of the queues: what waits now, who could answer, the figures of the hour and the day, and of any month."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta
from typing import Any, Literal

import msgspec
from twisted.internet import threads

from console.http.answers import Media, Raw
from console.http.asker import language_of
from console.http.parameters import Language
from console.http.web import Ask, Problem, Route
from console.parts import Parts
from dispatch.catalogue import FIRST, languages, words
from dispatch.commands import WATCHERS
from dispatch.policy.queues.statistics import QueueFigures, day_of, figures, hours_between, midnight, table
from dispatch.records import Call, Position, QueueHour
from routing.city.queues import WRAP_UP
from routing.text import Names

_MOST_DAYS = 400
_COLUMNS = (
    "day", "hour", "queue", "received", "answered", "within", "lost-at-once", "lost-waiting", "lost-announced",
    "lost-failed", "overflowed-in", "overflowed-out", "open", "suspected", "mean-wait", "longest-wait", "emergency",
    "information", "prank", "ghost", "test", "unclassified",
)  # fmt: skip
"""Of the table of dispatch/policy/queues/statistics.py; `within` stands once for each threshold."""


class QueueNow(msgspec.Struct, frozen=True, kw_only=True):
    """`oldest`: seconds that the oldest waiting call has waited; `talking`: answered calls that came by this queue."""

    id: str
    names: Names
    waiting: int
    suspected: int
    oldest: float
    talking: int
    this_hour: QueueFigures
    last_hour: QueueFigures
    today: QueueFigures


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """`state`: ready, talking, wrap_up, not_ready (see `reason`), or no_audio: ready, but nobody could be heard.
    `since`: of readiness or of the call, seconds since 1970."""

    id: str
    user: str
    state: str
    reason: str
    since: float
    call: str


class QueuesNow(msgspec.Struct, frozen=True, kw_only=True):
    """`within`: the thresholds of the figures, seconds. `positions`: how many are in each state; `reasons`: of those
    that are not ready."""

    now: float
    within: tuple[int, ...]
    queues: list[QueueNow]
    total: QueueNow
    positions: dict[str, int]
    reasons: dict[str, int]
    seats: list[Seat]


class Days(msgspec.Struct, frozen=True):
    """The first and the last day (WIB), this month unless said; a line for each hour, or each day."""

    first: date | None = msgspec.field(default=None, name="from")
    last: date | None = msgspec.field(default=None, name="to")
    by: Literal["hour", "day"] = "hour"
    lang: Language = ""


def queues(parts: Parts, ask: Ask) -> QueuesNow:
    board, now, within = parts.room.board, parts.room.now(), parts.settings.policy.answer_within
    rows, calls = list(board.queue_hours.values()), [c for c in board.calls.values() if c.state != "ended"]
    names = {spec.id: spec.names for spec in parts.city.queues}
    known = [*names, *sorted({row.queue for row in rows} - set(names))]
    seats = [_seat(seat, board.calls.get(seat.call)) for seat in board.positions.values()]
    return QueuesNow(
        now=now,
        within=within,
        queues=[_queue(name, names.get(name, {FIRST: name}), rows, calls, now, within) for name in known],
        total=_queue("", {}, rows, calls, now, within),
        positions=Counter(seat.state for seat in seats),
        reasons=Counter(seat.reason for seat in seats if seat.state == "not_ready"),
        seats=seats,
    )


def _queue(
    name: str, names: Names, rows: list[QueueHour], calls: list[Call], now: float, within: tuple[int, ...]
) -> QueueNow:
    """`name` "" is all of them, which the page has a word for."""
    rows = [row for row in rows if name in ("", row.queue)]
    calls = [c for c in calls if name in ("", c.queued_in) and not c.test and c.direction == "in"]
    waiting = [c for c in calls if c.state == "queued"]
    hour, today = now // 3600 * 3600, midnight(day_of(now))
    return QueueNow(
        id=name, names=names, waiting=len(waiting), suspected=sum(c.suspected for c in waiting),
        oldest=round(max((now - c.received for c in waiting), default=0.0), 1), talking=len(calls) - len(waiting),
        this_hour=figures((row for row in rows if row.hour == hour), within),
        last_hour=figures((row for row in rows if row.hour == hour - 3600), within),
        today=figures((row for row in rows if row.hour >= today), within),
    )  # fmt: skip


def _seat(seat: Position, call: Call | None) -> Seat:
    if call is not None:
        state, since = "talking", call.answered or call.received
    elif not seat.ready or seat.away:
        state, since = "wrap_up" if seat.reason == WRAP_UP else "not_ready", seat.idle_since
    else:
        state, since = "ready" if seat.leg else "no_audio", seat.idle_since
    return Seat(id=seat.id, user=seat.user, state=state, reason=seat.away or seat.reason, since=since, call=seat.call)


async def queues_csv(parts: Parts, ask: Ask) -> Raw:
    asked = ask.query(Days)
    last = asked.last or day_of(parts.room.now())
    first = asked.first or last.replace(day=1)
    if not first <= last or (last - first).days >= _MOST_DAYS:
        raise Problem(400, "problem.bad-days", most=_MOST_DAYS)
    within, by_day = parts.settings.policy.answer_within, asked.by == "day"
    begin, end = midnight(first), midnight(last + timedelta(days=1))
    rows = await threads.deferToThread(hours_between, parts.room.journal, begin, end)
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    said = words(asked.lang if asked.lang in languages() else language_of(ask.request))
    times = {"within": within}
    lines.writerow([said.fill(f"column.{one}", s=s) for one in _COLUMNS for s in times.get(one, (0,))])
    lines.writerows(map(_plain, line) for line in table(rows, within, by_day))
    name = f"siaga112-{first.isoformat()}-{last.isoformat()}.csv"
    ask.request.setHeader("Content-Disposition", f'attachment; filename="{name}"')
    return Raw(written.getvalue().encode(), "text/csv; charset=utf-8")


def _plain(cell: Any) -> Any:
    """No cell begins a formula: the name of a queue may come from a caller's INVITE."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") else cell


def routes() -> list[Route]:
    said = "The queues by hour, or by day with by=day; of the days from … to (WIB), this month unless said."
    return [
        Route("GET", "/api/v1/queues", WATCHERS, queues, "The queues now, and this hour, the last one and today."),
        Route("GET", "/api/v1/queues.csv", WATCHERS, queues_csv, said, gives=Media(("text/csv",)), query=Days),
    ]
