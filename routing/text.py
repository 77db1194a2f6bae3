"""A sentence by its code: what a ranking, an event, a refusal or an alarm says, before it is put into a language.

The words stand in the catalogue (dispatch/catalogue.py), one file a language, for Python and the pages alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

import msgspec


class Text(msgspec.Struct, frozen=True, omit_defaults=True):
    """`code`: the message's name in the catalogue, family first (`alarm.trunk-down`). `params`: what fills its blanks:
    names and numbers as they are (metres, seconds, degrees), other texts, or several of them for a list."""

    code: str
    params: dict[str, Param] = {}


Param = str | int | float | Text | tuple[Text | str, ...]


Names = dict[str, str]
"""Language → what something of the city is called in it. The city's own (`id`) is there; others where it gives them."""


def names_in(fields: Mapping[str, object], what: str = "name") -> Names:
    """From the fields `name_id`, `name_en` … of a city's file; those that are empty say nothing."""
    given = ((re.fullmatch(rf"{what}_([a-z]{{2,3}})", name), said) for name, said in fields.items())
    return {found[1]: said.strip() for found, said in given if found and isinstance(said, str) and said.strip()}


def text(code: str, /, **params: Param) -> Text:
    return Text(code, params)


def in_a_row(texts: Sequence[Text], series: str = "series.sentences") -> Text:
    """Whole sentences, one after the other, or one below the other (`series.lines`). Raises IndexError for none."""
    if len(texts) == 1:
        return texts[0]
    return text(series, first=texts[0], second=in_a_row(texts[1:], series))


def said_by(wrong: Exception) -> Param:
    """What an error says, to stand in a sentence: its text, or what a library's says itself."""
    return wrong.text if isinstance(wrong, CodedError) else str(wrong)


class CodedError(Exception):
    """An error that is said by a code. `str` of it is English, for logs and developers."""

    english: ClassVar[Callable[[Text], str]] = staticmethod(lambda said: f"{said.code} {said.params}")
    """dispatch/catalogue.py puts the words in; a program without them shows code and parameters."""

    def __init__(self, said: str | Text, /, **params: Param) -> None:
        super().__init__(said, params)
        self.text = said if isinstance(said, Text) else Text(said, params)

    def __str__(self) -> str:
        return CodedError.english(self.text)
