"""What a call-taker sees of a call: its kind in the queue, silence and keys, who is in it, who left and why; what a
supervisor sees of all of them. Real browser, real site; the switch's part is told by the test."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from dispatch import events as ev
from routing.text import text
from tests.console.pages import SEAT, axe, bridged, incoming, picture, seated

GHOST = (
    ev.Reason(text=text("shield.silent", count=3), weight=0.6),
    ev.Reason(text=text("shield.spared-located"), weight=-0.1),
)


def tell(site, kind: type, call: str, **fields) -> None:
    site.reported(kind(at=site.room.now(), call=call, **fields))


def answered(site, page, call: str) -> None:
    incoming(site, call, f"+6281277{abs(hash(call)) % 100000:05d}")
    page.wait_for_selector(".call.here")
    page.keyboard.press("F2")
    page.wait_for_selector(".call-card.accepted")
    bridged(site, call, SEAT)
    page.wait_for_selector(".tools")


def ended(site, page, call: str) -> None:
    tell(site, ev.CallEnded, call, by="caller")
    page.wait_for_selector(".classify")
    page.keyboard.press("Escape")
    page.keyboard.press("5")
    expect(page.locator(".classify")).to_have_count(0)


def test_the_queue_tells_what_kind_of_call_waits_by_drawing_and_word(site, visit):
    page = visit("wati")
    page.wait_for_selector("#sign-on")
    now = site.room.now()
    for call, said in (
        ("k-car", {"service": "sos.ecall.automatic"}), ("k-text", {"media": "text"}), ("k-en", {"languages": ("en",)}),
        ("k-ghost", {"caller": "+628120000001"}),
    ):  # fmt: skip
        site.reported(ev.CallReceived(at=now, call=call, **said))
    tell(site, ev.CallScored, "k-ghost", value=0.83, suspected=True, reasons=GHOST)
    rows = page.locator(".call.waiting")
    for words in ("eCall otomatis", "Teks, tanpa suara", "Inggris", "Diduga kosong 83 %"):
        row = rows.filter(has_text=words)
        expect(row).to_have_count(1)
        expect(row.locator(".kinds svg").first).to_be_visible()
    ghost = rows.filter(has_text="Diduga kosong")
    told = ["+3 panggilan tanpa suara dalam seminggu", "−tidak dicurigai: lokasinya baru dan tepat"]
    expect(ghost.locator(".reasons li")).to_have_text(told)
    expect(ghost.get_by_role("button")).to_be_enabled()  # it waits behind, and is never shut out
    assert axe(page) == []
    picture(page, "handling-kinds")
    for call in ("k-car", "k-text", "k-en", "k-ghost"):
        tell(site, ev.CallEnded, call, by="caller")


def test_a_silent_caller_is_asked_with_one_key_and_the_answer_is_large(site, visit):
    page = seated(site, visit)
    answered(site, page, "quiet")
    tell(site, ev.SilenceNoted, "quiet", seconds=12.0)
    expect(page.locator(".stripe.silence .seconds")).to_have_text(re.compile(r"0:1[2-9]|0:[2-5]\d"))
    page.keyboard.press("Alt+p")
    site.thread.until(lambda: any(o.sounds == ("silent",) for o in site.room.board.orders.values()))
    tell(site, ev.DtmfReceived, "quiet", digits="5")
    expect(page.locator(".stripe.digits strong")).to_have_text("5")
    assert page.locator(".stripe.digits strong").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") >= 28
    assert axe(page) == []
    tell(site, ev.SilenceNoted, "quiet", seconds=0.0, heard=True)
    expect(page.locator(".stripe.silence")).to_have_count(0)
    ended(site, page, "quiet")
    assert page.complaints == []


def test_who_is_in_the_conversation_and_why_somebody_left_survives_a_reload(site, visit):
    page = seated(site, visit)
    answered(site, page, "many")
    page.keyboard.press("F10")
    expect(page.locator("#call-in")).to_be_focused()
    page.keyboard.type("igd")
    expect(page.locator("#call-in-list li")).to_have_count(1)
    assert axe(page) == []
    picture(page, "handling-call-in")
    page.keyboard.press("Enter")
    page.wait_for_selector(".member.dialling")
    party = site.room.board.calls["many"].members[0].id
    tell(site, ev.PartyLeft, "many", party=party, why=text("sip.603", answer="603 Decline"))
    expect(page.locator(".member.gone")).to_contain_text("IGD")
    expect(page.locator(".member.gone")).to_contain_text("menolak")
    page.on("dialog", lambda dialog: dialog.accept())  # it asks because the sound would end
    page.reload()
    expect(page.locator(".member.gone")).to_contain_text("menolak")
    tell(site, ev.PartyDialled, "many", party="A900", uri="sip:zh@x", label="Penerjemah", by="wati")
    tell(site, ev.PartyJoined, "many", party="A900")
    page.keyboard.press("F10")
    expect(page.locator("#call-in-list .chosen")).to_have_text("Serahkan penelepon kepada Penerjemah")
    page.keyboard.type("keluar")
    expect(page.locator("#call-in-list .chosen")).to_have_text("Keluarkan Penerjemah")
    page.keyboard.press("Escape")
    expect(page.locator("#call-in")).to_have_count(0)
    assert axe(page) == []
    picture(page, "handling-members")
    ended(site, page, "many")
    assert page.complaints == []


def test_whoever_takes_a_break_says_why_with_one_key(site, visit):
    page = seated(site, visit)
    page.keyboard.press("F8")
    expect(page.locator(".why-not button").first).to_be_focused()
    assert axe(page) == []
    page.keyboard.press("1")
    expect(page.locator(".seat-button")).to_contain_text(f"{SEAT}: Istirahat")
    page.keyboard.press("F8")
    page.wait_for_selector("button.ready")
    assert page.complaints == []


def test_alarms_of_one_incident_stand_together_and_are_cleared_together(site, visit):
    page = visit("wati")
    for unit in ("AMB-01", "POL-02"):
        said = {"text": text("alarm.not-acknowledged", unit=unit, incident="I-88", seconds=30), "incident": "I-88"}
        site.note(ev.AlarmRaised(at=site.room.now(), alarm=f"ack-{unit}", level="critical", **said))
    box = page.locator(".alarm", has_text="AMB-01")
    expect(box).to_contain_text("POL-02")
    box.get_by_role("button", name="Hapus 2 alarm").click()
    expect(box).to_have_count(0)


def test_the_list_of_the_auditor_follows_by_itself(site, visit):
    page = visit("periksa")
    page.wait_for_selector(".row-call")
    incoming(site, "seen", "+628190000777")
    expect(page.locator(".row-call").first).to_contain_text("+62 819 0000 777", timeout=15_000)
    tell(site, ev.CallEnded, "seen", by="caller")


@pytest.mark.parametrize("size", ["desk", "wall", "phone"])
@pytest.mark.parametrize(("shade", "lang"), [("night", "id"), ("day", "en")])
def test_the_supervisor_sees_queues_positions_and_ghosts(site, visit, size, shade, lang):
    ghost, real = f"g-{size}-{lang}", f"r-{size}-{lang}"
    for call in (ghost, real):
        site.incoming(call, f"+62812000{len(call)}{ord(size[0])}")
    tell(site, ev.CallScored, ghost, value=0.8, suspected=True, reasons=GHOST)
    page = visit("pimpin", size, lang)
    page.evaluate("(name) => localStorage.setItem('theme', name)", shade)
    page.goto(site.url + "/supervisor")
    page.wait_for_selector(".queues tbody tr")
    expect(page.locator(".tile .big").first).to_have_text(re.compile(r"^([2-9]|\d\d+)$"))
    expect(page.locator(".suspects .call")).not_to_have_count(0)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "nothing sticks out sideways"
    picture(page, f"supervisor-{size}-{shade}-{lang}")
    assert page.complaints == []
    for call in (ghost, real):
        tell(site, ev.CallEnded, call, by="caller")


def test_a_supervisor_joins_from_the_list_of_positions(site, visit):
    taker = seated(site, visit)
    answered(site, taker, "joined")
    boss = visit("pimpin")
    boss.goto(site.url + "/supervisor")
    boss.click("#begin")
    boss.fill("#position", "S9")
    boss.press("#position", "Enter")
    boss.wait_for_selector(".seat.on")
    assert not site.room.board.positions["S9"].ready, "no call rings at a supervisor who listens"
    site.reported(ev.PositionLegUp(at=site.room.now(), position="S9", leg="leg-S9"))
    row = boss.locator(".seat-row", has_text=SEAT)
    row.get_by_role("button", name="Dengar").click()
    site.thread.until(lambda: [o for o in site.room.board.orders.values() if o.position == "S9" and o.mode == "listen"])
    tell(site, ev.PositionJoined, "joined", position="S9", mode="listen")
    expect(row.locator(".now-joined")).to_be_visible()
    expect(taker.locator(".member.listen")).to_contain_text("pimpin")
    assert axe(boss) == []
    picture(boss, "supervisor-joined")
    tell(site, ev.PositionParted, "joined", position="S9")
    ended(site, taker, "joined")
    assert boss.complaints == taker.complaints == []


def test_only_supervisors_and_dispatchers_have_the_page(site, visit):
    page = visit("wati")
    page.goto(site.url + "/supervisor")
    page.wait_for_url(site.url + "/console")


def test_a_language_that_is_none_keeps_no_call_from_the_screen(site, visit):
    page = seated(site, visit)
    for n, language in enumerate(("en_US", "x", "5;id")):
        call = f"tongue-{n}"
        tell(site, ev.CallReceived, call, caller=f"+62811770{n}", languages=(language,))
        page.wait_for_selector(f".call .chip >> text={'Inggris' if n == 0 else language}")
    assert not page.complaints
    for n in range(3):
        tell(site, ev.CallEnded, f"tongue-{n}", by="caller")
