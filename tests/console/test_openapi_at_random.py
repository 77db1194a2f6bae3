"""Every address of a running room is asked what /openapi.json allows, and what it does not, at random (schemathesis).

Nothing may break, no status and no shape may come that is not described. A few questions each in `make test`, always
the same ones; `make schemathesis` asks thirty others. Half of them name things that there are, so that they get beyond
"there is no such call".
"""

from __future__ import annotations

from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from console.api import neighbours
from console.http import access, limits
from dispatch import commands as cmd
from dispatch import events as ev
from routing.location import make_location
from tests.console import described
from tests.console.desk import PASSWORD, SCENE, WHO, Desk
from tests.console.facts import calls_of_every_kind, facts_of_every_kind, tell
from tests.console.pages import sealed
from tests.console.test_location_link_page import a_photo
from tests.dispatch.test_eido_in import an_alert

SUBJECTS = (
    "attendance", "audit", "board", "caller_page", "city", "coverage", "drafts", "erasures", "fixes", "location_link",
    "locations", "neighbours", "people", "queues", "streets",
)  # fmt: skip
THOROUGH = settings.get_current_profile_name() == "thorough"
ASKED = settings(
    max_examples=30 if THOROUGH else 3, derandomize=not THOROUGH, deadline=None, database=None, print_blob=False,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
HELD_TO = [not_a_server_error, status_code_conformance, content_type_conformance]
"""The shapes are held to by tests/console/described.py, more strictly: no field may be there that is not named."""
WITHOUT_RIGHT = "", "gps"
AN_ALERT = an_alert()


@pytest.fixture(scope="module")
def room(reactor_thread, tmp_path_factory):
    """A desk of its own, in which much has happened: whoever asks at random may also delete. Its limits on how often
    somebody may ask are put aside, or they would be all that is heard."""
    patch = pytest.MonkeyPatch()
    patch.setattr(limits.Tokens, "take", lambda self, key, now: True)
    patch.setattr(neighbours, "A_MINUTE", 1_000_000)
    patch.setattr(access.Access, "count_try", lambda self, user, address, allowed: None)
    made = Desk(reactor_thread, tmp_path_factory.mktemp("console"))
    for name in ("ana", "dina", "sari", "budi"):
        made.accounts.set_password(name, PASSWORD, *WHO.get(name, ("responder", "")))
    calls_of_every_kind(made)
    made.incoming("c-1", "+628117709900")
    made.asks("sari", cmd.SignOn(position="P1"))
    made.reported(ev.PositionLegUp(at=made.room.now(), position="P1", leg="leg-P1"))
    made.asks("sari", cmd.AnswerCall(call="c-1", position="P1"))
    tell(made, ev.CallBridged, "c-1", position="P1")
    facts_of_every_kind(made, "c-1")
    made.asks("sari", cmd.OpenIncident(type="medical", call="c-1", location=make_location(**SCENE)))
    made.asks("sari", cmd.AssignUnit(incident=made.room.board.calls["c-1"].incident, unit="AMB-01", reason="uji"))
    made.asks("sari", cmd.SendLocationLink(call="c-1"))
    sealed(made, "c-1", "caller", made.room.now(), 440.0)
    page = f"/l/{made.page_key('c-1')}"
    for path, body in (("opened", {}), ("consent", {"what": "photos"}), ("consent", {"what": "chat"})):
        assert made.post(f"{page}/{path}", body=body, Cookie="siaga_page=first").status == 200
    assert made.post(f"{page}/photo", body=a_photo(), Cookie="siaga_page=first").status == 200
    draft = {"about": {"kind": "form", "call": "c-1"}, "key": "key-of-c-1", "words": {"note": "api"}}
    assert made.post("/api/v1/drafts", "sari", draft).status == 200
    assert made.post("/api/v1/alerts", "bintan", AN_ALERT).status == 200
    yield made
    made.close()
    patch.undo()


@pytest.fixture(scope="module")
def known(room) -> dict[str, list[Any]]:
    """What there is, by the names that fields and parameters have."""
    board = room.room.board
    recordings = [one.digest for call in board.calls.values() for one in call.recordings]
    photos = [photo.digest for link in board.links.values() for photo in link.photos]
    people = ["budi", "sari", "nobody"]
    return {
        "call": list(board.calls), "incident": list(board.incidents), "about": [*board.incidents, *board.calls],
        "assignment": list(board.assignments), "unit": list(board.units)[:3], "position": ["P1", "P2"],
        "id": [*board.calls, *board.incidents, *board.notices, "form.c-1"],
        "digest": [*recordings, *photos, room.tiles.digest],
        "key": [room.page_key("c-1"), "random-key-1"], "camera": ["CAM-01"], "alarm": list(board.alarms) or ["x"],
        "name": [*people, "Jl. Merdeka"], "user": people, "password": [PASSWORD], "party": ["A900"],
        "capability": ["ambulance", "fire"],
        "type": ["medical", "fire-building"], "to": ["+62211234567", "damkar"], "page": ["page-0001"],
        "role": [*cmd.ROLES], "q": ["rumah sakit", "jl merdeka km 9", "0.92, 104.45"], "lang": ["id", "en"],
        "lat": [0.9209, 0.93], "lon": [104.4404, 104.45], "points": [[[0.9205, 104.457], [0.9231, 104.4602]]],
        "shape": ["line"], "alias": ["lorong cina", "batu 10"], "from": ["2026-11-01"], "answer": ["send", "keep"],
    }  # fmt: skip


@pytest.fixture(scope="module")
def api(room):
    return schemathesis.openapi.from_dict(room.get("/openapi.json").json)


def named(draw: Any, node: Any, known: dict[str, list[Any]]) -> Any:
    """With ids of things that there are, where it has an id."""
    if isinstance(node, list):
        return [named(draw, one, known) for one in node]
    if not isinstance(node, dict):
        return node
    return {
        key: draw(st.sampled_from(known[key]))
        if known.get(key) and type(one) is type(known[key][0])
        else named(draw, one, known)
        for key, one in node.items()
    }


@st.composite
def questions(draw: Any, operation: Any, known: dict[str, list[Any]]) -> Any:
    form = operation.definition.raw.get("requestBody", {}).get("content", {})
    allowed = [GenerationMode.POSITIVE]
    if "application/x-www-form-urlencoded" not in form:  # whatever it is, it is a form
        allowed.append(GenerationMode.NEGATIVE)
    case = draw(operation.as_strategy(generation_mode=draw(st.sampled_from(allowed))))
    if draw(st.integers(0, 3)):
        for part in ("path_parameters", "query", "body"):
            setattr(case, part, named(draw, getattr(case, part), known))
        if operation.path == "/api/v1/alerts" and isinstance(case.body, dict):
            case.body = AN_ALERT | case.body
    return case


def operations_of(api: Any, subject: str) -> list[Any]:
    """Without the streams, which never end: they have a test of their own."""
    found = [one.ok() for one in api.get_all_operations()]
    return [
        one
        for one in found
        if subject in one.definition.raw["tags"]
        and "text/event-stream" not in one.definition.raw["responses"]["200"]["content"]
    ]


def test_every_subject_is_asked(room):
    assert SUBJECTS == tuple(sorted(one["name"] for one in room.get("/openapi.json").json["tags"]))


@pytest.mark.timeout(900)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_whatever_is_asked_is_answered_as_described(room, api, known, subject):
    with requests.Session() as session:
        session.trust_env = False
        for operation in operations_of(api, subject):
            roles = operation.definition.raw.get("x-roles", ())
            users = [name for name, (role, _) in WHO.items() if role in roles]

            often = 10 if operation.path == "/api/v1/commands" else 1  # there are sixty of them

            @settings(ASKED, max_examples=often * ASKED.max_examples)
            @given(case=questions(operation, known), user=st.sampled_from([*users * 3, *WITHOUT_RIGHT]))
            def ask(case: Any, user: str) -> None:
                headers = {"Authorization": f"Bearer {room.tokens[user]}"} if user else {}
                if case.path.startswith("/l/"):
                    headers |= {"Cookie": "siaga_page=first", "Content-Type": case.media_type or "application/json"}
                session.cookies.clear()
                answer = case.call(f"http://127.0.0.1:{room.port}", session=session, headers=headers)
                case.validate_response(answer, checks=HELD_TO)
                otherwise, described.FOUND[:] = list(described.FOUND), []
                assert not otherwise, otherwise

            ask()


@pytest.mark.parametrize("after", ["0", "1", "999999", "-1", "x", "1e3", "9" * 30, "%00", ""])
def test_a_stream_begins_wherever_it_is_asked_to_or_says_why_not(room, after):
    with requests.get(
        f"http://127.0.0.1:{room.port}/api/v1/events?after={after}", stream=True, timeout=20,
        headers={"Authorization": f"Bearer {room.tokens['dina']}"},
    ) as answer:  # fmt: skip
        if answer.status_code == 400:
            assert answer.json()["error"]["params"]["field"] == "after"
        else:
            assert answer.status_code == 200 and next(answer.iter_lines()).startswith((b"id:", b"event:"))


def test_the_room_goes_on_after_all_that(room):
    assert room.get("/healthz").json["ok"]
    assert room.get("/api/v1/verify", "audi").json["intact"]
