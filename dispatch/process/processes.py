"""`siaga run`: starts the processes side by side, starts again what falls, and stops all of them with Ctrl-C.

Each is a process group of its own, so that a signal meant for one reaches only that one; none is another's child in
what it does: the switch talks on while the room is started again.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import sqlalchemy as sa

from dispatch.access.accounts import Accounts
from dispatch.commands import CENTRE, DISPATCHER
from dispatch.journal.chain import JournalUnavailable
from dispatch.journal.claim import AlreadyTaken, Claim
from dispatch.journal.sql import open_engine
from dispatch.process.demo import DEMO_ACCOUNTS, NEIGHBOUR, PASSWORD, make_demo_accounts, make_demo_centre
from dispatch.settings import ROOT, Settings
from dispatch.terminal import tell
from migrations import migrate
from routing.text import Param, Text, text

_BIN = Path(sys.executable).parent
_RESTART_AT_MOST = 5.0
_PR_SET_PDEATHSIG = 1


class Program:
    """One process, its log file, and when it may be started again."""

    def __init__(self, name: str, line: list[str], log: Path, env: dict[str, str]) -> None:
        self.name, self._line, self._log, self._env = name, line, log, env
        self._pause, self._not_before = 0.2, 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        try:
            out = self._log.open("ab")
        except OSError:
            out = open(os.devnull, "wb")  # noqa: SIM115  (closed below; a log that cannot be written stops nobody)
        self.process = subprocess.Popen(
            self._line, cwd=ROOT, env=self._env, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            process_group=0, preexec_fn=_end_with_parent,
        )  # fmt: skip
        out.close()
        self._started = time.monotonic()

    def look(self) -> None:
        """Starts it again when it fell; later each time, unless it had run for a minute."""
        if self.process is None or self.process.poll() is None:
            return
        now = time.monotonic()
        if self._not_before == 0.0:
            self._pause = 0.2 if now - self._started > 60 else min(_RESTART_AT_MOST, self._pause * 2)
            self._not_before = now + self._pause
            tell(text("run.again", name=self.name, detail=self._last_words(), log=str(self._log)))
        elif now >= self._not_before:
            self._not_before = 0.0
            self.start()

    def _last_words(self) -> Param:
        try:
            lines = self._log.read_text("utf-8", "replace").strip().splitlines()
        except OSError:
            lines = []
        status = self.process.returncode if self.process is not None else None
        return lines[-1][:300] if lines else text("run.exit-status", status=str(status))

    def stop(self, seconds: float = 8.0) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        try:
            self.process.wait(max(0.1, seconds))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def signal(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()


def _end_with_parent() -> None:
    """`kill -9` of `siaga run` must leave nothing behind that holds the ports (Linux prctl)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    began = time.monotonic()
    data = settings.data_folder
    alone = Claim(data / "run.lock")
    try:
        (data / "log").mkdir(parents=True, exist_ok=True)
        alone.take()
        os.chmod(data, 0o750)
    except AlreadyTaken as taken:
        tell(text("run.already", folder=str(data), url=settings.web.url, who=taken.who), sys.stderr)
        return 1
    except OSError as wrong:
        _say_broken(data, wrong)
    tokens: dict[str, dict[str, str]] = {}
    try:
        tokens = _prepared(settings)
    except (sa.exc.SQLAlchemyError, JournalUnavailable, OSError) as wrong:
        _say_broken(data, wrong)
    children = _children(settings, tokens)
    for child in children:
        child.start()
    stopping: list[int] = []
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda number, frame: stopping.append(number))
    said = False
    while not stopping:
        for child in children:
            child.look()
        with contextlib.suppress(OSError, AlreadyTaken):
            alone.take()  # also when somebody deleted the lock file: a second one is kept out all the same
        if not said and _healthy(settings):
            said = True
            tell(_welcome(settings, time.monotonic() - began))
        time.sleep(0.1 if not said else 0.3)
    tell(text("run.stopping"))
    for child in children:
        child.signal()
    until = time.monotonic() + 8
    for child in children:
        child.stop(until - time.monotonic())
    tell(text("run.stopped", folder=str(data)))
    return 0


def _say_broken(data: Path, wrong: Exception) -> None:
    """A disk that fails is no reason to answer no calls."""
    said = str(getattr(wrong, "orig", None) or wrong).split("\n")[0]
    tell(text("run.no-disk", folder=str(data), detail=said), sys.stderr)


def _prepared(settings: Settings) -> dict[str, dict[str, str]]:
    """The database in its newest form, and what the demo's programs are to know. Raises SQLAlchemyError,
    JournalUnavailable, OSError."""
    engine = open_engine(settings.database_url)
    try:
        migrate(engine)
        if not settings.demo:
            return {}
        accounts = Accounts(engine)
        make_demo_accounts(accounts)
        accounts.revoke_demo_tokens()  # of an earlier start
        told = {"SIAGA_TOKEN": accounts.create_token(NEIGHBOUR, CENTRE, days=30, demo=True)}
        return {
            "simulator": {"SIAGA_TOKEN": accounts.create_token("simulator", DISPATCHER, days=30, demo=True)},
            "centre": told | {"SIAGA_EXPECTS": make_demo_centre(settings.data_folder)},
        }
    finally:
        engine.dispose()


def _children(settings: Settings, tokens: dict[str, dict[str, str]]) -> list[Program]:
    log = settings.data_folder / "log"
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    made: list[Program] = []

    def add(name: str, *line: str, **more: str) -> None:
        made.append(Program(name, [sys.executable, *line], log / f"{name}.log", {**env, **more}))

    add("switch", "-m", "telephony")
    add("room", str(_BIN / "twistd"), "--nodaemon", "--pidfile=", "-y", "twistd.tac")
    if settings.demo:
        demo = settings.demo_addresses
        add("cameras", "-m", "console.demo.cameras", "--http", demo.demo_cameras, "--rtsp", demo.demo_rtsp)
        add("agencies", "-m", "telephony.demo.agency", "--listen", demo.demo_agencies)
        if tokens:  # without a disk there are none
            add("simulator", "-m", "console.demo.crews", "--url", settings.web.url, **tokens["simulator"])
            there = ("--listen", demo.demo_centre, "--url", settings.web.url)
            add("centre", "-m", "console.demo.centre", *there, **tokens["centre"])
    return made


def _healthy(settings: Settings) -> bool:
    # Only our own health page is asked, on the address we just opened: its certificate names the city, not this host.
    context = ssl._create_unverified_context() if settings.web.tls_folder else None
    try:
        with urllib.request.urlopen(settings.web.url + "/healthz", timeout=1, context=context) as answer:
            return bool(json.load(answer).get("switch"))
    except (OSError, ValueError, urllib.error.URLError):
        return False


def _welcome(settings: Settings, took: float) -> Text:
    known: dict[str, Param] = {"seconds": f"{took:.1f}", "url": settings.web.url, "sip": settings.switch.sip}
    known["folder"] = str(settings.data_folder)
    if not settings.demo:
        return text("run.ready", **known)
    people = tuple(f"{one['user']} ({one['role']})" for one in DEMO_ACCOUNTS)
    return text("run.ready-demo", password=PASSWORD, people=people, **known)


def call(settings: Settings, arguments: argparse.Namespace) -> int:
    """Makes the call in a process of its own, to this instance's switch."""
    rest = [word for word in arguments.rest if word != "--"]
    to = [] if "--to" in rest else ["--to", settings.switch.sip]
    try:
        return subprocess.call([sys.executable, "-m", "telephony.demo.caller", *to, *rest], cwd=ROOT)
    except KeyboardInterrupt:
        return 0
