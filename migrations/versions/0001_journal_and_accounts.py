"""The journal, the accounts, the sessions and the tokens."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0001", None, None, None


def upgrade() -> None:
    seq = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "journal",
        sa.Column("seq", seq, primary_key=True, autoincrement=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
    )
    op.create_table(
        "accounts",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("unit", sa.String(80), nullable=False, server_default=""),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("ha1", sa.String(64), nullable=False, server_default=""),
        sa.Column("language", sa.String(2), nullable=False, server_default="id"),
    )
    for table in ("sessions", "tokens"):
        op.create_table(
            table,
            sa.Column("digest", sa.String(64), primary_key=True),
            sa.Column("name", sa.String(80), nullable=False),
            sa.Column("role", sa.String(20), nullable=False),
            sa.Column("unit", sa.String(80), nullable=False, server_default=""),
            sa.Column("expires", sa.Float, nullable=False),
        )
