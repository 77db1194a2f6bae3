"""What a supervisor is told of the queues, and what the mayor's report is made from."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.catalogue import say
from dispatch.policy.queues.statistics import day_of, hours_between, midnight
from tests.console.desk import Desk
from tests.texts import english


@pytest.fixture
def floor(reactor_thread, tmp_path):
    """A desk of its own: these tests count."""
    made = Desk(reactor_thread, tmp_path)
    yield made
    made.close()


def answered(desk: Desk, call: str, waited: float, disposition: str) -> None:
    received = desk.room.now() - waited
    desk.reported(ev.CallReceived(at=received, call=call, caller="+62811"))
    desk.asks("ana", cmd.AnswerCall(call=call, position="P1"))
    desk.reported(ev.CallBridged(at=received + waited, call=call, position="P1"))
    desk.asks("ana", cmd.DisposeCall(call=call, disposition=disposition))
    desk.reported(ev.CallEnded(at=desk.room.now(), call=call))
    desk.note(ev.PositionReady(at=desk.room.now(), position="P1", ready=True))


def seated(desk: Desk) -> None:
    desk.asks("ana", cmd.SignOn(position="P1"))
    desk.reported(ev.PositionLegUp(at=desk.room.now(), position="P1", leg="l1"))


def test_the_supervisor_sees_what_waits_and_who_could_answer(floor):
    seated(floor)
    floor.asks("dina", cmd.SignOn(position="P2"))
    floor.asks("sari", cmd.SignOn(position="P3"))
    floor.asks("sari", cmd.SetReady(position="P3", ready=False, reason="istirahat"))
    answered(floor, "c1", 4.0, "emergency")
    answered(floor, "c2", 17.5, "prank")
    for call, waited in (("lost", 1.0), ("gone", 30.0)):
        at = floor.room.now()
        floor.reported(ev.CallReceived(at=at - waited, call=call))
        floor.reported(ev.CallEnded(at=at, call=call))
    floor.reported(ev.CallReceived(at=floor.room.now() - 7, call="waits"))
    for user in ("sari", "ade", "audi", "dina", "ana"):
        assert floor.get("/api/v1/queues", user).status == 200
    told = floor.get("/api/v1/queues", "sari").json
    first = next(queue for queue in told["queues"] if queue["id"] == "112")
    assert (first["waiting"], first["talking"]) == (1, 0) and 7 <= first["oldest"] < 60
    seen = [one for one in (first["this_hour"], first["last_hour"]) if one["received"]]
    assert sum(one["received"] for one in seen) == 5, "the test may run across the full hour"
    within = [sum(one["within"][n] for one in seen) for n in range(3)]
    assert told["within"] == [10, 15, 20] and within == [1, 1, 2]
    assert told["total"]["waiting"] == 1 and told["total"]["id"] == ""
    assert sum(one["lost"] for one in seen) == 2 and sum(one["lost_at_once"] for one in seen) == 1
    assert sum(one["dispositions"].get("prank", 0) for one in seen) == 1
    states = {seat["id"]: seat["state"] for seat in told["seats"]}
    assert states["P2"] == "no_audio" and states["P3"] == "not_ready"
    assert told["positions"]["not_ready"] == 1 and told["reasons"] == {"istirahat": 1}


def test_the_report_has_a_line_for_each_hour_and_queue_and_reads_the_journal(floor):
    seated(floor)
    answered(floor, "c1", 12.0, "emergency")
    answered(floor, "c2", 1.0, "ghost")
    days = {day_of(floor.room.now() - 12), day_of(floor.room.now())}
    path = f"/api/v1/queues.csv?from={min(days)}&to={max(days)}"
    got = floor.get(path + "&lang=en", "sari")
    assert got.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in got.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(got.body.decode())))
    assert sum(int(line["received"]) for line in lines) == sum(int(line["answered"]) for line in lines) == 2
    assert sum(int(line["answered <= 15 s"]) for line in lines) == 2
    assert sum(int(line["answered <= 10 s"]) for line in lines) == sum(int(line["ghost"]) for line in lines) == 1
    by_day = list(csv.DictReader(io.StringIO(floor.get(path + "&by=day", "sari").body.decode())))
    assert [line["antrean"] for line in by_day] == ["112"] * len(by_day)
    assert sum(int(line["diterima"]) for line in by_day) == 2 and by_day[0]["jam (WIB)"] == ""


def test_the_journal_gives_the_same_hours_as_the_board(floor):
    seated(floor)
    for n in range(3):
        answered(floor, f"c{n}", 3.0 * n, "information")
    end = floor.room.now() + 3600
    assert hours_between(floor.journal, end - 2 * 86_400, end) == sorted(
        floor.room.board.queue_hours.values(), key=lambda row: row.hour
    )
    assert hours_between(floor.journal, end + 3600, end + 7200) == []


def test_days_that_cannot_be_read_are_told(floor):
    for query in ("from=yesterday", "from=2026-11-30&to=2026-11-01", "from=2020-01-01&to=2026-01-01"):
        got = floor.get(f"/api/v1/queues.csv?{query}", "sari")
        assert got.status == 400 and say(got.text, "id") and english(got)


def test_the_name_of_a_queue_begins_no_formula_in_a_spreadsheet(floor):
    at = floor.room.now()
    floor.note(ev.CallReceived(at=at, call="c"), ev.CallQueued(at=at, call="c", queue='=HYPERLINK("x")'))
    day = day_of(at)
    got = floor.get(f"/api/v1/queues.csv?from={day}&to={day + timedelta(days=1)}", "sari").body.decode()
    assert ",\"'=HYPERLINK" in got
    assert midnight(day) <= at < midnight(day + timedelta(days=1))
