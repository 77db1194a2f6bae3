"""A location is checked once, where it comes in; nothing after that has to doubt it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.location import Location, Malformed, distance_m, make_location, offset, outline

lats = st.floats(-89, 89)
lons = st.floats(-180, 180)


def test_a_good_fix_is_kept_as_it_is():
    here = make_location(lat=0.92, lon="104.45", radius=30, method="GPS", source="gps", at=1000)
    assert here == Location(lat=0.92, lon=104.45, radius=30.0, method="GPS", source="gps", at=1000.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"lat": 0, "lon": 0},
        {"lat": 91, "lon": 104},
        {"lat": 1, "lon": 181},
        {"lat": float("nan"), "lon": 104},
        {"lat": 1, "lon": float("inf")},
        {"lat": True, "lon": 104},
        {"lat": "north", "lon": 104},
        {"lat": 1},
        {"lat": 1, "lon": 104, "radius": -1},
        {"lat": 1, "lon": 104, "confidence": 101},
        {"lat": 1, "lon": 104, "shape": "Star"},
        {"lat": 1, "lon": 104, "ring": [(1, 104), (1, 105)]},
        {"lat": 1, "lon": 104, "ring": [(1, 104), (1, 105), 7]},
        {"lat": 1, "lon": 104, "civic": "Jl. Merdeka"},
        {"lat": 1, "lon": 104, "altitude": 90_000},
        {"lat": 1, "lon": 104, "height": 3},
    ],
)
def test_a_bad_location_is_refused_with_a_reason(wrong):
    with pytest.raises(Malformed) as said:
        make_location(**wrong)
    assert str(said.value)


@given(st.dictionaries(st.sampled_from(Location.__struct_fields__), st.none() | st.floats() | st.text()))
def test_whatever_is_given_only_malformed_is_raised(fields):
    try:
        here = make_location(**fields)
    except Malformed:
        return
    assert math.isfinite(here.lat) and math.isfinite(here.lon) and here.radius >= 0


def test_a_degree_along_the_equator_is_111_km():
    assert distance_m(0, 104, 0, 105) == pytest.approx(111_195, abs=1)


@given(lats, lons, lats, lons)
def test_distance_is_the_same_both_ways_and_never_over_half_the_earth(lat1, lon1, lat2, lon2):
    there = distance_m(lat1, lon1, lat2, lon2)
    assert there == pytest.approx(distance_m(lat2, lon2, lat1, lon1))
    assert 0 <= there <= 20_015_200


@given(st.floats(-60, 60), lons, st.floats(0, 360), st.floats(1, 5000))
def test_an_offset_point_is_as_far_as_was_asked(lat, lon, bearing, metres):
    assert distance_m(lat, lon, *offset(lat, lon, bearing, metres)) == pytest.approx(metres, rel=0.01)


def test_the_outline_is_a_circle_or_the_corners_or_nothing():
    assert outline(make_location(lat=1, lon=104)) == []
    circle = make_location(lat=1, lon=104, radius=200, shape="Circle")
    assert all(distance_m(1, 104, *point) == pytest.approx(200, rel=0.01) for point in outline(circle))
    ring = [(1.0, 104.0), (1.0, 104.1), (1.1, 104.1)]
    assert outline(make_location(lat=1.05, lon=104.05, ring=ring, shape="Polygon")) == ring
