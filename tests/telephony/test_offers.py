"""An offer with a line of G.711 in it is answered, whatever stands around that line; a call with sound keeps it."""

from __future__ import annotations

import base64
import gzip
import math
import re
import socket
import struct
import time
from operator import eq

import pytest

from tests.telephony.lines import LiveSwitch, Phone
from tests.texts import english

SOUND = "m=audio 4000 RTP/AVP 8"
PLAIN = f"v=0|o=- 7 1 IN IP4 127.0.0.1|s=-|c=IN IP4 127.0.0.1|t=0 0|{SOUND}|"
KEY = base64.b64encode(bytes(range(30))).decode()
PRINT = "sha-256 " + ":".join(f"{7 * n % 256:02X}" for n in range(32))
BROWSER = (
    f"a=ice-ufrag:abcd|a=ice-pwd:0123456789abcdefghijkl|a=fingerprint:{PRINT}|a=setup:actpass|a=mid:0|"
    "a=rtcp-mux|a=extmap:1 urn:x|a=msid:- x|a=ssrc:11 cname:z|a=candidate:1 1 udp 2113937151 127.0.0.1 50001 typ host|"
)


def around(before: str = "", after: str = "", line: str = SOUND) -> str:
    """The plain offer with lines before its line of sound and after it."""
    return PLAIN.replace(f"{SOUND}|", f"{before}{line}|{after}")


