"""A program with tokens does all that people do, on PostgreSQL and Redis: a phone for audio, the API for the rest."""

from __future__ import annotations

import json
import re
import time
import urllib.request

import pytest

from dispatch.tracking.bus import RedisBus
from tests.scenarios.instance import Instance, Refused, samples_of, share_of_tone, write_tone
from tests.servers import end, wait_until
from tests.texts import english


@pytest.fixture(scope="module")
def town(tmp_path_factory, postgres, redis):
    folder = tmp_path_factory.mktemp("program")
    made = Instance(folder, DATABASE=postgres.database("program"), REDIS=redis.url, ACKNOWLEDGE_WITHIN=2)
    made.start()
    yield made
    made.stop()


def test_sign_on_answer_dispatch_acknowledge_replay(town):
    desk, crew = town.api("call-taker"), None
    town.siaga("user", "add", "call-taker-", "--role", "call-taker", "--password-stdin", given="benar-sekali\n")
    desk.command("SignOn", position="P7", media="phone")
    phone = desk.ask("POST", "/api/v1/phone", {})
    tone = write_tone(town.folder / "phone.wav", 1000.0, 30.0)
    words = ["--dial", phone["sip"], "--user", phone["user"], "--password", phone["password"], "--no-location"]
    headset = town.call(*words, "--sound", str(tone), "--seconds", "90")
    wait_until(lambda: desk.board()["positions"]["P7"]["leg"], what="the phone's audio")

    hears = town.folder / "hears.wav"
    voice = write_tone(town.folder / "caller.wav", 440.0, 30.0)
    caller = town.call("--lat", "0.9230", "--lon", "104.4516", "--sound", str(voice), "--record", str(hears))
    call = wait_until(lambda: [c["id"] for c in desk.board()["calls"].values() if c["locations"]], what="the call")[0]
    desk.command("AnswerCall", call=call, position="P7")
    wait_until(lambda: desk.board()["calls"][call]["state"] == "talking", what="both to talk")

    desk.command("OpenIncident", type="fire-building", call=call, note="asap dari atap")
    (incident,) = desk.board()["incidents"].values()
    first, second = [one["unit"] for one in incident["candidates"] if one["suggested"]][:2]
    worst = [one["unit"] for one in incident["candidates"] if not one["suggested"]][-1]
    with pytest.raises(Refused, match="write down why"):
        desk.command("AssignUnit", incident=incident["id"], unit=worst)
    desk.command("AssignUnit", incident=incident["id"], unit=first)
    desk.command("AssignUnit", incident=incident["id"], unit=second)

    crew = town.api("responder", first)
    (job,) = crew.board()["assignments"].values()
    crew.command("Acknowledge", assignment=job["id"])
    crew.ask("POST", "/api/v1/fixes", [{"unit": first, "lat": 0.924, "lon": 104.452, "at": time.time()}])
    for progress in ("en_route", "on_scene", "clear"):
        crew.command("ReportProgress", assignment=job["id"], progress=progress)
    # The second unit says nothing: the dispatcher is told, and the next one is proposed.
    alarm = wait_until(
        lambda: [a for a in desk.board()["alarms"].values() if second in english(a["text"])], what="the alarm"
    )
    assert "Next proposal" in english(alarm[0]["text"])

    desk.command("HangUp", call=call)
    caller.wait(20)
    desk.command("DisposeCall", call=call, disposition="emergency")
    end(headset)
    heard, rate = samples_of(hears)
    assert share_of_tone(heard[-2 * rate :], rate, 1000.0) > 0.8

    auditor = town.api("auditor")
    rows = auditor.get("/api/v1/calls")
    assert rows[0]["call"] == call and rows[0]["disposition"] == "emergency"
    assert auditor.get("/api/v1/verify")["intact"]
    assert town.siaga("verify").returncode == 0


def test_entries_and_fixes_are_in_redis_for_other_nodes(town, redis):
    bus = RedisBus(redis.url)
    seq = town.api("dispatcher").get("/api/v1/board")["seq"]
    wait_until(lambda: (bus.read(seq - 1) or [None])[0], what="the newest entry in Redis")
    town.api("tracker").ask("POST", "/api/v1/fixes?lat=0.93&lon=104.44&id=POL-01")
    wait_until(lambda: "POL-01" in bus.near(0.93, 104.44, 3000.0), what="the fix in Redis")
    bus.close()


def test_a_phone_is_added_speaks_for_its_unit_and_is_removed(town):
    secret = re.search(r"identifier +(\S+)", town.siaga("device", "add", "POL-02", "--name", "phone 2").stdout)[1]
    # Where the demo's crew is by now: a phone that is somewhere else at once is doubted first.
    there = town.api("dispatcher").get("/api/v1/board")["fixes"].get("POL-02", {"lat": 0.93, "lon": 104.44})
    place = {"coords": {"latitude": there["lat"], "longitude": there["lon"]}}
    body = json.dumps({"location": place, "device_id": secret}).encode()
    with urllib.request.urlopen(f"{town.url}/api/v1/fixes", body, timeout=10) as answer:
        assert json.load(answer) == {"kept": 1, "ignored": []}
    fix = wait_until(lambda: town.api("dispatcher").get("/api/v1/board")["fixes"].get("POL-02"), what="the phone")
    assert fix["device"] == "phone 2"
    assert "phone 2" in town.siaga("device", "list").stdout
    assert "within seconds" in town.siaga("device", "remove", "phone 2").stdout
    assert "phone 2" not in town.siaga("device", "list").stdout
    assert "did you mean POL-02" in town.siaga("device", "add", "POL-2").stderr


def test_what_each_token_may_not_do_is_refused(town):
    for role, what in (("auditor", "SignOn"), ("responder", "SignOn"), ("tracker", "SignOn")):
        with pytest.raises(Refused) as refused:
            town.api(role, "POL-01" if role == "responder" else "").command(what, position="P9")
        assert refused.value.args[0] == 403
    with pytest.raises(Refused) as refused:
        town.api("call-taker").get("/api/v1/journal")
    assert refused.value.args[0] == 403
