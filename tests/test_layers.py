"""The arrows between the packages, and the purity of the core, as ARCHITECTURE.md draws them."""

from __future__ import annotations

import ast
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
PURE = [
    *(
        str(file.relative_to(ROOT))
        for folder in ("events", "folds", "policy", "records")
        for file in sorted((ROOT / "dispatch" / folder).rglob("*.py"))
    ),
    "console/cameras/boxes.py",
    "dispatch/board.py",
    "dispatch/calldata.py",
    "dispatch/exchange/carried.py",
    "dispatch/exchange/eido.py",
    "dispatch/exchange/eido_in.py",
    "dispatch/tracking/fixes.py",
    "dispatch/tracking/trackers.py",
    "dispatch/commands.py",
    "dispatch/counterfactual/compare.py",
    "dispatch/decide.py",
    "dispatch/inputs.py",
    "dispatch/journal/chain.py",
    "dispatch/advice/lookups.py",
    "dispatch/counterfactual/period.py",
    "dispatch/journal/refold.py",
    "dispatch/journal/replay.py",
    "dispatch/policy/queues/shield.py",
    "dispatch/policy/queues/statistics.py",
    "dispatch/policy/places/whereabouts.py",
    "routing/network/approach.py",
    "routing/recommendation/arrivals.py",
    "routing/city/boundary.py",
    "routing/ali/cells.py",
    "routing/city/centres.py",
    "routing/ali/civic.py",
    "routing/network/closures.py",
    "routing/network/conditions.py",
    "routing/city/contacts.py",
    "routing/network/engines.py",
    "routing/network/graph.py",
    "routing/recommendation/coverage.py",
    "routing/recommendation/covered.py",
    "routing/places/crossings.py",
    "routing/what_if/fleet.py",
    "routing/places/gazetteer.py",
    "routing/recommendation/hindrances.py",
    "routing/location.py",
    "routing/places/names.py",
    "routing/recommendation/nearest.py",
    "routing/numbers.py",
    "routing/places/pasted.py",
    "routing/ali/pidflo_out.py",
    "routing/places/pluscode.py",
    "routing/what_if/policies.py",
    "routing/places/posts.py",
    "routing/city/queues.py",
    "routing/city/shifts.py",
    "routing/recommendation/units.py",
    "routing/osm/areas.py",
    "routing/osm/ground.py",
    "routing/osm/objects.py",
    "routing/osm/places.py",
    "routing/osm/streets.py",
    "routing/osm/tags.py",
    "routing/city/run_cards.py",
    "routing/network/roads.py",
    "routing/ali/sites.py",
    "routing/network/snapping.py",
    "routing/tiles/cutting.py",
    "routing/tiles/layers.py",
    "routing/network/streets.py",
    "routing/city/tides.py",
    "routing/network/travel.py",
    "routing/what_if/trips.py",
    "routing/network/turns.py",
    "telephony/switch/about.py",
    "telephony/switch/actions.py",
    "telephony/messages/additional.py",
    "telephony/messages/aml.py",
    "telephony/switch/announcements.py",
    "telephony/switch/bridge.py",
    "telephony/digest.py",
    "telephony/messages/ecall.py",
    "telephony/switch/flows.py",
    "telephony/switch/hearing.py",
    "telephony/messages/held.py",
    "telephony/messages/msd_module.py",
    "telephony/messages/offer.py",
    "telephony/switch/orders.py",
    "telephony/messages/parts.py",
    "telephony/messages/pidflo.py",
    "telephony/room/sdp.py",
    "telephony/messages/shapes.py",
    "telephony/messages/sip.py",
    "telephony/switch/standing.py",
    "telephony/switch/legs.py",
    "telephony/switch/t140.py",
    "telephony/switch/texting.py",
    "telephony/lines/trunks.py",
    "telephony/switch/vehicle.py",
    "telephony/lines/vigil.py",
    "telephony/room/wire.py",
    "telephony/messages/xmlbody.py",
]
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


@pytest.mark.parametrize("name", PURE)
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
        "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE", "Makefile", "pyproject.toml", "requirements.lock", "siaga.toml",
        "deploy", "bench", "docs",
    }  # fmt: skip
