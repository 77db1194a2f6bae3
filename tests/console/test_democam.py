"""The demo cameras on their own: what their addresses give, whom they refuse, what they leave behind."""

from __future__ import annotations

import base64
import io
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from console.demo.rtsp import NalSplitter, packetise
from console.demo.scene import HEIGHT, WIDTH, draw_scene, jpeg
from tests.console.conftest import ROOT, DemoCameras


def get(cameras: DemoCameras, path: str, password: str = DemoCameras.password) -> bytes:
    pair = base64.b64encode(f"{DemoCameras.user}:{password}".encode()).decode()
    request = urllib.request.Request(f"http://{cameras.http}{path}", headers={"Authorization": f"Basic {pair}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def descendants(pid: int) -> list[int]:
    below = [int(p) for f in Path(f"/proc/{pid}/task").glob("*/children") for p in f.read_text().split()]
    return below + [deeper for one in below for deeper in descendants(one)]


def test_a_snapshot_is_a_picture_of_the_made_up_scene(demo_cameras):
    picture = Image.open(io.BytesIO(get(demo_cameras, "/CAM-01/snapshot.jpg")))
    assert picture.size == (WIDTH, HEIGHT)
    assert ImageChops.difference(picture.convert("RGB"), Image.new("RGB", picture.size)).getbbox()


@pytest.mark.parametrize(
    "path, password, status",
    [
        ("/CAM-01/snapshot.jpg", "tebakan", 401),
        ("/CAM-99/snapshot.jpg", DemoCameras.password, 404),
        ("/CAM-01/hls/../../etc/passwd", DemoCameras.password, 404),
        ("/CAM-01/hls/%2e%2e%2f1%2findex.m3u8", DemoCameras.password, 404),
    ],
)
def test_strangers_and_strange_paths_are_refused(path, password, status, demo_cameras):
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(demo_cameras, path, password)
    assert refused.value.code == status


def test_a_playlist_names_segments_that_exist_and_the_end_leaves_no_encoder(demo_cameras):
    lines = get(demo_cameras, "/CAM-04/hls/index.m3u8").decode().splitlines()
    assert lines[0] == "#EXTM3U"
    segment = get(demo_cameras, "/CAM-04/hls/" + next(line for line in lines if not line.startswith("#")))
    assert segment[0] == 0x47 and len(segment) % 188 == 0  # MPEG-TS packets
    encoders = descendants(demo_cameras.process.pid)
    assert encoders
    demo_cameras.process.terminate()
    assert demo_cameras.process.wait(20) == 0
    demo_cameras.process.stdout.close()
    assert not any(b"ffmpeg" in f.read_bytes() for one in encoders if (f := Path(f"/proc/{one}/cmdline")).exists())


def test_rtsp_asks_for_the_password_and_plays_with_it(demo_cameras):
    def play(url: str) -> subprocess.CompletedProcess:
        line = ["ffmpeg", "-loglevel", "error", "-rtsp_transport", "tcp", "-i", url]
        return subprocess.run(
            [*line, "-frames:v", "3", "-f", "framemd5", "-"], capture_output=True, text=True, timeout=60
        )

    refused = play(demo_cameras.url("rtsp", "tebakan"))
    assert refused.returncode != 0 and "401 Unauthorized" in refused.stderr
    played = play(demo_cameras.url("rtsp"))
    frames = {line.rsplit(",", 1)[-1].strip() for line in played.stdout.splitlines() if not line.startswith("#")}
    assert played.returncode == 0 and len(frames) == 3  # three pictures, no two alike


def test_a_place_that_is_no_place_is_explained():
    line = [sys.executable, "-m", "console.demo.cameras", "--http", "delapan"]
    said = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert said.returncode == 2 and "'delapan' is not HOST:PORT, for example 127.0.0.1:8180" in said.stderr


def test_the_same_moment_gives_the_same_picture_and_the_next_another():
    first, again, later = (draw_scene("CAM-07", now) for now in (1_800_000_000.0, 1_800_000_000.0, 1_800_000_001.0))
    assert first.tobytes() == again.tobytes() != later.tobytes()
    assert draw_scene("CAM-08", 1_800_000_000.0).tobytes() != first.tobytes()
    assert jpeg(first).startswith(b"\xff\xd8\xff")


def test_units_are_cut_at_start_codes_and_packed_for_the_network():
    units = [b"\x67" + b"s" * 9, b"\x68" + b"p" * 4, b"\x65" + bytes(range(1, 200)) * 20]
    splitter, stream = NalSplitter(), b"".join(b"\0\0\0\1" + unit for unit in units) + b"\0\0\1\x09"
    found = [unit for i in range(0, len(stream), 7) for unit in splitter.feed(stream[i : i + 7])]
    assert found == units
    assert packetise(units[0]) == [units[0]]
    parts = packetise(units[2])
    assert all(part[0] & 0x1F == 28 and len(part) <= 1_402 for part in parts)  # FU-A
    assert parts[0][1] == 0x85 and parts[-1][1] == 0x45  # first and last carry the start and end bits
    assert b"".join(part[2:] for part in parts) == units[2][1:]
