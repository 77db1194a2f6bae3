"""What the switch does with its legs when nobody asks for more than to be answered."""

from __future__ import annotations

from dispatch import events as ev
from telephony.messages.sip import Invite, answer_of
from telephony.room.wire import OrderMessage
from telephony.switch import actions as do
from telephony.switch.orders import carry_out
from tests.telephony.legs import ANNOUNCED, CALL, NOW, a_switch, both, connect, heard, told, with_seat
from tests.texts import english


def test_a_call_rings_is_ordered_to_a_position_and_is_bridged_when_its_sound_is_up():
    switch = with_seat(a_switch())
    first = switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    assert first[0] == do.Ring("c1") and told(first, ev.CallReceived)[0].service == "sos"
    assert carry_out(switch, connect(), NOW + 1) == [do.Answer("c1")]
    bridged = switch.up("c1", NOW + 2)
    assert heard(bridged) == both("c1", "s1")
    assert told(bridged, ev.CallBridged)[0].position == "P1" and told(bridged, ev.OrderDone)[0].order == 1


def test_a_caller_whom_nobody_answers_hears_the_announcement_once():
    switch = a_switch(announce_after=10)
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    assert switch.tick(NOW + 9.9, False) == []
    assert switch.tick(NOW + 10, False) == [do.Answer("c1")]
    assert switch.tick(NOW + 10.2, False) == []
    assert ANNOUNCED in switch.up("c1", NOW + 11)
    assert switch.tick(NOW + 90, False) == []


def test_the_announcement_stops_when_a_call_taker_comes():
    switch = with_seat(a_switch(announce_after=0))
    assert do.Answer("c1") in switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    switch.up("c1", NOW)
    connected = carry_out(switch, connect(), NOW + 3)
    assert do.Silence("c1") in connected and heard(connected) == both("c1", "s1")


def test_a_repeated_order_is_answered_as_the_first_time_and_carried_out_once():
    switch = with_seat(a_switch(announce_after=0))
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    switch.up("c1", NOW)
    carry_out(switch, connect(), NOW)
    again = carry_out(switch, connect(), NOW + 1)
    assert [type(a) for a in again] == [do.Tell] and told(again, ev.OrderDone)[0].order == 1


def test_an_order_of_the_same_number_of_another_journal_is_another_order():
    """The room was started on an older state of its journal, and counts again from there."""
    switch = with_seat(a_switch(announce_after=0))
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    switch.up("c1", NOW)
    said = {"do": "connect", "call": "c1", "position": "P1", "expires": NOW + 20}
    names = ("before", "after", "after")
    done = [carry_out(switch, OrderMessage(number=1, journal=name, **said), NOW) for name in names]
    assert heard(done[0]) == both("c1", "s1") and [type(one) for one in done[2]] == [do.Tell]
    assert [told(one, ev.OrderDone)[0].journal for one in done] == ["before", "after", "after"]


def test_orders_that_cannot_be_carried_out_say_why():
    switch = with_seat(a_switch())
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)

    def why(order: OrderMessage) -> str:
        return english(told(carry_out(switch, order, NOW), ev.OrderFailed)[0].why)

    assert why(connect(1, "gone")) == "there is no such call here"
    assert why(connect(2, position="P9")) == "that position has no audio here"
    assert why(connect(3, expires=NOW - 1)) == "the order came too late"
    assert why(OrderMessage(number=4, do="dance")) == "unknown order 'dance'"
    assert why(OrderMessage(number=5, do="hangup", call="gone")) == "there is no such call here"


def test_two_callers_are_never_connected_to_one_position():
    switch = with_seat(a_switch())
    for leg in ("c1", "c2"):
        switch.invited(leg, CALL, "10.0.0.1", "", NOW)
    carry_out(switch, connect(1, "c1"), NOW)
    refused = carry_out(switch, connect(2, "c2"), NOW)
    assert english(told(refused, ev.OrderFailed)[0].why) == "that position is in another call"
    switch.up("c1", NOW)
    assert [m.id for m in switch.members("c1")] == ["s1"] and not switch.members("c2")


def test_a_newer_order_for_the_same_call_settles_the_older_one():
    switch = with_seat(with_seat(a_switch()), "s2", "P2")
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    carry_out(switch, connect(1), NOW)
    replaced = carry_out(switch, connect(2, position="P2"), NOW + 1)
    assert told(replaced, ev.OrderFailed)[0].order == 1
    assert told(switch.up("c1", NOW + 2), ev.OrderDone)[0].order == 2


def test_a_call_is_handed_over_without_a_gap():
    switch = with_seat(with_seat(a_switch(announce_after=0)), "s2", "P2")
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    switch.up("c1", NOW)
    carry_out(switch, connect(1), NOW)
    moved = carry_out(switch, connect(2, position="P2"), NOW + 60)
    assert both("c1", "s2") <= heard(moved) and do.Deafen("c1", "s1") in moved
    assert told(moved, ev.PositionParted)[0].position == "P1" and not told(moved, ev.CallParted)
    assert switch.legs["s1"].call == "" and do.Play("c1", ("announcement",), loop=True) not in moved


