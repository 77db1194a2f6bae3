"""Within a call: hold, parties, transfer, take-over, supervision, calls of ours. The caller is kept, whatever fails."""

from __future__ import annotations

import msgspec
import pytest

from dispatch import commands as cmd
from dispatch import events as ev
from routing.city.contacts import Contact
from routing.text import text
from tests.dispatch.story import PLACE, Story, kinds
from tests.texts import english, refuses

HOSPITAL = Contact(id="rsud", name="RSUD", number="0771 7333377", kind="agency", receives=True)
INTERPRETER = Contact(id="en", name="Interpreter", number="sip:interpreter@10.0.0.9", kind="interpreter")


def talking(call: str = "c1") -> Story:
    """Ana talks at P1 with a caller; Budi is free at P2, the supervisor at S1."""
    room = Story()
    known = {"contacts": {"rsud": HOSPITAL, "en": INTERPRETER}, "outbound": "sip:{number}@10.0.0.1"}
    room.world = msgspec.structs.replace(room.world, **known)
    room.seated("ana", "P1")
    room.incoming(call, "+62811")
    room.reported(ev.LocationReceived(at=room.now, call=call, location=PLACE))
    room.ask("ana", "call-taker", cmd.AnswerCall(call=call, position="P1"))
    bridged(room, call, "P1")
    room.seated("budi", "P2")
    room.ask("sri", "supervisor", cmd.SignOn(position="S1"))
    room.reported(ev.PositionLegUp(at=room.now, position="S1", leg="leg-S1"))
    return room


def bridged(room: Story, call: str, position: str) -> list[ev.Event]:
    done = [o.id for o in room.board.orders.values() if o.do in ("connect", "place") and o.call == call]
    made = room.reported(ev.CallBridged(at=room.now, call=call, position=position))
    for order in done:
        made += room.reported(ev.OrderDone(at=room.now, order=order))
    return made


def ana(room: Story, command: cmd.Command) -> list[ev.Event]:
    return room.ask("ana", "call-taker", command)


def orders(events) -> list[tuple[str, str]]:
    return [(e.do, e.mode or e.party or e.position) for e in events if isinstance(e, ev.OrderIssued)]


def test_hold_is_an_order_and_shows_when_the_switch_has_done_it():
    room = talking()
    assert orders(ana(room, cmd.Hold(call="c1", held=True))) == [("mode", "held")]
    assert not room.board.calls["c1"].held
    room.reported(ev.ModeChanged(at=room.now, call="c1", member="", mode="held"))
    assert room.board.calls["c1"].held
    with refuses("not yours"):
        room.ask("budi", "call-taker", cmd.Hold(call="c1", held=False))


def test_a_party_is_called_with_all_that_is_known_of_the_caller():
    room = talking()
    ana(room, cmd.OpenIncident(type="fire", call="c1"))
    made = ana(room, cmd.AddParty(call="c1", to="rsud"))
    dialled, given, order = made
    assert (given.to, given.about) == ("rsud", room.board.calls["c1"].incident)
    assert (dialled.label, dialled.uri) == ("RSUD", "sip:07717333377@10.0.0.1")
    assert order.do == "dial" and "emergency-IncidentId" in order.headers["Call-Info"]
    assert "geopriv" in order.body and order.headers["Geolocation"].startswith("<cid:")
    (member,) = room.board.calls["c1"].members
    assert (member.kind, member.mode, member.label) == ("party", "dialling", "RSUD")
    room.reported(ev.PartyJoined(at=room.now, call="c1", party=dialled.party))
    assert room.board.calls["c1"].members[0].mode == "talk"


def test_a_warm_transfer_waits_for_the_party_and_frees_the_call_taker():
    room = talking()
    party = ana(room, cmd.AddParty(call="c1", to="en"))[0].party
    with refuses("has not answered"):
        ana(room, cmd.Transfer(call="c1", party=party))
    room.reported(ev.PartyJoined(at=room.now, call="c1", party=party))
    made = ana(room, cmd.Transfer(call="c1", party=party))
    assert orders(made) == [("leave", "P1")]
    assert room.board.calls["c1"].state == "transferred" and room.board.positions["P1"].call == ""
    room.reported(ev.CallEnded(at=room.now, call="c1", by="caller"))
    assert not room.board.callbacks


