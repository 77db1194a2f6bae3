"""The SIP stack: carries out what the switch decides, and tells it what happens on the lines (line.py).

Theory of operation. pjsip runs no thread for signalling: the reactor polls it every 5 ms, so every callback and every
call into it happens on the reactor's thread. Sound has its own threads, below Python. Each pj object is kept in a
`Line` until its call is over and is dropped in a later turn, never inside a callback: its destructor hangs up.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pjsua2 as pj
from twisted.internet import defer
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger

from dispatch.states import EndedBy
from routing.text import Text
from telephony.lines import pjlib
from telephony.lines.dead_calls import Sign
from telephony.lines.gate import Gate
from telephony.lines.line import Line, LineCall, fill
from telephony.lines.pjsetup import BROWSER_USER, CALLER_USER, StackConfig, account_config, endpoint_config, listen
from telephony.lines.questions import Questions
from telephony.lines.recordings import Recordings
from telephony.lines.strays import Stray, stray_of
from telephony.lines.textline import MessageSender, way_back
from telephony.switch.bridge import Bridge

log = Logger()
POLL_EVERY = 0.005
_LONGEST_TURN = 0.02
"""Seconds after which a turn lets the reactor do something else, however much there is still to read."""
_EXTENSIONS = ("geolocation", "histinfo", "resource-priority")
"""What callers may require (RFC 6442, 7044, 4412): none of it changes how a call is answered."""


class Events(Protocol):
    """What the shell does when something happens; `leg` ids are its own."""

    recordings: Recordings

    def invited(self, leg: str, raw: bytes, source: str, browser: bool) -> None: ...
    def ringing(self, leg: str) -> None: ...
    def up(self, leg: str) -> None: ...
    def digits(self, leg: str, digits: str) -> None: ...
    def typed(self, leg: str, characters: str) -> None: ...
    def said(self, leg: str, raw: bytes) -> None: ...
    def informed(self, leg: str, raw: bytes) -> None: ...
    def messaged(self, fresh: str, source: str, via: str, raw: bytes) -> None: ...
    def undelivered(self, leg: str, why: str) -> None: ...
    def ended(self, leg: str, by: EndedBy, why: Text | None) -> None: ...
    def troubled(self, what: Text) -> None: ...


class _Ports:
    """The library's bridge, as bridge.py wants it."""

    join, part, slots = staticmethod(pjlib.join), staticmethod(pjlib.part), staticmethod(pjlib.slots)

    @staticmethod
    def listeners(slot: int) -> tuple[int, ...]:
        try:
            info = pj.AudioMedia.getPortInfoFromId(slot)  # what it points to lives as long as it does
        except pj.Error:
            return ()  # the library has just taken it away
        return tuple(info.listeners)


