"""The arrows between packages and between their folders, and the purity of the core, as ARCHITECTURE.md draws them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dispatch.settings import ROOT

OURS = {"routing", "dispatch", "telephony", "console", "migrations"}
MAY = {
    "routing": set(),
    "migrations": set(),
    "dispatch": {"routing", "migrations"},
    "telephony": {"routing", "dispatch"},
    "console": {"routing", "dispatch"},
}
USES = {
    "routing": {
        "text": "",
        "bad_field": "text",
        "numbers": "",
        "geojson": "",
        "location": "text bad_field",
        "areas": "location",
        "network": "text geojson location",
        "ali": "text numbers location",
        "city": "text numbers geojson location network ali",
        "places": "text location network city",
        "tiles": "text geojson city",
        "osm": "text geojson location network city tiles",
        "recommendation": "location text network city",
        "what_if": "location network recommendation",
    },
    "dispatch": {
        "settings": "",
        "catalogue": "",
        "terminal": "catalogue",
        "timing": "",
        "fetching": "timing",
        "personal": "",
        "calldata": "personal",
        "states": "",
        "commands": "states",
        "events": "personal calldata states",
        "records": "personal calldata states events",
        "folds": "personal states events records",
        "board": "events records folds",
        "journal": "personal catalogue events board",
        "world": "settings events board",
        "inputs": "commands events",
        "policy/incidents": "catalogue states commands events records board world inputs",
        "exchange": "catalogue states events records board world inputs policy/incidents",
        "policy/places": "commands events records folds board world inputs exchange policy/incidents",
        "policy/queues": "settings states events records folds board journal world inputs exchange policy/places",
        "policy/calls": "states commands events records board world inputs exchange policy/places policy/queues",
        "policy": "policy/incidents policy/places policy/queues policy/calls",
        "decide": "commands events board world inputs policy/incidents policy/places policy/calls policy",
        "room": "catalogue timing events board journal world inputs decide",
        "access": "settings catalogue terminal timing commands events world inputs room",
        "drafting": "timing commands events world inputs room",
        "tracking": "settings catalogue timing events journal world inputs room access",
        "advice": "events records board world inputs policy/places tracking",
        "counterfactual": "settings catalogue events board journal advice",
        "process": "settings catalogue terminal timing states commands events records board journal world inputs "
        "exchange policy/incidents policy/places policy/calls room access tracking advice counterfactual",
    },
    "telephony": {
        "digest": "",
        "discreet": "",
        "messages": "",
        "room": "messages",
        "switch": "room messages",
        "lines": "messages switch",
        "demo": "messages switch lines",
        "shell": "digest room messages switch lines",
        "storage": "room lines shell",
        "watch": "switch lines shell",
        "bridge_watch": "switch shell",
        "__main__": "discreet room messages switch lines shell storage watch bridge_watch",
    },
    "console": {
        "cameras": "",
        "live": "",
        "map_tiles": "",
        "demo": "cameras",
        "parts": "cameras live map_tiles",
        "http": "parts",
        "pages": "live parts http",
        "api": "live map_tiles parts http",
        "site": "cameras parts http pages api",
    },
}
"""For each folder, and each file beside the folders, what of its own package it may import: only what stands above it
here, so no arrow runs back and none in a circle."""
FOR_TYPES = {("folds", "board")}
"""What is named for its types only, under TYPE_CHECKING."""
SCRIPTS = {"shared": "", "call": "shared", "incident": "shared call", "map": "shared incident"}
"""The same for console/static; the pages' own modules may import all of them, and nobody imports those."""
PURE = {
    "console/cameras": "boxes",
    "console/live": "views",
    "dispatch": "board calldata commands decide inputs personal states",
    "dispatch/advice": "clock lookups",
    "dispatch/counterfactual": "compare period",
    "dispatch/drafting": "draft",
    "dispatch/events": "*",
    "dispatch/exchange": "alerts eido eido_in handover",
    "dispatch/fetching": "reasons",
    "dispatch/folds": "*",
    "dispatch/journal": "chain erasure parting refold replay subjects verification",
    "dispatch/policy": "*",
    "dispatch/policy/calls": "*",
    "dispatch/policy/incidents": "*",
    "dispatch/policy/places": "*",
    "dispatch/policy/queues": "*",
    "dispatch/records": "*",
    "dispatch/tracking": "fixes trackers",
    "routing": "*",
    "routing/ali": "cells civic pidflo_out sites",
    "routing/city": "boundary centres contacts demand queues records run_cards shifts tides turnout",
    "routing/network": "approach closures conditions directions drawn engines graph roads snapping streets travel "
    "turns",
    "routing/osm": "areas ground objects places streets tags",
    "routing/places": "*",
    "routing/recommendation": "*",
    "routing/tiles": "cutting layers",
    "routing/what_if": "*",
    "telephony": "digest",
    "telephony/lines": "dead_calls trunks",
    "telephony/messages": "*",
    "telephony/room": "sdp wire",
    "telephony/switch": "*",
}
"""What is pure in each folder: no clock, file, thread, network or randomness. *: all of it."""
IMPURE = {
    "twisted", "sqlalchemy", "redis", "pjsua2", "time", "random", "secrets", "os", "socket", "logging", "threading",
    "subprocess", "pathlib", "io", "uuid",
}  # fmt: skip


