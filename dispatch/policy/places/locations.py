"""Policy for what comes in about a caller's place: weighed, verified, joined to its call.

An observation is flagged, kept, and compared with the best one (dispatch/policy/places/best_location.py). A phone's own
message (AML) waits for its call, for half an hour before the call and after it; whichever comes second claims the
other.

It is joined by the number. An IMEI joins where message or call has no number, when it names one telephone and all calls
that have it are of one; it never gives a call's place to another number. Where number and IMEI say different things the
place is a doubtful one, and the call-taker is told.
"""

from __future__ import annotations

import msgspec

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.board import Board
from dispatch.commands import Actor
from dispatch.inputs import Decision, Refused
from dispatch.policy.incidents.incidents import checked_location, recommended
from dispatch.policy.places.aliases import named
from dispatch.policy.places.best_location import UNUSABLE, apart, best, contradicts, flagged, why_best
from dispatch.records import Call
from dispatch.world import World
from routing.numbers import device_of, is_subscriber
from routing.text import text

AML_WAITS = 1800.0
"""Seconds that a phone's message waits for its call, and that an ended call is still given one."""
MAX_UNCLAIMED = 2000


# -- observations
def located(board: Board, e: ev.LocationReceived, now: float, world: World) -> Decision:
    """Keeps an observation and says so when it is the best one, or speaks against the verified one."""
    call = board.calls[e.call]
    place = flagged(e.location, call.locations, call.received, now)
    doubts = world.places.doubts(place) if UNUSABLE.isdisjoint(place.flags) else ()
    place = msgspec.structs.replace(place, flags=tuple(dict.fromkeys((*place.flags, *doubts))))
    yield msgspec.structs.replace(e, location=place)
    call = board.calls[e.call]
    verified = call.place(call.verified)
    if verified is None:
        yield from _chosen(board, call, now)
    elif call.contradicted < 0 and contradicts(place, verified, call.verified_at):
        newest, metres = call.numbers[-1], round(apart(place, verified))
        yield ev.LocationContradicted(at=now, call=call.id, observation=newest, verified=call.verified, metres=metres)
    yield from _fill_incident(board, call.id, now, world)


def _chosen(board: Board, call: Call, now: float) -> Decision:
    """The newest is compared with the best one only: the order of the others does not change."""
    newest, before = call.locations[-1], call.place(call.best)
    if best((newest,) if before is None else (before, newest)) == (0 if before is None else 1):
        why = why_best(newest, before)
        yield ev.LocationChosen(at=now, call=call.id, observation=call.numbers[-1], why=why)


def _fill_incident(board: Board, name: str, now: float, world: World) -> Decision:
    """An incident that was opened before anything was known of its place gets the caller's."""
    call = board.calls[name]
    incident, place = board.incidents.get(call.incident), call.place(call.best)
    if incident and incident.state == "open" and incident.location is None and place:
        yield ev.IncidentChanged(at=now, incident=incident.id, by="system", location=place)
        yield from recommended(board, incident.id, now, world)


def _linked(board: Board, e: ev.CallLinked, now: float, world: World) -> Decision:
    yield from _fill_incident(board, e.call, now, world)


def _civic(board: Board, e: ev.CivicReceived, now: float, world: World) -> Decision:
    yield e
    text = e.text or ", ".join(e.parts.values())
    found = world.places.geocode(text)
    if found is None:
        return
    flags, known = (*found.flags, "geocoded"), {"civic": e.parts, "text": text[:200], "source": "pidf-lo"}
    place = msgspec.structs.replace(found, method=e.method or "civic", flags=flags, **known)
    yield from located(board, ev.LocationReceived(at=now, call=e.call, location=place), now, world)


# -- a call begins
def call_began(board: Board, e: ev.CallReceived, now: float, world: World) -> Decision:
    """What tables and earlier messages know about its place."""
    if e.call not in board.calls:
        return
    for place in world.places.places_of(e):
        yield from located(board, ev.LocationReceived(at=now, call=e.call, location=place), now, world)
    for aml in board.tables["awaited"].get(e.caller, ()):
        yield from _claim(board, board.calls[e.call], aml, now, world)


def _device_known(board: Board, e: ev.AdditionalDataReceived, now: float, world: World) -> Decision:
    """What a phone sent without its number may be this call's."""
    for aml in board.tables["awaited"].get(f"imei:{device_of(board.calls[e.call].imei)}", ()):
        row = board.tables["unclaimed"][str(aml)]
        if call_of(board, row.number, row.imei, now) == board.calls[e.call]:
            yield from _claim(board, board.calls[e.call], aml, now, world)


