"""Telephones that we did not write talk with the switch: as callers, and baresip as a call-taker's desk phone."""

from __future__ import annotations

import pytest

from dispatch import events as ev
from telephony.room import wire
from tests.peers.phones import baresip, heard_by_baresip, linphone
from tests.servers import end, wait_until
from tests.telephony.lines import LiveSwitch, Room
from tests.telephony.test_conference import password_of, soon_hears
from tests.telephony.test_sound import CALLER_HZ, SEAT_HZ, has_heard, tone_in
from tests.texts import english

ECHO = "sip:900@{}"


@pytest.fixture
def live(tmp_path):
    made = LiveSwitch(tmp_path / "switch", 45_000, TEST_NUMBERS="900").start()
    yield made
    made.stop()


def test_baresip_calls_and_hears_its_echo(live, tmp_path):
    phone = baresip(tmp_path / "phone", ECHO.format(live.address), live.address, CALLER_HZ)
    try:
        file = wait_until(lambda: heard_by_baresip(tmp_path / "phone"), what="baresip to hear something")
        soon_hears(file, CALLER_HZ)
    finally:
        end(phone)
    (sealed,) = live.waits_for("RecordingSealed")
    assert tone_in(live.folder / "recordings" / f"{sealed['digest']}.wav", CALLER_HZ) > 0.9
    assert live.waits_for("CallReceived")[0]["caller"] == "+628117001"


def test_linphone_calls_and_hears_its_echo(live, tmp_path):
    phone = linphone(tmp_path / "phone", ECHO.format(live.address), CALLER_HZ)
    try:
        recording = wait_until(lambda: next(iter((live.folder / "live").glob("*.wav")), None), what="a recording")
        has_heard(recording, 2)
        phone.stdin.write("terminate\nquit\n")
        phone.stdin.flush()
        assert live.waits_for("CallEnded")[0].get("by", "caller") == "caller"
        wait_until(lambda: phone.poll() is not None, what="linphone to write what it heard")
    finally:
        end(phone)
    assert tone_in(tmp_path / "phone" / "heard.wav", CALLER_HZ) > 0.9
    (sealed,) = live.waits_for("RecordingSealed")
    assert tone_in(live.folder / "recordings" / f"{sealed['digest']}.wav", CALLER_HZ) > 0.9


def test_baresip_is_a_desk_phone_and_talks_with_baresip(live, tmp_path):
    room = Room(live)
    room.say(wire.Phones(known={"sari": password_of("sari")}))
    wait_until(lambda: (live.folder / "phones.json").exists(), what="the phones to be remembered")
    seat = f"sip:pos-P1@{live.address}"
    desk = baresip(tmp_path / "desk", seat, live.address, SEAT_HZ, user="sari", password="rahasia")
    caller = None
    try:
        room.event(ev.PositionLegUp, position="P1")
        caller = baresip(tmp_path / "caller", f"sip:112@{live.address}", live.address, CALLER_HZ, transport="tcp")
        call = room.event(ev.CallReceived).call
        room.say(wire.OrderMessage(number=1, do="connect", call=call, position="P1"))
        room.event(ev.CallBridged, call=call)
        soon_hears(wait_until(lambda: heard_by_baresip(tmp_path / "caller"), what="the caller"), SEAT_HZ)
        soon_hears(wait_until(lambda: heard_by_baresip(tmp_path / "desk"), what="the desk"), CALLER_HZ)
    finally:
        for phone in (caller, desk):
            if phone is not None:
                end(phone)
        room.close()


@pytest.mark.timeout(120)
def test_a_desk_phone_whose_power_is_cut_leaves_its_caller_to_others(tmp_path):
    live = LiveSwitch(tmp_path / "switch", 46_000, RTP_SILENT_AFTER=2).start()
    room = Room(live)
    room.say(wire.Phones(known={"sari": password_of("sari")}))
    wait_until(lambda: (live.folder / "phones.json").exists(), what="the phones to be remembered")
    seat = f"sip:pos-P1@{live.address}"
    phones = [baresip(tmp_path / "desk", seat, live.address, SEAT_HZ, user="sari", password="rahasia")]
    try:
        room.event(ev.PositionLegUp, position="P1")
        phones.append(baresip(tmp_path / "caller", f"sip:112@{live.address}", live.address, CALLER_HZ))
        call = room.event(ev.CallReceived).call
        room.say(wire.OrderMessage(number=1, do="connect", call=call, position="P1"))
        room.event(ev.CallBridged, call=call)
        phones[0].kill()
        down = live.waits_for("PositionLegDown", seconds=60)[0]
        assert "no answer when asked" in english(down["why"])
        assert live.waits_for("CallParted") and not live.events("CallEnded")
    finally:
        for phone in phones:
            end(phone)
        room.close()
        live.stop()
