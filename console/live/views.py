"""The board as a desk sees it, and the part of it that a crew sees: their unit, its assignments, their incidents, and
the streets that are closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from dispatch.board import TABLES, Board
from dispatch.records import Assignment, Closure, ConditionsNow, Incident, Unit

Put = dict[str, dict[str, Any]]
_EVERYBODYS = ("closures", "conditions")


def put_for_desk(changes: Iterable[tuple[str, str, Any]]) -> Put:
    """table → id → record or None, of the public tables only."""
    put: Put = {}
    for table, key, record in changes:
        if table in TABLES:
            put.setdefault(table, {})[key] = record
    return put


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
    put: Put = {}
    for table, key, record in changes:
        if _concerns(board, table, key, record, unit):
            put.setdefault(table, {})[key] = _without_rivals(record)
    return put


def board_for_unit(board: Board, unit: str) -> dict[str, dict[str, Any]]:
    """The public tables with what concerns `unit`."""
    tables: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
    for table in ("units", "assignments", "incidents", *_EVERYBODYS):
        rows = board.tables[table].items()
        tables[table] = {key: _without_rivals(one) for key, one in rows if _concerns(board, table, key, one, unit)}
    return tables


def _without_rivals(record: Any) -> Any:
    """An incident without the ranking, which tells where all the other units are."""
    return msgspec.structs.replace(record, candidates=()) if isinstance(record, Incident) else record
