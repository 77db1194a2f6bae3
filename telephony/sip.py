"""What an INVITE says about its call: who, what for, from where. Pure; answers whatever bytes it is given.

Theory of operation. `read_invite` never fails: what cannot be understood becomes a line in `discrepancies`, and the
call goes on without it. pjsip has parsed the message already; this reads the same bytes for the headers that pjsip
does not know (RFC 6442 Geolocation, RFC 5031 service URNs, RFC 7315 P-Access-Network-Info, RFC 3325 identity).
"""

from __future__ import annotations

import re
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

import msgspec

from routing.location import Location
from telephony.pidflo import Malformed, read_pidflo

MAX_MESSAGE = 65_000
MAX_PARTS = 20
_MAX_VALUE = 2000
"""Characters of one header value that are read: the patterns below cost the square of a hostile one's length."""
_MAX_DEPTH = 8
_COMPACT = {
    "i": "call-id", "m": "contact", "e": "content-encoding", "l": "content-length", "c": "content-type", "f": "from",
    "s": "subject", "k": "supported", "t": "to", "v": "via",
}  # fmt: skip


class Invite(msgspec.Struct, frozen=True, kw_only=True):
    """`caller` in E.164 where it can be known, "" if withheld; `service` after urn:service:, "" when not a URN;
    `sound_host`: the host name, if the session description has one where others have an address."""

    method: str = ""
    target: str = ""
    called: str = ""
    caller: str = ""
    service: str = ""
    access: str = ""
    call_id: str = ""
    ticket: str = ""
    authorization: str = ""
    locations: tuple[Location, ...] = ()
    references: tuple[str, ...] = ()
    sound_host: str = ""
    discrepancies: tuple[str, ...] = ()

    @property
    def test(self) -> bool:
        """RFC 6881 section 15: a test call is answered, played back, and pages nobody."""
        return self.service.startswith("test.")

    @property
    def position(self) -> str:
        """The position a phone dials in to (sip:pos-P1@…), else ""."""
        user = _user_of(self.target)
        return user[4:] if user.startswith("pos-") else ""


def read_invite(raw: bytes) -> Invite:
    """Reads headers and body of one SIP request. Never raises."""
    noted: list[str] = []
    if len(raw) > MAX_MESSAGE:
        noted.append(f"message of {len(raw)} bytes cut at {MAX_MESSAGE}")
        raw = raw[:MAX_MESSAGE]
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = _unfolded(head)
    # Request-Line = Method SP Request-URI SP SIP-Version          (RFC 3261, 25.1)
    start = (lines[0] if lines else "").split(" ")
    method, target = start[0], start[1] if len(start) > 2 else ""
    headers = _headers(lines[1:], noted)
    first = {name: values[0] for name, values in headers.items()}
    to = _uri_of(first.get("to", ""))
    service = _service_of(target) or _service_of(to)
    parts = _parts(first.get("content-type", ""), body, noted)
    locations, references = _locations(headers.get("geolocation", []), parts, noted)
    return Invite(
        method=method,
        target=target,
        called=to or target,
        caller=_caller(headers, noted),
        service=service,
        access=first.get("p-access-network-info", "")[:300],
        call_id=first.get("call-id", "")[:200],
        ticket=first.get("siaga-ticket", "")[:100],
        authorization=first.get("authorization", "")[:2000],
        locations=tuple(locations),
        references=tuple(references),
        sound_host=_sound_host(body),
        discrepancies=tuple(noted),
    )


def _unfolded(head: bytes) -> list[str]:
    # A line that begins with space or tab continues the one before (RFC 3261, 7.3.1).
    text = head.decode("utf-8", "replace")
    return re.sub(r"\r?\n[ \t]+", " ", text).replace("\r", "").split("\n")


