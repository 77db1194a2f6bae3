"""Servers that several tests use, started once; and the order in which files are run."""

import os
import shutil
from pathlib import Path

import pytest

import dispatch.catalogue  # noqa: F401  (so that errors of routing/ say themselves in words)
from tests.city import FOLDER
from tests.servers import postgres_server, redis_server

_LONGEST_FIRST = ("scenarios", "telephony", "peers", "console", "bench")
os.environ["LC_ALL"] = "C.UTF-8"  # what is printed is read in English


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fault-issue", type=int, help="only tests marked fault(issue, row) of this issue")
    parser.addoption("--fault-row", type=int, action="append", help="and of these rows")


def _only_faults(config: pytest.Config, items: list[pytest.Item]) -> None:
    """bench/before_after.py asks for the tests of one issue, and wants the row in the report."""
    issue, rows = config.getoption("--fault-issue"), config.getoption("--fault-row")
    kept = []
    for item in items:
        marks = [mark.args for mark in item.iter_markers("fault") if mark.args[0] == issue]
        if marks and (not rows or marks[0][1] in rows):
            item.user_properties.append(("row", marks[0][1]))
            kept.append(item)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`make test` runs several files at once, since most of them wait for real lines and pages: those that wait longest
    come first, or the run would end with one of them alone."""

    def turn(item: pytest.Item) -> int:
        folder = item.path.parent.name
        return _LONGEST_FIRST.index(folder) if folder in _LONGEST_FIRST else len(_LONGEST_FIRST)

    items.sort(key=turn)
    if config.getoption("--fault-issue") is not None:
        _only_faults(config, items)


@pytest.fixture(scope="session")
def redis():
    with redis_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres():
    with postgres_server() as server:
        yield server


@pytest.fixture
def copied(tmp_path):
    """A copy of the demo city's folder."""
    return Path(shutil.copytree(FOLDER, tmp_path / "city"))
