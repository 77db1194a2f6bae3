"""The switch with real phones: text both ways, messages, a vehicle's data; silence and prompts, measured."""

from __future__ import annotations

import re
import socket
import struct
import subprocess
import sys
import time

import msgspec
import numpy as np
import pytest

from dispatch import events as ev
from dispatch.settings import ROOT
from telephony.lines.sounds import write_wav
from telephony.messages import ecall
from telephony.room import wire
from tests.scenarios.instance import samples_of, share_of_tone, write_tone
from tests.servers import wait_until
from tests.telephony.lines import LiveSwitch, Phone, Room
from tests.telephony.messages import SDP
from tests.telephony.test_vehicle import MSD
from tests.texts import english

OFFER = SDP.format(port=4000)


class Caller:
    """`siaga call` with what it said so far."""

    def __init__(self, started, live: LiveSwitch, *words: str) -> None:
        self._said = live.folder / f"caller-{time.monotonic_ns()}.txt"
        line = [sys.executable, "-m", "telephony.demo.caller", "--to", live.address, "--no-location", *words]
        with self._said.open("wb") as out:
            self.process = subprocess.Popen(line, cwd=ROOT, stdout=out, stderr=out)
        started.phones.append(self.process)

    def reads(self, text: str) -> None:
        wait_until(lambda: text in self._said.read_text("utf-8"), 20, f"the caller to read {text!r}")


def ordered(room: Room, number: int, **fields) -> None:
    room.say(wire.OrderMessage(number=number, **fields))
    room.event(ev.OrderDone, order=number)


@pytest.mark.parametrize("media", ["audio-text", "text"])
def test_real_time_text_goes_both_ways_beside_the_voice_and_without_it(started, media):
    live = started(f"rtt-{media}", 46_000)
    room = Room(live)
    caller = Caller(started, live, "--media", media, "--silent", "--write", "ada api di rumah, saya tuli")
    call = room.event(ev.CallReceived).call
    assert room.event(ev.CallReceived).media == media.replace("-", " ")
    written = room.event(ev.TextReceived, 20.0)
    assert (written.call, written.text, written.via) == (call, "ada api di rumah, saya tuli", "rtt")
    caller.reads("112")  # the announcement, in writing
    ordered(room, 1, do="text", call=call, text="Petugas datang. Anda aman? €€")
    caller.reads("Petugas datang. Anda aman? €€")
    room.close()


T140 = "m=text 4002 RTP/AVP 98\r\na=rtpmap:98 t140/1000\r\n"
BEFORE, SOUND = OFFER[: OFFER.index("m=audio")], OFFER[OFFER.index("m=audio") :]
OFFERS = {
    "behind the sound": (OFFER + T140, [("audio", True), ("text", True)]),
    "before the sound": (BEFORE + T140 + SOUND, [("text", True), ("audio", True)]),
    "alone": (BEFORE + T140, [("text", True)]),
    "beside a video": (BEFORE + "m=video 4004 RTP/AVP 97\r\na=rtpmap:97 H264/90000\r\n" + SOUND + T140,
                       [("video", False), ("audio", True), ("text", True)]),
    "by TCP, which we have not": (OFFER + T140.replace("RTP/AVP", "TCP/TEXT"), [("audio", True), ("text", False)]),
}  # fmt: skip


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    live = LiveSwitch(tmp_path_factory.mktemp("plain"), 57_000).start()
    yield live
    live.stop()


@pytest.mark.parametrize("where", OFFERS)
def test_an_offer_of_text_is_answered_wherever_it_stands(plain, where):
    offer, lines = OFFERS[where]
    with Phone(plain) as phone:
        code, answer = phone.call(body=offer)
        assert code == 200
        streams = re.findall(r"(?m)^m=(\w+) (\d+)", answer)
        assert [(kind, port != "0") for kind, port in streams] == lines


def test_characters_in_plain_packets_without_redundancy_are_read(plain):
    with Phone(plain) as phone, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        _, answer = phone.call(body=OFFER + T140)
        port = int(re.search(r"m=text (\d+)", answer).group(1))
        for number, said in enumerate(("\ufeff", "tolo", "mg\b\bng", "\u2028")):
            header = struct.pack("!BBHII", 0x80, 98, number + 1, number * 300, 77)
            sender.sendto(header + said.encode(), ("127.0.0.1", port))
            time.sleep(0.3)  # as RFC 4103 paces them
        assert plain.waits_for("TextReceived", phone.call_id)[0]["text"] == "tolong"


