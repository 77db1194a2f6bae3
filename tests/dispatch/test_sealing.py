"""The form of an entry: any event comes back as it was, what is personal is readable under its key only, and no bit of
what is kept can be changed, moved or exchanged without being found."""

from __future__ import annotations

import functools
import hashlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from msgspec import inspect

from dispatch import events as ev
from dispatch.journal.chain import Entry, Tail, chained, digest_of, read_leaf
from dispatch.journal.keys import Keys
from dispatch.journal.master import FILE, Masters
from dispatch.journal.memory import MemoryJournal
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.journal.subjects import subject_of
from dispatch.journal.verification import verify
from dispatch.personal import empty_fields, personal_fields
from migrations import migrate
from routing.location import Location
from routing.text import text
from tests.entries import entry_after

# -- any event
FIELDS = {
    inspect.StrType: st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
    inspect.IntType: st.integers(-(2**53), 2**53),
    inspect.FloatType: st.floats(allow_nan=False, allow_infinity=False),
    inspect.BoolType: st.booleans(),
    inspect.NoneType: st.none(),
}


def anything(kind: inspect.Type, within: tuple[type, ...] = ()) -> st.SearchStrategy:
    """Any value of a type; of a struct that contains itself, what has no more of it inside."""
    if isinstance(kind, inspect.Metadata):
        return anything(kind.type, within)
    if isinstance(kind, inspect.StructType):
        known = {field.name: anything(field.type, (*within, kind.cls)) for field in kind.fields}
        return st.builds(kind.cls, **known)
    if isinstance(kind, inspect.UnionType):
        fine = [one for one in kind.types if getattr(one, "cls", None) not in within or not within]
        return st.one_of([anything(one, within) for one in fine])
    if isinstance(kind, inspect.VarTupleType):
        few = kind.min_length or 0
        return st.lists(anything(kind.item_type, within), min_size=few, max_size=few + 2).map(tuple)
    if isinstance(kind, inspect.TupleType):
        return st.tuples(*(anything(one, within) for one in kind.item_types))
    if isinstance(kind, inspect.DictType):
        return st.dictionaries(anything(kind.key_type, within), anything(kind.value_type, within), max_size=2)
    if isinstance(kind, inspect.LiteralType):
        return st.sampled_from(kind.values)
    if isinstance(kind, inspect.StrType) and kind.pattern:
        return st.from_regex(kind.pattern, fullmatch=True)
    if isinstance(kind, inspect.FloatType) and (kind.ge, kind.le) != (None, None):
        return st.floats(kind.ge, kind.le, allow_nan=False, allow_infinity=False)
    return FIELDS[type(kind)]


@functools.cache
def of(kind: type[ev.Event]) -> st.SearchStrategy:
    fields = [field for field in inspect.type_info(kind).fields if field.name != "erased"]
    return st.builds(kind, **{field.name: anything(field.type, (kind,)) for field in fields})


events = st.sampled_from(sorted(ev.EVENTS)).flatmap(lambda name: of(ev.EVENTS[name]))


def kept(entry: Entry) -> Entry:
    """As it comes back from where it was kept."""
    return Entry(entry.seq, entry.leaf, entry.sealed, entry.digest, read_leaf(entry.leaf))


@limits(max_examples=400, deadline=None)
@given(events, st.integers(0, 2**40), st.floats(0, 4e9))
def test_any_event_comes_back_as_it_was(event, before, recorded):
    keys = Keys()
    entry = chained(Tail(before, bytes(32), 0.0), "journal", recorded, event, keys)
    assert entry.event == event
    assert (entry.recorded, entry.seq, entry.kind) == (recorded, before + 1, type(event).__name__)
    assert entry.said.happened == event.at
    again = Keys(keys.masters)
    learnt = again.learn(keys.to_write([entry]))
    back = kept(entry)
    opened = msgspec.structs.replace(back, salted=again.open(back.said, back.sealed, learnt) if back.sealed else None)
    assert opened.event == event and verify_one(opened, before)


def verify_one(entry: Entry, before: int) -> bool:
    words = hashlib.sha256(entry.salted).hexdigest() if entry.salted else ""
    return entry.said.words == words and digest_of(bytes(32), entry.leaf) == entry.digest and entry.seq == before + 1


