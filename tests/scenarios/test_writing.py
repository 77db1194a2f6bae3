"""Somebody who cannot speak, a vehicle, and a silent line, each from a real telephone to a call-taker's screen."""

from __future__ import annotations

import pytest

from tests.browser import AUTOPLAY, chromium
from tests.scenarios.instance import Instance
from tests.scenarios.pages import ARTEFACTS, signed_in
from tests.servers import end, wait_until


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    made = Instance(tmp_path_factory.mktemp("writing"), SILENT_AFTER=2, ANNOUNCE_AFTER=2)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def taker(town):
    with chromium(AUTOPLAY, microphone=True) as browser:
        page = signed_in(browser, town, "operator", viewport={"width": 1366, "height": 900}, permissions=["microphone"])
        page.click("#sign-on")
        page.wait_for_selector(".audio.up")
        yield page
        assert page.wrong == []


@pytest.fixture
def calling(town):
    made = []

    def call(*words: str):
        made.append(town.call(*words))
        return made[-1]

    yield call
    for process in made:
        end(process)


def over(taker, disposition: str) -> None:
    """The call is ended and said what it was, so that the position is free."""
    if taker.locator(".call-card.talking").count():
        taker.keyboard.press("F9")
    taker.wait_for_selector(".classify")
    taker.keyboard.press(disposition)
    wait_until(lambda: not taker.locator(".classify").count(), what="the position to be free")


@pytest.mark.parametrize("how", [["--media", "text"], ["--message"]], ids=["real-time text", "messages"])
def test_who_cannot_speak_writes_and_is_answered(town, taker, calling, how):
    caller = calling(*how, "--write", "saya tuli, ada api", "--number", "081170001122", "--seconds", "60")
    taker.wait_for_selector(".call.waiting.here")
    taker.keyboard.press("F2")
    taker.wait_for_selector(".call-card.talking .written >> text=saya tuli, ada api")
    taker.fill(".written input", "Petugas berangkat. Anda aman?")
    taker.keyboard.press("Enter")
    taker.wait_for_selector(".written .ours >> text=Petugas berangkat")
    taker.screenshot(path=ARTEFACTS / f"writing-{how[-1].strip('-')}.png")
    wait_until(lambda: "112: Petugas berangkat. Anda aman?" in caller.stdout.readline(), 30, "the caller to read it")
    taker.click("body", position={"x": 5, "y": 5})
    over(taker, "1")


def test_a_vehicle_shows_which_way_it_went_and_who_is_in_it(town, taker, calling):
    calling("--ecall", "automatic", "--silent", "--seconds", "60")
    taker.wait_for_selector(".call.waiting.here")
    taker.keyboard.press("F2")
    card = taker.wait_for_selector(".call-card.talking .vehicle")
    said = card.inner_text()
    assert "timur" in said and "MHKDEM12SG1120011" in said and "3" in said and "bensin" in said
    taker.screenshot(path=ARTEFACTS / "writing-vehicle.png")
    with taker.expect_response(lambda answer: "commands" in answer.url) as answered:
        taker.keyboard.press("Alt+v")
    assert answered.value.ok
    wait_until(lambda: [o for o in town.events("OrderIssued") if o["do"] == "msd"], what="the vehicle to be asked")
    over(taker, "1")


def test_a_silent_line_is_asked_by_itself_and_who_presses_5_goes_first(town, calling):
    calling("--silent", "--press", "5", "--press-after", "8", "--number", "081170003344", "--seconds", "60")

    def first() -> list[str]:
        return [event["call"] for event in town.events("CallPrioritised") if event["why"] == "pressed"]

    (call,) = wait_until(first, 30, "the key to be heard")
    about = [event for event in town.events("CallerPrompted") if event["call"] == call]
    assert [event["times"] for event in about] == [1]
    asked = [order for order in town.events("OrderIssued") if order.get("sounds") == ["silent"]]
    assert [order["call"] for order in asked] == [call]
