"""What the demo leaves behind when it is switched off, and what to do about each. In service none of it opens a door or
gives a caller a place; that it is still there is an alarm until somebody has taken it away.

    left behind                              in service it
    accounts with the published password     opens nothing: no page, no API, no desk phone
    tokens of the demo's programs            open nothing
    landlines that were invented             are not read
    cameras, contacts, neighbours of the demo    lead nowhere, and are named
"""

from __future__ import annotations

from dispatch import events as ev
from dispatch.access.account_records import Standing
from dispatch.inputs import Noted
from dispatch.process.demo import SUBSCRIBERS
from dispatch.room import ControlRoom
from dispatch.settings import Settings
from routing.city.records import City
from routing.text import Text, in_a_row, text

ALARM, FILES = "demo", "demo-files"


class DemoWatch:
    """`look` is told of every change of accounts (rights.py)."""

    def __init__(self, room: ControlRoom, settings: Settings) -> None:
        self._room, self._demo = room, settings.demo

    def look(self, standing: Standing) -> None:
        left = [] if self._demo else [*standing.published, *standing.demo_tokens]
        alarm, now = self._room.board.alarms.get(ALARM), self._room.now()
        if not left:
            if alarm is not None:
                self._room.submit(Noted(ev.AlarmCleared(at=now, alarm=ALARM, by="system")))
            return
        said = _said(standing)
        if alarm is None or alarm.text != said:
            self._room.submit(Noted(ev.AlarmRaised(at=now, alarm=ALARM, level="critical", text=said)))


def _said(standing: Standing) -> Text:
    found = [text("leftover.there")]
    if standing.published:
        found.append(text("leftover.accounts", names=tuple(standing.published)))
    if standing.demo_tokens:
        found.append(text("leftover.tokens", names=tuple(standing.demo_tokens)))
    return in_a_row(found)


def is_invented(settings: Settings) -> bool:
    """Whether the file of landlines is the demo's own."""
    try:
        return settings.subscribers_file.read_text("utf-8") == SUBSCRIBERS
    except (OSError, UnicodeError):
        return False


def in_files(settings: Settings, city: City) -> list[Text]:
    """Complaints about what the files still have of the demo; none in the demo."""
    if settings.demo:
        return []
    found: list[Text] = []
    demo = f"@{settings.demo_addresses.demo_agencies}"
    if is_invented(settings):
        found.append(text("leftover.invented", file=settings.subscribers_file.name))
    listed = [
        ("cameras.csv", [one.id for one in city.cameras if "{democam" in one.url]),
        ("centres.csv", [one.id for one in city.centres if "{democentre}" in one.url]),
        ("contacts.csv", [one.id for one in city.contacts if one.number.endswith(demo)]),
    ]
    for file, names in listed:
        if names:
            some = (*names[:5], "…") if len(names) > 5 else tuple(names)
            found.append(text("leftover.in-file", file=file, names=some))
    return found
