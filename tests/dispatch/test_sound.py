"""What the room makes of sound that went wrong in the switch."""

from __future__ import annotations

import pytest

from dispatch import events as ev
from tests.dispatch.story import Story


@pytest.mark.fault(11, 1)
def test_somebody_who_heard_another_call_is_a_critical_alarm_and_stands_in_both_stories():
    room = Story()
    for call in ("c1", "c2"):
        room.incoming(call, f"+62811{call}")
    told = ev.SoundStrayed(at=room.now, calls=("c1", "c2"), listener="position P1", speaker="caller", heard=True)
    made = room.reported(told)
    (alarm,) = [e for e in made if isinstance(e, ev.AlarmRaised)]
    assert alarm.level == "critical" and "position P1 heard caller" in alarm.text_en and "c1, c2" in alarm.text_en
    assert "posisi P1 mendengar penelepon" in alarm.text_id
    assert [e.about for e in made if isinstance(e, ev.NoticeOrdered)] == ["switch-sound"], "the technicians are told"
