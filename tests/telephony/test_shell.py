"""The shell around the switch, without lines: a fault of ours costs a call what it says, never the call itself."""

from __future__ import annotations

import json

from twisted.internet import reactor

from telephony import shell as shells
from telephony.shell import SwitchShell
from telephony.switch.actions import Rules
from tests.texts import english

INVITE = (
    b"INVITE urn:service:sos SIP/2.0\r\nFrom: <sip:+628111@op.id>;tag=1\r\nTo: <urn:service:sos>\r\n"
    b"Call-ID: c1\r\nCSeq: 1 INVITE\r\nContact: <sip:10.0.0.1>\r\nContent-Length: 0\r\n\r\n"
)


class Lines:
    """Notes what the lines are told to do."""

    def __init__(self) -> None:
        self.done: list[tuple] = []

    def __getattr__(self, name: str):
        return lambda *given: self.done.append((name, *given))


def test_what_cannot_be_used_of_a_call_leaves_a_call_that_the_room_is_told_of(tmp_path, monkeypatch):
    made = SwitchShell(reactor, Rules(), tmp_path, "b1")
    made.stack = Lines()
    monkeypatch.setattr(shells, "facts_about", lambda *given: 1 / 0)
    made.invited("b1-1", INVITE, "10.0.0.1", browser=False)
    told = [json.loads(line)["event"] for line in (tmp_path / "spool.jsonl").read_bytes().splitlines()]
    assert [(e["event"], e.get("caller")) for e in told][0] == ("CallReceived", "+628111")
    assert "not usable" in english(told[1]["what"]) and ("reply", "b1-1", 180) in made.stack.done
    made.spool.close()
