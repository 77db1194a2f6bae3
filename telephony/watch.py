"""Looks after what nobody reports by itself: dead calls, trunks that are down, and what the gate has refused."""

from __future__ import annotations

from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger

from dispatch.catalogue import say
from dispatch.events import DiscrepancyNoted
from dispatch.timing.rounds import Rounds
from telephony.lines.dead_calls import DeadCalls, Probe, TakeAsAcknowledged
from telephony.lines.gate import refusals
from telephony.lines.strays import Strays
from telephony.lines.trunks import TrunkWatch
from telephony.shell import SwitchShell
from telephony.switch import hearing

log = Logger()
_EVERY = 1.0
_TELL_EVERY = 10.0


class Watch(Rounds):
    """`rtp_silent_after` and `trunks` from the settings. Made when the shell has started."""

    def __init__(
        self, reactor: IReactorTime, shell: SwitchShell, rtp_silent_after: float, trunks: tuple[str, ...]
    ) -> None:
        self._reactor, self._shell, self._stack = reactor, shell, shell.stack
        self._dead_calls, self._trunks = DeadCalls(rtp_silent_after), TrunkWatch(trunks)
        self._strays = Strays()
        self._told = 0.0
        self._overdue: set[str] = set()
        looks = (self._calls, self._positions, self._ask_trunks, self._refused, self._overheard)
        super().__init__(reactor, _EVERY, *looks)

    def _calls(self) -> None:
        signs = {}
        for leg in self._shell.switch.legs.values():
            sign = self._stack.sign(leg.id) if leg.answered and leg.kind != "canary" else None
            if sign is not None:
                signs[leg.id] = sign
        for do in self._dead_calls.look(signs, self._reactor.seconds()):
            if isinstance(do, Probe):
                self._stack.ask(do.leg).addCallback(self._answered, do.leg)
            elif isinstance(do, TakeAsAcknowledged):
                self._stack.acknowledged(do.leg)
            else:
                self._stack.drop(do.leg, do.why)
        overdue = self._dead_calls.overdue
        for source in self._overdue | set(overdue):
            self._stack.gate.unacked(source, overdue[source])
        self._overdue = set(overdue)

    def _positions(self) -> None:
        now = self._shell.now()
        for leg in self._shell.switch.legs.values():
            if leg.kind == "position":
                hearing.carried(leg, self._stack.packets(leg.id), now)

    def _answered(self, code: int, leg: str) -> None:
        now, sign = self._reactor.seconds(), self._stack.sign(leg)
        if sign is not None:
            self._dead_calls.hear(leg, sign.heard, now)
        for do in self._dead_calls.answered(leg, code, now):
            self._stack.drop(do.leg, do.why)

    def _ask_trunks(self) -> None:
        for uri in self._trunks.due(self._reactor.seconds()):
            self._stack.ask_trunk(uri).addCallback(self._trunk_answered, uri)

    def _trunk_answered(self, code: int, uri: str) -> None:
        for event in self._trunks.answered(uri, code, self._reactor.seconds(), self._shell.now()):
            log.warn("{event}", event=event)
            self._shell.tell(event)

    def _refused(self) -> None:
        now = self._reactor.seconds()
        if now - self._told < _TELL_EVERY:
            return
        for what in refusals(self._stack.gate.refused()):
            self._told = now
            log.warn("{what}", what=say(what, "en"))
            self._shell.tell(DiscrepancyNoted(at=self._shell.now(), about="switch", what=what))

    def _overheard(self) -> None:
        legs = self._shell.switch.legs
        strays = {leg.id: stray for leg in legs.values() if leg.answered and (stray := self._stack.stray(leg.id))}
        for leg, what in self._strays.look(strays, self._reactor.seconds()):
            log.warn("{leg}: {what}", leg=leg, what=say(what, "en"))
            self._shell.tell(DiscrepancyNoted(at=self._shell.now(), about=leg, what=what))
