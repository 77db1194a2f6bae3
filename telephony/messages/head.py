"""A SIP message cut into its first line, its headers and its body, however it is written. Pure; never raises.

message-header = field-name HCOLON field-value CRLF; a line that begins with a blank continues the one before
(RFC 3261, 7.3 and 25.1). Senders end lines with LF alone, write names in any case, and in short (20.).
"""

from __future__ import annotations

import re

_SHORT = {
    "c": "content-type", "e": "content-encoding", "f": "from", "i": "call-id", "k": "supported", "l": "content-length",
    "m": "contact", "s": "subject", "t": "to", "v": "via",
}  # fmt: skip


def head_and_body(raw: bytes) -> tuple[bytes, bytes]:
    """Empty lines before the request are passed over (RFC 3261, 7.5); the one after it ends the headers."""
    head, *rest = re.split(rb"\r?\n\r?\n", raw.lstrip(b"\r\n"), maxsplit=1)
    return head, rest[0] if rest else b""


def lines_of(head: bytes, charset: str) -> tuple[str, list[str]]:
    """(the first line, the lines of the headers, each whole)."""
    text = re.sub(r"\r?\n[ \t]+", " ", head.decode(charset, "replace"))
    start, *lines = text.replace("\r", "").split("\n")
    return start, lines


def long_name(name: str) -> str:
    """A header's name in small letters, and not in short."""
    name = name.strip().lower()
    return _SHORT.get(name, name)
