"""The master key is gone: the room starts, says so loudly, takes calls, and reads everything when it is put back."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from dispatch.journal.master import FILE, Masters
from dispatch.settings import ROOT

_ROOM = """
import json, sys
from twisted.internet import reactor
from dispatch import events as ev
from dispatch.catalogue import say
from dispatch.inputs import Report
from dispatch.process.service import RoomService
from dispatch.settings import load_settings
from dispatch.timing.timekeeper import Timekeeper
from routing.city.load import load_city
settings = load_settings()
service = RoomService(settings, load_city(settings.city_folder, strict=False), reactor, Timekeeper())
service.startService()
room, call = service.room, sys.argv[1]
def told(seq):
    alarm = room.board.alarms.get("journal-keys")
    callers = {name: one.caller for name, one in room.board.calls.items()}
    print(json.dumps({"alarm": say(alarm.text, "en") if alarm else "", "callers": callers}))
    reactor.stop()
number = f"+62811{call[1:]:>07}"
came = ev.CallReceived(at=room.now(), src=(call, 1), call=call, caller=number)
reactor.callWhenRunning(lambda: room.submit(Report(came)).addCallback(told))
reactor.addSystemEventTrigger("before", "shutdown", service.stopService)
reactor.callLater(60, reactor.stop)
reactor.run()
"""


def room_takes(data, call: str) -> tuple[str, dict[str, str]]:
    """A room that takes this call: (its alarm about keys, the callers on its board)."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("SIAGA_")} | {"SIAGA_DATA": str(data)}
    line = [sys.executable, "-c", _ROOM, call]
    done = subprocess.run(line, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and done.stdout, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    return told["alarm"], told["callers"]


def test_a_room_without_its_master_key_takes_calls_and_reads_all_when_it_is_back(tmp_path):
    assert room_takes(tmp_path, "c1") == ("", {"c1": "+628110000001"})
    key = tmp_path / FILE
    assert key.stat().st_mode & 0o777 == 0o600
    key.rename(tmp_path / "safe")
    alarm, callers = room_takes(tmp_path, "c2")
    assert "entries say of people cannot be opened" in alarm and "master.key" in alarm
    assert callers == {"c1": "", "c2": "+628110000002"} and not key.exists()
    (tmp_path / "safe").rename(key)
    assert room_takes(tmp_path, "c3") == ("", {f"c{n}": f"+62811000000{n}" for n in (1, 2, 3)})


@pytest.mark.parametrize("wrong", ["another key", "a folder", "words"])
def test_whatever_stands_in_the_place_of_the_master_key_calls_are_taken_and_nothing_is_lost(tmp_path, wrong):
    room_takes(tmp_path, "c1")
    key, kept = tmp_path / FILE, tmp_path / "safe"
    key.rename(kept)
    if wrong == "a folder":
        key.mkdir()
    elif wrong == "words":
        key.write_text("rahasia")
    else:
        Masters(tmp_path / "elsewhere").current()
        (tmp_path / "elsewhere" / FILE).rename(key)
    alarm, callers = room_takes(tmp_path, "c2")
    assert "entries say of people cannot be opened" in alarm and callers == {"c1": "", "c2": "+628110000002"}
    key.rename(tmp_path / ("master-other.key" if wrong == "another key" else "aside"))
    kept.rename(key)
    assert room_takes(tmp_path, "c3") == ("", {f"c{n}": f"+62811000000{n}" for n in (1, 2, 3)})
