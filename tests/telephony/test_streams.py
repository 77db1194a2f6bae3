"""Messages that no buffer was made for: long ones, ones that count wrongly, ones that never end. Each has an answer,
and the line can be used for the next."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dispatch.settings import ROOT
from tests.servers import wait_until
from tests.telephony.lines import LiveSwitch
from tests.telephony.messages import SDP, pidf

OFFER = SDP.format(port=4000)
SECRET = "Rahasia"
MOST = 1 << 20


@pytest.fixture(scope="module")
def switch(tmp_path_factory):
    live = LiveSwitch(tmp_path_factory.mktemp("streams"), 38_000, MAX_CALLS=240).start()
    yield live
    live.stop()


class Line:
    """One connection, or one socket for datagrams, and what comes back on it."""

    count = 0

    def __init__(self, switch: LiveSwitch, kind: str = "TCP", ip: str = "127.0.0.1") -> None:
        self.kind, self.heard, self.wrong = kind, "", 0
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM if kind == "TCP" else socket.SOCK_DGRAM)
        self.socket.bind((ip, 0))
        self.socket.connect(("127.0.0.1", switch.port))
        self.address = "{}:{}".format(*self.socket.getsockname())

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_) -> None:
        self.socket.close()

    def invite(
        self, body: str | bytes = OFFER, length: str | None = None, more: str = "", **headers: str
    ) -> tuple[str, bytes]:
        """(Call-ID, bytes); `length`: what Content-Length says, "" for no such header."""
        Line.count += 1
        name = f"{SECRET}{Line.count}x"
        data = body.encode() if isinstance(body, str) else body
        lines = {
            "Via": f"SIP/2.0/{self.kind} {self.address};branch=z9hG4bK{name};rport",
            "Max-Forwards": "70",
            "From": f"<sip:08117000112@{SECRET}.id>;tag={name}",
            "To": "<sip:112@siaga.id>",
            "Call-ID": name,
            "CSeq": "1 INVITE",
            "Contact": f"<sip:ibu@{self.address}>",
            "Content-Type": "application/sdp",
            "Content-Length": str(len(data)) if length is None else length,
            **{key.replace("_", "-"): value for key, value in headers.items()},
        }
        head = "".join(f"{key}: {value}\r\n" for key, value in lines.items() if value)
        return name, f"INVITE sip:112@siaga.id SIP/2.0\r\n{head}{more}\r\n".encode() + data

    def says(self, raw: bytes) -> None:
        self.socket.sendall(raw)

    def answer(self, call_id: str, seconds: float = 6.0, method: str = "") -> int:
        """The code of the final answer to this call, 0 without one; it is acknowledged, and ended if it was taken. With
        `method` that to what was said within it."""
        until = time.monotonic() + seconds
        while True:
            for found in re.finditer(r"SIP/2\.0 ([2-6]\d\d) .*?\r\n\r\n", self.heard, re.DOTALL):
                if re.search(rf"(?im)^call-id:\s*{re.escape(call_id)}\s*$", found.group()):
                    if method and not re.search(rf"(?im)^cseq:.*{method}\s*$", found.group()):
                        continue
                    if not method:
                        self.ends(found.group())
                    return int(found.group(1))
            self.socket.settimeout(max(0.01, until - time.monotonic()))
            try:
                got = self.socket.recv(70_000)
            except OSError:
                got = b""
            if not got:
                return 0
            self.heard += got.decode("utf-8", "replace")

    def ends(self, answer: str) -> None:
        told = {
            key: re.search(rf"(?im)^{key}:\s*(.*?)\r?$", answer).group(1)
            for key in ("From", "To", "Call-ID", "CSeq", "Via")
        }
        target = re.search(r"(?im)^contact:.*?<([^>]+)>", answer)
        branch = re.search(r"branch=[^;\s]+", told["Via"]).group() if "branch=" in told["Via"] else "branch=z9hG4bKq"
        count = int(told["CSeq"].split()[0])
        for method in ("ACK", "BYE") if target else ("ACK",):
            head = "".join(f"{key}: {told[key]}\r\n" for key in ("From", "To", "Call-ID"))
            where = target.group(1) if target else "sip:112@siaga.id"
            way = branch if not target else f"branch=z9hG4bK{told['Call-ID']}{method}"
            self.says(
                f"{method} {where} SIP/2.0\r\nVia: SIP/2.0/{self.kind} {self.address};{way};rport\r\n"
                f"{head}CSeq: {count + (method == 'BYE')} {method}\r\nContent-Length: {self.wrong}\r\n\r\n".encode()
            )  # fmt: skip

    def calls(self, raw_of: tuple[str, bytes] | None = None, seconds: float = 6.0) -> int:
        name, raw = raw_of or self.invite()
        self.says(raw)
        return self.answer(name, seconds)


def placed(size: int) -> tuple[str, bytes]:
    """(Content-Type, body) of `size` bytes: the offer, ballast, and the caller's place at the end."""
    place = pidf('<gs:Circle srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>0.91 104.46</gml:pos>'
                 '<gs:radius uom="urn:ogc:def:uom:EPSG::9001">25</gs:radius></gs:Circle>')  # fmt: skip
    first = f"--b\r\nContent-Type: application/sdp\r\n\r\n{OFFER}\r\n--b\r\nContent-Type: image/jpeg\r\n\r\n"
    last = f"\r\n--b\r\nContent-Type: application/pidf+xml\r\n\r\n{place}\r\n--b--\r\n"
    return "multipart/mixed;boundary=b", (first + "\xff" * (size - len(first) - len(last)) + last).encode("latin-1")


