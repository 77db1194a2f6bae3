"""One name for one subject: the glossary's table names the files of each subject, and is held to the folders."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from dispatch.catalogue import source_of
from dispatch.settings import ROOT

GUIDE = ROOT / "docs" / "glossary.md"
LAYERS = {
    "events": "dispatch/events/{}.py",
    "records": "dispatch/records/{}.py",
    "folds": "dispatch/folds/{}.py",
    "policy": "dispatch/policy/{}.py",
    "API": "console/api/{}.py",
    "static": "console/static/{}.mjs",
    "docs": "docs/{}.md",
    "tests": "tests/{}.py",
}
"""Where the names of each column lie."""
WHOLE = ("events", "records", "folds", "policy", "API")
"""Columns that name every file of their folders."""


def table(heading: str) -> list[dict[str, str]]:
    """The rows of the first table under that heading of the glossary."""
    lines = GUIDE.read_text("utf-8").split(f"## {heading}\n")[1].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    if heading == "Terms":
        rows = [row for row in rows if len(row) == 4]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


TERMS, SUBJECTS = table("Terms"), table("Subjects and their files")


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def subject_of(row: dict[str, str]) -> str:
    return names(row["subject"])[0]


@pytest.mark.parametrize("row", SUBJECTS, ids=subject_of)
def test_the_table_names_only_files_that_exist(row):
    for layer, path in LAYERS.items():
        for name in names(row[layer]):
            assert (ROOT / path.format(name)).is_file(), f"{layer}: {name}"


@pytest.mark.parametrize("row", SUBJECTS, ids=subject_of)
def test_what_has_another_name_than_its_subject_is_to_be_renamed(row):
    subject = subject_of(row)
    for layer in LAYERS:
        for name in names(row[layer]):
            own = Path(name).stem.removeprefix("test_").replace("-", "_")
            same = own == subject or (layer in ("static", "tests") and own.startswith(f"{subject}_"))
            listed = re.search(rf"(?<![\w-]){re.escape(Path(name).stem)}(?![\w-])", row["to be renamed or parted"])
            assert same or listed, f"{layer}: {name} is of {subject}"


def here(layer: str) -> set[str]:
    folder = (ROOT / LAYERS[layer]).parent
    found = {file.relative_to(folder).with_suffix("") for file in folder.rglob("*.py") if file.stem != "__init__"}
    return {str(path) for path in found}


@pytest.mark.parametrize("layer", WHOLE)
def test_every_file_of_a_layer_has_its_subject(layer):
    told = [name for row in SUBJECTS for name in names(row[layer])]
    assert len(told) == len(set(told)), "a file has one subject"
    without = set(names(GUIDE.read_text("utf-8").split("Of no subject: ")[1]))
    assert here(layer) - without == set(told)


def test_a_subject_stands_there_once_and_in_order():
    order = [subject_of(row) for row in SUBJECTS]
    assert order == sorted(set(order))
    terms = [row["term"].lower() for row in TERMS]
    assert terms == sorted(set(terms))


@pytest.mark.parametrize("row", TERMS, ids=lambda row: row["term"])
def test_a_term_is_in_its_module_and_in_the_words_that_people_read(row):
    assert all((ROOT / name).is_file() for name in names(row["where"])) and names(row["where"])
    said = source_of("id").lower()
    for word in row["Bahasa Indonesia"].lower().split(", "):
        assert word == "–" or re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said), word


def test_a_class_has_a_name_of_its_own():
    """So that who reads a name, or looks for one, finds one thing."""
    found: dict[str, list[str]] = {}
    for package in ("dispatch", "telephony", "routing", "console"):
        for file in (ROOT / package).rglob("*.py"):
            if "node_modules" not in file.parts:
                for node in ast.parse(file.read_text("utf-8")).body:
                    if isinstance(node, ast.ClassDef):
                        found.setdefault(node.name, []).append(str(file.relative_to(ROOT)))
    twice = {name: files for name, files in found.items() if len(files) > 1}
    assert twice == {}
