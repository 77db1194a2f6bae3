"""What an erasure takes off the board: all that the entries that it closed have put there, and no more.

A board that is folded anew, when those entries can no longer be read, has come to the same: what they put on it without
their personal fields is taken off by this same entry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dispatch import events as ev
from dispatch.folds.aliases import unlearn_of
from dispatch.folds.callers import forget
from dispatch.folds.location_link import revoke
from dispatch.folds.locations import take_unclaimed
from dispatch.folds.table import fold_table
from dispatch.personal import emptied

if TYPE_CHECKING:
    from dispatch.board import Board

FOLDS, _of = fold_table()
_EMPTIED: dict[str, Callable[[Any], tuple[str, ...]]] = {
    "calls": lambda call: (call.id,),
    "incidents": lambda incident: (incident.id,),
    "assignments": lambda job: (job.id, job.incident),
    "notices": lambda notice: (notice.incident or notice.call or notice.id, notice.id),
    "orders": lambda order: (order.call,),
    "alarms": lambda alarm: (alarm.call or alarm.incident or alarm.alert,),
    "alerts": lambda alert: (alert.id, alert.incident),
}
"""Under whose keys the personal fields of each table's records lie (dispatch/journal/subjects.py)."""


@_of(ev.Erased)
def _erased(board: Board, seq: int, e: ev.Erased) -> None:
    gone = frozenset(e.subjects)
    for table, owners in _EMPTIED.items():
        for key, record in list(board.tables[table].items()):
            if not gone.isdisjoint(owners(record)):
                board.write(table, key, emptied(record))
                if table == "notices" and not record.settled:  # nobody knows any more to whom it goes
                    board.change(table, key, state="given_up", settled=e.at, again=0.0)
                    board.set_due("notice", key, None)
    for table in ("calls", "incidents"):
        for key in gone & board.tables[table].keys():
            board.change(table, key, erased=True)
    for call in gone & board.links.keys():
        revoke(board, call)
        board.write("links", call, None)
        board.set_due("link", call, None)
    for call in gone & board.tables["references"].keys():
        board.write("references", call, None)
    for aml in [name for name in board.tables["unclaimed"] if f"aml-{name}" in gone]:
        take_unclaimed(board, int(aml))
    for call in gone & board.tables["past"].keys():
        forget(board, call)
    unlearn_of(board, gone)
