"""What a SIP request says about its call: who, what for, from where, with what. Pure; answers whatever bytes it gets.

Theory of operation. `read_invite` and its siblings never fail: what cannot be understood becomes a line in
`discrepancies`, and the call goes on without it. pjsip has parsed the message already; this reads the same bytes for
what pjsip does not know (RFC 6442 Geolocation, RFC 5031 service URNs, RFC 7315 P-Access-Network-Info, RFC 3325
identity, RFC 7852 additional data). Bodies: telephony.messages.parts; places: telephony.messages.pidflo.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

import msgspec

from dispatch.calldata import Block
from routing.ali.cells import Cell, read_cells
from routing.ali.civic import Civic
from routing.location import Location
from routing.numbers import e164
from routing.text import Text, text
from telephony.messages import additional, ecall, offer
from telephony.messages.description import found_in
from telephony.messages.head import head_and_body, lines_of, long_name
from telephony.messages.parts import Part, read_parts, text_of
from telephony.messages.pidflo import MalformedBody, read_pidflo

MAX_MESSAGE = 1 << 20
"""Bytes; siaga_intake.c lets no longer one through."""
MAX_TEXT = 10_000
"""Characters of one text message that are kept."""
_MAX_VALUE = 2000
"""Characters of one header value that are read: the patterns below cost the square of a hostile one's length."""
_MAX_ACCESS = 500
_KNOWN = {"100rel", "timer", "geolocation", "histinfo", "resource-priority", "replaces"}
"""What a call may require of us that we have, or that changes nothing in how it is answered (RFC 3261, 20.32)."""


SAID = frozenset({200, 403, 404, 408, 480, 486, 487, 488, 500, 503, 600, 603})
"""Answers that have words of their own, `sip.486`."""


def answer_of(code: int, phrase: str) -> Text:
    """What an answer says, with the answer itself as evidence."""
    return text(f"sip.{code}" if code in SAID else "sip.other", answer=f"{code} {phrase}"[:100])


class Invite(msgspec.Struct, frozen=True, kw_only=True):
    """`caller` in E.164 where it can be known, "" if withheld; `service` after urn:service:, "" when not a URN;
    `sound_host`: the host name, if the session description has one where others have an address.

    `references`: http addresses of locations. `civic`: addresses that came without coordinates. `additional`: blocks of
    RFC 7852, by value or by reference. `msd`, `msd_id`: the eCall's data as sent and its Content-ID, which an
    acknowledgement names. `has_audio`, `has_text`: streams offered (RFC 4103 text). `priority`: the header in small
    letters, psap-callback among them (RFC 7090). `languages`: of the caller, the first wanted first. `call_ids`,
    `incident_ids`: URNs that earlier centres gave (NENA and ETSI). `routing`: Geolocation-Routing, yes, no or ""."""

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
    additional: tuple[Block, ...] = ()
    msd: bytes = b""
    msd_id: str = ""
    civic: tuple[Civic, ...] = ()
    has_audio: bool = False
    has_text: bool = False
    priority: str = ""
    languages: tuple[str, ...] = ()
    call_ids: tuple[str, ...] = ()
    incident_ids: tuple[str, ...] = ()
    cell: Cell | None = None
    routing: str = ""

    @property
    def test(self) -> bool:
        """RFC 6881 section 15: a test call is answered, played back, and pages nobody."""
        return self.service.startswith("test.")

    @property
    def position(self) -> str:
        """The position a phone dials in to (sip:pos-P1@…), else ""."""
        user = user_of(self.target)
        return user[4:] if user.startswith("pos-") else ""

    @property
    def language(self) -> str:
        return self.languages[0] if self.languages else ""


class TextMessage(Invite, frozen=True, kw_only=True):
    """A SIP MESSAGE (RFC 3428). `text`: what the person wrote, "" when it holds none, such as "is typing"; `sender`:
    the address in From, without parameters."""

    text: str = ""
    sender: str = ""
    content_type: str = ""


