"""A small RTSP 1.0 server (RFC 2326 subset, interleaved TCP, digest access) for the demo cameras.

H.264 goes out as RTP per RFC 6184: single NAL unit packets, and FU-A fragments for units over 1,400 bytes.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import struct
from collections.abc import Mapping, Sequence
from typing import Protocol

from twisted.internet import defer, protocol
from twisted.internet.interfaces import ITCPTransport
from twisted.python.failure import Failure

_CLOCK = 90_000
_PAYLOAD = 1_400


class NalSplitter:
    """Cuts an H.264 annex B byte stream into NAL units (without start codes), however it was chunked."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The units that `data` completes; the last one waits for the next start code."""
        self._rest += data
        parts = re.split(b"\x00\x00\x00?\x01", self._rest)
        if len(parts) < 2:
            return []
        last = self._rest.rfind(b"\x00\x00\x01")
        self._rest = self._rest[last:]
        return [p.rstrip(b"\x00") for p in parts[:-1] if p]


def packetise(nal: bytes) -> list[bytes]:
    """RTP payloads of one NAL unit: itself, or FU-A fragments (RFC 6184 section 5.8)."""
    if len(nal) <= _PAYLOAD:
        return [nal]
    indicator, kind, body = (nal[0] & 0xE0) | 28, nal[0] & 0x1F, nal[1:]
    cuts = [body[i : i + _PAYLOAD] for i in range(0, len(body), _PAYLOAD)]
    last = len(cuts) - 1
    marks = [(0x80 if i == 0 else 0) | (0x40 if i == last else 0) for i in range(len(cuts))]
    return [bytes((indicator, kind | mark)) + cut for mark, cut in zip(marks, cuts, strict=True)]


class LiveSource(Protocol):
    """The H.264 of one camera; `sps`, `pps`: its parameter sets, when it is `ready`."""

    sps: bytes
    pps: bytes

    def ready(self) -> defer.Deferred[None]: ...
    def watch(self, viewer: RtspSession) -> None: ...
    def leave(self, viewer: RtspSession) -> None: ...


