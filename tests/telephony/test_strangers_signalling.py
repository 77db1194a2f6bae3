"""Requests and answers within a call are taken from where the call comes from, or its trunk; from nobody else."""

from __future__ import annotations

import re
import secrets
import socket
import time

import pytest

from telephony.room import wire
from tests.servers import wait_until
from tests.telephony.lines import LiveSwitch, Phone, Room, answer_to
from tests.telephony.messages import SDP
from tests.telephony.talker import Sound, Talker
from tests.texts import english

STRANGER, SERVER, OTHER_TRUNK = "127.0.0.9", "127.0.0.18", "127.0.0.34"
TRUNKS = "127.0.0.0/29+127.0.0.16/29,127.0.0.32/29"
pytestmark = pytest.mark.fault(11, 2)


@pytest.fixture(scope="module")
def switch(tmp_path_factory):
    live = LiveSwitch(tmp_path_factory.mktemp("signalling"), 38_000, SIP_TRUNKS=TRUNKS).start(60)
    yield live
    live.stop()


class Other:
    """A socket at another address, which sends what it is given and reads the answer."""

    def __init__(self, switch: LiveSwitch, ip: str = STRANGER) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((ip, 0))
        self.socket.connect(("127.0.0.1", switch.port))

    def sends(self, raw: bytes, seconds: float = 1.0) -> int:
        """The code of the final answer; 0 without one."""
        self.socket.send(raw)
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                answer = self.socket.recv(65_535)
            except TimeoutError:
                return 0
            if answer.startswith(b"SIP/2.0 ") and int(answer[8:11]) >= 200:
                return int(answer[8:11])
        return 0


def is_up(phone: Phone) -> bool:
    phone.send(phone.request("INFO"))
    return phone.hears("INFO")[0] == 200


def request_within(talker: Talker, method: str, sound: Sound) -> bytes:
    """As the caller's own: right tags, right number, and for INVITE and UPDATE its sound moved to `sound`."""
    moved = talker.offer(sound.ip, sound.port) if method in ("INVITE", "UPDATE") else ""
    said = {"INFO": ("Signal=5\r\nDuration=160\r\n", "application/dtmf-relay"), "MESSAGE": ("bohong", "text/plain")}
    body, kind = said.get(method, (moved, "application/sdp"))
    more = {"Content_Type": kind} if body else {}
    return talker.request(method, body=body, **more, **({"Refer_To": "<sip:a@127.0.0.9>"} if method == "REFER" else {}))


@pytest.mark.parametrize("method", ["BYE", "INVITE", "UPDATE", "INFO", "MESSAGE", "REFER", "OPTIONS"])
def test_a_stranger_who_knows_the_tags_is_refused_and_changes_nothing(switch, method, record_property):
    stranger, sound = Other(switch), Sound(STRANGER)
    with Talker(switch).calls().talk() as talker:
        assert talker.sound.hears(10) >= 10
        code = stranger.sends(request_within(talker, method, sound))
        came, stolen, up = talker.sound.hears(30), sound.heard(), is_up(talker)
        state = "up" if up else "gone"
        record_property("figure", f"{method} answered {code}; then the call is {state}, {stolen} packets moved")
        assert code == 403 and up and came >= 30 and stolen == 0
        assert not [e for kind in ("DtmfReceived", "TextReceived") for e in switch.events(kind, talker.call_id)]
    sound.close()


@pytest.mark.parametrize(
    ("ip", "code"), [(SERVER, 200), ("127.0.0.3", 200), (OTHER_TRUNK, 403)],
    ids=["its other network", "the same network", "another trunk"],
)  # fmt: skip
def test_another_server_of_the_trunk_may_end_the_call_and_another_trunks_may_not(switch, ip, code, record_property):
    with Talker(switch).calls() as talker:
        answered = Other(switch, ip).sends(talker.request("BYE"))
        record_property("figure", f"BYE from {ip} answered {answered}")
        assert answered == code
        talker._up = answered != 200


def test_who_is_named_in_contact_may_end_the_call(switch):
    """A proxy that does not stay in the way (RFC 3261, 16.6): what follows comes from the telephone itself."""
    own = Other(switch, "127.0.0.50")
    with Talker(switch).calls(Contact="<sip:phone@127.0.0.50:5060>") as talker:
        assert own.sends(talker.request("BYE")) == 200
        talker._up = False


@pytest.mark.parametrize("body", [False, True], ids=["bare", "with a description"])
def test_an_ack_may_come_from_anywhere_unless_it_describes_sound(switch, body, record_property):
    """Of a telephone whose proxy does not stay in the way and whose Contact is a name: the answer repeats till then."""
    own, sound = Other(switch), Sound(STRANGER)
    with Talker(switch) as talker:
        talker.send(talker.request("INVITE", body=talker.offer(), Contact="<sip:ibu@telepon.contoh>"))
        code, text = talker.hears("INVITE", 8)
        assert code == 200
        talker._to, talker._up = re.search(r"(?im)^to:.*?(;tag=\S+)", text).group(1), True
        talker._target = re.search(r"(?im)^contact:.*?<([^>]+)>", text).group(1)
        late = talker.request("ACK", body=talker.offer(), CSeq="7 ACK") if body else talker.request("ACK", CSeq="7 ACK")
        own.socket.send(late)  # another number: no ACK of this call
        repeated = talker.hears("INVITE", 3)[0]
        own.socket.send(talker.request("ACK", body=talker.offer(sound.ip, sound.port) if body else ""))
        time.sleep(0.3)
        talker.count_answers(0.01)
        after = talker.hears("INVITE", 3)[0]
        record_property("figure", f"the answer {'is' if after else 'is not'} repeated after it")
        assert repeated == 200 and bool(after) == body
        talker.send(talker.request("ACK"))
        assert is_up(talker)
    sound.close()


