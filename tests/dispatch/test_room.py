"""The room around the policy: durable before told, nothing missing or doubled, honest when the disk is away."""

from __future__ import annotations

import threading

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch import room as room_module
from dispatch.inputs import Noted, Report, Request
from dispatch.journal.chain import JournalUnavailable, entries_of
from dispatch.journal.master import Masters
from dispatch.journal.memory import MemoryJournal
from dispatch.journal.replay import board_at, fold, story_of
from dispatch.journal.sql import SqlJournal, open_engine
from dispatch.journal.verification import verify
from dispatch.room import ControlRoom
from migrations import migrate
from routing.network.drawn import Drawn, Under
from tests.dispatch.story import PLACE, world_of
from tests.dispatch.turns import Turns
from tests.texts import refuses


class Ear:
    def __init__(self, journal) -> None:
        self.heard, self._journal = [], journal

    def committed(self, batch) -> None:
        durable = self._journal.last().seq
        assert batch[-1].entry.seq <= durable, "told before it was durable"
        self.heard += batch


def made_room(journal):
    world = world_of()
    turns = Turns()
    room = ControlRoom(journal, world, turns, clock=lambda: 1000.0)
    ear = Ear(journal)
    room.listen(ear)
    room.start()
    return room, turns, ear


def answer(turns, deferred):
    got = []
    deferred.addBoth(got.append)
    turns.until(lambda: got)
    if isinstance(got[0], int):
        return got[0]
    got[0].raiseException()


def received(n, call):
    return Report(ev.CallReceived(at=999.0, call=call, src=("b", n)))


def asked(command, user="ana", role="call-taker"):
    return Request(command, cmd.Actor(user=user, role=role))


def test_listeners_hear_everything_once_in_order_and_only_when_it_is_durable(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/j.db")
    migrate(engine)
    room, turns, ear = made_room(SqlJournal(engine, Masters(tmp_path)))
    deferreds = [room.submit(received(n, f"c{n}")) for n in range(1, 200)]
    answer(turns, deferreds[-1])
    assert [c.entry.seq for c in ear.heard] == list(range(1, len(ear.heard) + 1))
    assert fold(entries_of(room.journal)) == room.board == board_at(room.journal, room.board.seq)
    room.stop()


def test_a_room_that_starts_again_knows_all_that_the_first_one_knew(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/j.db")
    migrate(engine)
    first, turns, _ = made_room(SqlJournal(engine, Masters(tmp_path)))
    answer(turns, first.submit(received(1, "c1")))
    answer(turns, first.submit(asked(cmd.OpenIncident(type="fire", call="c1", location=PLACE))))
    before = first.board.snapshot()
    first.stop()
    second, turns, _ = made_room(SqlJournal(engine, Masters(tmp_path)))
    assert second.board.snapshot() == before
    assert second.seen("b", 1) == "durable" and second.seen("b", 2) == ""
    assert verify(entries_of(second.journal)).intact
    story = story_of(second.journal, "c1")
    assert story.incident == "K-00001" and type(story.steps[0].event).__name__ == "CallReceived"
    second.stop()


def test_a_refused_command_is_answered_and_journaled_and_changes_nothing():
    room, turns, ear = made_room(MemoryJournal())
    with refuses("no call c9"):
        answer(turns, room.submit(asked(cmd.OpenIncident(type="fire", call="c9"))))
    turns.until(lambda: any(isinstance(c.event, ev.CommandRefused) for c in ear.heard))
    assert not room.board.incidents
    room.stop()


def test_a_fact_about_something_unknown_is_kept_as_a_discrepancy_and_acknowledged():
    room, turns, ear = made_room(MemoryJournal())
    answer(turns, room.submit(Report(ev.CallBridged(at=1.0, call="ghost", position="P1", src=("b", 7)))))
    noted = ear.heard[-1].event
    assert isinstance(noted, ev.DiscrepancyNoted) and noted.about == "ghost" and "CallBridged" in noted.detail
    assert room.seen("b", 7) == "durable"
    room.stop()


class Flaky(MemoryJournal):
    """A disk that is away for a while."""

    def __init__(self) -> None:
        super().__init__()
        self.away = threading.Event()

    def append(self, entries) -> None:
        if self.away.is_set():
            raise JournalUnavailable("journal.not-written", detail="no space left on device")
        super().append(entries)


def test_while_the_journal_is_away_facts_wait_commands_are_refused_and_nothing_is_lost():
    journal = Flaky()
    room, turns, ear = made_room(journal)
    turns.until(lambda: ear.heard)
    journal.away.set()
    waiting = room.submit(received(1, "c1"))
    turns.until(lambda: room.trouble)
    assert room.seen("b", 1) == "pending" and "c1" not in room.board.calls, "not shown before it is durable"
    with refuses("calls are still answered"):
        answer(turns, room.submit(asked(cmd.SignOn(position="P1"))))
    journal.away.clear()
    answer(turns, waiting)
    turns.until(lambda: not room.trouble)
    assert "c1" in room.board.calls and fold(entries_of(journal)) == room.board
    room.stop()


def test_calls_and_what_is_urgent_are_heard_between_the_reviews_after_a_closure(monkeypatch):
    monkeypatch.setattr(room_module, "_TURN_S", 0.0)
    now = [1000.0]
    under = {"under": lambda drawn: Under(pieces=(1,))}
    world = world_of(**under)
    turns = Turns()
    room = ControlRoom(MemoryJournal(), world, turns, clock=lambda: now[0])
    room.start()
    room.submit(Noted(ev.UnitRegistered(at=0, unit="A", agency="a", kind="car", name="A", lat=0.9, lon=104.4)))
    for _ in range(5):
        room.submit(asked(cmd.OpenIncident(type="fire", location=PLACE)))
    drawn = Drawn(shape="point", points=((0.92, 104.45),))
    room.submit(asked(cmd.CloseStreet(drawn=drawn), "dina", "dispatcher"))
    answer(turns, room.submit(asked(cmd.AssignUnit(incident="K-00001", unit="A", reason="near"), "dina", "dispatcher")))
    after, now[0] = room.board.seq, now[0] + 3600.0
    room.tick()
    answer(turns, room.submit(received(1, "c1")))
    turns.until(lambda: not [one for one in room.board.deadlines.values() if one.kind == "review"])
    made = [type(entry.event).__name__ for entry in entries_of(room.journal, after)]
    assert made[0] == "AssignmentUnanswered", "it came last, and cannot wait"
    assert made.index("CallReceived") < made.index("WaysReviewed")
    assert made.count("WaysReviewed") == 6 and fold(entries_of(room.journal)) == room.board
    room.stop()
