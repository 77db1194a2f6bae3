"""What callers say is found although they misspell it, and a point is put back into their words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.catalogue import say
from routing.city.load import load_city
from routing.city.records import Place
from routing.location import distance_m
from routing.network.roads import Network
from routing.places.gazetteer import Gazetteer, LocalName
from routing.places.names import words_of
from tests.routing.town import line

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
        ("ahmda yani", "Jl. Ahmad Yani"),
        ("simpang ahmad yani basuki rahmat", "Simpang Jl. Ahmad Yani – Jl. Basuki Rahmat"),
        ("basuki rahmat / wiratno", "Simpang Jl. Basuki Rahmat – Jl. Wiratno"),
        ("jl pramuka dengan jl ahmad yani", "Simpang Jl. Pramuka – Jl. Ahmad Yani"),
        ("simpang pramuka ahmad", "Simpang Jl. Pramuka – Jl. Ahmad Yani"),
        ("km 8,5", "Batu 8,5"),
        ("KM 8+500", "Batu 8+500"),
        ("ruko batu delapan setengah", "Batu 8 setengah"),
        ("batu 5 atas", "Batu 5 atas"),
        ("jl merdeka no 4", "Jl. Merdeka"),
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
    assert say(NAMES.reverse(0.9195, 104.464)) == "Jl. Ahmad Yani dekat Batu 3, 60 m dari Hotel CK"
    assert say(NAMES.reverse(0.9195, 104.464), "en") == "Jl. Ahmad Yani near Batu 3, 60 m from Hotel CK"


def test_a_point_at_sea_is_said_in_degrees():
    assert say(NAMES.reverse(0.92, 104.3)) == "0.92000, 104.30000"
    assert say(Gazetteer([], Network()).reverse(1, 104)) == "1.00000, 104.00000"


def test_one_wrong_letter_within_a_word_hides_no_name():
    streets = {edge.name for edge in CITY.network.edges if edge.kind != "boat" and len(edge.name) > 9}
    for name in sorted(streets | {place.name for place in CITY.places if place.kind != "km" and len(place.name) > 6}):
        for at in [at for at in range(4, len(name) - 1) if name[at - 1 : at + 1].isalpha()]:
            for said in (name[:at] + name[at + 1 :], f"{name[:at]}{name[at]}{name[at:]}"):
                assert name in [hit.name for hit in NAMES.search(said)], (name, said)


def test_places_between_posts_lie_on_the_road_between_them():
    half = NAMES.search("km 8,5")[0]
    eight, nine = NAMES.search("batu 8")[0], NAMES.search("batu 9")[0]
    ways = [distance_m(half.lat, half.lon, post.lat, post.lon) for post in (eight, nine)]
    assert max(ways) - min(ways) < 100 and CITY.network.nearest_street(half.lat, half.lon).off_m < 5
    beyond, before = NAMES.search("batu 5 atas")[0], NAMES.search("batu 5 bawah")[0]
    assert before.lon < NAMES.search("batu 5")[0].lon < beyond.lon
    assert NAMES.search("batu 16 atas")[0].name == "Batu 16", "there is no post behind it"


def test_of_two_with_the_same_name_the_nearer_one_comes_first():
    twins = [line("Gg. Mawar", (1.0, 104.0), (1.001, 104.0)), line("Gg. Mawar", (1.1, 104.0), (1.101, 104.0))]
    names = Gazetteer([], Network.from_geojson({"type": "FeatureCollection", "features": twins}))
    for lat in (1.0, 1.1):
        first, second = names.search("gang mawar", near=(lat, 104.0))
        assert first.metres < 200 < 10_000 < second.metres
        assert abs(first.lat - lat) < 0.01
    assert [hit.metres for hit in names.search("gang mawar")] == [-1.0, -1.0]


def test_a_name_that_is_quite_another_is_not_made_right_by_being_near():
    far = Place(name="Jl. Pramuka", aliases=(), kind="x", lat=1.1, lon=104.0)
    close = Place(name="Jl. Pramugari", aliases=(), kind="x", lat=1.0, lon=104.0)
    assert Gazetteer([far, close], Network()).search("pramuka", near=(1.0, 104.0))[0].name == "Jl. Pramuka"


def test_names_that_the_room_has_added_are_found_and_those_it_has_learnt_come_after():
    added = LocalName(alias="Warung Mak Ijah", name="Gg. Kamboja", lat=0.926, lon=104.4505)
    learnt = LocalName(alias="warung mak ijah", name="", lat=0.93, lon=104.45, learnt=True)
    first, second = NAMES.search("warung makijah", local=(learnt, added))[:2]
    assert (first.name, first.kind, second.kind) == ("Warung Mak Ijah (Gg. Kamboja)", "alias", "learnt")
    assert NAMES.search("warung mak ijah")[:1] != [first]


def test_pasted_coordinates_are_the_only_hit():
    (hit,) = NAMES.search("https://maps.google.com/?q=0.9186,104.4735", near=(0.9186, 104.4835))
    assert (hit.kind, hit.score, hit.metres) == ("coordinates", 1.0, 1112)
    assert NAMES.search("WF9F+RJ")[0].kind == "pluscode"


def test_a_point_is_said_with_its_kelurahan():
    names = Gazetteer(CITY.places, CITY.network, CITY.boundaries)
    said = say(names.reverse(0.924, 104.509), "en")
    assert said == "Jl. Adi Sucipto near Batu 9, kel. Batu IX, 130 m from Puskesmas Batu 10"
    assert "kel. Batu IX, 130 m dari" in say(names.reverse(0.924, 104.509))
