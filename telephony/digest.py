"""Digest access for phones that dial in (RFC 3261 section 22, RFC 2617): a nonce that proves itself, and the check.

A nonce is a time and its HMAC, so nothing is remembered for a stranger who asks for a thousand of them. A nonce is
good for one answer.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from dispatch.settings import SIP_REALM as REALM

_LIFE = 60.0


def challenge(key: bytes, now: float) -> str:
    """The value of WWW-Authenticate; `now` in seconds of a steady clock."""
    stamp = f"{now:.3f}"
    nonce = f"{stamp}-{_mark(key, stamp)}"
    return f'Digest realm="{REALM}", nonce="{nonce}", algorithm=MD5, qop="auth"'


def _mark(key: bytes, stamp: str) -> str:
    return hmac.new(key, stamp.encode(), "sha256").hexdigest()[:24]


def _md5(text: str) -> str:
    return hashlib.md5(text.encode("utf-8", "replace")).hexdigest()


def user_of(
    authorization: str, method: str, phones: dict[str, str], key: bytes, now: float, used: set[str]
) -> str | None:
    """The user whose phone proves that it knows the password; None otherwise. `phones`: user -> HA1 (hex).
    Adds the nonce to `used`."""
    if not authorization.lower().startswith("digest "):
        return None
    pairs: list[tuple[str, str]] = re.findall(r'(\w+)\s*=\s*("[^"]*"|[^,\s]+)', authorization)
    said = {k.lower(): v.strip('"') for k, v in pairs}
    stamp, _, mark = said.get("nonce", "").partition("-")
    if not hmac.compare_digest(mark.encode(), _mark(key, stamp).encode()) or said["nonce"] in used:
        return None
    if not 0 <= now - float(stamp) <= _LIFE:  # the mark proves that we wrote this number
        return None
    user, uri = said.get("username", ""), said.get("uri", "")
    ha1 = phones.get(user, "")
    ha2 = _md5(f"{method}:{uri}")
    if said.get("qop"):
        proof = f"{ha1}:{said['nonce']}:{said.get('nc', '')}:{said.get('cnonce', '')}:{said['qop']}:{ha2}"
    else:
        proof = f"{ha1}:{said['nonce']}:{ha2}"
    right = hmac.compare_digest(_md5(proof).encode(), said.get("response", "").encode("utf-8", "replace"))
    if not (right and ha1):
        return None
    used.add(said["nonce"])
    return user
