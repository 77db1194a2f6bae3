"""Callers who may be refused, by sipp: how many were answered, how many told to come later, and how soon."""

from __future__ import annotations

import csv
import socket
import subprocess
from pathlib import Path

import msgspec

from tests.servers import free_port

_SCENARIO = Path(__file__).with_name("shed.xml")


class Shed(msgspec.Struct, frozen=True, kw_only=True):
    """`failed` got neither 200 nor 503, or could not end their call; `refusal`: seconds until a 503, on average."""

    made: int
    answered: int
    refused: int
    failed: int
    refusal: float
    repeats: int


class Shedding:
    """Runs from its making; `result` waits until the last call has ended."""

    def __init__(self, sip: str, rate: float, seconds: float, folder: Path, source: str, hold: float = 0.3) -> None:
        self._count = max(1, round(rate * seconds))
        self._stats = folder / f"{source}-{rate:.0f}.csv"
        self._stats.unlink(missing_ok=True)
        self._sink = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._sink.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._sink.bind((source, 0))
        line = ["sipp", sip, "-sf", _SCENARIO, "-i", source, "-p", free_port(), "-key", "sink",
                self._sink.getsockname()[1], "-r", rate, "-m", self._count, "-l", 4 * self._count, "-d",
                round(hold * 1000), "-nostdin", "-timer_resol", 1, "-recv_timeout", 10_000, "-timeout",
                f"{round(seconds + hold + 25)}s", "-trace_stat", "-stf", self._stats, "-fd", 1]  # fmt: skip
        self._process = subprocess.Popen(
            [str(word) for word in line], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )

    def result(self) -> Shed:
        _, said = self._process.communicate()
        self._sink.close()
        if self._process.returncode not in (0, 1, 97):  # 1: some call failed; 97: out of time
            raise RuntimeError(f"sipp ended with {self._process.returncode}: {said[-500:]}")
        with self._stats.open(newline="") as file:
            last = list(csv.DictReader(file, delimiter=";"))[-1]
        hours, minutes, seconds, micros = last["ResponseTime1(C)"].split(":")
        return Shed(
            made=int(last["TotalCallCreated"]),
            answered=int(last["GenericCounter1(C)"]),
            refused=int(last["GenericCounter2(C)"]),
            failed=max(int(last["FailedCall(C)"]), self._count - int(last["SuccessfulCall(C)"])),
            refusal=int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(micros) / 1e6,
            repeats=int(last["Retransmissions(C)"]),
        )
