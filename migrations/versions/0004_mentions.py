"""Which entries name a call, incident, assignment, unit or file, so that a question about one reads only those."""

import sqlalchemy as sa
from alembic import op

from dispatch.mentions import LONGEST, mentioned

revision, down_revision, branch_labels, depends_on = "0004", "0003", None, None
_PAGE = 5000


def upgrade() -> None:
    op.create_table(
        "mentions",
        sa.Column("thing", sa.String(LONGEST), primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    connection, after = op.get_bind(), 0
    journal = sa.table("journal", sa.column("seq"), sa.column("body"))
    index = sa.table("mentions", sa.column("thing"), sa.column("seq"))
    wanted = sa.select(journal.c.seq, journal.c.body).order_by(journal.c.seq).limit(_PAGE)
    while page := connection.execute(wanted.where(journal.c.seq > after)).all():
        rows = [{"thing": thing, "seq": seq} for seq, body in page for thing in mentioned(bytes(body))]
        if rows:
            connection.execute(index.insert(), rows)
        after = page[-1].seq
