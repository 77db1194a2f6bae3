"""What is read of a message before the library reads it: its usable lines, and its head when that is broken. Pure."""

from __future__ import annotations

import os
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telephony.messages.description import UNUSABLE, completed, usable
from telephony.messages.mending import mended, refusal
from telephony.messages.sip import read_invite
from tests.telephony.messages import SDP, invite
from tests.telephony.test_offers import FAULTS, NO_SOUND, bytes_of

EXAMPLES = int(os.environ.get("SIAGA_FUZZ_EXAMPLES", "60"))
"""More for a long run."""


def message(body: bytes, method: str = "INVITE") -> bytes:
    """One whose body ends with it."""
    head = invite(body="", Content_Type="application/sdp").replace(b"Content-Length: 0\r\n", b"")
    return head.replace(b"INVITE", method.encode()) + body


@pytest.mark.parametrize("name", FAULTS)
def test_the_library_sees_one_line_of_sound_and_nothing_else(name):
    found = usable(message(bytes_of(FAULTS[name])), "127.0.0.1").decode()
    assert re.findall(r"(?m)^m=(\w+) (\d+) (\S+) (?:0|8|97)\b", found) == [("audio", "4000", "RTP/AVP")]
    assert len(found.encode()) < 6000 and found.isascii()


@pytest.mark.parametrize("name", NO_SOUND)
def test_none_is_said_to_be_none_and_an_answer_is_left_as_it_is(name):
    assert usable(message(bytes_of(NO_SOUND[name])), "127.0.0.1") == UNUSABLE
    answer = message(bytes_of(NO_SOUND[name])).replace(b"INVITE sip:112@siaga.id SIP/2.0", b"SIP/2.0 200 OK")
    found = usable(answer, "127.0.0.1")
    assert found == UNUSABLE or b"\r\nm=audio " in found


def test_words_in_place_of_an_offer_let_us_make_one_but_not_within_a_call():
    assert usable(message(b"halo apa kabar\r\n"), "127.0.0.1") == b""
    within = message(b"halo\r\n").replace(b"To: <sip:112@siaga.id>", b"To: <sip:112@siaga.id>;tag=1")
    assert usable(within, "127.0.0.1") == UNUSABLE


def test_sound_in_the_clear_does_not_count_where_it_must_be_secured():
    assert usable(message(SDP.format(port=4000).encode()), "127.0.0.1", secure_only=True) == UNUSABLE


def test_the_second_message_in_a_datagram_is_no_part_of_the_offer():
    two = invite(body=SDP.format(port=4000), Content_Type="application/sdp") + message(SDP.format(port=5000).encode())
    assert re.findall(rb"m=audio (\d+)", usable(two, "127.0.0.1")) == [b"4000"]


JUNK = st.text(st.characters(min_codepoint=0, max_codepoint=255, blacklist_characters="\r\n"), max_size=60)
NEIGHBOUR = st.one_of(
    JUNK.filter(lambda text: not re.match(r"\W*?[mc]\s*=", text, re.IGNORECASE)),
    st.sampled_from(
        [
            "m=video 1 RTP/AVP 31",
            "m=video 1",
            "m=",
            "m=image 5 udptl t38",
            "m=text 0 RTP/AVP 98",
            "a=inactive",
            "a=mid:x",
        ]
        + [
            "m=application 9 DTLS/SCTP 5000",
            "m=audio 0 RTP/AVP 8",
            "m=audio 7 RTP/AVP 96",
            "m=audio 7 RTP/SAVP 8",
            "t=0",
        ]
    ),
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(NEIGHBOUR, max_size=12),
    st.lists(NEIGHBOUR, max_size=12),
    st.sampled_from(["\r\n", "\n", "\r"]),
    st.binary(max_size=5),
)
def test_a_usable_line_is_found_among_any_others(before, after, newline, end):
    """In the right place, and the answer has a line for each of theirs."""
    text = (
        newline.join([*before, "m=audio 4000 RTP/AVP 0 8", "a=sendrecv", *after]).encode("latin-1")
        + newline.encode()
        + end
    )
    raw = message(text)
    found = usable(raw, "10.0.0.1").decode()
    streams = [
        line for line in re.split(r"[\r\n\0]+", text.decode("latin-1")) if re.match(r"\W*?m\s*=", line, re.IGNORECASE)
    ]
    assert re.findall(r"(?m)^m=(\w+) (\d+) RTP/AVP", found) == [("audio", "4000")]
    answer = b"v=0\r\nc=IN IP4 10.0.0.2\r\nm=audio 9 RTP/AVP 8\r\na=sendrecv\r\n"
    lines = re.search(r"(?m)^a=X-siaga-lines:(.*)\r$", found)
    whole = completed(answer, lines.group(1).encode()).decode() if lines else answer.decode()
    assert whole.count("m=") == len(streams)
    assert re.findall(r"(?m)^m=(\S+) ([1-9]\d*) ", whole) == [("audio", "9")]


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.binary(max_size=600), st.sampled_from([b"application/sdp", b"multipart/mixed;boundary=b", b"", b"\xff"]))
def test_any_bytes_are_read_without_an_error(body, kind):
    raw = b"INVITE sip:112@x SIP/2.0\r\nContent-Type: " + kind + b"\r\n\r\n" + body
    for source in ("10.0.0.1", "2001:db8::1"):
        found = usable(raw, source)
        assert found in (b"", UNUSABLE) or b"\r\nm=" in found
    mended(raw, "10.0.0.1"), refusal(raw, 400), read_invite(raw)


