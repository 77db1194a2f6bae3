"""Starts an ffmpeg child that has no shell, no secrets on its command line, and dies with its parent."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from typing import cast

from twisted.internet import protocol
from twisted.internet.interfaces import IProcessTransport, IPushProducer, IReactorProcess
from twisted.internet.process import Process
from twisted.python.failure import Failure
from zope.interface import implementer


@implementer(IPushProducer)
class ChildProcess(protocol.ProcessProtocol):
    """One child process: bytes in by `feed`, bytes out to `on_bytes`, the end told once to `on_end(why)`.

    What the child says on stderr may hold an address or a password: only its last 2,000 bytes are kept, in
    `said`, for the caller to classify; they are never logged.
    """

    def __init__(self, on_bytes: Callable[[bytes], None], on_end: Callable[[str], None]) -> None:
        self.on_bytes, self.on_end, self.said = on_bytes, on_end, b""
        self.ended = self.full = False

    def connectionMade(self) -> None:
        cast(Process, self.transport).pipes[0].registerProducer(self, True)

    def pauseProducing(self) -> None:
        self.full = True

    def resumeProducing(self) -> None:
        self.full = False

    def stopProducing(self) -> None:
        self.full = True

    def feed(self, data: bytes) -> bool:
        """Writes `data` to the child's stdin; False, and nothing written, while it has not read the last."""
        if self.ended or self.full or self.transport is None:
            return False
        self.transport.write(data)
        return True

    def outReceived(self, data: bytes) -> None:
        self.on_bytes(data)

    def errReceived(self, data: bytes) -> None:
        self.said = (self.said + data)[-2000:]

    def processEnded(self, reason: Failure) -> None:
        if not self.ended:
            self.ended = True
            self.on_end("ended")

    def kill(self) -> None:
        """Ends the child now; `on_end` is not called for an end that was asked for."""
        if not self.ended:
            self.ended = True
            try:
                cast(IProcessTransport, self.transport).signalProcess("KILL")
            except Exception:  # already reaped: the end was asked for, so nothing is lost
                pass


def spawn_ffmpeg(reactor: IReactorProcess, child: ChildProcess, arguments: list[str]) -> ChildProcess:
    """Runs `ffmpeg arguments…` under `setpriv --pdeathsig KILL`, so that kill -9 of us ends it too.

    Raises FileNotFoundError naming the Debian package to install when a program is missing.
    """
    setpriv, ffmpeg = shutil.which("setpriv"), shutil.which("ffmpeg")
    if not setpriv or not ffmpeg:
        raise FileNotFoundError("camera: 'ffmpeg' or 'setpriv' not found; apt-get install ffmpeg util-linux")
    line = [setpriv, "--pdeathsig", "KILL", ffmpeg, "-hide_banner", "-loglevel", "error", "-nostats", *arguments]
    reactor.spawnProcess(child, setpriv, line, env={"PATH": os.environ.get("PATH", "/usr/bin")})
    return child