@pytest.mark.fault(11, 3)
@pytest.mark.parametrize("size", [66_000, 300_000, 1_000_000])
def test_a_long_message_is_a_call_with_its_place(switch, size, record_property):
    kind, body = placed(size)
    with Line(switch) as line:
        name, raw = line.invite(body, Content_Type=kind)
        code, following = line.calls((name, raw), 4), line.calls(seconds=4)
    record_property("figure", f"{size} bytes: {code or 'no answer'}, the next {following or 'no answer'}")
    assert (code, following) == (200, 200)
    assert switch.waits_for("LocationReceived", name)[0]["location"]["radius"] == 25


@pytest.mark.fault(11, 3)
@pytest.mark.parametrize(
    ("size", "length"), [(MOST + 9000, None), (3 * MOST, None), (300, "2147483647"), (300, "99999999999999999999")]
)
def test_one_that_is_too_long_is_told_so_and_the_next_is_a_call(switch, size, length, record_property):
    with Line(switch) as line:
        name, raw = line.invite(b"x" * size, length)
        line.says(raw)
        code = line.answer(name, 4)
        following = line.calls(seconds=4)
    record_property("figure", f"{code or 'no answer'}, the next {following or 'no answer'}")
    assert (code, following) == (413, 200)


@pytest.mark.fault(11, 3)
def test_headers_without_end_are_told_so_and_the_next_is_a_call(switch, record_property):
    with Line(switch) as line:
        name, raw = line.invite(more="X-Much: yes\r\n" * 100_000)
        code, following = line.calls((name, raw), 4), line.calls(seconds=4)
    record_property("figure", f"{code or 'no answer'}, the next {following or 'no answer'}")
    assert (code, following) == (513, 200)


LENGTHS = {
    "negative": "-999",
    "none": "",
    "words": "banyak",
    "too large by far": "9999",
    "too large by one": str(len(OFFER) + 1),
    "too small": str(len(OFFER) - 24),
    "nought": "0",
    "two that differ": f"0\r\nContent-Length: {len(OFFER)}",
    "two that are the same": f"{len(OFFER)}\r\nl: {len(OFFER)}",
    "with a sign": f"+{len(OFFER)}",
    "with a comment": f"{len(OFFER)} bytes",
}


