"""Callers are heard, and hear: tones played at one end are measured at the other and in the sealed recordings."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np

from dispatch import events as ev
from dispatch.settings import ROOT
from telephony.digest import REALM
from telephony.room import wire
from tests.scenarios.instance import samples_of, share_of_tone, write_tone
from tests.servers import end, wait_until
from tests.telephony.lines import LiveSwitch, Room

CALLER_HZ, SEAT_HZ = 1000, 600
HA1 = hashlib.md5(f"sari:{REALM}:rahasia".encode()).hexdigest()
POSITION = ("--user", "sari", "--password", "rahasia")


def phone(started, live: LiveSwitch, *words: str, hertz: int, heard: Path | None = None) -> subprocess.Popen:
    """A caller that plays a tone, and keeps in `heard` what it hears."""
    tone = write_tone(live.folder / f"{hertz}.wav", hertz, 3.0)
    line = [sys.executable, "-m", "telephony.demo.caller", "--to", live.address, "--sound", str(tone), "--no-location"]
    line += ["--record", str(heard)] if heard else []
    made = subprocess.Popen([*line, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    started.phones.append(made)
    return made


def desk_phone(started, live: LiveSwitch, heard: Path | None = None) -> subprocess.Popen:
    dial = f"sip:pos-P1@{live.address}"
    return phone(started, live, "--dial", dial, *POSITION, "--number", "sari", hertz=SEAT_HZ, heard=heard)


def hang_up(made: subprocess.Popen) -> None:
    end(made)
    made.stdout.read()


def tone_in(file: Path, hertz: int) -> float:
    """The share of the loudest second's energy that is this tone."""
    samples, rate = samples_of(file)
    best = max(range(0, max(1, len(samples) - rate), rate // 2), key=lambda at: abs(samples[at : at + rate]).sum())
    return share_of_tone(samples[best : best + rate], rate, hertz)


def has_heard(file: Path, seconds: float):
    """As long as a recording of that many seconds, 8000 samples of two bytes each."""
    return wait_until(lambda: file.exists() and file.stat().st_size > seconds * 16_000, what=f"{file.name} to grow")


def test_a_caller_is_recorded_from_the_first_second_and_the_recording_is_sealed(started):
    live = started("one", 34_000)
    caller = phone(started, live, hertz=CALLER_HZ)
    (recording,) = wait_until(lambda: list((live.folder / "live").glob("*.wav")), what="a recording")
    has_heard(recording, 2)
    hang_up(caller)
    (sealed,) = live.waits_for("RecordingSealed")
    file = live.folder / "recordings" / f"{sealed['digest']}.wav"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == sealed["digest"]
    assert sealed["leg"] == "caller" and sealed["seconds"] >= 2
    assert tone_in(file, CALLER_HZ) > 0.9


def test_a_test_call_hears_its_own_voice_and_nobody_else(started, tmp_path):
    live = started("echo", 35_000)
    heard = tmp_path / "heard.wav"
    caller = phone(started, live, "--service", "test.sos", hertz=CALLER_HZ, heard=heard)
    has_heard(heard, 2)
    hang_up(caller)
    assert tone_in(heard, CALLER_HZ) > 0.9
    assert live.waits_for("CallReceived")[0]["test"] is True


def test_a_phone_signs_on_with_its_password_only(started):
    live = started("desk", 36_000)
    room = Room(live)
    room.say(wire.Phones(known={"sari": HA1}))
    wait_until(lambda: (live.folder / "phones.json").exists(), what="the phones to be remembered")
    wrong = ("--user", "sari", "--password", "tebak")
    refused = phone(started, live, "--dial", f"sip:pos-P1@{live.address}", *wrong, hertz=SEAT_HZ)
    assert refused.wait(15) == 1 and "ended (401" in refused.stdout.read()
    desk_phone(started, live)
    assert room.event(ev.PositionLegUp).position == "P1"
    room.close()


def test_without_a_room_caller_and_call_taker_are_connected_and_hear_each_other(started, tmp_path):
    live = started("alone", 37_000, ROOM_SILENT_AFTER=1, ANNOUNCE_AFTER=60)
    (live.folder / "phones.json").write_text(f'{{"sari":"{HA1}"}}')
    live.stop()
    live.start()  # the phones are remembered from before
    at_desk, at_caller = tmp_path / "desk.wav", tmp_path / "caller.wav"
    desk = desk_phone(started, live, at_desk)
    live.waits_for("PositionLegUp")
    caller = phone(started, live, hertz=CALLER_HZ, heard=at_caller)
    assert live.waits_for("CallBridged")[0]["position"] == "P1"
    has_heard(at_caller, 2)
    hang_up(caller)
    live.waits_for("RecordingSealed", count=2)
    hang_up(desk)
    assert tone_in(at_caller, SEAT_HZ) > 0.9
    sealed = {e["leg"]: live.folder / "recordings" / f"{e['digest']}.wav" for e in live.events("RecordingSealed")}
    assert tone_in(sealed["caller"], CALLER_HZ) > 0.9 and tone_in(sealed["call-taker"], SEAT_HZ) > 0.9
    samples, rate = samples_of(at_desk)
    until = int(np.flatnonzero(samples)[-1])  # the second before the caller hung up; first there was the zip tone
    assert share_of_tone(samples[until - rate : until], rate, CALLER_HZ) > 0.9


def test_with_nobody_signed_on_the_alternate_centre_takes_the_call(started):
    other = started("other", 38_000)
    live = started("empty", 39_000, ROOM_SILENT_AFTER=1, ALTERNATE_CENTRE=f"sip:112@{other.address}")
    caller = phone(started, live, hertz=CALLER_HZ)
    assert live.waits_for("CallBridged")[0]["position"] == "alternate centre"
    (recording,) = wait_until(lambda: list((other.folder / "live").glob("*.wav")), what="the other's recording")
    has_heard(recording, 3)
    hang_up(caller)
    (sealed,) = other.waits_for("RecordingSealed")
    assert tone_in(other.folder / "recordings" / f"{sealed['digest']}.wav", CALLER_HZ) > 0.9


def test_a_switch_that_is_killed_in_a_call_seals_what_it_had_and_tells_all_it_knew(started):
    live = started("killed", 40_000)
    phone(started, live, hertz=CALLER_HZ)
    (recording,) = wait_until(lambda: list((live.folder / "live").glob("*.wav")), what="a recording")
    has_heard(recording, 2)
    (call,) = live.waits_for("CallReceived")
    before = len(live.events())
    live.kill()
    live.start()
    sealed = live.waits_for("RecordingSealed")[0]
    assert sealed["call"] == call["call"] and sealed["seconds"] >= 2
    assert tone_in(live.folder / "recordings" / f"{sealed['digest']}.wav", CALLER_HZ) > 0.9
    room = Room(live)
    room.listens(lambda message: isinstance(message, wire.ReadyMessage))
    reports = [message for message in room.heard if isinstance(message, wire.ReportMessage)]
    boots = list(dict.fromkeys(report.boot for report in reports))
    assert len(boots) == 2 and call["call"].startswith(boots[0])
    assert [r.number for r in reports if r.boot == boots[0]] == list(range(1, before + 1))
    assert room.heard[0] == wire.HelloMessage(boot=boots[1])  # it holds no call any more
    last = {boot: max(r.number for r in reports if r.boot == boot) for boot in boots}
    room.say(*(wire.Ack(boot=boot, number=number) for boot, number in last.items()))
    wait_until(lambda: not live.events(), what="the spool to be empty")
    room.close()
