"""A city whose streets are broken: the room starts, ranks by straight lines, and everybody is told why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from dispatch.settings import ROOT
from routing.city.load import CityError, load_city
from routing.location import make_location
from routing.recommendation.nearest import recommend
from routing.recommendation.units import UnitNow
from tests.texts import english

_ROOM = """
import sys
from twisted.internet import reactor, task
from dispatch.catalogue import say
from dispatch.process.service import RoomService
from dispatch.settings import load_settings
from dispatch.timing.timekeeper import Timekeeper
from routing.city.load import load_city
settings = load_settings()
service = RoomService(settings, load_city(settings.city_folder, strict=False), reactor, Timekeeper())
service.startService()
def look():
    alarm = service.room.board.alarms.get("network")
    if service.room.board.units and bool(alarm) == (sys.argv[1] == "alarm"):
        print(say(alarm.text, "en") if alarm else "no alarm")
        reactor.stop()
task.LoopingCall(look).start(0.05)
reactor.addSystemEventTrigger("before", "shutdown", service.stopService)
reactor.callLater(30, reactor.stop)
reactor.run()
"""


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(ROOT / "deploy/city/tanjungpinang", tmp_path / "city")


def broken(folder):
    text = (folder / "roads.geojson").read_text("utf-8")
    (folder / "roads.geojson").write_text(text.replace('"class":"secondary"', '"class":"broad"', 1), "utf-8")


def room_says(folder, awaited: str) -> str:
    env = {**os.environ, "SIAGA_DATA": str(folder.parent / "var"), "SIAGA_CITY": str(folder)}
    command = [sys.executable, "-c", _ROOM, awaited]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=90)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_room_starts_with_an_alarm_that_goes_when_the_file_is_mended(folder):
    whole = (folder / "roads.geojson").read_bytes()
    broken(folder)
    said = room_says(folder, "alarm")
    assert said.startswith("The streets cannot be used, travel times are estimates: roads.geojson, feature")
    assert "field class" in said
    (folder / "roads.geojson").write_bytes(whole)
    assert room_says(folder, "none") == "no alarm"


@pytest.mark.parametrize("spoil", [broken, lambda folder: (folder / "roads.geojson").unlink()])
def test_units_are_ranked_by_straight_lines_that_are_called_so(folder, spoil):
    spoil(folder)
    with pytest.raises(CityError, match="roads.geojson"):
        load_city(folder)
    city = load_city(folder, strict=False)
    assert "roads.geojson" in english(city.network_fault) and city.layers()["roads"]["features"] == []
    unit = UnitNow(id="A", agency="health", kind="ambulance", capabilities=("ambulance",), lat=0.92, lon=104.45)
    made = recommend(make_location(lat=0.93, lon=104.46), None, [unit], city.network, 0.0)
    assert english(made.method).startswith("straight line") and made.candidates[0].mode == "straight-line"


def test_without_its_turns_a_city_keeps_its_streets(folder):
    (folder / "turns.geojson").write_text('{"type": "FeatureCollection", "features": [{"geometry": null}]}')
    city = load_city(folder, strict=False)
    assert english(city.network_fault).startswith("turns.geojson, feature 1")
    assert len(city.network.edges) > 100
    with pytest.raises(CityError, match="turns.geojson, feature 1"):
        load_city(folder)
