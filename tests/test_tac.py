"""The composition root loads, and what it composes is a whole control room."""

from __future__ import annotations

import os
import subprocess
import sys

from dispatch.settings import ROOT
from tests.servers import free_port

_LOAD = """
from twisted.application import service
from twisted.python.usage import Options
from twisted.application.app import getApplication
made = getApplication({"file": None, "source": None, "python": "twistd.tac", "no_save": True}, None)
names = sorted(type(one).__name__ for one in service.IServiceCollection(made))
print(",".join(names))
"""


def test_twistd_loads_it_and_it_holds_room_link_and_site(tmp_path):
    keys = {"DATA": tmp_path, "HTTP": f"127.0.0.1:{free_port()}", "SIP": f"127.0.0.1:{free_port()}"}
    env = {**os.environ, **{f"SIAGA_{key}": str(value) for key, value in keys.items()}}
    done = subprocess.run([sys.executable, "-c", _LOAD], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    services = "Dereferencer,LinkService,MapTiles,MqttFixes,RoomService,StreamServerEndpointService"
    assert done.stdout.strip() == services


def test_it_stays_a_table_of_contents():
    assert len((ROOT / "twistd.tac").read_text().splitlines()) <= 60
