"""The lines between switch and room survive any cutting, and nothing else is taken for a message."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch import events as ev
from dispatch.records import Order
from routing.text import Text
from telephony.room import wire

MESSAGES = [
    wire.HelloMessage(boot="b1", legs=("b1-1", "b1-2"), positions={"P1": "b1-3"}),
    wire.ReportMessage(boot="b1", number=1, event=ev.CallReceived(at=1.5, call="b1-1", caller="+62811\n\"é😀")),
    wire.ReportMessage(boot="b1", number=2, event=ev.DiscrepancyNoted(at=2.0, about="switch", what=Text("a\r\nb"))),
    wire.ReadyMessage(),
    wire.Ack(boot="b1", number=2),
    wire.OrderMessage(number=7, do="connect", call="b1-1", position="P1", expires=9.0),
    wire.Expect(ticket="t", position="P1", user="sari"),
    wire.Phones(known={"sari": "0" * 32}),
    wire.Ping(),
]  # fmt: skip
STREAM = b"".join(wire.line(message) for message in MESSAGES)


def test_an_order_is_the_same_in_the_journal_on_the_board_and_on_the_wire():
    told = {*ev.OrderIssued.__struct_fields__} - {*ev.Event.__struct_fields__}
    assert {*Order.__struct_fields__} == told | {"id", "issued"}
    assert {*wire.OrderMessage.__struct_fields__} == told - {"by"} | {"number", "journal"}, "who asked is ours"


def test_one_message_is_one_line():
    assert STREAM.count(b"\n") == len(MESSAGES)


@given(st.lists(st.integers(0, len(STREAM)), max_size=30))
@settings(max_examples=150, deadline=None)
def test_the_same_messages_come_out_however_the_bytes_are_cut(cuts):
    reader, got, places = wire.WireReader(), [], sorted({0, *cuts, len(STREAM)})
    for start, stop in zip(places, places[1:], strict=False):
        got += reader.feed(STREAM[start:stop])
    assert got == MESSAGES


@given(st.lists(st.binary(max_size=60), max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_messages_or_unread(chunks):
    reader = wire.WireReader()
    for chunk in chunks:
        for message in reader.feed(chunk):
            assert isinstance(message, wire.Message | wire.UnreadLine)


@pytest.mark.parametrize(
    "line", [b"{}", b'{"is":"order"}', b'{"is":"jump"}', b"[1]", b'{"is":"ack","boot":1,"number":"x"}', b"\xff"]
)
def test_what_is_not_of_this_protocol_is_said(line):
    said, behind = wire.WireReader().feed(line + b"\n" + wire.line(wire.Ping()))
    assert isinstance(said, wire.UnreadLine) and "not a message" in said.why and said.line == line
    assert behind == wire.Ping(), "what is behind it is read all the same"


def test_a_line_without_an_end_is_not_collected_for_ever():
    reader = wire.WireReader()
    got = [message for _ in range(40) for message in reader.feed(b"x" * 100_000)]
    got += reader.feed(b"x\n" + wire.line(wire.Ping()))
    assert [type(message) for message in got] == [wire.UnreadLine, wire.Ping] and "more than" in got[0].why


@pytest.mark.parametrize("at", ["1" + "0" * 400, "-1", "true", "null", '"soon"', "1e11", "[[]]", "0.5"])
def test_a_report_of_an_unknown_kind_is_kept_whatever_its_time_is(at):
    """A number of any length may stand there, and the lines behind it count all the same."""
    odd = b'{"is":"report","boot":"b1","number":3,"event":{"event":"Tomorrow","at":%b,"call":"b1-1"}}\n' % at.encode()
    unread, after = wire.WireReader().feed(odd + wire.line(wire.ReadyMessage()))
    kept = unread.report.event
    assert (unread.report.number, kept.about, after) == (3, "b1-1", wire.ReadyMessage())
    assert 0 <= kept.at <= 1e11 and "Tomorrow" in kept.detail
