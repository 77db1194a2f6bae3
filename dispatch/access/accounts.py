"""Who may come in: people by password (argon2id), programs by token, browsers by session, phones by digest.

Only digests of tokens and sessions are kept, so a stolen database opens no door. Every change gets a number, whichever
process made it: so a running room hears of it (rights.py). Outside the demo what the demo published opens nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

import argon2
import msgspec
import sqlalchemy as sa

from dispatch.access.account_records import (
    Account,
    AccountError,
    AccountsUnavailable,
    Change,
    Key,
    PublishedPassword,
    Standing,
    Token,
    account_of,
    digest_of,
    key_of,
    opened_by,
    seal_of,
    token_of,
    words_of,
)
from dispatch.access.account_records import read_skills as read_skills
from dispatch.access.account_tables import accounts, changes, sessions, tokens
from dispatch.commands import ROLES, Actor
from dispatch.settings import SIP_REALM

_CHANGING = 112_113
"""PostgreSQL advisory lock: changes are numbered in the order in which they can be seen."""
PUBLISHED_PASSWORD = "siaga112"
"""Of the demo's accounts: everybody can read it."""
SHORTEST_PASSWORD, LONGEST_NAME = 8, 80
"""Letters."""
_AWAY = 5.0
"""Seconds for which a database that could not be asked is not asked again."""


def is_published(password: str) -> bool:
    return password.strip().lower() == PUBLISHED_PASSWORD


