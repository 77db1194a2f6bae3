"""The demo is switched off: what it published opens nothing any more, and everybody is told that it is still there."""

from __future__ import annotations

import functools
import inspect

import argon2
import pytest

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.access.accounts import Account, Accounts
from dispatch.catalogue import say
from dispatch.journal.sql import open_engine
from dispatch.process.demo import DEMO_ACCOUNTS, PASSWORD, SUBSCRIBERS, make_demo_accounts
from dispatch.settings import Settings
from migrations import migrate
from tests.console import desk as desks
from tests.console.desk import Desk, demo_city
from tests.servers import within
from tests.texts import english, indonesian

OWN = "sandi-milik-sendiri"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """What a demo leaves: (its folder, a token of its simulator, a session and the phone of its operator)."""
    folder = tmp_path_factory.mktemp("demo")
    engine = open_engine(f"sqlite:///{folder}/journal.db")
    migrate(engine)
    accounts = Accounts(engine)
    make_demo_accounts(accounts)
    accounts.set_password("kepala", OWN, cmd.SUPERVISOR)
    marked = {"demo": True} if "demo" in inspect.signature(accounts.create_token).parameters else {}
    token = accounts.create_token("simulator", cmd.DISPATCHER, days=30, **marked)
    session = accounts.open_session(Account(name="operator", role=cmd.CALL_TAKER), 12)
    accounts.new_phone_password("operator")
    accounts.new_phone_password("kepala")
    engine.dispose()
    return folder, token, session


@pytest.fixture(scope="module")
def service(reactor_thread, demo):
    """The same folder with `demo = false`."""
    plain = desks.Accounts
    if "demo" in inspect.signature(plain).parameters:
        desks.Accounts = functools.partial(plain, demo=False)
    made = Desk(reactor_thread, demo[0], demo=False)
    desks.Accounts = plain
    yield made
    made.close()


def sign_in(desk, user: str, password: str):
    return desk.post("/api/v1/session", body={"user": user, "password": password, "unit": "AMB-01"})


@pytest.mark.fault(11, 13)
def test_nothing_that_the_demo_published_opens_a_door(service, demo, record_property):
    _, token, session = demo
    opened = [one["user"] for one in DEMO_ACCOUNTS if sign_in(service, one["user"], PASSWORD).status == 200]
    opened += ["simulator"] * (service.get("/api/v1/board", Authorization=f"Bearer {token}").status == 200)
    opened += ["old session"] * (service.get("/api/v1/board", Cookie=f"siaga_session={session}").status == 200)
    opened += ["desk phone"] * ("operator" in service.accounts.phones())
    record_property("figure", f"open the door: {', '.join(opened) or 'none'}")
    assert opened == []
    refused = sign_in(service, "operator", PASSWORD)
    assert refused.status == 403 and "admin" in say(refused.text, "id")
    assert sign_in(service, "operator", "something-else").status == 401
    assert [e.user for e in service.events(ev.SignInRefused)][-2:] == ["operator", "operator"]
    assert sign_in(service, "kepala", OWN).status == 200 and "kepala" in service.accounts.phones()


@pytest.mark.fault(11, 13)
def test_their_presence_is_an_alarm_until_each_is_gone_or_has_a_password_of_its_own(service, record_property):
    told = lambda: service.room.board.alarms.get("demo")  # noqa: E731
    raised = within(lambda: told() is not None)
    record_property("figure", f"told of: {english(told())[:60]}…" if raised else "nobody is told")
    assert raised and told().level == "critical"
    assert (
        "operator" in indonesian(told())
        and "siaga user remove" in indonesian(told())
        and "simulator" in indonesian(told())
    )
    for one in DEMO_ACCOUNTS[1:]:
        service.accounts.remove(one["user"])
    service.thread.until(lambda: "petugas" not in english(told()) and "operator" in english(told()))
    service.accounts.set_password("operator", OWN, cmd.CALL_TAKER)
    service.thread.until(lambda: "operator" not in english(told()))
    assert sign_in(service, "operator", OWN).status == 200, "that name is nobody's demo any more"
    service.accounts.revoke_token("simulator")
    service.thread.until(lambda: told() is None)


@pytest.mark.fault(11, 13)
def test_nobody_can_be_given_the_published_password_again(service, record_property):
    given = {"name": "baru", "password": PASSWORD, "role": "call-taker"}
    got = service.ask("POST", "/api/v1/people", "ade", given)
    record_property("figure", f"an account with it is answered {got.status}")
    assert got.status == 409 and "demo" in english(got)


@pytest.mark.fault(11, 13)
def test_invented_landlines_and_cameras_of_the_demo_lead_nowhere(tmp_path, record_property):
    """What the room reads from its folder and the city's files."""
    from dispatch.process import outside as rooms

    settings = Settings(data=str(tmp_path), demo=False)
    settings.subscribers_file.write_text(SUBSCRIBERS, "utf-8")
    cameras = rooms.resolved_cameras(demo_city(), settings)
    leading = sorted(name for name, camera in cameras.items() if camera.url)
    record_property("figure", f"{len(leading)} of {len(cameras)} cameras lead to the demo")
    assert leading == []
    from dispatch.process.leftovers import in_files, is_invented

    assert is_invented(settings)
    said = " ".join(english(one) for one in in_files(settings, demo_city()))
    for what in ("subscribers.csv", "cameras.csv: CAM-01", "centres.csv: bintan", "contacts.csv: polresta"):
        assert what in said
    assert in_files(Settings(data=str(tmp_path)), demo_city()) == [], "in the demo nothing is wrong with it"
    settings.subscribers_file.write_text(SUBSCRIBERS + "0771-21112,RSUD,Jl. Basuki Rahmat,,\n", "utf-8")
    assert not is_invented(settings), "a table that somebody has changed is theirs"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_an_older_demo_left_opens_nothing_either(kind, tmp_path, request):
    """Its accounts were made before anybody marked them."""
    from alembic import command
    from alembic.config import Config

    from dispatch.access.accounts import PublishedPassword
    from migrations import __file__ as place

    url = f"sqlite:///{tmp_path}/j.db" if kind == "sqlite" else request.getfixturevalue("postgres").url
    engine = open_engine(url)
    tables = "alembic_version, journal, accounts, sessions, tokens, mentions, account_changes, drafts"
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        if kind == "postgresql":
            connection.exec_driver_sql(f"drop table if exists {tables}")
        config = Config()
        config.set_main_option("script_location", place.rsplit("/", 1)[0])
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        columns = "(name, role, unit, password, ha1, language, skills)"
        for name, password in (("operator", "siaga112"), ("rina", "benar-sekali-112")):
            kept = argon2.PasswordHasher().hash(password)
            connection.exec_driver_sql(
                f"insert into accounts {columns} values ('{name}', 'call-taker', '', '{kept}', '', 'id', '')"
            )
        connection.exec_driver_sql("insert into sessions (digest, name, role, unit, expires) "
                                   "values ('aa', 'operator', 'call-taker', '', 1e12)")  # fmt: skip
    migrate(engine)
    service = Accounts(engine, demo=False)
    with pytest.raises(PublishedPassword):
        service.check("operator", "siaga112")
    assert service.check("rina", "benar-sekali-112").name == "rina"
    standing = service.standing()
    assert standing.published == ("operator",) and not standing.keys
    people, later = service.sealed(0)
    assert {one.name: (one.role, one.unit, one.seal) for one in later} == people
    engine.dispose()
