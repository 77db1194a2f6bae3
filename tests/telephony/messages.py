"""SIP messages as senders write them."""

from __future__ import annotations

SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 8\r\n"


def invite(target: str = "sip:112@siaga.id", body: str = "", **headers: str) -> bytes:
    """One INVITE; a header's name has _ for -."""
    lines = {
        "Via": "SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1",
        "From": "<sip:08117000112@op.id>;tag=1",
        "To": "<sip:112@siaga.id>",
        "Call-ID": "1@op.id",
        "CSeq": "1 INVITE",
        **{name.replace("_", "-"): value for name, value in headers.items()},
        "Content-Length": str(len(body)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"INVITE {target} SIP/2.0\r\n{head}\r\n{body}".encode()


def pidf(shape: str, more: str = "") -> str:
    """A PIDF-LO document around a shape; `more` follows the location."""
    return (
        '<?xml version="1.0"?><presence xmlns="urn:ietf:params:xml:ns:pidf" '
        'xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10" xmlns:gml="http://www.opengis.net/gml" '
        'xmlns:gs="http://www.opengis.net/pidflo/1.0" entity="pres:a@b"><tuple id="t"><status><gp:geopriv>'
        f"<gp:location-info>{shape}</gp:location-info><gp:usage-rules/>{more}</gp:geopriv></status>"
        "<timestamp>2026-11-24T08:00:00Z</timestamp></tuple></presence>"
    )