class Accounts:
    """All calls block (an argon2id hash takes about 0.2 s and 64 MiB): call `check` and `set_password` on a thread.
    Without `demo` what the demo published (accounts with its password, its programs' tokens) opens nothing.
    `by`: who changes something, for the journal."""

    def __init__(self, engine: sa.Engine, demo: bool = True) -> None:
        self.engine, self._demo = engine, demo
        self._hasher = argon2.PasswordHasher()
        self._dummy = self._hasher.hash(secrets.token_hex(8))
        self._lock = threading.Lock()
        self._known: dict[str, tuple[Key, float]] = {}  # fresh until
        self._unwritten: dict[str, tuple[Key, int]] = {}  # sessions, and the last change when they were opened
        self._closed: set[str] = set()  # sessions that could not be deleted
        self._away_until = 0.0

    # -- people
    def set_password(
        self, name: str, password: str, role: str, unit: str = "", skills: tuple[str, ...] | None = None,
        by: str = "siaga user",
    ) -> None:  # fmt: skip
        """Makes or changes an account, and ends all that was opened with it before: sessions and the phone's password.
        `skills`: None leaves them as they are. Raises AccountError for an unknown role or a password that is none."""
        if role not in ROLES:
            raise AccountError("account.unknown-role", role=role[:60], roles=ROLES)
        if not name or not name.replace("-", "").replace(".", "").replace("_", "").isalnum():
            raise AccountError("account.bad-name")
        if len(password) < SHORTEST_PASSWORD:
            raise AccountError("account.password-too-short", least=SHORTEST_PASSWORD)
        published = is_published(password)
        if published and not self._demo:
            raise AccountError("account.password-published")
        row = {"role": role, "unit": unit, "password": self._hasher.hash(password), "ha1": "", "published": published}
        if skills is not None:
            row["skills"] = ",".join(skills)
        with self._changing() as (connection, changed):
            if connection.execute(sa.update(accounts).where(accounts.c.name == name).values(row)).rowcount == 0:
                fresh = {"name": name, "language": "id", "skills": "", **row}
                connection.execute(sa.insert(accounts).values(fresh))
            connection.execute(sa.delete(sessions).where(sessions.c.name == name))
            changed(name, by, role=role, unit=unit, skills=row.get("skills", ""))
        self._forget(name)

    def set_skills(self, name: str, skills: tuple[str, ...], by: str = "siaga user") -> str:
        """Counts from the next time they begin duty. The person's role; raises AccountError when there is nobody."""
        with self._changing() as (connection, changed):
            kept = sa.update(accounts).where(accounts.c.name == name).values(skills=",".join(skills))
            if connection.execute(kept).rowcount == 0:
                raise AccountError("account.none-of-that-name", name=name)
            row = connection.execute(sa.select(accounts).where(accounts.c.name == name)).one()
            changed(name, by, role=row.role, unit=row.unit, skills=row.skills)
        self._forget(name)
        return str(row.role)

    def remove(self, name: str, by: str = "siaga user") -> bool:
        with self._changing() as (connection, changed):
            connection.execute(sa.delete(sessions).where(sessions.c.name == name))
            gone = connection.execute(sa.delete(accounts).where(accounts.c.name == name)).rowcount
            if gone:
                changed(name, by, removed=True)
        self._forget(name)
        return bool(gone)

    def people(self) -> list[Account]:
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(accounts)).all()
        return sorted((account_of(row) for row in rows), key=lambda a: a.name)

    def check(self, name: str, password: str) -> Account | None:
        """The account, when the password is right. Takes as long for a name that does not exist. Raises
        PublishedPassword for a right one that opens nothing."""
        try:
            with self.engine.connect() as connection:
                row = connection.execute(sa.select(accounts).where(accounts.c.name == name)).first()
        except (sa.exc.SQLAlchemyError, OSError) as wrong:
            raise AccountsUnavailable("the accounts cannot be read now; try again in a moment") from wrong
        try:
            self._hasher.verify(row.password if row else self._dummy, password)
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return None
        if row and not self._demo and (row.published or is_published(password)):
            raise PublishedPassword("account.password-of-the-demo", name=name)
        return account_of(row) if row else None

    # -- browsers and programs
    def open_session(self, account: Account, hours: float, unit: str = "") -> str:
        """A secret for a cookie. Where it cannot be written it is good in this process, and written later."""
        unit, now = unit or account.unit, time.time()
        try:
            return self._make(sessions, account.name, account.role, unit, hours, opened=now)
        except (sa.exc.SQLAlchemyError, OSError):
            secret, number = secrets.token_urlsafe(32), self.last_change()
            actor = Actor(user=account.name, role=account.role, unit=unit, skills=account.skills)
            with self._lock:
                self._unwritten[key_of(secret, "session")] = (Key(actor, now + hours * 3600, now), number)
            return secret

    def create_token(self, name: str, role: str, unit: str = "", days: float = 3650, demo: bool = False) -> str:
        """A secret for a program, shown once. Raises AccountError for an unknown role."""
        if role not in ROLES:
            raise AccountError("account.unknown-role", role=role[:60], roles=ROLES)
        if len(name) > LONGEST_NAME or len(unit) > LONGEST_NAME:
            raise AccountError("account.name-too-long", most=LONGEST_NAME)
        return self._make(tokens, name, role, unit, days * 24, created=time.time(), demo=demo)

    def tokens(self) -> list[Token]:
        """Those that are valid, by unit and name."""
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(tokens).where(tokens.c.expires > time.time())).all()
        return sorted((token_of(row) for row in rows), key=lambda one: (one.unit, one.name, one.created))

    def revoke_token(self, key: str, role: str = "") -> Token:
        """By its id, or by its name where no other has it; of this role, "" for any. Raises AccountError."""
        found = [one for one in self.tokens() if key in (one.id, one.name) and role in ("", one.role)]
        if len(found) != 1:
            raise AccountError("account.token-not-one", n=len(found), name=key)
        with self._changing() as (connection, _):
            connection.execute(sa.delete(tokens).where(tokens.c.digest.startswith(found[0].id)))
        self._forget(found[0].name)
        return found[0]

    def revoke_demo_tokens(self) -> None:
        """Those that an earlier start made for the demo's programs."""
        with self._changing() as (connection, _):
            connection.execute(sa.delete(tokens).where(tokens.c.demo))

    def _make(self, table: sa.Table, name: str, role: str, unit: str, hours: float, **more: float | bool) -> str:
        secret, now = secrets.token_urlsafe(32), time.time()
        row = {"digest": digest_of(secret), "name": name, "role": role, "unit": unit, "expires": now + hours * 3600}
        with self._changing() as (connection, _):
            connection.execute(sa.delete(table).where(table.c.expires < now))
            connection.execute(sa.insert(table).values(row | more))
        return secret

    def _opened(self, table: sa.Table) -> sa.Select[Any]:
        """Rows of sessions or tokens that open something until they expire, with the skills of whose they are."""
        named = table.outerjoin(accounts, accounts.c.name == table.c.name)
        wanted = sa.select(table, accounts.c.skills).select_from(named)
        if self._demo:
            return wanted
        if table is tokens:
            return wanted.where(~tokens.c.demo)
        return wanted.where(sa.or_(accounts.c.published.is_(None), ~accounts.c.published))

    def known(self, secret: str, kind: str) -> Key | None:
        """The key, when it was looked up within the last minute. Does not block."""
        kept = self._known.get(key_of(secret, kind))
        return kept[0] if kept and kept[1] > time.time() else None

    def key(self, secret: str, kind: str) -> Key | None:
        """What this session or token opens (`kind`: session, token); None when it is unknown or too old. Looked up
        once a minute; rights.py hears at once of one that was revoked."""
        name, now = key_of(secret, kind), time.time()
        if known := self.known(secret, kind):
            return known
        if name in self._closed:
            return None
        if name in self._unwritten:
            found = self._unwritten[name][0]
            return found if found.expires > now else None
        table = sessions if kind == "session" else tokens
        wanted = self._opened(table).where(table.c.digest == digest_of(secret), table.c.expires > now)
        try:
            if time.monotonic() < self._away_until:
                raise OSError("the database did not answer a moment ago")
            with self.engine.connect() as connection:
                row = connection.execute(wanted).first()
        except (sa.exc.SQLAlchemyError, OSError) as wrong:
            if not isinstance(wrong, OSError):
                self._away_until = time.monotonic() + _AWAY  # one that hangs must not hold every thread
            kept = self._known.get(name)
            if kept and kept[0].expires > now:
                return kept[0]  # a database that is away signs nobody out in the middle of a call
            raise AccountsUnavailable("the accounts cannot be read now; try again in a moment") from wrong
        if row is None:
            return None
        found = opened_by(row)
        with self._lock:
            if len(self._known) > 10_000:
                self._known.clear()
            self._known[name] = (found, min(now + 60, found.expires))
        return found

    def actor(self, secret: str, kind: str) -> Actor | None:
        """Who holds this session or token."""
        found = self.key(secret, kind)
        return found.actor if found else None

    def slide(self, secret: str, expires: float) -> None:
        """The session is good until then; nobody is told of it, since nothing ends."""
        with self._writing() as connection:
            connection.execute(
                sa.update(sessions).where(sessions.c.digest == digest_of(secret)).values(expires=expires)
            )

    def slid(self, secret: str, expires: float) -> None:
        """The same for what is remembered, at once and also while the database is away."""
        name = key_of(secret, "session")
        with self._lock:
            if name in self._known:
                key, fresh = self._known[name]
                self._known[name] = (msgspec.structs.replace(key, expires=expires), fresh)
            if name in self._unwritten:
                key, number = self._unwritten[name]
                self._unwritten[name] = (msgspec.structs.replace(key, expires=expires), number)

    def close_session(self, secret: str) -> None:
        """Also while nothing can be written: it opens nothing more here, and is deleted later."""
        name = key_of(secret, "session")
        with self._lock:
            self._known.pop(name, None)
            if self._unwritten.pop(name, None):
                return
            self._closed.add(name)
        with contextlib.suppress(sa.exc.SQLAlchemyError, OSError):
            self._write_late()

    def _write_late(self) -> None:
        """What could not be written when it happened. Raises SQLAlchemyError, OSError."""
        with self._lock:
            late, closed = dict(self._unwritten), set(self._closed)
        if not late and not closed:
            return
        begins = len("session")
        rows = [
            {
                "digest": name[begins:], "name": key.actor.user, "role": key.actor.role, "unit": key.actor.unit,
                "expires": key.expires, "opened": key.opened,
            }
            for name, (key, _) in late.items()
        ]  # fmt: skip
        with self._changing() as (connection, _):
            if rows:
                connection.execute(sa.insert(sessions), rows)
            connection.execute(sa.delete(sessions).where(sessions.c.digest.in_([name[begins:] for name in closed])))
        with self._lock:
            self._unwritten = {name: one for name, one in self._unwritten.items() if name not in late}
            self._closed -= closed

    def clock_set(self, step: float) -> None:
        """The wall clock was set forward by `step` seconds: open sessions go on for as long as they would have."""
        with self._writing() as connection:
            moved = {"expires": sessions.c.expires + step, "opened": sessions.c.opened + step}
            connection.execute(sa.update(sessions).values(moved))
        with self._lock:
            self._known.clear()

    def _forget(self, name: str) -> None:
        with self._lock:
            self._known = {key: kept for key, kept in self._known.items() if kept[0].actor.user != name}
            self._unwritten = {key: kept for key, kept in self._unwritten.items() if kept[0].actor.user != name}

    # -- what changes
    def last_change(self) -> int:
        """The number of the last change, by whichever process."""
        with self.engine.connect() as connection:
            return connection.execute(sa.select(sa.func.max(changes.c.number))).scalar() or 0

    def standing(self) -> Standing:
        """Who may come in now; what is remembered of keys is made the same."""
        self._drop_changed()
        with contextlib.suppress(sa.exc.SQLAlchemyError, OSError):
            self._write_late()
        with self.engine.connect() as connection:
            number = connection.execute(sa.select(sa.func.max(changes.c.number))).scalar() or 0
            rows = connection.execute(sa.select(accounts)).all()
            keys = {
                kind + row.digest: opened_by(row)
                for kind, table in (("session", sessions), ("token", tokens))
                for row in connection.execute(self._opened(table)).all()
            }
            left = connection.execute(sa.select(tokens.c.name).where(tokens.c.demo).distinct()).scalars().all()
        now = time.time()
        with self._lock:
            keys |= {name: key for name, (key, _) in self._unwritten.items()}
            keys = {name: key for name, key in keys.items() if name not in self._closed}
            good = {name: key for name, key in keys.items() if key.expires > now}
            self._known = {name: (key, min(now + 60, key.expires)) for name, key in good.items()}
        return Standing(
            number=number,
            people={row.name: account_of(row) for row in rows if self._demo or not row.published},
            keys=keys,
            published=tuple(sorted(row.name for row in rows if row.published)),
            demo_tokens=tuple(sorted(left)),
        )

    def _drop_changed(self) -> None:
        """Sessions that are not written end as those that are do: when something about their person was changed."""
        for name, (key, number) in list(self._unwritten.items()):
            person = sa.select(changes.c.number).where(changes.c.number > number, changes.c.name == key.actor.user)
            with self.engine.connect() as connection:
                changed = connection.execute(person).first() is not None
            if changed or key.expires <= time.time():
                with self._lock:
                    self._unwritten.pop(name, None)

    def changes(self, after: int) -> list[Change]:
        """What was changed about people after that number, in order."""
        with self.engine.connect() as connection:
            return _changes(connection, after)

    def sealed(self, after: int) -> tuple[dict[str, tuple[str, str, str]], list[Change]]:
        """name -> (role, unit, seal) of every account, and the changes after that number; both of one moment."""
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            rows = connection.execute(sa.select(accounts)).all()
            later = _changes(connection, after)
        return {row.name: (row.role, row.unit, seal_of(row)) for row in rows}, later

    # -- phones
    def new_phone_password(self, name: str, by: str = "siaga user") -> str:
        """A password for a SIP phone of this person, shown once. It is made here because digest access (RFC 3261,
        22.4) needs a form of it that is weak for a password that people choose."""
        password = secrets.token_urlsafe(12)
        ha1 = hashlib.md5(f"{name}:{SIP_REALM}:{password}".encode()).hexdigest()
        with self._changing() as (connection, changed):
            if not connection.execute(sa.update(accounts).where(accounts.c.name == name).values(ha1=ha1)).rowcount:
                raise AccountError("account.make-it-first", name=name)
            row = connection.execute(sa.select(accounts).where(accounts.c.name == name)).one()
            changed(name, by, role=row.role, unit=row.unit, skills=row.skills)
        return password

    def phones(self) -> dict[str, str]:
        """user -> HA1 of those who have a phone password."""
        wanted = sa.select(accounts.c.name, accounts.c.ha1).where(accounts.c.ha1 != "")
        if not self._demo:
            wanted = wanted.where(~accounts.c.published)
        with self.engine.connect() as connection:
            return {row.name: row.ha1 for row in connection.execute(wanted).all()}

    def _writing(self) -> _Writing:
        return _Writing(self.engine)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[tuple[sa.Connection, Callable[..., None]]]:
        """A transaction with a number of its own. `changed(name, by, …)` says what was changed about a person; of the
        rest only the newest number is kept, as nobody has to be told more than that something is different."""
        said: dict[str, object] = {"name": "", "role": "", "unit": "", "skills": "", "by": "", "seal": ""}
        said |= {"removed": False, "told": False}

        def changed(name: str, by: str, **known: object) -> None:
            said.update(name=name, by=by, told=True, **known)

        with self._writing() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_CHANGING)))
            yield connection, changed
            row = connection.execute(sa.select(accounts).where(accounts.c.name == said["name"])).first()
            said["seal"] = seal_of(row) if row else ""
            number = (connection.execute(sa.select(sa.func.max(changes.c.number))).scalar() or 0) + 1
            connection.execute(sa.delete(changes).where(~changes.c.told))
            connection.execute(sa.insert(changes).values(number=number, at=time.time(), **said))


def _changes(connection: sa.Connection, after: int) -> list[Change]:
    wanted = sa.select(changes).where(changes.c.number > after, changes.c.told).order_by(changes.c.number)
    return [
        Change(
            number=row.number, at=row.at, name=row.name, role=row.role, unit=row.unit, skills=words_of(row.skills),
            removed=row.removed, by=row.by, seal=row.seal,
        )
        for row in connection.execute(wanted).all()
    ]  # fmt: skip


class _Writing:
    """A transaction that writes, on either database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._connection = engine.connect().execution_options(writing=True)

    def __enter__(self) -> sa.Connection:
        self._transaction = self._connection.begin()
        return self._connection

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._transaction.__exit__(kind, wrong, trace)
        finally:
            self._connection.close()
