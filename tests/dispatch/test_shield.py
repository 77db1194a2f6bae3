"""The ghost shield: what it may say of a call, whatever its number did, and how histories come about."""

import msgspec
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.folds import callers as folds_callers
from dispatch.folds.callers import history_of
from dispatch.policy.queues.shield import NewCall, score
from dispatch.records import CallerHistory, PastCall
from dispatch.world import ShieldPolicy
from routing.location import Location
from tests.dispatch.story import Story
from tests.texts import english, indonesian

DAY = 86_400.0
NOW = 2_000_000_000.0
POLICY = ShieldPolicy()
NUMBER = "+628117701122"
JUDGED = ("emergency", "information", "prank", "ghost", "test")

ago = st.floats(0, 400 * DAY) | st.floats(0, 3600.0)
past_calls = st.builds(
    PastCall,
    call=st.uuids().map(str),
    at=ago.map(lambda seconds: NOW - seconds),
    outcome=st.sampled_from(("", "unheard", "heard", "lost", *JUDGED)) | st.sampled_from(("prank", "ghost")),
    seconds=st.floats(0, 600),
    silent=st.booleans(),
    pressed=st.booleans(),
)
histories = st.lists(past_calls, max_size=12).map(
    lambda past: CallerHistory(past=tuple(sorted(past, key=lambda p: p.at)))
)
services = st.sampled_from(["sos", "sos.police", "sos.ecall.automatic", "sos.ecall.manual"])
places = st.builds(
    Location, lat=st.just(0.9), lon=st.just(104.4), radius=st.floats(0, 5000), at=ago.map(lambda s: NOW - s)
)
new_calls = st.builds(
    NewCall,
    id=st.just("new"),
    at=st.just(NOW),
    number=st.just(NUMBER),
    service=services,
    locations=st.lists(places, max_size=2).map(tuple),
    pressed=st.booleans(),
    owed=st.integers(0, 2),
)


def judged(*outcomes: str, days: float = 0.0, apart: float = DAY) -> CallerHistory:
    """The last of these calls was `days` ago, the one before `apart` seconds earlier, and so on."""
    last = NOW - days * DAY
    times = [last - apart * n for n in range(len(outcomes))][::-1]
    past = tuple(PastCall(call=f"p{n}", at=at, outcome=said, seconds=30.0)
                 for n, (at, said) in enumerate(zip(times, outcomes, strict=True)))  # fmt: skip
    return CallerHistory(past=past)


def plain(**known) -> NewCall:
    return NewCall(id="new", at=NOW, number=NUMBER, **known)


@given(histories, new_calls)
@limits(deadline=None)
def test_a_score_is_a_share_with_reasons_that_add_up_to_it(history, new):
    said = score(history, new, NOW, POLICY)
    assert 0 <= said.value <= 1
    assert bool(said.value) == bool(said.reasons)
    assert abs(min(1.0, sum(r.weight for r in said.reasons)) - said.value) < 0.001
    assert all(indonesian(r) and english(r) for r in said.reasons)


@given(new_calls)
def test_who_calls_for_the_first_time_is_never_scored_down(new):
    this = CallerHistory(past=(PastCall(call="new", at=NOW),))
    for history in (None, CallerHistory(), this):
        said = score(history, new, NOW, POLICY)
        assert (said.value, said.suspected, said.reasons) == (0.0, False, ())


@given(histories, new_calls)
def test_a_call_without_a_number_is_nobodys_history(history, new):
    assert score(history, msgspec.structs.replace(new, number=""), NOW, POLICY).value == 0.0


@given(histories, new_calls, st.floats(0, 30 * DAY, exclude_max=True))
def test_a_number_that_reported_an_emergency_is_not_suspected(history, new, seconds):
    real = PastCall(call="real", at=NOW - seconds, outcome="emergency")
    history = msgspec.structs.replace(history, past=(*history.past, real))
    assert not score(history, new, NOW, POLICY).suspected


@given(histories, new_calls)
def test_some_calls_are_never_suspected(history, new):
    here = Location(lat=0.9, lon=104.4, radius=50.0, at=NOW - 30)
    for spared in (
        {"service": "sos.ecall.automatic"},
        {"service": "sos.ecall.manual"},
        {"pressed": True},
        {"owed": 2},
        {"locations": (here,)},
    ):
        assert not score(history, msgspec.structs.replace(new, **spared), NOW, POLICY).suspected


@given(histories, new_calls, st.floats(0, 400 * DAY), st.floats(0, 400 * DAY))
def test_a_score_only_fades(history, new, one, two):
    soon, later = sorted((NOW + one, NOW + two))
    assert score(history, new, later, POLICY).value <= score(history, new, soon, POLICY).value


@given(histories, new_calls)
def test_two_bad_judgements_are_not_enough_whatever_else_there_is(history, new):
    bad = [p for p in history.past if p.outcome in ("prank", "ghost")]
    twice = msgspec.structs.replace(history, past=tuple(p for p in history.past if p not in bad[2:]))
    assert not score(twice, new, NOW, POLICY).suspected


