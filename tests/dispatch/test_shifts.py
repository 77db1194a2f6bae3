"""Who is off shift is not suggested, is shown, and can be sent; who signs on anyhow is on duty."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.advice.clock import CityClock
from dispatch.advice.ranking import UnitRanking
from dispatch.catalogue import words
from dispatch.inputs import Noted
from dispatch.process.service import registrations
from dispatch.tracking.bus import MemoryBus
from dispatch.tracking.fixes import DOUBTS
from routing.city.load import CityError, load_city
from routing.location import Location
from routing.recommendation.candidate import Candidate
from routing.recommendation.units import SILENT
from tests.city import change
from tests.dispatch.story import Story, kinds
from tests.texts import english, indonesian, refuses

HERE = Location(lat=0.9240, lon=104.4520, radius=20.0)


def clock(hour: int, minute: int = 0) -> float:
    """In the city on a Wednesday; it is seven hours ahead of UTC."""
    return datetime(2026, 11, 25, hour, minute, tzinfo=UTC).timestamp() - 7 * 3600


@pytest.fixture
def room(copied):
    change(copied, "units.csv", "profile,lat,lon\n", "profile,lat,lon,shift\n")
    for line in (copied / "units.csv").read_text("utf-8").splitlines():
        if line.startswith("AMB-"):
            change(copied, "units.csv", line, f"{line},{'' if line.startswith('AMB-01') else '07:00-19:00'}")
    (copied / "turnout.csv").write_text("kind,station,night,away,rolling\nambulance,70,150,,\n", "utf-8")
    city, bus = load_city(copied), MemoryBus()
    ranking = UnitRanking(city, bus, 120.0)
    room = Story(incident_types={kind.id for kind in city.incident_types}, recommender=ranking, crews=ranking.clock)
    room.bus, room.now = bus, clock(5, 0)
    room._take([ev.UnitRetired(at=0, unit=name) for name in list(room.board.units)])
    for event in registrations(city, room.board, room.now):
        room.input(Noted(event))
    return room


def ambulances(room, incident="K-00001") -> list[tuple[str, bool]]:
    return [(one.unit, one.suggested) for one in room.board.incidents[incident].candidates if one.unit[:3] == "AMB"]


def test_a_crew_off_shift_comes_last_is_not_suggested_and_can_still_be_sent(room):
    room.ask("ana", "call-taker", cmd.OpenIncident(type="medical", location=HERE))
    ranked = ambulances(room)
    assert ranked[0] == ("AMB-01", True) and not any(suggested for _, suggested in ranked[1:])
    away = next(one for one in room.board.incidents["K-00001"].candidates if one.unit == "AMB-02")
    assert english(away).startswith("Off shift until 07:00. Could be there in ")
    assert indonesian(away).startswith("Di luar jam dinas sampai 07:00. Dapat tiba dalam ")
    assert "2 min 30 s to turn out by night" in english(away)
    with refuses("write down why"):
        room.ask("ana", "call-taker", cmd.AssignUnit(incident="K-00001", unit="AMB-02"))
    room.ask("ana", "call-taker", cmd.AssignUnit(incident="K-00001", unit="AMB-02", reason="crew sleeps next door"))
    assert room.board.units["AMB-02"].assignment


def test_shifts_begin_and_end_by_the_clock_all_at_once(room):
    assert room.board.deadlines["shift:crews"].due == clock(7)
    made = room.wait(2 * 3600)
    assert kinds(made)[0] == "ShiftsChanged" and {one.on for one in made[0].changes} == {True}
    room.ask("ana", "call-taker", cmd.OpenIncident(type="medical", location=HERE))
    assert all("Off shift" not in english(one) for one in room.board.incidents["K-00001"].candidates)
    room.wait(12 * 3600)
    assert not room.board.units["AMB-02"].on_shift and room.board.units["AMB-01"].on_shift
    assert room.board.units["AMB-02"].shift_until == clock(7) + 86400
    assert room.replayed() == room.board


def test_a_crew_that_signs_on_anyhow_counts_as_on_duty_until_its_shift_would_have_ended(room):
    room.ask("crew", "responder", cmd.SetUnitStatus(unit="AMB-02", status="available"), unit="AMB-02")
    room.ask("ana", "call-taker", cmd.OpenIncident(type="medical", location=HERE))
    ranked = {one.unit: one for one in room.board.incidents["K-00001"].candidates}
    assert "Off shift" in english(ranked["AMB-03"]) and "Off shift" not in english(ranked["AMB-02"])
    room.wait(2 * 3600)
    room.wait(12 * 3600)
    assert not room.board.units["AMB-02"].on_shift
    assert room.replayed() == room.board


def test_a_shift_that_is_no_more_in_the_file_binds_nobody(room):
    known = room.board.units["AMB-02"]
    said = {name: getattr(known, name) for name in ("agency", "kind", "name", "lat", "lon", "capabilities", "station")}
    room.input(Noted(ev.UnitRegistered(at=room.now, unit="AMB-02", **said)))
    assert room.board.units["AMB-02"].on_shift and not room.board.units["AMB-02"].shift_until
    room.wait(2 * 3600)
    assert room.board.units["AMB-02"].on_shift


def test_a_crew_on_its_way_home_is_on_the_road_already(room):
    room.bus.sight(ev.Fix(unit="AMB-01", lat=0.93, lon=104.46, at=room.now - 5, speed=11.0))
    room.ask("ana", "call-taker", cmd.OpenIncident(type="medical", location=HERE))
    assert "including 10 s as it is moving already" in english(room.board.incidents["K-00001"].candidates[0])
    room.bus.sight(ev.Fix(unit="AMB-01", lat=0.93, lon=104.46, at=room.now - 4, speed=11.0, doubt="jump"))
    room.ask("ana", "call-taker", cmd.Recommend(incident="K-00001"))
    first = room.board.incidents["K-00001"].candidates[0]
    assert first.doubt == "jump" and "30 s to set off, away from its station" in english(first)


def test_a_free_unit_of_which_nothing_was_heard_for_long_is_ranked_from_its_station(room):
    station = (room.board.units["AMB-01"].lat, room.board.units["AMB-01"].lon)
    room.bus.sight(ev.Fix(unit="AMB-01", lat=0.97, lon=104.52, at=room.now - 1700))
    room.ask("ana", "call-taker", cmd.OpenIncident(type="medical", location=HERE))

    def ranked() -> Candidate:
        return next(one for one in room.board.incidents["K-00001"].candidates if one.unit == "AMB-01")

    assert (ranked().lat, ranked().lon, ranked().doubt) == (0.97, 104.52, "") and ranked().stale
    room.now += 200
    room.ask("ana", "call-taker", cmd.Recommend(incident="K-00001"))
    assert (ranked().lat, ranked().lon) == station and ranked().doubt == SILENT
    assert "reckoned from its station" in english(ranked()) and "Last position 32 min ago" in english(ranked())


def test_every_doubt_about_a_fix_has_its_words():
    told = {name.removeprefix("reason-doubt-") for name in words("en") if name.startswith("reason-doubt-")}
    assert {*DOUBTS, SILENT} == told


@pytest.mark.parametrize(
    ("shift", "said"),
    [("7-19", "units.csv, row 2, field shift: '7-19' is no shift; write it like 07:00-19:00"),
     ("07:00-19:00", "turnout.csv, row 2, field night: 'long' is not a number")],
)  # fmt: skip
def test_a_slip_in_shifts_or_turn_out_is_named(copied, shift, said):
    change(copied, "units.csv", "profile,lat,lon\n", "profile,lat,lon,shift\n")
    change(copied, "units.csv", "Patroli Kota 1,2,road,,", f"Patroli Kota 1,2,road,,,{shift}")
    (copied / "turnout.csv").write_text("kind,station,night\nambulance,70,long\n", "utf-8")
    with pytest.raises(CityError) as wrong:
        load_city(copied)
    assert str(wrong.value).startswith(said)


def test_the_citys_night_and_days_are_those_of_its_time_zone():
    city = CityClock("Asia/Makassar")
    at = datetime(2026, 11, 25, 14, 30, tzinfo=UTC).timestamp()
    assert (city.night(at), CityClock("Asia/Jakarta").night(at)) == (True, False)
    assert indonesian(city.off_shift(at + 3 * 86400, at)) == "Di luar jam dinas sampai Sabtu 22:30."


def test_the_next_change_of_a_shift_always_lies_ahead_also_in_the_hour_that_comes_twice():
    city, zone = CityClock("Europe/Helsinki"), ZoneInfo("Europe/Helsinki")
    for day in (datetime(2026, 10, 25, tzinfo=zone), datetime(2026, 3, 29, tzinfo=zone)):
        for minute in range(0, 360, 5):
            at = day.timestamp() + 60 * minute
            assert city.duty("19:00-03:30", at)[1] > at, "it would be looked at again with every tick"
