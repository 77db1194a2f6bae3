"""What lies over the map, and the lists that stand in for it: in a real browser, by mouse, by keys, without a map."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.events import Fix
from routing.location import make_location
from routing.text import text
from tests.console.desk import PASSWORD
from tests.console.pages import HOME, axe, picture, theme


@pytest.fixture(autouse=True, scope="module")
def dispatcher(site):
    site.accounts.set_password("dewi", PASSWORD, cmd.DISPATCHER, "")
    HOME["dewi"] = "/console"
    place = make_location(lat=0.921, lon=104.469, radius=20.0, method="map", source="operator")
    site.asks("dina", cmd.OpenIncident(type="traffic-injury", location=place, address="Jl. Ahmad Yani"))
    now = site.room.now()
    fix = {"lat": 0.921, "lon": 104.457, "speed": 9.0, "bearing": 90.0}
    site.bus.sight(Fix(unit="AMB-01", at=now, **fix))
    site.bus.sight(Fix(unit="POL-01", at=now - 900, **{**fix, "lat": 0.915}))
    site.bus.sight(Fix(unit="POL-02", at=now, **{**fix, "lat": 0.926}, doubt="jump"))
    site.note(ev.UnitStatusChanged(at=now, unit="DK-01", status="off_duty", by="x"))


def marker(page, name: str):
    return page.locator(".unit-icon", has=page.locator(f".unit-name:text-is('{name}')"))


def test_a_street_is_closed_with_two_clicks_and_layers_show_what_is_asked_for(site, visit):
    page = visit("dewi")
    page.get_by_role("button", name="Nanti").click()
    expect(marker(page, "AMB-01").locator(".unit-heading")).to_be_visible()
    expect(marker(page, "POL-01")).to_have_class(re.compile(r"\bold\b"))
    expect(marker(page, "POL-01").locator(".unit-age")).to_have_text(re.compile("^1[5-9]′$"))
    expect(marker(page, "POL-02")).to_have_class(re.compile(r"\bdoubted\b"))
    expect(marker(page, "DK-01")).to_have_count(0)  # nobody is on it

    page.locator(".queue .plain", has_text="Jl. Ahmad Yani").click()
    page.keyboard.press("Alt+j")
    canvas = page.locator(".leaflet-box.drawing")
    for x, y in ((240, 420), (240, 160), (330, 240), (350, 250)):
        canvas.click(position={"x": x, "y": y})
    page.locator("#closing-line").focus()
    expect(page.locator(".closing [role=status]")).to_contain_text("Menutup")
    page.locator("#closing-why").press("Escape")  # takes the last point back, and then one more
    page.keyboard.press("Escape")
    status = page.locator(".closing [role=status]")
    expect(status).to_contain_text(re.compile(r"Menutup \d+ ruas: .*Jl\. "))
    page.fill("#closing-why", "Pohon tumbang")
    page.get_by_role("button", name=re.compile("^1 jam")).click()
    picture(page, "closing-night")
    assert axe(page) == []
    page.get_by_role("button", name="Tutup jalan ini").click()
    expect(page.locator(".closure-label")).to_have_text(re.compile(r"^Pohon tumbang · s/d \d\d:\d\d$"))
    (closed,) = site.room.board.closures.values()
    assert closed.by == "dewi" and closed.drawn.shape == "line" and len(closed.drawn.points) == 2
    assert closed.until == pytest.approx(site.room.now() + 3600, abs=60)

    page.keyboard.press("Alt+l")
    expect(page.locator("#layers .rows strong")).to_contain_text("Pohon tumbang")
    page.get_by_label("Unit tidak bertugas").check()
    expect(marker(page, "DK-01")).to_have_count(1)
    page.get_by_label("Cakupan", exact=True).check()
    expect(page.locator(".covered").first).to_have_text(re.compile(r"^\d+ %$"))
    expect(page.locator("#layers table.cover tbody tr").first).to_contain_text("%")
    page.select_option("#cover-by", "fire")
    expect(page.locator("#layers .legend p").first).to_contain_text("unit siap")
    page.get_by_label("Penutupan").uncheck()
    expect(page.locator(".closure-label")).to_have_count(0)
    assert axe(page) == []
    theme(page, "day")  # what was chosen is remembered
    page.locator("text=English").click()
    expect(page.locator(".covered").first).to_be_visible()
    expect(page.locator(".closure-label")).to_have_count(0)
    page.keyboard.press("Alt+l")
    expect(page.get_by_label("Closures")).not_to_be_checked()
    picture(page, "layers-day-en")
    assert axe(page) == [] and page.complaints == []
    page.keyboard.press("Escape")
    expect(page.locator("#layers")).to_have_count(0)
    site.asks("dina", cmd.ReopenStreet(closure=closed.id))


def test_where_the_map_cannot_be_drawn_the_lists_do_all_of_it(site, visit):
    page = visit()
    page.route("**/leaflet.js", lambda route: route.abort())
    page.add_init_script("requestAnimationFrame = (draw) => setTimeout(draw, 250)")  # a slow computer
    page.fill("#user", "dewi")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    expect(page.locator(".no-map")).to_contain_text("Peta tidak dapat digambar")
    page.locator(".queue .plain", has_text="Jl. Ahmad Yani").click()
    row = page.locator("tr", has=page.locator("th", has_text="AMB-01"))
    expect(row).to_contain_text(re.compile(r"\d+ mnt \d+ dtk · "))
    expect(page.locator("tr", has_text="POL-01 ")).to_contain_text("posisi lama")
    expect(page.locator("tr", has_text="POL-02 ")).to_contain_text("posisi meloncat")
    assert axe(page) == []

    page.keyboard.press("Alt+j")
    expect(page.locator("#closing-name")).to_be_focused()
    page.keyboard.type("jalan merdeka")
    expect(page.locator("#closing-name")).to_have_value("jalan merdeka")
    expect(page.locator("#closing-name-hits li").first).to_contain_text("Jl. Merdeka")
    page.keyboard.press("Enter")
    expect(page.locator(".closing [role=status]")).to_contain_text(re.compile(r"Menutup \d+ ruas: Jl\. Merdeka"))
    page.get_by_label("sepeda motor boleh lewat").check()
    page.fill("#closing-why", "Banjir")
    page.press("#closing-why", "Enter")
    expect(page.locator(".rows strong")).to_have_text("Banjir · sampai dibuka")
    page.get_by_label("Hujan").check()
    expect(page.locator(".weather")).to_contain_text("Menurut dewi")
    page.get_by_label("Tinggi air (meter)").fill("1,4")
    page.press(".weather .tide", "Enter")
    expect(page.locator(".weather strong")).to_have_text("1,4 m")
    said = site.room.board.conditions["now"]
    assert said.rain and said.tide_m == 1.4
    picture(page, "lists-night")
    assert axe(page) == []
    site.incoming("late", "+628117705533")
    said = {"text": text("alarm.link-after-call", to="+628117705533", call="late")}
    site.note(ev.AlarmRaised(at=site.room.now(), alarm="link-late", level="warning", **said))
    page.get_by_role("button", name="Buka panggilan").click()
    expect(page.locator(".call-card .caller")).to_contain_text("+62 811 7705 533")
    page.get_by_role("button", name="Buka", exact=True).click()
    expect(page.locator("#map-list")).to_contain_text("Tidak ada jalan yang ditutup")
    page.get_by_role("button", name="Kembali ke tabel").click()

    where = {"lat": 0.926, "lon": 104.46}
    site.note(ev.PlaceAliasAdded(at=site.room.now(), alias="lorong <b>cina</b>", name="", by="x", learnt=True, **where))
    page.get_by_role("tab", name="Cakupan").click()
    expect(page.locator("table.cover tbody tr").first).to_contain_text("%")
    page.keyboard.press("ArrowRight")
    learnt = page.locator(".names li", has_text="lorong <b>cina</b>")
    learnt.get_by_role("button", name="Pastikan").click()
    expect(learnt.locator(".chip")).to_have_count(0)
    assert axe(page) == []
    learnt.get_by_role("button", name=re.compile("^Hapus")).click()
    expect(learnt).to_have_count(0)


def test_a_fault_in_one_part_leaves_the_others_and_says_what_to_do(site, visit):
    page = visit("dewi", "phone", "en")
    page.wait_for_selector(".unit-icon")
    page.keyboard.press("Alt+m")
    expect(page.locator("tr", has_text="AMB-01")).to_be_visible()
    picture(page, "lists-phone-en")
    # A record such as no program of ours writes.
    broken = "feed.board.calls = { x: null }; redraw();"
    page.evaluate(f"import('/static/shared/store.mjs').then(({{ feed, redraw }}) => {{ {broken} }})")
    expect(page.locator(".fault").first).to_contain_text("has stopped by a fault")
    expect(page.locator(".top .clock")).to_be_visible()
    page.evaluate("import('/static/shared/store.mjs').then(({ feed }) => { feed.board.calls = {}; })")
    for _ in range(page.locator(".fault").count()):
        page.get_by_role("button", name="Try again").first.click()
    expect(page.locator(".fault")).to_have_count(0)
