"""What a desk and a crew see of the board, and how they ask for something."""

from __future__ import annotations

import gzip
import json
import time

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.access.accounts import Account
from dispatch.catalogue import say
from routing.location import Location
from tests.console.desk import SCENE
from tests.texts import english


def test_a_command_is_answered_with_the_entry_that_it_became(desk):
    got = desk.post("/api/v1/commands", "dina", {"command": "OpenIncident", "type": "fire-building", "location": SCENE})
    assert got.status == 200
    opened = desk.journal.read(0, 1_000_000)[got.json["seq"] - 2 : got.json["seq"]]
    assert any(isinstance(one.event, ev.IncidentOpened) for one in opened)


def test_a_command_that_is_not_understood_names_the_field(desk):
    got = desk.post("/api/v1/commands", "dina", {"command": "OpenIncident", "typ": "fire"})
    assert got.status == 400 and "typ" in english(got) and "typ" in say(got.text, "id")
    assert desk.post("/api/v1/commands", "dina", b"{not json").status == 400
    assert desk.post("/api/v1/commands", "dina", b"[" * 100_000).status == 400
    for body in (b"\xff\xfe", b'{"command":"SignOff","position":"\xff"}', b'{"command":' + b"[" * 100_000):
        assert desk.post("/api/v1/commands", "dina", body).status == 400
        assert desk.post("/api/v1/session", body=body, Content_Type="application/json").status == 400


def test_a_command_that_cannot_be_done_says_why_and_what_to_do(desk):
    got = desk.post("/api/v1/commands", "dina", {"command": "AnswerCall", "call": "nope", "position": "P9"})
    assert got.status == 409 and english(got) and got.json["error"]["text"]


def test_a_role_that_may_not_is_refused_and_the_journal_knows(desk):
    got = desk.post("/api/v1/commands", "audi", {"command": "OpenIncident", "type": "fire"})
    assert got.status == 403
    assert any(one.by == "audi" for one in desk.events(ev.CommandRefused))


def test_a_body_that_is_too_large_is_not_taken_however_it_is_sent(desk):
    for headers in ({}, {"Transfer_Encoding": "chunked"}):
        body = b"x" * 300_000
        if headers:
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
        assert desk.ask("POST", "/api/v1/commands", "dina", body, **headers).status == 413


def test_a_desk_sees_everything_and_a_crew_its_own(desk):
    desk.incoming("secret-call", "+62811999")
    mine = desk.asks("dina", cmd.OpenIncident(type="traffic-injury", location=Location(**SCENE))) and latest(desk)
    other = desk.asks("dina", cmd.OpenIncident(type="fire-building", location=Location(**SCENE))) and latest(desk)
    desk.asks("dina", cmd.AssignUnit(incident=mine, unit="AMB-01", reason="test"))
    desk.asks("dina", cmd.AssignUnit(incident=other, unit="POL-01", reason="test"))
    whole = desk.get("/api/v1/board", "dina").json
    assert {mine, other} <= set(whole["board"]["incidents"]) and "secret-call" in whole["board"]["calls"]
    own = desk.get("/api/v1/board", "rudi")
    assert set(own.json["board"]["incidents"]) == {mine}
    assert set(own.json["board"]["units"]) == {"AMB-01"}
    assert {job["unit"] for job in own.json["board"]["assignments"].values()} == {"AMB-01"}
    for word in ("secret-call", "+62811999", "POL-01", other):
        assert word not in own.body.decode(), f"a crew was told {word}"
    finish(desk, mine, other)


def test_a_tracker_token_opens_no_board(desk):
    for path in ("/api/v1/board", "/api/v1/events", "/api/v1/city", "/api/v1/map", "/api/v1/route?assignment=x"):
        assert desk.get(path, "gps").status == 403, path


def test_whom_a_call_taker_can_call_in_is_told_to_the_desk_only(desk):
    assert desk.get("/api/v1/city", "ana").json["contacts"]
    assert desk.get("/api/v1/city", "rudi").json["contacts"] == []


def test_a_crew_writes_notes_on_its_own_incidents_only(desk):
    desk.asks("dina", cmd.OpenIncident(type="medical", location=Location(**SCENE)))
    name = latest(desk)
    note = {"command": "AddNote", "incident": name, "text": "pintu belakang"}
    assert desk.post("/api/v1/commands", "rudi", note).status == 409
    desk.asks("dina", cmd.AssignUnit(incident=name, unit="AMB-01", reason="test"))
    assert desk.post("/api/v1/commands", "rudi", note).status == 200
    finish(desk, name)