@pytest.mark.fault(11, 3)
def test_whatever_length_it_says_it_is_a_call_and_so_is_the_next(switch, record_property):
    wrong, lines = {}, []
    for length in LENGTHS.values():
        line = Line(switch)
        lines.append((line, line.invite(length=length)))
    for line, (_, raw) in lines:
        line.says(raw)
    for name, (line, (call, _)) in zip(LENGTHS, lines, strict=True):
        codes = (line.answer(call, 4), line.calls(seconds=4))
        line.socket.close()
        if codes != (200, 200):
            wrong[name] = codes
    record_property("figure", f"{len(LENGTHS) - len(wrong)} of {len(LENGTHS)} answered")
    assert not wrong


@pytest.mark.fault(11, 3)
def test_the_next_in_the_same_breath_is_not_a_part_of_it(switch, record_property):
    """Whether the length is honest, or a lie."""
    wrong = {}
    for name, length in LENGTHS.items():
        with Line(switch) as line:
            (first, one), (second, two) = line.invite(length=length), line.invite()
            line.says(one + two)
            codes = (line.answer(first, 4), line.answer(second, 4))
        if codes != (200, 200):
            wrong[name] = codes
    record_property("figure", f"{len(LENGTHS) - len(wrong)} of {len(LENGTHS)} pairs answered")
    assert not wrong


def test_messages_one_behind_the_other_are_each_their_own(switch):
    """Whatever their bodies end with, and what they look like."""
    with Line(switch) as line:
        said = []
        for body in (
            "kebakaran",
            "",
            "INVITE",
            "MESSAGE sip:x SIP/2.",
            "di jalan\r\n",
            "INVITE sip:112@x SIP/2.0\r\nVia: y",
        ):
            name, raw = line.invite(body, Content_Type="text/plain")
            said.append((name, raw.replace(b"INVITE sip", b"MESSAGE sip", 1).replace(b"1 INVITE", b"1 MESSAGE")))
        line.says(b"".join(raw for _, raw in said))
        assert [line.answer(name) for name, _ in said] == [200] * len(said)
    kept = [event["text"] for event in switch.waits_for("TextReceived", count=4)]
    assert "kebakaran" in kept and "INVITE" in kept and not any("Call-ID" in text for text in kept)


@pytest.mark.fault(11, 3)
def test_a_length_that_is_too_large_loses_no_text_and_no_end_of_a_call(switch, record_property):
    """Not of an INVITE only: of MESSAGE, ACK, BYE. What comes behind it on the line is read."""
    with Line(switch) as line, Line(switch) as other:
        name, raw = line.invite("Tolong", "15", Content_Type="text/plain", CSeq="1 MESSAGE")
        line.says(raw.replace(b"INVITE sip", b"MESSAGE sip"))
        call, raw = other.invite()
        other.says(raw)
        other.wrong = 9
        ended = (other.answer(call, 4), other.answer(call, 6, "BYE"))
        text, following = line.answer(name, 5), line.calls(seconds=4)
        again = other.calls(seconds=4)
    record_property("figure", f"MESSAGE {text or 'unanswered'}, BYE {ended[1] or 'unanswered'}")
    assert text // 100 == 2 and ended == (200, 200) and (following, again) == (200, 200)


@pytest.mark.fault(11, 3)
def test_calls_behind_one_whose_body_has_no_end_are_calls(switch, record_property):
    """On a line that carriers share: the long one is passed over, and where it ends begins the next."""
    with Line(switch) as line:
        name, raw = line.invite(b"x" * 150_000, "banyak")
        (first, one), (second, two) = line.invite(), line.invite()
        line.says(raw + b"\r\n" + one + two)
        codes = (line.answer(name, 4), line.answer(first, 4), line.answer(second, 4))
    record_property("figure", "{} {} {}".format(*(code or "none" for code in codes)))
    assert codes == (413, 200, 200)


def test_a_call_said_byte_by_byte_is_a_call(switch):
    with Line(switch) as line:
        line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        name, raw = line.invite()
        for n in range(0, len(raw), 7):
            line.says(raw[n : n + 7])
        assert line.answer(name) == 200


def test_rubbish_before_a_call_and_empty_lines_are_passed_over(switch):
    with Line(switch) as line:
        for rubbish in (b"\r\n\r\n\r\n\r\n", b"halo\r\n", b"\0\1\2\r\n", b"GET / HTTP/1.0\r\n\r\n"):
            line.says(rubbish)
            assert line.calls() == 200, rubbish


