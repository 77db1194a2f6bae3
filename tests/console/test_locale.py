"""Both languages say everything: the pages, the scripts and every event of the vocabulary have their words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from console.pages.pages import HERE
from dispatch.catalogue import languages, name_of, source_of, words
from dispatch.events import EVENTS
from dispatch.process.demo import DEMO_ACCOUNTS
from routing.city.load import load_city
from tests.console.conftest import ROOT
from tests.console.families import FAMILIES

SCRIPTS = sorted(p for p in (HERE / "static").rglob("*.mjs") if p.name != "camera.mjs")
TEMPLATES = sorted((HERE / "templates").glob("*.html"))
BLANK = re.compile(r"\$(\w+)")
# As the catalogue has it: the name in it, and what the message is made of.
TEXTS = {lang: dict(re.findall(r"^([a-zA-Z][\w-]*) = (.*(?:\n .*)*)", source_of(lang), re.M)) for lang in languages()}


def keys_in(path: Path) -> tuple[set[str], set[str]]:
    """Keys that a script or template asks for, and the beginnings of keys that it puts together."""
    said = path.read_text("utf-8")
    if path.suffix == ".html":
        return set(re.findall(r'texts\["([^"]+)"\]', said)), set(re.findall(r'texts\["([^"]+)" ~', said))
    plain = set(re.findall(r'\b(?:t|has)\("([^"]+)"', said))
    either = {key for pair in re.findall(r'\bt\([^()"`]*\? "([^"]+)" : "([^"]+)"', said) for key in pair}
    return plain | either, set(re.findall(r"\bt\(`([\w.-]+)\$\{", said))


def test_both_languages_have_the_same_keys_and_blanks_and_nothing_empty():
    assert TEXTS["id"].keys() == TEXTS["en"].keys()
    for key, text in TEXTS["id"].items():
        assert text.strip() and TEXTS["en"][key].strip(), key
        # An event's alarm text is named by its language; apart from that the same blanks are filled.
        blanks = [{name.removesuffix("_id").removesuffix("_en") for name in BLANK.findall(t)}
                  for t in (text, TEXTS["en"][key])]  # fmt: skip
        assert blanks[0] == blanks[1], key


def test_the_files_are_written_for_people_to_edit():
    for lang in ("id", "en"):
        raw = source_of(lang)
        assert raw.count("\n") >= len(words(lang)), "one text a line"
        assert "\\u" not in raw
        assert words(lang).unread == [], "lines that are no message"


@pytest.mark.parametrize("path", SCRIPTS + TEMPLATES, ids=lambda p: p.name)
def test_every_text_that_is_asked_for_exists(path):
    asked, beginnings = keys_in(path)
    assert sorted(key for key in asked if name_of(key) not in TEXTS["id"]) == []
    for beginning in beginnings:
        assert any(key.startswith(name_of(beginning)) for key in TEXTS["id"]), beginning


def test_every_event_has_a_sentence_whose_blanks_are_its_fields():
    for name, kind in EVENTS.items():
        for lang in ("id", "en"):
            sentence = TEXTS[lang][f"event-{name}"]
            assert set(BLANK.findall(sentence)) <= set(kind.__struct_fields__), sentence


def test_what_the_demo_city_and_its_people_are_called():
    city = load_city(ROOT / "deploy/city/tanjungpinang")
    known = TEXTS["id"].keys()
    assert {f"role-{one['role']}" for one in DEMO_ACCOUNTS} <= known
    assert {f"capability-{word}" for kind in city.incident_types for word, _ in kind.needs} <= known
    for word in ("available", "busy", "off_duty"):
        assert f"status-{word}" in known
    for word in ("assigned", "acknowledged", "en_route", "on_scene", "clear", "released"):
        assert f"state-{word}" in known
    assert {f"agency-{one.id}" for one in city.agencies if not one.centre} <= known


@pytest.mark.fault(11, 15)
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_key_that_is_put_together_has_its_words(family, lang, record_property):
    missing = [word for word in FAMILIES[family] if name_of(f"{family}{word}") not in TEXTS[lang]]
    record_property("figure", f"missing: {', '.join(missing) or 'none'}")
    assert not missing
