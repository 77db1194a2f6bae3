"""What another centre sends is read strictly, whoever made it, and can never hurt."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch import commands as cmd
from dispatch.exchange.alerts import alert_body
from dispatch.exchange.eido import eido
from dispatch.exchange.eido_in import MAX_BYTES, read_eido
from routing.location import Malformed
from telephony.messages.reader import Reader
from tests.dispatch.test_eido import a_night
from tests.dispatch.test_neighbours import CITY, OVER, REGENCY, Centre112

PLACE = Reader().place


def an_alert() -> dict:
    room = Centre112("kota", CITY, "bintan", REGENCY)
    room.now = 1_764_000_000.0
    room.seated()
    room.incoming("c1", "+628117701122")
    name = room.opens(OVER, call="c1", note="dua korban")
    room.assigns(name, "FIR-01")
    return alert_body(room.board, room.board.alerts["A-00001"], room.now, room.world)


def test_what_we_write_is_what_we_read():
    told = read_eido(msgspec.json.encode(an_alert()), PLACE)
    assert (told.remote, told.version, told.state, told.why) == ("A-00001.1764000000", 1, "open", "across")
    assert (told.type, told.theirs, told.address) == ("fire", "K-00001", "Jl. Wacopek")
    assert (told.caller, told.sent) == ("+628117701122", ("FIR-01",))
    assert told.location.lat == pytest.approx(OVER.lat) and told.location.source == "centre"
    assert told.notes[-1] == "Jl. Wacopek" and "dua korban" in told.notes, "why it is sent is read from its own member"
    assert "Kota: di wilayah Anda / in your area." in an_alert()["notesComponent"][-1]["notesActionComments"]


def test_an_eido_of_another_maker_is_known_by_its_own_id_and_time():
    story = a_night()
    made = eido(story.board, next(iter(story.board.incidents)), story.now, story.world, "Batam")
    told = read_eido(msgspec.json.encode(made), PLACE)
    assert told.remote == made["$id"] and told.version == int(story.now) and told.state == "open"
    assert told.location is not None and told.caller == "+628117701122"
    made["incidentComponent"]["incidentStatusCommonRegistryText"] = ["Closed"]
    assert read_eido(json.dumps(made).encode(), PLACE).state == "closed"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "not right"),
        (b"[]", "not right"),
        (b"{}", "cannot be known again"),
        (b"[" * 100_000, "not right"),
        (b'{"$id": "' + b"a" * MAX_BYTES + b'"}', "more than"),
        (b'{"siaga": {"alert": "A", "version": 0}}', "siaga.version"),
        (b'{"siaga": {"alert": "A", "version": 1, "why": "x"}}', "siaga.why"),
        (b'{"$id": "a", "incidentComponent": {"locationReference": "x"}}', "locationReference"),
        (b'{"$id": "\xff"}', "not right"),
    ],
)
def test_what_cannot_be_used_names_its_member(body, why):
    with pytest.raises(Malformed, match=why):
        read_eido(body, PLACE)


def test_a_place_that_cannot_be_read_costs_the_place_only():
    made = an_alert()
    good = made["locationComponent"][0]["locationByValue"]
    made["locationComponent"] = [{"$id": str(n), "locationByValue": x} for n, x in enumerate(["", "<x", "<a/>"])]
    assert read_eido(json.dumps(made).encode(), PLACE).location is None
    made["locationComponent"].append({"$id": "9", "locationByValue": good})
    assert read_eido(json.dumps(made).encode(), PLACE).location.lat == pytest.approx(OVER.lat)


anything = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(sorted(an_alert())), anything, st.booleans())
def test_any_member_may_be_anything(member, value, within):
    made = an_alert()
    if within and isinstance(made[member], list) and made[member]:
        made[member] = [made[member][0] | {key: value for key in made[member][0]}]
    else:
        made[member] = value
    try:
        told = read_eido(json.dumps(made).encode(), PLACE)
    except Malformed as wrong:
        assert 0 < len(str(wrong)) < 1000
        return
    assert len(msgspec.json.encode(told)) < 60_000 and told.remote and told.version >= 1


@given(st.binary(max_size=300))
def test_any_bytes(body):
    try:
        read_eido(body, PLACE)
    except Malformed:
        pass


def test_a_crowded_object_is_bounded():
    made = an_alert()
    made["notesComponent"] = [{"$id": "n", "notesActionComments": "x" * 900}] * 200
    made["emergencyResourceComponent"] = [{"emergencyResourceName": f"U-{n}"} for n in range(900)]
    made["incidentComponent"]["notesReference"] = []
    told = read_eido(json.dumps(made).encode(), PLACE)
    assert len(told.notes) == 20 and len(told.notes[0]) == 500 and len(told.sent) == 40


def test_a_command_for_an_alert_is_bounded_too():
    with pytest.raises(ValueError, match="answer"):
        cmd.decode(b'{"command": "AnswerAlert", "alert": "a", "answer": "maybe"}')
