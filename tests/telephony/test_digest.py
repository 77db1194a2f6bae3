"""A desk phone proves that it knows its password; nothing else gets in."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telephony.digest import REALM, challenge, user_of

KEY, NOW = b"k" * 16, 1_800_000_000.0
URI = "sip:pos-P1@127.0.0.1:5060"


def md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


PHONES = {"sari": md5(f"sari:{REALM}:rahasia")}


def answer_to(
    header: str, user: str = "sari", password: str = "rahasia", qop: bool = True, method: str = "INVITE"
) -> str:
    """What a phone sends back (RFC 2617, 3.2.2)."""
    nonce = re.search('nonce="([^"]+)"', header).group(1)
    ha1, ha2 = md5(f"{user}:{REALM}:{password}"), md5(f"{method}:{URI}")
    middle = "00000001:c0ffee:auth:" if qop else ""
    proof = md5(f"{ha1}:{nonce}:{middle}{ha2}")
    said = f'Digest username="{user}", realm="{REALM}", nonce="{nonce}", uri="{URI}", response="{proof}"'
    return said + (', qop=auth, nc=00000001, cnonce="c0ffee"' if qop else "")


def check(authorization: str, now: float = NOW, used: set[str] | None = None, phones=PHONES, key: bytes = KEY):
    return user_of(authorization, "INVITE", phones, key, now, set() if used is None else used)


@pytest.mark.parametrize("qop", [True, False])
def test_the_right_password_opens(qop):
    assert check(answer_to(challenge(KEY, NOW), qop=qop), NOW + 1) == "sari"


def test_a_wrong_password_user_method_or_realm_does_not():
    header = challenge(KEY, NOW)
    assert check(answer_to(header, password="tebak")) is None
    assert check(answer_to(header, user="budi")) is None
    assert check(answer_to(header, method="BYE")) is None
    assert check(answer_to(header), phones={"sari": md5("sari:other:rahasia")}) is None
    assert check(answer_to(header), phones={}) is None


def test_an_answer_is_good_once():
    used: set[str] = set()
    said = answer_to(challenge(KEY, NOW))
    assert check(said, used=used) == "sari"
    assert check(said, used=used) is None


def test_an_old_a_future_and_a_forged_challenge_are_refused():
    said = answer_to(challenge(KEY, NOW))
    assert check(said, NOW + 61) is None
    assert check(said, NOW - 5) is None
    assert check(said, key=b"x" * 16) is None
    assert check(said.replace("1800000000.000", "1800000030.000"), NOW + 30) is None


def test_a_user_without_a_digest_has_no_empty_password():
    said = answer_to(challenge(KEY, NOW))
    proof = md5(f"nobody:{REALM}:")
    assert check(said, phones={"sari": ""}) is None and check(said, phones={"nobody": proof}) is None


@given(st.text(max_size=200), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_text_is_refused_without_complaint(text, real_nonce):
    nonce = re.search('nonce="([^"]+)"', challenge(KEY, NOW)).group(1) if real_nonce else text
    assert check(text) is None
    assert check(f'Digest username="{text}", nonce="{nonce}", uri="{text}", qop={text}, response="{text}"') is None
