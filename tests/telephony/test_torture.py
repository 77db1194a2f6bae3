"""The torture tests of RFC 4475 and RFC 5118, as calls: the switch survives each, and answers what can be answered."""

from __future__ import annotations

import re
import socket
import time

import pytest

from telephony.messages.sip import read_info, read_invite, read_message
from tests.telephony.lines import LiveSwitch
from tests.telephony.torture import ANSWERED, ONCE_SILENT, SURVIVED, call, written


@pytest.fixture(scope="module")
def switch(tmp_path_factory):
    live = LiveSwitch(tmp_path_factory.mktemp("torture"), 36_000, MAX_CALLS=240).start()
    yield live
    live.stop()


class Line:
    """A socket that says its lines and ends what was answered, by what the answer itself tells."""

    def __init__(self, switch: LiveSwitch, transport: str) -> None:
        kind = socket.SOCK_DGRAM if transport == "UDP" else socket.SOCK_STREAM
        self.transport, self.socket = transport, socket.socket(socket.AF_INET, kind)
        self.socket.connect(("127.0.0.1", switch.port))
        self.address = "{}:{}".format(*self.socket.getsockname())

    def says(self, text: str, number: str) -> None:
        self.socket.sendall(written(text, number, self.transport, self.address))

    def hears(self, method: str, seconds: float = 5.0) -> str:
        """The final answer to the request of this method, or "" when there is none in time."""
        until, heard = time.monotonic() + seconds, ""
        while (left := until - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                heard += (got := self.socket.recv(65_535).decode("utf-8", "replace"))
            except OSError:
                return ""
            if not got:
                return ""
            found = re.search(rf"(?is)SIP/2\.0 [2-6]\d\d (?:(?!SIP/2\.0 \d).)*?\ncseq:\s*\d+\s+{method}.*", heard)
            if found:
                return found.group()
        return ""

    def ends(self, answer: str, number: str) -> None:
        """ACK and BYE for a call that was answered."""
        told = {
            name: re.search(rf"(?im)^{name}:\s*(.*?)\r?$", answer).group(1)
            for name in ("From", "To", "Call-ID", "CSeq")
        }
        target = re.search(r"(?im)^contact:.*?<([^>]+)>", answer).group(1)
        count = int(told["CSeq"].split()[0])
        for method, place in (("ACK", count), ("BYE", count + 1)):
            headers = {"CSeq": f"{place} {method}", **{k: told[k] for k in ("From", "To", "Call-ID")}}
            self.says(call(f"{method} {target} SIP/2.0", "", "Content-Type Contact", **headers), f"{number}{method}")
        assert self.hears("BYE").startswith("SIP/2.0 200")


def number_of(name: str, transport: str) -> str:
    return f"{[*ANSWERED, *SURVIVED].index(name)}{transport}"


@pytest.mark.parametrize("transport", ["UDP", "TCP"])
@pytest.mark.parametrize("name", ANSWERED)
def test_it_is_answered(switch, name, transport):
    line, number = Line(switch, transport), number_of(name, transport)
    line.says(ANSWERED[name], number)
    answer = line.hears("INVITE")
    assert answer.startswith("SIP/2.0 200"), answer[:300] or switch.log()[-1000:]
    line.ends(answer, number)


@pytest.mark.fault(11, 3)
def test_who_was_met_with_silence_is_answered(switch, record_property):
    """RFC 4475's invalid INVITEs, each on a line of its own, and all of them said before any is waited for."""
    lines = [(name, kind, Line(switch, kind)) for name in ONCE_SILENT for kind in ("UDP", "TCP")]
    for name, kind, line in lines:
        line.says(ANSWERED[name], f"{number_of(name, kind)}again")
    answers = {f"{name} {kind}": line.hears("INVITE", 4)[8:11] for name, kind, line in lines}
    silent = {name: code for name, code in answers.items() if code != "200"}
    record_property("figure", f"{len(lines) - len(silent)} of {len(lines)} answered")
    assert not silent


@pytest.mark.parametrize("transport", ["UDP", "TCP"])
@pytest.mark.parametrize("name", SURVIVED)
def test_it_is_survived(switch, name, transport):
    line = Line(switch, transport)
    line.says(SURVIVED[name], number_of(name, transport))
    line.socket.close()
    switch.answers()


@pytest.mark.parametrize("name", [*ANSWERED, *SURVIVED])
def test_it_is_read(name):
    raw = written({**ANSWERED, **SURVIVED}[name], "1", "UDP", "127.0.0.1:5060")
    read_message(raw), read_info(raw)
    read = read_invite(raw)
    if name in ANSWERED:
        assert read.method == "INVITE" and "112" in read.called + read.target


def test_what_follows_a_request_in_its_datagram_is_not_another_one(switch):
    """RFC 4475, 3.1.1.8."""
    line = Line(switch, "UDP")
    line.socket.send(
        written(call(), "eins", "UDP", line.address)
        + written(call("INVITE sip:113@siaga.id SIP/2.0"), "zwei", "UDP", line.address)
    )
    answer = line.hears("INVITE")
    assert answer.startswith("SIP/2.0 200") and "eins@op.id" in answer
    line.ends(answer, "eins")
    assert not switch.events("CallReceived", "zwei@op.id")


def test_a_message_with_parts_is_accepted(switch):
    """RFC 4475, 3.1.1.11."""
    line = Line(switch, "UDP")
    body = (
        "--b|Content-Type: text/plain|Content-Transfer-Encoding: binary||Tolong|"
        "--b|Content-Type: application/octet-stream||\0\1|--b--|"
    )
    line.says(
        call("MESSAGE sip:112@siaga.id SIP/2.0", body, Content_Type="multipart/mixed;boundary=b", CSeq="1 MESSAGE"),
        "teks",
    )
    assert line.hears("MESSAGE").startswith("SIP/2.0 2")


def test_after_the_torture_it_is_the_same_process(switch):
    assert switch.process.poll() is None
    assert "Traceback" not in switch.log()
    switch.answers()
