"""The tables of who may come in: accounts, sessions, tokens, and the numbered list of what was changed about them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

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
    sa.Column("published", sa.Boolean, nullable=False),
)


def _keys(name: str, *more: sa.Column[Any]) -> sa.Table:
    columns: list[sa.Column[Any]] = [sa.Column("digest", sa.String(64), primary_key=True)]
    columns += [sa.Column(c, sa.String(80), nullable=False) for c in ("name", "role", "unit")]
    return sa.Table(name, metadata, *columns, sa.Column("expires", sa.Float, nullable=False), *more)


sessions = _keys("sessions", sa.Column("opened", sa.Float, nullable=False))
tokens = _keys("tokens", sa.Column("created", sa.Float, nullable=False), sa.Column("demo", sa.Boolean, nullable=False))
changes = sa.Table(
    "account_changes",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Float, nullable=False),
    *(sa.Column(c, sa.String(400), nullable=False) for c in ("name", "role", "unit", "skills", "by", "seal")),
    *(sa.Column(c, sa.Boolean, nullable=False) for c in ("removed", "told")),
)
