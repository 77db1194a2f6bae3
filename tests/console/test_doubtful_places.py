"""A doubtful place is never shown as a good one: whose it is, how much of it came, where in an area its point lies."""

from __future__ import annotations

import math

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon
from shapely.ops import unary_union
from shapely.validation import make_valid

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.inputs import Noted
from dispatch.policy.places.best_location import radius95
from routing.ali.cells import Cell
from routing.ali.sites import Sites
from routing.location import Location, distance_m
from telephony.messages.aml import read_https, read_sms
from telephony.messages.pidflo import read_pidflo
from tests.console.desk import demo_city
from tests.dispatch.story import Story
from tests.telephony.messages import pidf
from tests.texts import english

A, B = "+628118100001", "+628118100002"
SOUND_IMEI = "490154203237518"
SMS = (
    'A"ML=1;lt=+00.91840;lg=+104.46030;rd=250;top=19700101001640;lc=68;pm=W;si=510100000000000;'
    "ei={imei};mcc=510;mnc=10;ml=130"
)
TRUE = (0.9184, 104.4603)
CELL = Location(lat=0.93, lon=104.46, radius=900.0, confidence=80.0, source="cell", method="cell", at=1000.0)
M = 'uom="urn:ogc:def:uom:EPSG::9001"'


def sent(room: Story, aml) -> list[ev.Event]:
    """As the room's door hands it on."""
    return room.input(Noted(ev.AmlReceived(at=room.now, number=aml.number, imei=aml.imei, location=aml.location)))


def form(number: str, imei: str, lat: float):
    fields = f"device_number={number.replace('+', '%2B')}&device_imei={imei}&location_latitude={lat}"
    return read_https(f"{fields}&location_longitude=104.45&location_accuracy=9")


def places_of(room: Story, call: str) -> list[float]:
    return [place.lat for place in room.board.calls[call].locations]


# -- whose place it is
NO_IDENTITY = {
    "zeros": "000000000000000", "repeated": "111111111111111", "two digits": "353535353535353",
    "counted": "123456789012347", "of a test set": "001010123456780", "wrong check digit": "490154203237519",
    "shared and right": SOUND_IMEI, "shared, with a software version": "4901542032375178",
}  # fmt: skip


@pytest.mark.fault(11, 6)
@pytest.mark.parametrize("imei", NO_IDENTITY.values(), ids=NO_IDENTITY.keys())
def test_an_imei_never_gives_one_callers_place_to_another(imei, record_property):
    room = Story()
    room.incoming("b", B)
    room.incoming("a", A)
    sent(room, form(A, imei, 0.92))
    sent(room, form(B, imei, 0.95))
    sent(room, form("", imei, 0.97))
    wrong = [lat for lat in places_of(room, "a") if lat != 0.92] + [lat for lat in places_of(room, "b") if lat != 0.95]
    record_property("figure", f"{len(wrong)} places at the wrong call")
    assert (places_of(room, "a"), places_of(room, "b")) == ([0.92], [0.95])
    assert room.replayed() == room.board


@pytest.mark.fault(11, 6)
def test_a_message_of_another_number_is_told_and_not_used():
    room = Story()
    room.incoming("a", A)
    sent(room, form(A, SOUND_IMEI, 0.92))
    sent(room, form(B, SOUND_IMEI, 0.95))
    assert places_of(room, "a") == [0.92]
    assert any(B in english(line) for line in room.board.calls["a"].discrepancies)
    room.incoming("b", B)
    assert places_of(room, "b") == [0.95], "it waited for its own call"


@pytest.mark.fault(11, 6)
def test_a_message_from_another_telephone_is_doubted_though_the_number_is_right():
    room = Story()
    room.incoming("a", A)
    sent(room, form(A, SOUND_IMEI, 0.92))
    room.now += 1
    sent(room, form(A, "356938035643809", 0.9202))
    first, second = room.board.calls["a"].locations
    assert "other_phone" in second.flags and not first.flags[1:]
    assert room.board.calls["a"].best == 0 and "another telephone" in english(room.board.calls["a"].discrepancies[-1])


