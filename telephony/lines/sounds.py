"""The sounds a caller or call-taker may hear: WAV files made at set-up, each replaceable by the city's own recording.

The words (announcements.py) are spoken by espeak-ng, once on a machine: `python -m telephony.lines.sounds`, which
deploy/setup.sh runs. The city's own recordings are looked through at every start of the switch.
"""

from __future__ import annotations

import hashlib
import io
import math
import os
import struct
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

from routing.text import Text, text
from telephony.switch.announcements import LANGUAGES, WORDS

RATE = 8000
"""Hertz, as the bridge: a sound at another rate is resampled for every caller who hears it."""
MADE = Path(sys.prefix) / "share" / "siaga112" / "sounds"
"""Where set-up puts them."""
LONGEST = 300.0
"""Seconds that a recording of the city's may last."""
_STAMP = "made-from"
_LOOPED = ("announcement", "hold")
"""Said again and again: a pause follows."""


# -- made by us
def _tone(hertz: float, seconds: float, level: float = 0.25) -> bytes:
    count = int(RATE * seconds)
    wave_form = (int(32767 * level * math.sin(2 * math.pi * hertz * n / RATE)) for n in range(count))
    return struct.pack(f"<{count}h", *wave_form)


def _silence(seconds: float) -> bytes:
    return bytes(int(RATE * seconds) * 2)


_TONES: dict[str, Callable[[], bytes]] = {
    "zip": lambda: _tone(1200, 0.12) + _silence(0.06) + _tone(1200, 0.12),
    "canary": lambda: _tone(1004, 2.0),
    "ring": lambda: (_tone(425, 1.0, 0.15) + _silence(1.5)) * 3,
    "ringback": lambda: _tone(425, 1.0, 0.15) + _silence(4.0),  # as Indonesian exchanges send it (ITU-T E.180 list)
}
NAMES = (*WORDS, *_TONES)
"""Of all sounds; with words also as `<name>.id` and `<name>.en`."""


def spoken(parts: tuple[tuple[str, str], ...], pause: float = 4.0) -> bytes:
    """Samples (16 bits, `RATE`) of (voice, text) pairs read one after the other, then a pause in seconds. Without
    espeak-ng a tone stands in for words, because a caller who hears nothing hangs up."""
    try:
        said_all = b""
        for number, (voice, text) in enumerate(parts):
            line = ["espeak-ng", "-v", voice, "-s", "140", "--stdout", text]
            said = subprocess.run(line, capture_output=True, check=True, timeout=20).stdout
            # A stream's WAV header has no true length: the samples are what follows it.
            with wave.open(io.BytesIO(said)) as wav:
                rate = wav.getframerate()
            said_all += (_silence(0.7) if number else b"") + _at_our_rate(said[said.index(b"data") + 8 :], rate)
        return said_all + _silence(pause)
    except (OSError, subprocess.SubprocessError, wave.Error, EOFError, ValueError):
        return (_tone(440, 0.4) + _silence(0.2) + _tone(440, 0.4) + _silence(5.0)) * 2


def write_wav(file: Path, samples: bytes) -> None:
    """Whole or not at all: another process may be playing the one that is there."""
    made = file.with_name(f".{os.getpid()}-{file.name}")
    with wave.open(str(made), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE)
        wav.writeframes(samples)
    made.replace(file)


def _text() -> str:
    return hashlib.sha256(repr((WORDS, sorted(_TONES), _LOOPED)).encode()).hexdigest()


def is_made(folder: Path) -> bool:
    """Whether all our sounds are there, with the words of this version."""
    try:
        return (folder / _STAMP).read_text() == _text()
    except OSError:
        return False


