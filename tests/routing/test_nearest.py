"""Who is recommended, and whether the reason says so in words a dispatcher can check."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.tracking.fixes import DOUBTS
from routing.city.demand import DemandPoint
from routing.city.records import IncidentType
from routing.location import make_location
from routing.network.roads import Network
from routing.recommendation.coverage import Coverage
from routing.recommendation.nearest import recommend
from routing.recommendation.ranking import SHORTLIST, left_to_fill
from routing.recommendation.units import SILENT, UnitNow
from routing.text import text
from tests.routing.town import A, B, C, D, J, K, town
from tests.texts import english, indonesian

NETWORK = town()
NOW = 10_000.0


def unit(id, at, *capabilities, **said):
    fields = {"agency": "health", "kind": "ambulance", "fix_at": NOW - 5, **said}
    return UnitNow(id=id, lat=at[0], lon=at[1], capabilities=capabilities or ("ambulance",), **fields)


def needing(*needs, level=1):
    return IncidentType(id="t", names={"id": "Uji", "en": "Test"}, needs=needs, level=level)


MEDICAL = needing(("ambulance", 1))


def at(point, radius=0.0):
    return make_location(lat=point[0], lon=point[1], radius=radius)


def test_the_quickest_by_road_comes_before_the_nearest_on_the_map():
    # The way back along the one-way diagonal is closed to AMB-01: it has to drive round by D.
    units = [unit("AMB-01", (1.0085, 104.0085)), unit("AMB-02", (1.0, 104.007))]
    made = recommend(at(A), MEDICAL, units, NETWORK, NOW)
    assert [one.unit for one in made.candidates] == ["AMB-02", "AMB-01"]
    across = recommend(at((1.0, 104.029)), MEDICAL, [unit("ISL", K), unit("CAR", B)], NETWORK, NOW)
    assert across.candidates[0].unit == "ISL"


def test_the_reason_is_written_out_in_both_languages():
    made = recommend(at(A), MEDICAL, [unit("AMB-01", B), unit("AMB-02", C)], NETWORK, NOW)
    first, second = made.candidates
    assert indonesian(first) == (
        "Diusulkan untuk ambulans. Tercepat menurut waktu tempuh: 2 mnt 51 dtk (1,1 km), termasuk 1 mnt bersiap."
    )
    assert english(first) == (
        "Suggested for ambulance. Quickest by travel time: 2 min 51 s (1.1 km), including 1 min to turn out."
    )
    assert indonesian(second) == "1 mnt 51 dtk lebih lambat daripada AMB-01: 4 mnt 42 dtk (2,2 km)."
    assert english(second) == "1 min 51 s later than AMB-01: 4 min 42 s (2.2 km)."
    assert (first.rank, second.rank) == (1, 2)
    assert first.seconds == pytest.approx(171.2, abs=0.2) and first.turnout_s == 60


def test_units_that_are_there_fill_the_needs_that_no_other_of_them_fills():
    there = [("fire",), ("fire", "water-tank"), ("fire",), ("fire", "water-tank")]
    assert left_to_fill((("fire", 2), ("water-tank", 2)), there) == ()
    left = left_to_fill((("fire", 3), ("water-tank", 2), ("police", 1)), there)
    assert sum(count for _, count in left) == 2 and ("police", 1) in left
    assert left_to_fill((("fire", 1),), []) == (("fire", 1),) and left_to_fill((), there) == ()


def test_needs_are_filled_by_the_set_that_is_quickest_together():
    units = [
        unit("BOTH", B, "ambulance", "advanced"),
        unit("PLAIN", C),
        unit("FAR", J, "ambulance", "advanced"),
    ]
    made = recommend(at(A), needing(("ambulance", 1), ("advanced", 1)), units, NETWORK, NOW)
    assert [one.unit for one in made.candidates if one.suggested] == ["BOTH", "PLAIN"]
    assert made.shortfall == ()


def test_what_no_unit_can_fill_is_said():
    busy = unit("AMB-09", A, available=False, status="busy", why_not=text("unready.assigned", incident="K-00007"))
    made = recommend(at(A), needing(("ambulance", 2), ("fire", 1)), [unit("AMB-01", C), busy], NETWORK, NOW)
    assert made.shortfall == (("ambulance", 1), ("fire", 1))
    assert [one.unit for one in made.candidates] == ["AMB-01"]
    assert "AMB-09 lebih dekat, tetapi tidak siap (bertugas pada K-00007)." in indonesian(made.candidates[0])


def test_a_unit_that_would_take_over_an_hour_is_shown_but_not_suggested():
    walk = unit("SEA", J, "ambulance", kind="boat", profile="boat")
    made = recommend(at((1.01, 103.99)), MEDICAL, [walk], NETWORK, NOW)
    assert made.candidates[0].seconds > 1000
    slow = town().with_closures(["Ferry"])
    far = recommend(at(K), MEDICAL, [unit("AMB-01", (1.18, 104.2))], slow, NOW)
    assert (far.candidates[0].suggested, far.shortfall) == (False, (("ambulance", 1),))
    assert "Terlalu jauh untuk diusulkan." in indonesian(far.candidates[0])


def test_a_neighbours_unit_is_asked_for_when_ours_cannot_go_or_much_later():
    ours, theirs = unit("AMB-01", C), unit("BTN-1", B, centre="Bintan")
    made = recommend(at(A), MEDICAL, [ours, theirs], NETWORK, NOW)
    assert [(one.unit, one.suggested) for one in made.candidates] == [("BTN-1", False), ("AMB-01", True)]
    assert english(made.candidates[0]).startswith("Of Bintan, must be asked. Quickest")
    sooner = recommend(at(A), MEDICAL, [ours, theirs], NETWORK, NOW, aid_sooner=60)
    assert [one.unit for one in sooner.candidates if one.suggested] == ["BTN-1"]
    busy = msgspec.structs.replace(ours, available=False, status="busy")
    alone = recommend(at(A), MEDICAL, [busy, theirs], NETWORK, NOW)
    assert [one.suggested for one in alone.candidates] == [True] and not alone.shortfall
    assert "Milik Bintan, harus diminta." in indonesian(alone.candidates[0])


def test_what_a_neighbour_sends_leaves_nothing_of_ours_uncovered():
    demand = (DemandPoint(name="a", area="Kota", lat=A[0], lon=A[1], weight=1.0),)
    coverage = Coverage(NETWORK, demand, 600.0)
    units = [unit("AMB-01", C), unit("BTN-1", B, centre="Bintan")]
    made = {one.unit: one for one in recommend(at(A), MEDICAL, units, NETWORK, NOW, coverage=coverage).candidates}
    assert made["AMB-01"].uncovers == "Kota" and made["BTN-1"].uncovers == ""
    only = recommend(at(A), MEDICAL, units[1:], NETWORK, NOW, coverage=coverage)
    assert only.candidates[0].coverage_loss == 0


def test_the_dispatcher_can_ask_for_something_else():
    units = [unit("AMB-01", B), unit("DK-01", D, "fire", kind="engine", agency="fire")]
    made = recommend(at(A), MEDICAL, units, NETWORK, NOW, asked_capabilities=["fire"])
    assert (made.asked, [one.unit for one in made.candidates]) == ((("fire", 1),), ["DK-01"])
    none = recommend(at(A), None, units, NETWORK, NOW)
    assert [one.suggested for one in none.candidates] == [False, False]


def test_an_old_position_is_said_to_be_old():
    units = [unit("OLD", B, fix_at=NOW - 300), unit("NEVER", C, fix_at=0), unit("NEW", D)]
    made = {one.unit: one for one in recommend(at(A), MEDICAL, units, NETWORK, NOW).candidates}
    assert [made[name].stale for name in ("OLD", "NEVER", "NEW")] == [True, True, False]
    assert "Posisi terakhir 5 mnt yang lalu." in indonesian(made["OLD"])
    assert "tanpa GPS" in indonesian(made["NEVER"])
    fresh = recommend(at(A), MEDICAL, units, NETWORK, NOW, stale_after=400)
    assert not next(one for one in fresh.candidates if one.unit == "OLD").stale


def test_a_position_that_may_be_wrong_is_ranked_and_said_to_be_doubtful():
    units = [unit(name, B, doubt=name) for name in (*DOUBTS, SILENT)]
    for one in recommend(at(A), MEDICAL, units, NETWORK, NOW).candidates:
        doubt = text(f"reason.doubt-{one.doubt}")
        assert one.doubt == one.unit and doubt in one.reasons
        assert english(doubt) in english(one) and indonesian(doubt) in indonesian(one)


def test_a_wide_caller_area_makes_a_close_choice_uncertain():
    middle = (1.0, 104.005)
    units = [unit("WEST", (1.0, 104.001)), unit("EAST", (1.0, 104.0091))]
    sure = recommend(at(middle), MEDICAL, units, NETWORK, NOW)
    unsure = recommend(at(middle, radius=400), MEDICAL, units, NETWORK, NOW)
    assert [one.uncertain for one in sure.candidates] == [False, False]
    assert [one.uncertain for one in unsure.candidates] == [True, True]
    first, second = unsure.candidates
    assert "Di tepi timur area lokasi penelepon, EAST yang tercepat." in indonesian(first)
    assert "At the eastern edge of the caller's area EAST would be first." in english(first)
    assert "At the eastern edge of the caller's area this unit would be first." in english(second)


def test_each_edge_of_the_area_names_its_own_first_unit():
    ring = [(1.0005, 104.0005), (1.0095, 104.0005), (1.0095, 104.0095), (1.0005, 104.0095)]
    place = make_location(lat=1.005, lon=104.0, shape="Polygon", ring=ring)
    units = [unit("MID", (1.005, 104.0)), unit("NE", C), unit("SE", B), unit("FAR", K, kind="boat")]
    first = recommend(place, MEDICAL, units, NETWORK, NOW).candidates[0]
    assert first.unit == "MID"
    assert "At the north-eastern edge of the caller's area NE would be first." in english(first)
    assert "Di tepi tenggara area lokasi penelepon, SE yang tercepat." in indonesian(first)
    first = recommend(place, MEDICAL, units[:2], NETWORK, NOW).candidates[0]
    assert "At the north-eastern and south-eastern edge of the caller's area NE would be first." in english(first)


def test_without_roads_the_ranking_stands_on_an_estimate_that_says_so():
    made = recommend(at(A), MEDICAL, [unit("AMB-01", C), unit("AMB-02", B)], Network(), NOW)
    assert [one.unit for one in made.candidates] == ["AMB-02", "AMB-01"]
    assert english(made.method).startswith("straight line")
    assert "Perkiraan dari garis lurus" in indonesian(made.candidates[0])


def test_a_closed_street_changes_the_choice_and_the_method_says_so():
    units = [unit("EAST", (1.003, 104.01)), unit("NORTH", (1.01, 104.006))]
    closed = NETWORK.with_closures(["South"])
    assert recommend(at((1.0005, 104.0)), MEDICAL, units, NETWORK, NOW).candidates[0].unit == "EAST"
    made = recommend(at((1.0005, 104.0)), MEDICAL, units, closed, NOW)
    assert made.candidates[0].unit == "NORTH"
    assert "1 piece of street closed" in english(made.method)


def test_every_need_has_a_second_choice_on_a_short_list():
    police = [unit(f"POL-{i:02}", A, "police", kind="car") for i in range(30)]
    fire = [unit(f"DK-{i}", C, "fire", kind="engine") for i in range(3)]
    made = recommend(at(A), needing(("police", 1), ("fire", 1)), police + fire, NETWORK, NOW)
    assert len(made.candidates) == SHORTLIST
    assert sum(one.unit.startswith("DK") for one in made.candidates) == 3


words = st.sampled_from(["ambulance", "fire", "police"])
spots = st.tuples(st.floats(0.994, 1.011), st.floats(103.999, 104.041))
some_units = st.lists(
    st.builds(
        lambda at, can, free, kind: (at, can, free, kind),
        spots,
        st.sets(words, min_size=1),
        st.booleans(),
        st.sampled_from(["ambulance", "motorcycle", "engine", "boat"]),
    ),
    max_size=20,
)


@given(some_units, spots, st.lists(st.tuples(words, st.integers(1, 4)), max_size=3, unique_by=lambda n: n[0]))
def test_whatever_the_city_has_the_ranking_holds_together(drawn, place, needs):
    units = [
        unit(f"U{i:02}", where, *sorted(can), available=free, kind=kind)
        for i, (where, can, free, kind) in enumerate(drawn)
    ]
    made = recommend(at(place), needing(*needs), units, NETWORK, NOW)
    names = [one.unit for one in made.candidates]
    free = {one.id: one for one in units if one.available}
    suggested = [one for one in made.candidates if one.suggested]
    assert len(names) == len(set(names)) and set(names) <= set(free)
    assert [one.rank for one in made.candidates] == list(range(1, len(names) + 1))
    known = [one.seconds for one in made.candidates if one.mode != "straight-line"]
    assert known == sorted(known)
    missing = sum(count for _, count in made.shortfall)
    assert len(suggested) + missing == sum(count for _, count in needs)
    assert len(names) <= max(SHORTLIST, len(suggested))
    assert all(indonesian(one) and english(one) for one in made.candidates)
    assert made == recommend(at(place), needing(*needs), units[::-1], NETWORK, NOW)


def test_how_much_of_the_way_lies_off_the_road_is_said_from_50_metres_on():
    made = recommend(at((0.9991, 104.005)), MEDICAL, [unit("AMB-01", B)], NETWORK, NOW)
    assert "100 m di antaranya di luar jalan." in indonesian(made.candidates[0])
    assert "100 m of the way lie off the road." in english(made.candidates[0])
    made = recommend(at((0.9997, 104.005)), MEDICAL, [unit("AMB-01", B)], NETWORK, NOW)
    assert "off the road" not in english(made.candidates[0])
