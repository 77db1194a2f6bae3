"""The master key is gone, and the whole centre starts without it: a real call is answered and recorded."""

from __future__ import annotations

from dispatch import events as ev
from dispatch.journal.master import FILE
from tests.scenarios.instance import Instance
from tests.servers import wait_until
from tests.texts import english


def test_a_centre_without_its_master_key_answers_and_records_and_reads_all_when_it_is_back(tmp_path):
    town = Instance(tmp_path, DEMO="false", ANNOUNCE_AFTER=0)
    key = town.data / FILE

    def called(number: str) -> None:
        caller = town.call("--seconds", "1", "--number", number, "--no-location")
        assert caller.wait(90) == 0, "the caller hears us"
        wait_until(lambda: len(town.events("CallEnded")) == len(town.events("CallReceived")) > 0, 30, "the call's end")

    def callers() -> list[str]:
        return [entry.event.caller for entry in town.entries() if isinstance(entry.event, ev.CallReceived)]

    try:
        town.start()
        called("081211110001")
        town.stop()
        key.rename(tmp_path / "safe")
        town.start()
        called("081211110002")
        alarm = town.api("dispatcher").board()["alarms"]["journal-keys"]
        assert "entries say of people cannot be opened" in english(alarm["text"])
        assert callers() == ["", "+6281211110002"]
        town.stop()
        (tmp_path / "safe").rename(key)
        town.start()
        assert callers() == ["+6281211110001", "+6281211110002"] and town.siaga("verify").returncode == 0
        assert "journal-keys" not in town.api("dispatcher").board()["alarms"]
    finally:
        town.stop()
