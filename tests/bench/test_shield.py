"""The measurement of the shield measures: the same year each time, every call in it accounted for."""

from __future__ import annotations

from collections import Counter

from bench.made_year import BEGIN, DAY, REAL, SAID, make_year
from bench.shield import Year, of, staff, wilson
from dispatch.settings import Policy


def test_the_made_up_year_is_the_same_each_time_and_has_every_kind_of_call():
    calls = make_year(days=60)
    assert calls == make_year(days=60) != make_year(seed=1, days=60)
    assert set(Counter(call.kind for call in calls)) == set(SAID)
    assert all(BEGIN <= call.at < BEGIN + 60 * DAY for call in calls)
    share = sum(call.real for call in calls) / len(calls)
    assert 0.05 < share < 0.2, "most calls need nobody sent"


def test_what_is_said_of_calls_adds_up():
    for kind, said in SAID.items():
        assert abs(sum(said.values()) - 1) < 1e-9, kind


def test_every_call_is_heard_or_gave_up_and_the_shield_costs_nobody_an_answer():
    calls = make_year(days=14)
    for on in (False, True):
        seen = Year(calls, Policy(ghost_shield=on), staff).run()
        assert len(seen) == len(calls) and [s.made for s in seen] == calls
        assert all(s.heard or s.wait >= 3 for s in seen)
        assert any(s.suspected for s in seen) == on
        assert not any(s.suspected for s in seen if s.first or not s.made.number)
        assert sum(s.suspected for s in of(seen, REAL)) <= 3


def test_the_interval_of_a_share():
    low, high = wilson(10, 10_000)
    assert 0.0005 < low < 0.001 < high < 0.002
    assert wilson(0, 100)[0] == 0.0 and wilson(100, 100)[1] > 0.999999 and wilson(0, 0) == (0.0, 1.0)
