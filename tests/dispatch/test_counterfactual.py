"""What if others had been sent: a recorded period is read, dispatched again, compared and told; the journal stays."""

from __future__ import annotations

import csv
from types import SimpleNamespace

import numpy as np
import pytest
import sqlalchemy as sa

from dispatch import events as ev
from dispatch.advice.clock import CityClock
from dispatch.counterfactual.command import what_if
from dispatch.counterfactual.compare import difference, figures
from dispatch.counterfactual.period import filled, read_period
from dispatch.counterfactual.rerun import CounterfactualError, PastStreets
from dispatch.journal.chain import JournalUnavailable, entries_of
from dispatch.journal.master import Masters
from dispatch.journal.memory import MemoryJournal
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.journal.tables import journal_table, keys_table
from dispatch.settings import ROOT, Settings
from migrations import migrate
from routing.city.load import load_city
from routing.location import make_location
from routing.network.drawn import Drawn
from routing.recommendation.candidate import Candidate
from tests.entries import entry_after

CITY = load_city(ROOT / "deploy" / "city" / "tanjungpinang")
BEGIN = 1_798_736_400.0  # 2027-01-01 00:00 in the city
KOTA, BATU_5 = (0.9301, 104.4445), (0.9188, 104.4735)
PSC = {"lat": 0.9188, "lon": 104.4735, "agency": "health", "kind": "ambulance", "capabilities": ("ambulance",)}
RSUD = PSC | {"lat": 0.9226, "lon": 104.4494}


def proposal(unit: str, seconds: float) -> Candidate:
    return Candidate(unit=unit, agency="health", rank=1, seconds=seconds, metres=1.0, mode="road",
                       lat=0.92, lon=104.45, fix_at=0.0, turnout_s=60.0)  # fmt: skip


def incident(name: str, at: float, place=KOTA, kind: str = "medical", **recommended) -> list[ev.Event]:
    where = make_location(lat=place[0], lon=place[1], radius=20.0) if place else None
    return [ev.CallReceived(at=at - 100, call=f"call-{name}"),
            ev.IncidentOpened(at=at, incident=name, type=kind, by="ana", call=f"call-{name}", location=where),
            ev.RecommendationMade(at=at, incident=name, candidates=(), **recommended)]  # fmt: skip


def job(name: str, of: str, unit: str, at: float, *steps: tuple[str, float]) -> list[ev.Event]:
    assigned = ev.UnitAssigned(at=at, assignment=name, incident=of, unit=unit, by="ana")
    done = [ev.AssignmentProgressed(at=at + after, assignment=name, progress=what, by="crew") for what, after in steps]
    return [assigned, *done]


WHOLE = (("en_route", 70.0), ("on_scene", 400.0), ("clear", 2000.0))


def written(events: list[ev.Event], journal=None):
    journal, last, entries = journal or MemoryJournal(), None, []
    for event in sorted(events, key=lambda event: event.at):
        last = entry_after(last, event.at, event, journal.keys)
        entries.append(last)
    journal.append(entries)
    return journal


def fleet() -> list[ev.Event]:
    return [ev.UnitRegistered(at=BEGIN, unit=name, name=name, profile="road", **where)
            for name, where in (("AMB-01", PSC), ("AMB-03", RSUD))]  # fmt: skip


def day() -> list[ev.Event]:
    """Two incidents in Kota for which the ambulance that is farther was sent."""
    return [*fleet(), *incident("K-1", BEGIN + 1000), *job("T-1", "K-1", "AMB-01", BEGIN + 1010, *WHOLE),
            *incident("K-2", BEGIN + 90_000), *job("T-2", "K-2", "AMB-01", BEGIN + 90_010, *WHOLE)]  # fmt: skip


def test_a_period_is_read_with_what_its_crews_met():
    expected = ev.RecommendationMade(at=BEGIN + 1001, incident="K-1", candidates=(proposal("AMB-01", 360.0),))
    fix = ev.Fix(unit="AMB-01", lat=0.9226, lon=104.4494, at=BEGIN + 3000)
    hospital = ev.UnitsSighted(at=BEGIN + 3000, fixes=(fix,))
    duty = [ev.UnitStatusChanged(at=BEGIN + 100, unit="AMB-03", status="off_duty"),
            ev.UnitStatusChanged(at=BEGIN + 500, unit="AMB-03", status="available")]  # fmt: skip
    period = read_period(entries_of(written([*day(), expected, hospital, *duty])), CITY)
    first, (one,) = period.incidents["K-1"], period.waves[0].jobs
    assert (first.called, first.arrived) == (BEGIN + 900, BEGIN + 1410)
    assert (one.capability, one.recorded, one.works_s) == ("ambulance", "AMB-01", 1600.0)
    assert one.ends_at == (fix.lat, fix.lon)
    assert one.turnout_late_s == 10.0 and one.slowness == pytest.approx(330 / 300)
    assert period.waves[1].jobs[0].ends_at is None, "a fix of long ago says nothing"
    assert next(crew for crew in period.crews if crew.id == "AMB-03").away == ((BEGIN + 100, BEGIN + 500),)
    assert period.handling_s == 110.0


