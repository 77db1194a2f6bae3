"""A program of a module's own, and a browser whose microphone hears a tone."""

from __future__ import annotations

import pytest

from tests.browser import AUTOPLAY, chromium
from tests.scenarios.instance import Instance, write_tone
from tests.scenarios.pages import TAKER_HZ


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    made = Instance(tmp_path_factory.mktemp("chain"))
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def browser(town):
    voice = write_tone(town.folder / "taker.wav", TAKER_HZ, 10.0, 48_000)
    with chromium(AUTOPLAY, voice=voice) as made:
        yield made
