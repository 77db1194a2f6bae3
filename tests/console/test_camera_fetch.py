"""What a web camera may answer, and where it must not be able to lead the server."""

from __future__ import annotations

import subprocess
from types import SimpleNamespace

import pytest
from twisted.web import resource, server

from console.cameras.gateway import CameraGateway, GatewaySettings
from tests.console.test_cameras import Viewer
from tests.texts import english, indonesian

PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n"


class OddCamera(resource.Resource):
    """Answers each path as the test says: (status, location or None, body). Keeps what it was asked."""

    isLeaf = True

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, tuple[int, str | None, bytes]] = {}
        self.asked: list[tuple[str, str | None]] = []

    def render_GET(self, request) -> bytes:
        path = request.path.decode()
        self.asked.append((path, request.getHeader("authorization")))
        status, location, body = self.answers.get(path, (404, None, b""))
        request.setResponseCode(status)
        if location is not None:
            request.setHeader("location", location)
        return body


@pytest.fixture
def odd_camera(reactor_thread):
    made = []

    def make() -> OddCamera:
        camera = OddCamera()
        site = server.Site(camera)
        made.append(reactor_thread.call(reactor_thread.reactor.listenTCP, 0, site, interface="127.0.0.1"))
        camera.host = f"127.0.0.1:{made[-1].getHost().port}"
        return camera

    yield make
    for listening in made:
        reactor_thread.call(listening.stopListening)


@pytest.fixture
def watch(reactor_thread):
    """Watches one camera and returns its viewer; everything ends with the test."""
    gateways = []

    def begin(kind: str, url: str) -> Viewer:
        viewer, cameras = Viewer(), {"C": SimpleNamespace(kind=kind, url=url)}
        allow = GatewaySettings(camera_allow=("127.0.0.1/32",))
        gateways.append(reactor_thread.call(CameraGateway, reactor_thread.reactor, cameras, allow))
        reactor_thread.call(gateways[-1].watch, "C", viewer)
        return viewer

    yield begin
    for gateway in gateways:
        reactor_thread.call(gateway.stop)


@pytest.mark.parametrize(
    "kind, answer, says",
    [
        ("snapshot", (404, None, b""), "the camera answers HTTP 404"),
        ("snapshot", (200, None, b"<html>Please log in</html>"), "gives no JPEG"),
        ("snapshot", (200, None, b"\xff\xd8\xff" + bytes(4_000_001)), "more than 4000000 bytes"),
        ("snapshot", (302, "/picture", b""), "redirects more than three times"),
        ("snapshot", (302, "http://169.254.169.254/latest/meta-data", b""), "address is not permitted"),
        ("snapshot", (302, "file:///etc/passwd", b""), "badly written"),
        ("mjpeg", (200, None, b"\xff\xd8\xff\xda\0\2" + bytes(4_000_001)), "more than 4000000 bytes"),
        ("mjpeg", (200, None, b"--frame\r\nnothing\r\n"), "ended its stream"),
        ("hls", (200, None, b"<html>Please log in</html>"), "gives no playlist"),
        ("hls", (200, None, f"{PLAYLIST}http://169.254.169.254/1.ts\n".encode()), "address is not permitted"),
        ("hls", (200, None, f"{PLAYLIST}file:///etc/passwd\n".encode()), "badly written"),
        ("hls", (200, None, b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n/picture\n"), "gives no playlist"),
        ("hls", (200, None, f'{PLAYLIST}#EXT-X-KEY:METHOD=AES-128,URI="k"\n1.ts\n'.encode()), "encrypted"),
        ("hls", (200, None, f'{PLAYLIST}#EXT-X-MAP:URI="init.mp4"\n1.m4s\n'.encode()), "not MPEG-TS"),
    ],
)
def test_an_odd_answer_is_named_and_leads_nowhere(kind, answer, says, odd_camera, watch, reactor_thread):
    camera = odd_camera()
    camera.answers["/picture"] = answer
    viewer = watch(kind, f"http://{camera.host}/picture")
    reactor_thread.until(lambda: viewer.status["state"] == "unreachable")
    assert says in english(viewer.status["why"])
    assert not viewer.pieces and {path for path, _ in camera.asked} == {"/picture"}


def test_the_password_goes_to_its_own_host_and_to_no_other(odd_camera, watch, reactor_thread):
    camera, stranger = odd_camera(), odd_camera()
    camera.answers["/live"] = (302, "/moved", b"")
    camera.answers["/moved"] = (302, f"http://{stranger.host}/there", b"")
    stranger.answers["/there"] = (200, None, b"\xff\xd8\xff picture \xff\xd9")
    viewer = watch("snapshot", f"http://petugas:rahas%40ia@{camera.host}/live")
    reactor_thread.until(lambda: viewer.status["state"] == "live")
    basic = "Basic cGV0dWdhczpyYWhhc0BpYQ=="  # petugas:rahas@ia
    assert camera.asked[:2] == [("/live", basic), ("/moved", basic)]
    assert stranger.asked[0] == ("/there", None)


def test_a_playlist_of_another_host_gets_no_password_for_its_segments(odd_camera, watch, reactor_thread):
    camera, stranger = odd_camera(), odd_camera()
    lines = f"{PLAYLIST}own.ts\nhttp://{stranger.host}/foreign.ts\n"
    camera.answers["/a/list.m3u8"] = (200, None, lines.encode())
    camera.answers["/a/own.ts"] = (200, None, b"G" * 188)
    watch("hls", f"http://u:p@{camera.host}/a/list.m3u8")
    reactor_thread.until(lambda: stranger.asked)
    assert camera.asked[:2] == [("/a/list.m3u8", "Basic dTpw"), ("/a/own.ts", "Basic dTpw")]
    assert stranger.asked[0] == ("/foreign.ts", None)


def test_h265_is_named_with_the_remedy(odd_camera, watch, reactor_thread, tmp_path):
    line = ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=10:duration=2"]
    line += ["-c:v", "libx265", "-x265-params", "log-level=none:keyint=10:pools=1", str(tmp_path / "one.ts")]
    subprocess.run(line, check=True, timeout=60)
    camera = odd_camera()
    camera.answers["/list.m3u8"] = (200, None, f"{PLAYLIST}one.ts\n".encode())
    camera.answers["/one.ts"] = (200, None, (tmp_path / "one.ts").read_bytes())
    viewer = watch("hls", f"http://{camera.host}/list.m3u8")
    reactor_thread.until(lambda: viewer.status["state"] == "unreachable")
    assert english(viewer.status["why"]) == "the camera's video is not H.264; set its stream to H.264 in the camera"
    assert indonesian(viewer.status["why"]).startswith("video kamera bukan H.264")
