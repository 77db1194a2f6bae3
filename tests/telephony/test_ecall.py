"""What a vehicle tells about its crash, in all three versions, and the documents that answer it."""

from __future__ import annotations

import subprocess
import sys

import asn1tools
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telephony.messages import ecall
from telephony.messages.ecall import Control, MalformedBody, Msd, encode_msd, read_control, read_msd
from telephony.messages.msd_module import MODULE

CRASH = Msd(
    version=2,
    message=1,
    automatic=True,
    trusted=True,
    vehicle="M1",
    vin="MHFAB1CD2EF345678",
    propulsion=("gasoline", "electric"),
    at=1795576500.0,
    lat=0.9184,
    lon=104.4603,
    heading=90.0,
    recent=((0.9184, 104.4593), (0.9184, 104.4583)),
    occupants=3,
)


def near(one: Msd, other: Msd) -> bool:
    """The same but for rounding to a milliarcsecond (3 cm), and to 3 m in what went before."""
    places = [(a.lat, a.lon) if a.lat is not None else () for a in (one, other)]
    same = all(abs(x - y) < 3e-7 for x, y in zip(*places, strict=True))
    recent = [[value for place in a.recent for value in place] for a in (one, other)]
    same = same and all(abs(x - y) < 3e-5 for x, y in zip(*recent, strict=True))
    bare = [msgspec.structs.replace(a, lat=None, lon=None, recent=()) for a in (one, other)]
    return same and bare[0] == bare[1]


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_crash_is_read_as_the_vehicle_told_it(version):
    crash = msgspec.structs.replace(CRASH, version=version)
    assert near(read_msd(encode_msd(crash)), crash)


def test_version_one_has_no_envelope_and_the_others_tell_their_length():
    first, second = (encode_msd(msgspec.structs.replace(CRASH, version=v)) for v in (1, 2))
    assert first[0] == 1 and second[:2] == bytes([2, len(second) - 2])


@pytest.mark.parametrize("version", [1, 2, 3])
def test_what_a_modem_fills_up_with_is_passed_over(version):
    """An MSD by modem always has 140 bytes (EN 16062); gateways hand them on."""
    told = encode_msd(msgspec.structs.replace(CRASH, version=version))
    assert read_msd(told.ljust(140, b"\0")) == read_msd(told)


def test_a_vehicle_that_knows_nothing_is_read_too():
    lost = Msd(version=2, message=1, vehicle="N3", vin="00000000000000000")
    read = read_msd(encode_msd(lost))
    assert read == lost and (read.lat, read.heading, read.occupants, read.recent, read.at) == (None, None, None, (), 0)


def test_255_occupants_are_an_unknown_number():
    assert read_msd(encode_msd(msgspec.structs.replace(CRASH, occupants=255))).occupants is None


def test_the_null_position_is_none_and_a_position_off_the_earth_too():
    for lat, lon in ((0.0, 0.0), (91.0, 104.0), (1.0, 181.0)):
        assert read_msd(encode_msd(msgspec.structs.replace(CRASH, lat=lat, lon=lon, recent=()))).lat is None


@pytest.mark.parametrize("kind", ["M1", "M2", "M3", "N1", "N2", "N3", "L1e", "L3e", "L7e"])
@pytest.mark.parametrize("version", [1, 2, 3])
def test_the_category_is_named_as_the_directives_name_it(kind, version):
    assert read_msd(encode_msd(msgspec.structs.replace(CRASH, vehicle=kind, version=version))).vehicle == kind


@pytest.mark.parametrize("kind", ["O", "R", "T", "G", "SA", "SC", "other"])
def test_version_three_knows_more_vehicles(kind):
    assert read_msd(encode_msd(msgspec.structs.replace(CRASH, vehicle=kind, version=3))).vehicle == kind
    if kind != "other":
        with pytest.raises(MalformedBody, match="cannot be written"):
            encode_msd(msgspec.structs.replace(CRASH, vehicle=kind))


