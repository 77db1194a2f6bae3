"""Drafts as the room keeps them: who sees them, what a late or a lost message does, a disk that hangs, a restart."""

from __future__ import annotations

import threading

import sqlalchemy as sa
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from twisted.internet import defer

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.drafting.draft import DraftWords, joined, left_of
from dispatch.drafting.drafts import Drafts, drafts_table
from tests.texts import english

few = limits(max_examples=30, deadline=None)
texts = st.text(max_size=30)
words = st.builds(DraftWords, type=st.sampled_from(["", "fire"]), address=texts, note=texts)


def write(desk, user: str, note: str, base: int = 0, key: str = "key-0000001", **about):
    body = {"about": {"kind": "form", **about}, "key": key, "words": {"note": note} if note else {}, "base": base}
    return desk.post("/api/v1/drafts", user, body)


def test_a_draft_is_its_writers_and_its_calls_and_nobody_elses(desk):
    desk.incoming("of-ana", "+628111")
    assert write(desk, "ana", "api", call="of-ana").json["draft"]["caller"] == "+628111"
    assert "form.of-ana" in desk.get("/api/v1/drafts", "ana").json
    assert desk.get("/api/v1/drafts", "dina").json == {}
    assert write(desk, "dina", "x", base=1, call="of-ana").json == {"draft": None, "taken": False}
    for user in ("rudi", "audi", "ade", "gps"):
        assert desk.get("/api/v1/drafts", user).status == 403
    assert desk.ask("DELETE", "/api/v1/drafts?id=form.of-ana", "dina").status == 404
    assert write(desk, "ana", "x").status == 400, "it must be for something"
    assert write(desk, "ana", "x", call="of-ana", nonsense="1").status == 400


def test_two_windows_do_not_write_over_each_other(desk):
    write(desk, "ana", "satu", own="w1")
    assert write(desk, "ana", "satu dua", base=1, own="w1").json["taken"]
    late = write(desk, "ana", "satu tiga", base=1, own="w1").json
    assert not late["taken"] and late["draft"]["words"] == {"note": "satu dua"}, "it is given what to join with"
    assert write(desk, "ana", "satu dua", base=1, own="w1").json["taken"], "the same words again are no quarrel"


def test_what_came_into_the_journal_is_taken_off_and_the_rest_stays_as_an_addition(desk):
    desk.incoming("typed-on", "+628112")
    write(desk, "ana", "Pohon tumbang", key="key-typed-on", call="typed-on")
    write(desk, "ana", "Pohon tumbang, dan kabel", base=1, key="key-typed-on", call="typed-on")
    desk.asks("ana", cmd.OpenIncident(type="medical", call="typed-on", note="Pohon tumbang", draft="form.typed-on"))
    incident = desk.room.board.calls["typed-on"].incident
    rest = desk.get("/api/v1/drafts", "ana").json["form.typed-on"]
    assert (rest["words"], rest["incident"]) == ({"note": ", dan kabel"}, incident)
    assert rest["key"] != "key-typed-on", "it is another sending"
    assert not write(desk, "ana", "Pohon tumbang", base=2, key="key-typed-on", call="typed-on").json["taken"]
    desk.asks("ana", cmd.AddNote(incident=incident, text=", dan kabel", draft="form.typed-on"))
    assert "form.typed-on" not in desk.get("/api/v1/drafts", "ana").json
    late = write(desk, "ana", "Pohon", key=rest["key"], call="typed-on").json
    assert late == {"draft": None, "taken": False}, "a letter that was under way brings nothing back"


def test_windows_are_told_at_once_and_only_those_who_may_see_it(desk):
    mine, others = desk.stream("ana"), desk.stream("dina")
    assert mine.next("drafts")[1]["all"] and others.next("drafts")[1]["all"]
    write(desk, "ana", "rahasia", own="told")
    name = "form.ana.told"
    assert mine.next("drafts")[1]["drafts"][name]["words"] == {"note": "rahasia"}
    write(desk, "dina", "lain", own="told")
    assert list(others.next("drafts")[1]["drafts"]) == ["form.dina.told"]
    write(desk, "ana", "", base=1, own="told")
    assert mine.next("drafts")[1]["drafts"] == {name: None}
    for stream in (mine, others):
        stream.close()


