"""A desk phone whose password was taken back, on the real switch: it is shown out, let in no more, and given nobody."""

from __future__ import annotations

import hashlib
import re

import pytest

from dispatch import events as ev
from telephony.digest import REALM
from telephony.room import wire
from tests.servers import wait_until
from tests.telephony.lines import LiveSwitch, Phone, Room


def md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


def ha1(user: str, password: str = "rahasia") -> str:
    return md5(f"{user}:{REALM}:{password}")


def dial_in(switch: LiveSwitch, phone: Phone, user: str, position: str, password: str = "rahasia") -> int:
    """The code of the last answer."""
    uri = f"sip:pos-{position}@{switch.address}"
    code, text = phone.call(uri)
    if code != 401:
        return code
    nonce = re.search(r'nonce="([^"]+)"', text)[1]
    proof = md5(f"{ha1(user, password)}:{nonce}:00000001:abc:auth:{md5(f'INVITE:{uri}')}")
    said = f'Digest username="{user}", realm="{REALM}", nonce="{nonce}", uri="{uri}", qop=auth, nc=00000001, '
    return phone.call(uri, Authorization=f'{said}cnonce="abc", response="{proof}"')[0]


def knows(switch: LiveSwitch, user: str) -> None:
    """Waits until the switch has read who may dial in, and what was said before."""
    file = switch.folder / "phones.json"
    wait_until(lambda: file.exists() and user.encode() in file.read_bytes(), what=f"the switch to know {user}")


def a_room(switch: LiveSwitch, *users: str) -> Room:
    room = Room(switch)
    room.say(wire.Phones(known={user: ha1(user) for user in users}))
    knows(switch, users[-1])
    return room


@pytest.fixture
def switch(tmp_path):
    made = LiveSwitch(tmp_path / "s", 33_000, ROOM_SILENT_AFTER=1, ANNOUNCE_AFTER=1).start(90)
    yield made
    made.stop()


@pytest.mark.fault(11, 10)
def test_a_phone_whose_password_ended_is_shown_out_and_gets_no_caller_while_the_room_is_silent(switch, record_property):
    room = a_room(switch, "mala", "sari")
    with Phone(switch) as mala, Phone(switch) as sari, Phone(switch) as late:
        assert (dial_in(switch, mala, "mala", "P6"), dial_in(switch, sari, "sari", "P7")) == (200, 200)
        for seat in ("P6", "P7"):
            room.event(ev.PositionLegUp, position=seat)
        served = mala.serve_in_background()
        room.say(wire.Phones(known={"sari": ha1("sari")}))
        assert dial_in(switch, late, "mala", "P6") == 401
        room.close()
        with Phone(switch) as first, Phone(switch) as second:
            assert first.call()[0] == 200
            given = [e["position"] for e in switch.waits_for("CallBridged", first.call_id)]
            assert second.call()[0] == 200
            switch.waits_for("AnnouncementStarted", second.call_id)
            given += [e["position"] for e in switch.events("CallBridged", second.call_id)]
        hung = "is hung up" if served["BYE"] else "stays up"
        record_property("figure", f"the removed phone {hung} and is given {given.count('P6')} of 2 callers")
        assert served["BYE"] == 1 and given == ["P7"]


@pytest.mark.fault(11, 10)
def test_who_left_the_position_gets_no_caller_while_the_room_is_silent(switch, record_property):
    """The page was closed, or the person signed off: the phone is up all the same, and the room has said so."""
    room = a_room(switch, "mala", "sari")
    with Phone(switch) as mala, Phone(switch) as sari, Phone(switch) as caller:
        assert (dial_in(switch, mala, "mala", "P6"), dial_in(switch, sari, "sari", "P7")) == (200, 200)
        for seat in ("P6", "P7"):
            room.event(ev.PositionLegUp, position=seat)
        room._socket.sendall(b'{"is":"seats","users":{"P7":"sari"},"ready":["P7"]}\n')
        room.close()
        assert caller.call()[0] == 200
        (given,) = [e["position"] for e in switch.waits_for("CallBridged", caller.call_id)]
        record_property("figure", f"the caller is given to {'whoever left' if given == 'P6' else 'who is there'}")
        assert given == "P7"


def test_who_dials_in_while_nobody_can_sign_on_is_there(switch):
    room = a_room(switch, "sari")
    room.say(wire.Seats(users={}), wire.Phones(known={"sari": ha1("sari"), "last": "x"}))
    knows(switch, "last")
    room.close()
    with Phone(switch) as sari, Phone(switch) as caller:
        assert dial_in(switch, sari, "sari", "P7") == 200
        assert caller.call()[0] == 200
        assert [e["position"] for e in switch.waits_for("CallBridged", caller.call_id)] == ["P7"]
