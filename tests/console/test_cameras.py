"""Cameras as a dispatcher has them: real streams, real ffmpeg, several viewers, power cuts and passwords."""

from __future__ import annotations

import json
import os
import socket
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from twisted.logger import eventAsText, globalLogPublisher

from console.cameras.boxes import begins_with_key
from console.cameras.gateway import CameraGateway, GatewaySettings
from dispatch.fetching.fetch import allowed
from tests.console.conftest import DemoCameras
from tests.texts import english, indonesian

KINDS = ("rtsp", "mjpeg", "snapshot", "hls")
QUICK = GatewaySettings(
    camera_allow=("127.0.0.0/8",), linger=0.2, frozen_after=1.0, silent_after=3.0, lost_after=4.0, retry_at_most=0.5
)


class Viewer:
    """Keeps what a browser would be sent."""

    def __init__(self) -> None:
        self.full, self.texts, self.pieces = False, [], []

    def sendText(self, text: str) -> None:
        self.texts.append(json.loads(text))

    def sendBytes(self, data: bytes) -> None:
        self.pieces.append(data)

    @property
    def states(self) -> list[str]:
        return [text["state"] for text in self.texts if "state" in text]

    @property
    def status(self) -> dict:
        return next(text for text in reversed(self.texts) if "state" in text)


@pytest.fixture
def gateway_for(reactor_thread):
    """Makes gateways that are stopped at the end of the test."""
    made = []

    def make(settings: GatewaySettings = QUICK, **cameras) -> CameraGateway:
        specs = {name: SimpleNamespace(kind=kind, url=url) for name, (kind, url) in cameras.items()}
        made.append(reactor_thread.call(CameraGateway, reactor_thread.reactor, specs, settings))
        return made[-1]

    yield make
    for gateway in made:
        reactor_thread.call(gateway.stop)


def children() -> list[str]:
    """Command lines of the ffmpeg processes that this process has."""
    lines = []
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        for pid in (task / "children").read_text().split():
            try:
                lines.append(Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " "))
            except FileNotFoundError:
                continue  # it ended while we looked
    return [line for line in lines if "ffmpeg" in line]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_camera_gives_moving_pictures(kind, reactor_thread, demo_cameras, gateway_for):
    gateway, viewer = gateway_for(C=(kind, demo_cameras.url(kind))), Viewer()
    reactor_thread.call(gateway.watch, "C", viewer)
    reactor_thread.until(lambda: len(viewer.pieces) >= 4)
    assert viewer.states[0] == "connecting" and viewer.status["state"] == "live"
    assert viewer.status["why"] is None and 0 <= viewer.status["age"] < 5
    video = kind in ("rtsp", "hls")
    mime = next(text["mime"] for text in viewer.texts if "mime" in text)
    assert mime.startswith('video/mp4; codecs="avc1.') if video else mime == "image/jpeg"
    assert viewer.pieces[0][4:8] == b"ftyp" if video else viewer.pieces[0].startswith(b"\xff\xd8\xff")
    assert viewer.pieces[-1] != viewer.pieces[-2]


@pytest.mark.parametrize("kind", KINDS)
def test_a_snapshot_is_a_picture_of_now_and_leaves_nothing_running(kind, reactor_thread, demo_cameras, gateway_for):
    gateway = gateway_for(C=(kind, demo_cameras.url(kind)))
    picture = reactor_thread.call(gateway.snapshot, "C", 30.0)
    assert picture.startswith(b"\xff\xd8\xff") and picture.endswith(b"\xff\xd9")
    reactor_thread.until(lambda: not gateway.running() and not children())


def test_two_viewers_share_one_connection_and_the_last_to_leave_ends_it(reactor_thread, demo_cameras, gateway_for):
    gateway = gateway_for(C=("rtsp", demo_cameras.url("rtsp")))
    first, second = Viewer(), Viewer()
    reactor_thread.call(gateway.watch, "C", first)
    reactor_thread.until(lambda: len(first.pieces) > 3)
    reactor_thread.call(gateway.watch, "C", second)
    # The second sees the picture at once: it is sent what the first had since the last key picture.
    assert second.status["state"] == "live" and second.pieces[0] == first.pieces[0]
    assert len(children()) == 1
    reactor_thread.call(gateway.leave, "C", first)
    seen = len(second.pieces)
    reactor_thread.until(lambda: len(second.pieces) > seen)
    assert gateway.running() == ["C"] and len(children()) == 1
    reactor_thread.call(gateway.leave, "C", second)
    reactor_thread.until(lambda: not gateway.running() and not children())