@pytest.mark.parametrize("joined", [True, False])
def test_a_party_that_goes_brings_the_caller_back(joined):
    room = talking()
    party = ana(room, cmd.AddParty(call="c1", to="en", blind=True))[0].party
    assert room.board.calls["c1"].state == "transferred" and room.board.positions["P1"].call == ""
    if joined:
        room.reported(ev.PartyJoined(at=room.now, call="c1", party=party))
    room.reported(ev.PartyLeft(at=room.now, call="c1", party=party, why=text("sip.486", answer="486 Busy Here")))
    room.reported(ev.CallParted(at=room.now, call="c1", why=text("sip.486", answer="486 Busy Here")))
    call = room.board.calls["c1"]
    assert call.state == "queued" and call.offered_to and not call.members
    assert "transfer" in english(room.board.alarms["audio-c1"])


def test_whom_we_cannot_call_is_said_with_what_to_do():
    room = talking()
    with refuses("cannot be called"):
        ana(room, cmd.AddParty(call="c1", to="not a number"))
    room.world = msgspec.structs.replace(room.world, outbound="")
    with refuses("sip_outbound"):
        ana(room, cmd.AddParty(call="c1", to="rsud"))
    assert not room.board.calls["c1"].members and room.board.calls["c1"].state == "talking"


def test_a_colleague_takes_the_call_over_and_the_first_is_free_again():
    room = talking()
    made = room.ask("budi", "call-taker", cmd.TakeOver(call="c1", position="P2"))
    assert orders(made) == [("connect", "talk")] and room.board.calls["c1"].position == "P1"
    assert kinds(room.incoming("c2"))[-1] == "CallOffered" and room.board.calls["c2"].offered_to == "S1"
    made = bridged(room, "c1", "P2")
    assert kinds(made)[:2] == ["CallTakenOver", "CallBridged"]
    assert room.board.calls["c1"].user == "budi" and room.board.positions["P1"].call == ""
    room.reported(ev.PositionParted(at=room.now, call="c1", position="P1"))
    assert room.board.positions["P2"].call == "c1"


def test_a_supervisor_listens_then_speaks_and_keeps_the_caller_when_the_call_taker_breaks_away():
    room = talking()
    with refuses("may not do this"):
        room.ask("budi", "call-taker", cmd.Supervise(call="c1", position="P2", mode="listen"))
    room.ask("sri", "supervisor", cmd.Supervise(call="c1", position="S1", mode="listen"))
    room.reported(ev.PositionJoined(at=room.now, call="c1", position="S1", mode="listen"))
    assert room.board.positions["S1"].call == "c1" and room.board.calls["c1"].position == "P1"
    room.ask("sri", "supervisor", cmd.Supervise(call="c1", position="S1", mode="talk"))
    room.reported(ev.PositionJoined(at=room.now, call="c1", position="S1", mode="talk"))
    made = room.reported(ev.PositionLegDown(at=room.now, position="P1", leg="leg-P1"))
    assert "CallTakenOver" in kinds(made) and "CallQueued" not in kinds(made)
    assert (room.board.calls["c1"].position, room.board.calls["c1"].state) == ("S1", "talking")


def test_a_listener_who_breaks_away_changes_nothing_for_the_caller():
    room = talking()
    room.ask("sri", "supervisor", cmd.Supervise(call="c1", position="S1", mode="listen"))
    room.reported(ev.PositionJoined(at=room.now, call="c1", position="S1", mode="listen"))
    made = room.reported(ev.PositionLegDown(at=room.now, position="S1", leg="leg-S1"))
    assert kinds(made)[:2] == ["PositionLegDown", "PositionParted"]
    assert room.board.calls["c1"].position == "P1" and not room.board.calls["c1"].members


def test_one_key_calls_back_and_the_debt_is_settled_when_they_answer():
    room = talking()
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    room.ask("ana", "call-taker", cmd.DisposeCall(call="c1", disposition="emergency"))
    room.ask("budi", "call-taker", cmd.SetReady(position="P2", ready=False))
    room.ask("sri", "supervisor", cmd.SetReady(position="S1", ready=False))
    room.ask("ana", "call-taker", cmd.SetReady(position="P1", ready=False))
    room.incoming("c2", "+62812")
    room.reported(ev.CallEnded(at=room.now, call="c2"))
    placed, order = room.ask("budi", "call-taker", cmd.CallBack(call="c2", position="P2"))
    assert (order.do, order.uri, order.headers) == ("place", "sip:+62812@10.0.0.1", {"Priority": "psap-callback"})
    assert room.board.positions["P2"].call == placed.call and room.board.calls[placed.call].direction == "out"
    made = bridged(room, placed.call, "P2")
    assert "CallbackCleared" in kinds(made) and not room.board.callbacks


