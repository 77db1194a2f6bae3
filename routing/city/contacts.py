"""Whom a call-taker can call into a conversation: agencies, interpreters, other centres; and which other numbers may be
dialled.

What the city's files say is dialled as it stands. Whatever else is dialled, what a caller's From says or what somebody
types, is a telephone number and nothing more: a name, a host or a key of the PBX in it would choose the way."""

from __future__ import annotations

import re

import msgspec

from routing.location import Malformed
from routing.numbers import e164
from routing.text import Text, text

KINDS = ("agency", "interpreter", "centre", "other")
# A SIP URI (RFC 3261 section 19.1) as one types it: no password, no parameters, an IP address or a host name.
_USER, _HOST = r"[\w.!~*'()&=+$,;?/%-]{1,80}", r"(?:\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9.-]{1,120})"
_URI = re.compile(rf"sips?:{_USER}@{_HOST}(?::\d{{1,5}})?", re.ASCII)
_DIGITS = re.compile(r"\+?[0-9*#]{2,20}")
_PHONE = re.compile(r"\+?[0-9]{2,15}")
_SHORT = 6
"""Digits of the longest short code."""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """`number` is a telephone number or a SIP URI; `agency` an id of agencies.csv or ""; `languages` as two-letter
    codes (ISO 639-1), which matter for interpreters. `receives`: is told where the caller is, and gets a reference to
    the incident."""

    id: str
    name: str
    number: str
    kind: str
    agency: str = ""
    languages: tuple[str, ...] = ()
    receives: bool = False


class Dialling(msgspec.Struct, frozen=True, kw_only=True):
    """The settings `dial_prefixes` and `dial_never`: how numbers may begin, and how they may not all the same."""

    prefixes: tuple[str, ...] = ("+62", "1")
    never: tuple[str, ...] = ("112", "+62112", "+62809", "+62900")

    def why_not(self, given: str) -> Text | None:
        """Why this number may not be dialled, and what to do; None when it may.

        A prefix with + is one of an international number, as which 08… and 0062… are read too; one without is that of a
        short code. 001… and 017… lead abroad and past any prefix."""
        digits = re.sub(r"[\s().-]", "", given[:100])
        if not _PHONE.fullmatch(digits):
            return text("refused.no-telephone-number", number=given[:40])
        number = e164(digits)
        short = not number.startswith("+") and len(number) <= _SHORT
        begins = number.startswith(tuple(one for one in self.prefixes if one.startswith("+") != short))
        if not begins or number.startswith((*self.never, "+620")):
            return text("refused.number-may-not-be-dialled", number=digits)
        return None


def dialled(given: str) -> str:
    """What the city's files say, as it is dialled: a SIP URI, or digits without the spaces, dots, dashes and
    brackets that people write between them. Raises Malformed."""
    asked = given.strip()
    if asked.lower().startswith(("sip:", "sips:")):
        scheme, rest = asked.split(":", 1)
        uri = f"{scheme.lower()}:{rest}"
        if len(uri) <= 200 and _URI.fullmatch(uri):
            return uri
        raise Malformed("wrong.no-sip-address", value=given[:80])
    digits = re.sub(r"[\s().-]", "", asked[:200])
    if not _DIGITS.fullmatch(digits):
        raise Malformed("wrong.no-number-to-dial", value=given[:80])
    return digits
