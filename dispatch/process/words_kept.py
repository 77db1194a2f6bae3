"""Keeps the words in which people read codes, and journals from which entry on they were in force: what somebody was
told years ago can be read again in the same words."""

from __future__ import annotations

from pathlib import Path

from twisted.internet import threads
from twisted.logger import Logger
from twisted.python.failure import Failure

from dispatch import events as ev
from dispatch.catalogue import digest_of, languages, source_of
from dispatch.inputs import Noted
from dispatch.journal.recordings import keep_catalogue
from dispatch.room import ControlRoom
from routing.text import text

log = Logger()
ALARM = "catalogue"


class WordsKept:
    """`begin` once, then `look` goes rounds, until all words are kept."""

    def __init__(self, room: ControlRoom, data: Path) -> None:
        self._room, self._data = room, data
        self._busy = self._done = self._told = False

    def begin(self) -> None:
        """Journals what people read from now on, whatever becomes of keeping it."""
        now, known = self._room.now(), dict(self._room.board.catalogues)
        today = {one: digest_of(one) for one in languages()}
        for language, digest in sorted((today | dict.fromkeys(known.keys() - today.keys(), "")).items()):
            if known.get(language, "") != digest:
                self._room.submit(Noted(ev.CatalogueInForce(at=now, language=language, digest=digest)))

    def look(self) -> None:
        if not self._busy and not self._done:
            self._busy = True
            # In a thread: the disk may hang.
            threads.deferToThread(self._keep).addCallbacks(self._kept, self._not_kept)

    def _keep(self) -> None:
        for one in languages():
            keep_catalogue(source_of(one).encode(), self._data)

    def _kept(self, _: None) -> None:
        self._busy, self._done = False, True
        if ALARM in self._room.board.alarms:
            self._room.submit(Noted(ev.AlarmCleared(at=self._room.now(), alarm=ALARM)))

    def _not_kept(self, wrong: Failure) -> None:
        self._busy = False
        if not self._told and ALARM not in self._room.board.alarms:
            self._told = True  # the alarm is on its way to the board
            log.failure("the words of the catalogue could not be kept; it is tried again", wrong)
            said = text("alarm.catalogue-not-kept", folder=str(self._data / "catalogues"), detail=_detail(wrong))
            raised = ev.AlarmRaised(at=self._room.now(), alarm=ALARM, level="warning", text=said)
            self._room.submit(Noted(raised))


def _detail(wrong: Failure) -> str:
    return getattr(wrong.value, "strerror", None) or wrong.getErrorMessage()
