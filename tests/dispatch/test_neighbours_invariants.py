"""Whatever neighbours tell and answer, in any order: the board is the journal's fold, and no alert is forgotten."""

import msgspec
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.inputs import Delivered, Noted, Refused
from tests.dispatch.test_invariants import AnythingHappens, calls, jobs, names
from tests.dispatch.test_neighbours import CITY, DOWNTOWN, NEAR, OVER, REGENCY, Centre112

places = st.sampled_from([DOWNTOWN, NEAR, OVER])
theirs = st.sampled_from(["bintan/x", "bintan/y", "A-00001", "A-00002"])


class TwoCentres(AnythingHappens):
    def __init__(self):
        super().__init__()
        policy = self.room.world.policy
        self.room = Centre112("kota", CITY, "bintan", REGENCY, sms="+628110001111")
        self.room.world = msgspec.structs.replace(self.room.world, policy=policy)

    @rule(call=calls, place=places, alert=st.sampled_from(["", "bintan/x"]))
    def open_near_the_border(self, call, place, alert):
        self.ask("ana", "dispatcher", cmd.OpenIncident(type="fire", call=call, location=place, alert=alert))

    @rule(incident=names, place=places)
    def the_place_moves(self, incident, place):
        self.ask("ana", "dispatcher", cmd.UpdateIncident(incident=incident, location=place))

    @rule(incident=names)
    def confirm(self, incident):
        self.ask("ana", "dispatcher", cmd.ConfirmPlace(incident=incident))

    @rule(incident=names)
    def ask_for_their_unit(self, incident):
        self.ask("ana", "dispatcher", cmd.AssignUnit(incident=incident, unit="BTN-1", reason="because"))

    @rule(fails=st.booleans())
    def a_gateway_says_how_it_went(self, fails):
        for name in [one.id for one in self.room.board.notices.values() if one.state == "waiting"][:1]:
            self.room.input(Delivered(name, "refused" if fails else ""))

    @rule(alert=st.sampled_from(["x", "y"]), version=st.integers(1, 4), asks=st.sampled_from([(), ("AMB-01",)]),
          state=st.sampled_from(["open", "open", "withdrawn", "closed"]))  # fmt: skip
    def they_tell_us(self, alert, version, asks, state):
        said = {"centre": "bintan", "remote": alert, "version": version, "state": state, "asks": asks}
        self.room.input(Noted(ev.AlertReceived(at=self.room.now, alert=f"bintan/{alert}", location=OVER, **said)))

    @rule(alert=theirs, answer=st.sampled_from(["send", "take", "keep", "not_ours"]))
    def we_answer(self, alert, answer):
        self.ask("ana", "dispatcher", cmd.AnswerAlert(alert=alert, answer=answer))

    @rule(alert=theirs, incident=names)
    def we_link(self, alert, incident):
        self.ask("ana", "dispatcher", cmd.LinkAlert(alert=alert, incident=incident))

    @rule(alert=theirs, answer=st.sampled_from(["send", "not_ours"]), version=st.integers(1, 4),
          state=st.sampled_from(["", "assigned", "en_route", "on_scene", "clear", "released"]))  # fmt: skip
    def they_answer(self, alert, answer, version, state):
        units = (ev.AidUnit(id="BTN-1", state=state),) if state else ()
        said = {"answer": answer, "version": version, "units": units}
        self.room.input(Noted(ev.AlertAnswered(at=self.room.now, alert=alert, **said)))

    @rule(job=jobs)
    def their_unit_is_taken_back(self, job):
        try:
            self.room.ask("ana", "dispatcher", cmd.CancelAssignment(assignment=job))
        except Refused:
            pass

    @invariant()
    def who_is_told_is_who_is_concerned(self):
        board, world = self.room.board, self.room.world
        for alert in board.alerts.values():
            incident = board.incidents.get(alert.incident)
            if alert.direction == "in" or incident is None:
                continue
            assert (alert.state == "closed") <= (incident.state == "closed")
            if incident.state == "closed":
                assert alert.state != "open"
            elif alert.state == "open":
                assert alert.asks or world.neighbours(incident.location)
        told = [(one.incident, one.centre) for one in board.alerts.values() if one.direction == "out"]
        assert len(told) == len(set(told))

    @invariant()
    def what_the_other_side_does_not_know_is_on_its_way_or_an_alarm(self):
        board = self.room.board
        for alert in board.alerts.values():
            if alert.direction == "out" and alert.state == "open" and not alert.received:
                posts = [one for one in board.notices.values() if one.about == alert.id and one.channel == "centre"]
                assert any(one.state in ("waiting", "failed") for one in posts) or f"alert-{alert.id}" in board.alarms


TestTwoCentres = TwoCentres.TestCase
TestTwoCentres.settings = limits(max_examples=40, stateful_step_count=40, deadline=None)
