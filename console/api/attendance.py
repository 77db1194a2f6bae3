"""Which positions somebody is at: a page shows it and answers, and its user has the right to be there.

Theory of operation. A page answers the feed's messages here every few seconds, and says goodbye when it is closed
(`here` is false). So an answer proves that what the room says arrives, and that the page's own program runs.

    no answer for `SILENT` seconds, goodbye, session over    the user's positions are unattended: nothing rings there
    a page of the user answers again                         they are attended: ready as they were
    the user may sit at no position any more                 unattended, and closed when nobody speaks there

Only positions that a page once showed are judged so: a program that signs on has no page. `reactor.seconds` stands
still while this room did not run (dispatch/timing/timekeeper.py): everybody has their time again.
"""

from __future__ import annotations

import itertools
from typing import Annotated, Protocol

import msgspec
from twisted.logger import Logger

from console.http.access import key_held
from console.http.answers import Done
from console.http.web import Ask, Route
from console.parts import Parts
from dispatch import events as ev
from dispatch.access.rights import EXPIRED, OpenAccess
from dispatch.commands import Actor
from dispatch.inputs import Noted
from dispatch.policy.calls.attendance import GONE
from dispatch.states import Away

log = Logger()
SILENT = 10.0
"""Seconds without an answer after which a page is closed or hangs; it answers every five, or more often."""
_RETURNS = 20.0
"""Seconds for pages to come back to a room that was started again."""
_MOST = 2000


class Here(msgspec.Struct, frozen=True):
    """`page`: a name that the page gives itself; `here`: false when it is being closed."""

    page: Annotated[str, msgspec.Meta(min_length=8, max_length=40)]
    here: bool = True


class _OpenPage:
    """`heard`: when it answered last."""

    def __init__(self, user: str, held: OpenAccess, heard: float) -> None:
        self.user, self.held, self.heard = user, held, heard


class Legs(Protocol):
    """Whose sound ends with the pages."""

    def page_gone(self, parts: Parts, user: str) -> None: ...


class Attendance:
    """`look` is called every second."""

    def __init__(self, legs: Legs) -> None:
        self._legs = legs
        self._pages: dict[str, _OpenPage] = {}
        self._why: dict[str, Away] = {}
        self._began: float | None = None

    def beat(self, parts: Parts, ask: Ask) -> Done:
        given, user = ask.json(Here), ask.actor.user
        known = self._pages.get(given.page)
        if not given.here:
            if known is not None and known.user == user:
                self._gone(parts, given.page, "page")
            return Done()
        key = key_held(ask.request)
        if known is None or (known.user, known.held.key) != (user, key):
            self._opened(parts, given.page, ask.actor, key)
        self._pages[given.page].heard = parts.reactor.seconds()
        self._judge(parts)
        return Done()

    def _opened(self, parts: Parts, page: str, actor: Actor, key: str) -> None:
        self._forget(parts, page)
        for oldest in list(itertools.islice(self._pages, max(0, len(self._pages) - _MOST + 1))):
            self._forget(parts, oldest)

        def end(why: str) -> None:
            self._gone(parts, page, "locked" if why == EXPIRED else "ended")

        held = parts.rights.hold("page", actor, key, end)
        self._pages[page] = _OpenPage(actor.user, held, parts.reactor.seconds())

    def _forget(self, parts: Parts, page: str) -> None:
        known = self._pages.pop(page, None)
        if known is not None:
            parts.rights.release(known.held)

    def _gone(self, parts: Parts, page: str, why: Away) -> None:
        if page not in self._pages:
            return
        user = self._pages[page].user
        self._forget(parts, page)
        self._why[user] = why
        self._judge(parts)
        if why == "page" and not any(one.user == user for one in self._pages.values()):
            self._legs.page_gone(parts, user)

    def look(self, parts: Parts) -> None:
        now = parts.reactor.seconds()
        if self._began is None:
            self._began = now
        for name, page in list(self._pages.items()):
            if now - page.heard > SILENT:
                self._gone(parts, name, "page")
        self._judge(parts)

    def _judge(self, parts: Parts) -> None:
        """Says what is different from what is on the board; what is decided already is not decided twice."""
        here = {page.user for page in self._pages.values()}
        returning = self._began is None or parts.reactor.seconds() - self._began < _RETURNS
        self._why = {user: why for user, why in self._why.items() if user not in here}
        for seat in parts.room.board.positions.values():
            why: Away = seat.away
            if (seat.id, seat.user) in parts.rights.barred:
                why = GONE
            elif seat.user in here:
                why = ""
            elif seat.attended and (seat.user in self._why or not returning):
                why = self._why.get(seat.user) or why or "page"
            if why and why != seat.away:
                self._note(parts, ev.PositionUnattended(at=parts.room.now(), position=seat.id, why=why))
            elif not why and (seat.away or (seat.user in here and not seat.attended)):
                self._note(parts, ev.PositionAttended(at=parts.room.now(), position=seat.id))

    def _note(self, parts: Parts, event: ev.Event) -> None:
        if not parts.room.trouble:
            parts.room.submit(Noted(event)).addErrback(lambda failure: log.failure("attendance", failure))


def routes(attendance: Attendance) -> list[Route]:
    says = "A page that shows the board is there, every few seconds; or is being closed."
    return [Route("POST", "/api/v1/presence", frozenset(), attendance.beat, says, Here, name="presence")]
