"""Who signs in while nothing can be written is signed in, and it is written later."""

from __future__ import annotations

import pytest

from dispatch.access.accounts import Accounts
from dispatch.journal.sql import open_engine
from migrations import migrate
from tests.disks import disk


@pytest.mark.fault(11, 17)
def test_on_a_disk_that_cannot_be_written_people_sign_in_and_out_and_what_they_did_is_written_later(
    tmp_path, record_property
):
    with disk(tmp_path / "disk") as place:
        url = f"sqlite:///{place.folder}/a.db"
        engine = open_engine(url)
        migrate(engine)
        accounts = Accounts(engine)
        accounts.set_password("ana", "benar-sekali", "dispatcher")
        account = accounts.check("ana", "benar-sekali")
        before = accounts.open_session(account, 12)
        place.fill()
        secret = gone = ""
        try:
            secret, gone = accounts.open_session(account, 12), accounts.open_session(account, 12)
        except Exception as wrong:
            record_property("figure", f"sign-in: {type(wrong).__name__}")
            raise
        record_property("figure", "signed in")
        assert accounts.actor(secret, "session").user == "ana"
        for ended in (before, gone):
            accounts.close_session(ended)
            assert accounts.actor(ended, "session") is None, "signing out holds as well"
        place.empty()
        accounts.standing()
        other = Accounts(open_engine(url))
        assert other.actor(secret, "session").user == "ana" and other.actor(before, "session") is None
        place.fill()
        late = accounts.open_session(account, 12)
        place.empty()
        other.set_password("ana", "ganti-sandi", "dispatcher")
        accounts.standing()
        assert accounts.actor(late, "session") is None, "a password that was changed ends it, as it does all others"
