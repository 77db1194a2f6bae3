"""From OpenStreetMap's tags to what an emergency vehicle makes of a street: class, speed, who may, how wide.

The meaning of the tags is that of wiki.openstreetmap.org, keys highway, access, oneway, maxspeed, surface, barrier.
Emergency vehicles drive where only residents may, through pedestrian streets, and where `emergency=yes` says so; they
do not drive where `access=no` does, for that is mostly a wall.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

# Class of ours, and km/h that an emergency vehicle keeps where no sign says more (assumed, not measured).
CLASSES: dict[str, tuple[str, float]] = {
    "motorway": ("primary", 90),
    "motorway_link": ("primary", 50),
    "trunk": ("primary", 65),
    "trunk_link": ("primary", 45),
    "primary": ("primary", 50),
    "primary_link": ("primary", 40),
    "secondary": ("secondary", 40),
    "secondary_link": ("secondary", 35),
    "tertiary": ("secondary", 35),
    "tertiary_link": ("secondary", 30),
    "unclassified": ("residential", 30),
    "residential": ("residential", 25),
    "living_street": ("residential", 15),
    "road": ("residential", 20),
    "service": ("residential", 15),
    "busway": ("residential", 30),
    "pedestrian": ("residential", 10),
    "track": ("residential", 12),
    "footway": ("path", 5),
    "path": ("path", 5),
    "steps": ("path", 3),
    "cycleway": ("path", 5),
    "bridleway": ("path", 5),
}
_ROUGH = {
    **dict.fromkeys(("compacted", "fine_gravel", "cobblestone", "sett", "unhewn_cobblestone", "metal"), 0.85),
    **dict.fromkeys(("unpaved", "gravel", "pebblestone", "wood", "rock"), 0.7),
    **dict.fromkeys(("dirt", "earth", "ground", "grass", "clay"), 0.5),
    **dict.fromkeys(("sand", "mud", "snow", "ice"), 0.35),
    **{"grade2": 0.9, "grade3": 0.75, "grade4": 0.6, "grade5": 0.45},
    **{"bad": 0.75, "very_bad": 0.5, "horrible": 0.35, "very_horrible": 0.2},
}
_YES = frozenset({"yes", "designated", "official", "permissive"})
_VEHICLES = {
    "car": ("motorcar", "motor_vehicle", "vehicle", "access"),
    "motorcycle": ("motorcycle", "motor_vehicle", "vehicle", "access"),
    "engine": ("hgv", "motor_vehicle", "vehicle", "access"),
}
# Barriers that stop whom; what is not named here, a gate or a toll booth, opens for an emergency vehicle.
_BARRIERS = {
    **dict.fromkeys(("bollard", "block", "jersey_barrier", "chain", "log", "planter"), {"car", "engine"}),
    **dict.fromkeys(("debris", "cycle_barrier", "stile", "turnstile", "kissing_gate"), {"car", "engine", "motorcycle"}),
    **dict.fromkeys(("motorcycle_barrier", "wall", "fence"), {"car", "engine", "motorcycle"}),
    "height_restrictor": {"engine"},
}
_NARROW_M = 3.0
_FERRY_SPEED, _BOARDING_MIN = 15.0, 5.0
_MPH, _FOOT, _SHORT_TON, _POUND = 1.609344, 0.3048, 0.90718474, 0.00045359237

Report = Callable[[str], None]
Properties = dict[str, Any]
"""Of a feature of roads.geojson."""


def street(tags: dict[str, str], speeds: dict[str, float], said: Report) -> Properties | None:
    """The properties of a street in roads.geojson, or None for what nobody travels on; a "reversed" one-way street is
    drawn against its direction. `speeds` replaces the km/h of classes of `highway`; `said` hears of unreadable tags."""
    if tags.get("route") == "ferry":
        return ferry(tags, said)
    highway = tags.get("highway") or ("footway" if tags.get("man_made") == "pier" else "")
    if highway not in CLASSES or tags.get("area") == "yes" and highway != "pedestrian":
        return None
    kind, usual = CLASSES[highway]
    usual = speeds.get(highway, usual)
    may = [tags.get(key) in _YES for key in ("motorcycle", "motor_vehicle")]
    if kind == "path" and highway != "steps" and any(may):
        kind, usual = "lane", speeds.get("lane", 15.0)
    elif highway == "service" and tags.get("service") == "alley" and _narrow(tags):
        kind = "lane"
    found: Properties = {"name": tags.get("name") or tags.get("ref") or "", "class": kind}
    found["speed"] = round(_speed(tags, usual, kind, said), 1)
    bars = barred(tags)
    if highway in ("motorway", "motorway_link") or tags.get("motorroad") == "yes" or tags.get("foot") == "no":
        bars.add("foot")
    if tags.get("smoothness") == "impassable":
        bars |= {"car", "engine", "motorcycle"}
    if bars >= {"car", "engine", "motorcycle", "foot"}:
        return None
    if bars:
        found["bars"] = sorted(bars)
    _limits(tags, found, said)
    direction = _oneway(tags, highway)
    if direction:
        found["oneway"] = True
    if direction < 0:
        found["reversed"] = True
    return found


def ferry(tags: dict[str, str], said: Report) -> Properties | None:
    """As `street`; without a known time a boat makes 15 km/h (then `minutes` is missing), with 5 minutes' boarding."""
    if tags.get("access") == "no" or tags.get("foot") == "no":
        return None
    found: Properties = {"name": tags.get("name") or "", "class": "boat", "boarding": _BOARDING_MIN}
    if text := tags.get("duration"):
        if minutes := _minutes(text):
            found["minutes"] = minutes
        else:
            said(f"duration {text!r} is not understood; {_FERRY_SPEED:g} km/h are assumed")
    if minutes := _minutes(tags.get("interval", "")):
        found["boarding"] = round(max(1.0, minutes / 2), 1)
    if text := tags.get("opening_hours"):
        if text != "24/7" and (span := re.fullmatch(r"(?:Mo-Su )?(\d\d?):(\d\d)-(\d\d?):(\d\d)", text)):
            hours = [int(span[1]) + int(span[2]) / 60, int(span[3]) + int(span[4]) / 60]
            found["hours"] = [round(hour % 24, 2) if hour > 24 else round(hour, 2) for hour in hours]
        elif text != "24/7":
            said(f"opening_hours {text!r} is more than one span; the boat is taken to sail at any hour")
    return found


