"""Calls as the control room lives them: offered, answered, broken, called back."""

from dispatch import commands as cmd
from dispatch import events as ev
from routing.text import text
from tests.dispatch.story import Story, kinds
from tests.texts import english, refuses


def test_a_call_is_offered_to_the_longest_idle_and_then_to_the_next():
    room = Story()
    room.seated("ana", "P1")
    room.now += 5
    room.seated("budi", "P2")
    assert kinds(room.incoming("c1")) == ["CallReceived", "CallQueued", "CallOffered"]
    assert room.board.calls["c1"].offered_to == "P1"
    room.wait(13)
    assert room.board.calls["c1"].offered_to == "P2"
    room.wait(13)
    assert room.board.calls["c1"].offered_to == "P1"


def test_a_phone_position_is_told_to_ring_and_a_browser_is_not():
    room = Story()
    room.seated("ana", "P1", media="phone")
    assert [e.do for e in room.incoming("c1") if isinstance(e, ev.OrderIssued)] == ["ring"]


def test_answering_is_one_order_and_is_confirmed_by_the_switch():
    room = Story()
    room.seated()
    room.incoming("c1")
    made = room.ask("ana", "call-taker", cmd.AnswerCall(call="c1", position="P1"))
    assert kinds(made) == ["CallAccepted", "OrderIssued"]
    assert room.board.calls["c1"].state == "accepted"
    (order,) = room.board.orders.values()
    room.reported(ev.CallBridged(at=room.now, call="c1", position="P1"))
    room.reported(ev.OrderDone(at=room.now, order=order.id))
    assert room.board.calls["c1"].state == "talking" and not room.board.orders and not room.board.deadlines


def test_nobody_answers_a_call_without_audio_or_twice():
    room = Story()
    room.ask("ana", "call-taker", cmd.SignOn(position="P1"))
    room.incoming("c1")
    with refuses("audio is not connected"):
        room.ask("ana", "call-taker", cmd.AnswerCall(call="c1", position="P1"))
    room.reported(ev.PositionLegUp(at=room.now, position="P1", leg="l"))
    room.ask("ana", "call-taker", cmd.AnswerCall(call="c1", position="P1"))
    room.seated("budi", "P2")
    with refuses(r"no longer waiting \(ana\)"):
        room.ask("budi", "call-taker", cmd.AnswerCall(call="c1", position="P2"))
    with refuses("not yours"):
        room.ask("budi", "call-taker", cmd.AnswerCall(call="c1", position="P1"))


def test_an_order_the_switch_does_not_carry_out_puts_the_caller_back_and_raises_an_alarm():
    room = Story()
    room.seated()
    room.incoming("c1")
    room.ask("ana", "call-taker", cmd.AnswerCall(call="c1", position="P1"))
    room.wait(21)
    call = room.board.calls["c1"]
    assert call.state == "queued" and call.offered_to == "P1" and room.board.positions["P1"].call == ""
    assert [a.level for a in room.board.alarms.values()] == ["critical"]


def test_a_caller_who_gives_up_is_owed_a_callback_until_we_reach_him():
    room = Story()
    room.incoming("c1", "+62811")
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    assert room.board.callbacks["c1"].urgency == 1
    room.seated()
    room.incoming("c2", "+62811")
    assert "c1" in room.board.callbacks, "calling again is not yet being heard"
    room.ask("ana", "call-taker", cmd.AnswerCall(call="c2", position="P1"))
    room.reported(ev.CallBridged(at=room.now, call="c2", position="P1"))
    assert not room.board.callbacks


def test_one_entry_of_the_callback_list_stands_for_a_number():
    room = Story()
    for call, by in (("c1", "caller"), ("c2", "failure"), ("c3", "caller")):
        room.incoming(call, "+62811")
        room.now += 60
        room.reported(ev.CallEnded(at=room.now, call=call, by=by))
    (owed,) = room.board.callbacks.values()
    assert (owed.call, owed.tries, owed.calls, owed.urgency) == ("c1", 3, ("c1", "c2", "c3"), 2)
    assert (owed.since, owed.last, english(owed.why)) == (1060.0, 1180.0, "the line broke at our side")
    for call in ("n1", "n2"):
        room.incoming(call, "")
        room.reported(ev.CallEnded(at=room.now, call=call))
    assert list(room.board.callbacks) == ["c1", "n1", "n2"], "nobody knows whether they are the same person"
    made = room.ask("ana", "call-taker", cmd.ClearCallback(call="c1"))
    assert [e.calls for e in made] == [("c1", "c2", "c3")]
    room.incoming("c4", "+62811")
    room.reported(ev.CallEnded(at=room.now, call="c4"))
    assert room.board.callbacks["c4"].tries == 1 and len(room.board.deadlines) == 3


def test_a_number_that_tries_for_ever_keeps_one_short_entry():
    room = Story()
    for n in range(300):
        room.incoming(f"c{n}", "+62811")
        room.reported(ev.CallEnded(at=room.now, call=f"c{n}"))
    (owed,) = room.board.callbacks.values()
    assert owed.tries == 300 and len(owed.calls) == 100 and owed.calls[-1] == "c299"


