"""Somebody sets the clock of the switch's machine while people call and talk: nobody notices, and it is told."""

from __future__ import annotations

import time

import pytest

from tests.faults import Hold
from tests.servers import wait_until
from tests.telephony.lines import LiveSwitch, Phone


@pytest.fixture(scope="module")
def hold(tmp_path_factory):
    return Hold(tmp_path_factory.mktemp("hold"))


@pytest.fixture(scope="module")
def live(hold, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        for name, value in hold.env.items():
            patch.setenv(name, value)
        made = LiveSwitch(tmp_path_factory.mktemp("switch"), 47_000)
    made.start(60)
    yield made
    made.stop()


@pytest.mark.fault(11, 16)
@pytest.mark.parametrize("step", [-30, -3600, 30, 3600])
def test_the_next_caller_is_answered_at_once_and_who_talks_talks_on(live, hold, record_property, step):
    with Phone(live) as talking, Phone(live) as calls:
        assert talking.call()[0] == 200
        talking.serve_in_background()
        time.sleep(0.5)  # it has nothing to do: whoever waits for the next packet by the clock waits from here on
        hold.set_clock(step)
        time.sleep(0.1)
        began = time.monotonic()
        code, _ = calls.call()
        took = time.monotonic() - began
        what = f"answered after {took:.2f} s" if code else "deaf for more than 5 s"
        record_property("figure", f"clock set by {step:+d} s: {what}")
        hold.set_clock(0)
        assert code == 200 and took < 3
        wait_until(lambda: any(abs(e["seconds"] - step) < 1 for e in live.events("ClockStepped")), 10, "it to be told")
        assert not live.events("CallEnded", talking.call_id) and not live.events("SilenceNoted", talking.call_id)
    live.waits_for("CallEnded", talking.call_id)
