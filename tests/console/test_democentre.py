"""The demo's neighbour: a process that is told, thinks, and answers; and what is said when nobody is there."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request

import pytest

from console.demo.centre import Neighbour
from dispatch import commands as cmd
from dispatch.process.demo import NEIGHBOUR, make_demo_centre
from dispatch.settings import ROOT
from routing.location import Location
from tests.console.desk import Desk
from tests.servers import answers, end, free_port, wait_until
from tests.texts import english

OVER = Location(lat=0.8748, lon=104.612, radius=25.0, source="operator", method="map")


def alert(why="across", asks=(), state="open", name="A-1.1"):
    return {"siaga": {"alert": name, "why": why, "asks": list(asks), "state": state}}


def said(neighbour, upto):
    return [(a["answer"], [(u["id"], u["state"]) for u in a["units"]], a["version"]) for _, _, a in neighbour.due(upto)]


def test_it_sends_what_is_asked_for_step_by_step_and_keeps_out_of_what_is_only_near():
    one = Neighbour()
    one.told(alert(asks=["BTN-DK-1"]), 0.0)
    one.told(alert(asks=["BTN-DK-1"]), 1.0)  # news changes nothing of its answer
    assert said(one, 5.0) == []
    assert said(one, 30.0) == [("send", [("BTN-DK-1", "acknowledged")], 1), ("send", [("BTN-DK-1", "en_route")], 2)]
    one.told(alert(state="withdrawn"), 31.0)
    assert said(one, 1000.0) == []
    one.told(alert("near", name="A-2.1"), 0.0)
    one.told(alert("across", name="A-3.1"), 0.0)
    assert said(one, 7.0) == [("keep", [], 1), ("send", [("BTN-AMB-1", "acknowledged")], 1)]
    for wrong in ({}, {"siaga": {}}, {"siaga": 3}):
        with pytest.raises((KeyError, TypeError)):
            one.told(wrong, 0.0)


@pytest.fixture
def island(reactor_thread, tmp_path):
    """A console, and its neighbour's address."""
    address = f"127.0.0.1:{free_port()}"
    expects = make_demo_centre(tmp_path)
    assert make_demo_centre(tmp_path) == expects and (tmp_path / "centres.toml").stat().st_mode & 0o077 == 0
    desk = Desk(reactor_thread, tmp_path, demo_centre=address)
    line = [sys.executable, "-m", "console.demo.centre", "--listen", address, "--url", f"http://127.0.0.1:{desk.port}"]
    env = {**os.environ, "SIAGA_TOKEN": desk.tokens[NEIGHBOUR], "SIAGA_EXPECTS": expects}
    process = subprocess.Popen(line, cwd=ROOT, env=env)
    wait_until(lambda: answers(int(address.rpartition(":")[2])), what="the neighbour")
    yield desk, address
    end(process)
    desk.close()


def test_the_process_answers_and_tells(island):
    desk, address = island
    desk.asks("dina", cmd.OpenIncident(type="medical", location=OVER))
    (out,) = desk.room.board.alerts
    desk.thread.until(lambda: desk.room.board.alerts[out].received)
    with urllib.request.urlopen(urllib.request.Request(f"http://{address}/tell", b"", method="POST")) as told:
        assert told.status == 200
    (told_us,) = [one for one in desk.room.board.alerts.values() if one.direction == "in"]
    assert (told_us.type, told_us.why, told_us.centre) == ("traffic-injury", "near", "bintan")
    desk.thread.until(lambda: desk.room.board.alerts[out].answer)
    assert desk.room.board.alerts[out].answered_by == "Siti (demo)"
    desk.asks("dina", cmd.AnswerAlert(alert=told_us.id, answer="keep"))
    posts = lambda: [one for one in desk.room.board.notices.values() if one.about == told_us.id]  # noqa: E731
    desk.thread.until(lambda: posts() and posts()[0].state == "sent")


def test_why_a_neighbour_was_not_told_is_said_without_the_secret(island):
    desk, _ = island
    send = desk.centre_post.send
    assert english(send("bintan", "/nothing/here", {})) == "bintan answered 404"
    assert english(send("batam", "", {})) == "batam has no url in centres.csv"
    assert english(send("bintan", "", {"siaga": 1})) == "bintan answered 400"
