"""Joins a browser's WebSocket to the camera gateway: pictures and states out, nothing in."""

from __future__ import annotations

from collections.abc import Callable

from twisted.web.websocket import ConnectionRejected

from console.cameras import CameraGateway


class CameraSocket:
    """One tile. `full` while the browser has not taken what was sent, so that pictures are dropped for it."""

    def __init__(self, gateway: CameraGateway, camera_id: str) -> None:
        self._gateway, self._camera_id, self._transport, self.full = gateway, camera_id, None, False

    def negotiationStarted(self, transport) -> None:
        self._pending = transport

    def negotiationFinished(self) -> None:
        self._transport = self._pending
        self._transport.attachProducer(self)
        self._gateway.watch(self._camera_id, self)

    def pauseProducing(self) -> None:
        self.full = True

    def resumeProducing(self) -> None:
        self.full = False

    def stopProducing(self) -> None:
        self.full = True

    def sendText(self, text: str) -> None:
        if self._transport is not None:
            self._transport.sendTextMessage(text)

    def sendBytes(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.sendBytesMessage(data)

    def pongReceived(self, payload: bytes) -> None:
        pass

    def textMessageReceived(self, message: str) -> None:
        self._transport.loseConnection(1008)  # a tile has nothing to say

    def bytesMessageReceived(self, data: bytes) -> None:
        self._transport.loseConnection(1008)

    def connectionLost(self, reason) -> None:
        self._transport = None
        self._gateway.leave(self._camera_id, self)


class CameraSocketFactory:
    """For `WebSocketResource`: the camera id is the last path segment, or `?camera=ID`.

    `may_watch(request, camera_id) -> bool` is the console's check of session, role and Origin, and the place
    where it journals the viewing; False closes the door with 403.
    """

    def __init__(self, gateway: CameraGateway, cameras: dict, may_watch: Callable) -> None:
        self._gateway, self._cameras, self._may_watch = gateway, cameras, may_watch

    def buildProtocol(self, request) -> CameraSocket:
        named = request.args.get(b"camera") or [request.path.rsplit(b"/", 1)[-1]]
        camera_id = named[0].decode("utf-8", "replace")
        if camera_id not in self._cameras or not self._may_watch(request, camera_id):
            raise ConnectionRejected(403)
        return CameraSocket(self._gateway, camera_id)
