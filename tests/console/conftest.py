"""What the console's tests share: the real Twisted reactor in a thread, and demo cameras in a process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import expect
from twisted.internet import process, reactor, task
from twisted.internet.threads import blockingCallFromThread

from tests import browser
from tests.console import described
from tests.console.desk import PASSWORD, Desk
from tests.console.pages import HOME, PEOPLE, SIZES, entered, is_ours
from tests.console.proxy import FreezableProxy

ROOT = Path(__file__).parents[2]
settings.register_profile("thorough")  # of test_openapi_at_random.py


class ReactorThread:
    """The running reactor, for tests that live in pytest's thread."""

    reactor = reactor

    def call(self, function: Callable, *args, **kwargs):
        """Runs `function` in the reactor's thread and returns its result, or the result of its Deferred."""
        return blockingCallFromThread(reactor, function, *args, **kwargs)

    def until(self, condition: Callable, seconds: float = 30.0):
        """The first true value of `condition()`, asked in the reactor's thread; fails the test after `seconds`."""
        end = time.monotonic() + seconds
        while not (value := self.call(condition)):
            assert time.monotonic() < end, f"waited {seconds} s in vain for {condition.__doc__ or condition}"
            time.sleep(0.02)
        return value


@pytest.fixture(scope="session")
def reactor_thread():
    """One reactor for the whole run, since Twisted's can not be started twice."""
    thread = threading.Thread(target=reactor.run, kwargs={"installSignalHandlers": False}, daemon=True)
    thread.start()
    # Outside the main thread the reactor gets no signals, so it has to ask for ended children.
    reactor.callFromThread(task.LoopingCall(process.reapAllProcesses).start, 0.05)
    yield ReactorThread()
    reactor.callFromThread(reactor.stop)
    thread.join(10)


class DemoCameras:
    """A `console.demo.cameras` process. `http` and `rtsp` are its HOST:PORT, after `start` the same as before."""

    user, password = "petugas", "rahasia-77"

    def __init__(self, folder: Path) -> None:
        """`folder`: for its working files, which a killed process leaves behind."""
        self._folder, self.http, self.rtsp = folder, "127.0.0.1:0", "127.0.0.1:0"
        self.start()

    def start(self) -> None:
        line = [sys.executable, "-m", "console.demo.cameras", "--http", self.http, "--rtsp", self.rtsp]
        line += ["--ids", "CAM-01,CAM-02,CAM-03,CAM-04", "--user", self.user, "--password", self.password]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(self._folder)}
        self.process = subprocess.Popen(line, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        words = self.process.stdout.readline().split()
        self.http, self.rtsp = words[2], words[4]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def url(self, kind: str, password: str | None = None) -> str:
        """The address of a `kind` of pictures, with the right password unless another is given."""
        login = f"{self.user}:{self.password if password is None else password}@"
        return {
            "rtsp": f"rtsp://{login}{self.rtsp}/CAM-01",
            "mjpeg": f"http://{login}{self.http}/CAM-02/mjpeg",
            "snapshot": f"http://{login}{self.http}/CAM-03/snapshot.jpg",
            "hls": f"http://{login}{self.http}/CAM-04/hls/index.m3u8",
        }[kind]


@pytest.fixture(autouse=True)
def answers_are_as_described():
    """Whatever a site answered in a test is as its /openapi.json says."""
    yield
    found, described.FOUND[:] = list(described.FOUND), []
    assert not found, "\n".join(found)


@pytest.fixture
def demo_cameras(tmp_path):
    """Four demo cameras in a process of their own, ended with the test."""
    cameras = DemoCameras(tmp_path)
    yield cameras
    if cameras.process.poll() is None:
        cameras.process.terminate()
        cameras.process.wait(10)
        cameras.process.stdout.close()


@pytest.fixture(scope="module")
def chromium():
    expect.set_options(timeout=20_000)  # as the pages' own
    with browser.chromium(microphone=True) as made:
        yield made


@pytest.fixture(scope="module")
def desk(reactor_thread, tmp_path_factory):
    """A console that a module's tests share; see `tests.console.desk`."""
    made = Desk(reactor_thread, tmp_path_factory.mktemp("console"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def site(desk):
    """The console with three people who have a password, and an incident's worth of history."""
    for name, (role, unit) in PEOPLE.items():
        desk.accounts.set_password(name, PASSWORD, role, unit)
    desk.url = f"http://127.0.0.1:{desk.port}"
    return desk


@pytest.fixture
def visit(chromium, site):
    """visit(user, size) → a page on which `user` has signed in through the form; "" stays at the form."""
    contexts = []

    def go(user: str = "", size: str = "desk", lang: str = "id", **options):
        width, height = SIZES[size]
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda said: page.complaints.append(said.text) if is_ours(said) else None)
        page.goto(f"{site.url}/sign-in?lang={lang}")
        if user:
            entered(page, site, user, HOME[user])
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.fixture
def hung(site):
    """The site behind a proxy that can be frozen; `visit` goes through it."""
    proxy, direct = FreezableProxy(site.port), site.url
    site.url = f"http://127.0.0.1:{proxy.port}"
    yield proxy
    proxy.thaw()
    site.url = direct
    proxy.close()
