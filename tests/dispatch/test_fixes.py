"""Which positions are believed: stories of one device, and what must hold for any."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.events import Fix
from dispatch.tracking.fixes import HELD, NEW, SURE, Track, judge
from routing.location import offset
from tests.texts import english

NOW = 1_790_000_000.0
HOME = (0.92, 104.45)


def fix(at: float = 0.0, east: float = 0.0, **more) -> Fix:
    """`at` seconds after NOW, `east` metres from home."""
    lat, lon = offset(*HOME, 90.0, east)
    return Fix(unit="AMB-01", lat=lat, lon=lon, at=NOW + at, **{"accuracy": 8.0, **more})


class Device:
    """Sends, and keeps what became of it. A fix is received in the moment that it tells of, unless `now` says when."""

    def __init__(self) -> None:
        self.track, self.live, self.told = Track(), None, []

    def send(self, *fixes: Fix, now: float | None = None, under_way: float = 0.0) -> str:
        """Why the last that was ignored was ignored, "" when all were kept."""
        received = max(one.at for one in fixes) if now is None else NOW + now
        judged = judge(self.track, list(fixes), received, under_way)
        self.track, self.live = judged.track, judged.live or self.live
        self.told += [english(one) for one in judged.told]
        assert judged.kept + len(judged.ignored) == len(fixes)
        return english(judged.ignored[-1]) if judged.ignored else ""

    @property
    def seen(self) -> tuple[float, str]:
        """When the live position was, after NOW, and the doubt about it."""
        return round(self.live.at - NOW, 3), self.live.doubt


def test_what_no_receiver_with_a_fix_sends_is_not_used():
    device = Device()
    for lat, lon in ((0.0, 0.0), (0.004, -0.003), (91.0, 104.0), (0.92, 181.0), (float("nan"), 104.0)):
        assert device.send(Fix(unit="AMB-01", lat=lat, lon=lon, at=NOW))
    for at in (-1.0, 0.0, 1e12):
        assert "time" in device.send(Fix(unit="AMB-01", lat=0.92, lon=104.45, at=at), now=0)
    assert device.live is None and device.track.state == NEW and len(device.told) == 8


def test_older_ones_and_the_same_again_do_not_move_a_unit():
    device = Device()
    assert device.send(fix(10, east=100)) == ""
    assert "older" in device.send(fix(5, east=50), now=11)
    assert "known" in device.send(fix(10, east=100), now=12)
    assert device.seen == (10, "") and device.told == []


def test_a_phone_that_comes_back_sends_all_it_has_in_any_order():
    device = Device()
    device.send(fix(0))
    assert device.send(*(fix(at, east=at * 10) for at in (60, 20, 40, 100, 80)), now=101) == ""
    assert device.seen == (100, "")


def test_one_jump_is_held_and_forgotten_when_the_next_fix_is_back():
    device = Device()
    device.send(fix(0))
    assert "not possible" in device.send(fix(5, east=9000))
    assert device.seen == (0, "jump") and device.track.state == HELD
    assert device.send(fix(10, east=60)) == ""
    assert device.seen == (10, "") and device.track.state == SURE


def test_a_jump_that_the_next_fixes_agree_with_is_believed():
    device = Device()
    device.send(fix(0))
    told = [device.send(fix(at, east=30_000 + at)) for at in (60, 66, 72)]
    assert [bool(why) for why in told] == [True, True, False]
    assert device.seen == (72, "")


def test_a_glitch_of_some_seconds_is_not_believed_however_many_fixes_it_sends():
    device = Device()
    device.send(fix(0))
    for tenth in range(80):
        assert device.send(fix(1 + tenth / 10, east=9000))
    assert device.seen == (0, "jump") and len(device.track.held) <= 3
    assert device.send(fix(12, east=20)) == ""


def test_a_unit_that_was_carried_while_its_device_was_off_is_believed_at_once():
    device = Device()
    device.send(fix(0))
    assert device.send(fix(3600, east=60_000)) == ""
    assert device.seen == (3600, "")


def test_a_place_known_to_kilometres_waits_for_a_better_one_to_grow_old():
    device = Device()
    device.send(fix(0))
    assert "2.5 km" in device.send(fix(30, east=800, accuracy=2500.0))
    assert device.seen == (0, "")
    assert device.send(fix(700, east=800, accuracy=2500.0)) == ""
    assert device.seen == (700, "inaccurate")
    assert device.send(fix(710, east=2000)) == ""
    assert device.seen == (710, "")


def test_a_speed_that_nothing_has_is_left_out():
    device = Device()
    device.send(fix(0, speed=400.0))
    assert device.live.speed == 0.0
    device.send(fix(1, speed=15.0))
    assert device.live.speed == 15.0


def test_a_clock_that_is_ahead_is_told_once_and_corrected():
    device = Device()
    for at in range(0, 50, 10):
        assert device.send(fix(3600 + at, east=at), now=at) == ""
    assert device.seen == (40, "clock")
    assert [why for why in device.told if "clock" in why] == device.told and len(device.told) == 1
    assert "60 min ahead" in device.told[0]
    assert device.send(fix(50, east=50), now=50) == ""  # somebody set it
    assert device.seen == (50, "")


def test_a_second_of_difference_between_two_clocks_is_no_matter():
    device = Device()
    assert device.send(fix(30), now=0) == ""
    assert device.seen == (0, "") and device.told == []
    assert device.send(fix(31), now=1) == ""


def test_a_clock_that_is_a_thousand_weeks_behind_is_found_out():
    """GPS counts weeks to 1024; an old receiver begins anew."""
    device, behind = Device(), 1024 * 7 * 86_400
    why = [device.send(fix(at - behind, east=at), now=at) for at in range(0, 100, 20)]
    assert all("days ago" in one for one in why[:4]) and why[4] == ""
    assert device.seen == (80, "clock") and "7168 days behind" in device.told[-1]


def test_a_queue_that_is_sent_late_is_no_wrong_clock():
    device = Device()
    for n in range(12):  # every message holds the next ten minutes of two hours ago, until the phone has caught up
        device.send(*(fix(-7200 + 600 * n + 60 * k, east=10 * (10 * n + k)) for k in range(10)), now=15 * n)
    assert device.live.doubt == "" and device.seen[0] == -60.0 and device.told == []


def test_a_receiver_that_stands_still_while_its_unit_drives_is_told():
    device = Device()
    for at in range(0, 170, 10):
        device.send(fix(at), under_way=NOW)
    assert device.live.doubt == ""
    for at in range(170, 260, 10):
        device.send(fix(at), under_way=NOW)
    assert device.live.doubt == "frozen" and len(device.told) == 1
    device.send(fix(270, east=30), under_way=NOW)
    assert device.live.doubt == ""


def test_the_same_moment_again_and_again_is_frozen_too():
    device = Device()
    for at in range(0, 260, 10):
        device.send(fix(0), now=at, under_way=NOW)
    assert device.live.doubt == "frozen" and device.seen[0] == 0


# -- what must hold for any device
numbers = st.floats(allow_nan=True, allow_infinity=True)
places = st.tuples(st.floats(-90, 90), st.floats(-180, 180)) | st.tuples(numbers, numbers)
times = st.floats(-100, 100) | st.floats(-1e6, 1e6) | st.floats(-1.8e9, 1e12)
anything = st.builds(
    lambda place, at, accuracy, speed: Fix(
        unit="AMB-01", lat=place[0], lon=place[1], at=NOW + at, accuracy=accuracy, speed=speed
    ),
    places, times, st.floats(0, 1e8), st.floats(0, 1e8),
)  # fmt: skip
messages = st.lists(st.tuples(st.floats(0, 5000), st.lists(anything, min_size=1, max_size=4)), max_size=25)


@settings(max_examples=150, deadline=None)
@given(messages, st.sampled_from([0.0, NOW]))
def test_whatever_comes_nothing_grows_and_the_live_position_never_goes_back_in_time(sent, under_way):
    device, now, before = Device(), 0.0, None
    for later, fixes in sent:
        now += later
        device.send(*fixes, now=now, under_way=under_way)
        track = device.track
        assert len(track.held) <= 3 and len(track.late) <= 5
        if device.live is not None:
            assert -90 <= device.live.lat <= 90 and -180 <= device.live.lon <= 180
            assert device.live.at <= NOW + now and 0 <= device.live.speed <= 70
            assert before is None or device.live.at >= before
            before = device.live.at


@settings(max_examples=150, deadline=None)
@given(messages, st.floats(1.0, 120.0), st.floats(-80, 80), st.floats(-180, 180))
def test_whatever_was_before_nobody_is_locked_out_for_ever(sent, every, lat, lon):
    """A good device is believed again after a dozen fixes, wherever it is by then."""
    device, now = Device(), 0.0
    for later, fixes in sent:
        now += later
        device.send(*fixes, now=now)
    lon = max(lon, 1.0) if abs(lat) < 1 else lon
    for _ in range(14):
        now += every
        sent = Fix(unit="AMB-01", lat=lat, lon=lon, at=NOW + now, accuracy=5.0)
        device.send(sent, now=now)
    assert (device.live.lat, device.live.lon, device.live.doubt) == (lat, lon, "")


@settings(max_examples=100, deadline=None)
@given(st.floats(0, 500_000), st.floats(1, 60))
def test_one_fix_alone_moves_a_unit_no_further_than_it_can_have_gone(east, later):
    device = Device()
    device.send(fix(0))
    device.send(fix(later, east=east))
    gone = device.live.at - NOW
    assert gone == 0 or east <= 70 * later + 170
    assert msgspec.json.encode(device.track)
