"""What a person can do, so that calls reach who is best for them."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("skills", sa.String(400), nullable=False, server_default=""))
