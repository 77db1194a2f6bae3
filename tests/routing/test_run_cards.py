"""Run cards: what a level sends and where, and what a mistake in the file is answered with."""

import pytest

from routing.city.run_cards import RunCards, make_run_cards
from routing.location import Malformed

KNOWN = {"types": {"fire"}, "able": {"fire", "boat", "police"}, "borders": {"Penyengat"}}
CARDS = make_run_cards(
    {
        "coverage": {"within": 480, "watched": ["fire"]},
        "card": [
            {"type": "fire", "level": 1, "places": ["Penyengat"], "needs": {"boat": 1, "fire": 1}},
            {"type": "fire", "level": 2, "needs": {"fire": 4}},
            {"type": "fire", "level": 4, "needs": {"fire": 6, "police": 2}},
        ],
    },
    **KNOWN,
)
USUAL = (("fire", 2),)


def test_a_level_without_a_card_asks_for_what_the_one_below_does():
    asked = [CARDS.needs("fire", level, (), USUAL) for level in (1, 2, 3, 4, 5)]
    assert asked == [USUAL, (("fire", 4),), (("fire", 4),), (("fire", 6), ("police", 2)), (("fire", 6), ("police", 2))]
    assert [CARDS.next_level("fire", level, ()) for level in (1, 2, 3, 4)] == [2, 4, 4, 0]
    assert CARDS.next_level("flood", 1, ()) == 0 and CARDS.needs("flood", 2, (), USUAL) == USUAL


def test_a_place_has_its_own_card():
    assert CARDS.needs("fire", 1, {"Penyengat"}, USUAL) == (("boat", 1), ("fire", 1))
    assert CARDS.needs("fire", 2, {"Penyengat"}, USUAL) == (("fire", 4),)


def test_a_city_without_cards_sends_what_the_type_says():
    assert RunCards().needs("fire", 3, (), USUAL) == USUAL and RunCards().within_s == 600
    assert make_run_cards({}, **KNOWN) == RunCards()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"card": [{"type": "flod", "needs": {"fire": 1}}]}, "card 1, field type: 'flod' is not in incident_types.csv"),
        ({"card": [{"type": "fire", "needs": {"frie": 1}}]}, "no unit can do 'frie'"),
        ({"card": [{"type": "fire", "needs": {"fire": 0}}]}, "fire must be a number of units from 1 to 50"),
        ({"card": [{"type": "fire", "needs": {}}]}, "field needs: is empty"),
        ({"card": [{"type": "fire", "needs": {"fire": 1}, "level": 9}]}, "whole number from 1 to 5"),
        ({"card": [{"type": "fire", "needs": {"fire": 1}, "places": ["Batam"]}]}, "no boundary is named 'Batam'"),
        ({"card": [{"type": "fire", "needs": {"fire": 1}, "place": []}]}, "other fields than"),
        ({"card": {}}, r"under a line \[\[card\]\]"),
        ({"card": ["fire"]}, "card 1"),
        ({"coverage": {"within": "soon"}}, "seconds from 60 to 7200"),
        ({"coverage": {"watched": ["ambulans"]}}, "no unit can do 'ambulans'"),
        ({"coverage": 5}, "field within"),
    ],
)
def test_a_mistake_is_named_with_card_and_field(said, told):
    with pytest.raises(Malformed, match=told):
        make_run_cards(said, **KNOWN)
