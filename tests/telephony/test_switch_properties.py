"""Lines, room and time do what they like; what must hold for every caller holds all the same."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, precondition, rule

from dispatch import events as ev
from telephony.messages.sip import Invite
from telephony.room.wire import OrderMessage
from telephony.switch import actions as do
from telephony.switch.flows import flows
from telephony.switch.orders import carry_out
from tests.telephony.legs import CALL, NOW, a_switch


class AnyOrderOfThings(RuleBasedStateMachine):
    """Lines, room and time do what they like; the sentences below hold all the same."""

    legs = Bundle("legs")

    def __init__(self) -> None:
        super().__init__()
        self.now, self.count, self.number = NOW, 0, 0
        self.switch = a_switch(announce_after=10, room_silent_after=5, alternate_centre="sip:112@other")
        self.orders: set[int] = set()
        self.settled: dict[int, int] = {}
        self.joined: set[tuple[str, str]] = set()
        self.playing: dict[str, str] = {}
        self.answered: set[str] = set()

    def note(self, actions: do.Actions) -> None:
        for action in actions:
            if isinstance(action, do.Hear):
                assert (action.listener, action.speaker) not in self.joined
                self.joined.add((action.listener, action.speaker))
            elif isinstance(action, do.Deafen):
                self.joined.remove((action.listener, action.speaker))
            elif isinstance(action, do.Play):
                self.playing[action.leg] = action.sounds[-1]
            elif isinstance(action, do.Silence):
                self.playing.pop(action.leg, None)
            elif isinstance(action, do.Answer):
                assert action.leg not in self.answered, "answered twice"
                self.answered.add(action.leg)
            elif isinstance(action, do.Tell) and isinstance(action.event, ev.OrderDone | ev.OrderFailed):
                self.settled[action.event.order] = self.settled.get(action.event.order, 0) + 1

    @rule(target=legs, source=st.sampled_from(["10.0.0.1", "10.0.0.2"]), test=st.booleans())
    def caller(self, source, test):
        self.count += 1
        leg = f"c{self.count}"
        invite = Invite(service="test.sos") if test else CALL
        self.note(self.switch.invited(leg, invite, source, "", self.now))
        return leg

    @rule(target=legs, position=st.sampled_from(["P1", "P2"]))
    def seat(self, position):
        self.count += 1
        self.note(self.switch.position_in(f"s{self.count}", position, "sari", self.now))
        return f"s{self.count}"

    @rule(leg=legs)
    def sound(self, leg):
        if leg in self.answered:
            self.note(self.switch.up(leg, self.now))

    @precondition(lambda self: any(x.kind == "party" or x.out for x in self.switch.legs.values()))
    @rule(answers=st.booleans())
    def whom_we_called(self, answers):
        leg = next(x.id for x in self.switch.legs.values() if x.kind == "party" or x.out)
        self.note(self.switch.up(leg, self.now) if answers else self.end(leg))

    @rule(leg=consumes(legs))
    def gone(self, leg):
        self.note(self.end(leg))

    def end(self, leg: str) -> do.Actions:
        self.playing.pop(leg, None)
        return self.switch.ended(leg, "caller", None, self.now)

    @rule(
        leg=legs,
        position=st.sampled_from(["P1", "P2"]),
        kind=st.sampled_from(["connect", "hangup", "ring", "leave", "play", "place", "dtmf"]),
        mode=st.sampled_from(["", "talk", "listen", "whisper", "barge"]),
    )
    def order(self, leg, position, kind, mode):
        call = f"o{self.number}" if kind == "place" else leg
        self.ordered(do=kind, call=call, position=position, mode=mode, sounds=("hold_on",), text="1")

    def ordered(self, **fields):
        self.number += 1
        self.orders.add(self.number)
        self.note(carry_out(self.switch, OrderMessage(number=self.number, **fields), self.now))

    @rule(leg=legs, party=st.sampled_from(["", "A1"]), mode=st.sampled_from(["talk", "held", "listen"]))
    def a_mode(self, leg, party, mode):
        self.ordered(do="mode", call=leg, party=party, mode="talk" if mode == "listen" and not party else mode)

    @rule(leg=legs)
    def a_party(self, leg):
        if not self.switch.party(leg, "A1"):
            self.ordered(do="dial", call=leg, party="A1", uri="sip:a@x")

    @rule(seconds=st.sampled_from([0.25, 3.0, 11.0]), silent=st.booleans())
    def time_passes(self, seconds, silent):
        self.now += seconds
        self.note(self.switch.tick(self.now, silent))

    @invariant()
    def every_caller_rings_or_waits_or_talks(self):
        for leg in self.switch.legs.values():
            if leg.kind != "caller" or not leg.up:
                continue
            hears_somebody = any(listener == leg.id for listener, _ in self.joined)
            assert hears_somebody or self.playing.get(leg.id), leg

    @invariant()
    def nobody_rings_longer_than_the_setting(self):
        for leg in self.switch.legs.values():
            if leg.kind == "caller" and not leg.answered:
                assert self.now < leg.announce_at + 11.0

    @invariant()
    def the_bridge_is_what_the_modes_say(self):
        said = set()
        for leg in self.switch.legs.values():
            if leg.kind == "caller":
                said |= flows((leg, *self.switch.members(leg.id)))
        assert said == self.joined

    @invariant()
    def everybody_is_in_one_conversation(self):
        for leg in self.switch.legs.values():
            inside = [c.id for c in self.switch.legs.values() if leg in self.switch.members(c.id)]
            assert len(inside) <= 1 and (leg.kind == "caller" or inside == [leg.call] or (not inside and not leg.call)
                                         or leg.kind == "party"), leg  # fmt: skip

    @invariant()
    def whoever_is_not_attended_is_looked_after(self):
        """No caller waits for somebody who is not coming."""
        for leg in self.switch.legs.values():
            if leg.kind == "caller" and leg.want:
                assert leg.want in self.switch.legs

    @invariant()
    def an_order_is_settled_once_or_still_wanted(self):
        wanted = [number for leg in self.switch.legs.values() if leg.order for _, number in [leg.order]]
        assert len(wanted) == len(set(wanted))
        assert set(self.settled) | set(wanted) == self.orders and not set(self.settled) & set(wanted)
        assert all(count == 1 for count in self.settled.values())


AnyOrderOfThings.TestCase.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
TestAnyOrderOfThings = AnyOrderOfThings.TestCase
