"""The site as a browser gets it: the right page for each person, strict headers, closed folders, camera sockets."""

from __future__ import annotations

import json
import re
import socket

import pytest
from wsproto import ConnectionType, WSConnection
from wsproto.events import CloseConnection, Request, TextMessage

from console.pages.pages import HERE
from dispatch import events as ev
from dispatch.access.accounts import Account
from tests.console.desk import WHO

HOMES = {"ana": "/console", "dina": "/console", "sari": "/console", "rudi": "/unit", "audi": "/audit"}


def cookie(desk, user: str) -> str:
    role, unit = WHO[user]
    return f"siaga_session={desk.accounts.open_session(Account(name=user, role=role, unit=unit), 1.0)}"


@pytest.mark.parametrize("user", HOMES)
def test_everybody_is_sent_to_the_own_page_and_kept_off_the_others(desk, user):
    mine, home = cookie(desk, user), HOMES[user]
    assert desk.get("/", Cookie=mine).headers["location"].endswith(home)
    assert desk.get(home, Cookie=mine).status == 200
    for page in {"/console", "/unit", "/audit"} - {home}:
        allowed = user == "sari" and page == "/audit"
        assert desk.get(page, Cookie=mine).status == (200 if allowed else 302), page


def test_a_stranger_is_asked_to_sign_in(desk):
    for page in ("/", "/console", "/unit", "/audit"):
        got = desk.get(page)
        assert got.status == 302 and got.headers["location"].endswith("/sign-in"), page
    assert desk.get("/sign-in").status == 200


def test_every_page_is_strict_and_has_no_script_or_style_in_it(desk):
    pages = [desk.get("/sign-in")] + [desk.get(page, Cookie=cookie(desk, "sari")) for page in ("/console", "/audit")]
    pages.append(desk.get("/unit", Cookie=cookie(desk, "rudi")))
    for got in pages:
        assert got.status == 200
        csp = got.headers["content-security-policy"]
        assert "script-src 'self'" in csp and "frame-ancestors 'none'" in csp and "unsafe" not in csp
        assert got.headers["x-content-type-options"] == "nosniff"
        assert got.headers["cache-control"] == "no-store"
        assert got.headers["content-type"].lower().replace(" ", "") == "text/html;charset=utf-8"
        html = got.body.decode()
        assert " style=" not in html and "<style" not in html and not re.search(r"\son\w+=", html)
        for script in re.findall(r"<script([^>]*)>", html):
            assert "src=" in script or 'type="application/json"' in script
        assert json.loads(re.search(r'<script type="application/json" id="page">(.*?)</script>', html, re.S)[1])


def test_the_language_is_chosen_and_remembered(desk):
    assert b'lang="id"' in desk.get("/sign-in").body
    english = desk.get("/sign-in?lang=en")
    assert b'lang="en"' in english.body
    kept = english.headers["set-cookie"].partition(";")[0]
    assert kept == "siaga_lang=en" and b'lang="en"' in desk.get("/sign-in", Cookie=kept).body
    assert b'lang="id"' in desk.get("/sign-in?lang=%3Cscript%3E").body


def test_both_languages_have_the_same_texts(desk):
    first, second = (re.findall(rb"^[\w-]+(?= =)", desk.get(f"/texts/{lang}.ftl").body, re.M) for lang in ("id", "en"))
    assert first and set(first) == set(second)


def test_scripts_are_scripts_and_folders_are_closed(desk):
    got = desk.get("/static/shared/camera.mjs")
    assert got.status == 200 and got.headers["content-type"].startswith("text/javascript")
    assert got.headers["cache-control"] == "no-cache"
    assert desk.get("/static/shared/camera.mjs", If_Modified_Since=got.headers["last-modified"]).status == 304
    assert desk.get("/npm/htm/preact/standalone.module.js").status == 200
    for path in (
        "/static/", "/static/map/", "/static/map/../../site.py",
        "/static/../site.py", "/static/%2e%2e/site.py", "/static/..%2fsite.py", "/npm/", "/npm/htm/",
        "/npm/axe-core/axe.js", "/npm/htm/../../site.py", "/locale/id.ftl", "/templates/base.html",
    ):  # fmt: skip
        assert desk.get(path).status in (403, 404), path


def test_of_the_installed_packages_only_what_pages_load_is_served(desk):
    pages = [*(HERE / "static").rglob("*.mjs"), *(HERE / "templates").glob("*.html")]
    loaded = {path for page in pages for path in re.findall(r'"(/npm/[^"]+)"', page.read_text("utf-8"))}
    assert len(loaded) == 5
    for path in (*loaded, "/npm/fluent/esm/bundle.js", "/npm/leaflet/dist/images/layers.png"):
        assert desk.get(path).status == 200, path
    packages = HERE / "node_modules"
    for name in ("typescript", "eslint", "prettier", "preact", "@types/leaflet", "@fluent/bundle"):
        assert (packages / name / "package.json").is_file(), name
    told = [*packages.glob("*/package.json"), *packages.glob("@*/*/package.json"), packages / ".package-lock.json"]
    shut = {f"/npm/{file.relative_to(packages)}" for file in told} | {
        f"/npm/{path}" for path in (
            "fluent/package.json", "fluent/esm/index.d.ts", "fluent/esm/package.json", "htm/dist/htm.js",
            "htm/preact/index.d.ts", "leaflet/src/Leaflet.js", "leaflet/dist/leaflet.js.map", "leaflet/dist/images/",
            "typescript/lib/tsc.js", ".bin/tsc", "%2e%2e/package.json", "htm/preact/../package.json",
        )
    }  # fmt: skip
    assert len(shut) > 50
    for path in shut:
        assert desk.get(path).status in (403, 404), path


class Tile:
    """A camera's socket as the tile opens it: with the cookie that a browser adds, and the page's origin."""

    def __init__(self, desk, path: str, user: str = "", origin: str = "") -> None:
        host = f"127.0.0.1:{desk.port}"
        headers = [(b"Origin", (origin or f"http://{host}").encode())]
        if user:
            headers.append((b"Cookie", cookie(desk, user).encode()))
        self._wire = WSConnection(ConnectionType.CLIENT)
        self._socket = socket.create_connection(("127.0.0.1", desk.port), 20)
        target = f"/api/v1/cameras/{path}"
        self._socket.sendall(self._wire.send(Request(host=host, target=target, extra_headers=headers)))

    def first(self, *kinds: type):
        """The first event of these kinds; then the socket is closed."""
        while True:
            for event in self._wire.events():
                if isinstance(event, kinds):
                    self._socket.close()
                    return event
            self._wire.receive_data(self._socket.recv(65_536) or None)


def test_a_camera_is_for_desks_only(desk):
    before = len(desk.events(ev.CameraViewed))
    for user, origin in (("", ""), ("rudi", ""), ("audi", ""), ("dina", "https://evil.example")):
        # A browser is not told the status of a refused socket, so it is opened and closed with a code.
        assert Tile(desk, "CAM-01/live", user, origin).first(CloseConnection).code == 4403, user
    assert Tile(desk, "ATLANTIS/live", "dina").first(CloseConnection).code == 4404
    assert len(desk.events(ev.CameraViewed)) == before


def test_looking_through_a_camera_is_kept_once_a_minute(desk):
    for path in ("CAM-02/live", "live?camera=CAM-02"):
        told = Tile(desk, path, "dina").first(TextMessage, CloseConnection)
        assert json.loads(told.data)["state"] in ("connecting", "unreachable")
    assert [(one.camera, one.by) for one in desk.events(ev.CameraViewed)] == [("CAM-02", "dina")]
