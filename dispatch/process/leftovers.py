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

ALARM, FILES = "demo", "demo-files"
Text = tuple[str, str]


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
        text_id, text_en = _said(standing)
        if alarm is None or alarm.text_en != text_en:
            said = ev.AlarmRaised(at=now, alarm=ALARM, level="critical", text_id=text_id, text_en=text_en)
            self._room.submit(Noted(said))


def _said(standing: Standing) -> Text:
    text_id, text_en = "Sisa demo masih ada dan ditolak.", "The demo's leftovers are still there, and are refused."
    if standing.published:
        names = ", ".join(standing.published)
        text_id += f" Akun dengan sandi yang diterbitkan: {names}. Hapus (siaga user remove NAMA) atau beri sandi baru."
        text_en += f" Accounts with the published password: {names}. Remove them (siaga user remove NAME), or set new "
        text_en += "passwords."
    if standing.demo_tokens:
        names = ", ".join(standing.demo_tokens)
        text_id += f" Token program demo: {names}. Cabut (siaga token list, siaga token revoke ID)."
        text_en += f" Tokens of the demo's programs: {names}. Revoke them (siaga token list, siaga token revoke ID)."
    return text_id, text_en


def is_invented(settings: Settings) -> bool:
    """Whether the file of landlines is the demo's own."""
    try:
        return settings.subscribers_file.read_text("utf-8") == SUBSCRIBERS
    except (OSError, UnicodeError):
        return False


def in_files(settings: Settings, city: City) -> list[Text]:
    """Complaints in both languages about what the files still have of the demo; none in the demo."""
    if settings.demo:
        return []
    found: list[tuple[str, str]] = []
    if is_invented(settings):
        name = settings.subscribers_file.name
        found.append((f"{name} berisi nomor rekaan dan tidak dibaca.", f"{name} is invented and is not read."))
    listed = [
        ("cameras.csv", [one.id for one in city.cameras if "{democam" in one.url]),
        ("centres.csv", [one.id for one in city.centres if "{democentre}" in one.url]),
        ("contacts.csv", [one.id for one in city.contacts if one.number.endswith(f"@{settings.demo_agencies}")]),
    ]
    for file, names in listed:
        if names:
            some = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
            found.append((f"{file}: {some} milik demo, ganti.", f"{file}: {some} are the demo's, replace them."))
    return found
