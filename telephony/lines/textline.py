"""Messages to people who write without a call (RFC 3428), sent the way theirs came. Calls pjsua2."""

from __future__ import annotations

import re
from collections.abc import Callable

import pjsua2 as pj

from telephony.messages.sip import user_of

_MOST = 1000
_PLAIN = re.compile(r"[A-Za-z0-9+._-]{1,80}")


def plain(text: str) -> pj.SendInstantMessageParam:
    prm = pj.SendInstantMessageParam()
    prm.contentType, prm.content = "text/plain", text
    return prm


def way_back(raw: bytes, source: str) -> str:
    """Where an answer to this request goes, as host and port of a SIP address: the connection it came by."""
    over_tcp = re.search(rb"(?im)^v(?:ia)?\s*:\s*SIP\s*/\s*2\.0\s*/\s*(TCP|TLS)", raw[:20_000])
    return f"{source};transport={over_tcp.group(1).decode().lower()}" if over_tcp else source


class MessageSender:
    """`undelivered(leg, why)` is told when the other end, or nobody, takes a message."""

    def __init__(self, undelivered: Callable[[str, str], None]) -> None:
        self._undelivered = undelivered
        self._sent: dict[str, str] = {}

    def send(self, account: pj.Account, leg: str, to: str, via: str, text: str) -> None:
        """`to`: the SIP address of the person; `via`: host and port the message is sent to. Raises pj.Error."""
        if len(self._sent) > _MOST:
            self._sent.clear()
        self._sent[f"<{to}>"] = leg
        config = pj.BuddyConfig()
        config.uri, config.subscribe = f"<{to}>", False
        buddy = pj.Buddy()
        buddy.create(account, config)
        prm = plain(text)
        # The way is that of the message that came; of what its sender says only a plain name goes into the address.
        user = user_of(to)
        prm.txOption.targetUri = f"sip:{user}@{via}" if _PLAIN.fullmatch(user) else f"sip:{via}"
        buddy.sendInstantMessage(prm)

    def told(self, to: str, code: int, reason: str) -> None:
        leg = self._sent.get(to, "")
        if code >= 300 and leg:
            self._undelivered(leg, f"{code} {reason}")
