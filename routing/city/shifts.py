"""When a unit's crew is on duty: its shifts as units.csv has them.

shifts = shift *( ";" shift )
shift  = [ day [ "-" day ] " " ] time "-" time      ; "07:00-19:00", "1-5 19:00-07:00"
day    = "1" … "7"                                  ; Monday to Sunday, the day on which the shift begins
time   = hour ":" minute                            ; the city's; past midnight where the second is not later
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import msgspec

from routing.location import Malformed

_SHIFT = re.compile(r"(?:([1-7])(?:-([1-7]))? +)?(\d{1,2}):(\d\d) *- *(\d{1,2}):(\d\d)")
_DAY = 1440


class Shift(msgspec.Struct, frozen=True):
    """On these ISO weekdays, from `start` for `length` minutes."""

    days: frozenset[int]
    start: int
    length: int


class Duty(msgspec.Struct, frozen=True):
    """Whether a crew is on duty, and when that changes (local time without a zone)."""

    on: bool
    until: datetime


def make_shifts(text: str) -> tuple[Shift, ...]:
    """From "07:00-19:00;6-7 19:00-23:00"; raises ValueError that says what is wrong and what to write."""
    return tuple(_shift(part.strip()) for part in text.split(";") if part.strip())


def _shift(text: str) -> Shift:
    found = _SHIFT.fullmatch(text)
    hours = [int(part) for part in found.groups()[2:]] if found else []
    if found is None or hours[0] > 23 or hours[2] > 24 or hours[1] > 59 or hours[3] > 59:
        raise Malformed("city.no-shift", value=text)
    first, last = int(found[1] or 1), int(found[2] or found[1] or 7)
    start, stop = 60 * hours[0] + hours[1], 60 * hours[2] + hours[3]
    days = frozenset((first + n - 1) % 7 + 1 for n in range((last - first) % 7 + 1))
    return Shift(days, start, (stop - start - 1) % _DAY + 1)


def duty(shifts: tuple[Shift, ...], local: datetime) -> Duty:
    """Of a crew with at least one shift, at `local` time; who is always on duty is so for at least a week."""
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    spans = []
    for ahead in range(-1, 9):
        day = midnight + timedelta(days=ahead)
        for one in shifts:
            if day.isoweekday() in one.days:
                begin = day + timedelta(minutes=one.start)
                spans.append((begin, begin + timedelta(minutes=one.length)))
    spans.sort()
    until = None
    for begin, end in spans:
        if begin <= (until or local) < end:
            until = end
    if until:
        return Duty(True, until)
    return Duty(False, next(begin for begin, _ in spans if begin > local))
