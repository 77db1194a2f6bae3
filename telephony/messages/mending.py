"""Requests that the SIP library cannot read, written anew so that it can; and the answer to those beyond that. Pure.

Theory of operation. A dialog stands on the request line, Via, From, To, Call-ID and CSeq. When the library cannot read
one of them, what can be found in it is written as the standard wants it, whatever else the line holds is left out, and
the message is read again: who sent it waits for an answer, and gets one. Lengths are left to where the message ends.
Everything that we tell about a call is read from the message as it came (telephony.messages.sip), never from this.

Request-Line = Method SP Request-URI SP SIP-Version                     (RFC 3261, 25.1)
via-parm     = SIP "/" "2.0" "/" transport LWS host [ ":" port ] *( ";" param )
from-spec    = ( name-addr / addr-spec ) *( ";" param )
Senders break them: a target in angles or with blanks, empty parameters, a quotation that does not end, a version to
come, headers that are missing (RFC 4475, 3.1.2).
"""

from __future__ import annotations

import hashlib
import re

from telephony.messages.head import head_and_body, lines_of, long_name

MOST_LINES = 2000
_LONGEST_START, _LONGEST = 4000, 2000
"""Characters of the first line, beyond which nothing is made of it, and of a value that are read. Blanks are one before
any pattern sees them: a pattern may go back over them, and one datagram must not cost more than its length."""
_REASONS = {
    400: "Bad Request",
    408: "Request Timeout",
    413: "Request Entity Too Large",
    503: "Service Unavailable",
    513: "Message Too Large",
}
_TOKEN = r"[A-Za-z0-9\-.!%*_+`'~]+"
_HOST = r"(?:\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9\-.]{1,255})"
_URI = re.compile(
    rf"(?:sips?:(?:[A-Za-z0-9\-_.!~*'()%&=+$,;?/]{{1,250}}@)?{_HOST}(?::\d{{1,5}})?(?:;[A-Za-z0-9\-_.!~*'()%=\[\]/:&+$;]*)?"
    rf"|tel:[0-9A-Fa-f+*#().\-]{{1,60}}(?:;[A-Za-z0-9\-=+.;]*)?|urn:[A-Za-z0-9\-.:]{{1,200}})"
)
_NOBODY, _US = "sip:anonymous@anonymous.invalid", "sip:112@anonymous.invalid"


def mended(raw: bytes, source: str) -> bytes:
    """The request in a form that the library reads; b"" when it is none, or cannot be answered under its own name.
    `source`: the address it came from."""
    start, lines, body = _taken_apart(raw)
    found = re.fullmatch(rf"\s*({_TOKEN})\s+(\S.*?)(?:\s+SIP\s*/\s*\d+\.\d+)?\s*", start)
    if found is None or start[:4].upper() == "SIP/":
        return b""
    method, target = found.group(1), _uri(f"<{found.group(2).strip('<> ')}>")
    values: dict[str, list[str]] = {}
    for name, value in lines:
        values.setdefault(name, []).append(value)
    cseq = re.match(rf"\s*(\d{{1,10}})\s+({_TOKEN})", values.get("cseq", [f"1 {method}"])[0])
    if cseq is None or int(cseq.group(1)) >= 1 << 32:
        return b""
    digest = hashlib.sha256(raw).hexdigest()[:16]
    call_id = values.get("call-id", [f"{digest}@{source}"])[0].strip()
    to = values.get("to", [""])[0]
    head = [
        f"{method} {target or _uri(to) or _US} SIP/2.0",
        *_vias(values.get("via", []), source),
        f"From: <{_uri(values.get('from', [''])[0]) or _NOBODY}>;tag={_tag(values.get('from', [''])[0]) or digest}",
        f"To: <{_uri(to) or _US}>{';tag=' + _tag(to) if _tag(to) else ''}",
        f"Call-ID: {call_id if re.fullmatch(r'[!-~]+', call_id) else digest}",
        f"CSeq: {cseq.group(1)} {cseq.group(2)}",
    ]
    for name, value in lines:
        if name in ("via", "from", "to", "call-id", "cseq", "content-length", "route"):
            continue
        if name == "record-route" and not re.fullmatch(r"(?:\s*<sips?:[^<>\s]+>[^<>,\"]*(?:,|$))+", value):
            continue
        if name == "max-forwards" and not re.fullmatch(r"\s*\d{1,3}\s*", value):
            continue
        head.append(f"{name}: {value}")
    return "\r\n".join([*head, "", ""]).encode("latin-1", "replace") + body


