"""Holds every answer of a site under test against what its /openapi.json says of it."""

from __future__ import annotations

import functools
import gzip
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

import jsonschema_rs
import msgspec

from console.http.web import BoundedRequest

FOUND: list[str] = []
"""What was otherwise than described since the last test; conftest.py fails the test in which it was."""
_LINES = 50
"""JSON lines that are looked at of one answer."""


class Described:
    """An OpenAPI document. Objects may have no fields that it does not name."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._paths = [
            (re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)) + "$"), path, methods)
            for path, methods in sorted(document["paths"].items(), key=lambda item: item[0].count("{"))
        ]
        self._registry = jsonschema_rs.Registry([("urn:api", _closed(document))])
        self._responses = document["components"]["responses"]

    @functools.cache  # noqa: B019  one for the whole run
    def _validator(self, *steps: str) -> Any:
        place = "/".join(quote(step.replace("~", "~0").replace("/", "~1"), safe="~") for step in steps)
        return jsonschema_rs.Draft202012Validator({"$ref": f"urn:api#/{place}"}, registry=self._registry)

    def operation(self, method: str, path: str) -> tuple[str, dict[str, Any]] | None:
        """Its path in the document, and what is said of it; None for what is no part of the API."""
        for pattern, name, methods in self._paths:
            if pattern.match(path) and method.lower() in methods:
                return name, methods[method.lower()]
        return None

    def wrong_with(self, method: str, path: str, status: int, kind: str, body: bytes) -> str:
        """ "" when an answer is as described; `kind`: its content type."""
        found = self.operation(method, path)
        if found is None:
            return ""
        name, said = found
        answer = said["responses"].get(str(status))
        if answer is None:
            return f"the status {status} is not described"
        steps = ("paths", name, method.lower(), "responses", str(status))
        if "$ref" in answer:
            steps, answer = ("components", "responses", str(status)), self._responses[str(status)]
        if not body and "content" not in answer:
            return ""
        media = kind.partition(";")[0].strip()
        content = answer.get("content", {}).get(media)
        if content is None:
            return f"the type {media} is not described for {status}"
        steps = (*steps, "content", media)
        try:
            if media == "application/json":
                self._validator(*steps, "schema").validate(json.loads(body))
            for line in body.splitlines()[:_LINES] if "x-lines" in content else ():
                self._validator(*steps, "x-lines").validate(json.loads(line))
            for event, data in _messages(body) if "x-messages" in content else ():
                if event not in content["x-messages"]:
                    return f"messages {event} are not described"
                self._validator(*steps, "x-messages", event).validate(json.loads(data))
        except (jsonschema_rs.ValidationError, ValueError) as wrong:
            return f"{status}: {str(wrong)[:600]}"
        return ""


def _closed(node: Any) -> Any:
    if isinstance(node, dict):
        closed = {key: _closed(one) for key, one in node.items()}
        if isinstance(node.get("properties"), dict) and node.get("type") == "object":
            closed.setdefault("additionalProperties", False)
        return closed
    return [_closed(one) for one in node] if isinstance(node, list) else node


def _messages(stream: bytes) -> list[tuple[str, bytes]]:
    found = []
    for message in stream.decode().split("\n\n"):
        fields = dict(line.partition(": ")[::2] for line in message.split("\n") if line)
        if fields:
            found.append((fields.get("event", ""), fields.get("data", "").encode()))
    return found


def request_checked_by(described: Described) -> type[BoundedRequest]:
    """What a site makes of each request, so that FOUND has whatever it answers otherwise than described."""

    class Checked(BoundedRequest):
        _said = b""

        def write(self, data: bytes) -> None:
            kind = self._kind()
            if kind.startswith("text/event-stream"):
                self._check(data)
            elif "json" in kind:
                self._said += data
            super().write(data)

        def finish(self) -> None:
            if not self._kind().startswith("text/event-stream"):
                self._check(self._said)
            super().finish()

        def _kind(self) -> str:
            return (self.responseHeaders.getRawHeaders("content-type") or [""])[0]

        def _check(self, body: bytes) -> None:
            if self.method == b"HEAD":
                return
            if self.responseHeaders.getRawHeaders("content-encoding") == ["gzip"]:
                body = gzip.decompress(body)
            method, path = self.method.decode(), unquote(self.path.decode("ascii", "replace"))
            if wrong := described.wrong_with(method, path, self.code, self._kind(), body):
                FOUND.append(f"{method} {path}: {wrong}")

    return Checked


_KNOWN: list[Described] = []


def of_document(document: Callable[[], bytes]) -> Described:
    """Every site says the same of itself, and to say it takes a moment."""
    if not _KNOWN:
        _KNOWN.append(Described(msgspec.json.decode(document())))
    return _KNOWN[0]
