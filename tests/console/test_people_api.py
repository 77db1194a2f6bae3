"""The admin adds and removes people; nobody else does, and every change is in the journal."""

from dispatch import events as ev
from tests.texts import english


def test_the_admin_adds_a_person_who_can_sign_in_and_removes_her_again(desk):
    given = {"name": "rina", "password": "benar-sekali-9", "role": "call-taker"}
    assert desk.ask("POST", "/api/v1/people", "ade", given).status == 200
    names = [one["name"] for one in desk.ask("GET", "/api/v1/people", "ade").json]
    assert "rina" in names
    assert desk.accounts.check("rina", "benar-sekali-9").role == "call-taker"
    assert desk.ask("DELETE", "/api/v1/people/rina", "ade").status == 200
    assert desk.accounts.check("rina", "benar-sekali-9") is None
    told = [(e.user, e.role, e.by, e.removed) for e in desk.events(ev.AccountChanged)]
    assert told[-2:] == [("rina", "call-taker", "ade", False), ("rina", "", "ade", True)]


def test_the_admin_says_what_a_person_can_do(desk):
    given = {"name": "mei", "password": "benar-sekali-9", "role": "call-taker", "skills": "zh, en"}
    assert desk.ask("POST", "/api/v1/people", "ade", given).status == 200
    assert desk.ask("POST", "/api/v1/people/mei/skills", "ade", {"skills": "zh sea"}).json == {"skills": ["sea", "zh"]}
    shown = [one for one in desk.ask("GET", "/api/v1/people", "ade").json if one["name"] == "mei"]
    assert shown == [{"name": "mei", "role": "call-taker", "unit": "", "skills": ["sea", "zh"]}]
    assert [(e.user, e.role, e.skills) for e in desk.events(ev.AccountChanged)][-2:] == [
        ("mei", "call-taker", ("en", "zh")), ("mei", "call-taker", ("sea", "zh")),
    ]  # fmt: skip
    wrong = desk.ask("POST", "/api/v1/people/mei/skills", "ade", {"skills": "speaks/english"})
    assert wrong.status == 409 and "letters, digits" in english(wrong)
    assert desk.ask("POST", "/api/v1/people/mei/skills", "sari", {"skills": ""}).status == 403


def test_what_cannot_be_saved_says_why(desk):
    weak = desk.ask("POST", "/api/v1/people", "ade", {"name": "x", "password": "short", "role": "call-taker"})
    assert weak.status == 409 and "at least 8" in english(weak)
    assert desk.ask("DELETE", "/api/v1/people/ade", "ade").status == 409
    assert desk.ask("DELETE", "/api/v1/people/nobody", "ade").status == 404


def test_others_do_not_even_see_the_list(desk):
    for user in ("ana", "sari", "audi", "rudi", "gps"):
        assert desk.ask("GET", "/api/v1/people", user).status == 403
