"""Every page and every answer of the API in a language that is made for this test: each message of the catalogue in
brackets of its own. Whatever is visible without brackets is in no catalogue, and what has two pairs of them was glued;
data (names, numbers, ids) stands in elements with translate="no"."""

from __future__ import annotations

import re

import msgspec
import pytest
from playwright.sync_api import expect

from dispatch import catalogue
from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.events import EVENTS
from routing.location import make_location
from routing.text import text
from tests.console import pages, sources
from tests.console.desk import PASSWORD, SCENE, WHO, Desk
from tests.console.facts import FIX, calls_of_every_kind, facts_of_every_kind, tell
from tests.console.families import FAMILIES, FILES, NO_TEXTS, WITHIN
from tests.console.pages import entered, sealed, signed_on
from tests.console.samples import bodies_of, routes_of, sample
from tests.console.walk import Walk
from tests.dispatch.test_eido_in import an_alert
from tests.pseudo import NAME, PART, WORDS, in_force, wrong_with

PEOPLE = pages.PEOPLE | {"kelola": (cmd.ADMIN, "")}
HOME = pages.HOME | {"kelola": "/admin"}


@pytest.fixture(scope="module")
def site(reactor_thread, tmp_path_factory):
    """A room that has one language more."""
    with in_force(tmp_path_factory.mktemp("locale")):
        assert catalogue.languages() == ("id", "en", NAME) and not catalogue.words(NAME).unread
        made = Desk(reactor_thread, tmp_path_factory.mktemp("console"))
        made.url = f"http://127.0.0.1:{made.port}"
        for name, (role, unit) in PEOPLE.items():
            made.accounts.set_password(name, PASSWORD, role, unit)
        yield made
        made.close()


