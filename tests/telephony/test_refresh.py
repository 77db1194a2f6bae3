"""A question about the session that is not liked, or not answered, ends no call on which there is sound (RFC 4028).

The switch's clock runs eight times as fast as ours (hurried.c), so that sessions of 90 seconds run out within the test.
"""

from __future__ import annotations

import re
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from telephony.room import wire
from tests.servers import wait_until
from tests.telephony.lines import LiveSwitch, Room
from tests.telephony.talker import Sound, Talker, media_of
from tests.telephony.test_strangers_signalling import Party
from tests.texts import english

HURRY = 8
NOW_AND_THEN = 0.1
"""Seconds between packets of sound: so many voices are work for the test's own machine."""
SESSION = 90
"""Seconds by the switch's clock."""
ALLOW = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE"
WE_REFRESH, THEY_REFRESH = f"{SESSION};refresher=uas", f"{SESSION};refresher=uac"
pytestmark = [pytest.mark.fault(11, 5), pytest.mark.timeout(120)]


@pytest.fixture(scope="module")
def switch(tmp_path_factory):
    folder = tmp_path_factory.mktemp("refresh")
    library = folder / "hurried.so"
    source = Path(__file__).with_name("hurried.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-o", library, source], check=True)
    live = LiveSwitch(folder, 33_000, RTP_SILENT_AFTER=20)
    live._env |= {"LD_PRELOAD": str(library), "HURRY": str(HURRY)}
    live.start(60)
    yield live
    live.stop()


Answer = Callable[["Peer", str, str], str]
"""(peer, method, request) -> the status line's rest and more headers, or "" for no answer at all."""


class Peer(Talker):
    """A caller that answers what the switch asks within the call as its test says, and keeps what it was asked."""

    answers: Answer

    def __init__(self, switch: LiveSwitch, answers: Answer, hertz: int = 600) -> None:
        super().__init__(switch, hertz=hertz)
        self.answers = answers
        self.asked: list[tuple[float, str, str]] = []
        self.replies: list[str] = []
        self._reads: threading.Thread | None = None
        self._closed = False

    def begins(self, expires: str, allow: str = ALLOW, ack: bool = True) -> Peer:
        headers = {"Supported": "timer", "Session_Expires": expires, "Allow": allow}
        if ack:
            self.calls(**headers)
        else:
            self.send(self.request("INVITE", body=self.offer(), **headers))
            code, text = self.hears("INVITE")
            assert code == 200
            self.media, self._up = media_of(text), True
            self._to = re.search(r"(?im)^to:.*?(;tag=[^;\s]+)", text).group(1)
            self._target = re.search(r"(?im)^contact:.*?<([^>]+)>", text).group(1)
        self.sound.talk(self.media, every=NOW_AND_THEN)
        self._socket.settimeout(0.1)
        self._reads = threading.Thread(target=self._read, daemon=True)
        self._reads.start()
        return self

    def _read(self) -> None:
        while not self._closed:
            try:
                text = self._socket.recv(65_535).decode("utf-8", "replace")
            except (TimeoutError, ConnectionError):
                continue
            if text.startswith("SIP/2.0"):
                self.replies.append(text)
                continue
            method = text.split(" ")[0]
            if method == "ACK":
                continue
            self.asked.append((time.monotonic(), method, text))
            answer = self.answers(self, method, text) if method in ("INVITE", "UPDATE") else "200 OK"
            for one in answer.split("\n\n"):
                if one:
                    self.send(self.reply(text, one))

    def reply(self, request: str, answer: str) -> bytes:
        status, *more = answer.split("\n")
        head = request.split("\r\n\r\n")[0] + "\r\n"
        kept = "".join(re.findall(r"(?im)^(?:via|from|to|call-id|cseq):.*\r\n", head))
        body = ""
        if "SDP" in more:
            more.remove("SDP")
            body = self.offer()
            more.append("Content-Type: application/sdp")
        lines = "".join(f"{line}\r\n" for line in [*more, f"Contact: <sip:phone@{self.ip}:{self.port}>"])
        return f"SIP/2.0 {status}\r\n{kept}{lines}Content-Length: {len(body)}\r\n\r\n{body}".encode()

    def methods(self) -> list[str]:
        return [method for _, method, _ in self.asked]

    def ends(self) -> None:
        self._closed = True
        if self._reads is not None:
            self._reads.join()
        self.__exit__()


ODD = "200 OK\nSDP\nSession-Expires: soon"
BARE = f"200 OK\nSession-Expires: {SESSION};refresher=uac"
FRESH = f"200 OK\nSDP\nSupported: timer\nSession-Expires: {SESSION};refresher=uac"