@limits(max_examples=300, deadline=None)
@given(events)
def test_without_its_key_an_event_is_itself_with_its_personal_fields_empty(event):
    entry = kept(chained(Tail(), "journal", 1.0, event, Keys()))
    read, kind = entry.event, type(event)
    empty = empty_fields(kind) if entry.sealed else {}
    assert read == msgspec.structs.replace(event, erased=bool(entry.sealed), **empty)
    if entry.sealed:
        said = msgspec.json.encode({name: getattr(event, name) for name in personal_fields(kind)})
        assert said not in entry.leaf + entry.sealed


def test_every_place_number_and_word_of_a_caller_is_marked():
    """What is asked for by name, so that a field that loses its mark is missed."""
    wanted = {
        ev.CallReceived: "caller", ev.CallPlaced: "number", ev.LocationReceived: "location", ev.CallbackOwed: "caller",
        ev.TextReceived: "text", ev.TextSent: "text", ev.PartyDialled: "label", ev.IncidentOpened: "address",
        ev.IncidentChanged: "location", ev.NoteAdded: "text", ev.LinkSent: "to", ev.AlertReceived: "notes",
        ev.NoticeOrdered: "to", ev.MsdReceived: "msd", ev.CivicReceived: "parts", ev.AdditionalDataReceived: "data",
        ev.AmlReceived: "imei", ev.OrderIssued: "body", ev.DraftDiscarded: "words",
    }  # fmt: skip
    assert {kind: name for kind, name in wanted.items() if name not in personal_fields(kind)} == {}
    assert personal_fields(ev.UnitRegistered) == personal_fields(ev.UserSignedIn) == ()


@pytest.mark.parametrize(
    ("event", "under"),
    [
        (ev.CallReceived(at=1.0, call="c1"), "c1"),
        (ev.IncidentOpened(at=1.0, incident="K-1", type="fire", by="ana", call="c1"), "K-1"),
        (ev.CallPlaced(at=1.0, call="c2", to="sip:x", number="+62", position="P1", by="ana", incident="K-1"), "c2"),
        (ev.AmlReceived(at=1.0, number="+62"), "aml-17"),
        (ev.AssignmentReleased(at=1.0, assignment="T-1", by="ana"), "T-1"),
        (ev.NoticeOrdered(at=1.0, notice="N-1", channel="sms", to="+62", text="x", until=2.0, expires=3.0), "N-1"),
        (ev.CommandRefused(at=1.0, command="Hold", by="ana", text=text("refused.call-gone")), "room"),
    ],
)
def test_whose_key_an_entry_is_sealed_under(event, under):
    assert subject_of(event, 17) == under


# -- whatever is changed
PLACE = Location(lat=0.92, lon=104.45)


def story(keys: Keys, journal: str = "journal", number: str = "+628117770001") -> list[Entry]:
    made: list[Entry] = []
    for event in (
        ev.RoomStarted(at=1.0, journal=journal),
        ev.CallReceived(at=1.0, call="c1", caller=number),
        ev.LocationReceived(at=1.5, call="c1", location=PLACE),
        ev.CallQueued(at=2.0, call="c1", queue="112"),
        ev.IncidentOpened(at=3.0, incident="K-1", type="fire", by="ana", call="c1", address="Jl. Mawar"),
        ev.NoteAdded(at=4.0, incident="K-1", text="pintu belakang", by="ana"),
        ev.CallEnded(at=5.0, call="c1"),
    ):
        tail = made[-1].tail if made else Tail()
        made.append(chained(tail, journal, event.at, event, keys))
    return made


def opened(entries: list[Entry], keys: Keys) -> list[Entry]:
    """As a journal reads them that has these keys."""
    found = [kept(entry) for entry in entries]
    known = keys.known([one.said for one in found])
    return [
        msgspec.structs.replace(e, salted=keys.open(e.said, e.sealed, known) if e.said.sealed else None) for e in found
    ]


KEYS = Keys()
STORY = story(KEYS)
SEALED = [n for n, entry in enumerate(STORY) if entry.sealed]


def test_an_untouched_story_is_intact():
    found = verify(opened(STORY, KEYS))
    assert found.intact and (found.sealed, found.closed) == (4, 0) and len(SEALED) == 4


