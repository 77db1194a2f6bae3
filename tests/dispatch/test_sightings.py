"""A unit with several devices: whom it follows, and what is told of the others."""

from __future__ import annotations

import pytest
from twisted.internet import defer

from dispatch import events as ev
from dispatch.tracking.bus import MemoryBus
from dispatch.tracking.sightings import FixesUsed, Sender, Sightings
from dispatch.tracking.trackers import Reading
from tests.dispatch.story import Story
from tests.texts import english

START = 1_790_000_000.0
BOX, PHONE = Sender("box", "AMB-01"), Sender("phone", "AMB-01")
GATEWAY = Sender("gateway")


class Room:
    """What sightings ask of a room; `told` is what they submit."""

    def __init__(self) -> None:
        self.board, self.at, self.told = Story().board, START, []

    def now(self) -> float:
        return self.at

    def submit(self, given):
        self.told.append(english(given.event.what))
        return defer.succeed(0)


def said(taken: FixesUsed) -> tuple[str, ...]:
    return tuple(english(one) for one in taken.ignored)


class Town:
    def __init__(self) -> None:
        self.room, self.bus = Room(), MemoryBus()
        self.sightings = Sightings(self.room, self.bus)

    def send(self, sender: Sender, after: float, lat: float = 0.92, **more) -> tuple[str, ...]:
        """`after` seconds from the last message; what was ignored."""
        self.room.at += after
        fix = ev.Fix(unit="AMB-01", lat=lat, lon=104.45, at=self.room.at, **more)
        return said(self.sightings.take(sender, [Reading(fix)]))

    @property
    def live(self) -> tuple[str, float]:
        fix = self.bus.fixes()["AMB-01"]
        return fix.device, fix.lat


@pytest.fixture
def town():
    return Town()


def test_a_unit_follows_one_device_until_it_is_silent_for_a_minute(town):
    town.send(BOX, 0, 0.92)
    town.send(PHONE, 5, 0.921)
    town.send(BOX, 5, 0.9201)
    town.send(PHONE, 5, 0.9211)
    assert town.live == ("box", 0.9201)
    town.send(PHONE, 50, 0.922)
    assert town.live == ("box", 0.9201)
    town.send(PHONE, 10, 0.9221)
    assert town.live == ("phone", 0.9221)


def test_its_own_device_takes_over_from_a_gateway_at_once_and_gives_back_when_it_is_silent(town):
    town.send(GATEWAY, 0, 0.92)
    town.send(PHONE, 1, 0.99)
    assert town.live == ("phone", 0.99)
    town.send(GATEWAY, 30, 0.9201)
    assert town.live == ("phone", 0.99) and "from where phone is" in town.room.told[0]
    for _ in range(3):
        town.send(GATEWAY, 35, 0.9202)
    assert town.live == ("gateway", 0.9202)


def test_a_device_that_says_nothing_of_use_takes_over_from_nobody(town):
    town.send(GATEWAY, 0)
    for _ in range(20):
        assert town.send(PHONE, 10, 95.0)
        town.send(GATEWAY, 1)
    assert town.live == ("gateway", 0.92)


def test_a_device_that_is_new_to_a_unit_begins_where_another_of_its_own_was(town):
    town.send(BOX, 0)
    assert "not possible" in town.send(PHONE, 61, 1.5)[0]
    assert town.live == ("box", 0.92)


def test_faults_are_told_once_a_minute_and_of_strangers_nothing_is_kept(town):
    for _ in range(50):
        town.send(BOX, 0, 95.0)
    assert len(town.room.told) == 1
    strange = [Reading(ev.Fix(unit=f"UFO-{n}", lat=1.0, lon=104.0, at=START)) for n in range(100)]
    taken = town.sightings.take(GATEWAY, strange)
    assert taken.kept == 0 and len(taken.ignored) == 100 and "no such unit" in said(taken)[0]
    assert "not the unit of this device" in said(town.sightings.take(BOX, strange[:1]))[0]
    for n in range(40):
        town.send(Sender(f"device {n}", "AMB-01"), 1)
    assert len(town.sightings._tracks["AMB-01"]) <= 8 and set(town.sightings._tracks) == {"AMB-01"}
    assert len(town.room.told) == 1


def test_names_that_a_device_gives_itself_are_looked_up_only_when_it_is_nobodys(town):
    fix = ev.Fix(unit="", lat=0.92, lon=104.45, at=START)
    town.sightings.take(GATEWAY, [Reading(fix, ("x9", "AMB-02"))])
    town.sightings.take(PHONE, [Reading(fix, ("AMB-02",))])
    assert {one.device for one in town.bus.fixes().values()} == {"gateway", "phone"} and len(town.bus.fixes()) == 2
    assert "x9: no such unit" in said(town.sightings.take(GATEWAY, [Reading(fix, ("x9",))]))
    assert ": no such unit" in said(town.sightings.take(GATEWAY, [Reading(fix)]))