# Faults around a line of PCMA that can be used. `|` ends a line; bytes go as Latin-1.
FAULTS = {
    "101 without its rtpmap": around(line=f"{SOUND} 101"),
    "keys without their rtpmap": around("", "a=fmtp:101 0-15|", f"{SOUND} 101"),
    "AMR without rtpmap before it": around(line="m=audio 4000 RTP/AVP 96 8"),
    "a picture of an unknown format": around("m=video 5000 RTP/AVP 99|"),
    "a picture without formats": around("m=video 5000 RTP/AVP|"),
    "a picture at port abc": around("m=video abc RTP/AVP 31|"),
    "a picture at port 70000": around("", "m=video 70000 RTP/AVP 31|"),
    "a fax": around("m=image 5000 udptl t38|a=T38FaxVersion:0|"),
    "messages over TCP": around("m=message 5000 TCP/MSRP *|a=path:msrp://x/y;tcp|"),
    "data": around("", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel|a=sctp-port:5000|"),
    "no c=": PLAIN.replace("c=IN IP4 127.0.0.1|", ""),
    "no o=": PLAIN.replace("o=- 7 1 IN IP4 127.0.0.1|", ""),
    "no s=": PLAIN.replace("s=-|", ""),
    "no t=": PLAIN.replace("t=0 0|", ""),
    "no v=": PLAIN.replace("v=0|", ""),
    "a version of one": PLAIN.replace("v=0|", "v=1|"),
    "the line alone": f"{SOUND}|c=IN IP4 127.0.0.1|",
    "c= within the stream only": PLAIN.replace("c=IN IP4 127.0.0.1|", "") + "c=IN IP4 127.0.0.1|",
    "c= behind the stream's attributes": PLAIN.replace("c=IN IP4 127.0.0.1|", "") + "a=sendrecv|c=IN IP4 127.0.0.1|",
    "t= before c=": PLAIN.replace("c=IN IP4 127.0.0.1|t=0 0|", "t=0 0|c=IN IP4 127.0.0.1|"),
    "c= before o=": "v=0|c=IN IP4 127.0.0.1|s=-|o=- 7 1 IN IP4 127.0.0.1|t=0 0|" + f"{SOUND}|",
    "a bandwidth of words": around("b=AS:abc|"),
    "a bandwidth without colon": around("", "b=64|"),
    "nine bandwidths": around("b=AS:64|" * 9, "b=TIAS:64000|" * 9),
    "blanks in m=": around(line="m=audio  4000\tRTP/AVP   8 "),
    "a blank behind m=": around(line="m= audio 4000 RTP/AVP 8"),
    "an empty line inside": around("|"),
    "a session's number of 26 digits": PLAIN.replace("- 7 1 IN", "- 7 12345678901234567890123456 IN"),
    "a negative number": PLAIN.replace("- 7 1 IN", "- -7 -1 IN"),
    "a user of two words": PLAIN.replace("o=- 7", "o=Ibu Sari 7"),
    "an origin of three words": PLAIN.replace("o=- 7 1 IN IP4 127.0.0.1", "o=- 7 1"),
    "keys that are none": around("", "a=crypto:garbage|"),
    "a key too short": around("", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA|"),
    "a key of an unknown suite": around("", f"a=crypto:1 ROT13 inline:{KEY}|"),
    "a=rtcp of words": around("", "a=rtcp:abc|"),
    "a=rtcp with a name": around("", "a=rtcp:4001 IN IP4 media.op.id|"),
    "a=ssrc with nothing": around("", "a=ssrc:|"),
    "attributes without a name": around("a=|", "a=|a=:|a|a:|"),
    "a profile nobody knows": around(line="m=audio 4000 RTP/AVPX 8"),
    "feedback": around("", "a=rtcp-fb:8 nack|a=rtcp-fb:* ccm fir|", "m=audio 4000 RTP/AVPF 8"),
    "a profile in small letters": around(line="m=audio 4000 rtp/avp 8"),
    "a mark before v=": "\xef\xbb\xbf" + PLAIN,
    "a nought at the end": PLAIN + "\0",
    "noughts inside": PLAIN.replace("s=-", "s=-\0"),
    "a line without =": around("halo apa kabar|", "halo|"),
    "lines nobody knows": around("x=1|y=2|Z=3|q|", "w=5|"),
    "a range of ports": around(line="m=audio 4000/2 RTP/AVP 8"),
    "PCMA with odd letters": around("", "a=rtpmap:8  pcma / 8000|"),
    "PCMA with a channel": around("", "a=rtpmap:8 PCMA/8000/1|"),
    "PCMA twice": around(line="m=audio 4000 RTP/AVP 8 8 8"),
    "a name for PCMA that is none": around("", "a=rtpmap:8|a=rtpmap:8 |a=rtpmap:x PCMA/8000|"),
    "PCMA by another number": around("", "a=rtpmap:97 PCMA/8000|", "m=audio 4000 RTP/AVP 97"),
    "an odd packet time": around("", "a=ptime:0|a=maxptime:-1|"),
    "a packet time of words": around("", "a=ptime:dua puluh|"),
    "a long packet time": around("", "a=ptime:1000|"),
    "formats that are words": around(line="m=audio 4000 RTP/AVP banyak 8 * 300 -1"),
    "garbage for formats": around("", "a=fmtp:|a=fmtp:8|a=fmtp:8 \xff\xfe|a=fmtp:abc x|"),
    "two directions": around("", "a=sendrecv|a=recvonly|"),
    "a direction with a value": around("", "a=sendrecv:1|"),
    "an address of version six beside": around("m=video 5000 RTP/AVP 31|c=IN IP6 2001:db8::1|"),
    "an address of version six": PLAIN.replace("IP4 127.0.0.1", "IP6 2001:db8::1"),
    "an address for many": PLAIN.replace("c=IN IP4 127.0.0.1", "c=IN IP4 224.2.1.1/127/3"),
    "an address that is none": PLAIN.replace("c=IN IP4 127.0.0.1", "c=IN IP4 300.1.2"),
    "a network nobody knows": PLAIN.replace("c=IN IP4", "c=ATM NSAP"),
    "a bundle": around("a=group:BUNDLE 0 1|a=ice-lite|", "a=mid:0|m=video 5000 RTP/AVP 31|a=mid:1|"),
    "candidates cut short": around("", "a=ice-ufrag:ab|a=ice-pwd:x|a=candidate:|a=candidate:1 1 udp|"),
    "a line of 20 000 letters": around("a=tool:" + "x" * 20_000 + "|", "i=" + "y" * 20_000 + "|"),
    "letters of Latin-1": PLAIN.replace("s=-", "s=K\xf6ta \xe9\xff"),
    "a hundred streams": around("m=video 5000 RTP/AVP 31|" * 99),
    "a hundred attributes": around("a=x:1|" * 100, "a=y:1|" * 100),
    "forty formats": around(line="m=audio 4000 RTP/AVP " + " ".join(str(n) for n in range(96, 136)) + " 8"),
    "a repeated time": around("t=1 2|r=7d 1h 0 25h|z=1 -1h|k=clear:x|u=http://x|e=a@b|p=+62 1|"),
    "preconditions": around(
        "", "a=curr:qos local none|a=curr:qos remote none|a=des:qos mandatory local sendrecv|"
        "a=des:qos none remote sendrecv|a=sendrecv|"
    ),
    "a line of sound at port nought before it": around("m=audio 0 RTP/AVP 0|"),
    "a line of AMR before it": around("m=audio 5000 RTP/AVP 97|a=rtpmap:97 AMR/8000|"),
    "a secured line without a key before it": around("m=audio 5000 RTP/SAVP 8|"),
    "a line of sound over TCP before it": around("m=audio 5000 TCP/RTP/AVP 8|"),
    "a second line of sound": around("", "m=audio 5000 RTP/AVP 0|"),
    "sound in capitals": around(line="m=AUDIO 4000 RTP/AVP 8"),
}  # fmt: skip
CRYPTO = f"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}|"
DTLS = f"a=fingerprint:{PRINT}|a=setup:actpass|"
SAVP = "m=audio 4000 RTP/SAVP 8"
SECURED = {
    "keys in the description": around("", CRYPTO, SAVP),
    "keys and feedback": around("", CRYPTO, "m=audio 4000 RTP/SAVPF 8"),
    "one key of two is none": around("", "a=crypto:1 ROT13 inline:x|" + CRYPTO.replace(":1", ":2"), SAVP),
    "keys agreed on, as a trunk": around("", DTLS, "m=audio 4000 UDP/TLS/RTP/SAVP 8"),
    "keys agreed on, as a browser": around("", BROWSER, "m=audio 4000 UDP/TLS/RTP/SAVPF 8"),
    "keys agreed on, an older profile": around("", DTLS, "m=audio 4000 RTP/SAVPF 8"),
    "keys agreed on, a fingerprint for the session": around(DTLS, "", "m=audio 4000 UDP/TLS/RTP/SAVP 8"),
}  # fmt: skip
NO_SOUND = {
    "AMR alone": around("", "a=rtpmap:97 AMR/8000|", "m=audio 4000 RTP/AVP 97"),
    "pictures alone": around(line="m=video 4000 RTP/AVP 31"),
    "sound at port nought": around(line="m=audio 0 RTP/AVP 8"),
    "secured, and no key": around(line="m=audio 4000 RTP/SAVP 8"),
    "a fax alone": around(line="m=image 4000 udptl t38"),
}


def alaw(sample: float) -> int:
    """G.711, table 1a: sign, segment, and four bits within it."""
    size = min(int(abs(sample)), 32_635)
    segment = max(0, size.bit_length() - 8)
    return ((0x80 if sample >= 0 else 0) | segment << 4 | (size >> max(4, segment + 3)) & 15) ^ 0x55


def bytes_of(offer: str) -> bytes:
    return offer.replace("|", "\r\n").encode("latin-1")


def lines_of(body: str) -> list[tuple[str, int, str, list[str]]]:
    """(kind, port, profile, formats) of each m= line."""
    read = re.findall(r"(?m)^m=\s*(\S+)\s+(\S+?)(?:/\d+)?(?:[ \t]+(\S+))?((?:[ \t]+\S+)*)[ \t]*\r?$", body)
    return [(kind.lower(), int(port) if port.isdigit() else -1, how, forms.split()) for kind, port, how, forms in read]


@pytest.fixture(scope="module")
def switch(tmp_path_factory):
    live = LiveSwitch(tmp_path_factory.mktemp("offers"), 37_000, MAX_CALLS=240).start()
    yield live
    live.stop()


def code_of(switch: LiveSwitch, body: bytes, **headers: str) -> tuple[int, str]:
    with Phone(switch) as phone:
        code, text = phone.call(body=body, **headers)
        return code, text


def assert_heard(offer: str, code: int, text: str) -> None:
    """It is answered with one line of G.711, and each of the others is refused in its place (RFC 3264, 6)."""
    assert code == 200, (code, text[:300])
    asked, answered = lines_of(offer), lines_of(text.partition("\r\n\r\n")[2])
    assert len(answered) == len(asked), (asked, answered)
    assert [line[0] for line in answered] == [line[0] for line in asked]
    live = [n for n, line in enumerate(answered) if line[1] > 0]
    assert len(live) == 1 and answered[live[0]][0] == "audio", answered
    assert answered[live[0]][3][0] in ("8", "0", "97"), answered
    assert answered[live[0]][2] == asked[live[0]][2], "the profile is theirs"


@pytest.mark.fault(11, 4)
def test_a_fault_around_usable_sound_refuses_nobody(switch, record_property):
    wrong = {}
    for name, offer in FAULTS.items():
        code, text = code_of(switch, bytes_of(offer))
        try:
            assert_heard(bytes_of(offer).decode("latin-1"), code, text)
        except AssertionError as why:
            wrong[name] = code if code != 200 else str(why)[:200]
    record_property("figure", f"{len(FAULTS) - len(wrong)} of {len(FAULTS)} offers answered")
    assert not wrong


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.fault(11, 4)] * ("agreed" in name)) for name in SECURED]
)
def test_secured_sound_is_answered(switch, name, record_property):
    code, text = code_of(switch, bytes_of(SECURED[name]))
    record_property("figure", f"{code}")
    assert_heard(bytes_of(SECURED[name]).decode("latin-1"), code, text)
    assert "a=fingerprint:" in text if "fingerprint" in SECURED[name] else "a=crypto:" in text