def test_messages_without_a_call_open_one_and_answers_go_back(started):
    live = started("messages", 47_000)
    room = Room(live)
    caller = Caller(started, live, "--message", "--service", "sos.fire", "--write", "kebakaran", "--write", "cepat")
    received = room.event(ev.CallReceived)
    assert (received.media, received.service) == ("text", "sos.fire")
    assert room.event(ev.TextReceived, text="kebakaran").call == room.event(ev.TextReceived, text="cepat").call
    ordered(room, 1, do="text", call=received.call, text="Di mana, jalan apa?")
    caller.reads("112: Di mana, jalan apa?")
    room.close()
    again = Room(live)  # the room begins anew; the session is still there
    hello = again.listens(lambda message: isinstance(message, wire.HelloMessage) and message)
    assert hello.legs == (received.call,)
    again.say(wire.OrderMessage(number=2, do="hangup", call=received.call))
    assert again.event(ev.CallEnded, call=received.call).by == "centre"
    again.close()


def test_a_message_from_elsewhere_opens_nothing(started):
    live = started("strange", 48_000)
    with Phone(live, "127.0.1.9") as phone:
        phone.send(phone.request("MESSAGE", body="halo", Content_Type="text/plain"))
        phone.hears("MESSAGE", 1.0)
    live.answers()
    assert len(live.events("CallReceived")) == 1 and not live.events("TextReceived")


def test_a_message_within_a_call_and_its_answer(started):
    live = started("within", 49_000)
    room = Room(live)
    with Phone(live) as phone:
        assert phone.call()[0] == 200
        phone.send(phone.request("MESSAGE", body="tidak bisa bicara", Content_Type="text/plain"))
        assert phone.hears("MESSAGE")[0] == 200
        written = room.event(ev.TextReceived)
        assert (written.text, written.via) == ("tidak bisa bicara", "message")
        ordered(room, 1, do="text", call=written.call, text="tekan 5")
        assert "\r\n\r\ntekan 5" in phone.asked("MESSAGE")
    room.close()


@pytest.mark.parametrize("within", [True, False], ids=["within a call", "without one"])
def test_a_line_that_the_phone_does_not_take_is_noted(plain, within):
    room = Room(plain)
    with Phone(plain) as phone:
        if within:
            assert phone.call()[0] == 200
        else:
            who = f"<sip:{phone.call_id}@op.id>;tag=1"
            phone.send(phone.request("MESSAGE", body="halo", Content_Type="text/plain", From=who))
        received = room.listens(lambda m: getattr(getattr(m, "event", None), "sip_call_id", "") == phone.call_id and m)
        call = received.event.call
        room.say(wire.OrderMessage(number=100 + within, do="text", call=call, text="halo"))
        assert "halo" in phone.asked("MESSAGE", answer="415 Unsupported Media Type")
        noted = room.event(ev.DiscrepancyNoted, about=call)
        assert "did not reach the caller: 415" in english(noted.what)
    room.close()


def body_of(msd: bytes) -> bytes:
    parts = [b"application/sdp\r\n\r\n" + OFFER.encode(),
             b"application/EmergencyCallData.eCall.MSD\r\nContent-ID: <msd@car>\r\n\r\n" + msd]  # fmt: skip
    return b"".join(b"--b\r\nContent-Type: " + part + b"\r\n" for part in parts) + b"--b--\r\n"


def control_in(message: str) -> ecall.Control:
    found = re.search(r"(?s)<EmergencyCallData\.Control.*</EmergencyCallData\.Control>", message)
    return ecall.read_control(found.group(0).encode())


@pytest.mark.parametrize("good", [True, False], ids=["good data", "bad data"])
def test_a_vehicle_is_answered_with_sound_and_its_data_are_acknowledged(started, good):
    live = started(f"ecall-{good}", 50_000)
    room = Room(live)
    with Phone(live) as phone:
        data = ecall.encode_msd(MSD) if good else b"\x02" * 40
        code, answer = phone.call(
            "urn:service:sos.ecall.automatic", body_of(data), Content_Type="multipart/mixed;boundary=b"
        )
        assert code == 200 and "m=audio" in answer
        if good:
            told = room.event(ev.MsdReceived, 15.0)
            assert told.msd == MSD and (live.folder / "messages" / f"{told.raw}.sip").exists()
            assert room.event(ev.LocationReceived).location.source == "ecall"
        else:
            assert "MSD version 2" in english(room.event(ev.DiscrepancyNoted, 15.0).what)
        # in the 200, or by INFO when the switch had only just started
        control = control_in(answer if "EmergencyCallData.Control+xml" in answer else phone.asked("INFO"))
        assert (control.ref, control.received) == ("msd@car", good)
        ordered(room, 1, do="msd", call=room.event(ev.CallReceived).call)
        asked = phone.asked("INFO")
        assert control_in(asked).requested == ("eCall.MSD",) and "Info-Package: EmergencyCallData.eCall.MSD" in asked
    room.close()


