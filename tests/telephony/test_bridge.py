"""Orders, media changes and strangers in any order on a bridge that gives freed slots away again: who hears whom is
what the modes say, and what was wrong for a moment is mended and told."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from telephony.bridge_watch import said_of
from telephony.room.wire import OrderMessage
from telephony.switch import actions as do
from telephony.switch.bridge import Bridge, Wrong
from telephony.switch.flows import flows
from telephony.switch.orders import carry_out
from tests.telephony.legs import CALL, NOW, a_switch


class Library:
    """The conference bridge as pjsua has it: a port at the first free slot, everything else done with the next frame,
    in order. What is asked of a slot after its port went meets whoever has it then."""

    def __init__(self) -> None:
        self.ports: list[object | None] = [object()]
        self.joined: set[tuple[int, int]] = set()
        self.queue: list[tuple] = []

    def new(self) -> int:
        slot = next((n for n, port in enumerate(self.ports) if port is None), len(self.ports))
        self.ports[slot : slot + 1] = [object()]
        return slot

    def take_away(self, slot: int, at_once: bool) -> None:
        if at_once:
            self._gone(slot)
            self.queue = [one for one in self.queue if slot not in one[1:]]
        else:
            self.queue.append((self._gone, slot))

    def _gone(self, slot: int) -> None:
        self.ports[slot] = None
        self.joined = {pair for pair in self.joined if slot not in pair}

    def join(self, source: int, sink: int) -> None:
        self.queue.append((self._join, source, sink))

    def _join(self, source: int, sink: int) -> None:
        if self.ports[source] and self.ports[sink]:
            self.joined.add((source, sink))

    def part(self, source: int, sink: int) -> None:
        self.queue.append((lambda *pair: self.joined.discard(pair), source, sink))

    def listeners(self, slot: int) -> list[int]:
        return [sink for source, sink in self.joined if source == slot]

    def slots(self) -> list[int]:
        return [n for n, port in enumerate(self.ports) if port]

    def frame(self) -> None:
        queue, self.queue = self.queue, []
        for what, *where in queue:
            what(*where)


class Lines(RuleBasedStateMachine):
    """Two callers, two seats and a party; the pure switch decides, the bridge is told, the library is slow."""

    NAMES = ("c1", "c2", "s1", "s2", "c1-A1")

    def __init__(self) -> None:
        super().__init__()
        self.library = Library()
        self.bridge = Bridge(self.library)
        self.slots: dict[str, int] = {}
        self.switch = a_switch(announce_after=0)
        self.number, self.told, self.meddled = 0, [], False
        for seat in ("s1", "s2"):
            self.switch.position_in(seat, seat.replace("s", "P"), "sari", NOW)
        for call in ("c1", "c2"):
            self.switch.invited(call, CALL, "10.0.0.1", "", NOW)
        self.order("dial", call="c1", party="A1", uri="sip:x")
        for name in self.NAMES:
            self.line(name)
            self.carry_out(self.switch.up(name, NOW))

    def line(self, name: str) -> None:
        self.slots[name] = self.library.new()
        self.bridge.add(name, lambda: self.slots[name])

    def carry_out(self, actions: do.Actions) -> None:
        for action in actions:
            if isinstance(action, do.Hear):
                self.bridge.join(action.speaker, action.listener)
            elif isinstance(action, do.Deafen):
                self.bridge.part(action.speaker, action.listener)

    def order(self, what: str, **fields) -> None:
        self.number += 1
        self.carry_out(carry_out(self.switch, OrderMessage(number=self.number, do=what, **fields), NOW))

    @rule(call=st.sampled_from(["c1", "c2"]), seat=st.sampled_from(["P1", "P2"]), mode=st.sampled_from(["", "listen"]))
    def connected(self, call, seat, mode):
        self.order("connect", call=call, position=seat, mode=mode)

    @rule(call=st.sampled_from(["c1", "c2"]), mode=st.sampled_from(["held", "talk"]), party=st.sampled_from(["", "A1"]))
    def held(self, call, mode, party):
        self.order("mode", call=call, party=party, mode=mode)

    @rule(seat=st.sampled_from(["P1", "P2"]))
    def left(self, seat):
        self.order("leave", position=seat)

    @rule(name=st.sampled_from(NAMES), at_once=st.booleans(), between=st.integers(0, 2))
    def media_changed(self, name, at_once, between):
        """The old port goes, others may take its slot, and the new one may have its number."""
        if self.slots[name] >= 0:
            self.library.take_away(self.slots[name], at_once)
        for _ in range(between):
            self.library.new()  # somebody else's
        self.slots[name] = self.library.new()
        self.bridge.renew(name)

    @rule(name=st.sampled_from(NAMES), at_once=st.booleans())
    def media_gone(self, name, at_once):
        if self.slots[name] >= 0:
            self.library.take_away(self.slots[name], at_once)
        self.slots[name] = -1
        self.bridge.renew(name)

    @rule(one=st.integers(1, 8), other=st.integers(1, 8))
    def somebody_meddles(self, one, other):
        if one != other and max(one, other) < len(self.library.ports):
            self.library.frame()
            if (one, other) in self.library.joined:
                self.library.joined.remove((one, other))
            else:
                self.library._join(one, other)
            self.meddled = True

    @rule()
    def looked(self):
        """A round of the watch: all lines, strangers, and what was seen is believed after the fence."""
        for _ in range(6):
            self.told += self.bridge.look(said_of(self.switch, list(self.switch.legs)))
            self.bridge.look_for_strangers()
            self.library.frame()
        self.meddled = False

    @rule()
    def frame(self):
        self.library.frame()

    @precondition(lambda self: not self.meddled)
    @invariant()
    def everybody_hears_whom_the_modes_say(self):
        self.library.frame()
        said = set()
        for call in ("c1", "c2"):
            said |= flows((self.switch.legs[call], *self.switch.members(call)))
        at = {slot: name for name, slot in self.slots.items() if slot >= 0}
        heard = {(at.get(sink), at.get(source)) for source, sink in self.library.joined if source}
        assert heard == {(a, b) for a, b in said if self.slots[a] >= 0 and self.slots[b] >= 0}


Lines.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestLines = pytest.mark.fault(11, 1)(Lines.TestCase)


class Quiet(Lines):
    """The same without anybody who meddles: the watch has nothing to tell, however slow the library is."""

    somebody_meddles = None

    @rule()
    def glanced(self):
        self.told += self.bridge.look(said_of(self.switch, list(self.switch.legs)))

    @invariant()
    def nothing_is_told(self):
        assert not self.told


Quiet.everybody_hears_whom_the_modes_say = None
Quiet.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestQuiet = pytest.mark.fault(11, 1)(Quiet.TestCase)


def watched(*names: str) -> tuple[Library, Bridge, dict[str, int]]:
    library = Library()
    bridge, slots = Bridge(library), {}
    for name in names:
        slots[name] = library.new()
        bridge.add(name, lambda name=name: slots[name])
    return library, bridge, slots


@pytest.mark.fault(11, 1)
@pytest.mark.parametrize("heard", [True, False], ids=["joined", "parted"])
def test_what_somebody_did_behind_our_back_is_mended_and_told_once(heard):
    library, bridge, slots = watched("a", "b")
    if not heard:
        bridge.join("a", "b")
    said = {"a": set() if heard else {"b"}, "b": set()}
    library.frame()
    library.joined ^= {(slots["a"], slots["b"])}
    told = []
    for _ in range(5):
        told += bridge.look(said)
        library.frame()
    assert told == [Wrong("a", "b", heard)]
    assert library.joined == ({(slots["a"], slots["b"])} if not heard else set())


@pytest.mark.fault(11, 1)
def test_a_library_that_does_nothing_for_a_while_is_not_taken_for_a_wrong_one():
    library, bridge, _ = watched("a", "b")
    bridge.join("a", "b")
    for _ in range(50):
        assert bridge.look({"a": {"b"}, "b": set()}) == []


@pytest.mark.fault(11, 1)
def test_a_stranger_on_the_bridge_is_parted_and_told():
    library, bridge, slots = watched("a")
    stranger = library.new()
    library.joined.add((stranger, slots["a"]))
    told = []
    for _ in range(4):
        told += bridge.look({"a": set()})
        bridge.look_for_strangers()
        library.frame()
    assert told == [Wrong("", "a", True)] and not library.listeners(stranger)


@pytest.mark.fault(11, 1)
def test_what_the_bridge_was_not_told_of_follows_the_modes():
    library, bridge, slots = watched("a", "b")
    bridge.join("a", "b")
    assert bridge.look({"a": set(), "b": {"a"}}) == [Wrong("a", "b", True), Wrong("b", "a", False)]
    library.frame()
    assert library.listeners(slots["a"]) == [] and library.listeners(slots["b"]) == [slots["a"]]
