"""Queues with nothing replaced: real telephones outside are dialled when nobody is there, callers hear their place, and
a call from the island rings at whoever knows the sea."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from dispatch.settings import ROOT
from tests.scenarios.instance import Instance, samples_of, share_of_tone, write_tone
from tests.scenarios.pages import signed_in
from tests.scenarios.test_handling import DESK
from tests.servers import end, free_port, wait_until

CALLER_HZ = 440.0
QUEUES = """
[[queue]]
id = "island"
name_id = "Pulau Penyengat"
name_en = "The island"
boundaries = ["Penyengat"]
skills = ["sea"]
skills_after = 60

[[queue]]
id = "112"
name_id = "Darurat"
name_en = "Emergency"
phones = [{phones}]
phones_after = 2
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("queues")
    port, sound = free_port(), free_port()
    line = ["sipp", "-sn", "uas", "-rtp_echo", "-i", "127.0.0.1", "-mi", "127.0.0.1"]
    line += ["-p", str(port), "-mp", str(sound), "-nostdin"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    echo = subprocess.Popen(line, cwd=folder, **quiet)
    city = shutil.copytree(ROOT / "deploy/city/tanjungpinang", folder / "city")
    made = Instance(folder, CITY=city, ANNOUNCE_AFTER=1, ANNOUNCE_EVERY=2)
    phones = f'"sip:pln@{made.agencies}", "sip:guard@127.0.0.1:{port}"'  # the first one is always busy
    (city / "queues.toml").write_text(QUEUES.format(phones=phones))
    made.start()
    yield made
    made.stop()
    end(echo)


def about(town: Instance, kind: str, call: str) -> list[dict]:
    return [event for event in town.events(kind) if event.get("call") == call]


def test_when_nobody_is_there_a_telephone_outside_is_dialled_and_the_next_caller_hears_their_place(town):
    voice, hears = write_tone(town.folder / "voice.wav", CALLER_HZ), town.folder / "hears.wav"
    words = ("--number", "08127777777", "--sound", str(voice), "--record", str(hears), "--seconds", "90")
    first = town.call(*words)
    wait_until(lambda: town.events("CallTransferred"), 30, "the telephone outside to answer")
    (moved,) = town.events("CallTransferred")
    assert moved["by"] == "system"
    dialled = [event["uri"].rpartition(":")[2] for event in about(town, "PartyDialled", moved["call"])]
    assert len(dialled) == 2 and len(set(dialled)) == 2, "the first one is busy"
    second = town.call("--number", "08128888888", "--seconds", "90", "--no-location")
    told = wait_until(lambda: [e for e in town.events("PlacesTold") if e.get("calls")], 30, "a caller to be told")
    name, place = told[0]["calls"][0]
    assert place == 1 and name != moved["call"]
    plays = [e for e in about(town, "OrderIssued", name) if e["do"] == "play"]
    assert plays[0]["sounds"] == ["queue_position", "number_1", "please_wait"]
    wait_until(lambda: len(town.events("OrderDone")) >= 4, what="the switch to have played it")
    end(first)
    wait_until(
        lambda: [e for e in town.events("CallTransferred") if e["call"] == name], 40, "the next one to be put through"
    )
    end(second)
    wait_until(lambda: len(town.events("CallEnded")) == 2, what="both calls to end")
    assert town.events("CallbackOwed") == [] and town.api("supervisor").board()["alarms"] == {}
    sound, rate = samples_of(hears)
    assert share_of_tone(sound[-2 * rate :], rate, CALLER_HZ) > 0.5, "the telephone repeats what it hears"


def test_a_call_from_the_island_rings_at_whoever_knows_the_sea(town, browser):
    made = town.siaga("user", "add", "mei", "--skills", "Sea, en", "--password-stdin", given="siaga112\n")
    assert made.returncode == 0 and "en,sea" in town.siaga("user", "list").stdout
    other = signed_in(browser, town, "operator", **DESK)
    other.click("#sign-on")
    other.wait_for_selector(".audio.up")
    taker = signed_in(browser, town, "mei", **DESK)
    taker.fill("#position", "P2")
    taker.click("#sign-on")
    taker.wait_for_selector(".audio.up")
    assert town.events("PositionOpened")[-1]["skills"] == ["en", "sea"]
    caller = town.call("--lat", "0.9278", "--lon", "104.4246", "--number", "08129999999", "--seconds", "60")
    taker.wait_for_selector(".call.waiting.here")
    assert other.locator(".call.waiting.here").count() == 0, "although it has been idle longer"
    taker.keyboard.press("F2")
    taker.wait_for_selector(".call-card.talking")
    taker.keyboard.press("F9")
    taker.wait_for_selector(".classify")
    assert caller.wait(20) == 0
    assert town.api("supervisor").board()["positions"]["P2"]["wrapping"]
    taker.locator("body").press("2")
    taker.wait_for_selector(".classify", state="detached")
    assert town.api("supervisor").board()["positions"]["P2"]["wrapping"] == ""
    assert taker.wrong == other.wrong == []