@pytest.fixture
def visit(chromium, site):
    """visit(user, path) → a page of theirs in the made-up language; "" for nobody's."""
    contexts = []

    def go(user: str = "", path: str = "", width: int = 1500, **options):
        context = chromium.new_context(viewport={"width": width, "height": 1000}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(f"{site.url}/sign-in?lang={NAME}")
        if user:
            entered(page, site, user, HOME[user])
        if path:
            page.goto(site.url + path)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.fixture
def walk(record_property):
    made = Walk()
    yield made
    record_property("figure", f"{len(made.wrong)} of {len(made.seen)} texts")
    assert not made.wrong, made.told()


def test_the_way_in(site, visit, walk):
    page = visit()
    walk.look(page, "sign-in")
    page.fill("#user", "wati")
    page.fill("#password", "salah")
    page.press("#password", "Enter")
    expect(page.locator("#problem")).not_to_be_empty()
    page.locator("[data-role=responder]").first.click()
    expect(page.locator("#unit-label")).to_be_visible()
    walk.look(page, "sign-in refused")


def test_the_console_with_calls(site, visit, walk):
    page = visit("wati")
    page.wait_for_selector("#sign-on")
    page.wait_for_selector(".leaflet-container")
    walk.look(page, "console empty")
    now = site.room.now()
    signed_on(site, page, "P7")
    walk.look(page, "console on duty")
    page.keyboard.press("?")
    page.wait_for_selector("dialog.keys")
    walk.look(page, "console keys")
    page.keyboard.press("Escape")

    site.reported(ev.CallReceived(at=now, call="q-mine", caller="+628117709900", languages=("zh",)))
    tell(site, ev.LocationReceived, "q-mine", location=make_location(**SCENE, method="GPS", source="link"))
    page.wait_for_selector(".call.here")
    calls_of_every_kind(site)
    page.wait_for_selector(".call.owed")
    walk.look(page, "console queue")

    page.keyboard.press("F2")
    page.wait_for_selector(".call-card.accepted")
    walk.look(page, "console connecting")
    tell(site, ev.CallBridged, "q-mine", position="P7")
    page.wait_for_selector(".tools")
    page.keyboard.press("Alt+p")
    facts_of_every_kind(site, "q-mine")
    page.wait_for_selector(".member.dialling")
    walk.look(page, "call with a party that is called")
    tell(site, ev.PartyJoined, "q-mine", party="A900")
    tell(site, ev.PartyDialled, "q-mine", party="A901", uri="sip:b@x", label="Orang", by="wati")
    tell(site, ev.PartyLeft, "q-mine", party="A901", why=text("sip.603", answer="603 Decline"))
    page.wait_for_selector(".member.gone")
    walk.look(page, "call in hand")
    site.asks("ana", cmd.VerifyLocation(call="q-mine", observation=0))
    far = msgspec.structs.replace(FIX, lat=0.945, at=site.room.now())
    for _ in range(2):
        tell(site, ev.LocationReceived, "q-mine", location=msgspec.structs.replace(far, at=site.room.now()))
    page.wait_for_selector(".contradiction")
    walk.look(page, "call contradicted")
    page.locator(".location-link form.send-link button").first.click()
    page.wait_for_selector(".link-state .chip.ok, .link-state .soft button")
    walk.look(page, "call with a link")
    page.keyboard.press("F10")
    page.wait_for_selector("#call-in")
    walk.look(page, "call somebody in")
    page.keyboard.type("0771 21")
    walk.look(page, "call a number")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+k")
    page.wait_for_selector(".keypad, .box")
    walk.look(page, "keypad")
    page.keyboard.press("Escape")
    page.keyboard.press("F7")
    page.wait_for_timeout(500)
    walk.look(page, "call held")

    page.keyboard.press("F3")
    page.wait_for_selector("#type")
    walk.look(page, "form")
    page.locator("#type").press_sequentially("med")
    page.keyboard.press("Enter")
    page.fill("#address", "batu 10")
    page.wait_for_selector("#address-hits li")
    walk.look(page, "form with places")
    page.press("#address", "Enter")
    page.fill("#note", "Dua motor")
    page.keyboard.press("Escape")
    page.wait_for_timeout(1000)
    walk.look(page, "form put aside")
    tell(site, ev.CallEnded, "q-mine", by="caller")
    page.wait_for_selector(".classify")
    walk.look(page, "outcome asked")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(page.locator(".classify")).to_have_count(0)
    page.locator("aside.queue button.quiet, .seat-button").first.click()
    walk.look(page, "seat")


def test_the_console_with_incidents_alarms_and_the_map(site, visit, walk):
    page = visit("pimpin")
    page.wait_for_selector(".leaflet-container")
    page.wait_for_selector(".later")
    walk.look(page, "supervisor's console")
    page.click(".later")
    site.asks("dina", cmd.OpenIncident(type="medical", location=make_location(**SCENE), address="Tugu Pensil"))
    name = list(site.room.board.incidents)[-1]
    site.asks("dina", cmd.AddNote(incident=name, text="Dua korban"))
    page.locator(".queue .plain", has_text="Tugu Pensil").first.click()
    page.wait_for_selector("#units .candidate")
    page.wait_for_timeout(1500)
    walk.look(page, "recommendation")
    other = page.locator("#units .candidate:not(.suggested) button").first
    if other.count():
        other.click()
        walk.look(page, "why another unit")
        page.keyboard.press("Escape")
    site.asks("dina", cmd.AssignUnit(incident=name, unit="AMB-01", reason="uji"))
    page.wait_for_selector(".jobs li")
    walk.look(page, "assigned")
    over = make_location(lat=0.8748, lon=104.612)
    site.asks("dina", cmd.OpenIncident(type="fire-building", location=over, address="Jl. Raya Kijang"))
    page.locator(".queue .plain", has_text="Jl. Raya Kijang").first.click()
    page.wait_for_selector(".doubt")
    page.wait_for_timeout(1500)
    walk.look(page, "incident beyond the border")
    body = an_alert()
    body["siaga"] |= {"alert": "A-41", "asks": ["AMB-01"]}
    assert site.post("/api/v1/alerts", "bintan", body).status == 200
    page.wait_for_selector(".from-neighbour")
    walk.look(page, "alert of a neighbour")
    now, lost = site.room.now(), text("alarm.trunk-lost", trunk="telkom", why=text("why.missing"))
    site.note(ev.AlarmRaised(at=now, alarm="x-1", level="warning", text=lost, incident=name))
    site.note(ev.AlarmRaised(at=now, alarm="x-2", level="critical", text=lost, incident=name))
    page.wait_for_selector(".alarm")
    walk.look(page, "alarms")

    page.keyboard.press("Alt+j")
    page.wait_for_selector(".closing")
    walk.look(page, "closing")
    canvas = page.locator(".leaflet-box.drawing")
    for x, y in ((240, 420), (240, 160)):
        canvas.click(position={"x": x, "y": y})
    page.wait_for_timeout(1500)
    walk.look(page, "closing drawn")
    page.fill("#closing-why", "Banjir")
    page.press("#closing-why", "Enter")
    page.wait_for_selector(".closure-label")
    page.keyboard.press("Alt+l")
    page.wait_for_selector("#layers")
    page.evaluate("document.querySelectorAll('#layers input:not(:checked)').forEach((one) => one.click())")
    page.wait_for_selector("#layers table.cover tbody tr")
    walk.look(page, "layers")
    page.keyboard.press("Escape")
    site.note(ev.PlaceAliasAdded(at=now, alias="lorong cina", name="", by="x", learnt=True, lat=0.926, lon=104.46))
    page.keyboard.press("Alt+m")
    page.wait_for_selector("#map-list")
    site.asks("dina", cmd.SetConditions(rain=True, tide_m=1.4))
    for tab in ("units", "incidents", "closures", "cameras", "coverage", "names"):
        page.click(f"#tab-{tab}")
        page.wait_for_timeout(700)
        walk.look(page, f"list of {tab}")
    page.goto(site.url + "/supervisor")
    page.wait_for_selector(".queues table")
    page.wait_for_timeout(1500)
    walk.look(page, "supervisor")


def test_a_room_that_is_not_heard_and_a_locked_screen(site, hung, visit, walk):
    page = visit("pimpin")
    page.wait_for_selector(".leaflet-container")
    hung.freeze()
    page.wait_for_selector(".banner", timeout=60_000)
    walk.look(page, "room silent")
    hung.thaw()
    page.goto(site.url + "/console")
    page.wait_for_selector(".leaflet-container")
    page.evaluate("import('/static/shared/lock.mjs').then(({ unlocked }) => { unlocked('⟦x⟧'); })")
    page.wait_for_selector("dialog.lock")
    walk.look(page, "locked")
    page.fill("dialog.lock input[type=password]", "salah")
    page.keyboard.press("Enter")
    expect(page.locator("dialog.lock .problem")).not_to_be_empty()
    walk.look(page, "not unlocked")


def test_the_crews_page(site, visit, walk):
    page = visit("awak", width=400, permissions=["geolocation"], geolocation={"latitude": 0.915, "longitude": 104.46})
    page.wait_for_selector(".standby, .job")
    walk.look(page, "crew")
    if not any(job.unit == "AMB-01" and job.active for job in site.room.board.assignments.values()):
        site.asks("ana", cmd.OpenIncident(type="medical", location=make_location(**SCENE), address="Tugu Pensil"))
        name = list(site.room.board.incidents)[-1]
        site.asks("ana", cmd.AssignUnit(incident=name, unit="AMB-01", reason="uji"))
    page.wait_for_selector(".job.assigned")
    page.wait_for_selector(".way li")
    walk.look(page, "crew's new job")
    page.context.set_offline(True)
    page.click("#next")
    page.wait_for_selector(".banner")
    walk.look(page, "crew without network")
    page.context.set_offline(False)
    for state in ("acknowledged", "en_route", "on_scene", "clear"):
        page.wait_for_selector(f".job.{state}, .standby")
        walk.look(page, f"crew {state}")
        if page.locator("#next:enabled").count():
            page.click("#next")
    page.wait_for_selector(".standby")
    walk.look(page, "crew stands by")
    page.get_by_role("button", name="Bahasa Indonesia").click()
    page.wait_for_selector("html[lang=id]")
    page.reload()  # what was chosen is remembered
    expect(page.locator("html")).to_have_attribute("lang", "id")


def test_the_auditors_page(site, visit, walk):
    tell(site, ev.CallReceived, "call-audit", caller="+628125550000")
    for leg, hertz in (("caller", 440.0), ("call-taker", 300.0)):
        sealed(site, "call-audit", leg, site.room.now(), hertz)
    tell(site, ev.CallEnded, "call-audit", by="caller")
    page = visit("periksa")
    page.wait_for_selector(".row-call")
    walk.look(page, "audit")
    for row in page.locator(".row-call").all()[:20]:
        row.click()
        page.wait_for_selector(".timeline .step")
        walk.look(page, "story of a call")
    page.locator("#slider").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".leaflet-container")
    page.locator(".verify, header button").first.click()
    page.wait_for_selector(".verdict")
    walk.look(page, "verdict")