# -- phones' own messages
def _aml(board: Board, e: ev.AmlReceived, now: float, world: World) -> Decision:
    waiting = board.tables["unclaimed"]
    if len(waiting) >= MAX_UNCLAIMED:
        yield ev.AmlLapsed(at=now, aml=min(row.id for row in waiting.values()))
    yield msgspec.structs.replace(e, lapses=now + AML_WAITS)
    aml = board.seq
    call = call_of(board, e.number, e.imei, now)
    if call is not None:
        yield from _claim(board, call, aml, now, world)
    elif is_subscriber(e.number):
        what = text("discrepancy.aml-other-number", number=e.number)
        for other in [one for one in _with_device(board, e.imei, now) if one.state != "ended"]:
            yield ev.DiscrepancyNoted(at=now, about=other.id, what=what)


def call_of(board: Board, number: str, imei: str, now: float) -> Call | None:
    """The call that a phone's message is about: an open one before an ended one, the newest first. By number; by IMEI
    only where one of the two has no number, and nobody else has that IMEI."""
    named = is_subscriber(number)
    able = [call for call in _able(board, now) if call.caller == number] if named else []
    if not able:
        able = _with_device(board, imei, now)
        numbers = {call.caller for call in able if is_subscriber(call.caller)} | ({number} if named else set())
        live = {call.caller if is_subscriber(call.caller) else call.id for call in able if call.state != "ended"}
        if len(numbers) > 1 or len(live) > 1:
            return None
    return max(able, key=lambda call: (call.state != "ended", call.received, call.id), default=None)


def _able(board: Board, now: float) -> list[Call]:
    recent = (call for call in board.calls.values() if call.state != "ended" or now - call.ended <= AML_WAITS)
    return [call for call in recent if call.direction == "in"]


def _with_device(board: Board, imei: str, now: float) -> list[Call]:
    device = device_of(imei)
    return [call for call in _able(board, now) if device_of(call.imei) == device] if device else []


def _claim(board: Board, call: Call, aml: int, now: float, world: World) -> Decision:
    row = board.tables["unclaimed"][str(aml)]
    device, known = device_of(row.imei), device_of(call.imei)
    yield ev.AmlClaimed(at=now, call=call.id, aml=aml, waits=call.state == "ended", imei=row.imei)
    if row.location is None:
        what = text("discrepancy.aml-without-place")
        yield ev.DiscrepancyNoted(at=now, about=call.id, what=what)
        return
    place = row.location
    if device and known and device != known:
        what = text("discrepancy.aml-other-phone")
        yield ev.DiscrepancyNoted(at=now, about=call.id, what=what)
        place = msgspec.structs.replace(place, flags=(*place.flags, "other_phone"))
    yield from located(board, ev.LocationReceived(at=now, call=call.id, location=place), now, world)
    incident = board.incidents.get(call.incident)
    if call.state == "ended" and incident and incident.state == "open":
        note = "Telepon penelepon mengirim lokasi sesudah panggilan. / The phone sent its place after the call."
        yield ev.NoteAdded(at=now, incident=incident.id, text=note, by="system")


def _aml_lapsed(board: Board, about: str, now: float, world: World) -> Decision:
    yield ev.AmlLapsed(at=now, aml=int(about))


# -- what people say
def _call(board: Board, name: str) -> Call:
    call = board.calls.get(name)
    if call is None:
        raise Refused("refused.call-unknown", call=name)
    return call


def _observe(board: Board, c: cmd.ObserveLocation, actor: Actor, now: float, world: World) -> Decision:
    call = _call(board, c.call)
    place = checked_location(c.location) if c.location else None
    place = place or named(board, c.text) or world.places.geocode(c.text)
    if place is None:
        raise Refused("refused.place-not-found")
    said = {"source": "operator", "text": c.text or place.text, "at": now, "flags": ()}
    place = msgspec.structs.replace(place, method=place.method or "gazetteer", **said)
    yield from located(board, ev.LocationReceived(at=now, call=call.id, location=place, by=actor.user), now, world)


def _verify(board: Board, c: cmd.VerifyLocation, actor: Actor, now: float, world: World) -> Decision:
    call = _call(board, c.call)
    place = call.place(c.observation)
    if place is None or not UNUSABLE.isdisjoint(place.flags):
        raise Refused("refused.observation-unusable")
    yield ev.LocationVerified(at=now, call=call.id, observation=c.observation, by=actor.user)
    if call.best != c.observation:
        why = text("place-why.verified", by=actor.user)
        yield ev.LocationChosen(at=now, call=call.id, observation=c.observation, why=why)
    yield from _fill_incident(board, call.id, now, world)


COMMANDS = {cmd.ObserveLocation: _observe, cmd.VerifyLocation: _verify}
REPORTS = {ev.LocationReceived: located, ev.CivicReceived: _civic, ev.AmlReceived: _aml}
FOLLOWS = {ev.CallReceived: call_began, ev.CallLinked: _linked, ev.AdditionalDataReceived: _device_known}
DEADLINES = {"aml": _aml_lapsed}
