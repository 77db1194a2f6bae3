"""The callback list as a call-taker sees it: one entry for a number, gone when that number is heard."""

from __future__ import annotations

from playwright.sync_api import expect

from dispatch import events as ev


def gives_up(site, call: str, caller: str) -> None:
    site.reported(ev.CallReceived(at=site.room.now(), call=call, caller=caller))
    site.reported(ev.CallEnded(at=site.room.now(), call=call))


def test_a_number_that_tried_often_is_one_entry_until_it_is_heard(site, visit):
    page = visit("wati")
    for n in range(3):
        gives_up(site, f"again-{n}", "+628117704455")
    for n in range(2):
        gives_up(site, f"hidden-{n}", "")
    entry = page.locator(".call.owed").filter(has_text="+62 811 7704 455")
    expect(entry).to_have_count(1)
    expect(entry).to_contain_text("×3")
    assert entry.locator(".count").get_attribute("title").startswith("3 kali menelepon, pertama ")
    expect(page.locator(".call.owed").filter(has_text="tanpa nomor")).to_have_count(2)
    site.reported(ev.CallReceived(at=site.room.now(), call="heard", caller="+628117704455"))
    site.reported(ev.CallBridged(at=site.room.now(), call="heard", position="P9"))
    expect(entry).to_have_count(0)
    expect(page.locator(".call.owed")).to_have_count(2)
    assert page.complaints == []
