"""A stranger's words are no address: what is dialled, what is written to, and what goes along with it."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.catalogue import say
from dispatch.inputs import Refused
from routing.city.contacts import Contact
from telephony.messages.sip import read_invite
from tests.dispatch.story import PLACE, Story
from tests.telephony.messages import invite
from tests.texts import english

OUTBOUND = "sip:{number}@10.0.0.1"


def contact(name: str, number: str, **more) -> Contact:
    """Also where contacts are not marked yet."""
    known = {key: value for key, value in more.items() if key in Contact.__struct_fields__}
    return Contact(id=name, name=name.title(), number=number, kind="agency", **known)


HOSPITAL = contact("hospital", "sip:igd@10.0.0.9", receives=True)
TAXI = contact("taxi", "0771 555001")


def room_of(caller: str = "+628117701122") -> Story:
    """Ana talks with a caller whose place is known and whose incident is open; Budi is free."""
    room = Story(outbound=OUTBOUND, contacts={one.id: one for one in (HOSPITAL, TAXI)})
    room.incoming("owed", caller)
    room.reported(ev.CallEnded(at=room.now, call="owed"))
    room.seated("ana", "P1")
    room.incoming("c1", "+628117701133")
    room.reported(ev.LocationReceived(at=room.now, call="c1", location=PLACE))
    room.answered("c1", "P1")
    room.ask("ana", "call-taker", cmd.OpenIncident(type="fire", call="c1", note="jangan sebut lokasi"))
    room.seated("budi", "P2")
    return room


def dialled(events) -> list[str]:
    return [e.uri for e in events if isinstance(e, ev.OrderIssued) and e.do in ("dial", "place")]


FROMS = {
    "a From that is an address": {"From": "<sip:sip%3Ax%40127.0.0.1%3A31777@op.id>"},
    "of another host's name": {"From": "<sip:sip%3A0900123456%40gw%3A31777@op.id>"},
    "a secure one": {"From": "<sip:sips%3Ax%40127.0.0.1@op.id>"},
    "a premium number": {"From": "<sip:+62809123456@op.id>"},
    "a far country": {"From": "<tel:+88213123456>"},
    "a key of the PBX": {"From": "<sip:*72081234567@op.id>"},
    "ourselves": {"From": "<sip:112@op.id>"},
    "ourselves by our country": {"From": "<sip:+62112@op.id>"},
    "a way abroad": {"From": "<sip:0018005551212@op.id>"},
    "parameters": {"From": "<sip:0811%3Btgrp%3Dx@op.id>"},
    "an asserted address": {"P_Asserted_Identity": "<sip:sip%3Ax%40127.0.0.1@op.id>"},
    "a tel: with a context that dials": {"From": "<tel:1234567;phone-context=+88213>"},
    "two numbers in one": {"From": "<sip:08117701122%400900@op.id>"},
}


@pytest.mark.fault(11, 12)
@pytest.mark.parametrize("headers", FROMS.values(), ids=FROMS.keys())
def test_a_callback_dials_a_number_that_the_city_allows_or_nothing(headers, record_property):
    room = room_of(read_invite(invite(**headers)).caller)
    (owed,) = room.board.callbacks
    try:
        made = room.ask("budi", "call-taker", cmd.CallBack(call=owed, position="P2"))
    except Refused as refused:
        record_property("figure", "refused")
        assert say(refused.text, "id") != english(refused)
        assert "dial_prefixes" in english(refused) or "telephone number" in english(refused)
        return
    record_property("figure", f"dials {dialled(made)[0]}")
    assert dialled(made) == [], "what a stranger wrote is dialled"


@pytest.mark.parametrize("said", ["+628117701122", "<sip:08117701122@op.id>", "<tel:08117701122>",
                                  "<sip:00628117701122@op.id>"])  # fmt: skip
def test_a_caller_with_a_number_is_called_back_by_our_trunk(said):
    number = read_invite(invite(From=said)).caller if said.startswith("<") else said
    room = room_of(number)
    (owed,) = room.board.callbacks
    made = room.ask("budi", "call-taker", cmd.CallBack(call=owed, position="P2"))
    assert dialled(made) == ["sip:+628117701122@10.0.0.1"]


@pytest.mark.fault(11, 12)
@pytest.mark.parametrize("typed", ["sip:taksi@127.0.0.1:31777", "*72081234567", "+88213123456", "0900123456", "112"])
def test_whoever_is_typed_is_a_number_that_the_city_allows(typed, record_property):
    room = room_of()
    wrong = []
    for user, command in (("ana", cmd.AddParty(call="c1", to=typed)), ("budi", cmd.PlaceCall(to=typed, position="P2"))):
        try:
            wrong += dialled(room.ask(user, "call-taker", command))
        except Refused:
            continue
    record_property("figure", f"dials {', '.join(wrong)}" if wrong else "refused")
    assert not wrong


def test_the_citys_own_words_and_plain_numbers_are_dialled():
    room = room_of()
    ways = {"hospital": HOSPITAL.number, HOSPITAL.number: HOSPITAL.number, "taxi": "sip:0771555001@10.0.0.1",
            "0771 555-002": "sip:0771555002@10.0.0.1", "119": "sip:119@10.0.0.1",
            "+62 811 770": "sip:+62811770@10.0.0.1"}  # fmt: skip
    for typed, uri in ways.items():
        assert dialled(room.ask("ana", "call-taker", cmd.AddParty(call="c1", to=typed))) == [uri]


@given(st.text(alphabet="+0123456789*#;@:%sip.-() x٣", max_size=24))
def test_whatever_is_typed_only_digits_reach_the_trunk(typed):
    room = TYPED
    try:
        made = room.ask("ana", "call-taker", cmd.AddParty(call="c1", to=typed or "x"))
    except (Refused, msgspec.ValidationError):
        return
    for uri in dialled(made):
        number = uri[4:].split("@")[0]
        assert uri == OUTBOUND.replace("{number}", number) and number.strip("+").isdecimal() and uri.isascii()


TYPED = room_of()


# -- what goes along
@pytest.mark.fault(11, 12)
@pytest.mark.parametrize("to", ["taxi", "0771 555002", "+6281234567890"])
def test_who_is_not_marked_hears_the_caller_and_gets_nothing_else(to, record_property):
    room = room_of()
    made = room.ask("ana", "call-taker", cmd.AddParty(call="c1", to=to))
    (order,) = [e for e in made if isinstance(e, ev.OrderIssued)]
    goes = [name for name in ("Call-Info", "Geolocation") if name in order.headers] + (["body"] if order.body else [])
    record_property("figure", f"{', '.join(goes) or 'nothing'} goes along")
    assert (order.headers, order.body) == ({}, "")


def test_who_is_marked_gets_place_and_a_key_of_their_own():
    room = room_of()
    keys = []
    for _ in range(2):
        made = room.ask("ana", "call-taker", cmd.AddParty(call="c1", to="hospital"))
        order = next(e for e in made if isinstance(e, ev.OrderIssued))
        given = next(e for e in made if isinstance(e, ev.ReferenceGiven))
        assert "geopriv" in order.body and given.to == "hospital" and given.until <= room.now + 900
        keys.append(order.headers["Call-Info"])
        assert given.digest not in order.headers["Call-Info"]
    assert keys[0] != keys[1], "each party has its own"
    assert room.replayed() == room.board


@pytest.mark.fault(11, 12)
@pytest.mark.parametrize("number", ["+62809123456", "+88213123456", "112", "sip:x@y"])
def test_no_message_goes_to_a_number_that_the_city_does_not_allow(number):
    room = Story()
    room.incoming("c1", number)
    with pytest.raises(Refused):
        room.ask("ana", "call-taker", cmd.SendLocationLink(call="c1"))
    with pytest.raises(Refused):
        room.ask("ana", "call-taker", cmd.SendLocationLink(call="c1", to=number))
