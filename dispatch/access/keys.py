"""Words that open one thing to somebody without an account: a caller's page, an incident for the next centre.

A key is an HMAC of the act that gave it (this notice to this number, this party of this call), never of the thing that
it opens alone: what is given twice is given with two keys, and each is revoked by itself. It is the same after a
restart, is nowhere written down, and tells nothing of the others. The secret lies in the data folder; a standby needs
the same file, or its links will not open.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from routing.text import Text, text

_SECRET = "keys.secret"
_BYTES = 16
_SECRET_BYTES = 32


def make_keys(secret: bytes) -> Callable[[str], str]:
    """key(what): 22 letters of base64url, 128 bits of HMAC-SHA256."""

    def key(what: str) -> str:
        digest = hmac.new(secret, what.encode(), hashlib.sha256).digest()[:_BYTES]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    return key


def keys_of(folder: Path, told: Callable[[Text], None] = lambda text: None) -> Callable[[str], str]:
    """With the secret of this data folder, made when there is none. Where none can be read or made, a secret of this
    start's: links sent before do not open, and `told` says so."""
    try:
        return make_keys(_secret(folder))
    except OSError as wrong:
        told(text("alarm.keys-unusable", file=_SECRET, detail=str(wrong)))
        return make_keys(secrets.token_bytes(_SECRET_BYTES))


def _secret(folder: Path) -> bytes:
    """Raises OSError. One that is too short to be ours, such as half a file, would open doors to who guesses it."""
    file = folder / _SECRET
    with contextlib.suppress(FileNotFoundError):
        kept = file.read_bytes()
        if len(kept) == _SECRET_BYTES:
            return kept
        os.replace(file, folder / f"{_SECRET}.unread")
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"{_SECRET}.{os.getpid()}"
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(secrets.token_bytes(_SECRET_BYTES))
        out.flush()
        os.fsync(out.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(made, file)  # whole or not at all, and never over another one
    made.unlink()
    return file.read_bytes()