def imports_of(file: Path) -> set[str]:
    """Full names of what a module imports, also inside functions."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def modules() -> list[Path]:
    return [
        file
        for name in sorted(OURS)
        for file in sorted((ROOT / name).rglob("*.py"))
        if "node_modules" not in file.parts
    ]


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_go_left_only(file):
    package = file.relative_to(ROOT).parts[0]
    used = {name.split(".")[0] for name in imports_of(file)} & OURS
    assert used <= MAY[package] | {package}


def inside(package: str) -> list[Path]:
    return [file for file in modules() if file.relative_to(ROOT).parts[0] == package]


def dotted(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def place_of(module: str) -> tuple[str, str]:
    """The package and the row of USES that a module of ours belongs to; ("", "") for none of these."""
    package, _, inside = module.partition(".")
    if package not in USES or not inside:
        return "", ""
    parts = inside.split(".")
    path = ROOT.joinpath(package, *parts)
    folder = parts if path.is_dir() else parts[:-1]
    return package, "/".join(folder) or parts[0]


def named(node: ast.ImportFrom) -> list[str]:
    """The modules that an import names: `from dispatch.policy import calls` means dispatch.policy.calls."""
    at = ROOT.joinpath(*node.module.split("."))
    below = [one.name for one in node.names if (at / one.name).is_dir() or (at / f"{one.name}.py").is_file()]
    return [f"{node.module}.{name}" for name in below] + [node.module] * (len(below) < len(node.names))


def arrows(file: Path) -> set[tuple[str, str]]:
    """What a file of a package imports of its own package, as (its row, the other row) of USES."""
    package, here = place_of(dotted(file))
    there = [
        place_of(module)
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
        for module in named(node)
    ]
    return {(here, row) for other, row in there if other == package and row != here}


@pytest.mark.parametrize("package", USES)
def test_every_arrow_between_folders_is_drawn_and_runs_one_way(package):
    rows = list(USES[package])
    for row, uses in USES[package].items():
        assert set(uses.split()) <= set(rows[: rows.index(row)]), f"{row} comes before what it uses"
    drawn = {(row, used) for row, uses in USES[package].items() for used in uses.split()} | FOR_TYPES
    found = {(str(file.relative_to(ROOT)), *arrow) for file in inside(package) for arrow in arrows(file)}
    assert not {one for one in found if one[1:] not in drawn}


def test_no_folder_is_without_its_row():
    for package, rows in USES.items():
        assert {place_of(dotted(file))[1] for file in inside(package)} - {""} == set(rows)


def test_only_types_are_imported_against_the_arrows():
    for row, used in FOR_TYPES:
        for file in (ROOT / "dispatch" / row).glob("*.py"):
            tree = ast.parse(file.read_text("utf-8"))
            for node in tree.body:
                assert not (isinstance(node, ast.ImportFrom) and node.module == f"dispatch.{used}"), file


def test_scripts_import_one_way():
    static = ROOT / "console" / "static"
    assert {folder.name for folder in static.iterdir() if folder.is_dir()} == set(SCRIPTS)
    for file in static.rglob("*.mjs"):
        here = file.relative_to(static).parent.name
        for name in re.findall(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""", file.read_text("utf-8")):
            target = (file.parent / name).resolve()
            there = target.relative_to(static).parent.name
            assert target.is_file(), f"{file}: {name}"
            assert not here or there in {here, *SCRIPTS[here].split()}, f"{file}: {name}"


def pure() -> list[str]:
    return [
        f"{folder}/{file.name}"
        for folder, names in PURE.items()
        for file in sorted((ROOT / folder).glob("*.py"))
        if names == "*" or file.stem in names.split()
    ]


def test_every_name_that_is_called_pure_is_there():
    told = {f"{folder}/{name}.py" for folder, names in PURE.items() for name in names.split() if name != "*"}
    assert told <= set(pure())


@pytest.mark.parametrize("name", pure())
def test_the_pure_core_touches_nothing_outside(name):
    assert not {name.split(".")[0] for name in imports_of(ROOT / name)} & IMPURE


def test_pjsua2_is_imported_where_its_rules_are_known_and_nowhere_else():
    users = {str(file.relative_to(ROOT)) for file in modules() if "pjsua2" in imports_of(file)}
    assert users == {
        *(f"telephony/lines/{name}.py" for name in ("pjsetup", "pjsua", "line", "textline")),
        *(f"telephony/demo/{name}.py" for name in ("caller", "agency")),
    }


def test_no_file_is_longer_than_one_sitting():
    kinds = {".py", ".mjs", ".css", ".html"}
    folders = [*OURS, "tests", "bench", "deploy"]
    files = [
        f for name in folders for f in (ROOT / name).rglob("*") if f.suffix in kinds and "node_modules" not in f.parts
    ]
    long = {str(f.relative_to(ROOT)): n for f in files if (n := len(f.read_text("utf-8").splitlines())) > 450}
    assert not long


def test_the_top_level_is_what_the_readme_promises():
    there = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    made = {"var", "siaga112.egg-info", "build", "__pycache__"}
    assert there - made == {
        "dispatch", "telephony", "routing", "console", "migrations", "twistd.tac", "tests", "README.md",
        "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "Makefile", "pyproject.toml",
        "requirements.lock", "siaga.toml", "deploy", "bench", "docs",
    }  # fmt: skip


def test_the_switch_starts_without_the_libraries_of_maps_and_matrices():
    """They took half of the time from its start to its first answer."""
    told = "import sys, telephony.shell; print({'numpy', 'scipy', 'shapely', 'sqlalchemy'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", told], text=True, cwd=ROOT).strip() == "set()"
