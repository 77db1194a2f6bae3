"""A session that is over locks the page it was used on: nothing typed is lost, nothing is shown, and the same password
goes on where it stopped. Real browser, real site."""

from __future__ import annotations

import time

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.access.accounts import Accounts
from dispatch.journal.sql import open_engine
from routing.location import make_location
from tests.console.desk import PASSWORD, SCENE
from tests.console.pages import axe, entered, picture, theme
from tests.servers import within

PEOPLE = {"wati": cmd.CALL_TAKER, "dodi": cmd.DISPATCHER, "adi": cmd.ADMIN}


@pytest.fixture(scope="module")
def site(desk):
    for name, role in PEOPLE.items():
        desk.accounts.set_password(name, PASSWORD, role)
    desk.url = f"http://127.0.0.1:{desk.port}"
    return desk


def tomorrow(site, user: str, left: float) -> None:
    """The person's sessions are a day older, and have `left` seconds to go."""
    columns = {one["name"] for one in sa.inspect(site.engine).get_columns("sessions")}
    older = ", opened = opened - 100000" if "opened" in columns else ""
    with site.engine.connect().execution_options(writing=True) as connection, connection.begin():
        said = {"user": user, "expires": time.time() + left}
        connection.execute(sa.text(f"update sessions set expires = :expires{older} where name = :user"), said)
    site.accounts._known.clear()
    if hasattr(site.parts, "rights"):
        site.thread.call(site.parts.rights.look)


def session_of(site, user: str) -> float:
    """Seconds that the person's session has to go; 0 without one."""
    with site.engine.connect() as connection:
        asked = sa.text("select max(expires) from sessions where name = :user")
        return (connection.execute(asked, {"user": user}).scalar() or time.time()) - time.time()


def is_locked(page, seconds: float = 30.0) -> bool:
    """Whether the lock comes, instead of another page."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and "/sign-in" not in page.url:
        if page.locator("dialog.lock").count():
            return True
        page.wait_for_timeout(100)
    return False


@pytest.mark.fault(11, 24)
def test_the_form_is_as_it_was_and_no_key_reaches_behind_the_lock(site, visit, record_property):
    """A dispatcher without a position is locked out after the longest time, in the middle of a form."""
    opened = len(site.events(ev.IncidentOpened))
    page = visit()
    entered(page, site, "dodi", "/console")
    page.get_by_role("button", name="Nanti").click()
    page.keyboard.press("F3")
    expect(page.locator("#type")).to_be_focused()
    page.keyboard.type("lintas dengan")
    expect(page.locator("#type-list li")).to_have_count(1)
    page.keyboard.press("Enter")
    page.fill("#note", "Dua motor, satu orang tidak sadar")
    tomorrow(site, "dodi", 0)
    locked = is_locked(page)
    typed = page.locator("#note").input_value() if page.locator("#note").count() else ""
    record_property("figure", f"{'locked' if locked else 'sent to sign-in'}, {len(typed)} letters of the note are left")
    assert locked and typed == "Dua motor, satu orang tidak sadar"
    assert page.evaluate("getComputedStyle(document.getElementById('app')).filter").startswith("blur")
    before = site.room.board.seq
    page.locator("body").click(position={"x": 5, "y": 5}, force=True)
    for key in ("F2", "F8", "F9", "F3", "Enter", "Escape", "1"):
        page.keyboard.press(key)
    assert page.locator("dialog.lock[open]").count() == 1
    site.events(ev.RoomStarted)
    late = {type(e.event).__name__ for e in site.journal.read(before, 1000)}
    assert late <= {"SignInRefused"}, "no key opened, answered or ended anything"
    page.fill("#unlock", "salah-sekali")
    page.keyboard.press("Enter")
    expect(page.locator("dialog.lock .problem")).not_to_be_empty()
    page.fill("#unlock", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("dialog.lock")).to_have_count(0, timeout=60_000)
    assert page.locator("#note").input_value() == typed
    site.asks("dina", cmd.OpenIncident(type="medical", location=make_location(**SCENE), address="Tugu Pensil"))
    page.wait_for_selector("aside.queue .plain >> text=Tugu Pensil")
    page.locator("#note").press("Enter")
    assert within(lambda: len(site.events(ev.IncidentOpened)) == opened + 2, 20)
    assert page.complaints == []


@pytest.mark.fault(11, 24)
def test_a_session_never_ends_while_its_user_has_a_position(site, visit, record_property):
    page = visit()
    entered(page, site, "wati", "/console")
    page.fill("#position", "P3")
    page.press("#position", "Enter")
    page.wait_for_selector("button.ready")
    tomorrow(site, "wati", 4.0)
    slid = within(lambda: session_of(site, "wati") > 3600, 4.0)
    page.wait_for_timeout(4000)
    at_work = not is_locked(page, 1.0) and "/sign-in" not in page.url
    record_property("figure", "at work when the time was over" if at_work else "signed out at the position")
    assert slid and at_work
    page.keyboard.press("F8")
    expect(page.locator(".why-not")).to_be_visible()
    assert page.complaints == []


@pytest.mark.fault(11, 24)
def test_a_password_changed_by_the_admin_locks_the_page_and_the_new_one_opens_it(site, visit, record_property):
    page = visit()
    entered(page, site, "wati", "/console")
    page.wait_for_selector(".seat-button")
    engine = open_engine(str(site.engine.url))
    Accounts(engine).set_password("wati", "sandi-yang-baru", cmd.CALL_TAKER)
    engine.dispose()
    locked = is_locked(page)
    record_property("figure", "locked on the same page" if locked else "sent to sign-in")
    assert locked
    expect(page.locator("dialog.lock .why")).to_contain_text("diakhiri")
    site.thread.until(lambda: site.room.board.positions["P3"].away == "ended")
    page.fill("#unlock", "sandi-yang-baru")
    page.keyboard.press("Enter")
    expect(page.locator("dialog.lock")).to_have_count(0, timeout=60_000)
    site.thread.until(lambda: not site.room.board.positions["P3"].away)
    site.accounts.set_password("wati", PASSWORD, cmd.CALL_TAKER)


@pytest.mark.parametrize(("shade", "lang"), [("night", "id"), ("day", "en")])
def test_the_lock_is_readable_and_hides_what_lies_behind(site, visit, shade, lang):
    page = visit("", "desk", lang)
    entered(page, site, "dodi", "/console")
    theme(page, shade)
    page.wait_for_selector(".leaflet-container")
    tomorrow(site, "dodi", 0)
    assert is_locked(page)
    assert axe(page) == []
    picture(page, f"lock-{shade}-{lang}")
    assert page.complaints == []


def test_pages_without_a_feed_are_locked_by_their_next_request(site, visit):
    page = visit()
    entered(page, site, "adi", "/admin")
    page.wait_for_selector("table tbody tr")
    tomorrow(site, "adi", 0)
    page.fill("input[name=name]", "orang-baru")
    page.fill("input[name=password]", "benar-sekali-7")
    page.locator("section button.primary").click()
    assert is_locked(page)
    page.fill("#unlock", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("table")).to_contain_text("orang-baru")
