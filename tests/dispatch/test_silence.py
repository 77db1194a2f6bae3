"""Stories of callers of whom nothing is heard, and of vehicles, as the room decides."""

from __future__ import annotations

import msgspec
import pytest

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.calldata import Msd
from dispatch.inputs import Noted, Refused
from dispatch.policy.calls.silence import AGAIN, PROMPTS
from dispatch.settings import Policy
from tests.dispatch.story import Story
from tests.texts import refuses

MSD = Msd(version=2, vehicle="M1", vin="WVWZZZ1KZAW000001", heading=90.0, automatic=True)


def silent(room: Story, call: str = "c1", seconds: float = 8.0, **more) -> list[ev.Event]:
    return room.reported(ev.SilenceNoted(at=room.now, call=call, seconds=seconds, **more))


def waiting(room: Story, call: str = "c1", **more) -> None:
    room.incoming(call, "+62811", **more)
    room.wait(10)
    room.reported(ev.AnnouncementStarted(at=room.now, call=call))
    room.wait(8)


def prompts(events) -> list[tuple[str, ...]]:
    return [e.sounds for e in events if isinstance(e, ev.OrderIssued) and e.do == "play" and e.sounds == ("silent",)]


def test_a_silent_caller_who_waits_is_asked_three_times_and_never_hung_up_on():
    room = Story()
    waiting(room)
    made = silent(room, never=True)
    assert prompts(made) == [("silent",)] and room.board.calls["c1"].prompts == 1
    later: list[ev.Event] = []
    for _ in range(60):
        later += room.wait(10)
    assert len(prompts(later)) == PROMPTS - 1
    asked = [e.at for e in later if isinstance(e, ev.CallerPrompted)]
    assert asked[1] - asked[0] >= AGAIN
    assert [e.times for e in later if isinstance(e, ev.PromptsUnanswered)] == [PROMPTS]
    assert not [e for e in later if isinstance(e, ev.OrderIssued) and e.do == "hangup"]
    assert room.board.calls["c1"].state == "queued"


@pytest.mark.parametrize(
    "sign",
    [
        lambda now: ev.SilenceNoted(at=now, call="c1", seconds=9, heard=True),
        lambda now: ev.DtmfReceived(at=now, call="c1", digits="5"),
        lambda now: ev.TextReceived(at=now, call="c1", text="tolong", via="message"),
    ],
    ids=["a sound", "a key", "a line"],
)
def test_a_sign_of_life_ends_the_asking(sign):
    room = Story()
    waiting(room)
    silent(room, never=True)
    room.reported(sign(room.now))
    later: list[ev.Event] = []
    for _ in range(20):
        later += room.wait(10)
    assert not prompts(later) and not [e for e in later if isinstance(e, ev.PromptsUnanswered)]


def test_who_presses_5_is_answered_before_those_who_only_wait():
    room = Story()
    waiting(room)
    silent(room)
    room.reported(ev.DtmfReceived(at=room.now, call="c1", digits="5"))
    assert room.board.calls["c1"].urgent == "pressed"


def test_nobody_is_asked_who_is_talked_with_who_writes_or_who_tests():
    for more in ({"media": "text"}, {"test": True}):
        room = Story()
        waiting(room, **more)
        assert not prompts(silent(room))
    room = Story()
    room.seated()
    waiting(room)
    room.answered("c1", "P1")
    assert not prompts(silent(room)) and room.board.calls["c1"].silent_since


def test_who_is_answered_is_asked_no_more():
    room = Story()
    waiting(room)
    silent(room)
    room.reported(ev.CallBridged(at=room.now, call="c1", position="alternate centre"))
    assert not prompts([e for _ in range(9) for e in room.wait(10)])


def test_a_suspected_ghost_hears_its_question_once_when_it_is_connected():
    room = Story()
    room.incoming("c1", "+62811")
    room.input(Noted(ev.CallScored(at=room.now, call="c1", value=0.9, suspected=True)))
    room.wait(10)
    made = room.reported(ev.AnnouncementStarted(at=room.now, call="c1"))
    assert [e.sounds for e in made if isinstance(e, ev.OrderIssued)] == [("ghost",)]
    room.incoming("c2", "+62812")
    room.wait(10)
    other = room.reported(ev.AnnouncementStarted(at=room.now, call="c2"))
    assert not [e for e in other if isinstance(e, ev.OrderIssued)]


def hanging_up(seconds: float) -> Story:
    room = Story()
    room.world = msgspec.structs.replace(room.world, policy=Policy(hang_up_silent=seconds, order_for=20.0))
    return room


