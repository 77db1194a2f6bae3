"""At which positions a waiting call rings: skills first, everywhere at once, in order, and at none for ever."""

import msgspec

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.settings import Policy
from routing.city.queues import DEFAULT, QueueSpec
from routing.location import Location
from tests.dispatch.story import Story, kinds

NAMES = {"names": {"id": "n"}}
FIRE = QueueSpec(id="fire", services=("sos.fire",), skills=("fire",), skills_after=8, **NAMES)
ENGLISH = QueueSpec(id="english", languages=("en",), skills=("en",), skills_after=20, **NAMES)
ISLAND = QueueSpec(id="island", boundaries=("Penyengat",), **NAMES)
ALL = msgspec.structs.replace(DEFAULT, ring="ring-all")


def rings_at(room: Story, call: str = "c1") -> tuple[str, ...]:
    return room.board.calls[call].offered_all


def test_whoever_has_the_skills_is_asked_first_and_after_a_while_anybody():
    room = Story((FIRE, DEFAULT))
    room.seated("ana", "P1")
    room.now += 60
    room.seated("budi", "P2", skills=["fire", "en"])
    room.seated("cici", "P3", skills=["fire"])
    room.incoming("c1", service="sos.fire.forest")
    assert room.board.calls["c1"].queue == "fire" and rings_at(room) == ("P2",), "although Ana has been idle longer"
    room.incoming("c2", service="sos.fire")
    assert rings_at(room, "c2") == ("P3",)
    room.incoming("c3", service="sos.fire")
    assert rings_at(room, "c3") == (), "people with the skill are on duty"
    room.wait(8)
    assert rings_at(room, "c3") == ("P1",)


def test_where_nobody_on_duty_has_the_skill_anybody_is_asked_at_once():
    room = Story((FIRE, DEFAULT))
    room.seated("ana", "P1")
    room.incoming("c1", service="sos.fire")
    assert rings_at(room) == ("P1",)
    room.seated("budi", "P2", skills=["fire"])
    room.incoming("c2", service="sos.fire")
    assert rings_at(room, "c2") == ("P2",)
    room.incoming("c3", service="sos.fire")
    room.ask("budi", "call-taker", cmd.SetReady(position="P2", ready=False))
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    assert rings_at(room, "c2") == ("P1",), "the one who could has gone"


def test_the_people_of_another_queue_are_asked_before_everybody_is():
    wide = msgspec.structs.replace(ENGLISH, overflow_to=("fire",), overflow_after=5.0)
    room = Story((FIRE, wide, DEFAULT))
    room.seated("ana", "P1")
    room.seated("eka", "P2", skills=["en"])
    room.incoming("c1", languages=("en-GB",))
    room.seated("budi", "P3", skills=["fire"])
    room.incoming("c2", languages=("en",))
    assert (rings_at(room), rings_at(room, "c2")) == (("P2",), ())
    assert ev.CallOverflowed(at=room.now + 5, call="c2", to=("fire",), next=room.now + 10) in room.wait(5)
    assert rings_at(room, "c2") == ("P3",)
    room.answered("c2", "P3")
    assert not [key for key in room.board.deadlines if key.endswith("c2")]


def test_where_all_ring_the_others_are_quiet_as_soon_as_one_answers():
    room = Story((ALL,))
    room.seated("ana", "P1", media="phone")
    room.seated("budi", "P2", media="phone")
    made = room.incoming("c1")
    assert [e.positions for e in made if isinstance(e, ev.CallOffered)] == [("P1", "P2")]
    assert [e.position for e in made if isinstance(e, ev.OrderIssued)] == ["P1", "P2"]
    room.seated("cici", "P3")
    assert rings_at(room) == ("P1", "P2", "P3"), "who comes later hears it too"
    room.incoming("c2")
    assert rings_at(room, "c2") == ()
    room.ask("budi", "call-taker", cmd.AnswerCall(call="c1", position="P2"))
    assert rings_at(room) == () and rings_at(room, "c2") == ("P1", "P3")
    room.ask("ana", "call-taker", cmd.SetReady(position="P1", ready=False))
    assert rings_at(room, "c2") == ("P3",) and room.board.calls["c2"].offered_to == "P3"
    room.ask("cici", "call-taker", cmd.SignOff(position="P3"))
    assert rings_at(room, "c2") == () and not [key for key in room.board.deadlines if key.startswith("offer:")]


def test_a_call_taken_by_somebody_else_frees_the_position_where_it_rang():
    room = Story()
    room.seated("ana", "P1")
    room.seated("budi", "P2")
    for call in ("c1", "c2", "c3"):
        room.incoming(call)
    assert [rings_at(room, call) for call in ("c1", "c2", "c3")] == [("P1",), ("P2",), ()]
    room.ask("budi", "call-taker", cmd.AnswerCall(call="c1", position="P2"))
    assert [rings_at(room, call) for call in ("c2", "c3")] == [("P1",), ()], "what rang at Budi rings at Ana"


