"""What a newcomer meets first: scripts, lock files, Makefile and service files are whole and explain themselves."""

from __future__ import annotations

import configparser
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SCRIPTS = sorted([*DEPLOY.rglob("*.sh"), ROOT / ".ci" / "run"])
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
NEEDED_BY_SETUP = "bash cat cut sha256sum dirname mktemp tail rm grep paste env mkdir tee chmod".split()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of what deploy/setup.sh reads, so that no stamp of the real work tree plays a part."""
    for name in ("requirements.lock", "pyproject.toml", "deploy/setup.sh", "deploy/debian-packages.txt"):
        (tmp_path / "clone" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "clone" / name)
    return tmp_path / "clone"


def path_with(folder: Path, **commands: str) -> str:
    """A PATH of one folder: the few commands the script is written in, and stand-ins given as shell lines."""
    folder.mkdir()
    for name in NEEDED_BY_SETUP:
        os.symlink(shutil.which(name), folder / name)
    for name, body in commands.items():
        script = folder / name.replace("_", "-")
        script.write_text(f"#!/bin/bash\n{body}\n")
        script.chmod(0o755)
    return str(folder)


def set_up(clone: Path, path: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", str(clone / "deploy" / "setup.sh")],
        env={"PATH": path, "HOME": str(clone), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_parses_and_can_be_started(script: Path):
    checked = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in script.read_text()


def test_without_root_and_sudo_the_missing_packages_are_named(clone: Path, tmp_path: Path):
    path = path_with(tmp_path / "bin", dpkg_query="exit 1", apt_get="exit 1", id="echo 1000")
    run = set_up(clone, path)
    assert run.returncode == 1
    assert "no sudo" in run.stderr
    command = re.search(r"apt-get install --no-install-recommends (.*)", run.stderr)
    assert {"swig", "ffmpeg", "chromium", "sip-tester", "npm"} <= set(command[1].split())


def test_without_apt_the_way_round_it_is_told(clone: Path, tmp_path: Path):
    run = set_up(clone, path_with(tmp_path / "bin", dpkg_query="exit 1"))
    assert run.returncode == 1
    assert "apt-get is not here" in run.stderr
    assert "SIAGA_SKIP_APT=1" in run.stderr


def test_on_another_linux_the_list_of_packages_is_pointed_to(clone: Path, tmp_path: Path):
    run = set_up(clone, path_with(tmp_path / "bin"))
    assert run.returncode == 1
    assert "deploy/debian-packages.txt" in run.stderr


def test_missing_packages_are_installed_without_starting_services(clone: Path, tmp_path: Path):
    """sudo only writes down what it was asked for, so nothing of this machine changes."""
    asked = tmp_path / "asked"
    path = path_with(
        tmp_path / "bin",
        dpkg_query='[ "${@: -1}" != swig ] && printf installed',
        apt_get="exit 1",
        id="echo 1000",
        sudo=f'echo "$*" >> {asked}',
        python3="exit 1",
    )
    run = set_up(clone, path)
    assert "installing swig" in run.stdout
    lines = [line for line in asked.read_text().splitlines() if "policy-rc.d" not in line]
    assert lines == [
        "apt-get update",
        "env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends swig",
    ]
    assert "no Python 3.11 or newer" in run.stderr, "the next step is reached"


def test_npm_that_is_already_there_is_left_alone(clone: Path, tmp_path: Path):
    path = path_with(tmp_path / "bin", dpkg_query="exit 1", apt_get="exit 1", id="echo 1000", npm="exit 0")
    named = set_up(clone, path).stderr.split("--no-install-recommends ")[1].splitlines()[0].split()
    assert "npm" not in named and "nodejs" not in named


def test_an_old_python_is_refused_by_name(clone: Path, tmp_path: Path):
    path = path_with(tmp_path / "bin", python3="exit 1")
    run = set_up(clone, path, SIAGA_SKIP_APT="1")
    assert run.returncode == 1
    assert "no Python 3.11 or newer" in run.stderr
    run = set_up(clone, path, SIAGA_SKIP_APT="1", PYTHON="/nowhere/python3.9")
    assert "/nowhere/python3.9" in run.stderr


def test_when_pip_fails_its_words_are_shown_and_the_step_is_tried_again(clone: Path, tmp_path: Path):
    """The environment's python is a stand-in that is new enough and whose pip always fails."""
    stand_in = 'if [ "$1" = -m ]; then echo "no route to the package index" >&2; exit 1; fi; exit 0'
    python = clone / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/bash\n{stand_in}\n")
    python.chmod(0o755)
    path = path_with(tmp_path / "bin")
    for _ in range(2):
        run = set_up(clone, path, SIAGA_SKIP_APT="1")
        assert run.returncode == 1
        assert "no route to the package index" in run.stderr
        assert "network or a proxy" in run.stderr


