"""Many recorded G.711 calls at once: is every recording whole, and what does it cost?"""

from __future__ import annotations

import re
import socket
import struct
import threading
import time
import wave
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import msgspec
import numpy as np

from bench import table
from bench.centre import Centre, centre
from dispatch import events as ev
from tests.servers import wait_until
from tests.telephony.lines import Phone
from tests.telephony.messages import SDP

_HERTZ, _FRAME = 1000, 160
_GAP, _CPU_TARGET = 0.06, 1.0


class _Switch(msgspec.Struct):
    """Whom `Phone` calls."""

    address: str
    port: int


def _alaw(samples: np.ndarray) -> bytes:
    """G.711 A-law of 16-bit samples (ITU-T G.711, table 1a)."""
    linear = samples.astype(np.int32) >> 3
    sign = np.where(linear >= 0, 0xD5, 0x55)
    linear = np.where(linear >= 0, linear, -linear - 1)
    segment = np.searchsorted(np.array([31, 63, 127, 255, 511, 1023, 2047, 4095]), linear)
    low = np.where(segment < 2, linear >> 1, linear >> np.maximum(segment, 1)) & 0x0F
    return ((segment << 4 | low) ^ sign).astype(np.uint8).tobytes()


class _Sender(threading.Thread):
    """A tone to every port, fifty packets a second each (RTP, RFC 3550)."""

    def __init__(self, ports: list[int]) -> None:
        super().__init__(daemon=True)
        self._ports, self.running, self.late = ports, True, 0.0
        tone = 9000 * np.sin(2 * np.pi * _HERTZ * np.arange(_FRAME) / 8000)  # whole periods: every packet is the same
        self._payload = _alaw(tone)

    def run(self) -> None:
        out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        out.bind(("127.0.0.1", 0))
        places = [("127.0.0.1", port) for port in self._ports]
        began, number = time.monotonic(), 0
        while self.running:
            due = began + number * 0.02
            now = time.monotonic()
            if now < due:
                time.sleep(due - now)
            self.late = max(self.late, now - due)
            packet = struct.pack("!BBHII", 0x80, 8, number & 0xFFFF, number * _FRAME, 112) + self._payload
            for place in places:
                out.sendto(packet, place)
            number += 1
        out.close()


def run(quick: bool) -> None:
    calls, seconds = (100, 8.0) if quick else (400, 30.0)
    table.title(f"Concurrent: {calls} recorded G.711 calls at once, each sending a tone")
    with centre() as ours, ExitStack() as phones:
        host, port = ours.sip.split(":")
        ports = [_call(phones, _Switch(ours.sip, int(port))) for _ in range(calls)]
        sender = _Sender(ports)
        sender.start()
        time.sleep(2.0)
        before, began = ours.loads(), time.monotonic()
        time.sleep(seconds)
        took = time.monotonic() - began
        cpu = {name: (load.cpu - before[name].cpu) / took for name, load in ours.loads().items()}
        sender.running = False
        sender.join()
        phones.close()
        wait_until(lambda: ours.count("RecordingSealed", 0) >= calls or time.sleep(0.5), 60, "the recordings")
        # What a busy machine made the sender miss is no fault of the recording.
        whole, worst = _recordings(ours, seconds, _GAP + sender.late)
    rows = [[calls, f"{cpu['switch']:.2f}", f"{cpu['room']:.2f}", f"{whole} of {calls}", table.ms(worst),
             table.ms(sender.late)]]  # fmt: skip
    table.table(("calls", "switch, cores", "room, cores", "recordings whole", "longest gap", "sender late"), rows)
    table.target("every recording whole", whole == calls, f"{calls - whole} are not")
    total = sum(cpu.values())
    table.target(f"{calls} calls below {_CPU_TARGET:.0f} core", total < _CPU_TARGET, f"{total:.2f} cores")


def _call(phones: ExitStack, switch: _Switch) -> int:
    """Calls and stays; the port that wants our sound."""
    phone = phones.enter_context(Phone(switch))
    code, text = phone.call(body=SDP.format(port=9))
    found = re.search(r"(?m)^m=audio (\d+) ", text)
    if code != 200 or not found:
        raise RuntimeError(f"a call was answered with {code}")
    return int(found.group(1))


def _recordings(ours: Centre, seconds: float, most: float) -> tuple[int, float]:
    """(how many have the tone without a gap of more than `most` seconds, the longest gap in seconds). Calls that heard
    the same share a file, as it is named by its digest."""
    sealed = (entry.event for entry in ours.entries(0))
    calls = Counter(event.digest for event in sealed if isinstance(event, ev.RecordingSealed))
    folder = ours.folder / "data" / "recordings"
    gaps = {digest: _longest_gap(folder / f"{digest}.wav", seconds) for digest in calls}
    return sum(calls[digest] for digest, gap in gaps.items() if gap <= most), max(gaps.values(), default=0.0)


def _longest_gap(file: Path, seconds: float) -> float:
    """Seconds without the tone, within the time that it was sent; infinite when it is missing."""
    with wave.open(str(file)) as wav:
        samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2").astype(float)
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    angle = 2 * np.pi * _HERTZ * np.arange(_FRAME) / 8000
    amplitude = 2 / _FRAME * np.hypot(frames @ np.cos(angle), frames @ np.sin(angle))
    heard = np.flatnonzero(amplitude > 4000)
    if len(heard) < 0.9 * seconds * 50:
        return float("inf")
    return float(np.diff(heard).max() - 1) * 0.02
