"""After a sync that failed nothing is believed: what was acknowledged survives a power cut, whatever the disk says."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from dispatch.settings import ROOT
from dispatch.sqljournal import SqlJournal, open_engine
from tests.syncs import Syncs

WRITER = """
import json, sys
from pathlib import Path
from dispatch.journal import JournalUnavailable
from dispatch.sqljournal import SqlJournal, open_engine
from migrations import migrate
from tests.dispatch.test_journal import chain
fails, last, reads = Path(sys.argv[2]) / "fails", int(sys.argv[3]), len(sys.argv) > 4
engine = open_engine("sqlite:///" + sys.argv[1])
migrate(engine)
journal = SqlJournal(engine)
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


@pytest.mark.fault(11, 19)
@pytest.mark.parametrize("last", [3, 5])
@pytest.mark.parametrize("reader", [False, True])
def test_no_entry_is_acknowledged_that_a_power_cut_takes_back(tmp_path, record_property, reader, last):
    syncs, after = Syncs(tmp_path), tmp_path / "after"
    after.mkdir()
    line = [sys.executable, "-c", WRITER, str(tmp_path / "j.db"), str(syncs.folder), str(last)]
    line += ["reader"] if reader else []
    done = subprocess.run(
        line, cwd=ROOT, env={**os.environ, **syncs.environment}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    syncs.durable(after)
    journal = SqlJournal(open_engine(f"sqlite:///{after}/j.db"))
    there = [entry.seq for entry in journal.read()]
    journal.close()
    lost = [seq for seq in said["told"] if seq not in there]
    record_property("figure", f"{len(lost)} of {len(said['told'])} acknowledged entries gone after a power cut")
    assert not lost and said["early"] == [1, 2] and said["told"] == list(range(1, last + 1))
