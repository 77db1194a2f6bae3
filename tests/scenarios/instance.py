"""A whole Siaga 112 for a scenario: `siaga run` on ports and a data folder of its own, and what drives it."""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
import urllib.error
import urllib.request
import wave
from pathlib import Path

import msgspec
import numpy as np
import psutil

from dispatch import events as ev
from dispatch.journal.chain import Entry, entries_of
from dispatch.journal.master import Masters
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.settings import ROOT
from tests.servers import end, free_port, wait_until

BIN = Path(sys.executable).parent
CALLER_HZ, PHONE_HZ = 440.0, 1000.0


class Refused(Exception):
    """The API's answer was not 200: (status, sentence)."""


class Api:
    """The HTTP API as a program uses it."""

    def __init__(self, url: str, token: str) -> None:
        self._url, self._token = url, token

    def ask(self, method: str, path: str, body: object = None) -> object:
        request = urllib.request.Request(self._url + path, method=method)
        request.add_header("Authorization", f"Bearer {self._token}")
        request.add_header("Accept-Language", "en")
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, data, timeout=20) as answer:
                raw = answer.read()
        except urllib.error.HTTPError as wrong:
            raise Refused(wrong.code, json.loads(wrong.read())["error"]["text"]) from None
        return json.loads(raw) if raw[:1] in b"{[" else raw

    def get(self, path: str):
        return self.ask("GET", path)

    def command(self, name: str, **fields) -> int:
        return self.ask("POST", "/api/v1/commands", {"command": name, **fields})["seq"]

    def board(self) -> dict:
        return self.get("/api/v1/board")["board"]


class Instance:
    """`more` overrides settings; everything lives in `folder`."""

    def __init__(self, folder: Path, **more: object) -> None:
        self.folder = folder
        http, sip, cameras, rtsp, agencies, centre = (free_port() for _ in range(6))
        rtp = 30_000 + (sip % 25) * 1000
        self.url, self.sip = f"http://127.0.0.1:{http}", f"127.0.0.1:{sip}"
        self.agencies = f"127.0.0.1:{agencies}"
        keys = {
            "DATA": folder / "data",
            "HTTP": f"127.0.0.1:{http}",
            "SIP": self.sip,
            "DEMO_CAMERAS": f"127.0.0.1:{cameras}",
            "DEMO_RTSP": f"127.0.0.1:{rtsp}",
            "DEMO_AGENCIES": f"127.0.0.1:{agencies}",
            "DEMO_CENTRE": f"127.0.0.1:{centre}",
            "RTP_PORTS": f"{rtp}-{rtp + 999}",
            "MAX_CALLS": 200,
            **more,
        }
        clean = {k: v for k, v in os.environ.items() if not k.startswith("SIAGA_")}
        self.env = {**clean, **{f"SIAGA_{key}": str(value) for key, value in keys.items()}}
        self.process: subprocess.Popen | None = None
        self._tokens: dict[str, str] = {}

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def launch(self) -> None:
        """Without waiting for it to be well."""
        out = (self.folder / "run.log").open("wb")
        self.process = subprocess.Popen([BIN / "siaga", "run"], cwd=ROOT, env=self.env, stdout=out, stderr=out)
        out.close()

    def start(self, seconds: float = 60.0) -> None:
        self.launch()
        try:
            wait_until(self.healthy, seconds, "siaga run to be healthy")
        except BaseException:
            self.stop()
            raise

    def healthy(self) -> bool:
        assert self.process.poll() is None, (self.folder / "run.log").read_text()
        with urllib.request.urlopen(self.url + "/healthz", timeout=2) as answer:
            said = json.load(answer)
            return said["ok"] and said["switch"]

    def stop(self) -> str:
        """Ctrl-C; returns what was printed."""
        if self.process is not None:
            end(self.process, signal.SIGINT)
        return (self.folder / "run.log").read_text()

    def siaga(self, *words: str, given: str = "") -> subprocess.CompletedProcess:
        line = [BIN / "siaga", *words]
        return subprocess.run(line, cwd=ROOT, env=self.env, input=given, capture_output=True, text=True, timeout=60)

    def api(self, role: str, unit: str = "") -> Api:
        key = f"{role}-{unit}"
        if key not in self._tokens:
            made = self.siaga("token", "create", "--role", role, "--name", key, "--unit", unit)
            assert made.returncode == 0, made.stderr
            self._tokens[key] = made.stdout.strip()
        return Api(self.url, self._tokens[key])

    def child(self, what: str) -> psutil.Process:
        """The process whose command line has `what`: telephony, twistd, console.demo.cameras, console.demo.crews."""
        for process in psutil.Process(self.process.pid).children(recursive=True):
            try:
                if any(what in word for word in process.cmdline()):
                    return process
            except psutil.Error:
                continue
        raise OSError(f"no process {what} yet")

    def kill(self, what: str) -> None:
        self.child(what).send_signal(signal.SIGKILL)

    def call(self, *words: str) -> subprocess.Popen:
        """A caller: a SIP phone in a process of its own."""
        line = [sys.executable, "-m", "telephony.demo.caller", "--to", self.sip, *words]
        return subprocess.Popen(line, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, text=True)

    def entries(self) -> list[Entry]:
        return self.entries_at(self.data)

    def entries_at(self, data: Path) -> list[Entry]:
        journal = SqlJournal(open_engine(f"sqlite:///{data}/journal.db"), Masters(data))
        try:
            return list(entries_of(journal))
        finally:
            journal.close()

    def events(self, kind: str) -> list[dict]:
        found = (entry.event for entry in self.entries() if entry.kind == kind)
        return [msgspec.json.decode(ev.encode(event)) for event in found]


