"""The proof: every fault is told with its kind, whatever was found before it; what the law erased is none."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch import events as ev
from dispatch.access.accounts import Accounts
from dispatch.journal.chain import read_leaf
from dispatch.journal.master import Masters
from dispatch.journal.sql import SqlJournal, open_engine
from migrations import migrate
from tests.entries import entry_after, leaf_of, raw_after

ROOT = Path(__file__).parents[2]


class Record:
    """A data folder with a journal of three calls, each with a raw INVITE and a recording, and 200 notes."""

    def __init__(self, data: Path) -> None:
        self.data, self.last, self.seq = data, None, {}
        self.engine = open_engine(f"sqlite:///{data}/journal.db")
        migrate(self.engine)
        self.journal = SqlJournal(self.engine, Masters(data))
        self.invites, self.wavs = [], []
        for n in range(3):
            self.invites.append(self.keep("messages", b"INVITE urn:service:sos SIP/2.0\r\nCall-ID: %d\r\n" % n, "sip"))
            self.wavs.append(self.keep("recordings", b"RIFF" + bytes([n]) * 2000, "wav"))
            self.add(ev.CallReceived(at=1.0, call=f"c{n}", caller="+62811", raw=self.invites[n]))
            sealed = {"digest": self.wavs[n], "started": 1.0, "seconds": 1.0, "size": 2004}
            self.add(ev.RecordingSealed(at=2.0, call=f"c{n}", leg="caller", **sealed))
        for n in range(200):
            self.add(ev.NoteAdded(at=3.0, incident="K-1", text=f"catatan {n} " + "x" * 200, by="operator"))

    def keep(self, folder: str, content: bytes, end: str) -> str:
        digest = hashlib.sha256(content).hexdigest()
        (self.data / folder).mkdir(exist_ok=True)
        (self.data / folder / f"{digest}.{end}").write_bytes(content)
        return digest

    def add(self, event: ev.Event) -> int:
        self.last = entry_after(self.last, 1_000_000, event, self.journal.keys)
        self.journal.append([self.last])
        return self.last.seq

    def forge(self, seq: int, before: bytes, after: bytes) -> None:
        with sqlite3.connect(self.data / "journal.db") as db:
            leaf = db.execute("select leaf from journal where seq = ?", (seq,)).fetchone()[0]
            assert before in leaf
            db.execute("update journal set leaf = ? where seq = ?", (leaf.replace(before, after), seq))
        db.close()

    def erase(self, n: int) -> None:
        (self.data / "recordings" / f"{self.wavs[n]}.wav").unlink()
        said = {"call": f"c{n}", "digests": (self.wavs[n],), "rule": "UU 27/2022 pasal 43", "letter": "12/IX/2026"}
        self.add(ev.Erased(at=9.0, by="ade", **said))

    def verify(self) -> tuple[int, str]:
        """As the technician does it: (exit status, what was printed)."""
        env = {k: v for k, v in os.environ.items() if not k.startswith("SIAGA_")} | {"SIAGA_DATA": str(self.data)}
        line = [Path(sys.executable).parent / "siaga", "verify"]
        done = subprocess.run(line, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def record(tmp_path):
    made = Record(tmp_path)
    yield made
    made.journal.close()


@pytest.mark.fault(11, 14)
def test_a_forgery_after_a_lawful_erasure_is_told_and_the_erasure_is_no_fault(record, record_property):
    record.erase(0)
    code, said = record.verify()
    record_property("figure", f"after the erasure alone: exit {code}")
    assert code == 0 and "1 files erased lawfully" in said
    record.forge(100, b"operator", b"dispatch")
    code, said = record.verify()
    assert code == 2 and "Entry 100 was changed" in said and record.wavs[0] not in said


@pytest.mark.fault(11, 14)
def test_all_faults_are_told_each_by_its_kind(record, record_property):
    """An unlawful removal, two forgeries, a gap and a changed message: five findings, not the first of them."""
    (record.data / "recordings" / f"{record.wavs[1]}.wav").unlink()
    record.forge(50, b"operator", b"dispatch")
    record.forge(150, b"operator", b"dispatch")
    with sqlite3.connect(record.data / "journal.db") as db:
        db.execute("delete from journal where seq between 80 and 82")
    db.close()
    with (record.data / "messages" / f"{record.invites[2]}.sip").open("ab") as kept:
        kept.write(b"X-Forged: 1\r\n")
    code, said = record.verify()
    told = [
        said.count("Entry 50 was changed"), said.count("Entry 150 was changed"), said.count("Entries 80 to 82"),
        said.count(f"{record.wavs[1]} is gone"), said.count(f"{record.invites[2]} was changed"),
    ]  # fmt: skip
    record_property("figure", f"{sum(1 for one in told if one)} of 5 faults told")
    assert code == 2 and told == [1] * 5


@pytest.mark.fault(11, 14)
def test_raw_messages_are_verified_too(record, record_property):
    (record.data / "messages" / f"{record.invites[0]}.sip").unlink()
    code, said = record.verify()
    record_property("figure", f"exit {code} with a raw INVITE deleted")
    assert code == 2 and f"{record.invites[0]} is gone" in said


@pytest.mark.fault(11, 14)
def test_an_entry_that_is_no_event_does_not_end_it(record, record_property):
    record.last = raw_after(record.last, b'{"event":"RecordingSealed","at":"\xff"}')
    record.journal.append([record.last])
    broken = record.last.seq
    record.forge(40, b"operator", b"dispatch")
    code, said = record.verify()
    record_property("figure", "traceback" if "Traceback" in said else f"exit {code}")
    assert code == 2 and f"Entries {broken} to {broken} cannot be read" in said
    assert "Entry 40 was changed" in said and "Traceback" not in said


@pytest.mark.fault(11, 14)
def test_a_damaged_database_page_is_told_and_the_rest_is_read(record, record_property):
    """A page of the journal's table turned to noise: its entries cannot be read, all others can."""
    record.erase(0)
    record.journal.close()
    record.engine.dispose()
    file = record.data / "journal.db"
    with sqlite3.connect(file) as db:
        db.execute("pragma wal_checkpoint(truncate)")
    db.close()
    whole, size = bytearray(file.read_bytes()), 4096
    at = whole.index(b'"seq":120,') // size * size
    whole[at : at + size] = b"\xa5" * size
    file.write_bytes(whole)
    code, said = record.verify()
    record_property("figure", said.strip().splitlines()[-1][:70] if said.strip() else "nothing said")
    assert code == 2 and "cannot be read" in said and "Traceback" not in said
    assert "1 files erased lawfully" in said and "2 recordings" not in said