def test_a_test_call_rings_nowhere_and_owes_nothing():
    room = Story()
    room.seated()
    made = room.reported(ev.CallReceived(at=room.now, call="t1", service="test.sos", test=True))
    assert kinds(made) == ["CallReceived", "CallQueued"]
    assert "CallbackOwed" not in kinds(room.reported(ev.CallEnded(at=room.now, call="t1")))


def test_when_the_switch_was_killed_its_callers_head_the_callback_list():
    room = Story()
    room.hello("boot1")
    room.seated()
    room.incoming("c1", "+62811")
    room.ask("ana", "call-taker", cmd.AnswerCall(call="c1", position="P1"))
    room.reported(ev.CallBridged(at=room.now, call="c1", position="P1"))
    made = room.hello("boot2")
    assert {"SwitchConnected", "PositionLegDown", "LegLost", "CallbackOwed"} <= set(kinds(made))
    assert room.board.callbacks["c1"].urgency == 2 and room.board.positions["P1"].call == ""


def test_when_the_call_takers_audio_breaks_the_caller_waits_again_and_everybody_is_told():
    room = Story()
    room.seated()
    room.incoming("c1")
    room.ask("ana", "call-taker", cmd.AnswerCall(call="c1", position="P1"))
    room.reported(ev.CallBridged(at=room.now, call="c1", position="P1"))
    room.reported(ev.PositionLegDown(at=room.now, position="P1", leg="leg-P1"))
    assert room.board.calls["c1"].state == "queued" and "audio-c1" in room.board.alarms
    room.reported(ev.PositionLegUp(at=room.now, position="P1", leg="leg-P1b"))
    assert room.board.calls["c1"].offered_to == "P1"


def test_roles_are_kept():
    room = Story()
    with refuses("may not do this"):
        room.ask("joko", "responder", cmd.SignOn(position="P1"))


def test_when_the_alternate_centre_hangs_up_the_caller_waits_here_again():
    room = Story()
    room.incoming("c1")
    room.reported(ev.CallBridged(at=room.now, call="c1", position="alternate centre"))
    room.reported(ev.CallParted(at=room.now, call="c1"))
    assert room.board.calls["c1"].state == "queued" and "audio-c1" in room.board.alarms
    room.seated()
    assert room.board.calls["c1"].offered_to == "P1"
    room.ask("ana", "call-taker", cmd.AnswerCall(call="c1", position="P1"))
    room.reported(ev.CallBridged(at=room.now, call="c1", position="P1"))
    assert not room.board.alarms, "what was alarming is over"


def test_a_phone_may_dial_in_before_its_user_signs_on_but_takes_nobodys_seat():
    room = Story()
    room.reported(ev.PositionLegUp(at=room.now, position="P1", leg="l1", user="ana"))
    room.ask("ana", "call-taker", cmd.SignOn(position="P1", media="phone"))
    assert room.board.positions["P1"].leg == "l1"
    room.ask("ana", "call-taker", cmd.SignOn(position="P1", media="phone"))
    assert room.board.positions["P1"].leg == "l1", "signing on again loses nothing"
    made = room.reported(ev.PositionLegUp(at=room.now, position="P1", leg="l2", user="budi"))
    assert room.board.positions["P1"].leg == "l1"
    assert [(e.do, e.position) for e in made if isinstance(e, ev.OrderIssued)] == [("hangup", "P1")]


def test_a_callback_that_nobody_made_lapses_after_a_day():
    room = Story()
    room.incoming("c1", "")
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    room.wait(86_000)
    assert "c1" in room.board.callbacks
    room.wait(500)
    assert not room.board.callbacks and not room.board.deadlines


def test_a_fault_of_ours_in_what_is_looked_up_keeps_no_call_from_ringing():
    def broken(call):
        raise ZeroDivisionError

    room = Story(places_of=broken)
    room.faulty = True
    room.seated()
    room.incoming("c1")
    call = room.board.calls["c1"]
    assert call.offered_to == "P1" and "tell its makers" in english(call.discrepancies[0])
    assert room.replayed() == room.board


def test_an_order_of_the_call_taker_before_that_fails_late_takes_the_call_from_nobody():
    room = Story()
    room.seated("ana", "P1")
    room.seated("budi", "P2")
    room.incoming("c1")
    room.ask("ana", "call-taker", cmd.AnswerCall(call="c1", position="P1"))
    order = room.last_entry().seq
    room.reported(ev.PositionLegDown(at=room.now, position="P1", leg="leg-P1"))
    room.ask("budi", "call-taker", cmd.AnswerCall(call="c1", position="P2"))
    room.reported(ev.OrderFailed(at=room.now, order=order, why=text("why.audio-gone")))
    assert (room.board.calls["c1"].state, room.board.calls["c1"].position) == ("accepted", "P2")
