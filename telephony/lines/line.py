"""One leg and all its pj objects: what pjsip says about it, what is played to it and recorded from it.

The sound of a call has no object here: pjsip makes it anew at every change of the call's media. Where it is on the
bridge is asked for at each use (`slot`), and what is wanted of it is kept in bridge.py.

Nothing may raise out of a callback of pjsip, and no pj object may be dropped within one: SipStack.finish takes a line
apart in a later turn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pjsua2 as pj
from twisted.logger import Logger

from dispatch.states import EndedBy
from routing.text import Text, text
from telephony.lines import pjlib
from telephony.lines.textline import plain
from telephony.messages.sip import answer_of
from telephony.switch.bridge import SILENCE, player, recorder
from telephony.switch.t140 import pieces

if TYPE_CHECKING:
    from telephony.lines.pjsua import SipStack

log = Logger()
_SOUND = 6
"""Of 255, in steps of µ-law: from a mean of 48 in 32768 on. The noise of a quiet line is below."""
_CARRIED = (pj.PJSUA_CALL_MEDIA_ACTIVE, pj.PJSUA_CALL_MEDIA_REMOTE_HOLD)
PIECE, PIECE_EVERY = 14, 0.4
"""Bytes of UTF-8, seconds: a packet of the library's has 64 bytes, three times the text (RFC 4103, 4) and its headers.
About 30 characters a second are what receivers reckon with (RFC 4103, 6)."""


class LineCall(pj.Call):
    """`line` is set at once after the making; nothing may raise out of a callback."""

    line: Line

    def onCallState(self, prm: pj.OnCallStateParam) -> None:
        self.line.guard(self.line.state_changed)

    def onCallMediaState(self, prm: pj.OnCallMediaStateParam) -> None:
        self.line.guard(self.line.media_changed)

    def onDtmfDigit(self, prm: pj.OnDtmfDigitParam) -> None:
        self.line.guard(lambda: self.line.stack.events.digits(self.line.leg, prm.digit))

    def onCallRxText(self, prm: pj.OnCallRxTextParam) -> None:
        self.line.guard(lambda: self.line.stack.events.typed(self.line.leg, as_text(prm.text)))

    def onInstantMessage(self, prm: pj.OnInstantMessageParam) -> None:
        raw = prm.rdata.wholeMsg.encode("utf-8", "surrogateescape")
        self.line.guard(lambda: self.line.stack.events.said(self.line.leg, raw))

    def onInstantMessageStatus(self, prm: pj.OnInstantMessageStatusParam) -> None:
        if prm.code >= 300:
            why = f"{prm.code} {prm.reason}"
            self.line.guard(lambda: self.line.stack.events.undelivered(self.line.leg, why))

    def onCallTransferRequest(self, prm: pj.OnCallTransferRequestParam) -> None:
        prm.statusCode = 603  # a caller does not make our switch dial anybody

    def onCallReplaceRequest(self, prm: pj.OnCallReplaceRequestParam) -> None:
        prm.statusCode = 603


def as_text(said: str) -> str:
    return said.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def fill(option: pj.SipTxOption, headers: dict[str, str], body: str = "", body_type: str = "") -> None:
    """Puts headers, and a body beside the session description (multipart/mixed), into a message. A header
    Content-ID names the body."""
    for name, value in headers.items():
        if name != "Content-ID":
            header = pj.SipHeader()
            header.hName, header.hValue = name, value
            option.headers.append(header)
    if not body:
        return
    kind, _, rest = body_type.partition("/")
    part = pj.SipMultipartPart()
    part.contentType.type, part.contentType.subType = kind, rest
    part.body = body
    if "Content-ID" in headers:
        header = pj.SipHeader()
        header.hName, header.hValue = "Content-ID", headers["Content-ID"]
        part.headers.append(header)
    option.multipartContentType.type, option.multipartContentType.subType = "multipart", "mixed"
    option.multipartParts.append(part)


class Line:
    """One leg and all its pj objects. `source`: the address a call comes from, once it counts in that one's account;
    `why`: for what reason we ended it although the other end said nothing; `browser`: a page's, which says itself
    that it is there."""

    def __init__(self, stack: SipStack, leg: str, call: LineCall, browser: bool = False) -> None:
        self.stack, self.leg, self.call, self.browser = stack, leg, call, browser
        self.over = self.ours = self.told_up = self.answered = self.acked = False
        self.source = ""
        self.why: Text | None = None
        self.text_only = self.texts = False
        self.unsent: list[str] = []
        self.player: pj.AudioMediaPlayer | None = None
        self.recorder: pj.AudioMediaRecorder | None = None
        self.recorded = False
        call.line = self
        stack.bridge.add(leg, self.slot)

    def guard(self, function: Callable[[], None]) -> None:
        try:
            function()
        except Exception:
            log.failure("leg {leg}", leg=self.leg)

    def state_changed(self) -> None:
        info = self.call.getInfo()
        self.acked = info.state == pj.PJSIP_INV_STATE_CONFIRMED
        self.answered = self.acked or info.state == pj.PJSIP_INV_STATE_CONNECTING
        self.look_up()
        if info.state == pj.PJSIP_INV_STATE_EARLY and info.role == pj.PJSIP_ROLE_UAC:
            self.stack.events.ringing(self.leg)
        if info.state != pj.PJSIP_INV_STATE_DISCONNECTED or self.over:
            return
        self.over = True
        code = info.lastStatusCode
        by: EndedBy = "centre" if self.ours else "caller" if code in (200, 487) else "failure"
        self.stack.finish(self)
        why = self.why or answer_of(code, info.lastReason)
        self.stack.events.ended(self.leg, "failure" if self.why else by, why)

    def slot(self) -> int:
        """Where its sound is on the bridge now, -1 without: before the answer, when a change took it away, at the
        end."""
        return -1 if self.over else pjlib.slot_of(self.call.getId())

    def media_changed(self) -> None:
        """At the first sound, and whenever the other end holds, takes back, moves, or changes what it can speak: the
        port on the bridge is another one, and all that hangs on it is joined to it anew."""
        info = self.call.getInfo()
        self.texts = any(x.type == pj.PJMEDIA_TYPE_TEXT and x.status in _CARRIED for x in info.media)
        self.answered = info.state in (pj.PJSIP_INV_STATE_CONNECTING, pj.PJSIP_INV_STATE_CONFIRMED)
        self.stack.bridge.renew(self.leg)
        self.look_up()

    def look_up(self) -> None:
        """Sound may start before the 200 is out, and the 200 before there is sound: both make a leg up."""
        flows = self.texts if self.text_only else self.slot() >= 0
        if self.answered and flows and not self.told_up:
            self.told_up = True
            self.stack.events.up(self.leg)

    def play(self, files: list[str], loop: bool) -> None:
        """Instead of what was played before; it waits for sound to be played to."""
        self.stop_playing()
        made = pj.AudioMediaPlayer()
        how = 0 if loop else pj.PJMEDIA_FILE_NO_LOOP
        if len(files) == 1:
            made.createPlayer(files[0], how)
        else:
            made.createPlaylist(pj.StringVector(files), "", how)
        self.player, slot = made, made.getPortId()
        self.stack.bridge.add(player(self.leg), lambda: slot)
        self.stack.bridge.join(player(self.leg), self.leg)

    def stop_playing(self) -> None:
        self.stack.bridge.remove(player(self.leg))
        self.player = None

    def record(self, call: str, leg: str) -> None:
        if not self.recorded:
            self.recorded = True
            self.stack.events.recordings.begin(self.leg, call, leg)
            self.record_on()

    def record_on(self) -> None:
        """Into a file: the first, or another where the last one is written no longer."""
        self._close_recorder()
        made = pj.AudioMediaRecorder()
        try:
            made.createRecorder(str(self.stack.events.recordings.file_for(self.leg)))
        except (pj.Error, OSError) as wrong:
            detail = (wrong.strerror if isinstance(wrong, OSError) else wrong.reason) or ""
            self.stack.events.recordings.failed(self.leg, text("why.no-file", detail=detail[:80]))
            return
        self.recorder, slot = made, made.getPortId()
        self.stack.bridge.add(recorder(self.leg), lambda: slot)
        self.stack.bridge.join(self.leg, recorder(self.leg))
        # A recording is as long as what it is of, also while a change of media has taken the sound away.
        self.stack.bridge.join(SILENCE, recorder(self.leg))

    def _close_recorder(self) -> None:
        if self.recorder is not None:
            self.stack.bridge.remove(recorder(self.leg))
            self.recorder = None  # dropping it writes the file's end
            self.stack.events.recordings.closed(self.leg)

    def stop_recording(self) -> None:
        if self.recorded:
            self.recorded = False
            self._close_recorder()
            self.stack.events.recordings.ended(self.leg)

    def is_heard(self) -> bool | None:
        """Whether there is sound on it now; None when that cannot be known: the bridge measures only what somebody
        listens to, which the recorder always does. While a change took its sound away there is none."""
        if self.recorder is None:
            return None
        slot = self.slot()
        return slot >= 0 and pjlib.level_of(slot) >= _SOUND

    def write(self, text: str) -> None:
        """Real-time text in pieces, as the library takes no more at once; else a MESSAGE within the call."""
        if not self.texts:
            self.call.sendInstantMessage(plain(text))
            return
        waits = bool(self.unsent)
        self.unsent += pieces(text.replace("\0", ""), PIECE)
        if not waits:
            self._write_on()

    def _write_on(self) -> None:
        if self.over or not self.unsent:
            self.unsent.clear()
            return
        prm = pj.CallSendTextParam()
        prm.text = self.unsent[0]
        try:
            self.call.sendText(prm)
        except pj.Error:  # its real-time text ended in a change of media
            self._write_rest()
            return
        self.unsent.pop(0)
        self.stack.reactor.callLater(PIECE_EVERY, self._write_on)

    def _write_rest(self) -> None:
        rest, self.unsent, self.texts = "".join(self.unsent), [], False
        try:
            self.call.sendInstantMessage(plain(rest))
        except pj.Error as wrong:
            self.stack.events.undelivered(self.leg, wrong.reason)
