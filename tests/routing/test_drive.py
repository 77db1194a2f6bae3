"""A drive is where the time says, leaves its path nowhere, and ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.location import distance_m
from routing.what_if.drive import Drive

PATH = [(1.0, 104.0), (1.0, 104.01), (1.01, 104.01)]


def test_a_drive_begins_runs_and_ends():
    drive = Drive(PATH, 1000.0, 10.0)
    assert drive.position(900) == (1.0, 104.0, False)
    lat, lon, done = drive.position(1000 + 55.6)
    assert (lat, round(lon, 4), done) == (1.0, 104.005, False)
    assert drive.position(drive.ends_at + 1) == (1.01, 104.01, True)
    assert drive.metres == pytest.approx(2223.8, abs=0.5)


@given(st.floats(0, 400), st.floats(0, 60))
def test_a_vehicle_never_jumps(now, later):
    drive = Drive(PATH, 0.0, 10.0)
    before, after = drive.position(now), drive.position(now + later)
    assert distance_m(*before[:2], *after[:2]) <= later * 10.0 + 0.01


def test_a_drive_of_one_point_is_over_at_once():
    assert Drive([(1.0, 104.0)], 0.0, 1.0).position(0.0) == (1.0, 104.0, True)


def test_points_that_repeat_do_no_harm():
    drive = Drive([PATH[0], PATH[0], PATH[1], PATH[1]], 0.0, 100.0)
    assert [drive.position(second)[2] for second in (0, 5, 50)] == [False, False, True]


@pytest.mark.parametrize(("path", "speed"), [([], 10.0), (PATH, 0.0), (PATH, float("nan"))])
def test_a_drive_to_nowhere_is_refused(path, speed):
    with pytest.raises(ValueError, match="speed"):
        Drive(path, 0.0, speed)
