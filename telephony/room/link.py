"""The control room's end of the wire: reports in, acknowledgements and orders out, always trying to be connected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import msgspec
from twisted.application import service
from twisted.internet import protocol, threads, unix
from twisted.internet.interfaces import IAddress, IConnector, IReactorTime, IReactorUNIX, ITransport
from twisted.logger import Logger
from twisted.python.failure import Failure

from dispatch.events import AlarmCleared, AlarmRaised, DiscrepancyNoted, Event, OrderIssued
from dispatch.inputs import Noted, Report
from dispatch.records import Order
from dispatch.room import Committed, ControlRoom
from dispatch.timing.rounds import Rounds
from routing.text import text
from telephony.room import meeting, wire

log = Logger()
_PING_EVERY, _RETRY_AFTER = 1.0, 0.3
STUCK = 4.0
"""Seconds without a word from the switch, or for which a part of it stands still, until it is told."""
WORD = "word"
"""The part of it that its words come from: all of it."""
_PARTS = (WORD, "sip", "queue", "sound")
_STUCK_ALARM = "switch-stuck"
_ALARM = "switch-unread"
_UNREAD_TOLD = 20
"""Lines of one connection that cannot be read and are told one by one."""
_ORDER_FIELDS = tuple(name for name in wire.OrderMessage.__struct_fields__ if name not in ("number", "journal"))


class SwitchLink(protocol.ReconnectingClientFactory):
    """A room listener: what was committed and concerns the switch goes out, and only then."""

    noisy = False
    initialDelay = _RETRY_AFTER
    maxDelay = 1
    factor = 1.5

    def __init__(
        self, reactor: IReactorTime, room: ControlRoom, path: Path, phones: Callable[[], dict[str, str]]
    ) -> None:
        self._reactor, self._room, self._path, self._phones = reactor, room, path, phones
        self._connection: _Connection | None = None
        self._unacked: dict[str, int] = {}
        self._seats: wire.Seats | None = None
        self._ping = Rounds(reactor, _PING_EVERY, self._alive)
        self._told: tuple[str, ...] = ()
        room.listen(self)

    def start(self) -> None:
        IReactorUNIX(self._reactor).connectUNIX(str(self._path), self, timeout=2)
        self._ping.start()

    def stop(self) -> None:
        self.stopTrying()
        self._ping.stop()
        if self._connection is not None:
            self._connection.transport.loseConnection()

    @property
    def up(self) -> bool:
        """Whether the switch is there and goes on in all its parts."""
        return self._connection is not None and bool(self._connection.boot) and not self.stuck()

    def stuck(self) -> dict[str, float]:
        """By part (wire.Ping), the seconds for which the switch has stood still; all that is well is left out."""
        if self._connection is None:
            return {}
        silent = self._reactor.seconds() - self._connection.heard
        found = {WORD: silent, **self._connection.stuck}
        return {part: round(age, 1) for part, age in found.items() if age >= STUCK and part in _PARTS}

    def expect(self, ticket: str, position: str, user: str) -> bool:
        """Announces a browser's call; False when the switch is not there."""
        return self._send(wire.Expect(ticket=ticket, position=position, user=user))

    def tell_phones(self) -> None:
        """Who may dial in; the database is asked on a thread."""
        asked = threads.deferToThread(self._phones)
        asked.addCallback(lambda known: self._send(wire.Phones(known=known)))
        asked.addErrback(lambda failure: log.warn("phones: {why}", why=failure.getErrorMessage()))

    def _tell_seats(self) -> None:
        """Who may be given callers while we are silent, whenever that is different."""
        seats = [one for one in self._room.board.positions.values() if not one.away]
        ready = tuple(sorted(one.id for one in seats if one.ready))
        told = wire.Seats(users={one.id: one.user for one in seats}, ready=ready)
        if told != self._seats and self._send(told):
            self._seats = told

    def _send(self, message: wire.Message) -> bool:
        if self._connection is None:
            return False
        self._connection.transport.write(wire.line(message))
        return True

    def _alive(self) -> None:
        if not self._room.trouble:  # a room that cannot write is as good as silent: the standing orders take over
            self._send(wire.Ping(stuck={"journal": round(self._room.waits(), 1)}))
            for boot, number in self._unacked.items():
                self._send(wire.Ack(boot=boot, number=number))
            self._unacked.clear()
            self._tell(self.stuck())

    def _tell(self, stuck: dict[str, float]) -> None:
        """An alarm for as long as a part of the switch stands still; without a connection another one says so."""
        told, self._told = self._told, tuple(stuck)
        if stuck:
            if self._told != told:
                said = text("alarm.switch-stuck", parts=tuple(text(f"switch-part.{part}") for part in stuck))
                self._note(AlarmRaised(at=self._room.now(), alarm=_STUCK_ALARM, level="critical", text=said))
        elif _STUCK_ALARM in self._room.board.alarms and (told or self.up):
            self._note(AlarmCleared(at=self._room.now(), alarm=_STUCK_ALARM, by="system"))

    # -- listener
    def committed(self, batch: list[Committed]) -> None:
        acks: dict[str, int] = {}
        for one in batch:
            if one.event.src is not None:
                acks[one.event.src[0]] = one.event.src[1]
            if isinstance(one.event, OrderIssued) and self._connection is not None and self._connection.boot:
                self._connection.transport.write(wire.line(_order(one.entry.journal, one.entry.seq, one.event)))
        for boot, number in acks.items():
            self._send(wire.Ack(boot=boot, number=number))
        if any(table == "positions" for one in batch for table, _, _ in one.changes):
            self._tell_seats()

    # -- connection
    def buildProtocol(self, addr: IAddress | None) -> _Connection:
        self.resetDelay()
        return _Connection(self, self._reactor.seconds())

    def clientConnectionFailed(self, connector: IConnector, reason: Failure) -> None:
        """At its path and, where the switch could make no socket there, without a file, by turns."""
        path, ours = str(self._path), cast(unix.Connector, connector)
        ours.address = path if ours.address != path else meeting.without_file(self._path)
        super().clientConnectionFailed(connector, reason)

    def came(self, connection: _Connection) -> None:
        self._connection, self._seats = connection, None
        self.tell_phones()
        self._tell_seats()

    def left(self, connection: _Connection) -> None:
        if self._connection is connection:
            self._connection = None
            if connection.boot:
                self._room.gone(connection.boot).addErrback(lambda f: log.failure("gone", f))

    def heard(self, connection: _Connection, message: wire.Message | wire.UnreadLine) -> None:
        connection.heard = self._reactor.seconds()
        if isinstance(message, wire.Ping):
            connection.stuck = message.stuck
        elif isinstance(message, wire.HelloMessage):
            connection.hello = message
        elif isinstance(message, wire.UnreadLine):
            self._unread(connection, message)
        elif isinstance(message, wire.ReportMessage):
            self._report(message)
        elif isinstance(message, wire.ReadyMessage):
            self._ready(connection)

    def _report(self, message: wire.ReportMessage) -> None:
        seen = self._room.seen(message.boot, message.number)
        if seen == "durable":
            self._unacked[message.boot] = message.number  # when the journal is known to be well
        elif not seen:
            event = message.event
            kept = msgspec.structs.replace(event, src=(message.boot, message.number), at=event.at or self._room.now())
            self._room.submit(Report(kept)).addErrback(lambda f: log.failure("report", f))

    def _ready(self, connection: _Connection) -> None:
        hello = connection.hello
        if hello is None:
            return  # which calls it holds is not known: none of them may be given up
        connection.boot = hello.boot
        self._room.hello(hello.boot, hello.legs, hello.positions).addErrback(lambda f: log.failure("hello", f))
        for order in self._room.board.orders.values():  # pending ones again; the switch knows those it has done
            self._send(_order(self._room.board.journal_at(order.id), order.id, order))

    def _unread(self, connection: _Connection, said: wire.UnreadLine) -> None:
        """What the switch says is kept also where we cannot read it, and the lines behind it count."""
        log.error("the switch: {why}", why=said.why)
        connection.unread += 1
        if said.report is not None:
            self._report(said.report)
        elif connection.unread <= _UNREAD_TOLD:
            now, detail = self._room.now(), said.line.decode("utf-8", "backslashreplace")
            what = text("discrepancy.line-unread", detail=said.why)
            self._note(DiscrepancyNoted(at=now, about="switch", what=what, detail=detail))
        if connection.unread == 1:
            self._note(
                AlarmRaised(
                    at=self._room.now(),
                    alarm=_ALARM,
                    level="critical",
                    text=text("alarm.switch-unread"),
                )
            )

    def _note(self, event: Event) -> None:
        self._room.submit(Noted(event)).addErrback(lambda failure: log.failure("noting", failure))


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


