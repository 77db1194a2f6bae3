"""The ghost shield: how much speaks for a prank or ghost call, and why. It orders who waits; it blocks nobody.

Theory of operation. The score adds up grounds from the last calls of the same number, each with its weight and a
sentence. Only what call-takers said of earlier calls can make a number suspected: three judgements at least, and silent
calls of some hours count as one, because a silent caller may be one under threat. What the machine saw (very short
calls, many in an hour, silence) only adds to that. All of it fades within days.

Some calls are never suspected, whatever the number did: see `_never`. A number that is not known to us, or not told
to us, has no history, and so no score.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dispatch.events import Reason
from dispatch.policy.places.best_location import implausible, radius95, source_of
from dispatch.records import Call, CallerHistory, PastCall
from dispatch.world import ShieldPolicy
from routing.location import Location
from routing.text import Param, Text, text

_DAY = 86_400.0


class NewCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call as it comes in. `number` is "" when it is withheld, or when the phone has no SIM; `at` when it was
    received, seconds since 1970; `pressed`: 5, after the prompt; `owed`: urgency of the callback that this number is
    owed, 0 for none."""

    id: str
    at: float
    number: str = ""
    service: str = "sos"
    locations: tuple[Location, ...] = ()
    pressed: bool = False
    owed: int = 0


class Score(msgspec.Struct, frozen=True, kw_only=True):
    value: float = 0.0
    suspected: bool = False
    reasons: tuple[Reason, ...] = ()


NOTHING = Score()


def new_call(call: Call, owed: int = 0) -> NewCall:
    return NewCall(
        id=call.id, at=call.received, number=call.caller, service=call.service, locations=call.locations, owed=owed,
        pressed="5" in call.digits,
    )  # fmt: skip


def score(history: CallerHistory | None, new: NewCall, now: float, policy: ShieldPolicy) -> Score:
    """`history` of the new call's number, None when there is none; `now` seconds since 1970."""
    past = tuple(p for p in history.past if p.call != new.id) if history and new.number else ()
    if not past:
        return NOTHING
    pranks = [p.at for p in past if p.outcome == "prank"]
    ghosts = _occasions([p.at for p in past if p.outcome == "ghost"], policy.occasion)
    grounds = tuple(r for r in _grounds(past, pranks, ghosts, now, policy) if r.weight > 0)
    value = round(min(1.0, sum(r.weight for r in grounds)), 3)
    if not value:
        return NOTHING
    spared = tuple(_never(past, new, now, policy))
    judged = len(pranks) + len(ghosts) >= policy.judged
    suspected = judged and value >= policy.suspect_from and not spared
    return Score(value=value, suspected=suspected, reasons=(*grounds, *spared))


def _grounds(
    past: tuple[PastCall, ...], pranks: list[float], ghosts: list[float], now: float, policy: ShieldPolicy
) -> Iterator[Reason]:
    if pranks:
        yield _judged("prank", policy.prank, policy.prank_half_life, pranks, now, policy.judged_most)
    if ghosts:
        yield _judged("ghost", policy.ghost, policy.ghost_half_life, ghosts, now, policy.judged_most)
    brief = sum(_is_brief(p, policy) and now - p.at < _DAY for p in past)
    yield Reason(text=text("shield.brief", count=brief), weight=min(policy.brief_most, brief * policy.brief))
    repeated = sum(now - p.at < 3600.0 for p in past)
    beyond = max(0, repeated + 1 - policy.repeated_from)
    weight = min(policy.repeated_most, beyond * policy.repeated)
    yield Reason(text=text("shield.repeated", count=repeated), weight=weight)
    silent = sum(p.silent and not p.pressed and now - p.at < 7 * _DAY for p in past)
    yield Reason(text=text("shield.silent", count=silent), weight=min(policy.silent_most, silent * policy.silent))


def _judged(code: str, weight: float, half_life: float, times: list[float], now: float, most: float) -> Reason:
    fades = [0.5 ** (max(0.0, now - at) / half_life) for at in times]
    said = text(f"shield.{code}", count=len(times), last=_ago(now - max(times)))
    return Reason(text=said, weight=min(weight * sum(fades), most * max(fades)))


def _occasions(times: list[float], within: float) -> list[float]:
    """The first time of each group whose members follow its first one within `within` seconds."""
    found: list[float] = []
    for at in sorted(times):
        if not found or at - found[-1] >= within:
            found.append(at)
    return found


def _is_brief(call: PastCall, policy: ShieldPolicy) -> bool:
    if call.outcome == "unheard":  # who waited long and gave up had no answer from us
        return call.seconds < policy.brief_unheard
    return call.outcome == "heard" and call.seconds < policy.brief_heard


def _never(past: tuple[PastCall, ...], new: NewCall, now: float, policy: ShieldPolicy) -> Iterator[Reason]:
    """Why this call is not suspected, whatever its number did before."""
    if new.service.startswith("sos.ecall"):
        yield _spared("ecall")
    if new.pressed:
        yield _spared("pressed")
    if new.owed >= 2:
        yield _spared("called-back")
    if any(_is_fresh_and_precise(place, now, policy) for place in new.locations):
        yield _spared("located")
    reported = max((p.at for p in past if p.outcome == "emergency"), default=None)
    if reported is not None and now - reported < policy.emergency_protects:
        yield _spared("emergency", last=_ago(now - reported))
    if any(p.pressed and p.outcome != "prank" and now - p.at < policy.pressed_protects for p in past):
        yield _spared("pressed-before")


def _spared(why: str, **params: Param) -> Reason:
    return Reason(text=text(f"shield.spared-{why}", **params), weight=0.0)


def _is_fresh_and_precise(place: Location, now: float, policy: ShieldPolicy) -> bool:
    """Of the phone or its network, and believable: what a table knows of every call of its number proves nothing."""
    known = source_of(place) in ("device", "network") and not implausible(place)
    return known and radius95(place) <= policy.precise and now - place.at <= policy.fresh


def _ago(seconds: float) -> Text:
    for length, word in ((_DAY, "days"), (3600.0, "hours"), (60.0, "minutes")):
        count = int(seconds // length)
        if count:
            return text(f"ago.{word}", count=count)
    return text("ago.just-now")
