"""What the switch does with its legs: orders from the room, standing orders when the room is silent. Pure.

Theory of operation. Inputs (a call comes in, sound is up, a leg ended, an order came, time passed) return a list of
actions for the shell to carry out. A leg is a caller, a position (a call-taker's nailed-up audio) or outgoing.

    leg        ringing --answer--> answered --sound--> up --bye--> gone
    caller     with nobody: rings; after `announce_after` seconds it is answered and hears the announcement
               with an order: answered if it was not, and bridged to the position
               with the room silent: bridged to the position that has been idle longest, with a zip tone, else
               the alternate centre is dialled, else the announcement
    position   stays up between calls; bridging is the only operation left when a call is answered

Nothing here waits for the room, and no order is needed for a caller to be answered.
"""

from __future__ import annotations

import msgspec

from dispatch import events as ev
from telephony.sip import Invite
from telephony.wire import Order


# -- actions
class Action(msgspec.Struct, frozen=True):
    pass


class Ring(Action):
    """180 to this leg."""

    leg: str


class Answer(Action):
    leg: str


class Reject(Action):
    leg: str
    code: int


class Hangup(Action):
    leg: str


class Bridge(Action):
    """Both hear each other; a == b is an echo. The call-taker's words are recorded from here on."""

    a: str
    b: str


class Part(Action):
    a: str
    b: str


class Play(Action):
    """`sound`: announcement, ring, zip or test."""

    leg: str
    sound: str
    loop: bool = False


class Silence(Action):
    leg: str


class Dial(Action):
    leg: str
    uri: str


class Tell(Action):
    """A fact for the room."""

    event: ev.Event


