"""Why something open ends: its time was over, or somebody took the right away. The page is told which of the two."""

from __future__ import annotations

import pytest

from dispatch.access.rights import ENDED, EXPIRED, Rights
from dispatch.commands import Actor

NOW = 1_000_000.0


class _Room:
    def now(self) -> float:
        return NOW


class _Reactor:
    def seconds(self) -> float:
        return 0.0


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (set(), EXPIRED),
        ({"budi"}, EXPIRED),
        ({"ana"}, ENDED),
    ],
    ids=["nobody changed", "somebody else changed", "her account changed"],
)
def test_a_key_that_is_gone_ended_unless_its_time_was_just_over(changed, why):
    rights, heard = Rights(_Reactor(), _Room(), accounts=None), []
    held = rights.hold("page", Actor(user="ana", role="call-taker"), "session:a", heard.append)
    held.expires = NOW - 1
    rights._judge(changed)
    assert heard == [why]