def always(update: str, invite: str = FRESH) -> Answer:
    return lambda peer, method, text: update if method == "UPDATE" else invite


def first(times: int, answer: str, then: str = FRESH) -> Answer:
    return lambda peer, method, text: answer if len(peer.asked) <= times else then


def glare(peer: Peer, method: str, text: str) -> str:
    """Both ask at once: ours is answered 491, and theirs goes out at the same moment."""
    if len(peer.asked) > 1:
        return FRESH
    peer.send(peer.request("INVITE", body=peer.offer(), Supported="timer", Session_Expires=WE_REFRESH))
    return "491 Request Pending"


NO_UPDATE = "INVITE, ACK, BYE, CANCEL"
PEERS: dict[str, tuple[Answer, str, str, list[str]]] = {
    # how it answers, who refreshes, Allow, what we ask of it first
    "UPDATE 200": (always(FRESH), WE_REFRESH, ALLOW, ["UPDATE"]),
    "UPDATE 405": (always("405 Method Not Allowed"), WE_REFRESH, ALLOW, ["UPDATE", "INVITE"]),
    "UPDATE 501": (always("501 Not Implemented"), WE_REFRESH, ALLOW, ["UPDATE", "INVITE"]),
    "UPDATE 500": (always("500 Server Error"), WE_REFRESH, ALLOW, ["UPDATE", "INVITE"]),
    "UPDATE 302": (always("302 Moved"), WE_REFRESH, ALLOW, ["UPDATE", "INVITE"]),
    "UPDATE 407": (always("407 Who Are You"), WE_REFRESH, ALLOW, ["UPDATE", "INVITE"]),
    "UPDATE unanswered": (always(""), WE_REFRESH, ALLOW, ["UPDATE"]),
    "UPDATE 491 twice": (first(2, "491 Request Pending"), WE_REFRESH, ALLOW, ["UPDATE", "UPDATE", "UPDATE"]),
    "UPDATE 500, Retry-After": (first(1, "500 X\nRetry-After: 2"), WE_REFRESH, ALLOW, ["UPDATE", "UPDATE"]),
    "UPDATE 422": (first(1, "422 X\nMin-SE: 100"), WE_REFRESH, ALLOW, ["UPDATE", "UPDATE"]),
    "UPDATE 422 without Min-SE": (always("422 X"), WE_REFRESH, ALLOW, ["UPDATE", "INVITE"]),
    "UPDATE 200 without Session-Expires": (always("200 OK"), WE_REFRESH, ALLOW, ["UPDATE"]),
    "UPDATE 200, odd Session-Expires": (always("200 OK\nSession-Expires: soon"), WE_REFRESH, ALLOW, ["UPDATE"]),
    "all 405": (always("405 X", "405 X"), WE_REFRESH, ALLOW, ["UPDATE", "INVITE", "INVITE"]),
    "all 481": (always("481 X", "481 X"), WE_REFRESH, ALLOW, ["UPDATE", "INVITE"]),
    "all 408": (always("408 X", "408 X"), WE_REFRESH, ALLOW, ["UPDATE", "INVITE"]),
    "all unanswered": (always("", ""), WE_REFRESH, ALLOW, ["UPDATE"]),
    "INVITE 491": (first(1, "491 X"), WE_REFRESH, NO_UPDATE, ["INVITE", "INVITE"]),
    "INVITE 488": (always("", "488 X"), WE_REFRESH, NO_UPDATE, ["INVITE", "INVITE"]),
    "INVITE 503": (first(1, "503 X"), WE_REFRESH, NO_UPDATE, ["INVITE", "INVITE"]),
    "INVITE 603": (always("", "603 X"), WE_REFRESH, NO_UPDATE, ["INVITE"]),
    "INVITE 100 and no more": (always("", "100 Trying"), WE_REFRESH, NO_UPDATE, ["INVITE", "INVITE"]),
    "INVITE 200 without SDP": (always("", BARE), WE_REFRESH, NO_UPDATE, ["INVITE"]),
    "INVITE 200, odd Session-Expires": (always("", ODD), WE_REFRESH, NO_UPDATE, ["INVITE"]),
    "both at once": (glare, WE_REFRESH, ALLOW, ["UPDATE"]),
    "theirs never comes": (always(FRESH), THEY_REFRESH, ALLOW, []),
}
SILENT_AT_LAST = ("all 481", "all unanswered", "theirs never comes")


