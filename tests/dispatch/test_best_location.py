"""Which of many observations is the best: sentences that hold for any of them, and the figures of the policy."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.policy.places import best_location
from dispatch.policy.places.best_location import best, contradicts, cost, flagged, implausible, radius95, source_of
from routing.location import Location, offset
from tests.texts import english, indonesian

BEGAN = 10_000.0
HERE = Location(lat=0.92, lon=104.45, radius=20.0, source="aml", method="G", at=BEGAN)
METHODS = ("", "GPS", "A-GPS", "G", "W", "C", "Cell", "DHCP", "Manual", "triangulation")
SOURCE_NAMES = ("pidf-lo", "held", "reference", "aml", "link", "operator", "subscriber", "cell", "ecall", "test")
places = st.builds(
    Location,
    lat=st.floats(-100, 100) | st.just(0.0),
    lon=st.floats(-200, 200) | st.just(0.0),
    radius=st.floats(0, 300_000),
    confidence=st.floats(0, 100),
    method=st.sampled_from(METHODS),
    source=st.sampled_from(SOURCE_NAMES),
    at=st.just(0.0) | st.floats(BEGAN - 5000, BEGAN + 5000),
)


def observed(several):
    """As the room keeps them: each with its flags."""
    kept = ()
    for place in several:
        kept = (*kept, flagged(place, kept, BEGAN, BEGAN + 100))
    return kept


def moved(place, metres, seconds=0.0, **more):
    lat, lon = offset(place.lat, place.lon, 90.0, metres)
    return msgspec.structs.replace(place, lat=lat, lon=lon, at=place.at + seconds, **more)


@given(st.lists(places, max_size=12))
def test_what_is_implausible_is_chosen_only_when_there_is_nothing_else(several):
    kept = observed(several)
    assert len(kept) == len(several), "nothing is dropped"
    chosen = best(kept)
    usable = [n for n, place in enumerate(kept) if not best_location.UNUSABLE & set(place.flags)]
    assert (chosen >= 0) == bool(usable)
    if chosen >= 0 and implausible(kept[chosen]):
        assert all(implausible(kept[n]) for n in usable)


@given(st.lists(places, min_size=1, max_size=12))
def test_one_more_observation_changes_the_best_only_when_it_is_better(several):
    *before, last = observed(several)
    was, now = best(tuple(before)), best((*before, last))
    assert now in (was, len(before))
    if was >= 0 and now != was and implausible(before[was]) == implausible(last):
        assert cost(last) < cost(before[was])


@given(st.lists(places, max_size=8), st.randoms())
def test_the_choice_does_not_depend_on_the_order_of_what_is_kept(several, chance):
    kept = list(observed(several))
    chosen = best(tuple(kept))
    shuffled = kept[:]
    chance.shuffle(shuffled)
    other = best(tuple(shuffled))
    if chosen >= 0:
        one, two = kept[chosen], shuffled[other]
        assert (implausible(one), cost(one)) == (implausible(two), cost(two))


@given(places, st.floats(0, 5000))
def test_flagging_alters_nothing_but_flags_and_a_missing_time(place, later):
    made = flagged(place, (), BEGAN, BEGAN + later)
    same = msgspec.structs.replace(made, flags=place.flags, at=place.at)
    assert same == place and set(made.flags) <= best_location.FLAGS
    assert made.at == (place.at or BEGAN + later)


@pytest.mark.parametrize(
    ("radius", "confidence", "metres"), [(100, 95, 100), (100, 68, 162), (100, 0, 162), (100, 99, 81), (100, 39, 246)]
)
def test_a_radius_is_brought_to_95_percent(radius, confidence, metres):
    place = msgspec.structs.replace(HERE, radius=radius, confidence=confidence)
    assert radius95(place) == pytest.approx(metres, rel=0.01)


def test_a_point_without_a_radius_is_as_unsure_as_its_source():
    point = msgspec.structs.replace(HERE, radius=0.0)
    assert radius95(point) == 50 and radius95(msgspec.structs.replace(point, source="cell")) == 3000


@pytest.mark.parametrize(
    ("source", "method", "kind"),
    [
        ("pidf-lo", "GPS", "device"), ("pidf-lo", "A-GNSS", "device"), ("held", "Device-Assisted_A-GPS", "device"),
        ("pidf-lo", "802.11", "device"), ("pidf-lo", "Cell", "cell"), ("pidf-lo", "civic", "registered"),
        ("pidf-lo", "", "network"), ("aml", "", "device"), ("aml", "C", "cell"), ("link", "x", "device"),
        ("held", "hybridCellSector_AGPS", "device"), ("held", "networkTDOA", "network"),
        ("operator", "gazetteer", "stated"), ("subscriber", "", "subscriber"), ("reference", "DHCP", "registered"),
    ],
)  # fmt: skip
def test_which_kind_of_source_it_is(source, method, kind):
    assert source_of(msgspec.structs.replace(HERE, source=source, method=method)) == kind


def test_a_fix_of_the_phone_beats_the_cell_unless_it_is_six_times_as_vague():
    cell = msgspec.structs.replace(HERE, source="cell", method="", radius=500.0)
    assert best((cell, msgspec.structs.replace(HERE, radius=2500.0))) == 1
    assert best((cell, msgspec.structs.replace(HERE, radius=3500.0))) == 0


def test_of_two_like_fixes_the_newer_one_is_better_and_a_much_vaguer_one_is_not():
    assert best((HERE, moved(HERE, 20, 10))) == 1
    assert best((HERE, moved(HERE, 20, 10, radius=200.0))) == 0


def test_a_place_outside_the_area_counts_for_less_but_is_not_ruled_out():
    outside = msgspec.structs.replace(HERE, flags=("outside",))
    assert best((outside, moved(HERE, 30, radius=50.0))) == 1 or cost(outside) < 150
    assert best((outside, msgspec.structs.replace(HERE, source="cell", radius=2000.0))) == 0


def test_a_jump_is_flagged_until_the_phone_says_it_again():
    far = moved(HERE, 30_000, 10)
    kept = observed([HERE, far])
    assert kept[1].flags == ("jump",) and best(kept) == 0
    kept = observed([HERE, far, moved(far, 40, 10)])
    assert kept[2].flags == () and best(kept) == 2, "the first fix was a stale one"
    assert observed([HERE, moved(HERE, 3_000, 120)])[1].flags == (), "a car"
    assert observed([HERE, moved(HERE, 30_000, 10, source="cell")])[1].flags == (), "another source is another matter"
    vague = observed([HERE, moved(HERE, 30_000, 10, radius=40_000.0)])
    assert vague[1].flags == (), "what its uncertainty explains is no jump"


@pytest.mark.parametrize(
    ("fields", "flag"),
    [
        ({"lat": 0.0, "lon": 0.0}, "null"), ({"lat": 95.0}, "off_earth"), ({"lon": 181.0}, "off_earth"),
        ({"lat": float("nan")}, "off_earth"), ({"radius": 150_000.0}, "vague"), ({"at": BEGAN + 1000}, "future"),
        ({"at": BEGAN - 1000}, "old"), ({"at": 0.0}, "undated"),
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_flagged(fields, flag):
    made = flagged(msgspec.structs.replace(HERE, **fields), (), BEGAN, BEGAN)
    assert made.flags == (flag,)


def test_only_something_newer_that_cannot_be_true_together_speaks_against_a_verified_place():
    assert not contradicts(moved(HERE, 30, 10), HERE, BEGAN), "within both uncertainties"
    assert not contradicts(moved(HERE, 300, 600), HERE, BEGAN), "ten minutes' walk"
    assert contradicts(moved(HERE, 300, 30), HERE, BEGAN)
    assert not contradicts(moved(HERE, 300, -5), HERE, BEGAN), "older"
    assert not contradicts(moved(HERE, 300, 30, flags=("jump",)), HERE, BEGAN)
    assert not contradicts(moved(HERE, 9000, 30, source="cell"), HERE, BEGAN), "a cell knows nothing of a street"


def test_the_reason_says_what_made_the_difference():
    cell = msgspec.structs.replace(HERE, source="cell", method="Cell", radius=900.0)
    why = best_location.why_best(HERE, cell)
    assert (indonesian(why), english(why)) == (
        "telepon penelepon (G), ± 20 m (95 %); sebelumnya sel radio (Cell), ± 900 m (95 %)",
        "the caller's phone (G), ± 20 m (95 %); before: the radio cell (Cell), ± 900 m (95 %)",
    )
    assert english(best_location.why_best(moved(HERE, 20, 12), HERE)).endswith("; 12 s newer")
    precise = best_location.why_best(HERE, msgspec.structs.replace(HERE, radius=80.0))
    assert indonesian(precise).endswith("; lebih teliti")
    jump = msgspec.structs.replace(HERE, flags=("jump",))
    assert english(best_location.why_best(HERE, jump)).endswith("; the one before is implausible")