def barred(tags: dict[str, str]) -> set[str]:
    """The vehicles that may not pass, by the most special of the access tags."""
    emergency = tags.get("emergency", "")
    if emergency in _YES:
        return set()
    if emergency == "no":
        return set(_VEHICLES)
    bars = set()
    for profile, keys in _VEHICLES.items():
        value = next((tags[key] for key in keys if key in tags), "")
        # A pedestrian street says no to motors and means everybody's but ours.
        if value == "no" and (tags.get("highway") != "pedestrian" or tags.get("access") == "no"):
            bars.add(profile)
    return bars


def barrier(tags: dict[str, str]) -> set[str]:
    """Whom a barrier on a street stops."""
    if tags.get("emergency") in _YES:
        return set()
    stopped = set(_BARRIERS.get(tags.get("barrier", ""), ())) | barred(tags)
    if tags.get("locked") == "yes" and "barrier" in tags:
        stopped |= set(_VEHICLES)
    for profile, keys in _VEHICLES.items():
        if tags.get(keys[0]) in _YES:
            stopped.discard(profile)
    return stopped


def _oneway(tags: dict[str, str], highway: str) -> int:
    """1 as drawn, -1 against it, 0 both ways, for an emergency vehicle. Lanes that change direction count as both."""
    if tags.get("oneway:emergency") == "no":
        return 0
    value = tags.get("oneway", "")
    if value in ("-1", "reverse"):
        return -1
    if value in ("yes", "true", "1"):
        return 1
    round_about = tags.get("junction") in ("roundabout", "circular")
    return 1 if not value and (round_about or highway in ("motorway", "motorway_link")) else 0


def _speed(tags: dict[str, str], usual: float, kind: str, said: Report) -> float:
    speed = usual
    if (text := tags.get("maxspeed")) and kind not in ("path", "lane"):
        limit = _kmh(text)
        if limit:
            # What is kept is a little less than what the sign allows: there are junctions and people.
            speed = min(110.0, max(5.0, limit * 0.9))
        elif not re.search(r"[a-z]", text, re.I):
            said(f"maxspeed {text!r} is not understood; {usual:g} km/h are assumed")
    for key in ("surface", "tracktype", "smoothness"):
        speed *= _ROUGH.get(tags.get(key, "").split(":")[0], 1.0) if kind != "path" else 1.0
    return max(3.0, speed)


def _kmh(text: str) -> float | None:
    if text == "walk":
        return 7.0
    if text == "none":
        return 120.0
    found = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*(mph|km/h|kmh)?", text.split(";")[0].strip())
    if not found or float(found[1]) == 0:
        return None
    return float(found[1]) * (_MPH if found[2] == "mph" else 1.0)


def _limits(tags: dict[str, str], found: Properties, said: Report) -> None:
    for key, field, read in (
        ("maxweight", "max_weight", _tonnes),
        ("maxwidth", "max_width", _metres),
        ("maxwidth:physical", "max_width", _metres),
        ("maxheight", "max_height", _metres),
        ("maxheight:physical", "max_height", _metres),
    ):
        text = tags.get(key)
        if not text or text in ("none", "default", "below_default", "no_sign", "no_indications", "unsigned"):
            continue
        value = read(text)
        if value is None or not 0 < value <= 500:
            said(f"{key} {text!r} is not understood; no limit is assumed")
        else:
            found[field] = round(value, 2)
    width = _metres(tags.get("width", ""))
    if "max_width" not in found and width is not None and _narrow(tags):
        found["max_width"] = round(width, 2)


def _narrow(tags: dict[str, str]) -> bool:
    width = _metres(tags.get("width", ""))
    return width is not None and 0 < width < _NARROW_M


def _metres(text: str) -> float | None:
    if found := re.fullmatch(r"(\d{1,3})'\s*(?:(\d{1,2})\"?)?", text.strip()):
        return int(found[1]) * _FOOT + int(found[2] or 0) * _FOOT / 12
    found = re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:m|meter|metres?)?", text.strip())
    return float(found[1].replace(",", ".")) if found else None


def _tonnes(text: str) -> float | None:
    found = re.fullmatch(r"(\d{1,6}(?:[.,]\d+)?)\s*(t|kg|st|lbs|ton|tonnes?)?", text.strip())
    if not found:
        return None
    factor = {"kg": 0.001, "st": _SHORT_TON, "lbs": _POUND}.get(found[2] or "t", 1.0)
    return float(found[1].replace(",", ".")) * factor


def _minutes(text: str) -> float | None:
    """Of "15", "01:30", "01:30:00" and "PT1H30M"; None for others and for no time at all."""
    if found := re.fullmatch(r"(\d{1,3})(?::(\d\d))?(?::(\d\d))?", text):
        first, second, third = (int(part or 0) for part in found.groups())
        minutes = first if found[2] is None else first * 60 + second + third / 60
    elif found := re.fullmatch(r"PT(?:(\d{1,2})H)?(?:(\d{1,3})M)?", text):
        minutes = int(found[1] or 0) * 60 + int(found[2] or 0)
    else:
        return None
    return float(minutes) if 0 < minutes <= 600 else None
