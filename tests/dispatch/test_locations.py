"""Stories of places: what a table knows, what a phone sends, what a call-taker hears and verifies."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.folds.locations import KEEP_PLACES
from dispatch.inputs import Noted
from dispatch.policy.places.locations import MAX_UNCLAIMED
from routing.location import Location, offset
from tests.dispatch.story import PLACE, Story, kinds, world_of
from tests.texts import english, indonesian, refuses

NUMBER = "+628117701122"
CELL = Location(lat=0.93, lon=104.46, radius=900.0, confidence=80.0, source="cell", method="cell")
FIX = Location(lat=0.92, lon=104.45, radius=12.0, confidence=68.0, source="aml", method="G")


def told(room, place, call="c1", **more):
    place = msgspec.structs.replace(place, at=place.at or room.now)
    return room.reported(ev.LocationReceived(at=room.now, call=call, location=place, **more))


def away(place, metres):
    lat, lon = offset(place.lat, place.lon, 0.0, metres)
    return msgspec.structs.replace(place, lat=lat, lon=lon)


def phone_sends(room, place=FIX, number=NUMBER, imei=""):
    place = place and msgspec.structs.replace(place, at=room.now)
    return room.input(Noted(ev.AmlReceived(at=room.now, number=number, imei=imei, location=place)))


def test_the_cell_first_then_the_phones_fix_and_the_cell_again_changes_nothing():
    room = Story()
    room.world = world_of(room.world, places_of=lambda call: (CELL,))
    made = room.incoming("c1", NUMBER)
    assert kinds(made) == ["CallReceived", "LocationReceived", "LocationChosen", "CallQueued"]
    call = room.board.calls["c1"]
    assert call.best == 0 and "radio cell" in english(call.best_why) and "sel radio" in indonesian(call.best_why)
    made = told(room, FIX)
    assert kinds(made) == ["LocationReceived", "LocationChosen"]
    assert "± 19 m" in english(made[1].why) and "before: the radio cell" in english(made[1].why)
    assert kinds(told(room, CELL)) == ["LocationReceived"]
    call = room.board.calls["c1"]
    assert call.best == 1 and len(call.locations) == 3 and call.place(call.best).radius == 12


def test_a_verified_place_stays_and_what_speaks_against_it_is_told_once():
    room = Story()
    room.incoming("c1", NUMBER)
    told(room, CELL)
    told(room, FIX)
    made = room.ask("ana", "call-taker", cmd.VerifyLocation(call="c1", observation=0))
    assert kinds(made) == ["LocationVerified", "LocationChosen"] and english(made[1].why) == "verified by ana"
    room.now += 10
    far = away(FIX, 9_000)
    assert kinds(told(room, far)) == ["LocationReceived"], "a jump proves nothing"
    room.now += 10
    made = told(room, far)
    assert kinds(made) == ["LocationReceived", "LocationContradicted"] and made[1].metres > 5_000
    assert kinds(told(room, far)) == ["LocationReceived"]
    call = room.board.calls["c1"]
    assert (call.best, call.verified, call.verified_by, call.contradicted) == (0, 0, "ana", 3)
    room.ask("ana", "call-taker", cmd.VerifyLocation(call="c1", observation=3))
    call = room.board.calls["c1"]
    assert (call.best, call.verified, call.contradicted) == (3, 3, -1)


def test_what_the_call_taker_hears_is_an_observation_like_the_others():
    room = Story()
    room.incoming("c1", NUMBER)
    told(room, CELL)
    room.world = world_of(room.world, geocode=lambda text: PLACE if text == "Batu 10" else None)
    made = room.ask("ana", "call-taker", cmd.ObserveLocation(call="c1", text="Batu 10"))
    assert kinds(made) == ["LocationReceived", "LocationChosen"] and made[0].by == "ana"
    assert (made[0].location.source, made[0].location.text, made[0].location.at) == ("operator", "Batu 10", room.now)
    with refuses("was not found"):
        room.ask("ana", "call-taker", cmd.ObserveLocation(call="c1", text="Batu 99"))
    with refuses("cannot be used"):
        null = Location(lat=0.0, lon=0.0)
        room.ask("ana", "call-taker", cmd.ObserveLocation(call="c1", location=null))
    with refuses("cannot be used"):
        room.ask("ana", "call-taker", cmd.VerifyLocation(call="c1", observation=7))


def test_an_address_without_coordinates_is_kept_and_looked_up():
    room = Story()
    room.world = world_of(room.world, geocode=lambda text: PLACE if "Merdeka" in text else None)
    room.incoming("c1", NUMBER)
    made = room.reported(ev.CivicReceived(at=room.now, call="c1", parts={"RD": "Jl. Merdeka", "HNO": "4"}))
    assert kinds(made) == ["CivicReceived", "LocationReceived", "LocationChosen"]
    assert made[1].location.flags == ("geocoded",) and made[1].location.civic == {"RD": "Jl. Merdeka", "HNO": "4"}
    made = room.reported(ev.CivicReceived(at=room.now, call="c1", parts={"RD": "Nowhere"}, text="Nowhere"))
    assert kinds(made) == ["CivicReceived"] and room.board.calls["c1"].civic == ("Jl. Merdeka, 4", "Nowhere")


@pytest.mark.parametrize("when", ["before", "during", "after"])
def test_a_phones_message_finds_its_call_whenever_it_comes(when):
    room = Story()
    if when == "before":
        assert kinds(phone_sends(room)) == ["AmlReceived"]
        room.wait(20)
    made = room.incoming("c1", NUMBER)
    if when == "after":
        room.reported(ev.CallEnded(at=room.now, call="c1"))
        room.now += 600
    if when != "before":
        made = phone_sends(room)
    assert {"AmlClaimed", "LocationReceived", "LocationChosen"} <= set(kinds(made))
    call = room.board.calls["c1"]
    assert call.place(call.best).source == "aml" and bool(room.board.tables["unclaimed"]) == (when == "after")
    if when == "after":
        room.wait(1801)
    assert not room.board.tables["unclaimed"] and not room.board.tables["awaited"]
    assert not [key for key in room.board.deadlines if key.startswith("aml:")]
    if when == "after":
        assert len(room.board.calls["c1"].locations) == 1
        return
    phone_sends(room)
    assert len(room.board.calls["c1"].locations) == 2, "every message is kept"


def test_a_late_message_reaches_the_incident_that_had_no_place():
    room = Story()
    room.incoming("c1", NUMBER)
    room.ask("ana", "dispatcher", cmd.OpenIncident(type="fire", call="c1"))
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    made = phone_sends(room)
    assert kinds(made)[-3:] == ["IncidentChanged", "RecommendationMade", "NoteAdded"]
    assert room.board.incidents["K-00001"].location.source == "aml"


def test_a_message_that_nobody_claims_lapses_and_there_are_never_too_many():
    room = Story()
    phone_sends(room)
    room.wait(1801)
    assert not room.board.tables["unclaimed"] and not room.board.deadlines
    for n in range(MAX_UNCLAIMED + 5):
        phone_sends(room, number=f"+62{n}")
    assert len(room.board.tables["unclaimed"]) == MAX_UNCLAIMED == len(room.board.deadlines)


def test_a_phone_is_known_by_its_imei_when_it_hides_its_number():
    room = Story()
    room.incoming("c1", NUMBER)
    phone_sends(room, imei="490154203237518")
    phone_sends(room, number="", imei="490154203237518")
    assert len(room.board.calls["c1"].locations) == 2
    made = phone_sends(room, place=None)
    assert kinds(made) == ["AmlReceived", "AmlClaimed", "DiscrepancyNoted"]


def test_a_message_before_a_second_call_reaches_that_one_too():
    room = Story()
    room.incoming("c1", NUMBER)
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    room.now += 300
    phone_sends(room)
    assert len(room.board.calls["c1"].locations) == 1, "it may be late"
    room.now += 5
    room.incoming("c2", NUMBER)
    assert len(room.board.calls["c2"].locations) == 1, "or early"
    room.incoming("c3", NUMBER)
    assert not room.board.calls["c3"].locations


def test_an_incident_without_a_place_gets_that_of_the_call_that_joins_it():
    room = Story()
    room.ask("ana", "dispatcher", cmd.OpenIncident(type="fire"))
    room.incoming("c1", NUMBER)
    told(room, FIX)
    made = room.ask("ana", "dispatcher", cmd.LinkCall(incident="K-00001", call="c1"))
    assert kinds(made) == ["CallLinked", "IncidentChanged", "RecommendationMade"]
    assert room.board.incidents["K-00001"].location.radius == FIX.radius


def test_a_message_goes_to_the_call_that_is_still_there():
    room = Story()
    room.incoming("c1", NUMBER)
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    room.incoming("c2", NUMBER)
    phone_sends(room)
    assert len(room.board.calls["c2"].locations) == 1 and not room.board.calls["c1"].locations


def test_a_long_trail_keeps_the_board_small_and_what_matters_on_it():
    room = Story()
    room.incoming("c1", NUMBER)
    told(room, FIX)
    room.ask("ana", "call-taker", cmd.VerifyLocation(call="c1", observation=0))
    for n in range(KEEP_PLACES + 30):
        room.now += 1
        told(room, away(FIX, n))
    call = room.board.calls["c1"]
    assert len(call.locations) == KEEP_PLACES == len(call.numbers)
    assert call.best == 0 == call.numbers[0] and call.numbers[-1] == KEEP_PLACES + 30
    kept = [e for e in map(lambda entry: entry.event, room.entries) if isinstance(e, ev.LocationReceived)]
    assert len(kept) == KEEP_PLACES + 31
    assert room.replayed() == room.board


steps = st.lists(
    st.tuples(
        st.sampled_from(["fix", "cell", "far", "aml", "other aml", "verify", "hear", "end", "wait"]), st.integers(0, 5)
    ),
    max_size=25,
)


@given(steps)
def test_whatever_happens_every_observation_is_kept_and_the_replay_agrees(several):
    room = Story()
    room.world = world_of(room.world, places_of=lambda call: (CELL,), geocode=lambda text: PLACE)
    room.incoming("c1", NUMBER)
    received, open_ = 1, True
    for step, n in several:
        if step in ("fix", "cell", "far"):
            told(room, {"fix": away(FIX, 30 * n), "cell": CELL, "far": away(FIX, 40_000)}[step])
        elif step == "aml":
            phone_sends(room)
        elif step == "other aml":
            phone_sends(room, number="+1")
        elif step == "hear":
            room.ask("ana", "call-taker", cmd.ObserveLocation(call="c1", text="x"))
        elif step == "verify" and n < received:
            room.ask("ana", "call-taker", cmd.VerifyLocation(call="c1", observation=n))
        elif step == "end" and open_:
            room.reported(ev.CallEnded(at=room.now, call="c1"))
            open_ = False
        elif step == "wait":
            room.wait(10)
        received += step in ("fix", "cell", "far", "aml", "hear")
        call = room.board.calls["c1"]
        assert len(call.locations) == received and call.best >= 0
        assert call.verified in (-1, call.best)
    assert room.replayed() == room.board
    due = {f"aml:{key}" for key in room.board.tables["unclaimed"]}
    assert due == {key for key in room.board.deadlines if key.startswith("aml:")}
