"""What docs/api.md says is tried as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys

from dispatch.settings import ROOT
from tests.console.test_access import CLOSED, ROUTES

GUIDE = (ROOT / "docs" / "api.md").read_text("utf-8")


def test_the_guides_proof_of_the_journal_agrees_and_finds_a_changed_byte(desk):
    script = re.search(r"```python\n(.*?)```", GUIDE, re.S)[1]
    lines = desk.get("/api/v1/journal?limit=10000", "audi").body
    line = [sys.executable, "-c", script]
    good = subprocess.run(line, input=lines, capture_output=True)
    assert good.returncode == 0 and desk.get("/api/v1/verify", "audi").json["intact"], good.stderr
    bad = subprocess.run(line, input=lines.replace(b"AMB-02", b"AMB-03", 1), capture_output=True)
    assert bad.returncode != 0 and b"was changed" in bad.stderr


def test_the_guide_names_only_addresses_that_there_are(desk):
    described = desk.get("/openapi.json").json["paths"]
    for path in set(re.findall(r"/api/v1/[a-z]+", GUIDE)):
        assert any(known.startswith(path) for known in described), path


def test_openapi_describes_every_route_with_its_roles_and_bodies(desk):
    described = desk.get("/openapi.json").json
    assert described["openapi"].startswith("3.1")
    for route in ROUTES:
        said = described["paths"][route.path][route.method.lower()]
        assert said["summary"] and ("security" in said) == (route in CLOSED), route.path
        named = {one["name"] for one in said.get("parameters", ())}
        assert set(re.findall(r"\{(\w+)\}", route.path)) <= named
    schemas = described["components"]["schemas"]
    assert {"AnswerCall", "CallReceived", "Incident", "SignIn"} <= set(schemas)
    for name in re.findall(r'"#/components/schemas/([^"]+)"', desk.get("/openapi.json").body.decode()):
        assert name in schemas
