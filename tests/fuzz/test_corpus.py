"""Every saved input, and a fixed number of changed ones, are read as they should be."""

from __future__ import annotations

from random import Random

import pytest

from tests.fuzz.corpus import saved
from tests.fuzz.mutate import mutated
from tests.fuzz.targets import TARGETS

CHANGED = 400


@pytest.mark.parametrize("target", TARGETS)
def test_saved_inputs_are_read(target):
    corpus = saved(target)
    assert len(corpus) >= 5
    for data in corpus.values():
        TARGETS[target](data)


@pytest.mark.parametrize("target", TARGETS)
def test_changed_inputs_are_read(target):
    seeds, random = list(saved(target).values()), Random(112)
    for _ in range(CHANGED):
        TARGETS[target](mutated(target, seeds, random))


@pytest.mark.parametrize("target", TARGETS)
def test_the_same_seed_makes_the_same_inputs(target):
    seeds = list(saved(target).values())
    one, other = ([mutated(target, seeds, random) for _ in range(20)] for random in (Random(7), Random(7)))
    assert one == other
