"""Whom a call-taker can call into a conversation: agencies, interpreters, other centres; and which other numbers may be
dialled.

What the city's files say is dialled as it stands. Whatever else is dialled, what a caller's From says or what somebody
types, is a telephone number and nothing more: a name, a host or a key of the PBX in it would choose the way."""

from __future__ import annotations

import re

import msgspec

from routing.numbers import e164

KINDS = ("agency", "interpreter", "centre", "other")
# A SIP URI (RFC 3261 section 19.1) as one types it: no password, no parameters, an IP address or a host name.
_USER, _HOST = r"[\w.!~*'()&=+$,;?/%-]{1,80}", r"(?:\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9.-]{1,120})"
_URI = re.compile(rf"sips?:{_USER}@{_HOST}(?::\d{{1,5}})?", re.ASCII)
_DIGITS = re.compile(r"\+?[0-9*#]{2,20}")
_PHONE = re.compile(r"\+?[0-9]{2,15}")
_SHORT = 6
"""Digits of the longest short code."""
Refusal = tuple[str, str]


class Malformed(ValueError):
    """No number and no SIP URI; the text says what was expected."""


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

    def why_not(self, text: str) -> Refusal | None:
        """Why this number may not be dialled, in both languages with what to do; None when it may.

        A prefix with + is one of an international number, as which 08… and 0062… are read too; one without is that of a
        short code. 001… and 017… lead abroad and past any prefix."""
        digits = re.sub(r"[\s().-]", "", text[:100])
        if not _PHONE.fullmatch(digits):
            return (
                f"Tidak dapat dihubungi: {text[:40]!r} bukan nomor telepon. Tulis angka, boleh diawali +; alamat lain "
                "ditulis di contacts.csv.",
                f"This cannot be called: {text[:40]!r} is no telephone number. Write digits, with + in front if you "
                "like; other addresses go into contacts.csv.",
            )
        number = e164(digits)
        short = not number.startswith("+") and len(number) <= _SHORT
        begins = number.startswith(tuple(one for one in self.prefixes if one.startswith("+") != short))
        if not begins or number.startswith((*self.never, "+620")):
            return (
                f"Nomor {digits} tidak boleh ditelepon dari sini. Periksa nomornya, atau minta admin menambah "
                "dial_prefixes di siaga.toml.",
                f"The number {digits} may not be dialled from here. Check it, or ask the admin to add to "
                "dial_prefixes in siaga.toml.",
            )
        return None


def dialled(text: str) -> str:
    """What the city's files say, as it is dialled: a SIP URI, or digits without the spaces, dots, dashes and
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