def test_a_phone_without_a_number_is_found_by_its_imei_whichever_comes_first():
    room = Story()
    sent(room, form("", SOUND_IMEI, 0.92))
    room.incoming("a", "")
    data = {"UniqueDeviceID (IMEI)": SOUND_IMEI}
    room.reported(ev.AdditionalDataReceived(at=room.now, call="a", kind="DeviceInfo", data=data))
    assert places_of(room, "a") == [0.92] and not room.board.tables["unclaimed"] and not room.board.tables["awaited"]
    sent(room, form(B, SOUND_IMEI, 0.93))
    assert places_of(room, "a") == [0.92, 0.93], "the message tells the number that the call hides"
    room.incoming("b", "")
    room.reported(ev.AdditionalDataReceived(at=room.now, call="b", kind="DeviceInfo", data=data))
    sent(room, form("", SOUND_IMEI, 0.94))
    assert 0.94 not in places_of(room, "a") + places_of(room, "b"), "two live calls share it"


@pytest.mark.fault(11, 6)
@pytest.mark.parametrize("number", ["112", "110", "+62112", "0000000", "ruang-jaga"])
def test_what_stands_for_many_callers_is_no_caller(number, record_property):
    room = Story()
    room.seated()
    room.incoming("first", number)
    room.reported(ev.CallEnded(at=room.now, call="first"))
    room.incoming("second", number)
    sent(room, form(number, "", 0.92))
    room.answered("second", "P1")
    owed = [one.call for one in room.board.callbacks.values()]
    record_property("figure", f"{len(places_of(room, 'second'))} places by {number}; {len(owed)} callbacks still owed")
    assert places_of(room, "second") == [] and owed == ["first"]


# -- how much of it came
def shown_wrong(room: Story) -> list[str]:
    """Of the call's places those that promise what they cannot keep."""
    wrong = []
    for place in room.board.calls["a"].locations:
        if place.source == "aml" and (off := distance_m(place.lat, place.lon, *TRUE)) > radius95(place):
            wrong.append(f"{off:.0f} m off, shown as ± {radius95(place):.0f} m")
    return wrong


def cut_room(text: str) -> Story:
    room = Story(places_of=lambda call: (CELL,))
    room.incoming("a", A)
    if (aml := read_sms(text, A)) is not None:
        sent(room, aml)
    return room


@pytest.mark.fault(11, 6)
def test_a_message_cut_anywhere_is_marked_and_never_shown_as_precise(record_property):
    text, wrong, chosen, tight = SMS.format(imei=SOUND_IMEI), [], 0, 0
    for end in range(len(text) - 7):  # behind it only `ml` is cut
        room = cut_room(text[:end])
        call = room.board.calls["a"]
        wrong += shown_wrong(room)
        chosen += call.place(call.best).source == "aml"
        phones = [one for one in call.locations if one.source == "aml"]
        tight += any("cut" not in one.flags or radius95(one) < 3000 for one in phones)
    figure = f"{len(wrong)} of {len(text) - 7} farther off than shown, {chosen} chosen before the cell"
    record_property("figure", figure)
    assert (wrong[:1], chosen, tight) == ([], 0, 0)
    whole = cut_room(text).board.calls["a"]
    assert whole.place(whole.best).source == "aml" and whole.place(whole.best).radius == 250


@pytest.mark.fault(11, 6)
@pytest.mark.parametrize("lost", ["rd=250;", "50;top", "40;lc=68;pm=W;si=5", "84", "mcc=510;"])
def test_a_message_shorter_than_it_says_has_lost_something(lost):
    text = SMS.format(imei=SOUND_IMEI)
    call = cut_room(text.replace(lost, "", 1)).board.calls["a"]
    assert call.place(call.best).source == "cell"
    assert all("cut" in place.flags and radius95(place) >= 3000 for place in call.locations if place.source == "aml")


@pytest.mark.fault(11, 6)
def test_a_message_of_the_second_version_cut_in_its_place_is_marked():
    text = 'A"ML=2;en=112;et=1000;lo=0.91840,104.46030,250'
    for end in range(len('A"ML=2;en=112;et=1000;lo='), len(text) + 1):
        room = cut_room(text[:end])
        assert not shown_wrong(room)
        phones = [one for one in room.board.calls["a"].locations if one.source == "aml"]
        assert all("cut" in place.flags for place in phones), text[:end]
    whole = cut_room(text + ";lt=0;lc=68;ls=G;nc=51010").board.calls["a"]
    assert whole.place(whole.best).radius == 250


@pytest.mark.fault(11, 6)
def test_a_form_too_long_to_read_loses_a_field_and_not_half_of_one():
    read = read_https("location_latitude=0.9184&x=" + "x" * 19_948 + "&location_longitude=104.4603")
    assert read.location is None