def test_what_cannot_be_dispatched_again_is_counted_with_the_reason():
    neighbour = ev.UnitRegistered(at=BEGIN, unit="BTN", name="Bintan", profile="road", centre="bintan", **PSC)
    events = [
        *day(), neighbour,
        *incident("K-3", BEGIN + 3000, place=None), *job("T-3", "K-3", "AMB-03", BEGIN + 3001, *WHOLE),
        *incident("K-4", BEGIN + 4000),
        *incident("K-5", BEGIN + 6000), *job("T-5", "K-5", "AMB-03", BEGIN + 6001),
        ev.AssignmentReleased(at=BEGIN + 6050, assignment="T-5", by="ana"),
        *incident("K-6", BEGIN + 7000), *job("T-6", "K-6", "BTN", BEGIN + 7001, *WHOLE),
        *incident("K-7", BEGIN + 8000), *job("T-7", "K-7", "AMB-03", BEGIN + 8001, WHOLE[0]),
        *incident("K-8", BEGIN + 9000), *job("T-8", "K-8", "GHOST", BEGIN + 9001, *WHOLE),
    ]  # fmt: skip
    period = read_period(entries_of(written(events)), CITY)
    assert set(period.incidents) == {"K-1", "K-2"} and {crew.id for crew in period.crews} == {"AMB-01", "AMB-03"}
    assert period.left_out == {"nowhere": 1, "nobody": 5, "called-off": 1, "neighbour": 1, "not-done": 1, "unknown": 1}
    later = read_period(entries_of(written(events)), CITY, begin=BEGIN + 80_000)
    assert set(later.incidents) == {"K-2"} and not later.left_out


def test_a_job_that_waited_for_a_free_unit_was_asked_for_when_the_others_were():
    events = [*day(), *incident("K-3", BEGIN + 20_000, shortfall=(("ambulance", 1),)),
              *job("T-3", "K-3", "AMB-01", BEGIN + 23_000, *WHOLE)]  # fmt: skip
    waves = {wave.incident: wave for wave in read_period(entries_of(written(events)), CITY).waves}
    assert waves["K-3"].at == BEGIN + 20_010, "ten seconds after it was opened, as usual"


def test_the_streets_are_those_of_the_moment():
    here = Drawn(shape="point", points=(BATU_5,), radius_m=200.0)
    rush, later = BEGIN + 7.5 * 3600, BEGIN + 9 * 3600
    events = [*day(), ev.StreetClosed(at=BEGIN + 8 * 3600, closure="C-1", drawn=here, by="ana"),
              ev.StreetReopened(at=BEGIN + 10 * 3600, closure="C-1")]  # fmt: skip
    streets = PastStreets(CITY, CityClock(CITY.time_zone), read_period(entries_of(written(events)), CITY))
    assert not streets.at(rush).closed and streets.at(later).closed and not streets.at(BEGIN + 11 * 3600).closed
    assert streets.at(later) is streets.at(later + 60)
    seconds = [streets.at(at).travel_times([BATU_5], KOTA)[0].seconds for at in (rush, BEGIN + 11 * 3600)]
    assert seconds[0] > seconds[1], "rush hour"


def test_what_each_unit_was_sent_for_is_what_it_fills_best():
    ambulance, advanced, police = ("ambulance",), ("ambulance", "advanced"), ("police", "traffic")
    assert filled(["advanced", "ambulance"], [advanced, ambulance]) == ["advanced", "ambulance"]
    assert filled(["ambulance"], [police, ambulance]) == ["police", "ambulance"], "more came than was asked for"
    assert filled([], [police, ()]) == ["police", ""]


def asked(**words) -> SimpleNamespace:
    usual = {"policy": "road", "call": None, "at": None, "begin": None, "end": None, "late": None, "incident": None}
    return SimpleNamespace(**usual | {"csv": None} | words)


@pytest.fixture(params=["sqlite", "postgresql"])
def recorded(request, tmp_path):
    """Settings and the journal of `day`."""
    url = f"sqlite:///{tmp_path}/journal.db" if request.param == "sqlite" else request.getfixturevalue("postgres").url
    engine = open_engine(url)
    migrate(engine)
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(sa.delete(journal_table))
        connection.execute(sa.delete(keys_table))
    journal = written(day(), SqlJournal(engine, Masters(tmp_path)))
    yield Settings(data=str(tmp_path), database=url), journal
    journal.close()


