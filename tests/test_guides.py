"""What the guides for people who work on the code point to is there."""

from __future__ import annotations

import re

import pytest

from dispatch.settings import ROOT

GUIDES = [ROOT / "CONTRIBUTING.md", *(ROOT / "docs" / name for name in ("glossary.md", "states.md"))]
GUIDES += sorted((ROOT / "docs" / "decisions").glob("*.md"))
PARTS = ("Question", "Chosen", "Why", "What it costs", "What would change our mind")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_link_and_every_path_leads_somewhere(guide):
    text = guide.read_text("utf-8")
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (guide.parent / link).exists(), link
    for path in re.findall(r"`((?:dispatch|console|routing|telephony|tests|docs|deploy)/[\w./-]*)`", text):
        named = {path, f"tests/{path}.py"}  # the glossary names tests by their place in tests/
        assert "SUBJECT" in path or "LANGUAGE" in path or any((ROOT / one).exists() for one in named), path


@pytest.mark.parametrize("record", GUIDES[3:], ids=lambda path: path.stem)
def test_a_decision_says_what_a_newcomer_asks(record):
    headed, *rest = record.read_text("utf-8").strip().split("\n\n")
    assert re.match(rf"# {int(record.stem[:4])}\. ", headed)
    assert [re.match(r"\*\*(.+?)\.\*\*", one)[1] for one in rest] == list(PARTS)
