"""What callers are told: spoken at set-up, replaced by the city's own recordings, in the caller's language."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from telephony.lines.sounds import MADE, NAMES, RATE, is_made, lengths, make, own_recordings, ready_sounds
from telephony.switch.announcements import HIGHEST, LANGUAGES, WORDS, language_of, sequence
from tests.scenarios.instance import samples_of, share_of_tone
from tests.texts import english


def tone(file: Path, hertz: float, rate: int, channels: int = 1, width: int = 2, seconds: float = 1.0) -> Path:
    """A sine at a quarter of full scale, in whole bytes of `width`, on all channels."""
    wave_form = np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate) * 0.25
    if width == 1:
        octets = np.uint8(128 + 127 * wave_form)[:, None]
    else:
        whole = (wave_form * (2 ** (8 * width - 1) - 1)).astype("<i8")
        octets = whole[:, None].view(np.uint8).reshape(-1, 8)[:, :width]
    frames = np.repeat(octets[:, None, :], channels, axis=1).tobytes()
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(channels)
        wav.setsampwidth(width)
        wav.setframerate(rate)
        wav.writeframes(frames)
    return file


def test_every_announcement_is_spoken_in_both_languages_and_made_again_when_its_words_change(tmp_path, monkeypatch):
    monkeypatch.setattr("telephony.lines.sounds.WORDS", {name: WORDS[name] for name in ("silent", "number_3")})
    make(tmp_path)
    assert is_made(tmp_path)
    for name in ("silent", "number_3"):
        for language in LANGUAGES:
            samples, rate = samples_of(tmp_path / f"{name}.{language}.wav")
            assert rate == RATE and len(samples) > rate / 2 and abs(samples).max() > 3000
    assert not (
        samples_of(tmp_path / "silent.id.wav")[0][:8000] == samples_of(tmp_path / "silent.en.wav")[0][:8000]
    ).all()
    assert samples_of(tmp_path / "ringback.wav")[1] == RATE
    monkeypatch.setitem(WORDS["silent"], "id", "Tekan lima.")
    assert not is_made(tmp_path)


def test_set_up_has_made_all_of_them():
    assert is_made(MADE)
    known = lengths(ready_sounds(MADE, Path("/nowhere"))[0])
    assert {f"{name}.{one}" for name in WORDS for one in LANGUAGES} <= known.keys()
    assert all(0.2 < seconds < 20 for seconds in known.values())


@pytest.mark.parametrize("rate", [8000, 16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize(("channels", "width"), [(1, 1), (1, 2), (2, 2), (2, 3), (1, 4)])
def test_a_citys_recording_of_any_rate_takes_the_place_of_ours(tmp_path, rate, channels, width):
    tone(tmp_path / "announcement.wav", 700, rate, channels, width)
    sounds, complaints = ready_sounds(MADE, tmp_path)
    assert complaints == [] and "announcement.id" not in sounds
    samples, played_at = samples_of(sounds["announcement"])
    assert played_at == RATE and len(samples) == pytest.approx(RATE, abs=2)
    assert share_of_tone(samples, RATE, 700) > 0.9 and abs(samples).max() == pytest.approx(0.25 * 32767, rel=0.05)


def test_a_recording_in_one_language_replaces_only_that_and_a_newer_one_is_converted_again(tmp_path):
    tone(tmp_path / "hold.en.wav", 700, 44_100)
    sounds, _ = ready_sounds(MADE, tmp_path)
    assert sounds["hold.en"] == tmp_path / "converted" / "hold.en.wav" and sounds["hold.id"].parent == MADE
    before = sounds["hold.en"].stat().st_mtime_ns
    assert own_recordings(tmp_path)[0]["hold.en"].stat().st_mtime_ns == before
    tone(tmp_path / "hold.en.wav", 900, 44_100)
    samples, _ = samples_of(own_recordings(tmp_path)[0]["hold.en"])
    assert share_of_tone(samples, RATE, 900) > 0.9


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("silent.wav", b"RIFF", "save it as WAV"),
        ("silent.wav", b"ID3 an mp3 in truth", "save it as WAV"),
        ("silents.wav", b"", "no sound has this name"),
        ("silent.fr.wav", b"", "no sound has this name"),
    ],
)
def test_a_recording_that_cannot_be_used_is_complained_about_and_ours_is_played(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    sounds, (complaint,) = ready_sounds(MADE, tmp_path)
    assert said in english(complaint) and name in english(complaint) and sounds["silent.id"].parent == MADE


def test_an_empty_and_an_endless_recording_are_refused(tmp_path):
    tone(tmp_path / "silent.wav", 700, 8000, seconds=0)
    tone(tmp_path / "ghost.wav", 700, 8000, seconds=301)
    found, complaints = own_recordings(tmp_path)
    assert not found and "301 s" in english(complaints[0]) and "empty" in english(complaints[1])


KNOWN = {f"{name}.{one}" for name in ("queue_position", "number_3", "please_wait") for one in LANGUAGES} | {"ringback"}


def test_words_are_said_whole_in_one_language_and_then_in_the_other():
    sounds = ("queue_position", "number_3", "please_wait")
    indonesian, english = (tuple(f"{name}.{one}" for name in sounds) for one in LANGUAGES)
    assert sequence(sounds, "", KNOWN) == indonesian + english
    assert sequence(sounds, "en", KNOWN) == english
    assert sequence(("ringback",), "", KNOWN) == ("ringback",)
    assert sequence(("number_3",), "", {"number_3"}) == ("number_3",)  # the city's own, for everybody


def test_a_callers_language_is_the_first_that_we_speak():
    assert language_of(("zh-CN", "en-GB", "id")) == "en"
    assert language_of(("ms",)) == language_of(("id-ID",)) == "id"
    assert language_of(("zh",)) == language_of(()) == ""


def test_places_in_the_queue_have_words():
    assert {f"number_{n}" for n in range(1, HIGHEST + 1)} | {"number_many", "queue_position"} <= set(NAMES)
    assert WORDS["number_12"] == {"id": "dua belas.", "en": "twelve."} and WORDS["number_20"]["id"] == "dua puluh."