def test_the_answer_says_that_it_is_recomputed_and_the_journal_stays(recorded, capsys, tmp_path):
    settings, journal = recorded
    before, file = journal.last(), tmp_path / "each.csv"
    assert what_if(settings, asked(csv=file)) == 0
    told = capsys.readouterr().out
    assert told.startswith("Recomputed: ") and "2 incidents from 2027-01-01 00:16 to 2027-01-02 01:00" in told
    rows = {line.split("  ")[0]: line.split() for line in told.splitlines()}
    assert rows["as recorded"][3:5] == ["510", "510"]
    assert "AMB-01" in rows["K-1"] and rows["K-1"][-1] == "AMB-03", "the nearer one would have gone"
    with open(file, encoding="utf-8") as lines:
        first, second = csv.DictReader(lines)
    assert first["incident"] == "K-1" and first["road_units"] == "AMB-03" and first["recorded_s"] == "510.0"
    assert float(first["road_s"]) < float(first["same_units_re-run_s"]) and second["called"] == "2027-01-02 00:58:20"
    assert journal.last() == before

    assert what_if(settings, asked(policy="closest,coverage", incident="K-2", begin="2027-01-02")) == 0
    told = capsys.readouterr().out
    assert "K-2 medical" in told and told.count("AMB-03 for ambulance") == 2 and "same units, re-run:" in told


def test_the_answer_speaks_the_terminals_language(recorded, capsys, monkeypatch):
    settings, _ = recorded
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    assert what_if(settings, asked(incident="K-2")) == 0
    told = capsys.readouterr().out
    assert "K-2 medical, panggilan 2027-01-02" in told and "AMB-03 untuk ambulans: dikirim" in told
    assert what_if(settings, asked()) == 0
    told = capsys.readouterr().out
    assert told.startswith("Dihitung ulang: ") and "\nunit sama, diulang " in told


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"policy": "nearest"}, "closest, road, coverage, not 'nearest'"),
        ({"policy": None, "incident": "K-1"}, "say by which rule: --policy"),
        ({"call": "c1"}, "ask for one of them"),
        ({"begin": "2028-01-01"}, "no incident to which a unit came"),
        ({"begin": "yesterday"}, "write it like 2027-01-31"),
        ({"end": "9999-12-31"}, "write it like 2027-01-31"),
        ({"begin": "2027-01-02", "end": "2027-01-01"}, "exchange them"),
        ({"late": 5.0}, "seconds from 60 to 7200"),
        ({"incident": "K-99"}, "is not among those"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(tmp_path, words, why):
    engine = open_engine(f"sqlite:///{tmp_path}/journal.db")
    migrate(engine)
    written(day(), SqlJournal(engine, Masters(tmp_path)))
    with pytest.raises(CounterfactualError, match=why):
        what_if(Settings(data=str(tmp_path)), asked(**words))


def test_a_period_in_which_nobody_was_on_duty_is_told_from_one_without_incidents(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/journal.db")
    migrate(engine)
    off = [ev.UnitStatusChanged(at=BEGIN + 1005, unit=name, status="off_duty") for name in ("AMB-01", "AMB-03")]
    written([*day(), *off], SqlJournal(engine, Masters(tmp_path)))
    with pytest.raises(CounterfactualError, match="no unit was free"):
        what_if(Settings(data=str(tmp_path)), asked())


def test_a_journal_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(JournalUnavailable, match="there is no journal at"):
        what_if(Settings(data=str(tmp_path / "nothing")), asked())
    assert not (tmp_path / "nothing").exists()


def test_figures_and_differences():
    times = np.array([100.0, 200.0, 300.0, 1000.0])
    told = figures(times, 600.0)
    assert (told.n, told.mean, told.median, told.late) == (4, 400.0, 250.0, 0.25)
    same = difference(times + 10, times, [1, 1, 2, 2])
    assert (same.mean, same.margin) == (10.0, 0.0)
    # Two days of two: the residuals of the days are +20 and -20, the interval has one degree of freedom.
    apart = difference(np.array([20.0, 20.0, 0.0, 0.0]), np.zeros(4), [1, 1, 2, 2])
    assert apart.mean == 10.0 and apart.margin == pytest.approx(12.7062 * 10, rel=1e-4)
    assert difference(times, times, [1, 1, 1, 1]).margin == np.inf
    assert figures(np.zeros(0), 600.0).n == 0 and difference(np.zeros(0), np.zeros(0), []).margin == np.inf