def test_a_call_nobody_answers_goes_round_all_positions():
    room = Story()
    for name in ("P1", "P2", "P3"):
        room.seated(f"user-{name}", name)
        room.now += 1
    room.incoming("c1")
    heard = []
    for _ in range(7):
        heard += rings_at(room)
        room.wait(12)
    assert heard == ["P1", "P2", "P3", "P1", "P2", "P3", "P1"]


def test_calls_of_a_queue_with_priority_go_first_until_somebody_has_waited_long():
    first = msgspec.structs.replace(FIRE, priority=3, skills=())
    room = Story((first, DEFAULT))
    room.incoming("old")
    room.now += 1
    room.incoming("fire", service="sos.fire")
    room.seated("ana", "P1")
    assert rings_at(room, "fire") == ("P1",)
    room.wait(200)
    room.reported(ev.CallEnded(at=room.now, call="fire"))
    room.incoming("fire2", service="sos.fire")
    room.ask("ana", "call-taker", cmd.SetReady(position="P1", ready=False))
    room.ask("ana", "call-taker", cmd.SetReady(position="P1", ready=True))
    assert rings_at(room, "old") == ("P1",)


def test_a_place_moves_a_waiting_call_once_to_the_queue_of_its_boundary():
    room = Story((ISLAND, DEFAULT), borders=lambda lat, lon: ("Penyengat",) if lon < 104.43 else ())
    island = Location(lat=0.93, lon=104.42, radius=20.0, method="GPS", source="test", at=room.now)
    sector = msgspec.structs.replace(island, radius=4000.0)
    room.incoming("c1")
    room.reported(ev.LocationReceived(at=room.now, call="c1", location=sector))
    assert room.board.calls["c1"].queue == "112", "the sector of a cell says too little"
    made = room.reported(ev.LocationReceived(at=room.now, call="c1", location=island))
    assert ev.CallQueued(at=room.now, call="c1", queue="island", overflow_at=room.now + 10, moved=True) in made
    back = msgspec.structs.replace(island, lon=104.45, radius=5.0)
    room.reported(ev.LocationReceived(at=room.now, call="c1", location=back))
    assert room.board.calls["c1"].queue == "island", "it does not wander"
    room.seated("ana", "P1")
    room.ask("ana", "call-taker", cmd.SetReady(position="P1", ready=False))
    room.incoming("c2")
    room.ask("ana", "call-taker", cmd.SetReady(position="P1", ready=True))
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    room.now += 3
    room.reported(ev.LocationReceived(at=room.now, call="c2", location=island))
    assert (room.board.calls["c2"].queue, rings_at(room, "c2")) == ("112", ("P1",)), "a ringing call is let ring"


def test_a_place_that_comes_with_the_call_counts_although_it_rings_already():
    room = Story((ISLAND, DEFAULT), borders=lambda lat, lon: ("Penyengat",))
    room.seated("ana", "P1")
    place = Location(lat=0.93, lon=104.42, radius=20.0, method="GPS", source="test", at=room.now)
    room.incoming("c1")
    made = room.reported(ev.LocationReceived(at=room.now, call="c1", location=place))
    assert kinds(made)[-2:] == ["CallQueued", "CallOffered"]
    assert room.board.calls["c1"].queue == "island" and rings_at(room) == ("P1",)


def test_signing_on_elsewhere_leaves_nothing_ringing_at_the_empty_seat():
    room = Story()
    room.seated("ana", "P1")
    room.incoming("c1")
    room.seated("ana", "P2")
    assert rings_at(room) == ("P2",)


def test_an_old_journal_without_the_new_fields_folds_as_it_did():
    room = Story()
    old = [
        b'{"event":"PositionOpened","at":1,"position":"P1","user":"ana","media":"browser"}',
        b'{"event":"CallReceived","at":2,"call":"c1"}',
        b'{"event":"CallQueued","at":2,"call":"c1","queue":"fire"}',
        b'{"event":"CallOffered","at":2,"call":"c1","position":"P1","until":14}',
    ]
    room._take(ev.decode(body) for body in old)
    call = room.board.calls["c1"]
    assert (call.queue, call.offered_to, call.offered_all, call.overflow) == ("fire", "P1", ("P1",), ())
    room.wait(20)
    assert room.board.calls["c1"].queue == "fire", "a queue that is gone from the city's file still holds its calls"


def test_wrap_up_yields_at_once_where_the_city_wants_it_so():
    room = Story(policy=Policy(wrap_up_yields_after=0.0))
    room.seated("ana", "P1")
    room.incoming("c1")
    room.answered("c1", "P1")
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    assert room.board.positions["P1"].wrapping == "c1"
    room.incoming("c2")
    assert rings_at(room, "c2") == ("P1",)
