"""Recordings by digest, as the auditor meets them: the name of a file is the SHA-256 of its content."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path


def recording_file(folder: Path, digest: str) -> Path | None:
    """The file of a recording, or None when the name is no digest or the file is not there."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        return None
    file = folder / f"{digest}.wav"
    return file if file.is_file() else None


def digest_now(folder: Path, digest: str) -> str | None:
    """What the content digests to today; None when the file is gone."""
    file = recording_file(folder, digest)
    if file is None:
        return None
    with file.open("rb") as wav:
        return hashlib.file_digest(wav, "sha256").hexdigest()
