"""A switch and a room of our own for a measurement, the bare loop beside them, and what they cost."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import psutil

from dispatch import events as ev
from dispatch.access.accounts import Accounts
from dispatch.commands import CALL_TAKER
from dispatch.journal.chain import Entry, entries_of
from dispatch.journal.master import Masters
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.settings import ROOT
from tests.servers import end, free_port, wait_until

_BIN = Path(sys.executable).parent
# Below what the kernel gives out by itself, and beside the default range: a running centre is not disturbed. The
# second half is for browsers, of which there are none here, so the bare loop has it.
_RTP = (10_000, 14_000, 28_000)[os.getpid() % 3]
_RTP_SPAN = 4_000


class Load(msgspec.Struct, frozen=True):
    """`cpu`: seconds of processor time so far; `memory`: resident bytes."""

    cpu: float
    memory: int


def load_of(pid: int) -> Load:
    """Of the process and of all that it started."""
    first = psutil.Process(pid)
    cpu, memory = 0.0, 0
    for process in (first, *first.children(recursive=True)):
        times = process.cpu_times()
        cpu += times.user + times.system
        memory += process.memory_info().rss
    return Load(cpu, memory)


class Answerer:
    """Something that answers SIP calls at `sip`: its processes by name."""

    def __init__(self, sip: str) -> None:
        self.sip = sip
        self.processes: dict[str, subprocess.Popen] = {}

    def loads(self) -> dict[str, Load]:
        return {name: load_of(process.pid) for name, process in self.processes.items()}

    def cpu(self) -> float:
        return sum(load.cpu for load in self.loads().values())


class Centre(Answerer):
    """Switch and room as the service runs them, without the demo; each call is answered at once by the switch."""

    def __init__(self, folder: Path, **more: object) -> None:
        super().__init__(f"127.0.0.1:{free_port()}")
        self.folder, self.url = folder, f"http://127.0.0.1:{free_port()}"
        keys = {
            "DATA": folder / "data",
            "HTTP": self.url.removeprefix("http://"),
            "SIP": self.sip,
            "RTP_PORTS": f"{_RTP}-{_RTP + _RTP_SPAN}",
            "DEMO": "false",
            "ANNOUNCE_AFTER": "0",
            "MAX_CALLS_PER_SOURCE": "900",  # all of sipp's callers have one address
            **more,
        }
        clean = {k: v for k, v in os.environ.items() if not k.startswith("SIAGA_")}
        self.env = {**clean, **{f"SIAGA_{key}": str(value) for key, value in keys.items()}}
        self.database = f"sqlite:///{folder / 'data' / 'journal.db'}"

    def start(self) -> None:
        self._run("switch", sys.executable, "-m", "telephony")
        self._run("room", _BIN / "twistd", "--nodaemon", "--pidfile=", "-y", "twistd.tac")
        wait_until(self.healthy, 60, "switch and room")

    def _run(self, name: str, *line: str | Path) -> None:
        with (self.folder / f"{name}.log").open("ab") as out:
            self.processes[name] = subprocess.Popen(line, cwd=ROOT, env=self.env, stdout=out, stderr=out)

    def healthy(self) -> bool:
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise RuntimeError(f"the {name} ended:\n{(self.folder / f'{name}.log').read_text()[-2000:]}")
        with urllib.request.urlopen(self.url + "/healthz", timeout=2) as answer:
            said = json.load(answer)
            return said["ok"] and said["switch"]

    def token(self) -> str:
        """One that a call-taker's program would have."""
        engine = open_engine(self.database)
        try:
            return Accounts(engine).create_token("bench", CALL_TAKER)
        finally:
            engine.dispose()

    def stop(self) -> None:
        for process in reversed(self.processes.values()):
            end(process)

    # -- the journal, read beside the room
    def last_seq(self) -> int:
        journal = SqlJournal(open_engine(self.database), Masters(self.folder / "data"))
        try:
            last = journal.last()
            return last.seq if last else 0
        finally:
            journal.close()

    def entries(self, after: int) -> list[Entry]:
        journal = SqlJournal(open_engine(self.database), Masters(self.folder / "data"))
        try:
            return list(entries_of(journal, after))
        finally:
            journal.close()

    def count(self, kind: str, after: int) -> int:
        return sum(1 for entry in self.entries(after) if entry.kind == kind)


class Journaled(msgspec.Struct, frozen=True):
    """What the journal holds of a run: `calls` received; `wrong` of them not received or not ended exactly once."""

    calls: int
    entries: int
    wrong: int


def journaled(entries: list[Entry]) -> Journaled:
    received: Counter[str] = Counter()
    begun: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    for entry in entries:
        event = entry.event
        if isinstance(event, ev.CallReceived):
            received[event.sip_call_id] += 1
            begun[event.call] += 1
        elif isinstance(event, ev.CallEnded | ev.LegLost):
            ended[event.call] += 1
    wrong = sum(1 for count in received.values() if count != 1)
    wrong += sum(1 for call in begun | ended if begun[call] != 1 or ended[call] != 1)
    return Journaled(sum(begun.values()), len(entries), wrong)


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="siaga-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def centre(**more: object) -> Iterator[Centre]:
    with scratch() as folder:
        made = Centre(folder, **more)
        try:
            made.start()
            yield made
        finally:
            made.stop()


@contextlib.contextmanager
def bare_loop() -> Iterator[Answerer]:
    made = Answerer(f"127.0.0.1:{free_port()}")
    with scratch() as folder, (folder / "bare.log").open("w+") as out:
        line = [sys.executable, "-m", "bench.bare", made.sip, str(_RTP + _RTP_SPAN // 2)]
        process = subprocess.Popen(line, cwd=ROOT, stdout=out, stderr=out)
        made.processes["bare"] = process
        try:
            wait_until(lambda: "ready" in (folder / "bare.log").read_text(), what="the bare loop")
            yield made
        finally:
            end(process)
