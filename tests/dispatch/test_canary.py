"""The canary: what it must prove, what is said when it does not, and when it goes."""

from __future__ import annotations

import msgspec
import pytest

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.inputs import Noted
from dispatch.policy.calls import canary
from routing.text import text
from tests.dispatch.story import Story, kinds
from tests.texts import english, refuses


def with_canary(every: float = 900.0) -> Story:
    room = Story()
    policy = msgspec.structs.replace(room.world.policy, canary="sip:900@trunk", canary_every=every)
    room.world = msgspec.structs.replace(room.world, policy=policy)
    room.input(Noted(ev.RoomStarted(at=room.now)))
    return room


def out(room: Story) -> list[ev.Event]:
    return room.ask("sri", "supervisor", cmd.RunCanary())


def prove(room: Story, *but: str) -> list[ev.Event]:
    """All facts of a canary that comes back well, without those named."""
    made = []
    name = room.board.tables["canary"]["out"].id
    facts = {
        "rang": ev.CanaryRang(at=room.now, canary=name),
        "came": ev.CallReceived(at=room.now, call=f"test-{name}", test=True, service="test.sos"),
        "answered": ev.CanaryAnswered(at=room.now, canary=name),
        "ended": ev.CanaryEnded(at=room.now, canary=name, why=text("sip.200", answer="200 OK")),
        "out": ev.CanaryHeard(at=room.now, canary=name, way="out", share=0.9, heard=True),
        "back": ev.CanaryHeard(at=room.now, canary=name, way="back", share=0.9, heard=True),
    }
    for key, fact in facts.items():
        if key not in but:
            made += room.reported(fact)
    return made


def test_a_canary_that_comes_back_clears_the_alarm_of_the_one_before():
    room = with_canary()
    out(room)
    prove(room, "back")
    assert "CanaryFailed" in kinds(room.wait(61))
    assert "its voice did not come back" in english(room.board.alarms["canary"])
    out(room)
    made = prove(room)
    assert kinds(made)[-2:] == ["CanaryPassed", "AlarmCleared"]
    assert "canary" not in room.board.alarms and room.board.tables["canary"]["last"].why is None


@pytest.mark.parametrize(
    ("without", "said"),
    [
        (("rang",), "did not ring"),
        (("came", "out"), "did not come in here, its voice was not recorded"),
        (("out",), "was not recorded"),
    ],
)
def test_what_is_missing_is_said_with_what_to_do(without, said):
    room = with_canary()
    out(room)
    prove(room, *without)
    room.wait(61)
    alarm = room.board.alarms["canary"]
    assert alarm.level == "critical" and said in english(alarm) and "Call 112 from a mobile" in english(alarm)


def test_a_line_that_refuses_needs_no_waiting():
    room = with_canary()
    name = out(room)[0].canary
    why = text("sip.503", answer="503 Service Unavailable")
    made = room.reported(ev.CanaryEnded(at=room.now, canary=name, why=why))
    assert "AlarmRaised" in kinds(made) and "503" in english(room.board.alarms["canary"])


def test_it_goes_by_itself_again_and_again_and_never_two_at_once():
    room = with_canary(every=30.0)
    assert "CanaryStarted" in kinds(room.wait(60))
    assert "CanaryStarted" not in kinds(room.wait(30))
    room.wait(31)
    assert "CanaryStarted" in kinds(room.wait(30))
    with refuses("out already"):
        out(room)
    assert room.replayed() == room.board


def test_without_a_setting_none_goes_and_the_next_room_forgets_the_old_plan():
    room = with_canary()
    room.world = msgspec.structs.replace(room.world, policy=msgspec.structs.replace(room.world.policy, canary=""))
    room.input(Noted(ev.RoomStarted(at=room.now)))
    assert room.wait(100) == []
    with refuses("not set up"):
        out(room)


def test_a_call_of_a_real_person_is_no_canary():
    room = with_canary()
    out(room)
    room.incoming("c1")
    assert room.board.tables["canary"]["out"].call == ""


def test_somebody_elses_test_call_at_the_same_time_takes_nothing_from_it():
    room = with_canary()
    room.incoming("before", test=True, service="test.sos")
    room.wait(1)
    name = out(room)[0].canary
    room.incoming("theirs", test=True, service="test.sos")
    room.incoming("ours", test=True, service="test.sos")
    room.incoming("c1")
    asked = [name, "before", "theirs", "ours", "c1", "unknown"]
    ways = [canary.way_of(room.board, canary.current(room.board), call) for call in asked]
    assert ways == ["back", None, "out", "out", None, None]
