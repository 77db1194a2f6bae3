"""The whole chain, nothing in it replaced: a SIP caller with a voice, a call-taker and a responder in real browsers
with a real microphone signal, real cameras, real recordings whose tones are measured, verify and replay."""

from __future__ import annotations

from tests.scenarios.instance import samples_of, share_of_tone, write_tone
from tests.scenarios.pages import TAKER_HZ, kept, signed_in
from tests.servers import end, wait_until

CALLER_HZ = 440.0
SCENE = (0.9184, 104.4603)


def test_from_the_cry_for_help_to_the_proof(town, browser):
    taker = signed_in(browser, town, "operator", viewport={"width": 1366, "height": 768}, permissions=["microphone"])
    taker.click("#sign-on")
    taker.wait_for_selector(".audio.up")
    kept(taker, "1-on-duty")

    hears = town.folder / "caller-hears.wav"
    voice = write_tone(town.folder / "caller.wav", CALLER_HZ, 30.0)
    words = ["--lat", str(SCENE[0]), "--lon", str(SCENE[1]), "--number", "081177012345", "--seconds", "100"]
    caller = town.call(*words, "--sound", str(voice), "--record", str(hears))
    taker.wait_for_selector(".call.waiting.here")
    kept(taker, "2-ringing")

    # From here on with keys alone, as somebody does who has done it a thousand times.
    taker.keyboard.press("F2")
    taker.wait_for_selector(".call-card.talking")
    before = taker.evaluate("heard()")
    wait_until(lambda: taker.evaluate("heard()") > before + 0.001, what="the browser to hear the caller")
    taker.keyboard.press("F3")
    taker.wait_for_selector("#type:focus")
    taker.keyboard.type("lintas dengan korban")
    taker.keyboard.press("Enter")
    taker.wait_for_selector("#note:focus")  # the place came with the call
    taker.keyboard.type("Dua orang luka")
    taker.keyboard.press("Enter")
    taker.wait_for_selector(".candidate.suggested")
    wait_until(lambda: taker.locator(".camera").count() == 4, what="four cameras")
    live = taker.locator(".camera-badge", has_text="LANGSUNG")
    wait_until(lambda: live.count() == 4, 30, "four cameras to play live")
    kept(taker, "3-recommended")
    unit = taker.locator(".candidate.suggested strong").first.inner_text().split()[1]
    taker.keyboard.press("F4")
    taker.keyboard.press("Enter")
    taker.wait_for_selector(".jobs li")

    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    place = {"permissions": ["geolocation"], "geolocation": {"latitude": 0.925, "longitude": 104.455}}
    crew = signed_in(browser, town, "petugas", unit, **phone, **place)
    for state in ("acknowledged", "en_route", "on_scene"):
        crew.click("button.step")
        crew.wait_for_selector(f".job.{state}")
        if state == "en_route":
            kept(crew, "4-crew-under-way")
    taker.wait_for_selector(".jobs .chip.ok")
    kept(taker, "5-on-scene")
    crew.click("button.step")
    crew.wait_for_selector(".standby")

    taker.keyboard.press("F9")
    taker.wait_for_selector(".classify")
    taker.locator("body").press("1")
    taker.wait_for_selector(".classify", state="detached")
    caller.wait(20)

    sealed = wait_until(lambda: len(found := town.events("RecordingSealed")) == 2 and found, what="two recordings")
    tones = {"caller": CALLER_HZ, "call-taker": TAKER_HZ}
    for one in sealed:
        samples, rate = samples_of(town.data / "recordings" / f"{one['digest']}.wav")
        assert share_of_tone(samples[rate : 3 * rate], rate, tones[one["leg"]]) > 0.8, one["leg"]
    heard, rate = samples_of(hears)
    assert share_of_tone(heard[-3 * rate : -rate], rate, TAKER_HZ) > 0.8, "the caller hears the call-taker"

    auditor = signed_in(browser, town, "auditor", viewport={"width": 1366, "height": 768})
    auditor.click(".row-call")
    auditor.wait_for_selector(".timeline .step")
    for _ in range(8):
        auditor.keyboard.press("ArrowRight")
    wait_until(lambda: auditor.locator(".wave path").count() == 2, what="two waves")
    auditor.get_by_role("button", name="Verifikasi").click()
    auditor.wait_for_selector(".verdict.good")
    kept(auditor, "6-audit")
    assert taker.wrong == crew.wrong == auditor.wrong == []

    told = [entry.kind for entry in town.entries()]
    for step in (
        "CallReceived", "LocationReceived", "CallOffered", "CallAccepted", "CallBridged", "IncidentOpened",
        "RecommendationMade", "UnitAssigned", "CameraViewed", "AssignmentAcknowledged", "AssignmentProgressed",
        "CallEnded", "CallDisposed", "CallReplayed", "JournalVerified",
    ):  # fmt: skip
        assert step in told, step


def test_the_proof_names_what_was_touched(town):
    """After the chain: a recording changed by one bit is found, and said by its entry."""
    assert town.siaga("verify").returncode == 0
    sealed = town.events("RecordingSealed")[0]
    file = town.data / "recordings" / f"{sealed['digest']}.wav"
    good = file.read_bytes()
    file.write_bytes(good[:500] + bytes([good[500] ^ 1]) + good[501:])
    said = town.siaga("verify")
    file.write_bytes(good)
    assert said.returncode == 2 and sealed["digest"][:12] in said.stdout and "was changed" in said.stdout


def test_a_program_with_a_token_replays_what_people_did(town):
    auditor = town.api("auditor")
    row = auditor.get("/api/v1/calls")[0]
    story = auditor.get(f"/api/v1/calls/{row['call']}")
    assert [step["event"]["event"] for step in story["steps"]][0] == "CallReceived"
    half = story["steps"][len(story["steps"]) // 2]["seq"]
    then = auditor.get(f"/api/v1/replay?call={row['call']}&at={half}")
    assert then["seq"] == half and row["call"] in then["board"]["calls"]
    told = town.siaga("replay", "--call", row["call"])
    assert told.returncode == 0 and "CallBridged" in told.stdout


def test_a_caller_who_hangs_up_is_on_the_list_in_the_browser(town, browser):
    caller = town.call("--seconds", "1.5", "--number", "08127777777", "--no-location")
    caller.wait(20)
    page = signed_in(browser, town, "dispatcher", viewport={"width": 1366, "height": 768})
    page.wait_for_selector(".call.owed >> text=+62 812")
    end(caller)
