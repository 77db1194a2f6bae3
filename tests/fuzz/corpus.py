"""Saved inputs: seeds that we made, and every input that once found something."""

from __future__ import annotations

import hashlib
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"


def saved(target: str) -> dict[str, bytes]:
    """name -> bytes, in the order of names."""
    return {file.name: file.read_bytes() for file in sorted((FOLDER / target).iterdir())}


def save(target: str, data: bytes) -> Path:
    file = FOLDER / target / f"found-{hashlib.sha256(data).hexdigest()[:12]}"
    file.write_bytes(data)
    return file
