"""Brings a browser's audio to the switch: its WebRTC offer becomes an INVITE over loopback TCP (RFC 3261).

The room's process is only a messenger for the two descriptions; the sound goes straight from browser to switch. The
leg ends with `end`, or when the console stops saying that the page is there.
"""

from __future__ import annotations

import re
import secrets

from twisted.internet import defer, endpoints, protocol
from twisted.internet.interfaces import IReactorTime, ITCPTransport
from twisted.logger import Logger
from twisted.python.failure import Failure

from routing.text import CodedError
from telephony.room.link import SwitchLink
from telephony.room.sdp import answer_for_browser, offer_for_switch

log = Logger()
_ANSWER_WITHIN = 6.0
_MAX = 100_000


class AudioUnavailable(CodedError):
    """Why the browser has no audio, and what to do; safe to show."""


class BrowserAudio:
    """`place` and `end`, one leg for each position."""

    def __init__(self, reactor: IReactorTime, link: SwitchLink, host: str, port: int) -> None:
        self._reactor, self._link, self._host, self._port = reactor, link, host, port
        self._legs: dict[str, _Dialog] = {}

    async def place(self, position: str, user: str, sdp: str, peer: str) -> str:
        """The answer (SDP). Raises AudioUnavailable or telephony.room.sdp.MalformedOffer."""
        offer = offer_for_switch(sdp, peer)
        ticket = secrets.token_urlsafe(24)
        if not self._link.expect(ticket, position, user):
            raise AudioUnavailable("problem.switch-away")
        dialog = _Dialog(self._host, self._port, ticket, offer)
        host = "127.0.0.1" if self._host in ("0.0.0.0", "::") else self._host
        try:
            await endpoints.connectProtocol(
                endpoints.TCP4ClientEndpoint(self._reactor, host, self._port, timeout=3), dialog
            )
            answer = await dialog.answer.addTimeout(_ANSWER_WITHIN, self._reactor)
        except Exception as wrong:
            dialog.end()
            if isinstance(wrong, AudioUnavailable):
                raise
            raise AudioUnavailable("problem.no-audio", detail=type(wrong).__name__) from wrong
        self.end(position)
        self._legs[position] = dialog
        return answer_for_browser(answer, sdp)

    def end(self, position: str) -> bool:
        """False when this process did not place that position's leg."""
        dialog = self._legs.pop(position, None)
        if dialog is not None:
            dialog.end()
        return dialog is not None


class _Dialog(protocol.Protocol):
    """INVITE, ACK and BYE of one dialog, and the answer to the other end's BYE."""

    transport: ITCPTransport

    def __init__(self, host: str, port: int, ticket: str, offer: str) -> None:
        self._target = f"sip:browser@{host}:{port}"
        self._ticket, self._offer = ticket, offer
        self._call_id, self._tag, self._to = secrets.token_hex(16), secrets.token_hex(6), ""
        self._contact, self._rest, self._over = "", b"", False
        self.answer: defer.Deferred[str] = defer.Deferred()

    def connectionMade(self) -> None:
        self._send("INVITE", self._target, 1, self._offer)

    def _send(self, method: str, uri: str, number: int, body: str = "") -> None:
        here = self.transport.getHost()
        place = f"{here.host}:{here.port}"
        lines = [
            f"{method} {uri} SIP/2.0",
            f"Via: SIP/2.0/TCP {place};branch=z9hG4bK{secrets.token_hex(8)};rport",
            "Max-Forwards: 5",
            f"From: <sip:console@{here.host}>;tag={self._tag}",
            f"To: <{self._target}>{self._to}",
            f"Call-ID: {self._call_id}",
            f"CSeq: {number} {method}",
            f"Contact: <sip:console@{place};transport=tcp>",
        ]
        if method == "INVITE":
            lines.append(f"Siaga-Ticket: {self._ticket}")
        if body:
            lines.append("Content-Type: application/sdp")
        raw = body.encode()
        self.transport.write("\r\n".join([*lines, f"Content-Length: {len(raw)}", "", ""]).encode() + raw)

    def dataReceived(self, data: bytes) -> None:
        self._rest += data
        if len(self._rest) > _MAX:
            self.transport.abortConnection()
            return
        while b"\r\n\r\n" in self._rest:
            head, _, rest = self._rest.partition(b"\r\n\r\n")
            length = re.search(rb"(?im)^(?:content-length|l)\s*:\s*(\d{1,6})", head)
            size = int(length.group(1)) if length else 0
            if len(rest) < size:
                return
            self._rest = rest[size:]
            self._message(head.decode("utf-8", "replace"), rest[:size].decode("utf-8", "replace"))

    def _message(self, head: str, body: str) -> None:
        first, _, headers = head.partition("\r\n")
        if not first.startswith("SIP/2.0 "):
            self._request(first, headers)
            return
        code = int(first[8:11])
        if code < 200 or not re.search(r"(?im)^cseq\s*:\s*1 INVITE", headers) or self.answer.called:
            return
        tag = re.search(r"(?im)^(?:to|t)\s*:.*?;tag=([^;\s]+)", headers)
        self._to = f";tag={tag.group(1)}" if tag else ""
        if code >= 300:
            self._send("ACK", self._target, 1)
            self.answer.errback(AudioUnavailable("problem.audio-refused", answer=first[8:60]))
            return
        contact = re.search(r"(?im)^(?:contact|m)\s*:.*?<([^>]+)>", headers)
        self._contact = contact.group(1) if contact else self._target
        self._send("ACK", self._contact, 1)
        self.answer.callback(body)

    def _request(self, first: str, headers: str) -> None:
        kept = [line for line in headers.split("\r\n") if re.match(r"(?i)(via|v|from|f|to|t|call-id|i|cseq)\s*:", line)]
        self.transport.write("\r\n".join(["SIP/2.0 200 OK", *kept, "Content-Length: 0", "", ""]).encode())
        if first.startswith("BYE "):
            self._over = True
            self.transport.loseConnection()

    def end(self) -> None:
        """BYE when the dialog stands."""
        if self._over or not self.connected:
            return
        self._over = True
        if self._contact:
            self._send("BYE", self._contact, 2)
        self.transport.loseConnection()

    def connectionLost(self, reason: Failure = protocol.connectionDone) -> None:
        self._over = True
        if not self.answer.called:
            self.answer.errback(AudioUnavailable("problem.audio-cut"))
