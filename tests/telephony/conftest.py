"""Switches and telephones that end with the test."""

from __future__ import annotations

import pytest

from tests.servers import end
from tests.telephony.lines import LiveSwitch


@pytest.fixture
def started(tmp_path):
    """`started(name, rtp, **settings)` gives a running switch; phones and switches are ended with the test."""
    made: list = []

    def start(name: str, rtp: int, **keys: object) -> LiveSwitch:
        made.append(LiveSwitch(tmp_path / name, rtp, **keys).start())
        return made[-1]

    start.phones = []
    yield start
    for phone in start.phones:
        end(phone)
    for live in made:
        live.stop()
