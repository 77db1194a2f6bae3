"""The one place where rights end, for whatever is open: feeds, sockets, downloads, audio, seats.

Theory of operation. Whatever stays open after its question was answered is held here (`hold`) with the key that opened
it, a session's or a token's. Once a second the number of the last change of accounts is asked for; whoever made it
(this room, `siaga user` in another process, another node on the same database) the number is another one, and all that
is held is judged anew by what the database says now:

    the key is there, for the same user, role and unit    it stays
    the key's time is over                                 it ends: EXPIRED, the person may come back
    the key is gone, or opens something else               it ends: ENDED, somebody has taken the right away

What cannot end yet (somebody speaks) says so, and is asked again each second. A database that is away ends nothing.
Listeners hear of every change: desk phones (the switch), devices (MQTT), seats.
"""

from __future__ import annotations

from collections.abc import Callable

from twisted.internet import defer, threads
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger

from dispatch import events as ev
from dispatch.access.account_records import Change, Key, Standing
from dispatch.access.accounts import Accounts
from dispatch.commands import ALLOWED, Actor, SignOn
from dispatch.inputs import Noted
from dispatch.room import ControlRoom
from dispatch.timing.rounds import Rounds

log = Logger()
EXPIRED, ENDED = "expired", "ended"
_EVERY = 1.0
_AGAIN = 30.0
"""Seconds after which all is read again although nobody said that anything is different."""
_REMEMBERED = 2000


class OpenAccess:
    """Something that is open: `what` it is, whose, by which key. `end(why)` closes it, and is False when it cannot
    close yet."""

    def __init__(self, what: str, actor: Actor, key: str, end: Callable[[str], bool | None]) -> None:
        self.what, self.actor, self.key, self.end = what, actor, key, end
        self.expires, self.why = 0.0, ""


