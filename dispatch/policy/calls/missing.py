"""Policy for reports that never came. The switch numbers them from 1 without gaps, so a jump is a loss: it is said, and
the facts that did come count. Pure."""

from __future__ import annotations

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision

ALARM = "switch-reports"


def missing_before(board: Board, event: ev.Event, now: float) -> Decision:
    """What is to be said of a gap between this report and the last one of the same boot."""
    if event.src is None:
        return
    boot, number = event.src
    count = number - board.last_report(boot) - 1
    if count <= 0:
        return
    which = f"{number - 1}" if count == 1 else f"{number - count}–{number - 1}"
    what = f"{count} reports of the switch never came: {which} of boot {boot}"
    yield ev.DiscrepancyNoted(at=now, about="switch", what=what)
    yield ev.AlarmRaised(
        at=now,
        alarm=ALARM,
        level="critical",
        text_id=f"{count} laporan sentral telepon tidak pernah sampai (nomor {which}, boot {boot}); panggilan atau "
        "rekaman dapat hilang dari papan. Bandingkan dengan rekaman, dan periksa folder data sentral telepon.",
        text_en=f"{count} reports of the switch never arrived (numbers {which}, boot {boot}); calls or recordings may "
        "be missing from the board. Compare with the recordings, and look at the switch's data folder.",
    )
