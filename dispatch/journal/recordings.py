"""What is kept beside the journal, by digest: the name of a file is the SHA-256 of its content."""

from __future__ import annotations

import hashlib
import os
import re
import threading
from pathlib import Path

from dispatch.catalogue import FOLDER as WORDS


def recording_file(folder: Path, digest: str) -> Path | None:
    """The file of a recording, or None when the name is no digest or the file is not there."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        return None
    file = folder / f"{digest}.wav"
    return file if file.is_file() else None


def photo_file(folder: Path, digest: str, original: bool) -> Path | None:
    """The file of a caller's photo as it came, or the one that is shown; None when it is not there."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        return None
    endings = ("jpg", "png", "webp") if original else ("view.jpg",)
    return next((file for end in endings if (file := folder / f"{digest}.{end}").is_file()), None)


_MESSAGES = ("sip", "xml", "aml")


def message_file(folder: Path, digest: str) -> Path | None:
    """The file of a raw message; None when it is not there."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        return None
    return next((file for end in _MESSAGES if (file := folder / f"{digest}.{end}").exists()), None)


def catalogue_file(folder: Path, digest: str) -> Path | None:
    """The words that were in force once, as a Fluent file; None when they are not there. Words of this program itself
    are there also before they are kept."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        return None
    file = folder / f"{digest}.ftl"
    if file.is_file():
        return file
    return next((one for one in WORDS.glob("*.ftl") if hashlib.sha256(one.read_bytes()).hexdigest() == digest), None)


class KeptFiles:
    """What lies below the data folder beside the journal. `kind`: recording, photo, message or catalogue."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def _file(self, kind: str, digest: str) -> Path | None:
        match kind:
            case "recording":
                return recording_file(self._data / "recordings", digest)
            case "photo":
                return photo_file(self._data / "photos", digest, original=True)
            case "catalogue":
                return catalogue_file(self._data / "catalogues", digest)
        return message_file(self._data / "messages", digest)

    def digest_now(self, kind: str, digest: str) -> str | None:
        """What the content digests to today; None when the file is gone. Blocking. Raises OSError."""
        file = self._file(kind, digest)
        if file is None:
            return None
        with file.open("rb") as kept:
            return hashlib.file_digest(kept, "sha256").hexdigest()

    def erase(self, digest: str) -> int:
        """Removes every file of that name, and what was made of it to be shown. How many there were. Raises OSError."""
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            return 0
        folders = (self._data / name for name in ("recordings", "photos", "messages"))
        found = [file for folder in folders for file in folder.glob(f"{digest}.*")]
        for file in found:
            file.unlink(missing_ok=True)
        return len(found)


def keep_message(raw: bytes, data: Path, kind: str = "sip") -> str:
    """Keeps a message as it came below the data folder and returns its digest (hex). `kind`: sip, xml or aml. Raises
    OSError."""
    return _keep(raw, data / "messages", kind)


def keep_catalogue(source: bytes, data: Path) -> str:
    """Keeps the words of a language below the data folder and returns their digest (hex). Raises OSError."""
    digest = hashlib.sha256(source).hexdigest()
    file = data / "catalogues" / f"{digest}.ftl"
    if file.is_file() and file.read_bytes() != source:
        file.unlink()  # cut off by a power cut, or written over
    return _keep(source, data / "catalogues", "ftl")


def _keep(content: bytes, folder: Path, ending: str) -> str:
    digest = hashlib.sha256(content).hexdigest()
    file = folder / f"{digest}.{ending}"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # A message tells who was where: nobody but our processes and the auditor reads it.
        # Whole or not at all: half a file would be taken for the whole for ever.
        part = file.with_name(f".{file.name}.{os.getpid()}.{threading.get_ident()}")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as kept:
                kept.write(content)
            os.replace(part, file)
        except OSError:
            part.unlink(missing_ok=True)
            raise
    return digest
