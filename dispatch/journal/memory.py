"""A journal for tests and for trying a policy; it forgets everything at exit."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dispatch.journal.chain import Entry, erased_by
from dispatch.journal.keys import Keys
from dispatch.journal.subjects import key


class MemoryJournal:
    def __init__(self, keys: Keys | None = None) -> None:
        self.keys = keys or Keys()
        self._entries: list[Entry] = []
        self._about: dict[str, list[int]] = {}

    def append(self, entries: list[Entry]) -> None:
        for entry in entries:
            if entry.seq != len(self._entries) + 1:
                raise ValueError(f"entry {entry.seq} does not follow entry {len(self._entries)}")
            self._entries.append(entry)
            for thing in entry.said.subjects:
                self._about.setdefault(thing, []).append(entry.seq)
        if erased := erased_by(entries):
            self.keys.erase(erased)
            self._entries = [e.closed() if e.seq < erased.get(e.said.subject, 0) else e for e in self._entries]

    def read(self, after: int = 0, limit: int = 1000) -> list[Entry]:
        return self._entries[after : after + limit]

    def at(self, seqs: Collection[int]) -> list[Entry]:
        return [self._entries[seq - 1] for seq in sorted(seqs) if 0 < seq <= len(self._entries)]

    def about(self, thing: str, after: int = 0, upto: int | None = None) -> list[Entry]:
        found = self._about.get(key(thing), ())
        return [self._entries[seq - 1] for seq in found if after < seq and (upto is None or seq <= upto)]

    def mentions(self, upto: int) -> Iterable[tuple[str, int]]:
        return ((thing, seq) for thing, found in self._about.items() for seq in found if seq <= upto)

    def last(self) -> Entry | None:
        return self._entries[-1] if self._entries else None

    def prove(self) -> None:
        pass

    def close(self) -> None:
        pass
