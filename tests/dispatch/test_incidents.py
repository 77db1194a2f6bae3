"""Incidents: the unit that is proposed, the one that is sent, and the one that does not answer."""

from dispatch import commands as cmd
from dispatch import events as ev
from routing.location import Location
from tests.dispatch.story import PLACE, Story, kinds
from tests.texts import english, refuses


def opened(room: Story) -> str:
    room.incoming("c1")
    room.reported(ev.LocationReceived(at=room.now, call="c1", location=PLACE))
    room.ask("ana", "call-taker", cmd.OpenIncident(type="accident", call="c1", note="two hurt"))
    return next(iter(room.board.incidents))


def test_an_incident_takes_the_place_of_its_call_and_is_ranked_at_once():
    room = Story()
    incident = opened(room)
    record = room.board.incidents[incident]
    assert record.location == PLACE and record.calls == ("c1",) and record.notes[0].text == "two hurt"
    assert [c.unit for c in record.candidates][0] == "AMB-01"
    assert room.board.calls["c1"].incident == incident


def test_the_suggested_unit_needs_no_reason_and_another_one_does():
    room = Story()
    incident = opened(room)
    with refuses("write down why"):
        room.ask("ana", "call-taker", cmd.AssignUnit(incident=incident, unit="POL-01"))
    room.ask("ana", "call-taker", cmd.AssignUnit(incident=incident, unit="POL-01", reason="already at the corner"))
    room.ask("ana", "call-taker", cmd.AssignUnit(incident=incident, unit="AMB-01"))
    by_unit = {a.unit: a for a in room.board.assignments.values()}
    assert by_unit["POL-01"].override == "already at the corner" and by_unit["POL-01"].rank == 4
    assert by_unit["AMB-01"].override == "" and by_unit["AMB-01"].rank == 1
    with refuses("is assigned to"):
        room.ask("ana", "call-taker", cmd.AssignUnit(incident=incident, unit="AMB-01"))


def test_a_unit_reports_forward_only_and_only_for_itself():
    room = Story()
    incident = opened(room)
    room.ask("ana", "call-taker", cmd.AssignUnit(incident=incident, unit="AMB-01"))
    (job,) = room.board.assignments
    with refuses("not for your unit"):
        room.ask("joko", "responder", cmd.Acknowledge(assignment=job), unit="AMB-02")
    room.ask("joko", "responder", cmd.Acknowledge(assignment=job), unit="AMB-01")
    room.ask("joko", "responder", cmd.ReportProgress(assignment=job, progress="on_scene"), unit="AMB-01")
    with refuses("already reported"):
        room.ask("joko", "responder", cmd.ReportProgress(assignment=job, progress="en_route"), unit="AMB-01")
    with refuses("Still assigned: AMB-01"):
        room.ask("ana", "call-taker", cmd.CloseIncident(incident=incident))
    room.ask("joko", "responder", cmd.ReportProgress(assignment=job, progress="clear"), unit="AMB-01")
    assert room.board.units["AMB-01"].assignment == ""
    room.ask("ana", "call-taker", cmd.CloseIncident(incident=incident, outcome="taken to hospital"))
    assert room.board.incidents[incident].state == "closed"


def test_silence_raises_an_alarm_and_proposes_the_next_unit_and_an_answer_clears_it():
    room = Story()
    incident = opened(room)
    room.ask("ana", "call-taker", cmd.AssignUnit(incident=incident, unit="AMB-01"))
    (job,) = room.board.assignments
    room.reported(ev.CallEnded(at=room.now, call="c1"))
    made = room.wait(31)
    assert kinds(made) == ["AssignmentUnanswered", "RecommendationMade", "AlarmRaised"]
    assert "Next proposal: AMB-02" in english(room.board.alarms[f"ack-{job}"])
    assert room.wait(60) == [], "one alarm is enough"
    room.ask("joko", "responder", cmd.Acknowledge(assignment=job), unit="AMB-01")
    assert not room.board.alarms


def test_a_place_that_is_none_is_refused():
    room = Story()
    for wrong in ({"lat": 91.0, "lon": 104.0}, {"lat": 1e308, "lon": 1.0}, {"lat": 0.9, "lon": 104.4, "radius": -5.0}):
        with refuses("place cannot be used"):
            room.ask("ana", "call-taker", cmd.OpenIncident(type="fire", location=Location(**wrong)))