def test_what_a_later_standard_adds_is_passed_over():
    later = MODULE.replace("numberOfPassengers INTEGER (0..255) OPTIONAL, ... }",
                           "numberOfPassengers INTEGER (0..255) OPTIONAL, ..., later INTEGER (0..255) }")  # fmt: skip
    later = later.replace("l7e, ... }", "l7e, ..., hover }").replace(
        "other BOOLEAN DEFAULT FALSE, ... }", "other BOOLEAN DEFAULT FALSE, ..., fusion BOOLEAN }"
    )
    ours, theirs = asn1tools.compile_string(MODULE, "uper"), asn1tools.compile_string(later, "uper")
    message = ours.decode("MessageTwo", ours.decode("Envelope", encode_msd(CRASH))["msd"])
    body = message["msdStructure"]
    body["later"], body["control"]["vehicleType"] = 7, "hover"
    body["vehiclePropulsionStorageType"]["fusion"] = True
    told = ours.encode("Envelope", {"msdVersion": 2, "msd": theirs.encode("MessageTwo", message)})
    assert near(read_msd(told), msgspec.structs.replace(CRASH, vehicle="other"))


def test_additional_data_is_kept_with_its_format():
    more = msgspec.structs.replace(CRASH, data_oid="1.4.300", data="00ff10")
    read = read_msd(encode_msd(more))
    assert (read.data_oid, read.data) == ("1.4.300", "00ff10")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "0 bytes"),
        (b"\x02" * 3000, "3000 bytes"),
        (b"\x00" + bytes(60), "version 0"),
        (b"\x04" + bytes(60), "version 4"),
        (b"\x02\x3c" + b"\xff" * 60, "not readable"),
        (encode_msd(CRASH)[:25], "not readable"),
        (b"halo halo halo halo halo halo", "version 104"),
    ],
)
def test_what_is_no_msd_says_why(data, why):
    with pytest.raises(MalformedBody, match=why):
        read_msd(data)


@given(st.sampled_from([1, 2, 3]), st.binary(min_size=19, max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_an_msd_or_malformed(version, data):
    try:
        read = read_msd(bytes([version]) + data)
        assert isinstance(read, Msd) and msgspec.json.encode(read)
    except MalformedBody as wrong:
        assert str(wrong)


@given(st.builds(
    Msd, version=st.sampled_from([1, 2, 3]), message=st.integers(0, 255), automatic=st.booleans(), test=st.booleans(),
    trusted=st.booleans(), vehicle=st.sampled_from(["M1", "N2", "L5e"]),
    vin=st.text("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", min_size=17, max_size=17),
    at=st.integers(0, 2**32 - 1).map(float), lat=st.floats(1, 89), lon=st.floats(1, 179),
    heading=st.sampled_from([None, 0.0, 2.0, 358.0]), occupants=st.one_of(st.none(), st.integers(0, 254)),
))  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read(told):
    read = read_msd(encode_msd(told))
    assert near(msgspec.structs.replace(read, recent=()), told)


def test_an_ack_names_the_data_it_is_about():
    assert read_control(ecall.ack_body('1<2"&@mobil.id').encode()) == Control(ref='1<2"&@mobil.id', received=True)
    assert read_control(ecall.ack_body("x@y", received=False).encode()).received is False
    assert b'xmlns="urn:ietf:params:xml:ns:EmergencyCallData:control"' in ecall.ack_body("x@y").encode()


def test_a_request_asks_for_a_new_msd():
    assert read_control(ecall.request_body().encode()) == Control(requested=("eCall.MSD",))


def test_a_vehicle_that_cannot_says_what_it_cannot_do():
    body = (
        '<EmergencyCallData.Control xmlns="urn:ietf:params:xml:ns:EmergencyCallData:control"><ack received="true" '
        'ref="a@b"><actionResult action="lamp" success="false" reason="damaged"/></ack></EmergencyCallData.Control>'
    )
    assert read_control(body.encode()).unable == ("lamp",)


@pytest.mark.parametrize("body", [b"", b"<a/>", b"<EmergencyCallData.Control", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'])
def test_what_is_no_control_document_is_malformed(body):
    with pytest.raises(MalformedBody):
        read_control(body)


def test_the_decoder_is_loaded_when_a_vehicle_calls_and_not_before():
    """It takes a tenth of a second, which the start of the switch should not wait for."""
    look = "import sys, telephony.messages.sip; print('asn1tools' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, text=True).stdout == "False\n"


def test_it_is_compiled_once():
    ecall.prepare()
    assert ecall._codec() is ecall._codec()
