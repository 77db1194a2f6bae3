"""What moves fast between nodes: the units' fixes in, the committed entries out. In one process, or through Redis.

The journal is the truth. A bus may lose what it held; it is filled again from the journal, and fixes arrive anew.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

import msgspec
import redis
from twisted.internet import threads
from twisted.logger import Logger
from twisted.python.failure import Failure

from dispatch.events import Fix
from dispatch.journal.chain import Entry, read_leaf
from routing.location import distance_m

log = Logger()
KEEP = 20_000
"""Entries that a bus remembers; who is further behind reads the journal."""


class BusUnavailable(Exception):
    """The bus cannot be reached; one node goes on without it."""


class Bus(Protocol):
    def sight(self, fix: Fix) -> bool:
        """Keeps a unit's newest fix. False when that or a newer one is known already; of the same place at the same
        time only what is thought of it can change."""

    def fixes(self) -> dict[str, Fix]:
        """The newest fix of each unit."""

    def near(self, lat: float, lon: float, metres: float) -> list[str]:
        """Units whose newest fix is within `metres` of the point (degrees), nearest first. Any thread may ask."""

    def publish(self, entries: list[Entry]) -> None:
        """Entries in journal order, as they are kept: what is sealed stays sealed. Those that are there already are
        passed over."""

    def read(self, after: int, limit: int = 1000) -> list[Entry] | None:
        """Entries with seq > after, in order; None when the bus no longer has the next one: read the journal."""

    def clock_set(self, step: float, now: float) -> None:
        """The clock was set by `step` seconds: what is kept by the old one keeps nothing newer out."""

    def close(self) -> None: ...


class MemoryBus:
    """The default: one process."""

    def __init__(self) -> None:
        self._fixes: dict[str, Fix] = {}
        self._entries: deque[Entry] = deque(maxlen=KEEP)

    def sight(self, fix: Fix) -> bool:
        known = self._fixes.get(fix.unit)
        if known is not None and (known.at > fix.at or known == fix or (known.at == fix.at and _elsewhere(known, fix))):
            return False
        self._fixes[fix.unit] = fix
        return True

    def fixes(self) -> dict[str, Fix]:
        return dict(self._fixes)

    def clock_set(self, step: float, now: float) -> None:
        """The wall clock was set forward by `step` seconds: fixes are as old as before, and none is of the future, for
        a newer one must be able to take its place."""
        self._fixes = {name: moved(fix, step, now) for name, fix in self._fixes.items()}

    def near(self, lat: float, lon: float, metres: float) -> list[str]:
        away = {name: distance_m(lat, lon, fix.lat, fix.lon) for name, fix in self.fixes().items()}
        return sorted((name for name, far in away.items() if far <= metres), key=lambda name: away[name])

    def publish(self, entries: list[Entry]) -> None:
        for entry in entries:
            if not self._entries or entry.seq > self._entries[-1].seq:
                self._entries.append(entry.closed())

    def read(self, after: int, limit: int = 1000) -> list[Entry] | None:
        if not self._entries or self._entries[0].seq > after + 1:
            return None
        start = after + 1 - self._entries[0].seq
        return [self._entries[i] for i in range(start, min(len(self._entries), start + limit))]

    def close(self) -> None:
        pass


def moved(fix: Fix, step: float, now: float) -> Fix:
    """The fix by a clock that was set forward by `step` seconds."""
    return msgspec.structs.replace(fix, at=min(fix.at + step, now))


def _elsewhere(one: Fix, other: Fix) -> bool:
    return (one.lat, one.lon) != (other.lat, other.lon)


_FIX_LATER = """
local text = redis.call('HGET', KEYS[1], ARGV[1])
if text then
    local known, at = cjson.decode(text), tonumber(ARGV[2])
    local same = known.lat == tonumber(ARGV[5]) and known.lon == tonumber(ARGV[4])
    if known.at > at or text == ARGV[3] or (known.at == at and not same) then return 0 end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('GEOADD', KEYS[2], ARGV[4], ARGV[5], ARGV[1])
