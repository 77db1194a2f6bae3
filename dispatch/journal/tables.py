"""The tables of the journal, as migrations/ makes them."""

from __future__ import annotations

import sqlalchemy as sa

from dispatch.journal.subjects import LONGEST

metadata = sa.MetaData()
journal_table = sa.Table(
    "journal",
    metadata,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
    sa.Column("leaf", sa.LargeBinary, nullable=False),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("digest", sa.LargeBinary(32), nullable=False),
)
mentions_table = sa.Table(
    "mentions",
    metadata,
    sa.Column("thing", sa.String(LONGEST), primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Of which entries a thing is a subject; written with them."""
keys_table = sa.Table(
    "subject_keys",
    metadata,
    sa.Column("subject", sa.String(LONGEST), primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
)
"""The keys under which the entries' personal fields are sealed, wrapped under a master key; an erasure deletes them."""
