"""The camera gateway: one connection to a camera for all who watch it, on demand, honest about its state.

Theory of operation. A `Source` exists for each camera that is watched. While somebody watches, it runs a feed;
a feed that fails, or gives no picture for `silent_after` seconds, is ended and started again after a pause of
0.5 s that doubles up to `retry_at_most`. The last viewer's leaving ends it `linger` seconds later.

    state        the viewer is told
    connecting   nothing shown yet
    live         pictures arrive
    frozen       the picture shown is from `last_frame`; it no longer moves
    unreachable  no picture for `lost_after` seconds, or never one; `why` says what to do

A viewer is any object with `sendText(str)`, `sendBytes(bytes)` and a truth value `full`: while `full`, pictures
are dropped for that viewer alone. Text messages are JSON: {"mime":…} before the bytes it describes, and
{"state":…,"since":…,"last_frame":…,"why":…}. Binary messages are one MP4 fragment or one JPEG each.
"""

from __future__ import annotations

import time

import msgspec
from twisted.internet import defer, task

from console.camera_boxes import Fragment, Malformed, mime_of
from console.camera_child import Child, spawn_ffmpeg
from console.camera_feeds import FEEDS

_GOP_LIMIT = 3_000_000


class CameraSettings(msgspec.Struct, frozen=True):
    """Seconds, and the CIDR networks that cameras may use although they would be refused (`camera_allow`)."""

    camera_allow: tuple[str, ...] = ()
    linger: float = 10.0
    frozen_after: float = 2.5
    silent_after: float = 5.0
    lost_after: float = 15.0
    retry_at_most: float = 3.0


class Source:
    """One camera for all its viewers."""

    def __init__(self, reactor, spec, settings: CameraSettings, on_idle) -> None:
        self._reactor, self._spec, self._settings, self._on_idle = reactor, spec, settings, on_idle
        self._viewers: dict = {}  # viewer -> whether it has been given a place where decoding can begin
        self._feed = self._retry = self._leaving = None
        self._mime, self._init, self._gop, self.jpeg = "", b"", [], b""
        self._failures, self._heard, self._started = 0, None, reactor.seconds()
        self._status = {"state": "connecting", "since": time.time(), "last_frame": None, "why": ""}
        self._watch = task.LoopingCall(self._look)
        self._watch.clock = reactor
        self._watch.start(0.5, now=False)
        self._connect()

    # -- viewers
    def add(self, viewer) -> None:
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None
        self._viewers[viewer] = False
        viewer.sendText(msgspec.json.encode(self._status).decode())
        if self._mime:
            viewer.sendText(msgspec.json.encode({"mime": self._mime}).decode())
        if self._init:
            viewer.sendBytes(self._init)
            for fragment in self._gop:
                viewer.sendBytes(fragment.data)
            self._viewers[viewer] = bool(self._gop)
        elif self.jpeg:
            viewer.sendBytes(self.jpeg)

    def remove(self, viewer) -> None:
        if self._viewers.pop(viewer, None) is not None and not self._viewers:
            self._leaving = self._reactor.callLater(self._settings.linger, self._on_idle)

    def stop(self) -> None:
        """Ends the feed and every timer."""
        if self._watch.running:
            self._watch.stop()
        for timer in (self._retry, self._leaving):
            if timer is not None and timer.active():
                timer.cancel()
        if self._feed is not None:
            self._feed.stop()
            self._feed = None

    def opening(self) -> bytes:
        """The init segment and the pictures since the last key picture; empty when there are none."""
        return self._init + b"".join(f.data for f in self._gop) if self._gop else b""

    # -- the feed
    def _connect(self) -> None:
        self._retry, self._started = None, self._reactor.seconds()
        self._feed = FEEDS[self._spec.kind](self._reactor, self._spec.url, self._settings.camera_allow, self)
        self._feed.start()

    def on_fail(self, why: str) -> None:
        """The feed ended: says so, and tries again after a pause."""
        self._feed, self._failures = None, self._failures + 1
        self._gop = []
        self._tell(self._lost_state(), why)
        pause = min(self._settings.retry_at_most, 0.5 * 2 ** min(self._failures - 1, 8))
        self._retry = self._reactor.callLater(pause, self._connect)

    def on_fragment(self, fragment: Fragment) -> None:
        """Raises Malformed for an init segment whose codec browsers do not play."""
        if fragment.init:
            self._mime, self._init, self._gop = mime_of(fragment.data), fragment.data, []
            for viewer in list(self._viewers):
                self._viewers[viewer] = False
                viewer.sendText(msgspec.json.encode({"mime": self._mime}).decode())
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
            if viewer.full or not (placed or fragment.key):
                self._viewers[viewer] = False
            else:
                self._viewers[viewer] = True
                viewer.sendBytes(fragment.data)

    def on_jpeg(self, picture: bytes) -> None:
        if not self._mime:
            self._mime = "image/jpeg"
            for viewer in list(self._viewers):
                viewer.sendText(msgspec.json.encode({"mime": self._mime}).decode())
        self.jpeg = picture
        self._shown()
        for viewer in list(self._viewers):
            if not viewer.full:
                viewer.sendBytes(picture)

    def _shown(self) -> None:
        self._heard, self._failures = self._reactor.seconds(), 0
        self._status["last_frame"] = time.time()
        self._tell("live", "")

    def _look(self) -> None:
        """The watchdog: a silent feed is first called frozen, then ended."""
        now = self._reactor.seconds()
        last = max(self._started, self._heard or 0.0)
        if self._feed is None:
            if self._status["state"] == "frozen":
                self._tell(self._lost_state(), self._status["why"])
        elif now - last > self._settings.silent_after:
            self._feed.stop()
            self.on_fail(f"no picture for {self._settings.silent_after:g} s; connecting again")
        elif self._heard is not None and now - self._heard > self._settings.frozen_after:
            self._tell(self._lost_state(), self._status["why"] or "no new picture arrives")

    def _lost_state(self) -> str:
        heard = self._heard is not None and self._reactor.seconds() - self._heard < self._settings.lost_after
        return "frozen" if heard else "unreachable"

    def _tell(self, state: str, why: str) -> None:
        if (state, why) != (self._status["state"], self._status["why"]):
            since = self._status["since"] if state == self._status["state"] else time.time()
            self._status |= {"state": state, "why": why, "since": since}
            for viewer in list(self._viewers):
                viewer.sendText(msgspec.json.encode(self._status).decode())


