"""What a city's files say of its crews: their shifts (units.csv), how long each kind takes to roll (turnout.csv)."""

from __future__ import annotations

from pathlib import Path

from routing.city.files import Row, table
from routing.city.shifts import make_shifts
from routing.city.turnout import TurnoutTimes, usual_turnout
from routing.location import Malformed

_MOST_S = 3600


def shift_text(row: Row) -> str:
    """As the field `shift` has it, once it is known to be right; "" for a crew that is always on duty."""
    text = row.text("shift", "")
    try:
        make_shifts(text)
    except Malformed as wrong:
        raise row.fail("shift", wrong.text) from None
    return text


def load_turnout(folder: Path) -> dict[str, TurnoutTimes]:
    """By kind of unit; what a row leaves empty is as usual, and the night as the day."""
    if not (folder / "turnout.csv").exists():
        return {}
    found: dict[str, TurnoutTimes] = {}

    def read(row: Row) -> None:
        kind = row.text("kind")
        usual = usual_turnout(kind)
        station = _seconds(row, "station", usual.station)
        found[kind] = TurnoutTimes(
            station=station,
            night=_seconds(row, "night", station),
            away=_seconds(row, "away", usual.away),
            rolling=_seconds(row, "rolling", usual.rolling),
        )

    table(folder, "turnout.csv", read, key="kind")
    return found


def _seconds(row: Row, field: str, usual: float) -> float:
    return row.number_in(field, 0, _MOST_S) if row.text(field, "") else usual
