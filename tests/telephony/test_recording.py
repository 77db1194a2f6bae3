"""A recording becomes evidence: closed, named by its digest, and mended when its writer was killed."""

from __future__ import annotations

import hashlib
import struct
import wave
from pathlib import Path

import pytest

from dispatch.journal.recordings import keep_message
from telephony.lines import recording

STARTED = 1_800_000_000.123
SOUND = bytes(range(256)) * 125  # two seconds


@pytest.fixture
def data(tmp_path) -> Path:
    recording.prepare(tmp_path)
    return tmp_path


def recorded(data: Path, sound: bytes = SOUND, call: str = "b1-7", leg: str = "caller") -> Path:
    file = recording.live_path(data, call, leg, STARTED)
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(recording.RATE)
        wav.writeframes(sound)
    return file


def killed(file: Path, more: bytes = b"") -> Path:
    """As a writer leaves it that never came to note the length."""
    raw = bytearray(file.read_bytes() + more)
    raw[4:8] = raw[40:44] = bytes(4)
    file.write_bytes(raw)
    return file


def test_a_sealed_recording_is_named_by_its_digest_and_tells_what_it_is(data):
    file = recorded(data)
    assert recording.is_closed(file)
    event = recording.seal(file, data, 5.0)
    sealed = data / "recordings" / f"{event.digest}.wav"
    assert hashlib.sha256(sealed.read_bytes()).hexdigest() == event.digest
    assert (event.call, event.leg, event.at, event.started) == ("b1-7", "caller", 5.0, STARTED)
    assert event.seconds == 2.0 and event.size == 44 + len(SOUND) == sealed.stat().st_size
    assert recording.left_behind(data) == [file], "until it is told: a switch that is killed now tells it again"
    recording.clear([file])
    assert recording.left_behind(data) == [] and sealed.exists()


def test_what_a_killed_writer_left_is_mended_and_plays_to_its_last_sample(data):
    file = killed(recorded(data), more=SOUND[:1600])
    assert not recording.is_closed(file)
    assert recording.left_behind(data) == [file]
    event = recording.seal(file, data, 5.0)
    with wave.open(str(data / "recordings" / f"{event.digest}.wav")) as wav:
        assert wav.readframes(10**6) == SOUND + SOUND[:1600]
    assert event.seconds == 2.1


def test_a_recording_without_a_sound_is_dropped(data):
    assert recording.seal(killed(recorded(data, b"")), data, 5.0) is None
    assert list((data / "live").iterdir()) == list((data / "recordings").iterdir()) == []


def test_a_header_that_is_none_is_kept_as_it_is(data):
    file = recording.live_path(data, "b1-7", "caller", STARTED)
    file.write_bytes(b"noise" * 40)
    event = recording.seal(file, data, 5.0)
    assert event.digest == hashlib.sha256(b"noise" * 40).hexdigest()


def test_two_recordings_of_one_call_stay_apart(data):
    one = recording.seal(recorded(data), data, 5.0)
    two = recording.seal(recorded(data, SOUND[::-1], leg="call-taker"), data, 5.0)
    assert one.digest != two.digest and len(list((data / "recordings").iterdir())) == 2


def test_the_length_in_the_header_is_the_true_one(data):
    event = recording.seal(killed(recorded(data)), data, 5.0)
    head = (data / "recordings" / f"{event.digest}.wav").read_bytes()[:44]
    assert struct.unpack("<I", head[4:8])[0] == event.size - 8
    assert struct.unpack("<I", head[40:44])[0] == event.size - 44


def test_a_raw_message_is_kept_once_and_for_the_switch_alone(data):
    digest = keep_message(b"INVITE \xff", data)
    assert keep_message(b"INVITE \xff", data) == digest
    (file,) = (data / "messages").iterdir()
    assert file.read_bytes() == b"INVITE \xff" and file.stat().st_mode & 0o777 == 0o600
