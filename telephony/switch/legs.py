"""What the switch does with its legs: orders from the room, standing orders when the room is silent. Pure.

Theory of operation. Inputs (a call comes in, sound is up, a leg ended, an order came, time passed) return a list of
actions for the shell to carry out. The legs of one call are a conversation: the caller, and its members, positions and
parties. Who hears whom follows from their modes (flows.py); who hears nobody hears a sound.

    leg        ringing --answer--> answered --sound--> up --bye--> gone
    caller     with nobody: rings; after `announce_after` seconds it is answered and hears the announcement
               with an order: answered if it was not, and joined by the position
               with the room silent: joined by the position that has been idle longest, with a zip tone, else
               the alternate centre is dialled, else the announcement
    position   stays up between calls; joining is the only operation left when a call is answered
    party      is dialled for one call and goes with it

Nothing here waits for the room, and no order is needed for a caller to be answered. A caller whom everybody left is
told of (CallParted) and hears the announcement: no failure of ours ends a call.
"""

from __future__ import annotations

from dispatch import events as ev
from dispatch.states import EndedBy, Media, Mode
from routing.text import Text, text
from telephony.messages.ecall import CONTROL_TYPE
from telephony.messages.sip import Invite, number_of
from telephony.room.wire import OrderId
from telephony.switch.about import facts_about
from telephony.switch.actions import (
    NEVER,
    Actions,
    Answer,
    Deafen,
    Hangup,
    Hear,
    Leg,
    Play,
    RecordLeg,
    Reject,
    Ring,
    Rules,
    Silence,
    StopRecording,
    Tell,
    Write,
)
from telephony.switch.announcements import language_of, sequence, written
from telephony.switch.flows import Flow, attended, flows
from telephony.switch.revoked import Seating
from telephony.switch.standing import stand_in
from telephony.switch.vehicle import Found, acknowledge, facts, in_answer

CANARY_TALKS = 4.0  # seconds a canary plays its tone and listens
TEST_RINGS = 1.0
RINGS = 45.0  # seconds a party, or somebody we call, rings
_OTHERS = ("give_up_at", "resume_at", "idle_at", "sounded", "came")
"""What judges others."""
_TIMES = (*_OTHERS, "announce_at", "standing_at", "alternate_at", "since")


