"""Which fixes are believed: each is judged by its own words, by the time, and by what its device sent before. Pure.

Theory of operation. A `Track` is what is known of one device that speaks for one unit. `judge` takes what came in one
message and gives the new track and the unit's live position, where that changed. A fix that cannot be used at all
changes nothing. For the others a track is in one of three states:

    state   the fix is                becomes  live position
    new     the first                 sure     the fix
    sure    near what is believed     sure     the fix
    sure    further than one can go   held     stays, doubted: "jump"
    held    near what is believed     sure     the fix; what was held was an error of the receiver
    held    near what is held         held     stays, doubted
    held    the third that agrees     sure     the fix; the unit is there: it was carried, or its device was off
    held    near neither              held     stays, doubted; holding begins anew

A device whose clock runs ahead is known by its first fix from the future; one whose clock is behind by five messages
that are all late by the same time, since no queue and no network is as even. Its times are then corrected by what they
are off, and the fix is doubted: "clock". Every fix that is kept is newer than the one before it: an older one is never
the live position, and is not kept, for the trail of a unit is sampled from where it was seen to be.
"""

from __future__ import annotations

import msgspec

from dispatch.events import Fix
from routing.location import Malformed, check_point, distance_m
from routing.text import Text, text

DOUBTS = ("jump", "inaccurate", "clock", "frozen")
"""jump: newer fixes are elsewhere and not believed yet; inaccurate: known to a kilometre or worse; clock: the device's
clock is wrong; frozen: exactly the same place for minutes although the unit is under way."""

NEW, SURE, HELD = "new", "sure", "held"
_FASTEST_MPS = 70.0
_NOISE_M, _VAGUE_NOISE_M = 150.0, 500.0
_AGREE, _AGREE_S = 3, 10.0
_NULL_ISLAND_DEG = 0.01
_VAGUE_M, _VAGUE_WAITS_S = 1000.0, 600.0
_TOO_OLD_S = 86_400.0
_AHEAD_S, _BEHIND_S = 60.0, 120.0
_LATE_MESSAGES, _LATE_FOR_S, _LATE_SPREAD_S = 5, 60.0, 10.0
_FROZEN_S = 180.0
_APART_M = 1000.0
_OLDER, _KNOWN = text("fix.older"), text("fix.known")


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """`last` is the newest fix believed, `held` those that may be the new place, oldest first. `late`: of the last
    messages (when it came, by how much its newest fix was ahead of that), while they may tell of a wrong clock, which
    is `ahead` by so many seconds. `still_since`: when the device was first heard at this very place."""

    last: Fix | None = None
    held: tuple[Fix, ...] = ()
    late: tuple[tuple[float, float], ...] = ()
    ahead: float = 0.0
    still_since: float = 0.0

    @property
    def state(self) -> str:
        return HELD if self.held else SURE if self.last else NEW


class Judged(msgspec.Struct, frozen=True):
    """`live`: where the unit is, when that or the doubt about it changed. `ignored` says why for each fix that was not
    believed, `told` is what somebody should know of it."""

    track: Track
    live: Fix | None
    kept: int
    ignored: tuple[Text, ...] = ()
    told: tuple[Text, ...] = ()


def judge(track: Track, given: list[Fix], now: float, under_way: float = 0.0) -> Judged:
    """`given`: fixes of one unit from one device, received together at `now`. `under_way`: since when the unit is on
    its way to an incident, 0 when it is not. Times in seconds since 1970."""
    before, was_ahead = track.last, track.ahead
    usable, ignored = _usable(given)
    told = list(ignored)
    track = _clock(track, usable, now)
    kept = 0
    for fix in sorted(usable, key=lambda one: one.at):
        fix = msgspec.structs.replace(fix, at=min(fix.at - track.ahead, now))
        why = _when(track, fix, now) or _how_exact(track, fix)
        if why is None:
            track, why = _moved(track, _plain(fix), now)
        kept += why is None
        if why is not None:
            ignored.append(why)
            if why not in (_OLDER, _KNOWN):
                told.append(why)
    doubt = _doubt(track, now, under_way)
    if track.ahead and not was_ahead:
        told.append(_clock_told(track.ahead))
    if doubt == "frozen" and before and before.doubt != "frozen":
        told.append(text("fix.frozen", seconds=round(now - track.still_since)))
    if track.last is not None:
        track = msgspec.structs.replace(track, last=msgspec.structs.replace(track.last, doubt=doubt))
    live = track.last if track.last != before else None
    return Judged(track, live, kept, tuple(ignored), tuple(told))


def _clock_told(ahead: float) -> Text:
    way, seconds = "ahead" if ahead > 0 else "behind", round(abs(ahead))
    if seconds >= 2 * 86_400:
        return text(f"fix.clock-days-{way}", days=round(seconds / 86_400))
    return text(f"fix.clock-{way}", seconds=seconds)


