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
from routing.text import Text, text

_NAMED = 5
_NOTED = b'{"event":"DiscrepancyNoted"'


class Faults(msgspec.Struct):
    """How many entries are wrong, and of the first ones which and how."""

    count: int = 0
    named: list[Text] = []

    def note(self, what: Text, count: int = 1) -> None:
        self.count += count
        if len(self.named) < _NAMED:
            self.named.append(what)

    def texts(self) -> tuple[Text, ...]:
        """The first ones, and how many more there are."""
        more = self.count - len(self.named)
        return (*self.named, text("journal.and-more", count=more)) if more > 0 else tuple(self.named)


def _missing(first: int, last: int) -> Text:
    if first == last:
        return text("journal.entry-missing", seq=first)
    return text("journal.entries-missing", seq=first, upto=last)


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
            faults.note(text("journal.out-of-order", seq=entry.seq, before=expected - 1))
            continue
        if entry.seq > expected:
            faults.note(_missing(expected, entry.seq - 1), entry.seq - expected)
        fits = digest_of(last.digest if last else GENESIS, entry.seq, entry.recorded, entry.body) == entry.digest
        event = entry.event
        why = take(board, entry.seq, event)
        if isinstance(event, ev.DiscrepancyNoted) and not entry.body.startswith(_NOTED):
            faults.note(text("journal.entry-unreadable", seq=entry.seq))
        elif why:
            faults.note(text("journal.entry-not-folded", seq=entry.seq, detail=why[:120]))
        elif not fits and entry.seq == expected:
            faults.note(text("journal.entry-changed", seq=entry.seq))
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
    faults.note(_missing(known + 1, top.seq), top.seq - known)
    return msgspec.structs.replace(top, recorded=last.recorded if last else 0)