def test_a_viewer_who_comes_back_within_the_linger_finds_the_connection_open(reactor_thread, demo_cameras, gateway_for):
    lasting = GatewaySettings(camera_allow=("127.0.0.0/8",), linger=3600.0)
    gateway = gateway_for(lasting, C=("mjpeg", demo_cameras.url("mjpeg")))
    viewer, again = Viewer(), Viewer()
    reactor_thread.call(gateway.watch, "C", viewer)
    reactor_thread.until(lambda: viewer.pieces)
    reactor_thread.call(gateway.leave, "C", viewer)
    reactor_thread.call(gateway.watch, "C", again)
    assert again.states == ["live"] and again.pieces


@pytest.mark.parametrize("kind", KINDS)
def test_a_power_cut_freezes_the_picture_says_so_and_heals(kind, reactor_thread, demo_cameras, gateway_for):
    gateway, viewer = gateway_for(C=(kind, demo_cameras.url(kind))), Viewer()
    reactor_thread.call(gateway.watch, "C", viewer)
    reactor_thread.until(lambda: viewer.pieces and viewer.status["state"] == "live")
    demo_cameras.kill()
    reactor_thread.until(lambda: viewer.status["state"] == "frozen")
    then = viewer.status["age"]
    late = Viewer()  # who begins to watch now is shown the last picture, and how old it has become meanwhile
    reactor_thread.call(gateway.watch, "C", late)
    assert late.status["state"] == "frozen" and late.status["age"] > then > 0 and late.pieces
    reactor_thread.until(lambda: viewer.status["state"] == "unreachable")
    assert indonesian(viewer.status["why"]) and english(viewer.status["why"])
    demo_cameras.start()
    reactor_thread.until(lambda: viewer.status["state"] == "live")
    seen = len(viewer.pieces)
    reactor_thread.until(lambda: len(viewer.pieces) > seen + 2)


def test_a_camera_that_accepts_and_says_nothing_is_given_up_and_tried_again(reactor_thread, gateway_for):
    with socket.create_server(("127.0.0.1", 0)) as dumb:
        knocks, ended = [], threading.Event()

        def accept() -> None:
            while not ended.is_set():
                knocks.append(dumb.accept()[0])

        threading.Thread(target=accept, daemon=True).start()
        port = dumb.getsockname()[1]
        gateway, viewer = gateway_for(C=("mjpeg", f"http://127.0.0.1:{port}/video")), Viewer()
        reactor_thread.call(gateway.watch, "C", viewer)
        reactor_thread.until(lambda: viewer.status["state"] == "unreachable" and len(knocks) >= 2)
        assert "no picture for" in english(viewer.status["why"])
        reactor_thread.call(gateway.stop)
        ended.set()
        socket.create_connection(("127.0.0.1", port)).close()
        for knock in knocks:
            knock.close()


def test_a_slow_viewer_misses_pictures_and_the_others_miss_none(reactor_thread, demo_cameras, gateway_for):
    gateway = gateway_for(C=("rtsp", demo_cameras.url("rtsp")))
    quick, slow = Viewer(), Viewer()
    for viewer in (quick, slow):
        reactor_thread.call(gateway.watch, "C", viewer)
    reactor_thread.until(lambda: len(slow.pieces) > 3)
    slow.full = True
    seen = len(slow.pieces), len(quick.pieces)
    reactor_thread.until(lambda: len(quick.pieces) > seen[1] + 5)
    assert len(slow.pieces) <= seen[0] + 1  # one may have been on its way when it filled
    kept = len(slow.pieces)
    slow.full = False
    reactor_thread.until(lambda: len(slow.pieces) > kept)
    # Its next picture is one at which decoding can begin.
    size = int.from_bytes(slow.pieces[kept][:4], "big")
    assert begins_with_key(slow.pieces[kept][:size])


