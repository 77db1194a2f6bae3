"""A caller's telephone in a real browser: the trail, photos and lines arrive, and nothing without consent."""

from __future__ import annotations

import hashlib
import io
import random

import pytest
from PIL import Image
from playwright.sync_api import expect

from dispatch import commands as cmd
from dispatch import events as ev
from tests.console.conftest import ROOT
from tests.console.desk import PASSWORD

ARTEFACTS = ROOT / "tests" / "artefacts"
AXE = ROOT / "console" / "node_modules" / "axe-core" / "axe.min.js"
SCENE = {"latitude": 0.92, "longitude": 104.45, "accuracy": 12}
SHADES = {"day": "light", "night": "dark"}


@pytest.fixture
def phone(chromium, desk):
    """phone(**options) → (call, page): a telephone that opened the link of a new call."""
    contexts = []

    def go(lang: str = "id-ID", shade: str = "day", allow: bool = True, **options):
        call = f"call-{random.randrange(10**9)}"
        desk.incoming(call, "+628117701122")
        desk.asks("ana", cmd.SendLocationLink(call=call))
        context = chromium.new_context(
            viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True, locale=lang,
            color_scheme=SHADES[shade], geolocation=SCENE, permissions=["geolocation"] if allow else [], **options,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"http://127.0.0.1:{desk.port}/l/{desk.page_key(call)}")
        page.wait_for_selector("#start")
        return call, page

    yield go
    for context in contexts:
        context.close()


def looks(page, name: str) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("() => axe.run({resultTypes: ['violations']})")
    bad = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
    assert not bad, [(v["id"], [n["html"] for n in v["nodes"]]) for v in bad]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def told(desk, kind: type[ev.Event], call: str) -> list[ev.Event]:
    return [event for event in desk.events(kind) if event.call == call]


def a_photo() -> bytes:
    noise = Image.frombytes("RGB", (64, 48), random.Random(3).randbytes(64 * 48 * 3))
    with io.BytesIO() as out:
        noise.resize((3200, 2400)).save(out, "JPEG", quality=95)
        return out.getvalue()


