"""What a crew presses in a dead spot is recorded as of then, however late it comes and whatever happened meanwhile."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.inputs import Refused, Request
from dispatch.policy.incidents.incidents import LATEST
from tests.dispatch.story import PLACE, Story, kinds
from tests.texts import english, refuses


def assigned() -> Story:
    room = Story()
    room.now = 1_000_000.0
    room.ask("dina", "dispatcher", cmd.OpenIncident(type="fire", location=PLACE))
    room.ask("dina", "dispatcher", cmd.AssignUnit(incident="K-00001", unit="AMB-01", reason="near"))
    return room


def pressed(room: Story, command: cmd.Command, ago: float, unit: str = "AMB-01") -> list[ev.Event]:
    return room.input(Request(command, cmd.Actor(user="awak", role="responder", unit=unit), ago=ago))


def job(room: Story):
    return room.board.assignments["T-00001"]


def report(progress: str) -> cmd.ReportProgress:
    return cmd.ReportProgress(assignment="T-00001", progress=progress)


def test_each_press_has_the_time_at_which_it_happened():
    room = assigned()
    room.now += 300
    presses = {290: cmd.Acknowledge(assignment="T-00001"), 200: report("en_route"), 25: report("on_scene")}
    for ago, command in presses.items():
        pressed(room, command, ago)
    assert [room.now - at for at in (job(room).acknowledged, job(room).en_route, job(room).on_scene)] == [290, 200, 25]
    assert job(room).state == "on_scene" and room.replayed() == room.board
    entry = room.last_entry()
    assert entry.recorded == room.now and entry.event.at == room.now - 25, "happened, and recorded"


def test_what_comes_out_of_order_or_twice_keeps_its_time_and_takes_nothing_back():
    room = assigned()
    room.now += 100
    pressed(room, report("on_scene"), 20)
    made = pressed(room, report("en_route"), 60)
    assert kinds(made) == ["ProgressTold"] and job(room).state == "on_scene" and job(room).en_route == room.now - 60
    with refuses("already reported"):
        pressed(room, report("on_scene"), 30)
    assert job(room).on_scene == room.now - 20


def test_a_unit_that_was_released_meanwhile_is_told_and_so_is_the_dispatcher():
    room = assigned()
    pressed(room, cmd.Acknowledge(assignment="T-00001"), 1)
    room.now += 60
    room.ask("dina", "dispatcher", cmd.CancelAssignment(assignment="T-00001", reason="other"))
    room.now += 60
    made = pressed(room, report("on_scene"), 100)
    assert kinds(made) == ["ProgressTold", "AlarmRaised"] and job(room).state == "released"
    assert job(room).on_scene == room.now - 100 and "K-00001" in english(room.board.alarms["late-T-00001"])
    assert room.board.units["AMB-01"].assignment == ""
    with refuses("not for your unit"):
        pressed(room, report("on_scene"), 5, unit="AMB-02")


def test_what_cannot_be_so_old_is_taken_for_as_old_as_it_can_be_and_told():
    room = assigned()
    began = room.now
    room.now += 50
    made = pressed(room, cmd.Acknowledge(assignment="T-00001"), 10 * LATEST)
    assert kinds(made)[0] == "DiscrepancyNoted" and job(room).acknowledged == began


def test_a_late_word_reaches_an_incident_that_was_closed_and_an_older_status_undoes_no_newer_one():
    room = assigned()
    room.now += 10
    pressed(room, report("clear"), 1)
    room.ask("dina", "dispatcher", cmd.CloseIncident(incident="K-00001"))
    room.now += 60
    pressed(room, cmd.AddNote(incident="K-00001", text="pintu belakang"), 65)
    assert room.board.incidents["K-00001"].notes[-1].at == room.now - 65
    room.ask("dina", "dispatcher", cmd.SetUnitStatus(unit="AMB-01", status="off_duty"))
    room.now += 10
    made = pressed(room, cmd.SetUnitStatus(unit="AMB-01", status="available"), 40)
    assert kinds(made) == ["DiscrepancyNoted"] and room.board.units["AMB-01"].status == "off_duty"


steps = st.lists(st.tuples(st.sampled_from(["acknowledged", "en_route", "on_scene", "clear", "cancel"]),
                           st.floats(0, 2 * LATEST), st.floats(0, 600)), max_size=8)  # fmt: skip


@given(steps)
def test_whatever_comes_late_no_time_lies_before_the_job_or_ahead_of_the_clock(several):
    room = assigned()
    began = room.now
    for what, ago, wait in several:
        room.now += wait
        try:
            if what == "cancel":
                room.ask("dina", "dispatcher", cmd.CancelAssignment(assignment="T-00001"))
            else:
                press = cmd.Acknowledge(assignment="T-00001") if what == "acknowledged" else report(what)
                pressed(room, press, ago + 0.001)
        except Refused:
            continue
        told = job(room)
        stamps = [at for at in (told.acknowledged, told.en_route, told.on_scene, told.cleared) if at]
        assert all(began <= at <= room.now for at in stamps)
    assert room.replayed() == room.board