@pytest.mark.parametrize("kind", KINDS)
def test_this_machine_is_no_camera_unless_it_is_allowed(kind, reactor_thread, demo_cameras, gateway_for):
    gateway = gateway_for(GatewaySettings(), C=(kind, demo_cameras.url(kind)))
    viewer = Viewer()
    reactor_thread.call(gateway.watch, "C", viewer)
    reactor_thread.until(lambda: viewer.status["state"] == "unreachable")
    assert "camera_allow" in indonesian(viewer.status["why"])
    assert not viewer.pieces


def test_the_addresses_a_camera_may_have():
    assert allowed("192.168.1.20", ()) and allowed("103.10.66.4", ()) and allowed("2001:4860:4860::8888", ())
    refused = ("127.0.0.1", "::1", "169.254.169.254", "fe80::1%eth0", "0.0.0.0", "224.0.0.1", "::ffff:127.0.0.1")
    assert not any(allowed(one, ()) for one in refused)
    assert allowed("127.0.0.1", ("127.0.0.0/8",)) and not allowed("::1", ("127.0.0.0/8",))


@pytest.fixture
def logged():
    """All that is written to the log during the test, one text an event."""
    lines = []

    def keep(event: dict) -> None:
        lines.append(eventAsText(event))

    globalLogPublisher.addObserver(keep)
    yield lines
    globalLogPublisher.removeObserver(keep)


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_password_is_named_as_such_and_never_shown(kind, reactor_thread, demo_cameras, gateway_for, logged):
    gateway, viewer = gateway_for(C=(kind, demo_cameras.url(kind, "salah-99"))), Viewer()
    reactor_thread.call(gateway.watch, "C", viewer)
    reactor_thread.until(lambda: viewer.status["state"] == "unreachable")
    assert "password" in english(viewer.status["why"]) and "kata sandi" in indonesian(viewer.status["why"])
    assert not any(secret in json.dumps(viewer.texts) for secret in ("salah-99", demo_cameras.user, "127.0.0.1"))
    assert logged == []


@pytest.mark.parametrize("kind", ("rtsp", "hls"))
def test_no_password_is_on_a_command_line(kind, reactor_thread, demo_cameras, gateway_for):
    gateway, viewer = gateway_for(C=(kind, demo_cameras.url(kind))), Viewer()
    reactor_thread.call(gateway.watch, "C", viewer)
    reactor_thread.until(lambda: viewer.pieces and viewer.status["state"] == "live")
    lines = children()
    assert lines and not any(DemoCameras.password in line or "127.0.0.1" in line for line in lines)
    assert DemoCameras.password not in json.dumps(viewer.texts)


@pytest.mark.parametrize(
    "url, says",
    [
        ("http://kamera simpang/", "badly written"),
        ("ftp://10.0.0.1/a.jpg", "badly written"),
        ("http://10.0.0.1:99999/", "badly written"),
        ("http://kamera.invalid/a.jpg", "host name is not known"),
    ],
)
def test_an_address_that_can_not_work_says_what_to_mend(url, says, reactor_thread, gateway_for):
    gateway, viewer = gateway_for(C=("snapshot", url)), Viewer()
    reactor_thread.call(gateway.watch, "C", viewer)
    reactor_thread.until(lambda: viewer.status["state"] == "unreachable")
    assert says in english(viewer.status["why"])


def test_an_unknown_camera_or_kind_is_an_error_at_once(reactor_thread, gateway_for):
    gateway = gateway_for(C=("telepati", "http://10.0.0.1/"))
    with pytest.raises(KeyError):
        reactor_thread.call(gateway.watch, "D", Viewer())
    with pytest.raises(ValueError, match="kind 'telepati' is not one of rtsp, hls, mjpeg, snapshot"):
        reactor_thread.call(gateway.watch, "C", Viewer())
    with pytest.raises(KeyError):
        reactor_thread.call(gateway.snapshot, "D")