def _order(journal: str, number: int, event: OrderIssued | Order) -> wire.OrderMessage:
    """`event`: an OrderIssued, or the board's record of one; both have the wire's fields under the same names."""
    return wire.OrderMessage(journal=journal, number=number, **{name: getattr(event, name) for name in _ORDER_FIELDS})


class _Connection(protocol.Protocol):
    """`heard`: when it last said anything; `stuck`: what it then said of itself."""

    transport: ITransport

    def __init__(self, link: SwitchLink, now: float) -> None:
        self._link, self._reader = link, wire.WireReader()
        self.heard: float = now
        self.stuck: dict[str, float] = {}
        self.boot, self.unread = "", 0
        self.hello: wire.HelloMessage | None = None

    def connectionMade(self) -> None:
        if meeting.is_ours(self.transport):
            self._link.came(self)
        else:
            log.critical("another user's process passes itself off as the switch")
            self.transport.loseConnection()

    def dataReceived(self, data: bytes) -> None:
        for message in self._reader.feed(data):
            try:
                self._link.heard(self, message)
            except Exception:  # a fault of ours in one must not lose those behind it
                log.failure("a message of the switch: {kind}", kind=type(message).__name__)

    def connectionLost(self, reason: Failure = protocol.connectionDone) -> None:
        self._link.left(self)
