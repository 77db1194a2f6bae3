"""Two centres on one page: what a neighbour tells us, what it was told, and a place beyond the border."""

from __future__ import annotations

from playwright.sync_api import expect

from dispatch import commands as cmd
from dispatch import events as ev
from routing.location import Location
from tests.console.pages import axe, picture, seated
from tests.dispatch.test_eido_in import an_alert

OVER = Location(lat=0.8748, lon=104.612, radius=25.0, source="operator", method="map")


def told(site, **siaga) -> None:
    body = an_alert()
    body["siaga"] |= siaga
    body["incidentComponent"] |= {"incidentTypeInternalText": "medical"}
    assert site.post("/api/v1/alerts", "bintan", body).status == 200


def test_what_a_neighbour_tells_is_opened_filled_in_and_answered(site, visit):
    page = visit("pimpin")
    told(site, alert="A-41", asks=["AMB-01"])
    card = page.locator(".from-neighbour", has_text="AMB-01")
    expect(card).to_contain_text("Bintan: Gawat darurat medis")
    expect(card).to_contain_text("Meminta unit kita: AMB-01")
    expect(page.locator(".alarm", has_text="Bintan")).to_have_count(0), "it stands there once"
    assert axe(page) == []
    picture(page, "neighbour-tells-id")
    card.get_by_text("Buka kejadian").click()
    expect(page.locator("#address")).to_have_value("Jl. Wacopek")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.press("Enter")
    linked = page.locator(".neighbour", has_text="Dari Bintan")
    expect(linked).to_contain_text("K-00001")
    expect(card).to_have_count(0)
    linked.get_by_text("Kita kirim unit").click()
    expect(linked.locator(".chosen")).to_have_text("Kita kirim unit")
    alert = site.room.board.alerts["bintan/A-41"]
    assert (alert.answer, alert.answered_by, alert.incident) == ("send", "pimpin", list(site.room.board.incidents)[-1])
    assert page.complaints == []


def test_the_desk_sees_what_the_neighbour_knows_and_whom_to_call(site, visit):
    page = seated(site, visit)
    site.asks("dina", cmd.OpenIncident(type="medical", location=OVER, address="Jl. Raya Kijang"))
    name = list(site.room.board.incidents)[-1]
    page.locator(".queue .plain", has_text="Jl. Raya Kijang").first.click()
    card = page.locator(".neighbour", has_text="Bintan").first
    expect(card).to_contain_text("Di wilayah Bintan")
    expect(card.locator(".missing")).to_have_text("belum sampai")
    expect(page.locator(".alarm", has_text="belum tahu")).to_contain_text("Pusat 112 Kabupaten Bintan")
    doubt = page.locator(".doubt")
    expect(doubt).to_contain_text("Lokasi di wilayah Bintan")
    assert axe(page) == []
    page.evaluate("document.documentElement.dataset.theme = 'day'")
    assert axe(page) == []
    picture(page, "neighbour-told-id-day")
    doubt.get_by_text("Lokasi benar").click()
    expect(doubt).to_have_count(0)
    assert site.room.board.incidents[name].confirmed_by == "wati"
    card.locator(".call-centre").click()
    site.thread.until(lambda: any(o.do == "place" or o.uri for o in site.room.board.orders.values()))
    card.locator("summary").click()
    card.get_by_text("Bintan mengambil alih").click()
    expect(card.locator("strong")).to_have_text("Bintan mengambil alih")
    expect(page.locator(".alarm", has_text="belum tahu")).to_have_count(0)
    assert [e.told for e in site.events(ev.AlertAnswered) if e.by == "wati"] == [True]
    assert page.complaints == []
