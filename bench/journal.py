"""The journal: entries appended a second and how long a commit takes; entries replayed a second."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from sqlalchemy import exc

from bench import table
from bench.centre import scratch
from dispatch import events as ev
from dispatch.journal.chain import Entry, Tail, chained, entries_of
from dispatch.journal.keys import Keys
from dispatch.journal.master import Masters
from dispatch.journal.replay import fold
from dispatch.journal.sql import SqlJournal, open_engine
from migrations import migrate
from routing.location import make_location
from routing.recommendation.candidate import Candidate
from routing.text import Text, text
from tests.servers import postgres_server, wait_until

_REPLAY_TARGET = 100_000
_UNITS = 24


def events_of_service(draw: random.Random) -> Iterator[ev.Event]:
    """An endless service: seven of ten calls need nobody sent, the others get two units, a position every second."""
    at = 1_800_000_000.0
    for n in range(_UNITS):
        yield ev.UnitRegistered(at=at, unit=f"U{n}", agency="health", kind="ambulance", name=f"Unit {n}", lat=0.9,
                                lon=104.4)  # fmt: skip
    for n in range(6):
        yield ev.PositionOpened(at=at, position=f"P{n}", user=f"operator{n}", media="browser")
        yield ev.PositionReady(at=at, position=f"P{n}", ready=True)
    seq, number = _UNITS + 12, 0
    while True:
        number += 1
        at += 7.0
        needed = draw.random() < 0.3
        for event in _call(number, at, seq, draw, needed):
            seq += 1
            yield event


def _call(number: int, at: float, seq: int, draw: random.Random, needed: bool) -> Iterator[ev.Event]:
    call, seat, src = f"6a3f0c{number}", f"P{number % 6}", iter(range(number * 10, number * 10 + 10))
    place = make_location(lat=0.9 + draw.random() / 20, lon=104.4 + draw.random() / 20, radius=50.0)
    yield ev.CallReceived(at=at, src=("6a3f0c", next(src)), call=call, caller=f"+62812{number:07}", source="10.0.0.7",
                          called="urn:service:sos", sip_call_id=f"{number}-11@10.0.0.7")  # fmt: skip
    yield ev.LocationReceived(at=at, src=("6a3f0c", next(src)), call=call, location=place)
    yield ev.CallQueued(at=at, call=call, queue="112")
    yield ev.CallOffered(at=at, call=call, position=seat, until=at + 12)
    yield ev.CallAccepted(at=at + 3, call=call, position=seat, by=f"operator{number % 6}")
    yield ev.OrderIssued(at=at + 3, do="connect", call=call, position=seat, expires=at + 23)
    yield ev.CallBridged(at=at + 3, src=("6a3f0c", next(src)), call=call, position=seat)
    yield ev.OrderDone(at=at + 3, src=("6a3f0c", next(src)), order=seq + 6)
    if needed:
        yield from _incident(number, call, at + 20, place, draw)
    yield ev.CallDisposed(at=at + 40, call=call, disposition="emergency" if needed else "prank", by="operator0")
    yield ev.CallEnded(at=at + 41, src=("6a3f0c", next(src)), call=call)
    for leg in ("caller", "call-taker"):
        yield ev.RecordingSealed(at=at + 42, src=("6a3f0c", next(src)), call=call, leg=leg, digest=f"{number:064x}",
                                 started=at + 3, seconds=38.0, size=608_044)  # fmt: skip


def _incident(number: int, call: str, at: float, place, draw: random.Random) -> Iterator[ev.Event]:
    name = f"I{number}"
    yield ev.IncidentOpened(at=at, incident=name, type="medical", by="operator0", call=call, location=place)
    units = draw.sample(range(_UNITS), 8)
    yield ev.RecommendationMade(
        at=at, incident=name, method=(text("method.roads"),), took_ms=1.2,
        candidates=tuple(
            Candidate(
                unit=f"U{u}", agency="health", rank=rank, seconds=60.0 * rank, metres=500.0 * rank, mode="car",
                reasons=(_could_come(rank),), lat=0.91, lon=104.45, fix_at=at - 5, suggested=rank < 3,
            )
            for rank, u in enumerate(units, 1)
        ),
    )  # fmt: skip
    yield ev.NoteAdded(at=at + 2, incident=name, text="Korban sadar, di tepi jalan.", by="operator0")
    for n, unit in enumerate(units[:2]):
        sent = f"A{number}-{n}"
        yield ev.UnitAssigned(at=at + 5, assignment=sent, incident=name, unit=f"U{unit}", by="dispatcher", rank=n + 1,
                              seconds=60.0, ack_by=at + 35)  # fmt: skip
        yield ev.AssignmentAcknowledged(at=at + 12, assignment=sent, by="crew")
        for later, progress in ((20, "en_route"), (200, "on_scene"), (900, "clear")):
            fix = ev.Fix(unit=f"U{unit}", lat=0.9 + later / 1e5, lon=104.4, at=at + later, speed=9.0)
            yield ev.UnitsSighted(at=at + later, fixes=(fix,))
            yield ev.AssignmentProgressed(at=at + later, assignment=sent, progress=progress, by="crew")
    yield ev.IncidentClosed(at=at + 950, incident=name, by="dispatcher", outcome="treated")


def _could_come(minutes: int) -> Text:
    return text("reason.could-come", travel=text("travel.plain", seconds=60 * minutes, metres=500 * minutes))


def entries_of_service(keys: Keys) -> Iterator[Entry]:
    tail = Tail()
    for event in events_of_service(random.Random(112)):
        entry = chained(tail, "bench", event.at, event, keys)
        tail = entry.tail
        yield entry


def _appends(url: str, seconds: float) -> Iterator[tuple[int, float, float, float]]:
    """(entries in a commit, entries a second, p50 and p99 seconds of one append)."""
    engine = open_engine(url)
    migrate(engine)
    journal = SqlJournal(engine, Masters())
    source = entries_of_service(journal.keys)
    try:
        for group in (1, 10, 100):
            took: list[float] = []
            while sum(took) < seconds:
                batch = list(islice(source, group))
                began = time.perf_counter()
                journal.append(batch)
                took.append(time.perf_counter() - began)
            yield group, group * len(took) / sum(took), table.median(took), table.percentile(took, 0.99)
    finally:
        journal.close()


def _accepts(url: str) -> bool:
    """A server that listens may still be starting up."""
    engine = open_engine(url)
    try:
        with engine.connect():
            return True
    except exc.OperationalError:
        return False
    finally:
        engine.dispose()


def _replayed(url: str, count: int) -> tuple[float, float]:
    """(seconds to read and fold `count` entries, the same for reading alone)."""
    engine = open_engine(url)
    migrate(engine)
    journal = SqlJournal(engine, Masters())
    source = entries_of_service(journal.keys)
    try:
        while batch := list(islice(source, min(5000, count))):
            journal.append(batch)
            if batch[-1].seq >= count:
                break
        began = time.perf_counter()
        board = fold(entries_of(journal))
        took = time.perf_counter() - began
        assert board.seq >= count
        began = time.perf_counter()
        for _ in entries_of(journal):
            pass
        return took * count / board.seq, (time.perf_counter() - began) * count / board.seq
    finally:
        journal.close()


def run(quick: bool) -> None:
    seconds, count = (0.7, 50_000) if quick else (3.0, 200_000)
    table.title("Journal: appends, each group one durable commit")
    rows = []
    with scratch() as folder:
        bases = [("SQLite", f"sqlite:///{folder / 'appends.db'}")]
        rows += [(name, *row) for name, url in bases for row in _appends(url, seconds)]
        if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
            with postgres_server() as server:
                wait_until(lambda: _accepts(server.url), what="PostgreSQL")
                rows += [("PostgreSQL", *row) for row in _appends(server.url, seconds)]
        else:
            print("  PostgreSQL is not installed; SQLite only.")
        shown = [(name, group, f"{rate:,.0f}", table.ms(p50), table.ms(p99)) for name, group, rate, p50, p99 in rows]
        table.table(("", "entries a commit", "entries/s", "commit p50", "commit p99"), shown)
        table.title(f"Replay: {count:,} entries from SQLite")
        folded, read = _replayed(f"sqlite:///{folder / 'replay.db'}", count)
    table.table(("", "entries/s", "seconds"), [
        ("read and folded to a board", f"{count / folded:,.0f}", f"{folded:.2f}"),
        ("only read", f"{count / read:,.0f}", f"{read:.2f}"),
    ])  # fmt: skip
    rate = count / folded
    table.target(f"replay > {_REPLAY_TARGET:,} entries/s", rate > _REPLAY_TARGET, f"{rate:,.0f}/s")
