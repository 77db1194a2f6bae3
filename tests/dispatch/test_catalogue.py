"""The same code says the same words on a page and in what the room prints, sends and answers."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from dispatch import catalogue
from dispatch.catalogue import Words, digest_of, languages, say, source_of, words
from routing.text import Text, text

MORE = """
test-duration = { DURATION($seconds) }
test-distance = { DISTANCE($metres) }
test-of = { $one }: { $several }
test-calls = { $n ->
    [one] { $n } call
   *[other] { $n } calls
}
"""
CONSOLE = Path(__file__).parents[2] / "console"
_PAGE = """
import { FluentBundle, FluentNumber, FluentResource } from "%(console)s/node_modules/@fluent/bundle/esm/index.js";
import { functionsOf } from "%(measures)s";
import { readFileSync } from "node:fs";
const [lang, source, asked] = process.argv.slice(2);
const bundle = new FluentBundle(lang, { useIsolating: false, functions: functionsOf(t) });
bundle.addResource(new FluentResource(readFileSync(source, "utf-8")));
const plain = { useGrouping: false };
function t(code, params) {
  const given = {};
  for (const [name, value] of Object.entries(params))
    given[name] = typeof value === "number" ? new FluentNumber(value, plain) : value;
  return bundle.formatPattern(bundle.getMessage(code.replaceAll(".", "-")).value, given);
}
console.log(JSON.stringify(JSON.parse(asked).map(([code, params]) => t(code, params))));
"""


def said_with(lang: str) -> Words:
    return Words(lang, source_of(lang) + MORE)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    measures = next(CONSOLE.glob("static/**/measures.mjs"))
    (folder / "page.mjs").write_text(_PAGE % {"console": CONSOLE, "measures": measures})

    def said(lang: str, asked: list[Text]) -> list[str]:
        (folder / "words.ftl").write_text(said_with(lang).source)
        given = json.dumps([(one.code, one.params) for one in asked])
        shown = subprocess.check_output(["node", folder / "page.mjs", lang, folder / "words.ftl", given], text=True)
        return json.loads(shown)

    return said


@pytest.mark.parametrize("lang", languages())
def test_pages_and_the_room_say_the_same(page, lang):
    seconds = [0, 0.4, 5, 59.6, 60, 61, 190, 1199, 1200, 1300, 3605, 7199, 7200, 8000, 90_000]
    asked = [text("test.duration", seconds=one) for one in seconds]
    asked += [text("test.distance", metres=one) for one in (0, 4, 16, 850, 994, 995, 1800, 2000, 12_345)]
    asked += [text("test.calls", n=one) for one in (0, 1, 2, 1234, 1.5)]
    assert page(lang, asked) == [said_with(lang).say(one) for one in asked]


def test_texts_stand_in_texts_and_several_in_a_row():
    inner = text("role.auditor")
    assert said_with("id").say(text("test.of", one=inner, several=(inner, "AMB-01"))) == "Auditor: Auditor, AMB-01"


def test_a_code_without_words_is_shown_and_a_blank_that_nothing_fills_is_empty():
    assert say(text("nobody.wrote-this")) == "nobody.wrote-this"
    assert "{" not in say(text("suspected_n"))


def test_the_caller_pages_messages_need_no_library():
    assert words("id").templates("link")["link.why"].startswith("Petugas 112 {city} ")
    with pytest.raises(ValueError, match="plain names"):
        said_with("id").templates("test")


def test_the_digest_names_the_words_that_are_in_force():
    assert [digest_of(one) for one in languages()] == [
        hashlib.sha256(source_of(one).encode()).hexdigest() for one in languages()
    ]


def test_a_language_whose_file_cannot_be_read_is_left_out_and_named(tmp_path, monkeypatch):
    for one in languages():
        (tmp_path / f"{one}.ftl").write_text(source_of(one), "utf-8")
    (tmp_path / "zh.ftl").write_bytes("language-name = Español".encode("latin-1"))
    (tmp_path / "ms.ftl").mkdir()
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    languages.cache_clear()
    source_of.cache_clear()
    try:
        assert catalogue.languages() == ("id", "en") and catalogue.unread() == ["ms", "zh"]
    finally:
        monkeypatch.undo()
        languages.cache_clear()
        source_of.cache_clear()
