"""Keeps the words in which people read codes, and journals from which entry on they were in force: what somebody was
told years ago can be read again in the same words."""

from __future__ import annotations

from pathlib import Path

from twisted.internet import threads
from twisted.logger import Logger
from twisted.python.failure import Failure

from dispatch import events as ev
from dispatch.catalogue import languages, words
from dispatch.inputs import Noted
from dispatch.journal.recordings import keep_catalogue
from dispatch.room import ControlRoom
from routing.text import text

log = Logger()
ALARM = "catalogue"


class WordsKept:
    """`look` goes rounds; it does nothing more once all words are kept and journaled."""

    def __init__(self, room: ControlRoom, data: Path) -> None:
        self._room, self._data = room, data
        self._busy = self._done = self._told = False

    def look(self) -> None:
        if not self._busy and not self._done:
            self._busy = True
            # In a thread: the disk may hang.
            threads.deferToThread(self._keep).addCallbacks(self._kept, self._not_kept)

    def _keep(self) -> dict[str, str]:
        """language -> digest."""
        return {one: keep_catalogue(words(one).source.encode(), self._data) for one in languages()}

    def _kept(self, digests: dict[str, str]) -> None:
        self._busy, now, known = False, self._room.now(), dict(self._room.board.catalogues)
        gone = dict.fromkeys(known.keys() - digests.keys(), "")
        for language, digest in sorted((digests | gone).items()):
            if known.get(language, "") != digest:
                self._room.submit(Noted(ev.CatalogueInForce(at=now, language=language, digest=digest)))
        if ALARM in self._room.board.alarms:
            self._room.submit(Noted(ev.AlarmCleared(at=now, alarm=ALARM)))
        self._done = True

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
