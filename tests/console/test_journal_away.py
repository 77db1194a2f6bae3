"""The disk is away: the console says so everywhere, shows nothing that cannot be recorded, and comes back by itself."""

from __future__ import annotations

import time

import pytest

from dispatch import events as ev
from dispatch.inputs import Noted
from dispatch.journal.chain import JournalUnavailable
from tests.console.test_site import cookie
from tests.texts import english


@pytest.fixture
def away(desk, monkeypatch):
    """`away(True)` takes the disk away, `away(False)` gives it back."""
    gone = [False]
    write = desk.journal.append

    def append(entries) -> None:
        if gone[0]:
            raise JournalUnavailable("journal.not-written", detail="disk full")
        write(entries)

    monkeypatch.setattr(desk.journal, "append", append)

    def switch(to: bool) -> None:
        gone[0] = to
        if to:
            something = Noted(ev.UserSignedOut(at=1.0, user="nobody"))
            desk.thread.reactor.callFromThread(desk.room.submit, something)
        desk.thread.until(lambda: bool(desk.room.trouble) == to)

    yield switch
    switch(False)


def test_nothing_is_claimed_and_nothing_shown_while_the_disk_is_away(desk, away):
    stream = desk.stream("dina")
    stream.next("state")
    away(True)
    while not stream.next("state")[1]["journal"]:
        pass
    assert desk.get("/healthz").json["ok"] is False and "disk full" in desk.get("/healthz").json["journal"]["text"]
    began = time.monotonic()
    got = desk.post("/api/v1/commands", "dina", {"command": "OpenIncident", "type": "medical"})
    assert got.status == 503 and "disk full" in english(got)
    for path in ("journal", "replay?call=x", "verify"):
        assert desk.get(f"/api/v1/{path}", "audi").status == 503, path
    assert time.monotonic() - began < 8
    assert desk.get("/api/v1/board", "dina").json["journal"]
    assert desk.get("/console", Cookie=cookie(desk, "dina")).status == 200
    away(False)
    while stream.next("state")[1]["journal"]:
        pass
    stream.close()
    assert desk.post("/api/v1/commands", "dina", {"command": "OpenIncident", "type": "medical"}).status == 200
