"""What was changed about who may come in, so that a running room hears of it; which passwords and tokens are of the
demo, and since when a session is open."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0005", "0004", None, None


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
    )