def test_only_where_the_supervisor_says_so_a_line_that_was_always_silent_is_ended_and_owed_a_callback():
    room = hanging_up(120.0)
    waiting(room)
    began = room.now - 8
    silent(room, never=True)
    made: list[ev.Event] = []
    while not [e for e in made if isinstance(e, ev.SilentLetGo)] and room.now < began + 600:
        made += room.wait(5)
    let_go = made[-1]
    assert isinstance(let_go, ev.OrderIssued) and let_go.do == "hangup" and let_go.call == "c1"
    assert 120 <= room.now - began <= 130 and len(prompts(made)) == PROMPTS - 1
    ended = room.reported(ev.CallEnded(at=room.now, call="c1", by="centre"))
    assert [e for e in ended if isinstance(e, ev.CallbackOwed)]


@pytest.mark.parametrize("sign", [{"never": False}, {"never": True, "press": "1"}], ids=["was heard", "pressed"])
def test_a_line_that_ever_gave_a_sign_is_not_ended(sign):
    room = hanging_up(120.0)
    waiting(room)
    silent(room, never=sign["never"])
    if "press" in sign:
        room.reported(ev.DtmfReceived(at=room.now, call="c1", digits=sign["press"]))
    later = [e for _ in range(90) for e in room.wait(10)]
    assert not [e for e in later if isinstance(e, ev.SilentLetGo)]


def test_a_policy_that_is_withdrawn_lets_nobody_go():
    room = hanging_up(300.0)
    waiting(room)
    silent(room, never=True)
    for _ in range(12):
        room.wait(10)
    assert "let_go:c1" in room.board.deadlines
    room.world = msgspec.structs.replace(room.world, policy=Policy())
    later = [e for _ in range(60) for e in room.wait(10)]
    assert not [e for e in later if isinstance(e, ev.SilentLetGo)] and "let_go:c1" not in room.board.deadlines


def test_data_of_a_vehicle_stand_on_the_call_and_can_be_asked_for_anew():
    room = Story()
    room.seated()
    room.incoming("c1", "+62811", service="sos.ecall.automatic")
    room.reported(ev.MsdReceived(at=room.now, call="c1", msd=MSD))
    assert room.board.calls["c1"].msd == MSD
    with pytest.raises(Refused):
        room.ask("ana", "call-taker", cmd.RequestMsd(call="c1"))
    room.answered("c1", "P1")
    (order,) = [e for e in room.ask("ana", "call-taker", cmd.RequestMsd(call="c1")) if isinstance(e, ev.OrderIssued)]
    assert (order.do, order.call) == ("msd", "c1")


def test_a_call_that_is_no_vehicles_cannot_be_asked_for_its_data():
    room = Story()
    room.seated()
    room.incoming("c1", "+62811")
    room.answered("c1", "P1")
    with refuses("vehicle"):
        room.ask("ana", "call-taker", cmd.RequestMsd(call="c1"))


def test_a_vehicle_that_says_only_later_that_it_tests_rings_nowhere_any_more():
    room = Story()
    room.seated()
    room.incoming("c1", "+62811", service="sos.ecall.manual")
    assert room.board.calls["c1"].offered_to == "P1"
    room.reported(ev.MsdReceived(at=room.now, call="c1", msd=msgspec.structs.replace(MSD, test=True), test=True))
    call = room.board.calls["c1"]
    assert call.test and not call.offered_to
    later = [e for _ in range(9) for e in room.wait(10)]
    assert not [e for e in later if isinstance(e, ev.CallOffered)]


def test_a_vehicle_that_says_late_that_it_only_tests_rings_nowhere_again_and_the_figures_add_up():
    room = Story()
    room.incoming("c1", service="sos.ecall.automatic")
    room.reported(ev.MsdReceived(at=room.now, call="c1", msd=msgspec.structs.replace(MSD, test=True), test=True))
    room.seated()
    assert not room.board.calls["c1"].offered_to and not room.board.tables["waiting"]
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    (row,) = room.board.queue_hours.values()
    assert (row.received, row.overflowed_out, row.answered) == (1, 1, 0) and not room.board.callbacks


def test_whoever_was_spoken_with_is_no_test_any_more():
    room = Story()
    room.seated()
    room.incoming("c1", service="sos.ecall.automatic")
    room.answered("c1", "P1")
    room.reported(ev.MsdReceived(at=room.now, call="c1", msd=msgspec.structs.replace(MSD, test=True), test=True))
    room.reported(ev.PositionLegDown(at=room.now, position="P1", leg="leg-P1"))
    assert room.board.calls["c1"].state == "queued" and room.board.calls["c1"].queue == "112"
