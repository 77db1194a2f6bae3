"""The places of a call as a call-taker sees them: in a real browser, by day and by night, in both languages."""

from __future__ import annotations

import re

import msgspec
from playwright.sync_api import expect

from dispatch import events as ev
from dispatch.inputs import Noted
from routing.location import Location, offset
from routing.text import text
from tests.console.pages import axe, bridged, picture, signed_on, theme

NUMBER = "+628117709900"
FIX = Location(lat=0.92014, lon=104.45735, radius=18.0, confidence=68.0, source="aml", method="GPS", shape="Circle")
CELL = "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=5100110051882A01"


def sends(site, call: str, place: Location, metres: float = 0.0) -> None:
    lat, lon = offset(place.lat, place.lon, 60.0, metres)
    now = site.room.now()
    moved = msgspec.structs.replace(place, lat=lat, lon=lon, at=now)
    site.reported(ev.LocationReceived(at=now, call=call, location=moved))


def test_every_place_is_shown_verified_contradicted_and_taken(site, visit):
    page = visit("wati")
    signed_on(site, page, "P3")
    now = site.room.now()
    site.reported(ev.CallReceived(at=now, call="places", caller=NUMBER, access=CELL))
    page.wait_for_selector(".call.here")
    page.keyboard.press("F2")
    bridged(site, "places", "P3")
    expect(page.locator(".call-card.talking")).to_be_visible()
    sends(site, "places", msgspec.structs.replace(FIX, source="pidf-lo", method="", radius=350.0, confidence=95.0), 260)
    for metres in range(0, 240, 40):
        sends(site, "places", FIX, metres)
    sends(site, "places", FIX, 60_000)
    site.reported(
        ev.CivicReceived(
            at=now, call="places", parts={"RD": "Jl. Basuki Rahmat", "HNO": "8"}, text="Jl. Basuki Rahmat no. 8"
        )
    )
    site.reported(ev.LocationReferenced(at=now, call="places", uri="https://lis.operator.id/r/81"))
    why = text("reference.too-late", seconds=3)
    site.thread.call(
        site.room.submit,
        Noted(ev.ReferenceTried(at=now, call="places", uri="https://lis.operator.id/r/81", why=why, again=now + 8)),
    )
    data = {"DataProviderString": "Operator Contoh", "ContactURI": "tel:+62215550000"}
    site.reported(ev.AdditionalDataReceived(at=now, call="places", kind="ProviderInfo", data=data))
    places = page.locator(".places")
    places.locator("summary").click()
    expect(places.locator(".observation.best strong")).to_contain_text("AML")
    expect(places.locator("text=loncatan")).to_be_visible()
    expect(places.locator(".elsewhere")).to_contain_text("lis.operator.id")
    picture(page, "places-night")
    assert axe(page) == []

    # The call-taker asks, and the caller confirms the place.
    best = places.locator(".observation.best")
    best.get_by_text("Sudah dipastikan").click()
    expect(best.locator(".chip.ok")).to_contain_text("wati")
    sends(site, "places", FIX, 2_500)  # a jump alone proves nothing
    sends(site, "places", FIX, 2_520)
    expect(places.locator(".contradiction")).to_be_visible()
    picture(page, "places-contradicted")
    assert axe(page) == []
    places.get_by_text("Yang lama tetap benar").click()
    expect(places.locator(".contradiction")).to_have_count(0)

    # What the caller says goes through the gazetteer.
    page.fill("#heard", "batu 10")
    expect(page.locator("#heard-hits li").first).to_contain_text("pal kilometer ·")
    page.press("#heard", "Enter")
    expect(places.locator(".observation", has_text="Kata penelepon")).to_have_count(1)
    page.keyboard.press("F3")
    places.locator(".observation", has_text="Kata penelepon").get_by_text("Untuk kejadian").click()
    expect(page.locator("#address")).to_have_value("Batu 10")

    theme(page, "day")
    page.wait_for_selector(".call-card.talking")
    page.locator("text=English").click()
    page.locator(".places summary").click()
    expect(page.locator(".observation.best")).to_contain_text("verified by wati")
    picture(page, "places-day-en")
    assert axe(page) == [] and page.complaints == []


def test_a_place_that_has_no_name_is_set_on_the_map_and_its_name_kept(site, visit):
    page = visit("wati")
    page.wait_for_selector(".leaflet-box.leaflet-container")
    page.keyboard.press("F3")
    page.fill("#address", "simpang pramuka ahmad")
    expect(page.locator("#address-hits li").first).to_contain_text("Simpang Jl. Pramuka – Jl. Ahmad Yani · simpang")
    page.fill("#address", "warung mak ijah")
    page.locator(".leaflet-box").click(position={"x": 220, "y": 200})
    page.get_by_text("Simpan “warung mak ijah”").click()
    page.wait_for_function("document.querySelector('.problem').textContent === ''")
    page.fill("#address", "wrung mak ijah")
    expect(page.locator("#address-hits li").first).to_contain_text("nama setempat")
    page.press("#address", "Enter")
    expect(page.locator("#address")).to_have_value(re.compile(r"^warung mak ijah \("))
    assert axe(page) == [] and page.complaints == []
