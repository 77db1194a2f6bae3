"""A browser's offer, trimmed to what the switch understands, and the answer made fit for the browser."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telephony.room.sdp import MAX_SDP, MalformedOffer, answer_for_browser, offer_for_switch
from tests.texts import says

OFFER = "\r\n".join([
    "v=0", "o=- 46117 2 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0", "a=extmap-allow-mixed",
    "a=msid-semantic: WMS x", "m=audio 9 UDP/TLS/RTP/SAVPF 111 8 0", "c=IN IP4 0.0.0.0", "a=rtcp:9 IN IP4 0.0.0.0",
    "a=candidate:1 1 udp 2113937151 4b1c-77.local 50001 typ host generation 0 network-cost 999",
    "a=candidate:2 1 tcp 1518280447 192.168.1.5 9 typ host tcptype active",
    "a=candidate:3 1 udp 2113939711 fe80::1 50002 typ host",
    "a=candidate:4 1 UDP 2113937000 192.168.1.5 50003 typ host",
    "a=ice-ufrag:abcd", "a=ice-pwd:0123456789012345678901", "a=ice-options:trickle",
    "a=fingerprint:sha-256 AA:BB", "a=setup:actpass", "a=mid:0", "a=rtcp-mux", "a=ssrc:1 cname:x", "",
])  # fmt: skip


def test_hidden_addresses_are_replaced_and_foreign_candidates_left_out():
    lines = offer_for_switch(OFFER, "192.168.1.7").split("\r\n")
    candidates = [line for line in lines if line.startswith("a=candidate:")]
    assert candidates == [
        "a=candidate:1 1 udp 2113937151 192.168.1.7 50001 typ host",
        "a=candidate:4 1 UDP 2113937000 192.168.1.5 50003 typ host",
    ]
    assert "m=audio 50001 UDP/TLS/RTP/SAVPF 111 8 0" in lines and "c=IN IP4 192.168.1.7" in lines
    assert "a=fingerprint:sha-256 AA:BB" in lines and "a=rtcp-mux" in lines
    assert not [line for line in lines if line.startswith(("a=extmap", "a=ssrc", "a=rtcp:", "a=group", "a=ice-opt"))]


def test_an_offer_without_candidates_is_placed_all_the_same():
    bare = "\r\n".join(line for line in OFFER.split("\r\n") if not line.startswith("a=candidate"))
    assert "m=audio 9 " in offer_for_switch(bare, "10.1.1.1")


@pytest.mark.parametrize(
    ("sdp", "why"),
    [
        ("", "no usable"),
        (OFFER.replace("m=audio", "m=video"), "no usable"),
        (OFFER.replace("a=fingerprint", "a=x"), "not encrypted"),
        (OFFER + "a=x\r\n" * MAX_SDP, "no usable"),
    ],
)
def test_what_cannot_be_placed_says_why(sdp, why):
    with says(MalformedOffer, why):
        offer_for_switch(sdp, "10.1.1.1")


def test_the_answer_gets_the_name_of_the_browsers_track_once():
    answer = "v=0\r\nm=audio 20000 UDP/TLS/RTP/SAVPF 8\r\na=X-nat:0\r\na=rtcp-mux\r\n"
    fitted = answer_for_browser(answer, OFFER)
    assert fitted == "v=0\r\nm=audio 20000 UDP/TLS/RTP/SAVPF 8\r\na=mid:0\r\na=rtcp-mux\r\n"
    assert answer_for_browser(fitted, OFFER) == fitted


@given(st.lists(st.one_of(st.sampled_from(OFFER.split("\r\n")), st.text(max_size=30)), max_size=20))
@settings(max_examples=150, deadline=None)
def test_any_lines_are_an_offer_or_malformed(lines):
    try:
        made = offer_for_switch("v=0\r\n" + "\r\n".join(lines), "10.1.1.1")
    except MalformedOffer:
        return
    assert made.endswith("\r\n") and ".local" not in "".join(
        line for line in made.split("\r\n") if line.startswith("a=candidate:")
    )
