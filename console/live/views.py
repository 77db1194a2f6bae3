"""The board as a desk sees it, and the part of it that a crew sees: their unit, its assignments, their incidents, and
the streets that are closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict, cast

import msgspec

from dispatch.board import TABLES, Board
from dispatch.records import (
    Alarm,
    Alert,
    Assignment,
    Call,
    Callback,
    Closure,
    ConditionsNow,
    Incident,
    Link,
    Notice,
    Order,
    Position,
    Unit,
)


class Tables(TypedDict):
    """The board's public tables: id → record."""

    calls: dict[str, Call]
    positions: dict[str, Position]
    incidents: dict[str, Incident]
    assignments: dict[str, Assignment]
    units: dict[str, Unit]
    orders: dict[str, Order]
    callbacks: dict[str, Callback]
    alarms: dict[str, Alarm]
    notices: dict[str, Notice]
    links: dict[str, Link]
    closures: dict[str, Closure]
    conditions: dict[str, ConditionsNow]
    alerts: dict[str, Alert]


class Put(TypedDict, total=False):
    """What an entry changed: id → the record now, null when it is gone."""

    calls: dict[str, Call | None]
    positions: dict[str, Position | None]
    incidents: dict[str, Incident | None]
    assignments: dict[str, Assignment | None]
    units: dict[str, Unit | None]
    orders: dict[str, Order | None]
    callbacks: dict[str, Callback | None]
    alarms: dict[str, Alarm | None]
    notices: dict[str, Notice | None]
    links: dict[str, Link | None]
    closures: dict[str, Closure | None]
    conditions: dict[str, ConditionsNow | None]
    alerts: dict[str, Alert | None]


_EVERYBODYS = ("closures", "conditions")


def put_for_desk(changes: Iterable[tuple[str, str, Any]]) -> Put:
    """table → id → record or None, of the public tables only."""
    put: dict[str, dict[str, Any]] = {}
    for table, key, record in changes:
        if table in TABLES:
            put.setdefault(table, {})[key] = record
    return cast(Put, put)


def _concerns(board: Board, table: str, key: str, record: Any, unit: str) -> bool:
    match record:
        case Assignment():
            return record.unit == unit
        case Incident():
            return any(_unit_of(board, name) == unit for name in record.assignments)
        case Unit():
            return record.id == unit
        case Closure() | ConditionsNow():
            return True
        case None:  # a name alone tells nothing, and what leaves the board must leave the crew's page as well
            return table in ("assignments", "incidents", *_EVERYBODYS) or (table == "units" and key == unit)
    return False


def _unit_of(board: Board, assignment: str) -> str:
    found = board.assignments.get(assignment)
    return found.unit if found else ""


def put_for_unit(board: Board, changes: Iterable[tuple[str, str, Any]], unit: str) -> Put:
    """As `put_for_desk`, with what concerns `unit`. An assignment never changes its unit, so the answer for an
    entry is the same whenever it is asked."""
    put: dict[str, dict[str, Any]] = {}
    for table, key, record in changes:
        if _concerns(board, table, key, record, unit):
            put.setdefault(table, {})[key] = _without_rivals(record)
    return cast(Put, put)


def board_for_unit(board: Board, unit: str) -> Tables:
    """The public tables with what concerns `unit`."""
    tables: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
    for table in ("units", "assignments", "incidents", *_EVERYBODYS):
        rows = board.tables[table].items()
        tables[table] = {key: _without_rivals(one) for key, one in rows if _concerns(board, table, key, one, unit)}
    return cast(Tables, tables)


def _without_rivals(record: Any) -> Any:
    """An incident without the ranking, which tells where all the other units are."""
    return msgspec.structs.replace(record, candidates=()) if isinstance(record, Incident) else record
