"""Alembic's entry: brings a database to the newest form. Forward only; a journal row is never touched."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
