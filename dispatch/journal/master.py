"""The master keys: files in the data folder under which the journal's keys are wrapped.

The first start makes `master.key`. Where it is gone although there is a journal, another one is made beside the place
where it was, so that the old one can be put back and both are read: whatever becomes of the files, what comes in now is
sealed and can be opened. Without its master key a journal can be folded and verified, and what it says of people cannot
be read by anybody. Keep a copy apart from the backups (docs/operations.md).
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
import threading
import time
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FILE = "master.key"
ID_BYTES = 8
_KEY_BYTES, _NONCE_BYTES = 32, 12
_LONGEST = 4096
"""Bytes of a file that may be one."""
_SETTLE_S = 2.0
"""Seconds that a write of the journal waits for the disk of the master key."""
_LOOK_AGAIN_S = 5.0
"""Seconds after which the files are looked at again for a key that was not there."""
_SAYS = "# Siaga 112: without this key nobody reads what the journal says of people. Keep a copy, apart from backups.\n"


class Master:
    """One of them. `id`: the beginning of its SHA-256."""

    def __init__(self, key: bytes) -> None:
        self.key, self.id = key, hashlib.sha256(key).digest()[:ID_BYTES]
        self._cipher = AESGCM(key)
        self._blind = hmac.digest(key, b"blind", "sha256")

    def wrap(self, content: bytes, bound: bytes) -> bytes:
        """What only this key opens again, and only with the same `bound`."""
        nonce = os.urandom(_NONCE_BYTES)
        return self.id + nonce + self._cipher.encrypt(nonce, content, bound)

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes | None:
        at = ID_BYTES + _NONCE_BYTES
        try:
            return self._cipher.decrypt(wrapped[ID_BYTES:at], wrapped[at:], bound)
        except (InvalidTag, ValueError):
            return None

    def blind(self, what: bytes) -> bytes:
        """The same for the same content, and nothing that anybody without this key can guess."""
        return hmac.digest(self._blind, what, "sha256")


class Masters:
    """All that are in `folder` (None: one for this process only). `trouble`: why the one in use is not on the disk, ""
    when it is; `unread`: names of files that hold no key; `open`: names of files that others can read. Any thread may
    use it."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder, self._lock, self._reading = folder, threading.Lock(), threading.Lock()
        self._known: dict[bytes, Master] = {}
        self._current: Master | None = None
        self._unkept: Master | None = None
        self._keeping: threading.Thread | None = None
        self._looked = False
        self._read_at, self._seen = 0.0, 0
        self.trouble = ""
        self.unread: list[str] = []
        self.open: list[str] = []

    def current(self, begun: bool = False) -> Master:
        """The one to wrap with; made when there is none. `begun`: there were others before."""
        if self._current is not None and self._looked:
            return self._current  # whoever decides waits for no thread that reads the disk
        with self._lock:
            self._look()
            if self._current is None:
                self._current = Master(secrets.token_bytes(_KEY_BYTES))
                self._known[self._current.id] = self._unkept = self._current
                self._keep(begun)
            return self._current

    def of(self, wrapped: bytes) -> Master | None:
        """The one that something was wrapped with; None when it is not here."""
        found = self._known.get(wrapped[:ID_BYTES])
        if found is None and self._folder is not None and self._reading.acquire(blocking=False):
            try:  # somebody may have put it back; whoever asks meanwhile does not wait for the disk
                if self._may_be_others():
                    self._read()
            finally:
                self._reading.release()
            found = self._known.get(wrapped[:ID_BYTES])
        return found

    def settle(self) -> None:
        """Tries again to put one on the disk that was made and is not there. The writer of the journal does it before
        it writes, so that no entry is there without its master key, and waits for no disk that hangs."""
        if self._unkept is None or (self._keeping is not None and self._keeping.is_alive()):
            return
        self._keeping = threading.Thread(target=self._keep, args=(True,), name="master-key", daemon=True)
        self._keeping.start()
        self._keeping.join(_SETTLE_S)

    def _look(self) -> None:
        if not self._looked and self._folder is not None:
            self._read()
        self._looked = True

    def _may_be_others(self) -> bool:
        """A journal without its key asks for it with every page."""
        return time.monotonic() - self._read_at >= _LOOK_AGAIN_S or _changed(self._folder) != self._seen

    def _read(self) -> None:
        assert self._folder is not None
        unread, others_read = [], []
        self._read_at, self._seen = time.monotonic(), _changed(self._folder)
        files: list[Path] = []
        with contextlib.suppress(OSError):
            files = sorted(self._folder.glob("master*.key"))
        for file in files:
            key, mode = _key_in(file)
            if key is None:
                unread.append(file.name)
                continue
            found = self._known.setdefault((made := Master(key)).id, made)
            if self._current is None or file.name == FILE:
                self._current = found
            if mode & 0o077:
                others_read.append(file.name)
        self.unread, self.open = unread, others_read

    def _keep(self, begun: bool) -> None:
        """Puts the one that is not there yet on the disk."""
        master = self._unkept
        if master is None:
            return
        if self._folder is None:
            self._unkept = None
            return
        place = self._folder / FILE
        try:
            if begun or place.exists():
                place = self._folder / f"master-{master.id.hex()}.key"
            if _key_in(place)[0] != master.key:
                _write(place, master.key)
            self._unkept, self.trouble = None, ""
        except OSError as wrong:
            self.trouble = f"{place.name}: {wrong.strerror or wrong}"


def _changed(folder: Path | None) -> int:
    """When a file last came into the folder, or left it."""
    try:
        return os.stat(folder).st_mtime_ns if folder else 0
    except OSError:
        return 0


def _key_in(file: Path) -> tuple[bytes | None, int]:
    """(the key, None when there is none in it; who may read the file)."""
    try:
        with open(file, "rb") as opened:
            content, mode = opened.read(_LONGEST), os.fstat(opened.fileno()).st_mode
        lines = [line.strip() for line in content.decode("ascii").splitlines()]
        key = base64.b64decode("".join(line for line in lines if not line.startswith("#")), validate=True)
    except (OSError, ValueError):
        return None, 0
    return (key if len(key) == _KEY_BYTES else None), mode


def _write(place: Path, key: bytes) -> None:
    """Whole or not at all, and never over another one. Raises OSError."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(_SAYS.encode() + base64.b64encode(key) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        os.link(part, place)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