class Info(msgspec.Struct, frozen=True, kw_only=True):
    """A SIP INFO (RFC 6086). `content_type` in small letters and `body` of its first part; `msd` and `msd_id` as in
    an INVITE; `control`: the eCall document, if it has one; `key`: the DTMF key of a dtmf-relay body."""

    call_id: str = ""
    package: str = ""
    content_type: str = ""
    body: bytes = b""
    msd: bytes = b""
    msd_id: str = ""
    control: ecall.Control | None = None
    key: str = ""
    discrepancies: tuple[str, ...] = ()


def read_invite(raw: bytes) -> Invite:
    """Reads headers and body of one SIP request. Never raises."""
    return _read(raw)[0]


def read_message(raw: bytes) -> TextMessage:
    """The same of a MESSAGE, with its text: text/plain, message/cpim (RFC 3862), or either among other parts."""
    said, parts = _read(raw)
    text, kind = "", parts[0].kind if parts else ""
    for part in parts:
        if part.kind == "message/cpim":
            found = _cpim(part.data)
        elif part.kind == "text/plain" or not part.kind:
            found = text_of(part)
        else:
            continue
        if found.strip():
            text, kind = found, part.kind
            break
    if len(text) > MAX_TEXT:
        what = f"text of {len(text)} characters cut at {MAX_TEXT}"
        said = msgspec.structs.replace(said, discrepancies=(*said.discrepancies, what))
    sender = _uri_of(next(iter(_taken_apart(raw, [])[1].get("from", [])), "")).split(";")[0][:200]
    text = text[:MAX_TEXT].replace("\0", "")
    return TextMessage(**msgspec.structs.asdict(said), text=text, sender=sender, content_type=kind)


def read_info(raw: bytes) -> Info:
    """What an INFO brings in a call. Never raises."""
    noted: list[str] = []
    _, headers, body = _taken_apart(raw, noted)
    first = {name: values[0] for name, values in headers.items()}
    parts = _parts(first, body, noted)
    msd, msd_id = _msd(parts)
    control, key = None, ""
    for part in parts:
        if part.kind == ecall.CONTROL_TYPE.lower():
            try:
                control = ecall.read_control(part.data)
            except ecall.MalformedBody as wrong:
                noted.append(str(wrong)[:300])
        elif part.kind in ("application/dtmf-relay", "application/dtmf"):
            found = re.search(rb"(?i)(?:^\s*|signal\s*=\s*)([0-9A-D*#])\s*(?:\r?\n|$)", part.data[:200])
            key = found.group(1).decode().upper() if found else ""
    return Info(
        call_id=first.get("call-id", "")[:200], package=first.get("info-package", "")[:60], msd=msd, msd_id=msd_id,
        content_type=parts[0].kind if parts else "", body=parts[0].data if parts else b"", control=control, key=key,
        discrepancies=tuple(noted),
    )  # fmt: skip


def _read(raw: bytes) -> tuple[Invite, list[Part]]:
    noted: list[str] = []
    start, headers, body = _taken_apart(raw, noted)
    # Request-Line = Method SP Request-URI SP SIP-Version          (RFC 3261, 25.1)
    words = start.split(" ")
    method, target = words[0], words[1] if len(words) > 2 else ""
    first = {name: values[0] for name, values in headers.items()}
    to = _uri_of(first.get("to", ""))
    parts = _parts(first, body, noted)
    placed = _places(headers.get("geolocation", []), parts, noted)
    blocks, call_ids, incident_ids = _call_info(headers.get("call-info", []), parts, noted)
    msd, msd_id = _msd(parts)
    required = {word.strip().lower()[:40] for value in headers.get("require", []) for word in value.split(",")[:20]}
    if unknown := sorted(required - _KNOWN - {""}):
        noted.append(f"requires what we do not have: {', '.join(unknown)[:200]}; it is answered all the same")
    offered = offer.read_offer(found_in(raw))
    languages = (*offered.languages, *offer.accepted(headers.get("accept-language", [])))
    accesses = [*headers.get("p-access-network-info", []), *headers.get("cellular-network-info", [])]
    cells = read_cells(accesses)
    said = Invite(
        method=method,
        target=target,
        called=to or target,
        caller=_caller(headers, noted),
        service=_service_of(target) or _service_of(to),
        access=", ".join(accesses)[:_MAX_ACCESS],
        call_id=first.get("call-id", "")[:200],
        ticket=first.get("siaga-ticket", "")[:100],
        authorization=first.get("authorization", "")[:2000],
        locations=placed.locations,
        references=placed.references,
        civic=placed.civic,
        sound_host=offer.sound_host(body),
        additional=(*blocks, *placed.additional)[:20],
        msd=msd,
        msd_id=msd_id,
        has_audio=offered.audio,
        has_text=offered.text,
        priority=first.get("priority", "").lower()[:40],
        languages=tuple(dict.fromkeys(languages))[:10],
        call_ids=call_ids,
        incident_ids=incident_ids,
        cell=cells[0] if cells else None,
        routing=first.get("geolocation-routing", "").split(";")[0].strip().lower()[:10],
        discrepancies=tuple(noted),
    )
    return said, parts


