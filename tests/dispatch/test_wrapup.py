"""After a call: its call-taker says what it was; until then other calls ring elsewhere, unless nobody else is there."""

import msgspec

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.settings import Policy
from tests.dispatch.story import Story, kinds
from tests.texts import english, indonesian, refuses


def after_a_call(**policy) -> Story:
    room = Story(policy=Policy(**policy))
    room.seated("ana", "P1")
    room.incoming("c1")
    room.answered("c1", "P1")
    room.now += 60
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    return room


def test_the_position_is_asked_for_no_other_call_until_the_outcome_is_said():
    room = after_a_call()
    assert room.board.positions["P1"].wrapping == "c1"
    room.incoming("c2", "+62822")
    assert room.board.calls["c2"].offered_to == ""
    made = room.ask("ana", "call-taker", cmd.DisposeCall(call="c1", disposition="information"))
    assert kinds(made) == ["CallDisposed", "CallOffered"]
    assert room.board.positions["P1"].wrapping == "" and room.board.calls["c2"].offered_to == "P1"
    assert "wrap:c1" not in room.board.deadlines


def test_a_free_position_is_asked_first_and_one_in_wrap_up_when_a_call_has_waited():
    room = after_a_call()
    room.seated("budi", "P2")
    room.incoming("c2", "+62822")
    room.incoming("c3", "+62833")
    assert [room.board.calls[c].offered_to for c in ("c2", "c3")] == ["P2", ""]
    room.wait(10)
    assert room.board.calls["c3"].offered_to == "P1"
    room.answered("c3", "P1")
    assert room.board.positions["P1"].wrapping == ""
    room.reported(ev.CallEnded(at=room.now, call="c3"))
    assert room.board.positions["P1"].wrapping == "c3" and "wrap:c1" in room.board.deadlines, "neither is forgotten"


def test_answering_by_key_is_always_allowed():
    room = after_a_call()
    room.incoming("c2", "+62822")
    room.answered("c2", "P1")
    assert room.board.calls["c2"].state == "talking"


def test_calls_without_an_outcome_are_an_alarm_that_goes_with_the_last_of_them():
    room = after_a_call()
    room.wait(119)
    assert "outcomes" not in room.board.alarms
    assert kinds(room.wait(1)) == ["WrapUpEnded", "AlarmRaised"]
    assert room.board.positions["P1"].wrapping == "" and english(room.board.alarms["outcomes"]).startswith("1 call")
    room.incoming("c2", "+62822")
    room.answered("c2", "P1")
    room.reported(ev.CallEnded(at=room.now, call="c2"))
    room.wait(121)
    assert indonesian(room.board.alarms["outcomes"]).startswith("2 panggilan")
    room.ask("ana", "call-taker", cmd.DisposeCall(call="c2", disposition="prank"))
    assert english(room.board.alarms["outcomes"]).startswith("1 call")
    made = room.ask("sri", "supervisor", cmd.DisposeCall(call="c1", disposition="ghost"))
    assert kinds(made)[:2] == ["CallDisposed", "AlarmCleared"] and not room.board.alarms


def test_what_was_classified_during_the_call_needs_no_wrap_up():
    room = Story()
    room.seated("ana", "P1")
    room.incoming("c1")
    room.answered("c1", "P1")
    room.ask("ana", "call-taker", cmd.DisposeCall(call="c1", disposition="emergency"))
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    assert room.board.positions["P1"].wrapping == "" and not room.board.deadlines


def test_a_call_that_nobody_here_had_and_a_call_of_ours_need_no_outcome():
    room = Story()
    room.incoming("c1")
    room.reported(ev.CallBridged(at=room.now, call="c1", position="alternate centre"))
    made = room.reported(ev.CallEnded(at=room.now, call="c1"))
    assert "WrapUpBegan" not in kinds(made)
    room.seated("ana", "P1")
    room.world = msgspec.structs.replace(room.world, outbound="sip:{number}@10.0.0.1")
    room.ask("ana", "call-taker", cmd.PlaceCall(to="0771 555001", position="P1"))
    (ours,) = [call.id for call in room.board.calls.values() if call.direction == "out"]
    room.reported(ev.CallBridged(at=room.now, call=ours, position="P1"))
    made = room.reported(ev.CallEnded(at=room.now, call=ours))
    assert "WrapUpBegan" not in kinds(made) and room.board.positions["P1"].wrapping == ""


def test_a_city_may_do_without():
    room = after_a_call(wrap_up_at_most=0.0)
    assert room.board.positions["P1"].wrapping == "" and not room.board.alarms


def test_a_reason_for_not_being_ready_is_one_of_the_citys():
    room = Story(not_ready=frozenset({"break", "training"}))
    room.seated("ana", "P1")
    with refuses("use one of: break, training"):
        room.ask("ana", "call-taker", cmd.SetReady(position="P1", ready=False, reason="tired"))
    room.ask("ana", "call-taker", cmd.SetReady(position="P1", ready=False, reason="break"))
    assert room.board.positions["P1"].reason == "break"
    room.incoming("c1")
    room.ask("ana", "call-taker", cmd.SetReady(position="P1", ready=True))
    assert room.board.calls["c1"].offered_to == "P1"
