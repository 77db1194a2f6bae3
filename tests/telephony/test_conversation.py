"""Hold, parties, transfers, supervision, calls of ours: what the switch does with a whole conversation."""

from __future__ import annotations

from dispatch import events as ev
from routing.text import text
from telephony.messages.sip import answer_of
from telephony.room.wire import OrderMessage
from telephony.switch import actions as do
from telephony.switch.flows import flows
from telephony.switch.legs import Switch
from telephony.switch.orders import carry_out
from tests.telephony.legs import ANNOUNCED, CALL, NOW, a_switch, both, connect, heard, told, with_seat
from tests.texts import english


def talking(**rules) -> Switch:
    """c1 talks with P1; P2 is there as well."""
    switch = with_seat(with_seat(a_switch(announce_after=0, **rules)), "s2", "P2")
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    switch.up("c1", NOW)
    carry_out(switch, connect(1), NOW)
    return switch


def ask(switch: Switch, number: int, what: str, **more) -> do.Actions:
    return carry_out(switch, OrderMessage(number=number, do=what, call="c1", **more), NOW + number)


def hears(switch: Switch) -> set[tuple[str, str]]:
    """(listener, speaker) in the conversation of c1."""
    return set(flows((switch.legs["c1"], *switch.members("c1"))))


def test_a_caller_on_hold_hears_music_and_is_not_heard():
    switch = talking()
    held = ask(switch, 2, "mode", mode="held")
    assert do.Play("c1", ("hold",), loop=True) in held and do.Deafen("s1", "c1") in held and not hears(switch)
    assert told(held, ev.ModeChanged)[0].mode == "held" and not told(held, ev.CallParted)
    back = ask(switch, 3, "mode", mode="talk")
    assert do.Silence("c1") in back and hears(switch) == both("c1", "s1")


def test_a_muted_call_taker_is_silent_and_nothing_is_played_instead():
    switch = talking()
    muted = ask(switch, 2, "mode", position="P1", mode="muted")
    assert hears(switch) == {("s1", "c1")}
    assert not told(muted, ev.AnnouncementStarted) and ANNOUNCED not in muted
    assert not told(ask(switch, 3, "mode", position="P1", mode="talk"), ev.CallParted)
    assert hears(switch) == both("c1", "s1")


def test_a_party_is_asked_while_the_caller_waits_then_all_three_talk_then_the_call_taker_leaves():
    switch = talking()
    ask(switch, 2, "mode", mode="held")
    dialled = ask(switch, 3, "dial", party="A1", uri="sip:hospital@x", headers={"Priority": "emergency"})
    dial = next(a for a in dialled if isinstance(a, do.Dial))
    assert (dial.leg, dial.uri, dial.headers) == ("c1-A1", "sip:hospital@x", {"Priority": "emergency"})
    assert do.Play("s1", ("ringback",), loop=True) in dialled
    answered = switch.up("c1-A1", NOW + 9)
    assert told(answered, ev.PartyJoined)[0].party == "A1" and hears(switch) == both("s1", "c1-A1")
    assert do.RecordLeg("c1-A1", "c1", "party-A1") in answered
    ask(switch, 4, "mode", mode="talk")
    assert hears(switch) == both("c1", "s1") | both("c1", "c1-A1") | both("s1", "c1-A1")
    left = ask(switch, 5, "leave", position="P1")
    assert hears(switch) == both("c1", "c1-A1") and not told(left, ev.CallParted)
    assert switch.legs["s1"].call == ""


def test_a_blind_transfer_that_fails_gives_the_caller_back():
    switch = talking()
    ask(switch, 2, "dial", party="A1", uri="sip:nobody@x")
    left = ask(switch, 3, "leave", position="P1")
    assert do.Play("c1", ("ringback",), loop=True) in left and not told(left, ev.CallParted)
    failed = switch.ended("c1-A1", "failure", answer_of(486, "Busy"), NOW + 20)
    left = told(failed, ev.PartyLeft)[0]
    assert left.why.params["answer"] == "486 Busy" and told(failed, ev.CallParted) and ANNOUNCED in failed


def test_a_party_that_never_answers_is_given_up():
    switch = talking()
    ask(switch, 2, "dial", party="A1", uri="sip:nobody@x")
    assert do.Hangup("c1-A1") not in switch.tick(NOW + 40, False)
    assert do.Hangup("c1-A1") in switch.tick(NOW + 48, False)


def test_a_supervisor_listens_whispers_and_barges_in():
    switch = talking()
    ask(switch, 2, "connect", position="P2", mode="listen")
    assert hears(switch) == both("c1", "s1") | {("s2", "c1"), ("s2", "s1")}
    whispers = ask(switch, 3, "connect", position="P2", mode="whisper")
    assert hears(switch) == both("c1", "s1") | {("s2", "c1"), ("s2", "s1"), ("s1", "s2")}
    assert do.RecordLeg("s2", "c1", "supervisor") in whispers, "what is whispered is recorded too"
    ask(switch, 4, "connect", position="P2", mode="barge")
    assert hears(switch) == both("c1", "s1") | both("c1", "s2") | both("s1", "s2")
    ask(switch, 5, "leave", position="P1")
    assert hears(switch) == both("c1", "s2")


