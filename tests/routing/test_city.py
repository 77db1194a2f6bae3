"""The demo city loads whole, and a technician's slip is answered with file, row, field and what to do."""

import subprocess
import sys
import textwrap

import pytest

from routing.city.boundary import serving
from routing.city.load import CityError, load_city
from routing.location import distance_m
from tests.city import FOLDER, change


@pytest.fixture(scope="module")
def city():
    return load_city(FOLDER)


def place(city, name):
    return next((one.lat, one.lon) for one in city.places if one.name == name)


def test_the_demo_city_has_what_a_room_needs(city):
    assert city.names == {"id": "Kota Tanjungpinang", "en": "Tanjungpinang City"}
    assert city.note == {"id": "demo – belum disurvei", "en": "demo – not surveyed"}
    assert len({feature["properties"]["name"] for feature in city.roads["features"]}) >= 80
    assert len(city.units) >= 22 and len(city.places) >= 80 and len(city.incident_types) >= 15
    assert len([unit for unit in city.units if unit.profile == "boat"]) in (2, 3)
    assert {one.kind: sum(other.kind == one.kind for other in city.cameras) for one in city.cameras} == {
        "rtsp": 4,
        "mjpeg": 3,
        "snapshot": 2,
        "hls": 1,
    }
    assert {one.level for one in city.incident_types} == {1, 2, 3}
    assert {f"Batu {n}" for n in range(2, 17)} <= {one.name for one in city.places}


def test_every_unit_of_the_demo_city_is_wanted_for_something(city):
    wanted = {capability for one in city.incident_types for capability, _ in one.needs}
    assert [unit.id for unit in city.units if not wanted.intersection(unit.capabilities)] == []


def test_every_street_of_the_demo_city_can_be_reached(city):
    harbour = place(city, "Pelabuhan Sri Bintan Pura")
    streets = [edge for edge in city.network.edges if edge.kind != "boat"]
    corners = [edge.points[len(edge.points) // 2] for edge in streets]
    modes = [city.network.travel_times([harbour], corner)[0].mode for corner in corners]
    assert "straight-line" not in modes


def test_every_place_lies_near_a_street_and_every_unit_on_one(city):
    for one in city.places:
        assert city.network.nearest_street(one.lat, one.lon).off_m < 450, one.name
    for one in (*city.stations, *city.cameras):
        assert city.network.nearest_street(one.lat, one.lon).off_m < 80, one.name


def test_penyengat_lies_two_kilometres_over_the_water(city):
    harbour, mosque = place(city, "Pelabuhan Sri Bintan Pura"), place(city, "Masjid Raya Sultan Riau")
    assert distance_m(*harbour, *mosque) == pytest.approx(2000, rel=0.1)
    assert city.network.travel_times([harbour], mosque)[0].mode == "road+boat"


def test_a_place_belongs_to_its_village_and_its_district(city):
    mosque = place(city, "Masjid Raya Sultan Riau")
    assert [(one.name, one.kind) for one in serving(city.boundaries, *mosque)] == [
        ("Penyengat", "kelurahan"),
        ("Tanjungpinang Kota", "kecamatan"),
    ]
    for one in city.places:
        kinds = [border.kind for border in serving(city.boundaries, one.lat, one.lon)]
        assert "kecamatan" in kinds, one.name
    assert serving(city.boundaries, -6.2, 106.8) == []


def test_a_map_without_tiles_is_drawn_from_geojson(city):
    layers = city.layers()
    assert set(layers) == {"land", "boundaries", "roads", "places"}
    for layer in layers.values():
        assert layer["type"] == "FeatureCollection" and layer["features"]


def test_camera_addresses_keep_their_placeholder(city):
    assert all(camera.url.startswith(("{democam}/", "{democam_rtsp}/")) for camera in city.cameras)
    assert all(camera.id in camera.url for camera in city.cameras)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("units.csv", "ambulance;advanced,Ambulans PSC 1,3", "ambulance,Ambulans PSC 1,three", "crew"),
        ("units.csv", "POL-02,police,car,POL-BARAT", "POL-02,police,car,POL-NOWHERE", "stations.csv"),
        ("units.csv", "POL-02,police", "POL-01,police", "row 2"),
        ("units.csv", "POL-01,police", "POL-01,polis", "agencies.csv"),
        ("units.csv", "2,road,,", "2,balloon,,", "road"),
        ("stations.csv", "0.9290,104.4455", "104.4455,0.9290", "between -90 and 90"),
        ("places.csv", "0.9312,104.4414", ",104.4414", "fill it in"),
        ("places.csv", "0.9312,104.4414", '"0,9312",104.4414', "point for decimals"),
        ("incident_types.csv", "fire:2", "fire:two", "fire:2"),
        ("incident_types.csv", "fire:2", "helicopter:2", "no unit can do 'helicopter'"),
        ("cameras.csv", "rtsp,{democam_rtsp}/CAM-01", "webcam,{democam_rtsp}/CAM-01", "mjpeg"),
        ("contacts.csv", "sip:sar@127.0.0.1:5090", "ring twice", "like sip:name@host"),
        ("contacts.csv", "sip:sar@127.0.0.1:5090", "sip:127.0.0.1", "is no SIP address"),
        ("contacts.csv", "interpreter,en", "translator,en", "interpreter"),
        ("agencies.csv", "#1d4ed8", "blue", "#1d4ed8"),
        ("city.toml", "center = [0.92, 104.455]", "center = [0.92]", "[lat, lon]"),
        ("city.toml", "name_id =", "name =", "name_id"),
        ("roads.geojson", '"class":"secondary"', '"class":"broad"', "field class"),
        ("boundaries.geojson", '"kind":"kecamatan"', '"kind":""', "field kind"),
        ("land.geojson", '"FeatureCollection"', '"FeatureCollection', "export it again"),
    ],
)
def test_a_slip_is_named_with_its_file_and_what_to_do(copied, file, old, new, said):
    change(copied, file, old, new)
    with pytest.raises(CityError) as wrong:
        load_city(copied)
    assert str(wrong.value).startswith(file)
    assert said in str(wrong.value)


def test_a_crew_may_have_a_telephone(copied):
    change(copied, "units.csv", "profile,lat,lon\n", "profile,lat,lon,phone\n")
    change(copied, "units.csv", "Patroli Kota 1,2,road,,", "Patroli Kota 1,2,road,,,0811-770-1122")
    assert [unit.phone for unit in load_city(copied).units][:2] == ["+628117701122", ""]
    change(copied, "units.csv", "0811-770-1122", "112")
    with pytest.raises(CityError, match="row 2, field phone"):
        load_city(copied)


def test_the_row_in_the_message_is_the_row_in_the_spreadsheet(copied):
    change(copied, "stations.csv", "0.9215,104.4520", "zero,104.4520")
    with pytest.raises(CityError, match=r"stations.csv, row 3, field lat: 'zero' is not a number"):
        load_city(copied)


def test_a_missing_file_is_named(copied):
    (copied / "units.csv").unlink()
    with pytest.raises(CityError, match="units.csv"):
        load_city(copied)
    with pytest.raises(CityError, match="siaga.toml"):
        load_city(copied / "nowhere")


def test_the_check_that_the_document_tells_to_run_does_run():
    document = (FOLDER.parents[2] / "docs" / "city-files.md").read_text(encoding="utf-8")
    lines = document.split("<<'END'\n")[1].split("    END")[0]
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(lines)], cwd=FOLDER.parents[2], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert "Lurus ke Jl. Adi Sucipto" in ran.stdout
