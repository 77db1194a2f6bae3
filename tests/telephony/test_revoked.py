"""Phones whose password was taken back, and positions that somebody has left, of the pure switch."""

from __future__ import annotations

from telephony.messages.sip import answer_of
from telephony.switch import actions as do
from telephony.switch.orders import carry_out
from telephony.switch.revoked import phones_changed, show_out
from tests.telephony.legs import CALL, NOW, a_switch, connect, heard, with_seat
from tests.telephony.test_revoked_phones import ha1


def with_phone(switch, leg: str, position: str, user: str):
    switch.position_in(leg, position, user, NOW, ha1(user))
    switch.up(leg, NOW)
    return switch


def test_a_conversation_is_never_cut_and_the_phone_goes_after_it():
    switch = with_phone(a_switch(), "s1", "P1", "mala")
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    do_connect(switch)
    assert barred(switch, {}) == [], "somebody speaks"
    assert barred(switch, {}) == []
    switch.ended("c1", "caller", answer_of(200, ""), NOW + 60)
    assert show_out(switch) == [do.Hangup("s1")] and show_out(switch) == []


def test_a_caller_who_is_about_to_be_joined_keeps_the_call_taker():
    switch = with_phone(a_switch(), "s1", "P1", "mala")
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    assert do.Answer("c1") in carry_out(switch, connect(), NOW)
    assert barred(switch, {}) == []
    assert heard(switch.up("c1", NOW + 1)) == {("c1", "s1"), ("s1", "c1")}


def barred(switch, known: dict[str, str]) -> do.Actions:
    phones_changed(switch, known)
    return show_out(switch)


def do_connect(switch) -> None:
    carry_out(switch, connect(), NOW)
    switch.up("c1", NOW + 1)
    assert switch.legs["s1"].call == "c1"


def test_another_password_ends_the_old_phone_only_and_a_browser_has_none():
    switch = with_seat(with_phone(with_phone(a_switch(), "s1", "P1", "mala"), "s2", "P2", "sari"), "s3", "P3")
    assert barred(switch, {"mala": ha1("mala", "baru"), "sari": ha1("sari")}) == [do.Hangup("s1")]
    assert barred(switch, {"mala": ha1("mala", "baru"), "sari": ha1("sari")}) == []


def test_the_alternate_centre_is_dialled_when_only_phones_without_a_right_are_up():
    switch = with_phone(a_switch(room_silent_after=5, alternate_centre="sip:112@other"), "s1", "P1", "mala")
    switch.invited("c1", CALL, "10.0.0.1", "", NOW)
    switch.seating.users = {"P1": "somebody else"}
    assert [a.uri for a in switch.tick(NOW + 5, True) if isinstance(a, do.Dial)] == ["sip:112@other"]


def test_those_who_take_calls_are_given_them_before_those_on_a_break():
    switch = with_phone(with_phone(a_switch(room_silent_after=5), "s1", "P1", "mala"), "s2", "P2", "sari")
    switch.seating.users, switch.seating.ready = {"P1": "mala", "P2": "sari"}, frozenset({"P2"})
    for call in ("c1", "c2"):
        switch.invited(call, CALL, "10.0.0.1", "", NOW)
    switch.tick(NOW + 5, True)
    assert [switch.legs[call].want for call in ("c1", "c2")] == ["s2", "s1"]