def test_a_call_taker_who_is_only_listened_to_and_breaks_away_leaves_the_caller_alone():
    switch = talking()
    ask(switch, 2, "connect", position="P2", mode="listen")
    assert told(switch.ended("s1", "failure", answer_of(408, ""), NOW + 9), ev.CallParted)


def test_a_call_of_ours_rings_at_the_position_until_it_is_answered():
    switch = with_seat(a_switch())
    placed = carry_out(switch, OrderMessage(number=1, do="place", call="o1", position="P1", uri="sip:1@x"), NOW)
    assert do.Play("s1", ("ringback",), loop=True) in placed and not told(placed, ev.OrderDone)
    joined = switch.up("o1", NOW + 8)
    assert heard(joined) == both("o1", "s1") and told(joined, ev.CallBridged) and told(joined, ev.OrderDone)
    assert do.Silence("s1") in joined and do.RecordLeg("o1", "o1", "caller") in joined


def test_a_call_of_ours_that_is_not_answered_frees_the_position():
    switch = with_seat(a_switch())
    carry_out(switch, OrderMessage(number=1, do="place", call="o1", position="P1", uri="sip:1@x"), NOW)
    assert do.Hangup("o1") in switch.tick(NOW + 46, False)
    ended = switch.ended("o1", "failure", answer_of(487, ""), NOW + 46)
    assert do.Silence("s1") in ended and told(ended, ev.OrderFailed) and told(ended, ev.CallEnded)
    assert switch.seat("P1").call == "" and not switch.is_wanted(switch.seat("P1"))


def test_what_is_said_about_the_queue_is_followed_by_the_announcement():
    switch = a_switch(announce_after=0, sounds={"queue_position": 2.0, "number_3": 1.0})
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    switch.up("c1", NOW)
    sounds = ("queue_position", "number_3")
    assert do.Play("c1", sounds) in ask(switch, 1, "play", sounds=sounds)
    assert switch.tick(NOW + 3.5, False) == []
    assert switch.tick(NOW + 4.1, False) == [ANNOUNCED]


def test_keys_and_lines_go_to_whom_they_are_meant_for():
    switch = talking()
    assert told(switch.pressed("c1", "5", NOW), ev.DtmfReceived)[0].digits == "5"
    assert switch.pressed("s1", "5", NOW) == []
    assert ask(switch, 2, "dtmf", text="12#")[0] == do.Digits("c1", "12#")
    assert ask(switch, 3, "text", text="halo")[0] == do.Write("c1", "halo")
    (refused,) = told(ask(switch, 4, "dtmf", party="A9", text="1"), ev.OrderFailed)
    assert english(refused.why).startswith("there is no such party")


def test_a_caller_on_hold_whose_call_taker_breaks_away_speaks_with_the_party():
    switch = talking()
    carry_out(switch, OrderMessage(number=2, do="dial", call="c1", party="A1", uri="sip:x@y"), NOW)
    switch.up("c1-A1", NOW)
    carry_out(switch, OrderMessage(number=3, do="mode", call="c1", mode="held"), NOW)
    made = switch.ended("s1", "failure", text("why.line-broke"), NOW)
    assert heard(made) == both("c1", "c1-A1") and do.Silence("c1") in made
    assert [(e.member, e.mode) for e in told(made, ev.ModeChanged)] == [("", "talk")]


def test_a_hold_that_comes_too_late_does_not_put_the_caller_aside():
    switch = talking()
    switch.ended("s1", "failure", text("why.line-broke"), NOW)
    made = carry_out(switch, OrderMessage(number=2, do="mode", call="c1", mode="held"), NOW)
    assert told(made, ev.OrderFailed) and switch.legs["c1"].playing == "announcement"


def test_a_position_that_the_room_believes_to_be_free_leaves_a_conversation_that_goes_on_without_it():
    switch = talking()
    carry_out(switch, OrderMessage(number=2, do="dial", call="c1", party="A1", uri="sip:x@y"), NOW)
    switch.invited("c2", CALL, "192.0.2.9", "", NOW)
    assert told(carry_out(switch, connect(3, "c2"), NOW), ev.OrderDone) == []
    made = switch.up("c2", NOW)
    assert heard(made) == both("c2", "s1") and told(made, ev.CallBridged)
    assert told(carry_out(switch, connect(4, "c1"), NOW), ev.OrderFailed), "c2 would be left alone"


def test_a_position_that_is_with_the_caller_already_is_told_of_again():
    switch = talking()
    assert told(carry_out(switch, connect(2), NOW), ev.CallBridged)
