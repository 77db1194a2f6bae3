"""Words that open one thing to somebody without an account: a caller's page, an incident for the next centre.

A key is an HMAC of what it opens, so it is the same after a restart, is nowhere written down, and tells nothing of
the others. The secret lies in the data folder; a standby needs the same file, or its links will not open.
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

_SECRET = "keys.secret"
_BYTES = 16


def make_keys(secret: bytes) -> Callable[[str], str]:
    """key(what): 22 letters of base64url, 128 bits of HMAC-SHA256."""

    def key(what: str) -> str:
        digest = hmac.new(secret, what.encode(), hashlib.sha256).digest()[:_BYTES]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    return key


def keys_of(folder: Path) -> Callable[[str], str]:
    """With the secret of this data folder, made when there is none. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / _SECRET
    with contextlib.suppress(FileExistsError):
        made = folder / f"{_SECRET}.{os.getpid()}"
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(secrets.token_bytes(32))
        try:
            os.link(made, file)  # whole or not at all, and never over another one
        finally:
            made.unlink()
    return make_keys(file.read_bytes())
