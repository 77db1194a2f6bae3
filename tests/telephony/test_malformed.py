"""Messages that no caller of good will sends: the process lives on, and the next call is answered."""

from __future__ import annotations

import socket

import pytest

from telephony.messages.sip import read_invite
from tests.telephony.lines import LiveSwitch, Phone
from tests.telephony.messages import SDP, invite

OFFER = SDP.format(port=4000)
LONG_NAME = ".".join(["a" * 60] * 5)  # 304 characters: longer than a host name may be
MANY = "".join(f"Via: SIP/2.0/UDP h{n};branch=z9hG4bK{n}\r\n" for n in range(900)).encode()

SESSION = {"Content_Type": "application/sdp", "Contact": "<sip:x@127.0.0.1:9>"}
PARTS = {**SESSION, "Content_Type": "multipart/m;boundary=b"}


def cut(raw: bytes, what: bytes, by: bytes) -> bytes:
    assert what in raw
    return raw.replace(what, by, 1)


BASE = invite(body=OFFER, **SESSION, Max_Forwards="70")
PHONE = BASE.replace(b"sip:112@", b"sip:pos-P1@")
STORM = {
    "no headers": b"INVITE sip:112@x SIP/2.0\r\n\r\n",
    "no end of headers": BASE[:200],
    "one line": b"INVITE sip:112@x SIP/2.0",
    "an empty datagram": b"\r\n\r\n",
    "noughts": bytes(500),
    "high bytes": bytes(range(256)) * 4,
    "no version": cut(BASE, b" SIP/2.0\r\n", b"\r\n"),
    "a version to come": cut(BASE, b"SIP/2.0\r\n", b"SIP/7.0\r\n"),
    "an unknown method": BASE.replace(b"INVITE", b"!interesting-Method0123456789_*+`.%indeed'~"),
    "a method that does not match": cut(BASE, b"1 INVITE", b"1 BYE"),
    "a target in angles": cut(BASE, b"INVITE sip:112@siaga.id", b"INVITE <sip:112@siaga.id>"),
    "a target with blanks": cut(BASE, b"sip:112@siaga.id SIP", b"sip:112@siaga.id; lr SIP"),
    "a target that is none": cut(BASE, b"INVITE sip:112@siaga.id", b"INVITE ::::////%%%"),
    "escapes cut short": cut(BASE, b"INVITE sip:112@siaga.id", b"INVITE sip:%4@%zz%"),
    "a negative length": cut(BASE, b"Content-Length: ", b"Content-Length: -"),
    "a huge length": cut(BASE, b"Content-Length: ", b"Content-Length: 99999999999"),
    "two lengths": cut(BASE, b"Content-Length:", b"Content-Length: 3\r\nContent-Length:"),
    "a huge number": cut(BASE, b"CSeq: 1 ", b"CSeq: 36893488147419103232 "),
    "a negative number": cut(BASE, b"CSeq: 1 ", b"CSeq: -1 "),
    "no hops left": cut(BASE, b"Max-Forwards: 70", b"Max-Forwards: 0"),
    "hops that are words": cut(BASE, b"Max-Forwards: 70", b"Max-Forwards: banyak"),
    "a quote that is open": cut(BASE, b"From: <", b'From: "Ibu <'),
    "an angle that is open": cut(BASE, b"@op.id>", b"@op.id"),
    "no tag": cut(BASE, b";tag=1", b""),
    "two From": cut(BASE, b"From:", b"From: <sip:b@b>;tag=2\r\nFrom:"),
    "commas alone": cut(BASE, b"Contact: <sip:x@127.0.0.1:9>", b"Contact: ,,,,,;;;==,"),
    "a nought in a name": cut(BASE, b"Call-ID: 1@op.id", b"Call-ID: a\0b@op.id"),
    "a long Call-ID": cut(BASE, b"Call-ID: 1@", b"Call-ID: " + b"9" * 30_000 + b"@"),
    "nine hundred Via": cut(BASE, b"Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r\n", MANY),
    "a folded desert": cut(BASE, b"To: ", b"To:" + b"\r\n " * 10_000),
    "a date that is none": cut(BASE, b"CSeq", b"Date: Fri, 99 Foo 99999 99:99:99 EST\r\nSession-Expires: x\r\nCSeq"),
    "credentials that are none": cut(PHONE, b"CSeq", b'Authorization: Digest "=,=,"\r\nCSeq'),
    "an answer to nothing": cut(BASE, b"INVITE sip:112@siaga.id SIP/2.0", b"SIP/2.0 200 OK"),
    "an answer of code 4294967301": cut(BASE, b"INVITE sip:112@siaga.id SIP/2.0", b"SIP/2.0 4294967301 better"),
    "a session of words": cut(BASE, OFFER.encode(), b"halo" * (len(OFFER) // 4) + b"." * (len(OFFER) % 4)),
    "a name of 304 letters in c=": invite(body=OFFER.replace("127.0.0.1\r\nt", LONG_NAME + "\r\nt"), **SESSION),
    "a name of 304 letters in a=rtcp": invite(body=OFFER + f"a=rtcp:9 IN IP4 {LONG_NAME}\r\n", **SESSION),
    "a thousand formats": invite(body=OFFER + "a=rtpmap:8 X/0\r\n" * 1000, **SESSION),
    "a hundred streams": invite(body=OFFER + "m=audio 4000 RTP/AVP 8\r\n" * 100, **SESSION),
    "parts without an end": invite(body="--b\r\n" * 5000, **PARTS),
    "parts without a boundary": invite(body="--b\r\n\r\nx", Content_Type="multipart/mixed"),
    "parts within parts": invite(body="--b\r\nContent-Type: multipart/m;boundary=b\r\n\r\n" * 200, **PARTS),
}  # fmt: skip


@pytest.fixture(scope="module")
def switch(tmp_path_factory):
    live = LiveSwitch(tmp_path_factory.mktemp("storm"), 33_000).start()
    yield live
    live.stop()


def source_of(name: str) -> str:
    """An address of its own: most are answered, none acknowledges it, and who leaves many answers so is refused."""
    return f"127.0.0.{10 + list(STORM).index(name)}"


def distinct(name: str, raw: bytes) -> bytes:
    """A call of its own, not a repetition of the one before."""
    word = f"{list(STORM).index(name)}x".encode()
    return raw.replace(b"branch=z9hG4bK1\r", b"branch=z9hG4bK" + word + b"\r").replace(
        b"Call-ID: 1@", b"Call-ID: " + word + b"@"
    )


@pytest.mark.parametrize("name", STORM)
def test_a_bad_datagram_is_survived(switch, name):
    raw = distinct(name, STORM[name])
    read_invite(raw)
    with Phone(switch, source_of(name)) as phone:
        phone.send(raw)
    switch.answers()


@pytest.mark.parametrize("name", STORM)
def test_a_bad_stream_is_survived(switch, name):
    with socket.create_connection(("127.0.0.1", switch.port), source_address=(source_of(name), 0)) as line:
        line.sendall(distinct(name, STORM[name]).replace(b"SIP/2.0/UDP", b"SIP/2.0/TCP"))
    switch.answers()


def test_after_the_storm_it_is_the_same_process(switch):
    assert switch.process.poll() is None
    assert "Traceback" not in switch.log()
