"""The ways pictures come from a camera: RTSP, HLS (both to fragmented MP4), MJPEG and snapshots (JPEG).

A feed calls `on_fragment(Fragment)` or `on_jpeg(bytes)` on its source, and once `on_fail(why)`, a
text of the family `camera`. `pace` is the pause between pictures (s) that is normal for it.
"""

from __future__ import annotations

import abc
from typing import Protocol, cast
from urllib.parse import urljoin, urlsplit

from twisted.internet import defer, task
from twisted.internet.interfaces import IProcessTransport
from twisted.python.failure import Failure

from console.cameras.boxes import BoxSplitter, Fragment, FragmentJoiner, JpegSplitter, MalformedMp4, NotH264
from console.cameras.child import ChildProcess, spawn_ffmpeg
from dispatch.fetching.fetch import Fetch, checked_address
from dispatch.fetching.reasons import NotFetched
from dispatch.timing.reactor import IReactor
from routing.text import Param, Text

_FMP4 = ["-an", "-sn", "-dn", "-c:v", "copy", "-f", "mp4", "-flush_packets", "1"]
_FMP4 += ["-movflags", "frag_every_frame+empty_moov+default_base_moof+omit_tfhd_offset", "pipe:1"]
_QUICK = {"fflags": "nobuffer", "analyzeduration": "500000", "probesize": "200000", "fpsprobesize": "1"}
_QUICK_LINE = [word for name, value in _QUICK.items() for word in (f"-{name}", value)]
_PLAYLIST_LIMIT, _SEGMENT_LIMIT, _PICTURE_LIMIT = 200_000, 8_000_000, 4_000_000


class Shows(Protocol):
    """What is told of a feed; see `console.cameras.source.CameraSource`."""

    def on_fail(self, why: Text) -> None: ...
    def on_fragment(self, fragment: Fragment) -> None: ...
    def on_jpeg(self, picture: bytes) -> None: ...


class CameraFeed(abc.ABC):
    """What the feeds share: one end, told once, and nothing after it."""

    pace = 0.0

    def __init__(self, reactor: IReactor, url: str, allow: tuple[str, ...], source: Shows) -> None:
        self._reactor, self._url, self._allow, self._source = reactor, url, allow, source
        self._over, self._fetch = False, Fetch(reactor, allow)
        self._child: ChildProcess | None = None

    def start(self) -> None:
        defer.Deferred.fromCoroutine(self._run()).addErrback(self._failed)

    @abc.abstractmethod
    async def _run(self) -> None:
        """Shows what the camera sends, until the end or `stop`."""

    def stop(self) -> None:
        """Ends the feed silently."""
        self._over = True
        self._fetch.stop()
        if self._child is not None:
            self._child.kill()

    def _failed(self, failure: Failure) -> None:
        # A library's message may repeat the address with its password, so only our own reasons are passed on.
        if isinstance(failure.value, NotFetched):
            self._fail(failure.value.kind, **failure.value.params)
        elif failure.check(NotH264):
            self._fail("not-h264")
        elif failure.check(MalformedMp4):
            self._fail("broken")
        elif failure.check(FileNotFoundError):
            self._fail("program")
        else:
            self._fail("unreachable")

    def _fail(self, kind: str, **params: Param) -> None:
        """`kind`: a word of the family `camera`."""
        if not self._over:
            self.stop()
            self._source.on_fail(Text(f"camera.{kind}", params))

    def _start_child(self, arguments: list[str]) -> ChildProcess:
        self._boxes, self._joiner = BoxSplitter(), FragmentJoiner()
        self._child = spawn_ffmpeg(self._reactor, ChildProcess(self._mp4, self._child_ended), [*arguments, *_FMP4])
        return self._child

    def _child_ended(self, why: str) -> None:
        said = self._child.said if self._child is not None else b""
        refused = b"401 Unauthorized" in said or b"403 Forbidden" in said
        # The init segment is written before the first packet: without it the camera never answered.
        self._fail("login" if refused else "ended" if self._joiner.opened else "unreachable")

    def _mp4(self, data: bytes) -> None:
        if self._over:
            return
        try:
            for kind, box in self._boxes.feed(data):
                fragment = self._joiner.feed(kind, box)
                if fragment is not None:
                    self._source.on_fragment(fragment)
        except NotH264:
            self._fail("not-h264")
        except MalformedMp4:
            self._fail("broken")


