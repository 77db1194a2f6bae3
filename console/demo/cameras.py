"""The demo city's cameras in one local process: a drawn scene as MJPEG, snapshot, HLS and RTSP.

    python -m console.demo.cameras --http 127.0.0.1:8180 --rtsp 127.0.0.1:8554 --ids CAM-01,CAM-02

    http://HOST/CAM-01/mjpeg   /CAM-01/snapshot.jpg   /CAM-01/hls/index.m3u8      rtsp://HOST/CAM-01

Nothing is drawn or encoded while nobody looks. HTTP asks for basic access and RTSP for digest access when a
password is given (`--user`, `--password`), so that passwords in camera addresses are exercised.
"""

from __future__ import annotations

import argparse
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from twisted.internet import defer, reactor, task
from twisted.internet.address import IPv4Address
from twisted.python.failure import Failure
from twisted.web import resource, server

from console.cameras.child import ChildProcess, spawn_ffmpeg
from console.demo.rtsp import NalSplitter, RtspFactory, RtspSession
from console.demo.scene import HEIGHT, WIDTH, draw_scene, jpeg
from dispatch.timing.timekeeper import keep_time

FRAMES = 10
_RAW = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FRAMES), "-i", "pipe:0"]
_X264 = ["-an", "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p"]
_X264 += ["-g", str(FRAMES), "-profile:v", "baseline", "-b:v", "700k", "-threads", "1"]
_IDLE = 10.0


class Encoder:
    """Feeds one camera's drawn frames to one ffmpeg while it runs."""

    def __init__(self, camera_id: str, output: list[str], on_bytes: Callable[[bytes], None]) -> None:
        self._camera_id = camera_id
        self._child = spawn_ffmpeg(reactor, ChildProcess(on_bytes, self._ended), [*_RAW, *_X264, *output])
        self._loop = task.LoopingCall(self._draw)
        self._loop.start(1 / FRAMES)

    def _draw(self) -> None:
        if not self._child.full:
            self._child.feed(draw_scene(self._camera_id, time.time()).tobytes())

    def _ended(self, why: str) -> None:
        self.stop()

    def stop(self) -> None:
        if self._loop.running:
            self._loop.stop()
        self._child.kill()

    @property
    def running(self) -> bool:
        return self._loop.running


class LiveH264:
    """One camera's H.264 for all RTSP clients: encodes while somebody watches."""

    def __init__(self, camera_id: str) -> None:
        self._camera_id = camera_id
        self._viewers: set[RtspSession] = set()
        self._waiting: list[defer.Deferred[None]] = []
        self._encoder: Encoder | None = None
        self._stamp, self.sps, self.pps = 0.0, b"", b""

    def ready(self) -> defer.Deferred[None]:
        """Fires once the parameter sets are known (they go into the session description)."""
        if self.sps and self.pps:
            return defer.succeed(None)
        waiting: defer.Deferred[None] = defer.Deferred()
        self._waiting.append(waiting)
        self._start()
        reactor.callLater(_IDLE, self._rest)
        return waiting

    def watch(self, viewer: RtspSession) -> None:
        self._viewers.add(viewer)
        self._start()

    def leave(self, viewer: RtspSession) -> None:
        self._viewers.discard(viewer)
        self._rest()

    def _start(self) -> None:
        if self._encoder is None or not self._encoder.running:
            self._nals, self._began = NalSplitter(), time.monotonic()
            output = ["-bsf:v", "h264_metadata=aud=insert", "-f", "h264", "pipe:1"]
            self._encoder = Encoder(self._camera_id, output, self._bytes)

    def _rest(self) -> None:
        if not self._viewers:
            self.stop()

    def stop(self) -> None:
        """Ends the encoder, if one runs."""
        if self._encoder is not None:
            self._encoder.stop()
            self._encoder = None

    def _bytes(self, data: bytes) -> None:
        for nal in self._nals.feed(data):
            kind = nal[0] & 0x1F
            if kind == 7:
                self.sps = nal
            elif kind == 8:
                self.pps = nal
                waiting, self._waiting = self._waiting, []
                for one in waiting:
                    one.callback(None)
            if kind == 9:  # the access unit delimiter starts a picture: all its units share one stamp
                self._stamp = time.monotonic() - self._began
                continue
            for viewer in list(self._viewers):
                viewer.send_nal(nal, self._stamp)


class HlsFolder:
    """One camera's HLS playlist and segments, encoded until nobody has asked for `_IDLE` seconds."""

    def __init__(self, camera_id: str, folder: Path) -> None:
        self._camera_id, self._folder, self._last = camera_id, folder, 0.0
        self._encoder: Encoder | None = None

    def file(self, name: str) -> defer.Deferred[bytes | None]:
        """The bytes of playlist or segment `name`, waiting up to 5 s for the first playlist; None if absent."""
        self._last = time.monotonic()
        if self._encoder is None or not self._encoder.running:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True)
            # Segment names carry a fresh word: after a restart no reader takes a new segment for an old one.
            pattern = str(self._folder / f"{secrets.token_hex(3)}-%05d.ts")
            keep = ["-hls_time", "1", "-hls_list_size", "4", "-hls_flags", "delete_segments"]
            output = ["-f", "hls", *keep, "-hls_segment_filename", pattern, str(self._folder / "index.m3u8")]
            self._encoder = Encoder(self._camera_id, output, lambda data: None)
            reactor.callLater(_IDLE, self._rest)
        return defer.Deferred.fromCoroutine(self._read(name, time.monotonic() + 5))

    async def _read(self, name: str, until: float) -> bytes | None:
        path = self._folder / name
        while name == "index.m3u8" and not path.exists() and time.monotonic() < until:
            await task.deferLater(reactor, 0.1, lambda: None)
        return path.read_bytes() if path.is_file() and path.parent == self._folder else None

    def _rest(self) -> None:
        if time.monotonic() - self._last < _IDLE:
            reactor.callLater(_IDLE, self._rest)
        else:
            self.stop()

    def stop(self) -> None:
        """Ends the encoder, if one runs."""
        if self._encoder is not None:
            self._encoder.stop()


