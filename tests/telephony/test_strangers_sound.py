"""Sound of a call comes from who the call says, and goes there: nobody else is heard, spoken to, or recorded."""

from __future__ import annotations

import re
import struct
import time
from pathlib import Path

import pytest

from tests.scenarios.instance import samples_of, share_of_tone
from tests.servers import wait_until
from tests.telephony.lines import LiveSwitch
from tests.telephony.talker import Sound, Talker
from tests.texts import english

RTP = 30_000
STRANGER_HZ, CALLER_HZ = 1000, 600
STRANGER, GATEWAY, OTHER_TRUNK = "127.0.0.9", "127.0.0.18", "127.0.0.34"
pytestmark = pytest.mark.fault(11, 2)


@pytest.fixture(scope="module")
def switch(tmp_path_factory):
    """One trunk of two networks, 127.0.0.0-7 and .16-.23, and another: 127.0.0.32-39."""
    trunks = ["127.0.0.0/29+127.0.0.16/29", "127.0.0.32/29"]
    live = LiveSwitch(tmp_path_factory.mktemp("strangers"), RTP, SIP_TRUNKS=",".join(trunks)).start(60)
    yield live
    live.stop()


@pytest.fixture
def stranger():
    made = Sound(STRANGER, STRANGER_HZ)
    yield made
    made.close()


def recording(switch: LiveSwitch, talker: Talker) -> Path:
    """Of this caller, as it grows."""
    call = switch.waits_for("CallReceived", talker.call_id)[0]["call"]
    files = lambda: [f for f in (switch.folder / "live").glob("*.wav") if call in f.name]  # noqa: E731
    return wait_until(files, what="the recording")[0]