@pytest.mark.fault(11, 14)
def test_a_file_that_was_erased_and_came_back_is_told(record, record_property):
    kept = (record.data / "recordings" / f"{record.wavs[0]}.wav").read_bytes()
    record.erase(0)
    (record.data / "recordings" / f"{record.wavs[0]}.wav").write_bytes(kept)  # a backup was put back
    code, said = record.verify()
    record_property("figure", f"exit {code} with an erased recording back")
    assert code == 2 and f"{record.wavs[0]} was erased" in said and "erase it once more" in said


def test_the_index_is_part_of_the_proof_and_can_be_made_anew(record):
    with sqlite3.connect(record.data / "journal.db") as db:
        db.execute("delete from mentions where thing = 'c1'")
    db.close()
    code, said = record.verify()
    assert code == 2 and "siaga reindex" in said
    record.journal.reindex()
    assert record.verify()[0] == 0 and [entry.seq for entry in record.journal.about("c1")] == [3, 4]


def forged(entry, before: bytes, after: bytes):
    assert before in entry.leaf
    leaf = entry.leaf.replace(before, after)
    return msgspec.structs.replace(entry, leaf=leaf, said=read_leaf(leaf))


def _chain(count: int):
    made, before = [], None
    for n in range(count):
        note = ev.NoteAdded(at=1.0, incident="K", text=f"≥ {n}", by="ana")
        before = entry_after(before, 1_000_000 + n, note)
        made.append(before)
    return made


