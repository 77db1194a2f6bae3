"""The measurements measure: what they count is compared with runs whose outcome is known."""

from __future__ import annotations

import random
import struct
from itertools import islice

import pytest

from bench import table
from bench.callers import call_many
from bench.capture import can_capture, read_capture
from bench.centre import bare_loop, centre, journaled
from bench.journal import entries_of_service, events_of_service
from dispatch import events as ev
from dispatch.journal.keys import Keys
from dispatch.journal.replay import fold
from dispatch.journal.verification import verify
from tests.entries import entry_after


def packet(at: float, text: bytes) -> bytes:
    udp = struct.pack(">HHHH", 5060, 5061, 8 + len(text), 0)
    frame = bytes(14) + bytes([0x45]) + bytes(19) + udp + text
    return struct.pack("<IIII", int(at), round(at % 1 * 1e6), len(frame), len(frame)) + frame


def message(start: bytes, call: bytes, method: bytes = b"INVITE") -> bytes:
    return b"%b\r\nCall-ID: %b\r\nCSeq: 1 %b\r\n\r\n" % (start, call, method)


def test_a_capture_gives_the_time_from_the_first_invite_to_the_first_200_to_it(tmp_path):
    invite = b"INVITE urn:service:sos SIP/2.0"
    told = [
        (1.0, message(invite, b"a")),
        (1.5, message(invite, b"a")),
        (1.501, message(b"SIP/2.0 100 Trying", b"a")),
        (1.502, message(b"SIP/2.0 200 OK", b"a")),
        (1.8, message(b"SIP/2.0 200 OK", b"a")),
        (2.0, message(invite, b"b")),
        (2.9, message(b"SIP/2.0 200 OK", b"b", b"BYE")),
    ]
    file = tmp_path / "lo.pcap"
    file.write_bytes(bytes(24) + b"".join(packet(*one) for one in told) + b"cut off")
    seen = read_capture(file)
    assert seen.repeated == 1
    assert seen.answer_times() == [pytest.approx(0.502)]
    assert set(seen.invited) == {"a", "b"}


def test_a_call_without_exactly_one_beginning_and_one_end_is_counted_as_wrong():
    good = [ev.CallReceived(at=1, call="g", sip_call_id="G"), ev.CallEnded(at=2, call="g")]
    open_for_ever = [ev.CallReceived(at=1, call="o", sip_call_id="O")]
    twice = [ev.CallReceived(at=1, call="t", sip_call_id="T"), *2 * [ev.CallEnded(at=2, call="t")]]
    entries, last = [], None
    for event in [*good, *open_for_ever, *twice]:
        last = entry_after(last, 1, event)
        entries.append(last)
    assert (journaled(entries[:2]).calls, journaled(entries[:2]).wrong) == (1, 0)
    assert journaled(entries).wrong == 2


def test_the_made_up_service_is_one_that_the_board_understands():
    entries = list(islice(entries_of_service(Keys()), 3000))
    assert verify(entries).intact
    board = fold(entries)
    assert len(board.incidents) > 20 and not board.orders
    kinds = {type(event) for event in islice(events_of_service(random.Random(1)), 3000)}
    assert {ev.LocationReceived, ev.UnitAssigned, ev.RecordingSealed, ev.UnitsSighted} <= kinds


def test_percentiles_are_values_that_occurred():
    assert table.percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert table.percentile(list(range(100)), 0.99) == 99
    assert table.percentile([], 0.99) == 0.0


def test_each_call_of_sipp_is_answered_journaled_and_timed(tmp_path):
    with centre() as ours, bare_loop() as bare:
        before = ours.last_seq()
        for answerer in (ours, bare):
            called = call_many(answerer.sip, 20, 1.0, tmp_path, hold=0.3)
            assert (called.made, called.failed, len(called.times)) == (20, 0, 20)
            assert all(0 < seconds < 5 for seconds in called.times)
            if can_capture():
                assert len(called.seen.invited) == 20
        kept = journaled(ours.entries(before))
        assert (kept.calls, kept.wrong) == (20, 0)
        assert set(ours.loads()) == {"switch", "room"} and ours.cpu() > 0