def test_a_call_of_ours_that_nobody_answers_owes_nothing_and_keeps_the_old_debt():
    room = talking()
    room.incoming("c2", "+62812")
    room.reported(ev.CallEnded(at=room.now, call="c2"))
    placed = room.ask("budi", "call-taker", cmd.CallBack(call="c2", position="P2"))[0]
    room.reported(ev.CallEnded(at=room.now, call=placed.call, by="failure", why=text("sip.486", answer="486")))
    assert list(room.board.callbacks) == ["c2"] and room.board.positions["P2"].call == ""
    assert not room.board.orders


def test_a_call_of_ours_is_not_lost_with_the_switch_that_has_not_heard_of_it():
    room = talking()
    placed = room.ask("budi", "call-taker", cmd.PlaceCall(to="rsud", position="P2"))[0]
    room.hello("boot2", positions={"P2": "leg-P2"})
    assert room.board.calls[placed.call].state == "accepted" and room.board.calls["c1"].state == "ended"
    room.wait(91)
    assert room.board.calls[placed.call].state == "ended" and room.board.positions["P2"].call == ""


def test_what_was_typed_and_pressed_is_in_the_record():
    room = talking()
    room.reported(ev.TextReceived(at=room.now, call="c1", text="tolong", via="rtt"))
    room.reported(ev.DtmfReceived(at=room.now, call="c1", digits="5"))
    for command in (cmd.SendText(call="c1", text="kami datang"), cmd.SendDigits(call="c1", digits="1#")):
        (order,) = ana(room, command)
        room.reported(ev.OrderDone(at=room.now, order=room.last_entry().seq))
        assert order.by == "ana"
    call = room.board.calls["c1"]
    lines = [(line.text, line.by, line.via) for line in call.lines]
    assert lines == [("tolong", "", "rtt"), ("kami datang", "ana", "rtt")]
    assert call.digits == "5" and any(entry.kind == "DtmfSent" for entry in room.entries)


def test_an_order_that_the_switch_could_not_carry_out_is_said():
    room = talking()
    ana(room, cmd.Prompt(call="c1", sound="silent"))
    room.reported(ev.OrderFailed(at=room.now, order=room.last_entry().seq, why=text("why.not-connected")))
    assert room.board.alarms["order-c1"].level == "warning" and room.board.calls["c1"].state == "talking"


@pytest.mark.parametrize("failed", [False, True])
def test_a_party_that_the_switch_never_called_is_nobody(failed):
    room = talking()
    ana(room, cmd.AddParty(call="c1", to="rsud"))
    order = room.last_entry().seq
    if failed:
        room.reported(ev.OrderFailed(at=room.now, order=order, why=text("why.too-late")))
    else:
        room.wait(room.world.policy.order_for)
    assert not room.board.calls["c1"].members and room.board.calls["c1"].state == "talking"


def test_a_blind_transfer_that_the_switch_never_heard_of_brings_the_caller_back():
    room = talking()
    ana(room, cmd.AddParty(call="c1", to="rsud", blind=True))
    room.wait(room.world.policy.order_for)
    call = room.board.calls["c1"]
    assert (call.state, call.members, bool(call.offered_to)) == ("queued", (), True)
    assert "the caller still waits" in english(room.board.alarms["audio-c1"])
    assert room.replayed() == room.board


def test_two_do_not_call_the_same_number_back():
    room = talking()
    room.incoming("c2", "+62812")
    room.reported(ev.CallEnded(at=room.now, call="c2"))
    placed = room.ask("budi", "call-taker", cmd.CallBack(call="c2", position="P2"))[0]
    with refuses("budi is calling this number back"):
        room.ask("sri", "supervisor", cmd.CallBack(call="c2", position="S1"))
    room.reported(ev.CallEnded(at=room.now, call=placed.call, by="failure", why=text("sip.486", answer="486")))
    assert room.ask("sri", "supervisor", cmd.CallBack(call="c2", position="S1"))


def test_a_call_that_was_handed_over_is_taken_back_before_it_is_ended():
    room = talking()
    ana(room, cmd.AddParty(call="c1", to="rsud", blind=True))
    with refuses("Take the call over"):
        ana(room, cmd.HangUp(call="c1"))