class Dialled(threading.Thread):
    """A party whom the switch dials on behalf of a caller; it answers every refresh of ours with 405."""

    def __init__(self, switch: LiveSwitch, room: Room, call: str) -> None:
        super().__init__(daemon=True)
        self.party, self.sound, self.asked, self.over = Party("127.0.0.1"), Sound("127.0.0.1"), [], False
        uri = f"sip:rsud@{self.party.ip}:{self.party.port}"
        room.say(wire.OrderMessage(number=1, do="dial", call=call, party="A1", uri=uri))
        invite = self.party.reads("INVITE")
        timer = f"Session-Expires: {SESSION};refresher=uac\r\nRequire: timer\r\nAllow: {ALLOW}\r\nContact:".encode()
        answer = self.party.answer(invite).replace(b"Contact:", timer)
        self._send(answer.replace(b"audio 40000", b"audio %d" % self.sound.port))
        self.party.reads("ACK")
        self.sound.talk(media_of(invite.decode()), every=NOW_AND_THEN)
        self.start()

    def _send(self, raw: bytes) -> None:
        self.party.socket.sendto(raw, self.party.peer)

    def run(self) -> None:
        self.party.socket.settimeout(0.1)
        while not self.over:
            try:
                raw = self.party.socket.recv(65_535)
            except TimeoutError:
                continue
            self.asked.append(raw.split(b" ")[0].decode())
            if self.asked[-1] != "ACK":
                self._send(self.party.answer(raw, 405 if self.asked[-1] in ("UPDATE", "INVITE") else 200))

    def methods(self) -> list[str]:
        return [method for method in self.asked if method != "ACK"]

    def ends(self) -> None:
        self.over = True
        self.join()
        self.sound.close()


def test_no_session_timer_ends_a_call_on_which_there_is_sound(switch, record_property):
    """Every kind of peer at once; then some fall silent, and those that say they are gone are gone."""
    peers = {name: Peer(switch, answers).begins(who, allow) for name, (answers, who, allow, _) in PEERS.items()}
    unacked = Peer(switch, always(FRESH)).begins(WE_REFRESH, ack=False)
    room = Room(switch)
    call = switch.waits_for("CallReceived", peers["UPDATE 200"].call_id)[0]["call"]
    dialled = Dialled(switch, room, call)
    began = time.monotonic()
    try:
        until = began + 1.15 * SESSION / HURRY
        while time.monotonic() < until and not all("BYE" in peer.methods() for peer in peers.values()):
            time.sleep(0.1)
        everybody = {**peers, "our answer without ACK": unacked, "a party's 405": dialled}
        for peer in everybody.values():
            peer.sound.heard()
        time.sleep(0.3)
        ended = [n for n, peer in everybody.items() if "BYE" in peer.methods() or peer.sound.heard() < 5]
        figure = f"{len(ended)} of {len(everybody)} calls with sound on them ended"
        record_property("figure", f"{figure}: {', '.join(ended)}" if ended else figure)
        assert not ended
        for name, (_, _, _, expected) in PEERS.items():
            asked = [m for m in peers[name].methods() if m in ("UPDATE", "INVITE")]
            assert asked[: len(expected)] == expected, name
        assert dialled.methods()[:2] == ["UPDATE", "INVITE"]
        # an answer that cannot be read to the end is one: it is acknowledged, and nobody asks again
        assert peers["INVITE 200, odd Session-Expires"].methods() == ["INVITE"]
        # what has run out is refreshed when they ask at last
        late = peers["theirs never comes"]
        late.send(late.request("UPDATE", Supported="timer", Session_Expires=THEY_REFRESH))
        wait_until(lambda: any("200 OK" in r and "UPDATE" in r for r in late.replies), 3, "a late refresh to be taken")
        gone = [peers[name] for name in SILENT_AT_LAST]
        for peer in gone:
            peer.sound.hush()
            peer.answers = always("481 X", "481 X")
            peer._closed = True  # and answers nothing any more
        for peer in gone:
            over = switch.waits_for("CallEnded", peer.call_id, seconds=15)[0]
            assert over["by"] == "failure" and "no sound" in english(over["why"])
        assert not [n for n, peer in peers.items() if n not in SILENT_AT_LAST and "BYE" in peer.methods()]
        # acknowledged by its sound, it is a call like others
        unacked.send(unacked.request("INVITE", body=unacked.offer()))
        wait_until(lambda: any("200 OK" in r and "INVITE" in r for r in unacked.replies), 3, "a re-INVITE to be taken")
    finally:
        for peer in [dialled, *peers.values(), unacked]:
            peer.ends()
        room.close()
