"""The status board: what the control room knows now. A pure fold of the journal into tables of frozen records.

Theory of operation. The board is a dict of tables, each a dict from id to an immutable record. `apply(seq, event)`
returns the changes it made as [(table, key, new record or None)]. So the same changes serve four users: the room's
undo when a decision turns out illegal, the published board after the commit, the consoles' feed, and the replay.
Deadlines and pending orders are tables as well: a restart forgets neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from dispatch import events as ev
from dispatch.folds import FOLDS
from dispatch.folds.transitions import undrawn
from dispatch.records import (
    Alarm,
    Alert,
    Asked,
    Assignment,
    Call,
    Callback,
    Closure,
    ConditionsNow,
    Deadline,
    Incident,
    Link,
    Notice,
    Order,
    Position,
    QueueHour,
    Unit,
)

Change = tuple[str, str, Any]

TABLES = (
    "calls", "positions", "incidents", "assignments", "units", "orders", "callbacks", "alarms", "notices", "links",
    "closures", "conditions", "alerts",
)  # fmt: skip
_INNER = (
    "deadlines",
    "reports",
    "counters",
    "ended",
    "closed",
    "switch",
    "clock",
    "legs",
    "owed",
    "callers",
    "past",
    "turns",
    "queue_hours",
    "references",
    "unclaimed",
    "awaited",
    "pages",
    "given",
    "canary",
    "unanswering",
    "waiting",
    "aliases",
    "learnt",
    "asked",
    "journals",
    "catalogues",
)
_BY_AGE = ("ended", "closed", "aliases", "asked")
"""Tables whose order is their meaning: what was written last is last."""
KEEP_ASKED = 20_000
"""Requests that are recognised when they are repeated, the newest: an hour of a room that is asked five a second."""


class Board:
    """Tables by name. Records are immutable; only `apply`, `put` and `undo` change the tables."""

    def __init__(self) -> None:
        self.seq = 0
        self.tables: dict[str, dict[str, Any]] = {name: {} for name in (*TABLES, *_INNER)}
        t = self.tables
        self.calls: dict[str, Call] = t["calls"]
        self.positions: dict[str, Position] = t["positions"]
        self.incidents: dict[str, Incident] = t["incidents"]
        self.assignments: dict[str, Assignment] = t["assignments"]
        self.units: dict[str, Unit] = t["units"]
        self.orders: dict[str, Order] = t["orders"]
        self.callbacks: dict[str, Callback] = t["callbacks"]
        self.alarms: dict[str, Alarm] = t["alarms"]
        self.notices: dict[str, Notice] = t["notices"]
        self.links: dict[str, Link] = t["links"]
        self.closures: dict[str, Closure] = t["closures"]
        self.conditions: dict[str, ConditionsNow] = t["conditions"]
        self.alerts: dict[str, Alert] = t["alerts"]
        self.deadlines: dict[str, Deadline] = t["deadlines"]
        self.queue_hours: dict[str, QueueHour] = t["queue_hours"]
        self.catalogues: dict[str, str] = t["catalogues"]
        self._changes: list[Change] = []
        self._undo: list[Change] = []
        self.undrawn: list[str] = []
        """Steps of the last event that are not drawn in TRANSITIONS: faults of ours, for `decide` to note."""

    # -- reading
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Board) and self.tables == other.tables

    __hash__ = None  # type: ignore[assignment]  # a board changes, so it has none

    def counter(self, name: str) -> int:
        """How many of `name` were made so far."""
        made: int = self.tables["counters"].get(name, 0)
        return made

    def last_report(self, boot: str) -> int:
        """Number of the last report of that switch that is in the journal."""
        number: int = self.tables["reports"].get(boot, 0)
        return number

    def journal_at(self, seq: int) -> str:
        """The id of the journal that entry `seq` belongs to (dispatch/journal/chain.py); "" for none that is known."""
        return next((name for name, first in reversed(self.tables["journals"].items()) if first <= seq), "")

    def mark(self, seq: int) -> str:
        """An entry's number as others are told it: with the id of its journal, so that it names no entry of another
        one, nor of a future that was lost when a backup was put back."""
        return f"{self.journal_at(seq)}:{seq}"

    def marked(self, mark: str) -> int | None:
        """The number in a mark; None when it names none of the entries so far. Whoever read entries of one journal may
        name those of before it in the same way."""
        journal, _, number = mark.rpartition(":")
        if journal not in self.tables["journals"] or not (number.isdecimal() and number.isascii() and len(number) < 16):
            return None
        later = [first for first in self.tables["journals"].values() if first > self.tables["journals"][journal]]
        return seq if 0 < (seq := int(number)) <= min(later, default=self.seq + 1) - 1 else None

    def due(self, now: float) -> list[Deadline]:
        return [d for d in self.deadlines.values() if d.due <= now]

    def snapshot(self) -> dict[str, dict[str, Any]]:
        """The public tables, ready for JSON."""
        return {name: self.tables[name] for name in TABLES}

    # -- changing
    def apply(self, seq: int, event: ev.Event) -> tuple[list[Change], list[Change]]:
        """Folds one event. Returns (changes, the changes that undo them). Raises KeyError for an event about
        something that never was: such an event must not enter the journal."""
        self._changes, self._undo = [], [("", "", self.seq)]
        try:
            if event.src is not None:
                self.write("reports", event.src[0], event.src[1])
            if event.asked is not None:
                self._remember(seq, *event.asked)
            for fold in FOLDS[type(event)]:
                fold(self, seq, event)
        except BaseException:
            self.undo(self._undo)
            raise
        self.seq = seq
        self.undrawn = undrawn(self._steps())
        return self._changes, self._undo

    def _steps(self) -> Iterator[tuple[str, str, Any, Any]]:
        """(table, key, the record before the last event, the record now) for all that it changed, each once."""
        seen = set()
        for table, key, before in self._undo[1:]:
            if (table, key) not in seen:
                seen.add((table, key))
                yield table, key, before, self.tables[table].get(key)

    def put(self, seq: int, changes: list[Change]) -> None:
        """Takes over changes that another board's `apply` returned."""
        for table, key, record in changes:
            if record is None:
                self.tables[table].pop(key, None)
            else:
                self.tables[table][key] = record
        self.seq = seq

    def undo(self, undo: list[Change]) -> None:
        for table, key, record in reversed(undo):
            if not table:
                self.seq = record
            elif record is None:
                self.tables[table].pop(key, None)
            else:
                self.tables[table][key] = record
        for name in {table for table, _, _ in undo}.intersection(_BY_AGE):
            ordered = sorted(self.tables[name].items(), key=lambda item: getattr(item[1], "seq", item[1]))
            self.tables[name].clear()
            self.tables[name].update(ordered)

    def write(self, table: str, key: str, record: Any) -> None:
        """For the folds: puts a record (None: takes it away) and remembers both ways."""
        rows = self.tables[table]
        self._undo.append((table, key, rows.get(key)))
        self._changes.append((table, key, record))
        if record is None or table in _BY_AGE:
            rows.pop(key, None)
        if record is None:
            return
        rows[key] = record

    def change(self, table: str, key: str, **fields: Any) -> Any:
        record = msgspec.structs.replace(self.tables[table][key], **fields)
        self.write(table, key, record)
        return record

    def set_due(self, kind: str, about: str, due: float | None) -> None:
        key = f"{kind}:{about}"
        if due is not None:
            self.write("deadlines", key, Deadline(kind=kind, about=about, due=due))
        elif key in self.deadlines:
            self.write("deadlines", key, None)

    def _remember(self, seq: int, who: str, key: str, digest: str) -> None:
        self.write("asked", f"{who}/{key}", Asked(seq=seq, digest=digest))
        if len(self.tables["asked"]) > KEEP_ASKED:
            self.write("asked", next(iter(self.tables["asked"])), None)

    def count(self, name: str) -> None:
        self.write("counters", name, self.counter(name) + 1)