def test_a_caller_whose_call_taker_breaks_away_is_kept_and_told():
    switch = with_seat(a_switch(announce_after=0))
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    switch.up("c1", NOW)
    carry_out(switch, connect(), NOW)
    broken = switch.ended("s1", "failure", answer_of(408, ""), NOW + 60)
    assert do.Deafen("c1", "s1") in broken and ANNOUNCED in broken and told(broken, ev.CallParted)
    assert told(broken, ev.PositionLegDown) and "c1" in switch.legs


def test_a_position_that_vanishes_while_the_caller_is_being_answered_fails_the_order():
    switch = with_seat(a_switch())
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    carry_out(switch, connect(), NOW)
    assert told(switch.ended("s1", "failure", None, NOW + 1), ev.OrderFailed)[0].at == NOW + 1
    assert ANNOUNCED in switch.up("c1", NOW + 2)


def test_a_reloaded_page_takes_the_place_of_the_old_one():
    switch = with_seat(a_switch())
    assert do.Hangup("s1") in switch.position_in("s2", "P1", "sari", NOW + 5)
    switch.up("s2", NOW + 6)
    assert switch.holds() == ((), {"P1": "s2"})


def test_a_test_call_hears_itself_and_reaches_nobody():
    switch = with_seat(a_switch())
    test = Invite(target="urn:service:test.sos", service="test.sos")
    assert switch.invited("c1", test, "10.0.0.1", "", NOW)[0] == do.Ring("c1")
    assert switch.tick(NOW + 1, False) == [do.Answer("c1")]
    assert heard(switch.up("c1", NOW)) == {("c1", "c1")}
    assert switch.tick(NOW + 100, True) == []


def test_a_number_of_the_settings_is_a_test_call_too():
    switch = a_switch(test_numbers=("07717900900",))
    called = Invite(target="sip:+627717900900@x", called="sip:+627717900900@x")
    assert told(switch.invited("c1", called, "10.0.0.1", "", NOW), ev.CallReceived)[0].test


def test_a_canary_plays_its_tone_listens_and_goes_and_is_nobodys_call():
    switch = with_seat(a_switch())
    order = OrderMessage(number=1, do="canary", call="C-1", uri="sip:900@trunk")
    assert do.Dial("C-1", "sip:900@trunk") in carry_out(switch, order, NOW)
    assert told(switch.ringing("C-1", NOW + 1), ev.CanaryRang) and switch.ringing("C-1", NOW + 1) == []
    up = switch.up("C-1", NOW + 2)
    assert do.Play("C-1", ("canary",), loop=True) in up and do.RecordLeg("C-1", "C-1", "canary") in up
    assert switch.holds()[0] == () and switch.tick(NOW + 5, True) == []
    assert switch.tick(NOW + 6, True) == [do.Hangup("C-1")]
    assert told(switch.ended("C-1", "centre", answer_of(200, "OK"), NOW + 6), ev.CanaryEnded)


def test_when_the_room_is_silent_the_longest_idle_position_gets_the_call_with_a_tone():
    switch = with_seat(with_seat(a_switch(room_silent_after=5), "s2", "P2", NOW - 9), "s1", "P1", NOW)
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    assert switch.tick(NOW + 5, False) == []
    assert switch.tick(NOW + 5, True) == [do.Answer("c1")]
    bridged = switch.up("c1", NOW + 6)
    assert do.Play("s2", ("zip",)) in bridged and heard(bridged) == both("c1", "s2")


def test_without_room_and_positions_the_alternate_centre_is_dialled_for_every_caller():
    switch = a_switch(room_silent_after=5, alternate_centre="sip:112@other")
    for leg in ("c1", "c2"):
        switch.invited(leg, CALL, "10.0.0.1", "", NOW)
    dialled = [a for a in switch.tick(NOW + 5, True) if isinstance(a, do.Dial)]
    assert [d.uri for d in dialled] == ["sip:112@other"] * 2
    for leg in ("c1", "c2", *(d.leg for d in dialled)):
        last = switch.up(leg, NOW + 6)
    assert told(last, ev.CallBridged)[0].position == "alternate centre"
    assert [m.id for call in ("c1", "c2") for m in switch.members(call)] == [d.leg for d in dialled]


def test_an_alternate_centre_that_does_not_answer_is_tried_again_but_not_at_once():
    switch = a_switch(room_silent_after=5, alternate_centre="sip:112@other")
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    (first,) = [a.leg for a in switch.tick(NOW + 5, True) if isinstance(a, do.Dial)]
    switch.up("c1", NOW + 5)
    switch.ended(first, "failure", answer_of(503, ""), NOW + 6)
    assert switch.tick(NOW + 7, True) == []
    assert [type(a) for a in switch.tick(NOW + 15, True)] == [do.Dial]


def test_a_caller_who_gives_up_takes_the_call_to_the_alternate_centre_along():
    switch = a_switch(alternate_centre="sip:112@other")
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    (dialled,) = [a.leg for a in switch.tick(NOW + 9, True) if isinstance(a, do.Dial)]
    assert do.Hangup(dialled) in switch.ended("c1", "caller", answer_of(200, ""), NOW + 10)
