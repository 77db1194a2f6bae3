"""A language made for tests: each message of the catalogue in brackets of its own, so that a page shows what is in no
catalogue, and what was glued from several messages.

    ⟦Panggilan masuk⟧               a message
    ⟦Kirim ⟨ambulans⟩ sekarang⟧     a message in whose blank a part stands: a word or a measure, declared in PARTS
    Operator ⟦bebas⟧                something that no translator has ever seen
    ⟦dari⟧ ⟦pukul 7⟧                a sentence made of two, whose order another language cannot change
    ⟦Gagal: ⟦coba lagi⟧⟧            a sentence in a sentence
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, FluentSerializer, ast

from dispatch import catalogue
from dispatch.catalogue import FIRST, FOLDER, source_of

NAME = "qps"
WORDS, END, PART, PART_END = "⟦⟧⟨⟩"
PARTS = {
    # families
    "alert_state", "alert-why", "answer", "away", "capability", "channel", "clock", "conditions", "consent", "damage",
    "disp", "distance", "do", "doubt", "drawn", "duration", "ended_by", "expected", "kept", "leg", "method", "mode",
    "overflow", "place-from", "place-source", "place-why", "ready_or", "reference", "role", "shield", "side", "sip",
    "spot", "state", "status", "travel", "type", "unready", "via", "weekday", "why", "wind", "wrong",
    # single messages
    "caller", "camera_away", "event_candidate", "event_candidate_suggested", "event_faults", "event_unit", "no",
    "no_number", "place-about", "place_within", "shift_off", "shift_on", "shortfall_of", "system", "weather-metres",
    "yes",
}  # fmt: skip
"""Families, and single messages, that stand in others as a parameter: words, measures, and phrases that are no
sentence."""
_SENTENCES = tuple(f"{stop}{end}" for stop in ".!?)" for end in (END, PART_END))
_AS_IT_IS = {"language-name", "language-locale", "series-sentences"}


@contextlib.contextmanager
def in_force(folder: Path) -> Iterator[None]:
    """The catalogues that the program reads are ours, copied to `folder`, and the language made from the first."""
    for file in FOLDER.glob("*.ftl"):
        (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")
    (folder / f"{NAME}.ftl").write_text(bracketed(source_of(FIRST)), "utf-8")
    kept = (catalogue.languages, catalogue.source_of, catalogue.words, catalogue.digest_of)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "FOLDER", folder)
        for one in kept:
            one.cache_clear()
        yield
    for one in kept:
        one.cache_clear()


def bracketed(source: str) -> str:
    resource = FluentParser().parse(source)
    for one in resource.body:
        if isinstance(one, ast.Message) and one.value and one.id.name not in _AS_IT_IS:
            before, after = (PART, PART_END) if _is_part(one.id.name) else (WORDS, END)
            one.value.elements = [ast.TextElement(before), *one.value.elements, ast.TextElement(after)]
    return FluentSerializer().serialize(resource)


def _is_part(name: str) -> bool:
    return any(name == one or name.startswith(f"{one}-") for one in PARTS)


def wrong_with(text: str) -> Iterator[str]:
    """What is wrong with the text of one element, or of one attribute. Whole sentences may follow each other."""
    outside, groups, open_, before = "", 0, [], ""
    for letter in text:
        if letter in WORDS + PART:
            if not open_:
                groups += not before.endswith(_SENTENCES)
            elif letter == WORDS:
                yield "a sentence stands in another one"
            open_.append(letter)
        elif letter in END + PART_END and open_:
            open_.pop()
        elif not open_:
            outside += letter
        before = before + letter if letter.strip() else before
    if re.search(r"[^\W\d_]{2,}|\b[^\W\d_]\b", outside):
        yield f"not in the catalogue: {' '.join(outside.split())[:80]!r}"
    if groups > 1:
        yield "glued from several messages"
