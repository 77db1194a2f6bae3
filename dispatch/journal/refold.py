"""Folds a journal of which parts may be damaged: each fault is noted, and what is behind it counts. Pure.

An entry is believed as far as it can be read, also where its digest does not fit: a call that is shown with a wrong
letter is better than one that is not shown. What is wrong is an alarm, and for `siaga verify` to judge.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from dispatch import events as ev
from dispatch.board import Board
from dispatch.journal.chain import Journal, JournalUnavailable, Tail, entries_of, fits
from dispatch.journal.replay import take
from routing.text import Text, text

_NAMED = 5


class Faults(msgspec.Struct):
    """How many entries are wrong, and of the first ones which and how. `locked`: how many have personal fields that
    cannot be opened although no entry erases them."""

    count: int = 0
    named: list[Text] = []
    locked: int = 0

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


def refolded(journal: Journal, board: Board, progress: Callable[[int], None] = lambda seq: None) -> tuple[Tail, Faults]:
    """Brings `board` to the journal's end. (what the next entry is chained to; what is wrong). Blocking. Raises
    JournalUnavailable when nothing of it can be read."""
    tail, faults = Tail(), Faults()
    locked: dict[str, int] = {}
    for entry in entries_of(journal):
        expected = tail.seq + 1
        if entry.seq < expected:
            faults.note(text("journal.out-of-order", seq=entry.seq, before=expected - 1))
            continue
        if entry.seq > expected:
            faults.note(_missing(expected, entry.seq - 1), entry.seq - expected)
        whole = fits(entry, tail.digest)
        found = entry.read()
        event = found if isinstance(found, ev.Event) else entry.event
        why = take(board, entry.seq, event)
        if found is not event:
            faults.note(text("journal.entry-unreadable", seq=entry.seq))
        elif why:
            faults.note(text("journal.entry-not-folded", seq=entry.seq, detail=why[:120]))
        elif not whole and entry.seq == expected:
            faults.note(text("journal.entry-changed", seq=entry.seq))
        if event.erased:
            locked[entry.said.subject] = locked.get(entry.said.subject, 0) + 1
        elif isinstance(event, ev.Erased):
            for subject in event.subjects:
                locked.pop(subject, None)
        # A time that was changed must not become the time of all that follows.
        tail = entry.tail if whole else Tail(entry.seq, entry.digest, tail.recorded)
        if entry.seq % 20_000 == 0:
            progress(entry.seq)
    faults.locked = sum(locked.values())
    return _the_end(journal, tail, faults), faults


def _the_end(journal: Journal, tail: Tail, faults: Faults) -> Tail:
    """Entries at the very end that cannot be read are there all the same: nothing may be written in their place."""
    try:
        top = journal.last()
    except JournalUnavailable:
        return tail
    if top is None or not tail.seq < top.seq < tail.seq + 2**31:
        return tail
    faults.note(_missing(tail.seq + 1, top.seq), top.seq - tail.seq)
    return Tail(top.seq, top.digest, tail.recorded)
