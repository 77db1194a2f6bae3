"""HELD: asking a location server where a caller is, and what it answers (RFC 5985, 6155, 6753). Pure.

A location reference is fetched by POST of a request, or by GET, which may give the PIDF-LO itself; both answers are
read here. Who fetches, from whom and how long, is the caller's business.
"""

from __future__ import annotations

from itertools import islice
from xml.sax.saxutils import escape

import msgspec

from telephony.messages.pidflo import Pidf, places_in
from telephony.messages.xmlbody import MalformedBody, name_of, read_xml, text_of

__all__ = ["CONTENT_TYPE", "HeldAnswer", "MalformedBody", "read_answer", "request"]
CONTENT_TYPE = "application/held+xml"
ACCEPT = "application/held+xml;q=0.9, application/pidf+xml"
_SPACE = "urn:ietf:params:xml:ns:geopriv:held"


class HeldAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """`places`: None when none came. `references`: addresses to ask later, until `expires` (as sent). `error`: the
    server's code, such as locationUnknown or timeout, and `message`: its words."""

    places: Pidf | None = None
    references: tuple[str, ...] = ()
    expires: str = ""
    error: str = ""
    message: str = ""


def request(device: str = "", within_ms: int = 0, types: tuple[str, ...] = ("geodetic", "civic")) -> bytes:
    """A locationRequest. `device`: a tel: or sip: URI, when the server is asked about somebody by name (RFC 6155) and
    not by the reference itself. `within_ms`: how long it may take to find the place; 0 asks for what serves sending
    help ("emergencyDispatch", RFC 5985, 6.1), which may be slower and better than what serves routing."""
    time = str(int(within_ms)) if within_ms > 0 else "emergencyDispatch"
    wanted = " ".join(kind for kind in types if kind in ("any", "geodetic", "civic", "locationURI")) or "any"
    about = f'<device xmlns="{_SPACE}:id"><uri>{escape(device)}</uri></device>' if device else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<locationRequest xmlns="{_SPACE}" responseTime="{time}">'
        f'<locationType exact="false">{wanted}</locationType>{about}</locationRequest>\n'
    ).encode()


def read_answer(body: bytes) -> HeldAnswer:
    """A locationResponse, an error, or a bare PIDF-LO. Raises MalformedBody for anything else, and for a response with
    neither a usable place nor a reference; the text says why."""
    root = read_xml(body, "HELD answer")
    kind = name_of(root)
    if kind == "presence":
        return HeldAnswer(places=places_in(root))
    if kind == "error":
        message = next((" ".join(node.itertext()).strip() for node in root if name_of(node) == "message"), "")
        return HeldAnswer(error=root.get("code", "").strip()[:60] or "generalLisError", message=message[:300])
    if kind != "locationResponse":
        raise MalformedBody(f"no HELD answer: {kind[:60] or 'nothing'} at its root")
    references, expires = [], ""
    for uris in islice((node for node in root if name_of(node) == "locationUriSet"), 3):
        expires = expires or uris.get("expires", "").strip()[:40]
        found = (text_of(node) for node in uris if name_of(node) == "locationURI")
        references += [uri[:500] for uri in islice(found, 10) if uri]
    document = next((node for node in root if name_of(node) == "presence"), None)
    if document is None and not references:
        raise MalformedBody("a HELD answer without a place")
    try:
        places = places_in(document) if document is not None else None
    except MalformedBody:
        if not references:
            raise
        places = None
    return HeldAnswer(places=places, references=tuple(references), expires=expires)
