"""One spelling for a telephone number, however it was sent: what joins a call, its message and its callback. Pure."""

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
