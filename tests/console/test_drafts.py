"""What is typed belongs to what it was begun for, and is there again after whatever happens: a real browser, the real
site, a proxy that hangs between them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.inputs import Request
from tests.console.desk import PASSWORD
from tests.console.pages import axe, bridged, incoming, picture, signed_on

pytestmark = pytest.mark.fault(11, 9)
SEAT, SOON = "P31", 12_000


@pytest.fixture
def desk_page(site, visit):
    page = visit("wati")
    page.set_default_timeout(SOON)
    page.on("dialog", lambda dialog: dialog.accept())
    page.wait_for_selector("#sign-on, .seat-button")
    if page.locator("#sign-on").count():
        signed_on(site, page, SEAT)
    yield page
    for call in list(site.room.board.calls.values()):
        if call.state != "ended":
            site.reported(ev.CallEnded(at=site.room.now(), call=call.id, by="caller"))
        if call.user == "wati" and not call.disposition:
            site.asks("dina", cmd.DisposeCall(call=call.id, disposition="test"))
    assert page.complaints == []


def taken(site, page, call: str, caller: str) -> None:
    incoming(site, call, caller)
    page.wait_for_selector(".call.waiting")
    page.keyboard.press("F2")
    page.wait_for_selector(".call-card.accepted")
    bridged(site, call, SEAT)
    page.wait_for_selector(".call-card.talking")


def ended(site, call: str) -> None:
    site.reported(ev.CallEnded(at=site.room.now(), call=call, by="caller"))


def form(page, kind: str, words: str) -> None:
    page.keyboard.press("F3")
    expect(page.locator("#type")).to_be_focused()
    page.keyboard.type(kind)
    page.keyboard.press("Enter")
    page.locator("#note").click()
    page.keyboard.type(words)


def kept(site, page) -> None:
    """Until the room has what was typed; before there was such a thing, for nothing."""
    if hasattr(site.parts, "drafts"):
        page.wait_for_selector(".kept[data-kept=true]")


def opened(site, call: str) -> tuple[ev.IncidentOpened, str]:
    """The incident of this call, and what was noted in it."""
    site.thread.until(lambda: site.room.board.calls[call].incident, 10)
    found = next(one for one in site.events(ev.IncidentOpened) if one.call == call)
    return found, " ".join(one.text for one in site.room.board.incidents[found.incident].notes)


SLOW_FRAMES = """() => {
  const soon = window.requestAnimationFrame;
  window.requestAnimationFrame = (draw) => setTimeout(() => soon(draw), 400);
}"""


def test_an_end_that_is_told_twice_keeps_what_was_typed_since_once(site, desk_page):
    """The feed tells that the form became an incident; the answer about the words of before comes after it."""
    page, late = desk_page, []
    taken(site, page, "late", "+628117701155")
    form(page, "lintas dengan", "Pohon tumbang di jalan")
    kept(site, page)
    page.route("**/api/v1/drafts", lambda route: late.append(route))
    page.keyboard.type(", dan kabel listrik")
    while not late:
        page.wait_for_timeout(50)
    had = site.parts.drafts.find("wati", "form.late").words
    words = {"type": had.type, "location": had.location, "address": had.address, "note": had.note}
    site.asks("dina", cmd.OpenIncident(**words, call="late", draft="form.late"))
    expect(page.locator("#add-note")).to_have_value(", dan kabel listrik")
    with page.expect_response("**/api/v1/drafts"):
        late[0].continue_()
    page.unroute("**/api/v1/drafts")
    page.locator("#add-note").press("Enter")
    page.wait_for_selector(".incident .notes li:nth-child(2)")
    assert opened(site, "late")[1] == "Pohon tumbang di jalan , dan kabel listrik"


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_letters_that_come_before_the_next_frame_stand_in_the_field_that_is_next(site, desk_page, key):
    """An old PC draws late; who types without looking chose the kind goes on with what happened."""
    page = desk_page
    taken(site, page, f"blind-{key}", "+628117701144")
    page.keyboard.press("F3")
    expect(page.locator("#type")).to_be_focused()
    page.keyboard.type("lintas dengan")
    expect(page.locator("#type-list li")).to_have_count(1)
    page.evaluate(SLOW_FRAMES)
    page.keyboard.press(key)
    page.keyboard.insert_text("Dua motor")
    expect(page.locator("#note")).to_have_value("Dua motor")
    expect(page.locator("#note")).to_be_focused()


def test_the_words_of_one_caller_never_come_under_another(site, desk_page, record_property):
    page = desk_page
    taken(site, page, "first", "+628117701122")
    form(page, "lintas dengan", "Dua motor, satu tidak sadar")
    ended(site, "first")
    page.wait_for_selector(".classify")
    taken(site, page, "second", "+628125550000")
    page.keyboard.type("Api di dapur")  # she goes on typing: it is the second caller who speaks now
    page.locator("#type").click()
    page.keyboard.type("kebakaran")
    page.keyboard.press("Enter")
    page.locator("#note").press("Enter")
    calls = site.room.board.calls
    site.thread.until(lambda: calls["first"].incident or calls["second"].incident, 10)
    of = {one.call for one in site.events(ev.IncidentOpened) if one.call in ("first", "second")}
    record_property("figure", f"words typed with the second caller in hand opened the incident of: {', '.join(of)}")
    assert of == {"second"}
    assert opened(site, "second")[1] == "Api di dapur"
    page.keyboard.press("Alt+n")
    expect(page.locator(".draft .whom")).to_have_text(re.compile(r"\+62 811 7701 122.*berakhir \d+:\d\d lalu"))
    expect(page.locator(".draft.stranger .stripe")).to_contain_text("+62 812 5550 000")
    assert axe(page) == []
    picture(page, "draft-of-the-first-under-the-second")
    page.locator("#note").press("Enter")
    assert opened(site, "first")[1] == "Dua motor, satu tidak sadar"


def in_another_window(page):
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".call-card.talking")
    return other


WIPES = {
    "Escape": lambda page: page.keyboard.press("Escape"),
    "F3": lambda page: None,
    "an incident that is clicked": lambda page: page.locator("[aria-label='Kejadian terbuka'] .plain").first.click(),
    "a reload": lambda page: page.reload(),
}


def test_nothing_wipes_what_is_typed(site, desk_page, record_property):
    page, lost = desk_page, []
    site.asks("ana", cmd.OpenIncident(type="medical", address="Rumah sakit"))
    taken(site, page, "typed", "+628117703344")
    form(page, "lintas dengan", "Tiga korban")
    kept(site, page)
    for name, wipe in WIPES.items():
        wipe(page)
        page.wait_for_selector(".call-card.talking")
        page.keyboard.press("F3")
        expect(page.locator("#note")).to_be_visible()
        if page.locator("#note").input_value() != "Tiga korban" or "lintas" not in page.locator("#type").input_value():
            lost.append(name)
    record_property("figure", f"wiped by: {', '.join(lost) or 'nothing'}")
    assert not lost


def test_a_draft_is_gone_on_with_in_any_window_and_by_who_takes_the_call_over(site, desk_page, visit):
    page = desk_page
    taken(site, page, "shared", "+628117705566")
    form(page, "lintas dengan", "Satu")
    kept(site, page)
    other = in_another_window(page)
    expect(other.locator("#note")).to_have_value("Satu")
    other.locator("#note").press("End")
    other.keyboard.type(" dua")
    expect(page.locator("#note")).to_have_value("Satu dua")
    page.locator("#note").press("End")
    page.keyboard.type(" tiga")
    expect(other.locator("#note")).to_have_value("Satu dua tiga")
    site.accounts.set_password("ganti", PASSWORD, cmd.CALL_TAKER)
    site.accounts.set_password("asing", PASSWORD, cmd.CALL_TAKER)
    actor = cmd.Actor(user="ganti", role=cmd.CALL_TAKER)
    site.thread.call(site.room.submit, Request(cmd.SignOn(position="P32"), actor))
    site.note(ev.CallTakenOver(at=site.room.now(), call="shared", position="P32", by="ganti", before=SEAT))
    sees = {who: site.thread.call(site.parts.drafts.seen_by, who) for who in ("wati", "ganti", "asing")}
    found = [who for who, drafts in sees.items() if "form.shared" in drafts]
    assert found == ["wati", "ganti"], "words go along with the call"


def test_what_is_discarded_can_be_put_back_and_both_are_journaled(site, desk_page):
    page = desk_page
    taken(site, page, "thrown", "+628117707788")
    form(page, "lintas dengan", "Salah alamat")
    kept(site, page)
    page.get_by_role("button", name="Buang", exact=True).click()
    expect(page.locator(".draft")).to_have_count(0)
    gone = page.locator(".draft-chip.gone")
    expect(gone).to_contain_text("Salah alamat")
    assert axe(page) == []
    discarded = site.events(ev.DraftDiscarded)[-1]
    assert (discarded.by, discarded.call) == ("wati", "thrown") and "Salah alamat" in discarded.words
    page.reload()
    gone.get_by_role("button", name="Urungkan").click()
    expect(page.locator("#note")).to_have_value("Salah alamat")
    assert site.events(ev.DraftRestored)[-1].by == "wati"


def test_enter_twice_while_the_room_hangs_opens_one_incident(site, hung, desk_page, record_property):
    page, before = desk_page, len(site.room.board.incidents)
    form(page, "lintas dengan", "Pohon tumbang di jalan")
    kept(site, page)
    hung.freeze()
    page.keyboard.press("Enter")
    expect(page.locator(".draft button[type=submit]")).to_contain_text(re.compile(r"mengirim… [2-9] dtk"), timeout=SOON)
    page.locator("#note").press("Enter")
    page.locator("#note").press("End")
    page.keyboard.type(", dan kabel listrik")  # after it was sent: it must be told too
    hung.thaw()
    site.thread.until(lambda: len(site.room.board.incidents) > before, 10)
    # As an addition to the incident, or as a line to it where the room had taken all of the form.
    rest = page.locator(".draft:has-text('Tambahan untuk') #note, #add-note")
    expect(rest).to_have_value(", dan kabel listrik", timeout=10_000)
    rest.press("Enter")
    page.wait_for_selector(".incident .notes li:nth-child(2)")
    made = list(site.room.board.incidents.values())[before:]
    record_property("figure", f"{len(made)} incidents of two presses of Enter")
    assert [[note.text for note in one.notes] for one in made] == [["Pohon tumbang di jalan", ", dan kabel listrik"]]
    expect(page.locator(".draft")).to_have_count(0)


def test_lines_reasons_and_answers_stay_with_what_they_were_begun_for(site, desk_page, record_property):
    page, strayed = desk_page, []
    for address in ("Satu", "Dua"):
        site.asks("ana", cmd.OpenIncident(type="medical", address=address))
    rows = {name: page.locator("[aria-label='Kejadian terbuka'] .plain", has_text=name) for name in ("Satu", "Dua")}
    line = page.locator(".incident form input[name=text]")
    rows["Satu"].click()
    expect(page.locator(".incident")).to_contain_text("Satu")
    line.fill("Pintu belakang")
    rows["Dua"].click()
    expect(page.locator(".incident")).to_contain_text("Dua")
    if line.input_value():
        strayed.append("a line to an incident")
    rows["Satu"].click()
    expect(page.locator(".incident")).to_contain_text("Satu")
    if line.input_value() != "Pintu belakang":
        strayed.append("a line, lost")
    taken(site, page, "hears", "+628117709900")
    page.locator(".places summary").click()
    page.fill("#heard", "dekat masjid")
    ended(site, "hears")
    page.wait_for_selector(".classify")
    taken(site, page, "hears-not", "+628117709911")
    if page.locator("#heard").is_visible() and page.locator("#heard").input_value():
        strayed.append("what one caller said of the place")
    record_property("figure", f"strayed: {', '.join(strayed) or 'nothing'}")
    assert not strayed
