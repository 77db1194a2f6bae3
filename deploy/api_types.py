"""Writes console/types/api.d.ts, the API's types for the pages, from what /openapi.json is made of.

.venv/bin/python deploy/api_types.py    after an answer, a body, an event or a record was changed

`make lint` holds the pages' modules to it (tsc), so that a field which is misspelt there is found without a browser.
What is sent has each field, also one with a default, unless its schema says `x-leaves-out-defaults`; what is given to
the API may leave out every field that has a default. Where one thing is both, the given form has its own name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import msgspec
from twisted.internet.task import Clock

from console.api import attendance, board
from console.http.access import Access
from console.http.openapi import describe
from console.pages import caller_page
from console.parts import Parts
from console.site import api_routes
from dispatch.settings import Settings

FILE = Path(__file__).resolve().parent.parent / "console" / "types" / "api.d.ts"
_HEAD = """\
// The API's types, made from /openapi.json by deploy/api_types.py; change them there.
"""
_WORDS = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def document() -> dict[str, Any]:
    """/openapi.json without a room: of the routes' functions only the types are looked at."""
    nobody = SimpleNamespace(listen=lambda listener: None)
    parts = cast(Parts, SimpleNamespace(settings=Settings(), reactor=Clock(), room=nobody, accounts=None))
    access = Access(parts)
    legs = board.AudioLegs(access.who)
    routes = api_routes(access, legs, attendance.Attendance(legs), parts.settings)
    described = describe([*routes, *caller_page.routes(caller_page.CallerPages(parts))])
    return cast(dict[str, Any], msgspec.json.decode(msgspec.json.encode(described)))


def written(described: dict[str, Any]) -> str:
    """The whole file."""
    types = _Types(described)
    parts = [_HEAD, "declare namespace Api {"]
    for name, schema in sorted(types.schemas.items()):
        parts.append(types.named(name, schema, given=name not in types.sent))
        if name in types.twofold:
            parts.append(types.named(name, schema, given=True))
    answers, bodies, messages = types.by_route()
    parts += [
        "  /** What a request is answered with. */", _table("Answers", answers),
        "  /** The body that a request has. */", _table("Bodies", bodies),
        "  /** The data of each kind of message that a stream has. */", _table("Messages", messages),
        "}", "",
    ]  # fmt: skip
    return "\n".join(parts)


def _table(name: str, rows: dict[str, str]) -> str:
    return "\n".join(
        [f"  interface {name} {{", *(f"    {json.dumps(key)}: {rows[key]};" for key in sorted(rows)), "  }"]
    )


class _Types:
    def __init__(self, described: dict[str, Any]) -> None:
        self.schemas: dict[str, dict[str, Any]] = described["components"]["schemas"]
        self._operations = {
            f"{method.upper()} {path}": said
            for path, methods in described["paths"].items()
            for method, said in methods.items()
        }
        self.sent: set[str] = set()
        self.given: set[str] = set()
        for said in self._operations.values():
            self._reach(said["responses"], self.sent)
            self._reach(said.get("requestBody", {}), self.given)
        self.twofold = {name for name in self.sent & self.given if self._differs(name)}

    def _reach(self, node: Any, found: set[str]) -> None:
        """Adds the names of all that `node` refers to."""
        for name in _refs(node):
            if name not in found:
                found.add(name)
                self._reach(self.schemas[name], found)

    def _differs(self, name: str) -> bool:
        within = {name}
        self._reach(self.schemas[name], within)
        return any(self._is_always_whole(self.schemas[one]) and _has_defaults(self.schemas[one]) for one in within)

    def _is_always_whole(self, schema: dict[str, Any]) -> bool:
        return "x-leaves-out-defaults" not in schema

    def named(self, name: str, schema: dict[str, Any], given: bool) -> str:
        """A declaration. `given`: as the API takes it, else as it is sent."""
        called = f"Given{name}" if given and name in self.twofold else name
        said = _comment(schema.get("description", ""))
        if schema.get("type") != "object" or "properties" not in schema:
            kinds = "".join(f"\n    | {one}" for one in self.of(schema, given).split(" | "))
            return f"{said}  type {called} ={kinds};"
        if not schema["properties"]:
            return f"{said}  interface {called} {{}}"
        return f"{said}  interface {called} {{\n{self._fields(schema, given)}\n  }}"

    def _fields(self, schema: dict[str, Any], given: bool) -> str:
        required = set(schema.get("required", ()))
        if not given and self._is_always_whole(schema):
            required |= {name for name, one in schema["properties"].items() if "default" in one}
        return "\n".join(
            f"    {_key(name)}{'' if name in required else '?'}: {self.of(one, given)};"
            for name, one in schema["properties"].items()
        )

    def of(self, schema: dict[str, Any], given: bool) -> str:
        """The type that a schema describes."""
        match schema:
            case {"$ref": ref}:
                name = ref.rpartition("/")[2]
                return f"Given{name}" if given and name in self.twofold else name
            case {"anyOf": several}:
                return " | ".join(dict.fromkeys(self.of(one, given) for one in several))
            case {"enum": words}:
                return " | ".join(json.dumps(one) for one in words)
            case {"type": "array", "prefixItems": several}:
                return f"[{', '.join(self.of(one, given) for one in several)}]"
            case {"type": "array"}:
                inner = self.of(schema.get("items", {}), given)
                return f"({inner})[]" if " | " in inner else f"{inner}[]"
            case {"type": "object", "additionalProperties": dict(values)}:
                return f"Record<string, {self.of(values, given)}>"
            case {"type": "object"}:
                return "Record<string, unknown>"
            case {"type": str(word)}:
                return _WORDS[word]
        return "unknown"

    def by_route(self) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
        answers, bodies, messages = {}, {}, {}
        for where, said in self._operations.items():
            for kind, content in said["responses"]["200"]["content"].items():
                if kind == "application/json":
                    answers[where] = self.of(content["schema"], given=False)
                if "x-messages" in content:
                    kinds = (f"{name}: {self.of(one, given=False)}" for name, one in content["x-messages"].items())
                    messages[where] = f"{{ {'; '.join(kinds)} }}"
            taken = said.get("requestBody", {}).get("content", {})
            if "application/json" in taken:
                bodies[where] = self.of(taken["application/json"]["schema"], given=True)
        return answers, bodies, messages


def _refs(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, one in node.items():
            if key == "$ref":
                if "/schemas/" in one:
                    yield one.rpartition("/")[2]
            else:
                yield from _refs(one)
    elif isinstance(node, list):
        for one in node:
            yield from _refs(one)


def _has_defaults(schema: dict[str, Any]) -> bool:
    return any("default" in one for one in schema.get("properties", {}).values())


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_]\w*", name) else json.dumps(name)


def _comment(said: str) -> str:
    lines = said.replace("*/", "* /").replace("\n", "\n   * ")
    return f"  /** {lines} */\n" if said else ""


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(written(document()), "utf-8")