def _headers(lines: list[str], noted: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            if line.strip():
                noted.append(f"a header line without a colon: {line[:40]!r}")
            continue
        key = name.strip().lower()
        found.setdefault(_COMPACT.get(key, key), []).append(value.strip()[:_MAX_VALUE])
    return found


def _uri_of(value: str) -> str:
    return next(iter(_uris_of(value)), "")


def _uris_of(value: str) -> list[str]:
    # name-addr = [ display-name ] "<" addr-spec ">"; a quoted display name may hold anything, commas too
    without_name = re.sub(r'"(?:\\.|[^"\\])*"', "", value)
    bracketed = re.findall(r"<([^<>]*)>", without_name)[:10]
    return [uri.strip() for uri in bracketed] or [without_name.split(";")[0].split(",")[0].strip()]


def _user_of(uri: str) -> str:
    if uri[:4].lower() == "tel:":
        return uri[4:].split(";")[0]
    if uri[:4].lower() == "sip:" or uri[:5].lower() == "sips:":
        rest = uri.split(":", 1)[1]
        return rest.split("@")[0].split(";")[0].split(":")[0] if "@" in rest else ""
    return ""


def _service_of(uri: str) -> str:
    # service-URN = "URN:service:" top-level *("." sub-service)     (RFC 5031, section 4)
    found = re.match(r"urn:service:([a-z0-9.\-]{1,60})", uri, re.IGNORECASE)
    return found.group(1).lower() if found else ""


def _caller(headers: dict[str, list[str]], noted: list[str]) -> str:
    """The asserted identity before the claimed one; RFC 3325 lets the network vouch for the first."""
    for name in ("p-asserted-identity", "from"):
        for value in headers.get(name, []):
            for uri in _uris_of(value):
                if number := number_of(uri):
                    return number
    noted.append("no caller number")
    return ""


def number_of(uri: str) -> str:
    """A caller's number in E.164 (Indonesia for national forms), or as sent; "" for none or anonymous.

    08xx, 628xx, 0062… and tel:…;phone-context=+62 are one caller. Short codes stay as they are.
    """
    user = _user_of(uri)
    context = re.search(r";phone-context=(\+\d{1,4})", uri)
    digits = re.sub(r"[\s\-().]", "", user)
    if not re.fullmatch(r"\+?\d{2,18}", digits):
        return "" if not digits or digits.lower() in ("anonymous", "unavailable", "restricted") else digits[:60]
    if digits.startswith("+"):
        return digits
    if digits.startswith("0062"):
        return "+" + digits[2:]
    if digits.startswith("62") and len(digits) >= 10:
        return "+" + digits
    if digits.startswith("0") and len(digits) >= 8:
        return "+62" + digits[1:]
    if context and len(digits) >= 7:
        return context.group(1) + digits
    return digits


def _parts(content_type: str, body: bytes, noted: list[str]) -> dict[str, tuple[str, bytes]]:
    """Content-ID without <> (or "part-N") -> (content type, bytes), however the parts are nested."""
    if not content_type.lower().startswith(("multipart/", "application/pidf+xml")) or not body:
        return {}  # most calls bring a session description only, and that is pjsip's
    if body.lower().count(b"multipart/") > _MAX_DEPTH:  # reading costs depth times length
        noted.append(f"body with more than {_MAX_DEPTH} nested multiparts is not read")
        return {}
    try:
        whole = BytesParser(policy=compat32).parsebytes(b"Content-Type: %b\r\n\r\n%b" % (content_type.encode(), body))
        found: dict[str, tuple[str, bytes]] = {}
        for number, part in enumerate(whole.walk()):
            if number > MAX_PARTS:
                noted.append(f"more than {MAX_PARTS} body parts; the rest is not read")
                break
            if not part.is_multipart():
                name = (part.get("Content-ID") or f"part-{number}").strip().strip("<>")
                found[name] = (part.get_content_type(), _payload(part))
        return found
    except Exception as wrong:  # the email package meets bytes from strangers here
        noted.append(f"body not readable: {wrong!r}"[:200])
        return {}


def _sound_host(body: bytes) -> str:
    # connection-field = "c=" nettype SP addrtype SP connection-address   (RFC 8866, 9; a=rtcp: RFC 3605, 2.1)
    for kind, host in re.findall(rb"(?m)^(?:c=|a=rtcp:\d+ )IN +IP([46]) +([^\s/]+)", body):
        if not re.fullmatch(rb"[\d.]+" if kind == b"4" else rb"[\da-fA-F:.]*:[\da-fA-F:.]*", host):
            return host[:100].decode("utf-8", "replace")
    return ""


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _locations(
    values: list[str], parts: dict[str, tuple[str, bytes]], noted: list[str]
) -> tuple[list[Location], list[str]]:
    # Geolocation = "Geolocation" HCOLON locationValue *( COMMA locationValue )
    # locationValue = LAQUOT locationURI RAQUOT *( SEMI geoloc-param )          (RFC 6442, section 4.1)
    uris = [uri.strip() for value in values for uri in re.findall(r"<([^<>]{1,500})>", value)][:10]
    named = [uri[4:] for uri in uris if uri.lower().startswith("cid:")]
    references = [uri for uri in uris if uri.lower().startswith(("http:", "https:"))]
    places = [n for n in named if n in parts]
    noted += [f"Geolocation points to a body part that is not there: {n[:60]}" for n in named if n not in parts]
    # Some senders leave the header out, or spell the id differently: a location that came is used all the same.
    places += [n for n, (kind, _) in parts.items() if kind == "application/pidf+xml" and n not in places]
    found: list[Location] = []
    for name in places:
        try:
            found += read_pidflo(parts[name][1])
        except Malformed as wrong:
            noted.append(f"location not usable: {wrong}"[:300])
    return found, references
