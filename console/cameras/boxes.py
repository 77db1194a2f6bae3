"""Cuts a fragmented MP4 byte stream into boxes and fragments (ISO/IEC 14496-12), and names its codec.

Pure. Raises `MalformedMp4` on a stream that is not MP4 or asks for more than `limit` bytes of memory.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

_NON_SYNC = 0x0001_0000


class MalformedMp4(ValueError):
    """The bytes are not a fragmented MP4 that we can pass on."""


class NotH264(MalformedMp4):
    """The video is in a codec that browsers do not all play."""


class Fragment(msgspec.Struct, frozen=True):
    """`init`: ftyp+moov; otherwise one moof+mdat. `key`: decoding can begin here."""

    data: bytes
    init: bool
    key: bool


class BoxSplitter:
    """Bytes in by `feed`, whole top-level boxes out as (type, bytes with header), however they were chunked."""

    def __init__(self, limit: int = 4_000_000) -> None:
        self._rest, self._limit = bytearray(), limit

    def feed(self, data: bytes) -> list[tuple[bytes, bytes]]:
        """The boxes that `data` completes. Raises MalformedMp4 on an impossible or oversized length."""
        self._rest += data
        boxes = []
        while len(self._rest) >= 8:
            size, head = int.from_bytes(self._rest[:4], "big"), 8
            if size == 1:
                if len(self._rest) < 16:
                    break
                size, head = int.from_bytes(self._rest[8:16], "big"), 16
            if size < head or size > self._limit:
                kind = bytes(self._rest[4:8])
                raise MalformedMp4(f"box {kind!r} claims {size} bytes; allowed {head} to {self._limit}")
            if len(self._rest) < size:
                break
            boxes.append((bytes(self._rest[4:8]), bytes(self._rest[:size])))
            del self._rest[:size]
        return boxes


class FragmentJoiner:
    """Boxes in, `Fragment`s out: the init segment once, then each moof with its mdat."""

    def __init__(self) -> None:
        self._held, self.opened = b"", False

    def feed(self, kind: bytes, box: bytes) -> Fragment | None:
        """The fragment that this box completes, if any; boxes a player does not need are dropped."""
        if kind in (b"ftyp", b"moof"):
            self._held = box
        elif kind == b"moov":
            self.opened = True
            return Fragment(self._held + box, True, False)
        elif kind == b"mdat" and self._held[4:8] == b"moof":
            whole, moof, self._held = self._held + box, self._held, b""
            return Fragment(whole, False, begins_with_key(moof))
        return None


def children(box: bytes, skip: int = 8) -> Iterator[tuple[bytes, bytes]]:
    """The (type, bytes with header) of each box inside `box`, after `skip` bytes of header."""
    at = skip
    while at + 8 <= len(box):
        size = int.from_bytes(box[at : at + 4], "big")
        if size < 8 or at + size > len(box):
            raise MalformedMp4(f"box inside {box[4:8]!r} at byte {at} claims {size} bytes of {len(box) - at}")
        yield box[at + 4 : at + 8], box[at : at + size]
        at += size


def _first(box: bytes, kind: bytes, skip: int = 8) -> bytes | None:
    return next((found for name, found in children(box, skip) if name == kind), None)


def begins_with_key(moof: bytes) -> bool:
    """Whether the first sample of a moof is a sync sample (8.8.7 tfhd, 8.8.8 trun; absent flags mean yes)."""
    traf = _first(moof, b"traf")
    if traf is None:
        return False
    tfhd, trun = _first(traf, b"tfhd"), _first(traf, b"trun")
    if tfhd is None or trun is None:
        return False
    flags = int.from_bytes(trun[9:12], "big")
    at = 16 + (4 if flags & 0x1 else 0)
    if flags & 0x4:
        return not int.from_bytes(trun[at : at + 4], "big") & _NON_SYNC
    if flags & 0x400:
        at += (4 if flags & 0x100 else 0) + (4 if flags & 0x200 else 0)
        return not int.from_bytes(trun[at : at + 4], "big") & _NON_SYNC
    flags = int.from_bytes(tfhd[9:12], "big")
    if flags & 0x20:
        at = 16 + sum(size for bit, size in ((0x1, 8), (0x2, 4), (0x8, 4), (0x10, 4)) if flags & bit)
        return not int.from_bytes(tfhd[at : at + 4], "big") & _NON_SYNC
    return True


def mime_of(init: bytes) -> str:
    """`video/mp4; codecs="avc1.PPCCLL"` from the avcC box (ISO/IEC 14496-15) of an init segment.

    Raises NotH264 when there is no such box: the codec has to be switched to H.264 in the camera.
    """
    at = init.find(b"avcC")
    if at < 0 or at + 8 > len(init):
        raise NotH264("no avcC box in the init segment")
    return f'video/mp4; codecs="avc1.{init[at + 5 : at + 8].hex()}"'


def _picture_end(data: bytes, start: int) -> int:
    """Index after the JPEG that starts at `start`, or -1 when it is not all there (ITU-T T.81 annex B).

    Segments before the scan are stepped over by their length: a thumbnail in one has an end marker of its own.
    """
    at = start + 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))
    if at + 4 > len(data):
        return -1
    # Inside entropy-coded data 0xFF is always followed by 0x00 or a restart marker, so FFD9 is the end.
    end = data.find(b"\xff\xd9", at)
    return end + 2 if end >= 0 else -1


class JpegSplitter:
    """Finds whole JPEG files in a multipart stream, whose part headers real cameras often get wrong."""

    def __init__(self, limit: int = 4_000_000) -> None:
        self._rest, self._limit = b"", limit

    def feed(self, data: bytes) -> list[bytes]:
        """The pictures that `data` completes. Raises MalformedMp4 when `limit` bytes hold no end of picture."""
        self._rest += data
        pictures = []
        while (start := self._rest.find(b"\xff\xd8\xff")) >= 0:
            end = _picture_end(self._rest, start)
            if end < 0:
                self._rest = self._rest[start:]
                break
            pictures.append(self._rest[start:end])
            self._rest = self._rest[end:]
        else:
            self._rest = self._rest[-2:]  # the start marker may be cut in two
        if len(self._rest) > self._limit:
            raise MalformedMp4(f"no end of a JPEG within {self._limit} bytes")
        return pictures
