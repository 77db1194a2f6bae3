"""Which entries name a call, incident, assignment, unit or file, so that a question about one reads only those.
The room fills it at its next start."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0004", "0003", None, None


def upgrade() -> None:
    op.create_table(
        "mentions",
        sa.Column("thing", sa.String(120), primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
