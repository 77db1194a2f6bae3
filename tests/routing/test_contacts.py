"""A number is dialled as people write it, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.city.contacts import KINDS, Malformed, dialled
from tests.console.desk import demo_city


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0771 (21) 333-44", "07712133344"), ("+62 811.770.1122", "+628117701122"), ("112", "112"), ("*21#", "*21#"),
        (" SIP:igd@10.1.1.7 ", "sip:igd@10.1.1.7"), ("sips:112@psap.batam.id:5061", "sips:112@psap.batam.id:5061"),
        ("sip:a@[2001:db8::1]:5060", "sip:a@[2001:db8::1]:5060"),
    ],
)  # fmt: skip
def test_a_number_as_people_write_it(typed, number):
    assert dialled(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "1", "polisi", "sip:10.1.1.7", "sip:a@b c", "sip:a@b\r\nX: y", "tel:110", "1" * 40, "٣٣٣"]
)
def test_what_is_no_number_is_said(typed):
    with pytest.raises(Malformed, match="sip:name@host"):
        dialled(typed)


@given(st.text(max_size=300))
def test_anything_is_a_number_or_malformed_and_never_more(text):
    try:
        number = dialled(text)
    except Malformed:
        return
    assert len(number) <= 200 and number.isprintable() and " " not in number and dialled(number) == number


def test_the_demo_city_calls_nobody_real():
    contacts = demo_city().contacts
    assert {one.kind for one in contacts} == set(KINDS)
    assert all(one.number.endswith("@127.0.0.1:5090") for one in contacts)
