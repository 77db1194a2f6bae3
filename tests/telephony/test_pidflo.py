"""Where callers are, in every shape that PIDF-LO knows, and in what is no location at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.location import Location
from telephony.messages.pidflo import MAX_PLACES, MalformedBody, read_pidflo
from tests.telephony.messages import pidf

M = 'uom="urn:ogc:def:uom:EPSG::9001"'
POS = "<gml:pos>0.9184 104.4603</gml:pos>"
SQUARE = "0.90 104.40 0.90 104.50 1.00 104.50 1.00 104.40 0.90 104.40"
RING = f"<gml:LinearRing><gml:posList>{SQUARE}</gml:posList></gml:LinearRing>"
CORNERS = "".join(f"<gml:pos>{lat} {lon}</gml:pos>" for lat, lon in ((0.9, 104.4), (0.9, 104.5), (1.0, 104.5)))
HIGH = "0.90 104.40 5 0.90 104.50 5 1.00 104.50 5 1.00 104.40 5 0.90 104.40 5"
AXES = f"<gs:semiMajorAxis {M}>90</gs:semiMajorAxis><gs:semiMinorAxis {M}>30</gs:semiMinorAxis>"


def one(shape: str, more: str = "") -> Location:
    (place,) = read_pidflo(pidf(shape, more).encode()).locations
    return place


@pytest.mark.parametrize(
    ("shape", "kind", "radius"),
    [
        (f"<gml:Point>{POS}</gml:Point>", "Point", 0),
        (f"<gs:Circle>{POS}<gs:radius {M}>50</gs:radius></gs:Circle>", "Circle", 50),
        (f"<gs:Circle>{POS}<gs:radius>50</gs:radius></gs:Circle>", "Circle", 50),
        ('<gs:Sphere srsName="urn:ogc:def:crs:EPSG::4979"><gml:pos>0.9184 104.4603 12</gml:pos>'
         f"<gs:radius {M}>40</gs:radius></gs:Sphere>", "Sphere", 40),
        (f"<gs:Ellipse>{POS}{AXES}</gs:Ellipse>", "Ellipse", 90),
        (f"<gs:Ellipsoid>{POS}{AXES}</gs:Ellipsoid>", "Ellipsoid", 90),
    ],
)  # fmt: skip
def test_latitude_comes_first_and_the_shape_fits_in_its_circle(shape, kind, radius):
    place = one(shape)
    assert (place.lat, place.lon, place.radius, place.shape) == (0.9184, 104.4603, radius, kind)
    assert place.confidence == 95.0 and place.at == 1795507200.0


@pytest.mark.parametrize(
    ("shape", "corners"),
    [
        (f"<gml:Polygon><gml:exterior>{RING}</gml:exterior></gml:Polygon>", 5),
        (f"<gml:Polygon><gml:exterior><gml:LinearRing>{CORNERS}</gml:LinearRing></gml:exterior></gml:Polygon>", 3),
        (f'<gs:Prism srsName="urn:ogc:def:crs:EPSG::4979"><gs:base><gml:Polygon><gml:exterior><gml:LinearRing>'
         f"<gml:posList>{HIGH}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gs:base></gs:Prism>", 5),
    ],
)  # fmt: skip
def test_a_polygon_keeps_its_corners(shape, corners):
    place = read_pidflo(pidf(shape).encode()).locations[0]
    assert len(place.ring) == corners and place.ring[0] == (0.9, 104.4)
    assert 0.9 < place.lat < 1.0 and 104.4 < place.lon < 104.5 and place.radius > 5000


def test_method_confidence_and_address_are_kept():
    civic = (
        '<ca:civicAddress xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr"><ca:country>ID</ca:country>'
        "<ca:A3>Tanjungpinang</ca:A3><ca:RD>Jalan Merdeka</ca:RD></ca:civicAddress>"
    )
    sure = '<c:confidence xmlns:c="urn:ietf:params:xml:ns:geopriv:conf" pdf="normal">67</c:confidence>'
    place = one(f"<gml:Point>{POS}</gml:Point>{civic}{sure}", "<gp:method>A-GNSS</gp:method>")
    assert place.method == "A-GNSS" and place.confidence == 67.0 and place.civic["RD"] == "Jalan Merdeka"
    assert place.text == "Jalan Merdeka, Tanjungpinang, ID"


def test_a_location_of_the_device_counts_as_one_of_the_tuple():
    text = pidf(f"<gml:Point>{POS}</gml:Point>").replace("<tuple", "<dm:device xmlns:dm='urn:dm'")
    text = text.replace("</tuple>", "</dm:device>").replace("<status>", "").replace("</status>", "")
    assert read_pidflo(text.encode()).locations[0].lat == 0.9184


def test_a_bad_shape_does_not_take_the_good_one_with_it():
    read = read_pidflo(pidf(f"<gml:Point><gml:pos>x y</gml:pos></gml:Point><gml:Point>{POS}</gml:Point>").encode())
    assert [place.lat for place in read.locations] == [0.9184] and len(read.troubles) == 1


@pytest.mark.parametrize(
    ("shape", "why"),
    [
        ("<gml:Point><gml:pos>104.46 200.91</gml:pos></gml:Point>", "lat is 104.46"),
        ("<gml:Point><gml:pos>0 0</gml:pos></gml:Point>", "receiver without a fix"),
        ("<gml:Point><gml:pos>nan 104</gml:pos></gml:Point>", "lat is nan"),
        ("<gml:Point><gml:pos>0.9</gml:pos></gml:Point>", "Point"),
        ("<gml:Point/>", "without pos"),
        (f'<gml:Point srsName="urn:ogc:def:crs:EPSG::23846">{POS}</gml:Point>', "not WGS84"),
        ("<gml:Polygon><gml:exterior/></gml:Polygon>", "three corners"),
        ("", "without a location"),
    ],
)
def test_what_cannot_be_drawn_says_why(shape, why):
    with pytest.raises(MalformedBody, match=why):
        read_pidflo(pidf(shape).encode())


def civic(*lines: str, lang: str = "", space: str = "urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr") -> str:
    parts = "".join("<c:{0}>{1}</c:{0}>".format(*line.split("=")) for line in lines)
    return f'<c:civicAddress xmlns:c="{space}" xml:lang="{lang}">{parts}</c:civicAddress>'


def test_an_address_alone_is_kept_for_the_gazetteer():
    read = read_pidflo(
        pidf(civic("country=ID", "A3=Tanjungpinang", "RD=Jalan A", "HNO=12"), "<gp:method>DHCP</gp:method>").encode()
    )
    assert read.locations == ()
    (address,) = read.civic
    assert address.parts["RD"] == "Jalan A" and address.method == "DHCP" and address.at == 1795507200.0
    assert address.text == "Jalan A, no. 12, Tanjungpinang, ID"


def test_of_two_languages_the_one_spoken_here_is_taken():
    both = civic("RD=Merdeka Street", lang="en") + civic("RD=Jalan Merdeka", lang="id-ID")
    assert [address.text for address in read_pidflo(pidf(both).encode()).civic] == ["Jalan Merdeka"]


def test_a_kilometre_post_of_rfc_6848_is_said():
    assert (
        read_pidflo(pidf(civic("RD=Jalan Kijang", "MP=14", "STP=Jalan")).encode()).civic[0].text
        == "Jalan Kijang, km 14, Jalan"
    )


def test_an_address_beside_coordinates_that_are_none_is_still_an_address():
    read = read_pidflo(pidf("<gml:Point><gml:pos>0 0</gml:pos></gml:Point>" + civic("RD=Jalan A")).encode())
    assert [address.text for address in read.civic] == ["Jalan A"] and "without a fix" in read.troubles[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declarations_are_refused(encoding):
    bomb = '<!DOCTYPE p [<!ENTITY a "aaaaaaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = pidf(f"<gml:Point>{POS}</gml:Point>").replace('<?xml version="1.0"?>', bomb)
    with pytest.raises(MalformedBody, match="DTD"):
        read_pidflo(text.encode(encoding))


def test_a_document_of_a_thousand_places_gives_the_first_few():
    assert len(read_pidflo(pidf(f"<gml:Point>{POS}</gml:Point>" * 500).encode()).locations) == MAX_PLACES
    with pytest.raises(MalformedBody, match="bytes; at most"):
        read_pidflo(b" " * 70_000)


def read_or_malformed(body: bytes) -> None:
    try:
        assert all(isinstance(place, Location) for place in read_pidflo(body).locations)
    except MalformedBody as wrong:
        assert str(wrong)


@given(st.binary(max_size=500))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_a_location_or_malformed(body):
    read_or_malformed(body)


WORD = st.one_of(st.floats().map(str), st.integers().map(str), st.sampled_from(["", "1e999", "-0", "1_0", "١", "x"]))


@given(st.sampled_from(["gml:Point", "gs:Circle", "gs:Ellipse", "gs:ArcBand", "gml:Polygon", "gs:Prism", "gs:Sphere"]),
       st.lists(WORD, max_size=8), WORD, st.sampled_from(["", "EPSG::4979", "EPSG::4326"]))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_any_numbers_are_a_location_or_malformed(kind, words, length, crs):
    lengths = "".join(f"<gs:{n}>{length}</gs:{n}>" for n in ("radius", "semiMajorAxis", "semiMinorAxis", "outerRadius"))
    pos = "".join(f"<gml:{tag}>{' '.join(words)}</gml:{tag}>" for tag in ("pos", "posList"))
    read_or_malformed(pidf(f'<{kind} srsName="{crs}">{pos}{lengths}</{kind}>').encode())