def test_the_admins_page(site, visit, walk):
    page = visit("kelola")
    page.wait_for_selector("tbody tr")
    walk.look(page, "people")
    page.fill("section input[name=name]", "a b")
    page.fill("section input[name=password]", "kata sandi panjang")
    page.click("section button.primary")
    expect(page.locator(".problem")).not_to_be_empty()
    walk.look(page, "person refused")
    page.fill("section input[name=name]", "baru")
    page.click("section button.primary")
    expect(page.locator("[role=status]")).not_to_be_empty()
    walk.look(page, "person saved")


def test_the_page_on_a_callers_telephone(site, chromium, walk):
    call = "call-phone"
    site.incoming(call, "+628117701133")
    site.asks("ana", cmd.SendLocationLink(call=call))
    here = {"latitude": 0.92, "longitude": 104.45, "accuracy": 12}
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale=NAME, geolocation=here, permissions=["geolocation"],
        extra_http_headers={"Accept-Language": NAME},
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{site.url}/l/{site.page_key(call)}")
    page.wait_for_selector("#start")
    walk.look(page, "caller asked")
    page.click("#start")
    site.thread.until(lambda: site.room.board.calls[call].locations)
    page.fill("#text", "Kapal bocor")
    page.click("#send")
    site.asks("ana", cmd.SendText(call=call, text="Bantuan berangkat."))
    page.wait_for_timeout(2500)
    walk.look(page, "caller sent")
    other = context.browser.new_context(extra_http_headers={"Accept-Language": NAME}).new_page()
    other.goto(f"{site.url}/l/{site.page_key(call)}")
    other.wait_for_timeout(1500)
    walk.look(other, "another browser asks")
    page.click("#stop")
    walk.look(page, "caller stopped")
    key = site.page_key(call)
    site.asks("ana", cmd.CloseLink(call=call))
    page.wait_for_timeout(1500)
    walk.look(page, "caller's link closed")
    other.goto(f"{site.url}/l/{key}")
    walk.look(other, "no such link")
    context.close()