@given(st.integers(0, 18), st.sampled_from(["body", "time", "gone", "swap", "twice"]))
def test_whatever_is_changed_is_named_and_nothing_else(where, how):
    from dispatch.journal.verification import verify

    entries = _chain(20)
    at = where + 1
    if how == "body":
        entries[where] = forged(entries[where], b"ana", b"eve")
        wanted = {("changed", at)}
    elif how == "time":
        entries[where] = forged(entries[where], b'"recorded":1', b'"recorded":2')
        wanted = {("changed", at)}
    elif how == "gone":
        del entries[where]
        wanted = {("missing", at)}
    elif how == "swap":
        entries[where], entries[where + 1] = entries[where + 1], entries[where]
        wanted = {("missing", at), ("order", at)}
    else:
        entries[where + 1] = entries[where]
        wanted = {("order", at), ("missing", at + 1)} if where < 18 else {("order", at)}
    found = verify(entries)
    assert not found.intact and {(one.code, one.seq) for one in found.faults} <= wanted | {("changed", at + 2)}
    assert found.faults


@given(st.sets(st.integers(1, 40), max_size=8))
def test_several_forgeries_are_as_many_findings(where):
    from dispatch.journal.verification import verify

    entries = _chain(40)
    for seq in where:
        entries[seq - 1] = msgspec.structs.replace(entries[seq - 1], leaf=leaf_of(seq, "RoomStarted"))
    found = verify(entries)
    assert sorted(one.seq for one in found.faults) == sorted(where) and found.intact is not bool(where)


@pytest.mark.fault(11, 14)
@pytest.mark.parametrize("how", ["a role raised", "a password exchanged", "slipped in", "taken out"])
def test_an_account_that_was_changed_past_the_program_is_told(record, how, record_property):
    people = Accounts(record.engine)
    people.set_password("ana", "benar-sekali-112", "call-taker")
    people.set_password("eka", "benar-sekali-113", "auditor")
    journal_what_was_changed(record)
    assert record.verify()[0] == 0
    forged = {
        "a role raised": "update accounts set role = 'admin' where name = 'ana'",
        "a password exchanged": "update accounts set password = (select password from accounts where name = 'eka') "
        "where name = 'ana'",
        "slipped in": "insert into accounts select 'eve', role, unit, password, ha1, language, skills{} from accounts "
        "where name = 'eka'",
        "taken out": "delete from accounts where name = 'eka'",
    }[how]
    with sqlite3.connect(record.data / "journal.db") as db:
        columns = [row[1] for row in db.execute("pragma table_info(accounts)")]
        db.execute(forged.format(", published" if "published" in columns else ""))
    db.close()
    code, said = record.verify()
    record_property("figure", f"exit {code}")
    assert code == 2 and "account" in said and {"slipped in": "eve", "taken out": "eka"}.get(how, "ana") in said


def journal_what_was_changed(record) -> None:
    """As a running room does at its next look."""
    try:
        from dispatch.access.rights import _event
    except ImportError:
        return
    for change in Accounts(record.engine).changes(0):
        record.add(_event(change))


def test_what_the_command_line_changed_while_no_room_ran_is_no_forgery(record):
    people = Accounts(record.engine)
    people.set_password("ana", "benar-sekali-112", "call-taker")
    journal_what_was_changed(record)
    people.set_password("ana", "benar-sekali-114", "supervisor")
    people.new_phone_password("ana")
    assert record.verify()[0] == 0
    people.remove("ana")
    assert record.verify()[0] == 0
