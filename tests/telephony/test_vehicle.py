"""Stories of vehicles that call, with the pure switch."""

from __future__ import annotations

import msgspec
import pytest

from dispatch import events as ev
from dispatch.calldata import Msd
from telephony.messages import ecall
from telephony.room.wire import OrderMessage
from telephony.switch import actions as do
from telephony.switch import hearing, vehicle
from telephony.switch.orders import carry_out
from tests.telephony.legs import CALL, NOW, a_switch, told

MSD = Msd(
    version=2, message=1, automatic=True, trusted=True, vehicle="M1", vin="WVWZZZ1KZAW000001", heading=90.0, at=1.7e9,
    propulsion=("electric",), lat=0.9184, lon=104.4603, occupants=2,
)  # fmt: skip
ECALL = msgspec.structs.replace(CALL, service="sos.ecall.automatic")


def sent(msd: Msd = MSD) -> vehicle.Found:
    return vehicle.read(ecall.encode_msd(msd), "msd@car")


def the_200(actions: do.Actions) -> ecall.Control:
    (answer,) = [a for a in actions if isinstance(a, do.Answer)]
    assert answer.body_type == ecall.CONTROL_TYPE and answer.headers["Recv-Info"] == vehicle.PACKAGE
    return ecall.read_control(answer.body.encode())


def test_a_vehicles_data_are_told_and_acknowledged_in_the_200():
    switch = a_switch(announce_after=0)
    received = switch.invited("c1", ECALL, "10.0.0.1", "d1", NOW, sent())
    assert told(received, ev.MsdReceived)[0].msd == MSD
    place = told(received, ev.LocationReceived)[0].location
    assert (round(place.lat, 4), place.source, place.radius, place.flags) == (0.9184, "ecall", 150.0, ())
    assert the_200(received) == ecall.Control(ref="msd@car", received=True)


def test_a_position_that_cannot_be_trusted_says_so():
    place = vehicle.place_of(msgspec.structs.replace(MSD, trusted=False))
    assert place.flags == ("untrusted",) and place.radius > 150
    assert vehicle.place_of(msgspec.structs.replace(MSD, lat=None, lon=None)) is None


@pytest.mark.parametrize("data", [b"", b"\x02" * 30, b"\xff" * 140, b"\x03" + b"\0" * 60], ids=len)
def test_data_that_cannot_be_read_are_refused_and_the_call_is_answered(data):
    switch = a_switch(announce_after=0)
    received = switch.invited("c1", ECALL, "10.0.0.1", "d1", NOW, vehicle.read(data, "x@car"))
    assert told(received, ev.DiscrepancyNoted) and not told(received, ev.MsdReceived)
    assert the_200(received) == ecall.Control(ref="x@car", received=False)


def test_a_vehicle_that_says_it_only_tests_pages_nobody():
    received = a_switch().invited("c1", ECALL, "10.0.0.1", "", NOW, sent(msgspec.structs.replace(MSD, test=True)))
    assert told(received, ev.CallReceived)[0].test


def test_newer_data_are_asked_for_by_info_and_acknowledged_by_info():
    switch = a_switch(announce_after=0)
    switch.invited("c1", ECALL, "10.0.0.1", "", NOW, sent())
    switch.up("c1", NOW)
    (asked, done) = carry_out(switch, OrderMessage(number=1, do="msd", call="c1"), NOW)
    assert ecall.read_control(asked.body.encode()).requested == ("eCall.MSD",)
    assert asked.headers["Info-Package"] == vehicle.PACKAGE and told([done], ev.OrderDone)
    came = vehicle.arrived(switch, "c1", sent(msgspec.structs.replace(MSD, message=2)), "d2", NOW + 3)
    assert told(came, ev.MsdReceived)[0].msd.message == 2
    assert ecall.read_control(came[-1].body.encode()).received is True


def test_data_that_are_read_after_the_answer_are_acknowledged_by_info_and_before_it_in_the_200():
    switch = a_switch()
    switch.invited("c1", ECALL, "10.0.0.1", "", NOW)
    assert not [a for a in vehicle.arrived(switch, "c1", sent(), "", NOW) if isinstance(a, do.Inform)]
    assert the_200(switch.answer(switch.legs["c1"])).received is True
    assert vehicle.arrived(switch, "gone", sent(), "", NOW) == []


def test_silence_is_noted_once_and_its_end_too():
    switch = a_switch(announce_after=0, silent_after=8.0)
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    assert hearing.listens_to(switch) == []
    switch.up("c1", NOW)
    assert hearing.listens_to(switch) == ["c1"]
    assert hearing.listened(switch, {"c1": False}, NOW + 7) == []
    (noted,) = told(hearing.listened(switch, {"c1": False}, NOW + 8), ev.SilenceNoted)
    assert noted.seconds == 8.0 and noted.never and not noted.heard
    assert hearing.listened(switch, {"c1": False, "gone": False}, NOW + 30) == []
    (again,) = told(hearing.listened(switch, {"c1": True}, NOW + 31), ev.SilenceNoted)
    assert again.heard and again.seconds == 31.0
    (later,) = told(hearing.listened(switch, {"c1": False}, NOW + 40), ev.SilenceNoted)
    assert not later.never
