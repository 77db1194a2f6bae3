"""The order in which waiting calls are answered: ghosts last, nobody for ever."""

from hypothesis import given
from hypothesis import strategies as st

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.policy.queues.priority import FIRST_AFTER, prompt, queue_key
from dispatch.records import Call
from dispatch.settings import Policy
from tests.dispatch.story import Story
from tests.dispatch.test_shield import NUMBER, pranked

POLICY = Policy()
calls = st.builds(
    Call,
    id=st.uuids().map(str),
    received=st.floats(0, 1000),
    urgent=st.sampled_from(["", "", "ecall", "pressed", "called_back"]),
    suspected=st.booleans(),
)


def order(calls, now):
    return [c.id for c in sorted(calls, key=lambda c: queue_key(c, now, POLICY))]


def test_first_ecall_and_those_who_pressed_then_ordinary_calls_by_age_then_suspected_ones():
    waiting = [
        Call(id="ghost", received=0, suspected=True),
        Call(id="old", received=10),
        Call(id="young", received=30),
        Call(id="ecall", received=50, urgent="ecall"),
        Call(id="pressed", received=40, urgent="pressed"),
    ]
    assert order(waiting, 55) == ["pressed", "ecall", "old", "young", "ghost"]
    assert order(waiting, 60) == ["pressed", "ecall", "ghost", "old", "young"], "after a minute it has its place back"
    assert order(waiting, 131)[:2] == ["ghost", "old"], "and nobody is overtaken for ever"


@given(st.lists(calls, min_size=1, max_size=30), st.floats(1000, 3000))
def test_who_waited_long_has_only_calls_before_it_that_came_before_it(waiting, now):
    longest = max(FIRST_AFTER, POLICY.ghost_patience)
    sequence = sorted(waiting, key=lambda c: queue_key(c, now, POLICY))
    for place, call in enumerate(sequence):
        if now - call.received >= longest:
            assert all(before.received <= call.received for before in sequence[:place])


@given(st.lists(calls, min_size=2, max_size=30), st.floats(1000, 1100))
def test_a_suspected_call_is_behind_ordinary_ones_only_until_its_patience_ends(waiting, now):
    sequence = sorted(waiting, key=lambda c: queue_key(c, now, POLICY))
    for place, call in enumerate(sequence):
        if call.suspected and now - call.received < POLICY.ghost_patience:
            assert not any(not behind.suspected for behind in sequence[place:])


@given(calls, st.floats(1000, 2000), st.floats(0, 500))
def test_waiting_never_costs_a_place(call, now, more):
    assert queue_key(call, now + more, POLICY) <= queue_key(call, now, POLICY)


def test_a_suspected_caller_is_answered_after_the_others_and_is_asked_to_press_5():
    room = Story()
    pranked(room, 3)
    room.incoming("ghost", NUMBER)
    room.now += 5
    room.incoming("real", "+628119999999")
    assert prompt(room.board.calls["ghost"]) == ("ghost",) and prompt(room.board.calls["real"]) == ()
    made = room.ask("ana", "call-taker", cmd.SetReady(position="P1", ready=True))
    assert [e.call for e in made if isinstance(e, ev.CallOffered)] == ["real"]


def test_a_free_call_taker_is_offered_a_suspected_call_at_once():
    room = Story()
    pranked(room, 3)
    room.ask("ana", "call-taker", cmd.SetReady(position="P1", ready=True))
    assert [e.call for e in room.incoming("ghost", NUMBER) if isinstance(e, ev.CallOffered)] == ["ghost"]


def test_who_waited_in_vain_goes_first_and_who_hung_up_at_once_does_not():
    for waited, why in ((12.0, "called_back"), (3.0, "")):
        room = Story()
        room.incoming("c1", NUMBER)
        room.now += waited
        room.reported(ev.CallEnded(at=room.now, call="c1"))
        room.now += 60
        room.incoming("c2", NUMBER)
        assert room.board.calls["c2"].urgent == why
    room.reported(ev.CallEnded(at=room.now, call="c2"))
    room.now += 3600
    room.incoming("c3", NUMBER)
    assert room.board.calls["c3"].urgent == "", "after an hour it is a call of its own"


def test_whose_line_we_lost_goes_first_whatever_the_number_did():
    room = Story()
    pranked(room, 4)
    room.incoming("c1", NUMBER)
    room.reported(ev.CallEnded(at=room.now, call="c1", by="failure"))
    room.now += 60
    room.incoming("c2", NUMBER)
    call = room.board.calls["c2"]
    assert call.urgent == "called_back" and not call.suspected and call.score > 0.6


def test_an_ecall_goes_first():
    room = Story()
    room.reported(ev.CallReceived(at=room.now, call="e", caller=NUMBER, service="sos.ecall.automatic"))
    assert room.board.calls["e"].urgent == "ecall"
