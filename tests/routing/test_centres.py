"""Whom else a place concerns: neighbours by their area, and what lies beyond our own border."""

import shutil

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from routing.city.boundary import Boundary
from routing.city.centres import Borders, Centre
from routing.city.load import CityError, load_city
from routing.location import distance_m, make_location
from tests.city import FOLDER, change

BINTAN = Centre(id="bintan", name="Bintan", contact="c", area=shapely.box(104.6, 0.8, 104.7, 1.0))
BATAM = Centre(id="batam", name="Batam", contact="c", area=shapely.box(103.9, 0.8, 104.2, 1.2))
OURS = (
    Boundary(name="Timur", kind="kecamatan", polygon=shapely.box(104.5, 0.8, 104.6, 1.0)),
    Boundary(name="Air Raja", kind="kelurahan", polygon=shapely.box(104.55, 0.9, 104.6, 1.0)),
)
BORDERS = Borders((BINTAN, BATAM), OURS, 500.0)
METRE = 1 / 111_195


def told(lat, lon, radius=20.0, **more):
    place = make_location(lat=lat, lon=lon, **more)
    return [(one.centre, one.why, one.metres) for one in BORDERS.neighbours(place, radius)]


def test_who_is_told_by_how_the_place_lies():
    assert told(0.9, 104.65) == [("bintan", "across", 0)]
    assert told(0.9, 104.6 - 300 * METRE) == [("bintan", "near", 300)]
    assert told(0.9, 104.6 - 300 * METRE, radius=400) == [("bintan", "unsure", 300)]
    assert told(0.9, 104.6 - 600 * METRE) == []
    assert told(0.9, 104.6 - 600 * METRE, radius=150) == [("bintan", "near", 600)]
    ring = ((0.9, 104.58), (0.9, 104.605), (0.91, 104.58))
    assert told(0.903, 104.588, ring=ring)[0][:2] == ("bintan", "unsure")
    bow = ((0.9, 104.58), (0.91, 104.605), (0.9, 104.605), (0.91, 104.58))  # its border crosses itself
    assert told(0.905, 104.59, ring=bow)[0][:2] == ("bintan", "unsure")


def test_a_place_outside_says_how_far_and_beyond_which_border():
    inside = make_location(lat=0.95, lon=104.55)
    assert BORDERS.beyond(inside) is None and Borders((), (), 500.0).beyond(inside) is None
    over = BORDERS.beyond(make_location(lat=0.95, lon=104.6 + 1000 * METRE))
    assert (over.border, over.metres, over.centre) == ("Air Raja", 1000, "bintan")
    nobody = BORDERS.beyond(make_location(lat=0.79, lon=104.52))
    assert (nobody.border, nobody.centre) == ("Timur", "")


@given(st.floats(0.7, 1.1), st.floats(104.3, 104.9), st.floats(0, 5000))
def test_the_distance_to_a_neighbour_is_the_one_on_the_ground(lat, lon, radius):
    place = make_location(lat=lat, lon=lon)
    nearest = (min(max(lat, 0.8), 1.0), min(max(lon, 104.6), 104.7))
    metres = distance_m(lat, lon, *nearest)
    found = {one.centre: one for one in BORDERS.neighbours(place, radius)}
    if abs(metres - radius - 500) > 0.01 * metres + 1:
        assert ("bintan" in found) == (metres <= radius + 500)
    if "bintan" in found:
        assert found["bintan"].metres == pytest.approx(metres, rel=0.01, abs=1)


def test_the_demo_city_has_a_neighbour_with_units_of_its_own():
    city = load_city(FOLDER)
    assert [(one.id, one.name, one.contact) for one in city.centres] == [("bintan", "Bintan", "bintan-112")]
    assert {unit.id for unit in city.units if city.centre_of(unit.agency)} == {"BTN-AMB-1", "BTN-DK-1"}
    kinds = [one["properties"] for one in city.layers()["boundaries"]["features"]]
    assert {"name": "Bintan", "kind": "centre"} in kinds
    assert not any(one.polygon.overlaps(city.centres[0].area) for one in city.boundaries), "sketched side by side"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("centres.csv", "bintan,Bintan", "Bintan 1,Bintan", "row 2, field id: 'Bintan 1' is no word"),
        ("centres.csv", "bintan,Bintan", "karimun,Karimun", "row 2, field id: 'karimun' has no area"),
        ("centres.csv", "{democentre}/api/v1/alerts", "http://10.1.1.1/api", "field url"),
        ("centres.csv", "bintan-112", "bintan-113", "bintan, field contact: 'bintan-113' is not in contacts.csv"),
        ("centres.csv", "alerts,,", "alerts,112,", "field sms"),
        ("centres.geojson", '"centre":"bintan"', '"centre":"karimun"', "centres"),
        ("agencies.csv", "#0f766e,bintan", "#0f766e,karimun", "field centre: 'karimun' is unknown"),
    ],
)
def test_a_slip_in_the_neighbours_files_is_named(tmp_path, file, old, new, said):
    folder = shutil.copytree(FOLDER, tmp_path / "city")
    change(folder, file, old, new)
    with pytest.raises(CityError, match=file.split(".")[0]) as wrong:
        load_city(folder)
    assert said in str(wrong.value)


def test_a_city_without_neighbours_needs_none_of_their_files(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "city")
    for file in ("centres.csv", "centres.geojson"):
        (folder / file).unlink()
    change(folder, "agencies.csv", "#0f766e,bintan", "#0f766e,")
    change(folder, "agencies.csv", "#9f1239,bintan", "#9f1239,")
    assert load_city(folder).centres == ()
