"""A question about one thing reads the entries about that thing, however long the journal is."""

from __future__ import annotations

import random
from itertools import islice

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.journal import events_of_service
from dispatch import events as ev
from dispatch.journal.callindex import CallIndex
from dispatch.journal.chain import entries_of
from dispatch.journal.keys import Keys
from dispatch.journal.master import Masters
from dispatch.journal.memory import MemoryJournal
from dispatch.journal.replay import story_of
from dispatch.journal.sql import SqlJournal, open_engine
from migrations import migrate
from tests.entries import entry_after

LONG = 20_000


class Counting(MemoryJournal):
    """How many entries were handed out."""

    handed = 0

    def read(self, after: int = 0, limit: int = 1000):
        found = super().read(after, limit)
        self.handed += len(found)
        return found

    def at(self, seqs):
        found = super().at(seqs)
        self.handed += len(found)
        return found

    def about(self, *asked):
        found = super().about(*asked)
        self.handed += len(found)
        return found


def long_journal(count: int, keys: Keys | None = None) -> Counting:
    journal, last = Counting(keys), None
    for n, event in enumerate(islice(events_of_service(random.Random(7)), count)):
        last = entry_after(last, n, event, journal.keys)
        journal.append([last])
    return journal


@pytest.fixture(scope="module")
def years():
    return long_journal(LONG)


def received(journal) -> list[ev.CallReceived]:
    return [one.event for one in entries_of(journal) if isinstance(one.event, ev.CallReceived)]


@pytest.mark.fault(11, 20)
@pytest.mark.parametrize("which", [0, -30], ids=["the first call", "a late call"])
def test_the_story_of_a_call_costs_what_belongs_to_it_and_not_the_whole_journal(years, which, record_property):
    call = received(years)[which].call
    years.handed = 0
    story = story_of(years, call)
    record_property("figure", f"{years.handed} of {LONG} entries read for a story of {len(story.steps)}")
    assert isinstance(story.steps[0].event, ev.CallReceived) and story.steps[0].event.call == call
    assert years.handed < 1000


@pytest.mark.fault(11, 20)
def test_a_story_ends_with_its_call_and_incident(years, record_property):
    """Units that were sent once drive on for years, to others."""
    opened = next(one.event for one in entries_of(years) if isinstance(one.event, ev.IncidentOpened))
    story = story_of(years, opened.call)
    record_property("figure", f"{story.steps[-1].at - opened.at:.0f} s of story after the incident was opened")
    assert story.incident == opened.incident and len(story.assignments) == 2
    sighted = [step.seq for step in story.steps if isinstance(step.event, ev.UnitsSighted)]
    cleared = [s.seq for s in story.steps if getattr(s.event, "progress", "") == "clear"]
    assert sighted and len(cleared) == 2 and max(sighted) < max(cleared)


@pytest.mark.fault(11, 20)
def test_whose_call_a_recording_is_costs_no_more(years, record_property):
    sealed = [one.event for one in entries_of(years) if isinstance(one.event, ev.RecordingSealed)][-1]
    years.handed = 0
    row = CallIndex(years).call_of(sealed.digest)
    record_property("figure", f"{years.handed} of {LONG} entries read")
    assert row.call == sealed.call and row.started[sealed.digest] == sealed.started
    assert years.handed < 1000 and CallIndex(years).call_of("0" * 64) is None


def test_a_call_that_a_telephone_outside_took_was_answered():
    journal, last = MemoryJournal(Keys()), None
    told = (
        ev.CallReceived(at=100.0, call="c1", caller="+628111"),
        ev.CallTransferred(at=160.0, call="c1", party="A1", by="system"),
        ev.CallEnded(at=200.0, call="c1", by="caller"),
    )
    for event in told:
        last = entry_after(last, event.at, event, journal.keys)
        journal.append([last])
    (row,) = CallIndex(journal).calls()
    assert (row.received, row.answered, row.ended) == (100.0, 160.0, 200.0)


def test_a_story_has_all_that_names_the_call_its_incident_and_its_jobs(years):
    """Held against a reading of the whole journal."""
    for call in [one.call for one in received(years)][::400]:
        story = story_of(years, call)
        named = {call, story.incident, *story.assignments} - {""}
        words = [msgspec.json.encode(one) for one in named]
        whole = {e.seq for e in entries_of(years) if any(word in e.leaf for word in words)}
        assert whole == {step.seq for step in story.steps if not isinstance(step.event, ev.UnitsSighted)}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_without_its_index_gets_it_of_what_it_has(kind, tmp_path, request):
    place = request.getfixturevalue("postgres").database("index") if kind == "postgresql" else ""
    engine = open_engine(place or f"sqlite:///{tmp_path}/j.db")
    migrate(engine)
    journal = SqlJournal(engine, Masters(tmp_path))
    journal.append(list(entries_of(long_journal(300, journal.keys))))
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.exec_driver_sql("delete from mentions")
    assert not journal.is_indexed()
    journal.reindex()
    assert journal.is_indexed()
    call = received(journal)[3].call
    assert story_of(journal, call) == story_of(long_journal(300), call)
    assert journal.about(call) and not journal.about("nobody")
    journal.close()


@given(st.binary(max_size=200))
def test_bytes_that_are_no_event_name_nothing_and_raise_nothing(body):
    from dispatch.journal.subjects import mentioned

    assert isinstance(mentioned(body), tuple)


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), lambda c: st.lists(c, max_size=3)),
    st.sampled_from(["event", "body", "subjects"]),
)
def test_an_entry_of_another_shape_names_what_can_be_read(value, field):
    from dispatch.journal.subjects import LONGEST, mentioned

    said = {"event": "Later", "subjects": ["a" * 500]}
    said[field] = [*said["subjects"], value] if field == "subjects" else value
    things = mentioned(msgspec.json.encode(said))
    assert "a" * LONGEST in things and all(isinstance(one, str) and one for one in things)
