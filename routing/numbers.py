"""One spelling for a telephone number, however it was sent: what joins a call, its message and its callback; and which
numbers name one telephone at all. Pure."""

from __future__ import annotations

import re

_WITHHELD = ("anonymous", "unavailable", "restricted", "unknown")


def e164(text: str, context: str = "") -> str:
    """A number in E.164 (Indonesia for national forms), or as sent, 60 characters at most; "" for none or withheld.

    08xx, 628xx and 0062… are one caller; so is a local number with `context` +62 (RFC 3966). Short codes stay.
    """
    digits = re.sub(r"[\s\-().]", "", text[:100])
    if not re.fullmatch(r"\+?[0-9]{2,18}", digits):
        return "" if not digits or digits.lower() in _WITHHELD else digits[:60]
    if digits.startswith("+"):
        return digits
    if digits.startswith("0062"):
        return "+" + digits[2:]
    if digits.startswith("62") and len(digits) >= 10:
        return "+" + digits
    if digits.startswith("0") and len(digits) >= 8:
        return "+62" + digits[1:]
    if context and len(digits) >= 7:
        return context + digits
    return digits


def is_subscriber(number: str) -> bool:
    """Whether a number, spelt by `e164`, stands for one telephone. A short code (110, a ward's line), a service (behind
    +62 no subscriber's number begins with 0 or 1), a name and what switches fill in (00000000) stand for many."""
    if re.fullmatch(r"\+[1-9][0-9]{4,14}|[0-9]{7,15}", number) is None or re.match(r"\+62[01]", number):
        return False
    return len(set(number.removeprefix("+62").lstrip("+"))) > 1


def device_of(imei: str) -> str:
    """The 14 digits that name one telephone in an IMEI or IMEISV (3GPP TS 23.003, 6.2); "" where it names none.

    IMEI = TAC (8) serial number (6) check digit (Luhn); IMEISV has a version (2) for the check digit. TACs that begin
    with 00 are those of test equipment; counters and repetitions are what makers of copies and emulators fill in."""
    digits = imei if re.fullmatch(r"[0-9]{14,16}", imei) else ""
    filled = len(set(digits[:14])) < 3 or digits[:14] in "0123456789" * 3
    if not digits or filled or digits.startswith("00") or (len(digits) == 15 and _luhn(digits) % 10):
        return ""
    return digits[:14]


def _luhn(digits: str) -> int:
    """ISO/IEC 7812-1, annex B: a multiple of ten where the last digit is right."""
    doubled = [int(one) * (1 + n % 2) for n, one in enumerate(reversed(digits))]
    return sum(one - 9 if one > 9 else one for one in doubled)
