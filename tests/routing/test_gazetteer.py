"""What callers say is found although they misspell it, and a point is put back into their words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.city import load_city
from routing.gazetteer import Gazetteer, words_of
from routing.roads import Network

CITY = load_city(Path(__file__).parents[2] / "deploy" / "city" / "tanjungpinang")
NAMES = Gazetteer(CITY.places, CITY.network)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("batu 10", "Batu 10"),
        ("Batu sepuluh", "Batu 10"),
        ("km10", "Batu 10"),
        ("KM. 12", "Batu 12"),
        ("batu dua belas", "Batu 12"),
        ("penyegat", "Pulau Penyengat"),
        ("gedung gongong", "Gedung Gonggong"),
        ("jl ahmad yni", "Jl. Ahmad Yani"),
        ("Jalan Engku Putri", "Jl. Engku Putri"),
        ("gg kamboja", "Gg. Kamboja"),
        ("basuki rahmad", "Jl. Basuki Rahmat"),
        ("mesjid penyengat", "Masjid Raya Sultan Riau"),
        ("depan pasar baru", "Pasar Baru"),
        ("RSUD RAT", "RSUD Raja Ahmad Tabib"),
        ("bandara", "Bandara Raja Haji Fisabilillah"),
        ("sma 2", "SMA Negeri 2 Tanjungpinang"),
        ("pelabuan sri bintan", "Pelabuhan Sri Bintan Pura"),
    ],
)
def test_the_place_that_was_meant_comes_first(said, meant):
    assert NAMES.search(said)[0].name == meant


def test_every_name_and_alias_finds_its_place():
    for place in CITY.places:
        for name in (place.name, *place.aliases):
            assert place.name in [hit.name for hit in NAMES.search(name)], name


def test_another_number_is_another_place():
    assert [hit.name for hit in NAMES.search("batu 12")] == ["Batu 12"]


def test_nothing_alike_gives_nothing():
    assert NAMES.search("xyzzy qqq") == NAMES.search("") == NAMES.search("...") == []


@given(st.text(max_size=60))
def test_any_text_is_answered_in_order_and_within_the_limit(text):
    hits = NAMES.search(text, limit=3)
    assert len(hits) <= 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 < hit.score <= 1 for hit in hits)
    assert all(word.isascii() for word in words_of(text))


def test_a_point_is_said_in_the_words_of_the_town():
    assert NAMES.reverse(0.9195, 104.464) == "Jl. Ahmad Yani dekat Batu 3, 60 m dari Hotel CK"
    assert NAMES.reverse(0.9195, 104.464, "en") == "Jl. Ahmad Yani near Batu 3, 60 m from Hotel CK"


def test_a_point_at_sea_is_said_in_degrees():
    assert NAMES.reverse(0.92, 104.3) == "0.92000, 104.30000"
    assert Gazetteer([], Network()).reverse(1, 104) == "1.00000, 104.00000"