@given(histories, new_calls)
def test_what_the_machine_saw_accuses_nobody(history, new):
    unjudged = tuple(msgspec.structs.replace(p, outcome="heard" if p.outcome in JUDGED else p.outcome)
                     for p in history.past)  # fmt: skip
    assert not score(msgspec.structs.replace(history, past=unjudged), new, NOW, POLICY).suspected


def test_judgements_of_call_takers_make_a_number_suspected_and_time_clears_it():
    assert score(judged("prank", "prank", "prank"), plain(), NOW, POLICY).suspected
    assert score(judged("ghost", "ghost", "ghost", apart=7 * 3600.0), plain(), NOW, POLICY).suspected
    assert not score(judged(*8 * ["prank"], days=2), plain(), NOW, POLICY).suspected
    said = score(judged("prank", "prank", "prank", days=2), plain(), NOW, POLICY)
    assert english(said.reasons[0]) == "3 times called a prank by a call-taker, the last 2 days ago"
    assert indonesian(said.reasons[0]) == "3 kali dinilai iseng oleh petugas, terakhir 2 hari lalu"


def test_a_night_of_silent_calls_is_one_occasion_because_the_caller_may_be_under_threat():
    threatened = judged("ghost", "ghost", "ghost", "ghost", "ghost", apart=1200.0)
    assert not score(threatened, plain(), NOW, POLICY).suspected


def test_a_vague_or_an_old_location_spares_nobody():
    bad = judged("prank", "prank", "prank", "prank")
    tower = Location(lat=0.9, lon=104.4, radius=2000.0, at=NOW)
    stale = Location(lat=0.9, lon=104.4, radius=10.0, at=NOW - 3600)
    address = Location(lat=0.9, lon=104.4, radius=5.0, at=NOW, source="subscriber")
    assert score(bad, plain(locations=(tower, stale, address)), NOW, POLICY).suspected


# -- as it comes about in the room
def pranked(room: Story, times: int, number: str = NUMBER) -> None:
    """`times` calls an hour apart that were answered and called pranks."""
    room.seated()
    for n in range(times):
        heard(room, f"{number}-{n}", number, "prank")
        room.now += 3600.0
    room.ask("ana", "call-taker", cmd.SetReady(position="P1", ready=False))


def heard(room: Story, call: str, number: str, disposition: str) -> None:
    room.incoming(call, number)
    room.ask("ana", "call-taker", cmd.AnswerCall(call=call, position="P1"))
    room.reported(ev.CallBridged(at=room.now, call=call, position="P1"))
    room.now += 20
    room.ask("ana", "call-taker", cmd.DisposeCall(call=call, disposition=disposition))
    room.reported(ev.CallEnded(at=room.now, call=call))


def test_the_journal_says_why_a_call_is_suspected_and_what_cleared_it():
    room = Story()
    pranked(room, 3)
    made = room.incoming("again", NUMBER)
    scored = next(e for e in made if isinstance(e, ev.CallScored))
    assert scored.suspected and scored.reasons[0].text.code == "shield.prank"
    assert made.index(scored) < next(n for n, e in enumerate(made) if isinstance(e, ev.CallQueued))
    room.reported(ev.DtmfReceived(at=room.now, call="again", digits="5"))
    call = room.board.calls["again"]
    assert not call.suspected and call.urgent == "pressed" and call.score == scored.value
    assert any(r.text.code == "shield.spared-pressed" for r in call.score_reasons), "the operator still sees why"
    room.reported(ev.CallEnded(at=room.now, call="again"))
    room.now += 3600.0
    room.incoming("next", NUMBER)
    assert room.board.calls["next"].score > POLICY.suspect_from
    assert not room.board.calls["next"].suspected, "who pressed 5 is believed for a month"


def test_a_location_clears_a_call_and_never_accuses_one():
    room = Story()
    pranked(room, 3)
    room.incoming("again", NUMBER)
    assert room.board.calls["again"].suspected
    place = Location(lat=0.92, lon=104.45, radius=20.0, at=room.now)
    assert not room.board.calls["again"].locations
    room.reported(ev.LocationReceived(at=room.now, call="again", location=place))
    assert not room.board.calls["again"].suspected
    room.incoming("other", "+628119999999")
    made = room.reported(ev.LocationReceived(at=room.now, call="other", location=place))
    assert not [e for e in made if isinstance(e, ev.CallScored)]


def test_switched_off_it_scores_nobody_and_those_who_waited_in_vain_still_go_first():
    room = Story()
    pranked(room, 3)
    off = msgspec.structs.replace(room.world.policy, ghost_shield=False)
    room.world = msgspec.structs.replace(room.world, policy=off)
    assert not any(isinstance(e, ev.CallScored) for e in room.incoming("again", NUMBER))
    room.now += 30
    room.reported(ev.CallEnded(at=room.now, call="again"))
    room.incoming("once more", NUMBER)
    assert room.board.calls["once more"].urgent == "called_back"