def refusal(raw: bytes, code: int) -> bytes:
    """The answer to a request of which only the lines that an answer repeats are understood; b"" when one of them is
    missing, or nothing may be answered (an ACK, an answer)."""
    start, lines, _ = _taken_apart(raw)
    words = start.split()
    if not words or words[0].upper() == "ACK" or words[0][:4].upper() == "SIP/":
        return b""
    first = dict(reversed(lines))
    if not {"via", "from", "to", "call-id", "cseq"} <= first.keys():
        return b""
    vias = [value for name, value in lines if name == "via"]
    to = first["to"]
    if not _tag(to):  # what makes the gate know the ACK to it (siaga_gate.c)
        branch = re.search(rf";\s*branch\s*=\s*({_TOKEN})", vias[0])
        to += f";tag={branch.group(1) if branch else hashlib.sha256(raw).hexdigest()[:16]}"
    head = [
        f"SIP/2.0 {code} {_REASONS[code]}",
        *(f"Via: {value}" for value in vias),
        f"From: {first['from']}",
        f"To: {to}",
        f"Call-ID: {first['call-id']}",
        f"CSeq: {first['cseq']}",
        *(["Retry-After: 1"] if code == 503 else []),
        "Content-Length: 0",
    ]
    return "\r\n".join([*head, "", ""]).encode("latin-1", "replace")


def _taken_apart(raw: bytes) -> tuple[str, list[tuple[str, str]], bytes]:
    """(first line, (name in small letters, value) for each header, body); lines without a name are left out."""
    head, body = head_and_body(raw)
    start, following = lines_of(head.replace(b"\0", b" "), "latin-1")
    start = " ".join(start.split())
    lines = []
    for line in following[: MOST_LINES - 1]:
        found = re.match(rf"({_TOKEN})[ \t]*:[ \t]*", line)
        if found:
            name = long_name(found.group(1))
            value = " ".join(line[found.end() :].split())
            lines.append((name, value if name in ("route", "record-route") else value[:_LONGEST]))
    return start if len(start) <= _LONGEST_START else "", lines, body


def _uri(value: str) -> str:
    """The address in a value that may be anything, or ""."""
    inner = re.search(r"<([^<>]*)>", value)
    # Without angles what is behind a semicolon is the header's (RFC 3261, 20.10).
    text = re.sub(r"\s", "", inner.group(1)) if inner else value.split(";")[0].strip()
    whole = _URI.fullmatch(text)
    if whole:
        return whole.group()
    part = re.search(r"(?i)\b(?:sips?|tel|urn):", text)
    found = _URI.match(text[part.start() :]) if part else None
    return found.group().split(";")[0] if found else ""


def _tag(value: str) -> str:
    found = re.search(rf";\s*tag\s*=\s*({_TOKEN})", value, re.IGNORECASE)
    return found.group(1) if found else ""


def _vias(values: list[str], source: str) -> list[str]:
    """All of them: the answer goes back by each. The first says that the answer goes to where the request came from
    (RFC 3581)."""
    made: list[str] = []
    for value in values:
        for one in value.split(","):
            found = re.match(
                rf"\s*SIP\s*/\s*[\d.]+\s*/\s*({_TOKEN})\s+({_HOST})?(?:\s*:\s*(\d{{1,5}}))?(.*)", one, re.IGNORECASE
            )
            if found is None:
                continue
            transport, host, port, rest = found.groups()
            branch = re.search(rf";\s*branch\s*=\s*({_TOKEN})", rest, re.IGNORECASE)
            place = (host or source) + (f":{port}" if port else "")
            known = re.findall(r";\s*((?:received|maddr|ttl)\s*=\s*[\w.:\[\]]+)", rest)
            params = "".join(f";{param}" for param in [*known, *([f"branch={branch.group(1)}"] if branch else [])])
            made.append(f"Via: SIP/2.0/{transport} {place}{params}{'' if made else ';rport'}")
    return made or [f"Via: SIP/2.0/UDP {source};rport"]
