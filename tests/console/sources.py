"""What the program's sources ask of the catalogue: codes, beginnings of codes, and words that stand in no catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dispatch.settings import ROOT

SCRIPTS = sorted((ROOT / "console/static").rglob("*.mjs"))
TEMPLATES = sorted((ROOT / "console/templates").glob("*.html"))
MODULES = [
    file
    for package in ("routing", "dispatch", "telephony", "console")
    for file in sorted((ROOT / package).rglob("*.py"))
    if "node_modules" not in file.parts
]
_CODE = re.compile(r"[a-zA-Z_][\w.-]*")
_BEGINNING = re.compile(r"[a-z_][\w-]*\.[\w.-]*")


def codes_in(file: Path) -> Iterator[str]:
    """Every literal that could be a code."""
    said = file.read_text("utf-8")
    if file.suffix == ".py":
        for node in ast.walk(ast.parse(said)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
                yield node.value
    else:
        yield from re.findall(rf'"({_CODE.pattern})"', said)
        yield from re.findall(rf"'({_CODE.pattern})'", said)


def beginnings_in(file: Path) -> Iterator[str]:
    """Of codes that are put together: f"state.{…}", `state.${…}`, "state." ~ …"""
    said = file.read_text("utf-8")
    if file.suffix == ".py":
        for node in ast.walk(ast.parse(said)):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                found = _BEGINNING.match(node.values[0].value)
                if found and found.end() == len(node.values[0].value):
                    yield found[0]
    elif file.suffix == ".mjs":
        yield from re.findall(rf"`({_BEGINNING.pattern})\$\{{", said)
    else:
        yield from re.findall(rf'"({_BEGINNING.pattern})" ~', said)


class Template(NamedTuple):
    """A template literal of a script: its tag, its own text with "@" for each expression, the expressions, its line."""

    tag: str
    text: str
    expressions: list[str]
    line: int


def templates_in(file: Path) -> list[Template]:
    """Those of a script, the inner ones too."""
    said, found = file.read_text("utf-8"), []

    def quoted(at: int) -> int:
        end = at + 1
        while said[end] != said[at]:
            end += 2 if said[end] == "\\" else 1
        return end + 1

    def expression(at: int) -> int:
        """Behind the "}" of one that begins at `at`."""
        depth = 1
        while depth:
            if said[at] in "\"'":
                at = quoted(at)
                continue
            if said[at] == "`":
                at = template(at)
                continue
            depth += {"{": 1, "}": -1}.get(said[at], 0)
            at += 1
        return at

    def template(at: int) -> int:
        tag, line, text, expressions = re.search(r"\w*$", said[:at])[0], said.count("\n", 0, at) + 1, "", []
        at += 1
        while said[at] != "`":
            if said.startswith("${", at):
                begin, at = at + 2, expression(at + 2)
                expressions.append(said[begin : at - 1])
                text += "@"
            else:
                at += 1 + (said[at] == "\\")
                text += said[at - 1]
        found.append(Template(tag, text, expressions, line))
        return at + 1

    at = 0
    while at < len(said):
        if said.startswith("//", at):
            at = (said.find("\n", at) + 1) or len(said)
        elif said.startswith("/*", at):
            at = said.index("*/", at) + 2
        elif said[at] in "\"'":
            at = quoted(at)
        elif said[at] == "/" and re.search(r"[=(,:!&|?{};\n]\s*$", said[:at]):
            at = _behind_pattern(said, at)
        elif said[at] == "`":
            at = template(at)
        else:
            at += 1
    return found


def _behind_pattern(said: str, at: int) -> int:
    """Behind a regular expression that begins at `at`."""
    at, in_class = at + 1, False
    while said[at] != "/" or in_class:
        if said[at] == "\\":
            at += 1
        in_class = said[at] == "[" or (in_class and said[at] != "]")
        at += 1
    return at + 1
