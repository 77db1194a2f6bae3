"""What codes say, for tests that know the words."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

import pytest

from dispatch.catalogue import say
from dispatch.inputs import Refused


def english(said) -> str:
    """Of a text, or of whatever has one: an alarm, a reason, a refusal."""
    text = getattr(said, "text", said)
    return say(text, "en") if text else said.text_en


@contextlib.contextmanager
def refuses(match: str) -> Iterator[None]:
    """The command inside is refused, with these words (a regular expression, in English)."""
    with pytest.raises(Refused) as held:
        yield
    assert re.search(match, english(held.value)), english(held.value)