def test_every_python_package_is_pinned_with_the_digests_of_its_files_and_none_by_a_path():
    lines = [line for line in (ROOT / "requirements.lock").read_text().splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace(" \\\n   ", "")
    pinned = joined.splitlines()
    assert len(pinned) > 30
    for line in pinned:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9._!+-]+( --hash=sha256:[0-9a-f]{64})+", line), line


def test_the_lock_holds_everything_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    locked = {line.split("==")[0].lower() for line in (ROOT / "requirements.lock").read_text().splitlines()}
    for requirement in asked:
        assert re.split(r"[\[<>=]", requirement)[0].lower() in locked, requirement


def test_browser_packages_are_pinned_and_name_no_registry():
    package = json.loads((ROOT / "console" / "package.json").read_text())
    lock_text = (ROOT / "console" / "package-lock.json").read_text()
    packages = json.loads(lock_text)["packages"]
    for name, version in {**package["dependencies"], **package["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert packages[f"node_modules/{name}"]["version"] == version
        assert packages[f"node_modules/{name}"]["integrity"].startswith("sha512-")
    assert '"resolved"' not in lock_text


def test_every_make_target_says_what_it_is_for():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile, re.M))
    assert {"help", "run", "test", "bench", "call", "clean", "lint", "coverage", "schemathesis", "setup"} == targets
    shown = subprocess.run(["make", "-s", "-C", str(ROOT)], capture_output=True, text=True, check=True).stdout
    for target in targets:
        assert re.search(rf"^  make {target}\s+\w+", shown, re.M), f"make {target} has no help line"


def read_unit(path: Path) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(path)
    return unit


def test_switch_and_room_are_siblings():
    assert [path.name for path in UNITS] == ["siaga-room.service", "siaga-switch.service"]
    for path in UNITS:
        unit = read_unit(path)
        for tie in ("Requires", "Requisite", "BindsTo", "PartOf", "Upholds"):
            assert tie not in unit["Unit"]
        assert unit["Service"]["Restart"] == "always"
        assert unit["Unit"]["StartLimitIntervalSec"] == "0", "systemd would give up after five quick failures"


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_something_that_exists(path: Path):
    command = read_unit(path)["Service"]["ExecStart"].split()
    program = Path(command[0])
    assert program.parent == Path("/opt/siaga112/.venv/bin")
    assert (Path(sys.prefix) / "bin" / program.name).exists()
    if "-m" in command:
        assert importlib.util.find_spec(command[command.index("-m") + 1] + ".__main__")
    else:
        assert (ROOT / command[command.index("-y") + 1]).is_file()


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_itself_accepts_the_unit(path: Path, tmp_path: Path):
    """With /opt/siaga112 replaced by this tree, systemd finds nothing to complain about."""
    text = path.read_text()
    for section in ("[Unit]", "[Service]", "[Install]"):
        assert section in text
    analyze = shutil.which("systemd-analyze")
    if analyze:
        tree, environment = tmp_path / "tree", tmp_path / "environment"  # links: a unit has no blanks in its paths
        tree.symlink_to(ROOT)
        environment.symlink_to(sys.prefix)
        there = text.replace("/opt/siaga112/.venv", str(environment)).replace("/opt/siaga112", str(tree))
        (tmp_path / path.name).write_text(there)
        checked = subprocess.run([analyze, "verify", str(tmp_path / path.name)], capture_output=True, text=True)
        complaints = [line for line in checked.stderr.splitlines() if path.name in line]
        assert not complaints


@pytest.mark.parametrize("name", ["operations.md", "taking-into-service.md"])
def test_settings_and_own_files_named_in_the_manuals_exist(name: str):
    """A manual that names a setting or a neighbouring file which is gone misleads somebody at night."""
    text = (ROOT / "docs" / name).read_text()
    settings = tomllib.loads((ROOT / "siaga.toml").read_text())
    for block in re.findall(r"```toml\n(.*?)```", text, re.S):
        for key, value in tomllib.loads(block).items():
            assert key in settings
            assert not isinstance(value, dict) or set(value) <= set(settings[key]), key
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (ROOT / "docs" / target).exists(), target


def test_before_a_commit_lint_is_run_and_nothing_else():
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert re.findall(r"^ +(?:- repo|entry|language): (.+)$", hooks, re.M) == ["local", "make lint", "system"]
