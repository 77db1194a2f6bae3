"""Who hears whom, measured: hold, a third party, a transfer, a supervisor, a call of ours. Every line is a real one."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import pytest

from dispatch import events as ev
from dispatch.exchange.handover import Carried, carried_for, reference_to
from routing.city.contacts import Contact
from routing.location import Location
from telephony.digest import REALM
from telephony.room import wire
from tests.dispatch.story import Story
from tests.scenarios.instance import samples_of, share_of_tone, write_tone
from tests.servers import wait_until
from tests.telephony.lines import LiveSwitch, Room
from tests.telephony.test_sound import CALLER_HZ, SEAT_HZ, desk_phone, phone

PARTY_HZ, SUPERVISOR_HZ = 440, 1400
TONES = (CALLER_HZ, SEAT_HZ, PARTY_HZ, SUPERVISOR_HZ)


def password_of(user: str) -> str:
    return hashlib.md5(f"{user}:{REALM}:rahasia".encode()).hexdigest()


def hears(file: Path) -> set[int]:
    """The tones in the last second of a recording that still grows."""
    if not file.exists() or b"data" not in file.read_bytes()[:4000]:
        return set()  # its writer has not written the head yet
    samples, rate = samples_of(file)
    last = samples[-rate:]
    if len(last) < rate or abs(last).max() < 300:
        return set()
    return {hertz for hertz in TONES if share_of_tone(last, rate, hertz) > 0.15}


def soon_hears(file: Path, *tones: int) -> None:
    wait_until(lambda: hears(file) == set(tones), 12, f"{file.name} to hear {tones}")


@pytest.fixture
def hospital(started, tmp_path):
    """Another switch: it answers at once, plays a tone for its announcement, and records what it hears."""
    sounds = tmp_path / "hospital" / "sounds"
    sounds.mkdir(parents=True)
    write_tone(sounds / "announcement.wav", PARTY_HZ, 4.0, 8000)
    return started("hospital", 42_000)


class Centre:
    """A switch, its room by hand, a call-taker at P1 and a caller whom the call-taker talks with."""

    def __init__(self, started, folder: Path, rtp: int) -> None:
        self.live: LiveSwitch = started("centre", rtp)
        self.room = Room(self.live)
        known = {"sari": password_of("sari"), "sri": password_of("sri")}
        self.room.say(wire.Phones(known=known))
        wait_until(lambda: (self.live.folder / "phones.json").exists(), what="the phones to be remembered")
        self.at_desk, self.at_caller, self.at_supervisor = (folder / f"{n}.wav" for n in ("desk", "caller", "super"))
        self.number = 0
        desk_phone(started, self.live, self.at_desk)
        self.room.event(ev.PositionLegUp, position="P1")

    def order(self, what: str, **fields) -> None:
        self.number += 1
        self.room.say(wire.OrderMessage(number=self.number, do=what, **fields))

    def done(self) -> None:
        self.room.event(ev.OrderDone, order=self.number)

    def called(self, started) -> str:
        phone(started, self.live, hertz=CALLER_HZ, heard=self.at_caller)
        call = self.room.event(ev.CallReceived).call
        self.order("connect", call=call, position="P1")
        self.room.event(ev.CallBridged, call=call)
        return call


@pytest.fixture
def centre(started, tmp_path):
    made = Centre(started, tmp_path, 43_000)
    yield made
    made.room.close()


def recorded_by(live: LiveSwitch) -> Path:
    return wait_until(lambda: next(iter((live.folder / "live").glob("*.wav")), None), what="a recording")


def located() -> Story:
    """What a room knows of a caller whose telephone said where it is."""
    story = Story()
    story.incoming("c1", "+628117701122")
    place = Location(lat=0.92, lon=104.45, radius=15.0, method="GPS", source="aml", at=story.now)
    story.reported(ev.LocationReceived(at=story.now, call="c1", location=place))
    return story


def carried_by(story: Story) -> Carried:
    hospital = Contact(id="rsud", name="RSUD", number="sip:igd@127.0.0.1", kind="agency", receives=True)
    given = reference_to(story.board, "c1", "A1", hospital, story.now, story.world)
    return carried_for(story.board, given, story.world)


def test_the_caller_waits_while_the_hospital_is_asked_then_all_talk_then_the_call_taker_goes(started, hospital, centre):
    call = centre.called(started)
    soon_hears(centre.at_caller, SEAT_HZ)
    soon_hears(centre.at_desk, CALLER_HZ)
    centre.order("mode", call=call, mode="held")
    soon_hears(centre.at_desk)
    carried = msgspec.structs.asdict(carried_by(located()))
    centre.order("dial", call=call, party="A1", uri=f"sip:rsud@{hospital.address};transport=tcp", **carried)
    centre.room.event(ev.PartyJoined, party="A1")
    at_hospital = recorded_by(hospital)
    soon_hears(at_hospital, SEAT_HZ)
    soon_hears(centre.at_desk, PARTY_HZ)
    centre.order("mode", call=call, mode="talk")
    soon_hears(at_hospital, SEAT_HZ, CALLER_HZ)
    soon_hears(centre.at_desk, PARTY_HZ, CALLER_HZ)
    soon_hears(centre.at_caller, SEAT_HZ, PARTY_HZ)
    centre.order("leave", call=call, position="P1")
    soon_hears(at_hospital, CALLER_HZ)
    soon_hears(centre.at_caller, PARTY_HZ)
    centre.order("hangup", call=call)
    sealed = {e["leg"] for e in centre.live.waits_for("RecordingSealed", count=3)}
    assert sealed == {"caller", "call-taker", "party-A1"}
    # What went with the INVITE was understood over there: it is a centre like ours.
    (place,) = hospital.events("LocationReceived")
    assert (place["location"]["lat"], place["location"]["radius"]) == (0.92, 15.0)
    assert not hospital.events("DiscrepancyNoted")


def test_a_party_that_refuses_leaves_the_caller_with_the_call_taker(started, centre):
    call = centre.called(started)
    centre.order("dial", call=call, party="A1", uri="sip:nobody@127.0.0.1:9;transport=tcp")
    assert centre.room.event(ev.PartyLeft, 40, party="A1").why
    soon_hears(centre.at_caller, SEAT_HZ)


def test_a_supervisor_hears_without_being_heard_then_whispers_to_the_call_taker_only(started, centre):
    call = centre.called(started)
    seat = ("--dial", f"sip:pos-S1@{centre.live.address}", "--user", "sri", "--password", "rahasia", "--number", "sri")
    phone(started, centre.live, *seat, hertz=SUPERVISOR_HZ, heard=centre.at_supervisor)
    centre.room.event(ev.PositionLegUp, position="S1")
    centre.order("connect", call=call, position="S1", mode="listen")
    soon_hears(centre.at_supervisor, CALLER_HZ, SEAT_HZ)
    soon_hears(centre.at_desk, CALLER_HZ)
    centre.order("connect", call=call, position="S1", mode="whisper")
    soon_hears(centre.at_desk, CALLER_HZ, SUPERVISOR_HZ)
    soon_hears(centre.at_caller, SEAT_HZ)
    centre.order("connect", call=call, position="S1", mode="barge")
    soon_hears(centre.at_caller, SEAT_HZ, SUPERVISOR_HZ)


def test_a_call_of_ours_is_placed_and_heard_at_both_ends(hospital, centre):
    centre.order("place", call="P-1", position="P1", uri=f"sip:+62811@{hospital.address};transport=tcp",
                 headers={"Priority": "psap-callback"})  # fmt: skip
    assert centre.room.event(ev.CallBridged, 20, call="P-1").position == "P1"
    soon_hears(centre.at_desk, PARTY_HZ)
    soon_hears(recorded_by(hospital), SEAT_HZ)
    centre.order("hangup", call="P-1")
    assert centre.room.event(ev.CallEnded, call="P-1").by == "centre"
