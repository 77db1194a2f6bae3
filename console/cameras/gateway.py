"""The camera gateway: one connection to a camera for all who watch it, opened on demand, closed with the last."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar, cast

from twisted.internet import defer
from twisted.internet.interfaces import IProcessTransport

from console.cameras.boxes import JpegSplitter
from console.cameras.child import ChildProcess, spawn_ffmpeg
from console.cameras.feeds import FEEDS
from console.cameras.source import CameraSource, GatewaySettings, Viewer
from dispatch.fetching.reasons import NotFetched
from dispatch.timing.reactor import IReactor
from routing.city.records import CameraSpec

__all__ = ["CameraGateway", "GatewaySettings"]


_Answer = TypeVar("_Answer")


class CameraGateway:
    """`cameras`: id → anything with `.kind` (rtsp, hls, mjpeg, snapshot) and `.url`; it may change at run time,
    and the next to watch a camera that nobody watches gets the new address."""

    def __init__(
        self,
        reactor: IReactor,
        cameras: dict[str, CameraSpec],
        settings: GatewaySettings = GatewaySettings(),  # noqa: B008
    ) -> None:
        self._reactor, self._cameras, self._settings = reactor, cameras, settings
        self._sources: dict[str, CameraSource] = {}
        reactor.addSystemEventTrigger("before", "shutdown", self.stop)

    def watch(self, camera_id: str, viewer: Viewer) -> None:
        """Begins sending to `viewer` (see `console.cameras.source`) until `leave`. Raises KeyError for an id that
        is not in the registry, ValueError for a kind that is not one of the four."""
        spec = self._cameras[camera_id]
        if spec.kind not in FEEDS:
            raise ValueError(f"camera {camera_id}: kind '{spec.kind}' is not one of {', '.join(FEEDS)}")
        if camera_id not in self._sources:
            idle = functools.partial(self._close, camera_id)
            self._sources[camera_id] = CameraSource(self._reactor, spec, self._settings, idle)
        self._sources[camera_id].add(viewer)

    def leave(self, camera_id: str, viewer: Viewer) -> None:
        """Stops sending to `viewer`; harmless when it was not watching."""
        if camera_id in self._sources:
            self._sources[camera_id].remove(viewer)

    def running(self) -> list[str]:
        """Ids of the cameras that are connected or being connected now."""
        return sorted(self._sources)

    def stop(self) -> None:
        """Ends every source and its child process."""
        for camera_id in self.running():
            self._close(camera_id)

    def snapshot(self, camera_id: str, within: float = 10.0) -> defer.Deferred[bytes]:
        """Deferred JPEG bytes of the camera now; TimeoutError after `within` seconds, KeyError as `watch`."""
        picture: defer.Deferred[bytes] = defer.Deferred()
        once = _FirstPicture(lambda: self._reactor.callLater(0, look))

        def look() -> None:
            source = self._sources.get(camera_id)
            if source is None or not source.live or once.found:
                return
            if source.jpeg:
                once.found = True
                picture.callback(source.jpeg)
            elif source.opening():
                once.found = True
                _last_still(self._reactor, source.opening()).chainDeferred(picture)

        def leave(answer: _Answer) -> _Answer:
            once.found = True
            self.leave(camera_id, once)
            return answer

        try:
            self.watch(camera_id, once)
        except (KeyError, ValueError):
            return defer.fail()
        return picture.addTimeout(within, self._reactor).addBoth(leave)

    def _close(self, camera_id: str) -> None:
        self._sources.pop(camera_id).stop()


class _FirstPicture:
    """A viewer that says when pictures come, until one has been `found` to be of now."""

    full = False

    def __init__(self, on_picture: Callable[[], object]) -> None:
        self._on_picture, self.found = on_picture, False

    def sendText(self, text: str) -> None:
        pass

    def sendBytes(self, data: bytes) -> None:
        if not self.found:
            self._on_picture()


def _last_still(reactor: IReactor, video: bytes) -> defer.Deferred[bytes]:
    """Deferred JPEG of the last picture in `video` (MP4 bytes); fails with NotFetched when there is none."""
    picture: defer.Deferred[bytes] = defer.Deferred()
    splitter, last = JpegSplitter(), [b""]

    def pictures(data: bytes) -> None:
        last[:] = [*last, *splitter.feed(data)][-1:]

    def ended(why: str) -> None:
        # The camera's picture was asked for by a person who may have given up: then nobody listens.
        if not picture.called:
            picture.callback(last[0]) if last[0] else picture.errback(NotFetched("broken"))

    still = ["-protocol_whitelist", "pipe", "-i", "pipe:0", "-c:v", "mjpeg", "-q:v", "4", "-f", "image2pipe", "pipe:1"]
    child = spawn_ffmpeg(reactor, ChildProcess(pictures, ended), still)
    wire = cast(IProcessTransport, child.transport)
    wire.write(video)
    wire.closeStdin()
    return picture
