"""Every shape of RFC 5491: where its middle is, what encloses it, and how it is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.location import Location, distance_m
from telephony.messages.pidflo import MalformedBody, read_pidflo
from tests.telephony.messages import pidf
from tests.telephony.test_pidflo import AXES, CORNERS, POS, RING, SQUARE, M, one

D, R = 'uom="urn:ogc:def:uom:EPSG::9102"', 'uom="urn:ogc:def:uom:EPSG::9101"'
HIGH = 'srsName="urn:ogc:def:crs:EPSG::4979"'


def band(start: str, opening: str, inner: int = 100, outer: int = 700) -> str:
    return (
        f"<gs:ArcBand>{POS}<gs:innerRadius {M}>{inner}</gs:innerRadius><gs:outerRadius {M}>{outer}</gs:outerRadius>"
        f"<gs:startAngle {start}</gs:startAngle><gs:openingAngle {opening}</gs:openingAngle></gs:ArcBand>"
    )


def inside_its_circle(place: Location) -> bool:
    return all(distance_m(place.lat, place.lon, *corner) <= place.radius + 1 for corner in place.ring)


def test_a_sector_is_where_it_points_and_not_at_the_antenna():
    place = one(band(f"{D}>60", f"{D}>60"))
    assert place.lon > 104.4603 and abs(place.lat - 0.9184) < 0.001  # its middle is due east
    assert len(place.ring) == 24 and inside_its_circle(place) and place.radius < 700


def test_angles_in_radians_are_the_same_sector():
    degrees, radians = one(band(f"{D}>60", f"{D}>60")), one(band(f"{R}>1.0471975512", f"{R}>1.0471975512"))
    assert distance_m(degrees.lat, degrees.lon, radians.lat, radians.lon) < 0.2


def test_a_sector_without_a_hole_has_the_antenna_as_its_corner():
    assert (0.9184, 104.4603) in one(band(f"{D}>0", f"{D}>90", inner=0)).ring


def test_a_sector_all_around_is_a_circle_at_the_antenna():
    place = one(band(f"{D}>0", f"{D}>360", inner=0))
    assert (place.lat, place.lon, place.radius, place.ring) == (0.9184, 104.4603, 700, ())


def test_a_ring_all_around_is_anywhere_but_at_the_antenna():
    place = one(band(f"{D}>0", f"{D}>360"))
    assert 100 < distance_m(place.lat, place.lon, 0.9184, 104.4603) < 700 and inside_its_circle(place)


@pytest.mark.parametrize(("turned", "wide"), [("0", False), ("90", True)])
def test_an_ellipse_lies_as_it_is_turned(turned, wide):
    place = one(f"<gs:Ellipse>{POS}{AXES}<gs:orientation {D}>{turned}</gs:orientation></gs:Ellipse>")
    tall = max(lat for lat, _ in place.ring) - min(lat for lat, _ in place.ring)
    broad = max(lon for _, lon in place.ring) - min(lon for _, lon in place.ring)
    assert (broad > 2 * tall) == wide and (tall > 2 * broad) != wide
    assert place.radius == 90 and inside_its_circle(place)


def test_heights_are_kept():
    point = one(f"<gml:Point {HIGH}><gml:pos>0.9184 104.4603 12.5</gml:pos></gml:Point>")
    sphere = one(f"<gs:Sphere {HIGH}><gml:pos>0.9184 104.4603 30</gml:pos><gs:radius {M}>5</gs:radius></gs:Sphere>")
    assert (point.altitude, sphere.altitude, sphere.radius) == (12.5, 30.0, 5.0)
    assert one(f"<gml:Point>{POS}</gml:Point>").altitude is None


FLOOR = "0.90 104.40 6 0.90 104.50 6 1.00 104.50 6 1.00 104.40 6 0.90 104.40 6"


@pytest.mark.parametrize("crs", [HIGH, ""])
def test_a_prism_is_one_place_at_half_its_height(crs):
    prism = (
        f"<gs:Prism {crs}><gs:base><gml:Polygon {crs}><gml:exterior><gml:LinearRing><gml:posList>{FLOOR}</gml:posList>"
        f"</gml:LinearRing></gml:exterior></gml:Polygon></gs:base><gs:height {M}>3</gs:height></gs:Prism>"
    )
    place = one(prism)
    assert place.shape == "Prism" and place.altitude == 7.5 and len(place.ring) == 5 and inside_its_circle(place)


def test_the_hole_in_a_polygon_is_not_its_edge():
    inner = "<gml:LinearRing><gml:posList>0.94 104.44 0.94 104.46 0.96 104.46</gml:posList></gml:LinearRing>"
    hole = f"<gml:interior>{inner}</gml:interior>"
    place = one(f"<gml:Polygon>{hole}<gml:exterior>{RING}</gml:exterior></gml:Polygon>")
    assert len(place.ring) == 5 and place.ring[0] == (0.9, 104.4)


def test_corners_may_come_one_by_one_and_with_a_dimension():
    assert (
        len(
            one(
                f"<gml:Polygon><gml:exterior><gml:LinearRing>{CORNERS}</gml:LinearRing></gml:exterior></gml:Polygon>"
            ).ring
        )
        == 3
    )
    told = f'<gml:LinearRing><gml:posList srsDimension="2">{SQUARE}</gml:posList></gml:LinearRing>'
    assert len(one(f"<gml:Polygon><gml:exterior>{told}</gml:exterior></gml:Polygon>").ring) == 5


def test_a_point_as_rfc_4119_wrote_it():
    place = one(
        '<gml:Point srsName="epsg:4326"><gml:coordinates>0:55:06.24N 104:27:37.08E</gml:coordinates></gml:Point>'
    )
    assert abs(place.lat - 0.9184) < 1e-6 and abs(place.lon - 104.4603) < 1e-6
    south = one('<gml:Point srsName="epsg:4326"><gml:coordinates>6:10:30S 106:49:36E</gml:coordinates></gml:Point>')
    assert abs(south.lat + 6.175) < 1e-9


def test_gml_of_a_later_year_is_gml():
    text = pidf(f"<gml:Point>{POS}</gml:Point>").replace("opengis.net/gml", "opengis.net/gml/3.2")
    assert read_pidflo(text.encode()).locations[0].lat == 0.9184


@pytest.mark.parametrize(
    ("told", "confidence"), [("67", 67.0), ("unknown", 0.0), ("x", 95.0), ("-1", 95.0), ("nan", 95.0)]
)
def test_confidence_is_a_share_or_not_known(told, confidence):
    sure = f'<c:confidence xmlns:c="urn:ietf:params:xml:ns:geopriv:conf" pdf="normal">{told}</c:confidence>'
    assert one(f"<gml:Point>{POS}</gml:Point>{sure}").confidence == confidence


@pytest.mark.parametrize(
    ("shape", "why"),
    [
        (band(f"{D}>x", f"{D}>60"), "ArcBand"),
        (band('uom="furlong">1', f"{D}>60"), "neither degrees nor radians"),
        ("<gml:Point><gml:pos/></gml:Point>", "without pos"),
        ("<gml:Point><gml:coordinates>91:00:00N 1:0:0E</gml:coordinates></gml:Point>", "lat is 91"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_says_why(shape, why):
    with pytest.raises(MalformedBody, match=why):
        read_pidflo(pidf(shape).encode())


@given(
    st.floats(-89, 89),
    st.floats(-179, 179),
    st.floats(0, 360),
    st.floats(0.1, 359),
    st.integers(0, 500),
    st.integers(1, 5000),
)
@settings(max_examples=150, deadline=None)
def test_a_sector_anywhere_is_a_place_that_encloses_it(lat, lon, start, opening, inner, more):
    text = band(f"{D}>{start}", f"{D}>{opening}", inner, inner + more).replace("0.9184 104.4603", f"{lat} {lon}")
    try:
        place = one(text)
    except MalformedBody:
        return
    assert inside_its_circle(place)
