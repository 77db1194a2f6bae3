"""The clock is set, or the room did not run: what waits goes on waiting as long as it would have, and no longer."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.inputs import Noted
from dispatch.journal.memory import MemoryJournal
from dispatch.policy.queues.statistics import hours_between
from dispatch.timing.timekeeper import Absent, Stepped, Timekeeper
from dispatch.tracking.bus import MemoryBus, Mirror, RedisBus
from dispatch.tracking.sightings import Sender, Sightings
from dispatch.tracking.trackers import Reading
from tests.dispatch.story import PLACE, Story
from tests.texts import english, indonesian

CALENDAR = {"shift", "reopen", "conditions"}


class Machine:
    """Its two clocks, and a process on it."""

    def __init__(self) -> None:
        self.wall, self.steady = 1000.0, 50.0
        self.keeper = Timekeeper(lambda: self.wall, lambda: self.steady)

    def passes(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds


@limits(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["turn", "set", "away"]), st.floats(-4000, 4000)), max_size=30))
def test_seconds_are_steady_and_count_neither_the_setting_of_the_clock_nor_an_absence(steps):
    machine = Machine()
    keeper, ran, told = machine.keeper, 0.0, []
    began = keeper.seconds()
    for what, size in steps:
        if what == "set":
            machine.wall += size
            told += [round(size, 3)] if abs(size) >= 1 else []
            assert keeper.now() == machine.wall, "stamps are by the clock that everybody reads"
        elif what == "away":
            machine.passes(2.0 + abs(size))
            told.append(round(2.0 + abs(size), 3))
        else:
            machine.passes(abs(size) % 1.9)
            ran += abs(size) % 1.9
        assert keeper.seconds() - began == pytest.approx(ran, abs=1e-6)
    assert [round(skip.seconds, 3) for skip in keeper.skips()] == told
    assert keeper.skips() == [], "each is told once"


def test_which_of_the_two_it_was_is_told():
    machine = Machine()
    machine.keeper.seconds()
    machine.wall -= 30
    machine.keeper.now()
    machine.passes(20)
    machine.keeper.seconds()
    assert machine.keeper.skips() == [Stepped(-30.0), Absent(20.0)]
    kernel, origin = machine.keeper.origin()
    assert kernel and origin == 920.0


# -- the room
def test_a_start_that_took_long_was_no_absence():
    times = iter([0.0] * 3 + [1.0, 9.0, 9.0])
    keeper = Timekeeper(wall=lambda: 0.0, steady=lambda: next(times))
    keeper.seconds()
    keeper.seconds()
    keeper.begin()
    keeper.seconds()
    assert keeper.skips() == []


def busy() -> Story:
    room = Story()
    for user, position in (("ana", "P1"), ("budi", "P2")):
        room.seated(user, position)
    room.ask("budi", "call-taker", cmd.SetReady(position="P2", ready=True))
    room.incoming("c1", "+628110001")
    room.answered("c1", "P1", "ana")
    room.ask("ana", "dispatcher", cmd.OpenIncident(type="fire", call="c1", location=PLACE))
    room.ask("ana", "dispatcher", cmd.AssignUnit(incident="K-00001", unit="AMB-01", reason="because"))
    room.incoming("c2", "+628110002")
    room.ask("ana", "dispatcher", cmd.SetConditions(rain=True, until=room.now + 3000))
    return room


def set_clock(room: Story, step: float) -> list[ev.Event]:
    room.now += step
    return room.input(Noted(ev.ClockStepped(at=room.now, of="room", seconds=step)))


def left(room: Story) -> dict[str, float]:
    """Seconds until each deadline."""
    return {key: round(one.due - room.now, 3) for key, one in room.board.deadlines.items() if one.kind not in CALENDAR}


@limits(deadline=None, max_examples=20)
@given(st.lists(st.floats(-1e6, 1e6).filter(lambda s: abs(s) >= 1), min_size=1, max_size=4))
def test_however_the_clock_is_set_everything_is_due_when_it_would_have_been(steps):
    room = busy()
    before, calendar = left(room), room.board.deadlines["conditions:now"]
    waited = room.now - room.board.calls["c2"].waiting_since
    assert {key.split(":")[0] for key in before} >= {"offer", "overflow", "ack"}
    for step in steps:
        set_clock(room, step)
        assert left(room) == pytest.approx(before, abs=0.01)
        call = room.board.calls["c2"]
        assert room.now - call.waiting_since == pytest.approx(waited, abs=0.01)
        assert room.board.tables["waiting"]["c2"] == pytest.approx(call.waiting_since, abs=0.01)
    assert room.board.deadlines["conditions:now"] == calendar, "what goes by the calendar stays where it is"
    assert room.board == room.replayed()


@pytest.mark.parametrize(("step", "en", "id_"), [(3700, "forward by 1 h 1 min", "dimajukan 1 jam 1 menit"),
                                                (-30, "back by 30 s", "dimundurkan 30 detik")])  # fmt: skip
def test_it_is_said_which_way_and_how_far(step, en, id_):
    room = busy()
    set_clock(room, step)
    alarm = room.board.alarms["clock"]
    assert en in english(alarm) and id_ in indonesian(alarm)


def test_the_switchs_clock_moves_nothing_of_the_rooms_and_is_said_too():
    room = busy()
    before = left(room)
    room.reported(ev.ClockStepped(at=room.now, of="switch", seconds=-90.0))
    assert left(room) == before and "back by 1 min 30 s" in english(room.board.alarms["clock"])


def test_who_waits_is_counted_in_one_hour_and_the_hours_still_add_up():
    room = Story()
    room.now = 3600.0 * 10 + 1800
    room.seated()
    room.ask("ana", "call-taker", cmd.SetReady(position="P1", ready=True))
    room.incoming("c1")
    room.now += 4
    set_clock(room, 3600.0)
    room.answered("c1", "P1")
    rows = sorted(room.board.queue_hours.values(), key=lambda row: row.hour)
    open_ = [r.received + r.overflowed_in - r.overflowed_out - r.answered for r in rows]
    assert open_ == [0, 0] and rows[1].answered == 1 and rows[1].longest == pytest.approx(4, abs=0.01)
    journal = MemoryJournal()
    journal.append(room.entries)
    kept = sorted(hours_between(journal, 3600.0 * 9, 3600.0 * 13), key=lambda row: row.hour)
    assert kept == rows


def test_crews_are_on_duty_by_the_new_clock_and_who_signed_on_by_hand_stays():
    hours = {"day": (7, 19)}

    def duty(shift: str, now: float) -> tuple[bool, float]:
        hour = now / 3600 % 24
        on = hours[shift][0] <= hour < hours[shift][1]
        return on, (now // 86400) * 86400 + (hours[shift][1] if on else hours[shift][0] + 24 * (hour >= 19)) * 3600

    room = Story(duty=duty)
    room.now = 86400.0 * 10 + 8 * 3600
    here = {"agency": "FIR", "kind": "car", "name": "x", "lat": 0.9, "lon": 104.4, "shift": "day"}
    room.input(Noted(ev.UnitRegistered(at=room.now, unit="FIR-09", **here)))
    assert room.board.units["FIR-09"].on_shift
    set_clock(room, 12 * 3600.0)
    assert not room.board.units["FIR-09"].on_shift, "it is eight in the evening"
    room.input(Noted(ev.UnitStatusChanged(at=room.now, unit="FIR-09", status="available", by="crew")))
    set_clock(room, 600.0)
    assert room.board.units["FIR-09"].on_shift
    set_clock(room, -12 * 3600.0)
    assert room.board.deadlines["shift:crews"].due > room.now
    assert room.board == room.replayed()


def test_a_room_that_begins_again_notices_that_the_clock_was_set_meanwhile():
    room = busy()
    room.input(Noted(ev.RoomStarted(at=room.now, kernel="k1", origin=500.0)))
    before = left(room)
    room.now += 3600.0 + 2
    made = room.input(Noted(ev.RoomStarted(at=room.now, kernel="k1", origin=4100.0)))
    assert [e.seconds for e in made if isinstance(e, ev.ClockStepped)] == [3600.0]
    for kind in ("offer:c2", "ack:T-00001", "overflow:c2"):
        assert left(room)[kind] == pytest.approx(before[kind] - 2, abs=0.01)
    another = room.input(Noted(ev.RoomStarted(at=room.now, kernel="k2", origin=9.0)))
    assert not any(isinstance(e, ev.ClockStepped) for e in another), "another start of the machine proves nothing"


def test_a_step_that_was_told_is_not_told_again_at_the_next_start():
    room = busy()
    room.input(Noted(ev.RoomStarted(at=room.now, kernel="k1", origin=500.0)))
    set_clock(room, 3600.0)
    made = room.input(Noted(ev.RoomStarted(at=room.now, kernel="k1", origin=4100.0)))
    assert not any(isinstance(e, ev.ClockStepped) for e in made)
    later = room.input(Noted(ev.RoomStarted(at=room.now, kernel="k1", origin=4700.0)))
    assert [e.seconds for e in later if isinstance(e, ev.ClockStepped)] == [600.0]
    assert room.board == room.replayed()


# -- units' positions
def reading(at: float, lat: float) -> Reading:
    return Reading(fix=ev.Fix(unit="AMB-01", at=at, lat=lat, lon=104.4))


class Board:
    def __init__(self, room: Story) -> None:
        self.story, self.board = room, room.board

    def now(self) -> float:
        return self.story.now

    def submit(self, given):
        raise AssertionError(given)


@pytest.mark.parametrize("step", [-3600.0, 3600.0])
def test_positions_are_taken_on_when_the_clock_is_set(step):
    room, bus = Story(), MemoryBus()
    room.now = 1e9
    sightings, sender = Sightings(Board(room), bus), Sender("phone", "AMB-01")
    assert sightings.take(sender, [reading(room.now, 0.9)]).kept
    room.now += step
    for one in (bus, sightings):
        one.clock_set(step, room.now)
    assert room.now - bus.fixes()["AMB-01"].at == pytest.approx(0, abs=0.01), "as old as it was"
    room.now += 10
    assert sightings.take(sender, [reading(room.now, 0.9004)]).kept
    assert bus.fixes()["AMB-01"].lat == 0.9004


def test_redis_takes_them_on_too(redis):
    remote = RedisBus(redis.url, prefix="clockset")
    mirror = Mirror(remote, lambda after, limit: [], lambda: 0)
    mirror.sight(msgspec.structs.replace(reading(5000.0, 0.9).fix))
    mirror._exchanged(mirror._exchange(mirror.fixes(), 0, False))
    mirror.clock_set(-3600.0, 1400.0)
    assert mirror.sight(reading(1410.0, 0.91).fix)
    mirror._anew = False
    mirror._exchanged(mirror._exchange(mirror.fixes(), 0, True))
    assert mirror.fixes()["AMB-01"].lat == 0.91 == remote.fixes()["AMB-01"].lat
    remote.close()
