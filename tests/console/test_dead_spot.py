"""A crew in a dead spot, in a real browser whose network is really cut: what it presses has its own time."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from dispatch import commands as cmd
from dispatch.catalogue import words
from routing.location import make_location
from tests.console.desk import PASSWORD, SCENE

AWAY = 6.0
STATES = ("assigned", "acknowledged", "en_route", "on_scene", "clear")


@pytest.fixture
def crew(desk, chromium):
    """crew(lang, wrong clock in seconds) → (page, assignment) of a crew that has just got a job."""
    desk.accounts.set_password("awak", PASSWORD, cmd.RESPONDER, "AMB-01")
    contexts = []

    def go(lang: str = "id", clock: float = 0.0):
        for old in [a for a in desk.room.board.assignments.values() if a.unit == "AMB-01" and a.active]:
            desk.asks("dina", cmd.CancelAssignment(assignment=old.id))
        desk.asks("dina", cmd.OpenIncident(type="medical", location=make_location(**SCENE), address="Tugu Pensil"))
        desk.asks("dina", cmd.AssignUnit(incident=list(desk.room.board.incidents)[-1], unit="AMB-01", reason="uji"))
        job = next(a.id for a in desk.room.board.assignments.values() if a.unit == "AMB-01" and a.active)
        context = chromium.new_context(viewport={"width": 390, "height": 844})
        contexts.append(context)
        if clock:
            context.add_init_script(f"const now = Date.now; Date.now = () => now() + {clock * 1000};")
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"http://127.0.0.1:{desk.port}/sign-in?lang={lang}")
        page.fill("#user", "awak")
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_selector(".job.assigned")
        return page, job

    yield go
    for context in contexts:
        context.close()


def progress(desk, job: str, state: str) -> float:
    """When the board says that it happened."""
    desk.thread.until(lambda: desk.room.board.assignments[job].state == state, 60)
    known = desk.room.board.assignments[job]
    return {"acknowledged": known.acknowledged, "en_route": known.en_route, "on_scene": known.on_scene}[state]


@pytest.mark.fault(11, 15)
@pytest.mark.parametrize("clock", [0.0, -4000.0])
def test_a_press_in_a_dead_spot_has_the_time_of_the_press(desk, crew, clock, record_property):
    page, job = crew(clock=clock)
    page.context.set_offline(True)
    page.click("#next")
    pressed = desk.room.now()
    page.wait_for_selector(".job.acknowledged")
    page.wait_for_timeout(AWAY * 1000)  # the outage itself
    page.context.set_offline(False)
    late = progress(desk, job, "acknowledged") - pressed
    record_property("figure", f"stamped {late:.1f} s after the press, {AWAY:.0f} s without network")
    assert abs(late) < AWAY / 2


@pytest.mark.fault(11, 15)
def test_a_press_survives_a_reload_with_its_time(desk, crew, record_property):
    page, job = crew()
    page.route("**/api/v1/commands", lambda route: route.abort())
    page.click("#next")
    pressed = time.time()
    page.wait_for_timeout(AWAY * 500)
    page.unroute("**/api/v1/commands")
    page.reload()
    late = progress(desk, job, "acknowledged") - pressed
    record_property("figure", f"stamped {late:.1f} s after the press")
    assert abs(late) < AWAY / 4


def looked(page, condition, seconds: float = 30.0) -> None:
    """Waits while the page goes on."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"waited {seconds} s in vain"
        page.wait_for_timeout(50)


SLEEP = 1200.0
ASLEEP = f"() => {{ const now = Date.now; Date.now = () => now() + {SLEEP * 1000}; }}"
"""The phone slept: its wall clock went on, the page's even one stood still."""
KEPT_SOURCE = """const Real = EventSource;
EventSource = class extends Real { constructor(at) { super(at); window.source = this; } };"""


