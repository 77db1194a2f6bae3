"""Makes a browser's offer fit pjsua2 and pjsua2's answer fit the browser (RFC 8829, RFC 8839). Pure."""

from __future__ import annotations

import re

from routing.text import CodedError

MAX_SDP = 20_000
_NOT_FOR_US = ("a=rtcp:", "a=extmap", "a=msid", "a=ice-options", "a=rtcp-fb", "a=ssrc", "a=group")


class MalformedOffer(CodedError, ValueError):
    """Not an offer that can be placed; the text says why."""


def offer_for_switch(sdp: str, peer: str) -> str:
    """The offer with IPv4 UDP candidates only. `peer`: the address the browser came from, which stands in for the
    mDNS names that browsers put there to hide it. Raises MalformedOffer."""
    if len(sdp) > MAX_SDP or not sdp.startswith("v=0") or "\nm=audio " not in sdp:
        raise MalformedOffer("problem.no-audio-described")
    if "a=fingerprint:" not in sdp:
        raise MalformedOffer("problem.audio-not-encrypted")
    lines = sdp.replace("\r\n", "\n").rstrip("\n").split("\n")
    kept: list[str] = []
    first: tuple[str, str] | None = None
    for line in lines:
        if not line.startswith("a=candidate:"):
            continue
        # candidate = foundation SP component SP transport SP priority SP address SP port SP "typ" SP type
        field = line.split()
        if len(field) < 8 or field[2].lower() != "udp" or field[1] != "1":
            continue
        if field[4].endswith(".local"):
            field[4] = peer
        if not re.fullmatch(r"\d{1,3}(\.\d{1,3}){3}", field[4]):
            continue
        kept.append(" ".join(field[:8]))
        first = first or (field[4], field[5])
    address, port = first or (peer, "9")
    out: list[str] = []
    placed = False
    for line in lines:
        if line.startswith("a=candidate:"):
            if not placed:
                out, placed = out + kept, True
            continue
        if line.startswith(_NOT_FOR_US):
            continue
        if line.startswith("c="):
            line = f"c=IN IP4 {address}"
        elif line.startswith("m=audio "):
            word = line.split(" ")
            line = " ".join([word[0], port, *word[2:]])
        out.append(line)
    return "\r\n".join(out) + "\r\n"


def answer_for_browser(answer: str, offer: str) -> str:
    """pjsua2's answer with the `a=mid` that the browser matches its track by."""
    mid = re.search(r"a=mid:(\S+)", offer)
    out = []
    for line in answer.replace("\r\n", "\n").rstrip("\n").split("\n"):
        if line.startswith("a=X-nat"):
            continue
        out.append(line)
        if line.startswith("m=audio") and mid and "a=mid:" not in answer:
            out.append(f"a=mid:{mid.group(1)}")
    return "\r\n".join(out) + "\r\n"
