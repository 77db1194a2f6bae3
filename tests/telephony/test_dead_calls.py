"""Dead calls and dead trunks: what is noticed, when, and what is never done to a caller who is merely silent."""

from __future__ import annotations

import re
import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch import events as ev
from routing.text import text
from telephony.lines.dead_calls import ACK_OVERDUE, Clear, DeadCalls, Probe, Sign, TakeAsAcknowledged
from telephony.lines.trunks import TRIES, TrunkWatch
from telephony.room import wire
from tests.dispatch.story import Story
from tests.servers import free_port, wait_until
from tests.telephony.lines import LiveSwitch, Phone, Room, answer_to
from tests.texts import english


def looks(dead_calls: DeadCalls, sign: Sign, start: int, end: int) -> list:
    return [do for second in range(start, end) for do in dead_calls.look({"c1": sign}, float(second))]


def test_a_silent_caller_is_asked_and_stays_when_somebody_answers():
    dead_calls = DeadCalls(20.0)
    assert looks(dead_calls, Sign(7, True), 0, 20) == []
    assert looks(dead_calls, Sign(7, True), 20, 25) == [Probe("c1")]
    assert dead_calls.answered("c1", 200, 25.0) == []
    assert looks(dead_calls, Sign(7, True), 25, 45) == []
    assert looks(dead_calls, Sign(7, True), 45, 46) == [Probe("c1")]
    assert dead_calls.answered("c1", 405, 46.0) == []


def test_no_such_call_clears_it_at_once_and_silence_at_the_second_question():
    dead_calls = DeadCalls(20.0)
    assert looks(dead_calls, Sign(7, True), 0, 21) == [Probe("c1")]
    cleared = dead_calls.answered("c1", 481, 21.5)
    assert isinstance(cleared[0], Clear) and "481" in english(cleared[0].why)
    dead_calls = DeadCalls(20.0)
    looks(dead_calls, Sign(7, True), 0, 21)
    assert dead_calls.answered("c1", 408, 28.0) == []
    assert looks(dead_calls, Sign(7, True), 28, 29) == [Probe("c1")]
    assert "no answer" in english(dead_calls.answered("c1", 408, 36.0)[0].why)


def test_counters_that_begin_anew_when_a_line_is_negotiated_again_are_a_sign_of_life():
    dead_calls = DeadCalls(20.0)
    assert looks(dead_calls, Sign(900, True), 0, 19) == []
    assert looks(dead_calls, Sign(0, True), 19, 38) == [], "another stream, which has heard nothing yet"
    assert looks(dead_calls, Sign(-1, True), 38, 57) == [], "no stream: on hold"
    assert looks(dead_calls, Sign(3, True), 57, 76) == []


def test_sound_between_two_questions_is_a_sign_of_life():
    dead_calls = DeadCalls(20.0)
    looks(dead_calls, Sign(7, True), 0, 21)
    dead_calls.answered("c1", 408, 28.0)
    assert looks(dead_calls, Sign(8, True), 28, 48) == []
    assert looks(dead_calls, Sign(8, True), 48, 49) == [Probe("c1")]
    assert dead_calls.answered("c1", 408, 56.0) == []


def test_answers_without_ack_are_counted_by_source():
    dead_calls = DeadCalls(20.0)
    assert looks(dead_calls, Sign(-1, False, "10.1.1.1"), 0, int(ACK_OVERDUE) + 1) == []
    assert dead_calls.overdue["10.1.1.1"] == 1
    dead_calls.look({"c1": Sign(-1, True, "10.1.1.1")}, 9.0)
    assert not dead_calls.overdue


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([None, 200, 405, 486])), max_size=80))
def test_a_caller_who_answers_is_never_cleared(steps):
    """Whatever it hears or not: only no answer, or no such call, ends a call."""
    dead_calls, now, heard = DeadCalls(5.0), 0.0, 0
    for packets, code in steps:
        now, heard = now + 1.0, heard + packets
        asked = dead_calls.look({"c1": Sign(heard, True)}, now)
        assert all(isinstance(do, Probe) for do in asked)
        if asked:
            assert dead_calls.answered("c1", code or 200, now) == []


def test_a_trunk_is_down_after_three_questions_and_up_with_one_answer():
    watch = TrunkWatch(("sip:10.1.1.1",))
    told, now = [], 0.0
    for code in (200, 408, 408, 408, 503, 408, 404, 200):
        while not (due := watch.due(now)):
            now += 1.0
        told += watch.answered(due[0], code, now, 1e9 + now)
    assert [type(event) for event in told] == [ev.TrunkLost, ev.TrunkBack]
    assert TRIES == 3 and english(told[0].why) == "it does not answer"