def write_tone(file: Path, hertz: float, seconds: float = 4.0, rate: int = 16_000) -> Path:
    """A WAV with one steady tone."""
    samples = 9000 * np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate)
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(rate)
        wav.writeframes(samples.astype("<i2").tobytes())
    return file


def samples_of(file: Path) -> tuple[np.ndarray, int]:
    """(samples, rate) of a 16-bit WAV, also of one whose writer was killed before it wrote its length."""
    raw = file.read_bytes()
    rate = struct.unpack("<I", raw[24:28])[0]
    start = raw.index(b"data") + 8
    body = raw[start : start + (len(raw) - start) // 2 * 2]
    return np.frombuffer(body, "<i2").astype(float), rate


def share_of_tone(samples: np.ndarray, rate: int, hertz: float, width: float = 25.0) -> float:
    """How much of the sound's energy (0 … 1) is within `width` hertz of `hertz`."""
    if not len(samples):
        return 0.0
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    at = np.fft.rfftfreq(len(samples), 1 / rate)
    power[at < 50] = 0
    return float(power[abs(at - hertz) <= width].sum() / max(power.sum(), 1e-9))


def longest_gap(samples: np.ndarray, rate: int, hertz: float) -> float:
    """Seconds of the longest stretch without the tone, between the first and the last time it is heard."""
    window = rate // 20
    heard = []
    for n in range(0, len(samples) - window, window):
        piece = samples[n : n + window]
        heard.append(np.sqrt((piece**2).mean()) > 300 and share_of_tone(piece, rate, hertz, 60) > 0.5)
    if not any(heard):
        return float("inf")
    first, last = heard.index(True), len(heard) - 1 - heard[::-1].index(True)
    longest = run = 0
    for one in heard[first : last + 1]:
        run = 0 if one else run + 1
        longest = max(longest, run)
    return longest * window / rate


def seated_by_phone(town: Instance, role: str = "call-taker", position: str = "P1"):
    """A call-taker whose SIP phone is dialled in and plays a tone; returns the API and the phone."""
    desk = town.api(role)
    town.siaga("user", "add", f"{role}-", "--role", role, "--password-stdin", given="benar-sekali\n")
    desk.command("SignOn", position=position, media="phone")
    said = desk.ask("POST", "/api/v1/phone", {})
    tone = write_tone(town.folder / "phone.wav", PHONE_HZ, 30.0)
    words = ["--dial", said["sip"], "--user", said["user"], "--password", said["password"], "--no-location"]
    phone = town.call(*words, "--sound", str(tone), "--seconds", "600")
    wait_until(lambda: desk.board()["positions"][position]["leg"], 60, "the phone's audio")
    return desk, phone


def talking(town: Instance, desk, hears=None, position: str = "P1"):
    """A caller with a tone, answered at this position; returns the caller and the call's id."""
    tone = write_tone(town.folder / "caller.wav", CALLER_HZ, 60.0)
    words = ["--sound", str(tone), "--number", "081211112222", "--seconds", "600"]
    caller = town.call(*words, *(["--record", str(hears)] if hears else []))
    waiting = lambda: [c["id"] for c in desk.board()["calls"].values() if c["state"] == "queued"]  # noqa: E731
    (call,) = wait_until(waiting, 60, "the call on the board")
    desk.command("AnswerCall", call=call, position=position)
    wait_until(lambda: desk.board()["calls"][call]["state"] == "talking", 60, "both to talk")
    return caller, call