# -- where in an area the point lies
def polygon(*rings: list[tuple[float, float]]) -> str:
    listed = [" ".join(f"{lat} {lon}" for lat, lon in (*ring, ring[0])) for ring in rings]
    names = ["exterior", *["interior"] * (len(rings) - 1)]
    made = "".join(f"<gml:{name}><gml:LinearRing><gml:posList>{ring}</gml:posList></gml:LinearRing></gml:{name}>"
                   for name, ring in zip(names, listed, strict=True))  # fmt: skip
    return f'<gml:Polygon srsName="urn:ogc:def:crs:EPSG::4326">{made}</gml:Polygon>'


def band(start: float, opening: float, inner: float, outer: float) -> str:
    degrees = 'uom="urn:ogc:def:uom:EPSG::9102"'
    return (f"<gs:ArcBand><gml:pos>0.9184 104.4603</gml:pos><gs:innerRadius {M}>{inner}</gs:innerRadius>"
            f"<gs:outerRadius {M}>{outer}</gs:outerRadius><gs:startAngle {degrees}>{start}</gs:startAngle>"
            f"<gs:openingAngle {degrees}>{opening}</gs:openingAngle></gs:ArcBand>")  # fmt: skip


def place_in(shape: str) -> Location:
    (place,) = read_pidflo(pidf(shape).encode()).locations
    return place


def is_inside(place: Location, *rings: list[tuple[float, float]]) -> bool:
    """By shapely, for an area that may lie across the 180th meridian."""
    split = max(lon for _, lon in rings[0]) - min(lon for _, lon in rings[0]) > 180
    turned = [[(lon + 360 if split and lon < 0 else lon, lat) for lat, lon in ring] for ring in rings]
    lon = place.lon + 360 if split and place.lon < 0 else place.lon
    area = make_valid(Polygon(turned[0])).difference(unary_union([make_valid(Polygon(ring)) for ring in turned[1:]]))
    return area.buffer(1e-9).contains(Point(lon, place.lat))


def u_shape(lat: float, lon: float, turned: int = 0) -> list[tuple[float, float]]:
    corners = [(0, 0), (0, 20), (20, 20), (20, 17), (2, 17), (2, 3), (20, 3), (20, 0)]
    for _ in range(turned):
        corners = [(east, -north) for north, east in corners]
    return [(lat + north / 1000, (lon + east / 1000 + 180) % 360 - 180) for north, east in corners]


SQUARE = [(0.90, 104.40), (0.90, 104.50), (1.00, 104.50), (1.00, 104.40)]
HOLE = [(0.91, 104.41), (0.91, 104.49), (0.99, 104.49), (0.99, 104.41)]
AREAS = {
    **{f"a U turned {n} times": [u_shape(0.91, 104.44, n)] for n in range(4)},
    "a square with a large hole": [SQUARE, HOLE],
    "two triangles that meet": [[(0.90, 104.40), (1.00, 104.50), (1.00, 104.40), (0.95, 104.50)]],
    "a comb": [[(0.90, 104.40), (0.90, 104.49), (0.99, 104.49), (0.99, 104.48), (0.91, 104.48), (0.91, 104.46),
                (0.99, 104.46), (0.99, 104.45), (0.91, 104.45), (0.91, 104.41), (0.99, 104.41), (0.99, 104.40)]],
    "across the 180th meridian": [[(-17.0, 179.9), (-17.0, -179.9), (-16.9, -179.9), (-16.9, 179.9)]],
    "a U across it": [u_shape(-17.0, 179.99)],
}  # fmt: skip


@pytest.mark.fault(11, 6)
@pytest.mark.parametrize("rings", AREAS.values(), ids=AREAS.keys())
def test_the_point_shown_for_an_area_lies_in_it(rings, record_property):
    place = place_in(polygon(*rings))
    inside = is_inside(place, *rings)
    record_property("figure", "inside" if inside else "outside")
    assert inside and not place.flags
    assert all(distance_m(place.lat, place.lon, *corner) <= place.radius + 1 for corner in rings[0])


stars = st.lists(st.tuples(st.floats(0.0005, 0.05), st.floats(0.0, 1.0)), min_size=3, max_size=14)


