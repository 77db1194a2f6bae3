"""A call handled with keys alone, nothing replaced: hold, asking an agency first, all three, handing over, taking back,
a supervisor who listens in, an agency that is busy; and what the auditor reads of it afterwards."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.scenarios.pages import kept, signed_in
from tests.servers import wait_until

DESK = {"viewport": {"width": 1366, "height": 768}, "permissions": ["microphone"]}


def call_in(page: Page, to: str, how: str) -> None:
    page.keyboard.press("F10")
    expect(page.locator("#call-in")).to_be_focused()
    page.keyboard.type(to)
    page.wait_for_selector("#call-in-typed")
    page.keyboard.press(how)


def test_a_call_is_held_shared_handed_over_and_taken_back_with_keys_alone(town, browser):
    answers, busy = "113", "123"
    taker = signed_in(browser, town, "operator", **DESK)
    taker.click("#sign-on")
    taker.wait_for_selector(".audio.up")
    caller = town.call("--number", "081177012345", "--seconds", "120")
    taker.wait_for_selector(".call.waiting.here")
    taker.keyboard.press("F2")
    taker.wait_for_selector(".tools")

    taker.keyboard.press("F6")
    taker.wait_for_selector(".call-card .stripe.warn")
    taker.keyboard.press("F6")
    taker.wait_for_selector(".call-card .stripe.warn", state="detached")
    taker.keyboard.press("F7")
    taker.wait_for_selector(".call-card .stripe.bad")
    wait_until(lambda: town.events("ModeChanged")[-1]["mode"] == "muted", what="the switch to know of the silence")
    taker.keyboard.press("F7")
    taker.wait_for_selector(".call-card .stripe.bad", state="detached")

    call_in(taker, busy, "Enter")
    expect(taker.locator(".member.gone")).to_contain_text("sedang sibuk")
    call_in(taker, answers, "Shift+Enter")
    taker.wait_for_selector(".member.held")
    taker.wait_for_selector(".members button.primary")
    kept(taker, "7-asks-first")
    taker.keyboard.press("F6")
    taker.wait_for_selector(".member.held", state="detached")
    taker.keyboard.press("Alt+k")
    expect(taker.locator(".pad button").first).to_be_focused()
    taker.keyboard.type("12#")
    taker.keyboard.press("Escape")
    wait_until(lambda: [e["digits"] for e in town.events("DtmfSent")] == ["1", "2", "#"], what="the keys to be sent")

    boss = signed_in(browser, town, "supervisor", **DESK)
    boss.goto(town.url + "/supervisor")
    boss.click("#begin")
    boss.press("#position", "Enter")
    boss.wait_for_selector(".audio.up")
    boss.get_by_role("button", name="Dengar").click()
    boss.wait_for_selector(".now-joined")
    expect(taker.locator(".member.listen")).to_be_visible()
    kept(boss, "8-supervisor-listens")
    boss.get_by_role("button", name="Bisik").click()
    expect(taker.locator(".member.whisper")).to_be_visible()
    boss.get_by_role("button", name="Berhenti").click()
    expect(taker.locator(".member.whisper")).to_have_count(0)

    taker.keyboard.press("F10")
    expect(taker.locator("#call-in")).to_be_focused()
    taker.wait_for_selector("#call-in-list .chosen strong")  # the first row hands the caller over
    taker.keyboard.press("Enter")
    taker.wait_for_selector(".call-card.transferred")
    assert caller.poll() is None, "the caller is kept"
    taker.keyboard.press("Alt+a")
    taker.wait_for_selector(".call-card.talking .tools")
    taker.keyboard.press("F9")
    taker.wait_for_selector(".classify")
    taker.locator("body").press("1")
    taker.wait_for_selector(".classify", state="detached")
    assert caller.wait(20) == 0

    auditor = signed_in(browser, town, "auditor", **DESK)
    auditor.click(".row-call")
    said = auditor.locator(".timeline")
    for words in ("ditahan", "sedang sibuk", "menjawab dan ikut", "menyerahkan penelepon", "mengambil alih"):
        expect(said).to_contain_text(words)
    assert taker.wrong == boss.wrong == auditor.wrong == []


def test_calls_out_and_back_come_from_the_same_desk(town, browser):
    page = signed_in(browser, town, "dispatcher", **DESK)
    page.fill("#position", "P7")
    page.press("#position", "Enter")
    page.wait_for_selector(".audio.up")
    call_in(page, "115", "Enter")
    page.wait_for_selector(".call-card.talking .tools")
    before = page.evaluate("heard()")
    wait_until(lambda: page.evaluate("heard()") > before + 0.0005, what="the browser to hear who was called")
    assert town.events("CallPlaced")[-1]["by"] == "dispatcher"
    page.keyboard.press("F9")
    page.wait_for_selector(".call-card.ended")

    page.keyboard.press("F8")
    page.keyboard.press("F8")  # not ready, so that the caller gives up
    town.call("--number", "081255556666", "--seconds", "1", "--no-location").wait(20)
    page.wait_for_selector(".call.owed >> text=+62 812")
    page.keyboard.press("Alt+b")
    page.wait_for_selector(".call-card.talking .tools")
    placed = town.events("CallPlaced")[-1]
    assert (placed["number"], bool(placed["callback_of"])) == ("+6281255556666", True)
    page.wait_for_selector(".call.owed", state="detached")
    page.keyboard.press("F9")
    page.wait_for_selector(".call-card.ended")
    assert page.wrong == []
