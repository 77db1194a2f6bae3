"""The real switch process on ports and a folder of its own, and what calls it: sipp, sockets, a room."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from dispatch.settings import ROOT
from telephony.room import wire
from tests.servers import end, free_port, wait_until
from tests.telephony.messages import SDP

SCENARIOS = Path(__file__).parent / "sipp"


class LiveSwitch:
    """`python -m telephony` in `folder`; `rtp` is the first of 1000 ports, `keys` override settings."""

    program = "telephony"

    def __init__(self, folder: Path, rtp: int = 31_000, **keys: object) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"127.0.0.1:{self.port}"
        folder.mkdir(parents=True, exist_ok=True)
        given = {
            "DATA": folder,
            "SIP": self.address,
            "RTP_PORTS": f"{rtp}-{rtp + 999}",
            "MAX_CALLS": 60,
            "ANNOUNCE_AFTER": 0,
            "ROOM_SILENT_AFTER": 3600,
            "SIP_TRUNKS": "127.0.0.0/24",
            **keys,
        }
        clean = {k: v for k, v in os.environ.items() if not k.startswith("SIAGA_")}
        self._env = {**clean, **{f"SIAGA_{key}": str(value) for key, value in given.items()}}

    def start(self, seconds: float = 20.0) -> LiveSwitch:
        log = self.folder / "switch.log"
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.program], cwd=ROOT, env=self._env, stdout=out, stderr=out
            )
        wait_until(lambda: b"answers on" in log.read_bytes(), seconds, "the switch")
        return self

    def stop(self) -> None:
        end(self.process)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def log(self) -> str:
        return (self.folder / "switch.log").read_text("utf-8", "replace")

    def events(self, kind: str = "", call_id: str = "") -> list[dict]:
        """What it has to tell the room; with `call_id`, of that call only."""
        lines = (self.folder / "spool.jsonl").read_bytes().split(b"\n")
        told = [json.loads(line)["event"] for line in lines if line]
        if call_id:
            legs = {e["call"] for e in told if e.get("sip_call_id") == call_id}
            told = [e for e in told if e.get("call", e.get("about")) in legs]
        return [event for event in told if kind in ("", event["event"])]

    def waits_for(self, kind: str, call_id: str = "", count: int = 1, seconds: float = 20.0) -> list[dict]:
        def enough():
            found = self.events(kind, call_id)
            return found if len(found) >= count else None

        return wait_until(enough, seconds, f"{count} {kind}")

    def answers(self) -> None:
        """A call is answered and ended: the switch is well."""
        with Phone(self) as phone:
            code, _ = phone.call()
            assert code == 200, (code, self.log()[-2000:])

    def sipp(self, scenario: str, *options: str, **keys: str) -> subprocess.CompletedProcess:
        line = ["sipp", self.address, "-sf", SCENARIOS / f"{scenario}.xml", "-m", "1", "-nostdin", "-timeout", "20"]
        for name, value in keys.items():
            line += ["-key", name, value]
        if "-i" not in options:
            line += ["-i", "127.0.0.1"]
        return subprocess.run([*line, "-p", "0", *options], cwd=self.folder, capture_output=True, timeout=40, text=True)


def answer_to(request: bytes) -> bytes:
    """200 to a request."""
    head = request.split(b"\r\n\r\n")[0].split(b"\r\n")
    kept = [line for line in head if line.split(b":")[0] in (b"Via", b"From", b"To", b"Call-ID", b"CSeq")]
    return b"\r\n".join([b"SIP/2.0 200 OK", *kept, b"Content-Length: 0", b"", b""])


class Phone:
    """A SIP phone of a few lines: one socket, one dialog, nothing understood that is not needed."""

    def __init__(self, switch: LiveSwitch, ip: str = "127.0.0.1") -> None:
        self._switch = switch
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((ip, 0))
        self._socket.connect(("127.0.0.1", switch.port))
        self.ip, self.port = self._socket.getsockname()
        self.call_id, self._tag, self._to, self._number = secrets.token_hex(8), secrets.token_hex(4), "", 0
        self._target, self._up, self._invite = "", False, b""
        self._server: threading.Thread | None = None

    def __enter__(self) -> Phone:
        return self

    def __exit__(self, *_) -> None:
        if self._up:
            self._up = False
            if self._server is not None:
                self._server.join()
            self.send(self.request("BYE"))
            self.hears("BYE")
        self._socket.close()

    def send(self, raw: bytes) -> None:
        self._socket.send(raw)

    def asked(self, method: str, seconds: float = 10.0, answer: str = "200 OK") -> str:
        """The next request of this kind that the switch sends, answered."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._socket.settimeout(left)
            text = self._socket.recv(65_535).decode("utf-8", "replace")
            if text.startswith(f"{method} "):
                kept = re.findall(r"(?im)^(?:via|from|to|call-id|cseq):.*\r\n", text.split("\r\n\r\n")[0] + "\r\n")
                self.send(f"SIP/2.0 {answer}\r\n{''.join(kept)}Content-Length: 0\r\n\r\n".encode())
                return text
        raise AssertionError(f"no {method} came")

    def request(self, method: str, target: str = "", body: str | bytes = "", **headers: str) -> bytes:
        """The bytes; a header's name has _ for -. A header given as "" is left out."""
        data = body.encode() if isinstance(body, str) else body
        self._number += method != "ACK"
        self._target = target or self._target or f"sip:112@{self._switch.address}"
        lines = {
            "Via": f"SIP/2.0/UDP {self.ip}:{self.port};branch=z9hG4bK{secrets.token_hex(6)};rport",
            "Max-Forwards": "70",
            "From": f"<sip:08117000112@{self.ip}>;tag={self._tag}",
            "To": f"<{self._target}>{self._to}",
            "Call-ID": self.call_id,
            "CSeq": f"{self._number} {method}",
            "Contact": f"<sip:phone@{self.ip}:{self.port}>",
            **({"Content-Type": "application/sdp"} if body else {}),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
        return f"{method} {self._target} SIP/2.0\r\n{head}Content-Length: {len(data)}\r\n\r\n".encode() + data

    def hears(self, method: str, seconds: float = 5.0) -> tuple[int, str]:
        """(code, message) of the final answer to the last request; (0, "") when there is none in time."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                text = self._socket.recv(65_535).decode("utf-8", "replace")
            except (TimeoutError, ConnectionError):
                return 0, ""
            code = int(text[8:11]) if text.startswith("SIP/2.0 ") else 0
            if code >= 200 and re.search(rf"(?im)^cseq:\s*{self._number} {method}", text):
                return code, text
        return 0, ""

    def call_without_ack(self) -> tuple[int, str]:
        """(code, message) of the final answer, which is left waiting."""
        self._invite = self.request("INVITE", "", SDP.format(port=4000))
        self.send(self._invite)
        return self.hears("INVITE")

    def repeat_invite(self, seconds: float = 5.0) -> int:
        """The last INVITE once more, as it was; the code of its answer."""
        self.send(self._invite)
        return self.hears("INVITE", seconds)[0]

    def serve_in_background(self) -> Counter:
        """Answers every request from now on; counts them by method."""
        self._served: Counter = Counter()
        self._server = threading.Thread(target=self._serve, daemon=True)
        self._server.start()
        return self._served

    def _serve(self) -> None:
        self._socket.settimeout(0.2)
        while self._up:
            try:
                raw = self._socket.recv(65_535)
            except TimeoutError:
                continue
            if not raw.startswith(b"SIP/2.0"):
                self._served[raw.split(b" ")[0].decode()] += 1
                self.send(answer_to(raw))

    def count_answers(self, seconds: float) -> int:
        """How many messages come within `seconds`."""
        until, count = time.monotonic() + seconds, 0
        while (left := until - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                count += bool(self._socket.recv(65_535))
            except TimeoutError:
                break
        return count

    def call(self, target: str = "", body: str | bytes | None = None, **headers: str) -> tuple[int, str]:
        """INVITE and ACK."""
        offer = SDP.format(port=4000) if body is None else body
        self._invite = self.request("INVITE", target, offer, **headers)
        self.send(self._invite)
        code, text = self.hears("INVITE")
        tag = re.search(r"(?im)^to:.*?;tag=([^;\s]+)", text)
        if code:
            self._to = f";tag={tag.group(1)}" if tag else ""
            contact = re.search(r"(?im)^contact:.*?<([^>]+)>", text)
            uri = self._target
            self._target = contact.group(1) if contact and code == 200 else uri
            # without an offer of ours the 200 made one, and the ACK answers it (RFC 3261, 13.2.1)
            answer = "" if "application/sdp" in headers.get("Content_Type", "application/sdp") and offer else "late"
            self.send(self.request("ACK", body=SDP.format(port=4000) if answer and code == 200 else ""))
            self._target = self._target if code == 200 else uri
            self._to = self._to if code == 200 else ""
        self._up = code == 200
        return code, text


class Room:
    """The room's end of the wire, by hand."""

    def __init__(self, switch: LiveSwitch) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(switch.folder / "switch.sock"))
        self._reader, self.heard = wire.WireReader(), []

    def say(self, *messages: wire.Message) -> None:
        self._socket.sendall(b"".join(wire.line(message) for message in messages))

    def listens(self, found, seconds: float = 10.0):
        """The first true `found(message)` among all messages heard so far and to come."""
        until = time.monotonic() + seconds
        while True:
            if got := next((result for message in self.heard if (result := found(message))), None):
                return got
            self._socket.settimeout(max(0.01, until - time.monotonic()))
            self.heard += self._reader.feed(self._socket.recv(65_536))

    def event(self, kind: type, seconds: float = 10.0, **fields):
        """The first event of that kind with these fields."""

        def fits(message):
            event = getattr(message, "event", None)
            same = isinstance(event, kind) and all(getattr(event, k) == v for k, v in fields.items())
            return event if same else None

        return self.listens(fits, seconds)

    def close(self) -> None:
        self._socket.close()
