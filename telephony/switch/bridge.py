"""Which lines, players and recorders are joined on the library's bridge: what is wanted, and that it is so. Pure.

Theory of operation. The library makes a line's port anew whenever its media change (hold, another address, another
codec), takes the old one away by itself, and gives the number of a port that is gone (its slot) to the next one. So no
slot is kept here: ends have names, and where one is now is asked for at each use. What is wanted is kept. When a line
has a new port all that is wanted from and to it is joined again; nothing is ever parted on an old one.

The watch (`look`) compares the bridge with what the modes say. The library does what it is asked a frame or so later,
in the order it was asked. So a difference is believed only once something asked for after it was seen has been done
(the fence), with nothing else asked for at that line meanwhile: no clock has a part in it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Protocol

import msgspec

SILENCE = "silence"
"""Always there; what is joined to it gets frames of nothing."""


def player(leg: str) -> str:
    """The name of what is played to this leg."""
    return f"{leg} player"


def recorder(leg: str) -> str:
    return f"{leg} recorder"


class Ports(Protocol):
    """The library's bridge, by slots; slot 0 is SILENCE. Nothing raises: what cannot be done is seen by the watch."""

    def join(self, source: int, sink: int) -> None: ...
    def part(self, source: int, sink: int) -> None: ...
    def listeners(self, slot: int) -> Collection[int]: ...
    def slots(self) -> Collection[int]: ...


class Wrong(msgspec.Struct, frozen=True):
    """`listener` heard `speaker` and should not (`heard`), or should and did not. It is mended. Names; "" of an end
    that is none of ours."""

    speaker: str
    listener: str
    heard: bool


class Bridge:
    """Every method is called on one thread."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._where: dict[str, Callable[[], int]] = {}
        self._sinks: dict[str, set[str]] = {}
        self._sources: dict[str, set[str]] = {}
        self._asked: dict[str, int] = {}
        self._doubts: dict[tuple[str, int, int], int] = {}
        self._behind: dict[tuple[str, int, int], int] | None = None
        self._fences = 0
        self.add(SILENCE, lambda: 0)

    def add(self, name: str, where: Callable[[], int]) -> None:
        """`where()`: the slot that it has now, -1 when it has none."""
        self._where[name] = where
        self._sinks[name], self._sources[name] = set(), set()
        self._asked[name] = 0

    def remove(self, name: str) -> None:
        """It is over; the library takes its port away."""
        if self._where.pop(name, None) is None:
            return
        for sink in self._sinks.pop(name):
            self._sources[sink].discard(name)
        for source in self._sources.pop(name):
            self._sinks[source].discard(name)
            self._asked[source] += 1
        del self._asked[name]

    def join(self, source: str, sink: str) -> None:
        """`sink` hears `source` from now on, and again whenever one of them has a new port."""
        if source in self._where and sink in self._where:
            self._sinks[source].add(sink)
            self._sources[sink].add(source)
            self._do(self._ports.join, source, sink)

    def part(self, source: str, sink: str) -> None:
        if sink in self._sinks.get(source, ()):
            self._sinks[source].discard(sink)
            self._sources[sink].discard(source)
            self._do(self._ports.part, source, sink)

    def renew(self, name: str) -> None:
        """Its port may be another one now, even where the slot's number is the same. Joining twice does no harm."""
        for sink in self._sinks.get(name, ()):
            self._do(self._ports.join, name, sink)
        for source in self._sources.get(name, ()):
            self._do(self._ports.join, source, name)

    def _do(self, what: Callable[[int, int], None], source: str, sink: str) -> None:
        self._asked[source] += 1
        there, here = self._where[source](), self._where[sink]()
        if there >= 0 and here >= 0:
            what(there, here)

    # -- the watch
    def look(self, said: Mapping[str, Collection[str]]) -> list[Wrong]:
        """`said`: of these lines, which others hear each by the modes. Returns what was wrong with any line, and is
        mended. Call it again and again: what is seen once is told when the fence has been passed."""
        found = self._believed()
        for speaker, listeners in said.items():
            if speaker in self._where:
                found += self._obey(speaker, {name for name in listeners if name in self._where})
                for source in (speaker, player(speaker)):
                    self._doubt(source)
        if self._doubts and self._behind is None:
            self._fence()
        return found

    def pending(self) -> int:
        """Asks something of the library that harms nobody, and gives the number of what it was asked and has not done;
        0 when it has done all. It does so within a frame: the same number after a second, and no sound flows."""
        if self._behind is None:
            self._fence()
        asked = self._behind is not None
        return 0 if asked == (0 in self._ports.listeners(0)) else self._fences

    def look_for_strangers(self) -> None:
        """Ports that are none of ours and are heard by somebody."""
        known = {where() for where in self._where.values()}
        for slot in self._ports.slots():
            if slot not in known:
                for sink in self._ports.listeners(slot):
                    self._doubts.setdefault(("", slot, sink), 0)

    def _obey(self, speaker: str, said: set[str]) -> list[Wrong]:
        """What is wanted follows the modes, whatever became of an order to join or to part."""
        wanted = self._sinks[speaker] - {recorder(speaker)}
        for listener in wanted - said:
            self.part(speaker, listener)
        for listener in said - wanted:
            self.join(speaker, listener)
        return [Wrong(speaker, listener, listener in wanted) for listener in wanted ^ said]

    def _doubt(self, source: str) -> None:
        slot = self._where[source]() if source in self._where else -1
        if slot < 0:
            return
        for sink in self._wanted(source) ^ set(self._ports.listeners(slot)):
            self._doubts.setdefault((source, slot, sink), self._asked[source])

    def _wanted(self, source: str) -> set[int]:
        return {slot for sink in self._sinks[source] if (slot := self._where[sink]()) >= 0}

    def _fence(self) -> None:
        """Silence hears itself: that harms nobody. It begins when the last one is out of the way."""
        if 0 not in self._ports.listeners(0):
            self._behind, self._doubts = self._doubts, {}
            self._fences += 1
            self._ports.join(0, 0)

    def _believed(self) -> list[Wrong]:
        if self._behind is None or 0 not in self._ports.listeners(0):
            return []
        self._fences += 1
        self._ports.part(0, 0)
        doubts, self._behind = self._behind, None
        return [self._mended(*doubt) for doubt, asked in doubts.items() if self._still(*doubt, asked)]

    def _still(self, source: str, slot: int, sink: int, asked: int) -> bool:
        heard = sink in self._ports.listeners(slot)
        if not source:
            return heard and slot not in {where() for where in self._where.values()}
        if source not in self._where or self._asked[source] != asked or self._where[source]() != slot:
            return False  # it was changed meanwhile, and is looked at anew
        return heard != (sink in self._wanted(source))

    def _mended(self, source: str, slot: int, sink: int) -> Wrong:
        heard = sink in self._ports.listeners(slot)
        (self._ports.part if heard else self._ports.join)(slot, sink)
        listener = next((name for name, where in self._where.items() if where() == sink), "")
        return Wrong(source, listener, heard)