def test_a_new_connection_from_the_same_address_may_end_the_call(switch):
    with Talker(switch).calls() as talker:
        with socket.create_connection(("127.0.0.1", switch.port), source_address=(talker.ip, 0)) as connection:
            connection.sendall(talker.request("BYE").replace(b"SIP/2.0/UDP", b"SIP/2.0/TCP"))
            connection.settimeout(5)
            assert connection.recv(4096).startswith(b"SIP/2.0 200")
        talker._up = False


def test_what_strangers_send_is_told_and_not_answered_for_ever(switch):
    stranger = Other(switch)
    with Talker(switch).calls() as talker:
        time.sleep(1.1)  # a hundred answers are there again
        for _ in range(300):
            stranger.socket.send(talker.request("BYE"))
        answers, until = 0, time.monotonic() + 0.5
        while (left := until - time.monotonic()) > 0:
            stranger.socket.settimeout(left)
            try:
                answers += bool(stranger.socket.recv(65_535))
            except TimeoutError:
                break
        assert 50 <= answers <= 150 and is_up(talker)
    came = f"within calls came from {STRANGER}"
    said = lambda: [e for e in switch.events("DiscrepancyNoted") if came in english(e["what"])]  # noqa: E731
    assert "'sip_trunks'" in english(wait_until(said, 15, "a word about it")[0]["what"])


def test_a_stranger_does_not_cancel_a_call_that_rings(tmp_path, record_property):
    live = LiveSwitch(tmp_path, 39_000, SIP_TRUNKS=TRUNKS, ANNOUNCE_AFTER=2).start(60)
    try:
        with Talker(live) as talker:
            branch = f"z9hG4bK{secrets.token_hex(6)}"
            via = f"SIP/2.0/UDP {talker.ip}:{talker.port};branch={branch};rport"
            talker.send(talker.request("INVITE", body=talker.offer(), Via=via))
            live.waits_for("CallReceived", talker.call_id)
            cancelled = Other(live).sends(talker.request("CANCEL", Via=via, CSeq="1 CANCEL"))
            talker._number = 1
            code, text = talker.hears("INVITE", 8)
            record_property("figure", f"CANCEL answered {cancelled}, the caller {code}")
            assert cancelled == 403 and code == 200
            talker._to, talker._up = re.search(r"(?im)^to:.*?(;tag=\S+)", text).group(1), True
            talker._target = re.search(r"(?im)^contact:.*?<([^>]+)>", text).group(1)
            talker.send(talker.request("ACK"))
    finally:
        live.stop()


class Party:
    """Somebody whom the switch dials, in one socket: reads its INVITE, and answers as the test says."""

    def __init__(self, ip: str) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((ip, 0))
        self.ip, self.port = self.socket.getsockname()
        self.tag = secrets.token_hex(4)

    def reads(self, method: str, seconds: float = 8.0) -> bytes:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.socket.settimeout(left)
            raw, self.peer = self.socket.recvfrom(65_535)
            if raw.startswith(method.encode()):
                return raw
        raise AssertionError(f"no {method} came to {self.ip}")

    def answer(self, invite: bytes, code: int = 200) -> bytes:
        head, _, _ = answer_to(invite).partition(b"Content-Length")
        head = re.sub(rb"(?m)^(To: [^\r\n]*)", rb"\1;tag=" + self.tag.encode(), head)
        head = head.replace(b"SIP/2.0 200 OK", f"SIP/2.0 {code} X".encode())
        body = SDP.format(port=40_000).replace("127.0.0.1", self.ip).encode() if code == 200 else b""
        more = f"Contact: <sip:p@{self.ip}:{self.port}>\r\nContent-Type: application/sdp\r\nContent-Length: {len(body)}"
        return head + more.encode() + b"\r\n\r\n" + body

    def bye(self, invite: bytes) -> bytes:
        def header(name: str) -> str:
            return re.search(rf"(?im)^{name}: ([^\r\n]*)", invite.decode()).group(1)

        target = re.search(r"<([^>]+)>", header("Contact")).group(1)
        lines = (
            f"BYE {target} SIP/2.0",
            f"Via: SIP/2.0/UDP {self.ip}:{self.port};branch=z9hG4bK{secrets.token_hex(6)};rport",
            f"From: {header('To')};tag={self.tag}", f"To: {header('From')}", f"Call-ID: {header('Call-ID')}",
            "CSeq: 9 BYE", "Max-Forwards: 70", "Content-Length: 0", "", "",
        )  # fmt: skip
        return "\r\n".join(lines).encode()


def test_a_party_whom_we_dial_answers_and_ends_itself_and_no_stranger_does(switch, record_property):
    party, stranger = Party("127.0.0.60"), Other(switch)
    room = Room(switch)
    with Talker(switch).calls() as talker:
        call = switch.waits_for("CallReceived", talker.call_id)[0]["call"]
        room.say(wire.OrderMessage(number=1, do="dial", call=call, party="A1", uri=f"sip:rsud@{party.ip}:{party.port}"))
        invite = party.reads("INVITE")
        stranger.socket.send(party.answer(invite, 486))  # a forged "busy", with the right branch
        time.sleep(0.3)
        party.socket.sendto(party.answer(invite), party.peer)
        party.reads("ACK")
        answered = stranger.sends(party.bye(invite))
        ended = [e for e in switch.events() if e["event"] == "PartyLeft" and e.get("call") == call]
        state = "gone" if ended else "there"
        record_property("figure", f"a stranger's 486 and BYE (answered {answered}): the party is {state}")
        assert answered == 403 and not ended
        party.socket.sendto(party.bye(invite), party.peer)
        assert party.reads("SIP/2.0").startswith(b"SIP/2.0 200")
    room.close()
