"""Shifts as a technician writes them, and what they say at some hour."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.city.shifts import duty, make_shifts

WEDNESDAY = datetime(2026, 11, 25)


def at(text: str, day: int, hour: int, minute: int = 0) -> tuple[bool, str]:
    found = duty(make_shifts(text), datetime(2026, 11, day, hour, minute))
    return found.on, f"{found.until:%a %H:%M}"


@pytest.mark.parametrize(
    ("text", "day", "hour", "said"),
    [
        ("07:00-19:00", 25, 6, (False, "Wed 07:00")),
        ("07:00-19:00", 25, 7, (True, "Wed 19:00")),
        ("07:00-19:00", 25, 19, (False, "Thu 07:00")),
        ("19:00-07:00", 25, 3, (True, "Wed 07:00")),
        ("1-5 07:00-19:00", 27, 20, (False, "Mon 07:00")),
        ("6-1 8:00-12:00", 30, 9, (True, "Mon 12:00")),
        ("5 22:00-06:00", 28, 5, (True, "Sat 06:00")),
        ("07:00-12:00;12:00-15:00;18:00-20:00", 25, 8, (True, "Wed 15:00")),
    ],
)
def test_a_shift_runs_in_its_hours_on_its_days(text, day, hour, said):
    assert at(text, day, hour) == said


@pytest.mark.parametrize("text", ["7-19", "25:00-07:00", "0-5 07:00-19:00", "07:00-19:60", "07:00", "mon 07:00-19:00"])
def test_a_slip_says_how_to_write_it(text):
    with pytest.raises(ValueError, match="write it like 07:00-19:00"):
        make_shifts(text)


clock = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 15, 59]))
days = st.one_of(st.just(""), st.builds("{}-{} ".format, st.integers(1, 7), st.integers(1, 7)))
shifts = st.lists(st.builds("{}{}-{}".format, days, clock, clock), min_size=1, max_size=3).map(";".join)


@given(shifts, st.integers(0, 14 * 1440))
def test_what_is_said_holds_until_then_and_no_longer(text, minutes):
    made, now = make_shifts(text), WEDNESDAY + timedelta(minutes=minutes)
    found = duty(made, now)
    assert found.until > now
    assert duty(made, found.until - timedelta(minutes=1)).on == found.on
    if found.until - now < timedelta(days=7):
        assert duty(made, found.until).on != found.on