return 1
"""
_PACK = msgspec.msgpack.Encoder()
_UNPACK = msgspec.msgpack.Decoder(tuple[int, bytes, bytes, bytes])


def _packed(entry: Entry) -> bytes:
    return _PACK.encode((entry.seq, entry.leaf, entry.sealed, entry.digest))


def _unpacked(packed: bytes) -> Entry:
    seq, leaf, sealed, digest = _UNPACK.decode(packed)
    return Entry(seq, leaf, sealed, digest, read_leaf(leaf))


class RedisBus:
    """Streams for entries (the id of entry 17 is 17-0), GEO and one hash for fixes. Blocking; see `Mirror`."""

    def __init__(self, url: str, prefix: str = "siaga", timeout: float = 1.0) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=timeout, socket_connect_timeout=timeout)
        self._stream, self._hash, self._geo = f"{prefix}:journal", f"{prefix}:fixes", f"{prefix}:places"
        self._fix_later = self._redis.register_script(_FIX_LATER)

    @staticmethod
    def _asked(answer: object) -> Any:
        """The client's types allow for text and for answers that come later; ours are bytes, at once."""
        return answer

    def _newest(self) -> int:
        """The number of the newest entry of the stream, 0 for none."""
        rows: list[tuple[bytes, object]] = self._asked(self._redis.xrevrange(self._stream, count=1))
        return int(rows[0][0].split(b"-")[0]) if rows else 0

    def sight(self, fix: Fix) -> bool:
        told: list[str | bytes] = [fix.unit, repr(fix.at), msgspec.json.encode(fix), repr(fix.lon), repr(fix.lat)]
        try:
            return bool(self._fix_later(keys=[self._hash, self._geo], args=told))
        except redis.RedisError as wrong:
            raise BusUnavailable(str(wrong)) from wrong

    def fixes(self) -> dict[str, Fix]:
        try:
            rows: dict[bytes, bytes] = self._asked(self._redis.hgetall(self._hash))
        except redis.RedisError as wrong:
            raise BusUnavailable(str(wrong)) from wrong
        return {name.decode(): msgspec.json.decode(body, type=Fix) for name, body in rows.items()}

    def forget_fixes(self) -> None:
        """They are by a clock that was set since, and would keep newer ones out; units tell theirs again."""
        try:
            self._redis.delete(self._hash, self._geo)
        except redis.RedisError as wrong:
            raise BusUnavailable(str(wrong)) from wrong

    def near(self, lat: float, lon: float, metres: float) -> list[str]:
        try:
            asked = self._redis.geosearch(self._geo, longitude=lon, latitude=lat, radius=metres, unit="m", sort="ASC")
            found: list[bytes] = self._asked(asked)
        except redis.RedisError as wrong:
            raise BusUnavailable(str(wrong)) from wrong
        return [name.decode() for name in found]

    def publish(self, entries: list[Entry]) -> None:
        try:
            top = self._newest()
            with self._redis.pipeline(transaction=False) as pipe:
                for entry in entries:
                    if entry.seq > top:
                        packed = _packed(entry)
                        pipe.xadd(self._stream, {"e": packed}, id=f"{entry.seq}-0", maxlen=KEEP, approximate=True)
                pipe.execute()
        except redis.RedisError as wrong:
            raise BusUnavailable(str(wrong)) from wrong

    def read(self, after: int, limit: int = 1000) -> list[Entry] | None:
        try:
            rows: list[tuple[bytes, dict[bytes, bytes]]] = self._asked(
                self._redis.xrange(self._stream, min=f"{after + 1}-0", count=limit)
            )
            if not rows:
                newest = self._newest()
                return [] if newest and newest <= after else None
        except redis.RedisError as wrong:
            raise BusUnavailable(str(wrong)) from wrong
        found = [_unpacked(fields[b"e"]) for _, fields in rows]
        return found if found[0].seq == after + 1 else None

    def close(self) -> None:
        self._redis.close()


class Mirror:
    """Joins a room in one process to Redis without ever waiting for it: own fixes and entries at once in memory,
    copies on a thread, other nodes' fixes every second. When Redis is away, this node works as before."""

    def __init__(
        self, remote: RedisBus, journal_read: Callable[[int, int], list[Entry]], seq: Callable[[], int]
    ) -> None:
        self._remote, self._local = remote, MemoryBus()
        self._read, self._seq = journal_read, seq
        self._fresh: dict[str, Fix] = {}
        self._sent, self._busy = 0, False
        self._anew = False
        self.trouble = ""

    def sight(self, fix: Fix) -> bool:
        newer = self._local.sight(fix)
        if newer:
            self._fresh[fix.unit] = fix
        return newer

    def fixes(self) -> dict[str, Fix]:
        return self._local.fixes()

    def clock_set(self, step: float, now: float) -> None:
        self._local.clock_set(step, now)
        self._anew = True
        self._fresh = self._local.fixes()

    def near(self, lat: float, lon: float, metres: float) -> list[str]:
        """Of all nodes' units in this very moment, while Redis is there."""
        try:
            return self._remote.near(lat, lon, metres)
        except BusUnavailable:
            return self._local.near(lat, lon, metres)

    def publish(self, entries: list[Entry]) -> None:
        self._local.publish(entries)

    def read(self, after: int, limit: int = 1000) -> list[Entry] | None:
        return self._local.read(after, limit)

    def close(self) -> None:
        self._remote.close()

    def exchange(self) -> None:
        """Called on the reactor's thread, about every second; the work is done on another one."""
        if not self._busy:
            self._busy = True
            fresh, self._fresh = self._fresh, {}
            anew, self._anew = self._anew, False
            threads.deferToThread(self._exchange, fresh, self._seq(), anew).addCallbacks(
                self._exchanged, self._failed, callbackArgs=(), errbackArgs=(fresh, anew)
            )

    def _exchange(self, fresh: dict[str, Fix], top: int, anew: bool) -> dict[str, Fix]:
        until = time.monotonic() + 5.0
        if anew:
            self._remote.forget_fixes()
        for fix in fresh.values():
            self._remote.sight(fix)
        if self._sent == 0:  # what Redis lost is filled again from the journal
            self._sent = max(0, top - KEEP)
        while self._sent < top and time.monotonic() < until:
            page = self._read(self._sent, 1000)
            if not page:
                break
            self._remote.publish(page)
            self._sent = page[-1].seq
        return self._remote.fixes()

    def _exchanged(self, theirs: dict[str, Fix]) -> None:
        self._busy, self.trouble = False, ""
        if self._anew:
            return  # the clock was set meanwhile, and these are by the old one
        for fix in theirs.values():
            self._local.sight(fix)

    def _failed(self, failure: Failure, fresh: dict[str, Fix], anew: bool) -> None:
        self._busy, self._sent = False, 0
        self._anew = self._anew or anew
        self._fresh = fresh | self._fresh
        if not self.trouble:
            log.warn("Redis is away, this node goes on alone: {why}", why=failure.getErrorMessage())
        self.trouble = failure.getErrorMessage()
