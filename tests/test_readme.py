"""The README says what is true: its commands exist, its links lead somewhere, its program answers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from dispatch.settings import ROOT

README = (ROOT / "README.md").read_text("utf-8")
SIAGA = Path(sys.executable).parent / "siaga"


def commands() -> list[str]:
    blocks = re.findall(r"```(?:sh|console)\n(.*?)```", README, re.S)
    return [line.split("#")[0].strip() for block in blocks for line in block.splitlines() if line.split("#")[0].strip()]


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    named = {word for line in commands() for word in re.findall(r"\bmake ([a-z]+)", line)}
    assert named and named <= targets


@pytest.mark.parametrize("line", [line for line in commands() if line.startswith((".venv/bin/siaga", "siaga"))])
def test_every_siaga_command_is_understood(line):
    verb = line.split("siaga ", 1)[1].split()[0]
    done = subprocess.run([SIAGA, verb, "--help"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    for option in re.findall(r"--[a-z-]+", line.split("siaga ", 1)[1]):
        assert option in done.stdout, f"{verb} has no {option}"


def test_help_on_each_command():
    for verb in ("run", "call", "verify", "replay", "user", "token"):
        done = subprocess.run([SIAGA, verb, "--help"], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0 and "usage" in done.stdout


def test_the_options_of_a_call_reach_the_caller_and_others_are_refused():
    for words, said in ((["call", "--seconds", "soon"], "--seconds"), (["verify", "--loudly"], "--loudly")):
        done = subprocess.run([SIAGA, *words], capture_output=True, text=True, timeout=60)
        assert done.returncode == 2 and said in done.stderr, done.stderr
        assert ("siaga call" in done.stderr) == (words[0] == "call")


@pytest.mark.parametrize(
    "page", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", *[f"docs/{f.name}" for f in (ROOT / "docs").glob("*.md")]]
)
def test_every_link_leads_somewhere(page):
    text = (ROOT / page).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert ((ROOT / page).parent / target).exists(), f"{page} -> {target}"


def test_the_test_command_of_the_readme_is_what_ci_runs():
    assert "make test" in commands() and "make test" in (ROOT / ".ci" / "run").read_text()
