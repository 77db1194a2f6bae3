"""Policy for the clock and for absences: what the room does when its clock was set or it did not run. Pure.

What waits is moved by the folds (dispatch/folds/timekeeping.py); here it is said, and what goes by the calendar is
looked at again.
"""

from __future__ import annotations

from dispatch import events as ev
from dispatch.board import Board
from dispatch.inputs import Decision, World
from dispatch.policy.incidents import shifts

STEP = 1.0
_TOLD_FROM = 5.0
"""Seconds of absence that people are told of; shorter ones are in the journal."""
_WHO = {"room": ("Ruang kendali", "The control room"), "switch": ("Sentral telepon", "The switch")}


def _started(board: Board, e: ev.RoomStarted, now: float, world: World) -> Decision:
    """The clock may have been set while there was no room: the same start of the machine has another stamp then."""
    known = board.tables["clock"]
    step = e.origin - known["origin"] if e.kernel and known.get("kernel") == e.kernel else 0.0
    if abs(step) >= STEP:
        yield ev.ClockStepped(at=now, of="room", seconds=round(step, 3))
    yield e


def _stepped(board: Board, e: ev.ClockStepped, now: float, world: World) -> Decision:
    size, forward = abs(e.seconds), e.seconds > 0
    yield ev.AlarmRaised(
        at=now,
        alarm="clock",
        level="warning",
        text_id=f"Jam mesin {'dimajukan' if forward else 'dimundurkan'} {_span(size, 'jam', 'menit', 'detik')}. "
        "Panggilan dan tenggat tidak terpengaruh; cap waktu sebelumnya menurut jam lama. Periksa NTP (timedatectl).",
        text_en=f"The machine's clock was set {'forward' if forward else 'back'} by "
        f"{_span(size, 'h', 'min', 's')}. Calls and deadlines go on; earlier times are by the old clock. "
        "Check NTP (timedatectl).",
    )
    if e.of == "room":
        yield from shifts.by_a_new_clock(board, now, world)


def _stalled(board: Board, e: ev.ProcessStalled, now: float, world: World) -> Decision:
    if e.seconds < _TOLD_FROM:
        return
    who_id, who_en = _WHO[e.of]
    yield ev.AlarmRaised(
        at=now,
        alarm=f"stalled-{e.of}",
        level="warning",
        text_id=f"{who_id} berhenti selama {e.seconds:.0f} detik dan berjalan lagi; semua tenggat diperpanjang. "
        "Lihat penelepon yang menunggu, lalu periksa beban mesin dan disknya.",
        text_en=f"{who_en} did not run for {e.seconds:.0f} s and goes on; everybody has their time again. "
        "Look at who waits, then at the machine's load and its disk.",
    )


def _span(seconds: float, hours: str, minutes: str, rest: str) -> str:
    if seconds >= 3600:
        return f"{seconds // 3600:.0f} {hours} {seconds % 3600 // 60:.0f} {minutes}"
    return f"{seconds // 60:.0f} {minutes} {seconds % 60:.0f} {rest}" if seconds >= 90 else f"{seconds:.0f} {rest}"


REPORTS = {ev.RoomStarted: _started}
FOLLOWS = {ev.ClockStepped: _stepped, ev.ProcessStalled: _stalled}
