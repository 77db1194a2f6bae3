"""The sounds a caller or call-taker may hear: spoken by espeak-ng at the first start, replaceable WAV files after."""

from __future__ import annotations

import io
import math
import struct
import subprocess
import wave
from pathlib import Path

RATE = 8000
"""Hertz, as the bridge: a sound at another rate is resampled for every caller who hears it."""
_SPOKEN = {
    "announcement": (
        ("id", "Anda terhubung dengan layanan darurat satu satu dua. Semua petugas sedang melayani. Jangan tutup "
               "telepon, panggilan Anda tetap antre."),
        ("en", "You have reached emergency one one two. All call takers are busy. Please stay on the line."),
    ),
    "hold": (
        ("id", "Mohon tunggu sebentar, jangan tutup telepon. Kami tetap bersama Anda."),
        ("en", "One moment please, stay on the line. We are still with you."),
    ),
    "test": (("id", "Ini panggilan uji. Suara Anda diputar kembali."), ("en", "This is a test call.")),
}  # fmt: skip


def make_sounds(folder: Path) -> dict[str, Path]:
    """name -> WAV for every sound; files that are there stay as the city made them. Without espeak-ng a tone stands
    in for words, because a caller who hears nothing hangs up."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {name: folder / f"{name}.wav" for name in (*_SPOKEN, *_TONES)}
    for name, file in made.items():
        if not file.exists():
            samples = spoken(_SPOKEN[name]) if name in _SPOKEN else _TONES[name]()
            write_wav(file, samples)
    return made


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


def write_wav(file: Path, samples: bytes) -> None:
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE)
        wav.writeframes(samples)


def _tone(hertz: float, seconds: float, level: float = 0.25) -> bytes:
    count = int(RATE * seconds)
    wave_form = (int(32767 * level * math.sin(2 * math.pi * hertz * n / RATE)) for n in range(count))
    return struct.pack(f"<{count}h", *wave_form)


def _silence(seconds: float) -> bytes:
    return bytes(int(RATE * seconds) * 2)


_TONES = {
    "zip": lambda: _tone(1200, 0.12) + _silence(0.06) + _tone(1200, 0.12),
    "canary": lambda: _tone(1004, 2.0),
    "ring": lambda: (_tone(425, 1.0, 0.15) + _silence(1.5)) * 3,
    "ringback": lambda: _tone(425, 1.0, 0.15) + _silence(4.0),  # as Indonesian exchanges send it (ITU-T E.180 list)
}


def spoken(parts: tuple[tuple[str, str], ...]) -> bytes:
    """Samples (16 bits, `RATE`) of (voice, text) pairs read one after the other, then 4 s of silence."""
    try:
        said_all = b""
        for voice, text in parts:
            line = ["espeak-ng", "-v", voice, "-s", "140", "--stdout", text]
            said = subprocess.run(line, capture_output=True, check=True, timeout=20).stdout
            said_all += _at_our_rate(said) + _silence(0.7)
        return said_all + _silence(4.0)
    except (OSError, subprocess.SubprocessError, wave.Error, EOFError):
        return (_tone(440, 0.4) + _silence(0.2) + _tone(440, 0.4) + _silence(5.0)) * 2


def _at_our_rate(said: bytes) -> bytes:
    import numpy as np  # only at the first start: a switch that starts again must be quick
    from scipy import signal

    # A stream's WAV header has no true length: the samples are what follows it.
    with wave.open(io.BytesIO(said)) as wav:
        rate = wav.getframerate()
    body = said[said.index(b"data") + 8 :]
    samples = np.frombuffer(body[: len(body) // 2 * 2], "<i2").astype(float)
    common = math.gcd(RATE, rate)
    ours = signal.resample_poly(samples, RATE // common, rate // common)
    return np.clip(ours, -32768, 32767).astype("<i2").tobytes()