@pytest.mark.parametrize("name", NO_SOUND)
def test_without_sound_that_we_speak_it_is_488(switch, name):
    assert code_of(switch, bytes_of(NO_SOUND[name]))[0] == 488


WRAPPED = {
    "its type in capitals": (bytes_of(PLAIN), {"Content_Type": "APPLICATION/SDP"}),
    "its type with words": (bytes_of(PLAIN), {"Content_Type": "application/sdp; charset=utf-8; x"}),
    "its type cut short": (bytes_of(PLAIN), {"Content_Type": "application"}),
    "another type": (bytes_of(PLAIN), {"Content_Type": "text/plain"}),
    "no type": (bytes_of(PLAIN), {"Content_Type": ""}),
    "packed": (gzip.compress(bytes_of(PLAIN)), {"Content_Encoding": "gzip"}),
    "an encoding nobody knows": (bytes_of(PLAIN), {"Content_Encoding": "merpati"}),
    "LF": (bytes_of(PLAIN).replace(b"\r", b""), {}),
    "CR": (bytes_of(PLAIN).replace(b"\n", b""), {}),
    "no end of its last line": (bytes_of(PLAIN)[:-2], {}),
    **{
        f"in parts, {name}": (text.replace("|", "\r\n").replace("OFFER", PLAIN.replace("|", "\r\n")).encode(), {
            "Content_Type": f"multipart/mixed;boundary={boundary}"
        })
        for name, boundary, text in (
            ("as it should be", "b", "--b|Content-Type: application/sdp||OFFER|--b--|"),
            ("without an empty line", "b", "--b|Content-Type: application/sdp|OFFER|--b--|"),
            ("without any header", "b", "--b||OFFER|--b--|"),
            ("without its last boundary", "b", "--b|Content-Type: application/sdp||OFFER|"),
            ("with words before", "b", "halo|--b|Content-Type: application/sdp||OFFER|--b--|"),
            ("with another boundary", "x", "--b|Content-Type: application/sdp||OFFER|--b--|"),
            ("with half a quotation", '"b', "--b|Content-Type: application/sdp||OFFER|--b--|"),
            ("with no boundary", "", "--b|Content-Type: application/sdp||OFFER|--b--|"),
            ("of another type", "b", "--b|Content-Type: text/plain||OFFER|--b--|"),
            ("the second", "b",
             "--b|Content-Type: text/plain||v=0 is a version|--b|Content-Type: Application/SDP||OFFER|--b--|"),
            ("in another", "b", "--b|Content-Type: multipart/related;boundary=c||"
             "--c|Content-Type: application/sdp||OFFER|--c--|--b--|"),
            ("in base64", "b", "--b|Content-Type: application/sdp|Content-Transfer-Encoding: base64||"
             + base64.b64encode(bytes_of(PLAIN)).decode() + "|--b--|"),
        )
    },
}  # fmt: skip


