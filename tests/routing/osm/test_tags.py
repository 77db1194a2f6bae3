"""What tags mean to an emergency vehicle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.network.streets import edges_of
from routing.osm.tags import CLASSES, barrier, street


def made(**tags):
    said = []
    tags = {key.replace("__", ":"): value for key, value in tags.items()}
    return street({"highway": "residential", **tags}, {}, said.append), said


def test_classes_have_speeds_and_the_city_may_set_its_own():
    assert made(highway="primary")[0] == {"name": "", "class": "primary", "speed": 50}
    assert street({"highway": "primary"}, {"primary": 42.0}, print)["speed"] == 42
    assert made(highway="proposed")[0] is None
    assert made(highway="steps", motorcycle="yes")[0]["class"] == "path"
    assert made(highway="path", motorcycle="yes")[0]["class"] == "lane"
    assert made(highway="service", service="alley", width="1.8")[0]["class"] == "lane"


@pytest.mark.parametrize(
    ("text", "speed"),
    [("60", 54), ("30 mph", 43.5), ("walk", 6.3), ("none", 108), ("ID:urban", 25), ("50;30", 45), ("200", 110)],
)
def test_signs_of_speed(text, speed):
    found, said = made(maxspeed=text)
    assert (found["speed"], said) == (pytest.approx(speed, abs=0.1), [])


def test_a_bad_surface_is_slow_and_planks_are_no_asphalt():
    assert made(surface="asphalt")[0]["speed"] == 25
    assert made(surface="wood")[0]["speed"] == pytest.approx(17.5)
    assert made(surface="mud", smoothness="horrible")[0]["speed"] >= 3
    assert made(smoothness="impassable")[0]["bars"] == ["car", "engine", "motorcycle"]


@pytest.mark.parametrize(
    ("tags", "oneway", "turned"),
    [
        ({"oneway": "yes"}, True, False),
        ({"oneway": "-1"}, True, True),
        ({"oneway": "no", "junction": "roundabout"}, False, False),
        ({"junction": "roundabout"}, True, False),
        ({"highway": "motorway"}, True, False),
        ({"oneway": "yes", "oneway__emergency": "no"}, False, False),
        ({"oneway": "reversible"}, False, False),
    ],
)
def test_one_way_streets(tags, oneway, turned):
    found, _ = made(**tags)
    assert (found.get("oneway", False), found.get("reversed", False)) == (oneway, turned)


@pytest.mark.parametrize(
    ("tags", "bars"),
    [
        ({"access": "no"}, ["car", "engine", "motorcycle"]),
        ({"access": "no", "emergency": "yes"}, []),
        ({"access": "private"}, []),
        ({"access": "no", "motor_vehicle": "yes"}, []),
        ({"motor_vehicle": "no", "motorcycle": "yes"}, ["car", "engine"]),
        ({"hgv": "no"}, ["engine"]),
        ({"hgv": "no", "emergency": "designated"}, []),
        ({"emergency": "no"}, ["car", "engine", "motorcycle"]),
        ({"highway": "pedestrian", "motor_vehicle": "no"}, []),
        ({"highway": "motorway"}, ["foot"]),
        ({"motorroad": "yes"}, ["foot"]),
    ],
)
def test_who_may_use_it(tags, bars):
    assert made(**tags)[0].get("bars", []) == bars


def test_limits_in_the_units_of_the_world():
    assert made(maxweight="7.5")[0]["max_weight"] == 7.5
    assert made(maxweight="3500 kg")[0]["max_weight"] == 3.5
    assert made(maxheight="11'6\"")[0]["max_height"] == pytest.approx(3.51)
    assert made(maxwidth="2,2 m")[0]["max_width"] == 2.2
    assert made(width="2.4")[0]["max_width"] == 2.4
    assert "max_width" not in made(width="6")[0]
    assert made(maxheight="default") == ({"name": "", "class": "residential", "speed": 25}, [])


def test_what_is_not_understood_is_said_and_the_street_stays():
    found, said = made(maxspeed="4 0", maxweight="heavy")
    assert found["speed"] == 25
    assert [text.split(" is not")[0] for text in said] == ["maxspeed '4 0'", "maxweight 'heavy'"]


def ferry(**tags):
    said = []
    return street({"route": "ferry", **tags}, {}, said.append), said


def test_ferries_have_a_duration_waiting_and_hours():
    assert ferry(duration="00:15")[0]["minutes"] == 15
    assert ferry(duration="PT1H5M")[0]["minutes"] == 65
    assert ferry(interval="00:20")[0]["boarding"] == 10
    assert ferry(opening_hours="Mo-Su 06:30-18:00")[0]["hours"] == [6.5, 18]
    assert ferry(opening_hours="18:00-26:00")[0]["hours"] == [18, 2]
    found, said = ferry(duration="soon", opening_hours="Fr 08:00-12:00; Su off")
    assert "minutes" not in found and "hours" not in found and len(said) == 2
    assert ferry(foot="no")[0] is None


def test_barriers_stop_whom_they_stop():
    assert barrier({"barrier": "bollard"}) == {"car", "engine"}
    assert barrier({"barrier": "gate"}) == set()
    assert barrier({"barrier": "gate", "locked": "yes"}) == {"car", "engine", "motorcycle"}
    assert barrier({"barrier": "gate", "access": "no", "emergency": "yes"}) == set()
    assert barrier({"barrier": "cycle_barrier", "motorcycle": "yes"}) == {"car", "engine"}


KEYS = (
    "maxspeed oneway access motorcycle maxweight maxheight width surface duration interval opening_hours emergency "
    "junction route foot name smoothness tracktype man_made"
).split()
ODD = ["yes", "no", "0", "-1", "999", "00:00", "24:00-99:99", "1e5"]
VALUES = st.one_of(st.text(max_size=12), st.sampled_from(ODD))


@given(st.dictionaries(st.sampled_from(KEYS), VALUES), st.sampled_from(sorted(CLASSES)))
def test_any_tags_make_a_street_that_the_city_can_read_or_none(tags, highway):
    found = street({"highway": highway, **tags}, {}, lambda text: None)
    if found is not None:
        found.setdefault("minutes", 1.0)
        shape = {"type": "LineString", "coordinates": [[104, 1], [104.1, 1]]}
        assert edges_of({"features": [{"type": "Feature", "properties": found, "geometry": shape}]})
