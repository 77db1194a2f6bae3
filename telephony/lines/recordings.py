"""The recordings that run and those to be sealed: begun, looked after, sealed, and compared with how long was spoken.

Theory of operation. A line that is recorded has a take (takes.py), from the moment it is up to its end by a monotonic
clock, whether or not a file can be made for it. The library writes the files and tells nobody when it cannot: so every
two seconds each file is compared with the time it should hold. One that stays behind is closed and another begun, again
and again until there is room. At the end of a take what was sealed of it is compared with its length. What is missing
is told: at once when it is noticed, and at the end how much it was (RecordingIncomplete).
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path

from twisted.internet import threads
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger

from dispatch.events import Event, RecordingIncomplete
from dispatch.timing.rounds import Rounds
from routing.text import Text, text
from telephony.lines import recording
from telephony.lines.takes import Register, Take

log = Logger()
_SEAL_EVERY = 0.2
_PATIENCE = 2.0
"""Seconds until a file that its writer does not close is mended."""
_ALIVE_EVERY, _LOOK_EVERY = 0.25, 2.0
BEHIND = 2.0
"""Seconds that a file may lack while it runs: the library's buffers hold half a second."""
TOLERATED = 0.5
"""Seconds that may be missing at the end. Beginning and ending cost three frames (0.06 s); the rest is for a media
clock that was held up by a busy machine: a syllable or two."""
_AGAIN = 5.0
_HANGS = 5.0
"""Seconds without an answer from the disk after which it is told that nothing is written."""
CUT = text("why.switch-cut")