def test_newer_data_and_keys_come_by_info(started):
    live = started("info", 55_000)
    room = Room(live)
    with Phone(live) as phone:
        assert phone.call("urn:service:sos.ecall.manual")[0] == 200
        newer = ecall.encode_msd(msgspec.structs.replace(MSD, message=2))
        part = b"--b\r\nContent-Type: application/EmergencyCallData.eCall.MSD\r\nContent-ID: <2@car>\r\n\r\n"
        info = {"Info_Package": "EmergencyCallData.eCall.MSD", "Content_Type": "multipart/mixed;boundary=b"}
        phone.send(phone.request("INFO", body=part + newer + b"\r\n--b--\r\n", **info))
        assert phone.hears("INFO")[0] == 200
        told = room.event(ev.MsdReceived)
        assert told.msd.message == 2 and (live.folder / "messages" / f"{told.raw}.sip").exists()
        control = control_in(phone.asked("INFO"))
        assert (control.ref, control.received) == ("2@car", True)
        phone.send(phone.request("INFO", body="Signal=5\r\nDuration=160\r\n", Content_Type="application/dtmf-relay"))
        assert phone.hears("INFO")[0] == 200
        assert room.event(ev.DtmfReceived).digits == "5"
    room.close()


def test_the_demo_vehicle_sends_real_data(started):
    live = started("demo-car", 51_000)
    room = Room(live)
    Caller(started, live, "--ecall", "manual", "--silent")
    told = room.event(ev.MsdReceived, 15.0)
    assert not told.msd.automatic and told.msd.occupants == 3 and told.msd.heading == 90.0
    assert room.event(ev.CallReceived).service == "sos.ecall.manual"
    room.close()


def test_a_silent_line_is_noticed_hears_the_prompt_and_5_is_heard(started, tmp_path):
    folder = tmp_path / "silent" / "sounds"
    folder.mkdir(parents=True)
    write_tone(folder / "silent.wav", 900, 2.0, 44_100)  # a city's own recording, at another rate
    live = started("silent", 52_000, SILENT_AFTER=1)
    room = Room(live)
    heard = tmp_path / "heard.wav"
    Caller(started, live, "--silent", "--record", str(heard), "--press", "5")
    noted = room.event(ev.SilenceNoted)
    assert noted.never and not noted.heard and noted.seconds >= 1
    ordered(room, 1, do="play", call=noted.call, sounds=("silent",))
    assert room.event(ev.DtmfReceived).digits == "5"

    def prompt_heard() -> bool:
        samples, rate = samples_of(heard)
        return any(
            share_of_tone(samples[at : at + rate], rate, 900) > 0.8 for at in range(0, len(samples) - rate, rate // 4)
        )

    wait_until(prompt_heard, 15, "the prompt at the caller's ear")
    room.close()


def test_who_makes_a_sound_again_is_heard_again(started):
    live = started("sound", 53_000, SILENT_AFTER=2)
    room = Room(live)
    late = np.sin(np.arange(24_000) * 2 * np.pi * 1000 / 8000) * 8000
    sound = live.folder / "late.wav"
    write_wav(sound, bytes(8000 * 2 * 4) + late.astype("<i2").tobytes())  # four seconds of nothing first
    Caller(started, live, "--sound", str(sound))
    assert room.event(ev.SilenceNoted, heard=False).never
    assert room.event(ev.SilenceNoted, heard=True).seconds >= 2
    assert not room.event(ev.SilenceNoted, heard=True).never
    room.close()


def test_a_noise_below_speech_counts_as_silence(started):
    live = started("hiss", 54_000, SILENT_AFTER=2)
    room = Room(live)
    hiss = live.folder / "hiss.wav"
    write_wav(hiss, np.random.default_rng(1).integers(-24, 25, 80_000).astype("<i2").tobytes())
    Caller(started, live, "--sound", str(hiss))
    assert room.event(ev.SilenceNoted).never
    room.close()
