"""The API of the auditor: the journal, its proof, recordings, and the board as it was. Every look is journaled."""

from __future__ import annotations

import wave

import msgspec
import numpy as np
from twisted.internet import defer, threads
from twisted.web.server import NOT_DONE_YET
from twisted.web.static import File

from console.api_board import DESK
from console.parts import Parts
from console.web import Ask, Problem, Raw, Route
from dispatch import events as ev
from dispatch.commands import ADMIN, AUDITOR, SUPERVISOR
from dispatch.inputs import Noted
from dispatch.journal import entries_of, verify
from dispatch.recordings import digest_now, recording_file

AUDIT = frozenset({AUDITOR, SUPERVISOR})
_PEAKS = 400


class Looks:
    """Journals a look once a minute for each person and thing: a player asks for many ranges of one recording."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, ...], float] = {}

    def note(self, parts: Parts, event: ev.Event, *key: str) -> None:
        now = parts.reactor.seconds()
        if now - self._seen.get(key, -60.0) >= 60.0:
            if len(self._seen) > 10_000:
                self._seen.clear()
            self._seen[key] = now
            parts.room.submit(Noted(event))


class Audit:
    """The routes' functions, and what they remember."""

    def __init__(self) -> None:
        self._looks = Looks()
        self._peaks: dict[str, bytes] = {}

    @defer.inlineCallbacks
    def journal(self, parts: Parts, ask: Ask):
        after, limit = int(ask.number("after", 0)), int(ask.number("limit", 1000))
        limit = max(1, min(10_000, limit))
        entries = yield threads.deferToThread(parts.room.journal.read, after, limit)
        user = ask.actor.user
        self._looks.note(parts, ev.JournalRead(at=parts.room.now(), by=user, after=after), "journal", user)
        return Raw(b"".join(entry.line() + b"\n" for entry in entries), "application/x-ndjson")

    @defer.inlineCallbacks
    def verify(self, parts: Parts, ask: Ask):
        top = parts.room.board.seq  # what is being written while we look is looked at next time

        def check():
            entries = entries_of(parts.room.journal, upto=top)
            return verify(entries, lambda digest: digest_now(parts.recordings, digest))

        found = yield threads.deferToThread(check)
        said = {"intact": found.intact, "first_broken": found.first_broken, "detail": found.why}
        parts.room.submit(Noted(ev.JournalVerified(at=parts.room.now(), by=ask.actor.user, **said)))
        return found

    @defer.inlineCallbacks
    def calls(self, parts: Parts, ask: Ask):
        before, limit = int(ask.number("before", 0)), max(1, min(500, int(ask.number("limit", 50))))
        rows = yield threads.deferToThread(parts.index.calls, before, limit, ask.text("q"))
        return rows

    @defer.inlineCallbacks
    def replay(self, parts: Parts, ask: Ask):
        at = max(0, min(parts.room.board.seq, int(ask.number("at", parts.room.board.seq))))
        board = yield threads.deferToThread(parts.index.board_at, at)
        call, user = ask.text("call"), ask.actor.user
        if call:
            self._looks.note(parts, ev.CallReplayed(at=parts.room.now(), call=call, by=user), "replay", user, call)
        fixes = {
            unit.id: ev.Fix(unit=unit.id, lat=unit.lat, lon=unit.lon, at=unit.fix_at)
            for unit in board.units.values()
            if unit.fix_at
        }
        return {"seq": board.seq, "board": board.snapshot(), "fixes": fixes}

    @defer.inlineCallbacks
    def _allowed(self, parts: Parts, ask: Ask):
        digest = ask.path["digest"]
        row = yield threads.deferToThread(parts.index.call_of, digest)
        file = recording_file(parts.recordings, digest)
        if ask.actor.role not in AUDIT and (row is None or row.user != ask.actor.user):
            raise Problem(403, "Hanya rekaman panggilan Anda sendiri.", "Only recordings of your own calls.")
        if file is None:
            raise Problem(
                404,
                "Rekaman ini tidak ada; mungkin sudah dihapus menurut aturan. Tanyakan kepada teknisi.",
                "This recording is not here; it may have been erased lawfully. Ask the technician.",
            )
        return file, row

    @defer.inlineCallbacks
    def recording(self, parts: Parts, ask: Ask):
        file, row = yield self._allowed(parts, ask)
        user, digest, call = ask.actor.user, ask.path["digest"], row.call if row else ""
        played = ev.RecordingPlayed(at=parts.room.now(), digest=digest, call=call, by=user)
        self._looks.note(parts, played, "recording", user, digest)
        ask.request.setHeader("Cache-Control", "private, no-store")
        File(str(file), defaultType="audio/wav").render_GET(ask.request)
        return NOT_DONE_YET

    @defer.inlineCallbacks
    def peaks(self, parts: Parts, ask: Ask):
        file, _ = yield self._allowed(parts, ask)
        digest = ask.path["digest"]
        if digest not in self._peaks:
            if len(self._peaks) > 500:
                self._peaks.clear()
            self._peaks[digest] = yield threads.deferToThread(_peaks_of, file)
        return Raw(self._peaks[digest])


def _peaks_of(file) -> bytes:
    """{"peaks": up to 400 loudest samples (0 … 1), "seconds"} of a 16-bit WAV."""
    with wave.open(str(file), "rb") as wav:
        rate, count = wav.getframerate(), wav.getnframes()
        samples = np.abs(np.frombuffer(wav.readframes(count), dtype="<i2").astype(np.float32)) / 32768
    slices = np.array_split(samples, min(_PEAKS, max(1, len(samples))))
    peaks = [round(float(part.max()), 3) if len(part) else 0.0 for part in slices]
    return msgspec.json.encode({"peaks": peaks, "seconds": round(len(samples) / rate, 3)})


def routes() -> list[Route]:
    audit = Audit()
    readers = AUDIT | {ADMIN}
    page = ("after", "limit")
    return [
        Route("GET", "/api/v1/journal", readers, audit.journal, "Entries as JSON lines, to the byte.", query=page),
        Route("GET", "/api/v1/verify", readers, audit.verify, "Whether chain and recordings are intact."),
        Route("GET", "/api/v1/calls", AUDIT | DESK, audit.calls, "All calls.", query=("before", "limit", "q")),
        Route("GET", "/api/v1/replay", AUDIT, audit.replay, "The board as it was.", query=("call", "at")),
        Route("GET", "/api/v1/recordings/{digest}", AUDIT | DESK, audit.recording, "A WAV, with ranges."),
        Route("GET", "/api/v1/recordings/{digest}/peaks", AUDIT | DESK, audit.peaks, "Its loudness over time."),
    ]
