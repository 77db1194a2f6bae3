"""What must hold of the queues after any sequence of inputs: nobody is lost, nobody is forgotten, nobody idles."""

from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.inputs import Refused
from dispatch.policy.queues.priority import FIRST_AFTER
from dispatch.policy.queues.queues import in_order, precedence
from dispatch.records import Call
from dispatch.settings import Policy
from routing.city.queues import DEFAULT, QueueSpec
from routing.location import Location
from routing.text import text
from tests.dispatch.story import Story

NAMES = {"names": {"id": "n"}}
QUEUES = (
    QueueSpec(id="fire", services=("sos.fire",), skills=("fire",), skills_after=12, priority=2, **NAMES),
    QueueSpec(id="island", boundaries=("Penyengat",), ring="ring-all", phones=("sip:a@1.1.1.1", "sip:b@1.1.1.1"),
              phones_after=20, **NAMES),
    QueueSpec(id="english", languages=("en",), skills=("en",), skills_after=25, overflow_to=("fire",),
              overflow_after=5, alternate_after=30, overflow_length=1, **NAMES),
    DEFAULT,
)  # fmt: skip
seats = st.sampled_from([("ana", "P1"), ("budi", "P2"), ("cici", "P3")])
skills = st.sampled_from([(), ("en",), ("fire",), ("en", "fire")])
any_of = st.integers(0, 5)


def one(things, n):
    """One of them, or none when there are none."""
    return things[n % len(things) :][:1] if things else []