class DemoSite(resource.Resource):
    """`/<camera>/mjpeg`, `/<camera>/snapshot.jpg`, `/<camera>/hls/<file>`."""

    isLeaf = True

    def __init__(self, hls: dict[str, HlsFolder], user: str, password: str) -> None:
        super().__init__()
        self._hls, self._user, self._password = hls, user.encode(), password.encode()

    def render_GET(self, request: server.Request) -> bytes | int:
        given = (request.getUser() or b"") + b":" + (request.getPassword() or b"")
        if self._password and not secrets.compare_digest(given, self._user + b":" + self._password):
            request.setResponseCode(401)
            request.setHeader("www-authenticate", 'Basic realm="democam"')
            return b"democam: user and password wanted\n"
        camera_id, _, what = request.path.decode("latin-1").strip("/").partition("/")
        if camera_id in self._hls and what == "snapshot.jpg":
            request.setHeader("content-type", "image/jpeg")
            return jpeg(draw_scene(camera_id, time.time()))
        if camera_id in self._hls and what == "mjpeg":
            return self._mjpeg(request, camera_id)
        if camera_id in self._hls and what.startswith("hls/"):
            gone: list[Failure] = []
            request.notifyFinish().addErrback(gone.append)
            self._hls[camera_id].file(what[4:]).addCallback(self._send_file, request, gone)
            return server.NOT_DONE_YET
        request.setResponseCode(404)
        return b"democam: no such camera or picture kind\n"

    def _send_file(self, data: bytes | None, request: server.Request, gone: list[Failure]) -> None:
        if gone:
            return
        request.setResponseCode(200 if data is not None else 404)
        playlist = request.path.endswith(b"m3u8")
        request.setHeader("content-type", "application/vnd.apple.mpegurl" if playlist else "video/mp2t")
        request.write(data or b"")
        request.finish()

    def _mjpeg(self, request: server.Request, camera_id: str) -> int:
        request.setHeader("content-type", "multipart/x-mixed-replace; boundary=frame")

        def send() -> None:
            picture = jpeg(draw_scene(camera_id, time.time()))
            head = b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(picture)
            request.write(head + picture + b"\r\n")

        loop = task.LoopingCall(send)
        request.notifyFinish().addErrback(lambda gone: loop.stop())
        loop.start(2 / FRAMES)
        return server.NOT_DONE_YET


def _place(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise argparse.ArgumentTypeError(f"'{text}' is not HOST:PORT, for example 127.0.0.1:8180")
    return host, int(port)


def _listen(place: tuple[str, int], factory: object) -> IPv4Address:
    # Twisted says which factories a port takes by a type of its own that ours cannot name.
    port = reactor.listenTCP(place[1], cast(Any, factory), interface=place[0])
    return cast(IPv4Address, port.getHost())


def main(arguments: list[str] | None = None) -> None:
    """Serves until ended; prints one line with both addresses once it listens (port 0 picks a free one)."""
    parser = argparse.ArgumentParser(prog="python -m console.demo.cameras", description=__doc__.splitlines()[0])
    parser.add_argument("--http", type=_place, default=("127.0.0.1", 8180), help="HOST:PORT for MJPEG, snapshot, HLS")
    parser.add_argument("--rtsp", type=_place, default=("127.0.0.1", 8554), help="HOST:PORT for RTSP")
    all_ids = ",".join(f"CAM-{i:02}" for i in range(1, 11))
    parser.add_argument("--ids", default=all_ids, help="camera ids, comma separated")
    parser.add_argument("--user", default="demo")
    parser.add_argument("--password", default="", help="ask for this password (default: none asked)")
    given = parser.parse_args(arguments)
    keep_time(reactor)
    ids = [one.strip() for one in given.ids.split(",") if one.strip()]
    # An encoder that was just killed may still finish a file while the folder is being emptied.
    with tempfile.TemporaryDirectory(prefix="democam-", ignore_cleanup_errors=True) as folder:
        hls = {one: HlsFolder(one, Path(folder) / f"{i}") for i, one in enumerate(ids)}
        live = {one: LiveH264(one) for one in ids}
        site = server.Site(DemoSite(hls, given.user, given.password))
        site.noisy = False
        streams = RtspFactory(live, given.user, given.password)
        http = _listen(given.http, site)
        rtsp = _listen(given.rtsp, streams)
        sources: list[LiveH264 | HlsFolder] = [*live.values(), *hls.values()]
        for source in sources:
            reactor.addSystemEventTrigger("before", "shutdown", source.stop)
        print(f"democam http {http.host}:{http.port} rtsp {rtsp.host}:{rtsp.port}", flush=True)
        reactor.run()


if __name__ == "__main__":
    main()