class Rights:
    """`start` and `stop` with the console. Everything is called on the reactor's thread."""

    def __init__(self, reactor: IReactorTime, room: ControlRoom, accounts: Accounts) -> None:
        self._reactor, self._room, self._accounts = reactor, room, accounts
        self.standing = Standing()
        self.barred: frozenset[tuple[str, str]] = frozenset()
        """(position, user) of those that were on the board when the accounts were read, and may not be there."""
        self._held: dict[OpenAccess, None] = {}
        self._listeners: list[Callable[[Standing], None]] = []
        self._told, self._again, self._doubts = -1, 0.0, False
        self._reading = defer.DeferredLock()
        self._fault = ""
        self._ended: dict[str, str] = {}
        self._rounds = Rounds(reactor, _EVERY, self._second)

    def start(self) -> None:
        self._rounds.start(now=True)

    def stop(self) -> None:
        self._rounds.stop()

    def listen(self, listener: Callable[[Standing], None]) -> None:
        """It is called when something may be different, and once at the start."""
        self._listeners.append(listener)

    # -- what is open
    def hold(self, what: str, actor: Actor, key: str, end: Callable[[str], bool | None]) -> OpenAccess:
        held = OpenAccess(what, actor, key, end)
        self._held[held] = None
        known = self.standing.keys.get(key)
        # Opened with a key that is new, or that was taken away between the question and now: it is looked up at once.
        self._doubts = self._doubts or known is None
        held.expires = known.expires if known else 0.0
        return held

    def release(self, held: OpenAccess) -> None:
        self._held.pop(held, None)

    def things(self) -> list[OpenAccess]:
        return list(self._held)

    def why(self, key: str) -> str:
        """ENDED for a key that was taken away while something was open by it, as far as is remembered."""
        return self._ended.get(key, "")

    def _may_sit(self, user: str) -> bool:
        """Whether somebody of that name may be at a position, as a person or a program."""
        person, roles, now = self.standing.people.get(user), ALLOWED[SignOn], self._room.now()
        if person is not None and person.role in roles:
            return True
        tokens = [key for name, key in self.standing.keys.items() if name.startswith("token") and key.expires > now]
        return any(key.actor.user == user and key.actor.role in roles for key in tokens)

    # -- looking
    def look(self) -> defer.Deferred[list[int]]:
        """Fires when all that has changed so far was acted on, and is in the journal."""
        return self._reading.run(self._looked, True).addCallback(defer.gatherResults)

    def _second(self) -> None:
        for held in [one for one in self._held if one.why]:
            self._end(held, held.why)
        if not self._reading.locked:
            self._reading.run(self._looked, False).addErrback(lambda f: log.failure("looking at who may come in", f))

    def _looked(self, sure: bool) -> defer.Deferred[list[defer.Deferred[int]]]:
        return defer.Deferred.fromCoroutine(self._look(sure))

    async def _look(self, sure: bool) -> list[defer.Deferred[int]]:
        now = self._room.now()
        late = any(0 < held.expires <= now for held in self._held)
        try:
            number = await threads.deferToThread(self._accounts.last_change)
            other = self.standing.number != number or self._told < 0
            if not (sure or other or late or self._doubts or self._reactor.seconds() >= self._again):
                return []
            after = self._room.board.counter("account_changes") if self._told < 0 else self._told
            self._doubts = False
            seated = [(seat.id, seat.user) for seat in self._room.board.positions.values()]
            standing = await threads.deferToThread(self._accounts.standing)
            changes = await threads.deferToThread(self._accounts.changes, after)
        except Exception as wrong:  # nobody is sent away because the database is
            self._failed(str(wrong).splitlines()[0][:200])
            return []
        self._failed("")
        self._again = self._reactor.seconds() + _AGAIN
        self._told = max([after, *(one.number for one in changes)])
        self.standing = standing
        self.barred = frozenset(seat for seat in seated if standing.number and not self._may_sit(seat[1]))
        made = [self._room.submit(Noted(_event(one))) for one in changes]
        self._judge({one.name for one in changes})
        if other or sure:
            self._tell()
        return made

    def _failed(self, why: str) -> None:
        if why != self._fault:
            log.warn("the accounts cannot be looked at: {why}", why=why) if why else log.info("the accounts are read")
            self._fault = why

    def _judge(self, changed: set[str]) -> None:
        """`changed`: people of whom something was changed since the last look: that took their keys away, even where
        the time of one was over just then."""
        now = self._room.now()
        for held in list(self._held):
            key = self.standing.keys.get(held.key)
            same = key is not None and _same(key, held.actor)
            if key is not None and same and key.expires > now:
                held.expires, held.why = key.expires, ""
            elif not held.why:
                swept = key is None and 0 < held.expires <= now and held.actor.user not in changed
                over = same or swept  # rows whose time is over are swept away
                self._end(held, EXPIRED if over else ENDED)

    def _end(self, held: OpenAccess, why: str) -> None:
        held.why = why
        if why == ENDED:
            while len(self._ended) >= _REMEMBERED:
                self._ended.pop(next(iter(self._ended)))
            self._ended[held.key] = why
        try:
            done = held.end(why) is not False
        except Exception:  # what else is open ends all the same
            log.failure("{what} of {user} could not be ended", what=held.what, user=held.actor.user)
            done = False
        if done:
            self.release(held)

    def _tell(self) -> None:
        for listener in self._listeners:
            try:
                listener(self.standing)
            except Exception:
                log.failure("a listener to rights failed; the others are told all the same")


def _same(key: Key, actor: Actor) -> bool:
    """Skills are no right: they count from the next time that somebody begins duty."""
    return (key.actor.user, key.actor.role, key.actor.unit) == (actor.user, actor.role, actor.unit)


def _event(change: Change) -> ev.AccountChanged:
    return ev.AccountChanged(
        at=change.at, user=change.name, by=change.by, number=change.number, role=change.role, unit=change.unit,
        skills=change.skills, removed=change.removed, seal=change.seal,
    )  # fmt: skip
