"""Entries for tests: of events, and of bytes that are none."""

from __future__ import annotations

import msgspec

from dispatch import events as ev
from dispatch.journal.chain import Entry, Sealer, Tail, chained, digest_of, read_leaf
from dispatch.journal.keys import Keys
from dispatch.journal.subjects import key

KEYS = Keys()
JOURNAL = "0123456789abcdef"


def entry_after(before: Entry | None, recorded: float, event: ev.Event, keys: Sealer = KEYS) -> Entry:
    """The entry that follows `before` (None: the first)."""
    return chained(before.tail if before else Tail(), before.journal if before else JOURNAL, recorded, event, keys)


def raw_after(before: Entry, leaf: bytes) -> Entry:
    """An entry of any bytes, with the digest that belongs to them."""
    return Entry(before.seq + 1, leaf, b"", digest_of(before.digest, leaf), read_leaf(leaf))


def leaf_of(seq: int, event: str, *subjects: str, **body: object) -> bytes:
    """A leaf as another version of ours might write it."""
    said = {"seq": seq, "journal": JOURNAL, "recorded": 1.0, "happened": 1.0, "event": event}
    return msgspec.json.encode(said | {"subjects": [key(one) for one in subjects], "body": body})
