"""Whom a call-taker can call into a conversation: agencies, interpreters, other centres."""

from __future__ import annotations

import re

import msgspec

KINDS = ("agency", "interpreter", "centre", "other")
# A SIP URI (RFC 3261 section 19.1) as one types it: no password, no parameters, an IP address or a host name.
_USER, _HOST = r"[\w.!~*'()&=+$,;?/%-]{1,80}", r"(?:\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9.-]{1,120})"
_URI = re.compile(rf"sips?:{_USER}@{_HOST}(?::\d{{1,5}})?", re.ASCII)
_DIGITS = re.compile(r"\+?[0-9*#]{2,20}")


class Malformed(ValueError):
    """No number and no SIP URI; the text says what was expected."""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """`number` is a telephone number or a SIP URI; `agency` an id of agencies.csv or ""; `languages` as two-letter
    codes (ISO 639-1), which matter for interpreters."""

    id: str
    name: str
    number: str
    kind: str
    agency: str = ""
    languages: tuple[str, ...] = ()


def dialled(text: str) -> str:
    """What a person typed or a file says, as it is dialled: a SIP URI, or digits without the spaces, dots, dashes and
    brackets that people write between them. Raises Malformed."""
    asked = text.strip()
    if asked.lower().startswith(("sip:", "sips:")):
        scheme, rest = asked.split(":", 1)
        uri = f"{scheme.lower()}:{rest}"
        if len(uri) <= 200 and _URI.fullmatch(uri):
            return uri
        raise Malformed(f"{text[:80]!r} is no SIP address; write it like sip:name@host")
    digits = re.sub(r"[\s().-]", "", asked[:200])
    if not _DIGITS.fullmatch(digits):
        raise Malformed(f"{text[:80]!r} is no number; write digits, or an address like sip:name@host")
    return digits
