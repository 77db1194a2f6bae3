"""The number of calls the switch promises at its start is the smallest of what limits it."""

from __future__ import annotations

import pytest

from telephony.lines.limits import LIBRARY_CALLS, capacity, open_files
from tests.texts import english


@pytest.mark.parametrize(
    ("max_calls", "rtp", "files", "calls", "limit"),
    [
        (900, (20_000, 28_000), 65_536, 900, "max_calls"),
        (900, (20_000, 21_000), 65_536, 250, "rtp_ports"),
        (5000, (10_000, 60_000), 65_536, LIBRARY_CALLS, "library"),
        (900, (20_000, 28_000), 1024, 145, "LimitNOFILE"),
        (900, (20_000, 28_000), 100, 1, "LimitNOFILE"),
    ],
)
def test_the_narrowest_place_is_named(max_calls, rtp, files, calls, limit):
    found, why = capacity(max_calls, rtp, files)
    assert found == calls and limit in english(why)


def test_the_switch_takes_all_the_files_it_may():
    assert open_files() == open_files() >= 256
