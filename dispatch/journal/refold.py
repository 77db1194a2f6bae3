"""Folds a journal of which parts may be damaged: each fault is noted, and what is behind it counts. Pure.

An entry is believed as far as it can be read, also where its digest does not fit: a call that is shown with a wrong
letter is better than one that is not shown. What is wrong is an alarm, and for `siaga verify` to judge.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from dispatch import events as ev
from dispatch.board import Board
from dispatch.journal.chain import GENESIS, Entry, Journal, JournalUnavailable, digest_of, entries_of
from dispatch.journal.replay import take

_NAMED = 5
_NOTED = b'{"event":"DiscrepancyNoted"'


class Faults(msgspec.Struct):
    """How many entries are wrong, and of the first ones which and how."""

    count: int = 0
    named: list[str] = []

    def note(self, what: str, count: int = 1) -> None:
        self.count += count
        if len(self.named) < _NAMED:
            self.named.append(what[:160])

    def __str__(self) -> str:
        more = f"; +{self.count - len(self.named)}" if self.count > len(self.named) else ""
        return "; ".join(self.named) + more


def refolded(
    journal: Journal, board: Board, progress: Callable[[int], None] = lambda seq: None
) -> tuple[Entry | None, Faults]:
    """Brings `board` to the journal's end. (the entry that the next one is chained to; what is wrong). Blocking. Raises
    JournalUnavailable when nothing of it can be read."""
    last: Entry | None = None
    faults = Faults()
    for entry in entries_of(journal):
        expected = last.seq + 1 if last else 1
        if entry.seq < expected:
            faults.note(f"entry {entry.seq} comes after {expected - 1}")
            continue
        if entry.seq > expected:
            which = f"entry {expected} is" if entry.seq == expected + 1 else f"entries {expected}–{entry.seq - 1} are"
            faults.note(f"{which} missing", entry.seq - expected)
        fits = digest_of(last.digest if last else GENESIS, entry.seq, entry.recorded, entry.body) == entry.digest
        event = entry.event
        why = take(board, entry.seq, event)
        if isinstance(event, ev.DiscrepancyNoted) and not entry.body.startswith(_NOTED):
            faults.note(f"entry {entry.seq} cannot be read")
        elif why:
            faults.note(f"entry {entry.seq} {why}")
        elif not fits and entry.seq == expected:
            faults.note(f"entry {entry.seq} was changed")
        # A time that was changed must not become the time of all that follows.
        before = last.recorded if last else 0
        last = entry if fits else msgspec.structs.replace(entry, recorded=before)
        if entry.seq % 20_000 == 0:
            progress(entry.seq)
    return _the_end(journal, last, faults), faults


def _the_end(journal: Journal, last: Entry | None, faults: Faults) -> Entry | None:
    """Entries at the very end that cannot be read are there all the same: nothing may be written in their place."""
    try:
        top = journal.last()
    except JournalUnavailable:
        return last
    known = last.seq if last else 0
    if top is None or not known < top.seq < known + 2**31:
        return last
    faults.note(f"entries {known + 1}–{top.seq} are missing", top.seq - known)
    return msgspec.structs.replace(top, recorded=last.recorded if last else 0)