class CallsWait(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        policy = Policy(alternate_centre="sip:112@9.9.9.9", wrap_up_at_most=40.0)
        self.room = Story(QUEUES, policy, borders=lambda lat, lon: ("Penyengat",) if lon < 104.43 else ())

    def ask(self, user, command, skills=()):
        try:
            self.room.ask(user, "call-taker", command, skills=skills)
        except Refused:
            pass

    @initialize(first=skills)
    def somebody_is_on_duty(self, first):
        self.sign_on(("ana", "P1"), first)

    @rule(
        service=st.sampled_from(["sos", "sos.fire", "sos.ecall.manual"]),
        languages=st.sampled_from([(), ("en",)]),
    )
    def a_call_arrives(self, service, languages):
        if len(self.open()) < 5:
            self.room.incoming(f"c{len(self.room.board.calls)}", "", service=service, languages=languages)

    @rule(n=any_of)
    def a_call_ends(self, n):
        for call in one(self.open(), n):
            self.room.reported(ev.CallEnded(at=self.room.now, call=call.id))

    @rule(n=any_of)
    def the_announcement_begins(self, n):
        for call in one(self.waiting(), n):
            self.room.reported(ev.AnnouncementStarted(at=self.room.now, call=call.id))

    @rule(n=any_of, lon=st.sampled_from([104.42, 104.45]), radius=st.sampled_from([10.0, 5000.0]))
    def a_place_comes(self, n, lon, radius):
        place = Location(lat=0.93, lon=lon, radius=radius, method="GPS", source="test", at=self.room.now)
        for call in one(self.open(), n):
            self.room.reported(ev.LocationReceived(at=self.room.now, call=call.id, location=place))

    @rule(seat=seats, skills=skills)
    def sign_on(self, seat, skills):
        self.ask(seat[0], cmd.SignOn(position=seat[1]), skills)
        if seat[1] in self.room.board.positions:
            self.room.reported(ev.PositionLegUp(at=self.room.now, position=seat[1], leg=f"leg-{seat[1]}"))

    @rule(seat=seats, what=st.sampled_from(["off", "ready", "not ready", "audio"]))
    def somebody_goes(self, seat, what):
        user, name = seat
        if what == "off":
            self.ask(user, cmd.SignOff(position=name))
        elif what == "audio":
            self.room.reported(ev.PositionLegDown(at=self.room.now, position=name, leg=f"leg-{name}"))
        else:
            self.ask(user, cmd.SetReady(position=name, ready=what == "ready"))

    @rule(seat=seats, n=any_of)
    def answer(self, seat, n):
        for call in one(self.waiting(), n):
            self.ask(seat[0], cmd.AnswerCall(call=call.id, position=seat[1]))

    @rule(n=any_of, ends=st.booleans())
    def what_rings_is_answered(self, n, ends):
        for call in one([call for call in self.waiting() if call.offered_to], n):
            self.room.answered(call.id, call.offered_all[n % len(call.offered_all)])
            if ends:
                self.room.reported(ev.CallEnded(at=self.room.now, call=call.id))

    @rule(n=any_of)
    def dispose(self, n):
        over = [call for call in self.room.board.calls.values() if call.state == "ended" and not call.disposition]
        for call in one(over, n):
            self.ask("ana", cmd.DisposeCall(call=call.id, disposition="information"))

    @rule(fails=st.booleans())
    def the_switch_carries_out_an_order(self, fails):
        for order in list(self.room.board.orders.values())[:1]:
            seat = self.room.board.positions.get(order.position)
            if fails or (order.do == "connect" and not (seat and seat.leg and seat.call == order.call)):
                self.room.reported(ev.OrderFailed(at=self.room.now, order=order.id, why=text("why.no-such-call")))
                return
            self.room.reported(ev.OrderDone(at=self.room.now, order=order.id))
            if order.do == "connect":
                self.room.reported(ev.CallBridged(at=self.room.now, call=order.call, position=order.position))
            if order.do == "hangup" and order.party:
                self.a_party_leaves(order.call)

    @rule(n=any_of, answers=st.booleans())
    def a_party_answers_or_leaves(self, n, answers):
        for call in one([call for call in self.open() if call.members], n):
            if answers:
                self.room.reported(ev.PartyJoined(at=self.room.now, call=call.id, party=call.members[0].id))
            else:
                self.a_party_leaves(call.id)

    def a_party_leaves(self, call):
        known = self.room.board.calls[call]
        if known.members and known.state != "ended":
            self.room.reported(ev.PartyLeft(at=self.room.now, call=call, party=known.members[0].id))
            if known.state == "transferred":
                self.room.reported(ev.CallParted(at=self.room.now, call=call))

    @rule(n=any_of, seat=seats)
    def the_switch_follows_its_standing_orders(self, n, seat):
        there = self.room.board.positions.get(seat[1])
        for call in one(self.waiting(), n):
            if there and there.leg and not there.call:
                self.room.reported(ev.CallBridged(at=self.room.now, call=call.id, position=seat[1]))

    @rule(seconds=st.sampled_from([0.3, 3.0, 11.0, 31.0]))
    def time_passes(self, seconds):
        self.room.wait(seconds)

    def open(self):
        return [call for call in self.room.board.calls.values() if call.state != "ended"]

    # -- what must hold
    def waiting(self):
        return [call for call in self.room.board.calls.values() if call.state == "queued"]

    def teardown(self):
        assert self.room.replayed() == self.room.board

    @invariant()
    def the_calls_that_wait_are_known_without_looking_at_all_calls(self):
        assert set(self.room.board.tables["waiting"]) == {call.id for call in self.waiting()}

    @invariant()
    def every_open_call_is_in_one_queue_or_at_a_position_or_with_a_party(self):
        board = self.room.board
        for call in board.calls.values():
            held = [seat.id for seat in board.positions.values() if seat.call == call.id]
            if call.state == "queued":
                assert call.queue in {spec.id for spec in QUEUES} and not held and call.waiting_since
            elif call.state == "transferred":
                assert not call.queue and not held and any(m.kind == "party" for m in call.members)
            elif call.state != "ended":
                assert held == [call.position] and not call.offered_all
            else:
                assert not held and not call.offered_all and not call.queue

    @invariant()
    def a_call_rings_where_somebody_can_take_it_and_at_a_position_rings_one_call(self):
        board, ringing = self.room.board, []
        for call in board.calls.values():
            assert bool(call.offered_all) == bool(call.offered_to) and call.offered_to in ("", *call.offered_all[:1])
            ringing += call.offered_all
            for name in call.offered_all:
                seat = board.positions[name]
                assert seat.ready and seat.leg and not seat.call
        assert len(ringing) == len(set(ringing))

    @invariant()
    def nobody_idles_while_a_call_that_they_may_be_offered_waits(self):
        board = self.room.board
        ready = [seat for seat in board.positions.values() if seat.ready and seat.leg]
        ringing = {name for call in board.calls.values() for name in call.offered_all}
        free = [seat for seat in ready if not seat.call and seat.id not in ringing]
        by_id = {spec.id: spec for spec in QUEUES}
        for call in self.waiting():
            wanted = [by_id[name].skills for name in (call.queue, *call.overflow) if name in by_id]
            best = [seat for seat in ready if any(set(words) <= set(seat.skills) for words in wanted)]
            able = free if "anybody" in call.overflow or not best else [seat for seat in free if seat in best]
            if not call.offered_to:
                assert all(seat.wrapping for seat in able)
                assert not able or "wrap-up" not in call.overflow
            elif by_id[call.queue].ring == "ring-all":
                assert not [seat for seat in able if not seat.wrapping]

    @invariant()
    def who_waits_has_others_asked_in_time_and_a_call_that_is_over_has_no_deadline(self):
        board = self.room.board
        due = {key: deadline.due for key, deadline in board.deadlines.items()}
        assert {key for key in due if key.startswith("offer:")} == {
            f"offer:{c.id}" for c in self.waiting() if c.offered_to
        }
        for key in due:
            kind, _, about = key.partition(":")
            if kind == "overflow":
                assert board.calls[about].state == "queued"
            if kind == "wrap":
                assert board.calls[about].state == "ended" and not board.calls[about].disposition
        for call in self.waiting():
            steps = {"fire": {"wrap-up", "anybody"}, "english": {"wrap-up", "fire", "anybody", "alternate-centre"},
                     "island": {"wrap-up", "phones"}, "112": {"wrap-up"}}[call.queue]  # fmt: skip
            assert steps <= set(call.overflow) or due[f"overflow:{call.id}"] <= self.room.now + 30
            if {"phones", "alternate-centre"} & set(call.overflow):
                assert f"overflow:{call.id}" in due

    @invariant()
    def a_phone_rings_for_one_call_and_a_position_wraps_up_one_that_is_over(self):
        board = self.room.board
        open_calls = [call for call in board.calls.values() if call.state != "ended"]
        phones = [m.uri for call in open_calls for m in call.members if m.uri != "sip:112@9.9.9.9"]
        assert len(phones) == len(set(phones))
        for seat in board.positions.values():
            if seat.wrapping:
                assert not seat.call and board.calls[seat.wrapping].state == "ended"
        assert ("outcomes" in board.alarms) == any(call.overdue for call in board.calls.values())


TestCallsWait = CallsWait.TestCase
TestCallsWait.settings = limits(max_examples=150, stateful_step_count=50, deadline=None)


a_call = st.builds(
    lambda *made: made,
    st.integers(0, 10**6),
    st.floats(0, 400),
    st.sampled_from(["", "ecall"]),
    st.booleans(),
    st.sampled_from(["fire", "112"]),
)


@given(st.lists(a_call, max_size=12, unique_by=lambda made: made[0]))
def test_who_has_waited_long_has_only_calls_before_it_that_came_before_it(made):
    room, now = Story(QUEUES), 10_000.0
    waiting = [
        Call(id=str(n), received=now - waited, urgent=urgent, suspected=suspected, queue=queue)
        for n, waited, urgent, suspected, queue in made
    ]
    ordered = in_order(waiting, now, room.world)
    for place, call in enumerate(ordered):
        if now - call.received >= FIRST_AFTER:
            assert all(other.received <= call.received for other in ordered[:place])


@given(st.lists(a_call, max_size=12, unique_by=lambda made: made[0]), st.floats(0, 400))
def test_what_a_page_is_told_of_waiting_calls_puts_them_in_the_same_order_at_any_later_time(made, later):
    room, now = Story(QUEUES), 10_000.0
    waiting = [
        Call(id=str(n), received=now - waited, urgent=urgent, suspected=suspected, queue=queue)
        for n, waited, urgent, suspected, queue in made
    ]
    told = {call.id: precedence(call, room.world) for call in waiting}

    def as_a_page_does(call):
        come = [one for one in told[call.id] if one.after <= now + later - call.received]
        return come[-1].place, come[-1].rank, call.received, call.id

    assert in_order(waiting, now + later, room.world) == sorted(waiting, key=as_a_page_does)


def test_an_ordinary_call_is_answered_however_many_urgent_ones_keep_coming():
    room = Story(QUEUES, Policy(wrap_up_at_most=0.0))
    room.seated("ana", "P1")
    room.incoming("first")
    room.answered("first", "P1")
    room.incoming("ordinary")
    before = "first"
    for n in range(1, 40):
        room.incoming(f"u{n}", "", service="sos.ecall.automatic" if n % 2 else "sos.fire")
        room.wait(10)
        room.reported(ev.CallEnded(at=room.now, call=before))
        (before,) = [call.id for call in room.board.calls.values() if call.offered_to]
        room.answered(before, "P1")
        if before == "ordinary":
            break
    assert room.board.calls["ordinary"].answered - room.board.calls["ordinary"].received <= FIRST_AFTER + 20
