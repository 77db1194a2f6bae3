"""The API of the admin: who may sign in. Every change is journaled; a password is never read back."""

from __future__ import annotations

import msgspec
from twisted.internet import defer, threads

from console.parts import Parts
from console.web import Ask, Problem, Route
from dispatch import events as ev
from dispatch.accounts import AccountError
from dispatch.commands import ADMIN
from dispatch.inputs import Noted


class Person(msgspec.Struct, frozen=True):
    """A new person, or a new password or role for one that is there."""

    name: str
    password: str
    role: str
    unit: str = ""


@defer.inlineCallbacks
def people(parts: Parts, ask: Ask):
    found = yield threads.deferToThread(parts.accounts.people)
    return found


@defer.inlineCallbacks
def set_person(parts: Parts, ask: Ask):
    given = ask.json(Person)
    try:
        yield threads.deferToThread(parts.accounts.set_password, given.name, given.password, given.role, given.unit)
    except AccountError as wrong:
        raise Problem(409, f"Akun tidak disimpan: {wrong}", f"Not saved: {wrong}") from None
    changed = ev.AccountChanged(at=parts.room.now(), user=given.name, role=given.role, by=ask.actor.user)
    yield parts.room.submit(Noted(changed))
    return {}


@defer.inlineCallbacks
def remove_person(parts: Parts, ask: Ask):
    name = ask.path["name"]
    if name == ask.actor.user:
        raise Problem(409, "Anda tidak dapat menghapus akun sendiri.", "You cannot remove your own account.")
    gone = yield threads.deferToThread(parts.accounts.remove, name)
    if not gone:
        raise Problem(404, f"Akun {name} tidak ada.", f"There is no account {name}.")
    removed = ev.AccountChanged(at=parts.room.now(), user=name, role="", by=ask.actor.user, removed=True)
    yield parts.room.submit(Noted(removed))
    return {}


def routes() -> list[Route]:
    admin = frozenset({ADMIN})
    return [
        Route("GET", "/api/v1/people", admin, people, "Who may sign in."),
        Route("POST", "/api/v1/people", admin, set_person, "Adds a person, or sets password and role.", Person),
        Route("DELETE", "/api/v1/people/{name}", admin, remove_person, "Removes a person; signs it out everywhere."),
    ]
