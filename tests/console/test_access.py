"""Who comes in by the web, who does not, and what is kept of it."""

from __future__ import annotations

import base64
import re

import pytest

from console.api import audit, board, city, fixes, location_link, locations, neighbours, queues, streets
from console.api import people as api_people
from console.http.web import PUBLIC
from dispatch import events as ev
from dispatch.catalogue import say
from dispatch.settings import Settings
from tests.console.desk import PASSWORD, WHO, Desk

ROUTES = [
    *board.routes(None, board.AudioLegs(None)), *city.routes(), *fixes.routes(), *audit.routes(),
    *api_people.routes(), *queues.routes(), *locations.routes(Settings()),
    *location_link.routes(), *streets.routes(), *neighbours.routes(),
]  # fmt: skip
CLOSED = [route for route in ROUTES if route.roles is not PUBLIC]


@pytest.fixture(scope="module")
def people(desk):
    for name in ("ana", "rudi", "budi"):
        role, unit = WHO.get(name, ("responder", ""))
        desk.accounts.set_password(name, PASSWORD, role, unit)
    return desk


def sign_in(desk: Desk, user: str, password: str = PASSWORD, **more):
    headers = {name: more.pop(name) for name in list(more) if name[0].isupper()}
    return desk.post("/api/v1/session", body={"user": user, "password": password, **more}, **headers)


def cookie_of(answer) -> str:
    return answer.headers["set-cookie"].partition(";")[0]


@pytest.mark.parametrize("route", CLOSED, ids=lambda route: f"{route.method} {route.path}")
def test_without_a_session_nothing_is_answered(desk, route):
    path = re.sub(r"\{\w+\}", "x", route.path)
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Cookie": "siaga_session=nonsense"}):
        got = desk.ask(route.method, path, body={}, **headers)
        assert got.status == 401 and say(got.text, "id"), headers


@pytest.mark.parametrize("route", CLOSED, ids=lambda route: f"{route.method} {route.path}")
def test_a_role_that_a_route_does_not_name_is_turned_away(desk, route):
    for name, (role, _) in WHO.items():
        if route.roles and role not in route.roles:
            got = desk.ask(route.method, re.sub(r"\{\w+\}", "x", route.path), name, body={})
            assert got.status == 403, name


def test_only_signing_in_health_and_phones_messages_are_open(desk):
    open_to_all = {(route.method, route.path) for route in ROUTES if route.roles is PUBLIC}
    alive = ("POST", "/api/v1/audio/alive")  # asks for the key that placed the audio, even when it has expired
    eido = ("GET", "/api/v1/eido/{about}")  # asks for the key that a transferred call carries
    assert open_to_all == {("POST", "/api/v1/session"), ("GET", "/healthz"), alive, ("POST", "/api/v1/aml"), eido}
    assert desk.post(alive[1], body={"position": "P1"}).status == 401
    assert desk.post(alive[1], "dina", {"position": "P1"}).status == 410
    assert desk.get("/api/v1/nothing").status == 404
    assert desk.ask("PUT", "/api/v1/board", "ana").status == 405


def test_a_person_signs_in_works_and_signs_out(people):
    desk = people
    got = sign_in(desk, "ana")
    assert got.status == 200 and got.json["role"] == "call-taker"
    kept = got.headers["set-cookie"]
    assert "HttpOnly" in kept and "samesite=strict" in kept.lower() and "Secure" not in kept
    cookie = cookie_of(got)
    assert desk.get("/api/v1/session", Cookie=cookie).json["user"] == "ana"
    assert desk.ask("DELETE", "/api/v1/session", Cookie=cookie).status == 200
    assert desk.get("/api/v1/session", Cookie=cookie).status == 401
    assert [e.user for e in desk.events(ev.UserSignedIn)][-1] == "ana"
    assert [e.user for e in desk.events(ev.UserSignedOut)][-1] == "ana"


def test_behind_a_proxy_with_tls_the_cookie_is_for_https_only(people):
    got = sign_in(people, "ana", X_Forwarded_Proto="https", X_Forwarded_For="10.9.9.9")
    assert "Secure" in got.headers["set-cookie"]
    assert people.events(ev.UserSignedIn)[-1].address == "10.9.9.9"


def test_a_responder_without_a_unit_chooses_one(people):
    assert sign_in(people, "rudi").json["unit"] == "AMB-01"
    assert sign_in(people, "rudi", unit="POL-01").json["unit"] == "AMB-01"
    assert sign_in(people, "budi", unit="UFO-9").status in (400, 409)
    assert sign_in(people, "budi", unit="POL-02").json["unit"] == "POL-02"


def test_guessing_is_slowed_and_kept(people):
    desk, allowed = people, people.settings.people.sign_in_tries
    for _ in range(allowed):
        assert sign_in(desk, "ana", "wrong-password", X_Forwarded_For="10.1.1.1").status == 401
    assert sign_in(desk, "ana", X_Forwarded_For="10.1.1.1").status == 429
    assert sign_in(desk, "ana", X_Forwarded_For="10.1.1.2").status == 200
    refused = [e for e in desk.events(ev.SignInRefused) if e.address == "10.1.1.1"]
    assert len(refused) == allowed and all(e.user == "ana" for e in refused)
    assert not [e for e in desk.journal.read(0, 100_000) if b"wrong-password" in e.leaf + (e.words or b"")]


def test_another_sites_page_cannot_use_the_cookie(people):
    desk, cookie = people, cookie_of(sign_in(people, "ana"))
    body = {"command": "SignOff", "position": "P1"}
    host = f"127.0.0.1:{desk.port}"
    assert desk.post("/api/v1/commands", body=body, Cookie=cookie, Origin="https://evil.example").status == 403
    assert desk.post("/api/v1/commands", body=body, Cookie=cookie, Content_Type="text/plain").status == 403
    assert desk.post("/api/v1/commands", body=body, Cookie=cookie, Origin=f"http://{host}").status == 409
    assert sign_in(desk, "ana", Origin="https://evil.example").status == 403
    assert sign_in(desk, "ana", Content_Type="text/plain").status == 403


def test_owntracks_brings_its_token_as_a_basic_password(desk):
    basic = base64.b64encode(f"ambulan:{desk.tokens['gps-amb']}".encode()).decode()
    body = {"_type": "location", "lat": 0.92, "lon": 104.45, "tst": desk.room.now(), "tid": "am"}
    assert desk.post("/api/v1/fixes", body=body, Authorization=f"Basic {basic}").json == []
    assert desk.thread.call(desk.bus.fixes)["AMB-01"].device == "gps-amb"
    assert desk.post("/api/v1/fixes", body=body, Authorization="Basic !!").status == 401
