"""Callers who wait are told their place again and again; a great many of them cost no more than some."""

from dispatch import events as ev
from dispatch.settings import Policy
from tests.dispatch.story import Story


def announced(room: Story, *calls: str, **known) -> None:
    for call in calls:
        room.incoming(call, "", **known)
        room.reported(ev.AnnouncementStarted(at=room.now, call=call))


def plays(made) -> list[tuple[str, str]]:
    """(call, which number is said)."""
    return [(e.call, e.sounds[1]) for e in made if isinstance(e, ev.OrderIssued) and e.do == "play"]


def settle(room: Story) -> None:
    for order in list(room.board.orders.values()):
        room.reported(ev.OrderDone(at=room.now, order=order.id))


def passing(room: Story, seconds: int) -> list[ev.Event]:
    made = []
    for _ in range(seconds):
        made += room.wait(1.0)
        settle(room)
    return made


def test_who_waits_hears_their_place_every_half_minute_and_it_gets_better():
    room = Story()
    announced(room, "c1", "c2", "c3")
    assert plays(passing(room, 29)) == []
    made = room.wait(1.0)
    assert plays(made) == [("c1", "number_1"), ("c2", "number_2"), ("c3", "number_3")]
    orders = [e for e in made if isinstance(e, ev.OrderIssued)]
    assert orders[0].sounds == ("queue_position", "number_1", "please_wait")
    settle(room)
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    assert plays(passing(room, 30)) == [("c2", "number_1"), ("c3", "number_2")]
    assert (room.board.calls["c3"].told_place, room.board.calls["c3"].told) == (2, room.now)
    for call in ("c2", "c3"):
        room.reported(ev.CallEnded(at=room.now, call=call))
    passing(room, 31)
    assert "places:queue" not in room.board.deadlines, "nobody waits"


def test_who_still_hears_ringing_or_writes_is_told_nothing():
    room = Story()
    room.incoming("rings", "")
    announced(room, "writes", media="text")
    assert plays(passing(room, 70)) == []


def test_beyond_twenty_it_is_more_than_twenty():
    room = Story()
    announced(room, *(f"c{n:02}" for n in range(1, 24)))
    said = dict(plays(passing(room, 36)))
    assert said["c20"] == "number_20" and said["c21"] == said["c23"] == "number_many"


def test_a_thousand_callers_cost_five_orders_a_second_and_the_head_is_told_in_time():
    room = Story()
    announced(room, *(f"c{n:04}" for n in range(1000)))
    before = len(room.entries)
    made = passing(room, 120)
    per_second = len(plays(made)) / 120
    assert per_second <= 5 and len(room.entries) - before <= 120 * 11 + 1000 * 2
    assert len([call for call, _ in plays(made) if call == "c0000"]) >= 3


def test_a_city_may_tell_nothing():
    room = Story(policy=Policy(announce_every=0.0))
    announced(room, "c1")
    assert plays(passing(room, 60)) == [] and "places:queue" not in room.board.deadlines


def test_an_order_to_play_that_nobody_carried_out_is_no_alarm():
    room = Story()
    announced(room, "c1")
    room.wait(30)
    room.wait(21)
    assert not room.board.orders and not room.board.alarms
