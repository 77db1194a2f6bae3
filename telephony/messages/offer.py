"""What a caller's session description offers: sound, real-time text, languages; and a host name that must not be
looked up. Pure.

media-field = "m=" media SP port ["/" integer] SP proto 1*(SP fmt)                              (RFC 8866, 9)
hlang       = "a=hlang-send:" / "a=hlang-recv:" Language-Tag *( SP Language-Tag ) [ SP "*" ]    (RFC 8373, 5)
"""

from __future__ import annotations

import re

import msgspec

MAX_LINES = 2000
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,6}")


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """`languages`: what the caller speaks or writes first, then what he understands."""

    audio: bool = False
    text: bool = False
    languages: tuple[str, ...] = ()


def read_offer(sdp: bytes) -> Offer:
    """Never raises. A stream with port 0 is not offered (RFC 3264, 5.1)."""
    audio = text = False
    media, live = "", False
    sends: list[str] = []
    hears: list[str] = []
    for line in sdp.decode("utf-8", "replace").splitlines()[:MAX_LINES]:
        if line.startswith("m="):
            media, port = [*line[2:].split(), "", ""][:2]
            live = bool(re.match(r"0*[1-9]", port))
            audio = audio or (media == "audio" and live)
        elif media == "text" and live and re.match(r"a=rtpmap:\s*\d+\s+(t140|red)/", line, re.IGNORECASE):
            text = True
        elif line.startswith(("a=hlang-send:", "a=hlang-recv:")):
            (sends if line[8] == "s" else hears).extend(_TAG.findall(line[13:300]))
    return Offer(audio=audio, text=text, languages=tuple(dict.fromkeys([*sends, *hears]))[:10])


def accepted(values: list[str]) -> list[str]:
    """The tags of Accept-Language, the most wanted first (RFC 3261, 20.3)."""
    found: list[tuple[float, int, str]] = []
    for value in values:
        for part in value.split(",")[:20]:
            tag = part.split(";")[0].strip()
            weight = re.search(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)", part)
            share = float(weight.group(1)) if weight else 1.0
            if _TAG.fullmatch(tag) and share > 0:
                found.append((-share, len(found), tag))
    return [tag for _, _, tag in sorted(found)]


def sound_host(body: bytes) -> str:
    """The host name where others have an address, else ""."""
    # connection-field = "c=" nettype SP addrtype SP connection-address   (RFC 8866, 9; a=rtcp: RFC 3605, 2.1)
    found: list[tuple[bytes, bytes]] = re.findall(rb"(?mi)^(?:c=|a=rtcp:\d+ +)\S+[ \t]+IP([46])[ \t]+([^\s/]+)", body)
    for kind, host in found:
        if not re.fullmatch(rb"[\d.]+" if kind == b"4" else rb"[\da-fA-F:.]*:[\da-fA-F:.]*", host):
            return host[:100].decode("utf-8", "replace")
    return ""
