"""What the switch reads out of an INVITE, however it is spelled, and out of bytes that are none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telephony.messages.sip import Invite, number_of, read_invite
from tests.telephony.messages import invite, pidf


@pytest.mark.parametrize(
    ("uri", "number"),
    [
        ("sip:081234567890@operator.id", "+6281234567890"),
        ("sip:+6281234567890@operator.id;user=phone", "+6281234567890"),
        ("sip:6281234567890@operator.id", "+6281234567890"),
        ("sip:006281234567890@operator.id", "+6281234567890"),
        ("tel:+62-812-3456-7890", "+6281234567890"),
        ("tel:081234567890;phone-context=+62", "+6281234567890"),
        ("tel:81234567890;phone-context=+62", "+6281234567890"),
        ("sip:0771-318-110@telkom.id", "+62771318110"),
        ("sip:(0771)318110@telkom.id", "+62771318110"),
        ("sip:+6591234567@roaming.sg", "+6591234567"),
        ("sip:110@polres.id", "110"),
        ("sip:62110@polres.id", "62110"),
        ("sip:anonymous@anonymous.invalid", ""),
        ("sip:operator.id", ""),
        ("", ""),
        ("sip:budi@rumah.id", "budi"),
    ],
)
def test_one_caller_has_one_number_however_it_is_written(uri, number):
    assert number_of(uri) == number


@pytest.mark.parametrize(
    ("target", "service", "test"),
    [
        ("urn:service:sos", "sos", False),
        ("urn:service:sos.fire", "sos.fire", False),
        ("URN:SERVICE:SOS.Police", "sos.police", False),
        ("urn:service:test.sos", "test.sos", True),
        ("urn:service:sos.ecall.automatic", "sos.ecall.automatic", False),
        ("sip:112@ecrf.id", "", False),
        ("tel:112;phone-context=+62", "", False),
    ],
)
def test_the_service_is_what_the_request_line_asks_for(target, service, test):
    read = read_invite(invite(target))
    assert (read.target, read.service, read.test) == (target, service, test)


def test_a_rewritten_request_line_still_has_its_service_in_to():
    read = read_invite(invite("sip:112@siaga.id", To="<urn:service:sos.ambulance>"))
    assert read.service == "sos.ambulance" and read.called == "urn:service:sos.ambulance"


def test_the_number_that_the_network_vouches_for_counts_more_than_the_claimed_one():
    read = read_invite(
        invite(From="<sip:110@spoof.id>;tag=1", P_Asserted_Identity='"Budi, S. <x>" <sip:08117000112@op.id>')
    )
    assert read.caller == "+628117000112"


def test_a_call_without_a_number_is_a_call():
    read = read_invite(invite(From='"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1'))
    assert read.caller == "" and read.discrepancies == ("no caller number",)


def test_compact_and_folded_headers_are_read():
    raw = (
        b'INVITE sip:112@siaga.id SIP/2.0\r\nv: SIP/2.0/UDP 10.0.0.1\r\nf: "Ibu\r\n  Sari" <sip:0811700\r\n 0112>;tag=9'
        b"\r\nt: <sip:112@siaga.id>\r\ni:   abc@10.0.0.1  \r\nP-Access-Network-Info: 3GPP-E-UTRAN-FDD;\r\n\t"
        b"utran-cell-id-3gpp=51010ABCD0012345\r\nl: 0\r\n\r\n"
    )
    read = read_invite(raw)
    assert read.call_id == "abc@10.0.0.1"
    assert read.access == "3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=51010ABCD0012345"


def test_bare_line_feeds_are_read_as_lines():
    raw = invite().replace(b"\r\n", b"\n")
    assert read_invite(raw).caller == "+628117000112"


PLACE = pidf('<gs:Circle srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>0.9184 104.4603</gml:pos>'
             '<gs:radius uom="urn:ogc:def:uom:EPSG::9001">50</gs:radius></gs:Circle>')  # fmt: skip


def multipart(part_id: str = "<place@op.id>", kind: str = "mixed", inner: str = "") -> tuple[str, str]:
    """(Content-Type, body) of a session description and a location."""
    located = f"--b\r\nContent-Type: application/pidf+xml\r\nContent-ID: {part_id}\r\n\r\n{PLACE}\r\n"
    body = f"--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n\r\n{located}{inner}--b--\r\n"
    return f"multipart/{kind};boundary=b", body


@pytest.mark.parametrize(
    ("geolocation", "part_id"),
    [
        ("<cid:place@op.id>", "<place@op.id>"),
        ("<CID:place@op.id>", "<place@op.id>"),
        ('<cid:place@op.id>;inserted-by="op.id"', "place@op.id"),
        ("<https://lis.op.id/77>, <cid:place@op.id>", "<place@op.id>"),
        ("<cid:other@op.id>", "<place@op.id>"),
        (None, "<place@op.id>"),
    ],
)
def test_a_location_in_the_body_is_found_however_it_is_pointed_to(geolocation, part_id):
    kind, body = multipart(part_id)
    more = {"Geolocation": geolocation} if geolocation else {}
    read = read_invite(invite(body=body, Content_Type=kind, **more))
    (place,) = read.locations
    assert (place.lat, place.lon, place.radius) == (0.9184, 104.4603, 50.0)


def test_every_reference_of_every_geolocation_header_is_kept():
    raw = invite(Geolocation="<https://a.id/1>;x=1, <sips:b@c>").replace(
        b"Geolocation:", b"Geolocation: <http://lis.id/2>,<cid:gone@x>\r\nGeolocation:"
    )
    read = read_invite(raw)
    assert read.references == ("http://lis.id/2", "https://a.id/1")
    assert read.discrepancies == (
        "a location reference that cannot be fetched: sips:b@c",
        "Geolocation points to a body part that is not there: gone@x",
    )


def test_parts_within_parts_are_found():
    _, inside = multipart()
    body = f"--out\r\nContent-Type: multipart/related;boundary=b\r\n\r\n{inside}\r\n--out--\r\n"
    assert len(read_invite(invite(body=body, Content_Type='multipart/mixed; boundary="out"')).locations) == 1


def test_a_location_that_is_not_usable_leaves_a_line_and_the_call():
    kind, body = multipart()
    read = read_invite(invite(body=body.replace("0.9184", "91"), Content_Type=kind))
    assert read.locations == () and read.discrepancies[0].startswith("location not usable: Circle: lat is 91")
    assert read.caller == "+628117000112"


@pytest.mark.parametrize(
    ("line", "host"),
    [
        ("c=IN IP4 10.0.0.1", ""),
        ("c=IN IP4 224.2.1.1/127/3", ""),
        ("c=IN IP6 fd00::1", ""),
        ("c=IN IP6 ::ffff:10.0.0.1", ""),
        ("c=IN IP4 sbc.op.id", "sbc.op.id"),
        ("c=IN IP6 fade.be", "fade.be"),
        ("a=rtcp:4001 IN IP4 sbc.op.id", "sbc.op.id"),
        ("s=c=IN IP4 sbc.op.id", ""),
    ],
)
def test_a_host_name_in_the_session_description_is_seen(line, host):
    assert read_invite(invite(body=f"v=0\r\n{line}\r\nt=0 0\r\n", Content_Type="application/sdp")).sound_host == host


def test_a_phone_of_the_room_names_its_position():
    assert read_invite(invite("sip:pos-P1@siaga.id:5060")).position == "P1"
    assert read_invite(invite("sip:112@siaga.id")).position == ""


@given(st.binary(max_size=3000))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_answered(raw):
    assert isinstance(read_invite(raw), Invite)


CHANGES = st.tuples(st.floats(0, 1), st.sampled_from([b"\r\n", b"<", b'"', b";", b"\x00", b"\xff\xfe", b"cid:", b":"]))


@given(st.lists(CHANGES, max_size=12))
@settings(max_examples=150, deadline=None)
def test_a_damaged_invite_is_still_answered(changes):
    kind, body = multipart()
    raw = invite(body=body, Content_Type=kind, Geolocation="<cid:place@op.id>")
    for where, what in changes:
        at = int(where * len(raw))
        raw = raw[:at] + what + raw[at + 1 :]
    assert isinstance(read_invite(raw), Invite)


NEST = "--b\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n"
DEEP = "<gp:geopriv>" * 200 + "<gml:Point/>" * 2000 + "</gp:geopriv>" * 200
HOSTILE = {
    "escapes": invite(From='"' + '\\"' * 30_000),
    "angles": invite(From="<" * 60_000),
    "pointers": invite(Geolocation="<" * 60_000),
    "references": invite(Geolocation="<cid:a>," * 8_000),
    "digits": invite(P_Asserted_Identity="sip:" + "0" * 60_000),
    "folds": invite()[:-2] + b" \r\n" * 20_000,
    "nested": invite(body=NEST * 1200, Content_Type="multipart/m;boundary=b"),
    "parts": invite(body="--b\r\n\r\n" * 8_000, Content_Type="multipart/m;boundary=b"),
    "deep xml": invite(body=pidf(DEEP), Content_Type="application/pidf+xml"),
    "many shapes": invite(body=pidf("<gml:Point/>" * 4_000), Content_Type="application/pidf+xml"),
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_message_costs_no_time(raw):
    # processor time, not the clock's: what else runs on the machine does not matter
    before = time.thread_time()
    read_invite(raw)
    assert time.thread_time() - before < 0.25