@given(st.sampled_from(range(len(STORY))), st.sampled_from(["leaf", "sealed", "digest"]), st.integers(0, 10_000))
def test_a_flipped_bit_is_found_wherever_it_is(where, column, bit):
    entry = STORY[where]
    if column == "sealed":
        entry = STORY[where := SEALED[where % len(SEALED)]]
    raw = bytearray(getattr(entry, column))
    raw[bit % (8 * len(raw)) // 8] ^= 1 << bit % 8
    forged = [*STORY]
    forged[where] = msgspec.structs.replace(entry, **{column: bytes(raw)})
    found = verify(opened(forged, KEYS))
    assert not found.intact and any(one.seq in (where + 1, where + 2) for one in found.faults)


def rechained(entries: list[Entry], journal: str = "") -> list[Entry]:
    """By one who can write the whole database: every digest fits, and nothing but keys and heads is left to tell."""
    made, before = [], bytes(32)
    for entry in entries:
        said = msgspec.structs.replace(entry.said, seq=len(made) + 1, journal=journal or entry.said.journal)
        leaf = msgspec.json.encode(said)
        before = digest_of(before, leaf)
        made.append(Entry(said.seq, leaf, entry.sealed, before, read_leaf(leaf)))
    return made


@given(st.sampled_from(range(len(STORY))))
def test_entries_of_two_journals_cannot_be_exchanged(where):
    others = story(Keys(), "another", "+628228880002")
    mixed = [*STORY[:where], others[where], *STORY[where + 1 :]]
    assert not verify(opened(mixed, KEYS)).intact
    codes = {(one.kind, one.code) for one in verify(opened(rechained(mixed), KEYS)).faults}
    assert ("chain", "foreign") in codes and (where not in SEALED or ("keys", "gone") in codes)
    ours_by_name = verify(opened(rechained(mixed, "journal"), KEYS))
    assert where not in SEALED or ours_by_name.kinds == {"keys": 1}


@given(st.sampled_from(SEALED), st.sampled_from(SEALED))
def test_what_is_sealed_opens_in_its_own_place_only(one, other):
    """The sealed parts of two entries are exchanged, with what the leaf says of them, and the chain is made anew."""
    swapped = [*STORY]
    for here, there in ((one, other), (other, one)):
        of_there = {name: getattr(STORY[there].said, name) for name in ("subject", "key", "sealed", "words")}
        said = msgspec.structs.replace(STORY[here].said, **of_there)
        swapped[here] = msgspec.structs.replace(STORY[here], sealed=STORY[there].sealed, said=said)
    found = verify(opened(rechained(swapped), KEYS))
    assert found.intact is (one == other) and (one == other or "keys" in found.kinds)


def test_words_that_open_and_are_not_those_that_were_sealed_are_found():
    entry = STORY[1]
    said = msgspec.structs.replace(entry.said, words=hashlib.sha256(b"others").hexdigest())
    forged = rechained([STORY[0], msgspec.structs.replace(entry, said=said), *STORY[2:]])
    found = verify(opened(forged, KEYS))
    assert [(one.kind, one.code, one.seq) for one in found.faults] == [("keys", "changed", 2)]


# -- keys
def test_a_key_that_is_gone_is_a_fault_until_an_entry_says_why():
    journal = MemoryJournal()
    entries = story(journal.keys)
    journal.append(entries)
    lost = [entry.closed() if entry.said.subject == "c1" else entry for entry in journal.read()]
    fault = verify(lost)
    assert [(one.kind, one.code, one.seq, one.upto, one.what) for one in fault.faults] == [("keys", "gone", 2, 3, "c1")]
    erased = ev.Erased(at=9.0, rule="UU 27/2022", letter="1", by="ade", call="c1", subjects=("c1",))
    journal.append([chained(entries[-1].tail, "journal", 9.0, erased, journal.keys)])
    found = verify(journal.read())
    assert found.intact and (found.sealed, found.closed) == (4, 2)
    assert [entry.event.erased for entry in journal.read()] == [False, True, True, False, False, False, False, False]
    assert journal.read(4, 1)[0].event.address == "Jl. Mawar", "the incident's rest is as it was"
    back = [*entries, journal.last()]
    assert [(one.kind, one.code, one.seq, one.what) for one in verify(back).faults] == [("keys", "kept", 8, "c1")]


def test_what_comes_after_an_erasure_lies_under_a_new_key():
    journal = MemoryJournal()
    entries = story(journal.keys)
    erased = ev.Erased(at=9.0, rule="UU 27/2022", letter="1", by="ade", call="c1", subjects=("c1",))
    entries.append(chained(entries[-1].tail, "journal", 9.0, erased, journal.keys))
    late = ev.LocationReceived(at=10.0, call="c1", location=PLACE)
    entries.append(chained(entries[-1].tail, "journal", 10.0, late, journal.keys))
    journal.append(entries)
    assert journal.last().event == late and verify(journal.read()).intact
    assert journal.last().said.key == 9 and entries[1].said.key == 2


def test_no_two_entries_are_sealed_alike():
    """Neither a nonce nor a salt comes twice: the same words look different each time, and so do their digests."""
    keys = Keys()
    note = ev.NoteAdded(at=1.0, incident="K-1", text="sama", by="ana")
    made = [chained(Tail(n, bytes(32), 0.0), "journal", 1.0, note, keys) for n in range(200)]
    assert len({entry.sealed[:12] for entry in made}) == len({entry.said.words for entry in made}) == 200


# -- the master key
def test_the_master_key_is_a_file_that_only_we_read_and_the_next_start_uses_it(tmp_path):
    first = Masters(tmp_path).current()
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    again = Masters(tmp_path)
    assert again.current().id == first.id and not again.trouble and not again.open
    wrapped = first.wrap(b"a key", b"c1")
    assert again.of(wrapped).unwrap(wrapped, b"c1") == b"a key" and again.of(wrapped).unwrap(wrapped, b"c2") is None
    (tmp_path / FILE).chmod(0o644)
    assert Masters(tmp_path).current() and (found := Masters(tmp_path)).current() and found.open == [FILE]


def test_a_master_key_that_is_lost_and_found_again_is_used_beside_the_one_made_meanwhile(tmp_path):
    old = Masters(tmp_path).current()
    wrapped = old.wrap(b"a key", b"c1")
    (tmp_path / FILE).rename(tmp_path / "copy")
    masters = Masters(tmp_path)
    interim = masters.current(begun=True)
    assert interim.id != old.id and masters.of(wrapped) is None and not (tmp_path / FILE).exists()
    (tmp_path / "copy").rename(tmp_path / FILE)
    assert masters.of(wrapped).unwrap(wrapped, b"c1") == b"a key", "also without a new start"
    after = Masters(tmp_path)
    assert after.current().id == old.id and after.of(interim.wrap(b"", b"")) is not None


def test_a_folder_that_cannot_be_written_keeps_nobody_from_sealing(tmp_path):
    (tmp_path / "data").write_bytes(b"in the way of the folder")
    masters = Masters(tmp_path / "data")
    assert masters.current() and masters.trouble
    (tmp_path / "data").unlink()
    masters.settle()
    assert not masters.trouble and Masters(tmp_path / "data").current().id == masters.current().id


def test_a_master_key_that_was_never_kept_is_kept_although_the_old_one_came_back(tmp_path):
    """A restore as root: the old key cannot be read and the folder not be written, until somebody mends both."""
    old = Masters(tmp_path).current()
    hidden = tmp_path.with_name(f"{tmp_path.name}-hidden")
    tmp_path.rename(hidden)
    tmp_path.write_bytes(b"in the way of the folder")
    masters = Masters(tmp_path)
    wrapped = masters.current(begun=True).wrap(b"a key", b"c1")
    assert masters.trouble
    tmp_path.unlink()
    hidden.rename(tmp_path)
    assert masters.of(old.wrap(b"", b"")).id == old.id, "somebody reads an entry of before"
    masters.settle()
    assert not masters.trouble and Masters(tmp_path).of(wrapped).unwrap(wrapped, b"c1") == b"a key"


def test_keys_that_are_learnt_push_none_out_that_the_same_page_needs(tmp_path, monkeypatch):
    monkeypatch.setattr("dispatch.journal.keys._OPENED", 10)
    engine = open_engine(f"sqlite:///{tmp_path}/j.db")
    migrate(engine)
    journal, last = SqlJournal(engine, Masters(tmp_path)), None
    for n in range(14):
        event = ev.CallReceived(at=float(n), call=f"c{n}", caller=f"+62811{n}")
        last = entry_after(last, float(n), event, journal.keys)
        journal.append([last])
    again = SqlJournal(open_engine(f"sqlite:///{tmp_path}/j.db"), Masters(tmp_path))
    for after, limit in ((4, 10), (0, 8), (0, 14), (2, 6)):
        assert all(entry.event.caller for entry in again.read(after, limit)), (after, limit)
    journal.close()
    again.close()


def test_half_a_file_is_no_key_and_is_not_written_over(tmp_path):
    (tmp_path / FILE).write_text("AAAA\n")
    masters = Masters(tmp_path)
    masters.current(begun=True)
    assert masters.unread == [FILE] and (tmp_path / FILE).read_text() == "AAAA\n" and not masters.trouble
