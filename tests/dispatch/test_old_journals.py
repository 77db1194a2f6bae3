"""A database whose journal has the form of before: it is kept, told of, and written on beside."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from twisted.logger import globalLogPublisher

import migrations
from dispatch import events as ev
from dispatch.journal.master import Masters
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.journal.verification import verify
from migrations import migrate
from tests.entries import entry_after


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    url = f"sqlite:///{tmp_path}/j.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").database(f"of_before_{abs(hash(request.node.name)) % 10**8}")
    made = open_engine(url)
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with made.connect().execution_options(writing=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        row = {"seq": 1, "recorded": 1_000_000, "body": b'{"event":"RoomStarted","at":1.0}', "digest": bytes(32)}
        connection.execute(sa.text("insert into journal values (:seq, :recorded, :body, :digest)"), row)
    yield made
    made.dispose()


@pytest.mark.parametrize("entries", [1, 0])
def test_a_journal_of_before_is_kept_and_told_of_and_a_new_one_begins(engine, entries):
    if not entries:
        with engine.connect().execution_options(writing=True) as connection, connection.begin():
            connection.execute(sa.text("delete from journal"))
    heard: list[dict] = []
    globalLogPublisher.addObserver(heard.append)
    migrate(engine)
    globalLogPublisher.removeObserver(heard.append)
    assert len([one for one in heard if "journal_before_0007" in one.get("log_format", "")]) == entries
    journal = SqlJournal(engine, Masters())
    journal.begin()
    journal.append([entry_after(None, 2.0, ev.CallReceived(at=2.0, call="c1", caller="+62811"), journal.keys)])
    assert [entry.event.caller for entry in journal.read()] == ["+62811"] and verify(journal.read()).intact
    with engine.connect() as connection:
        kept = connection.execute(sa.text("select body from journal_before_0007")).scalars().all()
    assert [bytes(one) for one in kept] == [b'{"event":"RoomStarted","at":1.0}'] * entries
    journal.close()