@pytest.mark.parametrize("pressed", ["before the sleep", "after it"])
def test_a_press_beside_a_sleep_has_the_time_of_the_press(desk, crew, pressed, record_property):
    """The room did not sleep with the phone here, so its first word after the sleep is kept away until the report is
    out, and what is measured is the age that goes with it."""
    page, job = crew()
    page.add_init_script(KEPT_SOURCE)
    page.reload()
    page.wait_for_selector(".job.assigned")
    page.route("**/api/v1/events*", lambda route: route.abort())
    page.evaluate("source.close()")
    sent = []
    page.route("**/api/v1/commands", lambda route: (sent.append(route.request.headers), route.abort()))
    page.context.set_offline(True)
    if pressed == "after it":
        page.evaluate(ASLEEP)
    page.press("#next", "Enter")  # wherever the button is by then: the silence is being told above it
    page.wait_for_selector(".job.acknowledged")
    if pressed == "before the sleep":
        page.evaluate(ASLEEP)
    page.context.set_offline(False)
    sent.clear()
    looked(page, lambda: sent)
    ago, at = float(sent[0]["happened-ago"]), float(sent[0]["happened-at"])
    slept = SLEEP if pressed == "before the sleep" else 0.0
    record_property("figure", f"{ago:.0f} s ago after a sleep of {slept:.0f} s")
    assert abs(ago - slept) < 15 and abs(at + ago - (desk.room.now() + SLEEP)) < 15


def test_what_is_told_before_the_first_word_of_the_room_waits_for_it_and_has_its_time(desk, crew):
    page, job = crew()
    incident = desk.room.board.assignments[job].incident
    page.fill(".tell input", "jalan banjir")
    desk.asks("dina", cmd.CancelAssignment(assignment=job))
    page.wait_for_selector(".standby")
    sent = []
    page.route("**/api/v1/events*", lambda route: None)
    page.on("request", lambda request: sent.append(request.headers) if "/commands" in request.url else None)
    page.reload()
    page.click(".tell button >> nth=0")
    told = desk.room.now()
    page.wait_for_timeout(4000)
    assert not sent, "nobody knows yet when that was"
    page.unroute("**/api/v1/events*")  # what was held goes on
    looked(page, lambda: desk.room.board.incidents[incident].notes)
    assert abs(float(sent[0]["happened-at"]) - told) < 2 and float(sent[0]["happened-ago"]) < 60


@pytest.mark.fault(11, 15)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_big_button_says_what_it_does_in_every_state_without_network(desk, crew, lang, record_property):
    page, job = crew(lang)
    page.context.set_offline(True)
    raw = []
    for number, state in enumerate(STATES):
        page.wait_for_selector(f".job.{state}")
        label = page.locator("#next").inner_text()
        raw += [label] if label.lower().startswith("next.") else []
        if number < len(STATES) - 1:
            page.click("#next")
    record_property("figure", f"reads {', '.join(raw)}" if raw else "every label in words")
    assert not raw and page.locator("#next").is_disabled()
    page.context.set_offline(False)
    desk.thread.until(lambda: desk.room.board.assignments[job].state == "clear", 60)


@pytest.mark.fault(11, 15)
def test_a_crew_that_was_released_meanwhile_is_told_and_its_time_is_kept(desk, crew):
    page, job = crew()
    page.click("#next")
    progress(desk, job, "acknowledged")
    page.context.set_offline(True)
    page.click("#next")
    page.wait_for_selector(".job.en_route")
    desk.asks("dina", cmd.CancelAssignment(assignment=job, reason="lain"))
    page.context.set_offline(False)
    desk.thread.until(lambda: desk.room.board.assignments[job].en_route, 60)
    known = desk.room.board.assignments[job]
    assert known.state == "released" and known.en_route <= known.cleared
    assert f"late-{job}" in desk.room.board.alarms
    expect(page.locator(".problem")).to_contain_text(known.incident, timeout=30_000)


def unlock(page) -> None:
    page.fill("#unlock", PASSWORD)
    page.press("#unlock", "Enter")
    page.wait_for_selector("dialog.lock", state="detached")


def test_a_press_under_a_lock_that_stood_for_long_is_still_told(desk, crew):
    page, job = crew()
    page.route("**/api/v1/commands", lambda route: route.abort())
    page.click("#next")
    desk.accounts.set_password("awak", PASSWORD, cmd.RESPONDER, "AMB-01")
    page.unroute("**/api/v1/commands")
    page.wait_for_selector("dialog.lock")
    page.wait_for_timeout(4000)  # the press was tried and waits for the lock
    page.evaluate("() => { const now = performance.now.bind(performance); performance.now = () => now() + 61_000; }")
    unlock(page)
    progress(desk, job, "acknowledged")


def test_a_crews_quiet_page_is_locked_when_its_session_is_over(desk, crew):
    page, job = crew()
    desk.accounts.set_password("awak", PASSWORD, cmd.RESPONDER, "AMB-01")
    page.wait_for_selector("dialog.lock")
    unlock(page)


def test_every_state_has_its_words_in_both_languages():
    for lang in ("id", "en"):
        for state in STATES:
            assert words(lang)[f"next.{state}"] and words(lang)[f"state.{state}"]
