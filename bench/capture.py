"""Times of SIP messages from a packet capture, because sipp's own clock steps by some milliseconds."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

# pcap file: a global header of 24 bytes, then for each packet a header of 16 bytes (seconds, microseconds, length
# kept, length on the wire) and its bytes; on the loopback these begin with 14 bytes of Ethernet header.
_GLOBAL, _PACKET, _ETHERNET, _UDP_HEADER = 24, struct.Struct("<IIII"), 14, 8


class Seen(msgspec.Struct):
    """Seconds since 1970 by Call-ID, of the first INVITE and of the first 200 to it; `repeated` INVITEs."""

    invited: dict[str, float] = {}
    answered: dict[str, float] = {}
    repeated: int = 0

    def answer_times(self) -> list[float]:
        """Seconds from INVITE to 200."""
        return [at - self.invited[call] for call, at in self.answered.items() if call in self.invited]


def can_capture() -> bool:
    return bool(shutil.which("tcpdump")) and os.geteuid() == 0


@contextlib.contextmanager
def captured(file: Path, port: int) -> Iterator[None]:
    """Keeps the UDP packets from and to `port` on the loopback in `file`, while the block runs."""
    line = ["tcpdump", "-i", "lo", "-n", "-s", "1600", "-B", "65536", "-Z", "root", "-w", file, f"udp port {port}"]
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        assert process.stderr is not None
        while b"listening on" not in (said := process.stderr.readline()):
            if not said:
                raise RuntimeError("tcpdump did not start; run as root, or see whether `tcpdump -i lo` works")
        time.sleep(0.1)
        yield
        time.sleep(1.2)  # the kernel hands packets over in blocks, a second old at most
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)


def read_capture(file: Path, source: str = "") -> Seen:
    """Of the calls from `source`, by their Call-ID, which sipp ends with it; of all without."""
    seen = Seen()
    for at, text in _datagrams(file.read_bytes()):
        if text.startswith(b"INVITE "):
            call = _header(text, b"Call-ID")
            if not call.endswith(source):
                continue
            if call in seen.invited:
                seen.repeated += 1
            seen.invited.setdefault(call, at)
        elif text.startswith(b"SIP/2.0 200") and _header(text, b"CSeq").endswith("INVITE"):
            seen.answered.setdefault(_header(text, b"Call-ID"), at)
    return seen


def _datagrams(raw: bytes) -> Iterator[tuple[float, bytes]]:
    at = _GLOBAL
    while at + _PACKET.size <= len(raw):
        seconds, micros, kept, _ = _PACKET.unpack_from(raw, at)
        at += _PACKET.size
        packet = raw[at + _ETHERNET : at + kept]
        at += kept
        words = (packet[0] & 0x0F) * 4  # length of the IPv4 header (RFC 791, 3.1: IHL in words of 4 bytes)
        yield seconds + micros / 1e6, packet[words + _UDP_HEADER :]


def _header(text: bytes, name: bytes) -> str:
    start = text.find(b"\r\n" + name + b":")
    if start < 0:
        return ""
    start += len(name) + 3
    return text[start : text.find(b"\r\n", start)].strip().decode("ascii", "replace")