class Leg(msgspec.Struct):
    """`want`: the leg it is to be bridged with as soon as its sound is up; `order`: who asked for that."""

    id: str
    kind: str
    source: str = ""
    position: str = ""
    user: str = ""
    answered: bool = False
    up: bool = False
    partner: str = ""
    want: str = ""
    order: int = 0
    announce_at: float = 0.0
    standing_at: float = 0.0
    alternate_at: float = 0.0
    announced: bool = False
    playing: str = ""
    since: float = 0.0
    test: bool = False


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of the same names; seconds."""

    announce_after: float = 10.0
    room_silent_after: float = 5.0
    alternate_centre: str = ""
    max_calls: int = 900
    max_calls_per_source: int = 500


Actions = list[Action]
MAX_ALTERNATE = 30
"""Calls to the alternate centre at once: it must not be flooded by ours, and lines stay free for callers."""
ALTERNATE_AGAIN = 10.0
"""Seconds until it is tried again for the same caller."""


class Switch:
    """`now` is seconds since 1970 everywhere."""

    def __init__(self, boot: str, rules: Rules) -> None:
        self.boot, self._rules = boot, rules
        self.legs: dict[str, Leg] = {}
        self._by_source: dict[str, int] = {}
        self._done: dict[int, str] = {}
        self._noted: dict[str, float] = {}
        self._callers = self._tries = 0

    def holds(self) -> tuple[tuple[str, ...], dict[str, str]]:
        """(callers' legs, position -> leg) for the hello."""
        callers = tuple(leg.id for leg in self.legs.values() if leg.kind == "caller")
        return callers, {leg.position: leg.id for leg in self.legs.values() if leg.kind == "position" and leg.up}

    # -- calls come and go
    def refusal(self, source: str, now: float) -> Actions | None:
        """None when a further call from this address may come in; else what to do besides rejecting it."""
        rules = self._rules
        if self._callers < rules.max_calls and self._by_source.get(source, 0) < rules.max_calls_per_source:
            return None
        if now - self._noted.get(source, 0.0) < 10.0:
            return []
        if len(self._noted) > 1000:
            self._noted.clear()
        self._noted[source] = now
        what = f"calls from {source} are refused with 503: {self._callers} calls are up"
        return [Tell(ev.DiscrepancyNoted(at=now, about="switch", what=what))]

    def invited(self, leg: str, invite: Invite, source: str, raw: str, now: float) -> Actions:
        """A caller. `raw`: digest of the message kept beside the journal."""
        rules = self._rules
        made = Leg(leg, "caller", source, since=now, test=invite.test)
        made.announce_at = now + rules.announce_after
        made.standing_at = now + rules.room_silent_after
        self.legs[leg] = made
        self._callers += 1
        self._by_source[source] = self._by_source.get(source, 0) + 1
        do: Actions = [
            Tell(
                ev.CallReceived(
                    at=now, call=leg, caller=invite.caller, called=invite.called[:200], source=source, raw=raw,
                    service=invite.service or "sos", access=invite.access, sip_call_id=invite.call_id, test=invite.test,
                )
            )
        ]  # fmt: skip
        do += [Tell(ev.LocationReceived(at=now, call=leg, location=place)) for place in invite.locations]
        do += [Tell(ev.DiscrepancyNoted(at=now, about=leg, what=what)) for what in invite.discrepancies]
        if invite.test or rules.announce_after <= 0:
            return do + self._answer(made)
        return [Ring(leg), *do]

    def position_in(self, leg: str, position: str, user: str, now: float) -> Actions:
        """A call-taker's audio dials in; it was let in by ticket or digest."""
        older = [x for x in self.legs.values() if x.kind == "position" and x.position == position]
        if any(x.user != user for x in older):
            return [Reject(leg, 403)]  # a seat is taken from nobody by dialling in to it
        self.legs[leg] = Leg(leg, "position", position=position, user=user, since=now)
        return [*self._answer(self.legs[leg]), *(Hangup(x.id) for x in older)]

    def up(self, leg_id: str, now: float) -> Actions:
        """Sound runs on this leg."""
        leg = self.legs.get(leg_id)
        if leg is None or leg.up:
            return []
        leg.up, leg.answered = True, True
        if leg.kind == "position":
            return [Tell(ev.PositionLegUp(at=now, position=leg.position, leg=leg.id, user=leg.user))]
        if leg.kind == "outgoing":
            caller = self.legs.get(leg.want)
            if caller is None or not caller.up or caller.partner or caller.want:
                return [Hangup(leg.id)]  # somebody else took the call meanwhile
            return self._bridge(caller, leg, now, standing=True)
        if leg.test:
            leg.partner = leg.id
            return [Bridge(leg.id, leg.id)]
        if leg.want:
            seat = self.legs.get(leg.want)
            if seat and seat.up and not seat.partner:
                return self._bridge(leg, seat, now, standing=leg.order == 0)
            why = "that position is in another call" if seat else "the position's audio is gone"
            return self._settle(leg, why, now) + self._announce(leg, now)
        return self._announce(leg, now)

    def ended(self, leg_id: str, by: str, reason: str, now: float) -> Actions:
        """`by`: caller, centre or failure."""
        leg = self.legs.pop(leg_id, None)
        if leg is None:
            return []
        do: Actions = []
        partner = self.legs.get(leg.partner)
        if partner is not None:
            partner.partner = ""
            partner.since = now
            do.append(Part(leg.id, partner.id))
        if leg.kind == "caller":
            self._callers -= 1
            self._by_source[leg.source] -= 1
            if not self._by_source[leg.source]:
                del self._by_source[leg.source]
            do += self._settle(leg, "the call has ended", now)
            do.append(Tell(ev.CallEnded(at=now, call=leg.id, by=by, reason=reason[:200])))
            do += [Hangup(x.id) for x in self.legs.values() if x.kind == "outgoing" and x.want == leg.id]
        else:
            if leg.kind == "position":
                do.append(Tell(ev.PositionLegDown(at=now, position=leg.position, leg=leg.id, why=reason[:200])))
            for waiting in self.legs.values():
                if waiting.want == leg.id:
                    do += self._settle(waiting, "the position's audio is gone", now)
            if partner is not None:  # the caller is never hung up on because our end broke
                do.append(Tell(ev.CallParted(at=now, call=partner.id, why=reason[:200])))
                partner.announce_at = partner.standing_at = now
                partner.announced = False
                do += self._announce(partner, now)
        return do

    # -- orders
    def ordered(self, order: Order, now: float) -> Actions:
        """Carries out an order once; a repeated one is answered as the first time."""
        if order.number in self._done:
            return self._outcome(order.number, self._done[order.number], now)
        if len(self._done) > 20_000:
            for old in sorted(self._done)[:10_000]:
                del self._done[old]
        if order.expires and order.expires < now:
            return self._finish(order.number, "the order came too late", now)
        if order.do == "connect":
            return self._connect(order, now)
        if order.do == "hangup":
            leg = self._caller(order.call) if order.call else self._seat(order.position)
            missing = "there is no such call here" if order.call else "that position has no audio here"
            done = self._finish(order.number, "" if leg else missing, now)
            return [*([Hangup(leg.id)] if leg else []), *done]
        if order.do == "ring":
            seat = self._seat(order.position)
            rings: Actions = [Play(seat.id, "ring")] if seat and not seat.partner else []
            return rings + self._finish(order.number, "" if seat else "that position has no audio here", now)
        return self._finish(order.number, f"unknown order '{order.do}'", now)

    def _connect(self, order: Order, now: float) -> Actions:
        caller, seat = self._caller(order.call), self._seat(order.position)
        if caller is None:
            return self._finish(order.number, "there is no such call here", now)
        if seat is None:
            return self._finish(order.number, "that position has no audio here", now)
        waiting = any(x.want == seat.id and x is not caller for x in self.legs.values())
        if waiting or seat.partner not in ("", caller.id):
            return self._finish(order.number, "that position is in another call", now)
        if caller.partner == seat.id:
            return self._finish(order.number, "", now)
        do: Actions = self._settle(caller, "a newer order took its place", now)
        other = self.legs.get(caller.partner)
        if other is not None:
            other.partner = ""
            do.append(Part(caller.id, other.id))
            if other.kind == "outgoing":
                do.append(Hangup(other.id))
        caller.want, caller.order = seat.id, order.number
        if caller.up:
            return do + self._bridge(caller, seat, now)
        return do + self._answer(caller)

    def _caller(self, leg: str) -> Leg | None:
        found = self.legs.get(leg)
        return found if found and found.kind == "caller" else None

    def _seat(self, position: str) -> Leg | None:
        """The newest: when there are two, the older one is being hung up."""
        seats = (x for x in reversed(self.legs.values()) if x.kind == "position" and x.position == position and x.up)
        return next(seats, None)

    def _answer(self, leg: Leg) -> Actions:
        if leg.answered:
            return []
        leg.answered = True
        return [Answer(leg.id)]

    def _bridge(self, caller: Leg, seat: Leg, now: float, standing: bool = False) -> Actions:
        do: Actions = [Silence(x.id) for x in (caller, seat) if x.playing]
        caller.playing = seat.playing = ""
        if standing and seat.kind == "position":
            do.append(Play(seat.id, "zip"))
        caller.partner, seat.partner, caller.want = seat.id, caller.id, ""
        where = seat.position or "alternate centre"
        do += [Bridge(caller.id, seat.id), Tell(ev.CallBridged(at=now, call=caller.id, position=where))]
        if caller.order:
            do += self._finish(caller.order, "", now)
            caller.order = 0
        return do

    def _settle(self, caller: Leg, why: str, now: float) -> Actions:
        """The bridge that was asked for will not be."""
        order, caller.want, caller.order = caller.order, "", 0
        return self._finish(order, why, now) if order else []

    def _finish(self, order: int, why: str, now: float) -> Actions:
        self._done[order] = why
        return self._outcome(order, why, now)

    def _outcome(self, order: int, why: str, now: float) -> Actions:
        if why:
            return [Tell(ev.OrderFailed(at=now, order=order, why=why))]
        return [Tell(ev.OrderDone(at=now, order=order))]

    def clock_set(self, step: float) -> None:
        """The wall clock was set forward by `step` seconds: all that is due later moves along."""
        for leg in self.legs.values():
            leg.announce_at += step
            leg.standing_at += step
            leg.alternate_at += step
            leg.since += step

    # -- standing orders
    def tick(self, now: float, room_silent: bool) -> Actions:
        """Called a few times a second. `room_silent`: no word from the room for `room_silent_after` seconds."""
        do: Actions = []
        for leg in list(self.legs.values()):
            if leg.kind != "caller" or leg.partner or leg.want or leg.test:
                continue
            if room_silent and now >= leg.standing_at:
                do += self._standing(leg, now)
            if not leg.announced and now >= leg.announce_at:
                do += self._announce(leg, now) if leg.up else self._answer(leg)
        return do

    def _standing(self, caller: Leg, now: float) -> Actions:
        free = [x for x in self.legs.values() if x.kind == "position" and x.up and not x.partner]
        taken = {x.want for x in self.legs.values()}
        free = sorted((x for x in free if x.id not in taken), key=lambda x: x.since)
        if free:
            caller.want = free[0].id
            if caller.up:
                return self._bridge(caller, free[0], now, standing=True)
            return self._answer(caller)
        seats = any(x.kind == "position" for x in self.legs.values())
        dialled = [x for x in self.legs.values() if x.kind == "outgoing"]
        if not self._rules.alternate_centre or seats or len(dialled) >= MAX_ALTERNATE or now < caller.alternate_at:
            return []
        if any(x.want == caller.id for x in dialled):
            return []
        caller.alternate_at = now + ALTERNATE_AGAIN
        self._tries += 1
        leg = Leg(f"{caller.id}-alt{self._tries}", "outgoing", want=caller.id, since=now)
        self.legs[leg.id] = leg
        return [*self._answer(caller), Dial(leg.id, self._rules.alternate_centre)]

    def _announce(self, leg: Leg, now: float) -> Actions:
        if leg.announced:
            return []
        leg.announced, leg.playing = True, "announcement"
        return [
            Play(leg.id, "announcement", loop=True),
            Tell(ev.AnnouncementStarted(at=now, call=leg.id)),
        ]
