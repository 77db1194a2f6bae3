"""Policy for reports that never came. The switch numbers them from 1 without gaps, so a jump is a loss: it is said, and
the facts that did come count. Pure."""

from __future__ import annotations

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision
from routing.text import text

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
    what = text("discrepancy.reports-missing", count=count, numbers=which, boot=boot)
    yield ev.DiscrepancyNoted(at=now, about="switch", what=what)
    yield ev.AlarmRaised(
        at=now,
        alarm=ALARM,
        level="critical",
        text=text("alarm.reports-missing", count=count, numbers=which, boot=boot),
    )
