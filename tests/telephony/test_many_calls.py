"""More calls than the library has numbers for: an old call must not take a new one with it (it once did)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter

from dispatch.settings import ROOT
from tests.servers import end, free_port, wait_until

CALLS = 400
"""Four times the numbers that a switch with `max_calls = 40` has."""


def test_four_hundred_calls_through_a_hundred_numbers_all_end_by_their_callers(tmp_path):
    sip = f"127.0.0.1:{free_port()}"
    keys = {"DATA": tmp_path, "SIP": sip, "ANNOUNCE_AFTER": 0, "MAX_CALLS": 40, "RTP_PORTS": "29000-29999"}
    env = {**os.environ, **{f"SIAGA_{key}": str(value) for key, value in keys.items()}}
    with (tmp_path / "switch.log").open("wb") as out:
        switch = subprocess.Popen([sys.executable, "-m", "telephony"], cwd=ROOT, env=env, stdout=out, stderr=out)
    try:
        wait_until(lambda: b"answers on" in (tmp_path / "switch.log").read_bytes(), what="the switch")
        scenario = ROOT / "tests" / "telephony" / "short_call.xml"
        line = ["sipp", sip, "-sf", scenario, "-m", str(CALLS), "-r", "25", "-i", "127.0.0.1", "-p", "0", "-nostdin"]
        done = subprocess.run([*line, "-timeout", "60"], cwd=tmp_path, capture_output=True, timeout=90)
        assert done.returncode == 0, done.stdout[-2000:]

        def told():
            lines = (tmp_path / "spool.jsonl").read_bytes().splitlines()
            events = [json.loads(line)["event"] for line in lines]
            return events if sum(e["event"] == "RecordingSealed" for e in events) == CALLS else None

        events = wait_until(told, what="every recording to be sealed")
        kinds = Counter(event["event"] for event in events)
        assert kinds["CallReceived"] == kinds["AnnouncementStarted"] == kinds["CallEnded"] == CALLS
        assert all(event.get("by", "caller") == "caller" for event in events if event["event"] == "CallEnded")
    finally:
        end(switch)
