"""Who may come in: people by password (argon2id), programs by token, browsers by session, phones by digest.

Only digests of tokens and sessions are kept, so a stolen database opens no door.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import time

import argon2
import msgspec
import sqlalchemy as sa

from dispatch.commands import ROLES, Actor
from dispatch.settings import SIP_REALM

metadata = sa.MetaData()
accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("unit", sa.String(80), nullable=False),
    sa.Column("password", sa.String(200), nullable=False),
    sa.Column("ha1", sa.String(64), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("skills", sa.String(400), nullable=False),
)


def _keys(name: str, *times: str) -> sa.Table:
    columns = [sa.Column("digest", sa.String(64), primary_key=True)]
    columns += [sa.Column(c, sa.String(80), nullable=False) for c in ("name", "role", "unit")]
    return sa.Table(name, metadata, *columns, *(sa.Column(c, sa.Float, nullable=False) for c in times))


sessions, tokens = _keys("sessions", "expires"), _keys("tokens", "expires", "created")
_ID = 10


class AccountError(ValueError):
    """What is wrong with the request, for the person who made it."""


class AccountsUnavailable(Exception):
    """The database is away; nothing is known about who asks."""


_MOST_SKILLS = 12
_AWAY = 5.0
"""Seconds for which a database that could not be asked is not asked again."""


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


def read_skills(text: str) -> tuple[str, ...]:
    """From words with commas or spaces between them, in order and once each. Raises AccountError."""
    words = sorted({word for word in re.split(r"[,;\s]+", text.lower()) if word})
    for word in words:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,29}", word):
            raise AccountError(f"the skill '{word}' is no word; use letters, digits and '-', such as en, zh, fire")
    if len(words) > _MOST_SKILLS:
        raise AccountError(f"{len(words)} skills are too many; at most {_MOST_SKILLS} can be kept")
    return tuple(words)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split(",") if word)


def _account(row: sa.Row) -> Account:
    return Account(name=row.name, role=row.role, unit=row.unit, skills=_words(row.skills))


def _token(row: sa.Row) -> Token:
    times = {"created": row.created, "expires": row.expires}
    return Token(id=row.digest[:_ID], name=row.name, role=row.role, unit=row.unit, **times)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Accounts:
    """All calls block (an argon2id hash takes about 0.2 s and 64 MiB): call `check` and `set_password` on a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._hasher = argon2.PasswordHasher()
        self._dummy = self._hasher.hash(secrets.token_hex(8))
        self._lock = threading.Lock()
        self._known: dict[str, tuple[Actor, float, float]] = {}  # who, fresh until, valid until
        self._away_until = 0.0

    # -- people
    def set_password(
        self, name: str, password: str, role: str, unit: str = "", skills: tuple[str, ...] | None = None
    ) -> None:
        """Makes or changes an account. `skills`: None leaves them as they are. Raises AccountError for an unknown role
        or a short password."""
        if role not in ROLES:
            raise AccountError(f"the role '{role}' is not known; use one of: {', '.join(ROLES)}")
        if not name or not name.replace("-", "").replace(".", "").replace("_", "").isalnum():
            raise AccountError("a user name has letters, digits, '-', '.' and '_' only")
        if len(password) < 8:
            raise AccountError("the password is too short; use at least 8 characters")
        row = {"role": role, "unit": unit, "password": self._hasher.hash(password)}
        if skills is not None:
            row["skills"] = ",".join(skills)
        with self._writing() as connection:
            if connection.execute(sa.update(accounts).where(accounts.c.name == name).values(row)).rowcount == 0:
                fresh = {"name": name, "ha1": "", "language": "id", "skills": "", **row}
                connection.execute(sa.insert(accounts).values(fresh))
            connection.execute(sa.delete(sessions).where(sessions.c.name == name))
        self._forget(name)

    def set_skills(self, name: str, skills: tuple[str, ...]) -> str:
        """Counts from the next time they begin duty. The person's role; raises AccountError when there is nobody."""
        with self._writing() as connection:
            changed = sa.update(accounts).where(accounts.c.name == name).values(skills=",".join(skills))
            if connection.execute(changed).rowcount == 0:
                raise AccountError(f"there is no account '{name}'")
            role = connection.execute(sa.select(accounts.c.role).where(accounts.c.name == name)).scalar_one()
        self._forget(name)
        return role

    def remove(self, name: str) -> bool:
        with self._writing() as connection:
            connection.execute(sa.delete(sessions).where(sessions.c.name == name))
            gone = connection.execute(sa.delete(accounts).where(accounts.c.name == name)).rowcount
        self._forget(name)
        return bool(gone)

    def people(self) -> list[Account]:
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(accounts)).all()
        return sorted((_account(row) for row in rows), key=lambda a: a.name)

    def check(self, name: str, password: str) -> Account | None:
        """The account, when the password is right. Takes as long for a name that does not exist."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(accounts).where(accounts.c.name == name)).first()
        try:
            self._hasher.verify(row.password if row else self._dummy, password)
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return None
        return _account(row) if row else None

    # -- browsers and programs
    def open_session(self, account: Account, hours: float, unit: str = "") -> str:
        """A secret for a cookie."""
        return self._make(sessions, account.name, account.role, unit or account.unit, hours)

    def create_token(self, name: str, role: str, unit: str = "", days: float = 3650) -> str:
        """A secret for a program, shown once. Raises AccountError for an unknown role."""
        if role not in ROLES:
            raise AccountError(f"the role '{role}' is not known; use one of: {', '.join(ROLES)}")
        if len(name) > 80 or len(unit) > 80:
            raise AccountError("a name may have 80 letters at most")
        return self._make(tokens, name, role, unit, days * 24, created=time.time())

    def tokens(self) -> list[Token]:
        """Those that are valid, by unit and name."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(tokens).where(tokens.c.expires > time.time())).all()
        return sorted((_token(row) for row in rows), key=lambda one: (one.unit, one.name, one.created))

    def revoke_token(self, key: str, role: str = "") -> Token:
        """By its id, or by its name where no other has it; of this role, "" for any. It opens nothing more within a
        minute; see `actor`. Raises AccountError."""
        found = [one for one in self.tokens() if key in (one.id, one.name) and role in ("", one.role)]
        if len(found) != 1:
            why = (
                f"{len(found)} tokens are called '{key}'; name the id of one" if found else f"there is no token '{key}'"
            )
            raise AccountError(f"{why} (`siaga token list`, `siaga device list`)")
        with self._writing() as connection:
            connection.execute(sa.delete(tokens).where(tokens.c.digest.startswith(found[0].id)))
        self._forget(found[0].name)
        return found[0]

    def _make(self, table: sa.Table, name: str, role: str, unit: str, hours: float, **times: float) -> str:
        secret, now = secrets.token_urlsafe(32), time.time()
        times["expires"] = now + hours * 3600
        row = {"digest": _digest(secret), "name": name, "role": role, "unit": unit, **times}
        with self._writing() as connection:
            connection.execute(sa.delete(table).where(table.c.expires < now))
            connection.execute(sa.insert(table).values(row))
        return secret

    def known(self, secret: str, kind: str) -> Actor | None:
        """The actor, when it was looked up within the last minute. Does not block."""
        kept = self._known.get(kind + _digest(secret))
        return kept[0] if kept and kept[1] > time.time() else None

    def actor(self, secret: str, kind: str) -> Actor | None:
        """Who holds this session or token (`kind`: session, token); None when it is unknown or too old.
        Looked up once a minute at most, so that a revoked token works no longer than that."""
        key, now = _digest(secret), time.time()
        if known := self.known(secret, kind):
            return known
        table = sessions if kind == "session" else tokens
        named = table.outerjoin(accounts, accounts.c.name == table.c.name)
        wanted = sa.select(table, accounts.c.skills).select_from(named)
        wanted = wanted.where(table.c.digest == key, table.c.expires > now)
        try:
            if time.monotonic() < self._away_until:
                raise OSError("the database did not answer a moment ago")
            with self._engine.connect() as connection:
                row = connection.execute(wanted).first()
        except (sa.exc.SQLAlchemyError, OSError) as wrong:
            if not isinstance(wrong, OSError):
                self._away_until = time.monotonic() + _AWAY  # one that hangs must not hold every thread
            kept = self._known.get(kind + key)
            if kept and kept[2] > now:
                return kept[0]  # a database that is away signs nobody out in the middle of a call
            raise AccountsUnavailable("the accounts cannot be read now; try again in a moment") from wrong
        if row is None:
            return None
        found = Actor(user=row.name, role=row.role, unit=row.unit, skills=_words(row.skills or ""))
        with self._lock:
            if len(self._known) > 10_000:
                self._known.clear()
            self._known[kind + key] = (found, min(now + 60, row.expires), row.expires)
        return found

    def close_session(self, secret: str) -> None:
        with self._writing() as connection:
            connection.execute(sa.delete(sessions).where(sessions.c.digest == _digest(secret)))
        with self._lock:
            self._known.pop("session" + _digest(secret), None)

    def clock_set(self, step: float) -> None:
        """The wall clock was set forward by `step` seconds: open sessions go on for as long as they would have."""
        with self._writing() as connection:
            connection.execute(sa.update(sessions).values(expires=sessions.c.expires + step))
        with self._lock:
            self._known.clear()

    def _forget(self, name: str) -> None:
        with self._lock:
            self._known = {key: kept for key, kept in self._known.items() if kept[0].user != name}

    # -- phones
    def new_phone_password(self, name: str) -> str:
        """A password for a SIP phone of this person, shown once. It is made here because digest access (RFC 3261,
        22.4) needs a form of it that is weak for a password that people choose."""
        password = secrets.token_urlsafe(12)
        ha1 = hashlib.md5(f"{name}:{SIP_REALM}:{password}".encode()).hexdigest()
        with self._writing() as connection:
            if not connection.execute(sa.update(accounts).where(accounts.c.name == name).values(ha1=ha1)).rowcount:
                raise AccountError(f"there is no account '{name}'; make it first with `siaga user add`")
        return password

    def phones(self) -> dict[str, str]:
        """user -> HA1 of those who have a phone password."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(accounts.c.name, accounts.c.ha1).where(accounts.c.ha1 != "")).all()
        return dict(rows)

    def _writing(self):
        return _Writing(self._engine)


class _Writing:
    """A transaction that writes, on either database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._connection = engine.connect().execution_options(writing=True)

    def __enter__(self) -> sa.Connection:
        self._transaction = self._connection.begin()
        return self._connection

    def __exit__(self, kind, wrong, trace) -> None:
        try:
            self._transaction.__exit__(kind, wrong, trace)
        finally:
            self._connection.close()
