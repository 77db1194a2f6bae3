"""Joins the pure switch to the lines, the spool, the recordings and the room."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from twisted.internet import protocol, threads
from twisted.internet.interfaces import IReactorTime, ITransport
from twisted.logger import Logger
from twisted.python.failure import Failure

from dispatch.catalogue import say
from dispatch.events import ClockStepped, DiscrepancyNoted, Event, ProcessStalled
from dispatch.journal.claim import Claim
from dispatch.journal.recordings import keep_message
from dispatch.states import EndedBy
from dispatch.timing.rounds import Rounds
from dispatch.timing.timekeeper import Stepped, Timekeeper
from routing.text import Text, text
from telephony import digest
from telephony.lines.recordings import Recordings
from telephony.messages import ecall
from telephony.messages.sip import Info, Invite, read_info, read_invite, read_message
from telephony.room import meeting, wire
from telephony.room.spool import Spool
from telephony.switch import actions as do
from telephony.switch import hearing, texting, vehicle
from telephony.switch.about import facts_about
from telephony.switch.legs import Switch
from telephony.switch.orders import carry_out
from telephony.switch.revoked import phones_changed, show_out

if TYPE_CHECKING:
    from telephony.lines.pjsua import SipStack

log = Logger()
_TICKET_LIFE = 30.0
_LOOK_EVERY, _PING_EVERY = 0.25, 1.0


class Admission:
    """Who may come in besides 112 callers: browsers by ticket, phones by digest. `phones` survive a restart. `now` is
    seconds of a steady clock."""

    def __init__(self, file: Path) -> None:
        self._file, self._key = file, secrets.token_bytes(16)
        self._tickets: dict[str, tuple[wire.Expect, float]] = {}
        self._used: set[str] = set()
        try:
            self.phones = msgspec.json.decode(file.read_bytes(), type=dict[str, str])
        except (OSError, ValueError, RecursionError):  # the room tells who may dial in when it connects
            self.phones = {}

    def expect(self, message: wire.Expect, now: float) -> None:
        self._tickets = {k: v for k, v in self._tickets.items() if v[1] > now}
        self._tickets[message.ticket] = (message, now + _TICKET_LIFE)

    def ticket(self, name: str, now: float) -> wire.Expect | None:
        message, until = self._tickets.pop(name, (None, 0.0))
        return message if until > now else None

    def remember(self, phones: dict[str, str]) -> None:
        if phones != self.phones:
            self.phones = phones
            self._keep()

    def _keep(self) -> None:
        """Whole or not at all. A disk that does not take it is told elsewhere (storage.py)."""
        fresh = self._file.with_suffix(".new")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                out.write(msgspec.json.encode(self.phones))
            os.replace(fresh, self._file)
        except OSError as wrong:
            log.error("{file} is not kept: {why}", file=self._file.name, why=wrong.strerror)

    def phone_user(self, invite: Invite, now: float) -> str | None:
        if len(self._used) > 10_000:
            self._used.clear()
        return digest.user_of(invite.authorization, invite.method, self.phones, self._key, now, self._used)

    def challenge(self, now: float) -> str:
        return digest.challenge(self._key, now)


class SwitchShell:
    """`stack` is a SipStack (pjsua.py); `rules` come from the settings; `claim` is on the data folder."""

    def __init__(
        self,
        reactor: IReactorTime,
        rules: do.Rules,
        data: Path,
        boot: str,
        claim: Claim | None = None,
        keeper: Timekeeper | None = None,
    ) -> None:
        self._reactor, self._data, self._rules, self.boot = reactor, data, rules, boot
        self._keeper = keeper or Timekeeper()
        self.switch = Switch(boot, rules)
        self.spool = Spool(data / "spool.jsonl", claim)
        self.admission = Admission(data / "phones.json")
        self._number, self._heard = 0, self._keeper.seconds()
        self._room: ITransport | None = None
        self._unread_told = False
        self.recordings = Recordings(reactor, data, self.tell, self.troubled, self.now)
        self.stack: SipStack
        self._tick = Rounds(reactor, _LOOK_EVERY, self._look)
        self._ping = Rounds(reactor, _PING_EVERY, self._alive)

    def start(self, stack: SipStack) -> None:
        self.stack = stack
        stack.start(self.boot)
        self._tick.start()
        self._ping.start()
        self.recordings.start(stack.record_on)

    def stop(self) -> None:
        self._tick.stop()
        self._ping.stop()
        self.recordings.stop()
        self.stack.stop()
        self.spool.close()

    def now(self) -> float:
        """Seconds since 1970. Somebody may have set the machine's clock, or this process did not run for a while: then
        what waits goes on waiting as long as it would have, before anything is decided by the new time."""
        now = self._keeper.now()
        for skip in self._keeper.skips():
            log.warn("{what}", what=skip)
            if isinstance(skip, Stepped):
                self.switch.clock_set(skip.seconds)
            else:
                self.switch.absent(skip.seconds)
            kind = ClockStepped if isinstance(skip, Stepped) else ProcessStalled
            self.tell(kind(at=now, of="switch", seconds=round(skip.seconds, 3)))
        return now

    # -- what the lines say
    def invited(self, leg: str, raw: bytes, source: str, browser: bool) -> None:
        now = self.now()
        try:
            invite = read_invite(raw)
        except Exception as wrong:  # our own bug keeps nobody from being answered
            log.failure("an INVITE was not understood")
            invite = Invite(method="INVITE", discrepancies=(f"not understood: {wrong!r}"[:200],))
        if browser:
            ticket = self.admission.ticket(invite.ticket, self._keeper.seconds())
            if ticket is None:
                self.stack.reply(leg, 403)
            else:
                self._sits(leg, ticket.position, ticket.user, now)
            return
        if invite.position:
            user = self.admission.phone_user(invite, self._keeper.seconds())
            if user is None:
                self.stack.reply(leg, 401, {"WWW-Authenticate": self.admission.challenge(self._keeper.seconds())})
            else:
                self._sits(leg, invite.position, user, now, self.admission.phones[user])
            return
        self.stack.admit(leg, source)
        if invite.sound_host:
            what = f"its SDP has the host name {invite.sound_host}: sound goes to {source} at first"
            invite = msgspec.structs.replace(invite, discrepancies=(*invite.discrepancies, what))
        try:
            kept = self._keep(raw) if invite.msd or facts_about(leg, invite, now) else ""
            made = self.switch.invited(leg, invite, source, kept, now, self._vehicle(leg, invite, kept))
        except Exception as wrong:  # without what it says about itself it is a call all the same, and the room's
            log.failure("what an INVITE says cannot be used")
            bare = Invite(method="INVITE", caller=invite.caller, discrepancies=(f"not usable: {wrong!r}"[:200],))
            made = self.switch.invited(leg, bare, source, "", now)
        self._carry_out(made)

    def _sits(self, leg: str, position: str, user: str, now: float, key: str = "") -> None:
        self.switch.seating.fresh.add(leg)
        self._carry_out(self.switch.position_in(leg, position, user, now, key))

    def _keep(self, raw: bytes) -> str:
        try:
            return keep_message(raw, self._data)
        except OSError as wrong:
            log.warn("raw message not kept: {wrong}", wrong=wrong)
            return ""

    def _vehicle(self, leg: str, said: Invite | Info, kept: str) -> vehicle.Found | None:
        """An eCall's data at once when it takes no time; else it is told of when it is read, and no call waits."""
        if not said.msd:
            return None
        if ecall.is_prepared():
            return vehicle.read(said.msd, said.msd_id)
        reading = threads.deferToThread(vehicle.read, said.msd, said.msd_id)
        reading.addCallback(lambda found: self._carry_out(vehicle.arrived(self.switch, leg, found, kept, self.now())))
        reading.addErrback(lambda failure: log.failure("an eCall's data", failure))
        return None

    def ringing(self, leg: str) -> None:
        """It rings over there."""
        self._carry_out(self.switch.ringing(leg, self.now()))

    def up(self, leg: str) -> None:
        self._carry_out(self.switch.up(leg, self.now()))

    def digits(self, leg: str, digits: str) -> None:
        """A key was pressed on this line."""
        self._carry_out(self.switch.pressed(leg, digits, self.now()))

    def typed(self, leg: str, characters: str) -> None:
        """Real-time text came."""
        self._carry_out(texting.typed(self.switch, leg, characters, self.now()))

    def said(self, leg: str, raw: bytes) -> None:
        """A MESSAGE within this call."""
        self._carry_out(texting.said(self.switch, leg, read_message(raw).text, self.now()))

    def messaged(self, fresh: str, source: str, via: str, raw: bytes) -> None:
        """A MESSAGE outside of calls."""
        message = read_message(raw)
        kept = self._keep(raw) if texting.begins(self.switch, message) else ""
        self._carry_out(texting.messaged(self.switch, fresh, source, via, message, kept, self.now()))

    def undelivered(self, leg: str, why: str) -> None:
        if leg in self.switch.legs:
            what = text("discrepancy.line-undelivered", detail=why[:200])
            self.tell(DiscrepancyNoted(at=self.now(), about=leg, what=what))

    def informed(self, leg: str, raw: bytes) -> None:
        """An INFO within this call (RFC 6086); it is answered already."""
        info, now = read_info(raw), self.now()
        if info.key:
            self._carry_out(self.switch.pressed(leg, info.key, now))
        kept = self._keep(raw) if info.msd else ""
        found = self._vehicle(leg, info, kept)
        if found:
            self._carry_out(vehicle.arrived(self.switch, leg, found, kept, now))
        for detail in info.discrepancies:
            what = text("discrepancy.in-message", detail=detail)
            self.tell(DiscrepancyNoted(at=now, about=leg, what=what))

    def ended(self, leg: str, by: EndedBy, why: Text | None) -> None:
        self._carry_out(self.switch.ended(leg, by, why, self.now()))

    def troubled(self, what: Text) -> None:
        log.error("{what}", what=say(what, "en"))
        self.tell(DiscrepancyNoted(at=self.now(), about="switch", what=what))

    # -- doing
    def _carry_out(self, actions: do.Actions) -> None:
        for action in actions:
            try:
                _DOES[type(action)](self, action)
            except Exception:  # the other actions, above all what is told, are carried out all the same
                log.failure("carrying out {action}", action=type(action).__name__)

    def tell(self, event: Event) -> None:
        """A fact: on disk first, then to the room if it listens."""
        self._number += 1
        report = wire.ReportMessage(boot=self.boot, number=self._number, event=event)
        line = wire.line(report)
        if len(line) > wire.MAX_LINE:
            log.error("a report of {size} bytes: {kind}", size=len(line), kind=type(event).__name__)
            about = getattr(event, "call", "switch")
            what = text("discrepancy.report-too-long", event=type(event).__name__, bytes=len(line))
            report = wire.ReportMessage(
                boot=self.boot, number=self._number, event=DiscrepancyNoted(at=event.at, about=about[:80], what=what)
            )
            line = wire.line(report)
        before = self.spool.trouble
        self.spool.add(report, line)
        if self.spool.trouble != before:
            trouble = self.spool.trouble
            log.error("{what}", what=say(trouble, "en") if trouble else "the spool is written again")
        if self._room is not None:
            self._room.write(line)

    def _dial(self, action: do.Dial) -> None:
        try:
            self.stack.dial(action.leg, action.uri, action.headers, action.body, action.body_type)
        except Exception as wrong:  # whatever it was: nobody may be left waiting for a line that is not there
            log.error("{leg} cannot be dialled: {kind}", leg=action.leg, kind=type(wrong).__name__)
            what = text("discrepancy.not-dialled", uri=action.uri, detail=str(wrong)[:200])
            self.tell(DiscrepancyNoted(at=self.now(), about="switch", what=what))
            why = text("why.not-dialable", detail=str(wrong)[:100])
            self._carry_out(self.switch.ended(action.leg, "failure", why, self.now()))

    # -- the room
    def _alive(self) -> None:
        if self._room is None:
            return
        try:
            stuck = self.stack.stuck()
        except Exception:  # no word from us would mean more than it does
            log.failure("looking what stands still")
            stuck = {}
        said = {part: round(age, 1) for part, age in stuck.items() if age >= 1}
        self._room.write(wire.line(wire.Ping(stuck=said)))

    def _look(self) -> None:
        try:
            now = self.now()
        except Exception:  # what is looked at below needs the time, and nothing of it may wait for ours to be told
            log.failure("telling how time went")
            now = self._keeper.now()
        silent = self._room is None or self._keeper.seconds() - self._heard > self._rules.room_silent_after
        for look in (self._showing_out, self._standing, self._writing, self._listen):
            try:
                self._carry_out(look(now, silent))
            except Exception:  # it is looked at again in a moment, whatever happened now
                log.failure("standing orders")

    def _showing_out(self, now: float, silent: bool) -> do.Actions:
        return show_out(self.switch)

    def _standing(self, now: float, silent: bool) -> do.Actions:
        return self.switch.tick(now, silent)

    def _writing(self, now: float, silent: bool) -> do.Actions:
        return texting.look(self.switch, now)

    def _listen(self, now: float, silent: bool) -> do.Actions:
        return hearing.listened(self.switch, self.stack.heard(hearing.listens_to(self.switch)), now)

    def room_came(self, transport: ITransport) -> None:
        """One room at a time: a newer connection replaces the older one."""
        if self._room is not None:
            self._room.loseConnection()
        self._room, self._heard = transport, self._keeper.seconds()
        legs, positions = self.switch.holds()
        transport.write(wire.line(wire.HelloMessage(boot=self.boot, legs=legs, positions=positions)))
        for line in self.spool.pending.values():
            transport.write(line)
        # Only now: a call the room has not yet heard of must not look lost to it.
        transport.write(wire.line(wire.ReadyMessage()))

    def room_left(self, transport: ITransport) -> None:
        if self._room is transport:
            self._room = None

    def heard(self, message: wire.Message | wire.UnreadLine) -> None:
        waits = max(message.stuck.values(), default=0.0) if isinstance(message, wire.Ping) else 0.0
        self._heard = max(self._heard, self._keeper.seconds() - waits)  # a room that writes nothing decides nothing
        if waits < self._rules.room_silent_after:
            self.switch.seating.fresh.clear()  # whoever has dialled in by now could sign on
        if isinstance(message, wire.Ack):
            self.spool.acknowledged(message.boot, message.number)
        elif isinstance(message, wire.OrderMessage):
            self._carry_out(carry_out(self.switch, message, self.now()))
        elif isinstance(message, wire.Expect):
            self.admission.expect(message, self._heard)
        elif isinstance(message, wire.Phones):
            phones_changed(self.switch, message.known)
            self.admission.remember(message.known)
        elif isinstance(message, wire.Seats):
            seating = self.switch.seating
            seating.users, seating.ready = message.users, frozenset(message.ready)
        elif isinstance(message, wire.UnreadLine):
            self._unread(message)

    def _unread(self, said: wire.UnreadLine) -> None:
        """The room is of another version: an order is answered, and what is behind it counts."""
        log.error("the room: {why}", why=said.why)
        if said.order:
            self._carry_out(self.switch.finish(said.order, text("why.other-version"), self.now()))
        elif not self._unread_told:
            self._unread_told = True
            self.troubled(text("discrepancy.room-unread", detail=said.why))


