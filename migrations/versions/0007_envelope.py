"""The journal's form: an entry is its leaf and what is sealed beside it; the keys of what is sealed; the index anew.
A journal of before is kept under another name and not read any more."""

import sqlalchemy as sa
from alembic import op
from twisted.logger import Logger

revision, down_revision, branch_labels, depends_on = "0007", "0006", None, None
log = Logger()


def upgrade() -> None:
    (entries,) = op.get_bind().execute(sa.text("select count(*) from journal")).one()
    if entries:
        log.critical(
            "the {entries} entries of this database have the form of an earlier version and are not read any more: "
            "the room begins with an empty board. They are kept in the table journal_before_0007; to look at them, use "
            "that version with a copy of the database (docs/journal.md)",
            entries=entries,
        )
    op.rename_table("journal", "journal_before_0007")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("alter index journal_pkey rename to journal_before_0007_pkey")
    op.execute("delete from mentions")
    op.create_table(
        "journal",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("leaf", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
    )
    op.create_table(
        "subject_keys",
        sa.Column("subject", sa.String(120), primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
