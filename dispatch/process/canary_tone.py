"""Looks for the canary's tone in what was recorded, beside the room: a listener that measures on a thread."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from twisted.internet import threads
from twisted.logger import Logger

from dispatch import events as ev
from dispatch.inputs import Noted
from dispatch.journal.recordings import recording_file
from dispatch.policy.calls import canary
from dispatch.room import Committed, ControlRoom
from dispatch.states import CanaryWay

log = Logger()
TONE = 1004.0
"""Hertz; the usual one for measuring telephone lines (ITU-T O.6 names 1004 to 1020)."""
_WIDTH = 30.0
HEARD = 0.5
"""The share from which on the tone counts as heard: codecs and trunks add noise, speech has no such peak."""
_LONGEST = 30 * 8000


def share_of_tone(file: Path, hertz: float = TONE) -> float:
    """The share (0 to 1) of the energy above 100 Hz that is within 30 Hz of `hertz`, in the loudest second. 0.0 for a
    recording that is empty or no WAV. Blocking."""
    try:
        with wave.open(str(file)) as wav:
            rate = wav.getframerate()
            samples = np.frombuffer(wav.readframes(min(wav.getnframes(), _LONGEST)), "<i2").astype(float)
    except (OSError, EOFError, wave.Error):
        return 0.0
    if len(samples) < rate:
        return 0.0
    starts = range(0, len(samples) - rate + 1, rate // 4)
    best = max(starts, key=lambda at: float(np.square(samples[at : at + rate]).sum()))
    power = np.abs(np.fft.rfft(samples[best : best + rate] * np.hanning(rate))) ** 2
    at = np.fft.rfftfreq(rate, 1 / rate)
    whole = float(power[at > 100].sum())
    return float(power[abs(at - hertz) <= _WIDTH].sum()) / whole if whole > 0 else 0.0


class ToneWatch:
    """A listener of the room: recordings of the canary that is out are measured as soon as they are sealed."""

    def __init__(self, room: ControlRoom, folder: Path) -> None:
        self._room, self._folder = room, folder
        room.listen(self)

    def committed(self, batch: list[Committed]) -> None:
        out = canary.current(self._room.board)
        if out is None:
            return
        for event in (one.event for one in batch if isinstance(one.event, ev.RecordingSealed)):
            way = canary.way_of(self._room.board, out, event.call)
            file = recording_file(self._folder, event.digest) if way else None
            if way is not None and file is not None:
                asked = threads.deferToThread(share_of_tone, file)
                asked.addCallback(self._measured, out.id, way)
                asked.addErrback(lambda failure: log.failure("measuring the canary", failure))

    def _measured(self, share: float, name: str, way: CanaryWay) -> None:
        heard = ev.CanaryHeard(
            at=self._room.now(), canary=name, way=way, share=round(share, 3), heard=share >= HEARD
        )  # fmt: skip
        self._room.submit(Noted(heard)).addErrback(lambda failure: log.failure("the canary", failure))
