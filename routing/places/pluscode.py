"""Plus Codes (Open Location Code, Google 2014): 6PG6WF9F+RJ, and short ones such as WF9F+RJ near a city.

code   = 8 digits "+" [2 to 7 digits]; digits after the fifth pair divide a cell into 4 columns and 5 rows
short  = a code without its first 2, 4 or 6 digits: the nearest such place to a reference
digits = 2 3 4 5 6 7 8 9 C F G H J M P Q R V W X, in pairs of latitude and longitude; base 20

Google's package openlocationcode finds the same places (30,000 random codes compared), but its last release is a source
archive of 2019, which pip would build at each setup with tools that requirements.lock does not pin; so it stays ours.
"""

from __future__ import annotations

import re

from routing.location import Malformed, check_point

_DIGITS = "23456789CFGHJMPQRVWX"
_CODE = re.compile(rf"(?<![\w+])([{_DIGITS}0]{{2,8}}\+(?:[{_DIGITS}]{{2,7}})?)(?![\w+])", re.IGNORECASE)
_PAIRS = (20.0, 1.0, 0.05, 0.0025, 0.000125)
_ROWS, _COLUMNS = 5, 4


def find_code(text: str) -> str:
    """The first Plus Code in `text`, in capital letters; "" when there is none."""
    found = _CODE.search(text[:500])
    return found[1].upper() if found else ""


def decode(code: str, near: tuple[float, float]) -> tuple[float, float, float]:
    """(lat, lon) of the middle of the cell and half its height in degrees; a short code is the one nearest to `near`.

    Raises Malformed.
    """
    code = code.upper()
    head, plus, tail = code.partition("+")
    if not plus or len(head) > 8 or len(head) % 2 or len(tail) == 1 or not _CODE.fullmatch(code):
        raise Malformed("wrong.no-plus-code", value=code[:20])
    bare = head.rstrip("0")
    if "0" in bare or len(bare) % 2 or (bare != head and (tail or len(head) < 8)) or not bare:
        raise Malformed("wrong.plus-code-zeros", value=code[:20])
    missing = 8 - len(head)
    lat, lon, height = _middle(_prefix(near, missing) + bare + tail)
    if missing:
        # The code's cell may be nearer on the other side of a border between the larger cells.
        step = _PAIRS[missing // 2 - 1]
        lat += _step(near[0] - lat, step) if abs(lat + _step(near[0] - lat, step)) <= 90 else 0.0
        lon += _step((near[1] - lon + 180) % 360 - 180, step)
        lon = (lon + 180) % 360 - 180
    return (*check_point(lat, lon), height)


def _step(gap: float, step: float) -> float:
    return step if gap > step / 2 else -step if gap < -step / 2 else 0.0


def _prefix(near: tuple[float, float], count: int) -> str:
    """The first `count` digits of the code of a place."""
    lat = min(max(near[0] + 90, 0.0), 180 - 1e-9)
    lon = (near[1] + 180) % 360
    digits = ""
    for size in _PAIRS[: count // 2]:
        digits += _DIGITS[int(lat / size)] + _DIGITS[int(lon / size)]
        lat, lon = lat % size, lon % size
    return digits


def _middle(digits: str) -> tuple[float, float, float]:
    lat, lon, high, wide = -90.0, -180.0, 0.0, 0.0
    for number in range(0, min(len(digits), 10), 2):
        high = wide = _PAIRS[number // 2]
        lat += _DIGITS.index(digits[number]) * high
        lon += _DIGITS.index(digits[number + 1]) * wide
    for digit in digits[10:]:
        high, wide = high / _ROWS, wide / _COLUMNS
        row, column = divmod(_DIGITS.index(digit), _COLUMNS)
        lat, lon = lat + row * high, lon + column * wide
    return lat + high / 2, lon + wide / 2, high / 2