@pytest.mark.fault(11, 4)
def test_however_an_offer_is_wrapped_it_is_found(switch, record_property):
    wrong = {}
    for name, (body, headers) in WRAPPED.items():
        code, text = code_of(switch, body, **headers)
        if code != 200 or not re.search(r"(?m)^m=audio [1-9]\d* RTP/AVP 8\r$", text):  # an offer of ours says more
            wrong[name] = code
    record_property("figure", f"{len(WRAPPED) - len(wrong)} of {len(WRAPPED)} answered")
    assert not wrong


@pytest.mark.fault(11, 4)
def test_whatever_a_call_requires_it_is_answered_and_told(switch, record_property):
    wrong = {}
    for word in (
        "precondition",
        "100rel",
        "100rel, precondition",
        "replaces",
        "timer",
        "ice",
        "siprec",
        "x-merpati",
        "x" * 300,
        "",
    ):
        with Phone(switch) as phone:
            code, _ = phone.call(Require=f"{word} ", Supported="100rel")
            told = switch.waits_for("CallReceived", phone.call_id) if code == 200 else []
            if code != 200 or not told:
                wrong[word] = code
    record_property("figure", f"refused: {wrong}" if wrong else "all answered")
    assert not wrong
    assert any("precondition" in english(event["what"]) for event in switch.events("DiscrepancyNoted"))


