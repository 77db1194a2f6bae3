"""Pages list waiting calls in the order in which the room offers them, by what the feed tells of each: real browser."""

from __future__ import annotations

import json
import random

import msgspec
import pytest

from dispatch import events as ev
from dispatch.policy.queues.queues import in_order, precedence
from dispatch.records import Call
from routing.city.queues import DEFAULT, QueueSpec
from routing.text import text
from tests.console.desk import Desk
from tests.dispatch.story import Story

ORDER = """async ({ calls, precedence, times }) => {
  const { feed, waiting } = await import("/static/shared/store.mjs");
  feed.board = { ...feed.board, calls };
  feed.precedence = precedence;
  return times.map((now) => {
    feed.now = () => now;
    return waiting().map((call) => call.id);
  });
}"""
NOW = 1.8e9


def test_a_page_puts_400_calls_in_the_rooms_order_at_any_time_without_a_word_of_it(visit):
    chance = random.Random(112)
    fire = QueueSpec(id="fire", services=("sos.fire",), priority=2, names={"id": "Api"})
    world = Story((fire, DEFAULT)).world
    calls = [
        Call(
            id=f"c{n}", received=NOW - chance.choice((0, 30, 59.5, 60, 119, 120, chance.uniform(0, 300))),
            queue=chance.choice(("fire", "112")), urgent=chance.choice(("", "", "ecall")),
            suspected=chance.random() < 0.3, state="queued",
        )
        for n in range(400)
    ]  # fmt: skip
    times = [NOW, NOW + 0.5, NOW + 30, NOW + 61, NOW + 150]
    told = {
        "calls": {call.id: call for call in calls},
        "precedence": {call.id: precedence(call, world) for call in calls},
        "times": times,
    }
    page = visit("wati")
    page.wait_for_selector("#sign-on")
    listed = page.evaluate(ORDER, json.loads(msgspec.json.encode(told)))
    for now, names in zip(times, listed, strict=True):
        assert names == [call.id for call in in_order(calls, now, world)], now - NOW


@pytest.fixture
def floor(reactor_thread, tmp_path):
    made = Desk(reactor_thread, tmp_path)
    yield made
    made.close()


def test_the_feed_tells_the_precedence_of_each_waiting_call_once_and_again_when_it_is_another(floor):
    desk = floor
    desk.incoming("ordinary")
    feed, crew = desk.stream("dina"), desk.stream("rudi")
    assert feed.next("board")[1]["precedence"] == {"ordinary": [[0.0, 1, 0], [120.0, 0, 0]]}
    assert crew.next("board")[1]["precedence"] == {}
    desk.incoming("prank")
    assert feed.next("entry")[1]["precedence"]["prank"] == [[0.0, 1, 0], [120.0, 0, 0]]
    reasons = (ev.Reason(text=text("shield.silent", count=3), weight=0.6),)
    scored = ev.CallScored(at=desk.room.now(), call="prank", value=0.8, suspected=True, reasons=reasons)
    desk.reported(scored)
    while (entry := feed.next("entry")[1])["event"]["event"] != "CallScored":
        assert entry.get("precedence", {}).keys() <= {"prank"}
    assert entry["precedence"] == {"prank": [[0.0, 2, 0], [60.0, 1, 0], [120.0, 0, 0]]}
    desk.reported(ev.CallEnded(at=desk.room.now(), call="prank", by="caller"))
    while (entry := feed.next("entry")[1])["event"]["event"] != "CallEnded":
        pass
    assert "precedence" not in entry, "who waits no longer has none"
    feed.close(), crew.close()