def test_every_answer_that_something_was_not_done_is_in_the_askers_language(site):
    """Asked of every route: nobody signed in, every role, bodies that are none, ids that nobody has."""
    told, heard = {}, set()

    def ask(what: str, method: str, path: str, user: str = "", body: object = None, **headers: str) -> None:
        got = site.ask(method, path, user, body, Accept_Language=NAME, **headers)
        if got.status < 400 or got.headers.get("content-type") != "application/json":
            return  # a page has its own walk
        heard.add(got.json["error"]["code"])
        said = got.json["error"]["text"]
        if wrong := list(wrong_with(said)) or [] if said[:1] in WORDS + PART else ["it is in no brackets"]:
            told[said] = (what, method, path, user, got.status, wrong)

    for route in routes_of(site):
        path = re.sub(r"\{\w+\}", "nope-404", route.path)
        if path == "/api/v1/events":
            continue  # flows on
        ask("nobody", route.method, path)
        ask("no method", "PUT", path)
        for user in WHO:
            ask("nothing", route.method, path, user)
            if route.method == "POST":
                ask("no JSON", route.method, path, user, b"{not json", Content_Type="application/json")
                ask("another JSON", route.method, path, user, {"nope": [1]})
                for kind in bodies_of(route):
                    ask("unknown ids", route.method, path, user, sample(msgspec.inspect.type_info(kind)))
    for kind in cmd.Command.__subclasses__():
        body = sample(msgspec.inspect.type_info(kind)) | {"command": kind.__name__}
        for user in ("ana", "sari", "rudi", "audi"):
            ask(kind.__name__, "POST", "/api/v1/commands", user, body)
    ask("nowhere", "GET", "/api/v1/nowhere", "ana")
    ask("bad key", "POST", "/api/v1/commands", "ana", {"command": "SignOff", "position": "P"}, Idempotency_Key="x")
    ask("too large", "POST", "/api/v1/commands", "ana", b"x" * 300_000)
    assert told == {}
    assert len(heard) > 50, sorted(heard)


