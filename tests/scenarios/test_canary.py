"""The canary for real: out of the switch, back into it, its tone measured in both recordings, and an alarm without."""

from __future__ import annotations

from dispatch.process.canary_tone import share_of_tone
from tests.scenarios.instance import Instance, write_tone
from tests.servers import free_port, wait_until
from tests.texts import english


def test_a_canary_rings_is_recorded_and_comes_back(tmp_path):
    centre = Instance(tmp_path, DEMO=False, TEST_NUMBERS="900", CANARY_EVERY=0)
    centre.env["SIAGA_CANARY"] = f"sip:900@{centre.sip};transport=tcp"
    try:
        centre.start()
        centre.api("supervisor").command("RunCanary")
        (passed,) = wait_until(lambda: centre.events("CanaryPassed"), 60, "the canary to come back")
        told = {kind: centre.events(kind) for kind in ("CanaryRang", "CanaryCame", "CanaryHeard", "CallReceived")}
        assert told["CanaryRang"] and told["CallReceived"][0]["test"] is True
        assert {e["way"]: e["heard"] for e in told["CanaryHeard"]} == {"out": True, "back": True}
        assert told["CanaryCame"][0]["canary"] == passed["canary"]
        alarms = {event["alarm"] for event in centre.events("AlarmRaised")}
        assert not centre.events("CallOffered") and alarms <= {"demo-files"}, "its city is still the sketch"
    finally:
        centre.stop()


def test_a_dead_trunk_is_an_alarm(tmp_path):
    centre = Instance(tmp_path, DEMO=False, CANARY=f"sip:900@127.0.0.1:{free_port()};transport=tcp", CANARY_EVERY=0)
    try:
        centre.start()
        centre.api("admin").command("RunCanary")
        (failed,) = wait_until(lambda: centre.events("CanaryFailed"), 70, "the canary to be given up")
        assert "did not ring" in english(failed["text"])
        assert "canary" in centre.api("supervisor").board()["alarms"]
    finally:
        centre.stop()


def test_the_tone_is_told_from_other_sounds(tmp_path):
    assert share_of_tone(write_tone(tmp_path / "tone.wav", 1004, 2.0, 8000)) > 0.95
    assert share_of_tone(write_tone(tmp_path / "other.wav", 700, 2.0, 8000)) < 0.05
    (tmp_path / "empty.wav").write_bytes(b"")
    assert share_of_tone(tmp_path / "empty.wav") == 0.0
