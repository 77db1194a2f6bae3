"""The API of the admin: who may sign in. Every change is journaled (rights.py); a password is never read back."""

from __future__ import annotations

import msgspec
from twisted.internet import threads

from console.http.answers import Done
from console.http.web import Ask, Problem, Route
from console.parts import Parts
from dispatch.access.account_records import Account, AccountError, read_skills
from dispatch.commands import ADMIN


class Person(msgspec.Struct, frozen=True):
    """A new person, or a new password or role for one that is there. `skills`: words with commas between them; null
    leaves them as they are."""

    name: str
    password: str
    role: str
    unit: str = ""
    skills: str | None = None


class Skills(msgspec.Struct, frozen=True):
    """Words with commas between them, such as en, zh, fire."""

    skills: str


class SkillsNow(msgspec.Struct, frozen=True):
    """What the person can do from now on."""

    skills: tuple[str, ...]


async def people(parts: Parts, ask: Ask) -> list[Account]:
    return await threads.deferToThread(parts.accounts.people)


async def set_person(parts: Parts, ask: Ask) -> Done:
    given = ask.json(Person)
    try:
        skills = None if given.skills is None else read_skills(given.skills)
        person = (given.name, given.password, given.role, given.unit, skills, ask.actor.user)
        await threads.deferToThread(parts.accounts.set_password, *person)
    except AccountError as wrong:
        raise Problem(409, wrong.text) from None
    await parts.rights.look()
    return Done()


async def set_skills(parts: Parts, ask: Ask) -> SkillsNow:
    name = ask.path["name"]
    try:
        skills = read_skills(ask.json(Skills).skills)
        await threads.deferToThread(parts.accounts.set_skills, name, skills, ask.actor.user)
    except AccountError as wrong:
        raise Problem(409, wrong.text) from None
    await parts.rights.look()
    return SkillsNow(skills)


async def remove_person(parts: Parts, ask: Ask) -> Done:
    name = ask.path["name"]
    if name == ask.actor.user:
        raise Problem(409, "problem.own-account")
    gone = await threads.deferToThread(parts.accounts.remove, name, ask.actor.user)
    if not gone:
        raise Problem(404, "account.none-of-that-name", name=name)
    await parts.rights.look()
    return Done()


def routes() -> list[Route]:
    admin = frozenset({ADMIN})
    return [
        Route("GET", "/api/v1/people", admin, people, "Who may sign in."),
        Route(
            "POST", "/api/v1/people", admin, set_person, "Adds a person, or sets password and role.", Person,
            refuses=(409,),
        ),
        Route(
            "POST", "/api/v1/people/{name}/skills", admin, set_skills, "What a person can do.", Skills, refuses=(409,)
        ),
        Route(
            "DELETE", "/api/v1/people/{name}", admin, remove_person, "Removes a person; signs it out everywhere.",
            refuses=(409,),
        ),
    ]  # fmt: skip
