"""A command has an identity: sent again under its key it is done once and answered as it was."""

from __future__ import annotations

import threading

import pytest

from console.api import board
from dispatch import events as ev
from tests.texts import english

pytestmark = pytest.mark.fault(11, 9)


def keyed(desk, key: str, user: str = "ana", **fields):
    asked = {"command": "OpenIncident", "type": "medical"} | fields
    return desk.post("/api/v1/commands", user, asked, Idempotency_Key=key)


def opened(desk, address: str) -> list[ev.IncidentOpened]:
    return [one for one in desk.events(ev.IncidentOpened) if one.address == address]


def test_a_command_repeated_under_its_key_is_done_once_and_answered_alike(desk, record_property):
    first, again = (keyed(desk, "twice-0001", address="Tugu") for _ in range(2))
    record_property("figure", f"{len(opened(desk, 'Tugu'))} incidents of one command sent twice")
    assert first.status == again.status == 200 and first.json == again.json
    assert len(opened(desk, "Tugu")) == 1


def test_a_key_belongs_to_who_gave_it_and_to_what_was_asked(desk):
    assert keyed(desk, "mine-00001", address="A").status == 200
    assert keyed(desk, "mine-00001", "dina", address="A").status == 200, "another's key is another's"
    other = keyed(desk, "mine-00001", address="B")
    assert other.status == 422 and "new key" in english(other)
    assert len(opened(desk, "A")) == 2 and not opened(desk, "B")
    assert keyed(desk, "short").status == keyed(desk, "has a blank").status == 400


def test_what_was_refused_did_nothing_and_is_corrected_under_the_same_key(desk):
    assert keyed(desk, "refused-01", type="nonsense", address="C").status == 409
    assert [keyed(desk, "refused-01", address="C").status for _ in range(2)] == [200, 200]
    assert len(opened(desk, "C")) == 1


def test_without_a_key_every_command_is_one_of_its_own(desk):
    for _ in range(2):
        desk.post("/api/v1/commands", "ana", {"command": "OpenIncident", "type": "medical", "address": "Dua"})
    assert len(opened(desk, "Dua")) == 2


def test_what_nobody_could_promise_is_asked_again_and_done_once(desk, monkeypatch, record_property):
    monkeypatch.setattr(board, "_WRITTEN_WITHIN", 0.3)
    hung, write = threading.Event(), desk.journal.append
    monkeypatch.setattr(desk.journal, "append", lambda entries: (hung.wait(20), write(entries)))
    first = keyed(desk, "hung-00001", address="Pasar")  # the disk hangs, so nobody knows
    second = keyed(desk, "hung-00001", address="Pasar")
    hung.set()
    third = keyed(desk, "hung-00001", address="Pasar")
    found = opened(desk, "Pasar")
    record_property("figure", f"{len(found)} incidents of one command asked three times while the disk hung")
    assert (first.status, second.status, third.status) == (503, 503, 200)
    assert len(found) == 1
    assert "same key" in english(first)
