"""What the room makes of sound that went wrong in the switch."""

from __future__ import annotations

import pytest

from dispatch import events as ev
from routing.text import text
from tests.dispatch.story import Story
from tests.texts import english, indonesian


@pytest.mark.fault(11, 1)
def test_somebody_who_heard_another_call_is_a_critical_alarm_and_stands_in_both_stories():
    room = Story()
    for call in ("c1", "c2"):
        room.incoming(call, f"+62811{call}")
    ends = {"listener": text("sound-end.position", name="P1"), "speaker": text("sound-end.caller")}
    told = ev.SoundStrayed(at=room.now, calls=("c1", "c2"), heard=True, **ends)
    made = room.reported(told)
    (alarm,) = [e for e in made if isinstance(e, ev.AlarmRaised)]
    assert alarm.level == "critical" and "position P1 heard caller" in english(alarm) and "c1, c2" in english(alarm)
    assert "posisi P1 mendengar penelepon" in indonesian(alarm)
    assert [e.about for e in made if isinstance(e, ev.NoticeOrdered)] == ["switch-sound"], "the technicians are told"


def lacking(room: Story, call: str, missing: float) -> list[ev.Event]:
    lacks = {"missing": missing, "seconds": 9.0, "why": text("why.disk-full")}
    told = ev.RecordingIncomplete(at=room.now, call=call, leg="caller", **lacks)
    return room.reported(told)


@pytest.mark.fault(11, 21)
def test_incomplete_recordings_are_one_critical_alarm_and_stand_in_each_story():
    room = Story()
    for call in ("c1", "c2"):
        room.incoming(call, f"+62811{call}")
    (alarm,) = [e for e in lacking(room, "c1", 4.5) if isinstance(e, ev.AlarmRaised)]
    assert alarm.level == "critical"
    assert "4.5 of 9 s" in english(alarm) and "4,5 dari 9 dtk" in indonesian(alarm)
    assert not [e for e in lacking(room, "c2", 9.0) if isinstance(e, ev.AlarmRaised)]
    assert all("are missing" in english(room.board.calls[call].discrepancies[-1]) for call in ("c1", "c2"))


@pytest.mark.fault(11, 21)
def test_a_recording_that_is_told_again_by_the_next_switch_is_there_once():
    room = Story()
    room.incoming("c1", "+62811")
    told = {"call": "c1", "leg": "caller", "digest": "ab" * 32, "started": 1.0, "seconds": 2.0, "size": 32_044}
    for _ in range(2):
        room.reported(ev.RecordingSealed(at=room.now, **told))
    assert len(room.board.calls["c1"].recordings) == 1
    assert sum(isinstance(entry.event, ev.RecordingSealed) for entry in room.entries) == 1
