"""What must hold after any sequence of inputs, however odd (the sentences of ARCHITECTURE.md)."""

import msgspec
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.inputs import Refused
from routing.city.contacts import Contact
from routing.network.drawn import Drawn, Under
from routing.text import text
from tests.dispatch.story import PLACE, UNITS, Story, differences, world_of

calls = st.sampled_from(["c1", "c2", "c3"])
seats = st.sampled_from([("ana", "P1"), ("budi", "P2")])
names = st.sampled_from(["K-00001", "K-00002"])
jobs = st.sampled_from(["T-00001", "T-00002", "T-00003"])
HERE = Drawn(shape="point", points=((PLACE.lat, PLACE.lon),), radius_m=50.0)


class AnythingHappens(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        party = Contact(id="party", name="Party", number="sip:x@y", kind="agency", receives=True)
        self.room = Story(contacts={"party": party})
        self.room.now = 1e6  # the clock may be set back by hours
        policy = msgspec.structs.replace(self.room.world.policy, hang_up_silent=90.0)
        streets = {"under": lambda drawn: Under(pieces=(1, 2), streets=("Jl. Merdeka",))}
        self.room.world = world_of(self.room.world, policy=policy, **streets)

    @initialize(quiet=st.booleans())
    def a_room_at_work(self, quiet):
        """Most examples begin in the middle of it: from nothing, few ever come to an incident."""
        if quiet:
            return
        for user, position in (("ana", "P1"), ("budi", "P2")):
            self.ask(user, "call-taker", cmd.SignOn(position=position))
            self.fact(ev.PositionLegUp(at=self.room.now, position=position, leg="x"))
            self.ask(user, "call-taker", cmd.SetReady(position=position, ready=True))
        self.room.incoming("c1", "+628110001")
        self.ask("ana", "call-taker", cmd.AnswerCall(call="c1", position="P1"))
        self.fact(ev.CallBridged(at=self.room.now, call="c1", position="P1"))
        self.ask("ana", "dispatcher", cmd.OpenIncident(type="fire", call="c1", location=PLACE))
        self.ask("ana", "dispatcher", cmd.AssignUnit(incident="K-00001", unit=UNITS[0], reason="because"))

    def ask(self, user, role, command, unit=""):
        before = self.room.board.seq
        try:
            self.room.ask(user, role, command, unit)
        except Refused:
            assert self.room.board.seq == before, "a refused command leaves no trace"

    def fact(self, event):
        try:
            self.room.reported(event)
        except KeyError:  # the room records such a fact as a discrepancy; see test_room
            pass

    @rule(call=calls, caller=st.sampled_from(["", "+628110001", "+628120002"]))
    def a_call_arrives(self, call, caller):
        self.room.incoming(call, caller)

    @rule(call=calls, by=st.sampled_from(["caller", "centre", "failure"]))
    def a_call_ends(self, call, by):
        self.fact(ev.CallEnded(at=self.room.now, call=call, by=by))

    @rule(call=calls)
    def the_law_wants_a_call_gone(self, call):
        self.room.erase(call=call)

    @rule(incident=names)
    def the_law_wants_an_incident_gone(self, incident):
        self.room.erase(incident=incident)

    @rule(call=calls)
    def a_location_comes(self, call):
        self.fact(ev.LocationReceived(at=self.room.now, call=call, location=PLACE))

    @rule(call=calls, heard=st.booleans(), never=st.booleans())
    def a_caller_is_silent_or_heard(self, call, heard, never):
        self.fact(ev.SilenceNoted(at=self.room.now, call=call, seconds=8.0, heard=heard, never=never))

    @rule(call=calls, digits=st.sampled_from(["5", "1"]))
    def a_caller_presses_a_key(self, call, digits):
        self.fact(ev.DtmfReceived(at=self.room.now, call=call, digits=digits))

    @rule(seconds=st.sampled_from([-3600.0, -30.0, 30.0, 3600.0]))
    def the_clock_is_set(self, seconds):
        self.room.now += seconds
        self.fact(ev.ClockStepped(at=self.room.now, of="room", seconds=seconds))

    @rule(seconds=st.sampled_from([2.5, 20.0]))
    def the_room_did_not_run(self, seconds):
        self.room.now += seconds
        self.fact(ev.ProcessStalled(at=self.room.now, of="room", seconds=seconds))

    @rule(seat=seats)
    def sign_on(self, seat):
        self.ask(seat[0], "call-taker", cmd.SignOn(position=seat[1]))

    @rule(seat=seats)
    def sign_off(self, seat):
        self.ask(seat[0], "call-taker", cmd.SignOff(position=seat[1]))

    @rule(seat=seats, leg=st.sampled_from(["x", "y"]))
    def audio_comes(self, seat, leg):
        self.fact(ev.PositionLegUp(at=self.room.now, position=seat[1], leg=leg))

    @rule(seat=seats, leg=st.sampled_from(["x", "y"]))
    def audio_goes(self, seat, leg):
        self.fact(ev.PositionLegDown(at=self.room.now, position=seat[1], leg=leg))

    @rule(seat=seats, call=calls)
    def answer(self, seat, call):
        self.ask(seat[0], "call-taker", cmd.AnswerCall(call=call, position=seat[1]))

    @rule(seat=seats, call=calls)
    def hang_up(self, seat, call):
        self.ask(seat[0], "call-taker", cmd.HangUp(call=call))

    @rule(seat=seats, call=calls, what=st.sampled_from(["blind", "party", "transfer", "drop", "hold", "take", "back"]))
    def within_the_call(self, seat, call, what):
        parties = [m.id for m in self.room.board.calls[call].members] if call in self.room.board.calls else []
        party = parties[0] if parties else "A1"
        self.ask(seat[0], "call-taker", {
            "blind": cmd.AddParty(call=call, to="party", blind=True),
            "party": cmd.AddParty(call=call, to="party"),
            "transfer": cmd.Transfer(call=call, party=party),
            "drop": cmd.DropParty(call=call, party=party),
            "hold": cmd.Hold(call=call, held=True),
            "take": cmd.TakeOver(call=call, position=seat[1]),
            "back": cmd.CallBack(call=call, position=seat[1]),
        }[what])  # fmt: skip

    @rule(seat=seats, call=calls, mode=st.sampled_from(["listen", "whisper", "talk"]))
    def supervise(self, seat, call, mode):
        self.ask(seat[0], "supervisor", cmd.Supervise(call=call, position=seat[1], mode=mode))

    @rule(call=calls, answers=st.booleans())
    def a_party_answers_or_goes(self, call, answers):
        held = self.room.board.calls.get(call)
        for member in [m for m in held.members if m.kind == "party"][:1] if held else []:
            if answers:
                self.fact(ev.PartyJoined(at=self.room.now, call=call, party=member.id))
                continue
            self.fact(ev.PartyLeft(at=self.room.now, call=call, party=member.id))
            if not [m for m in self.room.board.calls[call].members if m.mode != "listen"] and held.position == "":
                self.fact(ev.CallParted(at=self.room.now, call=call))

    @rule(fails=st.booleans())
    def the_switch_answers_an_order(self, fails):
        for order in list(self.room.board.orders.values())[:1]:
            if fails:
                self.fact(ev.OrderFailed(at=self.room.now, order=order.id, why=text("why.no-such-call")))
            else:
                if order.do == "connect" and order.mode in ("listen", "whisper", "barge"):
                    mode = "talk" if order.mode == "barge" else order.mode
                    self.fact(ev.PositionJoined(at=self.room.now, call=order.call, position=order.position, mode=mode))
                elif order.do in ("connect", "place"):
                    self.fact(ev.CallBridged(at=self.room.now, call=order.call, position=order.position))
                self.fact(ev.OrderDone(at=self.room.now, order=order.id))

    @rule(call=calls, said=st.sampled_from(["prank", "ghost", "emergency"]))
    def dispose(self, call, said):
        self.ask("ana", "call-taker", cmd.DisposeCall(call=call, disposition=said))

    @rule(call=calls, digits=st.sampled_from(["5", "1"]))
    def the_caller_presses(self, call, digits):
        self.fact(ev.DtmfReceived(at=self.room.now, call=call, digits=digits))

    @rule(call=calls)
    def open_incident(self, call):
        self.ask("ana", "dispatcher", cmd.OpenIncident(type="fire", call=call, location=PLACE))

    @rule(incident=names, unit=st.sampled_from(UNITS))
    def assign(self, incident, unit):
        self.ask("ana", "dispatcher", cmd.AssignUnit(incident=incident, unit=unit, reason="because"))

    @rule(job=jobs, progress=st.sampled_from(["en_route", "on_scene", "clear"]))
    def progress(self, job, progress):
        self.ask("ana", "dispatcher", cmd.ReportProgress(assignment=job, progress=progress))

    @rule(job=jobs)
    def cancel(self, job):
        self.ask("ana", "dispatcher", cmd.CancelAssignment(assignment=job))

    @rule(incident=names)
    def close(self, incident):
        self.ask("ana", "dispatcher", cmd.CloseIncident(incident=incident))

    @rule(stops=st.sampled_from(["all", "cars"]), minutes=st.sampled_from([0, 0.5]))
    def a_street_is_closed(self, stops, minutes):
        until = self.room.now + 60 * minutes if minutes else 0.0
        self.ask("ana", "dispatcher", cmd.CloseStreet(drawn=HERE, stops=stops, until=until))

    @rule(closure=st.sampled_from(["J-00001", "J-00002"]))
    def a_street_is_open_again(self, closure):
        self.ask("ana", "dispatcher", cmd.ReopenStreet(closure=closure))

    @rule(rain=st.booleans())
    def it_rains_or_not(self, rain):
        self.ask("ana", "dispatcher", cmd.SetConditions(rain=rain))

    @rule(seconds=st.sampled_from([1.0, 13.0, 40.0]))
    def time_passes(self, seconds):
        self.room.wait(seconds)

    @rule(kept=st.sets(calls), same=st.booleans())
    def the_switch_says_hello(self, kept, same):
        boot = self.room.boot if same else self.room.boot + "x"
        self.room.hello(boot, kept)

    @invariant()
    def the_replay_is_the_board(self):
        fresh = self.room.replayed()
        assert fresh == self.room.board, differences(fresh, self.room.board)

    @invariant()
    def every_open_call_is_somewhere(self):
        board = self.room.board
        for call in board.calls.values():
            if call.state == "ended":
                owed = any(call.id in one.calls for one in board.callbacks.values())
                assert call.answered or call.test or owed or self.was_cleared(call.id)
            elif call.state == "queued":
                assert call.queue
            elif call.state == "transferred":
                assert not call.position
            else:
                assert board.positions[call.position].call == call.id

    @invariant()
    def every_position_is_where_it_believes_to_be(self):
        board = self.room.board
        for seat in board.positions.values():
            if seat.call:
                call = board.calls[seat.call]
                assert call.state != "ended"
                assert call.position == seat.id or seat.id in [m.id for m in call.members]

    def was_cleared(self, call):
        wanted = msgspec.json.encode(call)
        return any(e.kind == "CallbackCleared" and wanted in e.leaf for e in self.room.entries)

    @invariant()
    def a_number_is_on_the_callback_list_at_most_once(self):
        board = self.room.board
        numbers = [one.caller for one in board.callbacks.values() if one.caller]
        assert sorted(numbers) == sorted(set(numbers)) == sorted(board.tables["owed"])
        assert {f"callback:{key}" for key in board.callbacks} == {k for k in board.deadlines if "callback:" in k}

    @invariant()
    def the_figures_of_the_queues_add_up(self):
        calls = [c for c in self.room.board.calls.values() if c.direction == "in" and not c.test]
        for row in self.room.board.queue_hours.values():
            mine = [c for c in calls if c.queued_in == row.queue and c.received // 3600 == row.hour // 3600]
            lost = row.lost_at_once + row.lost_waiting + row.lost_announced + row.lost_failed
            waiting = sum(not c.answered and c.state != "ended" for c in mine)
            assert row.received + row.overflowed_in == row.answered + lost + row.overflowed_out + waiting

    @invariant()
    def every_pending_order_and_ringing_call_has_a_deadline(self):
        board = self.room.board
        assert {f"order:{o}" for o in board.orders} == {k for k in board.deadlines if k.startswith("order:")}
        ringing = {f"offer:{c.id}" for c in board.calls.values() if c.offered_to}
        assert ringing == {k for k in board.deadlines if k.startswith("offer:")}

    @invariant()
    def nobody_is_asked_who_is_gone_or_spoken_with(self):
        board = self.room.board
        asked = {k.split(":")[1] for k in board.deadlines if k.startswith(("silent:", "let_go:"))}
        assert all(board.calls[call].state == "queued" for call in asked)

    @invariant()
    def a_street_that_opens_by_itself_has_a_deadline(self):
        board = self.room.board
        ends = {f"reopen:{one.id}" for one in board.closures.values() if one.until}
        assert ends == {key for key in board.deadlines if key.startswith("reopen:")}

    @invariant()
    def a_unit_has_at_most_one_active_assignment(self):
        board = self.room.board
        active = [a.unit for a in board.assignments.values() if a.active]
        assert len(active) == len(set(active))
        for assignment in board.assignments.values():
            if assignment.active:
                assert board.units[assignment.unit].assignment == assignment.id


TestAnythingHappens = AnythingHappens.TestCase
TestAnythingHappens.settings = limits(max_examples=250, stateful_step_count=40, deadline=None)
