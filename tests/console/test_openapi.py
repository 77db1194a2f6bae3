"""/openapi.json is a right OpenAPI document, describes every answer, and is noticed when an answer is otherwise."""

from __future__ import annotations

import json
from typing import get_args, get_type_hints

import msgspec
import pytest
from openapi_spec_validator import validate
from twisted.web.server import NOT_DONE_YET

from console.http.answers import Raw
from console.http.web import Problem
from console.live.views import Put, Tables
from dispatch import commands as cmd
from dispatch.board import TABLES
from dispatch.events import EVENTS
from tests.console.described import Described
from tests.console.samples import routes_of


@pytest.fixture(scope="module")
def document(desk):
    return desk.get("/openapi.json").json


@pytest.fixture(scope="module")
def operations(document):
    return {
        (method.upper(), path): said for path, methods in document["paths"].items() for method, said in methods.items()
    }


def test_it_is_an_openapi_document(document):
    validate(document)


def test_every_route_has_its_name_its_subject_and_the_shape_of_its_answer(desk, document, operations):
    routes = routes_of(desk)
    assert set(operations) == {(route.method, route.path) for route in routes}
    names = [said["operationId"] for said in operations.values()]
    assert len(set(names)) == len(names)
    assert {tag for said in operations.values() for tag in said["tags"]} == {one["name"] for one in document["tags"]}
    for where, said in operations.items():
        assert said["summary"].endswith("."), where
        assert all(content.get("schema") for content in said["responses"]["200"]["content"].values()), where
        shapes = [one["schema"] for one in said["responses"]["200"]["content"].values()]
        assert {} not in shapes, where
    told = [status for said in operations.values() for status in said["responses"]]
    assert {"200", "206", "304", "400", "401", "403", "404", "409", "410", "413", "422", "429", "503"} <= set(told)


def test_a_function_that_answers_by_itself_has_its_kind_of_answer_at_the_route(desk):
    """Of all others the type that they return is the description, and mypy holds them to it."""
    for route in routes_of(desk):
        returned = get_type_hints(route.does)["return"]
        by_itself = returned in (object, Raw) or returned is type(NOT_DONE_YET)
        assert by_itself == (route.gives is not None), route.path


def test_each_command_is_a_schema_of_its_own_with_its_roles_and_words(document):
    schemas = document["components"]["schemas"]
    told = schemas["Command"]["discriminator"]
    assert told["propertyName"] == "command" and set(told["mapping"]) == {one.__name__ for one in cmd.ALLOWED}
    for kind, roles in cmd.ALLOWED.items():
        said = schemas[kind.__name__]
        assert said["x-roles"] == sorted(roles) and said["properties"]["command"]["enum"] == [kind.__name__]
    assert set(schemas["SetUnitStatus"]["properties"]["status"]["enum"]) == {"available", "busy", "off_duty"}
    assert set(schemas["Drawn"]["properties"]["shape"]["enum"]) == {"point", "line", "area"}
    assert set(schemas["Event"]["discriminator"]["mapping"]) == set(EVENTS)


def test_the_feeds_messages_are_described(operations):
    feed = operations["GET", "/api/v1/events"]["responses"]["200"]["content"]["text/event-stream"]
    assert set(feed["x-messages"]) == {"board", "entry", "fixes", "state", "drafts"}
    page = operations["GET", "/l/{key}/events"]["responses"]["200"]["content"]["text/event-stream"]
    assert set(page["x-messages"]) == {"state", "beat"}


def test_parameters_have_types_and_bounds_that_hold(desk, operations):
    said = {one["name"]: one for one in operations["GET", "/api/v1/journal"]["parameters"]}
    assert said["limit"]["schema"] | {"description": ""} == {
        "type": "integer", "minimum": 1, "maximum": 10_000, "default": 1000, "description": "",
    }  # fmt: skip
    for path, field in (
        ("journal?limit=10001", "limit"), ("journal?after=-1", "after"), ("journal?after=1e300", "after"),
        ("journal?after=99999999999999999999", "after"), ("calls?limit=0", "limit"), ("replay?at=x", "at"),
    ):  # fmt: skip
        got = desk.get(f"/api/v1/{path}", "audi" if "journal" in path else "sari")
        assert got.status == 400 and got.text.params["field"] == field, path
    for path, field in (
        ("places/near?lat=91&lon=0", "lat"), ("places/near?lat=1", "lon"), ("cameras/near?lat=nan&lon=1", "lat"),
        ("cameras/near?lat=1&lon=1&n=17", "n"), ("units/near?lat=1&lon=1&metres=inf", "metres"),
        ("queues.csv?from=2026-13-01", "from"), ("queues.csv?by=week", "by"), ("events?after=soon", "after"),
    ):  # fmt: skip
        got = desk.get(f"/api/v1/{path}", "dina")
        assert got.status == 400 and got.text.params["field"] == field, path


def test_the_boards_tables_are_those_that_are_described():
    assert tuple(get_type_hints(Tables)) == tuple(get_type_hints(Put)) == TABLES
    for table, kind in get_type_hints(Tables).items():
        record = get_args(kind)[1]
        assert get_args(get_args(get_type_hints(Put)[table])[1])[0] is record, table


@pytest.mark.parametrize(
    ("method", "path", "status", "kind", "body", "wrong"),
    [
        ("GET", "/api/v1/session", 200, "application/json", {"user": "a", "role": "b", "unit": "", "now": 1.0}, ""),
        ("GET", "/api/v1/session", 200, "application/json", {"user": "a", "role": "b", "unit": ""}, "now"),
        ("GET", "/api/v1/session", 200, "application/json", {"user": "", "role": "", "unit": "", "now": ""}, "number"),
        ("DELETE", "/api/v1/session", 200, "application/json", {"more": 1}, "more"),
        ("GET", "/api/v1/session", 200, "text/html", {}, "text/html"),
        ("GET", "/api/v1/session", 418, "application/json", {}, "418"),
        ("GET", "/api/v1/session", 401, "application/json", {"error": "no"}, "no"),
        ("GET", "/static/console.mjs", 200, "text/javascript", {}, ""),
    ],
)
def test_an_answer_that_is_otherwise_is_noticed(document, method, path, status, kind, body, wrong):
    found = Described(document).wrong_with(method, path, status, kind, json.dumps(body).encode())
    assert (wrong in found) if wrong else found == ""


@pytest.mark.parametrize(
    ("message", "wrong"),
    [
        ("event: state\ndata: {}\n\n", "journal"),
        ("event: news\ndata: {}\n\n", "news"),
        ('event: state\ndata: {"journal":null,"switch":true,"now":1}\n\n', ""),
    ],
)
def test_a_message_of_the_feed_that_is_otherwise_is_noticed(document, message, wrong):
    kind = "text/event-stream"
    found = Described(document).wrong_with("GET", "/api/v1/events", 200, kind, message.encode())
    assert (wrong in found) if wrong else found == ""


def test_what_is_not_done_is_as_described(document):
    kept = msgspec.json.decode(Problem(404, "problem.no-such-call", call="C-1").body("en"))
    described = Described(document)
    said = json.dumps(kept).encode()
    assert described.wrong_with("GET", "/api/v1/calls/x", 404, "application/json", said) == ""
