"""The law wants somebody gone: their key goes, and with it all that the journal said of them. Nothing else changes."""

from __future__ import annotations

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.stateful import rule

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.calldata import Msd
from dispatch.folds import aliases as folds_aliases
from dispatch.folds import callers as folds_callers
from dispatch.inputs import Delivered, Noted
from dispatch.journal.callindex import CallIndex
from dispatch.journal.chain import JournalUnavailable, entries_of
from dispatch.journal.keys import Keys
from dispatch.journal.master import FILE, Masters
from dispatch.journal.replay import fold, story_of
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.journal.tables import keys_table
from dispatch.journal.verification import index_of, verify
from dispatch.personal import empty_fields
from migrations import migrate
from routing.city.contacts import Contact
from routing.location import Location
from routing.text import text
from tests.dispatch.story import Story
from tests.dispatch.test_invariants import AnythingHappens, calls, names

NUMBER, OTHER, IMEI = "+628117770001", "+628228880002", "490154203237518"
PLACE = Location(lat=0.917263, lon=104.461529, radius=30.0, source="pidf-lo", at=1000.0)
OF_THE_CALL = (
    NUMBER, NUMBER[1:], IMEI, "Budi Santoso", "sip:rsud-7788@rs.example", "RSUD Dompak", "tolong anak saya",
    "kami segera datang", "Kampung Bugis 14", "VF37BRFVE12345678", "0.917263", "104.461529", "10.11.12.13",
    "510-10-4321", "https://lokasi.example/abc123",
)  # fmt: skip
OF_THE_INCIDENT = ("Jalan Mawar 12", "pintu belakang, lantai dua", "warung bu Tini", "0.931111", "104.472222")


