"""What else a request says: its streams and languages, who passed it on, its vehicle; MESSAGE and INFO."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telephony.messages import ecall
from telephony.messages.sip import MAX_TEXT, Invite, read_info, read_invite, read_message
from tests.telephony.messages import SDP, invite, pidf
from tests.telephony.test_ecall import CRASH

OFFER = SDP.format(port=4000)
TEXT = "m=text 4002 RTP/AVP 98 100\r\na=rtpmap:98 t140/1000\r\na=rtpmap:100 red/1000\r\na=hlang-send:id en\r\n"


def request(method: str, **headers: str) -> bytes:
    return invite(**headers).replace(b"INVITE", method.encode())


@pytest.mark.parametrize(
    ("sdp", "audio", "text"),
    [
        (OFFER, True, False),
        (OFFER + TEXT, True, True),
        (OFFER.replace("m=audio 4000", "m=audio 0") + TEXT, False, True),
        (OFFER + TEXT.replace("4002", "0"), True, False),
        (OFFER + "m=text 4002 RTP/AVP 98\r\na=rtpmap:98 chat/1000\r\n", True, False),
        (OFFER + "m=video 4002 RTP/AVP 98\r\na=rtpmap:98 t140/90000\r\n", True, False),
        (OFFER.replace("\r\n", "\n") + TEXT.replace("t140", "T140"), True, True),
        ("", False, False),
    ],
)
def test_the_streams_of_a_call_are_known(sdp, audio, text):
    read = read_invite(invite(body=sdp, **({"Content_Type": "application/sdp"} if sdp else {})))
    assert (read.has_audio, read.has_text) == (audio, text)


def test_the_language_spoken_comes_before_those_accepted():
    read = read_invite(
        invite(
            body=OFFER + TEXT + "a=hlang-recv:zh *\r\n",
            Content_Type="application/sdp",
            Accept_Language="en;q=0.5, ms, de;q=0, da;q=x",
        )  # fmt: skip
    )
    assert read.languages == ("id", "en", "zh", "ms", "da") and read.language == "id"
    assert read_invite(invite(Accept_Language="*, en;q=0.1, id;q=0.9, ???")).languages == ("id", "en")
    assert read_invite(invite()).language == ""


@pytest.mark.parametrize(
    "scheme", ["urn:nena:uid:", "urn:nena:", "urn:emergency:uid:", "URN:NENA:uid:", "urn:emergency:"]
)
def test_identifiers_of_earlier_centres_are_kept_in_every_spelling(scheme):
    read = read_invite(
        invite(
            Call_Info=f"<{scheme}callid:a1b2:bcf.id>;purpose=nena-CallId,"
            f"<{scheme}incidentid:c3:esrp.id> ; purpose=emergency-IncidentId, <http://x/>;purpose=icon"
        )  # fmt: skip
    )
    assert read.call_ids == (f"{scheme}callid:a1b2:bcf.id",) and read.incident_ids == (
        f"{scheme}incidentid:c3:esrp.id",
    )


def test_a_call_back_says_so_and_routing_by_location_is_allowed_or_not():
    read = read_invite(invite(Priority="Psap-Callback", Geolocation_Routing="Yes;x"))
    assert (read.priority, read.routing) == ("psap-callback", "yes")


def test_the_cell_is_read_from_whatever_header_has_the_newest():
    read = read_invite(
        invite(
            P_Access_Network_Info="IEEE-802.11;i-wlan-node-id=aabbccddeeff",
            Cellular_Network_Info="3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=51010ABCD0012345;cell-info-age=5",
        )  # fmt: skip
    )
    assert read.cell.key == "510-10-43981-74565" and read.access.startswith("IEEE-802.11")


@pytest.mark.parametrize("host", ["[2001:db8::1]", "[::ffff:192.0.2.1]:5060", "[fe80::1%25eth0]"])
def test_addresses_of_version_six_are_addresses(host):
    read = read_invite(
        invite(f"sip:112@{host}", From=f"<sip:08117000112@{host}>;tag=1", To=f"<sip:112@{host};user=phone>")
    )
    assert read.caller == "+628117000112" and read.called == f"sip:112@{host};user=phone"
    six = OFFER.replace("IN IP4 127.0.0.1\r\nt", "IN IP6 2001:db8::20\r\nt")
    assert read_invite(invite(body=six, Content_Type="application/sdp")).sound_host == ""
    named = OFFER.replace("IN IP4 127.0.0.1\r\nt", "IN\tIP6 host.example\r\nt")
    assert read_invite(invite(body=named, Content_Type="application/sdp")).sound_host == "host.example"


def with_msd(msd: bytes, method: str = "INVITE") -> bytes:
    head = (f"--b\r\nContent-Type: application/sdp\r\n\r\n{OFFER}\r\n--b\r\nContent-Type: application/"
            "EmergencyCallData.eCall.MSD\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <1@mobil.id>\r\n"
            "Content-Disposition: by-reference;handling=optional\r\n\r\n").encode()  # fmt: skip
    raw = request(method, Content_Type="multipart/mixed;boundary=b",
                  Call_Info="<cid:1@mobil.id>;purpose=EmergencyCallData.eCall.MSD")  # fmt: skip
    return raw.replace(b"Content-Length: 0\r\n", b"") + head + msd + b"\r\n--b--\r\n"


@pytest.mark.parametrize("version", [1, 2, 3])
def test_the_data_of_a_vehicle_comes_through_whole(version):
    told = ecall.encode_msd(msgspec.structs.replace(CRASH, version=version, at=float(0x0D0A0D0A)))
    read = read_invite(with_msd(told))
    assert (read.msd, read.msd_id) == (told, "1@mobil.id") and read.discrepancies == ()
    assert ecall.read_msd(read.msd).vin == CRASH.vin
    again = read_info(with_msd(told, "INFO"))
    assert (again.msd, again.msd_id) == (told, "1@mobil.id")


@given(
    st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b"\0", b"\x85", b"-", b"\xff", b"="]), min_size=20, max_size=60)
)
@settings(max_examples=200, deadline=None)
def test_bytes_that_look_like_lines_stay_the_vehicles_own(words):
    assert read_invite(with_msd(b"\2" + b"".join(words))).msd == b"\2" + b"".join(words)


def test_an_info_with_a_document_a_key_or_nothing():
    raw = request("INFO", Content_Type=ecall.CONTROL_TYPE, Info_Package="EmergencyCallData.eCall.MSD",
                  body=ecall.ack_body("1@mobil.id"))  # fmt: skip
    read = read_info(raw)
    assert (
        read.control.ref == "1@mobil.id" and read.package == "EmergencyCallData.eCall.MSD" and read.call_id == "1@op.id"
    )
    for kind, body in (("application/dtmf-relay", "Signal= 5\r\nDuration= 160\r\n"), ("application/dtmf", "5")):
        assert read_info(request("INFO", Content_Type=kind, body=body)).key == "5"
    assert read_info(request("INFO")).content_type == ""
    broken = read_info(request("INFO", Content_Type=ecall.CONTROL_TYPE, body="<EmergencyCallData"))
    assert broken.control is None and "not XML" in broken.discrepancies[0]


CPIM = "From: <im:budi@id>\r\nDateTime: 2026-11-25T10:00:00+07:00\r\n\r\nContent-Type: {}\r\n\r\n{}"


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("text/plain", "Tolong, ada kebakaran", "Tolong, ada kebakaran"),
        ("text/plain;charset=utf-8", "Tolong é 🙏", "Tolong é 🙏"),
        ("", "tanpa jenis", "tanpa jenis"),
        ("message/cpim", CPIM.format("text/plain; charset=utf-8", "Tolong\r\n\r\nsegera"), "Tolong\r\n\r\nsegera"),
        ("Message/CPIM", CPIM.format("text/html", "<b>x</b>"), "<b>x</b>"),
        ("message/cpim", "tanpa pembungkus", ""),
        ("application/im-iscomposing+xml", "<isComposing><state>active</state></isComposing>", ""),
    ],
)
def test_what_a_person_writes_is_read(kind, body, text):
    raw = request("MESSAGE", **({"Content_Type": kind} if kind else {}))
    read = read_message(raw.replace(b"Content-Length: 0", b"Content-Length: %d" % len(body.encode())) + body.encode())
    assert read.text == text and read.caller == "+628117000112" and isinstance(read, Invite)


def test_a_text_with_a_place_brings_both():
    place = pidf("<gml:Point><gml:pos>0.9184 104.4603</gml:pos></gml:Point>")
    body = (f"--b\r\nContent-Type: text/plain\r\n\r\nTolong\r\n--b\r\nContent-Type: application/pidf+xml\r\n\r\n{place}"
            "\r\n--b--\r\n")  # fmt: skip
    raw = invite("urn:service:sos.fire", body=body, Content_Type="multipart/mixed;boundary=b").replace(
        b"INVITE", b"MESSAGE"
    )
    read = read_message(raw)
    assert read.text == "Tolong" and read.service == "sos.fire" and len(read.locations) == 1


def test_a_letter_is_cut_and_says_so():
    read = read_message(request("MESSAGE", Content_Type="text/plain", body="a" * 20_000))
    assert len(read.text) == MAX_TEXT and "cut" in read.discrepancies[0]


KINDS = ["text/plain", "message/cpim", "multipart/mixed;boundary=b", "application/dtmf-relay", "application/sdp"]


@given(st.binary(max_size=300), st.sampled_from([*KINDS, ecall.CONTROL_TYPE]))
@settings(max_examples=200, deadline=None)
def test_any_body_of_any_request_is_read_without_an_error(body, kind):
    raw = request("INFO", Content_Type=kind).replace(b"Content-Length: 0\r\n", b"") + body
    assert isinstance(read_invite(raw), Invite)
    read_message(raw)
    read_info(raw)
