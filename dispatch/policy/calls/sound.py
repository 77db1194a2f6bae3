"""Policy for sound that went wrong in the switch: ways it should not have taken, and recordings that lack something,
are everybody's business. Pure."""

from __future__ import annotations

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision
from dispatch.world import World
from routing.text import text


def _strayed(board: Board, e: ev.SoundStrayed, now: float, world: World) -> Decision:
    yield e
    ends = {"listener": e.listener, "speaker": e.speaker, "calls": e.calls or "-"}
    yield ev.AlarmRaised(
        at=now,
        alarm="switch-sound",
        level="critical",
        text=text("alarm.sound-heard" if e.heard else "alarm.sound-not-heard", **ends),
    )


def _incomplete(board: Board, e: ev.RecordingIncomplete, now: float, world: World) -> Decision:
    """One alarm, however many calls there are: a person looks into it and clears it. Each story has its own."""
    yield e
    if _ALARM in board.alarms:
        return
    yield ev.AlarmRaised(
        at=now,
        alarm=_ALARM,
        level="critical",
        text=text("alarm.recording-incomplete", call=e.call, missing=e.missing, seconds=e.seconds, why=e.why),
    )


def _sealed(board: Board, e: ev.RecordingSealed, now: float, world: World) -> Decision:
    """A switch that was killed before it knew that this was told tells it again at its next start."""
    call = board.calls.get(e.call)
    if call is None or all((one.digest, one.leg) != (e.digest, e.leg) for one in call.recordings):
        yield e


_ALARM = "recording"
REPORTS = {ev.SoundStrayed: _strayed, ev.RecordingIncomplete: _incomplete, ev.RecordingSealed: _sealed}