class SipStack:
    """The lines by leg id. Every method is called on the reactor's thread."""

    def __init__(
        self,
        reactor: IReactorTime,
        events: Events,
        config: StackConfig,
        gate: Gate,
        data: Path,
        sounds: dict[str, Path],
    ) -> None:
        self.reactor, self.events, self.data, self.gate = reactor, events, data, gate
        self._config, self._sounds = config, sounds
        self._questions = Questions(reactor)
        self._lines: dict[str, Line] = {}
        self.bridge = Bridge(_Ports())
        self._dropping: list[Line] = []
        self._drop_due = False
        self._number = 0
        self._messages = MessageSender(events.undelivered)
        self.boot = ""
        self._polled = self._pending_since = reactor.seconds()
        self._pending = 0

    # -- life
    def start(self, boot: str) -> None:
        """Opens the ports. Raises RuntimeError that says what to do."""
        self.boot = boot
        endpoint = self._endpoint = pj.Endpoint()
        pjlib.quiet()
        endpoint.libCreate()
        endpoint.libInit(endpoint_config(self._config))
        pjlib.understand(*_EXTENSIONS)
        pjlib.open_calls(self._informed, self._questions.answered)
        pjlib.open_intake(self._config.srtp == "required")
        self.gate.open()
        if without := listen(endpoint, self._config):
            self.events.troubled(without)
        endpoint.audDevManager().setNullDev()
        endpoint.libStart()
        for codec in endpoint.codecEnum2():
            priority = {"PCMA/8000/1": 255, "PCMU/8000/1": 254}.get(codec.codecId, 0)
            endpoint.codecSetPriority(codec.codecId, priority)
        self._callers, self._browsers = self._account(CALLER_USER), self._account(BROWSER_USER)
        self._poll = self.reactor.callLater(0, self._turn)

    def _account(self, user: str) -> pj.Account:
        stack = self

        class Account(pj.Account):
            def onIncomingCall(self, prm: pj.OnIncomingCallParam) -> None:
                try:
                    stack._incoming(self, prm, user == BROWSER_USER)
                except Exception:
                    log.failure("an incoming call")

            def onInstantMessage(self, prm: pj.OnInstantMessageParam) -> None:
                try:
                    stack._messaged(prm.rdata)
                except Exception:
                    log.failure("a message")

            def onInstantMessageStatus(self, prm: pj.OnInstantMessageStatusParam) -> None:
                try:
                    stack._messages.told(prm.toUri, prm.code, prm.reason)
                except Exception:
                    log.failure("the answer to a message")

        made = Account()
        made.create(account_config(self._config, user), user == CALLER_USER)
        return made

    def stop(self) -> None:
        """Hangs up and frees everything in the order that pjsip survives."""
        if self._poll.active():
            self._poll.cancel()
        for line in [*self._lines.values(), *self._dropping]:
            line.stop_playing()
            line.recorder = None
            self.bridge.remove(line.leg)
        self._lines.clear()
        self._dropping.clear()
        gc.collect()
        for account in (self._callers, self._browsers):
            account.shutdown()
        del self._callers, self._browsers
        gc.collect()
        self._endpoint.libDestroy()

    def _turn(self) -> None:
        until, drained = time.monotonic() + _LONGEST_TURN, False
        try:
            while not drained and time.monotonic() < until:
                drained = self._endpoint.libHandleEvents(0) <= 0
        except Exception:  # one bad event must not stop the polling: that would be deafness
            log.failure("handling an event")
        else:
            self._polled = self.reactor.seconds()
        self.gate.turned(drained, POLL_EVERY)
        self._poll = self.reactor.callLater(POLL_EVERY if drained else 0, self._turn)

    def stuck(self) -> dict[str, float]:
        """By part (wire.Ping), seconds for which it has stood still. Call it every second or so."""
        now, pending = self.reactor.seconds(), self.bridge.pending() if self._lines else 0
        if pending != self._pending:
            self._pending, self._pending_since = pending, now
        sound = now - self._pending_since if pending else 0.0
        return {"sip": now - self._polled, "queue": self.gate.state().lag, "sound": sound}

    def packets(self, leg: str) -> int:
        """How many have come in on this line; -1 when that cannot be known."""
        line = self._lines.get(leg)
        return -1 if line is None or line.over else pjlib.heard(line.call.getId())

    # -- lines
    def _fresh(self) -> str:
        self._number += 1
        return f"{self.boot}-{self._number}"

    def _messaged(self, rdata: pj.SipRxData) -> None:
        raw = rdata.wholeMsg.encode("utf-8", "surrogateescape")
        source = rdata.srcAddress.rpartition(":")[0].strip("[]")
        self.events.messaged(self._fresh(), source, way_back(raw, rdata.srcAddress), raw)

    def _incoming(self, account: pj.Account, prm: pj.OnIncomingCallParam, browser: bool) -> None:
        leg = self._fresh()
        call = LineCall(account, prm.callId)
        self._lines[leg] = Line(self, leg, call, browser)
        raw = prm.rdata.wholeMsg.encode("utf-8", "surrogateescape")
        source = prm.rdata.srcAddress.rpartition(":")[0].strip("[]")
        try:
            self.events.invited(leg, raw, source, browser)
        except Exception:
            # Our own bug does not keep anybody from being answered.
            log.failure("a call could not be understood; it is answered all the same")
            self.answer(leg)

    def finish(self, line: Line) -> None:
        """Takes a line apart, its objects in a later turn."""
        line.stop_playing()
        line.stop_recording()
        self.bridge.remove(line.leg)
        if self._lines.pop(line.leg, None) is line and line.source:
            self.gate.ended(line.source)
        self._dropping.append(line)
        if not self._drop_due:
            self._drop_due = True
            self.reactor.callLater(0, self._drop)

    def _drop(self) -> None:
        """Frees the pj objects of calls that are over: here, on this thread, and soon. The destructor of a pj call
        hangs up whatever call has its number, and pjsua gives the number out again after `maxCalls` others; left to
        the garbage collector, old calls would end new ones."""
        self._drop_due = False
        for line in self._dropping:
            line.player = line.recorder = None
            line.over = True
            del line.call.line, line.call
        self._dropping.clear()

    def _with(self, leg: str, function: Callable[[Line], None]) -> None:
        """Runs `function` when the leg is still there; a leg that ended in between is no error."""
        line = self._lines.get(leg)
        if line is None or line.over:
            return
        try:
            function(line)
        except pj.Error as wrong:
            log.warn("leg {leg}: {reason}", leg=leg, reason=wrong.reason)

    def reply(self, leg: str, code: int, headers: dict[str, str] | None = None) -> None:
        """A response to the INVITE of `leg`."""

        def do(line: Line) -> None:
            prm = pj.CallOpParam()  # what media there is comes with the 200
            prm.statusCode = code
            fill(prm.txOption, headers or {})
            line.call.answer(prm)

        self._with(leg, do)

    def answer(
        self, leg: str, audio: bool = True, text: bool = False, headers: dict[str, str] | None = None, body: str = "",
        body_type: str = "",
    ) -> None:  # fmt: skip
        """200; when that cannot be (no port or file left for its sound), 503 at once, so that the caller's network
        tries again or another way instead of ringing for ever."""
        line = self._lines.get(leg)
        if line is None or line.over:
            return
        try:
            prm = pj.CallOpParam(True)
            prm.statusCode = 200
            prm.opt.audioCount, prm.opt.textCount = int(audio), int(text)
            line.text_only = text and not audio
            fill(prm.txOption, headers or {}, body, body_type)
            line.call.answer(prm)
        except pj.Error as wrong:
            self.events.troubled(Text("discrepancy.not-answered", {"call": leg, "detail": wrong.reason}))
            try:
                refusal = pj.CallOpParam()
                refusal.statusCode = 503
                line.call.hangup(refusal)
            except pj.Error:
                pass  # it is over already
            if not line.over:
                line.over = True
                self.finish(line)
                why = Text("why.not-answerable", {"detail": wrong.reason[:80]})
                self.reactor.callLater(0, self.events.ended, leg, "failure", why)

    def hangup(self, leg: str) -> None:
        def do(line: Line) -> None:
            line.ours = True
            line.call.hangup(pj.CallOpParam())

        self._with(leg, do)

    def admit(self, leg: str, source: str) -> None:
        """This leg is a call from `source`, and counts in its account until it ends."""
        line = self._lines[leg]
        line.source = source
        self.gate.began(source)

    def drop(self, leg: str, why: Text) -> None:
        """Ends a call whose other end is not there any more."""

        def do(line: Line) -> None:
            line.why = why
            pjlib.drop(line.call.getId(), 408)

        self._with(leg, do)

    def sign(self, leg: str) -> Sign | None:
        """Of life; None when the leg is not answered, or a browser's."""
        line = self._lines.get(leg)
        if line is None or line.over or not line.answered or line.browser:
            return None
        number = line.call.getId()
        return Sign(pjlib.heard(number), line.acked, line.source, pjlib.doubted(number))

    def acknowledged(self, leg: str) -> None:
        """Its sound says that our answer was heard, although no ACK came."""
        self._with(leg, lambda line: pjlib.acknowledged(line.call.getId()))

    def stray(self, leg: str) -> Stray | None:
        """What came to the ports of this leg and does not belong there; None when the leg is over or a browser's."""
        line = self._lines.get(leg)
        if line is None or line.over or line.browser:
            return None
        return stray_of(line.call.getId())

    def ask(self, leg: str) -> defer.Deferred[int]:
        """Asks the other end of a call whether it is there. Fires with the code of its answer, 408 without one."""
        line = self._lines.get(leg)
        number = line.call.getId() if line and not line.over else -1
        return self._questions.ask(lambda question: pjlib.ask_call(number, question))

    def ask_trunk(self, uri: str) -> defer.Deferred[int]:
        """The same for an address."""
        sender = f"<sip:{CALLER_USER}@{self._config.public or self._config.host}>"
        return self._questions.ask(lambda question: pjlib.ask(uri, sender, question))

    def _informed(self, number: int, message: bytes) -> None:
        try:
            line = next((x for x in self._lines.values() if x.call.getId() == number), None)
            if line is not None:
                self.events.informed(line.leg, message)
        except Exception:
            log.failure("an INFO")

    def record(self, leg: str, call: str, name: str) -> None:
        """Records what comes in on `leg` as the leg `name` of `call`."""
        self._with(leg, lambda line: line.record(call, name))

    def record_on(self, leg: str) -> None:
        """Its recording goes on in another file."""
        self._with(leg, lambda line: line.record_on())

    def stop_recording(self, leg: str) -> None:
        self._with(leg, lambda line: line.stop_recording())

    def hear(self, listener: str, speaker: str) -> None:
        self.bridge.join(speaker, listener)

    def deafen(self, listener: str, speaker: str) -> None:
        self.bridge.part(speaker, listener)

    def play(self, leg: str, sounds: tuple[str, ...], loop: bool) -> None:
        """The sounds one after the other; a name that is not known is passed over."""
        files = [str(self._sounds[name]) for name in sounds if name in self._sounds]
        if files:
            self._with(leg, lambda line: line.play(files, loop))

    def silence(self, leg: str) -> None:
        self._with(leg, lambda line: line.stop_playing())

    def press(self, leg: str, digits: str) -> None:
        """Keys by RFC 4733."""
        self._with(leg, lambda line: line.call.dialDtmf(digits))

    def write(self, leg: str, text: str, to: str, via: str) -> None:
        """A written line; `to`, `via`: of somebody who has no call."""
        if not to:
            self._with(leg, lambda line: line.write(text))
            return
        try:
            self._messages.send(self._callers, leg, to, via, text)
        except pj.Error as wrong:
            self.events.undelivered(leg, wrong.reason)

    def inform(self, leg: str, body: str, body_type: str, headers: dict[str, str]) -> None:
        """INFO (RFC 6086)."""

        def do(line: Line) -> None:
            prm = pj.CallSendRequestParam()
            prm.method = "INFO"
            fill(prm.txOption, headers, body, body_type)
            line.call.sendRequest(prm)

        self._with(leg, do)

    def heard(self, legs: list[str]) -> dict[str, bool]:
        """Of which of these there is sound now; those that cannot be measured are left out."""
        known = {}
        for leg in legs:
            line = self._lines.get(leg)
            sound = line.is_heard() if line and not line.over else None
            if sound is not None:
                known[leg] = sound
        return known

    def dial(self, leg: str, uri: str, headers: dict[str, str], body: str, body_type: str) -> None:
        """`body` goes beside the session description. Raises RuntimeError when the address cannot be dialled."""
        call = LineCall(self._callers)
        line = Line(self, leg, call)
        self._lines[leg] = line
        try:
            prm = pj.CallOpParam(True)
            fill(prm.txOption, headers, body, body_type)
            call.makeCall(uri, prm)
        except Exception as wrong:
            del self._lines[leg]
            self.bridge.remove(leg)
            self._dropping.append(line)
            self.reactor.callLater(0, self._drop)
            raise RuntimeError(getattr(wrong, "reason", "") or repr(wrong)) from None
