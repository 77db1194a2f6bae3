"""What each code says, in each language: `locale/<language>.ftl`, in the format of Project Fluent.

The same files are read by the pages (console/static/shared/i18n.mjs). Fluent's names have no dots: the message of the
code `alarm.trunk-down` is called `alarm-trunk-down`. A new language is one file more.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number
from fluent.syntax import ast

from routing.text import CodedError, Names, Param, Text

FOLDER = Path(__file__).parent / "locale"
FIRST = "id"
"""The city's language: of pages that nobody has chosen another one for, of messages to people, of what is printed."""
OPEN = ("capability",)
"""Families that a city's files add words to, which stand for themselves."""
_NOT_GIVEN = re.compile(r"\{\$\w+\}")


def name_of(code: str) -> str:
    """The message's name in the catalogue."""
    return code.replace(".", "-")


class Words(Mapping[str, str]):
    """One language. `words[code]` is a message without blanks; KeyError for a code that the catalogue does not have.
    `unread`: pieces of the file that are no message."""

    def __init__(self, language: str, source: str) -> None:
        self.language, self.source = language, source
        resource = FluentResource(source)
        self._bundle = FluentBundle([language], functions=cast(Any, self._functions()), use_isolating=False)
        self._bundle.add_resource(resource)
        self.unread = [one.content for one in resource.body if isinstance(one, ast.Junk)]
        self._messages = {one.id.name: one for one in resource.body if isinstance(one, ast.Message)}

    def say(self, said: Text) -> str:
        """A code without words is shown itself; a blank that nothing fills stays empty."""
        name = name_of(said.code)
        if not self._bundle.has_message(name):
            family, _, word = said.code.partition(".")
            return word.replace("-", " ") if family in OPEN else said.code
        given = {key: self._param(value) for key, value in said.params.items()}
        pattern = self._bundle.get_message(name).value
        words, _ = self._bundle.format_pattern(pattern, given) if pattern is not None else ("", [])
        return _NOT_GIVEN.sub("", str(words))

    def fill(self, code: str, /, **params: Param) -> str:
        return self.say(Text(code, params))

    def templates(self, family: str) -> dict[str, str]:
        """The messages of one family by their codes, each blank as `{name}`: for a page that has no library to read
        Fluent. Raises ValueError for one that has more than names in its blanks."""
        found = {}
        for name in self._messages:
            if name.startswith(f"{family}-"):
                pattern = self._messages[name].value
                elements = pattern.elements if pattern is not None else ()
                found[f"{family}.{name[len(family) + 1 :]}"] = "".join(_template(one) for one in elements)
        return found

    def _param(self, value: Any) -> Any:
        if isinstance(value, Text):
            return self.say(value)
        if isinstance(value, (tuple, list)):
            return ", ".join(self._param(one) for one in value)
        if isinstance(value, (int, float)):
            return fluent_number(value, useGrouping=False)
        return value

    def _functions(self) -> dict[str, Callable[..., str]]:
        return {"DURATION": self._duration, "DISTANCE": self._distance, "CLOCK": self._clock}

    def _duration(self, seconds: Any) -> str:
        """3 min 10 s; from 20 minutes on in whole minutes, from two hours on in hours and minutes."""
        whole = max(0, round(float(seconds)))
        if whole >= 7200:
            hours, minutes = divmod(round(whole / 60), 60)
            return self.fill("duration.hours", h=hours, m=minutes)
        minutes, rest = (round(whole / 60), 0) if whole >= 1200 else divmod(whole, 60)
        if not minutes:
            return self.fill("duration.seconds", s=rest)
        return self.fill("duration.both", m=minutes, s=rest) if rest else self.fill("duration.minutes", m=minutes)

    def _distance(self, metres: Any) -> str:
        """850 m, 1.8 km."""
        metres = float(metres)
        if metres < 995:
            return self.fill("distance.metres", m=round(metres / 10) * 10)
        return self.fill("distance.kilometres", km=round(metres / 1000, 1))

    def _clock(self, hour: Any) -> str:
        """An hour of the day, 0 to 24: 06:00."""
        hours, minutes = divmod(round(float(hour) * 60), 60)
        return self.fill("clock.hour", h=f"{hours:02}", m=f"{minutes:02}")

    def __getitem__(self, code: str) -> str:
        if not self._bundle.has_message(name_of(code)):
            raise KeyError(code)
        return self.fill(code)

    def __iter__(self) -> Iterator[str]:
        return iter(self._messages)

    def __len__(self) -> int:
        return len(self._messages)


def _template(element: ast.TextElement | ast.Placeable) -> str:
    if isinstance(element, ast.TextElement):
        return element.value
    if isinstance(element.expression, ast.VariableReference):
        return f"{{{element.expression.id.name}}}"
    raise ValueError("only plain names can stand in the blanks of this family")


@functools.cache
def languages() -> tuple[str, ...]:
    """All that there are words of, the city's first. One whose file cannot be read is left out: `unread`."""
    return (FIRST, *sorted(one for one in _stems() if one != FIRST and _is_readable(one)))


def unread() -> list[str]:
    """Languages whose file is there and cannot be read."""
    return sorted(set(_stems()) - set(languages()))


def _stems() -> list[str]:
    return [path.stem for path in FOLDER.glob("*.ftl")]


def _is_readable(language: str) -> bool:
    try:
        source_of(language)
    except (OSError, UnicodeError):
        return False
    return True


@functools.cache
def source_of(language: str) -> str:
    """Its file, read once: what is said, served, named and kept is the same. Raises OSError, UnicodeError."""
    return (FOLDER / f"{language}.ftl").read_text("utf-8")


@functools.cache
def words(language: str) -> Words:
    """The words of one language, read when they are needed first (about 0.2 s)."""
    return Words(language, source_of(language))


@functools.cache
def digest_of(language: str) -> str:
    """SHA-256 (hex) of the words that this process says: by it the journal names them."""
    return hashlib.sha256(source_of(language).encode()).hexdigest()


def named(names: Names, language: str = FIRST) -> str:
    """What something of the city is called; in the city's own language where it says nothing else, "" for nothing."""
    return names.get(language) or names.get(FIRST, "")


def say(said: Text, language: str = FIRST) -> str:
    return words(language).say(said)


def of_terminal(environ: Mapping[str, str] = os.environ) -> str:
    """The language of whoever reads what is printed, by the locale's variables (POSIX, 8.2); English where there are no
    words of theirs."""
    named = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    language = re.split("[_.@-]", named)[0].lower()
    return language if language in languages() else "en"


CodedError.english = staticmethod(functools.partial(say, language="en"))