def test_the_room_raises_an_alarm_for_a_trunk_and_clears_it():
    story, trunk = Story(), "sip:10.1.1.1"
    story.reported(ev.TrunkLost(at=story.now, trunk=trunk, why=text("why.trunk-silent")))
    assert story.board.alarms[f"trunk-{trunk}"].level == "critical"
    story.reported(ev.TrunkBack(at=story.now, trunk=trunk))
    assert not story.board.alarms


def test_live_the_bye_after_a_question_counts_on(tmp_path):
    """A telephone refuses a number that it has had (RFC 3261, 12.2.2), and would stay in a call that is over."""
    live = LiveSwitch(tmp_path, 36_000, RTP_SILENT_AFTER=1).start()
    try:
        with Phone(live) as phone:
            assert phone.call()[0] == 200
            asked = [phone.asked("OPTIONS") for _ in range(2)]
            room = Room(live)
            call = live.waits_for("CallReceived", phone.call_id)[0]["call"]
            room.say(wire.OrderMessage(number=1, do="hangup", call=call))
            asked.append(phone.asked("BYE"))
            numbers = [int(re.search(r"(?im)^cseq:\s*(\d+)", text).group(1)) for text in asked]
            assert numbers == sorted(set(numbers))
            room.close()
    finally:
        live.stop()


class Trunk:
    """Answers OPTIONS with 200 while it is `up`."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", free_port()))
        self.uri = f"sip:127.0.0.1:{self._socket.getsockname()[1]}"
        self.up = True
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            raw, peer = self._socket.recvfrom(65_535)
            if self.up:
                self._socket.sendto(answer_to(raw), peer)


@pytest.mark.timeout(120)
def test_live_a_vanished_caller_and_a_trunk_that_falls_silent(tmp_path):
    """One switch, everything at once, because each of these takes its seconds."""
    trunk = Trunk()
    live = LiveSwitch(tmp_path, 35_000, RTP_SILENT_AFTER=2, TRUNK_WATCH=trunk.uri).start()
    try:
        gone, quiet = Phone(live), Phone(live)
        assert gone.call()[0] == quiet.call()[0] == 200
        trunk.up = False
        served = quiet.serve_in_background()
        ended = live.waits_for("CallEnded", gone.call_id, seconds=40)[0]
        assert ended["by"] == "failure" and "no answer when asked" in english(ended["why"])
        assert served["OPTIONS"] >= 2 and not live.events("CallEnded", quiet.call_id)
        quiet.__exit__()
        wait_until(lambda: live.events("TrunkLost"), 60, "the trunk to be missed")
        trunk.up = True
        wait_until(lambda: live.events("TrunkBack"), 60, "the trunk to be back")
    finally:
        live.stop()


def test_no_ack_and_sound_is_an_acknowledgement_and_no_ack_and_silence_is_the_end():
    dead_calls = DeadCalls(20.0)
    signs = {"talks": Sign(0, False, "10.1.1.1"), "silent": Sign(0, False, "10.1.1.2")}
    for second in range(9):
        signs["talks"] = Sign(second * 50, False, "10.1.1.1")
        done = dead_calls.look(signs, float(second))
    assert TakeAsAcknowledged("talks") in done and dead_calls.overdue["10.1.1.1"] == 0
    assert [do.leg for do in done if isinstance(do, Clear)] == ["silent"] and dead_calls.overdue["10.1.1.2"] == 1
    # a single packet long ago is no sound
    later = dead_calls.look({"talks": signs["talks"]}, 20.0)
    assert [do.leg for do in later if isinstance(do, Clear)] == ["talks"]


@pytest.mark.parametrize("silent_after", [0.0, 20.0])
def test_a_doubted_call_is_asked_soon_when_it_falls_silent_and_never_while_there_is_sound(silent_after):
    dead_calls, doubted = DeadCalls(silent_after), Sign(7, True, doubted=True)
    heard = [Sign(second, True, doubted=True) for second in range(60)]
    assert not [do for second, sign in enumerate(heard) for do in dead_calls.look({"c1": sign}, float(second))]
    asked = [second for second in range(60, 75) if dead_calls.look({"c1": doubted}, float(second))]
    assert asked == [70]  # it was last heard anew at 60


def test_sound_that_comes_back_while_the_question_is_open_outweighs_its_answer():
    for code in (481, 408):
        dead_calls = DeadCalls(20.0)
        assert looks(dead_calls, Sign(7, True), 0, 21) == [Probe("c1")]
        dead_calls.hear("c1", 8, 22.0)
        assert dead_calls.answered("c1", code, 22.5) == []
