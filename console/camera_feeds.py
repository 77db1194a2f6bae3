"""The ways pictures come from a camera: RTSP, HLS (both to fragmented MP4), MJPEG and snapshots (JPEG).

A feed calls `on_fragment(Fragment)` or `on_jpeg(bytes)`, and once `on_fail(why)` with a text safe to show.
"""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from twisted.internet import defer, task

from console.camera_boxes import BoxSplitter, FragmentJoiner, JpegSplitter, Malformed
from console.camera_child import Child, spawn_ffmpeg
from console.camera_fetch import Fetch, Refused, checked_address

_FMP4 = ["-an", "-sn", "-dn", "-c:v", "copy", "-f", "mp4", "-flush_packets", "1"]
_FMP4 += ["-movflags", "frag_every_frame+empty_moov+default_base_moof+omit_tfhd_offset", "pipe:1"]
_QUICK = ["-fflags", "nobuffer", "-analyzeduration", "500000", "-probesize", "200000"]
_SEGMENT_LIMIT = 8_000_000


class Feed:
    """What the feeds share: one end, told once, and nothing after it."""

    def __init__(self, reactor, url: str, allow: tuple[str, ...], source) -> None:
        self._reactor, self._url, self._allow, self._source = reactor, url, allow, source
        self._over, self._child, self._fetch = False, None, Fetch(reactor, allow)

    def start(self) -> None:
        defer.maybeDeferred(self._run).addErrback(self._failed)

    def stop(self) -> None:
        """Ends the feed silently."""
        self._over = True
        self._fetch.stop()
        if self._child is not None:
            self._child.kill()

    def _failed(self, failure) -> None:
        # Only our own texts are shown: a library's message may repeat the address with its password.
        known = failure.check(Refused, Malformed, FileNotFoundError)
        self._fail(str(failure.value) if known else "the camera can not be reached; check its power and network")

    def _fail(self, why: str) -> None:
        if not self._over:
            self.stop()
            self._source.on_fail(why)

    def _start_child(self, arguments: list[str]) -> None:
        self._boxes, self._joiner = BoxSplitter(), FragmentJoiner()
        self._child = spawn_ffmpeg(self._reactor, Child(self._mp4, self._child_ended), [*arguments, *_FMP4])

    def _child_ended(self, why: str) -> None:
        said = self._child.said
        if b"401" in said or b"403" in said:
            self._fail("the camera refuses its user or password; correct them in the camera registry")
        else:
            self._fail("the camera's stream ended or can not be reached; check its power and network")

    def _mp4(self, data: bytes) -> None:
        if self._over:
            return
        try:
            for kind, box in self._boxes.feed(data):
                fragment = self._joiner.feed(kind, box)
                if fragment is not None:
                    self._source.on_fragment(fragment)
        except Malformed as wrong:
            self._fail(str(wrong))


class RtspFeed(Feed):
    """ffmpeg reads the camera itself; its address reaches it on stdin, so no password is on a command line."""

    @defer.inlineCallbacks
    def _run(self):
        address = yield checked_address(self._url, ("rtsp",), self._allow)
        if self._over:
            return
        parts = urlsplit(self._url)
        login = parts.netloc.rpartition("@")[0]
        host = f"[{address}]" if ":" in address else address
        place = (f"{login}@" if login else "") + host + (f":{parts.port}" if parts.port else "")
        pinned = parts._replace(netloc=place).geturl()
        reach = ["-protocol_whitelist", "pipe,rtsp,rtp,tcp", "-f", "concat", "-safe", "0"]
        self._start_child([*_QUICK, *reach, "-i", "pipe:0"])
        self._child.transport.write(f"ffconcat version 1.0\nfile '{pinned}'\noption rtsp_transport tcp\n".encode())
        self._child.transport.closeStdin()


class HlsFeed(Feed):
    """The playlist and its segments are fetched here, each address checked; ffmpeg only sees bytes."""

    @defer.inlineCallbacks
    def _run(self):
        seen: set[str] = set()
        url, first = self._url, True
        while not self._over:
            text, base = yield self._fetch.whole(url, 200_000)
            lines = [line.strip() for line in text.decode("utf-8", "replace").splitlines()]
            if not lines or lines[0] != "#EXTM3U":
                raise Refused("the camera's HLS address does not give a playlist")
            named = [line for line in lines if line and not line.startswith("#")]
            if any(line.startswith("#EXT-X-STREAM-INF") for line in lines) and named:
                url = self._with_login(urljoin(base, named[0]))
                continue
            fresh = [one for one in (urljoin(base, n) for n in named) if one not in seen]
            for segment in fresh[-2:] if first else fresh:  # begin near the live edge, not at the oldest
                data, _ = yield self._fetch.whole(self._with_login(segment), _SEGMENT_LIMIT)
                if self._over:
                    return
                if self._child is None:
                    self._start_child(["-protocol_whitelist", "pipe", *_QUICK, "-f", "mpegts", "-i", "pipe:0"])
                self._child.feed(data)
            first, seen = first and not fresh, set(fresh) | {urljoin(base, n) for n in named}
            yield task.deferLater(self._reactor, 0.4, lambda: None)

    def _with_login(self, url: str) -> str:
        """`url` with our credentials when it is on the camera's own host, bare otherwise."""
        ours, theirs = urlsplit(self._url), urlsplit(url)
        bare = theirs.netloc.rpartition("@")[2]
        login = ours.netloc.rpartition("@")[0]
        own = login and bare == ours.netloc.rpartition("@")[2]
        return theirs._replace(netloc=f"{login}@{bare}" if own else bare).geturl()


class MjpegFeed(Feed):
    """One endless multipart answer, cut into pictures."""

    @defer.inlineCallbacks
    def _run(self):
        splitter = JpegSplitter()

        def pictures(data: bytes) -> None:
            if self._over:
                return
            try:
                for picture in splitter.feed(data):
                    self._source.on_jpeg(picture)
            except Malformed as wrong:
                self._fail(str(wrong))

        yield self._fetch.stream(self._url, pictures)
        self._fail("the camera ended its stream")


class SnapshotFeed(Feed):
    """A picture a second."""

    @defer.inlineCallbacks
    def _run(self):
        while not self._over:
            picture, _ = yield self._fetch.whole(self._url, 4_000_000)
            if self._over:
                return
            if not picture.startswith(b"\xff\xd8\xff"):
                raise Refused("the camera's snapshot is not a JPEG")
            self._source.on_jpeg(picture)
            yield task.deferLater(self._reactor, 1.0, lambda: None)


FEEDS = {"rtsp": RtspFeed, "hls": HlsFeed, "mjpeg": MjpegFeed, "snapshot": SnapshotFeed}
