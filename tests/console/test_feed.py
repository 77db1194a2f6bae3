"""The live feed: whoever comes back at whatever point has lost nothing and got nothing twice."""

from __future__ import annotations

import re
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.events import Fix
from routing.location import Location
from routing.text import text
from tests.console.desk import SCENE, Stream


@pytest.fixture(scope="module")
def story(desk):
    """A few dozen entries; the seq of the first and the last."""
    first = desk.room.board.seq
    for n in range(12):
        desk.incoming(f"c{n}")
        desk.asks("dina", cmd.OpenIncident(type="medical", call=f"c{n}", location=Location(**SCENE)))
    return first, desk.room.board.seq


def entries(stream, upto: int) -> list[dict]:
    got = []
    while not got or got[-1]["seq"] < upto:
        got.append(stream.next("entry", "board")[1])
    return got


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_cut_point_loses_and_doubles_nothing(desk, story, data):
    first, last = story
    cuts = sorted(data.draw(st.lists(st.integers(first, last), max_size=4)))
    seen, after = [], first
    for upto in [*cuts, last]:
        if upto > after:
            stream = desk.stream("dina", after)
            seen += [one["seq"] for one in entries(stream, upto) if one["seq"] <= upto]
            after = upto
            stream.close()
    assert seen == list(range(first + 1, last + 1))


def test_what_the_pages_put_together_is_the_board(desk, story):
    whole = desk.stream("dina")
    kind, told = whole.next()
    assert kind == "board" and whole.last == told["seq"] == desk.room.board.seq
    desk.incoming("one-more")
    desk.asks("dina", cmd.OpenIncident(type="medical", call="one-more", location=Location(**SCENE)))
    board = told["board"]
    for one in entries(whole, desk.room.board.seq):
        for table, rows in one["put"].items():
            for key, record in rows.items():
                if record is None:
                    board[table].pop(key, None)
                else:
                    board[table][key] = record
        assert one["event"]["event"] and one["at"]
    assert board == desk.get("/api/v1/board", "dina").json["board"]
    whole.close()


@pytest.mark.parametrize("after", [10**9, 0])
def test_who_is_ahead_of_the_journal_or_too_far_behind_gets_the_whole_board(desk, story, after, monkeypatch):
    if after == 0:
        ring = desk.parts.feed._ring
        desk.thread.call(ring.clear)
    stream = desk.stream("dina", after)
    assert stream.next()[0] == "board"
    desk.note(ev.AlarmCleared(at=1.0, alarm="none"))
    assert stream.next("entry")[1]["put"] == {"alarms": {"none": None}}
    stream.close()


def test_an_entry_that_changes_nothing_public_is_told_to_desks_and_not_to_crews(desk):
    stream, crew = desk.stream("dina"), desk.stream("rudi")
    stream.next("board"), crew.next("board")
    desk.note(ev.UserSignedOut(at=1.0, user="somebody"))
    assert stream.next("entry")[1]["event"]["event"] == "UserSignedOut"
    desk.asks("dina", cmd.SetUnitStatus(unit="AMB-01", status="busy"))
    desk.asks("dina", cmd.SetUnitStatus(unit="AMB-01", status="available"))
    assert crew.next("entry")[1]["put"]["units"]["AMB-01"]["status"] == "busy"
    stream.close(), crew.close()


def test_a_crew_hears_of_its_incident_whatever_changes_there(desk):
    desk.asks("dina", cmd.OpenIncident(type="medical", location=Location(**SCENE)))
    name = list(desk.room.board.incidents)[-1]
    crew = desk.stream("rudi")
    crew.next("board")
    desk.asks("dina", cmd.AssignUnit(incident=name, unit="AMB-01", reason="test"))
    put = crew.next("entry")[1]["put"]
    assert set(put) == {"units", "assignments", "incidents"}
    desk.asks("dina", cmd.AddNote(incident=name, text="rumah cat hijau"))
    told = crew.next("entry")[1]["put"]["incidents"][name]
    assert told["notes"][-1]["text"] == "rumah cat hijau" and told["candidates"] == []
    crew.close()


def test_fixes_are_merged_and_a_crew_gets_its_own(desk):
    stream, crew = desk.stream("dina"), desk.stream("rudi")
    stream.next("state"), crew.next("state")
    for n in range(50):
        for unit in ("AMB-01", "AMB-02"):
            desk.thread.call(desk.bus.sight, Fix(unit=unit, lat=0.9 + n / 1e5, lon=104.4, at=100.0 + n))
    seen = {}
    while len(seen) < 2 or any(fix["at"] < 149 for fix in seen.values()):
        seen.update(stream.next("fixes")[1])
    while (told := crew.next("fixes")[1]).get("AMB-01", {}).get("at") != 149:
        assert set(told) <= {"AMB-01"}
    stream.close(), crew.close()
    late = desk.stream("dina", desk.room.board.seq)
    assert late.next("fixes")[1]["AMB-02"]["at"] == 149
    late.close()


def test_a_page_hears_when_the_switch_goes_away(desk):
    stream = desk.stream("dina")
    assert stream.next("state")[1]["switch"] is True
    desk.up = False
    while stream.next("state")[1]["switch"]:
        pass
    desk.up = True
    stream.close()


def test_a_page_that_stops_reading_is_not_waited_for_and_catches_up(desk):
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.settimeout(20)
    slow.connect(("127.0.0.1", desk.port))
    head = f"GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {desk.tokens['dina']}\r\n\r\n"
    slow.sendall(head.encode())
    desk.thread.until(lambda: desk.parts.feed._pages)
    first = desk.room.board.seq
    quick = desk.stream("dina", first)
    long = text("alarm.mqtt-away", why="x" * 8000)
    for n in range(4):
        kept = {"level": "warning", "text": long}
        last = desk.note(*(ev.AlarmRaised(at=1.0, alarm=f"a{n}-{m}", **kept) for m in range(250)))
    assert [one["seq"] for one in entries(quick, last)] == list(range(first + 1, last + 1))
    (page,) = [one for one in desk.parts.feed._pages if not one.is_open]
    told, stop = bytearray(), b":%d\n" % last
    while stop not in told[-70_000:]:
        told += slow.recv(1 << 16)
    seen = [int(number) for number in re.findall(rb"\nid: [0-9a-f]+:(\d+)\r?\n", told)]
    assert [one for one in seen if one > first] == list(range(first + 1, last + 1)) and page
    slow.close(), quick.close()
    desk.note(*(ev.AlarmCleared(at=1.0, alarm=name) for name in list(desk.room.board.alarms)))


def test_a_stream_ends_with_the_token_that_opened_it(desk):
    stream = desk.stream("dina")
    stream.next("board")
    desk.accounts.revoke_token("dina")
    with pytest.raises((OSError, ValueError)):
        while True:
            if not stream.answer.readline():
                raise ConnectionError
    assert desk.get("/api/v1/board", "dina").status == 401


def test_a_mark_of_another_journal_begins_anew_and_is_not_taken_for_one_of_ours(desk):
    seq = desk.incoming("marked")
    board = desk.room.board
    ours, lost = board.mark(seq - 1), f"{'0' * 16}:{seq - 1}"
    for mark, kind in ((ours, "entry"), (lost, "board"), (str(seq - 1), "board")):
        stream = Stream(desk.port, desk.tokens["sari"], seq - 1, mark)
        got, told = stream.next("entry", "board")
        assert got == kind and stream.mark == board.mark(told["seq"]), mark
        stream.close()
