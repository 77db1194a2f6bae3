"""The control room: takes inputs, decides, has the events committed, and only then lets anybody know.

Theory of operation. There are two boards. `ahead` has every decision applied at once, so that the next decision sees
it; `board` is what has been committed, and the only one that is shown. One writer thread takes all decisions that
wait and appends them with one commit; then, on the reactor's thread, the changes are put on `board`, the listeners
are told, and the requesters are answered. A decision that fails is undone on `ahead` and never enters the journal.
While the journal cannot be written, decisions already made wait and are tried again, new commands are refused with
the reason, and reports stay unacknowledged in the switch's spool.
"""

from __future__ import annotations

import queue
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

import msgspec
from twisted.internet import defer
from twisted.logger import Logger
from twisted.python.failure import Failure

from dispatch import events as ev
from dispatch.board import Board, Change
from dispatch.catalogue import say
from dispatch.decide import decide
from dispatch.inputs import (
    AskedBy,
    Due,
    Hello,
    Input,
    KeyUsed,
    Noted,
    Posted,
    Refused,
    Report,
    Request,
    Sighted,
    SwitchGone,
)
from dispatch.journal.chain import Entry, Journal, JournalTaken, JournalUnavailable, Tail, chained
from dispatch.journal.refold import Faults, refolded
from dispatch.timing.reactor import IReactor
from dispatch.timing.timekeeper import Stepped, Timekeeper
from dispatch.world import World
from routing.text import CodedError, Text, text

log = Logger()
_BATCH = 1000
_FAILED_AGAIN = 10.0
_STUCK = 3.0
"""Seconds after which a commit that does not return counts as a journal that cannot be written."""
_PROVE_EVERY = 1.0
"""Seconds without anything to write after which the journal is asked whether it could."""
_PATIENCE = 10.0
"""Seconds that those have who could not be heard while there was no room: the switch, pages, crews."""
_TURN_S = 0.02
"""Seconds that deadlines may take before calls and people are heard again."""
_PATIENT = ("review",)
"""Kinds of deadlines that come after all others."""
_NAME_BYTES = 8
"""Of the id of a journal: two rooms never choose the same."""
_GATHER = 0.010
"""Seconds the writer waits for more when it has just written: only a busy room is made to wait, less than a person
notices. At 200 calls/s it saves a quarter of the room's work for each call (bench/run.py)."""


class Committed(msgspec.Struct, frozen=True):
    """One durable entry, its event, and what it changed on the board."""

    entry: Entry
    event: ev.Event
    changes: list[Change]


class CommitListener(Protocol):
    def committed(self, batch: list[Committed]) -> None:
        """Called on the reactor's thread, in journal order, after the board shows the batch."""


class _Decision(msgspec.Struct):
    """`since`: when it was made, by a steady clock. `answer` is told `seq` once it is durable with all before it."""

    made: list[Committed]
    answer: defer.Deferred[int] | None
    since: float
    seq: int


def _why(wrong: Exception) -> Text:
    return wrong.text if isinstance(wrong, CodedError) else text("journal.fault", detail=repr(wrong)[:300])


def _asked_by(given: Input) -> AskedBy | None:
    return given.asked if isinstance(given, Request | Posted) else None


