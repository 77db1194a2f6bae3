"""/openapi.json, made from the routes and the types themselves, so that it cannot say anything else than the code."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from console.http.web import PUBLIC, Route
from dispatch.events import AnyEvent
from dispatch.records import (
    Alarm,
    Assignment,
    Call,
    Callback,
    Closure,
    ConditionsNow,
    Incident,
    Link,
    Notice,
    Position,
    Unit,
)

_REF = "#/components/schemas/{name}"
_BOARD = [Call, Position, Incident, Assignment, Unit, Callback, Alarm, Notice, Link, Closure, ConditionsNow]


def describe(routes: list[Route]) -> dict[str, Any]:
    """An OpenAPI 3.1 document."""
    taken = [route.takes for route in routes if route.takes is not None]
    schemas, components = msgspec.json.schema_components([*taken, AnyEvent, *_BOARD], ref_template=_REF)
    by_type = dict(zip([id(kind) for kind in taken], schemas, strict=False))
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        said: dict[str, Any] = {"summary": route.says, "responses": {"200": {"description": "as said"}}}
        names = re.findall(r"\{(\w+)\}", route.path)
        where = [(name, "path") for name in names] + [(name, "query") for name in route.query]
        if where:
            said["parameters"] = [
                {"name": name, "in": place, "required": place == "path", "schema": {"type": "string"}}
                for name, place in where
            ]
        if route.takes is not None:
            content = {"application/json": {"schema": by_type[id(route.takes)]}}
            said["requestBody"] = {"required": True, "content": content}
        if route.roles is not PUBLIC:
            said["security"] = [{"token": []}] if route.changes else [{"token": []}, {"session": []}]
            said["responses"] |= {"401": {"description": "sign in, or send a token"}}
        if route.roles and route.roles is not PUBLIC:
            said["description"] = "Roles: " + ", ".join(sorted(route.roles))
            said["responses"] |= {"403": {"description": "another role is needed"}}
        paths.setdefault(route.path, {})[route.method.lower()] = said
    return {
        "openapi": "3.1.0",
        "info": {"title": "Siaga 112", "version": "1", "license": {"name": "GPL-2.0-or-later"}},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "siaga_session"},
            },
        },
    }
