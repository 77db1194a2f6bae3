"""One contract for every bus, against a real Redis; and one node that goes on when Redis is killed."""

import pytest

from dispatch.events import Fix
from dispatch.tracking.bus import BusUnavailable, MemoryBus, RedisBus
from tests.dispatch.test_journal import chain


@pytest.fixture(params=["memory", "redis"])
def bus(request):
    if request.param == "memory":
        yield MemoryBus()
    else:
        made = RedisBus(request.getfixturevalue("redis").url, prefix=request.node.name)
        yield made
        made.close()


def fix(unit="AMB-01", at=10.0, lat=0.92, lon=104.45):
    return Fix(unit=unit, lat=lat, lon=lon, at=at)


def test_the_newest_fix_wins_in_whatever_order_they_come(bus):
    assert bus.sight(fix(at=10.0))
    assert bus.sight(fix(at=12.5, lat=0.93))
    assert not bus.sight(fix(at=11.0, lat=0.5))
    assert not bus.sight(fix(at=12.5, lat=0.5))
    assert bus.fixes() == {"AMB-01": fix(at=12.5, lat=0.93)}


def test_what_is_thought_of_a_fix_may_change_and_its_place_may_not(bus):
    lat, lon = 0.1 + 0.2, 104.123456789012
    told = Fix(unit="AMB-01", lat=lat, lon=lon, at=1790000000.123)
    assert bus.sight(told)
    assert not bus.sight(told)
    doubted = Fix(unit="AMB-01", lat=lat, lon=lon, at=1790000000.123, doubt="jump")
    assert bus.sight(doubted)
    assert not bus.sight(Fix(unit="AMB-01", lat=lat, lon=105.0, at=1790000000.123))
    assert bus.fixes() == {"AMB-01": doubted}


def test_units_near_a_point_come_nearest_first(bus):
    bus.sight(fix("A", lat=0.9205))
    bus.sight(fix("B", lat=0.9201))
    bus.sight(fix("C", lat=0.99))
    assert bus.near(0.92, 104.45, 1000.0) == ["B", "A"]


def test_entries_are_read_from_where_one_stopped(bus):
    entries = chain(12)
    bus.publish(entries[:5])
    bus.publish(entries[3:])
    assert bus.read(0) == entries
    assert bus.read(4, 3) == entries[4:7]
    assert bus.read(12) == []


def test_who_is_too_far_behind_is_sent_to_the_journal(bus):
    entries = chain(12)
    bus.publish(entries[6:])
    assert bus.read(2) is None
    assert bus.read(6) == entries[6:]


def test_a_redis_that_is_killed_is_said_to_be_away(tmp_path):
    from tests.servers import Redis

    server = Redis(tmp_path)
    server.start()
    bus = RedisBus(server.url, timeout=0.5)
    assert bus.sight(fix())
    server.kill()
    for ask in (bus.fixes, lambda: bus.sight(fix(at=99.0)), lambda: bus.publish(chain(1)), lambda: bus.read(0)):
        with pytest.raises(BusUnavailable):
            ask()
    bus.close()
