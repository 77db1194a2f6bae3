"""One WAV for each leg of a call: written while it runs, then sealed: named by its digest and told to the room.

A recording in progress is `live/<call>~<leg>~<started ms>.wav`; sealed it is `recordings/<sha256>.wav`. What a killed
switch left in `live` is mended (its header still says length zero) and sealed at the next start.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import struct
from pathlib import Path

from dispatch.events import RecordingSealed
from routing.text import Text, text

_HEADER = 44
_libc = ctypes.CDLL(None, use_errno=True)
RATE = 8000
"""Hertz, 16 bits, one channel: 16,000 bytes a second."""


def live_path(data: Path, call: str, leg: str, started: float) -> Path:
    return data / "live" / f"{call}~{leg}~{int(started * 1000)}.wav"


def parts_of(file: Path) -> tuple[str, str, int]:
    """(call, leg, milliseconds since 1970) of a recording in progress."""
    call, leg, stamp = file.stem.rsplit("~", 2)
    return call, leg, int(stamp) if stamp.isdigit() else 0


def seconds_in(file: Path) -> float:
    """How much sound is on the disk of one that runs."""
    try:
        return max(0, file.stat().st_size - _HEADER) / (RATE * 2)
    except OSError:
        return 0.0


def why_not(data: Path) -> Text:
    """Why a file does not grow."""
    try:
        disk = os.statvfs(data)
    except OSError as wrong:
        return text("why.disk-wrong", detail=(wrong.strerror or "")[:80])
    full = disk.f_bavail * disk.f_frsize < 1_000_000
    return text("why.disk-full" if full else "why.nothing-written")


def prepare(data: Path) -> None:
    """Raises OSError."""
    for name in ("live", "recordings", "messages"):
        (data / name).mkdir(parents=True, exist_ok=True, mode=0o750)


def left_behind(data: Path) -> list[Path]:
    """Recordings that an earlier process did not seal."""
    try:
        return sorted((data / "live").glob("*~*~*.wav"))
    except OSError:
        return []  # a folder that cannot be read now; the next start finds them


def is_closed(file: Path) -> bool:
    """Whether its writer has ended it: only then does the header tell the true length. Dropping a recorder does not
    close its file at once; the bridge's thread does, a frame or two later. An empty one looks open for ever."""
    try:
        size = file.stat().st_size
        with file.open("rb") as wav:
            head = wav.read(_HEADER)
    except OSError:
        return False
    return size > _HEADER and head[40:44] == struct.pack("<I", size - _HEADER)


def seal(file: Path, data: Path, now: float) -> RecordingSealed | None:
    """Mends, digests, and names it by its digest beside its name in `live`, which stays until it is told (`clear`): a
    switch that is killed in between tells of it at its next start. None when nothing was recorded. `settle` must
    follow. Blocking: call it on a thread. Raises OSError."""
    call, leg, started = parts_of(file)
    size = file.stat().st_size
    if size <= _HEADER:
        file.unlink()
        return None
    with file.open("r+b") as wav:
        head = wav.read(_HEADER)
        if head[:4] == b"RIFF" and head[36:40] == b"data" and head[40:44] != struct.pack("<I", size - _HEADER):
            # The writer notes the length when it is closed; a killed one never did (RIFF, WAVE chunk sizes).
            wav.seek(4)
            wav.write(struct.pack("<I", size - 8))
            wav.seek(40)
            wav.write(struct.pack("<I", size - _HEADER))
        wav.seek(0)
        digest = hashlib.file_digest(wav, "sha256").hexdigest()
    _link(file, data / "recordings" / f"{digest}.wav")
    seconds = (size - _HEADER) / (RATE * 2)
    return RecordingSealed(
        at=now, call=call, leg=leg, digest=digest, started=started / 1000, seconds=round(seconds, 3), size=size
    )


def _link(file: Path, sealed: Path) -> None:
    try:
        os.link(file, sealed)
    except FileExistsError:
        pass  # the same sound to the last bit, or sealed by a switch that was killed before it could tell
    except OSError:  # a disk that gives no file two names
        os.replace(file, sealed)


def clear(files: list[Path]) -> None:
    """These are sealed, and it is told."""
    for file in files:
        file.unlink(missing_ok=True)


Sealed = tuple[Path, RecordingSealed]


def seal_all(files: dict[Path, float], data: Path, clock: float, now: float) -> tuple[list[Sealed | Text], list[Path]]:
    """Seals those that their writers have closed, and after their time (`files`: until when to be patient, by the same
    monotonic clock as `clock`) the others too. `now`: seconds since 1970. Returns (what was sealed, or a text that
    says why not; the files that are done)."""
    made: list[Sealed | Text] = []
    done = []
    for file, patience in files.items():
        try:
            if clock < patience and not is_closed(file):
                continue
            sealed = seal(file, data, now)
            if sealed is not None:
                made.append((file, sealed))
        except (OSError, ValueError) as wrong:
            made.append(text("storage.not-sealed", file=file.name, detail=str(wrong)))
        done.append(file)
    if made:
        try:
            settle(data)
        except OSError as wrong:
            made.append(text("storage.not-settled", detail=str(wrong.strerror)))
    return made, done


def settle(data: Path) -> None:
    """Returns when what was written is on the disk. One call for the whole file system: an fsync for each of eighty
    recordings takes ten times the processor. Raises OSError."""
    folder = os.open(data, os.O_RDONLY)
    try:
        if _libc.syncfs(folder) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    finally:
        os.close(folder)