class Town(Story):
    """A full story: c1 with all that can be known of a caller, c2 about the same incident."""

    def __init__(self, keys: Keys) -> None:
        party = Contact(id="party", name="RSUD Dompak", number="sip:rsud-7788@rs.example", kind="agency", receives=True)
        super().__init__(contacts={"party": party}, keys=keys)
        self.input(Noted(ev.RoomStarted(at=self.now, journal="0123456789abcdef")))
        self.seated()
        self.reported(ev.AmlReceived(at=self.now, number=NUMBER, imei=IMEI, location=PLACE, raw="a" * 64))
        cell = "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=510-10-4321"
        self.incoming("c1", NUMBER, source="10.11.12.13", access=cell, raw="b" * 64)
        self.answered("c1", "P1")
        for event in (
            ev.LocationReceived(at=self.now, call="c1", location=PLACE),
            ev.CivicReceived(at=self.now, call="c1", parts={"A6": "Kampung Bugis 14"}),
            ev.LocationReferenced(at=self.now, call="c1", uri="https://lokasi.example/abc123"),
            ev.AdditionalDataReceived(at=self.now, call="c1", kind="SubscriberInfo", data={"FN": "Budi Santoso"}),
            ev.MsdReceived(at=self.now, call="c1", msd=Msd(version=2, vin="VF37BRFVE12345678", lat=PLACE.lat)),
            ev.TextReceived(at=self.now, call="c1", text="tolong anak saya", via="rtt"),
            ev.DtmfReceived(at=self.now, call="c1", digits="5"),
        ):
            self.reported(event)
        self.ask("ana", "call-taker", cmd.SendText(call="c1", text="kami segera datang"))
        self.ask("ana", "call-taker", cmd.SendLocationLink(call="c1", to=NUMBER, channel="sms"))
        self.ask("ana", "call-taker", cmd.AddParty(call="c1", to="party"))
        there = msgspec.structs.replace(PLACE, lat=0.931111, lon=104.472222, method="map")
        said = {"address": "Jalan Mawar 12", "said": "warung bu Tini"}
        self.ask("ana", "dispatcher", cmd.OpenIncident(type="fire", call="c1", location=there, **said))
        self.ask("ana", "dispatcher", cmd.AddNote(incident="K-00001", text="pintu belakang, lantai dua"))
        crew = {"unit": "AMB-01", "agency": "AMB", "kind": "car", "name": "AMB-01", "phone": "+628119000001"}
        self.input(Noted(ev.UnitRegistered(at=self.now, lat=0.9, lon=104.4, **crew)))
        self.ask("ana", "dispatcher", cmd.AssignUnit(incident="K-00001", unit="AMB-01", reason="rumah warung bu Tini"))
        for notice in list(self.board.notices):
            self.input(Delivered(notice, why=text("why.gateway-silent")))
        self.incoming("c2", OTHER)
        self.ask("ana", "dispatcher", cmd.LinkCall(call="c2", incident="K-00001"))
        for call in ("c1", "c2"):
            self.reported(ev.CallEnded(at=self.now, call=call))
        self.ask("ana", "call-taker", cmd.DisposeCall(call="c1", disposition="emergency"))
        for owed in list(self.board.callbacks):
            self.ask("ana", "call-taker", cmd.ClearCallback(call=owed))


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """(the database's URL, where its bytes are)."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/journal.db", tmp_path
    server = request.getfixturevalue("postgres")
    name = f"erasure_{abs(hash(request.node.name)) % 10**8}"
    return server.database(name), server.folder


def opened(url: str, masters: Masters) -> SqlJournal:
    engine = open_engine(url)
    migrate(engine)
    return SqlJournal(engine, masters)


def told(folder, words) -> set[str]:
    """Which of these stand anywhere in the files below the folder."""
    found: set[str] = set()
    for file in (one for one in folder.rglob("*") if one.is_file()):
        try:
            content = file.read_bytes()
        except OSError:
            continue
        found |= {word for word in words if word.encode() in content}
    return found


def test_nothing_of_a_full_story_is_in_the_bytes_of_the_database(place, tmp_path):
    url, folder = place
    journal = opened(url, Masters(tmp_path))
    town = Town(journal.keys)
    words = {*OF_THE_CALL, *OF_THE_INCIDENT}
    shown = b"".join(entry.words or b"" for entry in town.entries).decode()
    assert {word for word in words if word not in shown} == set(), "it is all in the story"
    journal.append(town.entries)
    assert told(folder, words) == set() and told(folder, {"K-00001"}), "what is nobody's is there"
    index = CallIndex(journal)
    for number in (NUMBER, "08117770001"):
        assert [row.call for row in index.calls(text=number)] == ["c1"]
    assert not told_by(index, words) and index.calls(text=NUMBER)[0].caller == NUMBER
    assert verify(journal.read(0, 10_000)).intact and fold(entries_of(journal)) == town.board
    journal.close()


def told_by(index: CallIndex, words) -> set[str]:
    kept = repr([index._rows, index._numbers])
    return {word for word in words if word in kept}


def test_a_call_is_erased_and_its_incidents_rest_stays(place, tmp_path):
    url, folder = place
    masters = Masters(tmp_path)
    journal = opened(url, masters)
    town = Town(journal.keys)
    journal.append(town.entries)
    before = journal.read(0, 10_000)
    with journal._engine.connect() as connection:
        wrapped = [bytes(row[0]) for row in connection.execute(
            sa.select(keys_table.c.wrapped).where(keys_table.c.subject.in_(["c1", "aml-6"])))]  # fmt: skip
    top, index = len(town.entries), CallIndex(journal)
    assert index.calls()[-1].caller == NUMBER and town.erase(call="c1")
    journal.append(town.entries[top:])

    after = journal.read(0, 10_000)
    assert [(e.leaf, e.sealed, e.digest) for e in after[:top]] == [(e.leaf, e.sealed, e.digest) for e in before]
    found = verify(after)
    assert found.intact and found.closed > 10
    said = repr([entry.event for entry in after])
    assert [word for word in OF_THE_CALL if word in said] == [] and all(word in said for word in OF_THE_INCIDENT)
    assert OTHER in said, "the other call about it stays too"
    call, incident = town.board.calls["c1"], town.board.incidents["K-00001"]
    assert call.erased and all(getattr(call, name) == value for name, value in empty_fields(type(call)).items())
    assert not incident.erased and incident.address == "Jalan Mawar 12" and incident.notes
    assert [word for word in OF_THE_CALL if word in repr(town.board.tables)] == []
    sms = [one for one in town.board.notices.values() if one.call == "c1"]
    assert sms and {(one.to, one.state) for one in sms} == {("", "given_up")}, "what waited to be sent goes to nobody"
    assert not {f"notice:{one.id}" for one in sms} & town.board.deadlines.keys()

    fresh = opened(url, masters)
    assert fold(entries_of(fresh)) == town.board, "whoever starts now sees the same"
    steps = [step.event for step in story_of(fresh, "c1").steps]
    assert any(isinstance(e, ev.TextReceived) and e.erased and not e.text for e in steps)
    for one in (index, CallIndex(fresh)):
        row = next(row for row in one.calls() if row.call == "c1")
        assert (row.caller, row.erased) == ("", True) and not one.calls(text=NUMBER)
        assert one.calls(text=OTHER)[0].call == "c2"
    if url.startswith("sqlite"):
        kept = b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
        assert wrapped and not any(key in kept for key in wrapped)
    index_now = index_of(fresh, after[-1].seq)
    assert index_now.sum == index_of(journal, after[-1].seq).sum
    fresh.close()
    journal.close()


def test_an_incident_is_erased_and_its_calls_stay(place, tmp_path):
    url, _ = place
    journal = opened(url, Masters(tmp_path))
    town = Town(journal.keys)
    assert not town.erase(incident="K-00001"), "it is still open"
    sms = [one for one in town.entries if one.kind == "NoticeOrdered" and "Jalan Mawar 12" in repr(one.event)]
    assert sms, "the crew was told the address"
    town.ask("ana", "dispatcher", cmd.CancelAssignment(assignment="T-00001"))
    town.ask("ana", "dispatcher", cmd.CloseIncident(incident="K-00001", outcome="padam"))
    assert town.erase(incident="K-00001")
    journal.append(town.entries)
    said = repr([entry.event for entry in journal.read(0, 10_000)])
    assert [word for word in OF_THE_INCIDENT if word in said] == [] and NUMBER in said and "tolong anak saya" in said
    assert town.board.incidents["K-00001"].erased and not town.board.tables["aliases"]
    assert verify(journal.read(0, 10_000)).intact and fold(entries_of(journal)) == town.board
    journal.close()


def test_a_phones_message_that_had_no_call_is_erased_by_its_own_number():
    room = Story()
    room.reported(ev.AmlReceived(at=room.now, number=NUMBER, imei=IMEI, location=PLACE, raw="a" * 64))
    seq = room.board.seq
    room.wait(7200.0)
    assert room.erase(call=f"aml-{seq}") and room.entries[-1].event.digests == ("a" * 64,)
    assert NUMBER not in repr([entry.event for entry in room.entries]) and room.replayed() == room.board


def test_what_belongs_to_the_room_is_nobodys_to_erase():
    room = Story()
    room.ask("ana", "call-taker", cmd.AddAlias(alias="Pasar Baru", location=PLACE))
    room.input(Noted(ev.DiscrepancyNoted(at=room.now, about="switch", what=text("discrepancy.call-twice"))))
    assert not any(room.erase(call=name) for name in ("room", "switch", "")) and not room.erase(incident="room")


def test_a_call_that_goes_on_or_is_owed_a_callback_is_not_erased():
    room = Story()
    room.seated()
    room.incoming("c1", NUMBER)
    assert not room.erase(call="c1") and not room.erase(call="nobody")
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    assert room.board.callbacks and not room.erase(call="c1")
    room.ask("ana", "call-taker", cmd.ClearCallback(call="c1"))
    assert room.erase(call="c1") and not room.board.tables["callers"] and room.replayed() == room.board


def test_an_erasure_that_was_written_although_nobody_heard_so_is_not_done_twice(tmp_path, monkeypatch):
    """The commit is done and its answer lost: the second try finds it, and the key is forgotten here too."""
    journal = opened(f"sqlite:///{tmp_path}/journal.db", Masters(tmp_path))
    town = Town(journal.keys)
    journal.append(town.entries)
    top = len(town.entries)
    town.erase(call="c1")
    written = journal._index

    def broken(connection, named):
        written(connection, named)
        connection.commit()
        raise OSError("the answer is lost")

    monkeypatch.setattr(journal, "_index", broken)
    with pytest.raises(JournalUnavailable):
        journal.append(town.entries[top:])
    monkeypatch.setattr(journal, "_index", written)
    journal.append(town.entries[top:])
    assert len(journal.read(0, 10_000)) == len(town.entries)
    assert NUMBER not in repr([entry.event for entry in journal.read(0, 10_000)])
    journal.close()


def test_without_the_master_key_a_journal_folds_and_verify_says_whose_words_are_locked(tmp_path):
    masters = Masters(tmp_path)
    journal = opened(f"sqlite:///{tmp_path}/journal.db", masters)
    town = Town(journal.keys)
    journal.append(town.entries)
    journal.close()
    (tmp_path / FILE).rename(tmp_path / "copy")
    blind = opened(f"sqlite:///{tmp_path}/journal.db", Masters(tmp_path))
    blind.begin()
    board, found = fold(entries_of(blind)), verify(blind.read(0, 10_000))
    assert board.calls["c1"].state == "ended" and board.calls["c1"].caller == "" and not (tmp_path / FILE).exists()
    assert set(found.kinds) == {"keys"} and {"c1", "c2", "K-00001"} <= {one.what for one in found.faults}
    (tmp_path / "copy").rename(tmp_path / FILE)
    assert fold(entries_of(blind)) == town.board and verify(blind.read(0, 10_000)).intact
    blind.close()


class ThePersonalHappens(AnythingHappens):
    """What the law wants gone is gone from the board as from the journal, whatever happened before and after."""

    def __init__(self):
        super().__init__()
        kept = pytest.MonkeyPatch()
        kept.setattr(folds_aliases, "KEEP_LEARNT", 3)
        kept.setattr(folds_callers, "KEEP_CALLS", 5)
        self.undo = kept.undo
        spec = msgspec.structs.replace(self.room.world.queues[0], phones=("sip:guard@x", "sip:x@y"), phones_after=10.0)
        self.room.world = msgspec.structs.replace(self.room.world, queues=(spec,))
        self.made = 0

    def teardown(self):
        self.undo()

    @rule(call=calls, text=st.sampled_from(["tolong", "api"]))
    def a_line_comes(self, call, text):
        self.fact(ev.TextReceived(at=self.room.now, call=call, text=text, via="rtt"))

    @rule(call=calls)
    def data_comes(self, call):
        data = {"FN": "Budi", "UniqueDeviceID (IMEI)": IMEI}
        self.fact(ev.AdditionalDataReceived(at=self.room.now, call=call, kind="SubscriberInfo", data=data))

    @rule(call=calls, test=st.booleans())
    def a_vehicle_tells(self, call, test):
        msd = Msd(version=2, vin="VF37BRFVE12345678", test=test)
        self.fact(ev.MsdReceived(at=self.room.now, call=call, msd=msd, test=test))

    @rule(number=st.sampled_from(["+628110001", "+628120002", ""]))
    def a_phone_tells(self, number):
        self.fact(ev.AmlReceived(at=self.room.now, number=number, imei=IMEI, location=PLACE))

    @rule(call=calls, number=st.sampled_from(["+628110001", "+628120002"]))
    def a_link_is_sent(self, call, number):
        self.ask("ana", "call-taker", cmd.SendLocationLink(call=call, to=number, channel="sms"))

    @rule(call=calls)
    def a_callback_is_settled(self, call):
        self.ask("ana", "call-taker", cmd.ClearCallback(call=call))

    @rule(call=calls, said=st.sampled_from(["warung", "toko", "masjid", "pasar"]), lat=st.sampled_from([0.9, 0.95]))
    def a_place_is_learnt(self, call, said, lat):
        there = msgspec.structs.replace(PLACE, lat=lat, method="map")
        opened = cmd.OpenIncident(type="fire", call=call, location=there, said=said, address="Jalan Mawar 12")
        self.ask("ana", "dispatcher", opened)

    @rule(said=st.sampled_from(["warung", "toko"]), adds=st.booleans())
    def a_name_is_added_or_removed(self, said, adds):
        self.ask("ana", "call-taker", cmd.AddAlias(alias=said, location=PLACE) if adds else cmd.RemoveAlias(alias=said))

    @rule(incident=names)
    def a_note_is_written(self, incident):
        self.ask("ana", "dispatcher", cmd.AddNote(incident=incident, text="pintu belakang"))

    @rule(number=st.sampled_from(["+628110001", "+628120002", ""]), gone=st.booleans())
    def somebody_calls_and_hangs_up(self, number, gone):
        """Under an id of its own, so that histories and the list of callbacks become long."""
        self.made += 1
        call = f"x{self.made}"
        self.room.incoming(call, number)
        self.fact(ev.CallEnded(at=self.room.now, call=call))
        if gone:
            self.a_callback_is_settled(call)
            self.room.erase(call=call)

    @rule(back=st.integers(1, 4))
    def one_of_these_is_gone(self, back):
        self.room.erase(call=f"x{self.made - back}")

    @rule(call=calls)
    def the_call_is_over_and_gone(self, call):
        self.fact(ev.CallEnded(at=self.room.now, call=call))
        self.a_callback_is_settled(call)
        self.room.erase(call=call)

    @rule(incident=names)
    def the_incident_is_over_and_gone(self, incident):
        for job in [one.id for one in self.room.board.assignments.values() if one.incident == incident]:
            self.cancel(job)
        self.close(incident)
        self.room.erase(incident=incident)


TestThePersonalHappens = ThePersonalHappens.TestCase
TestThePersonalHappens.settings = limits(max_examples=150, stateful_step_count=40, deadline=None)
