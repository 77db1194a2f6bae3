"""How long a unit takes until it rolls: from where it is, and what it is doing."""

import pytest

from routing.city.turnout import TurnoutTimes, usual_turnout
from routing.location import make_location
from routing.recommendation.nearest import recommend
from routing.recommendation.units import Turnout, turnout
from tests.routing.test_nearest import MEDICAL, NETWORK, NOW, unit
from tests.routing.town import A, B, C, D
from tests.texts import english, indonesian

CITY = {"ambulance": TurnoutTimes(station=70, night=130, away=25, rolling=8)}


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, Turnout(70, "station")),
        ({"night": True}, Turnout(130, "night")),
        ({"away_m": 800, "night": True}, Turnout(25, "away")),
        ({"away_m": 100}, Turnout(70, "station")),
        ({"away_m": 800, "speed": 9.0}, Turnout(8, "rolling")),
    ],
)
def test_the_city_says_how_long_each_kind_takes_from_where_it_is(known, said):
    assert turnout("ambulance", CITY, **known) == said


def test_without_a_word_of_the_city_no_unit_takes_longer_than_from_its_station_by_day():
    for kind in ("ambulance", "motorcycle", "engine", "boat", "kite"):
        times = usual_turnout(kind)
        assert times.rolling <= times.away <= times.station == times.night
    assert turnout("boat", {}, night=True) == Turnout(180, "station")


def test_the_reason_says_which_turn_out_is_counted():
    units = [
        unit("ROLLS", B, turnout=turnout("ambulance", CITY, speed=8.0)),
        unit("SLEEPS", D, turnout=turnout("ambulance", CITY, night=True)),
        unit("WAITS", C, turnout=turnout("ambulance", CITY, away_m=900.0)),
    ]
    ranked = recommend(make_location(lat=A[0], lon=A[1]), MEDICAL, units, NETWORK, NOW).candidates
    made = {one.unit: one for one in ranked}
    assert list(made) == ["ROLLS", "SLEEPS", "WAITS"]
    assert "including 8 s as it is moving already." in english(made["ROLLS"])
    assert "termasuk 8 dtk karena sudah bergerak." in indonesian(made["ROLLS"])
    assert "including 2 min 10 s to turn out by night." in english(made["SLEEPS"])
    assert "termasuk 25 dtk bersiap di luar pos." in indonesian(made["WAITS"])
    assert made["ROLLS"].turnout_s == 8
