"""When a token was made, so that a list of them tells which is which."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0003", "0002", None, None


def upgrade() -> None:
    op.add_column("tokens", sa.Column("created", sa.Float, nullable=False, server_default="0"))
