"""The keys under which what the journal says of people is sealed: one for each subject, wrapped under a master key.

Theory of operation. AES-256-GCM, bound to the journal, the number and the subject of the entry, so that sealed bytes
open in their own place only. A key is made where its subject is first written of since this process began, and named by
that entry's number: nobody who decides waits for the database. It is written in one transaction with the first entry
that needs it (sql.py). An erasure deletes all keys of a subject; what comes about it afterwards has a new one. Any
thread may ask.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dispatch.journal.chain import SALT_BYTES, Entry, Leaf, Sealed
from dispatch.journal.master import Masters

_KEY_BYTES, _NONCE_BYTES = 32, 12
_IN_USE, _OPENED = 5_000, 20_000
"""Keys that are remembered for sealing and for opening; a busy city has as many calls in a week."""
Named = tuple[str, int]
"""A key: its subject, and the number of the entry that it was made for."""


def bound(journal: str, seq: int, subject: str) -> bytes:
    """What the sealed part of an entry is bound to."""
    return b"%b %d %b" % (journal.encode(), seq, subject.encode())


def words_digest(salted: bytes) -> str:
    return hashlib.sha256(salted).hexdigest()


class Keys:
    def __init__(self, masters: Masters | None = None) -> None:
        self.masters = masters or Masters()
        self._lock = threading.Lock()
        self._in_use: dict[str, tuple[int, AESGCM]] = {}
        self._opened: dict[Named, AESGCM] = {}
        self._unwritten: dict[Named, bytes] = {}
        self._late: dict[Named, None] = {}
        self._erased: dict[str, int] = {}
        self.erasures = 0
        """How many times keys were deleted since this process began."""

    # -- for who writes
    def seal(self, journal: str, seq: int, subject: str, words: bytes) -> Sealed:
        number, cipher = self._in_use.get(subject) or self._make(subject, seq)
        random = os.urandom(_NONCE_BYTES + SALT_BYTES)
        nonce, salted = random[:_NONCE_BYTES], random[_NONCE_BYTES:] + words
        blob = nonce + cipher.encrypt(nonce, salted, bound(journal, seq, subject))
        return Sealed(number, blob, words_digest(salted), salted)

    def _make(self, subject: str, seq: int) -> tuple[int, AESGCM]:
        key = AESGCM.generate_key(8 * _KEY_BYTES)
        made = (seq, AESGCM(key))
        wrapped = self.masters.current().wrap(key, _name(subject, seq))
        with self._lock:
            self._in_use[subject] = made
            self._unwritten[subject, seq] = wrapped
            _bounded(self._in_use, _IN_USE)
            _remember(self._opened, (subject, seq), made[1])
        return made

    def renew(self, subjects: Iterable[str]) -> None:
        with self._lock:
            for subject in subjects:
                self._in_use.pop(subject, None)

    def to_write(self, entries: Iterable[Entry]) -> list[tuple[str, int, bytes]]:
        """(subject, number, wrapped) of the keys that these entries are the first to need, and of those before that
        could not be written."""
        with self._lock:
            needed = dict.fromkeys((e.said.subject, e.said.key) for e in entries if e.sealed)
            needed |= dict.fromkeys(self._late)
            return [(*name, self._unwritten[name]) for name in needed if name in self._unwritten]

    def not_written(self, rows: Iterable[tuple[str, int, bytes]]) -> None:
        """The entries are written and these could not be: they are tried again with the next ones."""
        with self._lock:
            self._late |= dict.fromkeys((subject, number) for subject, number, _ in rows)

    @property
    def late(self) -> int:
        """How many keys could not be written so far, although their entries are."""
        return len(self._late)

    def written(self, rows: Iterable[tuple[str, int, bytes]]) -> None:
        with self._lock:
            for subject, number, _ in rows:
                self._unwritten.pop((subject, number), None)
                self._late.pop((subject, number), None)

    def erase(self, erased: dict[str, int]) -> None:
        """Nothing here opens what was sealed for these before the entry with that number."""
        with self._lock:
            self._erased |= erased
            self.erasures += 1
            for subject, seq in erased.items():
                if self._in_use.get(subject, (seq, None))[0] < seq:
                    del self._in_use[subject]
            kept: dict[Named, Any]
            for kept in (self._opened, self._unwritten, self._late):
                for name in [one for one in kept if one[1] < erased.get(one[0], 0)]:
                    del kept[name]

    # -- for who reads
    def known(self, leaves: Iterable[Leaf]) -> dict[Named, AESGCM]:
        """What opens these, as far as it is known already. It is the reader's own: keys that are learnt meanwhile, by
        whatever thread, push others out of what is remembered here."""
        named = {(one.subject, one.key) for one in leaves if one.sealed}
        return {name: cipher for name in named if (cipher := self._opened.get(name)) is not None}

    def learn(self, rows: Iterable[tuple[str, int, bytes]]) -> dict[Named, AESGCM]:
        """Keys as they are kept. One whose master key is not here, or that somebody changed, opens nothing."""
        learnt: dict[Named, AESGCM] = {}
        for subject, number, wrapped in rows:
            if number < self._erased.get(subject, 0):
                continue
            if (known := self._opened.get((subject, number))) is not None:
                learnt[subject, number] = known
                continue
            master = self.masters.of(wrapped)
            key = master.unwrap(wrapped, _name(subject, number)) if master else None
            if key is not None and len(key) == _KEY_BYTES:
                with self._lock:
                    if number >= self._erased.get(subject, 0):
                        learnt[subject, number] = AESGCM(key)
                        _remember(self._opened, (subject, number), learnt[subject, number])
        return learnt

    def open(self, said: Leaf, blob: bytes, ciphers: dict[Named, AESGCM]) -> bytes | None:
        """Salt and words; None when they cannot be opened. `ciphers`: of `known` and `learn`."""
        cipher = ciphers.get((said.subject, said.key))
        if cipher is None or said.key < self._erased.get(said.subject, 0):
            return None
        try:
            place = bound(said.journal, said.seq, said.subject)
            salted = cipher.decrypt(blob[:_NONCE_BYTES], blob[_NONCE_BYTES:], place)
        except (InvalidTag, ValueError):
            return None
        return salted if len(salted) > SALT_BYTES else None

    # -- what is no entry
    def wrap(self, content: bytes, bound: bytes) -> bytes:
        return self.masters.current().wrap(content, bound)

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes | None:
        """None when its master key is not here, or it was changed."""
        master = self.masters.of(wrapped)
        return master.unwrap(wrapped, bound) if master else None

    def blind(self, what: bytes) -> str:
        """A digest that stays the same while the master key does; nobody without it can guess from what it is."""
        return self.masters.current().blind(what).hex()


def _name(subject: str, number: int) -> bytes:
    return b"key %d %b" % (number, subject.encode())


def _remember(kept: dict[Named, AESGCM], name: Named, cipher: AESGCM) -> None:
    kept[name] = cipher
    _bounded(kept, _OPENED)


def _bounded(kept: dict[Any, Any], most: int) -> None:
    if len(kept) > most:
        del kept[next(iter(kept))]