def loudest_share(file: Path, hertz: int) -> float:
    """The largest part that this tone has of any half second's energy."""
    samples, rate = samples_of(file)
    pieces = [samples[at : at + rate // 2] for at in range(0, len(samples) - rate // 2, rate // 4)]
    return max((share_of_tone(piece, rate, hertz) for piece in pieces if abs(piece).max() > 500), default=0.0)


def told_of(switch: LiveSwitch, address: str) -> str:
    found = lambda: [english(e["what"]) for e in switch.events("DiscrepancyNoted") if address in english(e["what"])]  # noqa: E731
    return wait_until(found, 15, f"a word about {address}")[-1]


@pytest.mark.parametrize("caller", ["talks", "is silent after a word", "has said nothing yet"])
def test_a_stranger_who_finds_the_port_hears_nothing_and_is_not_heard(switch, stranger, caller, record_property):
    with Talker(switch, hertz=CALLER_HZ).calls() as talker:
        file = recording(switch, talker)
        if caller == "talks":
            talker.talk()
        elif caller == "is silent after a word":
            for _ in range(15):
                talker.sound.send(talker.media)
                time.sleep(0.02)
        talker.sound.hears(5)
        stranger.talk(talker.media)
        kept = talker.sound.hears(60)
        stolen = stranger.heard()
        wait_until(lambda: file.stat().st_size > 16_000 * 1.5, what="the recording to grow")
        share = loudest_share(file, STRANGER_HZ)
        figure = f"{stolen} of {kept + stolen} packets to the stranger, {share:.0%} of the recording theirs"
        record_property("figure", f"caller {caller}: {figure}")
        assert stolen == 0 and kept >= 60 and share < 0.01, figure
        if caller == "talks":
            assert loudest_share(file, CALLER_HZ) > 0.9
        assert STRANGER in told_of(switch, STRANGER)


def test_a_spray_over_the_port_range_silences_no_call(switch, stranger, record_property):
    stranger.talk(*(("127.0.0.1", port) for port in range(RTP, RTP + 80, 2)))
    time.sleep(0.1)
    talkers, kept, stolen = [], 0, 0
    try:
        for _ in range(4):
            talkers.append(Talker(switch, hertz=CALLER_HZ).calls())
        time.sleep(0.3)  # as long as a telephone may take to begin
        for talker in talkers:
            talker.talk()
        for talker in talkers:
            kept += talker.sound.hears(50) >= 50
        stolen = stranger.heard()
    finally:
        record_property("figure", f"{kept} of 4 calls heard, {stolen} packets to the stranger")
        for talker in talkers:
            talker.__exit__()
    assert kept == 4 and stolen == 0


def test_after_a_reinvite_the_new_place_is_heard_and_the_old_one_is_not(switch, stranger, record_property):
    new = Sound("127.0.0.1", CALLER_HZ)
    try:
        with Talker(switch, hertz=CALLER_HZ).calls().talk() as talker:
            talker.sound.hears(10)
            stranger.talk(talker.media)  # from before the change: no gap in which it may slip in
            assert talker.moves(new) == 200
            talker.sound.hush()
            time.sleep(0.3)  # as long as a gateway may take to begin
            new.talk(talker.media)
            came = new.hears(40)
            talker.talk()
            talker.sound.heard()
            came += new.hears(40)
            stolen, left = stranger.heard(), talker.sound.heard()
            record_property(
                "figure", f"{came} packets to the new place, {left} to the old one, {stolen} to the stranger"
            )
            assert came >= 80 and stolen == 0 and left == 0
    finally:
        new.close()


def test_a_port_may_move_once_and_not_after_the_right_one_has_spoken(switch, record_property):
    """A NAT gives the sound another port than the offer names (RFC 4961): it is heard and spoken to."""
    moved, late = Sound("127.0.0.1"), Sound("127.0.0.1")
    try:
        with Talker(switch).calls() as talker:
            moved.talk(talker.media)
            came = moved.hears(20)
            late.talk(talker.media)
            came += moved.hears(40)
            late_ones = late.heard()
            talker.talk()  # where the offer said: the right one
            right = talker.sound.hears(40)
            moved.heard()
            right += talker.sound.hears(30)
            late_ones += moved.heard() + late.heard()
            record_property("figure", f"{late_ones} packets to ports that moved too late")
            assert came >= 60 and right >= 70 and late_ones == 0
    finally:
        moved.close(), late.close()


def test_a_caller_behind_a_nat_is_heard_from_where_its_signalling_comes(switch, stranger, record_property):
    with Talker(switch).calls("10.255.3.4") as talker:
        stranger.talk(talker.media)
        talker.talk()
        came, stolen = talker.sound.hears(40), stranger.heard()
        record_property("figure", f"{came} packets to the caller, {stolen} to the stranger")
        assert came >= 40 and stolen == 0


def test_a_gateway_of_the_same_trunk_is_heard_and_another_trunks_is_not(switch, record_property):
    gateway, other = Sound(GATEWAY), Sound(OTHER_TRUNK)
    try:
        with Talker(switch).calls() as talker:
            other.talk(talker.media)
            time.sleep(0.6)
            gateway.talk(talker.media)
            came, stolen = gateway.hears(40), other.heard()
            record_property("figure", f"{came} packets to the trunk's gateway, {stolen} to another trunk's")
            assert came >= 40 and stolen == 0
            talker.talk()  # the place that the offer names comes before any gateway
            assert talker.sound.hears(20) >= 20
            gateway.heard()
            assert talker.sound.hears(20) >= 20 and gateway.heard() == 0
    finally:
        gateway.close(), other.close()


@pytest.mark.parametrize(
    ("first", "second"), [("127.0.0.1", "127.0.0.1"), (GATEWAY, "127.0.0.19")], ids=["port", "gateway"]
)
def test_who_moves_without_a_word_is_heard_again_when_its_old_place_is_silent(switch, first, second, record_property):
    """A NAT that changed the port, a server that bridges from another one, a gateway that took over: no re-INVITE."""
    old, new = Sound(first, CALLER_HZ), Sound(second, STRANGER_HZ)
    try:
        with Talker(switch).calls() as talker:
            file = recording(switch, talker)
            if first == talker.ip:
                old.close()
                old = talker.sound
            else:
                time.sleep(0.6)
            old.talk(talker.media)
            came = old.hears(20)
            new.talk(talker.media)
            came += old.hears(120)
            taken = new.heard()
            old.hush()
            again = new.hears(60, 6)
            heard = lambda: loudest_share(file, STRANGER_HZ) > 0.9 or None  # noqa: E731
            record_property("figure", f"{taken} packets while the old place sent, {again} after it stopped")
            assert came >= 120 and taken == 0 and again >= 60
            wait_until(heard, what="its voice in the recording")
            if first == talker.ip:
                talker.talk()  # the place that the offer names has the call back at once
                assert talker.sound.hears(30) >= 30
                new.heard()
                assert talker.sound.hears(20) >= 20 and new.heard() == 0
    finally:
        old.close(), new.close()


def test_reports_of_a_stranger_move_nothing(switch, stranger, record_property):
    """RTCP follows its sender after three reports, and BYE would end a stream (RFC 3550)."""
    with Talker(switch).calls().talk() as talker:
        for n in range(20):
            stranger.report(talker.media, leaves=n % 2 == 1)
        talker.sound.hears(20)
        until, came, stolen = time.monotonic() + 8, 0, 0
        while not came and not stolen and time.monotonic() < until:
            time.sleep(0.05)
            came, stolen = talker.sound.heard(talker.sound.rtcp), stranger.heard(stranger.rtcp)
        record_property("figure", f"{stolen} reports to the stranger, {came} to the caller")
        assert stolen == 0 and came


def test_a_stranger_does_not_write_into_a_callers_text(switch, stranger, record_property):
    """Real-time text (RFC 4103) comes to a port like sound."""
    with Talker(switch) as talker:
        line = f"m=text {talker.sound.port + 1} RTP/AVP 98\r\na=rtpmap:98 t140/1000\r\n"
        talker.calls(more=line)
        place = ("127.0.0.1", int(re.search(r"(?m)^m=text (\d+)", talker.answered).group(1)))
        for n in range(5):
            for sender, letter in ((stranger.rtp, b"X"), (talker.sound.rtcp, b"a")):
                sender.sendto(struct.pack("!BBHII", 0x80, 98, n + 1, n * 300, 7) + letter, place)
            time.sleep(0.3)
        letters = lambda: "".join(e["text"] for e in switch.events("TextReceived", talker.call_id))  # noqa: E731
        wait_until(lambda: "a" in letters() or "X" in letters(), 12, "a letter")
        record_property("figure", f"text of the call: {letters()!r}")
        assert "X" not in letters() and "a" in letters()


def test_a_caller_whose_sound_comes_from_nowhere_known_is_told_with_what_to_do(switch, stranger, record_property):
    with Talker(switch).calls() as talker:
        began = time.monotonic()
        stranger.talk(talker.media)
        call = switch.waits_for("CallReceived", talker.call_id)[0]["call"]
        said = lambda: [e for e in switch.events("DiscrepancyNoted") if e["about"] == call]  # noqa: E731
        (told,) = wait_until(said, 12, "that the call is not heard")
        record_property("figure", f"told after {time.monotonic() - began:.0f} s")
        assert "this call is not heard" in english(told["what"]) and "'sip_trunks'" in english(told["what"])
        assert STRANGER in english(told["what"]) and "127.0.0.1" in english(told["what"])


def test_a_caller_who_goes_on_from_nowhere_known_is_told_with_what_to_do(switch, stranger, record_property):
    with Talker(switch).calls().talk() as talker:
        assert talker.sound.hears(30) >= 30
        call = switch.waits_for("CallReceived", talker.call_id)[0]["call"]
        talker.sound.hush()
        began = time.monotonic()
        stranger.talk(talker.media)
        said = lambda: [  # noqa: E731
            e
            for e in switch.events("DiscrepancyNoted")
            if e["about"] == call and "this call is not heard" in english(e["what"])
        ]
        told = wait_until(said, 15, "that the call is not heard any more")
        record_property("figure", f"told after {time.monotonic() - began:.0f} s")
        assert len(told) == 1 and STRANGER in english(told[0]["what"])