# -- headers -------------------------------------------------------------------------------------------
def _taken_apart(raw: bytes, noted: list[str]) -> tuple[str, dict[str, list[str]], bytes]:
    """(first line, header name in small letters -> values, body)."""
    if len(raw) > MAX_MESSAGE:
        noted.append(f"message of {len(raw)} bytes cut at {MAX_MESSAGE}")
        raw = raw[:MAX_MESSAGE]
    head, body = head_and_body(raw)
    start, lines = lines_of(head, "utf-8")
    return start, _headers(lines, noted), body


def _headers(lines: list[str], noted: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            if line.strip():
                noted.append(f"a header line without a colon: {line[:40]!r}")
            continue
        found.setdefault(long_name(name), []).append(value.strip()[:_MAX_VALUE])
    return found


def _uri_of(value: str) -> str:
    return next(iter(_uris_of(value)), "")


def _uris_of(value: str) -> list[str]:
    # name-addr = [ display-name ] "<" addr-spec ">"; a quoted display name may hold anything, commas too
    without_name = re.sub(r'"(?:\\.|[^"\\])*"', "", value)
    bracketed = re.findall(r"<([^<>]*)>", without_name)[:10]
    return [uri.strip() for uri in bracketed] or [without_name.split(";")[0].split(",")[0].strip()]


def user_of(uri: str) -> str:
    """The user of a SIP address, or the number of a tel one; "" for none."""
    if uri[:4].lower() == "tel:":
        return uri[4:].split(";")[0]
    if uri[:4].lower() == "sip:" or uri[:5].lower() == "sips:":
        rest = uri.split(":", 1)[1]
        return unquote(rest.split("@")[0].split(";")[0].split(":")[0]) if "@" in rest else ""
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
    """A caller's number as routing.numbers spells it; "" for none or anonymous."""
    context = re.search(r";phone-context=(\+\d{1,4})", uri)
    return e164(user_of(uri), context.group(1) if context else "")


def _call_info(
    values: list[str], parts: list[Part], noted: list[str]
) -> tuple[list[Block], tuple[str, ...], tuple[str, ...]]:
    # Call-Info = "Call-Info" HCOLON info *(COMMA info); info = LAQUOT absoluteURI RAQUOT *( SEMI info-param )
    # Identifiers: urn:nena:callid:, urn:nena:uid:callid:, urn:emergency:uid:callid:, and incidentid in the same ways
    blocks: list[Block] = []
    call_ids: list[str] = []
    incident_ids: list[str] = []
    named = {part.name for part in parts}
    for uri, params in [found for value in values for found in re.findall(r"<([^<>]{1,500})>([^<]*)", value)][:40]:
        given = re.search(r"purpose\s*=\s*\"?([^\s;\",]{1,100})", params, re.IGNORECASE)
        purpose, uri = given.group(1) if given else "", uri.strip()
        if told := re.match(r"urn:(?:nena|emergency)(?::service)?(?::uid)?:(callid|incidentid):", uri, re.IGNORECASE):
            (call_ids if told.group(1).lower() == "callid" else incident_ids).append(uri[:200])
        elif kind := additional.kind_of(purpose):
            if not uri.lower().startswith("cid:"):
                blocks.append(Block(kind=kind, reference=uri))
            elif uri[4:] not in named:
                noted.append(f"Call-Info points to a body part that is not there: {uri[4:64]}")
    for part in parts:
        kind = additional.kind_of(part.kind)
        if not kind or kind in ("eCall.MSD", "Control"):
            continue
        try:
            blocks.append(additional.read_block(part.data, kind))
        except additional.MalformedBody as wrong:
            noted.append(f"additional data not readable: {wrong}"[:300])
    return blocks, tuple(dict.fromkeys(call_ids))[:10], tuple(dict.fromkeys(incident_ids))[:10]


# -- bodies --------------------------------------------------------------------------------------------
def _parts(first: dict[str, str], body: bytes, noted: list[str]) -> list[Part]:
    kind = first.get("content-type", "")
    told = first.get("content-length", "")
    if told.isascii() and told.isdigit() and kind[:10].lower() != "multipart/":
        if int(told[:9]) > len(body):
            noted.append(f"body of {len(body)} bytes; its header promises {told[:9]}")
        body = body[: int(told[:9])]
    encoding = first.get("content-encoding", "") or first.get("content-transfer-encoding", "")
    return read_parts(kind, body, noted, encoding, first.get("content-id", ""))


def _msd(parts: list[Part]) -> tuple[bytes, str]:
    found = next((part for part in parts if part.kind == ecall.MSD_TYPE), None)
    return (found.data[:4000], found.name) if found else (b"", "")


def _cpim(data: bytes) -> str:
    """Message-headers, an empty line, the headers of what is wrapped, an empty line, and that (RFC 3862, section 2)."""
    _, *rest = re.split(rb"\r?\n\r?\n", data, maxsplit=1)
    if not rest:
        return ""
    inner, *text = re.split(rb"\r?\n\r?\n", rest[0], maxsplit=1)
    kind = re.search(rb"(?im)^content-type:\s*([^\r\n]{0,200})", inner)
    noted: list[str] = []
    told = kind.group(1).decode("ascii", "replace") if kind else "text/plain"
    parts = read_parts(told, text[0] if text else b"", noted)
    return text_of(parts[0]) if parts and parts[0].kind.startswith("text/") else ""


class _Placed(msgspec.Struct, frozen=True):
    """The fields of an Invite that its places give."""

    references: tuple[str, ...]
    locations: tuple[Location, ...]
    civic: tuple[Civic, ...]
    additional: tuple[Block, ...]


def _places(values: list[str], parts: list[Part], noted: list[str]) -> _Placed:
    # Geolocation = "Geolocation" HCOLON locationValue *( COMMA locationValue )
    # locationValue = LAQUOT locationURI RAQUOT *( SEMI geoloc-param )          (RFC 6442, section 4.1)
    uris = [uri.strip() for value in values for uri in re.findall(r"<([^<>]{1,500})>", value)][:10]
    named = [uri[4:] for uri in uris if uri.lower().startswith("cid:")]
    references = [uri for uri in uris if uri.lower().startswith(("http:", "https:"))]
    noted += [f"a location reference that cannot be fetched: {uri[:60]}" for uri in uris
              if not uri.lower().startswith(("cid:", "http:", "https:"))]  # fmt: skip
    there = {part.name: part for part in parts}
    places = [there[n] for n in named if n in there]
    noted += [f"Geolocation points to a body part that is not there: {n[:60]}" for n in named if n not in there]
    # Some senders leave the header out, or spell the id differently: a location that came is used all the same.
    places += [part for part in parts if part.kind == "application/pidf+xml" and part not in places]
    locations: list[Location] = []
    civic: list[Civic] = []
    blocks: list[Block] = []
    for part in places:
        try:
            read = read_pidflo(part.data)
        except MalformedBody as wrong:
            noted.append(f"location not usable: {wrong}"[:300])
            continue
        locations += read.locations
        civic += read.civic
        blocks += read.additional
        noted += [f"location not usable: {why}"[:300] for why in read.troubles]
    return _Placed(tuple(references), tuple(locations), tuple(civic), tuple(blocks))
