"""A call that waits too long: other positions, then phones, then another centre; the caller is never dropped."""

import msgspec

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.settings import Policy
from routing.city.contacts import Contact
from routing.city.queues import DEFAULT
from routing.text import text
from tests.dispatch.story import Story, kinds

ONE, TWO, CENTRE = "sip:guard@10.0.0.8", "+62771555", "sip:112@10.9.9.9"
TWO_URI = "sip:+62771555@trunk"
PHONES = msgspec.structs.replace(DEFAULT, phones=(ONE, TWO), phones_after=20.0, alternate_after=60.0)


def centre(spec=PHONES, **policy) -> Story:
    guard = Contact(id="guard", name="Guard", number=ONE, kind="agency", receives=True)
    known = {"outbound": "sip:{number}@trunk", "contacts": {"guard": guard}}
    return Story((spec,), Policy(alternate_centre=CENTRE, **policy), **known)


def dialled(made) -> list[tuple[str, str]]:
    return [(e.call, e.uri) for e in made if isinstance(e, ev.PartyDialled)]


def party_of(room: Story, call: str) -> str:
    (party,) = room.board.calls[call].members
    return party.id


def refused(room: Story, call: str) -> list[ev.Event]:
    why = text("sip.486", answer="486")
    return room.reported(ev.PartyLeft(at=room.now, call=call, party=party_of(room, call), why=why))


def test_the_phones_are_dialled_one_after_the_other_and_who_answers_has_the_caller():
    room = centre()
    room.incoming("c1", "+62811")
    assert dialled(room.wait(19.9)) == []
    made = room.wait(0.2)
    assert dialled(made) == [("c1", ONE)]
    (order,) = [e for e in made if isinstance(e, ev.OrderIssued)]
    assert (order.do, order.uri, order.party) == ("dial", ONE, party_of(room, "c1")) and "Call-Info" in order.headers
    room.reported(ev.OrderDone(at=room.now, order=next(iter(room.board.orders.values())).id))
    assert dialled(refused(room, "c1")) == [("c1", TWO_URI)], "a busy phone is followed by the next one"
    made = room.reported(ev.PartyJoined(at=room.now, call="c1", party=party_of(room, "c1")))
    assert kinds(made) == ["PartyJoined", "CallTransferred"]
    call = room.board.calls["c1"]
    assert (call.state, call.queue, call.user, call.answered) == ("transferred", "", "", room.now)
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    assert not room.board.callbacks, "a person has heard it"
    (hour,) = room.board.queue_hours.values()
    assert (hour.received, hour.answered, hour.longest) == (1, 1, call.answered - call.received)
    assert {key.split(":")[0] for key in room.board.deadlines} <= {"order"}


def test_a_phone_has_one_call_at_a_time_and_is_left_in_peace_for_a_moment():
    room = centre()
    for call in ("c1", "c2", "c3"):
        room.incoming(call)
        room.now += 1
    assert dialled(room.wait(20)) == [("c1", ONE), ("c2", TWO_URI)]
    assert dialled(refused(room, "c1")) == [], "it did not answer a moment ago"
    room.now += 11
    assert dialled(refused(room, "c2")) == [("c1", ONE)]
    room.now += 11
    assert dialled(room.reported(ev.CallEnded(at=room.now, call="c2"))) == [("c3", TWO_URI)]
    made = room.reported(ev.CallEnded(at=room.now, call="c1"))
    assert dialled(made) == [] and room.board.calls["c3"].tried == (TWO,)


def test_phones_that_refuse_at_once_are_not_dialled_without_end():
    room = centre(msgspec.structs.replace(PHONES, phones=(ONE,), alternate_after=0.0))
    room.incoming("c1")
    tries = 0
    for _ in range(300):
        made = room.wait(1.0)
        while dialled(made):
            tries += len(dialled(made))
            made = refused(room, "c1")
    assert 8 <= tries <= 12, "about twice a minute"
    assert room.board.calls["c1"].state == "queued"


def test_after_the_phones_comes_the_alternate_centre():
    room = centre(msgspec.structs.replace(PHONES, phones=(), phones_after=0.0))
    for n in range(40):
        room.incoming(f"c{n:02}", "")
    made = room.wait(61)
    assert len(dialled(made)) == 30, "the other centre is not flooded"
    assert {uri for _, uri in dialled(made)} == {CENTRE}
    room.now += 20
    made = room.reported(ev.PartyJoined(at=room.now, call="c00", party=party_of(room, "c00")))
    assert dialled(made) == []
    assert [e[1] for e in dialled(room.reported(ev.CallEnded(at=room.now, call="c00", by="caller")))] == [CENTRE]


def test_whoever_answers_here_first_has_the_call_and_the_phone_is_let_go():
    room = centre()
    room.incoming("c1")
    room.wait(21)
    room.seated("ana", "P1")
    made = room.ask("ana", "call-taker", cmd.AnswerCall(call="c1", position="P1"))
    party = party_of(room, "c1")
    assert [(e.do, e.party) for e in made if isinstance(e, ev.OrderIssued)] == [("hangup", party), ("connect", "")]
    made = room.reported(ev.PartyJoined(at=room.now, call="c1", party=party))
    assert kinds(made) == ["PartyJoined"], "it answered in the same moment; it is being hung up on"
    room.reported(ev.PartyLeft(at=room.now, call="c1", party=party))
    room.reported(ev.CallBridged(at=room.now, call="c1", position="P1"))
    assert room.board.calls["c1"].state == "talking" and not room.board.calls["c1"].members


def test_when_a_phone_hangs_up_on_the_caller_the_caller_waits_here_again():
    room = centre()
    room.incoming("c1")
    room.wait(21)
    party = party_of(room, "c1")
    room.reported(ev.PartyJoined(at=room.now, call="c1", party=party))
    room.now += 30
    room.reported(ev.PartyLeft(at=room.now, call="c1", party=party))
    room.reported(ev.CallParted(at=room.now, call="c1"))
    call = room.board.calls["c1"]
    assert (call.state, call.queue, call.waiting_since) == ("queued", "112", room.now)
    room.seated("ana", "P1")
    assert room.board.calls["c1"].offered_to == "P1"


def test_a_call_that_finds_too_many_others_goes_on_at_once():
    spec = msgspec.structs.replace(PHONES, overflow_length=2)
    room = centre(spec)
    room.incoming("c1")
    room.incoming("c2")
    assert dialled(room.wait(1)) == []
    room.incoming("c3")
    assert dialled(room.wait(0.1)) == [("c3", ONE)]
    assert room.board.calls["c3"].ahead == 20.0


def test_numbers_are_left_out_where_calls_to_them_are_not_set_up():
    room = Story((PHONES,), Policy())
    room.incoming("c1")
    room.incoming("c2")
    assert dialled(room.wait(21)) == [("c1", ONE)]
    assert "alternate-centre" not in room.board.calls["c1"].overflow


def test_a_city_that_changed_its_queues_does_not_forget_who_waits():
    room = centre()
    room.incoming("c1")
    room.world = msgspec.structs.replace(room.world, queues=(DEFAULT,), policy=Policy())
    room.wait(30)
    assert not [key for key in room.board.deadlines if key.startswith("overflow:")]
    room.seated("ana", "P1")
    assert room.board.calls["c1"].offered_to == "P1"
