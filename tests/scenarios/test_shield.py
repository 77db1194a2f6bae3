"""A number that pranks, with real telephones: three times judged, then behind the others, asked, and believed."""

from __future__ import annotations

import pytest

from tests.scenarios.instance import Instance
from tests.scenarios.test_killed import seated_by_phone
from tests.servers import wait_until

PRANKSTER = "+628129998877"


@pytest.fixture
def town(tmp_path):
    made = Instance(tmp_path, ANNOUNCE_AFTER=2, WRAP_UP=0)
    made.start()
    yield made
    made.stop()


def waiting(desk) -> dict[str, dict]:
    return {c["caller"]: c for c in desk.board()["calls"].values() if c["state"] == "queued"}


def test_who_pranked_three_times_waits_behind_others_until_they_press_5(town):
    desk, _ = seated_by_phone(town)
    for _ in range(3):
        caller = town.call("--number", PRANKSTER, "--no-location", "--seconds", "60")
        call = wait_until(lambda: waiting(desk).get(PRANKSTER), what="the prank to wait")["id"]
        assert not desk.board()["calls"][call]["suspected"]
        desk.command("AnswerCall", call=call, position="P1")
        wait_until(lambda: desk.board()["calls"][call]["state"] == "talking", what="both to talk")  # noqa: B023
        desk.command("DisposeCall", call=call, disposition="prank")
        desk.command("HangUp", call=call)
        caller.wait(20)
        wait_until(lambda: not desk.board()["positions"]["P1"]["call"], what="the position to be free")
    desk.command("SetReady", position="P1", ready=False, reason="break")
    town.call("--number", PRANKSTER, "--no-location", "--seconds", "60", "--press", "5", "--press-after", "12")
    ghost = wait_until(lambda: waiting(desk).get(PRANKSTER), what="the fourth call")
    assert ghost["suspected"] and ghost["score_reasons"][0]["text"]["code"] == "shield.prank"
    town.call("--number", "081155556666", "--no-location", "--seconds", "60")
    wait_until(lambda: "+6281155556666" in waiting(desk), what="somebody else to wait")
    asked = lambda: [o for o in town.events("OrderIssued") if o.get("sounds") == ["ghost"]]  # noqa: E731
    wait_until(asked, what="the suspected caller to be asked")
    told = desk.get("/api/v1/queues")["total"]
    assert (told["waiting"], told["suspected"]) == (2, 1)
    desk.command("SetReady", position="P1", ready=True)
    offered = lambda: [e["call"] for e in town.events("CallOffered")]  # noqa: E731
    assert offered()[-1] == waiting(desk)["+6281155556666"]["id"], "the other one is first although it came later"
    wait_until(lambda: waiting(desk)[PRANKSTER]["urgent"] == "pressed", 30, "the key to be heard")
    assert not waiting(desk)[PRANKSTER]["suspected"]
