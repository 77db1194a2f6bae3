"""A caller with a voice: real RTP that is sent, counted and told apart by its tone."""

from __future__ import annotations

import random
import re
import socket
import struct
import threading
import time

import numpy as np

from tests.telephony.lines import LiveSwitch, Phone

FRAME, EVERY = 160, 0.02
"""Samples of 8 kHz, and seconds, in a packet."""


def alaw(samples: np.ndarray) -> bytes:
    """G.711 of 16-bit samples."""
    pcm = samples.astype(np.int32) >> 3
    sign = np.where(pcm >= 0, 0x80, 0)
    size = np.minimum(np.where(pcm >= 0, pcm, -pcm - 1), 4095)
    power = np.maximum(np.floor(np.log2(np.maximum(size, 1))).astype(int), 4)
    segment = np.where(size < 32, 0, power - 4)
    step = np.where(segment > 1, size >> segment, size >> 1) & 15
    return ((sign | (segment << 4) | step) ^ 0x55).astype(np.uint8).tobytes()


def tone(hertz: int) -> list[bytes]:
    """A second of it, in packets."""
    wave = (9000 * np.sin(2 * np.pi * hertz * np.arange(8000) / 8000)).astype(np.int16)
    return [alaw(wave[at : at + FRAME]) for at in range(0, 8000, FRAME)]


class Sound:
    """A port that RTP is sent from, and what comes back to it. RTCP goes by the port of its own, one higher."""

    def __init__(self, ip: str = "127.0.0.1", hertz: int = 1000) -> None:
        self.ip, self._frames = ip, tone(hertz)
        self.rtp, self.rtcp = self._pair()
        self.port = self.rtp.getsockname()[1]
        self._ssrc, self._number = random.getrandbits(32), random.getrandbits(15)
        self._talking: threading.Thread | None = None
        self._stop = threading.Event()

    def _pair(self) -> tuple[socket.socket, socket.socket]:
        while True:
            rtp, rtcp = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
            rtp.bind((self.ip, 0))
            try:
                rtcp.bind((self.ip, rtp.getsockname()[1] + 1))
            except (OSError, OverflowError):
                rtp.close(), rtcp.close()
                continue
            rtp.setblocking(False), rtcp.setblocking(False)
            return rtp, rtcp

    def close(self) -> None:
        self.hush()
        self.rtp.close()
        self.rtcp.close()

    def packet(self) -> bytes:
        n = self._number
        self._number += 1
        head = struct.pack("!BBHII", 0x80, 8, n & 0xFFFF, n * FRAME & 0xFFFFFFFF, self._ssrc)
        return head + self._frames[n % len(self._frames)]

    def send(self, *to: tuple[str, int]) -> None:
        raw = self.packet()
        for place in to:
            self.rtp.sendto(raw, place)

    def talk(self, *to: tuple[str, int], every: float = EVERY) -> Sound:
        """From now on; at the pace of real sound, or a sign of it now and then."""
        self.hush()
        self._stop.clear()
        self._talking = threading.Thread(target=self._talk, args=(to, every), daemon=True)
        self._talking.start()
        return self

    def _talk(self, to: tuple[tuple[str, int], ...], every: float) -> None:
        due = time.monotonic()
        while not self._stop.wait(max(0.0, due - time.monotonic())):
            self.send(*to)
            due += every

    def hush(self) -> None:
        if self._talking is not None:
            self._stop.set()
            self._talking.join()
            self._talking = None

    def report(self, to: tuple[str, int], leaves: bool = False) -> None:
        """RTCP: an empty receiver's report (RFC 3550, 6.4.2), and with `leaves` BYE (6.6)."""
        raw = struct.pack("!BBHI", 0x80, 201, 1, self._ssrc)
        raw += struct.pack("!BBHI", 0x81, 203, 1, self._ssrc) if leaves else b""
        self.rtcp.sendto(raw, (to[0], to[1] + 1))

    def heard(self, port: socket.socket | None = None) -> int:
        """Packets that have come since the last time."""
        count = 0
        while True:
            try:
                (port or self.rtp).recv(2048)
            except BlockingIOError:
                return count
            count += 1

    def hears(self, packets: int = 25, seconds: float = 6.0) -> int:
        """How many have come by the time that so many have, or `seconds` later."""
        count, until = 0, time.monotonic() + seconds
        while (count := count + self.heard()) < packets and time.monotonic() < until:
            time.sleep(0.01)
        return count


class Talker(Phone):
    """A Phone whose offer names a port that RTP comes from; `answered`: the 200."""

    def __init__(self, switch: LiveSwitch, ip: str = "127.0.0.1", hertz: int = 600) -> None:
        super().__init__(switch, ip)
        self.sound = Sound(ip, hertz)
        self.media, self.answered = ("", 0), ""
        self._version = 1

    def __exit__(self, *_) -> None:
        self.sound.hush()
        super().__exit__(*_)
        self.sound.close()

    def offer(self, address: str = "", port: int = 0, more: str = "") -> str:
        address, port, self._version = address or self.ip, port or self.sound.port, self._version + 1
        return (
            f"v=0\r\no=- 1 {self._version} IN IP4 {address}\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n{more}"
        )

    def calls(self, address: str = "", port: int = 0, more: str = "", **headers: str) -> Talker:
        """An answered call, acknowledged; `media`: where the switch wants the sound."""
        code, text = self.call(body=self.offer(address, port, more), **headers)
        assert code == 200, text or code
        self.media, self.answered = media_of(text), text
        return self

    def talk(self) -> Talker:
        self.sound.talk(self.media)
        return self

    def moves(self, sound: Sound) -> int:
        """A re-INVITE that names the port of `sound`; the code of its answer."""
        self.send(self.request("INVITE", body=self.offer(sound.ip, sound.port)))
        code, text = self.hears("INVITE")
        if code:
            self.send(self.request("ACK"))
        if code == 200:
            self.media = media_of(text)
        return code


def media_of(text: str) -> tuple[str, int]:
    host = re.search(r"(?m)^c=IN IP4 (\S+)", text)
    port = re.search(r"(?m)^m=audio (\d+)", text)
    assert host and port, text
    return host.group(1), int(port.group(1))
