"""The parts of a SIP body, however they are nested, encoded or cut off. Pure; never raises.

multipart-body = 1*( "--" boundary CRLF headers CRLF CRLF body ) "--" boundary "--"     (RFC 2046, 5.1.1; RFC 5621)
"""

from __future__ import annotations

import re
import zlib
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

import msgspec

MAX_PARTS = 20
MAX_PART = 200_000
_MAX_DEPTH = 8
_MAX_BOUNDARIES = 200


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """`name`: Content-ID without <>, else part-N. `kind`: content type in small letters. `charset`: as sent or ""."""

    name: str
    kind: str
    data: bytes
    charset: str = ""


def read_parts(content_type: str, body: bytes, noted: list[str], encoding: str = "", part_id: str = "") -> list[Part]:
    """The leaves of the body in their order; `content_type`, `encoding` (Content-Transfer-Encoding or
    Content-Encoding) and `part_id` are the message's own headers. What is left out is said in `noted`."""
    if not body.strip():
        return []
    content_type = re.sub(r"[\x00-\x1f\x7f-\xff]", " ", content_type.encode("ascii", "replace").decode())
    if content_type[:10].lower() != "multipart/":
        kind, charset = _typed(content_type)
        data = _unpacked(body, encoding, noted)
        name = part_id.strip().strip("<>")[:200] or "part-0"
        return [Part(name=name, kind=kind or _guessed(data), data=data, charset=charset)]
    if body.lower().count(b"multipart/") > _MAX_DEPTH:  # reading costs depth times length
        noted.append(f"body with more than {_MAX_DEPTH} nested multiparts is not read")
        return []
    if "boundary" not in content_type.lower():
        guess = re.match(rb"\s*--([^\r\n]{1,70})\r?\n", body)
        if guess is None:
            noted.append("a multipart body without a boundary")
            return []
        boundary = guess.group(1).decode("ascii", "replace").rstrip().replace('"', "")
        content_type = f'{content_type.rstrip("; ")};boundary="{boundary}"'
        noted.append("a multipart body without a boundary; its first line is taken for it")
    body = _bounded(body, noted)
    try:
        whole = BytesParser(policy=compat32).parsebytes(b"Content-Type: %b\r\n\r\n%b" % (content_type.encode(), body))
        return _leaves(whole, noted)
    except Exception as wrong:  # the email package meets bytes from strangers here
        noted.append(f"body not readable: {wrong!r}"[:200])
        return []


def _bounded(body: bytes, noted: list[str]) -> bytes:
    """The body up to its last boundary that is read: each costs time, whatever stands between them."""
    at = -1
    for _ in range(_MAX_BOUNDARIES):
        at = body.find(b"\n--", at + 1)
        if at < 0:
            return body
    noted.append(f"a body with more than {_MAX_BOUNDARIES} boundaries is not read to its end")
    return body[:at]


def _leaves(whole: Message, noted: list[str]) -> list[Part]:
    found: list[Part] = []
    if not whole.is_multipart():
        noted.append("a multipart body without its boundary in it")
    for number, part in enumerate(whole.walk()):
        if number > MAX_PARTS:
            noted.append(f"more than {MAX_PARTS} body parts; the rest is not read")
            break
        if part.is_multipart() or part is whole:
            continue
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        kind, charset = _typed(str(part.get("Content-Type", "")))
        found.append(
            Part(
                name=str(part.get("Content-ID") or f"part-{number}").strip().strip("<>")[:200],
                kind=kind or _guessed(data),
                data=_unpacked(data, str(part.get("Content-Encoding", "")), noted),
                charset=charset,
            )
        )
    return found


def _typed(content_type: str) -> tuple[str, str]:
    kind = content_type.split(";")[0].strip().lower()[:100]
    found = re.search(r"charset\s*=\s*\"?([^\s\";]{1,40})", content_type, re.IGNORECASE)
    return kind, found.group(1) if found else ""


def _guessed(data: bytes) -> str:
    start = data[:400].lstrip()
    if start.startswith(b"v=0"):
        return "application/sdp"
    return "application/pidf+xml" if b":pidf" in start else ""


def _unpacked(data: bytes, encoding: str, noted: list[str]) -> bytes:
    encoding = encoding.strip().lower()
    if encoding in ("", "identity", "7bit", "8bit", "binary"):
        return data
    if encoding in ("gzip", "x-gzip", "deflate"):
        try:
            return zlib.decompressobj(47).decompress(data, MAX_PART)
        except zlib.error as wrong:
            noted.append(f"a body that is not {encoding}: {wrong}"[:200])
            return b""
    if encoding in ("base64", "quoted-printable"):
        part = Message(policy=compat32)
        part["Content-Transfer-Encoding"] = encoding
        part.set_payload(data.decode("ascii", "surrogateescape"))
        payload = part.get_payload(decode=True)
        return payload if isinstance(payload, bytes) else b""
    noted.append(f"a body in the unknown encoding {encoding[:40]!r} is read as it is")
    return data


def text_of(part: Part) -> str:
    """Its text in the character set it names, or in UTF-8 with marks for what is not."""
    try:
        text = part.data.decode(part.charset or "utf-8", "replace")
    except (LookupError, ValueError):
        text = part.data.decode("utf-8", "replace")
    return text.encode("utf-8", "replace").decode()  # UTF-7 and its like can hold what no other text can
