"""The gate with real packets: who is let in, who is refused and how, and that nobody else suffers for it."""

from __future__ import annotations

import re
import time

import pytest

from telephony.lines.gate import FATES, SourceTally, refusals
from tests.servers import wait_until
from tests.telephony.lines import LiveSwitch, Phone
from tests.texts import english


@pytest.fixture(scope="module")
def switch(tmp_path_factory):
    keys = {"MAX_CALLS": 8, "MAX_CALLS_PER_SOURCE": 4, "RESERVED_CALLS": 2}
    live = LiveSwitch(tmp_path_factory.mktemp("gate"), 34_000, **keys).start()
    yield live
    live.stop()


def test_one_source_does_not_take_the_places_of_the_others(switch):
    phones = [Phone(switch, "127.0.0.2") for _ in range(6)]
    try:
        assert [phone.call()[0] for phone in phones] == [200] * 4 + [503] * 2
        others = [Phone(switch, "127.0.0.3") for _ in range(4)]
        phones += others
        # six of eight are for anybody; the last two for those who have few: one call at most
        assert [phone.call()[0] for phone in others] == [200, 200, 503, 503]
        with Phone(switch, "127.0.0.4") as third:
            assert third.call()[0] == 200
        said = wait_until(lambda: [english(e["what"]) for e in switch.events("DiscrepancyNoted")])
        assert any("127.0.0.2" in what and "max_calls_per_source" in what for what in said)
    finally:
        for phone in phones:
            phone.__exit__()
    wait_until(lambda: len(switch.events("CallEnded")) == len(switch.events("CallReceived")), what="all calls to end")


def test_a_refusal_says_when_to_come_back_and_leaves_nothing_behind(switch):
    with Phone(switch, "127.0.0.5") as one:
        others = [Phone(switch, "127.0.0.5") for _ in range(3)]
        assert one.call()[0] == 200 and all(phone.call()[0] == 200 for phone in others)
        with Phone(switch, "127.0.0.5") as late:
            code, text = late.call()  # the ACK has no answer, and the INVITE repeated after it the same one
            assert code == 503 and re.search(r"(?m)^Retry-After: 5\r$", text)
            assert late.repeat_invite() == 503
        for phone in others:
            phone.__exit__()
    assert not switch.events("CallReceived", late.call_id)


def test_a_repeated_invite_of_an_admitted_call_is_no_second_call(switch):
    with Phone(switch) as phone:
        assert phone.call()[0] == 200
        phone.repeat_invite(0.3)
        assert len(switch.waits_for("CallReceived", phone.call_id)) == 1


def test_call_takers_come_in_when_every_place_is_taken(switch):
    phones = [Phone(switch, f"127.0.0.{host}") for host in (6, 6, 6, 6, 7, 7, 8, 9)]
    try:
        assert [phone.call()[0] for phone in phones] == [200] * 8
        with Phone(switch, "127.0.0.10") as refused, Phone(switch, "127.0.0.10") as desk:
            assert refused.call()[0] == 503
            assert desk.call("sip:pos-P1@siaga.id")[0] == 401
    finally:
        for phone in phones:
            phone.__exit__()


def test_strangers_are_told_no_but_not_for_ever(switch):
    with Phone(switch, "127.0.1.9") as stranger:
        assert stranger.call()[0] == 403
        for _ in range(300):
            stranger.send(stranger.request("OPTIONS"))
        heard = stranger.count_answers(0.5)
        assert 50 <= heard <= 150  # a hundred at once, then a hundred a second
    switch.answers()
    said = wait_until(
        lambda: [english(e["what"]) for e in switch.events("DiscrepancyNoted") if "127.0.1.9" in english(e["what"])]
    )
    assert "sip_trunks" in said[0]


def test_strangers_do_not_have_us_answer_without_end_to_what_belongs_to_nothing(switch):
    with Phone(switch, "127.0.1.10") as stranger:
        for method, to in (("OPTIONS", ";tag=made-up"), ("CANCEL", "")):
            time.sleep(1.1)  # a hundred answers are there again
            for _ in range(200):
                stranger.send(stranger.request(method, To=f"<sip:112@siaga.id>{to}"))
            assert 50 <= stranger.count_answers(0.5) <= 150, method
    with Phone(switch, "127.0.1.11") as desk, Phone(switch, "127.0.1.12") as other:
        codes = [desk.call("sip:pos-P1@siaga.id")[0] for _ in range(12)]
        assert set(codes) == {401, 503}
        assert other.call("sip:pos-P2@siaga.id")[0] == 401, "one address does not keep call-takers' phones out"


def test_info_in_a_call_is_answered_and_one_outside_is_not_ours(switch):
    with Phone(switch) as phone:
        assert phone.call()[0] == 200
        for body in ("Signal=5\r\nDuration=160\r\n", ""):
            kind = "application/dtmf-relay" if body else ""
            phone.send(phone.request("INFO", body=body, Content_Type=kind))
            assert phone.hears("INFO")[0] == 200
        phone.send(phone.request("OPTIONS"))  # whether the call is there
        assert phone.hears("OPTIONS")[0] == 200
        assert switch.waits_for("DtmfReceived", phone.call_id)[0]["digits"] == "5"
    assert "Traceback" not in switch.log()


def test_an_answer_that_is_never_acknowledged_is_given_up_soon_and_called_a_failure(switch):
    phone = Phone(switch, "127.0.0.11")
    began = time.monotonic()
    assert phone.call_without_ack()[0] == 200
    ended = switch.waits_for("CallEnded", phone.call_id)[0]
    assert ended["by"] == "failure" and time.monotonic() - began < 15
    phone.__exit__()


def test_every_reason_has_a_sentence_that_says_what_to_do():
    said = refusals([SourceTally("10.1.1.1", 0, {reason: 3 for reason in FATES[1:]})])
    assert len(said) == len(FATES) - 1
    assert all("10.1.1.1" in english(what) and "3 " in english(what) for what in said)
