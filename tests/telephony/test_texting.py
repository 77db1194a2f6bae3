"""Stories of callers who write, with the pure switch."""

from __future__ import annotations

import msgspec

from dispatch import events as ev
from telephony.messages.sip import TextMessage
from telephony.room.wire import OrderMessage
from telephony.switch import actions as do
from telephony.switch import texting
from telephony.switch.announcements import TESTED, written
from telephony.switch.orders import carry_out
from tests.telephony.legs import CALL, NOW, a_switch, connect, told, with_seat

SENDER, VIA = "sip:+62811@op.id", "10.0.0.1:5060"


def wrote(text: str, **more) -> TextMessage:
    return TextMessage(method="MESSAGE", caller="+62811", called="sip:112@siaga.id", text=text, sender=SENDER, **more)


def message(switch, text: str, now: float = NOW, fresh: str = "c1", **more) -> do.Actions:
    return texting.messaged(switch, fresh, "10.0.0.1", VIA, wrote(text, **more), "", now)


def test_a_first_message_opens_a_call_without_sound_and_the_next_ones_belong_to_it():
    switch = a_switch()
    first = message(switch, "tolong")
    (call,) = told(first, ev.CallReceived)
    assert (call.call, call.caller, call.media) == ("c1", "+62811", "text")
    assert told(first, ev.TextReceived)[0].text == "tolong"
    second = message(switch, "ada api", NOW + 5, fresh="c2")
    assert not told(second, ev.CallReceived) and told(second, ev.TextReceived)[0].call == "c1"
    assert switch.holds()[0] == ("c1",)


def test_a_writer_is_offered_taken_and_ended_like_any_other_and_nothing_is_bridged_or_recorded():
    switch = with_seat(a_switch())
    message(switch, "tolong")
    taken = carry_out(switch, connect(), NOW + 1)
    assert told(taken, ev.CallBridged)[0].position == "P1" and told(taken, ev.OrderDone)
    assert not [a for a in taken if isinstance(a, (do.Hear, do.RecordLeg, do.Play))]
    said = carry_out(switch, OrderMessage(number=2, do="text", call="c1", text="Di mana?"), NOW + 2)
    assert said[0] == do.Write("c1", "Di mana?", SENDER, VIA)
    ended = carry_out(switch, OrderMessage(number=3, do="hangup", call="c1"), NOW + 3)
    assert told(ended, ev.CallEnded)[0].by == "centre" and switch.legs["s1"].call == ""
    again = message(switch, "halo?", NOW + 9, fresh="c2")
    assert told(again, ev.CallReceived)[0].call == "c2"


def test_who_waits_is_told_once_in_writing_that_the_message_was_read():
    switch = a_switch(announce_after=10.0)
    message(switch, "tolong", languages=("en-GB",))
    assert texting.look(switch, NOW + 9) == []
    waited = texting.look(switch, NOW + 10.1)
    assert told(waited, ev.AnnouncementStarted) and do.Write("c1", written("en"), SENDER, VIA) in waited
    assert texting.look(switch, NOW + 20) == []


def test_a_session_ends_when_nobody_writes_any_more():
    switch = a_switch(text_idle=60.0, announce_after=1.0)
    message(switch, "tolong")
    message(switch, "cepat", NOW + 50)
    assert not told(texting.look(switch, NOW + 100), ev.CallEnded)
    assert told(texting.look(switch, NOW + 111), ev.CallEnded)[0].by == "centre"
    assert not switch.legs and switch.writers == 0


def test_without_the_room_a_writer_is_not_given_to_a_telephone():
    switch = with_seat(a_switch(room_silent_after=1.0, alternate_centre="sip:112@other"))
    message(switch, "tolong")
    assert not [a for a in switch.tick(NOW + 60, True) if isinstance(a, (do.Dial, do.Hear))]


def test_is_typing_and_empty_messages_open_nothing():
    switch = a_switch()
    assert message(switch, " ") == [] and not switch.legs


def test_a_test_message_is_answered_and_pages_nobody():
    made = message(a_switch(), "uji", service="test.sos")
    assert told(made, ev.CallReceived)[0].test and do.Write("c1", TESTED, SENDER, VIA) in made


def test_too_many_sessions_are_told_to_call_instead(monkeypatch):
    monkeypatch.setattr(texting, "MOST", 1)
    switch = a_switch()
    message(switch, "tolong")
    other = msgspec.structs.replace(wrote("halo"), sender="sip:+62812@op.id")
    (refused,) = texting.messaged(switch, "c2", "10.0.0.1", VIA, other, "", NOW)
    assert refused.to == "sip:+62812@op.id" and "112" in refused.text and "c2" not in switch.legs


def test_a_call_with_text_is_answered_with_it_and_what_is_typed_is_told_to_the_last_letter():
    switch = a_switch(announce_after=0)
    both = msgspec.structs.replace(CALL, has_audio=True, has_text=True)
    received = switch.invited("c1", both, "10.0.0.1", "", NOW)
    assert do.Answer("c1", audio=True, text=True) in received
    assert told(received, ev.CallReceived)[0].media == "audio text"
    assert do.Write("c1", written("")) in switch.up("c1", NOW)
    texting.typed(switch, "c1", "tolong sa", NOW + 1)
    assert told(switch.ended("c1", "caller", None, NOW + 1.2), ev.TextReceived)[0].text == "tolong sa"


def test_a_call_of_text_alone_is_answered_without_sound():
    switch = a_switch(announce_after=0)
    text = msgspec.structs.replace(CALL, has_text=True)
    received = switch.invited("c1", text, "10.0.0.1", "", NOW)
    assert do.Answer("c1", audio=False, text=True) in received
    assert told(received, ev.CallReceived)[0].media == "text"
    assert not [a for a in switch.up("c1", NOW) if isinstance(a, (do.Play, do.RecordLeg))]
    assert do.Write("c1", written("")) in texting.look(switch, NOW)


def test_only_the_message_that_opens_a_session_is_kept_beside_the_journal():
    switch = a_switch()
    assert texting.begins(switch, wrote("tolong")) and not texting.begins(switch, wrote(" "))
    message(switch, "tolong")
    assert not texting.begins(switch, wrote("ada api")), "its words are in the journal"
