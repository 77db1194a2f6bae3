"""What was changed about who may come in, so that a running room hears of it; which passwords and tokens are of the
demo, and since when a session is open."""

import hashlib
import time

import argon2
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0005", "0004", None, None
_PUBLISHED = "siaga112"
_PROGRAM = "simulator"


def upgrade() -> None:
    op.add_column("accounts", sa.Column("published", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("tokens", sa.Column("demo", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("sessions", sa.Column("opened", sa.Float, nullable=False, server_default="0"))
    op.create_table(
        "account_changes",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("unit", sa.String(80), nullable=False),
        sa.Column("skills", sa.String(400), nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("seal", sa.String(400), nullable=False),
    )
    _mark_what_the_demo_left()
    _tell_of_those_there_are()


def _mark_what_the_demo_left() -> None:
    """Passwords that everybody can read open nothing in service, whoever has them and since when."""
    connection = op.get_bind()
    people = sa.table("accounts", sa.column("name"), sa.column("published"))
    sessions = sa.table("sessions", sa.column("name"))
    hashes = connection.execute(sa.text("select name, password from accounts")).all()
    for name in [name for name, kept in hashes if _is_published(kept)]:
        connection.execute(people.update().where(people.c.name == name).values(published=True))
        connection.execute(sessions.delete().where(sessions.c.name == name))
    tokens = sa.table("tokens", sa.column("name"), sa.column("demo"))
    connection.execute(tokens.update().where(tokens.c.name == _PROGRAM).values(demo=True))


def _is_published(kept: str) -> bool:
    try:
        return argon2.PasswordHasher().verify(kept, _PUBLISHED)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def _tell_of_those_there_are() -> None:
    """The proof holds every account against the entry about it, so those from before get one."""
    connection = op.get_bind()
    names = ("name", "role", "unit", "password", "ha1", "skills", "published")
    people = connection.execute(sa.select(*(sa.column(name) for name in names)).select_from(sa.table("accounts"))).all()
    columns = ("number", "at", "name", "role", "unit", "skills", "removed", "told", "by", "seal")
    changes = sa.table("account_changes", *(sa.column(name) for name in columns))
    for number, row in enumerate(people, 1):
        seal = hashlib.sha256("\n".join([*row[:-1], str(bool(row.published))]).encode()).hexdigest()
        told = {"number": number, "at": time.time(), "by": "upgrade", "removed": False, "told": True, "seal": seal}
        known = {"name": row.name, "role": row.role, "unit": row.unit, "skills": row.skills}
        connection.execute(changes.insert().values(**told, **known))
