"""A cell's identity becomes the area it covers."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from routing.ali.cells import Cell, read_cells
from routing.ali.sites import Site, Sites
from routing.city.load import CityError, load_city
from routing.location import distance_m
from tests.city import FOLDER

NOW = 1_800_000_000.0


@pytest.fixture(scope="module")
def sites():
    return Sites(load_city(FOLDER).sites)


def test_the_header_of_a_call_leads_to_the_sector(sites):
    header = "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=5100110051882801;network-provided"
    (cell,) = read_cells([header])
    place = sites.locate(cell, NOW)
    assert place.text.startswith("Kota 1") and (place.source, place.method, place.at) == ("cell", "Cell", NOW)
    assert place.confidence == 80 and len(place.ring) == 10


def test_an_lte_cell_is_known_without_its_tracking_area_and_a_gsm_cell_is_not(sites):
    assert sites.locate(Cell(mcc="510", mnc="01", cell=25700353), NOW).text.startswith("Kota 1")
    assert sites.locate(Cell(mcc="510", mnc="10", cell=20491), NOW) is None
    assert sites.locate(Cell(mcc="510", mnc="10", area=3021, cell=20491), NOW).shape == "Circle"
    assert sites.locate(Cell(mcc="510", mnc="99", area=1, cell=1), NOW) is None


def test_an_unknown_cell_of_a_known_area_is_somewhere_in_it(sites):
    place = sites.locate(Cell(mcc="510", mnc="01", area=4101, cell=1, age=30.0), NOW)
    assert place.radius > 2000 and place.text == "area 4101" and place.at == NOW - 30


@given(st.floats(0, 360), st.floats(1, 360), st.floats(10, 30_000))
def test_the_circle_holds_the_whole_sector(azimuth, beam, radius):
    site = Site(
        name="x", technology="lte", mcc="510", mnc="01", area=1, cell=1, lat=0.9, lon=104.4, radius_m=radius,
        azimuth=azimuth, beam=beam,
    )  # fmt: skip
    place = Sites([site]).locate(Cell(mcc="510", mnc="01", area=1, cell=1), NOW)
    for lat, lon in place.ring:
        assert distance_m(place.lat, place.lon, lat, lon) <= place.radius * 1.01 + 1
    if place.ring:
        wedge = shapely.Polygon(place.ring)
        assert wedge.is_valid
        degrees = math.degrees(radius / 6_371_000)
        assert wedge.area == pytest.approx(math.pi * degrees**2 * beam / 360, rel=0.1)
    assert place.radius <= radius * 1.001


def test_a_slip_in_the_table_is_told(copied):
    file = copied / "cells.csv"
    good = file.read_text("utf-8")
    for wrong, said in (("51", "country code"), ("5I0", "country code")):
        file.write_text(good.replace(",510,01,4101,25700353", f",{wrong},01,4101,25700353", 1), "utf-8")
        with pytest.raises(CityError, match=f"cells.csv, row 2, field mcc: .*{said}"):
            load_city(copied)
    file.unlink()
    assert load_city(copied).sites == (), "a city without such a table has none"
