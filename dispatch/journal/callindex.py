"""All calls the journal has ever known, one row each, and the board as it was: for the auditor, beside a busy room.

Reads the journal on a worker thread and never from the start twice.
"""

from __future__ import annotations

import threading
from typing import Any

import msgspec

from dispatch import events as ev
from dispatch.board import Board
from dispatch.journal.chain import Entry, Journal, entries_of
from dispatch.journal.replay import take


def _begins(*kinds: type[ev.Event]) -> tuple[bytes, ...]:
    return tuple(b'{"event":"%b"' % kind.__name__.encode() for kind in kinds)


_TELLING = _begins(
    ev.CallReceived, ev.CallAccepted, ev.CallBridged, ev.CallEnded, ev.LegLost, ev.CallDisposed, ev.IncidentOpened,
    ev.CallLinked, ev.RecordingSealed,
)  # fmt: skip
_SEALED = _begins(ev.RecordingSealed)
_CHECKPOINT_EVERY = 5000
_CHECKPOINTS = 32


class CallRow(msgspec.Struct, kw_only=True):
    """Times in seconds since 1970, 0 when it did not happen; `seq` of the entry that began the call; `started`
    of each recording by its digest."""

    call: str
    seq: int
    received: float
    caller: str = ""
    service: str = ""
    position: str = ""
    user: str = ""
    answered: float = 0.0
    ended: float = 0.0
    disposition: str = ""
    incident: str = ""
    recordings: int = 0
    started: dict[str, float] = {}
    test: bool = False


class CallIndex:
    """Every method blocks: call it on a thread."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._lock = threading.Lock()
        self._seq = 0
        self._rows: dict[str, CallRow] = {}
        self._checkpoints: list[tuple[int, dict[str, dict[str, Any]]]] = []
        self._board = Board()

    def calls(self, before: int = 0, limit: int = 50, text: str = "") -> list[CallRow]:
        """Newest first, begun before entry `before` (0: all); `text` in the id, the number or the incident."""
        with self._lock:
            self._catch_up()
            found = []
            for row in reversed(self._rows.values()):
                if before and row.seq >= before:
                    continue
                if text and text not in f"{row.call} {row.caller} {row.incident} {row.user}":
                    continue
                found.append(row)
                if len(found) == limit:
                    break
            return found

    def call_of(self, digest: str) -> CallRow | None:
        """The call a recording belongs to."""
        rows: dict[str, CallRow] = {}
        for sealed in self._journal.about(digest):
            if sealed.body.startswith(_SEALED):
                call = getattr(sealed.event, "call", "")
                for entry in self._journal.about(call):
                    _take(rows, entry)
                return rows.get(call)
        return None

    def _catch_up(self) -> None:
        for entry in entries_of(self._journal, self._seq):
            self._seq = entry.seq
            _take(self._rows, entry)

    def board_at(self, seq: int) -> Board:
        """The board after entry `seq`; a copy that is the caller's own."""
        with self._lock:
            if seq < self._board.seq:
                self._back_to(seq)
            for entry in entries_of(self._journal, self._board.seq, upto=seq):
                take(self._board, entry.seq, entry.event)
                if entry.seq % _CHECKPOINT_EVERY == 0 and entry.seq > (self._checkpoints or [(0, {})])[-1][0]:
                    self._checkpoints.append((entry.seq, _copied(self._board.tables)))
                    if len(self._checkpoints) > _CHECKPOINTS:  # every second one will do
                        self._checkpoints = self._checkpoints[1::2]
            copy = Board()
            copy.seq = self._board.seq
            for name, rows in self._board.tables.items():
                copy.tables[name].update(rows)
            return copy

    def _back_to(self, seq: int) -> None:
        self._board = Board()
        for kept, tables in reversed(self._checkpoints):
            if kept <= seq:
                self._board.seq = kept
                for name, rows in tables.items():
                    self._board.tables[name].update(rows)
                return


def _take(rows: dict[str, CallRow], entry: Entry) -> None:
    """Puts what this entry tells of a call into its row. Most entries tell nothing of that, and are not decoded."""
    if not entry.body.startswith(_TELLING):
        return
    event = entry.event
    row = rows.get(getattr(event, "call", ""))
    if isinstance(event, ev.CallReceived) and row is None:
        rows[event.call] = CallRow(
            call=event.call, seq=entry.seq, received=event.at, caller=event.caller, service=event.service,
            test=event.test,
        )  # fmt: skip
    elif row is None:
        return
    elif isinstance(event, ev.CallAccepted):
        row.user, row.position = event.by, event.position
    elif isinstance(event, ev.CallBridged):
        row.answered, row.position = row.answered or event.at, event.position
    elif isinstance(event, ev.CallEnded | ev.LegLost):
        row.ended = event.at
    elif isinstance(event, ev.CallDisposed):
        row.disposition = event.disposition
    elif isinstance(event, ev.IncidentOpened | ev.CallLinked):
        row.incident = event.incident
    elif isinstance(event, ev.RecordingSealed):
        row.recordings += 1
        row.started[event.digest] = event.started


def _copied(tables: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: dict(rows) for name, rows in tables.items()}  # records are immutable, so a shallow copy is enough
