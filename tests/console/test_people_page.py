"""The admin's page: people, what they can do, and a page that everybody can use."""

from __future__ import annotations

from playwright.sync_api import expect

from dispatch import events as ev
from tests.console import pages
from tests.console.desk import PASSWORD
from tests.console.pages import axe, picture


def test_the_admin_says_on_the_page_what_a_person_can_do(site, visit, monkeypatch):
    site.accounts.set_password("putri", PASSWORD, "admin")
    site.accounts.set_password("mei", PASSWORD, "call-taker")
    monkeypatch.setitem(pages.HOME, "putri", "/admin")
    page = visit("putri")
    row = page.locator("tr").filter(has_text="mei")
    row.locator("input[name=skills]").fill("ZH, sea")
    row.locator("input[name=skills]").press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("mei")
    expect(row.locator("input[name=skills]")).to_have_value("sea, zh")
    row.locator("input[name=skills]").fill("speaks/english")
    row.locator("input[name=skills]").press("Enter")
    expect(page.locator(".problem")).to_contain_text("huruf, angka")
    form = page.locator("section form")
    for field, text in (("name", "mei"), ("password", "sandi-yang-baru")):
        form.locator(f"input[name={field}]").fill(text)
    form.locator("button").click()
    expect(page.locator("[role=status]")).to_contain_text("mei")
    page.reload()
    expect(row.locator("input[name=skills]")).to_have_value("sea, zh")
    assert [event.skills for event in site.events(ev.AccountChanged)[-2:]] == [("sea", "zh"), ()]
    assert axe(page) == [] and page.complaints == []
    picture(page, "admin")
