"""The city's time of day: what the clock on the wall says at some second since 1970, and what of it concerns crews."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from routing.city.shifts import duty, make_shifts
from routing.recommendation import reasons
from routing.text import Text

_NIGHT = (22, 6)


class CityClock:
    """In one time zone. Local times are without a zone, as people write them."""

    def __init__(self, zone: str) -> None:
        """`zone`: its name in the IANA data, such as Asia/Jakarta."""
        self._zone = ZoneInfo(zone)

    def local(self, at: float) -> datetime:
        return datetime.fromtimestamp(at, self._zone).replace(tzinfo=None)

    def night(self, at: float) -> bool:
        """When crews sleep, 22 to 6 o'clock."""
        return not _NIGHT[1] <= self.local(at).hour < _NIGHT[0]

    def duty(self, shifts: str, at: float) -> tuple[bool, float]:
        """Of a crew with these shifts (routing/city/shifts.py): whether it is on duty, and when that changes next."""
        found = duty(make_shifts(shifts), self.local(at))
        until = found.until.replace(tzinfo=self._zone)
        # In the hour that comes twice when summer time ends, the change that is still to come is the second one.
        return found.on, next(end for fold in (0, 1) if (end := until.replace(fold=fold).timestamp()) > at or fold)

    def off_shift(self, until: float, at: float) -> Text:
        return reasons.off_shift(self.local(until), self.local(at))
