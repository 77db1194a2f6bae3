"""What codes say, for tests that know the words."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

import msgspec
import pytest

from dispatch.catalogue import say
from dispatch.inputs import Refused
from routing.text import Text


def english(said, between: str = " ") -> str:
    """Of a text, of several, or of whatever has one: an alarm, a candidate, a refusal, an answer of the API."""
    return _said(said, "en", between)


def indonesian(said, between: str = " ") -> str:
    return _said(said, "id", between)


def _said(said, language: str, between: str) -> str:
    if isinstance(said, dict):  # as it stands in JSON
        said = msgspec.convert(said, Text)
    found = getattr(said, "text", getattr(said, "reasons", said))
    if isinstance(found, dict):  # as the API and the journal's JSON have it
        found = msgspec.convert(found, Text)
    if isinstance(found, tuple):
        return between.join(say(getattr(one, "text", one), language) for one in found)
    return say(found, language)


@contextlib.contextmanager
def says(kind: type[Exception], match: str) -> Iterator[None]:
    """What is done inside fails with such an error and with these words (a regular expression, in English)."""
    with pytest.raises(kind) as held:
        yield
    assert re.search(match, english(held.value)), english(held.value)


def refuses(match: str) -> contextlib.AbstractContextManager[None]:
    """The command inside is refused, with these words."""
    return says(Refused, match)