@pytest.mark.parametrize("size", [64_000, pytest.param(65_507, marks=pytest.mark.fault(11, 3))])
def test_a_long_datagram_is_a_call(switch, size, record_property):
    with Line(switch, "UDP") as line:
        _, probe = line.invite(b"", Content_Type="multipart/mixed;boundary=b")
        kind, body = placed(size - len(probe) - 4)
        name, raw = line.invite(body, Content_Type=kind)
        code = line.calls((name, raw), 4)
    record_property("figure", f"{len(raw)} bytes: {code or 'no answer'}")
    assert len(raw) in range(size - 8, size + 1) and code == 200
    assert switch.waits_for("LocationReceived", name)


def test_many_half_messages_cost_what_is_bounded_and_keep_nobody_out(switch, record_property):
    """Eighty connections that each leave a megabyte unfinished."""
    with Line(switch) as calm:
        assert calm.calls() == 200
        before = resident(switch)
        lines = [Line(switch) for _ in range(80)]
        with ThreadPoolExecutor(25) as pool:
            list(pool.map(leave_unfinished, lines))
        code = calm.calls(seconds=4)
        grown = resident(switch) - before
        for line in lines:
            line.socket.close()
    record_property("figure", f"{grown >> 20} MB for 80 MB, a call meanwhile {code or 'no answer'}")
    assert code == 200
    assert grown < 75 << 20
    switch.answers()


def leave_unfinished(line: Line) -> None:
    _, raw = line.invite(b"x" * 1_000_000, length="1000100")
    line.says(raw.replace(b"INVITE sip", b"MESSAGE sip").replace(b"1 INVITE", b"1 MESSAGE"))


def resident(switch: LiveSwitch) -> int:
    pages = Path(f"/proc/{switch.process.pid}/statm").read_text().split()[1]
    return int(pages) * 4096


@pytest.mark.fault(11, 3)
def test_nothing_that_a_caller_sent_is_in_the_log(switch, record_property):
    """After all of the above, and whatever else cannot be read."""
    with Line(switch, "UDP") as line:
        base = line.invite()[1]
        bad = [
            base.replace(b"CSeq: 1 ", b"CSeq: 99999999999999999999999 "),
            base.replace(b"Max-Forwards: 70", b"Max-Forwards: " + SECRET.encode()),
            base.replace(b"Content-Length", b"Expires: 1" + b"0" * 90 + b"\r\nContent-Length"),
            re.sub(rb"Call-ID: \S+\r\n", b"", base),
            re.sub(rb"To: .*?\r\n", b"", base),
            b"SIP/2.0 9999999999 " + SECRET.encode() + base[base.index(b"\r\n") :],
            base[:120],
            base.replace(b"INVITE sip", b"INVITE ::" + SECRET.encode() + b" sip"),
            base.replace(b"v=0", b"v=0\r\nm=" + SECRET.encode()),
        ]
        for raw in bad:
            line.says(raw)
        with Line(switch) as stream:
            for raw in bad:
                stream.says(raw)
            wait_until(lambda: stream.calls() == 200, what="a call after them")
    switch.answers()
    found = switch.log().lower().count(SECRET.lower())
    record_property("figure", f"{found} times in the log")
    assert not found and "08117000112" not in switch.log()
    assert "Traceback" not in switch.log()


@pytest.mark.fault(11, 3)
def test_an_error_of_our_own_is_logged_without_the_words_that_caused_it(tmp_path, record_property):
    """The switch's own log, with an error that quotes a caller."""
    code = (
        "import telephony.__main__ as m\nfrom twisted.logger import Logger\n"
        "def broken():\n  try: int('Rahasia, Jl. Merdeka')\n  except ValueError: Logger().failure('reading a call')\n"
        "  raise SystemExit\nm.read_settings = broken\nm.main()"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60).stdout
    record_property("figure", "quoted" if SECRET in said else "not quoted")
    assert "reading a call" in said and "ValueError" in said
    assert SECRET not in said
