"""Servers that several tests use, started once; and the order in which files are run."""

import pytest

from tests.servers import postgres_server, redis_server

_LONGEST_FIRST = ("scenarios", "telephony", "peers", "console", "bench")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`make test` runs several files at once, since most of them wait for real lines and pages: those that wait longest
    come first, or the run would end with one of them alone."""

    def turn(item: pytest.Item) -> int:
        folder = item.path.parent.name
        return _LONGEST_FIRST.index(folder) if folder in _LONGEST_FIRST else len(_LONGEST_FIRST)

    items.sort(key=turn)


@pytest.fixture(scope="session")
def redis():
    with redis_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres():
    with postgres_server() as server:
        yield server
