"""Where switch and room find each other: a Unix socket at a path, and where no socket can be made there (a folder that
is gone, full or read-only), one without a file: an abstract address of Linux, named after that path.

Anybody on the machine may connect to an abstract address, and anybody may have opened it, so both ends look who the
other one is (SO_PEERCRED).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import struct
from pathlib import Path
from typing import cast

from twisted.internet import tcp, unix
from twisted.internet.error import CannotListenError
from twisted.internet.interfaces import IProtocolFactory, IReactorTime, ITransport
from twisted.python.failure import Failure

from dispatch.journal.claim import AlreadyTaken, Claim

_NO_FILE = "\0siaga112-"


def without_file(path: Path) -> str:
    """The abstract address that stands for `path`."""
    return _NO_FILE + hashlib.sha256(str(path).encode()).hexdigest()[:32]


def is_ours(transport: ITransport) -> bool:
    """Whether the process at the other end of this Unix socket may be trusted with calls: ours, or root's."""
    end: socket.socket = cast(unix.Server | unix.Client, transport).socket
    if _has_file(end):
        return True  # who may reach it, the folder's rights say
    told = end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return cast(int, struct.unpack("3i", told)[1]) in (0, os.geteuid())


def _has_file(end: socket.socket) -> bool:
    names = (end.getsockname(), end.getpeername())
    return not any(name[:1] in (b"\0", "\0") for name in names)


class _Port(unix.Port):
    """Leaves the path alone when it ends: by then it may be somebody else's."""

    def connectionLost(self, reason: Failure) -> None:
        tcp.Port.connectionLost(self, reason)


class Meeting:
    """The switch's end. `trouble`: why it is not at its path; "" when it is. Call `look` every second or so."""

    def __init__(self, reactor: IReactorTime, factory: IProtocolFactory, path: Path) -> None:
        self._reactor, self._factory, self._path = reactor, factory, path
        self._claim = Claim(path.with_name(f"{path.name}.lock"))
        self._port: _Port | None = None
        self._spare: _Port | None = None
        self._inode = (0, 0)
        self.trouble = ""

    def look(self) -> None:
        """Opens it at its path, also when somebody deleted it; till that can be done, without a file."""
        if self._port is not None and self._there() == self._inode:
            return
        if self._port is not None:
            self._port.stopListening()  # nobody can reach it any more
            self._port = None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._claim.take()
            self._path.unlink(missing_ok=True)  # what a killed switch left
            self._port = self._listen(str(self._path))
            self._inode = self._there()
            self.trouble = ""
        except (OSError, AlreadyTaken, CannotListenError) as wrong:
            self.trouble = str(getattr(wrong, "socketError", wrong))
        if self._port is None and self._spare is None:
            with contextlib.suppress(CannotListenError):
                self._spare = self._listen(without_file(self._path))
        elif self._port is not None and self._spare is not None:
            self._spare.stopListening()
            self._spare = None

    def _listen(self, name: str) -> _Port:
        port = _Port(os.fsencode(name), self._factory, mode=0o660, reactor=self._reactor)
        port.startListening()
        return port

    def _there(self) -> tuple[int, int]:
        try:
            found = os.stat(self._path)
        except OSError:
            return (0, 0)
        return found.st_dev, found.st_ino