def read_again(desk) -> dict:
    """As a room that is started again reads them."""
    again = Drafts(desk.engine, desk.room, desk.thread.reactor)
    desk.thread.call(again.start)
    desk.thread.until(lambda: again.read)
    found = desk.thread.call(again.seen_by, "ana")
    desk.thread.call(again.stop)
    return found


def test_what_was_answered_is_found_by_the_next_room_beside_what_it_cannot_read(desk):
    assert write(desk, "ana", "tersimpan", own="kept").json["taken"]
    with desk.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(sa.insert(drafts_table), {"id": "form.torn", "body": b'{"id": "form.to'})
    assert read_again(desk)["form.ana.kept"].words.note == "tersimpan"


def test_while_the_disk_hangs_nothing_is_promised_and_nothing_forgotten(desk, monkeypatch):
    monkeypatch.setattr("console.api.drafts._KEPT_WITHIN", 0.3)
    hung, save = threading.Event(), desk.parts.drafts._save
    monkeypatch.setattr(desk.parts.drafts, "_save", lambda: (hung.wait(20), save()))
    answer = write(desk, "ana", "menunggu", own="hung")
    assert answer.status == 503 and "this screen" in english(answer)
    assert desk.get("/api/v1/drafts", "ana").json["form.ana.hung"]["words"] == {"note": "menunggu"}
    hung.set()
    assert write(desk, "ana", "menunggu", base=0, own="hung").json["taken"]
    desk.thread.until(lambda: "form.ana.hung" in read_rows(desk))


def read_rows(desk) -> set[str]:
    with desk.engine.connect() as connection:
        return set(connection.execute(sa.select(drafts_table.c.id)).scalars())


def test_discarding_needs_the_journal_and_can_be_undone_beside_what_was_begun_since(desk):
    write(desk, "ana", "lama", key="key-thrown1", own="thrown")
    gone = desk.ask("DELETE", "/api/v1/drafts?id=form.ana.thrown", "ana").json["undo"]
    assert [one.words for one in desk.events(ev.DraftDiscarded)][-1] == "lama"
    write(desk, "ana", "baru", key="key-thrown2", own="thrown")
    back = desk.post(f"/api/v1/drafts/restore?id={gone}", "ana").json["draft"]
    assert back["words"]["note"] == "lama\nbaru"
    assert desk.post(f"/api/v1/drafts/restore?id={gone}", "ana").status == 404


def test_what_was_put_back_is_written_on_also_after_it_was_emptied(desk):
    write(desk, "ana", "lama", key="key-undone1", own="undone")
    gone = desk.ask("DELETE", "/api/v1/drafts?id=form.ana.undone", "ana").json["undo"]
    back = desk.post(f"/api/v1/drafts/restore?id={gone}", "ana").json["draft"]
    assert write(desk, "ana", "", base=back["rev"], key=back["key"], own="undone").json["taken"]
    assert write(desk, "ana", "baru", key=back["key"], own="undone").json["taken"]


def test_what_was_written_while_it_is_thrown_away_is_thrown_away_with_it(desk, monkeypatch):
    write(desk, "ana", "satu", key="key-thrown3", own="late")
    hung, append = threading.Event(), desk.journal.append
    monkeypatch.setattr(desk.journal, "append", lambda entries: (hung.wait(20), append(entries)))
    (thrown,) = desk.thread.call(lambda: [defer.ensureDeferred(desk.parts.drafts.discard("ana", "form.ana.late"))])
    assert write(desk, "ana", "satu dua", base=1, key="key-thrown3", own="late").json["taken"]
    hung.set()
    desk.thread.until(lambda: thrown.called)
    back = desk.post("/api/v1/drafts/restore?id=gone.key-thrown3", "ana").json["draft"]
    assert back["words"]["note"] == "satu dua"


@few
@given(words, texts)
def test_words_taken_off_are_those_that_were_told(given_words, more):
    told = ev.IncidentOpened(
        at=1.0, incident="K-1", by="ana", type=given_words.type or "fire", address=given_words.address
    )
    noted = ev.NoteAdded(at=1.0, incident="K-1", by="ana", text=given_words.note)
    assert left_of(left_of(given_words, told), noted).note == ""
    longer = DraftWords(note=given_words.note + more)
    assert left_of(longer, noted).note == more.strip()


@few
@given(words, words)
def test_words_that_are_joined_are_all_there(a, b):
    both = joined(a, b)
    assert a.note in both.note and b.note in both.note
    assert both.address in (a.address, b.address) and (both.address or not (a.address or b.address))
