"""The API of the auditor: the journal, its proof, recordings, and the board as it was. Every look is journaled."""

from __future__ import annotations

import hashlib
import wave
from pathlib import Path
from typing import Annotated, Any, cast

import msgspec
import numpy as np
from cachetools import LRUCache
from twisted.internet import defer, threads
from twisted.web.server import NOT_DONE_YET
from twisted.web.static import File

from console.http.answers import Lines, Media, Raw
from console.http.parameters import Mark
from console.http.web import Ask, Problem, Reply, Route
from console.http.written import written
from console.live.views import Tables
from console.parts import Parts
from dispatch import events as ev
from dispatch.commands import ADMIN, AUDITOR, DESK, SUPERVISOR
from dispatch.inputs import Noted
from dispatch.journal.callindex import CallRow
from dispatch.journal.recordings import KeptFiles, catalogue_file, recording_file
from dispatch.journal.verification import VerificationReport, Verifier, index_of, readable

AUDIT = frozenset({AUDITOR, SUPERVISOR})
_PEAKS = 400
Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class JournalPage(msgspec.Struct, frozen=True):
    """The entries behind entry `after`, at most `limit`."""

    after: Mark | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 1000


class LeafLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the digest of an entry covers; docs/journal.md has its members."""

    seq: int
    journal: str
    recorded: float
    happened: float
    event: str
    subjects: list[str]
    subject: str = ""
    key: int = 0
    sealed: str = ""
    words: str = ""
    body: dict[str, Any] = {}


class JournalLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry, as docs/journal.md says: `seq` from 1 without gaps; `sealed` and `opened` (salt and words) base64. One
    that is damaged has `unread` (base64) and an `event` that says so in the place of its `leaf`."""

    seq: int
    digest: Digest
    sealed: str = ""
    opened: str = ""
    unread: str = ""
    event: ev.AnyEvent | msgspec.UnsetType = msgspec.UNSET
    leaf: LeafLine | msgspec.UnsetType = msgspec.UNSET


class CallPage(msgspec.Struct, frozen=True):
    """Calls begun before entry `before` (the newest unless said), at most `limit`; `q` in id, incident or user, or the
    whole number."""

    before: Mark | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=500)] = 50
    q: str = ""


class Instant(msgspec.Struct, frozen=True):
    """`at`: an entry, the newest unless said; `call`: the one that is looked at."""

    at: Mark | None = None
    call: str = ""


class BoardThen(msgspec.Struct, frozen=True, kw_only=True):
    """The board after entry `seq`, and the fix of each unit by then."""

    seq: int
    board: Tables
    fixes: dict[str, ev.Fix]


class Peaks(msgspec.Struct, frozen=True, kw_only=True):
    """`peaks`: the loudest sample (0 to 1) of each of up to 400 slices; how many `seconds` it lasts; when it `started`,
    seconds since 1970."""

    peaks: list[float]
    seconds: float
    started: float


class ViewLog:
    """Journals a look before anything is shown, once a minute for each person and thing: a player asks for many
    ranges of one recording."""

    def __init__(self) -> None:
        self._seen: LRUCache[tuple[str, ...], float] = LRUCache(10_000)

    async def note(self, parts: Parts, event: ev.Event, *key: str) -> None:
        """Raises Problem(503) while the journal cannot be written."""
        now = parts.reactor.seconds()
        if now - self._seen.get(key, -60.0) < 60.0:
            return
        await look_kept(parts, event)
        self._seen[key] = now


async def look_kept(parts: Parts, event: ev.Event) -> None:
    """Ends when `event` is in the journal. Raises Problem(503) when that takes too long."""
    await written(parts, Noted(event), "problem.look-not-kept")


