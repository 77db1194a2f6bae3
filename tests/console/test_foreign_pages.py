"""What a page of another site can do with the cookie of somebody who is signed in here: nothing at all."""

from __future__ import annotations

import http.client
import http.server
import re
import threading

import pytest

from dispatch import events as ev
from dispatch.access.accounts import Account
from tests.browser import chromium
from tests.console.desk import WHO
from tests.texts import english

LOOKS = {
    "CallReplayed", "CommandRefused", "EidoRead", "JournalRead", "JournalVerified", "PhotoViewed", "RecordingPlayed",
    "RoomStarted",
}  # fmt: skip
"""What may be journaled because of a GET: that somebody looked."""
QUERY = "?lat=0.88&lon=104.5&accuracy=5&at=1&limit=1&after=0&metres=9&unit=AMB-01&camera=CAM-01&q=x&text=x"


def cookies(desk) -> dict[str, str]:
    """A cookie for each role that people have."""
    made = {}
    for name, (role, unit) in WHO.items():
        made[role] = f"siaga_session={desk.accounts.open_session(Account(name=name, role=role, unit=unit), 1.0)}"
    return made


def routes(desk) -> list[tuple[str, str, bool]]:
    """(method, path, whether a session opens it) of all that the running site answers."""
    return [
        (method.upper(), re.sub(r"\{\w+\}", "x", path), "401" in said["responses"])
        for path, by_method in desk.get("/openapi.json").json["paths"].items()
        for method, said in by_method.items()
    ]


def asked_of(desk, method: str, path: str, **headers: str) -> int:
    """The status alone: a stream's body never ends."""
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=30)
    try:
        connection.request(method, path, b"{}", {name.replace("_", "-"): value for name, value in headers.items()})
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.fault(11, 23)
def test_no_route_takes_a_cookie_from_a_foreign_page(desk, record_property):
    taken, held = set(), cookies(desk)
    for method, path, closed in routes(desk):
        for site in ("same-site", "cross-site"):
            for cookie in held.values() if closed else ():
                said = {"Cookie": cookie, "Content_Type": "application/json", "Sec_Fetch_Site": site}
                status = asked_of(desk, method, path + QUERY, **said)
                if status != (401 if (method, path) == ("GET", "/api/v1/fixes") else 403):
                    taken.add(f"{method} {path}")
    record_property("figure", f"{len(taken)} routes answer a foreign page")
    assert not taken


@pytest.mark.fault(11, 23)
def test_no_get_with_a_cookie_changes_anything(desk, record_property):
    """Every GET, as every role, with the cookie of our own page: the journal only says who looked."""
    held, before = cookies(desk), desk.room.board.seq
    fixes = dict(desk.thread.call(desk.bus.fixes))
    board = {name: dict(desk.room.board.tables[name]) for name in ("units", "calls", "positions", "incidents")}
    for method, path, _ in routes(desk):
        if method != "GET" or path == "/api/v1/events":
            continue
        for how in ("GET", "HEAD"):
            for cookie in held.values():
                desk.ask(how, path + QUERY, Cookie=cookie, Sec_Fetch_Site="same-origin")
    desk.events(ev.RoomStarted)  # all that was decided is written
    made = {type(e.event).__name__ for e in desk.journal.read(before, 100_000)} - LOOKS
    moved = {k for k, v in desk.thread.call(desk.bus.fixes).items() if fixes.get(k) != v}
    record_property("figure", f"units moved by a picture: {', '.join(sorted(moved)) or 'none'}")
    assert not moved and not made
    assert board == {name: dict(desk.room.board.tables[name]) for name in board}


def test_a_tracker_still_sends_by_get_with_its_token_and_head_is_no_position(desk):
    place = f"/api/v1/fixes?lat=0.92&lon=104.45&timestamp={desk.room.now():.0f}"
    before = desk.thread.call(desk.bus.fixes).get("AMB-01")
    assert desk.ask("HEAD", f"{place}&token={desk.tokens['gps-amb']}").status == 405
    assert desk.thread.call(desk.bus.fixes).get("AMB-01") == before
    assert desk.get(f"{place}&token={desk.tokens['gps-amb']}", Sec_Fetch_Site="cross-site").status == 200
    assert desk.get(f"{place}&token={desk.tokens['ana']}").status == 401
    mine = cookies(desk)["responder"]
    assert desk.get(f"{place}&token={desk.tokens['gps-amb']}", Cookie=mine).status == 200, "the token, not the cookie"
    sent = {"unit": "AMB-01", "lat": 0.92, "lon": 104.45, "at": desk.room.now()}
    refused = desk.get(place, Cookie=mine)
    assert refused.status == 401 and "POST" in english(refused)
    assert desk.post("/api/v1/fixes", body=[sent], Cookie=mine).status == 200


@pytest.mark.fault(11, 23)
def test_a_page_is_for_visitors_and_not_for_frames_pictures_or_scripts(desk, record_property):
    mine = cookies(desk)["dispatcher"]
    visit = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    assert desk.get("/console", Cookie=mine, **visit).status == 200, "a link in a mail leads to the console"
    for mode, dest in (("no-cors", "image"), ("navigate", "iframe"), ("cors", "empty"), ("no-cors", "script")):
        asked = {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": mode, "Sec_Fetch_Dest": dest}
        got = desk.get("/console?lang=en", Cookie=mine, **asked)
        record_property("figure", f"a foreign {dest} of the console: {got.status}")
        assert got.status == 302 and b'"name"' not in got.body, dest
        assert "set-cookie" not in got.headers, "nor does it choose the language of the call-taker's next page"
    assert "set-cookie" not in desk.get("/sign-in?lang=en", **visit).headers


class _Quiz(http.server.BaseHTTPRequestHandler):
    """A page on the same host and another port: the same site, so that cookies go along."""

    there = 0

    def do_GET(self) -> None:
        place = f"http://127.0.0.1:{self.there}/api/v1/fixes?lat=0.8700&lon=104.51&accuracy=5&n="
        body = "<h1>kuis</h1>" + "".join(f'<img src="{place}{n}">' for n in range(4))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *words) -> None:
        pass


@pytest.mark.fault(11, 23)
def test_a_picture_on_a_neighbouring_page_moves_no_ambulance(desk, record_property):
    session = desk.accounts.open_session(Account(name="awak", role="responder", unit="AMB-04"), 1.0)
    _Quiz.there = desk.port
    neighbour = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Quiz)
    threading.Thread(target=neighbour.serve_forever, daemon=True).start()
    before = desk.thread.call(desk.bus.fixes).get("AMB-04")
    with chromium() as browser:
        context = browser.new_context()
        kept = {"name": "siaga_session", "value": session, "url": f"http://127.0.0.1:{desk.port}", "sameSite": "Strict"}
        context.add_cookies([kept])
        page, shown = context.new_page(), []
        page.on("request", lambda asked: shown.append(asked.url) if "/fixes" in asked.url else None)
        page.goto(f"http://127.0.0.1:{neighbour.server_address[1]}/", wait_until="load")
    neighbour.shutdown()
    neighbour.server_close()
    after = desk.thread.call(desk.bus.fixes).get("AMB-04")
    record_property("figure", f"the ambulance is {'where it was' if after == before else 'at the quiz'}")
    assert len(shown) == 4 and after == before
