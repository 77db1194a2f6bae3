"""The steps from one form of the database to the next, in order; `migrate` takes those that are missing."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory


def migrate(engine: sa.Engine) -> None:
    """Takes every step the database has not had; safe to call at each start. When there is none it only reads, so that
    a disk that cannot be written keeps nobody from starting."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    newest = ScriptDirectory.from_config(config).get_heads()
    with engine.connect() as connection:
        if list(MigrationContext.configure(connection).get_current_heads()) == newest:
            return
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        raw = connection.connection.dbapi_connection
        patience = getattr(raw, "limit", None)
        if patience:
            raw.limit = None  # a step may take minutes, once
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if patience:
            raw.limit = patience
