"""The city's clock and its tide table, from the city's files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from routing.city.files import CityError, Row, table
from routing.city.tides import Tides
from routing.text import text


def read_zone(name: str) -> ZoneInfo:
    """The time zone that city.toml names; CityError where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as wrong:
        raise CityError("city.time-zone", value=name) from wrong


def read_tides(folder: Path, zone: ZoneInfo) -> Tides:
    """Those of tides.csv, whose times are the city's unless they say otherwise; none without the file."""
    if not (folder / "tides.csv").exists():
        return Tides()
    waters = table(folder, "tides.csv", lambda row: (_time(row, zone), row.number_in("metres", -20, 20)), key="time")
    for number, (before, after) in enumerate(zip(waters, waters[1:], strict=False), 3):
        if after[0] <= before[0]:
            raise CityError("city.in-row", file="tides.csv", row=number, field="time", what=text("city.not-later"))
    return Tides(waters)


def _time(row: Row, zone: ZoneInfo) -> float:
    try:
        at = datetime.fromisoformat(row.text("time"))
    except ValueError as wrong:
        raise row.fail("time", "city.time", detail=str(wrong)) from None
    return (at if at.tzinfo else at.replace(tzinfo=zone)).timestamp()
