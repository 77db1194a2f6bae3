"""Callers by sipp: so many calls a second for so many seconds, and what became of them."""

from __future__ import annotations

import csv
import shutil
import socket
import subprocess
from pathlib import Path

import msgspec

from bench.capture import Seen, can_capture, captured, read_capture
from tests.servers import free_port

_SCENARIO = Path(__file__).with_name("answer.xml")


class Called(msgspec.Struct, frozen=True, kw_only=True):
    """`rate` as reached, calls a second; `repeats`: messages sipp sent again; `times`: seconds INVITE -> 200, and
    `seen` the capture they come from, None without one."""

    made: int
    failed: int
    rate: float
    repeats: int
    times: list[float]
    seen: Seen | None


def check_tools() -> None:
    """Raises RuntimeError that says what to install."""
    if not shutil.which("sipp"):
        raise RuntimeError("sipp is missing; install it: apt-get install sip-tester")


def call_many(
    sip: str,
    rate: int,
    seconds: float,
    folder: Path,
    hold: float = 1.0,
    source: str = "127.0.0.1",
    capture: bool = True,
) -> Called:
    """Calls `sip` from `source`, `rate` a second, each held for `hold` seconds. Blocks until the last has ended.
    Without `capture` the times are sipp's own."""
    count = max(1, round(rate * seconds))
    stats, times, packets = folder / "stats.csv", folder / "times.csv", folder / "lo.pcap"
    for file in (stats, times, packets):
        file.unlink(missing_ok=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sink:
        sink.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sink.bind(("127.0.0.1", 0))
        line = ["sipp", sip, "-sf", _SCENARIO, "-i", source, "-p", free_port(), "-key", "sink",
                sink.getsockname()[1], "-r", rate, "-m", count, "-l", 4 * count, "-d", round(hold * 1000),
                "-nostdin", "-timer_resol", 1, "-recv_timeout", 10_000, "-timeout", f"{round(seconds + hold + 25)}s",
                "-trace_stat", "-stf", stats, "-fd", 1]  # fmt: skip
        run = [str(word) for word in line]
        if capture and can_capture():
            with captured(packets, int(sip.rpartition(":")[2])):
                _sipp(run, folder)
            seen = read_capture(packets, source)
            answered = seen.answer_times()
        else:
            _sipp([*run, "-trace_rtt", "-rtt_freq", "1"], folder)
            seen, answered = None, _response_times(folder)
    last = _last_row(stats)
    made = int(last["TotalCallCreated"])
    # What sipp could not finish in its time is a failure as well, and so is a call it never came to make.
    failed = max(int(last["FailedCall(C)"]), count - int(last["SuccessfulCall(C)"]))
    reached = _reached(seen) if seen else made / max(seconds, 0.001)
    repeats = int(last["Retransmissions(C)"])
    return Called(made=made, failed=failed, rate=reached, repeats=repeats, times=answered, seen=seen)


def _sipp(line: list[str], folder: Path) -> None:
    ended = subprocess.run(line, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if ended.returncode not in (0, 1, 97):  # 1: some call failed; 97: out of time
        raise RuntimeError(f"sipp ended with {ended.returncode}: {ended.stderr[-500:]}")


def _last_row(stats: Path) -> dict[str, str]:
    with stats.open(newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))[-1]


def _reached(seen: Seen) -> float:
    at = sorted(seen.invited.values())
    return (len(at) - 1) / (at[-1] - at[0]) if len(at) > 1 and at[-1] > at[0] else 0.0


def _response_times(folder: Path) -> list[float]:
    """From sipp's own list: date_ms;response_time_ms;name."""
    times: list[float] = []
    for file in folder.glob("*_rtt.csv"):
        with file.open(newline="") as rows:
            times += [float(row["response_time_ms"]) / 1000 for row in csv.DictReader(rows, delimiter=";")]
        file.unlink()
    return times
