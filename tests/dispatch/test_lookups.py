"""What the room knows of a place without asking anybody, on the demo city's own tables."""

import pytest

from dispatch import events as ev
from dispatch.advice.lookups import Lookups
from dispatch.process.demo import make_demo_subscribers
from dispatch.settings import ROOT
from routing.ali.subscribers import read_subscribers
from routing.city.load import load_city
from routing.location import Location
from routing.places.gazetteer import Gazetteer

CELL = "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=5100110051882801"


@pytest.fixture(scope="module")
def lookups(tmp_path_factory):
    city = load_city(ROOT / "deploy/city/tanjungpinang")
    file = tmp_path_factory.mktemp("data") / "subscribers.csv"
    make_demo_subscribers(file)
    return Lookups(city, read_subscribers(file)[0], Gazetteer(city.places, city.network))


def received(caller="+628117701122", access=""):
    return ev.CallReceived(at=77.0, call="c1", caller=caller, access=access)


def test_a_mobile_has_its_cell_and_a_landline_its_address(lookups):
    (cell,) = lookups.places_of(received(access=CELL))
    assert (cell.source, cell.at) == ("cell", 77.0)
    (shop,) = lookups.places_of(received("+62771555001"))
    assert (shop.source, shop.lat, shop.radius) == ("subscriber", 0.9305, 30.0)
    assert lookups.places_of(received()) == () == lookups.places_of(received(access="IEEE-802.11;i-wlan-node-id=1"))


def test_a_landline_of_which_only_the_address_is_known_is_looked_up(lookups):
    (kiosk,) = lookups.places_of(received("+62771555003"))
    assert kiosk.flags == ("geocoded",) and kiosk.source == "subscriber" and kiosk.radius > 100
    assert kiosk.text == "Kios Misalnya, Batu 10"


def test_an_address_is_found_by_its_nearest_part_that_is_known(lookups):
    assert lookups.geocode("Masjid Raya Sultan Riau, Penyengat, Tanjungpinang").text == "Masjid Raya Sultan Riau"
    assert lookups.geocode("no. 4, Jl. Merdeka, Tanjungpinang Kota").text == "Jl. Merdeka"
    assert lookups.geocode("Unter den Linden 5, Berlin") is None and lookups.geocode(", ,,") is None


def test_doubts_are_said_only_when_the_whole_circle_lies_elsewhere(lookups):
    assert lookups.doubts(Location(lat=0.92, lon=104.46, radius=20.0)) == ()
    assert set(lookups.doubts(Location(lat=1.29, lon=103.85, radius=100.0))) == {"outside", "at_sea"}
    assert lookups.doubts(Location(lat=1.29, lon=103.85, radius=90_000.0)) == ()
    assert lookups.doubts(Location(lat=0.935, lon=104.415, radius=30.0)) == ("at_sea",)
