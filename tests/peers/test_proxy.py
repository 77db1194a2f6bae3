"""Kamailio in front, with the configuration we ship: calls come through whole, and pass a switch that is dead."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from dispatch.settings import ROOT
from tests.peers.phones import baresip, heard_by_baresip
from tests.servers import end, free_port, wait_until
from tests.telephony.lines import LiveSwitch, Phone
from tests.telephony.test_conference import soon_hears
from tests.telephony.test_sound import CALLER_HZ
from tests.telephony.test_streams import Line, placed

CONFIG = ROOT / "deploy/kamailio/kamailio.cfg"


class Proxy:
    """The configuration in deploy/kamailio with this machine's addresses; nothing else of it is changed."""

    def __init__(self, folder: Path, *switches: str) -> None:
        self.port, self._folder = free_port(), folder
        self.address = f"127.0.0.1:{self.port}"
        text = CONFIG.read_text()
        for name, value in (
            ("!LISTEN!10.112.0.10!g", "!LISTEN!127.0.0.1!g"),
            ("!SWITCHES!/etc/kamailio/dispatcher.list!g", f"!SWITCHES!{folder}/dispatcher.list!g"),
            ("unix:/run/kamailio/kamailio_ctl", f"unix:{folder}/ctl"),
            ("listen=udp:LISTEN:5060", f"listen=udp:LISTEN:{self.port}"),
            ("listen=tcp:LISTEN:5060", f"listen=tcp:LISTEN:{self.port}"),
        ):
            assert name in text
            text = text.replace(name, value)
        (folder / "kamailio.cfg").write_text(text)
        lines = (f"1 sip:{address};transport=udp 0 0" for address in switches)
        (folder / "dispatcher.list").write_text("\n".join(lines) + "\n")

    def start(self) -> Proxy:
        line = ["kamailio", "-f", self._folder / "kamailio.cfg", "-DD", "-E", "-w", self._folder, "-Y", self._folder]
        with (self._folder / "log").open("wb") as log:
            self.process = subprocess.Popen([*line, "-m", "512", "-M", "32"], stdout=log, stderr=log)
        wait_until(lambda: (self._folder / "ctl").exists(), what="kamailio")
        return self

    def stop(self) -> None:
        end(self.process)


@pytest.fixture
def folder():
    """Short: the name of a Unix socket may have a hundred letters only."""
    made = Path(tempfile.mkdtemp(prefix="kam-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def live(tmp_path):
    made = LiveSwitch(tmp_path / "switch", 46_000, TEST_NUMBERS="900").start()
    yield made
    made.stop()


def test_the_configuration_we_ship_is_accepted():
    checked = subprocess.run(["kamailio", "-c", "-f", CONFIG], capture_output=True, text=True, env={**os.environ})
    assert checked.returncode == 0, checked.stderr[-2000:]


def test_a_call_comes_through_with_its_place_and_sound(live, folder, tmp_path):
    proxy = Proxy(folder, live.address).start()
    try:
        line = [sys.executable, "-m", "telephony.demo.caller", "--to", proxy.address, "--service", "sos.fire"]
        called = subprocess.run([*line, "--seconds", "3"], cwd=ROOT, capture_output=True, text=True, timeout=40)
        assert called.returncode == 0, called.stdout
        (call,) = live.waits_for("CallReceived")
        assert call["service"] == "sos.fire" and live.waits_for("LocationReceived")[0]["call"] == call["call"]
        assert live.waits_for("CallEnded")[0].get("by", "caller") == "caller"
        caller = baresip(tmp_path / "phone", f"sip:900@{proxy.address}", proxy.address, CALLER_HZ)
        try:
            heard = wait_until(lambda: heard_by_baresip(tmp_path / "phone"), what="baresip to hear something")
            soon_hears(heard, CALLER_HZ)
        finally:
            end(caller)
    finally:
        proxy.stop()


@pytest.mark.fault(11, 3)
@pytest.mark.parametrize(("kind", "size"), [("UDP", 62_000), ("TCP", 20_000), ("TCP", 1_000_000)])
def test_a_long_message_comes_through_and_so_does_the_next(live, folder, kind, size, record_property):
    proxy = Proxy(folder, live.address).start()
    try:
        with Line(proxy, kind) as line:
            typed, body = placed(size)
            name, raw = line.invite(body, Content_Type=typed)
            try:
                codes = (line.calls((name, raw)), line.calls())
            except OSError as wrong:  # the connection is gone
                codes = (0, wrong.strerror)
        record_property("figure", f"{kind}, {size} bytes: {codes[0] or 'no answer'}, the next {codes[1]}")
        assert codes == (200, 200)
        assert live.waits_for("LocationReceived", name)
    finally:
        proxy.stop()


def test_a_dead_switch_is_passed_over(live, folder):
    proxy = Proxy(folder, f"127.0.0.1:{free_port()}", live.address).start()
    try:
        for _ in range(4):  # spread by Call-ID, so that some begin with the dead one
            with Phone(proxy) as phone:
                assert phone.call()[0] == 200
        assert len(live.waits_for("CallReceived", count=4)) == 4
    finally:
        proxy.stop()
