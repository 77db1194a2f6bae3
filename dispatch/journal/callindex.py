"""All calls the journal has ever known, one row each, and the board as it was: for the auditor, beside a busy room.

Reads the journal on a worker thread and never from the start twice. A row holds no caller's number: it is found by a
digest that only the master key makes (dispatch/journal/master.py), and is read from the journal where a row is shown,
as long as it can be.
"""

from __future__ import annotations

import threading
from typing import Any

import msgspec

from dispatch import events as ev
from dispatch.board import Board
from dispatch.journal.chain import Entry, Journal, entries_of
from dispatch.journal.replay import take
from routing.numbers import e164

_TELLING = frozenset(
    kind.__name__
    for kind in (
        ev.CallReceived, ev.CallAccepted, ev.CallBridged, ev.CallTransferred, ev.CallEnded, ev.LegLost,
        ev.CallDisposed, ev.IncidentOpened, ev.CallLinked, ev.RecordingSealed, ev.Erased,
    )
)  # fmt: skip
_CHECKPOINT_EVERY = 5000
_CHECKPOINTS = 32


class CallRow(msgspec.Struct, kw_only=True):
    """Times in seconds since 1970, 0 when it did not happen; `seq` of the entry that began the call; `started`
    of each recording by its digest. `erased`: what was recorded of it was erased by law."""

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
    erased: bool = False


class CallIndex:
    """Every method blocks: call it on a thread."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._keys = journal, journal.keys
        self._lock = threading.Lock()
        self._seq = 0
        self._rows: dict[str, CallRow] = {}
        self._numbers: dict[str, str] = {}
        self._checkpoints: list[tuple[int, dict[str, dict[str, Any]]]] = []
        self._board = Board()
        self._erasures = journal.keys.erasures

    def calls(self, before: int = 0, limit: int = 50, text: str = "") -> list[CallRow]:
        """Newest first, begun before entry `before` (0: all); `text` in the id, the incident or the user, or the whole
        number of the caller."""
        with self._lock:
            self._catch_up()
            found, number = [], self._keys.blind((e164(text) or text).encode()) if text else ""
            for row in reversed(self._rows.values()):
                if before and row.seq >= before:
                    continue
                if text and text not in f"{row.call} {row.incident} {row.user}" and self._numbers[row.call] != number:
                    continue
                found.append(row)
                if len(found) == limit:
                    break
        return self._named(found)

    def _named(self, rows: list[CallRow]) -> list[CallRow]:
        """With the callers' numbers, as far as they can still be read."""
        told = ((entry.seq, entry.event) for entry in self._journal.at([row.seq for row in rows]))
        callers = {seq: event.caller for seq, event in told if isinstance(event, ev.CallReceived)}
        return [msgspec.structs.replace(row, caller=callers.get(row.seq, "")) for row in rows]

    def call_of(self, digest: str) -> CallRow | None:
        """The call a recording belongs to."""
        rows: dict[str, CallRow] = {}
        for sealed in self._journal.about(digest):
            if isinstance(event := sealed.event, ev.RecordingSealed):
                call = event.call
                for entry in self._journal.about(call):
                    _take(rows, entry)
                return self._named([rows[call]])[0] if call in rows else None
        return None

    def _catch_up(self) -> None:
        for entry in entries_of(self._journal, self._seq):
            self._seq = entry.seq
            event = _take(self._rows, entry)
            if isinstance(event, ev.CallReceived):
                self._numbers.setdefault(event.call, self._keys.blind(event.caller.encode()) if event.caller else "")
            elif isinstance(event, ev.Erased):
                self._numbers.update((call, "") for call in event.subjects if call in self._numbers)

    def board_at(self, seq: int) -> Board:
        """The board after entry `seq`; a copy that is the caller's own."""
        with self._lock:
            if self._erasures != self._keys.erasures:  # boards of before know what was erased
                self._erasures, self._checkpoints, self._board = self._keys.erasures, [], Board()
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


def _take(rows: dict[str, CallRow], entry: Entry) -> ev.Event | None:
    """Puts what this entry tells of a call into its row. Most entries tell nothing of that, and are not decoded."""
    if entry.kind not in _TELLING:
        return None
    event = entry.event
    row = rows.get(getattr(event, "call", ""))
    if isinstance(event, ev.CallReceived) and row is None:
        rows[event.call] = CallRow(
            call=event.call, seq=entry.seq, received=event.at, service=event.service, test=event.test
        )
    elif row is None:
        return event
    elif isinstance(event, ev.CallAccepted):
        row.user, row.position = event.by, event.position
    elif isinstance(event, ev.CallBridged):
        row.answered, row.position = row.answered or event.at, event.position
    elif isinstance(event, ev.CallTransferred):  # also to a telephone outside, because nobody else came
        row.answered = row.answered or event.at
    elif isinstance(event, ev.CallEnded | ev.LegLost):
        row.ended = event.at
    elif isinstance(event, ev.CallDisposed):
        row.disposition = event.disposition
    elif isinstance(event, ev.IncidentOpened | ev.CallLinked):
        row.incident = event.incident
    elif isinstance(event, ev.RecordingSealed):
        row.recordings += 1
        row.started[event.digest] = event.started
    elif isinstance(event, ev.Erased):
        row.erased = True
    return event


def _copied(tables: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: dict(rows) for name, rows in tables.items()}  # records are immutable, so a shallow copy is enough
