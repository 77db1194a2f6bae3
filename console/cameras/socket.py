"""Joins a browser's WebSocket to the camera gateway: pictures and states out, nothing in.

Close codes that the tile understands: 4401, the right to look has ended; 4403, this user may not watch the camera;
4404, no such camera.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from twisted.internet import reactor, task
from twisted.internet.interfaces import ITCPTransport
from twisted.python.failure import Failure
from twisted.web.server import Request
from twisted.web.websocket import WebSocketProtocol, WebSocketResource, WebSocketTransport
from wsproto.utilities import LocalProtocolError

from console.cameras.gateway import CameraGateway
from routing.city.records import CameraSpec

# A ping queues behind the pictures, so the age of an unanswered one is how late the browser sees them, whatever
# the system's send buffer (megabytes) makes the connection look like.
_PING_EVERY = 1.0
_LATE_AFTER = 1.5
_GONE_AFTER = 30.0


Watch = Callable[[Callable[[str], None]], Callable[[], None]]
"""Somebody's right to look: given what ends the looking when the right ends, it gives what says that nobody looks."""
MayWatch = Callable[[Request, str], Watch | None]


class _Wire(Protocol):
    """The connection below a WebSocket."""

    transport: ITCPTransport


class CameraSocket:
    """One tile."""

    def __init__(self, gateway: CameraGateway, camera_id: str, watch: Watch) -> None:
        self._gateway, self._camera_id, self._watch = gateway, camera_id, watch
        self._over: Callable[[], None] = lambda: None
        self._transport: WebSocketTransport | None = None
        self._asked_at: float | None = None
        self._pinging = task.LoopingCall(self._ping)

    @property
    def full(self) -> bool:
        """Whether the browser sees pictures so late that more of them would only make it later."""
        return self._asked_at is not None and reactor.seconds() - self._asked_at > _LATE_AFTER

    def negotiationStarted(self, transport: WebSocketTransport) -> None:
        self._transport = transport

    def negotiationFinished(self) -> None:
        # The HTTP channel stays registered as the connection's producer unless it is sent away, and with a
        # producer registered the connection never closes.
        if self._transport is not None:
            self._transport.detachProducer()
        self._pinging.start(_PING_EVERY, now=False)
        self._over = self._watch(lambda why: self._close(4401))
        self._gateway.watch(self._camera_id, self)

    def sendText(self, text: str) -> None:
        self._send(lambda transport: transport.sendTextMessage(text))

    def sendBytes(self, data: bytes) -> None:
        self._send(lambda transport: transport.sendBytesMessage(data))

    def _send(self, write: Callable[[WebSocketTransport], object]) -> None:
        if self._transport is None:
            return
        try:
            write(self._transport)
        except LocalProtocolError:  # the browser has said goodbye; only a write shows it
            self._leave()

    def _ping(self) -> None:
        if self._asked_at is None:
            self._asked_at = reactor.seconds()
            self._send(lambda transport: transport.ping())
        elif reactor.seconds() - self._asked_at > _GONE_AFTER:
            # A browser that vanished without a word would keep its camera running for many minutes.
            wire = self._transport
            self._leave()
            if wire is not None:
                cast(_Wire, wire).transport.abortConnection()

    def pongReceived(self, payload: bytes) -> None:
        self._asked_at = None

    def textMessageReceived(self, message: str) -> None:
        self._close(1008)  # a tile has nothing to say

    def bytesMessageReceived(self, data: bytes | bytearray) -> None:
        self._close(1008)

    def _close(self, code: int) -> None:
        if self._transport is not None:
            transport = self._transport
            self._leave()
            transport.loseConnection(code)

    def _leave(self) -> None:
        self._transport = None
        if self._pinging.running:
            self._pinging.stop()
        self._over()
        self._gateway.leave(self._camera_id, self)

    def connectionLost(self, reason: Failure) -> None:
        self._leave()


class _Closed:
    """Closes at once with a code: a browser is not told the HTTP status of a refused WebSocket."""

    def __init__(self, code: int) -> None:
        self._code = code

    def negotiationStarted(self, transport: WebSocketTransport) -> None:
        self._transport = transport

    def negotiationFinished(self) -> None:
        self._transport.detachProducer()
        self._transport.loseConnection(self._code)

    def pongReceived(self, payload: bytes) -> None:
        pass

    def textMessageReceived(self, message: str) -> None:
        pass

    def bytesMessageReceived(self, data: bytes | bytearray) -> None:
        pass

    def connectionLost(self, reason: Failure) -> None:
        pass


class CameraSocketFactory:
    """For `WebSocketResource`: the camera id is the last path segment, or `?camera=ID`.

    `may_watch(request, camera_id)` is the console's check of session, role and Origin, and the place where it journals
    the viewing; it gives the Watch, or None, which closes the socket with 4403 before anything is sent.
    """

    def __init__(self, gateway: CameraGateway, cameras: dict[str, CameraSpec], may_watch: MayWatch) -> None:
        self._gateway, self._cameras, self._may_watch = gateway, cameras, may_watch

    def buildProtocol(self, request: Request) -> WebSocketProtocol:
        named: list[bytes] = request.args.get(b"camera") or [request.path.rsplit(b"/", 1)[-1]]
        camera_id = named[0].decode("utf-8", "replace")
        watch = self._may_watch(request, camera_id)
        if not watch:
            return _Closed(4403)
        if camera_id not in self._cameras:
            return _Closed(4404)
        return CameraSocket(self._gateway, camera_id, watch)


def camera_resource(gateway: CameraGateway, cameras: dict[str, CameraSpec], may_watch: MayWatch) -> WebSocketResource:
    """The Twisted resource for `/anything/CAMERA-ID` below where it is put, as well as `?camera=ID`."""
    resource = WebSocketResource(CameraSocketFactory(gateway, cameras, may_watch))
    resource.isLeaf = True
    return resource