_HEADERS = ("Via", "From", "To", "Call-ID", "CSeq", "Contact", "Max-Forwards", "Record-Route", "Route", "Content-Type",
            "Geolocation", "Call-Info", "P-Asserted-Identity", "Accept-Language", "Subject")  # fmt: skip


@pytest.mark.parametrize("filling", [" ", "\t", "<", ";", ",", "a ", "\xa0"])
def test_a_datagram_of_nothing_costs_no_more_than_its_length(filling):
    """Processor time; each reading takes 25 ms at most, one whose pattern goes back over blanks many seconds."""
    whole = message(b"").decode("latin-1")
    for length in (2000, 60_000):  # the short one first: what goes wrong with it would never end with the long one
        nothing = (filling * length)[:length]
        texts = [whole.replace("\r\n", f"\r\n{name}: <{nothing}x\r\n", 1) for name in _HEADERS]
        texts += [whole.replace("sip:112@siaga.id SIP", f"sip:112@siaga.id{nothing}SIP", 1), nothing, whole + nothing]
        for text in texts:
            raw = text.encode("latin-1")
            assert len(raw) >= length
            began = time.thread_time()
            mended(raw, "10.0.0.1"), refusal(raw, 400), usable(raw, "10.0.0.1"), read_invite(raw)
            assert time.thread_time() - began < 0.5, text[:300]


def test_what_is_long_is_cut_and_blanks_are_one():
    raw = message(b"").replace(b"SIP/2.0\r\n", b"SIP/2.0\r\nSubject: a \t b" + b"x" * 5000 + b"\r\n", 1)
    subject = re.search(rb"(?m)^subject: (.*)\r$", mended(raw, "10.0.0.1")).group(1)
    assert subject.startswith(b"a bxx") and len(subject) == 2000
    route = ",".join(f"<sip:p{n}.example;lr>" for n in range(200)).encode()
    assert b"record-route: " + route in mended(
        raw.replace(b"Subject: a", b"Record-Route: " + route + b"\r\nSubject: a"), "10.0.0.1"
    )
    assert mended(raw.replace(b"sip:112@siaga.id SIP", b"sip:" + b"1" * 5000 + b" SIP"), "10.0.0.1") == b""


def test_an_answer_is_made_of_the_lines_it_repeats():
    raw = (
        b"INVITE sip:112@x SIP/2.0\r\nv: SIP/2.0/TCP h;branch=z9hG4bKa\r\nf: <sip:a@b>;tag=1\r\n"
        b"t: <sip:112@x>\r\ni: c\r\nCSEQ : 7 INVITE\r\n\r\n"
    )
    said = refusal(raw, 513).decode()
    assert said.startswith(
        "SIP/2.0 513 Message Too Large\r\nVia: SIP/2.0/TCP h;branch=z9hG4bKa\r\nFrom: <sip:a@b>;tag=1\r\n"
    )
    assert "To: <sip:112@x>;tag=z9hG4bKa\r\n" in said and "CSeq: 7 INVITE\r\n" in said
    for gone in (b"v:", b"f:", b"t:", b"i:", b"CSEQ"):
        assert refusal(raw.replace(gone, b"x:"), 400) == b""
    assert (
        refusal(raw.replace(b"INVITE", b"ACK"), 400) == b""
        and refusal(raw.replace(b"INVITE sip:112@x SIP/2.0", b"SIP/2.0 200 OK"), 400) == b""
    )
    assert mended(b"", "10.0.0.1") == mended(b"SIP/2.0 200 OK\r\n\r\n", "10.0.0.1") == b""
