"""The camera tile in a real browser: moving pictures of all four kinds, and honesty when they stop."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from twisted.web import resource, server, static

from console.cameras.gateway import CameraGateway, GatewaySettings
from console.cameras.socket import camera_resource
from tests.console.conftest import ROOT

KINDS = ("rtsp", "mjpeg", "snapshot", "hls")
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; media-src blob:; img-src data:"
PAGE = """<!doctype html><html lang="id" data-zone="Asia/Jakarta"><meta charset="utf-8"><title>Kamera</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/shared/camera.css">
<link rel="stylesheet" href="/page.css">
<main></main><script type="application/json" id="page">{"lang": "LANG"}</script>
<script type="module" src="/page.mjs"></script></html>"""
STYLE = "body { margin: 8px; background: #222; } main { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }"
SCRIPT = """
import { mountCamera, fieldOfView } from "/static/shared/camera.mjs";
const asked = new URLSearchParams(location.search);
window.fieldOfView = fieldOfView;
window.tiles = Object.fromEntries(asked.get("cameras").split(",").map((id) => [
  id, mountCamera(document.querySelector("main"), id, "/cameras", { name: id })]));
"""


class Page(resource.Resource):
    isLeaf = True

    def __init__(self, body: str, kind: str) -> None:
        super().__init__()
        self._body, self._kind = body.encode(), kind

    def render_GET(self, request) -> bytes:
        request.setHeader("content-type", f"{self._kind}; charset=utf-8")
        request.setHeader("content-security-policy", POLICY)
        return self._body.replace(b"LANG", (request.args.get(b"lang") or [b"id"])[0])


class Console:
    """A web site with a page of tiles, its gateway, and whether the user may watch."""

    def __init__(self, reactor, urls: dict[str, str]) -> None:
        self._reactor, self._port, self.may_watch = reactor, 0, True
        self.cameras = {kind: SimpleNamespace(kind=kind, url=url) for kind, url in urls.items()}
        self.gateway = CameraGateway(
            reactor,
            self.cameras,
            GatewaySettings(camera_allow=("127.0.0.0/8",), linger=0.2, frozen_after=1.0, lost_after=4.0),
        )
        root = resource.Resource()
        root.putChild(b"", Page(PAGE, "text/html"))
        root.putChild(b"page.mjs", Page(SCRIPT, "text/javascript"))
        root.putChild(b"page.css", Page(STYLE, "text/css"))
        files = static.File(str(ROOT / "console" / "static"))
        files.contentTypes = {**files.contentTypes, ".mjs": "text/javascript"}
        root.putChild(b"static", files)
        words = static.File(str(ROOT / "dispatch" / "locale"), defaultType="text/plain; charset=utf-8")
        root.putChild(b"texts", words)
        fluent = static.File(str(ROOT / "console" / "node_modules" / "@fluent" / "bundle"))
        fluent.contentTypes = {**fluent.contentTypes, ".js": "text/javascript"}
        npm = resource.Resource()
        npm.putChild(b"fluent", fluent)
        root.putChild(b"npm", npm)
        watch = lambda end: lambda: None  # noqa: E731
        may_watch = lambda request, _: watch if self.may_watch else None  # noqa: E731
        root.putChild(b"cameras", camera_resource(self.gateway, self.cameras, may_watch))
        self._site = server.Site(root)
        self._connections: list = []
        self.listen()

    def listen(self) -> None:
        self._listening = self._reactor.listenTCP(self._port, self._site, interface="127.0.0.1")
        self._port = self._listening.getHost().port

    def fall_over(self):
        """Stops listening and cuts every connection, as a server does that is restarted."""
        for channel in [s for s in self._reactor.getReaders() if getattr(s, "server", None) is self._listening]:
            channel.abortConnection()
        return self._listening.stopListening()

    def stop(self):
        self.gateway.stop()
        return self.fall_over()

    def address(self, *cameras: str, lang: str = "id") -> str:
        return f"http://127.0.0.1:{self._port}/?lang={lang}&cameras={','.join(cameras)}"


@pytest.fixture
def console(reactor_thread, demo_cameras):
    urls = {kind: demo_cameras.url(kind) for kind in KINDS}
    console = reactor_thread.call(Console, reactor_thread.reactor, urls)
    yield console
    reactor_thread.call(console.stop)


@pytest.fixture
def page(chromium):
    page = chromium.new_page(viewport={"width": 1100, "height": 760})
    page.set_default_timeout(60_000)
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    page.close()


def tile(number: int, state: str) -> str:
    return f".camera:nth-child({number})[data-state='{state}']"


def test_all_four_kinds_show_moving_pictures_under_a_strict_policy(console, page):
    page.goto(console.address(*KINDS))
    for number in range(1, 5):
        page.wait_for_selector(tile(number, "live") + " .camera-picture")
    page.wait_for_function("() => [...document.querySelectorAll('video')].every((v) => v.currentTime > 0 && !v.paused)")
    before = page.evaluate("() => [...document.querySelectorAll('video')].map((v) => v.currentTime)")
    assert len(before) == 2
    page.wait_for_function(
        "(was) => [...document.querySelectorAll('video')].every((v, i) => v.currentTime > was[i] + 2)", arg=before
    )
    # The picture itself moves, not only the clock of the player.
    look = """(n) => { const c = document.createElement('canvas'); c.width = 320; c.height = 180;
        const g = c.getContext('2d');
        g.drawImage(document.querySelectorAll('.camera-picture')[n], 0, 0, 320, 180);
        return c.toDataURL(); }"""
    for number in range(4):
        seen = page.evaluate(look, number)
        page.wait_for_function(f"([n, seen]) => ({look})(n) !== seen", arg=[number, seen])
    behind = page.evaluate(
        "() => [...document.querySelectorAll('video')].map((v) => v.buffered.end(0) - v.currentTime)"
    )
    assert behind[0] < 1.7 and behind[1] < 2.8  # the HLS segments of the demo are one second long
    assert page.locator(".camera-badge").all_inner_texts() == ["LANGSUNG"] * 4
    artefacts = Path(ROOT / "tests" / "artefacts")
    artefacts.mkdir(exist_ok=True)
    page.screenshot(path=artefacts / "camera-tiles.png")
    assert page.complaints == []


def test_a_power_cut_is_seen_at_a_glance_and_the_picture_comes_back(console, page, demo_cameras):
    page.goto(console.address("rtsp", "mjpeg", lang="en"))
    for number in (1, 2):
        page.wait_for_selector(tile(number, "live") + " .camera-picture")
    demo_cameras.kill()
    for number in (1, 2):
        page.wait_for_selector(tile(number, "frozen"))
        assert "Last picture at" in page.locator(".camera-note").nth(number - 1).inner_text()
        shade = page.locator(".camera-picture").nth(number - 1).evaluate("(e) => getComputedStyle(e).filter")
        assert "grayscale(1)" in shade
    page.screenshot(path=ROOT / "tests" / "artefacts" / "camera-frozen.png")
    for number in (1, 2):
        page.wait_for_selector(tile(number, "unreachable"))
        assert "UNREACHABLE" in page.locator(".camera-badge").nth(number - 1).inner_text()
        assert "check its power and network" in page.locator(".camera-note").nth(number - 1).inner_text()
    demo_cameras.start()
    for number in (1, 2):
        page.wait_for_selector(tile(number, "live"))


def test_a_tile_whose_server_restarts_says_frozen_and_connects_again(console, page, reactor_thread):
    page.goto(console.address("rtsp"))
    page.wait_for_selector(tile(1, "live") + " .camera-picture")
    reactor_thread.call(console.fall_over)
    page.wait_for_selector(tile(1, "frozen"))
    assert "sambungan ke server terputus" in page.locator(".camera-note").inner_text()
    reactor_thread.call(console.listen)
    page.wait_for_selector(tile(1, "live"))
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 0")


def test_a_user_without_the_right_is_told_so_and_gets_no_picture(console, page):
    console.may_watch = False
    page.goto(console.address("rtsp"))
    page.wait_for_selector(tile(1, "refused"))
    assert "tidak berhak" in page.locator(".camera-note").inner_text()
    assert console.gateway.running() == []


def test_a_camera_that_is_not_listed_is_named_as_such(console, page):
    page.goto(console.address("nowhere", lang="en"))
    page.wait_for_selector(tile(1, "refused"))
    assert "not in the list" in page.locator(".camera-note").inner_text()


def test_closing_the_tile_or_the_page_ends_the_camera(console, page, reactor_thread):
    page.goto(console.address("rtsp", "mjpeg"))
    for number in (1, 2):
        page.wait_for_selector(tile(number, "live"))
    assert console.gateway.running() == ["mjpeg", "rtsp"]
    page.evaluate("() => window.tiles.rtsp.close()")
    reactor_thread.until(lambda: console.gateway.running() == ["mjpeg"])
    assert page.locator(".camera").count() == 1
    page.goto("about:blank")
    reactor_thread.until(lambda: console.gateway.running() == [])


def test_the_field_of_view_is_a_wedge_on_the_map(console, page):
    page.goto(console.address("snapshot"))
    page.wait_for_function("() => Boolean(window.fieldOfView)")
    spec = {"lat": 0.92, "lon": 104.45, "heading": 90, "fov": 60, "range_m": 100}
    wedge = page.evaluate("(c) => window.fieldOfView(c)", spec)
    assert wedge[0] == [0.92, 104.45]
    north = [(lat - 0.92) * 111_195 for lat, _ in wedge[1:]]
    east = [(lon - 104.45) * 111_195 for _, lon in wedge[1:]]  # at the equator a degree is a degree
    assert north[0] == pytest.approx(50, abs=0.5) and north[-1] == pytest.approx(-50, abs=0.5)
    assert all(metres == pytest.approx(100, abs=14) for metres in east) and max(east) == pytest.approx(100, abs=0.1)
    circle = page.evaluate("(c) => window.fieldOfView(c)", {**spec, "fov": 360})
    assert [0.92, 104.45] not in circle and len(circle) == 36
