"""The camera socket as a browser uses and misuses it, over real TCP."""

from __future__ import annotations

import json
import socket
from types import SimpleNamespace

import pytest
from twisted.web import server
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, BytesMessage, CloseConnection, Ping, Request, TextMessage

from console.cameras.gateway import CameraGateway, GatewaySettings
from console.cameras.socket import camera_resource


class Browser:
    """A WebSocket client that reads when asked to."""

    def __init__(self, port: int, path: str, holds: int | None = None) -> None:
        """`holds`: bytes that the network may keep for it unread, instead of the system's megabytes."""
        self._socket = socket.socket()
        if holds is not None:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, holds)
        self._socket.settimeout(30)
        self._socket.connect(("127.0.0.1", port))
        self._wire, self._pieces, self.code = WSConnection(ConnectionType.CLIENT), [], None
        self.texts, self.pictures = [], []
        self.send(Request(host="127.0.0.1", target=path))
        while not self._read(AcceptConnection):
            pass

    def send(self, event) -> None:
        self._socket.sendall(self._wire.send(event))

    def _read(self, wanted: type) -> bool:
        """Reads once; whether an event of type `wanted` came."""
        data = self._socket.recv(65_536)
        self._wire.receive_data(data or None)
        found = False
        for event in self._wire.events():
            found = found or isinstance(event, wanted)
            if isinstance(event, TextMessage | BytesMessage):
                self._pieces.append(event.data)
                if event.message_finished:
                    self._keep(self._pieces[0][:0].join(self._pieces))
                    self._pieces = []
            elif isinstance(event, Ping):
                self.send(event.response())
            elif isinstance(event, CloseConnection):
                self.code = event.code
        return found

    def _keep(self, message: str | bytes) -> None:
        if isinstance(message, str):
            self.texts.append(json.loads(message))
        else:
            self.pictures.append(bytes(message))

    def see(self, count: int) -> None:
        """Reads until `count` more pictures have come."""
        wanted = len(self.pictures) + count
        while len(self.pictures) < wanted:
            self._read(BytesMessage)

    def code_at_end(self) -> int | None:
        """The close code, after the server has really closed the connection."""
        try:
            while self.code is None:
                self._read(CloseConnection)
            while self._socket.recv(65_536):
                pass
        except ConnectionResetError:
            pass
        return self.code

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def site(reactor_thread, demo_cameras):
    """Two cameras behind a socket; `may_watch` is asked who may."""
    cameras = {kind: SimpleNamespace(kind=kind, url=demo_cameras.url(kind)) for kind in ("mjpeg", "rtsp")}
    allow = GatewaySettings(camera_allow=("127.0.0.0/8",), linger=0.1)
    found = SimpleNamespace(asked=[], answer=lambda end: lambda: None)

    def may_watch(request, camera_id: str):
        found.asked.append((camera_id, request.getHeader("host")))
        return found.answer

    def start():
        found.gateway = CameraGateway(reactor_thread.reactor, cameras, allow)
        root = camera_resource(found.gateway, cameras, may_watch)
        return reactor_thread.reactor.listenTCP(0, server.Site(root), interface="127.0.0.1")

    listening = reactor_thread.call(start)
    found.port = listening.getHost().port
    yield found
    reactor_thread.call(found.gateway.stop)
    reactor_thread.call(listening.stopListening)


def test_the_camera_is_named_by_the_path_or_by_the_query(site, reactor_thread):
    for path in ("/ws/cameras/mjpeg", "/ws/cameras?camera=mjpeg"):
        browser = Browser(site.port, path)
        browser.see(2)
        # A camera that runs already is live from the first word; otherwise it is being connected.
        assert browser.texts[0]["state"] in ("connecting", "live")
        assert {"mime": "image/jpeg", "pace": 0.0} in browser.texts
        browser.close()
    assert site.asked == [("mjpeg", "127.0.0.1")] * 2
    reactor_thread.until(lambda: not site.gateway.running())


def test_one_browsers_goodbye_leaves_the_others_their_pictures(site, reactor_thread):
    leaving, staying = Browser(site.port, "/mjpeg"), Browser(site.port, "/mjpeg")
    for browser in (leaving, staying):
        browser.see(1)
    leaving.send(CloseConnection(1000))
    staying.see(5)
    assert leaving.code_at_end() == 1000
    leaving.close()
    staying.see(2)
    staying.close()
    reactor_thread.until(lambda: not site.gateway.running())


@pytest.mark.parametrize("message", [TextMessage("halo"), BytesMessage(b"halo")])
def test_a_browser_that_talks_back_is_shown_the_door(site, reactor_thread, message):
    browser = Browser(site.port, "/mjpeg")
    browser.see(1)
    browser.send(message)
    assert browser.code_at_end() == 1008
    reactor_thread.until(lambda: not site.gateway.running())
    browser.close()


def test_who_may_not_watch_learns_so_before_the_camera_is_touched(site):
    site.answer = False
    browser = Browser(site.port, "/rtsp")
    assert browser.code_at_end() == 4403
    assert browser.texts == [] and site.gateway.running() == []
    browser.close()


def test_an_unknown_camera_has_a_code_of_its_own(site):
    browser = Browser(site.port, "/atlantis")
    assert browser.code_at_end() == 4404
    browser.close()


def test_a_browser_that_stops_reading_is_held_back_and_catches_up(site, reactor_thread):
    quick = Browser(site.port, "/mjpeg")
    quick.see(1)
    slow = Browser(site.port, "/mjpeg", holds=4_096)
    quick.see(40)
    meanwhile = set(quick.pictures)
    slow.see(1)
    while slow.pictures[-1] in meanwhile:
        slow.see(1)
    assert len(slow.pictures) < 35  # it missed some, the quick one none, and what it sees now is new
    for browser in (slow, quick):
        browser.close()
    reactor_thread.until(lambda: not site.gateway.running())
