"""Two rooms' buses over one real Redis: what one node is told, the other one knows a second later."""

from __future__ import annotations

import pytest
from twisted.internet import task

from dispatch.events import Fix
from dispatch.tracking.bus import Mirror, RedisBus
from tests.servers import Redis, end

HERE = (0.92, 104.45)


class Node:
    """A bus that is mirrored as the room's service does it, only more often."""

    def __init__(self, thread, url: str) -> None:
        self.bus = Mirror(RedisBus(url, prefix="nodes", timeout=0.5), lambda after, limit: [], lambda: 0)
        self._thread, self._loop = thread, task.LoopingCall(self.bus.exchange)
        self._loop.clock = thread.reactor
        thread.call(lambda: self._loop.start(0.1) and None)

    def fix(self, unit: str) -> Fix | None:
        return self._thread.call(self.bus.fixes).get(unit)

    def close(self) -> None:
        self._thread.call(self._loop.stop)
        self._thread.until(lambda: not self.bus._busy)
        self.bus.close()


@pytest.fixture
def server(tmp_path):
    made = Redis(tmp_path)
    made.start()
    yield made
    end(made.process)


@pytest.fixture
def nodes(reactor_thread, server):
    made = [Node(reactor_thread, server.url) for _ in range(2)]
    yield made
    for node in made:
        node.close()


def fix(at: float, lat: float = HERE[0], **more) -> Fix:
    return Fix(unit="AMB-01", lat=lat, lon=HERE[1], at=at, **more)


def test_a_position_and_the_doubt_about_it_reach_the_other_node(reactor_thread, nodes):
    a, b = nodes
    reactor_thread.call(a.bus.sight, fix(10.0))
    reactor_thread.until(lambda: b.bus.fixes().get("AMB-01") == fix(10.0))
    reactor_thread.call(a.bus.sight, fix(10.0, doubt="jump"))
    reactor_thread.until(lambda: b.bus.fixes()["AMB-01"].doubt == "jump")
    reactor_thread.call(b.bus.sight, fix(20.0, lat=0.93))
    reactor_thread.until(lambda: a.bus.fixes()["AMB-01"] == fix(20.0, lat=0.93))
    assert a.bus.near(0.93, HERE[1], 50.0) == b.bus.near(0.93, HERE[1], 50.0) == ["AMB-01"]
    assert a.bus.near(*HERE, 50.0) == []


def test_each_node_goes_on_alone_while_redis_is_away_and_tells_what_it_knows_when_it_is_back(
    reactor_thread, nodes, server
):
    a, b = nodes
    server.kill()
    reactor_thread.until(lambda: a.bus.trouble and b.bus.trouble)
    reactor_thread.call(a.bus.sight, fix(30.0))
    assert a.bus.near(*HERE, 50.0) == ["AMB-01"] and b.bus.near(*HERE, 50.0) == []
    server.start()
    reactor_thread.until(lambda: b.bus.fixes().get("AMB-01") == fix(30.0))
    reactor_thread.until(lambda: not a.bus.trouble)
