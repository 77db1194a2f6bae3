"""Whatever neighbours tell and answer, in any order: the board is the journal's fold, and no alert is forgotten.

Each example is a long list of inputs, so that most of them come to incidents, alerts and answers.
"""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.inputs import Delivered, Noted, Refused
from routing.text import text
from tests.dispatch.test_neighbours import CITY, DOWNTOWN, NEAR, OVER, REGENCY, Centre112

STEPS = 50
incidents = st.sampled_from(["K-00001", "K-00001", "K-00002"])
jobs = st.sampled_from(["T-00001", "T-00002"])
places = st.sampled_from([DOWNTOWN, NEAR, OVER])
alerts = st.sampled_from(["A-00001", "A-00001", "A-00002", "bintan/x", "bintan/y"])
units = st.sampled_from(["BTN-1", "BTN-1", "AMB-01"])
states = st.sampled_from(["assigned", "en_route", "on_scene", "clear", "released"])
versions = st.integers(1, 5)
asks = st.sampled_from([(), ("AMB-01",)])
remote = st.sampled_from(["x", "y"]).flatmap(
    lambda name: st.builds(
        ev.AlertReceived, at=st.just(0.0), alert=st.just(f"bintan/{name}"), remote=st.just(name),
        centre=st.just("bintan"), version=versions, asks=asks, location=st.just(OVER),
        state=st.sampled_from(["open", "open", "withdrawn", "closed"]),
    )
)  # fmt: skip
aid = st.lists(st.builds(ev.AidUnit, id=st.just("BTN-1"), state=states), max_size=1).map(tuple)
answers = st.sampled_from(["send", "take", "keep", "not_ours"])
INPUTS = st.one_of(
    st.builds(cmd.OpenIncident, type=st.just("fire"), location=places, alert=st.sampled_from(["", "", "bintan/x"])),
    st.builds(cmd.UpdateIncident, incident=incidents, location=places),
    st.builds(cmd.AddNote, incident=incidents, text=st.just("n")),
    st.builds(cmd.ConfirmPlace, incident=incidents),
    st.builds(cmd.CloseIncident, incident=incidents),
    st.builds(cmd.AssignUnit, incident=incidents, unit=units, reason=st.just("r")),
    st.builds(cmd.CancelAssignment, assignment=jobs),
    st.builds(cmd.ReportProgress, assignment=jobs, progress=st.sampled_from(["en_route", "clear"])),
    st.builds(cmd.AnswerAlert, alert=alerts, answer=answers),
    st.builds(cmd.LinkAlert, alert=st.just("bintan/y"), incident=incidents),
    remote,
    st.builds(ev.AlertAnswered, at=st.just(0.0), alert=alerts, answer=answers, version=versions, units=aid),
    st.sampled_from(["arrives", "fails", 2.0, 4.0, 130.0]),
)


def put(room: Centre112, given_: object) -> None:
    if isinstance(given_, cmd.Command):
        before = room.board.seq
        try:
            room.ask("ana", "dispatcher", given_)
        except Refused:
            assert room.board.seq == before, "a refused command leaves no trace"
    elif isinstance(given_, ev.Event):
        room.input(Noted(msgspec.structs.replace(given_, at=room.now)))
    elif isinstance(given_, float):
        room.wait(given_)
    else:
        for name in [one.id for one in room.board.notices.values() if one.state == "waiting"][:1]:
            room.input(Delivered(name, text("why.gateway-silent") if given_ == "fails" else None))


def hold(room: Centre112) -> None:
    board, told = room.board, []
    for alert in board.alerts.values():
        incident = board.incidents.get(alert.incident)
        if alert.direction == "in":
            continue
        told.append((alert.incident, alert.centre))
        assert (alert.state == "open") <= (incident.state == "open"), "what is over is said to be over"
        if alert.state == "open":
            near = {one.centre: one.why for one in room.world.neighbourhood.neighbours(incident.location)}
            assert alert.why == near.get(alert.centre, "asked"), "they know why, as things are"
            assert alert.asks or near
        posts = [one.state for one in board.notices.values() if one.about == alert.id and one.channel == "centre"]
        if alert.state == "open" and not alert.received:
            on_its_way = posts[-1:] == ["waiting"]  # of older ones the next failure is not told again
            assert on_its_way or f"alert-{alert.id}" in board.alarms or alert.answered, "or the desk is told"
    assert len(told) == len(set(told)), "one alert for an incident and a centre"
    for job in board.assignments.values():
        if job.active and job.unit == "BTN-1":
            asked = [one for one in board.alerts.values() if one.incident == job.incident and job.unit in one.asks]
            assert asked and asked[0].state == "open", "a unit of theirs is never ours without their being asked"


@settings(max_examples=80, deadline=None)
@given(st.lists(INPUTS, min_size=STEPS, max_size=STEPS))
def test_anything_between_two_centres(inputs):
    room = Centre112("kota", CITY, "bintan", REGENCY, sms="+628110001111")
    for one in inputs:
        put(room, one)
        hold(room)
    assert room.replayed() == room.board