@pytest.mark.fault(11, 4)
def test_a_call_that_claims_to_replace_another_is_a_call_of_its_own(switch, record_property):
    values = ("nobody@x;to-tag=1;from-tag=2", "garbage", "", ";;;")
    codes = [code_of(switch, bytes_of(PLAIN), Replaces=f"{value} ")[0] for value in values]
    record_property("figure", f"{codes}")
    assert set(codes) == {200}


class Tone:
    """Sends a tone in G.711 A-law to where an answer says, and counts the packets with a tone that come back."""

    FRAME = bytes(alaw(9000 * math.sin(math.pi * n / 4 + 0.4)) for n in range(160))  # 1000 Hz: eight samples a turn

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port, self._count = self.socket.getsockname()[1], 0

    def __enter__(self) -> Tone:
        return self

    def __exit__(self, *_) -> None:
        self.socket.close()

    def heard(self, answer: str, packets: int = 25, seconds: float = 10.0) -> int:
        """Sounding packets that came: so many are waited for, and no longer than this."""
        port = next(line[1] for line in lines_of(answer.partition("\r\n\r\n")[2]) if line[0] == "audio" and line[1])
        until, count = time.monotonic() + seconds, 0
        while count < packets and time.monotonic() < until:
            self._count += 1
            head = struct.pack("!BBHII", 0x80, 8, self._count & 0xFFFF, self._count * 160, 7)
            self.socket.sendto(head + self.FRAME, ("127.0.0.1", port))
            due = time.monotonic() + 0.02
            while (left := due - time.monotonic()) > 0:
                self.socket.settimeout(left)
                try:
                    body = self.socket.recv(2000)[12:]
                except TimeoutError:
                    break
                count += len(body) == 160 and len(set(body)) > 3 and sum(map(eq, body[8:], body)) > 130
        return count


@pytest.mark.fault(11, 4)
@pytest.mark.parametrize(
    "name", ["101 without its rtpmap", "no c=", "a hundred streams", "a profile nobody knows", "keys that are none"]
)
def test_the_sound_of_such_a_call_is_heard(switch, name, record_property):
    with Tone() as tone, Phone(switch) as phone:
        offer = FAULTS[name].replace("4000", str(tone.port))
        code, answer = phone.call("urn:service:test.sos", bytes_of(offer))
        heard = tone.heard(answer) if code == 200 else 0
        record_property("figure", f"{code}, {heard} packets with the tone")
        assert heard > 20


@pytest.mark.fault(11, 4)
def test_a_later_offer_with_a_fault_neither_ends_a_call_nor_takes_its_sound(switch, record_property):
    later = {**FAULTS, "the first again": PLAIN, **NO_SOUND, "words": "halo|apa|", "nothing": "x|"}
    said = {}
    with Tone() as tone, Phone(switch) as phone:
        code, answer = phone.call("urn:service:test.sos", bytes_of(PLAIN.replace("4000", str(tone.port))))
        assert code == 200 and tone.heard(answer, 6) > 5
        for name, offer in later.items():
            phone.send(phone.request("INVITE", body=bytes_of(offer.replace("4000", str(tone.port)))))
            said[name], text = phone.hears("INVITE")
            phone.send(phone.request("ACK"))
            answer = text if said[name] == 200 else answer
        heard = tone.heard(answer)
        wrong = {
            name: code
            for name, code in said.items()
            if code != (488 if name in ("words", "nothing", *NO_SOUND) else 200)
        }
        record_property(
            "figure", f"{len(wrong)} of {len(said)} not as they should be; then {heard} packets with the tone"
        )
        assert heard > 20
        assert not wrong