_DOES: dict[type[do.Action], Callable[[SwitchShell, Any], object]] = {
    do.Ring: lambda self, a: self.stack.reply(a.leg, 180),
    do.Answer: lambda self, a: self.stack.answer(a.leg, a.audio, a.text, a.headers, a.body, a.body_type),
    do.Reject: lambda self, a: self.stack.reply(a.leg, a.code),
    do.Hangup: lambda self, a: self.stack.hangup(a.leg),
    do.Hear: lambda self, a: self.stack.hear(a.listener, a.speaker),
    do.Deafen: lambda self, a: self.stack.deafen(a.listener, a.speaker),
    do.RecordLeg: lambda self, a: self.stack.record(a.leg, a.call, a.name),
    do.StopRecording: lambda self, a: self.stack.stop_recording(a.leg),
    do.Play: lambda self, a: self.stack.play(a.leg, a.sounds, a.loop),
    do.Silence: lambda self, a: self.stack.silence(a.leg),
    do.Dial: SwitchShell._dial,
    do.Digits: lambda self, a: self.stack.press(a.leg, a.digits),
    do.Write: lambda self, a: self.stack.write(a.leg, a.text, a.to, a.via),
    do.Inform: lambda self, a: self.stack.inform(a.leg, a.body, a.body_type, a.headers),
    do.Tell: lambda self, a: self.tell(a.event),
}


class RoomConnection(protocol.Protocol):
    """The switch's end of the wire."""

    transport: ITransport

    def __init__(self, shell: SwitchShell) -> None:
        self._shell, self._reader = shell, wire.WireReader()

    def connectionMade(self) -> None:
        if meeting.is_ours(self.transport):
            self._shell.room_came(self.transport)
        else:
            log.critical("another user's process passes itself off as the room")
            self.transport.loseConnection()

    def dataReceived(self, data: bytes) -> None:
        for message in self._reader.feed(data):
            try:
                self._shell.heard(message)
            except Exception:
                log.failure("a message of the room: {kind}", kind=type(message).__name__)

    def connectionLost(self, reason: Failure = protocol.connectionDone) -> None:
        self._shell.room_left(self.transport)
