"""console/types/api.d.ts: pages are checked against what the API really answers, and a misspelt field is noticed."""

from __future__ import annotations

import runpy
import subprocess

import pytest

from dispatch.settings import ROOT

SCRIPT = runpy.run_path(str(ROOT / "deploy" / "api_types.py"))
CONSOLE = ROOT / "console"
PAGE = """\
import { command, get, post } from "./shared/api.mjs";
import { feed } from "./shared/store.mjs";

export async function told() {
  const city = await get("/api/v1/city");
  const story = await get(`/api/v1/calls/${encodeURIComponent("C-1")}`);
  const known = await get(`/api/v1/calls/${encodeURIComponent("C-1")}/locations`);
  await command("AddNote", { incident: "K-1", text: "x" });
  const { draft } = await post("/api/v1/drafts/restore?id=1", {});
  return [city.queues, story.steps.length, known.observations, draft.rev, feed.board.calls["C-1"].received];
}
"""


def test_the_types_are_made_from_what_the_api_describes(desk):
    assert SCRIPT["document"]() == desk.get("/openapi.json").json
    assert SCRIPT["FILE"].read_text("utf-8") == SCRIPT["written"](SCRIPT["document"]()), "run deploy/api_types.py"


def test_what_is_sent_is_whole_and_what_is_given_may_leave_out_defaults():
    refers = {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}
    number = {"anyOf": [{"type": "integer"}, {"type": "null"}], "default": None}
    schemas = {
        "A": {
            "type": "object", "required": ["id", "b"],
            "properties": {"id": {"type": "string"}, "b": {"$ref": "#/components/schemas/B"}, "n": number},
        },
        "B": {
            "type": "object", "required": [], "x-leaves-out-defaults": True,
            "properties": {"at": {"type": "number", "default": 0}},
        },
    }  # fmt: skip
    route = {"requestBody": {"content": refers}, "responses": {"200": {"content": refers}}}
    said = SCRIPT["written"]({"paths": {"/a": {"post": route}}, "components": {"schemas": schemas}})
    assert "interface A {\n    id: string;\n    b: B;\n    n: number | null;\n  }" in said
    assert "interface GivenA {\n    id: string;\n    b: B;\n    n?: number | null;\n  }" in said
    assert "interface B {\n    at?: number;\n  }" in said
    assert '"POST /a": A;' in said and '"POST /a": GivenA;' in said


@pytest.fixture
def checked(tmp_path):
    """What tsc says of a page with this text, beside the others."""

    def check(text: str) -> str:
        scratch = tmp_path / "console"
        if not scratch.exists():
            scratch.mkdir()
            for name in ("node_modules", "types", "tsconfig.json"):
                (scratch / name).symlink_to(CONSOLE / name)
            (scratch / "static").mkdir()
            for one in (CONSOLE / "static").iterdir():
                (scratch / "static" / one.name).symlink_to(one)
        (scratch / "static" / "page.mjs").write_text(text, "utf-8")
        tsc = ["node_modules/.bin/tsc", "--preserveSymlinks", "-p", "."]
        return subprocess.run(tsc, cwd=scratch, capture_output=True, text=True, check=False).stdout

    return check


def test_a_field_a_command_or_a_path_that_there_is_not_is_noticed(checked):
    assert checked(PAGE) == ""
    for right, wrong, noticed in (
        ("city.queues", "city.queuez", "Property 'queuez' does not exist on type 'CityNow'"),
        ("story.steps", "story.stepz", "Property 'stepz' does not exist on type 'CallNow'"),
        ("known.observations", "known.steps", "Property 'steps' does not exist on type 'Known'"),
        ('text: "x"', 'txet: "x"', "'txet' does not exist in type"),
        ('"AddNote"', '"AddNotes"', "'\"AddNotes\"' is not assignable"),
        ("draft.rev", "draft.rew", "Property 'rew' does not exist on type 'Draft'"),
        ("/api/v1/city", "/api/v1/cty", "Expected 2 arguments"),
        ('["C-1"].received', '["C-1"].recieved', "Property 'recieved' does not exist on type 'Call'"),
    ):
        assert noticed in checked(PAGE.replace(right, wrong)), wrong
