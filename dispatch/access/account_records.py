"""What is known of those who may come in: people, tokens, what a key opens, what changed; and how rows become it."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import msgspec
import sqlalchemy as sa

from dispatch.commands import Actor
from routing.text import CodedError

_ID = 10
_MOST_SKILLS = 12


class AccountError(CodedError, ValueError):
    """What is wrong with the request, for the person who made it."""


class AccountsUnavailable(Exception):
    """The database is away; nothing is known about who asks."""


class PublishedPassword(AccountError):
    """The password is right, and everybody knows it."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """`skills`: languages and subjects, as the city's queues ask for them: en, zh, fire."""

    name: str
    role: str
    unit: str = ""
    skills: tuple[str, ...] = ()


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A program's or device's way in. `id`: the first letters of its digest, which open nothing; times in seconds since
    1970, `created` 0 for those from before it was kept."""

    id: str
    name: str
    role: str
    unit: str
    created: float
    expires: float
    demo: bool = False


class Key(msgspec.Struct, frozen=True):
    """What a session or token opens until it expires. Seconds since 1970; `opened` is 0 for tokens, never to slide."""

    actor: Actor
    expires: float
    opened: float = 0.0


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Something about a person was changed; `number` counts all changes, also of sessions, tokens and phones."""

    number: int
    at: float
    name: str
    role: str
    unit: str
    skills: tuple[str, ...]
    removed: bool
    by: str
    seal: str


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Who may come in at this moment. `keys`: by kind and digest, see `key_of`, with some whose time is over;
    `published`, `demo_tokens`: what the demo left behind, whether it opens anything or not."""

    number: int = 0
    people: dict[str, Account] = {}
    keys: dict[str, Key] = {}
    published: tuple[str, ...] = ()
    demo_tokens: tuple[str, ...] = ()


def read_skills(text: str) -> tuple[str, ...]:
    """From words with commas or spaces between them, in order and once each. Raises AccountError."""
    words = sorted({word for word in re.split(r"[,;\s]+", text.lower()) if word})
    for word in words:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,29}", word):
            raise AccountError("account.skill-no-word", word=word[:60])
    if len(words) > _MOST_SKILLS:
        raise AccountError("account.too-many-skills", n=len(words), most=_MOST_SKILLS)
    return tuple(words)


def words_of(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split(",") if word)


def account_of(row: sa.Row[Any]) -> Account:
    return Account(name=row.name, role=row.role, unit=row.unit, skills=words_of(row.skills))


def opened_by(row: sa.Row[Any]) -> Key:
    actor = Actor(user=row.name, role=row.role, unit=row.unit, skills=words_of(row.skills or ""))
    return Key(actor, row.expires, getattr(row, "opened", 0.0))


def token_of(row: sa.Row[Any]) -> Token:
    return Token(
        id=row.digest[:_ID], name=row.name, role=row.role, unit=row.unit, demo=row.demo, created=row.created,
        expires=row.expires,
    )  # fmt: skip


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def key_of(secret: str, kind: str) -> str:
    """Names what `secret` opens without telling it; `kind`: session or token."""
    return kind + digest_of(secret)


def seal_of(row: sa.Row[Any]) -> str:
    """Digest of a whole account: what was changed past this program is not what the journal says of it."""
    parts = (row.name, row.role, row.unit, row.password, row.ha1, row.skills, str(bool(row.published)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
