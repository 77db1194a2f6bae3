"""The addresses of landlines: from a number to where its telephone stands. Personal data, so its file is the data
folder's and no city's.

`number,name,address,lat,lon`, as the telephone company exports it. A row that is wrong is left out and said; the others
count, because callers come first.
"""

from __future__ import annotations

import csv
from pathlib import Path

import msgspec

from routing.location import Location, Malformed, check_point
from routing.numbers import e164
from routing.text import Text, text

CONFIDENCE, RADIUS_M = 90.0, 30.0
_SAID = 5


class Subscriber(msgspec.Struct, frozen=True, kw_only=True):
    """`point`: (lat, lon) in degrees; None when the table has the address only."""

    name: str
    address: str
    point: tuple[float, float] | None

    @property
    def text(self) -> str:
        return ", ".join(part for part in (self.name, self.address) if part)

    def location(self, at: float) -> Location | None:
        if self.point is None:
            return None
        return Location(
            lat=self.point[0], lon=self.point[1], radius=RADIUS_M, confidence=CONFIDENCE, source="subscriber",
            method="table", at=at, text=self.text[:200], shape="Circle",
        )  # fmt: skip


def read_subscribers(file: Path) -> tuple[dict[str, Subscriber], list[Text]]:
    """(number in E.164 -> subscriber, complaints). No file: an empty table."""
    found: dict[str, Subscriber] = {}
    wrongs: list[Text] = []
    try:
        lines = csv.DictReader(file.read_text("utf-8-sig").splitlines())
        for number, row in enumerate(lines, 2):
            try:
                key, one = _subscriber(row)
                found[key] = one
            except Malformed as wrong:
                wrongs.append(text("subscribers.row", row=number, what=wrong.text))
    except FileNotFoundError:
        return {}, []
    except (OSError, UnicodeError, csv.Error) as wrong:
        return {}, [text("subscribers.unreadable", file=str(file), detail=str(wrong))]
    if not wrongs:
        return found, []
    code = "subscribers.wrong-and-more" if len(wrongs) > _SAID else "subscribers.wrong"
    return found, [text(code, file=str(file), rows=tuple(wrongs[:_SAID]), more=len(wrongs) - _SAID)]


def _subscriber(row: dict[str, str | None]) -> tuple[str, Subscriber]:
    said = {name: (row.get(name) or "").strip() for name in ("number", "name", "address", "lat", "lon")}
    number = e164(said["number"])
    if not number.startswith("+"):
        raise Malformed("wrong.no-full-number", value=said["number"])
    point = check_point(said["lat"], said["lon"]) if said["lat"] or said["lon"] else None
    if point is None and not said["address"]:
        raise Malformed("wrong.number-without-place", number=said["number"])
    return number, Subscriber(name=said["name"][:80], address=said["address"][:160], point=point)