@given(stars, st.floats(0.5, 60), st.floats(-180, 179.99))
@settings(max_examples=150, deadline=None)
def test_the_point_of_any_star_lies_in_it(rays, lat, lon):
    turns = sorted((math.tau * (n + share * 0.9) / len(rays), length) for n, (length, share) in enumerate(rays))
    steps = [(length * math.cos(turn), length * math.sin(turn)) for turn, length in turns]
    ring = [(lat + north, (lon + east + 180) % 360 - 180) for north, east in steps]
    place = place_in(polygon(ring))
    assert "garbled" in place.flags or is_inside(place, ring)
    assert all(distance_m(place.lat, place.lon, *corner) <= place.radius + 1 for corner in ring)


@pytest.mark.fault(11, 6)
@pytest.mark.parametrize(("start", "opening"), [(0, 360), (10, 350), (80, 270), (200, 181)])
def test_the_point_of_a_band_around_an_antenna_lies_on_the_band(start, opening):
    place = place_in(band(start, opening, 2000, 2600))
    off = distance_m(place.lat, place.lon, 0.9184, 104.4603)
    assert 1900 <= off <= 2610, "and not at the antenna"
    assert place.radius >= 2600


@pytest.mark.fault(11, 6)
def test_several_polygons_are_one_area_and_its_point_lies_in_one_of_them():
    near, far = u_shape(0.91, 104.44), u_shape(0.95, 104.60)
    members = "".join(f"<gml:surfaceMember>{polygon(ring)}</gml:surfaceMember>" for ring in (near, far))
    place = place_in(f"<gml:MultiSurface>{members}</gml:MultiSurface>")
    assert is_inside(place, near) or is_inside(place, far)
    assert all(distance_m(place.lat, place.lon, *corner) <= place.radius + 1 for corner in (*near, *far))


@pytest.mark.fault(11, 6)
def test_the_point_of_every_sector_of_the_demo_city_lies_in_it():
    city = demo_city()
    known = Sites(city.sites)
    sectors = [known.locate(Cell(mcc=s.mcc, mnc=s.mnc, area=s.area, cell=s.cell), 0.0) for s in city.sites]
    drawn = [place for place in sectors if place and place.ring]
    assert drawn
    for place in drawn:
        assert Polygon([(lon, lat) for lat, lon in place.ring]).contains(Point(place.lon, place.lat)), place.text
        assert all(distance_m(place.lat, place.lon, *corner) <= place.radius + 5 for corner in place.ring)


# -- how it is written
POS, CRS = "<gml:pos>{}</gml:pos>", 'srsName="urn:ogc:def:crs:EPSG::4326"'
SOUND = f"<gs:Circle {CRS}><gml:pos>0.9184 104.4603</gml:pos><gs:radius {M}>20</gs:radius></gs:Circle>"


def circle(radius: str, pos: str = "0.9189 104.4603") -> str:
    return f"<gs:Circle {CRS}>{POS.format(pos)}{radius}</gs:Circle>"


DOUBTFUL = {
    "digits of another script": (f"<gml:Point {CRS}>{POS.format('٠.9189 ١٠٤.4603')}</gml:Point>", "garbled"),
    "an underscore": (f"<gml:Point {CRS}>{POS.format('0.9189 1_04.4603')}</gml:Point>", "garbled"),
    "five numbers": (f"<gml:Point {CRS}>{POS.format('0.9189 104.4603 5 6 7')}</gml:Point>", "garbled"),
    "a radius with its unit": (circle(f"<gs:radius {M}>25 m</gs:radius>"), "unsure"),
    "a radius in words": (circle(f"<gs:radius {M}>dekat</gs:radius>"), "unsure"),
    "a radius in feet": (circle('<gs:radius uom="urn:ogc:def:uom:EPSG::9002">80</gs:radius>'), "unsure"),
    "a radius in degrees": (circle('<gs:radius uom="urn:ogc:def:uom:EPSG::9102">80</gs:radius>'), "unsure"),
    "no radius": (circle(""), "unsure"),
    "a radius of nothing": (circle(f"<gs:radius {M}>0</gs:radius>"), "unsure"),
    "a radius of a millimetre": (circle(f"<gs:radius {M}>0.001</gs:radius>"), "unsure"),
    "a negative radius": (circle(f"<gs:radius {M}>-25</gs:radius>"), "unsure"),
    "longitude first": (circle(f"<gs:radius {M}>25</gs:radius>", "104.4603 0.9189"), "swapped"),
    "a ring without an area": (polygon([(0.910, 104.440), (0.911, 104.441), (0.912, 104.442)]), "garbled"),
    "a ring of two points": (polygon([(0.910, 104.440), (0.912, 104.442)]), "garbled"),
    "a list that ends too soon": (polygon(SQUARE).replace("</gml:posList>", " 0.95</gml:posList>"), "garbled"),
}  # fmt: skip