def test_every_event_of_the_vocabulary_is_one_sentence_in_the_story_of_a_call(site, visit):
    """As the auditor's page says it, with something in each of its fields."""
    page = visit("kelola")
    events = []
    for name, kind in EVENTS.items():
        fields = msgspec.inspect.type_info(kind).fields
        events += [{"event": name} | {one.encode_name: sample(one.type) for one in fields if all_ or one.required}
                   for all_ in (True, False)]  # fmt: skip
    said = page.evaluate(
        """async (events) => {
            const { sentence } = await import("/static/shared/sentences.mjs");
            return events.map((one) => { try { return sentence(one, null); } catch (wrong) { return `${wrong}`; } });
        }""",
        events,
    )
    told = {one["event"]: said for one, said in zip(events, said, strict=True) if list(wrong_with(said))}
    assert told == {}


@pytest.mark.parametrize("path", sources.SCRIPTS, ids=lambda path: path.name)
def test_no_words_stand_in_a_script_and_none_are_glued_there(path):
    """Names of keys on the keyboard, and of units of data, are no words of a language."""
    for one in sources.templates_in(path):
        if one.tag == "html":
            plain = re.sub(r"<kbd[^>]*>[^<]*</kbd>|<[^>]*>", " ", one.text)
            assert not re.findall(r"[^\W\d_]{2,}", plain.replace("kB", "")), (one.line, plain)
        elif any(re.search(r"\b(t|say)\(", inside) for inside in one.expressions):
            assert not one.text.strip("@") and len(one.expressions) == 1 or "contact." in str(one.expressions), one


def test_every_message_is_used_and_every_code_has_one():
    named = {name for name in catalogue.words("id")}
    families = {name.partition("-")[0] for name in named if "-" in name}
    files = [*sources.MODULES, *sources.SCRIPTS, *sources.TEMPLATES]
    codes = {code: file for file in files for code in sources.codes_in(file)}
    begun = {begin: file for file in files for begin in sources.beginnings_in(file)}
    together = {f"{family}{word}" for family, words in FAMILIES.items() for word in words}
    listed = {*FAMILIES, *NO_TEXTS, *WITHIN}
    assert {begin: file for begin, file in begun.items() if begin not in listed} == {}
    known = {catalogue.name_of(code) for code in {*codes, *together}}
    assert sorted(named - known) == [], "nobody says these"
    begins = {*begun, *(begin.rstrip(".") for begin in FAMILIES), *FILES}
    dotted = {code: file for code, file in codes.items() if "." in code[:-1] and code.partition(".")[0] in families}
    missing = {code: file for code, file in dotted.items() if catalogue.name_of(code) not in named}
    assert {code: file for code, file in missing.items() if code not in begins} == {}
