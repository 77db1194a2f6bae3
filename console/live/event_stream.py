"""Server-sent events (HTML Living Standard, 9.2) to a page that may be slow."""

from __future__ import annotations

import msgspec
from twisted.web.server import Request

_encode = msgspec.json.Encoder().encode


def frame(kind: str, data: object, mark: str = "") -> bytes:
    """One message: `data` as JSON; `mark`: its id, which the page names when it comes back."""
    named = b"id: %b\n" % mark.encode() if mark else b""
    return b"%bevent: %b\ndata: %b\n\n" % (named, kind.encode(), _encode(data))


class EventStream:
    """One open page, as a push producer. `is_open` is false while its connection is full: nothing is kept for it then,
    and `resumed` says what is to be told when it reads again."""

    def __init__(self, request: Request) -> None:
        self._request, self.is_open = request, True
        request.setHeader("Content-Type", "text/event-stream")
        request.setHeader("Cache-Control", "no-store")
        request.setHeader("X-Accel-Buffering", "no")

    def begin(self) -> None:
        """From now on it is told when the connection is full."""
        self._request.registerProducer(self, True)

    def resumed(self) -> None:
        pass

    def resumeProducing(self) -> None:
        self.is_open = True
        self.resumed()

    def pauseProducing(self) -> None:
        self.is_open = False

    def stopProducing(self) -> None:
        self.is_open = False
