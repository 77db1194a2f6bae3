"""What still waits when the clock is set is told by the new clock; when the room was away, everybody has their time
again. What goes by the calendar (shifts, closures until nine o'clock) stays where it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from dispatch import events as ev
from dispatch.folds.table import fold_table

if TYPE_CHECKING:
    from dispatch.board import Board

FOLDS, _of = fold_table()

_CALENDAR = frozenset({"shift", "reopen", "conditions"})
_HELP = frozenset({"overflow", "places"})
"""Deadlines that bring help to who waits and judge nobody: these come no later."""


def _all(record: Any) -> bool:
    return True


_TIMES: dict[str, tuple[Callable[[Any], bool], tuple[str, ...]]] = {
    "calls": (
        lambda call: call.state != "ended",
        ("received", "announced", "answered", "waiting_since", "silent_since", "told"),
    ),
    "positions": (_all, ("idle_since",)),
    "orders": (_all, ("issued", "expires")),
    "notices": (lambda notice: not notice.settled, ("ordered", "expires", "again")),
    "links": (lambda link: not link.closed, ("sent", "expires", "last_place")),
    "alerts": (lambda alert: alert.state == "open", ("received", "texted", "answered")),
    "assignments": (lambda job: job.active, ("assigned", "acknowledged", "en_route", "on_scene")),
    "incidents": (lambda incident: incident.state == "open", ("opened", "recommended")),
    "closures": (_all, ("since",)),
    "units": (_all, ("fix_at", "status_at")),
    "unclaimed": (_all, ("received",)),
    "canary": (_all, ("started", "rang", "answered", "heard_out", "heard_back", "ended")),
}
"""What of each table is still measured against, and which of its records are."""
_STAMPS = ("waiting", "unanswering", "references")
"""Tables of bare times."""


@_of(ev.ClockStepped)
def _clock_stepped(board: Board, seq: int, e: ev.ClockStepped) -> None:
    if e.of != "room":
        return  # the switch moves what it waits for by itself
    if "origin" in board.tables["clock"]:  # the next start is held against the clock as it is now
        board.write("clock", "origin", board.tables["clock"]["origin"] + e.seconds)
    for key, deadline in list(board.deadlines.items()):
        if deadline.kind not in _CALENDAR:
            board.change("deadlines", key, due=deadline.due + e.seconds)
    for table, (waits, names) in _TIMES.items():
        for key, record in list(board.tables[table].items()):
            times = {name: at + e.seconds for name in names if (at := getattr(record, name))}
            if waits(record) and times:
                board.change(table, key, **times)
    for table in _STAMPS:
        for key, at in list(board.tables[table].items()):
            board.write(table, key, at + e.seconds)
    for call in [one for one in board.calls.values() if any(reference.due for reference in one.references)]:
        again = tuple(msgspec.structs.replace(r, due=r.due + e.seconds if r.due else 0.0) for r in call.references)
        board.change("calls", call.id, references=again)


@_of(ev.ProcessStalled)
def _process_stalled(board: Board, seq: int, e: ev.ProcessStalled) -> None:
    if e.of == "room":
        for key, deadline in list(board.deadlines.items()):
            if deadline.kind not in _CALENDAR | _HELP:
                board.change("deadlines", key, due=deadline.due + e.seconds)


@_of(ev.RoomStarted)
def _room_started(board: Board, seq: int, e: ev.RoomStarted) -> None:
    if e.journal:
        board.write("journals", e.journal, seq)
    board.write("clock", "kernel", e.kernel)
    board.write("clock", "origin", e.origin)
    for key, deadline in list(board.deadlines.items()):
        if deadline.kind not in _CALENDAR | _HELP and deadline.due < e.at + e.patience:
            board.change("deadlines", key, due=e.at + e.patience)
