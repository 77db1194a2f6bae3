"""/openapi.json, made from the routes and the types themselves, so that it cannot say anything else than the code.

Theory of operation. What a route answers is the type that its function returns (`Route.answer`), its parameters are the
fields of a struct, its body a type: mypy holds the code to the same types. msgspec makes a schema of each; the
vocabularies of events and commands become components of their own. What OpenAPI 3.1 has no words for is said by
extensions: `x-messages` of server-sent events (the `data` of each kind), `x-lines` of JSON lines, `x-roles`, and
`x-leaves-out-defaults` of what is sent without the fields that equal their defaults; all else has every field.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from console.http.access import COOKIE
from console.http.answers import Lines, Media, Messages, NotDone
from console.http.web import PEOPLE, PUBLIC, Route
from dispatch.commands import ALLOWED, AnyCommand
from dispatch.events import AnyEvent

_REF = "#/components/schemas/{name}"
_VOCABULARIES = {"Event": AnyEvent, "Command": AnyCommand}
_STATUS = {
    200: "Done.",
    206: "The piece that was asked for.",
    304: "Not changed since.",
    400: "Not understood; the answer names the field.",
    401: "Nobody; sign in, or send a token.",
    403: "Not allowed; another role or page may.",
    404: "There is no such thing.",
    409: "Not possible now; the answer says why.",
    410: "It is over.",
    413: "Too large; the answer says how much may be sent.",
    415: "Not a kind of file that is taken.",
    416: "The file has no such piece.",
    422: "The key belongs to another command.",
    429: "Too often; wait.",
    500: "Our fault; it is in the log.",
    502: "The switch did not do it.",
    503: "The journal or the accounts are away, or were not in time; try again.",
}
_HEADERS: dict[str, dict[str, Any]] = {
    "Idempotency-Key": {
        "description": "Makes a request recognisable when it is sent again: it is done once.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._~:-]{8,100}$"},
    },
    "Happened-Ago": {
        "description": "Seconds since it happened, at the moment of sending.",
        "schema": {"type": "number", "minimum": 0},
    },
    "Happened-At": {
        "description": "When it happened by the room's clock, seconds since 1970.",
        "schema": {"type": "number", "minimum": 0},
    },
    "Last-Event-ID": {
        "description": "The last entry that was received; before the parameter `after`.",
        "schema": {"type": "integer", "minimum": 0},
    },
}
_TOKEN: dict[str, list[str]] = {"token": []}
_BASIC: dict[str, list[str]] = {"basic": []}
_SESSION: dict[str, list[str]] = {"session": []}
_DEVICE: dict[str, list[str]] = {"device": []}
_SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "A program's or device's token."},
    "basic": {"type": "http", "scheme": "basic", "description": "The same token as the password; the name is free."},
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "A person's; our own pages only."},
    "device": {"type": "apiKey", "in": "query", "name": "token", "description": "A tracker's token in the address."},
}  # fmt: skip
_ABOUT = """\
What is not done is answered by NotDone, in the language of the cookie siaga_lang, else of Accept-Language. A reader
must accept fields that it does not know. What a description cannot say is in docs/api.md. Cameras are WebSockets at
/api/v1/cameras/{id}/live; the sentences of all codes are at /texts/{language}.ftl."""


def describe(routes: list[Route]) -> dict[str, Any]:
    """An OpenAPI 3.1 document."""
    schemas = _Schemas([*_VOCABULARIES.values(), NotDone, *(kind for route in routes for kind in _types(route))])
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, schemas)
    for name, schema in schemas.vocabularies.items():
        schemas.components[name] = schema | {"description": f"{name}s, told apart by their tag."}
    for command, roles in ALLOWED.items():
        schemas.components[command.__name__]["x-roles"] = sorted(roles)
    subjects = {_subject(route): inspect.getdoc(sys.modules[route.does.__module__]) or "" for route in routes}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Siaga 112", "version": "1", "description": _ABOUT,
            "license": {"name": "GPL-2.0-or-later", "identifier": "GPL-2.0-or-later"},
        },
        "tags": [{"name": name, "description": said.partition("\n\n")[0]} for name, said in subjects.items()],
        "paths": paths,
        "components": {
            "schemas": schemas.components,
            "responses": {str(status): _refusal(said, schemas) for status, said in _STATUS.items() if status >= 400},
            "securitySchemes": _SECURITY,
        },
    }  # fmt: skip


def _types(route: Route) -> Iterator[Any]:
    """The types of ours that a route has, in bodies and answers."""
    for kind in (route.takes, route.answer):
        match kind:
            case None | Media():
                pass
            case Lines():
                yield kind.of
            case Messages():
                for one in kind.kinds.values():
                    yield from one if isinstance(one, tuple) else (one,)
            case tuple():
                yield from kind
            case _:
                yield kind


class _Schemas:
    """The schemas of all types at once, so that each is one component."""

    def __init__(self, kinds: list[Any]) -> None:
        self._kinds = kinds
        found, components = msgspec.json.schema_components(kinds, ref_template=_REF)
        self.vocabularies = dict(zip(_VOCABULARIES, found, strict=False))
        self._found: list[dict[str, Any]] = [self._tidy(one) for one in found]
        self.components: dict[str, Any] = {name: self._tidy(one) for name, one in components.items()}
        for name in _leave_out_defaults(kinds):
            self.components[name]["x-leaves-out-defaults"] = True

    def of(self, kind: Any) -> dict[str, Any]:
        """Of a type, or of whichever of several."""
        if isinstance(kind, tuple):
            return {"anyOf": [self.of(one) for one in kind]}
        return self._found[self._kinds.index(kind)]

    def _tidy(self, node: Any) -> Any:
        """With each vocabulary by its name, and descriptions in one line."""
        for name, vocabulary in self.vocabularies.items():
            if node == vocabulary:
                return {"$ref": _REF.format(name=name)}
        if isinstance(node, dict):
            return _in_lines({key: self._tidy(one) for key, one in node.items()})
        return [self._tidy(one) for one in node] if isinstance(node, list) else node


def _leave_out_defaults(kinds: list[Any]) -> set[str]:
    """The names of those structs, among all that these types have in them, which are encoded so."""
    found: dict[type, bool] = {}
    left: list[Any] = list(msgspec.inspect.multi_type_info(kinds))
    while left:
        match left.pop():
            case msgspec.inspect.StructType(cls=cls, fields=fields) if cls not in found:
                found[cls] = cls.__struct_config__.omit_defaults and not all(one.required for one in fields)
                left += [one.type for one in fields]
            case msgspec.inspect.TypedDictType(fields=fields):
                left += [one.type for one in fields]
            case msgspec.inspect.UnionType(types=types):
                left += types
            case msgspec.inspect.DictType(value_type=value):
                left.append(value)
            case msgspec.inspect.TupleType(item_types=types):
                left += types
            case msgspec.inspect.CollectionType(item_type=item):
                left.append(item)
            case msgspec.inspect.Metadata(type=kind):
                left.append(kind)
    return {cls.__name__ for cls, leaves_out in found.items() if leaves_out}


def _in_lines(schema: dict[str, Any]) -> dict[str, Any]:
    said = schema.get("description")
    return schema | {"description": re.sub(r"\n +", " ", said)} if isinstance(said, str) else schema


def _subject(route: Route) -> str:
    return route.does.__module__.rpartition(".")[2]


def _operation(route: Route, schemas: _Schemas) -> dict[str, Any]:
    said: dict[str, Any] = {
        "operationId": route.name or route.does.__name__,
        "tags": [_subject(route)],
        "summary": route.says,
    }
    asked, told = _asked(route), []
    if route.roles is not PUBLIC:
        by_address = [_DEVICE] if route.path == "/api/v1/fixes" else []
        said["security"] = [_TOKEN, _BASIC, *by_address, *([] if route.changes else [_SESSION])]
        said["x-roles"] = sorted(route.roles or PEOPLE)
        told.append("Roles: " + ", ".join(said["x-roles"]) + ".")
    if "description" in asked:
        told.append(asked["description"])
    if told:
        said["description"] = "\n\n".join(told)
    if parameters := _parameters(route, asked):
        said["parameters"] = parameters
    if route.takes is not None:
        said["requestBody"] = {"required": True, "content": _taken(route.takes, schemas)}
    said["responses"] = {"200": {"description": _STATUS[200], "content": _given(route.answer, schemas)}}
    for status in sorted(_statuses(route)):
        said["responses"][str(status)] = (
            {"description": _STATUS[status]} if status < 400 else {"$ref": f"#/components/responses/{status}"}
        )
    if isinstance(route.answer, Media) and route.answer.ranges:
        said["responses"]["206"]["content"] = _given(route.answer, schemas)
        said["responses"]["416"] = {"description": _STATUS[416]}
    if isinstance(route.answer, Media) and "text/html" in route.answer.types:
        content = _given(route.answer, schemas) | _refusal("", schemas)["content"]
        said["responses"]["404"] = {"description": _STATUS[404], "content": content}
    return said


def _statuses(route: Route) -> set[int]:
    """All but 200 that it may answer."""
    found = {500, *route.refuses}
    if route.roles is not PUBLIC:
        found |= {401, 403, 503}
    if route.query is not None or route.headers or (route.takes is not None and not isinstance(route.takes, Media)):
        found.add(400)
    if "{" in route.path:
        found.add(404)
    if route.method == "POST":
        found.add(413)
    if isinstance(route.answer, Media) and route.answer.ranges:
        found |= {206, 304, 416}
    return found


def _asked(route: Route) -> dict[str, Any]:
    """The schema of its query parameters together."""
    if route.query is None:
        return {"properties": {}}
    _, components = msgspec.json.schema_components([route.query], ref_template=_REF)
    asked: dict[str, Any] = _in_lines(components[route.query.__name__])
    return asked


def _parameters(route: Route, asked: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1, "maxLength": 200}}
        for name in re.findall(r"\{(\w+)\}", route.path)
    ]
    for name, schema in asked["properties"].items():
        found.append({"name": name, "in": "query", "required": name in asked.get("required", ()), "schema": schema})
    return [*found, *({"name": name, "in": "header", "required": False} | _HEADERS[name] for name in route.headers)]


def _taken(kind: Any, schemas: _Schemas) -> dict[str, Any]:
    if not isinstance(kind, Media):
        return {"application/json": {"schema": schemas.of(kind)}}
    if not kind.fields:
        return dict.fromkeys(kind.types, {"schema": {"type": "string", "format": "binary", "description": kind.says}})
    fields = {name: {"type": "string", "description": said} for name, said in kind.fields.items()}
    return dict.fromkeys(kind.types, {"schema": {"type": "object", "description": kind.says, "properties": fields}})


def _given(kind: Any, schemas: _Schemas) -> dict[str, Any]:
    match kind:
        case Media():
            shape: dict[str, Any] = {"type": "object"} if kind.types[0].endswith("+json") else {"type": "string"}
            if kind.ranges:
                shape["format"] = "binary"
            return {one: {"schema": shape | ({"description": kind.says} if kind.says else {})} for one in kind.types}
        case Lines():
            return {"application/x-ndjson": {"schema": {"type": "string"}, "x-lines": schemas.of(kind.of)}}
        case Messages():
            messages = {name: schemas.of(one) for name, one in kind.kinds.items()}
            return {"text/event-stream": {"schema": {"type": "string"}, "x-messages": messages}}
    return {"application/json": {"schema": schemas.of(kind)}}


def _refusal(said: str, schemas: _Schemas) -> dict[str, Any]:
    return {"description": said, "content": {"application/json": {"schema": schemas.of(NotDone)}}}