class Audit:
    """The routes' functions, and what they remember."""

    def __init__(self) -> None:
        self._views = ViewLog()
        self._peaks: LRUCache[str, Peaks] = LRUCache(500)
        self._verifying = defer.DeferredSemaphore(1)
        self._reading = defer.DeferredSemaphore(1)
        """Of the index of calls: its first answer reads the whole journal, and who waits for it needs no thread."""

    async def journal(self, parts: Parts, ask: Ask) -> Reply:
        page, user = ask.query(JournalPage), ask.actor.user
        after = ask.entry(page.after, parts.room.board) or 0
        await self._views.note(parts, ev.JournalRead(at=parts.room.now(), by=user, after=after), "journal", user)
        entries = await threads.deferToThread(parts.room.journal.read, after, page.limit)
        return Raw(b"".join(entry.line() + b"\n" for entry in entries), "application/x-ndjson")

    async def verify(self, parts: Parts, ask: Ask) -> VerificationReport:
        top = parts.room.board.seq  # what is being written while we look is looked at next time

        def check() -> VerificationReport:
            verifier = Verifier(KeptFiles(parts.settings.data_folder))
            for entry in readable(parts.room.journal, top):
                verifier.take(entry)
            return verifier.report(parts.accounts, index_of(parts.room.journal, top))

        # One at a time: it reads everything, and others wait for the threads too.
        found = await self._verifying.run(threads.deferToThread, check)
        await look_kept(parts, ev.JournalVerified(
            at=parts.room.now(), by=ask.actor.user, intact=found.intact, faults=found.kinds
        ))  # fmt: skip
        return found

    async def calls(self, parts: Parts, ask: Ask) -> list[CallRow]:
        page = ask.query(CallPage)
        before = ask.entry(page.before, parts.room.board) or 0
        rows: list[CallRow] = await self._reading.run(
            threads.deferToThread, parts.index.calls, before, page.limit, page.q
        )
        return rows

    async def replay(self, parts: Parts, ask: Ask) -> BoardThen:
        asked, newest = ask.query(Instant), parts.room.board.seq
        at = ask.entry(asked.at, parts.room.board)
        if at is None and asked.at:
            raise Problem(409, "problem.foreign-entry")  # another instant than was meant must not be shown
        at = newest if at is None else min(newest, at)
        call, user = asked.call, ask.actor.user
        # A replay without a call shows as much as one with it, so it is kept as well.
        looked = ev.CallReplayed(at=parts.room.now(), call=call, by=user)
        await self._views.note(parts, looked, "replay", user, call)
        board = await self._reading.run(threads.deferToThread, parts.index.board_at, at)
        fixes = {
            unit.id: ev.Fix(unit=unit.id, lat=unit.lat, lon=unit.lon, at=unit.fix_at)
            for unit in board.units.values()
            if unit.fix_at
        }
        return BoardThen(seq=board.seq, board=cast(Tables, board.snapshot()), fixes=fixes)

    async def _allowed(self, parts: Parts, ask: Ask) -> tuple[Path, CallRow | None]:
        digest = ask.path["digest"]
        row = await threads.deferToThread(parts.index.call_of, digest)
        file = await threads.deferToThread(recording_file, parts.recordings, digest)
        if ask.actor.role not in AUDIT and (row is None or row.user != ask.actor.user):
            raise Problem(403, "problem.own-recordings-only")
        if file is None:
            raise Problem(404, "problem.recording-gone")
        return file, row

    async def recording(self, parts: Parts, ask: Ask) -> Reply:
        file, row = await self._allowed(parts, ask)
        user, digest, call = ask.actor.user, ask.path["digest"], row.call if row else ""
        played = ev.RecordingPlayed(at=parts.room.now(), digest=digest, call=call, by=user)
        await self._views.note(parts, played, "recording", user, digest)
        ask.request.setHeader("Cache-Control", "private, no-store")
        if not ask.gone:
            _Recording(str(file)).render(ask.request)
        return NOT_DONE_YET

    async def peaks(self, parts: Parts, ask: Ask) -> Peaks:
        file, row = await self._allowed(parts, ask)
        digest = ask.path["digest"]
        if digest not in self._peaks:
            self._peaks[digest] = await threads.deferToThread(_peaks_of, file, row.started[digest] if row else 0.0)
        return self._peaks[digest]


async def catalogue(parts: Parts, ask: Ask) -> Reply:
    """The same to everybody: it tells of nobody, so no look is journaled."""
    digest = ask.path["digest"]
    content = await threads.deferToThread(_content_of, parts.catalogues, digest)
    if hashlib.sha256(content).hexdigest() != digest:  # words that were put there since are nobody's evidence
        raise Problem(404, "problem.catalogue-gone")
    return Raw(content, "text/plain; charset=utf-8")


def _content_of(folder: Path, digest: str) -> bytes:
    file = catalogue_file(folder, digest)
    return file.read_bytes() if file else b""


class _Recording(File):
    contentTypes = {".wav": "audio/wav"}
    contentEncodings: dict[str, str] = {}


def _peaks_of(file: Path, started: float) -> Peaks:
    """Of a 16-bit WAV."""
    with wave.open(str(file), "rb") as wav:
        rate, count = wav.getframerate(), wav.getnframes()
        samples = np.abs(np.frombuffer(wav.readframes(count), dtype="<i2").astype(np.float32)) / 32768
    slices = np.array_split(samples, min(_PEAKS, max(1, len(samples))))
    peaks = [round(float(part.max()), 3) if len(part) else 0.0 for part in slices]
    return Peaks(peaks=peaks, seconds=round(len(samples) / rate, 3), started=started)


def routes() -> list[Route]:
    audit = Audit()
    readers = AUDIT | {ADMIN}
    wav = Media(("audio/wav",), "The sound, with ranges.", ranges=True)
    away = (503,)
    return [
        Route(
            "GET", "/api/v1/journal", readers, audit.journal, "Entries as JSON lines, to the byte.",
            gives=Lines(JournalLine), query=JournalPage, refuses=away,
        ),
        Route("GET", "/api/v1/verify", readers, audit.verify, "Every fault of chain, files and index.", refuses=away),
        Route("GET", "/api/v1/calls", AUDIT | DESK, audit.calls, "All calls, the newest first.", query=CallPage),
        Route(
            "GET", "/api/v1/replay", AUDIT, audit.replay, "The board as it was.", query=Instant, refuses=(409, *away)
        ),
        Route(
            "GET", "/api/v1/recordings/{digest}", AUDIT | DESK, audit.recording, "A recording as WAV, with ranges.",
            gives=wav, refuses=away,
        ),
        Route(
            "GET", "/api/v1/catalogues/{digest}", AUDIT, catalogue, "The words of a language that were in force once.",
            gives=Media(("text/plain",), "A file in Fluent's format."),
        ),
        Route("GET", "/api/v1/recordings/{digest}/peaks", AUDIT | DESK, audit.peaks, "Its loudness over time."),
    ]  # fmt: skip
