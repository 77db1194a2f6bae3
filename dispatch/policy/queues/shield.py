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
from dispatch.inputs import ShieldPolicy
from dispatch.policy.places.whereabouts import implausible, radius95, source_of
from dispatch.records import Call, CallerHistory, PastCall
from routing.location import Location

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
    yield Reason(
        code="brief",
        weight=min(policy.brief_most, brief * policy.brief),
        text_id=f"{brief} panggilan sangat singkat dalam 24 jam",
        text_en=f"{brief} very short calls within 24 hours",
    )
    repeated = sum(now - p.at < 3600.0 for p in past)
    yield Reason(
        code="repeated",
        weight=min(policy.repeated_most, max(0, repeated + 1 - policy.repeated_from) * policy.repeated),
        text_id=f"{repeated} panggilan lain dalam satu jam",
        text_en=f"{repeated} other calls within an hour",
    )
    silent = sum(p.silent and not p.pressed and now - p.at < 7 * _DAY for p in past)
    yield Reason(
        code="silent",
        weight=min(policy.silent_most, silent * policy.silent),
        text_id=f"{silent} panggilan tanpa suara dalam seminggu",
        text_en=f"{silent} calls without a sound within a week",
    )


_WORDS = {"prank": ("iseng", "called a prank"), "ghost": ("tanpa suara", "found with nobody on the line")}


def _judged(code: str, weight: float, half_life: float, times: list[float], now: float, most: float) -> Reason:
    fades = [0.5 ** (max(0.0, now - at) / half_life) for at in times]
    (ago_id, ago_en), (what_id, what_en) = _ago(now - max(times)), _WORDS[code]
    count, many = len(times), "s" if len(times) > 1 else ""
    return Reason(
        code=code,
        weight=min(weight * sum(fades), most * max(fades)),
        text_id=f"{count} kali dinilai {what_id} oleh petugas, terakhir {ago_id}",
        text_en=f"{count} time{many} {what_en} by a call-taker, the last {ago_en}",
    )


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
        yield _spared("ecall", "panggilan darurat dari kendaraan", "a vehicle calls")
    if new.pressed:
        yield _spared("pressed", "penelepon menekan 5", "the caller pressed 5")
    if new.owed >= 2:
        yield _spared("called_back", "sambungannya putus di pihak kami", "we lost this caller's line before")
    if any(_is_fresh_and_precise(place, now, policy) for place in new.locations):
        yield _spared("located", "lokasinya baru dan tepat", "its location is fresh and precise")
    reported = max((p.at for p in past if p.outcome == "emergency"), default=None)
    if reported is not None and now - reported < policy.emergency_protects:
        ago_id, ago_en = _ago(now - reported)
        yield _spared("emergency", f"melaporkan keadaan darurat {ago_id}", f"reported an emergency {ago_en}")
    if any(p.pressed and p.outcome != "prank" and now - p.at < policy.pressed_protects for p in past):
        yield _spared("pressed_before", "pernah menekan 5 saat diminta", "pressed 5 before, when asked to")


def _spared(code: str, text_id: str, text_en: str) -> Reason:
    return Reason(code=code, weight=0.0, text_id=f"tidak dicurigai: {text_id}", text_en=f"not suspected: {text_en}")


def _is_fresh_and_precise(place: Location, now: float, policy: ShieldPolicy) -> bool:
    """Of the phone or its network, and believable: what a table knows of every call of its number proves nothing."""
    known = source_of(place) in ("device", "network") and not implausible(place)
    return known and radius95(place) <= policy.precise and now - place.at <= policy.fresh


def _ago(seconds: float) -> tuple[str, str]:
    for length, word_id, word_en in ((_DAY, "hari", "day"), (3600.0, "jam", "hour"), (60.0, "menit", "minute")):
        count = int(seconds // length)
        if count:
            return f"{count} {word_id} lalu", f"{count} {word_en}{'s' * (count > 1)} ago"
    return "baru saja", "just now"