class _Once:
    """A viewer that only waits for the first picture."""

    full = False

    def __init__(self, on_picture) -> None:
        self._on_picture = on_picture

    def sendText(self, text: str) -> None:
        pass

    def sendBytes(self, data: bytes) -> None:
        self._on_picture()


class CameraGateway:
    """`cameras`: id → anything with `.kind` (rtsp, hls, mjpeg, snapshot) and `.url`; it may change at run time."""

    def __init__(self, reactor, cameras: dict, settings: CameraSettings = CameraSettings()) -> None:
        self._reactor, self._cameras, self._settings = reactor, cameras, settings
        self._sources: dict[str, Source] = {}
        reactor.addSystemEventTrigger("before", "shutdown", self.stop)

    def watch(self, camera_id: str, viewer) -> None:
        """Begins sending to `viewer` until `leave`. Raises KeyError for an id that is not in the registry,
        ValueError for a kind that is not one of the four."""
        spec = self._cameras[camera_id]
        if spec.kind not in FEEDS:
            raise ValueError(f"camera {camera_id}: kind '{spec.kind}' is not one of {', '.join(FEEDS)}")
        if camera_id not in self._sources:
            idle = lambda: self._sources.pop(camera_id).stop()  # noqa: E731
            self._sources[camera_id] = Source(self._reactor, spec, self._settings, idle)
        self._sources[camera_id].add(viewer)

    def leave(self, camera_id: str, viewer) -> None:
        """Stops sending to `viewer`; harmless when it was not watching."""
        if camera_id in self._sources:
            self._sources[camera_id].remove(viewer)

    def running(self) -> list[str]:
        """Ids of the cameras that are connected or being connected now."""
        return sorted(self._sources)

    def stop(self) -> None:
        """Ends every source and its child process."""
        while self._sources:
            self._sources.popitem()[1].stop()

    def snapshot(self, camera_id: str, within: float = 10.0) -> defer.Deferred:
        """Deferred JPEG bytes of the camera now; TimeoutError after `within` seconds, KeyError as `watch`."""
        result: defer.Deferred = defer.Deferred()

        def look() -> None:
            source = self._sources.get(camera_id)
            if source is None or result.called or once.done:
                return
            if source.jpeg:
                once.done = True
                result.callback(source.jpeg)
            elif source.opening():
                once.done = True
                self._still(source.opening(), result)

        once = _Once(lambda: self._reactor.callLater(0, look))
        once.done = False
        try:
            self.watch(camera_id, once)
        except (KeyError, ValueError):
            return defer.fail()

        def left(answer):
            self.leave(camera_id, once)
            return answer

        return result.addTimeout(within, self._reactor).addBoth(left)

    def _still(self, video: bytes, result: defer.Deferred) -> None:
        picture = bytearray()

        def ended(why: str) -> None:
            if not result.called and picture:
                result.callback(bytes(picture))
            elif not result.called:
                result.errback(Malformed("the camera's video gave no picture; try again"))

        child = Child(picture.extend, ended)
        still = ["-protocol_whitelist", "pipe", "-i", "pipe:0", "-frames:v", "1", "-c:v", "mjpeg", "-f", "image2pipe"]
        spawn_ffmpeg(self._reactor, child, [*still, "pipe:1"])
        child.transport.write(video)
        child.transport.closeStdin()