class ControlRoom:
    """`clock()` gives seconds since 1970; `keeper` notices when it is set. `start` folds the journal; afterwards
    everything comes by `submit`.
    `on_lost(why)` is called once when another room writes this journal: this one must end and begin anew."""

    def __init__(
        self,
        journal: Journal,
        world: World,
        reactor: IReactor,
        clock: Callable[[], float] = time.time,
        on_lost: Callable[[str], None] = lambda why: None,
        keeper: Timekeeper | None = None,
    ) -> None:
        self.board, self._ahead = Board(), Board()
        self.journal, self.world, self._reactor, self._clock = journal, world, reactor, clock
        self._keeper = keeper
        self._listeners: list[CommitListener] = []
        self._queue: queue.SimpleQueue[_Decision | None] = queue.SimpleQueue()
        self._tail = Tail()
        self._name = secrets.token_hex(_NAME_BYTES)
        self._writer = threading.Thread(target=self._write, name="journal-writer", daemon=True)
        self._stopping = threading.Event()
        self._failed: dict[str, float] = {}
        self._more = False
        self._unwritten: deque[_Decision] = deque()
        self._asked = self._answered = 0
        self._waits_for, self._waits_since = 0, 0.0
        self._unproved = self._slow = False
        self._steady = keeper.seconds if keeper else time.monotonic
        self._on_lost = on_lost
        self.faults: Faults = Faults()
        self.trouble: Text | None = None
        """Why the journal cannot be written now; None when all is well."""

    # -- life
    def start(self, progress: Callable[[int], None] = lambda seq: None) -> None:
        """Folds the whole journal (blocking), then records that the room started. Raises JournalUnavailable. What is
        damaged is passed over and told in `faults`; what follows is chained to the last entry that is there. From here
        on entries have a new journal's id: whether the journal is one that was put back need not be noticed by
        anybody."""
        self._tail, self.faults = refolded(self.journal, self._ahead, progress)
        self.board.seq = self._ahead.seq
        for name, rows in self._ahead.tables.items():
            self.board.tables[name].update(rows)
        self._writer.start()
        kernel, origin = self._keeper.origin() if self._keeper else ("", 0.0)
        started = ev.RoomStarted(
            at=self._clock(), journal=self._name, kernel=kernel, origin=round(origin, 3), patience=_PATIENCE
        )
        self.submit(Noted(started))

    def stop(self) -> None:
        """Waits (at most 5 s) until what was decided is written."""
        self._stopping.set()
        self._queue.put(None)
        if self._writer.is_alive():
            self._writer.join(5.0)
        self.journal.close()

    def listen(self, listener: CommitListener) -> None:
        self._listeners.append(listener)

    # -- deciding
    def submit(self, given: Input) -> defer.Deferred[int]:
        """Fires with the seq of the last entry once it is durable; fails with Refused for a command. A request that
        is repeated under its key gets the first answer, also when that is still on its way to the disk."""
        asked = _asked_by(given)
        if asked and (answered := self._repeated(asked)):
            return answered
        if self.trouble and isinstance(given, Request):
            return defer.fail(Refused("refused.journal-away", why=self.trouble))
        now = self._moment()
        try:
            made = self._decide(given, now)
        except Refused as refused:
            self._note_refusal(given, refused)
            return defer.fail(refused)
        except Exception as wrong:
            log.failure("deciding on {given} failed", given=type(given).__name__)
            if isinstance(given, Report):
                # A fact is never refused: what we could not use is kept as a discrepancy, and acknowledged.
                event = given.event
                about = getattr(event, "call", "") or getattr(event, "position", "") or "switch"
                detail = ev.encode(event).decode()
                what = text("discrepancy.report-not-usable", detail=repr(wrong)[:300])
                noted = ev.DiscrepancyNoted(at=self._clock(), src=event.src, about=about, what=what, detail=detail)
                made = self._decide(Report(noted), now)
            elif isinstance(given, Request):
                fault = Refused("refused.our-fault")
                self._note_refusal(given, fault)
                return defer.fail(fault)
            else:
                return defer.fail(wrong)
        if not made:
            return defer.succeed(self._ahead.seq)
        answer: defer.Deferred[int] = defer.Deferred()
        self._put(made, answer, made[-1].entry.seq)
        return answer

    def _repeated(self, asked: AskedBy) -> defer.Deferred[int] | None:
        who, key, digest = asked
        before = self._ahead.tables["asked"].get(f"{who}/{key}")
        if before is None:
            return None
        if before.digest != digest:
            return defer.fail(KeyUsed(before.seq))
        if before.seq <= self.board.seq:
            return defer.succeed(before.seq)
        answer: defer.Deferred[int] = defer.Deferred()
        self._put([], answer, before.seq)
        return answer

    def _put(self, made: list[Committed], answer: defer.Deferred[int] | None, seq: int = 0) -> None:
        decision = _Decision(made, answer, self._steady(), seq)
        self._unwritten.append(decision)
        self._queue.put(decision)

    def waits(self) -> float:
        """Seconds for which the oldest decision has waited to be written, or the journal has not answered."""
        now, asked = self._steady(), self._asked  # the writer's thread changes what it asks
        if self._waits_for != asked:
            self._waits_for, self._waits_since = asked, now
        since = [one.since for one in list(self._unwritten)[:1]]
        since += [self._waits_since] if self._answered != asked else []
        return now - min(since) if since else 0.0

    def _moment(self) -> float:
        """The time to decide by. That the clock was set, or this process did not run, is decided on before all else:
        nothing is due by it."""
        now = self._clock()
        for skip in self._keeper.skips() if self._keeper else ():
            kind = ev.ClockStepped if isinstance(skip, Stepped) else ev.ProcessStalled
            log.warn("{what}", what=skip)
            try:
                made = self._decide(Noted(kind(at=now, of="room", seconds=round(skip.seconds, 3))), now)
            except Exception:
                log.failure("a skip of the clock could not be decided on")
            else:
                self._put(made, None)
            self._failed.clear()  # their times are by the old clock
        return now

    def _decide(self, given: Input, now: float) -> list[Committed]:
        asked = _asked_by(given)
        made: list[Committed] = []
        undos = []
        tail = self._tail
        try:
            for event in decide(self._ahead, given, now, self.world):
                event = msgspec.structs.replace(event, asked=asked) if asked else event
                recorded = max(round(now, 6), tail.recorded)
                entry = chained(tail, self._name, recorded, event, self.journal.keys)
                changes, undo = self._ahead.apply(entry.seq, event)
                undos.append(undo)
                made.append(Committed(entry, event, changes))
                tail = entry.tail
        except BaseException:
            for undo in reversed(undos):
                self._ahead.undo(undo)
            raise
        self._tail = tail
        return made

    def _note_refusal(self, given: Input, refused: Refused) -> None:
        if isinstance(given, Request):
            name, by, now = type(given.command).__name__, given.actor.user, self._clock()
            about = getattr(given.command, "incident", "") or getattr(given.command, "call", "")
            refusal = ev.CommandRefused(at=now, command=name, by=by, text=refused.text, about=about)
            self._put(self._decide(Noted(refusal), now), None)

    def seen(self, boot: str, number: int) -> str:
        """ "durable", "pending" (decided, not yet committed) or "" for a report of that switch."""
        if number <= self.board.last_report(boot):
            return "durable"
        return "pending" if number <= self._ahead.last_report(boot) else ""

    # -- writing
    def _write(self) -> None:
        """The writer thread: everything that waits, in one commit."""
        ending, busy_until = False, 0.0
        while not ending:
            try:
                waiting = [self._queue.get(timeout=_PROVE_EVERY)]
            except queue.Empty:
                self._prove()
                continue
            if time.monotonic() < busy_until:
                time.sleep(_GATHER)  # one commit costs as much for ten decisions as for one
            while len(waiting) < _BATCH:
                try:
                    waiting.append(self._queue.get_nowait())
                except queue.Empty:
                    break
            ending = None in waiting
            batch = [d for d in waiting if d is not None]
            entries = [c.entry for d in batch for c in d.made]
            if batch and (not entries or self._append(entries)):
                self._reactor.callFromThread(self._publish, batch)
            busy_until = time.monotonic() + 2 * _GATHER

    def _prove(self) -> None:
        """A journal that hangs is noticed before the next call needs it."""
        why: Text | None = None
        self._asked += 1
        try:
            self.journal.prove()
        except (JournalTaken, ValueError) as wrong:
            self._reactor.callFromThread(self._on_lost, str(wrong))
        except JournalUnavailable as wrong:
            why = wrong.text
        except Exception as wrong:  # as in _append
            why = _why(wrong)
        finally:
            self._answered = self._asked
        if why is not None or self._unproved:
            self._unproved = why is not None
            self._reactor.callFromThread(self._troubled, why)

    def _append(self, entries: list[Entry]) -> bool:
        pause, failed = 0.1, False
        while True:
            try:
                self.journal.append(entries)
            except (JournalTaken, ValueError) as wrong:
                self._reactor.callFromThread(self._troubled, _why(wrong))
                self._reactor.callFromThread(self._on_lost, str(wrong))
                return False
            except JournalUnavailable as wrong:
                self._reactor.callFromThread(self._troubled, wrong.text)
            except Exception as wrong:  # a fault of ours must be seen, and must not end the only writer
                self._reactor.callFromThread(self._troubled, _why(wrong))
            else:
                if failed:
                    self._reactor.callFromThread(self._troubled, None)
                return True
            failed = True
            if self._stopping.wait(pause):
                return False
            pause = min(2.0, pause * 2)

    def _troubled(self, why: Text | None) -> None:
        if why != self.trouble:
            log.critical("journal: {why}", why=say(why, "en")) if why else log.info("journal: written again")
            self.trouble = why
        self._slow = False

    def _publish(self, batch: list[_Decision]) -> None:
        if self._slow:
            self._troubled(None)
        for _ in batch:
            self._unwritten.popleft()
        flat = [c for d in batch for c in d.made]
        for one in flat:
            self.board.put(one.entry.seq, one.changes)
        for listener in self._listeners:
            try:
                listener.committed(flat)
            except Exception:
                log.failure("a listener failed; the others are told all the same")
        for decision in batch:
            if decision.answer is not None:
                decision.answer.callback(decision.seq)

    # -- what the shell around it calls
    def tick(self) -> None:
        """Looks at the deadlines, when there is a journal to write to. Each is a decision of its own: one that fails
        is tried again after a while, and keeps no other from being kept. Where they are many, the rest waits for the
        reactor's next turn."""
        self._look_at_the_writer()
        if self.trouble or self._stopping.is_set():
            return
        now, began = self._moment(), time.perf_counter()
        for deadline in sorted(self._ahead.due(now), key=lambda one: one.kind in _PATIENT):
            key = f"{deadline.kind}:{deadline.about}"
            if self._failed.get(key, 0.0) > now:
                continue
            self.submit(Due(key)).addErrback(self._deadline_failed, key, now)
            if time.perf_counter() - began > _TURN_S:
                if not self._more:
                    self._more = True
                    self._reactor.callLater(0, self._go_on)
                return

    def _look_at_the_writer(self) -> None:
        """A disk or a database may hang rather than fail; that is no better."""
        waits = self.waits()
        if waits >= _STUCK and not self.trouble:
            self._troubled(text("journal.no-answer", seconds=round(waits)))
            self._slow = True
        elif self._slow and waits < _STUCK:
            self._troubled(None)

    def _go_on(self) -> None:
        self._more = False
        self.tick()

    def _deadline_failed(self, failure: Failure, key: str, now: float) -> None:
        log.failure("deadline {key}", failure, key=key)
        if len(self._failed) > 1000:
            self._failed.clear()
        self._failed[key] = now + _FAILED_AGAIN

    def sighted(self, fixes: tuple[ev.Fix, ...]) -> None:
        """Keeps where assigned units are."""
        if not self.trouble:
            self.submit(Sighted(fixes)).addErrback(lambda failure: log.failure("sighted", failure))

    def hello(self, boot: str, legs: tuple[str, ...], positions: dict[str, str]) -> defer.Deferred[int]:
        return self.submit(Hello(boot, self._clock(), legs, positions))

    def gone(self, boot: str) -> defer.Deferred[int]:
        return self.submit(SwitchGone(boot))

    def now(self) -> float:
        return self._clock()
