"""What the supervisor is told of the queues: every call is counted once, in the hour in which it came."""

from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.calldata import Msd
from dispatch.folds import statistics as folds_statistics
from dispatch.journal.memory import MemoryJournal
from dispatch.policy.queues.statistics import hours_between
from tests.dispatch.story import Story


def hour(room: Story, key: str = "112@1970-01-01T00"):
    return room.board.queue_hours[key]


def test_a_call_is_counted_where_it_was_received_and_by_how_long_it_waited():
    room = Story()
    room.now = 3590.0
    room.seated()
    room.incoming("c1")
    room.now += 14.5
    room.ask("ana", "call-taker", cmd.AnswerCall(call="c1", position="P1"))
    room.reported(ev.CallBridged(at=room.now, call="c1", position="P1"))
    room.ask("ana", "call-taker", cmd.DisposeCall(call="c1", disposition="prank"))
    room.ask("ana", "call-taker", cmd.DisposeCall(call="c1", disposition="emergency"))
    row = hour(room)
    assert (row.received, row.answered, row.longest, row.waited) == (1, 1, 14.5, 14.5)
    assert row.waits[15] == 1 and sum(row.waits) == 1, "within 15 s and not within 14 s"
    assert row.dispositions == {"emergency": 1} and list(room.board.queue_hours) == [row.id]


def test_calls_lost_unheard_are_told_apart():
    room = Story()
    for call, waited, announced, by in (
        ("gone at once", 1.0, False, "caller"),
        ("while waiting", 8.0, False, "caller"),
        ("after the announcement", 40.0, True, "caller"),
        ("our side", 5.0, False, "failure"),
    ):
        room.incoming(call)
        if announced:
            room.reported(ev.AnnouncementStarted(at=room.now, call=call))
        room.now += waited
        room.reported(ev.CallEnded(at=room.now, call=call, by=by))
    row = hour(room)
    assert (row.lost_at_once, row.lost_waiting, row.lost_announced, row.lost_failed) == (1, 1, 1, 1)
    assert (row.received, row.answered, row.longest, row.waited) == (4, 0, 40.0, 54.0)


def test_an_overflowing_call_leaves_one_queue_and_enters_another():
    room = Story()
    room.incoming("c1")
    room.reported(ev.CallQueued(at=room.now, call="c1", queue="overflow"))
    assert hour(room).overflowed_out == 1
    assert (hour(room, "overflow@1970-01-01T00").overflowed_in, len(room.board.queue_hours)) == (1, 2)


def test_tests_and_our_own_calls_are_not_counted():
    room = Story()
    room.reported(ev.CallReceived(at=room.now, call="t", service="test.sos", test=True))
    room.reported(ev.CallEnded(at=room.now, call="t"))
    assert not room.board.queue_hours


def test_two_days_are_kept_and_a_journal_with_very_many_queues_does_not_fill_the_memory(monkeypatch):
    room = Story()
    for n in range(60):
        room.incoming(f"c{n}")
        room.now += 3600
    assert len(room.board.queue_hours) == folds_statistics.KEEP_HOURS
    monkeypatch.setattr(folds_statistics, "_MOST_ROWS", 60)
    for n in range(100):
        room.reported(ev.CallReceived(at=room.now, call=f"s{n}"))
        room.reported(ev.CallQueued(at=room.now, call=f"s{n}", queue=f"x{n}"))
    assert len(room.board.queue_hours) == 60


def test_a_clock_that_is_far_off_keeps_no_call_from_being_taken():
    room = Story()
    for n, at in enumerate((-1e9, 1e15)):
        room.reported(ev.CallReceived(at=at, call=f"c{n}"))
        room.reported(ev.CallEnded(at=at + 3, call=f"c{n}"))
        assert room.board.calls[f"c{n}"].state == "ended"


def test_the_journal_tells_the_same_figures_as_the_board():
    """Also of a call that a telephone outside took, and of a vehicle that only tested."""
    room = Story()
    for call in ("taken", "tested", "lost"):
        room.incoming(call)
    room.reported(ev.PartyJoined(at=room.now, call="taken", party="A1"))
    tested = Msd(version=2, vehicle="M1", vin="X", test=True)
    room.reported(ev.MsdReceived(at=room.now, call="tested", msd=tested, test=True))
    for call in ("taken", "tested", "lost"):
        room.reported(ev.CallEnded(at=room.now, call=call))
    journal = MemoryJournal()
    journal.append(room.entries)
    (row,) = hours_between(journal, 0.0, 3600.0)
    assert row == hour(room) and (row.received, row.answered, row.overflowed_out, row.lost_at_once) == (3, 1, 1, 1)


class CallsComeAndGo(RuleBasedStateMachine):
    """Any mixture of what can happen to three calls and two queues."""

    names = st.sampled_from(["c1", "c2", "c3", "c4"])

    def __init__(self):
        super().__init__()
        self.room = Story()
        self.room.seated()

    def fact(self, event):
        try:
            self.room.reported(event)
        except KeyError:
            pass

    @rule(call=names)
    def arrives(self, call):
        self.room.incoming(call, f"+6281100{call}")

    @rule(call=names, queue=st.sampled_from(["112", "overflow"]))
    def is_queued(self, call, queue):
        if self.room.board.calls.get(call) and self.room.board.calls[call].state == "queued":
            self.fact(ev.CallQueued(at=self.room.now, call=call, queue=queue))

    @rule(call=names)
    def is_announced(self, call):
        self.fact(ev.AnnouncementStarted(at=self.room.now, call=call))

    @rule(call=names)
    def is_bridged(self, call):
        if self.room.board.calls.get(call) and self.room.board.calls[call].state == "queued":
            self.fact(ev.CallBridged(at=self.room.now, call=call, position="P1"))

    @rule(call=names)
    def breaks(self, call):
        self.fact(ev.CallParted(at=self.room.now, call=call))

    @rule(call=names, by=st.sampled_from(["caller", "failure"]))
    def ends(self, call, by):
        self.fact(ev.CallEnded(at=self.room.now, call=call, by=by))

    @rule(call=names, said=st.sampled_from(["prank", "emergency"]))
    def is_disposed(self, call, said):
        self.fact(ev.CallDisposed(at=self.room.now, call=call, disposition=said, by="ana"))

    @rule(seconds=st.sampled_from([1.0, 15.0, 900.0, 3000.0]))
    def time_passes(self, seconds):
        self.room.now += seconds

    @invariant()
    def every_row_adds_up(self):
        board = self.room.board
        for row in board.queue_hours.values():
            mine = [
                c for c in board.calls.values() if c.queued_in == row.queue and c.received // 3600 == row.hour // 3600
            ]
            waiting = sum(not c.answered and c.state != "ended" for c in mine)
            lost = row.lost_at_once + row.lost_waiting + row.lost_announced + row.lost_failed
            assert row.received + row.overflowed_in == row.answered + lost + row.overflowed_out + waiting
            assert sum(row.waits) == row.answered
            assert sum(row.dispositions.values()) == sum(bool(c.disposition) for c in mine)

    @invariant()
    def the_replay_is_the_board(self):
        assert self.room.replayed() == self.room.board


TestCallsComeAndGo = CallsComeAndGo.TestCase
TestCallsComeAndGo.settings = limits(max_examples=60, stateful_step_count=40, deadline=None)
