"""Which queue a call belongs to, and what a technician is told about a queues.toml that is wrong."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.city.load import CityError, load_city
from routing.city.queues import DEFAULT, make_queues, queue_for
from routing.location import Malformed

FOLDER = Path(__file__).parents[2] / "deploy" / "city" / "tanjungpinang"
NAMES = {"name_id": "Nama", "name_en": "Name"}
BORDERS = {"Dompak", "Penyengat"}


def queues(*rows):
    return make_queues([{**NAMES, **row} for row in rows], BORDERS)


def test_the_first_queue_that_takes_a_call_has_it_and_112_has_the_rest():
    made = queues(
        {"id": "sea", "boundaries": ["Penyengat"], "services": ["sos"]},
        {"id": "112", "priority": 2},
        {"id": "fire", "services": ["urn:service:sos.fire"]},
        {"id": "old-number", "called": ["+62 771 113"]},
        {"id": "visitors", "languages": ["en", "zh-Hans"]},
    )
    assert [one.id for one in made] == ["sea", "fire", "old-number", "visitors", "112"]
    assert queue_for(made, "sos.fire.forest", "sip:112@city.example") == "fire"
    assert queue_for(made, "sos.fire", "112", boundaries=["Penyengat"]) == "sea"
    assert queue_for(made, "sos", "sip:+62771113@gw;user=phone") == "old-number"
    assert queue_for(made, "", "", languages=["zh-TW", "id"]) == "visitors"
    assert queue_for(made, "sos.firefly", "tel:112", languages=["id"], boundaries=["Dompak"]) == "112"


def test_a_city_without_queues_has_one(tmp_path):
    folder = Path(shutil.copytree(FOLDER, tmp_path / "city"))
    (folder / "queues.toml").unlink()
    assert load_city(folder).queues == (DEFAULT,)


def test_the_demo_city_says_where_calls_wait_and_why_somebody_is_not_ready():
    city = load_city(FOLDER)
    assert [one.id for one in city.queues] == ["fire", "islands", "visitors", "112"]
    assert [one.id for one in city.not_ready] == ["break", "training", "other"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"services": ["sos"]}], "queue 1 (no id), field id: is missing"),
        ([{"id": "fire", "skils": ["fire"]}], "queue 1 (fire), field skils: is not known; did you mean skills?"),
        ([{"id": "fire", "skills_after": "ten"}], "field skills_after: Expected `float`, got `str`; write seconds"),
        ([{"id": "fire", "skills_after": float("nan")}], "field skills_after: nan is out of range"),
        ([{"id": "a", "services": ["sos"]}] * 2, "queue 2 (a), field id: is used by a queue before"),
        ([{"id": "anybody", "services": ["sos"]}], "field id: is no id"),
        ([{"id": "a", "services": ["sos"], "ring": "loud"}], "use longest-idle or ring-all"),
        ([{"id": "a", "boundaries": ["Atlantis"]}], "there is no 'Atlantis'; take a name from boundaries.geojson"),
        ([{"id": "a", "services": ["so s"]}], "'so s' is no service"),
        ([{"id": "a", "services": ["sos"], "phones": ["ask Budi"]}], "field phones: 'ask Budi' is no number; write"),
        ([{"id": "a", "services": ["sos"], "overflow_to": ["b"]}], "field overflow_to: there is no other queue 'b'"),
        ([{"id": "a"}], "field services: no call comes here"),
        ([{"id": "112", "languages": ["id"]}], "112 takes every call that is left"),
    ],
)
def test_a_slip_is_named_with_queue_field_and_what_to_do(rows, said):
    with pytest.raises(Malformed) as wrong:
        queues(*rows)
    assert said in str(wrong.value) and "; " in str(wrong.value)


def test_the_file_is_named_too(tmp_path):
    folder = Path(shutil.copytree(FOLDER, tmp_path / "city"))
    for text, said in (
        ('[[queue]]\nid = "x"\n', "queues.toml, queue 1 (x), field name_id: is missing; fill it in"),
        ("queue = 3\n", "queues.toml, field queue: is no list of tables"),
        ("[[queue\n", "queues.toml: "),
    ):
        (folder / "queues.toml").write_text(text)
        with pytest.raises(CityError) as wrong:
            load_city(folder)
        assert str(wrong.value).startswith(said)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@given(rows=anything, service=st.text(max_size=30), called=st.text(max_size=30))
def test_whatever_stands_in_the_file_there_is_a_queue_or_a_sentence(rows, service, called):
    try:
        made = make_queues(rows, BORDERS)
    except Malformed:
        made = (DEFAULT,)
    assert queue_for(made, service, called) in {one.id for one in made} and made[-1].id == "112"
