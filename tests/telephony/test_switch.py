"""What the switch does with its legs: stories first, then any order of things at all."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, precondition, rule

from dispatch import events as ev
from telephony import switch as do
from telephony.sip import Invite
from telephony.wire import Order

NOW = 1000.0
CALL = Invite(method="INVITE", target="urn:service:sos", called="urn:service:sos", service="sos", caller="+62811")


def a_switch(**rules) -> do.Switch:
    return do.Switch("b1", do.Rules(**rules))


def with_seat(switch: do.Switch, leg: str = "s1", position: str = "P1", now: float = NOW) -> do.Switch:
    switch.position_in(leg, position, "sari", now)
    switch.up(leg, now)
    return switch


def told(actions: do.Actions, kind: type) -> list:
    return [a.event for a in actions if isinstance(a, do.Tell) and isinstance(a.event, kind)]


def connect(number: int = 1, call: str = "c1", position: str = "P1", **more) -> Order:
    return Order(number=number, do="connect", call=call, position=position, **more)


def test_a_call_rings_is_ordered_to_a_position_and_is_bridged_when_its_sound_is_up():
    switch = with_seat(a_switch())
    first = switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    assert first[0] == do.Ring("c1") and told(first, ev.CallReceived)[0].service == "sos"
    assert switch.ordered(connect(), NOW + 1) == [do.Answer("c1")]
    bridged = switch.up("c1", NOW + 2)
    assert bridged[0] == do.Bridge("c1", "s1")
    assert told(bridged, ev.CallBridged)[0].position == "P1" and told(bridged, ev.OrderDone)[0].order == 1


def test_a_caller_whom_nobody_answers_hears_the_announcement_once():
    switch = a_switch(announce_after=10)
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    assert switch.tick(NOW + 9.9, False) == []
    assert switch.tick(NOW + 10, False) == [do.Answer("c1")]
    assert switch.tick(NOW + 10.2, False) == []
    assert switch.up("c1", NOW + 11)[0] == do.Play("c1", "announcement", loop=True)
    assert switch.tick(NOW + 90, False) == []


def test_the_announcement_stops_when_a_call_taker_comes():
    switch = with_seat(a_switch(announce_after=0))
    assert do.Answer("c1") in switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    switch.up("c1", NOW)
    assert switch.ordered(connect(), NOW + 3)[:2] == [do.Silence("c1"), do.Bridge("c1", "s1")]


def test_a_repeated_order_is_answered_as_the_first_time_and_carried_out_once():
    switch = with_seat(a_switch(announce_after=0))
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    switch.up("c1", NOW)
    switch.ordered(connect(), NOW)
    again = switch.ordered(connect(), NOW + 1)
    assert [type(a) for a in again] == [do.Tell] and told(again, ev.OrderDone)[0].order == 1


def test_orders_that_cannot_be_carried_out_say_why():
    switch = with_seat(a_switch())
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)

    def why(order: Order) -> str:
        return told(switch.ordered(order, NOW), ev.OrderFailed)[0].why

    assert why(connect(1, "gone")) == "there is no such call here"
    assert why(connect(2, position="P9")) == "that position has no audio here"
    assert why(connect(3, expires=NOW - 1)) == "the order came too late"
    assert why(Order(number=4, do="dance")) == "unknown order 'dance'"
    assert why(Order(number=5, do="hangup", call="gone")) == "there is no such call here"


def test_two_callers_are_never_connected_to_one_position():
    switch = with_seat(a_switch())
    for leg in ("c1", "c2"):
        switch.invited(leg, CALL, "10.0.0.1", "", NOW)
    switch.ordered(connect(1, "c1"), NOW)
    refused = switch.ordered(connect(2, "c2"), NOW)
    assert told(refused, ev.OrderFailed)[0].why == "that position is in another call"
    switch.up("c1", NOW)
    assert switch.legs["s1"].partner == "c1" and switch.legs["c2"].partner == ""


def test_a_newer_order_for_the_same_call_settles_the_older_one():
    switch = with_seat(with_seat(a_switch()), "s2", "P2")
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    switch.ordered(connect(1), NOW)
    replaced = switch.ordered(connect(2, position="P2"), NOW + 1)
    assert told(replaced, ev.OrderFailed)[0].order == 1
    assert told(switch.up("c1", NOW + 2), ev.OrderDone)[0].order == 2


def test_a_call_is_handed_over_without_a_gap():
    switch = with_seat(with_seat(a_switch(announce_after=0)), "s2", "P2")
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    switch.up("c1", NOW)
    switch.ordered(connect(1), NOW)
    moved = switch.ordered(connect(2, position="P2"), NOW + 60)
    assert moved[:2] == [do.Part("c1", "s1"), do.Bridge("c1", "s2")]
    assert switch.legs["s1"].partner == ""


def test_a_caller_whose_call_taker_breaks_away_is_kept_and_told():
    switch = with_seat(a_switch(announce_after=0))
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    switch.up("c1", NOW)
    switch.ordered(connect(), NOW)
    broken = switch.ended("s1", "failure", "408", NOW + 60)
    assert do.Part("s1", "c1") in broken and do.Play("c1", "announcement", loop=True) in broken
    assert told(broken, ev.PositionLegDown) and "c1" in switch.legs


def test_a_position_that_vanishes_while_the_caller_is_being_answered_fails_the_order():
    switch = with_seat(a_switch())
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    switch.ordered(connect(), NOW)
    assert told(switch.ended("s1", "failure", "", NOW + 1), ev.OrderFailed)[0].at == NOW + 1
    assert switch.up("c1", NOW + 2)[0] == do.Play("c1", "announcement", loop=True)


def test_a_reloaded_page_takes_the_place_of_the_old_one():
    switch = with_seat(a_switch())
    assert do.Hangup("s1") in switch.position_in("s2", "P1", "sari", NOW + 5)
    switch.up("s2", NOW + 6)
    assert switch.holds() == ((), {"P1": "s2"})


def test_a_test_call_hears_itself_and_reaches_nobody():
    switch = with_seat(a_switch())
    test = Invite(target="urn:service:test.sos", service="test.sos")
    assert do.Answer("c1") in switch.invited("c1", test, "10.0.0.1", "", NOW)
    assert switch.up("c1", NOW) == [do.Bridge("c1", "c1")]
    assert switch.tick(NOW + 100, True) == []


def test_when_the_room_is_silent_the_longest_idle_position_gets_the_call_with_a_tone():
    switch = with_seat(with_seat(a_switch(room_silent_after=5), "s2", "P2", NOW - 9), "s1", "P1", NOW)
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    assert switch.tick(NOW + 5, False) == []
    assert switch.tick(NOW + 5, True) == [do.Answer("c1")]
    bridged = switch.up("c1", NOW + 6)
    assert bridged[:2] == [do.Play("s2", "zip"), do.Bridge("c1", "s2")]


def test_without_room_and_positions_the_alternate_centre_is_dialled_for_every_caller():
    switch = a_switch(room_silent_after=5, alternate_centre="sip:112@other")
    for leg in ("c1", "c2"):
        switch.invited(leg, CALL, "10.0.0.1", "", NOW)
    dialled = [a for a in switch.tick(NOW + 5, True) if isinstance(a, do.Dial)]
    assert [d.uri for d in dialled] == ["sip:112@other"] * 2
    for leg in ("c1", "c2", *(d.leg for d in dialled)):
        last = switch.up(leg, NOW + 6)
    assert told(last, ev.CallBridged)[0].position == "alternate centre"
    assert switch.legs["c1"].partner == dialled[0].leg and switch.legs["c2"].partner == dialled[1].leg


def test_an_alternate_centre_that_does_not_answer_is_tried_again_but_not_at_once():
    switch = a_switch(room_silent_after=5, alternate_centre="sip:112@other")
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    (first,) = [a.leg for a in switch.tick(NOW + 5, True) if isinstance(a, do.Dial)]
    switch.up("c1", NOW + 5)
    switch.ended(first, "failure", "503", NOW + 6)
    assert switch.tick(NOW + 7, True) == []
    assert [type(a) for a in switch.tick(NOW + 15, True)] == [do.Dial]


def test_a_caller_who_gives_up_takes_the_call_to_the_alternate_centre_along():
    switch = a_switch(alternate_centre="sip:112@other")
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    (dialled,) = [a.leg for a in switch.tick(NOW + 9, True) if isinstance(a, do.Dial)]
    assert do.Hangup(dialled) in switch.ended("c1", "caller", "200", NOW + 10)


def test_calls_beyond_the_limits_are_refused_and_reported_once_a_while():
    switch = a_switch(max_calls=3, max_calls_per_source=2)
    for leg in ("c1", "c2"):
        assert switch.refusal("10.0.0.1", NOW) is None
        switch.invited(leg, CALL, "10.0.0.1", "", NOW)
    assert len(switch.refusal("10.0.0.1", NOW)) == 1
    assert switch.refusal("10.0.0.1", NOW + 1) == []
    assert switch.refusal("10.0.0.2", NOW) is None
    switch.ended("c1", "caller", "", NOW)
    assert switch.refusal("10.0.0.1", NOW + 2) is None


class AnyOrderOfThings(RuleBasedStateMachine):
    """Lines, room and time do what they like; the sentences below hold all the same."""

    legs = Bundle("legs")

    def __init__(self) -> None:
        super().__init__()
        self.now, self.count, self.number = NOW, 0, 0
        self.switch = a_switch(announce_after=10, room_silent_after=5, alternate_centre="sip:112@other", max_calls=20)
        self.orders: set[int] = set()
        self.settled: dict[int, int] = {}
        self.joined: set[frozenset[str]] = set()
        self.playing: dict[str, str] = {}
        self.answered: set[str] = set()

    def note(self, actions: do.Actions) -> None:
        for action in actions:
            if isinstance(action, do.Bridge):
                self.joined.add(frozenset((action.a, action.b)))
            elif isinstance(action, do.Part):
                self.joined.remove(frozenset((action.a, action.b)))
            elif isinstance(action, do.Play):
                self.playing[action.leg] = action.sound
            elif isinstance(action, do.Silence):
                del self.playing[action.leg]
            elif isinstance(action, do.Answer):
                assert action.leg not in self.answered, "answered twice"
                self.answered.add(action.leg)
            elif isinstance(action, do.Tell) and isinstance(action.event, ev.OrderDone | ev.OrderFailed):
                self.settled[action.event.order] = self.settled.get(action.event.order, 0) + 1

    @rule(target=legs, source=st.sampled_from(["10.0.0.1", "10.0.0.2"]), test=st.booleans())
    def caller(self, source, test):
        self.count += 1
        leg = f"c{self.count}"
        if self.switch.refusal(source, self.now) is None:
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

    @precondition(lambda self: any(x.kind == "outgoing" for x in self.switch.legs.values()))
    @rule(answers=st.booleans())
    def alternate(self, answers):
        leg = next(x.id for x in self.switch.legs.values() if x.kind == "outgoing")
        self.note(self.switch.up(leg, self.now) if answers else self.end(leg))

    @rule(leg=consumes(legs))
    def gone(self, leg):
        self.note(self.end(leg))

    def end(self, leg: str) -> do.Actions:
        self.playing.pop(leg, None)
        self.joined.discard(frozenset((leg,)))
        return self.switch.ended(leg, "caller", "", self.now)

    @rule(leg=legs, position=st.sampled_from(["P1", "P2"]), kind=st.sampled_from(["connect", "hangup", "ring"]))
    def order(self, leg, position, kind):
        self.number += 1
        self.orders.add(self.number)
        self.note(self.switch.ordered(Order(number=self.number, do=kind, call=leg, position=position), self.now))

    @rule(seconds=st.sampled_from([0.25, 3.0, 11.0]), silent=st.booleans())
    def time_passes(self, seconds, silent):
        self.now += seconds
        self.note(self.switch.tick(self.now, silent))

    @invariant()
    def every_caller_rings_or_waits_or_talks(self):
        for leg in self.switch.legs.values():
            if leg.kind != "caller" or not leg.up:
                continue
            assert leg.partner or leg.want or self.playing.get(leg.id) == "announcement", leg

    @invariant()
    def nobody_rings_longer_than_the_setting(self):
        for leg in self.switch.legs.values():
            if leg.kind == "caller" and not leg.answered:
                assert self.now < leg.announce_at + 11.0

    @invariant()
    def partners_are_partners_of_each_other_and_hear_each_other(self):
        pairs = set()
        for leg in self.switch.legs.values():
            if leg.partner:
                assert self.switch.legs[leg.partner].partner == leg.id
                pairs.add(frozenset((leg.id, leg.partner)))
        assert pairs == self.joined

    @invariant()
    def an_order_is_settled_once_or_still_wanted(self):
        wanted = [leg.order for leg in self.switch.legs.values() if leg.order]
        assert len(wanted) == len(set(wanted))
        assert set(self.settled) | set(wanted) == self.orders and not set(self.settled) & set(wanted)
        assert all(count == 1 for count in self.settled.values())

    @invariant()
    def counts_are_true(self):
        callers = [leg for leg in self.switch.legs.values() if leg.kind == "caller"]
        assert len(callers) == self.switch._callers == sum(self.switch._by_source.values())


AnyOrderOfThings.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestAnyOrderOfThings = AnyOrderOfThings.TestCase
