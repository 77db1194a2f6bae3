"""What is drawn on the map, and which pieces of street lie under it."""

import pytest

from routing.location import Malformed, distance_m
from routing.network.closures import of_street, under
from routing.network.drawn import Drawn, checked
from tests.routing.town import A, B, C, town

NETWORK = town()
SOUTH = (1.0, 104.005)


def stopped(shape, *points, **said) -> set[str]:
    found = under(NETWORK, checked(Drawn(shape=shape, points=points, **said)))
    assert {NETWORK.edges[number].name for number in found.pieces} == set(found.streets)
    return set(found.streets)


def test_a_point_stops_the_piece_below_it_and_at_a_junction_all_that_meet():
    assert stopped("point", SOUTH) == {"South"}
    assert stopped("point", B) == {"South", "East", "Ferry"}
    assert stopped("point", (1.003, 104.007)) == set()


def test_an_area_stops_whatever_passes_through_it_however_it_is_drawn():
    box = [(0.999, 104.004), (1.001, 104.004), (1.001, 104.006), (0.999, 104.006)]
    assert stopped("area", *box) == {"South"}
    crossed = [box[0], box[1], box[3], box[2]]  # a ring that crosses itself
    assert stopped("area", *crossed) == {"South"}


def test_a_line_along_a_street_leaves_the_side_streets_open():
    by_hand = [(1.00004, 104.0001), (0.99995, 104.004), (1.00006, 104.008), (0.99997, 104.0099)]
    assert stopped("line", *by_hand) == {"South"}
    assert stopped("line", A, B, C) == {"South", "East"}


def test_a_line_across_a_street_stops_it():
    assert stopped("line", (0.9998, 104.005), (1.0002, 104.005)) == {"South"}
    assert stopped("line", (0.9995, 104.003), (1.011, 104.003)) == {"South", "Diagonal", "North"}


@pytest.mark.parametrize(
    ("shape", "points"),
    [
        ("line", [A]),
        ("line", [A, A]),
        ("area", [A, B]),
        ("point", [A, B]),
        ("point", [(91.0, 0.0)]),
        ("point", [(0.0, 0.0)]),
    ],  # fmt: skip
)
def test_what_is_no_drawing_is_told_so(shape, points):
    with pytest.raises(Malformed):
        checked(Drawn(shape=shape, points=tuple(points)))


def test_a_street_is_found_by_its_name_all_of_it_or_so_much_as_is_near():
    whole = of_street(NETWORK, "South", SOUTH)
    assert under(NETWORK, checked(whole)).streets == ("South",)
    near = of_street(NETWORK, "South", SOUTH, 100.0)
    (first, last) = near.points[0], near.points[-1]
    assert distance_m(*first, *last) == pytest.approx(200.0, rel=0.02)
    assert of_street(NETWORK, "Nowhere", SOUTH) is None and of_street(NETWORK, "Ferry", SOUTH) is None
