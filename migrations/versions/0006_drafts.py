"""What people have begun to write and not sent yet."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0006", "0005", None, None


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(300), primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
