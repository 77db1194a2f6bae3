"""The simulated year: a journal as the room writes it, which dispatched again shows what has been published."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bench.made_incidents import SHARE, WORK, make_incidents
from bench.made_year import BEGIN, DAY
from bench.simulated_year import Year
from dispatch.counterfactual.rerun import RECORDED, RERUN, run_again
from dispatch.journal.chain import entries_of
from dispatch.journal.memory import MemoryJournal
from dispatch.journal.replay import fold
from dispatch.journal.verification import verify
from dispatch.settings import ROOT
from routing.city.load import load_city

CITY = load_city(ROOT / "deploy" / "city" / "tanjungpinang")
LATE_S = CITY.run_cards.within_s


@pytest.fixture(scope="module")
def fortnight():
    """Twice the usual load, so that two weeks tell something; crews drive as the streets say."""
    journal, incidents = MemoryJournal(), make_incidents(CITY.demand, days=14, a_day=56.0)
    Year(CITY, journal, spread=0.0).run(incidents)
    return journal, incidents, run_again(
        journal, CITY, ("closest", "road", "coverage"), 0.0, math.inf, LATE_S, lambda text: None
    )  # fmt: skip


def test_the_incidents_are_the_same_each_time_and_as_they_are_said_to_be():
    made = make_incidents(CITY.demand, days=60)
    assert made == make_incidents(CITY.demand, days=60) != make_incidents(CITY.demand, days=60, seed=1)
    assert all(BEGIN <= one.called < BEGIN + 60 * DAY for one in made)
    assert len(made) == pytest.approx(60 * 28, rel=0.1)
    known = {kind.id: kind.needs for kind in CITY.incident_types}
    assert set(SHARE) == set(known) and {word for needs in known.values() for word, _ in needs} <= set(WORK)


def test_the_journal_is_one_that_the_room_could_have_written(fortnight):
    journal, incidents, rerun = fortnight
    assert verify(entries_of(journal)).intact
    board = fold(entries_of(journal))
    assert board.counter("incidents") == len(incidents)
    assert not [one.id for one in board.incidents.values() if one.state == "open"]
    assert not any(unit.assignment for unit in board.units.values()) and not board.alarms
    assert not rerun.period.left_out and not rerun.unreached


def test_the_same_choices_dispatched_again_give_the_same_arrivals(fortnight):
    _, _, rerun = fortnight
    again, recorded = rerun.arrivals(RERUN), rerun.arrivals(RECORDED)
    assert (np.abs(again - recorded) < 1.0).mean() > 0.95
    assert again.mean() == pytest.approx(recorded.mean(), rel=0.01)


def test_minding_coverage_makes_fewer_late_and_the_mean_longer(fortnight):
    """The published direction (Jagtenberg, Bhulai, van der Mei 2017); the seed is fixed, so it is no matter of luck."""
    _, _, rerun = fortnight
    times = {name: rerun.arrivals(name) for name in ("closest", "road", "coverage")}
    late = {name: (each > LATE_S).mean() for name, each in times.items()}
    assert late["coverage"] < late["road"] < late["closest"]
    assert times["road"].mean() < times["coverage"].mean() < times["closest"].mean()
