"""What was acknowledged is there: after a power cut, whatever a sync that failed said; after somebody took the file."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys

import pytest

from dispatch import events as ev
from dispatch.journal.chain import Entry, JournalUnavailable
from dispatch.journal.master import Masters
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.settings import ROOT
from migrations import migrate
from tests.entries import entry_after
from tests.syncs import Syncs
from tests.texts import english

WRITER = """
import json, sys
from pathlib import Path
from dispatch.journal.chain import JournalUnavailable
from dispatch.journal.master import Masters
from dispatch.journal.sql import SqlJournal, open_engine
from migrations import migrate
from tests.dispatch.test_syncs import chain
fails, last, reads = Path(sys.argv[2]) / "fails", int(sys.argv[3]), len(sys.argv) > 4
engine = open_engine("sqlite:///" + sys.argv[1])
migrate(engine)
journal = SqlJournal(engine, Masters())
journal.take_lock()
entries, told = chain(6), []

def tries(entry):
    try:
        journal.append([entry])
        told.append(entry.seq)
    except JournalUnavailable as wrong:
        print(wrong, file=sys.stderr)

if reads:
    reader = engine.connect()  # a page of the console that has the file open all the time
    reader.exec_driver_sql("select count(*) from journal").all()
    reader.commit()
for entry in entries[:2]:
    tries(entry)
fails.touch()
for _ in range(3):
    tries(entries[2])
early = list(told)
fails.unlink()
for entry in entries[2:last]:
    for _ in range(2):
        if entry.seq not in told:
            tries(entry)
if last == 5:
    fails.touch()
    for _ in range(2):
        tries(entries[5])
print(json.dumps({"early": early, "told": told}), flush=True)
import os
os._exit(0)
"""


def chain(count: int) -> list[Entry]:
    made: list[Entry] = []
    for n in range(count):
        note = ev.NoteAdded(at=float(n), incident="K-1", text=f"catatan {n}", by="ana")
        made.append(entry_after(made[-1] if made else None, 1_000_000 + n, note))
    return made


@pytest.mark.fault(11, 19)
@pytest.mark.parametrize("last", [3, 5])
@pytest.mark.parametrize("reader", [False, True])
def test_no_entry_is_acknowledged_that_a_power_cut_takes_back(tmp_path, record_property, reader, last):
    syncs, after = Syncs(tmp_path), tmp_path / "after"
    after.mkdir()
    line = [sys.executable, "-c", WRITER, str(tmp_path / "j.db"), str(syncs.folder), str(last)]
    line += ["reader"] if reader else []
    done = subprocess.run(
        line, cwd=ROOT, env={**os.environ, **syncs.environment}, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    syncs.durable(after)
    journal = SqlJournal(open_engine(f"sqlite:///{after}/j.db"), Masters())
    there = [entry.seq for entry in journal.read()]
    journal.close()
    lost = [seq for seq in said["told"] if seq not in there]
    record_property("figure", f"{len(lost)} of {len(said['told'])} acknowledged entries gone after a power cut")
    assert not lost and said["early"] == [1, 2] and said["told"] == list(range(1, last + 1))


@pytest.mark.fault(11, 22)
@pytest.mark.parametrize("how", ["deleted", "exchanged"])
def test_a_journal_whose_file_is_taken_away_goes_on_in_its_place_or_says_where_it_is(tmp_path, record_property, how):
    file, entries = tmp_path / "j.db", chain(6)
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    journal = SqlJournal(engine, Masters())
    journal.take_lock()
    journal.append(entries[:2])
    told = 2
    file.unlink()
    if how == "exchanged":
        file.write_bytes(b"somebody else's")
    for entry in entries[2:5]:
        try:
            journal.append([entry])
            told += 1
        except JournalUnavailable as wrong:
            said = str(wrong)
    journal.close()
    there = file if how == "deleted" else tmp_path / "j.db.rescued"
    kept = []
    if there.exists():
        after = SqlJournal(open_engine(f"sqlite:///{there}"), Masters())
        with contextlib.suppress(JournalUnavailable):
            kept = after.read()
        after.close()
    record_property("figure", f"{told - len(kept)} of {told} acknowledged entries gone")
    assert kept == entries[:told]
    if how == "deleted":
        assert told == 5 and "was deleted while the room ran" in english(journal.noted[0])
    else:
        assert told == 2 and "j.db.rescued" in said and file.read_bytes() == b"somebody else's"