@pytest.mark.parametrize(
    ("lang", "shade"), [("id-ID", "day"), ("id-ID", "night"), ("en-GB", "day"), ("en-GB", "night")]
)
def test_a_caller_sends_trail_photo_and_lines(desk, phone, lang, shade):
    call, page = phone(lang, shade)
    looks(page, f"link-ask-{lang[:2]}-{shade}")
    desk.thread.until(lambda: desk.room.board.links[call].opened)
    assert not told(desk, ev.LocationReceived, call), "nothing before the button"
    page.click("#start")
    desk.thread.until(lambda: desk.room.board.calls[call].locations)
    first = desk.room.board.calls[call].locations[-1]
    assert (first.lat, first.lon, first.radius, first.source) == (0.92, 104.45, 12.0, "link")
    expect(page.locator("#where")).to_contain_text("±12 m")
    page.context.set_geolocation({"latitude": 0.9215, "longitude": 104.4512, "accuracy": 8})
    desk.thread.until(lambda: desk.room.board.calls[call].locations[-1].lat == 0.9215)
    page.set_input_files("#photo", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": a_photo()})
    desk.thread.until(lambda: desk.room.board.links[call].photos)
    (photo,) = desk.room.board.links[call].photos
    kept = (desk.parts.photos / f"{photo.digest}.jpg").read_bytes()
    assert hashlib.sha256(kept).hexdigest() == photo.digest
    assert (photo.width, photo.height) == (1600, 1200), "made smaller before it travelled"
    page.fill("#text", "Kapal bocor, lima orang")
    page.click("#send")
    desk.thread.until(lambda: desk.room.board.calls[call].lines)
    desk.asks("ana", cmd.SendText(call=call, text="Bantuan berangkat. Pakai pelampung?"))
    expect(page.locator(".lines p:not(.mine)")).to_contain_text("pelampung")
    expect(page.locator(".lines p.mine:not(.waiting)")).to_have_count(1)
    looks(page, f"link-sent-{lang[:2]}-{shade}")
    assert page.complaints == []


def test_without_consent_nothing_is_sent_and_it_can_be_taken_back(desk, phone):
    call, page = phone()
    page.click("#only")
    page.wait_for_selector("#text")
    page.fill("#text", "jangan telepon")
    page.click("#send")
    desk.thread.until(lambda: desk.room.board.calls[call].lines)
    assert not told(desk, ev.LocationReceived, call) and desk.room.board.links[call].consents == ("chat",)
    page.click("#resume")
    desk.thread.until(lambda: desk.room.board.links[call].places)
    page.click("#stop")
    desk.thread.until(lambda: "location" not in desk.room.board.links[call].consents)
    before = len(told(desk, ev.LocationReceived, call))
    page.context.set_geolocation({"latitude": 0.95, "longitude": 104.5, "accuracy": 5})
    page.fill("#text", "tetap di sini")  # a round trip after the move
    page.click("#send")
    desk.thread.until(lambda: len(desk.room.board.calls[call].lines) == 2)
    assert len(told(desk, ev.LocationReceived, call)) == before


def test_a_browser_that_refuses_its_place_still_writes(desk, phone):
    call, page = phone(allow=False)
    page.click("#start")
    expect(page.locator("#where")).to_contain_text("menolak")
    looks(page, "link-denied-id-day")
    page.fill("#text", "di dermaga dua")
    page.click("#send")
    desk.thread.until(lambda: desk.room.board.calls[call].lines)
    assert not told(desk, ev.LocationReceived, call)


def test_a_dead_spot_loses_no_line_and_no_place(desk, phone):
    call, page = phone()
    page.click("#start")
    desk.thread.until(lambda: desk.room.board.links[call].places == 1)
    page.context.set_offline(True)
    page.fill("#text", "di terowongan")
    page.click("#send")
    page.context.set_geolocation({"latitude": 0.93, "longitude": 104.46, "accuracy": 9})
    expect(page.locator(".lines p.waiting")).to_have_count(1)
    page.context.set_offline(False)
    desk.thread.until(lambda: desk.room.board.calls[call].lines and desk.room.board.links[call].places >= 2)
    expect(page.locator(".lines p.waiting")).to_have_count(0)


def test_a_page_that_is_loaded_again_goes_on(desk, phone):
    call, page = phone()
    page.click("#start")
    desk.thread.until(lambda: desk.room.board.links[call].places == 1)
    page.reload()
    page.wait_for_selector("#text")
    desk.thread.until(lambda: desk.room.board.links[call].places == 2)
    desk.asks("ana", cmd.CloseLink(call=call))
    expect(page.get_by_role("alert")).to_contain_text("112")
    looks(page, "link-gone-id-day")
    page.reload()
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize(("lang", "shade"), [("id", "night"), ("en", "day")])
def test_the_desk_sends_the_link_reads_writes_and_looks_at_a_photo(desk, chromium, lang, shade):
    desk.accounts.set_password("dwi", PASSWORD, cmd.DISPATCHER)
    call = f"call-{random.randrange(10**9)}"
    context = chromium.new_context(
        viewport={"width": 1366, "height": 1100}, permissions=["geolocation"], geolocation=SCENE
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"http://127.0.0.1:{desk.port}/sign-in?lang={lang}")
    page.fill("#user", "dwi")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_selector(".leaflet-container")
    desk.incoming(call, "+628117701122")
    taker = {"id": "sari", "en": "dina"}[lang]
    desk.asks(taker, cmd.SignOn(position=f"S-{lang}"))
    desk.reported(ev.PositionLegUp(at=desk.room.now(), position=f"S-{lang}", leg=f"leg-{lang}"))
    desk.asks(taker, cmd.AnswerCall(call=call, position=f"S-{lang}"))
    desk.reported(ev.CallBridged(at=desk.room.now(), call=call, position=f"S-{lang}"))
    page.locator(".call.talking .plain").first.click()
    page.click(".send-link button.primary")
    expect(page.locator(".link-state .chip.ok").first).to_have_text(
        {"id": "demo, tidak dikirim", "en": "demo, not sent"}[lang]
    )
    page.click(".link-state .quiet")
    address = page.get_attribute(".link-state a", "href")
    assert address == f"{desk.room.world.public_url}/l/{desk.page_key(call)}"
    telephone = context.new_page()
    telephone.set_viewport_size({"width": 390, "height": 844})
    telephone.goto(f"http://127.0.0.1:{desk.port}/l/{desk.page_key(call)}")
    telephone.click("#start")
    telephone.set_input_files("#photo", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": a_photo()})
    telephone.fill("#text", "ada asap")
    telephone.click("#send")
    expect(page.locator(".written li").first).to_contain_text("ada asap")
    page.fill(".written input", "Keluar dari rumah!")
    page.press(".written input", "Enter")
    expect(telephone.locator(".lines p:not(.mine)")).to_contain_text("Keluar dari rumah!")
    page.wait_for_selector(".photos button")
    assert not told(desk, ev.PhotoViewed, call), "none is seen before it is asked for"
    page.click(".photos button")
    page.wait_for_function("() => document.querySelector('.photos img')?.naturalWidth > 0")
    assert [e.by for e in told(desk, ev.PhotoViewed, call)] == ["dwi"]
    if page.locator("html").get_attribute("data-theme") != shade:
        page.get_by_role("button", name={"id": "Siang / malam", "en": "Day / night"}[lang]).click()
    page.locator(".location-link").scroll_into_view_if_needed()
    looks(page, f"desk-link-{lang}-{shade}")
    context.close()
    desk.reported(ev.CallEnded(at=desk.room.now(), call=call, by="caller"))
