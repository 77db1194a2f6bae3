"""Telephones that play a tone and measure whom they hear, and that hold, move and change what they speak in a call."""

from __future__ import annotations

import contextlib
import hashlib
import queue
import re
import secrets
import socket
import struct
import threading
import time

import numpy as np

from telephony.digest import REALM
from tests.telephony.lines import answer_to

RATE, FRAME = 8000, 160
_WINDOW = 12
"""Packets that a measurement looks at: 0.24 s."""


def _ulaw(pcm: np.ndarray) -> bytes:
    size = np.minimum(abs(pcm), 32635) + 132
    step = np.log2(size).astype(int) - 7
    return bytes((~((pcm < 0) << 7 | step << 4 | size >> (step + 3) & 15) & 255).tolist())


def _alaw(pcm: np.ndarray) -> bytes:
    size = np.minimum(abs(pcm), 32635) >> 3
    step = np.maximum(np.log2(np.maximum(size, 1)).astype(int) - 4, 0)
    code = np.where(size < 32, size >> 1, step << 4 | size >> step & 15)
    return bytes(((code | np.where(pcm >= 0, 128, 0)) ^ 0x55).tolist())


def _from_ulaw(code: np.ndarray) -> np.ndarray:
    code = ~code & 255
    size = ((code & 15) << 3) + 132 << (code >> 4 & 7)
    return np.where(code & 128, 132 - size, size - 132)


def _from_alaw(code: np.ndarray) -> np.ndarray:
    code = code ^ 0x55
    step, rest = code >> 4 & 7, (code & 15) << 4
    size = np.where(step == 0, rest + 8, rest + 264 << np.maximum(step - 1, 0))
    return np.where(code & 128, size, -size)


_TO, _FROM = {0: _ulaw, 8: _alaw}, {}
for _kind, _decode in ((0, _from_ulaw), (8, _from_alaw)):
    _FROM[_kind] = _decode(np.arange(256))


class Sound:
    """One RTP port: a tone goes out of it to `to`, and what comes in is measured."""

    def __init__(self, hertz: int, ip: str = "127.0.0.1") -> None:
        self.hertz, self.ip, self.to, self.kind = hertz, ip, None, 8
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((ip, 0))
        self.socket.setblocking(False)
        self.port = self.socket.getsockname()[1]
        self.came: list[tuple[float, int, bytes]] = []
        self._number, self._ssrc = secrets.randbelow(30_000), secrets.randbits(32)
        _studio.add(self)

    def tick(self) -> None:
        to = self.to
        if to is None:
            return
        at = self._number * FRAME
        pcm = (6000 * np.sin(2 * np.pi * self.hertz * np.arange(at, at + FRAME) / RATE)).astype(int)
        head = struct.pack("!BBHII", 0x80, self.kind, self._number & 0xFFFF, at & 0xFFFFFFFF, self._ssrc)
        self._number += 1
        self.socket.sendto(head + _TO[self.kind](pcm), to)

    def read(self) -> None:
        while True:
            try:
                raw = self.socket.recv(2000)
            except OSError:
                return
            kind = raw[1] & 127
            if len(raw) > 12 and kind in _FROM:
                self.came.append((time.monotonic(), kind, raw[12:]))
                del self.came[:-50]

    def hears(self, tones: tuple[int, ...]) -> set[int]:
        """Which of these are in what came just now."""
        last = [one for one in self.came[-_WINDOW:] if one[0] > time.monotonic() - 0.5]
        if len(last) < _WINDOW:
            return set()
        pcm = np.concatenate([_FROM[kind][np.frombuffer(raw, "u1")] for _, kind, raw in last])
        turn = np.exp(-2j * np.pi * np.outer(tones, np.arange(len(pcm))) / RATE)
        return {hz for hz, size in zip(tones, 2 * abs(turn @ pcm) / len(pcm), strict=True) if size > 1200}

    def close(self) -> None:
        _studio.remove(self)
        self.socket.close()


def password_of(user: str) -> str:
    """What the switch knows of it (RFC 7616: the digest of name, realm and password)."""
    return hashlib.md5(f"{user}:{REALM}:rahasia".encode()).hexdigest()