class RtspFeed(CameraFeed):
    """ffmpeg reads the camera itself; its address reaches it on stdin, so no password is on a command line."""

    async def _run(self) -> None:
        address = await checked_address(self._url, ("rtsp",), self._allow)
        if self._over:
            return
        parts = urlsplit(self._url)
        login = parts.netloc.rpartition("@")[0]
        host = f"[{address}]" if ":" in address else address
        place = (f"{login}@" if login else "") + host + (f":{parts.port}" if parts.port else "")
        pinned = parts._replace(netloc=place).geturl()
        reach = ["-protocol_whitelist", "pipe,rtsp,rtp,tcp", "-f", "concat", "-safe", "0"]
        child = self._start_child([*_QUICK_LINE, *reach, "-i", "pipe:0"])
        # The demuxer inside the script has options of its own; unset, it studies the stream for five seconds.
        options = {"rtsp_transport": "tcp", **_QUICK}
        script = ["ffconcat version 1.0", f"file '{pinned}'", *(f"option {k} {v}" for k, v in options.items())]
        wire = cast(IProcessTransport, child.transport)
        wire.write("\n".join([*script, ""]).encode())
        wire.closeStdin()


class HlsFeed(CameraFeed):
    """The playlist and its segments are fetched here, each address checked; ffmpeg only sees bytes."""

    async def _run(self) -> None:
        seen: set[str] = set()
        url, first = self._url, True
        while not self._over:
            text, base = await self._fetch.whole(url, _PLAYLIST_LIMIT)
            lines = [line.strip() for line in text.decode("utf-8", "replace").splitlines()]
            if not lines or lines[0] != "#EXTM3U":
                raise NotFetched("not-playlist")
            named = [urljoin(base, line) for line in lines if line and not line.startswith("#")]
            if any(line.startswith("#EXT-X-STREAM-INF") for line in lines):
                if not named or not first:
                    raise NotFetched("not-playlist")  # a list of lists of lists never ends
                url, first = self._with_login(named[0]), False
                continue
            if any(line.startswith(("#EXT-X-MAP", "#EXT-X-KEY")) and "METHOD=NONE" not in line for line in lines):
                raise NotFetched("segments")
            self.pace = _target_duration(lines)
            fresh = [one for one in named if one not in seen]
            for segment in fresh if seen else fresh[-2:]:  # begin near the live edge, not at the oldest
                data, _ = await self._fetch.whole(self._with_login(segment), _SEGMENT_LIMIT)
                if self._over:
                    return
                child = self._child
                if child is None:
                    reach = ["-protocol_whitelist", "pipe", *_QUICK_LINE, "-f", "mpegts", "-i", "pipe:0"]
                    child = self._start_child(reach)
                child.feed(data)
            first, seen = False, set(named)
            await task.deferLater(self._reactor, 0.4, lambda: None)

    def _with_login(self, url: str) -> str:
        """`url` with our credentials when it is on the camera's own host, bare otherwise."""
        ours, theirs = urlsplit(self._url), urlsplit(url)
        login = ours.netloc.rpartition("@")[0]
        bare = theirs.netloc.rpartition("@")[2]
        own = login and bare == ours.netloc.rpartition("@")[2]
        return theirs._replace(netloc=f"{login}@{bare}" if own else bare).geturl()


def _target_duration(lines: list[str]) -> float:
    """Seconds of EXT-X-TARGETDURATION (RFC 8216 section 4.3.3.1), at most 10; 1 when it is absent or unreadable."""
    for line in lines:
        name, _, value = line.partition(":")
        if name == "#EXT-X-TARGETDURATION" and value.isdecimal():
            return min(10.0, max(1.0, float(value)))
    return 1.0


class MjpegFeed(CameraFeed):
    """One endless multipart answer, cut into pictures."""

    async def _run(self) -> None:
        splitter = JpegSplitter(_PICTURE_LIMIT)

        def pictures(data: bytes) -> None:
            if self._over:
                return
            try:
                for picture in splitter.feed(data):
                    self._source.on_jpeg(picture)
            except MalformedMp4:
                raise NotFetched("too-big", limit=_PICTURE_LIMIT) from None

        await self._fetch.stream(self._url, pictures)
        self._fail("ended")


class SnapshotFeed(CameraFeed):
    """A picture a second."""

    pace = 1.0

    async def _run(self) -> None:
        while not self._over:
            picture, _ = await self._fetch.whole(self._url, _PICTURE_LIMIT)
            if self._over:
                return
            if not picture.startswith(b"\xff\xd8\xff"):
                raise NotFetched("not-jpeg")
            self._source.on_jpeg(picture)
            await task.deferLater(self._reactor, 1.0, lambda: None)


FEEDS: dict[str, type[CameraFeed]] = {"rtsp": RtspFeed, "hls": HlsFeed, "mjpeg": MjpegFeed, "snapshot": SnapshotFeed}