def make(folder: Path) -> None:
    """Makes all of them: blocking, some seconds. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    make_tones(folder)
    for name, words in WORDS.items():
        for language in LANGUAGES:
            pause = 2.5 if name in _LOOPED else 0.3
            write_wav(folder / f"{name}.{language}.wav", spoken(((language, words[language]),), pause))
    (folder / _STAMP).write_text(_text())


def make_tones(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, samples in _TONES.items():
        write_wav(folder / f"{name}.wav", samples())


# -- the city's own
def own_recordings(folder: Path) -> tuple[dict[str, Path], list[Text]]:
    """(name -> WAV that can be played, complaints). A recording of another rate, width or number of channels is
    converted beside it, once; one that cannot be used is complained about, and ours is played instead."""
    found: dict[str, Path] = {}
    complaints = []
    for file in sorted(folder.glob("*.wav")):
        name, _, language = file.stem.partition(".")
        if name not in NAMES or (language and language not in LANGUAGES):
            complaints.append(text("sound-file.unknown", file=str(file)))
            continue
        try:
            found[file.stem] = _playable(file)
        except (OSError, EOFError, ValueError, wave.Error) as wrong:
            known = {"file": str(file), "detail": str(wrong)}
            complaints.append(text("sound-file.unusable" if str(wrong) else "sound-file.cut-off", **known))
    return found, complaints


def _playable(file: Path) -> Path:
    with wave.open(str(file)) as wav:
        rate, channels, width, count = wav.getframerate(), wav.getnchannels(), wav.getsampwidth(), wav.getnframes()
        if not count or not rate or not channels:
            raise ValueError("it is empty")
        if not 4000 <= rate <= 192_000:
            raise ValueError(f"its rate of {rate} Hz is none that sound is recorded at")
        if count / rate > LONGEST:
            raise ValueError(f"it lasts {count / rate:.0f} s, more than {LONGEST:.0f} s")
        if (rate, channels, width) == (RATE, 1, 2):
            return file
        converted = file.parent / "converted" / file.name
        if converted.exists() and converted.stat().st_mtime >= file.stat().st_mtime:
            return converted
        frames = wav.readframes(count)
    converted.parent.mkdir(exist_ok=True)
    write_wav(converted, _at_our_rate(frames, rate, channels, width))
    return converted


def _at_our_rate(frames: bytes, rate: int, channels: int = 1, width: int = 2) -> bytes:
    import numpy as np  # only when there is something to convert: a switch that starts again must be quick
    from scipy import signal

    whole = len(frames) // (channels * width) * channels * width
    octets = np.frombuffer(frames[:whole], np.uint8).reshape(-1, channels, width).astype(np.int64)
    if width == 1:  # of one byte they have no sign
        samples = (octets[:, :, 0] - 128.0) * 256.0
    else:
        value = octets @ (1 << 8 * np.arange(width))
        samples = (value - ((value >> (8 * width - 1)) << 8 * width)) / 2.0 ** (8 * (width - 2))
    common = math.gcd(RATE, rate)
    ours = signal.resample_poly(samples.mean(axis=1), RATE // common, rate // common)
    return np.clip(np.rint(ours), -32768, 32767).astype("<i2").tobytes()


# -- together
def ready_sounds(made: Path, own: Path) -> tuple[dict[str, Path], list[Text]]:
    """(name -> WAV, complaints): ours, each with the city's in its place."""
    sounds = {file.stem: file for file in made.glob("[!.]*.wav")}
    mine, complaints = own_recordings(own)
    for name in mine:
        for language in LANGUAGES if "." not in name else ():
            if f"{name}.{language}" not in mine:  # one recording for both languages
                sounds.pop(f"{name}.{language}", None)
    return sounds | mine, complaints


def lengths(sounds: dict[str, Path]) -> dict[str, float]:
    """name -> seconds; a file that is no WAV counts as nothing."""
    known = {}
    for name, file in sounds.items():
        try:
            with wave.open(str(file)) as wav:
                known[name] = wav.getnframes() / wav.getframerate()
        except (OSError, EOFError, wave.Error, ZeroDivisionError):
            known[name] = 0.0
    return known


if __name__ == "__main__":
    make(Path(sys.argv[1]) if sys.argv[1:] else MADE)
