"""The lines of a session description that we can speak on, found in whatever came, and the answer made whole. Pure.

Theory of operation. A caller who offers sound that we can speak is answered; nothing else in the message is a reason
not to. `usable` finds the description, chooses the first line of sound and the first of real-time text that we speak,
and writes them anew, with the attributes that pjmedia reads and no others: that is all the library gets to see. What
was offered beside them, and how a chosen line was written, goes along in one attribute, `a=X-siaga-lines:`; `completed`
puts it into what we send, so that each of the other side's lines is answered in its place (RFC 3264, 6), the others
with port 0.

session      = *( type "=" value ( CRLF / LF / CR ) )                                     (RFC 8866, 5 and 9)
media-field  = "m=" media SP port [ "/" integer ] SP proto 1*( SP fmt )
connection   = "c=" nettype SP addrtype SP connection-address [ "/" … ]
rtpmap       = "a=rtpmap:" payload-type SP encoding "/" clock [ "/" channels ]
fmtp         = "a=fmtp:" fmt SP parameters
crypto       = "a=crypto:" tag SP suite SP "inline:" key *( "|" … )                       (RFC 4568, 9.1)
fingerprint  = "a=fingerprint:" hash SP 2HEX *( ":" 2HEX )                                (RFC 8122, 5)
Senders break them: fields in another order or missing (v, o, s, c, t), blanks and tabs, dynamic formats without rtpmap,
attributes cut short, lines for pictures and fax of any form, profiles that nobody knows, bytes before and after.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
import zlib

import msgspec

from telephony.messages.head import head_and_body
from telephony.messages.parts import Part, read_parts

MOST_LINES = 4000
MOST_STREAMS = 120
"""Lines of media that are answered, each in its place."""
_LINE = 2000
_SPOKEN = {("PCMA", 8000): 8, ("PCMU", 8000): 0}
_WAYS = ("sendrecv", "sendonly", "recvonly", "inactive")
_KEYS = {
    "AES_CM_128_HMAC_SHA1_80": 30, "AES_CM_128_HMAC_SHA1_32": 30, "AES_256_CM_HMAC_SHA1_80": 46,
    "AES_256_CM_HMAC_SHA1_32": 46,
}  # fmt: skip
"""Bytes of key and salt by suite (RFC 4568, 6.2; RFC 6188)."""
_HASHES = {"sha-1": 20, "sha-256": 32, "sha-384": 48, "sha-512": 64}
_OTHER_NETWORKS = ("TCP", "SCTP", "UDPTL", "DCCP")
"""Ways to carry a stream that are no RTP in UDP."""
UNUSABLE = b"none"
"""In the place of a description: there is one, and no line of it is for us."""


class _MediaLine(msgspec.Struct):
    """One m= line with what belongs to it; `attributes` by name in small letters, values as they came."""

    kind: str = ""
    port: int = 0
    profile: str = ""
    formats: list[str] = []
    connection: str = ""
    attributes: dict[str, list[str]] = {}


def usable(raw: bytes, source: str, secure_only: bool = False) -> bytes:
    """What pjmedia gets of the description in this message: b"" when it has none, UNUSABLE when none of its lines is
    for us. `source`: the address the message came from; `secure_only`: sound in the clear does not count."""
    text = found_in(raw)
    if not text:
        return b""
    session, streams = _read(text)
    offer = re.match(rb"\s*(?:INVITE|UPDATE)\s", raw[:40]) is not None
    sounds = [stream for stream in streams if stream.kind == "audio"]
    if not streams and offer and not _within_call(raw):
        return b""  # words, or nothing: then the offer is ours to make
    sound = min((one for one in sounds if _speaks(one, session, secure_only)), key=_is_quiet, default=None)
    if sound is None and not offer:  # the other side refused it
        sound = next(iter(sounds), None)
    letters = next((one for one in streams if one.kind == "text" and _writes(one)), None)
    if letters is None and not offer:
        letters = next((one for one in streams if one.kind == "text"), None)
    if sound is None and (letters is None or not letters.port):
        return UNUSABLE
    chosen = [one for one in streams if one is sound or one is letters]
    out = ["v=0", _origin(session.get("o", ""), source), "s=-", f"c={_connection('', source)}", "t=0 0"]
    lines = ";".join(_noted(one, one in chosen) for one in streams)
    if len(streams) > len(chosen) or any(one.profile != _profile(one, session) for one in chosen):
        out.append(f"a=X-siaga-lines:{lines}")
    for one in chosen:
        out += _written(one, session, source)
    return "\r\n".join([*out, ""]).encode("ascii", "replace")


def completed(sdp: bytes, lines: bytes) -> bytes:
    """Our description with a line for each of theirs, in their order. `lines`: of X-siaga-lines."""
    head, *ours = re.split(r"(?m)^(?=m=)", sdp.decode("latin-1").replace("\r\n", "\n"))
    made = [head]
    for noted in lines.decode("ascii", "replace").split(";"):
        kind, profile, form, *mine = noted.split(" ")
        if mine and ours:
            made.append(re.sub(r"\A(m=\S+ \S+ )\S+", rf"\g<1>{profile}", ours.pop(0)))
        else:
            made.append(f"m={kind} 0 {profile} {form}\n")
    return "".join([*made, *ours]).replace("\n", "\r\n").encode("latin-1")


# -- finding -------------------------------------------------------------------------------------------
def found_in(raw: bytes) -> bytes:
    """The session description in a message, however it is wrapped; b"" for none."""
    head, rest = head_and_body(raw)
    if not rest.strip(b"\0\r\n\t "):
        return b""
    body = _body(head, rest)
    names = {
        name: _header(head, name) for name in ("content-type|c", "content-encoding|e", "content-transfer-encoding")
    }
    kind, *encodings = names.values()
    encoding = next((value for value in encodings if value), "")
    if kind[:15].lower() == "application/sdp" and not encoding and not body.lstrip().startswith(b"--"):
        return body
    parts = read_parts(kind, body, [], encoding)
    for is_one in (_is_marked, _looks_like_one):
        if found := next((part.data for part in parts if is_one(part)), b""):
            return found
    # Parts that are marked wrongly: from the line that begins a description to the next boundary.
    marked = re.search(rb"(?:\A|[\r\n])(v[ \t]*=[ \t]*0[ \t]*[\r\n].*?)(?=[\r\n]--|\Z)", body, re.DOTALL)
    return marked.group(1) if marked else b""


def _is_marked(part: Part) -> bool:
    return part.kind == "application/sdp"


def _looks_like_one(part: Part) -> bool:
    return re.match(rb"\s*v[ \t]*=[ \t]*0[ \t]*[\r\n]", part.data[:40]) is not None


def _body(head: bytes, body: bytes) -> bytes:
    """Without what stands behind it in a datagram (RFC 3261, 18.3). Some senders count too few: a count that ends
    within a line, or before any line of media, is none, and then the body ends where the next message begins (RFC 4475,
    3.1.1.8)."""
    told = _header(head, "content-length|l")
    length = int(told[:9]) if told.isascii() and told.isdigit() else 0
    if not 0 < length < len(body):
        return body
    counted = body[:length]
    if counted.endswith((b"\n", b"\r")) and re.search(rb"(?:\A|[\r\n])m[ \t]*=", counted):
        return counted
    following = re.compile(rb"^(?:[A-Z]{3,20} \S+ SIP/\d|SIP/\d)", re.MULTILINE).search(body, length)
    return body[: following.start()] if following else body


def _within_call(raw: bytes) -> bool:
    return ";tag=" in re.sub(r"\s", "", _header(raw[:20_000], "to|t")).lower()


def _header(head: bytes, name: str) -> str:
    found = re.search(rb"(?im)^(?:" + name.encode() + rb")[ \t]*:[ \t]*((?:[^\r\n]|\r?\n[ \t])*)", head)
    return re.sub(r"\s+", " ", found.group(1).decode("latin-1")).strip()[:500] if found else ""


# -- reading -------------------------------------------------------------------------------------------
def _read(text: bytes) -> tuple[dict[str, str], list[_MediaLine]]:
    """(the session's own values by letter, its attributes by name, each the last that came; its streams)."""
    session: dict[str, str] = {}
    streams: list[_MediaLine] = []
    for raw in re.split(r"[\r\n\0]+", text.decode("latin-1"))[:MOST_LINES]:
        found = re.match(r"\W*?([a-z])\s*=\s*(.*)", raw[:_LINE], re.IGNORECASE)
        if found is None:
            continue
        letter, value = found.group(1).lower(), " ".join(found.group(2).split())
        if letter == "m":
            if len(streams) < MOST_STREAMS:
                streams.append(_stream(value))
        elif letter == "a":
            name, _, rest = value.partition(":")
            name, rest = name.strip().lower(), rest.strip()
            if streams:
                streams[-1].attributes.setdefault(name, []).append(rest)
            else:
                session[f"a={name}"] = rest
        elif letter == "c":
            if streams and not streams[-1].connection:
                streams[-1].connection = value
            elif not streams:
                session["c"] = value
        elif letter == "o":
            session["o"] = value
    return session, streams


def _stream(value: str) -> _MediaLine:
    kind, port, profile, *formats = [*value.split(" "), "", "", ""]
    number = re.match(r"\d{1,5}(?=/|$)", port)
    return _MediaLine(
        kind=kind.lower(), port=int(number.group()) if number and int(number.group()) < 65536 else 0, profile=profile,
        formats=list(dict.fromkeys(form for form in formats if form))[:200], attributes={},
    )  # fmt: skip


def _maps(stream: _MediaLine) -> dict[str, tuple[str, int]]:
    """Payload type -> (encoding in capitals, clock), the first of each that can be read."""
    made: dict[str, tuple[str, int]] = {}
    for value in stream.attributes.get("rtpmap", []):
        found = re.fullmatch(r"(\d{1,3}) ([\w.+\-]+) ?/ ?(\d{1,6})(?: ?/ ?(\d{1,2}))?", value)
        if found and found.group(4) in (None, "1"):
            made.setdefault(found.group(1), (found.group(2).upper(), int(found.group(3))))
    return made


def _sounds(stream: _MediaLine) -> list[tuple[str, str]]:
    """(payload type, encoding) of what we speak, in the order offered."""
    maps, found = _maps(stream), []
    for form in stream.formats:
        name, clock = {"0": ("PCMU", 8000), "8": ("PCMA", 8000)}.get(form) or maps.get(form, ("", 0))
        if (name, clock) in _SPOKEN and form.isdigit() and int(form) < 128:
            found.append((form, name))
    return found


def _keys(stream: _MediaLine) -> list[str]:
    """Values of a=crypto that can be used."""
    found: dict[str, str] = {}
    for value in stream.attributes.get("crypto", [])[:20]:
        read = re.fullmatch(r"(\d{1,9}) (\w+) inline:([A-Za-z0-9+/]+={0,2})(?:\|(?:2\^)?\d+)?", value)
        if read is None or read.group(2).upper() not in _KEYS:
            continue
        try:
            length = len(base64.b64decode(read.group(3) + "=" * (-len(read.group(3)) % 4)))
        except (binascii.Error, ValueError):
            continue
        if length == _KEYS[read.group(2).upper()]:
            found.setdefault(read.group(1), f"{read.group(1)} {read.group(2).upper()} inline:{read.group(3)}")
    usual = [value for value in found.values() if "AES_CM_128" in value]
    return usual or list(found.values())


def _fingerprint(stream: _MediaLine, session: dict[str, str]) -> str:
    for value in [*stream.attributes.get("fingerprint", []), session.get("a=fingerprint", "")]:
        read = re.fullmatch(r"(sha-\d+) ([0-9A-F]{2}(?::[0-9A-F]{2})+)", value, re.IGNORECASE)
        if read and len(read.group(2)) == 3 * _HASHES.get(read.group(1).lower(), 0) - 1:
            return f"{read.group(1).lower()} {read.group(2).upper()}"
    return ""


def _profile(stream: _MediaLine, session: dict[str, str]) -> str:
    """How we speak on it, "" when we cannot: in the clear, with keys in the description, or with keys agreed on."""
    said = stream.profile.upper()
    if any(said.startswith(network) or f"/{network}/" in said for network in _OTHER_NETWORKS):
        return ""
    if "SAVP" not in said and "TLS" not in said:
        return "RTP/AVP"
    if "TLS" not in said and _keys(stream):
        return "RTP/SAVP"
    return "UDP/TLS/RTP/SAVP" if _fingerprint(stream, session) else ""


def _speaks(stream: _MediaLine, session: dict[str, str], secure_only: bool) -> bool:
    way = _profile(stream, session)
    return bool(stream.port and way and _sounds(stream) and (way != "RTP/AVP" or not secure_only or _keys(stream)))


def _writes(stream: _MediaLine) -> bool:
    return any(name == "T140" for name, _ in _maps(stream).values()) and bool(_profile(stream, {}))


def _way(stream: _MediaLine, session: dict[str, str]) -> str:
    return next((way for way in _WAYS if way in stream.attributes or f"a={way}" in session), "")


def _is_quiet(stream: _MediaLine) -> bool:
    """A line that carries nothing now is chosen when there is no other."""
    return "inactive" in stream.attributes


# -- writing -------------------------------------------------------------------------------------------
def _connection(value: str, source: str) -> str:
    """An address of the kind the message came by: a name would have to be looked up while all others wait, and to
    an address of the other kind there is no way. When the sound comes from elsewhere, the library follows it."""
    there = ipaddress.ip_address(source)
    found = re.match(r"IN IP[46] ([0-9A-Fa-f:.]+)", value, re.IGNORECASE)
    try:
        address = ipaddress.ip_address(found.group(1)) if found else there
    except ValueError:
        address = there
    if address.version != there.version or address.is_multicast or str(address) == "255.255.255.255":
        address = there
    return f"IN IP{address.version} {address}"


def _origin(value: str, source: str) -> str:
    # o=<username> <sess-id> <sess-version> IN IP4|IP6 <address>: the version tells a new offer from a repeated one
    words = value.split(" ")
    numbers = [word for word in words if re.fullmatch(r"\d+", word)][:2]
    made = [word if len(word) < 10 else str(zlib.crc32(word.encode())) for word in [*numbers, "1", "1"]][:2]
    return f"o=- {made[0]} {made[1]} {_connection('', source)}"


def _noted(stream: _MediaLine, chosen: bool) -> str:
    """For X-siaga-lines: kind, profile and first format, as tokens; a last word where the line is ours."""
    words = (stream.kind, stream.profile, next(iter(stream.formats), ""))
    plain = [re.sub(r"[^A-Za-z0-9/._+\-*]", "", word)[:60] or "0" for word in words]
    return " ".join([*plain, *(["+"] if chosen else [])])


def _written(stream: _MediaLine, session: dict[str, str], source: str) -> list[str]:
    way = _profile(stream, session) or "RTP/AVP"
    forms, attributes = _text_formats(stream) if stream.kind == "text" else _sound_formats(stream)
    if not forms:
        return [f"m={stream.kind} 0 RTP/AVP 0"]
    out = [
        f"m={stream.kind} {stream.port} {way} {' '.join(forms)}",
        f"c={_connection(stream.connection or session.get('c', ''), source)}",
        *attributes,
    ]
    if direction := _way(stream, session):
        out.append(f"a={direction}")
    if "rtcp-mux" in stream.attributes:
        out.append("a=rtcp-mux")
    for value in stream.attributes.get("rtcp", [])[:1]:
        found = re.fullmatch(r"(\d{1,5})(?: (IN IP[46] \S+))?", value)
        if found and 0 < int(found.group(1)) < 65536:
            place = found.group(2)
            out.append(f"a=rtcp:{found.group(1)}" + (f" {_connection(place, source)}" if place else ""))
    if way == "UDP/TLS/RTP/SAVP":
        setup = (stream.attributes.get("setup") or [session.get("a=setup", "")])[0].lower()
        out.append(f"a=fingerprint:{_fingerprint(stream, session)}")
        out.append(f"a=setup:{setup if setup in ('active', 'passive', 'actpass') else 'actpass'}")
    else:
        out += [f"a=crypto:{value}" for value in _keys(stream)[:8]]
    return out + _ice(stream, session)


def _sound_formats(stream: _MediaLine) -> tuple[list[str], list[str]]:
    sounds = _sounds(stream)
    forms = [form for form, _ in sounds]
    out = [f"a=rtpmap:{form} {name}/8000" for form, name in sounds]
    maps = _maps(stream)
    events = dict(value.partition(" ")[::2] for value in stream.attributes.get("fmtp", []))
    for form in stream.formats if sounds else ():
        # Keys (RFC 4733); one without a name that has the events of a telephone is meant to be that
        named = maps.get(form) == ("TELEPHONE-EVENT", 8000)
        meant = (
            form not in maps
            and re.fullmatch(r"9[6-9]|1[01]\d|12[0-7]", form)
            and events.get(form, "").startswith("0-1")
        )
        if named or meant:
            said = events.get(form, "")
            out.append(f"a=rtpmap:{form} telephone-event/8000")
            out.append(f"a=fmtp:{form} {said if re.fullmatch(r'[0-9,-]{1,40}', said) else '0-15'}")
            forms.append(form)
            break
    for name in ("ptime", "maxptime"):
        for value in stream.attributes.get(name, [])[:1]:
            if value in ("10", "20", "30", "40", "50", "60", "80", "100", "120") and (name == "ptime" or value != "10"):
                out.append(f"a={name}:{value}")
    return forms, out


def _text_formats(stream: _MediaLine) -> tuple[list[str], list[str]]:
    maps = _maps(stream)
    forms = [form for form in stream.formats if maps.get(form) in (("T140", 1000), ("RED", 1000)) and int(form) < 128]
    out = [f"a=rtpmap:{form} {maps[form][0].lower()}/1000" for form in forms]
    for value in stream.attributes.get("fmtp", [])[:4]:
        found = re.fullmatch(r"(\d{1,3}) (\d{1,3}(?:/\d{1,3}){0,4}|cps=\d{1,4})", value)
        if found and found.group(1) in forms:
            out.append(f"a=fmtp:{value}")
    return forms, out


def _ice(stream: _MediaLine, session: dict[str, str]) -> list[str]:
    # RFC 8839, 5.4: ice-ufrag = 4*256ice-char, ice-pwd = 22*256ice-char
    known = {
        name: (stream.attributes.get(name) or [session.get(f"a={name}", "")])[0] for name in ("ice-ufrag", "ice-pwd")
    }
    if not re.fullmatch(r"[\w+/]{4,256}", known["ice-ufrag"]) or not re.fullmatch(r"[\w+/]{22,256}", known["ice-pwd"]):
        return []
    out = [f"a={name}:{value}" for name, value in known.items()]
    for value in stream.attributes.get("candidate", [])[:40]:
        # candidate = foundation SP component SP "UDP" SP priority SP address SP port SP "typ" SP type  (RFC 8839, 5.1)
        found = re.match(
            r"([\w+/]{1,32}) ([12]) udp (\d{1,10}) ([0-9A-Fa-f:.]+) (\d{1,5}) typ (host|srflx|prflx|relay)\b",
            value,
            re.IGNORECASE,
        )
        if found is None or int(found.group(3)) >= 1 << 31 or not 0 < int(found.group(5)) < 65536:
            continue
        try:
            ipaddress.ip_address(found.group(4))
        except ValueError:
            continue
        if len(out) < 14:
            words = (*found.group(1, 2), "UDP", *found.group(3, 4, 5), "typ", found.group(6).lower())
            out.append(f"a=candidate:{' '.join(words)}")
    return out