def test_a_corrected_judgement_takes_the_place_of_the_first():
    room = Story()
    room.seated()
    heard(room, "c1", NUMBER, "prank")
    room.ask("ana", "call-taker", cmd.DisposeCall(call="c1", disposition="emergency"))
    (past,) = history_of(room.board, NUMBER).past
    assert (past.outcome, past.seconds) == ("emergency", 20.0)


def test_institutions_and_withheld_numbers_have_no_history():
    room = Story()
    for n, number in enumerate(("110", "", "ruang-jaga", "1500112")):
        room.incoming(f"c{n}", number)
    room.reported(ev.CallReceived(at=room.now, call="t", caller="+62811222333", test=True))
    assert list(room.board.tables["callers"]) == ["1500112"]


def test_a_number_keeps_its_last_calls_and_its_last_emergency():
    room = Story()
    room.seated()
    heard(room, "real", NUMBER, "emergency")
    for n in range(30):
        room.incoming(f"c{n}", NUMBER)
        room.now += 1
        room.reported(ev.CallEnded(at=room.now, call=f"c{n}"))
    history = history_of(room.board, NUMBER)
    assert len(room.board.tables["callers"][NUMBER]) == 31 and len(history.past) == folds_callers.KEEP_PAST
    assert history.past[0].call == "real" and history.past[-1].call == "c29"


def test_a_call_is_forgotten_when_many_others_have_come_also_after_an_undo(monkeypatch):
    monkeypatch.setattr(folds_callers, "KEEP_CALLS", 3)
    room = Story()
    for n in range(3):
        room.incoming(f"c{n}", f"+6281100000{n}")
    again = ev.CallReceived(at=room.now, call="again", caller="+62811000001")
    _, undo = room.board.apply(room.board.seq + 1, again)
    room.board.undo(undo)
    callers = room.board.tables["callers"]
    assert callers == {"+62811000000": ("c0",), "+62811000001": ("c1",), "+62811000002": ("c2",)}
    room.incoming("again", "+62811000001")
    room.incoming("ward", "110")
    assert callers == {"+62811000001": ("again",), "+62811000002": ("c2",)}, "also when who comes has no history"
    assert room.replayed() == room.board and list(room.board.tables["past"]) == ["c2", "again"]


class NumbersCall(RuleBasedStateMachine):
    """Two numbers call again and again; call-takers judge them; some press 5, some are located."""

    numbers = st.sampled_from([NUMBER, "+628119999999"])
    made = st.integers(0, 200)

    def __init__(self):
        super().__init__()
        self.room = Story()
        self.room.seated()
        self.count = 0

    def next(self) -> str:
        self.count += 1
        return f"c{self.count}"

    def waiting(self) -> list[str]:
        return [c.id for c in self.room.board.calls.values() if c.state == "queued"]

    @rule(number=numbers, said=st.sampled_from(["prank", "prank", "ghost", "information", "emergency"]))
    def is_heard_and_judged(self, number, said):
        seat = self.room.board.positions["P1"]
        if not seat.ready:
            self.room.ask("ana", "call-taker", cmd.SetReady(position="P1", ready=True))
        heard(self.room, self.next(), number, said)

    @rule(number=numbers)
    def calls(self, number):
        self.room.incoming(self.next(), number)

    @rule(n=made)
    def presses_5(self, n):
        for call in self.waiting()[n : n + 1]:
            self.room.reported(ev.DtmfReceived(at=self.room.now, call=call, digits="5"))

    @rule(n=made)
    def is_located(self, n):
        place = Location(lat=0.92, lon=104.45, radius=20.0, at=self.room.now, source="aml")
        for call in self.waiting()[n : n + 1]:
            self.room.reported(ev.LocationReceived(at=self.room.now, call=call, location=place))

    @rule(n=made)
    def gives_up(self, n):
        for call in self.waiting()[n : n + 1]:
            self.room.reported(ev.CallEnded(at=self.room.now, call=call))

    @rule(seconds=st.sampled_from([5.0, 600.0, 8 * 3600.0]))
    def time_passes(self, seconds):
        self.room.now += seconds

    @invariant()
    def only_what_call_takers_said_makes_a_call_suspected(self):
        for call in self.room.board.calls.values():
            if call.suspected:
                assert call.score_reasons and not call.urgent and "5" not in call.digits
        newest = self.room.board.calls.get(f"c{self.count}")
        if newest and newest.suspected and newest.state == "queued":
            past = history_of(self.room.board, newest.caller).past
            assert sum(p.outcome in ("prank", "ghost") for p in past if p.call != newest.id) >= 3

    @invariant()
    def the_replay_is_the_board(self):
        assert self.room.replayed() == self.room.board


TestNumbersCall = NumbersCall.TestCase
TestNumbersCall.settings = limits(max_examples=40, stateful_step_count=40, deadline=None)
