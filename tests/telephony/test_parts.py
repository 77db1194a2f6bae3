"""Bodies in every nesting, order, encoding and state of repair."""

from __future__ import annotations

import base64
import gzip
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telephony.messages.parts import Part, read_parts, text_of
from telephony.messages.sip import read_invite
from tests.telephony.messages import SDP, invite, pidf

OFFER = SDP.format(port=4000)
PLACE = pidf("<gml:Point><gml:pos>0.9184 104.4603</gml:pos></gml:Point>")
LOCATED = f"Content-Type: application/pidf+xml\r\nContent-ID: <p@op.id>\r\n\r\n{PLACE}"
SOUND = f"Content-Type: application/sdp\r\n\r\n{OFFER}"


def joined(*parts: str, boundary: str = "b") -> str:
    return "".join(f"--{boundary}\r\n{part}\r\n" for part in parts) + f"--{boundary}--\r\n"


def nested(kind: str, *parts: str, boundary: str) -> str:
    return f"Content-Type: multipart/{kind};boundary={boundary}\r\n\r\n{joined(*parts, boundary=boundary)}"


def encoded(encoding: str, payload: bytes) -> str:
    head = f"Content-Type: application/pidf+xml\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head + payload.decode("ascii")


BODIES = {
    "in order": joined(SOUND, LOCATED),
    "location first": joined(LOCATED, SOUND),
    "related in mixed": joined(nested("related", SOUND, LOCATED, boundary="in")),
    "alternative in related in mixed": joined(
        nested(
            "related", nested("alternative", SOUND, boundary="c"), nested("mixed", LOCATED, boundary="d"), boundary="e"
        )
    ),
    "base64": joined(SOUND, encoded("base64", base64.encodebytes(PLACE.encode()))),
    "base64 in one line": joined(SOUND, encoded("BASE64", base64.b64encode(PLACE.encode()))),
    "quoted-printable": joined(SOUND, encoded("quoted-printable", quopri.encodestring(PLACE.encode()))),
    "binary": joined(SOUND, encoded("binary", PLACE.encode())),
    "words before and after": f"Ini bukan bagian\r\n{joined(SOUND, LOCATED)}dan ini juga bukan",
    "no closing delimiter": joined(SOUND, LOCATED).removesuffix("--b--\r\n"),
    "bare line feeds": joined(SOUND, LOCATED).replace("\r\n", "\n"),
    "an empty part": joined("Content-Type: text/plain\r\n\r\n", SOUND, LOCATED),
    "a part without a type": joined(SOUND, f"Content-ID: <p@op.id>\r\n\r\n{PLACE}"),
    "a location in capitals": joined(SOUND, LOCATED.replace("application/pidf+xml", "APPLICATION/PIDF+XML")),
    "blanks after the delimiter": joined(SOUND, LOCATED).replace("--b\r\n", "--b  \r\n"),
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("kind", ["mixed", "related", "alternative", "unheard-of"])
def test_sound_and_place_are_found(name, kind):
    read = read_invite(
        invite(body=BODIES[name], Content_Type=f"multipart/{kind};boundary=b", Geolocation="<cid:p@op.id>")
    )
    assert [place.lat for place in read.locations] == [0.9184] and read.has_audio


@pytest.mark.parametrize(
    "kind", ['multipart/mixed; BOUNDARY="b"', "Multipart/Mixed;x=y; boundary=b ; z", "multipart/mixed"]
)
def test_the_boundary_is_found_however_it_is_told(kind):
    assert len(read_invite(invite(body=BODIES["in order"], Content_Type=kind)).locations) == 1


def test_a_location_alone_may_be_packed():
    whole = invite(Content_Type="application/pidf+xml", Content_Encoding="gzip")
    head = whole.replace(b"Content-Length: 0\r\n", b"")
    assert read_invite(head + gzip.compress(PLACE.encode())).locations[0].lat == 0.9184
    assert "not gzip" in read_invite(head + PLACE.encode()).discrepancies[0]


def test_a_packed_body_is_not_blown_up_without_end():
    noted: list[str] = []
    (part,) = read_parts("text/plain", gzip.compress(bytes(50_000_000)), noted, "gzip")
    assert len(part.data) == 200_000


def test_a_body_cut_off_gives_what_came():
    body = joined(LOCATED, SOUND)
    read = read_invite(invite(body=body, Content_Type="multipart/mixed;boundary=b")[: -len(SOUND) // 2])
    assert len(read.locations) == 1
    cut = read_invite(invite(body=PLACE, Content_Type="application/pidf+xml")[:-50])
    assert cut.locations == () and "promises" in cut.discrepancies[0] and "not XML" in cut.discrepancies[1]


def test_what_stands_behind_the_body_is_not_read():
    raw = invite(body=OFFER, Content_Type="application/sdp") + b"m=text 9 RTP/AVP 98\r\na=rtpmap:98 t140/1000\r\n"
    assert read_invite(raw).has_audio and not read_invite(raw).has_text


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "utf-8"])
def test_a_location_in_another_character_set_is_read(charset):
    named = PLACE.replace('<?xml version="1.0"?>', f'<?xml version="1.0" encoding="{charset}"?>').replace(
        "<tuple", "<!--é--><tuple"
    )
    body = joined("Content-Type: application/pidf+xml\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                  + base64.b64encode(named.encode(charset)).decode())  # fmt: skip
    assert len(read_invite(invite(body=body, Content_Type="multipart/mixed;boundary=b")).locations) == 1


def test_a_location_in_a_character_set_that_it_does_not_name_is_read():
    raw = invite(body="X", Content_Type="application/pidf+xml").replace(b"Content-Length: 1\r\n", b"")
    lied = PLACE.replace("<tuple", "<!--Jalan Café--><tuple").encode("latin-1")
    assert len(read_invite(raw[:-1] + lied).locations) == 1


def test_a_hundred_parts_are_read_in_part():
    noted: list[str] = []
    assert len(read_parts("multipart/mixed;boundary=b", joined(*[SOUND] * 100).encode(), noted)) == 20
    assert noted == ["more than 20 body parts; the rest is not read"]


@pytest.mark.parametrize("charset", ["", "utf-8", "latin-1", "no-such-set", "rot13", "base64", "idna"])
def test_text_in_any_character_set_is_text(charset):
    assert isinstance(text_of(Part(name="x", kind="text/plain", data=b"tolong \xff\xe9", charset=charset)), str)


@given(st.binary(max_size=400), st.sampled_from(["multipart/mixed;boundary=b", "multipart/x", "text/plain", "", "é\0"]),
       st.sampled_from(["", "base64", "gzip", "quoted-printable", "x"]))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_any_body_is_read_without_an_error(body, kind, encoding):
    for part in read_parts(kind, body.replace(b"Q", b"\r\n--b\r\n"), [], encoding):
        text_of(part)


@pytest.mark.parametrize(("charset", "data"), [("utf-7", b"tolong +2AA-"), ("unicode_escape", b"tolong \\ud800")])
def test_text_with_half_a_character_can_be_told_to_the_room(charset, data):
    text = text_of(Part(name="x", kind="text/plain", data=data, charset=charset))
    assert text.startswith("tolong ") and text.encode()
