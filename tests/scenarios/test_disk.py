"""The whole centre starts on a disk that is full or read-only: people sign in and see why, calls are answered, and
what happened is in the journal when the disk is back."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest

from dispatch.access.accounts import Accounts
from dispatch.journal.sql import open_engine
from migrations import migrate
from tests.disks import disk
from tests.scenarios.instance import Instance
from tests.servers import wait_until
from tests.texts import english

PASSWORD = "benar-sekali"


class Browser:
    """Signs in and reads, as a page does."""

    def __init__(self, url: str) -> None:
        self._url, self._cookie = url, ""

    def ask(self, path: str, body: dict | None = None) -> tuple[int, dict]:
        request = urllib.request.Request(self._url + path, json.dumps(body).encode() if body else None)
        request.add_header("Content-Type", "application/json")
        request.add_header("Cookie", self._cookie)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                self._cookie = (answer.getheader("Set-Cookie") or self._cookie).split(";")[0]
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as wrong:
            return wrong.code, {}


@pytest.mark.fault(11, 17)
@pytest.mark.parametrize("how", ["full", "read-only"])
def test_the_centre_starts_on_a_disk_that_cannot_be_written_and_goes_on_when_it_can(tmp_path, record_property, how):
    with disk(tmp_path / "disk", 16) as place:
        town = Instance(tmp_path, DATA=place.folder, DEMO="false", ANNOUNCE_AFTER=0)
        engine = open_engine(f"sqlite:///{place.folder}/journal.db")
        migrate(engine)
        Accounts(engine).set_password("ana", PASSWORD, "dispatcher")
        engine.dispose()
        place.fill() if how == "full" else place.read_only()
        answered, signed_in = False, 0
        try:
            town.launch()
            page = Browser(town.url)
            try:
                wait_until(lambda: page.ask("/healthz")[0] == 200, 120, "the room to answer")
                signed_in, _ = page.ask("/api/v1/session", {"user": "ana", "password": PASSWORD})
            except AssertionError:
                pass
            caller = town.call("--seconds", "1", "--number", "081211112222", "--no-location")
            answered = caller.wait(90) == 0
            record_property(
                "figure", f"call {'answered' if answered else 'not answered'}, sign-in {signed_in or 'no answer'}"
            )
            assert answered and signed_in == 200
            status, board = page.ask("/api/v1/board")
            assert status == 200 and "cannot be written" in english(board["journal"])
            assert not page.ask("/healthz")[1]["ok"]
            place.empty() if how == "full" else place.read_only(False)
            wait_until(town.healthy, 30, "the room to write")
            wait_until(lambda: page.ask("/api/v1/board")[1]["board"]["calls"], 20, "the call on the board")
            assert page.ask("/api/v1/session")[0] == 200, "who signed in meanwhile stays signed in"
        finally:
            town.stop()
        kinds = [type(entry.event).__name__ for entry in town.entries_at(place.folder)]
        assert kinds.count("CallReceived") == kinds.count("CallEnded") == 1 and "UserSignedIn" in kinds
        done = town.siaga("verify")
        assert done.returncode == 0, done.stdout