class Recordings:
    """`tell(event)`, `troubled(what)`: to the room; `now()`: seconds since 1970; `record_on(line)`: begins another file
    for it."""

    def __init__(
        self,
        reactor: IReactorTime,
        data: Path,
        tell: Callable[[Event], None],
        troubled: Callable[[Text], None],
        now: Callable[[], float],
    ) -> None:
        self._reactor, self._data, self._tell, self._troubled, self._now = reactor, data, tell, troubled, now
        self._register = Register(data / "takes")
        self._running: dict[str, _Running] = {}
        self._unsealed: dict[Path, tuple[float, Take]] = {}
        self._sealing, self._looking = False, 0.0
        self._record_on: Callable[[str], None] = lambda line: None
        self._trouble: Text | None = None
        self._rounds = Rounds(reactor, _ALIVE_EVERY, self._alive), Rounds(reactor, _LOOK_EVERY, self._look)

    def start(self, record_on: Callable[[str], None]) -> None:
        """Also seals and tells of what an earlier switch left."""
        self._record_on = record_on
        left = {(take.call, take.leg, take.stamp): take for take in self._register.left}
        for file in recording.left_behind(self._data):
            call, leg, stamp = recording.parts_of(file)
            self._to_seal(file, left.get((call, leg, stamp)) or Take(call, leg, cut=not recording.is_closed(file)))
        for take in self._register.left:
            self._settle(take)
        for rounds in self._rounds:
            rounds.start()

    def stop(self) -> None:
        """What runs ends here, whole; the next start seals it."""
        for rounds in self._rounds:
            rounds.stop()
        for one in self._running.values():
            one.take.until = time.monotonic()
            self._register.note(one.take)
        self._register.close()

    # -- what the lines say
    def begin(self, line: str, call: str, leg: str) -> None:
        """`line` is recorded from now on as the leg `leg` of `call`."""
        self._running[line] = _Running(Take(call, leg, since=time.monotonic()))
        self._register.add(self._running[line].take)

    def file_for(self, line: str) -> Path:
        """The next file of this line's recording. Raises OSError."""
        one = self._running[line]
        started = self._now()
        if self._hangs(time.monotonic()):  # opening would hang too, and every call with it
            raise OSError(errno.ETIMEDOUT, "the disk does not answer")
        while os.path.lexists(file := recording.live_path(self._data, one.take.call, one.take.leg, started)):
            started += 0.001  # two call-takers in the same moment
        one.file, one.since = file, time.monotonic()
        one.take.stamp = recording.parts_of(one.file)[2]
        self._register.note(one.take)
        return one.file

    def failed(self, line: str, why: Text) -> None:
        """The file could not be made."""
        one = self._running[line]
        one.file = None
        self._stays_behind(line, why, time.monotonic(), one.since)

    def closed(self, line: str) -> None:
        """Nothing more is written to its file."""
        one = self._running[line]
        if one.file is not None:
            self._to_seal(one.file, one.take)
            one.file = None

    def ended(self, line: str) -> None:
        """The line is recorded no longer."""
        self.closed(line)
        take = self._running.pop(line).take
        take.until = time.monotonic()
        self._register.note(take)
        self._settle(take)

    # -- what runs
    def _alive(self) -> None:
        self._register.alive(time.monotonic())

    def _look(self) -> None:
        if self._register.trouble != self._trouble:
            self._trouble = self._register.trouble
            if self._trouble:
                self._troubled(self._trouble)
        now = time.monotonic()
        if self._hangs(now):
            for line, one in self._running.items():
                self._stays_behind(line, text("why.disk-silent"), now, max(self._looking, one.since))
        if not self._looking:
            self._looking = now
            files = {line: one.file for line, one in self._running.items() if one.file is not None}
            looking = threads.deferToThread(self._measured, files, now)
            looking.addCallback(self._compare).addErrback(lambda failure: log.failure("recordings", failure))
            looking.addBoth(self._looked)

    def _hangs(self, now: float) -> bool:
        """A disk that fails says so; one that hangs lets the look at it wait."""
        return bool(self._looking) and now - self._looking > _HANGS

    def _measured(self, files: dict[str, Path], now: float) -> tuple[dict[str, tuple[Path, float]], float]:
        """On a thread: the disk may be slow."""
        self._register.sync()
        return {line: (file, recording.seconds_in(file)) for line, file in files.items()}, now

    def _compare(self, measured: tuple[dict[str, tuple[Path, float]], float]) -> None:
        held, now = measured
        for line, one in list(self._running.items()):
            file, seconds = held.get(line, (None, 0.0))
            if one.file is not None and (file != one.file or now - one.since - seconds <= BEHIND):
                continue
            try:
                self._stays_behind(line, one.take.why or recording.why_not(self._data), now, one.since)
                if now >= one.again:
                    one.again = now + _AGAIN
                    self._record_on(line)
            except Exception:  # the other lines are looked after all the same, and this one again in a moment
                log.failure("recording on {line}", line=line)

    def _looked(self, _: object) -> None:
        self._looking = 0.0

    def _stays_behind(self, line: str, why: Text, now: float, since: float) -> None:
        """`since`: from when on nothing may be written."""
        one = self._running[line]
        if one.take.why:
            return  # told already; how much it was is told at the end
        one.take.why = why
        self._register.note(one.take)
        lasted = now - one.take.since
        lacks = lasted if one.file is None else min(lasted, now - since)
        self._say(one.take, lacks, lasted, why, running=True)

    # -- what is over
    def _to_seal(self, file: Path, take: Take) -> None:
        """Sealed as soon as its writer has closed it."""
        self._unsealed[file] = (time.monotonic() + _PATIENCE, take)
        self._seal_soon()

    def _seal_soon(self) -> None:
        if not self._sealing:
            self._sealing = True
            self._reactor.callLater(_SEAL_EVERY, self._seal)

    def _seal(self) -> None:
        """All that wait, on one thread: the digest of a long call takes a while."""
        waiting = {file: patience for file, (patience, _) in self._unsealed.items()}
        sealing = threads.deferToThread(recording.seal_all, waiting, self._data, time.monotonic(), self._now())
        sealing.addCallback(self._sealed).addErrback(lambda failure: log.failure("sealing", failure))
        sealing.addBoth(self._sealed_all)

    def _sealed_all(self, _: object) -> None:
        self._sealing = False
        if self._unsealed:
            self._seal_soon()

    def _sealed(self, result: tuple[list[recording.Sealed | Text], list[Path]]) -> None:
        made, done = result
        for one in made:
            if isinstance(one, Text):
                self._troubled(one)
                continue
            file, sealed = one
            self._tell(sealed)
            self._unsealed[file][1].written += sealed.seconds
        takes = [self._unsealed.pop(file)[1] for file in done]
        for take in takes:
            self._register.note(take)
            self._settle(take)
        # Only now: of a switch that is killed in between, the next one tells.
        if made:
            clearing = threads.deferToThread(recording.clear, [one[0] for one in made if not isinstance(one, Text)])
            clearing.addErrback(lambda failure: log.failure("sealed files stay in live", failure))

    def _settle(self, take: Take) -> None:
        """When it is over and all its files are sealed: is anything missing?"""
        if take.since and not take.until or any(one is take for _, one in self._unsealed.values()):
            return
        missing = take.missing()
        if take.why or take.cut or missing > TOLERATED:
            why = take.why or (CUT if take.cut else text("why.less-written"))
            self._say(take, missing, max(take.until - take.since, take.written), why)
        self._register.done(take)

    def _say(self, take: Take, missing: float, seconds: float, why: Text, running: bool = False) -> None:
        said = RecordingIncomplete(
            at=self._now(), call=take.call, leg=take.leg, missing=round(missing, 1), seconds=round(seconds, 1),
            why=why, running=running,
        )  # fmt: skip
        log.error("a recording lacks sound: {said}", said=said)
        self._tell(said)


class _Running:
    """`file`: where it is written now, and `since` when (monotonic); `again`: when another file is tried."""

    file: Path | None = None
    again = 0.0

    def __init__(self, take: Take) -> None:
        self.take, self.since = take, take.since