class RtspSession(protocol.Protocol):
    """One client connection. `factory.source(id)` gives an H.264 source with watch/leave/sps/pps."""

    transport: ITCPTransport
    factory: RtspFactory

    def connectionMade(self) -> None:
        self._buffer, self._nonce, self._session = b"", secrets.token_hex(8), secrets.token_hex(6)
        self._sequence, self._ssrc, self._started = 0, secrets.randbits(32), False
        self._source: LiveSource | None = None
        self._channel = 0

    def connectionLost(self, reason: Failure = protocol.connectionDone) -> None:
        self._stop()

    def _stop(self) -> None:
        if self._source is not None:
            self._source.leave(self)
            self._source = None

    def dataReceived(self, data: bytes) -> None:
        self._buffer += data
        if len(self._buffer) > 65_536:
            self.transport.abortConnection()
            return
        while self._buffer:
            if self._buffer[:1] == b"$":  # the client's RTCP: counted past, not needed
                if len(self._buffer) < 4 or len(self._buffer) < 4 + int.from_bytes(self._buffer[2:4], "big"):
                    return
                self._buffer = self._buffer[4 + int.from_bytes(self._buffer[2:4], "big") :]
                continue
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            self._buffer = rest
            self._request(head.decode("latin-1").split("\r\n"))

    def _request(self, lines: list[str]) -> None:
        words = lines[0].split(" ")
        headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
        sequence = headers.get("cseq", "0")
        if len(words) != 3:
            return self._answer("400 Bad Request", sequence)
        method, address = words[0], words[1]
        if method == "OPTIONS":
            return self._answer("200 OK", sequence, ["Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER"])
        if not self._allowed(method, headers.get("authorization", "")):
            ask = f'WWW-Authenticate: Digest realm="democam", nonce="{self._nonce}"'
            return self._answer("401 Unauthorized", sequence, [ask])
        source = self.factory.source(re.sub(r"^rtsp://[^/]*/", "", address).split("/")[0])
        if source is None:
            return self._answer("404 Not Found", sequence)
        known = source
        session = f"Session: {self._session};timeout=60"
        if method == "DESCRIBE":
            source.ready().addCallback(lambda _: self._describe(known, address, sequence))
        elif method == "SETUP":
            lanes = re.search(r"interleaved=(\d+)-(\d+)", headers.get("transport", ""))
            if not lanes:
                return self._answer("461 Unsupported Transport", sequence)
            self._channel = int(lanes[1]) & 0xFF
            carry = f"Transport: RTP/AVP/TCP;unicast;interleaved={lanes[1]}-{lanes[2]}"
            self._answer("200 OK", sequence, [carry, session])
        elif method == "PLAY":
            self._answer("200 OK", sequence, [session, "Range: npt=0.000-"])
            if self._source is None:
                self._source = source
                source.watch(self)
        elif method == "TEARDOWN":
            self._stop()
            self._answer("200 OK", sequence, [session])
        elif method == "GET_PARAMETER":
            self._answer("200 OK", sequence, [session])
        else:
            self._answer("501 Not Implemented", sequence)

    def _allowed(self, method: str, given: str) -> bool:
        """Checks digest access without qop (RFC 2617 section 3.2.2.1, as RTSP 1.0 clients use it)."""
        if not self.factory.password:
            return True
        fields = dict[str, str](re.findall(r'(\w+)="([^"]*)"', given))
        first = hashlib.md5(f"{self.factory.user}:democam:{self.factory.password}".encode()).hexdigest()
        second = hashlib.md5(f"{method}:{fields.get('uri', '')}".encode()).hexdigest()
        wanted = hashlib.md5(f"{first}:{self._nonce}:{second}".encode()).hexdigest()
        return secrets.compare_digest(fields.get("response", "").encode(), wanted.encode())

    def _describe(self, source: LiveSource, address: str, sequence: str) -> None:
        sets = ",".join(base64.b64encode(x).decode() for x in (source.sps, source.pps))
        body = (
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=demo\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\n"
            f"a=rtpmap:96 H264/{_CLOCK}\r\na=fmtp:96 packetization-mode=1;profile-level-id={source.sps[1:4].hex()};"
            f"sprop-parameter-sets={sets}\r\na=control:track0\r\n"
        )
        self._answer("200 OK", sequence, [f"Content-Base: {address}/", "Content-Type: application/sdp"], body)

    def _answer(self, status: str, sequence: str, extra: Sequence[str] = (), body: str = "") -> None:
        lines = [f"RTSP/1.0 {status}", f"CSeq: {sequence}", *extra, f"Content-Length: {len(body)}", "", body]
        self.transport.write("\r\n".join(lines).encode())

    def send_nal(self, nal: bytes, when: float) -> None:
        """Sends one unit stamped `when` (seconds on the source's clock); waits for parameter sets to begin with."""
        kind = nal[0] & 0x1F
        self._started = self._started or kind == 7
        if not self._started:
            return
        stamp, payloads = int(when * _CLOCK) & 0xFFFFFFFF, packetise(nal)
        for i, payload in enumerate(payloads):
            mark = 0x80 if i == len(payloads) - 1 and kind in (1, 5) else 0
            head = struct.pack("!BBHII", 0x80, 96 | mark, self._sequence, stamp, self._ssrc)
            self._sequence = (self._sequence + 1) & 0xFFFF
            size = struct.pack("!cBH", b"$", self._channel, len(head) + len(payload))
            self.transport.write(size + head + payload)


class RtspFactory(protocol.Factory):
    """Serves `sources` (camera id → source) to callers who know `user` and `password` (empty: everybody)."""

    protocol = RtspSession  # type: ignore[assignment]  # Twisted binds its own type for protocols with a factory
    noisy = False

    def __init__(self, sources: Mapping[str, LiveSource], user: str, password: str) -> None:
        self._sources, self.user, self.password = sources, user, password

    def source(self, camera_id: str) -> LiveSource | None:
        return self._sources.get(camera_id)
