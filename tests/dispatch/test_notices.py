"""Notices: tried again, given up aloud, and the alarms that go to the technicians."""

from __future__ import annotations

import msgspec

from dispatch import commands as cmd
from dispatch import events as ev
from dispatch.inputs import Delivered, Noted, SwitchGone
from dispatch.policy.incidents.notices import order
from routing.text import text
from tests.dispatch.story import PLACE, Story, kinds
from tests.texts import indonesian


def ordered(story: Story, lasts: float = 300.0) -> str:
    (event,) = story.input(Noted(order(story.board, story.now, "sms", "+62811", text("notice.location-link"), lasts)))
    return event.notice


def test_a_gateway_that_is_down_for_a_while_gets_the_notice_in_the_end():
    story = Story()
    name = ordered(story)
    assert kinds(story.input(Delivered(name, text("why.gateway-silent")))) == ["NoticeFailed"]
    assert story.board.notices[name].state == "failed" and story.wait(1.0) == []
    assert kinds(story.wait(10.0)) == ["NoticeRepeated"]
    assert story.board.notices[name].tries == 2
    assert kinds(story.input(Delivered(name))) == ["NoticeSent"]
    assert story.board.notices[name].state == "sent"
    assert story.input(Delivered(name, text("why.gateway-silent"))) == []
    assert not story.board.deadlines and story.replayed() == story.board


def test_silence_of_a_gateway_is_a_failure_too():
    story = Story()
    name = ordered(story)
    assert kinds(story.wait(61.0)) == ["NoticeFailed"]
    assert story.board.notices[name].again > story.now


def test_what_cannot_be_sent_is_given_up_and_somebody_is_told():
    story = Story()
    name, made = ordered(story, lasts=20.0), []
    for _ in range(3):
        made += kinds(story.input(Delivered(name, text("why.gateway-refused", number=1, channel="sms"))))
        made += kinds(story.wait(20.0))
    assert made[-2:] == ["NoticeFailed", "AlarmRaised"]
    assert story.board.notices[name].state == "given_up"
    alarm = story.board.alarms[f"notice-{name}"]
    assert "+62811" in indonesian(alarm) and alarm.level == "warning"


def test_the_technicians_hear_of_a_lost_switch_once_in_ten_minutes():
    story = Story()
    story.hello("boot1")
    first = story.input(SwitchGone("boot1"))
    assert kinds(first) == ["SwitchLost", "AlarmRaised", "NoticeOrdered"]
    assert first[-1].channel == "technician" and "Sambungan" in indonesian(first[-1])
    story.hello("boot1")
    assert "NoticeOrdered" not in kinds(story.input(SwitchGone("boot1"))), "a switch that flaps"
    story.hello("boot1")
    story.now += 601
    assert "NoticeOrdered" in kinds(story.input(SwitchGone("boot1")))


def test_a_crew_with_a_telephone_gets_its_job_by_sms_too():
    story = Story()
    spec = {"agency": "FIR", "kind": "engine", "name": "F", "lat": 0.9, "lon": 104.4}
    story.input(Noted(ev.UnitRegistered(at=0, unit="FIR-01", phone="+628110001112", **spec)))
    story.ask("ana", "dispatcher", cmd.OpenIncident(type="fire", location=PLACE, address="Jl. Merdeka 5"))
    (incident,) = story.board.incidents
    made = story.ask("ana", "dispatcher", cmd.AssignUnit(incident=incident, unit="FIR-01", reason="dekat"))
    (notice,) = [event for event in made if isinstance(event, ev.NoticeOrdered)]
    assert (notice.to, notice.channel) == ("+628110001112", "sms")
    assert indonesian(notice) == f"112 {incident} FIR-01: fire, Jl. Merdeka 5, 0.92000,104.45000"
    made = story.ask("ana", "dispatcher", cmd.AssignUnit(incident=incident, unit="AMB-01", reason="dekat"))
    assert "NoticeOrdered" not in kinds(made), "that one has none"
    assert story.replayed() == story.board


def test_what_the_desk_can_mend_is_no_matter_of_the_technicians():
    story = Story()
    texts = {"text": text("alarm.switch-lost")}
    for alarm, level in (("ack-T-1", "critical"), ("switch", "warning"), ("notice-N-1", "critical")):
        made = story.input(Noted(ev.AlarmRaised(at=story.now, alarm=alarm, level=level, **texts)))
        assert kinds(made) == ["AlarmRaised"]
    made = story.input(Noted(ev.AlarmRaised(at=story.now, alarm="canary-x", level="critical", **texts)))
    assert kinds(made) == ["AlarmRaised", "NoticeOrdered"]
    story.world = msgspec.structs.replace(story.world, channels=frozenset())
    made = story.input(Noted(ev.AlarmRaised(at=story.now, alarm="trunk-x", level="critical", **texts)))
    assert kinds(made) == ["AlarmRaised"]


def test_the_board_keeps_every_notice_that_is_not_settled():
    story = Story()
    waiting = ordered(story, lasts=1e6)
    for _ in range(250):
        story.input(Delivered(ordered(story)))
    assert waiting in story.board.notices and len(story.board.notices) <= 201
    assert story.replayed() == story.board