def far_apart(one: Fix, other: Fix) -> float:
    """Metres between two fixes of about the same time, 0 where accuracy and a minute's drive explain them."""
    metres = distance_m(one.lat, one.lon, other.lat, other.lon)
    return metres if metres > _APART_M + one.accuracy + other.accuracy else 0.0


def _usable(given: list[Fix]) -> tuple[list[Fix], list[Text]]:
    usable, wrong = [], []
    for fix in given:
        try:
            check_point(fix.lat, fix.lon)
            if abs(fix.lat) < _NULL_ISLAND_DEG and abs(fix.lon) < _NULL_ISLAND_DEG:
                raise Malformed("wrong.null-island")
            if not 0 < fix.at < 1e11:
                raise Malformed("wrong.no-time")
        except Malformed as why:
            wrong.append(why.text)
        else:
            usable.append(fix)
    return usable, wrong


def _clock(track: Track, usable: list[Fix], now: float) -> Track:
    """What this message tells of the device's clock."""
    if not usable:
        return track
    lag = max(fix.at for fix in usable) - now
    if -_BEHIND_S <= lag <= _AHEAD_S:
        return msgspec.structs.replace(track, late=(), ahead=0.0)
    if track.late and abs(track.late[-1][1] + track.late[-1][0] - lag - now) < 0.001:
        return track  # the same moment again says nothing of the clock
    late = (*track.late, (now, lag))[-_LATE_MESSAGES:]
    lags = [one for _, one in late]
    if lag > _AHEAD_S:
        ahead = max(one for one in lags)
    else:
        long_enough = len(late) == _LATE_MESSAGES and now - late[0][0] >= _LATE_FOR_S
        even = max(lags) - min(lags) <= _LATE_SPREAD_S
        ahead = max(lags) if long_enough and even else 0.0
    return msgspec.structs.replace(track, late=late, ahead=ahead)


def _when(track: Track, fix: Fix, now: float) -> Text | None:
    if now - fix.at > _TOO_OLD_S:
        return text("fix.days-ago", days=round((now - fix.at) / 86_400))
    if track.last is not None and fix.at <= track.last.at:
        return _KNOWN if fix.at == track.last.at else _OLDER
    return None


def _how_exact(track: Track, fix: Fix) -> Text | None:
    """A place known to kilometres is better than none, and worse than a good one of some minutes ago."""
    last = track.last
    if fix.accuracy <= _VAGUE_M or last is None or last.accuracy > _VAGUE_M or fix.at - last.at > _VAGUE_WAITS_S:
        return None
    return text("fix.rough", metres=round(fix.accuracy), seconds=round(fix.at - last.at))


def _plain(fix: Fix) -> Fix:
    """Without a speed that nothing on wheels or on the water has."""
    return fix if 0 <= fix.speed <= _FASTEST_MPS else msgspec.structs.replace(fix, speed=0.0)


def _reachable(start: Fix, end: Fix) -> bool:
    """Whether one can have come from there to here; both times rise."""
    blur = sum(min(one.accuracy, _VAGUE_NOISE_M) if one.accuracy <= _VAGUE_M else one.accuracy for one in (start, end))
    metres = distance_m(start.lat, start.lon, end.lat, end.lon)
    return metres <= _NOISE_M + blur + _FASTEST_MPS * max(0.0, end.at - start.at)


def _moved(track: Track, fix: Fix, now: float) -> tuple[Track, Text | None]:
    """The table above; the second is why the fix is not believed."""
    last, held = track.last, track.held
    if last is None or _reachable(last, fix):
        return _believed(track, fix, now), None
    if held and fix.at <= held[-1].at:
        return track, _KNOWN if fix.at == held[-1].at else _OLDER
    held = (*held, fix) if held and _reachable(held[-1], fix) else (fix,)
    if len(held) >= _AGREE and fix.at - held[0].at >= _AGREE_S:
        return _believed(track, fix, now), None
    metres = distance_m(last.lat, last.lon, fix.lat, fix.lon)
    # The first and the newest tell all that is asked of them, however long it takes until they are believed.
    held = (held[0], *held[1:][1 - _AGREE :])
    return (
        msgspec.structs.replace(track, held=held),
        text("fix.jump", metres=round(metres), seconds=round(fix.at - last.at)),
    )


def _believed(track: Track, fix: Fix, now: float) -> Track:
    last = track.last
    still = last is not None and (last.lat, last.lon) == (fix.lat, fix.lon)
    return msgspec.structs.replace(track, last=fix, held=(), still_since=track.still_since if still else now)


def _doubt(track: Track, now: float, under_way: float) -> str:
    if track.held:
        return "jump"
    if track.last is not None and track.last.accuracy > _VAGUE_M:
        return "inaccurate"
    if track.ahead:
        return "clock"
    if under_way and track.last is not None and now - max(track.still_since, under_way) >= _FROZEN_S:
        return "frozen"
    return ""
