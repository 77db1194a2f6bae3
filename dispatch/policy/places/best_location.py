"""Which observation of a caller's place is the best one: the written policy. Pure. (docs/locations.md says the same.)

1. Every observation is kept as it came. What cannot be true of it is flagged, and it is shown with its flags.
2. (0, 0) and what lies off the earth (`null`, `off_earth`) is never chosen and never drawn.
3. An implausible observation (`vague`, `future`, `old`, `jump`, `far`, `cut`, `garbled`, `swapped`) is chosen only
   when there is no plausible one.
4. Of those that are left the cheapest is the best: its radius at 95 % confidence, times the weight of its source,
   times 3 for each doubt (`outside` the served area, `at_sea`, `unsure`, `other_phone`), plus 1.5 m for each second
   that it is older than another. So a fix of the phone beats the radio cell unless it is six times as vague, and of two
   like fixes the newer one wins. Equal ones change nothing.
5. The cost needs no clock: which of two observations is better never depends on when one asks.
6. An observation that a person has verified stays the best. A newer plausible one that cannot be true together with
   it, given both uncertainties and what a person can have moved meanwhile, is told to the call-taker, once.

A radius at another confidence is brought to 95 % as for errors with a normal distribution in the plane: 68 % to 95 %
is a factor of 1.62. A confidence of 0 (not known) counts as 68 %. A point without a radius gets the one of its source.
Where a size belongs to the shape and is missing, or is less than anybody can measure, the place is `unsure` and gets
one of 1000 m at least; what is left of a message that was `cut` off, of 3000 m.
"""

from __future__ import annotations

import math

import msgspec

from routing.location import Location, Malformed, check_point, distance_m
from routing.text import Param, Text, text

UNUSABLE = frozenset({"null", "off_earth"})
IMPLAUSIBLE = UNUSABLE | {"vague", "future", "old", "jump", "far", "cut", "garbled", "swapped"}
DOUBTS = frozenset({"outside", "at_sea", "unsure", "other_phone"})
FLAGS = IMPLAUSIBLE | DOUBTS | {"undated", "geocoded", "untrusted"}
"""The last three are notes: the time is when it was received; it is an address that the gazetteer found; the vehicle
does not trust its own position. `cut`, `garbled`, `swapped`: telephony/messages/aml.py and shapes.py; `other_phone`:
the message came from another telephone than the call; `far`: no telephone there reaches us."""

DRIFT = 1.5
"""Metres a second: an older observation is worse by so much, a person's walk."""
FASTEST = 70.0
"""Metres a second, 250 km/h: what is faster is no movement of a caller."""
VAGUE = 100_000.0
"""Metres at 95 %: more than the largest radio cell with all that may be wrong with it."""
FUTURE, OLD = 60.0, 900.0
"""Seconds: clocks may differ so much; a phone's place may be so much older than its call."""
FAR = 300_000.0
"""Metres outside all that is ours: farther than any radio cell that a call for us comes by."""
_DOUBT = 3.0
_PRECISE = 1.0
"""Metres: nobody knows a caller's place better."""
_UNSURE, _CUT = 1000.0, 3000.0
_SURE = math.log(1 / 0.05)
_FLOOR = 5.0


class SourceKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of source: `weight` of its metres, `radius` (metres at 95 %) of a point that comes without one."""

    weight: float
    radius: float


SOURCES = {
    "device": SourceKind(weight=1, radius=50),
    "stated": SourceKind(weight=2, radius=100),
    "network": SourceKind(weight=3, radius=500),
    "subscriber": SourceKind(weight=4, radius=50),
    "cell": SourceKind(weight=6, radius=3000),
    "registered": SourceKind(weight=10, radius=1000),
}
_BY_SOURCE = {
    "link": "device", "ecall": "device", "operator": "stated", "subscriber": "subscriber", "cell": "cell",
}  # fmt: skip
# What the methods of the IANA registry (RFC 4119) and of TS 103 625 have in them, as senders write them, without case
# and hyphens; the first that fits counts: hybridCellSector_AGPS is a fix of the phone.
_METHODS = {
    "gps": "device", "gnss": "device", "wifi": "device", "wlan": "device", "802.11": "device", "fused": "device",
    "cell": "cell", "civic": "registered", "manual": "registered", "derived": "registered", "dhcp": "registered",
    "lldp": "registered",
}  # fmt: skip
_LETTERS = {"g": "device", "w": "device", "b": "device", "c": "cell"}
"""TS 103 625 writes one letter."""


def source_of(place: Location) -> str:
    """The key in SOURCES."""
    if place.source in _BY_SOURCE:
        return _BY_SOURCE[place.source]
    method = place.method.lower().replace("-", "").replace("_", "").replace(" ", "")
    kind = _LETTERS.get(method) or next((kind for part, kind in _METHODS.items() if part in method), "")
    return kind or ("device" if place.source == "aml" else "network")


def radius95(place: Location) -> float:
    """Metres within which the caller is with 95 %."""
    if place.radius <= 0:
        return SOURCES[source_of(place)].radius
    confidence = place.confidence if 0 < place.confidence <= 100 else 68.0
    unsure = 1 - min(max(confidence, 5.0), 99.9) / 100
    return place.radius * math.sqrt(_SURE / -math.log(unsure))


def cost(place: Location) -> float:
    """Metres; only differences between observations mean something."""
    doubts = sum(flag in DOUBTS for flag in place.flags)
    return SOURCES[source_of(place)].weight * max(_FLOOR, radius95(place)) * _DOUBT**doubts - DRIFT * place.at


def best(places: tuple[Location, ...]) -> int:
    """Index of the best one, -1 when none can be used."""
    able = [n for n, place in enumerate(places) if UNUSABLE.isdisjoint(place.flags)]
    return min(able, key=lambda n: (implausible(places[n]), cost(places[n]), n), default=-1)


def implausible(place: Location) -> bool:
    return not IMPLAUSIBLE.isdisjoint(place.flags)


def flagged(place: Location, before: tuple[Location, ...], began: float, now: float) -> Location:
    """`place` with the flags that it earns. `before`: the call's observations so far; `began`: when the call did,
    seconds since 1970. One without a time gets `now`, one whose radius cannot be true another."""
    found = [flag for flag in place.flags if flag]
    if not place.at:
        place = msgspec.structs.replace(place, at=now)
        found.append("undated")
    try:
        check_point(place.lat, place.lon)
    except Malformed:
        found.append("null" if place.lat == place.lon == 0 else "off_earth")
    else:
        if place.shape != "Point" and place.radius < _PRECISE and "cut" not in found:
            found.append("unsure")
        place = _honest(place, found)
        found += _wrongs(place, before, began, now)
    return msgspec.structs.replace(place, flags=tuple(dict.fromkeys(found)))


def _honest(place: Location, flags: list[str]) -> Location:
    """With the radius that can be believed: the map, the ranking and the next centre go by it."""
    if "cut" in flags:
        least = _CUT
    elif place.shape != "Point" and place.radius < _PRECISE:
        least = max(_UNSURE, SOURCES[source_of(place)].radius)
    else:
        return place
    return msgspec.structs.replace(place, radius=max(place.radius, least), confidence=95.0)


def _wrongs(place: Location, before: tuple[Location, ...], began: float, now: float) -> list[str]:
    found = []
    if radius95(place) > VAGUE:
        found.append("vague")
    if place.at > now + FUTURE:
        found.append("future")
    elif place.at < began - OLD:
        found.append("old")
    elif _jumps(place, before):
        found.append("jump")
    return found


def _jumps(place: Location, before: tuple[Location, ...]) -> bool:
    """Faster than anybody moves, since the last plausible one of its source. When the one before was flagged so and
    agrees with this one, the caller is there after all."""
    kind = source_of(place)
    if kind not in ("device", "network"):
        return False
    same = [one for one in before if source_of(one) == kind and UNUSABLE.isdisjoint(one.flags)]
    if not same or ("jump" in same[-1].flags and not _too_far(same[-1], place, FASTEST)):
        return False
    last = next((one for one in reversed(same) if not implausible(one)), None)
    return last is not None and _too_far(last, place, FASTEST)


def _too_far(one: Location, other: Location, speed: float) -> bool:
    return apart(one, other) > speed * max(1.0, abs(one.at - other.at))


def apart(one: Location, other: Location) -> float:
    """Metres between two observations that neither's uncertainty explains; 0 when they may be one place."""
    away = distance_m(one.lat, one.lon, other.lat, other.lon)
    return max(0.0, away - radius95(one) - radius95(other))


def contradicts(place: Location, verified: Location, since: float) -> bool:
    """Whether `place` speaks against the place verified at `since` (seconds since 1970)."""
    if implausible(place) or place.at <= since or source_of(place) not in ("device", "stated", "network"):
        return False
    return apart(place, verified) > DRIFT * (place.at - since)


def why_best(place: Location, before: Location | None) -> Text:
    """Why this one is the best; `before`: the best one until now."""
    if before is None:
        return _named(place)
    if source_of(before) != source_of(place):
        return text("place-why.other-source", place=_named(place), before=_named(before))
    if implausible(before) and not implausible(place):
        return text("place-why.plausible", place=_named(place))
    newer = place.at - before.at
    if newer >= 1:
        return text("place-why.newer", place=_named(place), seconds=round(newer))
    return text("place-why.more-precise", place=_named(place))


def _named(place: Location) -> Text:
    """Whose word it is, and how sure."""
    known: dict[str, Param] = {"source": text(f"place-from.{source_of(place)}"), "radius": round(radius95(place))}
    if place.method:
        return text("place-why.source-method", method=place.method, **known)
    return text("place-why.source", **known)
