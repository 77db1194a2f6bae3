"""Who comes in, and who does not."""

import time

import pytest

from dispatch.access.accounts import AccountError, Accounts, AccountsUnavailable, read_skills
from dispatch.access.devices import APPS, add_device, how_to_set_up
from dispatch.journal.sql import open_engine
from migrations import migrate
from tests.texts import english


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def accounts(request, tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('db')}/a.db"
    engine = open_engine(url if request.param == "sqlite" else request.getfixturevalue("postgres").url)
    migrate(engine)
    migrate(engine)
    yield Accounts(engine)
    engine.dispose()


def test_a_person_comes_in_with_the_right_password_only(accounts):
    accounts.set_password("ana", "benar-sekali", "call-taker")
    assert accounts.check("ana", "benar-sekali").role == "call-taker"
    assert accounts.check("ana", "salah") is None
    assert accounts.check("nobody", "benar-sekali") is None
    with pytest.raises(AccountError, match="at least 8"):
        accounts.set_password("ana", "short", "call-taker")
    with pytest.raises(AccountError, match="call-taker, dispatcher"):
        accounts.set_password("ana", "long-enough", "king")


def test_sessions_and_tokens_are_kept_as_digests_and_end(accounts):
    accounts.set_password("joko", "benar-sekali", "responder", unit="AMB-01")
    person = accounts.check("joko", "benar-sekali")
    secret = accounts.open_session(person, hours=1)
    assert accounts.actor(secret, "session").unit == "AMB-01"
    assert accounts.actor(secret, "token") is None
    accounts.close_session(secret)
    assert accounts.actor(secret, "session") is None
    old = accounts.open_session(person, hours=-1)
    assert accounts.actor(old, "session") is None
    assert accounts.actor(accounts.create_token("probe", "auditor"), "token").role == "auditor"


def test_tokens_are_listed_and_revoked_one_by_one(accounts):
    secrets = [accounts.create_token("wall", "dispatcher") for _ in range(2)]
    first, second = [one for one in accounts.tokens() if one.name == "wall"]
    assert first.role == "dispatcher" and abs(first.created - time.time()) < 60 < first.expires - time.time()
    assert not any(secret in str(first) or first.id in secret for secret in secrets)
    with pytest.raises(AccountError, match="2 tokens are called 'wall'"):
        accounts.revoke_token("wall")
    with pytest.raises(AccountError, match="There is no token"):
        accounts.revoke_token(second.id, "tracker")
    assert accounts.revoke_token(second.id) == second
    assert sorted(accounts.actor(one, "token") is None for one in secrets) == [False, True]
    with pytest.raises(AccountError, match="siaga token list"):
        accounts.revoke_token(second.id)


def test_a_device_is_a_token_of_one_unit_with_a_name_of_its_own(accounts):
    name, secret = add_device(accounts, ["AMB-01", "POL-01"], "AMB-01")
    assert name == "amb-01-1" and accounts.actor(secret, "token").unit == "AMB-01"
    assert add_device(accounts, ["AMB-01"], "AMB-01")[0] == "amb-01-2"
    for unit, label, why in (
        ("AMB-1", "", "did you mean AMB-01"),
        ("AMB-01", "amb-01-1", "already"),
        ("AMB-01", "a/b", "cannot"),
    ):
        with pytest.raises(AccountError, match=why):
            add_device(accounts, ["AMB-01"], unit, label)
    for app in APPS:
        told = english(how_to_set_up(app, "https://112.example.go.id", "AMB-01", name, secret)[0])
        assert secret in told and "https://112.example.go.id/api/v1/fixes" in told and "public_url" not in told
    assert "public_url" in english(how_to_set_up("traccar", "http://127.0.0.1:8112", "AMB-01", name, secret)[0])


def test_a_new_password_ends_the_sessions(accounts):
    accounts.set_password("budi", "benar-sekali", "dispatcher")
    secret = accounts.open_session(accounts.check("budi", "benar-sekali"), hours=1)
    assert accounts.actor(secret, "session").user == "budi"
    accounts.set_password("budi", "lain-sekali", "dispatcher")
    assert accounts.actor(secret, "session") is None


def test_a_phone_password_is_made_for_an_account(accounts):
    accounts.set_password("cici", "benar-sekali", "call-taker")
    assert len(accounts.new_phone_password("cici")) >= 12
    assert len(accounts.phones()["cici"]) == 32
    with pytest.raises(AccountError, match="siaga user add"):
        accounts.new_phone_password("nobody")


def test_a_database_that_is_away_signs_nobody_out(tmp_path, monkeypatch):
    file = tmp_path / "a.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    accounts = Accounts(engine)
    accounts.set_password("dewi", "benar-sekali", "call-taker")
    known = accounts.open_session(accounts.check("dewi", "benar-sekali"), hours=1)
    stranger = accounts.open_session(accounts.check("dewi", "benar-sekali"), hours=1)
    assert accounts.actor(known, "session").user == "dewi"
    engine.dispose()
    for part in tmp_path.glob("a.db*"):
        part.unlink()
    file.mkdir()
    later = time.time() + 120
    monkeypatch.setattr("dispatch.access.accounts.time.time", lambda: later)
    assert accounts.actor(known, "session").user == "dewi"
    with pytest.raises(AccountsUnavailable):
        accounts.actor(stranger, "session")


def test_a_persons_skills_are_kept_when_the_password_changes_and_are_known_to_every_session(accounts):
    accounts.set_password("mei", "benar-sekali", "call-taker", skills=read_skills("ZH, en; sea"))
    secret = accounts.open_session(accounts.check("mei", "benar-sekali"), hours=1)
    assert accounts.actor(secret, "session").skills == ("en", "sea", "zh")
    accounts.set_skills("mei", read_skills("fire"))
    assert accounts.actor(secret, "session").skills == ("fire",)
    accounts.set_password("mei", "sandi-yang-lain", "call-taker")
    assert [one.skills for one in accounts.people() if one.name == "mei"] == [("fire",)]
    with pytest.raises(AccountError, match="no account"):
        accounts.set_skills("nobody", ())
    for wrong in ("e n g l i s h / mandarin", ",".join(f"s{n}" for n in range(13))):
        with pytest.raises(AccountError):
            read_skills(wrong)
