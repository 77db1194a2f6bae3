"""Policy for trunks: one that is down is everybody's business, for its callers hear nothing of us."""

from __future__ import annotations

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision
from dispatch.world import World
from routing.text import text


def _lost(board: Board, e: ev.TrunkLost, now: float, world: World) -> Decision:
    yield e
    yield ev.AlarmRaised(
        at=now,
        alarm=f"trunk-{e.trunk}",
        level="critical",
        text=text("alarm.trunk-lost", trunk=e.trunk, why=e.why),
    )


def _back(board: Board, e: ev.TrunkBack, now: float, world: World) -> Decision:
    yield e
    if f"trunk-{e.trunk}" in board.alarms:
        yield ev.AlarmCleared(at=now, alarm=f"trunk-{e.trunk}", by="system")


REPORTS = {ev.TrunkLost: _lost, ev.TrunkBack: _back}