class _Studio:
    """One thread for the sound of all."""

    def __init__(self) -> None:
        self._sounds: list[Sound] = []
        self._thread: threading.Thread | None = None

    def add(self, sound: Sound) -> None:
        self._sounds = [*self._sounds, sound]
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def remove(self, sound: Sound) -> None:
        self._sounds = [one for one in self._sounds if one is not sound]

    def _run(self) -> None:
        due = time.monotonic()
        while True:
            for sound in self._sounds:
                try:
                    sound.read()
                    sound.tick()
                except (OSError, ValueError):
                    pass  # it was closed just now
            due = max(due + 0.02, time.monotonic() - 0.1)
            time.sleep(max(0.0, due - time.monotonic()))


_studio = _Studio()


class Talker:
    """A SIP telephone that calls, or is called and answers; one dialog."""

    def __init__(self, switch: str, hertz: int, name: str = "+628117000112") -> None:
        self.switch, self.hertz, self.name = switch, hertz, name
        self.sound = Sound(hertz)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.target = f"sip:112@{switch}"
        self._call_id, self._mine, self._theirs = secrets.token_hex(8), f"<sip:{name}@127.0.0.1>", ""
        self._tag, self._number, self._version = secrets.token_hex(4), 0, 0
        self._sounds, self._up, self._answers = [self.sound], False, queue.Queue()
        self.answering = lambda invite: [(180, ""), (200, self.sdp())]
        self.asked: list[str] = []
        self.last = self.said = ""
        threading.Thread(target=self._listen, daemon=True).start()

    def sdp(self, port: int | None = None, formats: str = "8 0 101", direction: str = "", host: str = "") -> str:
        self._version += 1
        host, lines = host or self.sound.ip, f"a={direction}\r\n" if direction else ""
        lines += "a=rtpmap:101 telephone-event/8000\r\n" if "101" in formats else ""
        head = f"v=0\r\no=- 7 {self._version} IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\n"
        return f"{head}m=audio {self.sound.port if port is None else port} RTP/AVP {formats}\r\n{lines}"

    # -- messages
    def _listen(self) -> None:
        while True:
            try:
                raw, place = self._socket.recvfrom(65_535)
            except OSError:
                return
            text = raw.decode("utf-8", "replace")
            if text.startswith("SIP/2.0"):
                self._answers.put(text)
            else:
                self.asked.append(text.split(" ")[0])
                self.said += text.split("\r\n\r\n", 1)[-1] if text.startswith("MESSAGE ") else ""
                self._request(raw, text, place)

    def _request(self, raw: bytes, text: str, place: tuple[str, int]) -> None:
        if text.startswith("INVITE "):
            self._came_in(text, place)
        elif text.startswith("ACK ") and "m=audio" in text:
            self._learn_sound(text)
        elif not text.startswith("ACK "):
            with contextlib.suppress(OSError):  # put down just now
                self._socket.sendto(answer_to(raw), place)

    def _came_in(self, text: str, place: tuple[str, int]) -> None:
        head = {name.lower(): value for name, value in re.findall(r"(?m)^([\w-]+):\s*(.*?)\r$", text)}
        self._call_id, self._theirs, self.target = head["call-id"], head["from"], head["contact"].strip("<>")
        self._mine = head["to"]
        self._learn_sound(text)
        for code, body, *tag in self.answering(text):
            self._tag = tag[0] if tag else self._tag
            kept = "".join(f"{line}\r\n" for line in re.findall(r"(?im)^(?:via|from|call-id|cseq):.*(?=\r)", text))
            kind = "Content-Type: application/sdp\r\n" if body else ""
            more = f"To: {head['to']};tag={self._tag}\r\nContact: <sip:t@127.0.0.1:{self.port}>\r\n{kind}"
            said = f"SIP/2.0 {code} X\r\n{kept}{more}Content-Length: {len(body)}\r\n\r\n{body}"
            self._socket.sendto(said.encode(), place)
        self._up = True

    def _learn_sound(self, text: str) -> None:
        line, host = re.search(r"m=audio ([1-9]\d*) \S+ (\d+)", text), re.search(r"c=IN IP4 (\S+)", text)
        if line and host:
            self.sound.to, self.sound.kind = (host.group(1), int(line.group(1))), int(line.group(2))

    def send(self, method: str, body: str = "", number: int | None = None, **more: str) -> int:
        if number is None:
            self._number += 1
            number = self._number
        lines = {
            "Via": f"SIP/2.0/UDP 127.0.0.1:{self.port};branch=z9hG4bK{secrets.token_hex(6)};rport",
            "Max-Forwards": "70",
            "From": self._mine if "tag=" in self._mine else f"{self._mine};tag={self._tag}",
            "To": self._theirs or f"<{self.target}>",
            "Call-ID": self._call_id,
            "CSeq": f"{number} {method}",
            "Contact": f"<sip:t@127.0.0.1:{self.port}>",
            **({"Content-Type": "application/sdp"} if body else {}),
            **{name.replace("_", "-"): value for name, value in more.items()},
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        raw = f"{method} {self.target} SIP/2.0\r\n{head}Content-Length: {len(body)}\r\n\r\n{body}"
        host, port = self.switch.split(":")
        self._socket.sendto(raw.encode(), (host, int(port)))
        return number

    def hears_answer(self, number: int, method: str, seconds: float = 8.0) -> str:
        """The final answer to this request."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                text = self._answers.get(timeout=left)
            except queue.Empty:
                break
            if int(text[8:11]) >= 200 and re.search(rf"(?im)^cseq:\s*{number} {method}", text):
                self.last = text
                return text
        raise AssertionError(f"{self.name}: no answer to {method}")

    # -- what a telephone does
    def call(self, target: str = "", user: str = "", **more: str) -> Talker:
        """Rings until it is answered. With `user` it is a call-taker's desk phone."""
        self.target = target or self.target
        uri, offer = self.target, self.sdp()
        text = self.hears_answer(self.send("INVITE", offer, **more), "INVITE", 15)
        if text.startswith("SIP/2.0 401"):
            self.send("ACK", number=self._number)
            nonce = re.search(r'nonce="([^"]+)"', text).group(1)
            secret = password_of(user)
            asked = hashlib.md5(f"INVITE:{uri}".encode()).hexdigest()
            proof = hashlib.md5(f"{secret}:{nonce}:00000001:ab:auth:{asked}".encode()).hexdigest()
            said = f'Digest username="{user}", realm="{REALM}", nonce="{nonce}", uri="{uri}", qop=auth, nc=00000001, '
            said += f'cnonce="ab", algorithm=MD5, response="{proof}"'
            text = self.hears_answer(self.send("INVITE", offer, Authorization=said), "INVITE")
        assert text.startswith("SIP/2.0 200"), text[:60]
        self._theirs = re.search(r"(?im)^to:\s*(.*?)\r", text).group(1)
        self.target = re.search(r"(?im)^contact:.*?<([^>]+)>", text).group(1)
        self._mine = f"{self._mine};tag={self._tag}"
        self._learn_sound(text)
        self.send("ACK", number=self._number)
        self._up = True
        return self

    def asks(self, body: str, method: str = "INVITE", late: str = "") -> str:
        """A re-INVITE or UPDATE; its answer. `late`: the answer to their offer, in the ACK."""
        if "tag=" not in self._mine:
            self._mine = f"{self._mine};tag={self._tag}"
        text = self.hears_answer(self.send(method, body), method)
        if method == "INVITE":
            self.send("ACK", late, number=self._number)
        if text.startswith("SIP/2.0 200"):
            self._learn_sound(text)
        return text

    def moves(self, ip: str = "127.0.0.1") -> None:
        """Another port, or address, for its sound from here on."""
        old, self.sound = self.sound, Sound(self.hertz, ip)
        self.sound.to, self.sound.kind, old.to = old.to, old.kind, None
        self._sounds.append(self.sound)

    def hears(self, tones: tuple[int, ...]) -> set[int]:
        return self.sound.hears(tones)

    def end(self) -> None:
        if self._up:
            self._up = False
            if "tag=" not in self._mine:
                self._mine = f"{self._mine};tag={self._tag}"
            self.send("BYE")
        for sound in self._sounds:
            sound.close()
        self._socket.close()