@pytest.mark.fault(11, 6)
@pytest.mark.parametrize(("shape", "flag"), DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_a_place_that_is_not_written_as_it_should_be_is_kept_with_its_doubt(shape, flag, record_property):
    room = Story()
    room.incoming("a", A)
    for one in (SOUND, shape):
        for place in read_pidflo(pidf(one, "<gp:method>GPS</gp:method>").encode()).locations:
            place = msgspec.structs.replace(place, at=room.now)
            room.reported(ev.LocationReceived(at=room.now, call="a", location=place))
    call = room.board.calls["a"]
    best, doubted = call.place(call.best), call.locations[-1]
    told = f"{', '.join(doubted.flags) or 'not flagged'}; ± {radius95(doubted):.0f} m"
    record_property("figure", told if len(call.locations) == 2 else "the place is lost")
    assert flag in doubted.flags and len(call.locations) == 2
    assert best.radius == 20 and radius95(doubted) >= 24, "the sound one is the best"


@pytest.mark.fault(11, 6)
@pytest.mark.parametrize("split", ["<?x y?>", "<!-- 4 -->"])
def test_a_value_split_by_what_is_no_part_of_it_is_one_value(split):
    for written in (f"0.91{split}84 104.4603", f"0.9184 104.4{split}603"):
        place = place_in(f"<gml:Point {CRS}>{POS.format(written)}</gml:Point>")
        assert (place.lat, place.lon) == TRUE
    place = place_in(circle(f"<gs:radius {M}>2{split}50</gs:radius>"))
    assert place.radius == 250


AML_ODD = {
    "no accuracy": ({"location_accuracy": ""}, "unsure"), "an accuracy of 0": ({"location_accuracy": "0"}, "unsure"),
    "a millimetre": ({"location_accuracy": "0.001"}, "unsure"), "not known": ({"location_accuracy": "N"}, "unsure"),
    "longitude first": ({"location_latitude": "104.45", "location_longitude": "0.92"}, "swapped"),
    "an hour old": ({"location_time": "now-3600"}, "old"), "tomorrow": ({"location_time": "now+86400"}, "future"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("odd", "flag"),
    [
        pytest.param(*said, id=name, marks=() if said[1] in ("old", "future") else pytest.mark.fault(11, 6))
        for name, said in AML_ODD.items()
    ],
)
def test_what_cannot_be_true_of_a_phones_place_is_flagged(odd, flag):
    room = Story(places_of=lambda call: (msgspec.structs.replace(CELL, radius=90.0, at=room.now),))
    room.now = 1_800_000_000.0
    room.incoming("a", A)
    fields = {"device_number": A.replace("+", "%2B"), "location_latitude": "0.92", "location_longitude": "104.45",
              "location_accuracy": "9", "location_source": "GPS", "location_time": "now"} | odd  # fmt: skip
    if fields["location_time"].startswith("now"):
        fields["location_time"] = str(int((room.now + float(fields["location_time"][3:] or 0)) * 1000))
    sent(room, read_https("&".join(f"{key}={value}" for key, value in fields.items())))
    call = room.board.calls["a"]
    assert flag in call.locations[-1].flags and call.place(call.best).source == "cell"


@pytest.mark.fault(11, 6)
def test_a_place_from_which_nobody_can_call_us_is_not_chosen(desk, record_property):
    desk.incoming("far", "+628118100044")
    for place in (CELL, Location(lat=51.5, lon=-0.12, radius=9.0, method="GPS", source="aml")):
        place = msgspec.structs.replace(place, at=desk.room.now())
        desk.reported(ev.LocationReceived(at=desk.room.now(), call="far", location=place))
    call = desk.room.board.calls["far"]
    record_property("figure", f"{call.place(call.best).source} chosen")
    assert "far" in call.locations[-1].flags and call.place(call.best).source == "cell"
    desk.asks("dina", cmd.VerifyLocation(call="far", observation=1))
