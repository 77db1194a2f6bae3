"""The control room's end of the wire: reports in, acknowledgements and orders out, always trying to be connected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from twisted.application import service
from twisted.internet import protocol, task, threads
from twisted.logger import Logger

from dispatch.events import OrderIssued
from dispatch.inputs import Report
from dispatch.room import Committed, ControlRoom
from telephony import wire

log = Logger()
_PING_EVERY, _RETRY_AFTER = 1.0, 0.3
_ORDER_FIELDS = tuple(name for name in wire.Order.__struct_fields__ if name != "number")


class SwitchLink(protocol.ReconnectingClientFactory):
    """A room listener: what was committed and concerns the switch goes out, and only then."""

    noisy = False
    initialDelay = _RETRY_AFTER
    maxDelay = 1.0
    factor = 1.5

    def __init__(self, reactor, room: ControlRoom, path: Path, phones: Callable[[], dict[str, str]]) -> None:
        self._reactor, self._room, self._path, self._phones = reactor, room, path, phones
        self._connection: _Connection | None = None
        self._ping = task.LoopingCall(self._alive)
        room.listen(self)

    def start(self) -> None:
        self._reactor.connectUNIX(str(self._path), self, timeout=2)
        self._ping.start(_PING_EVERY, now=False)

    def stop(self) -> None:
        self.stopTrying()
        self._ping.stop()
        if self._connection is not None:
            self._connection.transport.loseConnection()

    @property
    def up(self) -> bool:
        return self._connection is not None and bool(self._connection.boot)

    def expect(self, ticket: str, position: str, user: str) -> bool:
        """Announces a browser's call; False when the switch is not there."""
        return self._send(wire.Expect(ticket=ticket, position=position, user=user))

    def tell_phones(self) -> None:
        """Who may dial in; the database is asked on a thread."""
        asked = threads.deferToThread(self._phones)
        asked.addCallback(lambda known: self._send(wire.Phones(known=known)))
        asked.addErrback(lambda failure: log.warn("phones: {why}", why=failure.getErrorMessage()))

    def _send(self, message: wire.Message) -> bool:
        if self._connection is None:
            return False
        self._connection.transport.write(wire.line(message))
        return True

    def _alive(self) -> None:
        if not self._room.trouble:  # a room that cannot write is as good as silent: the standing orders take over
            self._send(wire.Ping())

    # -- listener
    def committed(self, batch: list[Committed]) -> None:
        acks: dict[str, int] = {}
        for one in batch:
            if one.event.src is not None:
                acks[one.event.src[0]] = one.event.src[1]
            if isinstance(one.event, OrderIssued) and self._connection is not None and self._connection.boot:
                self._connection.transport.write(wire.line(_order(one.entry.seq, one.event)))
        for boot, number in acks.items():
            self._send(wire.Ack(boot=boot, number=number))

    # -- connection
    def buildProtocol(self, addr) -> _Connection:
        self.resetDelay()
        return _Connection(self)

    def came(self, connection: _Connection) -> None:
        self._connection = connection
        self.tell_phones()

    def left(self, connection: _Connection) -> None:
        if self._connection is connection:
            self._connection = None
            if connection.boot:
                self._room.gone(connection.boot).addErrback(lambda f: log.failure("gone", f))

    def heard(self, connection: _Connection, message: wire.Message) -> None:
        if isinstance(message, wire.Hello):
            connection.hello = message
        elif isinstance(message, wire.Report):
            seen = self._room.seen(message.boot, message.number)
            if seen == "durable":
                self._send(wire.Ack(boot=message.boot, number=message.number))
            elif not seen:
                self._room.submit(Report(_with_src(message))).addErrback(lambda f: log.failure("report", f))
        elif isinstance(message, wire.Ready):
            hello = connection.hello
            connection.boot = hello.boot
            self._room.hello(hello.boot, hello.legs, hello.positions).addErrback(lambda f: log.failure("hello", f))
            for order in self._room.board.orders.values():  # pending ones again; the switch knows those it has done
                self._send(_order(order.id, order))


class LinkService(service.Service):
    """Starts and stops the link with the application."""

    def __init__(self, link: SwitchLink) -> None:
        self._link = link

    def startService(self) -> None:
        super().startService()
        self._link.start()

    def stopService(self) -> None:
        super().stopService()
        self._link.stop()


def _with_src(message: wire.Report):
    return msgspec.structs.replace(message.event, src=(message.boot, message.number))


def _order(number: int, event) -> wire.Order:
    """`event`: an OrderIssued, or the board's record of one; both have the wire's fields under the same names."""
    return wire.Order(number=number, **{name: getattr(event, name) for name in _ORDER_FIELDS})


class _Connection(protocol.Protocol):
    def __init__(self, link: SwitchLink) -> None:
        self._link, self._reader = link, wire.Reader()
        self.boot, self.hello = "", wire.Hello(boot="")

    def connectionMade(self) -> None:
        self._link.came(self)

    def dataReceived(self, data: bytes) -> None:
        try:
            for message in self._reader.feed(data):
                self._link.heard(self, message)
        except wire.Malformed as wrong:
            log.error("the switch: {wrong}", wrong=wrong)
            self.transport.loseConnection()

    def connectionLost(self, reason=protocol.connectionDone) -> None:
        self._link.left(self)
