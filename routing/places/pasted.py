"""Coordinates in the forms in which people paste or dictate them: decimal, degrees and minutes, links, Plus Codes.

0.9186, 104.4735      0,9186 104,4735       -0.5; 104.4       104.4735 0.9186 (longitude first, if it must be)
0°55'07.1"N 104°28'24.6"E       N 0° 55.118' E 104° 28.41'     0,9186 LU 104,4735 BT
geo:0.9186,104.4735;u=35 (RFC 5870)     geo:0,0?q=0.9186,104.4735(Rumah)
links of Google Maps (…/@0.9186,104.4735,17z, !3d…!4d…, q=, query=, ll=, destination=), OpenStreetMap, Apple Maps
"""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

import msgspec

from routing.location import Malformed, check_point
from routing.places.pluscode import decode, find_code

_MOST = 2000
_POINT = r"([+-]?\d{1,3}\.\d{1,20})"
_COMMA = r"([+-]?\d{1,3},\d{2,20})"
_EITHER = r"([+-]?\d{1,3}(?:\.\d{1,20})?)"
# The pin of a place before the middle of the screen.
_LINKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"!3d{_EITHER}!4d{_EITHER}",
        rf"[?&](?:q|query|ll|sll|daddr|destination|center|mq|cp)=(?:loc:)?\s*{_EITHER}\s*[,~ ]\s*{_EITHER}",
        rf"[?&]mlat={_EITHER}&mlon={_EITHER}",
        rf"/@{_EITHER},{_EITHER}",
        rf"#map=[\d.]{{1,5}}/{_EITHER}/{_EITHER}",
        rf"/(?:place|search|dir)/(?:[^/]{{0,200}}/)?{_EITHER},\s*{_EITHER}",
    )
)
_GEO = re.compile(rf"geo:{_EITHER},{_EITHER}(?:,{_EITHER})?", re.IGNORECASE)
_GEO_ASKED = re.compile(rf"geo:0(?:\.0+)?,0(?:\.0+)?\?q={_EITHER},{_EITHER}", re.IGNORECASE)
_PLAIN = (
    re.compile(rf"{_POINT}\s*[,;/ ]\s*{_POINT}"),
    re.compile(rf"{_COMMA}\s*[,;/ ]\s*{_COMMA}"),
)
# Indonesian: lintang utara, lintang selatan, bujur timur, bujur barat.
_SIDES = {"N": 1, "S": -1, "E": 1, "W": -1, "LU": 1, "LS": -1, "BT": 1, "BB": -1, "U": 1, "T": 1}
_NORTHERLY = {"N", "S", "LU", "LS", "U"}
_SIDE = r"(LU|LS|BT|BB|[NSEWUT])"
_ANGLE = (
    r"([+-]?\d{1,3}(?:[.,]\d{1,12})?)\s*°?\s*"
    r"(?:(\d{1,2}(?:[.,]\d{1,12})?)\s*'?\s*(?:(\d{1,2}(?:[.,]\d{1,12})?)\s*\"?\s*)?)?"
)
_ANGLES = (
    re.compile(rf"{_SIDE}\s*{_ANGLE}[,;/]?\s*{_SIDE}\s*{_ANGLE}", re.IGNORECASE),
    re.compile(rf"()(?=.*°.*°){_ANGLE}[,;/]?\s*(){_ANGLE}"),
)
_ANGLES_BEFORE_SIDES = re.compile(rf"{_ANGLE}{_SIDE}\s*[,;/]?\s*{_ANGLE}{_SIDE}", re.IGNORECASE)
_QUOTES = str.maketrans({"’": "'", "′": "'", "‘": "'", "”": '"', "″": '"', "“": '"', "º": "°", "˚": "°", "−": "-"})


class Pasted(msgspec.Struct, frozen=True):
    """A point in degrees; `kind` is "coordinates" or "pluscode"; `text` what it was read from."""

    lat: float
    lon: float
    kind: str
    text: str


def read_point(text: str, near: tuple[float, float]) -> Pasted | None:
    """The point that `text` gives, or None. Short Plus Codes are looked for around `near` (lat, lon)."""
    text = text[:_MOST].strip()
    if not any(sign.isdigit() for sign in text):
        return None
    try:
        found = _linked(text) or _plain(text) or _angles(text)
        if found:
            lat, lon = found if abs(found[0]) <= 90 else found[::-1]
            lat, lon = check_point(lat, lon)
            return Pasted(lat, lon, "coordinates", f"{lat:.6f}, {lon:.6f}")
        code = find_code(text)
        if code:
            lat, lon, _ = decode(code, near)
            return Pasted(lat, lon, "pluscode", code)
    except Malformed:
        pass
    return None


def _linked(text: str) -> tuple[float, float] | None:
    if "geo:" in text.casefold():
        found = _GEO_ASKED.search(text) or _GEO.search(text)
        return (float(found[1]), float(found[2])) if found else None
    if "://" not in text and not text.startswith(("maps.", "www.", "goo.gl")):
        return None
    plain = unquote_plus(text)
    found = next((found for pattern in _LINKS if (found := pattern.search(plain))), None)
    return (float(found[1]), float(found[2])) if found else None


def _plain(text: str) -> tuple[float, float] | None:
    bare = text.translate(_QUOTES).strip("()[]{} \t")
    found = next((found for pattern in _PLAIN if (found := pattern.fullmatch(bare))), None)
    return (_number(found[1]), _number(found[2])) if found else None


def _angles(text: str) -> tuple[float, float] | None:
    bare = text.translate(_QUOTES).replace("''", '"').strip("()[]{} \t")
    if found := _ANGLES_BEFORE_SIDES.fullmatch(bare):
        parts = found.groups()
        sides, angles = (parts[3].upper(), parts[7].upper()), (parts[:3], parts[4:7])
    elif found := next((found for pattern in _ANGLES if (found := pattern.fullmatch(bare))), None):
        parts = found.groups()
        sides, angles = (parts[0].upper(), parts[4].upper()), (parts[1:4], parts[5:8])
    else:
        return None
    values = [_degrees(angle) * _SIDES.get(side, 1) for angle, side in zip(angles, sides, strict=True)]
    if sides[0] and (sides[0] in _NORTHERLY) == (sides[1] in _NORTHERLY):
        return None
    return (values[1], values[0]) if sides[0] and sides[0] not in _NORTHERLY else (values[0], values[1])


def _degrees(angle: tuple[str | None, ...]) -> float:
    degrees, minutes, seconds = (_number(part) if part else 0.0 for part in angle)
    if minutes >= 60 or seconds >= 60:
        raise Malformed("wrong.minutes-of-degree")
    size = abs(degrees) + minutes / 60 + seconds / 3600
    return -size if (angle[0] or "").startswith("-") else size


def _number(text: str) -> float:
    return float(text.replace(",", "."))
