"""Coordinates in the forms in which people paste them, and Plus Codes, are read for what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.location import Malformed, distance_m
from routing.places.pasted import read_point
from routing.places.pluscode import decode

CITY = (0.92, 104.45)


@pytest.mark.parametrize(
    "text",
    [
        "0.9186, 104.4735",
        "0,9186 104,4735",
        "0,9186, 104,4735",
        "(0.9186 104.4735)",
        "104.4735,0.9186",
        "0°55'07.0\"N 104°28'24.6\"E",
        "0° 55′ 7,0″ LU, 104° 28′ 24,6″ BT",
        "N 0° 55.116' E 104° 28.41'",
        "0,9186 LU 104,4735 BT",
        "104°28'24.6\"E 0°55'07.0\"N",
        "geo:0.9186,104.4735;u=35",
        "geo:0,0?q=0.9186,104.4735(Rumah)",
        "https://www.google.com/maps/@0.9186,104.4735,17z",
        "https://www.google.com/maps/place/Foo/@0.9,104.4,17z/data=!4m5!3d0.9186!4d104.4735",
        "https://maps.google.com/?q=0.9186%2C104.4735",
        "https://www.google.com/maps/search/?api=1&query=0.9186,104.4735",
        "https://www.google.com/maps/place/0.9186,104.4735",
        "https://www.openstreetmap.org/#map=17/0.9186/104.4735",
        "https://www.openstreetmap.org/?mlat=0.9186&mlon=104.4735",
        "https://maps.apple.com/?ll=0.9186,104.4735",
    ],
)
def test_every_form_is_the_same_place(text):
    found = read_point(text, CITY)
    assert found.kind == "coordinates"
    assert distance_m(found.lat, found.lon, 0.9186, 104.4735) < 5


def test_south_and_west_are_negative():
    found = read_point("0°30' LS, 104°24' BB", CITY)
    assert (found.lat, round(found.lon, 6)) == (-0.5, -104.4)


@pytest.mark.parametrize(
    "text",
    ["batu 5, 10", "km 8,5", "jalan 5 no 3", "999.1, 104.3", "0.0, 0.0", "0°70' N 104°10' E", "", "Jl. Merdeka 4",
     "https://maps.app.goo.gl/abcDEF123", "0° N 10° N"],
)  # fmt: skip
def test_what_is_no_point_is_none(text):
    assert read_point(text, CITY) is None


# The cells as the reference implementation (Google, Apache licence) computes them.
@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [
        ("7FG49Q00+", 20.375, 2.775),
        ("7FG49QCJ+2V", 20.3700625, 2.7821875),
        ("8fvc2222+22", 47.0000625, 8.0000625),
        ("4VCPPQGP+Q9", -41.2730625, 174.7859375),
        ("62G20000+", 0.5, -179.5),
        ("7FG49QCJ+2VXGJ", 20.3701135, 2.78223535),
        ("WF9F+RJ", 0.9195625, 104.4740625),
        ("6PG6WF9F+RJ", 0.9195625, 104.4740625),
    ],
)
def test_plus_codes(code, lat, lon):
    found = decode(code, CITY)
    assert found[:2] == (pytest.approx(lat, abs=1e-6), pytest.approx(lon, abs=1e-6))


def test_a_short_code_is_looked_for_across_the_border_of_the_larger_cell():
    assert decode("2222+22", (0.9999, 104.0))[:2] == (pytest.approx(1.0000625), pytest.approx(104.0000625))


@pytest.mark.parametrize("code", ["", "+", "222", "22+2", "20+", "2A22+22", "0222+22", "22220000+22", "222+22"])
def test_what_is_no_plus_code_is_malformed(code):
    with pytest.raises(Malformed):
        decode(code, CITY)


def test_a_plus_code_stands_in_other_words():
    assert read_point("wf9f+rj, Tanjungpinang", CITY).text == "WF9F+RJ"


@given(st.text(max_size=300) | st.text("0123456789.,°'\"+NSELUBT -geo:/@?=&", max_size=120))
def test_any_text_is_a_point_on_earth_or_none(text):
    found = read_point(text, CITY)
    assert found is None or (-90 <= found.lat <= 90 and -180 <= found.lon <= 180)