class Switch:
    """`now` is seconds since 1970 everywhere. Orders are in orders.py."""

    def __init__(self, boot: str, rules: Rules) -> None:
        self.boot, self.rules = boot, rules
        self._test_numbers = {number_of(f"tel:{number}") for number in rules.test_numbers}
        self.legs: dict[str, Leg] = {}
        self._members: dict[str, list[Leg]] = {}
        self._flows: dict[str, frozenset[Flow]] = {}
        self._writers: dict[str, str] = {}
        self.done: dict[OrderId, Text | None] = {}
        self.seating = Seating()

    def holds(self) -> tuple[tuple[str, ...], dict[str, str]]:
        """(callers' legs, position -> leg) for the hello."""
        callers = tuple(leg.id for leg in self.legs.values() if leg.kind == "caller")
        return callers, {leg.position: leg.id for leg in self.legs.values() if leg.kind == "position" and leg.up}

    # -- who is there
    def caller(self, call: str) -> Leg | None:
        found = self.legs.get(call)
        return found if found and found.kind == "caller" else None

    def seat(self, position: str) -> Leg | None:
        """The newest: when there are two, the older one is being hung up."""
        seats = (x for x in reversed(self.legs.values()) if x.kind == "position" and x.position == position and x.up)
        return next(seats, None)

    def members(self, call: str) -> list[Leg]:
        """Everybody in the conversation but the caller."""
        return self._members.get(call, [])

    def writer(self, sender: str) -> Leg | None:
        """The open session of somebody who writes messages."""
        return self.legs.get(self._writers.get(sender, ""))

    @property
    def writers(self) -> int:
        return len(self._writers)

    def remember_writer(self, leg: Leg, sender: str) -> None:
        leg.sender = sender
        self._writers[sender] = leg.id

    def party(self, call: str, name: str) -> Leg | None:
        return next((m for m in self.members(call) if m.kind == "party" and m.party == name), None)

    def is_wanted(self, seat: Leg, but: Leg | None = None) -> bool:
        return any(x.want == seat.id and x is not but for x in self.legs.values())

    # -- calls come and go
    def invited(
        self, leg: str, invite: Invite, source: str, raw: str, now: float, vehicle: Found | None = None
    ) -> Actions:
        """A caller. `raw`: digest of the message kept beside the journal; `vehicle`: the data of its eCall."""
        test = vehicle is not None and vehicle.msd is not None and vehicle.msd.test
        do = self.came(leg, invite, source, raw, now, test=test)
        made = self.legs[leg]
        if vehicle:
            acknowledge(made, vehicle)
            do += facts(leg, vehicle, raw, now)
        if self.rules.announce_after <= 0 and not made.test:
            return do + self.answer(made)
        return [Ring(leg), *do]

    def came(
        self, leg: str, invite: Invite, source: str, raw: str, now: float, media: Media | None = None,
        test: bool = False,
    ) -> Actions:  # fmt: skip
        """`media`: instead of what is offered; `test`: a test call whatever it is addressed to."""
        text_only = invite.has_text and not invite.has_audio
        made = Leg(leg, "caller", source, call=leg, since=now, text=invite.has_text, silent=text_only)
        made.test = test or invite.test or number_of(invite.called) in self._test_numbers
        made.language = language_of(invite.languages)
        # A test call rings first, as every call does: a canary listens for that.
        made.announce_at = now + (TEST_RINGS if made.test else self.rules.announce_after)
        made.standing_at = now + self.rules.room_silent_after
        self._add_caller(made)
        media = media or ("text" if text_only else "audio text" if invite.has_text else "audio")
        do: Actions = [
            Tell(
                ev.CallReceived(
                    at=now, call=leg, caller=invite.caller, called=invite.called[:200], source=source, raw=raw,
                    service=invite.service or "sos", access=invite.access, sip_call_id=invite.call_id, test=made.test,
                    media=media, priority=invite.priority, languages=invite.languages,
                )
            )
        ]  # fmt: skip
        return do + [Tell(fact) for fact in facts_about(leg, invite, now)]

    def _add_caller(self, leg: Leg) -> None:
        self.legs[leg.id] = leg
        self._members[leg.id] = []

    def position_in(self, leg: str, position: str, user: str, now: float, key: str = "") -> Actions:
        """A call-taker's audio dials in; it was let in by ticket, or by digest with the password behind `key`."""
        older = [x for x in self.legs.values() if x.kind == "position" and x.position == position]
        if any(x.user != user for x in older):
            return [Reject(leg, 403)]  # a seat is taken from nobody by dialling in to it
        self.legs[leg] = Leg(leg, "position", position=position, user=user, since=now, key=key)
        return [*self.answer(self.legs[leg]), *(Hangup(x.id) for x in older)]

    def up(self, leg_id: str, now: float) -> Actions:
        """Sound runs on this leg."""
        leg = self.legs.get(leg_id)
        if leg is None or leg.up:
            return []
        leg.up, leg.answered, leg.give_up_at, leg.sounded = True, True, NEVER, now
        if leg.kind == "position":
            return [Tell(ev.PositionLegUp(at=now, position=leg.position, leg=leg.id, user=leg.user))]
        if leg.kind == "party":
            return self._party_up(leg, now)
        if leg.kind == "canary":
            leg.give_up_at = now + CANARY_TALKS
            told = ev.CanaryAnswered(at=now, canary=leg.id)
            return [*self._record(leg, leg.id, "canary"), *self._fill(leg, "canary"), Tell(told)]
        do: Actions = self._record(leg, leg.id, "caller")
        if leg.want:
            seat = self.legs.get(leg.want)
            if seat and seat.up and not seat.call:
                return do + self.bridge(leg, seat, now, standing=leg.order is None)
            do += self.settle(leg, text("why.elsewhere" if seat else "why.audio-gone"), now)
        return do + self.reconcile(leg.id, now)

    def _party_up(self, leg: Leg, now: float) -> Actions:
        caller = self.legs.get(leg.call)
        if caller is None:
            return [Hangup(leg.id)]  # it answered while the caller went
        if leg.standing:
            others = [m for m in self.members(caller.id) if m is not leg]
            if not caller.up or caller.want or attended(others):
                leg.up = False
                return [Hangup(leg.id)]  # somebody else took the call meanwhile
            told: ev.Event = ev.CallBridged(at=now, call=caller.id, position="alternate centre")
        else:
            told = ev.PartyJoined(at=now, call=caller.id, party=leg.party)
        name = "alternate" if leg.standing else f"party-{leg.party}"
        return [*self._record(leg, caller.id, name), *self.reconcile(caller.id, now), Tell(told)]

    def ended(self, leg_id: str, by: EndedBy, why: Text | None, now: float) -> Actions:
        leg = self.legs.pop(leg_id, None)
        if leg is None:
            return []
        if leg.kind == "caller":
            return self._caller_ended(leg, by, why, now)
        do: Actions = []
        if leg.kind == "canary":
            return [Tell(ev.CanaryEnded(at=now, canary=leg.id, why=why))]
        if leg.kind == "position":
            do.append(Tell(ev.PositionLegDown(at=now, position=leg.position, leg=leg.id, why=why)))
        elif not leg.standing and leg.call in self.legs:
            do.append(Tell(ev.PartyLeft(at=now, call=leg.call, party=leg.party, why=why)))
        for waiting in self.legs.values():
            if waiting.want == leg.id:
                do += self.settle(waiting, text("why.audio-gone"), now)
                do += [Hangup(waiting.id)] if waiting.out and not waiting.up else []
        return do + self.leave(leg, now, why)

    def ringing(self, leg_id: str, now: float) -> Actions:
        """It rings at the other end of a line that we dialled."""
        leg = self.legs.get(leg_id)
        if leg is None or leg.kind != "canary" or leg.announced:
            return []
        leg.announced = True
        return [Tell(ev.CanaryRang(at=now, canary=leg.id))]

    def canary(self, leg: str, now: float) -> None:
        """A test call of ours is being made."""
        self.legs[leg] = Leg(leg, "canary", out=True, since=now, give_up_at=now + RINGS, answered=True)

    def _caller_ended(self, leg: Leg, by: EndedBy, why: Text | None, now: float) -> Actions:
        self._writers.pop(leg.sender, None)
        rest = leg.typed.rest() if leg.typed else []
        do: Actions = [Tell(ev.TextReceived(at=now, call=leg.id, text=line, via="rtt")) for line in rest]
        do += [Deafen(*flow) for flow in sorted(self._flows.pop(leg.id, ()))]
        seat = self.legs.get(leg.want)
        if seat is not None:
            do += self._fill(seat, "")
        do += self.settle(leg, text("why.call-ended"), now)
        for member in self._members.pop(leg.id):
            do += self._let_go(member, now)
            do += [Hangup(member.id)] if member.kind == "party" else []
        do.append(Tell(ev.CallEnded(at=now, call=leg.id, by=by, why=why)))
        return do

    # -- the conversation
    def join(self, leg: Leg, call: str, mode: Mode) -> None:
        leg.call, leg.mode = call, mode
        self._members[call].append(leg)

    def leave(self, leg: Leg, now: float, why: Text | None = None) -> Actions:
        """Takes a member out. A caller who is left with nobody waits again: that is told, and something is heard."""
        call, held = leg.call, self.members(leg.call)
        if leg not in held:
            return []
        was = attended(held)
        held.remove(leg)
        do = self._let_go(leg, now)
        caller = self.legs[call]
        if was and not attended(held):
            do.append(Tell(ev.CallParted(at=now, call=call, why=why)))
            caller.announce_at = caller.standing_at = now
            caller.announced, caller.mode = False, "talk"
        elif leg.kind == "position":
            do += self._free_of_hold(caller, now)
        return do + self.reconcile(call, now)

    def _free_of_hold(self, caller: Leg, now: float) -> Actions:
        """Nobody is left who could let them speak with each other again: the caller, and parties that were held."""
        members = self.members(caller.id)
        if any(m.kind == "position" and m.mode in ("talk", "muted") for m in members):
            return []
        do: Actions = []
        for leg in (caller, *(m for m in members if m.kind == "party")):
            if leg.mode != "talk":
                leg.mode = "talk"
                do.append(Tell(ev.ModeChanged(at=now, call=caller.id, member=leg.party, mode="talk")))
        return do

    def _let_go(self, leg: Leg, now: float) -> Actions:
        do = self._fill(leg, "") if leg.id in self.legs else []
        if leg.recorded:
            leg.recorded = False
            do.append(StopRecording(leg.id))
        leg.since, leg.mode = now, "talk"
        if leg.kind == "position":
            leg.call = ""
        return do

    def reconcile(self, call: str, now: float) -> Actions:
        """Makes the bridge what the modes say, and gives a sound to whoever hears nobody."""
        caller, members = self.legs[call], self.members(call)
        wanted = flows((caller, *members))
        there = self._flows.get(call, frozenset())
        self._flows[call] = wanted
        do: Actions = [Deafen(*flow) for flow in sorted(there - wanted)]
        hearing = {listener for listener, _ in wanted}
        dialling = any(m.kind == "party" and not m.up and not m.standing for m in members)
        muted = any(m.up and m.mode == "muted" for m in members)
        for leg in (caller, *members):
            if leg.up and not leg.silent:
                do += self._fill(leg, "" if leg.id in hearing else self._filler(leg, dialling, muted))
        do += [Hear(*flow) for flow in sorted(wanted - there)]
        if caller.up and not caller.silent and caller.playing == "announcement" and not caller.announced:
            do += self.announced(caller, now)
        for member in members:
            if member.up and member.kind == "position" and member.mode != "listen" and not caller.silent:
                do += self._record(member, call, "call-taker" if member.mode == "talk" else "supervisor")
        return do

    def announced(self, caller: Leg, now: float) -> Actions:
        """Who can read gets it in writing as well."""
        caller.announced = True
        do: Actions = [Tell(ev.AnnouncementStarted(at=now, call=caller.id))]
        if caller.text or caller.sender:
            do.append(Write(caller.id, written(caller.language), caller.sender, caller.via))
        return do

    @staticmethod
    def _filler(leg: Leg, dialling: bool, muted: bool) -> str:
        """`muted`: somebody is there and says nothing for a moment, which is no reason to play anything."""
        if leg.mode == "held":
            return "hold"
        if dialling:
            return "ringback"
        return "announcement" if leg.kind == "caller" and not muted else ""

    def _fill(self, leg: Leg, sound: str) -> Actions:
        if leg.playing == sound:
            return []
        leg.playing, leg.resume_at = sound, NEVER
        return [Play(leg.id, self._said(leg, (sound,)), loop=True)] if sound else [Silence(leg.id)]

    def _said(self, leg: Leg, sounds: tuple[str, ...]) -> tuple[str, ...]:
        return sequence(sounds, leg.language, self.rules.sounds)

    def prompt(self, caller: Leg, sounds: tuple[str, ...], now: float) -> Actions:
        """Plays sounds to the caller once; what was played before goes on afterwards."""
        sounds = self._said(caller, sounds)
        if caller.playing:
            caller.playing = "prompt"
            caller.resume_at = now + sum(self.rules.sounds.get(name, 0.0) for name in sounds)
        return [Play(caller.id, sounds)]

    def _record(self, leg: Leg, call: str, name: str) -> Actions:
        if leg.recorded or leg.silent:
            return []
        leg.recorded = True
        return [RecordLeg(leg.id, call, name)]

    def answer(self, leg: Leg) -> Actions:
        if leg.answered:
            return []
        leg.answered = True
        headers, kind = (in_answer(leg.id), CONTROL_TYPE) if leg.ack else ({}, "")
        return [Answer(leg.id, not leg.silent, leg.text, headers, leg.ack, kind)]

    def hang_up(self, leg: Leg, why: Text, now: float) -> Actions:
        """Somebody who only sends messages has no line that could be ended."""
        return self.ended(leg.id, "centre", why, now) if leg.sender else [Hangup(leg.id)]

    def bridge(self, caller: Leg, seat: Leg, now: float, standing: bool = False) -> Actions:
        """The position talks with the caller from here on."""
        caller.want, caller.mode = "", "talk"
        if seat.call != caller.id:
            self.join(seat, caller.id, "talk")
        seat.mode = "talk"
        do = self.reconcile(caller.id, now)
        if standing:
            do.insert(0, Play(seat.id, ("zip",)))
        do.append(Tell(ev.CallBridged(at=now, call=caller.id, position=seat.position)))
        if caller.order:
            do += self.finish(caller.order, None, now)
            caller.order = None
        return do

    def pressed(self, leg_id: str, digits: str, now: float) -> Actions:
        """Keys on a caller's or a party's phone (RFC 4733)."""
        leg = self.legs.get(leg_id)
        if leg is None or leg.kind == "position" or leg.call not in self.legs:
            return []
        return [Tell(ev.DtmfReceived(at=now, call=leg.call, digits=digits, party=leg.party))]

    def settle(self, caller: Leg, why: Text, now: float) -> Actions:
        """The bridge that was asked for will not be."""
        order, caller.want, caller.order = caller.order, "", None
        return self.finish(order, why, now) if order else []

    def finish(self, order: OrderId, why: Text | None, now: float) -> Actions:
        """The order is done, or not: `why`."""
        self.done[order] = why
        return self.outcome(order, now)

    def outcome(self, order: OrderId, now: float) -> Actions:
        why, (journal, number) = self.done[order], order
        if why is None:
            return [Tell(ev.OrderDone(at=now, order=number, journal=journal))]
        return [Tell(ev.OrderFailed(at=now, order=number, journal=journal, why=why))]

    def clock_set(self, step: float) -> None:
        """The wall clock was set forward by `step` seconds: all that is due later moves along."""
        self._move(_TIMES, step)
        for leg in self.legs.values():
            if leg.typed is not None:
                leg.typed.clock_set(step)

    def absent(self, seconds: float) -> None:
        """The switch did not run for so long: nobody was silent or late meanwhile, and who waits for us has waited."""
        self._move(_OTHERS, seconds)

    def _move(self, names: tuple[str, ...], seconds: float) -> None:
        for leg in self.legs.values():
            for name in names:
                setattr(leg, name, getattr(leg, name) + seconds)

    # -- time passes
    def tick(self, now: float, room_silent: bool) -> Actions:
        """Called a few times a second. `room_silent`: no word from the room for `room_silent_after` seconds."""
        do: Actions = []
        for leg in list(self.legs.values()):
            if now >= leg.give_up_at:
                leg.give_up_at = NEVER
                do.append(Hangup(leg.id))
            if now >= leg.resume_at and leg.call:
                leg.playing, leg.resume_at = "", NEVER
                do += self.reconcile(leg.call, now)
            if leg.kind != "caller" or leg.want or leg.out or attended(self.members(leg.id)):
                continue
            if leg.test and now >= leg.announce_at:
                do += self.answer(leg)
            if leg.test:
                continue
            if room_silent and now >= leg.standing_at:
                do += stand_in(self, leg, now)
            if not leg.up and not leg.announced and now >= leg.announce_at:
                do += self.answer(leg)
        return do

    def dialled(self, leg: str, call: str, now: float, party: str = "", standing: bool = False) -> Leg:
        """A party that is being called for `call`."""
        made = Leg(leg, "party", since=now, give_up_at=now + RINGS, party=party, standing=standing)
        self.legs[leg] = made
        self.join(made, call, "talk")
        return made

    def placed(self, leg: str, seat: Leg, order: OrderId, now: float) -> Actions:
        """A call of ours is being made, for `seat`."""
        made = Leg(leg, "caller", call=leg, out=True, want=seat.id, order=order, since=now, give_up_at=now + RINGS)
        made.answered = True
        self._add_caller(made)
        return self._fill(seat, "ringback")
