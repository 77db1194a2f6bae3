"""One camera for all its viewers: connects while somebody watches, and is honest about what is shown.

Theory of operation. A source runs a feed; a feed that fails, or gives no picture for `silent_after` seconds, is
ended and started again after a pause of 0.5 s that doubles up to `retry_at_most`.

    state        the viewer is told
    connecting   nothing shown yet
    live         pictures arrive
    frozen       the picture shown is `age` seconds old; it no longer moves
    unreachable  no picture for `lost_after` seconds, or never one; `why` says what to do

A viewer is any object with `sendText(str)`, `sendBytes(bytes)` and a truth value `full`: while `full`, pictures
are dropped for that viewer alone. Text messages are JSON: {"mime": …, "pace": usual seconds between arrivals}
before the bytes it describes, and
{"state": …, "age": of the last picture in seconds or null, "why": a text or null}, at every change and
every two seconds, so that a browser notices a dead connection. Binary messages are one MP4 fragment or one JPEG
each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

import msgspec
from twisted.internet import task
from twisted.internet.interfaces import IDelayedCall

from console.cameras.boxes import Fragment, mime_of
from console.cameras.feeds import FEEDS, CameraFeed
from dispatch.timing.reactor import IReactor
from routing.city.records import CameraSpec
from routing.text import Text, text

_GOP_LIMIT = 3_000_000
_REPEAT = 2.0


CameraState = Literal["connecting", "live", "frozen", "unreachable"]


class Viewer(Protocol):
    """Who watches; while `full`, pictures are dropped for them."""

    @property
    def full(self) -> bool: ...
    def sendText(self, text: str) -> None: ...
    def sendBytes(self, data: bytes) -> None: ...


class GatewaySettings(msgspec.Struct, frozen=True):
    """Seconds, and the CIDR networks that cameras may use although they would be refused (`camera_allow`)."""

    camera_allow: tuple[str, ...] = ()
    linger: float = 10.0
    frozen_after: float = 2.5
    silent_after: float = 5.0
    lost_after: float = 15.0
    retry_at_most: float = 3.0


class CameraSource:
    """`on_idle()` is called `linger` seconds after the last viewer has left."""

    def __init__(
        self, reactor: IReactor, spec: CameraSpec, settings: GatewaySettings, on_idle: Callable[[], None]
    ) -> None:
        self._reactor, self._spec, self._settings, self._on_idle = reactor, spec, settings, on_idle
        self._viewers: dict[Viewer, bool] = {}  # viewer -> whether it has been given a place where decoding can begin
        self._feed: CameraFeed | None = None
        self._retry: IDelayedCall | None = None
        self._leaving: IDelayedCall | None = None
        self._described: dict[str, object] | None = None
        self._init, self.jpeg = b"", b""
        self._gop: list[Fragment] = []
        self._failures, self._started, self._told = 0, reactor.seconds(), reactor.seconds()
        self._heard: float | None = None
        self._state: CameraState = "connecting"
        self._why: Text | None = None
        self._watchdog = task.LoopingCall(self._look)
        self._watchdog.clock = reactor
        self._watchdog.start(0.5, now=False)
        self._connect()

    @property
    def live(self) -> bool:
        """Whether the pictures held are of now."""
        return self._state == "live"

    def opening(self) -> bytes:
        """The init segment and the pictures since the last key picture; empty when there are none."""
        return self._init + b"".join(f.data for f in self._gop) if self._gop else b""

    def add(self, viewer: Viewer) -> None:
        """Sends `viewer` the state and the last picture at once, then whatever comes."""
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None
        self._viewers[viewer] = bool(self._gop)
        self._say(viewer, self._status_now())
        if self._described:
            self._say(viewer, self._described)
        for piece in (self._init, *(f.data for f in self._gop), self.jpeg):
            if piece:
                viewer.sendBytes(piece)

    def remove(self, viewer: Viewer) -> None:
        if self._viewers.pop(viewer, None) is not None and not self._viewers:
            self._leaving = self._reactor.callLater(self._settings.linger, self._on_idle)

    def stop(self) -> None:
        """Ends the feed and every timer."""
        if self._watchdog.running:
            self._watchdog.stop()
        for timer in (self._retry, self._leaving):
            if timer is not None and timer.active():
                timer.cancel()
        if self._feed is not None:
            self._feed.stop()
            self._feed = None

    # -- called by the feed

    def on_fail(self, why: Text) -> None:
        """The feed ended: says so, and tries again after a pause."""
        self._feed, self._failures = None, self._failures + 1
        self._tell(self._lost_state(), why)
        pause = min(self._settings.retry_at_most, 0.5 * 2 ** min(self._failures - 1, 8))
        self._retry = self._reactor.callLater(pause, self._connect)

    def on_fragment(self, fragment: Fragment) -> None:
        """Raises NotH264 for an init segment whose codec browsers do not play."""
        if fragment.init:
            self._init, self._gop = fragment.data, []
            self._describe(mime_of(fragment.data))
            for viewer in list(self._viewers):
                self._viewers[viewer] = False
                viewer.sendBytes(fragment.data)
            return
        if fragment.key:
            self._gop = []
        if fragment.key or self._gop:
            self._gop.append(fragment)
            if sum(len(f.data) for f in self._gop) > _GOP_LIMIT:
                self._gop = []
        self._shown()
        for viewer, placed in list(self._viewers.items()):
            self._viewers[viewer] = not viewer.full and (placed or fragment.key)
            if self._viewers[viewer]:
                viewer.sendBytes(fragment.data)

    def on_jpeg(self, picture: bytes) -> None:
        if self._described is None:
            self._describe("image/jpeg")
        self.jpeg = picture
        self._shown()
        for viewer in list(self._viewers):
            if not viewer.full:
                viewer.sendBytes(picture)

    # -- states

    def _connect(self) -> None:
        self._retry, self._started = None, self._reactor.seconds()
        self._feed = feed = FEEDS[self._spec.kind](self._reactor, self._spec.url, self._settings.camera_allow, self)
        feed.start()

    def _describe(self, mime: str) -> None:
        self._described = said = {"mime": mime, "pace": self._feed.pace if self._feed is not None else 0.0}
        for viewer in list(self._viewers):
            self._say(viewer, said)

    def _shown(self) -> None:
        self._heard, self._failures = self._reactor.seconds(), 0
        self._tell("live", None)

    def _look(self) -> None:
        """The watchdog: a silent feed is first called frozen, then ended."""
        now, pace = self._reactor.seconds(), self._feed.pace if self._feed is not None else 0.0
        silent = now - max(self._started, self._heard or 0.0)
        # A camera that is slow to begin, or a busy machine, is given more time with each try; else it never would.
        patience = self._settings.silent_after * (1 + min(3, self._failures)) + 2 * pace
        if self._feed is not None and silent > patience:
            self._feed.stop()
            self.on_fail(text("camera.silent", seconds=round(silent)))
        elif self._heard is not None and now - self._heard > self._settings.frozen_after + pace:
            self._tell(self._lost_state(), self._why or text("camera.still"))
        if now - self._told >= _REPEAT:
            self._tell_all()

    def _lost_state(self) -> CameraState:
        heard = self._heard is not None and self._reactor.seconds() - self._heard < self._settings.lost_after
        return "frozen" if heard else "unreachable"

    def _tell(self, state: CameraState, reason: Text | None) -> None:
        if (state, reason) != (self._state, self._why):
            self._state, self._why = state, reason
            self._tell_all()

    def _tell_all(self) -> None:
        self._told = self._reactor.seconds()
        for viewer in list(self._viewers):
            self._say(viewer, self._status_now())

    def _status_now(self) -> dict[str, object]:
        age = None if self._heard is None else self._reactor.seconds() - self._heard
        return {"state": self._state, "why": self._why, "age": age}

    def _say(self, viewer: Viewer, message: dict[str, object]) -> None:
        viewer.sendText(msgspec.json.encode(message).decode())
