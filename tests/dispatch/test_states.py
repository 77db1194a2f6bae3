"""States follow each other as the tables say; a step that no table has is noted, and stops nothing."""

from __future__ import annotations

import runpy
from typing import get_args

import pytest

from dispatch import events as ev
from dispatch import states
from dispatch.decide import FAULTS
from dispatch.folds.transitions import undrawn
from dispatch.records import Call, Reference
from dispatch.settings import ROOT
from routing.text import text
from tests.dispatch.story import Story
from tests.texts import english

TYPES = {
    "call": states.CallState,
    "incident": states.IncidentState,
    "assignment": states.AssignmentState,
    "unit": states.UnitStatus,
    "alert": states.AlertState,
    "notice": states.NoticeState,
}


@pytest.mark.parametrize("machine", states.TRANSITIONS)
def test_a_table_has_every_state_and_every_state_can_be_reached(machine):
    table = states.TRANSITIONS[machine]
    assert set().union(*table.values()) == set(table) - {""}
    if machine in TYPES:
        assert set(table) - {""} == set(get_args(TYPES[machine]))


def test_the_guide_is_drawn_from_the_tables():
    script = runpy.run_path(str(ROOT / "deploy" / "states.py"))
    assert script["GUIDE"].read_text("utf-8") == script["drawn"](), "run deploy/states.py"


def test_a_step_that_is_drawn_says_nothing():
    call = Call(id="c1", received=1.0)
    again = Call(id="c1", received=1.0, state="talking")
    steps = [(None, call), (call, again), (again, None)]
    assert undrawn([*(("calls", "c1", *step) for step in steps), ("pages", "x", None, "c1")]) == []


def test_a_step_that_is_not_drawn_is_named():
    over = Call(id="c1", received=1.0, state="ended")
    back = Call(id="c1", received=1.0, state="queued")
    assert undrawn([("calls", "c1", over, back)]) == ["call c1: ended → queued"]


def test_each_reference_of_a_call_has_its_own_state():
    due = Reference(uri="https://a", kind="location", due=5.0)
    tired = Reference(uri="https://b", kind="location", due=0.0)
    before = Call(id="c1", received=1.0, references=(due,))
    after = Call(id="c1", received=1.0, references=(due, tired))
    assert undrawn([("calls", "c1", before, after)]) == ["reference https://b: new → told"]
    given_up = Reference(uri="https://a", kind="location", due=0.0, why=text("locserver.silent"))
    assert undrawn([("calls", "c1", before, Call(id="c1", received=1.0, references=(given_up,)))]) == []


class Faulty(Story):
    faulty = True


def test_a_fault_of_ours_is_noted_and_the_fact_stays(monkeypatch):
    room = Faulty()
    room.incoming("c1")
    table = {**states.TRANSITIONS["call"], "queued": frozenset({"accepted"})}
    monkeypatch.setitem(states.TRANSITIONS, "call", table)
    made = room.reported(ev.CallEnded(at=room.now, call="c1"))
    noted = next(e for e in made if isinstance(e, ev.DiscrepancyNoted))
    assert noted.about == "c1" and noted.what.code in FAULTS and "queued → ended by CallEnded" in english(noted.what)
    assert room.board.calls["c1"].state == "ended"
    assert room.replayed() == room.board, "a journal with it folds as any other"
