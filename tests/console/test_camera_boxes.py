"""However a camera's bytes are cut on their way, and whatever they are, the splitters stay in their right mind."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.cameras.boxes import (
    BoxSplitter,
    FragmentJoiner,
    JpegSplitter,
    MalformedMp4,
    NotH264,
    begins_with_key,
    mime_of,
)


def box(kind: bytes, payload: bytes = b"") -> bytes:
    return struct.pack("!I4s", 8 + len(payload), kind) + payload


def long_box(kind: bytes, payload: bytes) -> bytes:
    return struct.pack("!I4sQ", 1, kind, 16 + len(payload)) + payload


def moof(sample_flags: int) -> bytes:
    """A moof whose only trun has first-sample-flags."""
    trun = box(b"trun", struct.pack("!III", 0x4, 1, sample_flags))
    return box(b"moof", box(b"traf", box(b"tfhd", struct.pack("!II", 0x020000, 1)) + trun))


def picture(body: bytes) -> bytes:
    """A JPEG as far as markers go: an APP1 with a thumbnail's end marker in it, a scan, the end."""
    scan = body.replace(b"\xff", b"\xff\x00")
    return b"\xff\xd8\xff\xe1\x00\x06..\xff\xd9" + b"\xff\xda\x00\x02" + scan + b"\xff\xd9"


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(p % (len(data) + 1) for p in places), len(data)]
    return [data[a:b] for a, b in zip(edges, edges[1:], strict=False)]


kinds = st.sampled_from([b"ftyp", b"moov", b"moof", b"mdat", b"free"])
boxes = st.lists(st.builds(box, kinds, st.binary(max_size=60)) | st.builds(long_box, kinds, st.binary(max_size=60)))


@given(boxes, st.lists(st.integers(0, 10_000)))
def test_any_cutting_gives_the_same_boxes(whole, places):
    splitter = BoxSplitter()
    found = [one for piece in cut(b"".join(whole), places) for one in splitter.feed(piece)]
    assert [data for _, data in found] == whole
    assert [kind for kind, _ in found] == [data[4:8] for data in whole]


@given(st.lists(st.binary(max_size=60)), st.lists(st.integers(0, 10_000)), st.binary(max_size=20))
def test_any_cutting_gives_the_same_pictures(bodies, places, between):
    pictures = [picture(body) for body in bodies]
    between = between.replace(b"\xff", b"-")
    stream = between + between.join(pictures) + between
    splitter = JpegSplitter()
    assert [one for piece in cut(stream, places) for one in splitter.feed(piece)] == pictures


@given(st.lists(st.binary(max_size=200)))
def test_any_bytes_raise_nothing_but_malformed(pieces):
    boxes, joiner, pictures = BoxSplitter(5_000), FragmentJoiner(), JpegSplitter(5_000)
    for piece in pieces:
        pictures.feed(piece)
        try:
            for kind, data in boxes.feed(piece):
                joiner.feed(kind, data)
        except MalformedMp4:
            return


@given(st.binary(max_size=120))
def test_a_damaged_moof_or_init_segment_raises_nothing_but_malformed(payload):
    for read, data in ((begins_with_key, box(b"moof", payload)), (mime_of, payload)):
        try:
            read(data)
        except MalformedMp4:
            pass


def test_a_box_larger_than_the_limit_is_refused_before_it_is_collected():
    with pytest.raises(MalformedMp4, match="claims 4294967295 bytes"):
        BoxSplitter(1_000).feed(struct.pack("!I4s", 0xFFFFFFFF, b"mdat"))


def test_a_picture_without_an_end_is_refused_at_the_limit():
    splitter = JpegSplitter(1_000)
    splitter.feed(b"\xff\xd8\xff\xda\x00\x02" + b"." * 900)
    with pytest.raises(MalformedMp4):
        splitter.feed(b"." * 200)


def test_the_init_segment_comes_once_and_each_picture_says_whether_decoding_can_begin_there():
    joiner = FragmentJoiner()
    start = box(b"ftyp", b"isom"), box(b"moov", b"...")
    key, later, data = moof(0x02000000), moof(0x01010000), box(b"mdat", b"picture")
    stream = [*start, key, data, box(b"free"), later, data, data]
    fragments = [f for one in stream if (f := joiner.feed(one[4:8], one)) is not None]
    assert [(f.init, f.key) for f in fragments] == [(True, False), (False, True), (False, False)]
    assert fragments[0].data == b"".join(start)
    assert fragments[1].data == key + data


def test_the_codec_is_read_from_the_init_segment():
    avcc = box(b"avcC", bytes((1, 0x64, 0x00, 0x1F)) + b"....")
    assert mime_of(box(b"moov", avcc)) == 'video/mp4; codecs="avc1.64001f"'
    with pytest.raises(NotH264):
        mime_of(box(b"moov", box(b"hvcC", b"....")))