def test_a_large_answer_is_compressed_when_the_browser_can(desk):
    plain = desk.get("/api/v1/map/plain", "dina")
    packed = desk.get("/api/v1/map/plain", "dina", Accept_Encoding="gzip, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body and len(packed.body) < len(plain.body) / 2
    assert desk.get("/api/v1/map/plain", "dina", Accept_Encoding="gzip;q=0").headers.get("content-encoding") is None


def test_a_call_tells_its_story(desk):
    desk.incoming("story-call")
    desk.asks("ana", cmd.OpenIncident(type="fire-building", call="story-call", location=Location(**SCENE)))
    name = latest(desk)
    got = desk.get("/api/v1/calls/story-call", "audi").json
    assert got["incident"] == name and got["call"]["id"] == "story-call"
    assert [one["event"]["event"] for one in got["steps"]][0] == "CallReceived"
    assert {"seq", "at", "recorded", "event"} == set(got["steps"][0])
    assert list(desk.get(f"/api/v1/incidents/{name}", "dina").json["calls"]) == ["story-call"]
    assert desk.get("/api/v1/calls/never-was", "dina").status == 404
    assert desk.get("/api/v1/calls/story-call", "rudi").status == 403
    finish(desk, name)


def test_the_way_to_an_incident_is_told_to_its_crew_only(desk):
    desk.asks("dina", cmd.OpenIncident(type="traffic-injury", location=Location(**SCENE)))
    name = latest(desk)
    desk.asks("dina", cmd.AssignUnit(incident=name, unit="AMB-01", reason="test"))
    job = desk.room.board.units["AMB-01"].assignment
    way = desk.get(f"/api/v1/route?assignment={job}", "rudi").json
    assert len(way["path"]) > 2 and way["metres"] > 0 and way["seconds"] > 0
    turn = way["steps"][0]["turn"]
    assert turn["code"] == "turn.head" and turn["text"].startswith("Ke arah ")
    assert desk.get("/api/v1/route?assignment=nope", "rudi").status == 404
    finish(desk, name)


def test_places_and_cameras_are_found(desk):
    assert desk.get("/api/v1/places?q=gonggong", "ana").json[0]["name"]
    assert desk.get("/api/v1/places/near?lat=0.9279&lon=104.4408", "ana").json["text"]
    hit = desk.get("/api/v1/places?q=gonggong&lat=0.93&lon=104.44", "ana").json[0]
    assert hit["kind"] == "landmark" and 200 < hit["metres"] < 400
    place = {"lat": 0.9251, "lon": 104.4502}
    desk.asks("ana", cmd.AddAlias(alias="Warung Mak Ijah", location=Location(**place), name="Gg. Kamboja"))
    hit = desk.get("/api/v1/places?q=warung+mak+ija", "ana").json[0]
    assert (hit["name"], hit["kind"], hit["lat"]) == ("Warung Mak Ijah (Gg. Kamboja)", "alias", 0.9251)
    desk.asks("ana", cmd.RemoveAlias(alias="warung mak ijah"))
    near = desk.get("/api/v1/cameras/near?lat=0.9279&lon=104.4408&n=3", "ana")
    assert len(near.json) == 3 and "metres" in near.json[0] and b"url" not in near.body
    assert desk.get("/api/v1/cameras/near?lat=north&lon=1", "ana").status == 400
    assert b"democam" not in desk.get("/api/v1/city", "ana").body


def test_a_fault_of_ours_is_a_sentence_and_no_traceback(desk, monkeypatch):
    monkeypatch.setattr(desk.parts.gazetteer, "search", lambda text, **near: 1 / 0)
    got = desk.get("/api/v1/places?q=x", "ana")
    assert got.status == 500 and got.json["error"]["text"] and english(got) and b"ZeroDivision" not in got.body


def test_health_says_whether_all_is_well_and_nothing_else(desk):
    got = desk.get("/healthz")
    assert got.status == 200 and set(got.json) == {"ok", "seq", "journal", "switch", "stuck", "faults"}
    assert got.json["ok"] is True and got.json["switch"] is True


def test_audio_is_for_the_one_who_sits_there(desk):
    desk.asks("ana", cmd.SignOn(position="P-audio"))
    offer = {"position": "P-audio", "sdp": "v=0 offer"}
    assert desk.post("/api/v1/audio", "dina", offer).status == 409
    assert desk.post("/api/v1/audio", "ana", offer).json == {"sdp": "v=0 answer"}
    assert desk.post("/api/v1/audio/alive", "ana", {"position": "P-audio"}).status == 200
    assert desk.ask("DELETE", "/api/v1/audio?position=P-audio", "ana").status == 200
    assert desk.ear.placed == [("P-audio", "ana")] and desk.ear.ended == ["P-audio"]


def test_a_session_that_ends_in_a_call_locks_the_screen_and_never_the_audio(desk):
    desk.asks("sari", cmd.SignOn(position="P-late"))
    session = desk.accounts.open_session(Account(name="sari", role="supervisor"), desk.settings.people.session_hours)
    cookie, seat = f"siaga_session={session}", {"position": "P-late"}
    assert desk.post("/api/v1/audio", body={**seat, "sdp": "v=0 offer"}, Cookie=cookie).status == 200
    desk.accounts.slide(session, time.time() - 1)
    desk.thread.call(desk.parts.rights.look)
    assert desk.get("/api/v1/board", Cookie=cookie).status == 401
    assert desk.post("/api/v1/audio/alive", body=seat, Cookie=cookie).status == 200
    assert desk.post("/api/v1/audio/alive", body=seat, Cookie="siaga_session=guessed").status == 410
    assert desk.post("/api/v1/audio/alive", body=seat, Cookie=cookie, Origin="https://evil.example").status == 403


def latest(desk) -> str:
    return list(desk.room.board.incidents)[-1]


def finish(desk, *incidents: str) -> None:
    for name in incidents:
        for job in desk.room.board.incidents[name].assignments:
            desk.asks("dina", cmd.CancelAssignment(assignment=job))
        desk.asks("dina", cmd.CloseIncident(incident=name))


def test_openapi_names_every_route(desk):
    described = json.loads(desk.get("/openapi.json").body)
    assert "/api/v1/commands" in described["paths"] and "AnswerCall" in described["components"]["schemas"]
